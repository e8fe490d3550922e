"""Badges, frames and plates beside what is marked, where the sheet is free; broad bands below what is isolated.

Promises: a sign covers no label, no symbol, no bar and no wire. What finds no room is returned, to be told in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from tierline.diagrams.layout.drawing import grown, overlap, sym_box, text_box
from tierline.diagrams.marks.free import Free
from tierline.diagrams.marks.value import LINES, Mark, Marks
from tierline.diagrams.scene import Box, Line, Point, Scene, Sign, Text, Wire, texts_of
from tierline.diagrams.symbols import symbol
from tierline.diagrams.text_width import text_width

OUT = "TAKEN OUT"
_SIDE = 12
"""Badges are square."""
_PLATE, _ROOM, _SMALL = 15, 5, 8
_CUT = 4
_BAND, _PITCH = 4, 5
"""How broad the hatched band round what is waived is, and how far its strokes stand apart."""
_FRAMED = (Mark.REMOVED, Mark.OVERLOADED)


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something drawn that may bear signs: the elements it stands for, and what is marked of all or some of them."""

    name: str
    ids: tuple[str, ...]
    box: Box
    marks: tuple[str, ...]
    some: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wire: bool = False


@dataclass(slots=True)
class Signs:
    """The signs of one sheet, put down one by one: first those that matter most."""

    scene: Scene
    marks: Marks
    free: Free
    found: list[Sign] = field(default_factory=list)
    unplaced: list[tuple[str, str]] = field(default_factory=list)
    """Element and mark of signs that found no room."""

    def put(self) -> None:
        things = [*self._things()]
        on_others = any(Mark.EARTHED in thing.marks for thing in things if not thing.wire)
        not_on_wires = (*LINES, Mark.EARTHED) if on_others else LINES
        for mark in sorted(Mark, key=lambda one: one not in _FRAMED):
            for thing in things:
                if mark in thing.marks and mark not in (not_on_wires if thing.wire else LINES):
                    self._sign(thing, mark)

    def _things(self) -> Iterator[_Thing]:
        """Everything that may bear a sign: no reference, but to the very element on a sheet of another discipline."""
        for sym in self.scene.symbols:
            if not sym.ref_sheet or sym.ref_id in sym.ids:
                some = dict(sym.some)
                yield _Thing(sym.id, sym.ids, sym_box(sym, symbol(sym.symbol)), (*sym.marks, *some), some)
        for bar in self.scene.bars:
            if not bar.ref_sheet:
                yield _Thing(bar.id, (bar.id,), (bar.x1, bar.y - 3, bar.x2, bar.y + 3), bar.marks)
        for room, box in self.scene.areas:
            found = self.marks.of.get(room, frozenset())
            yield _Thing(room, (room,), box, tuple(mark for mark in Mark if mark in found))
        for wire in self.scene.wires:
            if wire.runs:
                known = sorted(wire.runs, key=lambda run: run not in self.marks.of)
                yield _Thing(known[0], wire.runs, _longest(wire), wire.marks, wire=True)

    def _sign(self, thing: _Thing, mark: Mark) -> None:
        if mark in _FRAMED and not thing.wire:
            self.found.append(Sign(thing.name, mark, lines=self._frame(thing.box, mark)))
            self.free.take(grown(thing.box, 5))
        if mark is Mark.WAIVED and not thing.wire:
            self.found.append(Sign(thing.name, mark, lines=self._hatched(thing.box)))
            self.free.take(grown(thing.box, 5))
        words = self._words(thing, mark)
        sign = self._plate(thing, mark, words) if words and mark in _FRAMED else self._badge(thing, mark, words)
        if sign is None:
            self.unplaced.append((thing.name, mark))
        else:
            self.free.take(sign.box or thing.box)
            self.found.append(sign)

    def _words(self, thing: _Thing, mark: Mark) -> str:
        """What is written on a plate, or beside a badge that holds of some of many only."""
        some = thing.some.get(mark, ())
        if mark is Mark.REMOVED:
            return f"{OUT}: {', '.join(some)}" if some else OUT
        figure = next((self.marks.figures[name] for name in thing.ids if name in self.marks.figures), "")
        if mark is Mark.OVERLOADED or (mark is Mark.SHORT and figure and Mark.OVERLOADED not in thing.marks):
            return figure
        return f"{len(some)} of {len(thing.ids)}" if some else ""

    def _badge(self, thing: _Thing, mark: Mark, words: str) -> Sign | None:
        """A badge, and after it how many it holds of."""
        wide = text_width(words, _SMALL, True) + 3 if words else 0
        at = self.free.beside(thing.box, _SIDE + wide, _SIDE)
        if at is None:
            return None
        texts = (Text(words, at[0] + _SIDE + 3, at[1] + 9, _SMALL, True),) if words else ()
        return Sign(thing.name, mark, at, texts=texts, samples=((f"sign-{mark}", at[0] + _SIDE // 2, at[1]),))

    def _plate(self, thing: _Thing, mark: Mark, words: str) -> Sign | None:
        wide = text_width(words, 9, True) + 2 * _ROOM
        at = self.free.beside(grown(thing.box, 4), wide, _PLATE)
        if at is None:
            return None
        lines = [Line(_corners(at, _CUT if mark is Mark.REMOVED else 0), mark)]
        if mark is Mark.OVERLOADED:
            lines.append(Line(_corners(grown(at, -2), 0), mark))
        return Sign(thing.name, mark, at, tuple(lines), (Text(words, at[0] + _ROOM, at[3] - 4, 9, True),))

    def _hatched(self, box: Box) -> tuple[Line, ...]:
        """A band of strokes round something, where its label leaves room for it."""
        if not self._clear(box):
            return ()
        x1, y1, x2, y2 = box
        strokes = [((x, y1), (x + _BAND, y1 - _BAND)) for x in range(x1 - _BAND, x2, _PITCH)]
        strokes += [((x, y2 + _BAND), (x + _BAND, y2)) for x in range(x1 - _BAND, x2, _PITCH)]
        strokes += [((x1 - _BAND, y), (x1, y - _BAND)) for y in range(y1 + _PITCH, y2 + _BAND, _PITCH)]
        strokes += [((x2, y), (x2 + _BAND, y - _BAND)) for y in range(y1 + _PITCH, y2 + _BAND, _PITCH)]
        return tuple(Line(stroke, Mark.WAIVED) for stroke in strokes)

    def _clear(self, box: Box) -> bool:
        near = [text_box(text) for text in texts_of(self.scene)]
        return not any(overlap(grown(box, 5), other) and not _inside(other, box) for other in near)

    def _frame(self, box: Box, mark: Mark) -> tuple[Line, ...]:
        """Round what is taken out one heavy line with its corners cut off, round what limits two fine ones."""
        clear = self._clear(box)
        if mark is Mark.REMOVED:
            return (Line(_corners(grown(box, 3 if clear else 1), _CUT), mark),)
        return tuple(Line(_corners(grown(box, by), 0), mark) for by in ((0, 3) if clear else (-2, 1)))


def bands(scene: Scene) -> tuple[Line, ...]:
    """Below the wires and bars that are isolated."""
    lines = [Line(wire.points, "band") for wire in scene.wires if Mark.ISOLATED in wire.marks]
    lines += [Line(((bar.x1, bar.y), (bar.x2, bar.y)), "band") for bar in scene.bars if Mark.ISOLATED in bar.marks]
    return tuple(lines)


def _corners(box: Box, cut: int) -> tuple[Point, ...]:
    x1, y1, x2, y2 = box
    if not cut:
        return ((x1, y1), (x2, y1), (x2, y2), (x1, y2), (x1, y1))
    return (
        (x1 + cut, y1), (x2 - cut, y1), (x2, y1 + cut), (x2, y2 - cut),
        (x2 - cut, y2), (x1 + cut, y2), (x1, y2 - cut), (x1, y1 + cut), (x1 + cut, y1),
    )  # fmt: skip


def _inside(one: Box, other: Box) -> bool:
    return other[0] <= one[0] and other[1] <= one[1] and one[2] <= other[2] and one[3] <= other[3]


def _longest(wire: Wire) -> Box:
    """The box of its longest part."""
    parts = pairwise(wire.points)
    (ax, ay), (bx, by) = max(parts, key=lambda part: abs(part[0][0] - part[1][0]) + abs(part[0][1] - part[1][1]))
    return min(ax, bx) - 1, min(ay, by) - 1, max(ax, bx) + 1, max(ay, by) + 1


