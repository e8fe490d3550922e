"""The quality bars by their ids, and what they find in a set of sheets.

Promises: only SVG texts and plain data come in; every bar is in the answer, also one that a single rendering cannot
measure; the same texts give the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tierline.diagrams.lint.contained import h12
from tierline.diagrams.lint.labels import h1, h2, h3
from tierline.diagrams.lint.looks import Figure, s1, s2, s3, s4, s9, s11
from tierline.diagrams.lint.reader import Unreadable, read
from tierline.diagrams.lint.records import Sheet, Wanted
from tierline.diagrams.lint.spacing import h7, h9
from tierline.diagrams.lint.whole import h10
from tierline.diagrams.lint.wires import h4, h5, h6, h8

ON_A_SHEET: dict[str, Callable[[Sheet], Iterator[str]]] = {
    "H1": h1,
    "H2": h2,
    "H3": h3,
    "H4": h4,
    "H5": h5,
    "H6": h6,
    "H7": h7,
    "H8": h8,
    "H9": h9,
    "H12": h12,
}
ON_ALL: dict[str, Callable[[Sequence[Sheet]], Figure]] = {
    "S1": s1,
    "S2": s2,
    "S3": s3,
    "S4": s4,
    "S9": s9,
    "S11": s11,
}
TITLES = {
    "H1": "labels over labels",
    "H2": "labels over symbols",
    "H3": "labels struck by wires, bars or lines",
    "H4": "wires through symbols",
    "H5": "wire ends off their terminal",
    "H6": "wires of different nets that read as one",
    "H7": "bars that touch or are crossed",
    "H8": "wires not at right angles",
    "H9": "too close, too small on paper, off the page",
    "H10": "missing, twice, unpaired, wrongly joined",
    "H11": "not the same bytes again",
    "H12": "needs or runs something from outside",
    "S1": "crossings",
    "S2": "bends per wire",
    "S3": "A/B mirror images",
    "S4": "A left of B",
    "S5": "elements moved by an edit",
    "S6": "lines changed by an edit",
    "S7": "files touched by an edit",
    "S8": "time",
    "S9": "size",
    "S10": "random plants with every H = 0",
    "S11": "ink and use of the page",
}
LIMITS = {
    "S1": "≤ needed + 5 % of wires",
    "S2": "≤ 0.15",
    "S3": "≥ 95 %",
    "S4": "100 %",
    "S5": "see bench",
    "S6": "see bench",
    "S7": "see bench",
    "S8": "see bench",
    "S9": "≤ 1",
    "S10": "see tests",
    "S11": "≤ 1.3, 25 % to 70 %",
}
ELSEWHERE = {
    "H11": "needs two renderings: tests/test_diagrams_svg.py",
    "S5": "needs two renderings: tests/bench_drawings.py",
    "S6": "needs two renderings: tests/bench_drawings.py",
    "S7": "needs two renderings: tests/bench_drawings.py",
    "S8": "needs a clock: tests/bench_drawings.py",
    "S10": "many plants: tests/test_diagrams_geometry.py",
}
"""Bars that no single rendering can answer, and what does."""


@dataclass(frozen=True, slots=True)
class Finding:
    sheet: str
    """Empty where it is of no sheet."""
    words: str


@dataclass(frozen=True, slots=True)
class Result:
    """One bar: an H with what it found, an S with its figure, or neither where it is measured elsewhere."""

    id: str
    findings: tuple[Finding, ...] | None = None
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Linted:
    sheets: tuple[Sheet, ...]
    results: tuple[Result, ...]
    """In the order of TITLES."""

    @property
    def clean(self) -> bool:
        return not any(result.findings for result in self.results)


def lint(texts: Mapping[str, str], wanted: Wanted) -> Linted:
    """Measure every bar on the sheets of one facility: SVG texts by file name, and what they must show."""
    sheets, unread = [], []
    for name in sorted(texts):
        try:
            sheets.append(read(texts[name]))
        except Unreadable as error:
            unread.append(Finding(name, str(error)))
    found = {
        bar: [Finding(sheet.name, words) for sheet in sheets for words in on_a_sheet(sheet)]
        for bar, on_a_sheet in ON_A_SHEET.items()
    }
    found["H12"] = unread + found["H12"]
    found["H10"] = [Finding(*one) for one in h10(sheets, wanted)]
    results = []
    for bar in TITLES:
        if bar in ON_ALL:
            results.append(Result(bar, figure=ON_ALL[bar](sheets)))
        else:
            results.append(Result(bar, tuple(found[bar]) if bar in found else None))
    return Linted(tuple(sheets), tuple(results))
