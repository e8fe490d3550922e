"""The caption of a marked sheet: what was taken out and what follows, in words, and a legend of the marks used.

Promises: it stands where the sheet is free, near what was taken out; where there is no such place, the sheet
becomes a part of the next larger paper, and it stands below. It moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from tierline.diagrams.marks.free import Free, far
from tierline.diagrams.marks.value import LINES, TITLES, Mark, Marks
from tierline.diagrams.paper import Paper, papers
from tierline.diagrams.scene import Line, Point, Scene, Sign, Text
from tierline.diagrams.symbols import symbol
from tierline.diagrams.text_width import text_width
from tierline.diagrams.title import on_paper

_WIDTHS = (400, 520, 320, 700, 260)
_CLEAR = 10
_PAD, _HEAD, _MARGIN = 10, 76, 40
_ROW, _KEY = 13, 18
_TITLE, _TEXT = 11, 9


@dataclass(slots=True)
class _Block:
    """A caption of one width, from its own corner."""

    width: int
    height: int = _PAD
    lines: list[Line] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    samples: list[tuple[str, int, int]] = field(default_factory=list)

    def write(self, words: str, x: int, size: int, bold: bool = False) -> None:
        for line in wrapped(words, self.width - x - _PAD, size, bold):
            self.height += size + 4
            self.texts.append(Text(line, x, self.height - 3, size, bold))

    def said(self, head: str, words: str) -> None:
        start = self.height
        self.write(words, _PAD + _HEAD if head else _PAD, _TEXT)
        if head:
            self.texts.append(Text(head, _PAD, start + _TEXT + 1, _TEXT, True))

    def keys(self, used: Iterable[Mark]) -> None:
        """The marks of this sheet, in two columns where there is room."""
        columns = 2 if self.width >= 400 else 1
        self.height += 6
        self.lines.append(Line(((0, self.height), (self.width, self.height)), "caption"))
        top, wide = self.height + 4, (self.width - _PAD) // columns
        entries = list(used)
        rows = -(-len(entries) // columns)
        for n, mark in enumerate(entries):
            x, y = _PAD + n // rows * wide, top + n % rows * _KEY
            if mark in LINES:
                self.lines.append(Line(((x, y + 8), (x + 28, y + 8)), f"is-{mark}"))
                title = TITLES[mark]
            else:
                self.samples.append((f"sign-{mark}", x + 14, y + 2))
                title = symbol(f"sign-{mark}").title
            self.texts.append(Text(title, x + 36, y + 11, _TEXT))
        self.height = top + rows * _KEY + 4

    def at(self, x: int, y: int) -> Sign:
        box = (x, y, x + self.width, y + self.height)
        border = ((0, 0), (self.width, 0), (self.width, self.height), (0, self.height), (0, 0))
        lines = [Line(border, "caption"), *self.lines]
        return Sign(
            "", "caption", box,
            tuple(replace(line, points=tuple((x + px, y + py) for px, py in line.points)) for line in lines),
            tuple(replace(text, x=text.x + x, y=text.y + y) for text in self.texts),
            tuple((name, x + px, y + py) for name, px, py in self.samples),
        )  # fmt: skip


def wrapped(words: str, room: int, size: int, bold: bool = False) -> list[str]:
    """Words in lines that are no longer than the room; a word longer than that is cut."""
    lines: list[str] = []
    for word in (part for whole in words.split() for part in _cut(whole, room, size, bold)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(word: str, room: int, size: int, bold: bool) -> Iterator[str]:
    """The pieces of a word that fit, a path behind its slashes."""
    while text_width(word, size, bold) > room:
        most = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or text_width(word[:n], size, bold) <= room)
        end = word.rfind("/", 1, most) + 1 or most
        yield word[:end]
        word = word[end:]
    yield word


def captioned(
    scene: Scene, marks: Marks, used: Iterable[Mark], lost: tuple[tuple[str, str], ...], near: Point
) -> Scene:
    """The sheet with its caption. `lost`: marks that found no room; `near`: where the eye will be."""
    entries = list(used)
    blocks = [_block(width, marks, entries, lost) for width in _WIDTHS]
    free = Free(scene)
    places = [
        (far(at, block.width, block.height, near), n, at)
        for n, block in enumerate(blocks)
        if (at := free.nearest(block.width, block.height, near, _CLEAR)) is not None
    ]
    if places:
        _, n, (x, y) = min(places)
        return replace(scene, signs=(*scene.signs, blocks[n].at(x, y)))
    block = _block(max(scene.width - 2 * _MARGIN, min(_WIDTHS)), marks, entries, lost)
    paper = next(one for one in papers() if _holds(one, scene, block.height))
    signs = (*scene.signs, block.at(_MARGIN, scene.height))
    parts = tuple(
        replace(part, texts=on_paper(part.texts, paper.name)) if part.name == "title" else part for part in scene.parts
    )
    return replace(
        scene, width=paper.width, height=paper.height, paper=paper.name, unit=paper.unit, signs=signs, parts=parts
    )


def _holds(paper: Paper, scene: Scene, height: int) -> bool:
    """Whether a paper has room for a sheet, and for a caption below it."""
    return paper.width >= scene.width and paper.height >= scene.height + height + _MARGIN


def _block(width: int, marks: Marks, used: list[Mark], lost: tuple[tuple[str, str], ...]) -> _Block:
    block = _Block(width)
    block.write(marks.title, _PAD, _TITLE, True)
    block.height += 4
    for head, words in marks.lines:
        block.said(head, words)
    if lost:
        block.said("no room for", ", ".join(f"{mark} at {name}" for name, mark in lost))
    if used:
        block.keys(used)
    return block
