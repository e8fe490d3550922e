"""What a drawing looks like in every format: colours, weights, and the styles of texts and lines, by name.

Promises: this is the only place where a colour or a weight stands; a colour never says anything alone.
"""

from __future__ import annotations

from dataclasses import dataclass

PAPER = "#ffffff"
INK = "#1f1f1f"
ALARM = "#a3123a"
COLOURS = {
    "mv": "#b3261e",
    "lv": "#1a4fa3",
    "gen": "#2e7d32",
    "ups": "#7b3fa0",
    "chw": "#0b66a8",
    "chr": "#a8480b",
    "cdw": "#3b7413",
    "cdr": "#6d6a12",
    "rfr": "#8a2f76",
    "fuel": "#7a5200",
    "gas": "#8f6a00",
    "water": "#0b7265",
    "air": "#5f6b73",
    "data": "#4a3aa8",
    "dc": "#7b3fa0",
}
"""The conductors of each level."""
LINE = 1.4
LINES = {"mv": 2.0}
"""Wires of a level that are heavier than the others."""
DASHES = {"chr": (12.0, 4.0), "cdr": (12.0, 4.0)}
"""What flows back: told from its supply without colour."""
BAR, JUNCTION, TAP = 5.0, 3.0, 3.0
"""The weight of a busbar and of a junction; the radius of the dot where a wire meets a bar."""
TINTS = {"l": "#eef4ff", "r": "#fff6ea"}


@dataclass(frozen=True, slots=True)
class Style:
    """How a text or a line of the frame is drawn."""

    colour: str = INK
    width: float = LINE
    bold: bool = False
    italic: bool = False
    dash: tuple[float, ...] = ()


TEXTS = {
    "": Style(),
    "n": Style(bold=True),
    "no": Style(ALARM, bold=True),
    "ref": Style(italic=True),
    "ill": Style(ALARM, bold=True),
}
FRAME = {"border": Style(width=2.8), "frame": Style(), "thin": Style(width=0.7)} | {
    f"key-{level}": Style(colour, BAR, dash=DASHES.get(level, ())) for level, colour in COLOURS.items()
}

_VERMILLION, _BLUE, _PURPLE, _GREY = "#d55e00", "#0072b2", "#8f4a78", "#6b6b6b"
"""Told apart by people who do not see red or green (after Okabe and Ito), and each with a shape of its own."""
STATES = {
    "isolated": Style(_VERMILLION, 1.6, dash=(9, 2.5, 2, 2.5)),
    "dead": Style(_GREY, 1.0, dash=(4, 3)),
    "unsure": Style(_PURPLE, 1.8, dash=(1.5, 2.5)),
    "overloaded": Style(_VERMILLION, 3.6),
}
"""Lines of what is marked; the last for wires alone, round anything else stands a frame."""
INSIDE = 0.5
"""How much shorter the dashes are within a symbol."""
SIGNS = {
    "band": Style("#f6dcc0", 8.0),
    "removed": Style(_VERMILLION, 2.6),
    "overloaded": Style(_VERMILLION),
    "waived": Style(width=0.7),
    "caption": Style(width=1.0),
}
"""Lines that say by their shape what is marked, and the box of the caption."""
BADGES = {
    "removed": _VERMILLION, "opened": _VERMILLION, "earthed": _VERMILLION, "tripped": _VERMILLION,
    "overloaded": _VERMILLION, "without": _VERMILLION, "short": _VERMILLION, "one-path": _BLUE, "by-hand": _BLUE,
    "started": _BLUE, "unstated": _PURPLE, "waived": INK,
}  # fmt: skip


def text_style(style: str, bold: bool) -> Style:
    """The style of a text: what its words are marked as, else bold or not."""
    return TEXTS[style or ("n" if bold else "")]
