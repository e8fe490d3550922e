"""Where everything stands from left to right: blocks of boards with what hangs above and below them.

Promises: within a block nothing overlaps, by construction; a straight bay has one x from top to bottom; the
outer side is the left, and the right path is the mirror image of the same construction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tierline.diagrams.layout.cells import (
    drawn,
    height,
    node_cell,
    node_symbol,
    node_words,
    part_words,
    short_name,
    slot,
    up,
    width,
    words,
)
from tierline.diagrams.layout.column import is_aside
from tierline.diagrams.layout.contour import Block, near, row
from tierline.diagrams.layout.kept import outline
from tierline.diagrams.layout.ordering import Order, Ordering
from tierline.diagrams.layout.rows import CHANNEL, LEAD, bay_height
from tierline.diagrams.layout.trees import Forest, Link
from tierline.diagrams.order import natural
from tierline.diagrams.scene import Point
from tierline.diagrams.symbols import Symbol
from tierline.diagrams.view import Bay, Node, Part, View

GAP = 10
OVERHANG = 20
RESERVED = ""
"""The owner of what is kept free for a wire."""


def split(bay: Bay) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """The parts that hang from the top, and those that stand above what is below: a transformer and what
    follows it, else the incomer of the board."""
    at = len(bay.parts)
    while at > 0 and bay.parts[at - 1].id.startswith(bay.bottom + "."):
        at -= 1
    heavy = [n for n, part in enumerate(bay.parts) if part.kind == "transformer"]
    at = min([at, *heavy])
    return bay.parts[:at], bay.parts[at:]


def part_heights(bay: Bay, top: int, bottom: int, hanging: bool = False) -> dict[str, int]:
    """The y of the upper terminal of each part of a bay between two heights; `hanging`: all from the top."""
    upper, lower = (bay.parts, ()) if hanging else split(bay)
    found, y = {}, top
    for part in upper:
        found[part.id] = y + LEAD
        y += LEAD + slot(part, bay)
    y = bottom - LEAD
    for part in reversed(lower):
        y -= slot(part, bay)
        found[part.id] = y
        y -= LEAD
    return found


def tie_pitch(part: Part, bay: Bay) -> int:
    """The width a part takes in a tie, where its label stands above it."""
    return up(max(drawn(part).box[3], width(part_words(part, bay))) + 20)


def tie_length(bay: Bay) -> int:
    return 40 + sum(tie_pitch(part, bay) for part in bay.parts)


def battery_reach(part: Part | Node) -> int:
    """How far the battery of a UPS reaches out to its outer side."""
    if not part.attached:
        return 0
    *before, battery = part.attached
    names = [words(short_name(one.name, battery.name), one.lines, one.open) for one in before]
    reach = [40 * n + 25 + (width(label) + 1) // 2 for n, label in enumerate(names)]
    return up(max([*reach, 40 * len(before) + 20 + (width(words(battery.name, battery.lines)) + 1) // 2]) + 2)


@dataclass(slots=True)
class Builder:
    view: View
    forest: Forest
    y: dict[str, int]
    drop: dict[str, int]
    ports: dict[str, int]
    """For each bay that enters a node that is not a bar: which input."""
    out: dict[str, list[Bay]]
    into: dict[str, list[Bay]]
    gap: int
    order: Ordering

    def build(self, name: str, came: Link | None = None) -> Block:
        """The block of a node with everything that hangs on it, save what it was reached by."""
        node = self.view.nodes[name]
        shape = node_symbol(node, len(self.into[name]))
        return self._bar(node, came) if shape is None else self._machine(node, shape, came)

    def _machine(self, node: Node, shape: Symbol, came: Link | None) -> Block:
        x1, y1, x2, y2 = node_cell(node, shape)
        y = self.y[node.id]
        x1 -= battery_reach(node)
        block = Block([((x1, y + y1, x2, y + y2), node.id)], {node.id: 0})
        for link in self.forest.links[node.id]:
            bay = link.bays[0]
            at = shape.entry(self.ports[bay.id])[0] if link.bottom == node.id else shape.outs[0][0] if shape.outs else 0
            piece = self._column(bay) if link is came else self.build(link.other(node.id), link)
            block.take(piece.moved(at - piece.bays[bay.id]))
        for bay in self._hanging(node.id):
            piece = self._column(bay)
            block.take(piece.moved(shape.entry(self.ports[bay.id])[0]))
        for bay in self._leaving(node.id):
            block.take(self._stub(bay))
        return block

    def _hanging(self, name: str) -> list[Bay]:
        return [bay for link in self.forest.hangs[name] for bay in link.bays]

    def _leaving(self, name: str) -> list[Bay]:
        return [bay for bay in self.out[name] if bay.id in self.forest.across]

    def _arriving(self, name: str) -> list[Bay]:
        return [bay for bay in self.into[name] if bay.id in self.forest.across]

    def _column(self, bay: Bay) -> Block:
        top = self.y[bay.top] + self.drop[bay.top]
        return column(bay, top, self.y[bay.bottom], self.forest.hanging(bay))

    def _stub(self, bay: Bay) -> Block:
        """The parts of a routed bay, and the column below them down to the channel it will turn into."""
        top = self.y[bay.top] + self.drop[bay.top]
        found = column(bay, top, top + bay_height(bay), hanging=True)
        end = self.y[bay.bottom] + (30 if is_aside(self.view.nodes[bay.bottom]) else -CHANNEL)
        if end > top:
            found.boxes.append(((-5, top, 5, end), RESERVED))
        return found

    def _parallel(self, link: Link) -> Block:
        """Bays between two bars side by side, and the room of those that spare ways are kept for."""
        columns = [(natural(bay.id), self._column(bay)) for bay in link.bays]
        like = max(link.bays, key=lambda bay: len(bay.parts))
        for pair in self.forest.kept.get((link.top, link.bottom), ()):
            block = outline(self._column(like), like.id)
            for bay in pair:
                if bay is not None:
                    block.take(self._spare(bay))
            name = pair[0].id if pair[0] is not None else like.id
            columns.append((natural(name), block))
        columns.sort(key=lambda one: one[0])
        return row((block for _, block in columns), self.gap)

    def _spare(self, bay: Bay) -> Block:
        node = self.view.nodes[bay.bottom]
        shape = node_symbol(node, 1)
        assert shape is not None
        x1, top, x2, bottom = node_cell(node, shape)
        y = self.y[node.id]
        reach = (-bottom, -top) if node.id in self.forest.turned else (top, bottom)
        box = (x1, y + reach[0], x2, y + reach[1])
        return Block([(box, node.id)], {node.id: 0}, {bay.id: 0})

    def _bar(self, node: Node, came: Link | None) -> Block:
        upper: list[tuple[Order, Block]] = []
        lower: list[tuple[Order, Block]] = []
        for link in self.forest.links[node.id]:
            side = upper if link.bottom == node.id else lower
            if link.bays[0].id in self.forest.keeping:
                continue
            piece = self._parallel(link) if link is came else self.build(link.other(node.id), link)
            side.append((self.order.of(node, piece, link.bays[0].id), piece))
        for bay in self._hanging(node.id):
            upper.append(((1, 0, 0, natural(bay.id)), self._column(bay)))
        y = self.y[node.id]
        for bay in self._arriving(node.id):
            piece = Block([((-10, y - CHANNEL, 10, y), bay.id)], landings={bay.id: 0})
            upper.append(((1, 0, 0, natural(bay.id)), piece))
        for bay in self._leaving(node.id):
            piece = self._stub(bay)
            lower.append((self.order.of(node, piece, bay.id), piece))
        place: Callable[[list[int]], int] = _middle
        if came is not None and came.bottom == node.id:
            place = max if lower and all(order[0] for order, _ in lower) else min
        trunk = self._trunk(node) if came is None else ""
        block = self._stacked(node, _in_order(upper), _in_order(lower), place, trunk)
        block.boxes += self._bar_boxes(node, block)
        return block

    def _trunk(self, node: Node) -> str:
        """The first of the most parallel ways from a board to one below it; none where there are no two."""
        down = [link.bays for link in self.forest.links[node.id] if link.top == node.id and len(link.bays) > 1]
        most = max(down, key=lambda bays: len(bays), default=())
        return min((bay.id for bay in most), key=natural, default="")

    def _stacked(
        self, node: Node, upper: list[Block], lower: list[Block], place: Callable[[list[int]], int], trunk: str
    ) -> Block:
        """What a board feeds begins under its first incomer, so that one more moves none, or where all of it runs to
        another path ends under the last. At the root what feeds it begins over its trunk where the bar reaches so
        far, so that one more there moves none either; else one stands in the middle of the other."""
        below, above = row(lower, self.gap), row(upper, self.gap)
        if not below.boxes or not above.boxes:
            below.take(above)
            return below
        fed, feeding = self.taps(node.id, below), self.taps(node.id, above)
        wish = place(fed) - place(feeding)
        if trunk and max(feeding) - min(feeding) <= max(fed) - below.bays[trunk]:
            wish = below.bays[trunk] - min(feeding)
        below.take(near(below, above, wish, self.gap))
        return below

    def taps(self, name: str, block: Block) -> list[int]:
        """Where bays meet a bar."""
        found = [block.bays[bay.id] for bay in self.out[name] if bay.id in block.bays]
        for bay in self.into[name]:
            if bay.id in self.forest.across:
                found += [block.landings[bay.id]] if bay.id in block.landings else []
            elif bay.id in block.bays:
                found.append(block.bays[bay.id])
        return found

    def _bar_boxes(self, node: Node, block: Block) -> list[tuple[tuple[int, int, int, int], str]]:
        x1, x2 = bar_span(self.taps(node.id, block))
        y = self.y[node.id]
        label = node_words(node)
        left, right = self.tie_room(node.id)
        reach = width(label) + 14 if label else 0
        half = max(12, height(label) // 2 + 4)
        boxes = [((x1, y - 12, x2, y + 12), node.id)]
        if label:
            lift = 18 if left else 0
            boxes.append(((x1 - reach, y - half - lift, x1, y + half - lift), node.id))
        if left:
            boxes.append(((x1 - left, y - 50, x1, y + 20), node.id))
        if right:
            boxes.append(((x2, y - 50, x2 + right, y + 20), node.id))
        return boxes

    def tie_room(self, name: str) -> tuple[int, int]:
        """Room to keep at the outer and the inner end of a bar for half of each tie."""
        left = right = 0
        lane = self.view.nodes[name].lane
        for bay in self.view.bays:
            if bay.tie and name in (bay.top, bay.bottom):
                other = bay.bottom if name == bay.top else bay.top
                half = up(tie_length(bay) // 2 + 20)
                if self.view.nodes[other].lane != lane or natural(name) < natural(other):
                    right = max(right, half)
                else:
                    left = max(left, half)
        return left, right


def column(bay: Bay, top: int, bottom: int, hanging: bool = False) -> Block:
    """A bay as boxes: the wire, and each part with its label to the inner side."""
    block = Block([((-5, top, 5, bottom), bay.id)], bays={bay.id: 0})
    places = part_heights(bay, top, bottom, hanging)
    for part in bay.parts:
        shape = drawn(part)
        label = part_words(part, bay)
        right = shape.box[2] + 6 + width(label)
        y = places[part.id]
        left = shape.box[0] - 2 - battery_reach(part)
        block.boxes.append(((left, y, right, y + slot(part, bay)), bay.id))
    return block


def bar_span(taps: list[int]) -> Point:
    if not taps:
        return (-40, 40)
    return (min(taps) - OVERHANG, max(taps) + OVERHANG)


def _middle(places: list[int]) -> int:
    return (min(places) + max(places)) // 2 if places else 0


def _in_order(items: Iterable[tuple[Order, Block]]) -> list[Block]:
    return [block for _, block in sorted(items, key=lambda item: item[0])]
