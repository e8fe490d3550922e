"""Symbols of cooling equipment on cooling sheets, composed of parts that ISO 14617 knows; the legend names each."""

from __future__ import annotations

from tierline.diagrams.symbols.pipes import fan_of, pump_of
from tierline.diagrams.symbols.record import Drawn, machine
from tierline.diagrams.symbols.shapes import Shape, body, fine, letters, line, rect, ring


def _compressor(x: float, y: float, r: float) -> tuple[Shape, ...]:
    """A circle with two lines that draw together."""
    wide, narrow = r * 0.92, r * 0.45
    a, b = y - r * 0.39, y + r * 0.89
    lines = f"M{x - wide:.1f} {a:.1f}L{x - narrow:.1f} {b:.1f}M{x + wide:.1f} {a:.1f}L{x + narrow:.1f} {b:.1f}"
    return (body(ring(x, y, r)), line(lines))


def _coil(x: float, y: float, half: float) -> tuple[Shape, ...]:
    """A square with its diagonal and the minus sign of a cooler."""
    return (body(rect(x - half, y - half, x + half, y + half)), line(
        f"M{x - half:g} {y + half:g}L{x + half:g} {y - half:g}M{x + half - 6:g} {y + half - 3.5:g}H{x + half - 2:g}"
    ))  # fmt: skip


def _exchanger(x: float, y: float) -> tuple[Shape, ...]:
    """Plates between two flows."""
    plates = "".join(f"M{x + dx:g} {y - 9:g}V{y + 9:g}" for dx in (-3, 3))
    return (body(rect(x - 9, y - 9, x + 9, y + 9)), fine(plates + f"M{x - 9:g} {y + 9:g}L{x + 9:g} {y - 9:g}"))


def _zigzag(x1: float, x2: float, y: float, high: float, count: int) -> str:
    step = (x2 - x1) / (2 * count)
    points = [f"{x1 + step * n:.4g} {y + (high if n % 2 else -high):.4g}" for n in range(2 * count + 1)]
    return "M" + "L".join(points)


_CASE = body(rect(-26, 8, 26, 52))
_TOWER = (
    body("M-13 8H13C13 26 17 40 24 54H-24C-17 40 -13 26 -13 8Z"),
    line("M0 0V18M-8 18H8"),
    fine("M-7 22L-11 34M-2.5 22L-4 34M2.5 22L4 34M7 22L11 34"),
    line("M-21.4 48C-17 44.5 -14 44.5 -10.7 48S-4 51.5 0 48S7 44.5 10.7 48S17 51.5 21.4 48"),
)
_UNITS = {
    "chiller": Drawn("chiller", 60, 28, 28, 8, 52, (
        _CASE, *_compressor(0, 22, 9), line(_zigzag(-18, 18, 42, 5, 4)))),
    "tower": Drawn("cooling tower", 60, 26, 26, 0, 54, _TOWER),
    "dry-cooler": Drawn("dry cooler", 60, 28, 28, 8, 52, (
        _CASE, *fan_of(-12, 21, 8.5), *fan_of(12, 21, 8.5), line(_zigzag(-18, 18, 42, 5, 4)))),
    "crah": Drawn("computer-room air handler", 60, 28, 28, 8, 52, (
        _CASE, letters("CRAH", 0, 17, 8), *_coil(-12, 37, 9), *fan_of(12, 37, 9.5)), mirrors=False),
    "crac": Drawn("computer-room air conditioner", 60, 28, 28, 8, 52, (
        _CASE, letters("CRAC", 0, 17, 8), *_coil(-17, 37, 6.5), *_compressor(0, 37, 6.5), *fan_of(17, 37, 6.5)),
        mirrors=False),
    "cooling-unit": Drawn("self-contained cooling unit", 60, 28, 28, 8, 52, (
        _CASE, letters("CU", 0, 17, 8), *_coil(-17, 37, 6.5), *_compressor(0, 37, 6.5), *fan_of(17, 37, 6.5)),
        mirrors=False),
    "cdu": Drawn("coolant distribution unit", 60, 28, 28, 8, 52, (
        _CASE, letters("CDU", 0, 17, 8), *_exchanger(-12, 37), *pump_of(12, 37, 9)), mirrors=False),
}  # fmt: skip
COOLING = tuple(symbol for name, drawn in _UNITS.items() for symbol in machine(name, drawn))
