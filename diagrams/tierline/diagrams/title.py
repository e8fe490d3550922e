"""The title block in the lower right corner, and the mark of a sheet that rests on assumed numbers.

Promises: nothing of a clock or of who draws; a text that is too long for its field is cut and says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from tierline.diagrams.order import number
from tierline.diagrams.paper import Paper
from tierline.diagrams.scene import Line, Norm, Text
from tierline.diagrams.text_width import text_width

WIDTH, HEIGHT = 480, 90
_ROWS = ((34, (380, 100)), (28, (200, 180, 100)), (28, (200, 90, 90, 100)))
"""How high each row of fields is, and how wide its fields."""
_LABEL = 8
_NORMS = {Norm.IEC: "after IEC 60617", Norm.ANSI: "after IEEE 315"}


@dataclass(frozen=True, slots=True)
class Heading:
    """What the title block says."""

    facility: str
    name: str
    title: str
    assumed: int
    """How many numbers the twin rests on that nobody published."""
    counted: str = ""
    """The sheet that says how many, where it is not this one: else each of them would change every sheet."""
    norm: Norm = Norm.IEC
    symbols: str = ""
    """After which conventions its symbols are drawn, where that is not the norm."""


def title_block(right: int, bottom: int, heading: Heading, paper: Paper) -> tuple[list[Line], list[Text]]:
    """Rows of fields, each with its label above what it says."""
    left, top = right - WIDTH, bottom - HEIGHT
    lines, texts = [Line(((left, bottom), (left, top), (right, top)), "frame")], []
    fields = iter(_fields(heading, paper))
    y = top
    for high, widths in _ROWS:
        x, size = left, 13 if y == top else 9
        if y > top:
            lines.append(Line(((left, y), (right, y)), "thin"))
        for wide in widths:
            label, value = next(fields)
            if x > left:
                lines.append(Line(((x, y), (x, y + high)), "thin"))
            texts.append(Text(label, x + 6, y + 10, _LABEL))
            texts.append(Text(fitted(value, wide - 12, size, True), x + 6, y + high - 6, size, True))
            x += wide
        y += high
    return lines, texts


def _fields(heading: Heading, paper: Paper) -> list[tuple[str, str]]:
    return [
        ("Title", heading.title),
        ("Sheet", number(heading.name)),
        ("Facility", heading.facility),
        ("Status", "illustrative" if heading.assumed else "no assumed numbers"),
        ("Revision", "–"),
        ("Symbols", heading.symbols or _NORMS[heading.norm]),
        ("Paper", paper.name),
        ("Scale", "none"),
        ("Made by", "tierline render"),
    ]


def fitted(text: str, room: int, size: int, bold: bool = False) -> str:
    """A text cut so that it stays in its field."""
    if text_width(text, size, bold) <= room:
        return text
    while text and text_width(text + "…", size, bold) > room:
        text = text[:-1]
    return text + "…"


def illustrative(middle: int, y: int, heading: Heading) -> list[Text]:
    """The mark, where there is anything to mark."""
    if not heading.assumed:
        return []
    words = f"ILLUSTRATIVE: rests on {_assumed(heading)}. Not for construction."
    return [Text(words, middle, y, 13, True, "middle", "ill")]


def _assumed(heading: Heading) -> str:
    if heading.counted:
        return f"assumed numbers, see {number(heading.counted)}"
    return f"{heading.assumed} assumed number{'' if heading.assumed == 1 else 's'}"
