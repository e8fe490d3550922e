"""Symbols of what stands in pipes and ducts (after ISO 10628 and ISO 14617, in both sets): valves, pumps, stores."""

from __future__ import annotations

from collections.abc import Iterator

from tierline.diagrams.symbols.record import CLOSED, OPEN, WITHDRAWN, Drawn, Symbol, in_line, machine
from tierline.diagrams.symbols.shapes import Shape, body, dashed, fine, letters, line, placed, rect, ring, solid

_BOW = "M-7 7H7L-7 23H7Z"
FAN = "M0 0C-3 -4 -9.5 -5.5 -9.5 0S-3 4 0 0ZM0 0C3 -4 9.5 -5.5 9.5 0S3 4 0 0Z"
"""Two blades, twenty wide."""


def pump_of(x: float, y: float, r: float) -> tuple[Shape, ...]:
    """A circle with a point towards its outlet."""
    return (body(ring(x, y, r)), line(f"M{x - r:g} {y:g}L{x:g} {y + r:g}L{x + r:g} {y:g}"))


def fan_of(x: float, y: float, r: float) -> tuple[Shape, ...]:
    return (body(ring(x, y, r)), line(placed(FAN, x, y, r / 13)))


def _valve(state: str, more: tuple[Shape, ...], title: str, left: int = 8, right: int = 8) -> Drawn:
    """A bow tie: white where it lets pass, filled where it is shut, dashed between blank flanges where it is out."""
    if state == WITHDRAWN:
        gone = (dashed(shape.d) for shape in more[:2])
        bow: tuple[Shape, ...] = (dashed(_BOW), *gone, line("M-6 3H6M-6 27H6M0 0V3M0 27V30"))
        return Drawn(title, 30, left, right, 0, 30, bow)
    bow = (solid(_BOW), line(_BOW)) if state == CLOSED else (body(_BOW),)
    return Drawn(title, 30, left, right, 7, 23, (*bow, *more))


def _valves() -> Iterator[Symbol]:
    dome = (line("M0 15H11M11 8V22A7 7 0 0 0 11 8Z"),)
    motor = (line("M0 15H9"), body(ring(16, 15, 7)), letters("M", 16, 15, 6.5))
    for state in (OPEN, CLOSED, WITHDRAWN):
        yield in_line(f"valve-{state}", _valve(state, (), "valve"), state)
        for name, more, right in (("control", dome, 20), ("motor", motor, 24)):
            title = f"{name} valve".replace("motor ", "motorised ")
            yield in_line(f"{name}-valve-{state}", _valve(state, more, title, right=right), state)


def _dampers() -> Iterator[Symbol]:
    frame, pivot = body(rect(-8, 7, 8, 23)), solid(ring(0, 15, 2))
    for state, blade in ((OPEN, "M0 8.5V21.5"), (CLOSED, "M-8 15H8")):
        yield in_line(f"damper-{state}", Drawn("damper", 30, 8, 8, 7, 23, (frame, line(blade), pivot)), state)
    out = (dashed(rect(-8, 7, 8, 23)), line("M-8 4H8M-8 26H8M0 0V4M0 26V30"))
    yield in_line(f"damper-{WITHDRAWN}", Drawn("damper", 30, 8, 8, 0, 30, out), WITHDRAWN)


_CHECK = Drawn("check valve", 30, 8, 8, 7, 23, (
    line("M-7 7H7M-7 23H7M0 7L-7 7L7 23M-7 7L3 18.4"), solid("M7 23L-0.6 19.8L4.4 15.4Z")))  # fmt: skip
_PIECES = {
    "check-valve": _CHECK,
    "strainer": Drawn("strainer or filter", 30, 8, 8, 7, 23, (body(rect(-8, 7, 8, 23)), dashed("M-8 15H8"))),
    "pipe": Drawn("pipe with a name of its own", 20, 6, 6, 20, 20, (line("M-4.5 7H4.5M-4.5 13H4.5"),)),
    "section": Drawn("section of a header", 30, 6, 6, 4, 26, (body(rect(-4, 4, 4, 26)),)),
    "header": Drawn("header in line", 30, 18, 18, 11, 19, (body(rect(-17, 11, 17, 19)),)),
    "duct": Drawn("air duct", 30, 8, 8, 4, 26, (body(rect(-7, 4, 7, 26)), fine("M0 9V21M-3.5 17L0 21L3.5 17"))),
}


def _stores() -> dict[str, Drawn]:
    lying = "M-16 6H16A12 12 0 0 1 16 30H-16A12 12 0 0 1 -16 6Z"
    standing = "M-14 18C-14 10 -8 8 0 8S14 10 14 18V50C14 58 8 60 0 60S-14 58 -14 50Z"
    return {
        "tank": Drawn("bulk tank", 40, 28, 28, 6, 30, (
            body(lying), line("M-27.8 16H27.8M-4 11H4L0 16Z"), fine("M-4 19.5H4M-2 22.5H2"))),
        "day-tank": Drawn("day tank", 50, 16, 16, 8, 42, (
            body(rect(-14, 8, 14, 42)), line("M-14 20H14M-4 15H4L0 20Z"), fine("M-4 23.5H4M-2 26.5H2"))),
        "vessel": Drawn("vessel, buffer or thermal store", 70, 16, 16, 8, 60, (
            body(standing), dashed("M-14 34H14"), fine("M-5 22H5M-5 26H5M-5 42C-2.5 38.5 2.5 45.5 5 42"))),
    }  # fmt: skip


def _flow() -> Iterator[Symbol]:
    yield from _valves()
    yield from _dampers()
    for name, drawn in _PIECES.items():
        yield in_line(name, drawn)
    machines = _stores() | {
        "pump": Drawn("pump", 40, 16, 16, 6, 34, pump_of(0, 20, 14), directed=True),
        "fan": Drawn("fan", 40, 16, 16, 6, 34, fan_of(0, 20, 14), directed=True),
        "heat-exchanger": Drawn("heat exchanger", 40, 16, 16, 6, 34, (
            body(ring(0, 20, 14)), line("M0 6V11L-7 15L7 25L0 29V34"))),
    }  # fmt: skip
    for name, drawn in machines.items():
        yield from machine(name, drawn)


PIPES = tuple(_flow())
