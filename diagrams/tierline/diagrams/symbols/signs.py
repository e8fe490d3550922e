"""Badges of states: what a removal does to an element, told by a shape of its own beside it, without a colour."""

from __future__ import annotations

from tierline.diagrams.symbols.record import Symbol
from tierline.diagrams.symbols.shapes import Shape, body, fine, letters, line, rect, ring, solid

_SQUARE = rect(-5.5, 0.5, 5.5, 11.5)
_LOOKS: dict[str, tuple[str, tuple[Shape, ...]]] = {
    "removed": ("taken out", (body("M-3 0.5H3L5.5 3V9L3 11.5H-3L-5.5 9V3Z"), line("M-2.5 6H2.5"))),
    "opened": ("isolates, and is locked", (line("M-3 6V4A3 3 0 0 1 3 4V6"), solid(rect(-5, 6, 5, 12)))),
    "earthed": ("earthed", (line("M0 0V5M-6 5H6M-3.8 8.5H3.8M-1.6 12H1.6"),)),
    "tripped": ("tripped: lost what holds it", (body(ring(0, 6, 5.5)), line("M-3 3.5H3M0 3.5V9.5"))),
    "overloaded": ("limits what is left", (body(_SQUARE), fine(rect(-3, 3, 3, 9)))),
    "without": ("gets nothing", (body(_SQUARE), line("M-5.5 0.5L5.5 11.5M5.5 0.5L-5.5 11.5"))),
    "short": ("gets less than it asks", (body("M-6 1H6L0 11.5Z"), fine("M0 3.5V7"))),
    "one-path": ("on one path only", (body(ring(0, 6, 5.5)), line("M-1.8 4.6L0.6 2.8V9.4"))),
    "by-hand": ("moved by hand", (body(_SQUARE), letters("H", 0, 6, 6))),
    "started": ("started by itself", (body(ring(0, 6, 5.5)), solid("M-2 2.6L4 6L-2 9.4Z"))),
    "waived": ("waived: accepted for a time", (
        body(_SQUARE), fine("M-5.5 6.5L0.5 0.5M-5.5 11.5L5.5 0.5M-0.5 11.5L5.5 5.5"))),
    "unstated": ("not stated", (
        body("M0 0L6 6L0 12L-6 6Z"), fine("M-1.7 4.6C-1.7 2.6 1.7 2.6 1.7 4.6C1.7 5.8 0 5.8 0 7.3M0 8.6V9.6"))),
}  # fmt: skip
SIGNS = tuple(Symbol(f"sign-{name}", title, look, (-6, 0, 6, 12), (), ()) for name, (title, look) in _LOOKS.items())
