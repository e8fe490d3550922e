"""Shapes of symbols: path data and how it is painted, a closed set; letters are drawn as lines, without a font.

Promises: absolute commands that `outline` knows; a shape has no colour of its own but white paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tierline.diagrams.outline import moved, pieces


class Fill(StrEnum):
    NONE = ""
    PAPER = "#fff"
    INK = "currentColor"
    SHADE = "shade"
    """The colour of the conductor, thinned."""


SHADE_OPACITY = 0.25
FINE = 1.0
"""The weight of what lies inside a symbol and says only what it is."""


@dataclass(frozen=True, slots=True)
class Shape:
    d: str
    fill: Fill = Fill.NONE
    stroke: bool = True
    fine: bool = False
    dash: tuple[float, ...] = ()


def line(d: str) -> Shape:
    return Shape(d)


def fine(d: str) -> Shape:
    return Shape(d, fine=True)


def dashed(d: str) -> Shape:
    return Shape(d, dash=(2.5, 2))


def body(d: str) -> Shape:
    """A closed outline that covers what lies below it."""
    return Shape(d, Fill.PAPER)


def solid(d: str) -> Shape:
    return Shape(d, Fill.INK, stroke=False)


def shaded(d: str) -> Shape:
    return Shape(d, Fill.SHADE)


def ring(x: float, y: float, r: float) -> str:
    """A circle."""
    return f"M{x - r:g} {y:g}A{r:g} {r:g} 0 0 1 {x + r:g} {y:g}A{r:g} {r:g} 0 0 1 {x - r:g} {y:g}Z"


def rect(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"M{x1:g} {y1:g}H{x2:g}V{y2:g}H{x1:g}Z"


def placed(d: str, x: float, y: float, scale: float = 1) -> str:
    """Path data at another place and size, with one decimal at most."""
    found = []
    for command, at in moved(pieces(d), lambda px, py: (x + px * scale, y + py * scale)):
        found.append(command + " ".join(f"{round(value, 1):g}" for value in at))
    return "".join(found)


_LETTERS = {
    "A": (4.0, "M0 6L2 0L4 6M0.7 4H3.3"),
    "C": (4.0, "M4 1.2C3.6 0.4 2.9 0 2.1 0C0.8 0 0 1.2 0 3S0.8 6 2.1 6C2.9 6 3.6 5.6 4 4.8"),
    "D": (4.0, "M0 0V6H1.6C3.2 6 4 4.8 4 3S3.2 0 1.6 0Z"),
    "E": (3.4, "M3.4 0H0V6H3.4M0 3H2.8"),
    "G": (4.2, "M4 1.2C3.6 0.4 2.9 0 2.1 0C0.8 0 0 1.2 0 3S0.8 6 2.1 6C3.3 6 4.2 5.2 4.2 3.4H2.4"),
    "H": (4.0, "M0 0V6M4 0V6M0 3H4"),
    "I": (0.0, "M0 0V6"),
    "M": (4.6, "M0 6V0L2.3 4.2L4.6 0V6"),
    "N": (4.0, "M0 6V0L4 6V0"),
    "P": (3.8, "M0 6V0H2.2C3.2 0 3.8 0.7 3.8 1.7S3.2 3.4 2.2 3.4H0"),
    "R": (4.0, "M0 6V0H2.3C3.3 0 3.9 0.6 3.9 1.6S3.3 3.2 2.3 3.2H0M2.1 3.2L4 6"),
    "S": (3.8, "M3.7 1C3.3 0.3 2.7 0 1.9 0S0.1 0.6 0.1 1.5S0.8 2.7 1.9 3S3.7 3.6 3.7 4.5S3 6 1.9 6S0.4 5.7 0 5"),
    "T": (4.0, "M0 0H4M2 0V6"),
    "U": (4.0, "M0 0V4C0 5.3 0.8 6 2 6S4 5.3 4 4V0"),
}  # fmt: skip
"""Capitals six high, each with its width, in the manner of ISO 3098."""
_BETWEEN = 2.0


def letters(text: str, x: float, y: float, height: float) -> Shape:
    """Capitals with their middle at a place."""
    scale = height / 6
    long = sum(_LETTERS[one][0] for one in text) + _BETWEEN * (len(text) - 1)
    left = x - long * scale / 2
    data = ""
    for one in text:
        width, strokes = _LETTERS[one]
        data += placed(strokes, left, y - height / 2, scale)
        left += (width + _BETWEEN) * scale
    return line(data)


_WAVE = "M-5 0C-4.3 -3.6 -1.2 -3.6 0 0S4.3 3.6 5 0"


def wave(x: float, y: float, scale: float = 1) -> str:
    """The sign of alternating current."""
    return placed(_WAVE, x, y, scale)


def level(x: float, y: float) -> str:
    """The sign of direct current."""
    return f"M{x - 4:g} {y - 1.5:g}H{x + 4:g}M{x - 4:g} {y + 1.5:g}H{x + 4:g}"
