"""Rows of racks between two bars, and the boards at their corners, put down on a hall sheet.

Promises: path A comes in at the left and from above, path B at the right and from below; no wire crosses
another.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from tierline.diagrams.layout.cells import beside, drawn, height, node_words, part_words, stacked, up, width
from tierline.diagrams.layout.drawing import Drawing
from tierline.diagrams.layout.hall_feeds import Feeding, Feeds, Side, feeding_board
from tierline.diagrams.layout.rows import bay_height
from tierline.diagrams.scene import Bar, Point, Sym
from tierline.diagrams.symbols import symbol
from tierline.diagrams.view import Bay, Node, View

_RACK = 50
_OVERHANG, _ROW_GAP = 40, 70


@dataclass(slots=True)
class Row:
    """Racks that share the same two bars, each with its bay from above and from below."""

    upper: str
    lower: str
    racks: list[tuple[str, Bay | None, Bay | None]] = field(default_factory=list)

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
class HallSheet:
    view: View
    drawing: Drawing
    feeding: dict[str, Feeding]
    y: int = 0

    @property
    def feeds(self) -> Feeds:
        return Feeds(self.view, self.drawing, self.feeding)

    def stack(self, rows: list[Row]) -> None:
        """One group of rows, with its boards above its corners."""
        pitch = self._pitch(rows)
        longest = max(row.places()[1] for row in rows)
        over = max(_OVERHANG, pitch // 2)
        left, right = -over, (longest - 1) * pitch + over
        feeds, alone = self.feeds, len(rows) == 1
        upper, lower = [row.upper for row in rows], [row.lower for row in rows if row.lower]
        top = self.y + feeds.head([*upper, *lower])
        self.y = top + feeds.depth([*upper, *lower]) + 30
        if alone and not feeding_board(self.feeding, upper):
            self.y += feeds.incomer(upper[0])
        places: dict[str, int] = {}
        for row in rows:
            self._row(row, pitch, left, right, places)
            self.y += _ROW_GAP
        for out, edge, bars in ((-1, left, upper), (1, right, lower)):
            feeds.side(Side(out, edge, places, top, alone), bars)
        if alone and lower and not feeding_board(self.feeding, lower):
            self.y += feeds.incomer(lower[0])
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
        head = max((bay_height(bay) for _, bay, _ in row.racks if bay), default=0)
        foot = max((bay_height(bay) for _, _, bay in row.racks if bay), default=0)
        rack, lower = upper + head, upper + head + _RACK + foot
        for place, (name, above, below) in zip(row.places()[0], row.racks, strict=True):
            x = place * pitch
            form = f"rack-{'between' if above and below else 'below'}-{pitch // 2 - 8}"
            self._rack(self.view.nodes[name], (x, rack), row.upper, form, turned=above is None)
            if above:
                self.feeds.column(above, x, (upper, rack), above.top)
            if below:
                self.feeds.column(below, x, (lower, rack + _RACK), below.top)
        for bar, y, over in ((row.upper, upper, True), (row.lower, lower, False)):
            if bar:
                places[bar] = y
                self._bar(self.view.nodes[bar], left, right, y, over)
        self.y = lower if row.lower else rack + _RACK

    def _rack(self, node: Node, at: Point, group: str, name: str, turned: bool) -> None:
        """A rack at its place; `turned`: it is fed from below alone."""
        x, y = at
        label = node_words(node)
        texts = stacked(label, x, y + 25 - height(label) // 2 - 1)
        shape = symbol(name)
        top = y + _RACK if turned else y
        place = (node.id, node.kind, shape.name, x, top, node.level, group, node.ids, texts, node.lane)
        self.drawing.add_symbol(Sym(*place, flow="up" if turned else "down"), shape)

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
