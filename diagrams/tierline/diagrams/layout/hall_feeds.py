"""What comes into a hall: the boards above the corners of its rows, the ways to the rows, and what other sheets send.

Promises: path A comes in at the left and from above, path B at the right, from above or from below; no wire crosses
another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tierline.diagrams.layout.blocks import part_heights
from tierline.diagrams.layout.cells import beside, drawn, height, node_words, part_words, stacked, up, width
from tierline.diagrams.layout.drawing import Drawing, position
from tierline.diagrams.layout.rows import bay_height
from tierline.diagrams.scene import Bar, Point, Sym, Text
from tierline.diagrams.symbols import symbol
from tierline.diagrams.view import Bay, Part, View

_OUT = 50
"""The nearest way beside a row."""
_ARRIVAL = symbol("arrival").box[3]


@dataclass(slots=True)
class Feeding:
    """How a bar of racks is supplied: the bay into it, and the board it comes from, if that is in this
    hall."""

    bay: Bay | None
    board: str


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a group of rows."""

    out: int
    """-1 to the left, 1 to the right."""
    edge: int
    """Where the bars of the rows end."""
    places: Mapping[str, int]
    """The height of every bar."""
    top: int
    """The height of the boards."""
    alone: bool
    """There is one row: what comes straight from another sheet comes from above or below."""


def feeding_board(feeding: Mapping[str, Feeding], bars: Iterable[str]) -> bool:
    return any(feeding[bar].board for bar in bars)


@dataclass(slots=True)
class Feeds:
    view: View
    drawing: Drawing
    feeding: Mapping[str, Feeding]

    def head(self, bars: list[str]) -> int:
        """How far what comes in to the boards reaches above them."""
        boards = {self.feeding[bar].board for bar in bars} - {""}
        return max((self._incoming_height(self._into(board)) for board in boards), default=0)

    def depth(self, bars: list[str]) -> int:
        """How far the ways of the boards reach below them."""
        ways = [self.feeding[bar].bay for bar in bars if self.feeding[bar].board]
        return max((bay_height(bay) for bay in ways if bay), default=-20) + 20

    def incomer(self, bar: str) -> int:
        """How far what comes straight into a bar reaches above or below it."""
        bay = self.feeding[bar].bay
        return self._incoming_height(bay) if bay else 0

    def _into(self, board: str) -> Bay:
        (bay,) = self.view.incoming()[board]
        return bay

    def _incoming_height(self, bay: Bay) -> int:
        return bay_height(bay) + _ARRIVAL

    def side(self, side: Side, bars: list[str]) -> None:
        """What comes in at one side: bars that no board of the hall feeds straight, the others from their board."""
        boards: dict[str, list[str]] = {}
        for bar in bars:
            feed = self.feeding[bar]
            if feed.board:
                boards.setdefault(feed.board, []).append(bar)
            elif feed.bay and side.alone:
                self._above(feed.bay, side, bar, down=side.out < 0)
            elif feed.bay:
                self._level(feed.bay, side.edge, side.places[bar], side.out)
        x = side.edge
        for n, (board, fed) in enumerate(boards.items()):
            x = self._board(board, fed, x, side, n == 0)

    def _above(self, bay: Bay, side: Side, bar: str, down: bool) -> None:
        """From another sheet into a bar of racks, beside its name."""
        name = width(node_words(self.view.nodes[bar]))
        self._incoming(bay, side.edge - side.out * up(name + 30), side.places[bar], down, side.out < 0)

    def _board(self, board: str, bars: list[str], x: int, side: Side, first: bool) -> int:
        """A board above an upper corner: straight down to the bar below it, beside the rows to the others, the highest
        of them innermost. What comes in stands beside its name, on the inner side."""
        out, y, node = side.out, side.top, self.view.nodes[board]
        ordered = sorted(bars, key=lambda one: side.places[one])
        inner = x
        if first and out < 0 and side.places[ordered[0]] == min(side.places.values()):
            below = ordered.pop(0)
            inner = side.edge + up(width(node_words(self.view.nodes[below])) + 30)
            self._way(self._fed(below), inner, y, ((inner, side.places[below]),), out)
        outer = x
        for n, bar in enumerate(ordered):
            bay = self._fed(bar)
            room = max((width(part_words(part, bay)) for part in bay.parts), default=0) + 30
            outer += out * (up(room) if n else _OUT)
            self._way(bay, outer, y, ((outer, side.places[bar]), (side.edge, side.places[bar])), out)
        label, end = node_words(node), outer + out * 30
        entry = end - out * up(width(label) + 30)
        if not first:  # clear of the board before it
            entry = x + out * up(self._words(self._into(board)) + 40)
            end = max(end, entry + out * up(width(label) + 30), key=lambda one: out * one)
            inner += out * _OUT
        inner = max(inner, entry, key=lambda one: -out * one) - out * 20
        x1, x2 = sorted((inner, end))
        texts = beside(label, end, y - height(label) // 2 - 6, out < 0)
        self.drawing.groups[board] = (end, y)
        self.drawing.add_bar(Bar(board, node.kind, x1, x2, y, node.level, board, node.lane, texts, also=node.also))
        self._incoming(self._into(board), entry, y, True, out < 0)
        return outer + out * 60

    def _words(self, bay: Bay) -> int:
        """How wide the labels are of what comes in."""
        return max(width(node_words(self.view.nodes[bay.top])), *(width(part_words(one, bay)) for one in bay.parts), 0)

    def _fed(self, bar: str) -> Bay:
        bay = self.feeding[bar].bay
        assert bay is not None
        return bay

    def _way(self, bay: Bay, x: int, top: int, corners: tuple[Point, ...], out: int) -> None:
        """From a board down to a bar: its devices below the board, then along the corners."""
        level = self.view.nodes[bay.top].level
        places = part_heights(bay, top, corners[0][1], hanging=True)
        last, y = bay.top, top
        for n, part in enumerate(bay.parts):
            at = places[part.id]
            self.drawing.add_wire(last, part.id, ((x, y), (x, at)), bay, level, bay.top, bay.runs[n])
            shape = drawn(part)
            texts = beside(part_words(part, bay), x - out * (shape.box[2] + 5), at + shape.box[3] // 2, out < 0)
            self._put(part, x, at, "down", texts, level, bay.top)
            y, last = at + shape.box[3], part.id
        self.drawing.add_wire(last, bay.bottom, ((x, y), *corners), bay, level, bay.top, bay.runs[-1])

    def column(self, bay: Bay, x: int, ends: tuple[int, int], group: str, right: bool = True) -> None:
        """The devices of a bay between two heights, in the direction it flows."""
        start, end = ends
        places = part_heights(bay, 0, abs(end - start))
        sign, flow = (1, "down") if end > start else (-1, "up")
        level = self.view.nodes[bay.top].level
        last, y = bay.top, start
        for n, part in enumerate(bay.parts):
            at = start + sign * places[part.id]
            self.drawing.add_wire(last, part.id, ((x, y), (x, at)), bay, level, group, bay.runs[n])
            shape = drawn(part)
            reach = (shape.box[2] + 5) * (1 if right else -1)
            texts = beside(part_words(part, bay), x + reach, at + sign * shape.box[3] // 2, right)
            self._put(part, x, at, flow, texts, level, group)
            y, last = at + sign * shape.box[3], part.id
        self.drawing.add_wire(last, bay.bottom, ((x, y), (x, end)), bay, level, group, bay.runs[-1])

    def _put(self, part: Part, x: int, y: int, flow: str, texts: tuple[Text, ...], level: str, group: str) -> None:
        lane = self.view.nodes[group].lane
        place = (part.id, part.kind, part.symbol, x, y, level, group, part.ids, texts, lane, position(part), flow)
        self.drawing.add_symbol(Sym(*place), drawn(part))

    def _incoming(self, bay: Bay, x: int, y: int, down: bool, right: bool) -> None:
        """From another sheet, from above or below: the reference and the devices in one line."""
        sign = 1 if down else -1
        start = y - sign * bay_height(bay)
        self.column(bay, x, (start, y), bay.bottom, right)
        at = start - sign * _ARRIVAL
        texts = beside(node_words(self.view.nodes[bay.top]), x + (14 if right else -14), at + sign * 8, right)
        self._reference(bay, (x, at), "down" if down else "up", texts)

    def _level(self, bay: Bay, x: int, y: int, out: int) -> None:
        """The same in a level line, to the end of a bar."""
        group, flow = bay.bottom, "right" if out < 0 else "left"
        node = self.view.nodes[bay.top]
        last = bay.bottom
        for n, part in reversed(list(enumerate(bay.parts))):
            shape = drawn(part)
            room = max(shape.box[3], width(part_words(part, bay))) + 10
            at = x + out * up(room // 2 - shape.box[3] // 2 + 10)
            far = at + out * shape.box[3]
            self.drawing.add_wire(part.id, last, ((at, y), (x, y)), bay, node.level, group, bay.runs[n + 1])
            label = part_words(part, bay)
            texts = stacked(label, (at + far) // 2, y - 13 - height(label))
            self._put(part, far, y, flow, texts, node.level, group)
            x, last = far, part.id
        end = x + out * 30
        start = end + out * _ARRIVAL
        self.drawing.add_wire(node.id, last, ((end, y), (x, y)), bay, node.level, group, bay.runs[0])
        self._reference(bay, (start, y), flow, beside(node_words(node), start + out * 6, y, out > 0))

    def _reference(self, bay: Bay, at: Point, flow: str, texts: tuple[Text, ...]) -> None:
        node = self.view.nodes[bay.top]
        place = (node.id, "xref", "arrival", *at, node.level, bay.bottom, (), texts, node.lane)
        reference = Sym(*place, flow=flow, ref_sheet=node.sheet, ref_id=node.beyond)
        self.drawing.add_symbol(reference, symbol("arrival"))
