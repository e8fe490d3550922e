"""The title block in the lower right corner with its revisions and notes, and the mark of assumed numbers.

Promises: nothing of a clock; days and names only as the facility declares them; a text that is too long for its field
is cut and says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

from tierline.diagrams.order import number
from tierline.diagrams.paper import Paper
from tierline.diagrams.scene import Line, Norm, Text
from tierline.diagrams.text_width import text_width
from tierline.twin.head import Revision

WIDTH = 480
_HEIGHT = 90
_ROWS = ((34, (380, 100)), (28, (270, 110, 100)), (28, (110, 110, 80, 80, 100)))
"""How high each row of fields is, and how wide its fields."""
_ISSUES, _ISSUE = (40, 80, 250, 110), 16
"""The columns of the revision table, and how high its rows are."""
_SHOWN = 5
"""Revisions that stand on the sheet: the newest."""
_NOTE, _LABEL = 12, 8
_PAPER = "Paper"
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
    revisions: tuple[Revision, ...] = ()
    """From the first to the newest."""
    notes: tuple[str, ...] = ()
    known: str = ""
    """What people call the facility, where they do not say its id."""

    @property
    def issues(self) -> tuple[Revision, ...]:
        """What the table shows, the newest first."""
        return self.revisions[: -_SHOWN - 1 : -1]

    @property
    def height(self) -> int:
        """Of the block with all that stands on it."""
        issued = _ISSUE * (len(self.issues) + 1) if self.issues else 0
        return _HEIGHT + issued + (_NOTE * (len(self.notes) + 1) + 4 if self.notes else 0)


def title_block(right: int, bottom: int, heading: Heading, paper: Paper) -> tuple[list[Line], list[Text]]:
    """Rows of fields, each with its label above what it says."""
    left, top = right - WIDTH, bottom - _HEIGHT
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
    above = top - _ISSUE * (len(heading.issues) + 1) if heading.issues else top
    issued = _revisions(left, top, heading)
    return lines + issued[0], texts + issued[1] + _notes(left, above, heading)


def on_paper(texts: tuple[Text, ...], name: str) -> tuple[Text, ...]:
    """The words of a title block whose sheet became a part of a larger paper."""
    labels = ("", *(text.text for text in texts))
    return tuple(
        replace(text, text=name) if label == _PAPER else text for label, text in zip(labels, texts, strict=False)
    )


def _revisions(left: int, bottom: int, heading: Heading) -> tuple[list[Line], list[Text]]:
    """The table of issues, its heads next to the block, the newest at the top."""
    if not heading.issues:
        return [], []
    rows = [(one.name, one.date, one.text, one.by) for one in heading.issues] + [("Rev", "Date", "Issue", "By")]
    top = bottom - _ISSUE * len(rows)
    lines = [Line(((left, bottom), (left, top), (left + WIDTH, top)), "frame")]
    lines += [Line(((left, y), (left + WIDTH, y)), "thin") for y in range(top + _ISSUE, bottom, _ISSUE)]
    lines += [Line(((left + x, top), (left + x, bottom)), "thin") for x in accumulate(_ISSUES[:-1])]
    texts = []
    for n, row in enumerate(rows):
        x = left
        for word, wide in zip(row, _ISSUES, strict=True):
            if word:
                texts.append(Text(fitted(word, wide - 12, _LABEL), x + 6, top + _ISSUE * n + 12, _LABEL))
            x += wide
    return lines, texts


def _notes(left: int, bottom: int, heading: Heading) -> list[Text]:
    if not heading.notes:
        return []
    lines = ("NOTES", *(f"{n}. {note}" for n, note in enumerate(heading.notes, 1)))
    top = bottom - _NOTE * len(lines) - 4
    return [
        Text(fitted(line, WIDTH, _LABEL, not n), left, top + _NOTE * (n + 1) - 3, _LABEL, not n)
        for n, line in enumerate(lines)
    ]


def _fields(heading: Heading, paper: Paper) -> list[tuple[str, str]]:
    return [
        ("Title", heading.title),
        ("Sheet", number(heading.name)),
        ("Facility", heading.known or heading.facility),
        ("Status", "illustrative" if heading.assumed else "no assumed numbers"),
        ("Revision", heading.issues[0].name if heading.issues else "–"),
        ("Id", heading.facility),
        ("Symbols", heading.symbols or _NORMS[heading.norm]),
        (_PAPER, paper.name),
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
