"""What a sheet shows, as plain records in page units: symbols, bars, wires and texts.

Promises: whatever is drawn twice is listed twice, in the order of the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Segment = tuple[Point, Point]

FRAME = ""
"""The owner of what stands for no element: title block, legend, zones."""


@dataclass(frozen=True, slots=True)
class Text:
    owner: str
    words: str
    box: Box
    size: float


@dataclass(frozen=True, slots=True)
class Sign:
    """What says that something is marked, and the place it takes: a badge, a plate, the caption."""

    owner: str
    """Its mark and what it is a mark of; also the owner of its words."""
    box: Box


@dataclass(frozen=True, slots=True)
class Node:
    """A symbol, or a bar (`line` is then its axis). `ids` are the elements it stands for."""

    id: str
    kind: str
    side: str
    box: Box
    ids: tuple[str, ...] = ()
    ports: tuple[Point, ...] = ()
    line: Segment | None = None
    ref_sheet: str = ""
    ref_id: str = ""
    again: tuple[str, ...] = ()
    """Elements that stand on a sheet of another discipline, and are drawn here once more as a reference."""
    also: tuple[str, ...] = ()
    """The sheets that refer to it."""

    @property
    def meant(self) -> tuple[str, ...]:
        """The elements meant, here or elsewhere; none for a junction, a cut, a board that goes on."""
        return self.ids or self.again


@dataclass(frozen=True, slots=True)
class Wire:
    id: str
    a: str
    b: str
    points: tuple[Point, ...]
    runs: tuple[str, ...] = ()
    fallback: bool = False

    @property
    def segments(self) -> list[Segment]:
        return list(pairwise(self.points))


@dataclass(frozen=True, slots=True)
class Part:
    """What stands for no element, by the part of the sheet that it is: `frame`, `title`, `legend`."""

    name: str
    texts: tuple[Text, ...]
    rules: tuple[Segment, ...]

    @property
    def box(self) -> Box:
        ends = [(x, y, x, y) for rule in self.rules for x, y in rule] + [text.box for text in self.texts]
        return (min(b[0] for b in ends), min(b[1] for b in ends), max(b[2] for b in ends), max(b[3] for b in ends))


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    discipline: str
    paper: str
    """The ISO size it is meant for: `A1`."""
    width: float
    height: float
    millimetres: tuple[float, float]
    """How wide and high the page says it is."""
    source: str
    symbols: tuple[Node, ...] = ()
    bars: tuple[Node, ...] = ()
    wires: tuple[Wire, ...] = ()
    texts: tuple[Text, ...] = ()
    rules: tuple[Segment, ...] = ()
    """Lines of the frame, and of signs."""
    smallest: float = 0
    """The smallest text anywhere on the sheet, also inside symbols."""
    xml_ids: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
    """Elements that do not say where they are, so that nothing can be checked of them."""
    signs: tuple[Sign, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def nodes(self) -> tuple[Node, ...]:
        return (*self.symbols, *self.bars)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the sheets must show, as plain data from whoever knows the facility."""

    ids: frozenset[str]
    """Each to be drawn exactly once, on whatever sheet."""
    known: frozenset[str]
    """Everything that may be drawn."""
    joints: Mapping[tuple[str, ...], frozenset[tuple[str, str]]]
    """Pairs that must be seen to be joined, by the disciplines that may show it."""


@dataclass(slots=True)
class Draft:
    """A sheet while it is read."""

    symbols: list[Node] = field(default_factory=list)
    bars: list[Node] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    rules: list[Segment] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    xml_ids: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
