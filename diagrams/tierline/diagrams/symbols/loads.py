"""Symbols of what draws power, as they stand on power sheets: boxes with letters, one terminal for each input."""

from __future__ import annotations

from tierline.diagrams.scene import Point
from tierline.diagrams.symbols.machines import inputs, stubs
from tierline.diagrams.symbols.record import Symbol
from tierline.diagrams.symbols.shapes import body, letters, level, line, rect, ring, wave

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
    mark, title = LOADS[shape]
    ins = inputs(count)
    half = max(16, 10 * count + 4)
    outs: tuple[Point, ...] = ()
    if shape == "motor" and count == 1:
        circle, lead = body(ring(0, 24, 14)), "M0 0V10"
        return Symbol(
            "motor-1", title, (circle, letters("M", 0, 21, 8), line(wave(0, 30, 0.9) + lead)), (-16, 0, 16, 40), ins,
            outs, ansi=(circle, letters("M", 0, 24, 11), line(lead)), mirrors=False, clause="06-04-01",
        )  # fmt: skip
    extra = "M0 14V31M-4.5 26L0 31L4.5 26" if shape == "load" else ""
    if shape == "rectifier":
        side = half - 2
        extra = f"M{side} 8L{-side} 36" + wave(-side / 2, 15) + level(side / 2, 30)
    if shape == "box":
        extra, outs = "M0 36V50", ((0, 50),)
    frame = (body(rect(-half + 2, 8, half - 2, 36)), line(stubs(ins, 8) + extra))
    iec = (*frame, letters(mark, 0, 22, 10)) if mark else frame
    bottom = 50 if outs else 38
    return Symbol(f"{shape}-{count}", title, iec, (-half, 0, half, bottom), ins, outs,
                  mirrors=not mark and shape != "rectifier")


def racked(name: str, half: int) -> Symbol:
    """A rack as wide as its name: fed from above, and from below where it has a second cord."""
    both = name == "rack-between"
    title = "rack, path A above, path B below" if both else "rack with one cord"
    leads = line("M0 0V10" + ("M0 40V50" if both else ""))
    ins = ((0, 0), (0, 50)) if both else ((0, 0),)
    return Symbol(f"{name}-{half}", title, (body(rect(-half, 10, half, 40)), leads), (-half, 0, half, 50), ins, ())
