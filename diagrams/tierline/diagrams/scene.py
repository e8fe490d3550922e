"""What is drawn where: the immutable result of a layout, before any file format.

Promises: whole units only (one is a quarter of a millimetre on paper), y grows downwards; every symbol, bar and wire
names the element it stands for; writers add nothing and move nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tierline.diagrams.paper import UNIT

Point = tuple[int, int]
Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""


class Norm(StrEnum):
    """Whose symbols a sheet is drawn with; boxes and terminals are the same in both."""

    IEC = "iec"
    ANSI = "ansi"


@dataclass(frozen=True, slots=True)
class Text:
    """One line of a label; `y` is its baseline."""

    text: str
    x: int
    y: int
    size: int = 9
    bold: bool = False
    anchor: str = "start"
    style: str = ""
    """`no` marks the words N.O., `ref` the number of another sheet."""


@dataclass(frozen=True, slots=True)
class Sym:
    """A symbol with its labels. `ids` are all the elements it stands for (a collapsed feeder has several)."""

    id: str
    kind: str
    symbol: str
    x: int
    y: int
    level: str
    group: str
    ids: tuple[str, ...]
    texts: tuple[Text, ...] = ()
    side: str = ""
    state: str = ""
    """`open`, `closed`, or nothing for what has no position."""
    flow: str = "down"
    """Where what enters at the origin goes: `down`, `right`, `left` or `up`."""
    flipped: bool = False
    """Mirrored left to right."""
    ref_sheet: str = ""
    ref_id: str = ""
    """What a reference is joined to on the other sheet."""
    also: tuple[str, ...] = ()
    """The sheets on which references to it stand."""
    marks: tuple[str, ...] = ()
    """What is marked of all that it stands for: `dead`, `removed`, …"""
    some: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What is marked of some of them: mark, elements."""
    normally: str = ""
    """Its normal position, where it is drawn in another one."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A busbar, or a junction where a machine has several ways out (`kind` is then `junction`)."""

    id: str
    kind: str
    x1: int
    x2: int
    y: int
    level: str
    group: str
    side: str = ""
    texts: tuple[Text, ...] = ()
    ref_sheet: str = ""
    ref_id: str = ""
    also: tuple[str, ...] = ()
    """The sheets that refer to it."""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wire:
    """A conductor from terminal to terminal; `runs` are the cables it stands for."""

    a: str
    b: str
    points: tuple[Point, ...]
    net: str
    level: str
    group: str
    runs: tuple[str, ...] = ()
    fallback: bool = False
    """No way was found that keeps clear of everything."""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tint:
    """The background of a path, with its name."""

    box: Box
    side: str
    text: Text


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the frame: title block, legend, zone grid."""

    points: tuple[Point, ...]
    style: str


@dataclass(frozen=True, slots=True)
class Part:
    """What stands for no element: the border, its zones, the title block, the legend, tables."""

    name: str
    lines: tuple[Line, ...] = ()
    texts: tuple[Text, ...] = ()
    samples: tuple[tuple[str, int, int], ...] = ()
    """Symbols of the legend: name, x, y."""
    origin: Point = (0, 0)
    """The corner of the sheet that it hangs on."""
    whole: bool = False
    """It changes as one thing: the zones with the paper, a sample of the legend with its place."""
    parts: tuple[Part, ...] = ()
    """What it is made of, which moves with it."""

    @property
    def all(self) -> Iterator[Part]:
        """Itself, and what it is made of."""
        yield self
        for part in self.parts:
            yield from part.all


@dataclass(frozen=True, slots=True)
class Sign:
    """What says by its shape that an element is marked: a badge, a frame round it, a plate with words; or the caption.

    `box` is what it covers; nothing for a frame, which stands round what it marks.
    """

    of: str
    mark: str
    box: Box | None = None
    lines: tuple[Line, ...] = ()
    texts: tuple[Text, ...] = ()
    samples: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """One sheet, ready to be written. `groups` are the origins of the blocks, by name, `origin` that of them all."""

    width: int
    height: int
    symbols: tuple[Sym, ...] = ()
    bars: tuple[Bar, ...] = ()
    wires: tuple[Wire, ...] = ()
    tints: tuple[Tint, ...] = ()
    parts: tuple[Part, ...] = ()
    groups: tuple[tuple[str, Point], ...] = ()
    origin: Point = (0, 0)
    discipline: str = "power"
    """Which system of the facility it shows."""
    norm: Norm = Norm.IEC
    paper: str = ""
    """The ISO size that it fills; nothing for what has no paper."""
    unit: float = UNIT
    """Millimetres in a unit."""
    bands: tuple[Line, ...] = ()
    """Broad lines below what is drawn, along what is marked."""
    signs: tuple[Sign, ...] = ()
    areas: tuple[tuple[str, Box], ...] = ()
    """The boxes of rooms, by their names: what stands in a plan, and is no element."""

    @property
    def all_parts(self) -> Iterator[Part]:
        for part in self.parts:
            yield from part.all

    @property
    def lines(self) -> tuple[Line, ...]:
        """Of all parts, like the texts and the samples."""
        return tuple(line for part in self.all_parts for line in part.lines)

    @property
    def texts(self) -> tuple[Text, ...]:
        return tuple(text for part in self.all_parts for text in part.texts)

    @property
    def samples(self) -> tuple[tuple[str, int, int], ...]:
        return tuple(sample for part in self.all_parts for sample in part.samples)


def texts_of(scene: Scene) -> Iterator[Text]:
    """Every label on a sheet."""
    yield from (*scene.texts, *(tint.text for tint in scene.tints))
    for sign in scene.signs:
        yield from sign.texts
    for sym in scene.symbols:
        yield from sym.texts
    for bar in scene.bars:
        yield from bar.texts


def levels_of(scene: Scene) -> set[str]:
    """The conductors that stand on a sheet."""
    found = {sym.level for sym in scene.symbols} | {bar.level for bar in scene.bars}
    return found | {wire.level for wire in scene.wires}
