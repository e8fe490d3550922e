"""Rows of headers with strands between them, put down: the layout of everything that flows in pipes.

Promises: every node, part and run of the view is put down exactly once; a wire that finds no way is marked as a
fallback and counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tierline.diagrams.layout.cells import beside, drawn, node_words, stacked, up, width
from tierline.diagrams.layout.columns import GAP, LEAD, end_symbol, facing, label_of, slot_length, slot_of, tall
from tierline.diagrams.layout.drawing import Drawing, position
from tierline.diagrams.layout.field import Field
from tierline.diagrams.layout.front import Front
from tierline.diagrams.layout.judged import crossed, is_clean
from tierline.diagrams.layout.ladders import ladders_of
from tierline.diagrams.layout.returns import folded, with_returns
from tierline.diagrams.layout.shelves import paper_of, shelved
from tierline.diagrams.layout.standing import Standing
from tierline.diagrams.layout.strands import Row, Rows, Strand, rows_of
from tierline.diagrams.layout.terraces import terraces
from tierline.diagrams.layout.wiring import way_down
from tierline.diagrams.levels import RETURNS
from tierline.diagrams.order import in_order
from tierline.diagrams.scene import Bar, Point, Sym
from tierline.diagrams.symbols import Symbol, symbol
from tierline.diagrams.view import Bay, Node, Part, View, networks

_DOWN, _SIDE = (0, 1), 5
_ABREAST = 8
"""What nothing joins stands so many to a row, or more where the drawing is wider."""


@dataclass(slots=True)
class _Composer:
    standing: Standing
    drawing: Drawing = field(default_factory=Drawing)

    @property
    def view(self) -> View:
        return self.standing.rows.view

    def compose(self) -> None:
        rows = self.standing.rows
        for index, row in enumerate(rows.rows):
            self._row(row, self.standing.y[index])
        ends = {strand.bay.id: self._strand(strand) for strand in (*rows.strands, *rows.inside)}
        ground = self.drawing.field() if self.standing.across else None
        for strand in self.standing.across:
            last, start = ends[strand.bay.id]
            known = self.standing.ways.get(strand.bay.id)
            if known:
                self._wire(last, strand.bottom, (start, *known), strand, len(strand.bay.parts), True)
            elif ground is not None:
                self._across(ground, strand, last, start)

    def _across(self, ground: Field, strand: Strand, last: str, start: Point) -> None:
        goal = (self.standing.landings[strand.bay.id], self.standing.height(strand.bottom))
        ground.free(start, _DOWN)
        ground.free((goal[0], goal[1] - 40), _DOWN)
        points, ruled = way_down(ground, start, goal)
        if points is None:
            self.drawing.lost += 1
            return
        ground.occupy(points)
        self._wire(last, strand.bottom, points, strand, len(strand.bay.parts), not ruled)

    def loose(self, loose: list[Node]) -> None:
        """What nothing joins: a grid below everything else, the kinds apart."""
        boxes = self.drawing.solid or [(0, 0, 0, 0)]
        left, right, y = min(b[0] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
        for kind in in_order({node.kind for node in loose}):
            some = [node for node in loose if node.kind == kind]
            shapes = [end_symbol(node) for node in some]
            half = max(-shape.box[0] for shape in shapes)
            pitch = up(max(half + shape.box[2] + _SIDE + width(node_words(node)) for shape, node in
                           zip(shapes, some, strict=True)) + 20)  # fmt: skip
            high = max(tall(shape, node_words(node)) for shape, node in zip(shapes, some, strict=True)) + 20
            count = max(_ABREAST, (right - left) // pitch)
            y += 30
            for n, node in enumerate(some):
                x = up(left + half) + n % count * pitch
                self._end(node, x, up(y) + n // count * high, Strand(Bay(node.id, "", node.id)), node.level)
            y = up(y) + -(-len(some) // count) * high

    # headers

    def _row(self, row: Row, y: int) -> None:
        for member in row.members:
            node = self.view.nodes[member]
            x1, x2 = self.standing.places[f"{member}<"], self.standing.places[f"{member}>"]
            label = node_words(node)
            texts = stacked(label, 0, y - 6 - 11 * len(label))
            begin = self.standing.named.get(member, x1)
            texts = tuple(replace(text, x=begin, anchor="start") for text in texts)
            self.drawing.groups[member] = (x1, y)
            self.drawing.add_bar(
                Bar(member, node.kind, x1, x2, y, node.level, member, node.lane, texts,
                    node.sheet, node.beyond, node.also)
            )
        for coupler, left, right in zip(row.couplers, row.members, row.members[1:], strict=False):
            self._coupler(coupler, (self.standing.places[f"{left}>"], y), (self.standing.places[f"{right}<"], y))

    def _coupler(self, strand: Strand, start: Point, goal: Point) -> None:
        lengths = [max(slot_length(part, strand), 30) for part in strand.bay.parts]
        x = up((start[0] + goal[0] - sum(lengths)) // 2)
        last, here = strand.top, start
        level = self.view.nodes[strand.top].level
        for n, (part, long) in enumerate(zip(strand.bay.parts, lengths, strict=True)):
            shape = drawn(part)
            left = up(x + (long - shape.box[3]) // 2)
            self._wire(last, part.id, (here, (left, start[1])), strand, n, level=level)
            self.drawing.add_across(part, left, start[1], level, strand.top, label_of(part, strand))
            last, here = part.id, (left + shape.box[3], start[1])
            x += long
        self._wire(last, strand.bottom, (here, goal), strand, len(strand.bay.parts), level=level)

    # strands

    def _strand(self, strand: Strand) -> tuple[str, Point]:
        """Put a strand down; returns what comes last above its lower end, and where."""
        x, y = self.standing.places[f"|{strand.bay.id}"], self.standing.starts[strand.bay.id]
        top, bottom = self.view.nodes[strand.top], self.view.nodes[strand.bottom]
        last, level = strand.top, self._level(strand, -1)
        if top.symbol:
            y = self._end(top, x, y, strand, level)
        cursor = y
        for n, part in enumerate(strand.bay.parts):
            shape, room = drawn(part), slot_of(part, strand)
            cursor += LEAD if n == 0 else GAP
            at = cursor + (room - shape.box[3]) // 20 * 10
            self._wire(last, part.id, ((x, y), (x, at)), strand, n)
            level = min(self._level(strand, n - 1), self._level(strand, n), key=lambda one: one in RETURNS)
            self._part(part, strand, x, at, shape, level)
            last, y, cursor = part.id, at + shape.box[3], cursor + room
        if strand.bay.id in {one.bay.id for one in self.standing.across}:
            return last, (x, y)
        end = self.standing.height(strand.bottom) if not bottom.symbol else cursor + LEAD
        self._wire(last, strand.bottom, ((x, y), (x, end)), strand, len(strand.bay.parts))
        if bottom.symbol:
            self._end(bottom, x, end, strand, self._level(strand, len(strand.bay.parts) - 1))
        return last, (x, end)

    def _level(self, strand: Strand, n: int) -> str:
        """What flows below the part of that number; above all of them for -1."""
        parts = strand.bay.parts
        if strand.up:
            below = [part.level for part in parts[n + 1 :] if part.level]
            return below[0] if below else self.view.nodes[strand.bottom].level
        above = [part.level for part in parts[: n + 1] if part.level]
        return above[-1] if above else self.view.nodes[strand.top].level

    def _wire(
        self, a: str, b: str, points: tuple[Point, ...], strand: Strand, n: int, fallback: bool = False, level: str = ""
    ) -> None:
        level = level or self._level(strand, n - 1)
        self.drawing.add_wire(a, b, points, strand.bay, level, self._group(strand), strand.bay.runs[n], fallback)

    def _group(self, strand: Strand) -> str:
        return strand.top if strand.top in self.standing.rows.row_of else strand.bottom

    def _part(self, part: Part, strand: Strand, x: int, y: int, shape: Symbol, level: str) -> None:
        texts = beside(label_of(part, strand), x + shape.box[2] + _SIDE, y + shape.box[3] // 2)
        turned = strand.up
        self.drawing.add_symbol(
            Sym(
                part.id, "xref" if part.sheet else part.kind, part.symbol, x, y + shape.box[3] if turned else y,
                level, self._group(strand), part.ids, texts, "", position(part), "up" if turned else "down",
                ref_sheet=part.sheet, ref_id=part.beyond, also=part.also,
            ),
            shape,
        )  # fmt: skip

    def _end(self, node: Node, x: int, y: int, strand: Strand, level: str) -> int:
        """The symbol at an end of a strand; returns the height of its lower side."""
        name = facing(node.symbol, node.id == strand.top)
        shape, label = symbol(name), node_words(node)
        room = tall(shape, label)
        if node.id == strand.top:
            y += room - shape.box[3]
        texts = beside(label, x + shape.box[2] + _SIDE, y + shape.box[3] // 2)
        turned = node.id == strand.top and not shape.outs
        self.drawing.add_symbol(
            Sym(
                node.id, "xref" if node.sheet else node.kind, name, x, y + shape.box[3] if turned else y, level,
                self._group(strand), node.ids or (node.id,), texts, node.lane, flow="up" if turned else "down",
                ref_sheet=node.sheet, ref_id=node.beyond, also=node.also,
            ),
            shape,
        )  # fmt: skip
        return y + shape.box[3]


def lay_out_headers(view: View) -> Drawing:
    """The drawing of a view of pipes: each of its networks by itself, then all of them together."""
    parts = networks(view)
    loose = [node for part in parts if not part.bays for node in part.nodes.values() if node.symbol]
    alone = {node.id for node in loose}
    drawing = shelved([_network(part) for part in parts if not alone.issuperset(part.nodes)])
    if loose:
        _Composer(Standing(Rows(view), {}, {}, {}), drawing).loose(loose)
    return drawing


def _network(view: View) -> Drawing:
    """The drawing of what is joined: of the forms that come out clean the one with the fewest crossings, then the one
    that needs the least paper; where there is none, the form that holds all."""
    ladders = ladders_of(view)
    forms = [(one, even) for one in (ladders, replace(ladders, standing=True)) for even in (False, True)]
    rows = [rows_of(view, *form) for form in forms]
    drawings = [_composed(swept(one)) for one in _different(rows)]
    clean = [drawing for drawing in drawings if not drawing.lost and is_clean(drawing)]
    if len(clean) > 1:
        return min(clean, key=lambda one: (one.fallbacks, crossed(one), paper_of([one])))
    return clean[0] if clean else _composed(terraces(view))


def _different(forms: list[Rows]) -> list[Rows]:
    """Each once, the first of equals first."""
    return [one for n, one in enumerate(forms) if one not in forms[:n]]


def swept(rows: Rows) -> Standing:
    """Rows of headers, as close together as what hangs between them allows."""
    folded(rows)
    with_returns(rows)
    return Front(rows).stand()


def _composed(standing: Standing) -> Drawing:
    composer = _Composer(standing)
    composer.compose()
    return composer.drawing
