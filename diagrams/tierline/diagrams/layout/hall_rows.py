"""Rows of racks between two bars, and the boards at their corners, put down on a hall sheet.

Promises: path A comes in at the left and from above, path B at the right and from below; no wire crosses
another.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from tierline.diagrams.layout.blocks import part_heights
from tierline.diagrams.layout.cells import beside, drawn, height, node_words, part_words, stacked, up, width
from tierline.diagrams.layout.drawing import Drawing, position
from tierline.diagrams.layout.rows import bay_height
from tierline.diagrams.scene import Bar, Point, Sym, Text
from tierline.diagrams.symbols import symbol
from tierline.diagrams.view import Bay, Node, Part, View

_RACK = 50
_OVERHANG, _ROW_GAP = 40, 70


@dataclass(slots=True)
class Row:
    """Racks that share the same two bars, each with its bay from above and from below."""

    upper: str
    lower: str
    racks: list[tuple[str, Bay, Bay | None]] = field(default_factory=list)

    def places(self) -> tuple[list[int], int]:
        """The place of each rack along the bars, and how many there are: behind each set of racks of one name one or
        two are free, two behind an even number, so that one rack more moves no other."""
        stems = [re.sub(r"\d+$", "", name) for name, _, _ in self.racks]
        sizes = Counter(stems)
        found: list[int] = []
        after = 0
        for n, stem in enumerate(stems):
            if n and stem != stems[n - 1] and sizes[stem] + sizes[stems[n - 1]] > 2:
                after = _with_spare(after)
            found.append(after)
            after += 1
        return found, _with_spare(after)


def _with_spare(count: int) -> int:
    return (count + 2) // 2 * 2


@dataclass(slots=True)
class Feeding:
    """How a bar of racks is supplied: the bay into it, and the board it comes from, if that is in this
    hall."""

    bay: Bay | None
    board: str


@dataclass(slots=True)
class HallSheet:
    view: View
    drawing: Drawing
    feeding: dict[str, Feeding]
    y: int = 0

    def stack(self, rows: list[Row]) -> None:
        """One group of rows, with its boards at the upper corners."""
        pitch = self._pitch(rows)
        longest = max(row.places()[1] for row in rows)
        left, right = -_OVERHANG, (longest - 1) * pitch + _OVERHANG
        top = self.y
        fed = [self.feeding[bar].bay for row in rows for bar in (row.upper, row.lower) if bar]
        boards = any(self.feeding[bar].board for row in rows for bar in (row.upper, row.lower) if bar)
        if boards:
            self.y += max(bay_height(bay) for bay in fed if bay) + 20
        self.y += 30
        places: dict[str, int] = {}
        for row in rows:
            self._row(row, pitch, left, right, places)
            self.y += _ROW_GAP
        for out, edge, bars in (
            (-1, left, [row.upper for row in rows]),
            (1, right, [row.lower for row in rows if row.lower]),
        ):
            self._feeds(out, edge, bars, places, top)
        self.y += 20

    def _pitch(self, rows: list[Row]) -> int:
        half = 40
        for row in rows:
            for name, *bays in row.racks:
                node = self.view.nodes[name]
                half = max(half, width(node_words(node)) // 2 + 14)
                for bay in bays:
                    if bay:
                        half = max(
                            half, *(drawn(p).box[2] + 10 + width(part_words(p, bay)) for p in bay.parts), 0
                        )
        return up(2 * half)

    def _row(self, row: Row, pitch: int, left: int, right: int, places: dict[str, int]) -> None:
        upper = self.y
        head = max(bay_height(bay) for _, bay, _ in row.racks)
        foot = max((bay_height(bay) for _, _, bay in row.racks if bay), default=0)
        rack, lower = upper + head, upper + head + _RACK + foot
        for place, (name, above, below) in zip(row.places()[0], row.racks, strict=True):
            x = place * pitch
            node = self.view.nodes[name]
            self._rack(node, (x, rack), row.upper, f"rack-{'between' if below else 'below'}-{pitch // 2 - 8}")
            self._column(above, x, upper, rack, down=True)
            if below:
                self._column(below, x, lower, rack + _RACK, down=False)
        for bar, y, over in ((row.upper, upper, True), (row.lower, lower, False)):
            if bar:
                places[bar] = y
                self._bar(self.view.nodes[bar], left, right, y, over)
        self.y = lower if row.lower else rack + _RACK

    def _rack(self, node: Node, at: Point, group: str, name: str) -> None:
        x, y = at
        label = node_words(node)
        texts = stacked(label, x, y + 25 - height(label) // 2 - 1)
        shape = symbol(name)
        self.drawing.add_symbol(
            Sym(node.id, node.kind, shape.name, x, y, node.level, group, node.ids, texts, node.lane), shape
        )

    def _column(self, bay: Bay, x: int, start: int, end: int, down: bool) -> None:
        """The devices between a bar and a rack, from the bar on."""
        span = abs(end - start)
        places = part_heights(bay, 0, span)
        sign, flow = (1, "down") if down else (-1, "up")
        level = self.view.nodes[bay.top].level
        last, y = bay.top, start
        for n, part in enumerate(bay.parts):
            at = start + sign * places[part.id]
            self.drawing.add_wire(last, part.id, ((x, y), (x, at)), bay, level, bay.top, bay.runs[n])
            tall = drawn(part).box[3]
            texts = beside(part_words(part, bay), x + drawn(part).box[2] + 5, at + sign * tall // 2)
            self._put(part, x, at, flow, texts, level, bay.top)
            y, last = at + sign * tall, part.id
        self.drawing.add_wire(last, bay.bottom, ((x, y), (x, end)), bay, level, bay.top, bay.runs[-1])

    def _put(
        self, part: Part, x: int, y: int, flow: str, texts: tuple[Text, ...], level: str, group: str
    ) -> None:
        sym = Sym(
            part.id,
            part.kind,
            part.symbol,
            x,
            y,
            level,
            group,
            part.ids,
            texts,
            self.view.nodes[group].lane,
            position(part),
            flow,
        )
        self.drawing.add_symbol(sym, drawn(part))

    def _bar(self, node: Node, x1: int, x2: int, y: int, above: bool) -> None:
        """A bar with its label outside the racks: above the upper bar, below the lower one."""
        label = node_words(node)
        middle = y - height(label) // 2 - 6 if above else y + height(label) // 2 + 6
        texts = beside(label, x1 if above else x2, middle, above)
        self.drawing.groups[node.id] = (x1 if above else x2, y)
        self.drawing.add_bar(
            Bar(node.id, node.kind, x1, x2, y, node.level, node.id, node.lane, texts,
                node.sheet, node.beyond, node.also)
        )

    def _feeds(self, out: int, edge: int, bars: list[str], places: dict[str, int], top: int) -> None:
        """What comes in at one side: bars without a board straight at their end, the others from their
        board."""
        boards: dict[str, list[str]] = {}
        for bar in bars:
            feed = self.feeding[bar]
            if feed.board:
                boards.setdefault(feed.board, []).append(bar)
            elif feed.bay:
                self._incoming(feed.bay, edge, places[bar], out)
        x = edge + out * 50
        for board, fed in boards.items():
            x = self._board(board, fed, x, out, places, (edge, top))

    def _board(
        self, board: str, bars: list[str], x: int, out: int, places: dict[str, int], corner: tuple[int, int]
    ) -> int:
        """A board of the hall at an upper corner: the way to the highest row stands innermost."""
        edge, y = corner
        node = self.view.nodes[board]
        first = x
        for bar in sorted(bars, key=lambda one: places[one]):
            bay = self.feeding[bar].bay
            assert bay is not None
            room = max((width(part_words(part, bay)) for part in bay.parts), default=0) + 30
            x += out * up(room)
            self._way(bay, x, y, edge, places[bar], out)
        ends = sorted((first + out * -10 + out * 10, x + out * 30))
        label = node_words(node)
        texts = (
            beside(label, ends[0], y - height(label) // 2 - 6)
            if out < 0
            else beside(label, ends[1], y - height(label) // 2 - 6, False)
        )
        self.drawing.groups[board] = (ends[1] if out > 0 else ends[0], y)
        self.drawing.add_bar(Bar(board, node.kind, ends[0], ends[1], y, node.level, board, node.lane, texts))
        (bay,) = self.view.incoming()[board]
        self._incoming(bay, ends[1] if out > 0 else ends[0], y, out)
        return x + out * 60

    def _way(self, bay: Bay, x: int, top: int, edge: int, bottom: int, out: int) -> None:
        level = self.view.nodes[bay.top].level
        places = part_heights(bay, top, bottom, hanging=True)
        last, y = bay.top, top
        for n, part in enumerate(bay.parts):
            at = places[part.id]
            self.drawing.add_wire(last, part.id, ((x, y), (x, at)), bay, level, bay.top, bay.runs[n])
            shape = drawn(part)
            texts = beside(
                part_words(part, bay), x - out * (shape.box[2] + 5), at + shape.box[3] // 2, out < 0
            )
            self._put(part, x, at, "down", texts, level, bay.top)
            y, last = at + shape.box[3], part.id
        points = ((x, y), (x, bottom), (edge, bottom))
        self.drawing.add_wire(last, bay.bottom, points, bay, level, bay.top, bay.runs[-1])

    def _incoming(self, bay: Bay, x: int, y: int, out: int) -> None:
        """From another sheet to the end of a bar: the reference and the devices, in one line."""
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
        shape = symbol("arrival")
        start = end + out * shape.box[3]
        self.drawing.add_wire(node.id, last, ((end, y), (x, y)), bay, node.level, group, bay.runs[0])
        label = node_words(node)
        texts = beside(label, start + out * 6, y, out > 0)
        self.drawing.add_symbol(
            Sym(
                node.id,
                "xref",
                "arrival",
                start,
                y,
                node.level,
                group,
                (),
                texts,
                node.lane,
                flow=flow,
                ref_sheet=node.sheet,
                ref_id=node.beyond,
            ),
            shape,
        )
