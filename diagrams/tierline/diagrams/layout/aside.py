"""How low what hangs in the column must stand: clear of what stands beside it, and of what its ways would run through.

Promises: a row only ever moves down; what is fed from lower down goes below.
"""

from __future__ import annotations

from tierline.diagrams.layout.bands import Placed
from tierline.diagrams.layout.blocks import RESERVED
from tierline.diagrams.layout.cells import up
from tierline.diagrams.layout.channel import TRACK
from tierline.diagrams.layout.column import ROOM, in_column
from tierline.diagrams.layout.drawing import overlap
from tierline.diagrams.layout.trees import members


def column_floors(placed: Placed) -> dict[str, int]:
    """The rows that must stand lower."""
    return _clear_ways(placed) | _beside_column(placed)


def _clear_ways(placed: Placed) -> dict[str, int]:
    """What hangs in the column stands so low that nothing stands in the ways to its sides, or in its place."""
    found: dict[str, int] = {}
    nodes, bays = placed.view.nodes, placed.view.incoming()
    middle = {name for name, node in nodes.items() if not node.lane}
    middle |= {bay.id for bay in placed.view.bays if not nodes[bay.top].lane}
    for name in in_column(placed.view):
        own = middle | {bay.id for bay in bays[name]}
        room = [box for box, owner in placed.block.boxes if owner == name]
        for bay in bays[name]:
            (x, y), start = placed.target(bay), placed.block.bays[bay.id]
            room.append((min(x, start), y - TRACK, max(x, start), y + TRACK))
        for box, owner in placed.block.boxes:
            if owner != RESERVED and owner not in own and box[2] - box[0] > TRACK:
                tops = [one[1] for one in room if overlap(one, box)]
                lower = [up(box[3] + ROOM + TRACK + placed.y[name] - top) for top in tops]
                found[name] = max([found.get(name, 0), *lower])
    return {name: height for name, height in found.items() if height > placed.y[name]}


def _beside_column(placed: Placed) -> dict[str, int]:
    """Of what would stand beside each other in the middle, what is fed from lower down goes below."""
    view, links = placed.view, placed.forest.links
    column = {name: members(name, links) for name in in_column(view)}
    found: dict[str, int] = {}
    extents = {one: (*_heights(placed, hung), _fed_from(placed, {one})) for one, hung in column.items()}
    seen = {one for group in column.values() for one in group}
    for name, node in view.nodes.items():
        if node.lane or name in seen:
            continue
        group = members(name, links)
        seen |= group
        top, bottom = _heights(placed, group)
        for one, (above, below, fed) in extents.items():
            if top >= below + ROOM or above >= bottom + ROOM:
                continue
            if _fed_from(placed, group) < fed:
                found[one] = max(found.get(one, 0), placed.y[one] + up(bottom + 2 * ROOM - above))
            else:
                lower = up(below + 2 * ROOM - top)
                found |= {other: max(found.get(other, 0), placed.y[other] + lower) for other in group}
    return found


def _fed_from(placed: Placed, group: set[str]) -> int:
    """The height of the lowest board of a path that feeds it."""
    bays = [bay for bay in placed.view.bays if bay.bottom in group and placed.view.nodes[bay.top].lane]
    return max((placed.y[bay.top] for bay in bays), default=0)


def _heights(placed: Placed, group: set[str]) -> tuple[int, int]:
    boxes = [box for box, owner in placed.block.boxes if owner in group]
    return (min(box[1] for box in boxes), max(box[3] for box in boxes)) if boxes else (0, 0)
