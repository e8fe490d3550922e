"""Symbols of what only conducts, of plugs, of batteries and rectifiers, and the marks at the edges of a sheet."""

from __future__ import annotations

from tierline.diagrams.symbols.record import WITHDRAWN, Drawn, Symbol, in_line, machine
from tierline.diagrams.symbols.shapes import body, level, line, rect, shaded, solid, wave

_CORD = Drawn("plug and socket of a rack cord", 20, 8, 8, 0, 20, (
    line("M0 0V7M-6 13A6 6 0 0 1 6 13M0 20V13"), solid(rect(-2, 10, 2, 16))))  # fmt: skip
_PULLED = Drawn("plug and socket of a rack cord", 20, 8, 8, 0, 20, (
    line("M0 0V4M-6 10A6 6 0 0 1 6 10M0 20V18"), solid(rect(-2, 12, 2, 18))))  # fmt: skip
_CABLE = Drawn("cable with a name of its own", 20, 6, 6, 20, 20, (line("M-5 15L5 5"),))
_BUSWAY = Drawn("busbar section or trunking in line", 30, 6, 6, 4, 26, (shaded(rect(-4, 4, 4, 26)),))
_DC = Drawn(
    "d.c. supply", 40, 16, 16, 6, 34,
    (body(rect(-14, 6, 14, 34)), line("M14 6L-14 34" + wave(-6, 13) + level(7, 28))),
    mirrors=False, clause="06-14",
)  # fmt: skip
_CELLS = (line("M0 0V5M-9 5H9M-4.5 9H4.5M-9 13H9M-4.5 17H4.5M0 17V20"),)
_MARKS = (
    Symbol("battery", "battery", _CELLS, (-10, 0, 10, 20), ((0, 0),), (), clause="06-15-01"),
    Symbol("battery-source", "battery", _CELLS, (-10, 0, 10, 20), (), ((0, 20),), clause="06-15-01"),
    Symbol(
        "reference", "continued on another sheet", (body("M-9 6H9V16L0 24L-9 16Z"), line("M0 0V6")), (-9, 0, 9, 24),
        ((0, 0),), (),
    ),
    Symbol(
        "arrival", "comes from another sheet", (body("M-9 0H9V10L0 18L-9 10Z"), line("M0 18V30")), (-9, 0, 9, 30), (),
        ((0, 30),),
    ),
    Symbol("spare", "end of a way not used", (line("M0 0V10M-5 10H5"),), (-6, 0, 6, 12), ((0, 0),), ()),
)  # fmt: skip
CONDUCTORS = (
    in_line("cord", _CORD),
    in_line("cord-withdrawn", _PULLED, WITHDRAWN),
    in_line("cable", _CABLE),
    in_line("busway", _BUSWAY),
    *machine("dc-supply", _DC),
    *_MARKS,
)
