"""Feeders that would step aside to a bar come straight down, where the bar can reach out to them.

Promises: a bar only grows where nothing stands or is to be wired; a feeder from another path is never drawn into it.
"""

from __future__ import annotations

from tierline.diagrams.layout.bands import Placed
from tierline.diagrams.layout.blocks import OVERHANG, RESERVED, bar_span, column
from tierline.diagrams.layout.cells import GRID, height, node_words, width
from tierline.diagrams.layout.rows import FOOT, bay_height
from tierline.diagrams.layout.trees import BARS
from tierline.diagrams.order import natural
from tierline.diagrams.scene import Box
from tierline.diagrams.view import Bay

_CLEAR = 8
"""Beside a wire."""
_APART = 30
"""Between the bars of two paths."""
_ABOUT = 14
"""Above and below a bar."""


def straighten(placed: Placed) -> None:
    """Every such feeder, in the order of bays; each sees what the ones before it have taken."""
    view = placed.view
    for name in view.nodes:
        _reach_over(placed, name)
    for bay in view.bays:
        into = bay.id in placed.forest.across and view.nodes[bay.bottom].role in BARS
        if into and view.nodes[bay.top].lane == view.nodes[bay.bottom].lane:
            _try(placed, bay)


def _reach_over(placed: Placed, top: str) -> None:
    """A bar on the axis that supplies a bar of either path reaches out over both; what it feeds comes straight down."""
    view, lanes = placed.view, placed.view.lanes()
    bays = [bay for bay in view.bays if bay.top == top and bay.id in placed.forest.across]
    bays.sort(key=lambda bay: natural(view.nodes[bay.bottom].lane))
    if view.nodes[top].lane or view.nodes[top].role not in BARS or len(lanes) != 2:
        return
    below = [view.nodes[bay.bottom] for bay in bays]
    if tuple(node.lane for node in below) != lanes or any(node.role not in BARS for node in below):
        return
    one, other = bays
    (x1, x2), (x3, x4) = placed.bars[one.bottom], placed.bars[other.bottom]
    for x in range(min(x2, -x3) - OVERHANG, max(x1, -x4) + OVERHANG - 1, -GRID):
        if _stand(placed, one, other, x):
            return
    tied = any(bay.tie and {bay.top, bay.bottom} == {one.bottom, other.bottom} for bay in view.bays)
    x = min(placed.block.bays[one.id], -placed.block.bays[other.id])
    if not tied and x <= -OVERHANG - _APART // 2:
        _stand(placed, one, other, x, inside=True)


def _stand(placed: Placed, one: Bay, other: Bay, x: int, inside: bool = False) -> bool:
    """Put the two bays at the same distance from the axis, if there is room for them and for what their bars grow;
    `inside`: with their devices below the upper bar, where the lower bars must reach in to them."""
    view, block, top = placed.view, placed.block, one.top
    columns = [column(bay, placed.foot(top), placed.y[bay.bottom], inside) for bay in (one, other)]
    wanted = columns[0].moved(x), (columns[1] if inside else columns[1].mirrored()).moved(-x)
    ends = {top: (x - OVERHANG, OVERHANG - x), one.bottom: (x + OVERHANG,), other.bottom: (-x - OVERHANG,)}
    bars = {name: (min(placed.bars[name] + found), max(placed.bars[name] + found)) for name, found in ends.items()}
    own, olds = {one.id, other.id, *bars}, [block.bays[bay.id] for bay in (one, other)]
    left = [
        (box, owner)
        for box, owner in block.boxes
        if owner not in (one.id, other.id) and not any(_own_way(box, owner, old) for old in olds)
    ]
    room = [box for piece in wanted for box, _ in piece.boxes]
    if _taken(left, room, own) or _taken(wanted[0].boxes, [box for box, _ in wanted[1].boxes], set()):
        return False
    for name, found in bars.items():
        grown = _grown(placed, name, found)
        near = own | {bay.id for bay in view.bays if not bay.tie and name in (bay.top, bay.bottom)}
        if _taken(left, grown, near):
            return False
        room += grown
    block.boxes = left + [(box, top) for box in room]
    block.bays |= wanted[0].bays | wanted[1].bays
    placed.bars |= bars
    if inside:
        block.landings |= {one.id: x, other.id: -x}
    else:
        placed.forest.across -= {one.id, other.id}
    return True


def _taken(boxes: list[tuple[Box, str]], room: list[Box], own: set[str]) -> bool:
    return any(owner not in own and any(_overlap(box, it) for it in room) for box, owner in boxes)


def _grown(placed: Placed, name: str, ends: tuple[int, int]) -> list[Box]:
    """What a bar covers when it grows, with its label at its outer end."""
    node, (x1, x2), y = placed.view.nodes[name], placed.bars[name], placed.y[name]
    label, half = width(node_words(node)) + 2 * _ABOUT, max(_ABOUT, height(node_words(node)) // 2 + 22)
    outer, inner = (label, half), (_ABOUT, _ABOUT)
    ways = (inner, outer) if name in placed.mirrored else (outer, inner)
    found: list[Box] = []
    if ends[0] < x1:
        found.append((ends[0] - ways[0][0], y - ways[0][1], x1, y + ways[0][1]))
    if ends[1] > x2:
        found.append((x2, y - ways[1][1], ends[1] + ways[1][0], y + ways[1][1]))
    return found


def _try(placed: Placed, bay: Bay) -> None:
    view, block = placed.view, placed.block
    x, y = block.bays[bay.id], placed.y[bay.bottom]
    start = placed.foot(bay.top) + bay_height(bay) - FOOT
    if x == block.landings[bay.id] or start >= y - _ABOUT:
        return
    own = {one.id for one in view.bays if not one.tie and bay.bottom in (one.top, one.bottom)}
    taps = [block.landings.get(one, block.bays[one]) for one in own if one != bay.id and one in block.bays]
    x1, x2 = bar_span([*taps, x])
    old = placed.bars[bay.bottom]
    if (x1, x2) == old and any(abs(x - tap) < 2 * _CLEAR for tap in taps):
        return
    wanted: list[Box] = [(x - _CLEAR, start, x + _CLEAR, y - _ABOUT), *_grown(placed, bay.bottom, (x1, x2))]
    bars = [
        ((a - 20, placed.y[name] - _ABOUT, b + 20, placed.y[name] + _ABOUT), name)
        for name, (a, b) in placed.bars.items()
        if name != bay.bottom
    ]
    for box, owner in (*bars, *block.boxes):
        if owner in own | {bay.bottom} or _own_way(box, owner, x):
            continue
        if any(_overlap(box, one) for one in wanted):
            return
    block.landings[bay.id] = x
    placed.bars[bay.bottom] = (x1, x2)
    block.boxes += [(one, bay.bottom) for one in wanted]


def _own_way(box: Box, owner: str, x: int) -> bool:
    """What is kept free for the wire itself."""
    return owner == RESERVED and box[0] == x - 5 and box[2] == x + 5


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
