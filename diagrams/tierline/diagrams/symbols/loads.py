"""Symbols of what draws power, as they stand on power sheets: boxes with letters, one terminal for each input."""

from __future__ import annotations

from tierline.diagrams.scene import Point
from tierline.diagrams.symbols.machines import inputs, stubs
from tierline.diagrams.symbols.record import ASIDE, Symbol
from tierline.diagrams.symbols.shapes import Shape, body, letters, level, line, rect, ring, wave

LOADS = {
    "motor": ("M", "motor load (pump, fan, air unit)"),
    "chiller": ("CH", "chiller or cooling unit"),
    "tower": ("CT", "cooling tower or dry cooler"),
    "rack": ("IT", "rack or group of racks"),
    "load": ("", "lumped load"),
    "control": ("C", "controller or panel"),
    "rectifier": ("", "d.c. supply"),
    "network": ("N", "router or network switch"),
    "box": ("", "equipment with several connections"),
}


def load(shape: str, count: int) -> Symbol:
    title = LOADS[shape][1]
    ins = inputs(count)
    half = max(16, 10 * count + 4)
    outs: tuple[Point, ...] = ()
    if shape == "motor" and count == 1:
        circle, lead = body(ring(0, 24, 14)), "M0 0V10"
        return Symbol(
            "motor-1", title, (circle, letters("M", 0, 21, 8), line(wave(0, 30, 0.9) + lead)), (-16, 0, 16, 40), ins,
            outs, ansi=(circle, letters("M", 0, 24, 11), line(lead)), mirrors=False, clause="06-04-01",
        )  # fmt: skip
    if shape == "box":
        outs = ((0, 50),)
    iec = _box(shape, half - 2, 8, stubs(ins, 8) + "M0 36V50" * len(outs))
    return Symbol(f"{shape}-{count}", title, iec, (-half, 0, half, 50 if outs else 38), ins, outs, mirrors=_same(shape))


def load_aside(shape: str, count: int = 2) -> Symbol:
    """With its ways in at either side, the outermost lowest; of an odd number one is above."""
    heights = {1: (20,), 2: (30, 10), 3: (30, 20, 10)}[count // 2]
    left = [(-30, y) for y in heights]
    ins = (*left, *([(0, 0)] * (count % 2)), *((-x, y) for x, y in reversed(left)))
    iec = _box(shape, 22, 6, "".join(f"M{x} {y}H{22 if x > 0 else -22}" if x else "M0 0V6" for x, y in ins))
    name = shape + ASIDE if count == 2 else f"{shape}{ASIDE}{count}"
    return Symbol(name, LOADS[shape][1], iec, (-30, 0, 30, 40), ins, (), mirrors=_same(shape))


def _same(shape: str) -> bool:
    """Whether it may be drawn as its mirror image."""
    return not LOADS[shape][0] and shape != "rectifier"


def _box(shape: str, half: int, top: int, leads: str) -> tuple[Shape, ...]:
    """The box with what stands in it, and its leads."""
    mark, low = LOADS[shape][0], top + 28
    if shape == "load":
        leads += f"M0 {top + 6}V{top + 23}M-4.5 {top + 18}L0 {top + 23}L4.5 {top + 18}"
    if shape == "rectifier":
        leads += f"M{half} {top}L{-half} {low}" + wave(-half / 2, top + 7) + level(half / 2, top + 22)
    frame = (body(rect(-half, top, half, low)), line(leads))
    return (*frame, letters(mark, 0, top + 14, 10)) if mark else frame


def racked(name: str, half: int) -> Symbol:
    """A rack as wide as its name: fed from above, and from below where it has a second cord."""
    both = name == "rack-between"
    title = "rack, path A above, path B below" if both else "rack with one cord"
    leads = line("M0 0V10" + ("M0 40V50" if both else ""))
    ins = ((0, 0), (0, 50)) if both else ((0, 0),)
    return Symbol(f"{name}-{half}", title, (body(rect(-half, 10, half, 40)), leads), (-half, 0, half, 50), ins, ())
