"""What a symbol is: one record with its box, its terminals, its state, and a look for each set.

Promises: the origin is the upper terminal and flow is downwards; terminals lie on multiples of ten, on the edge of the
box; what is drawn stays inside the box. Box and terminals belong to the record and not to a look: no set moves a thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tierline.diagrams.scene import Box, Norm, Point
from tierline.diagrams.symbols.shapes import Shape, line

OPEN, CLOSED, WITHDRAWN, EARTHED = "open", "closed", "withdrawn", "earthed"
ASIDE = "-aside"
"""The end of the name of a form that is entered at its sides."""
_LABEL_GAP = 5


@dataclass(frozen=True, slots=True)
class Symbol:
    name: str
    title: str
    """What the legend calls it."""
    iec: tuple[Shape, ...]
    box: Box
    ins: tuple[Point, ...]
    outs: tuple[Point, ...]
    dc: Point | None = None
    """Where a battery is connected."""
    ansi: tuple[Shape, ...] = ()
    """The other look; nothing where both sets draw it alike."""
    state: str = ""
    """`open`, `closed`, `withdrawn`, `earthed`, or nothing for what has no position."""
    mirrors: bool = True
    """Whether its mirror image may be drawn: letters and waves are not mirrored."""
    upright: bool = False
    """Whether it stands as it is where what flows through it rises: a case with letters, a tank, a tower."""
    clause: str = ""
    """Where the standard has it, from an older edition and not checked against a bought copy."""

    def shapes(self, norm: Norm = Norm.IEC) -> tuple[Shape, ...]:
        return self.ansi if norm is Norm.ANSI and self.ansi else self.iec

    @property
    def label(self) -> Point:
        """Where a label beside it begins, at half its height."""
        return (self.box[2] + _LABEL_GAP, self.box[3] // 2)

    def entry(self, port: int) -> Point:
        """Where a wire enters; what only gives, and is entered all the same, at its way out."""
        places = self.ins or self.outs or ((0, 0),)
        return places[min(port, len(places) - 1)]


@dataclass(frozen=True, slots=True)
class Drawn:
    """How the middle of a symbol looks, between its leads: from `top` to `bottom` of a height, to both sides."""

    title: str
    height: int
    left: int
    right: int
    top: float
    bottom: float
    iec: tuple[Shape, ...]
    ansi: tuple[Shape, ...] = ()
    mirrors: bool = True
    directed: bool = False
    """Whether it shows which way what it moves flows."""
    clause: str = ""


def in_line(name: str, drawn: Drawn, state: str = "") -> Symbol:
    """A symbol that is passed through, from above to below."""
    return _led(name, drawn, True, True, False, state)


def machine(name: str, drawn: Drawn) -> Iterator[Symbol]:
    """A symbol that may be passed through, stand at an end (`-end`), or begin a line (`-source`)."""
    yield _led(name, drawn, True, True, not drawn.directed)
    yield _led(f"{name}-end", drawn, True, False, False)
    yield _led(f"{name}-source", drawn, False, True, False)


def _led(name: str, drawn: Drawn, entered: bool, left: bool, upright: bool, state: str = "") -> Symbol:
    data = f"M0 0V{drawn.top:g}" * (entered and drawn.top > 0)
    data += f"M0 {drawn.bottom:g}V{drawn.height}" * (left and drawn.bottom < drawn.height)
    leads = (line(data),) if data else ()
    ins: tuple[Point, ...] = ((0, 0),) if entered else ()
    outs: tuple[Point, ...] = ((0, drawn.height),) if left else ()
    title = f"{drawn.title}, {state}" if state else drawn.title
    return Symbol(
        name, title, (*drawn.iec, *leads), (-drawn.left, 0, drawn.right, drawn.height), ins, outs,
        ansi=(*drawn.ansi, *leads) if drawn.ansi else (), state=state, mirrors=drawn.mirrors,
        upright=upright, clause=drawn.clause,
    )  # fmt: skip
