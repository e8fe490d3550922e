"""The legend of a sheet: the conductors and the symbols that stand on it, and nothing else.

Promises: one sample for each meaning; rows that fit the room they are given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tierline.diagrams.layout.drawing import Drawing
from tierline.diagrams.levels import TITLES
from tierline.diagrams.scene import Line, Part, Text
from tierline.diagrams.symbols import symbol
from tierline.diagrams.text_width import text_width

KEYS = 170
"""Room for the conductors, beside the symbols."""
_KEY, _HEAD, _SIZE, _APART = 16, 32, 8, 16
_OVER, _BELOW, _CAPTION = 10, 12, 18
"""What is free above a symbol, where its name stands below it, and how much room that takes."""


@dataclass(frozen=True, slots=True)
class Legend:
    """What is to be told, before it has a place."""

    levels: tuple[str, ...]
    samples: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.levels or self.samples)

    def height(self, room: int) -> int:
        """How high it stands, when its symbols have so much room from left to right."""
        rows = self._rows(room)
        high = sum(_OVER + _tall(row) + _CAPTION for row in rows)
        return max(high, _HEAD + _KEY * len(self.levels)) if self else 0

    def keys(self, left: int, top: int) -> tuple[list[Line], list[Text]]:
        """The conductors."""
        lines, texts = [], [Text("LEGEND", left, top + 18, 9, True)] if self else []
        for n, level in enumerate(self.levels):
            y = top + _HEAD + _KEY * n
            lines.append(Line(((left, y), (left + 30, y)), f"key-{level}"))
            texts.append(Text(TITLES[level], left + 38, y + 3, 9))
        return lines, texts

    def symbols(self, left: int, top: int, room: int) -> Iterator[Part]:
        """The symbols, each standing on its name."""
        for row in self._rows(room):
            foot = top + _OVER + _tall(row)
            for name, x in row:
                one, middle = symbol(name), left + x
                at = (middle, foot - one.box[3])
                title = Text(one.title, middle, foot + _BELOW, _SIZE, False, "middle")
                yield Part("sample", (), (title,), ((name, *at),), at, whole=True)
            top = foot + _CAPTION

    def _rows(self, room: int) -> list[list[tuple[str, int]]]:
        """The symbols in rows, each with the middle of its cell."""
        found: list[list[tuple[str, int]]] = []
        x = 0
        for name in self.samples:
            one = symbol(name)
            wide = max(text_width(one.title, _SIZE), one.box[2] - one.box[0]) + _APART
            if not found or x + wide > room:
                found.append([])
                x = 0
            found[-1].append((name, x + wide // 2))
            x += wide
        return found


def _tall(row: list[tuple[str, int]]) -> int:
    return max(symbol(name).box[3] for name, _ in row)


def legend_of(drawing: Drawing) -> Legend:
    """What stands on a sheet; one symbol for each meaning."""
    titles: dict[str, str] = {}
    for name in sorted({sym.symbol for sym in drawing.symbols}):
        titles.setdefault(symbol(name).title, name)
    used = {bar.level for bar in drawing.bars} | {wire.level for wire in drawing.wires}
    return Legend(tuple(level for level in TITLES if level in used), tuple(titles[title] for title in sorted(titles)))


def legend_part(legend: Legend, left: int, top: int, room: int) -> Part:
    """The legend as it stands on a sheet: the conductors at its left end, then the symbols."""
    lines, titles = legend.keys(left + 14, top)
    samples = tuple(legend.symbols(left + KEYS, top, room))
    return Part("legend", tuple(lines), tuple(titles), origin=(left, top), parts=samples)
