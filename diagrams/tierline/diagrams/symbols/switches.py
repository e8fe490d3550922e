"""Symbols of switching devices and of what is plugged, in every state they may be left in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tierline.diagrams.symbols.record import CLOSED, EARTHED, OPEN, WITHDRAWN, Symbol
from tierline.diagrams.symbols.shapes import Shape, body, dashed, fine, line, rect, ring, solid

_HALF, _HEIGHT = 8, 30
_EARTH = fine("M0 26.5H2.6M2.6 22.8V30M5.2 24.2V28.8M7.6 25.6V27.4")
"""The lower terminal joined to earth."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What marks a device, at its fixed contact, which ends at `low`."""

    title: str
    iec: tuple[Shape, ...]
    low: float = 10
    clause: str = ""


_CROSS = "M-4 6L4 14M4 6L-4 14"
_HINGE = body(ring(0, 7.5, 2) + ring(0, 22.5, 2))
_HEADS = {
    "breaker": _Head("circuit-breaker", (line("M0 0V10" + _CROSS),), clause="07-13-05"),
    "disconnector": _Head("disconnector", (line("M0 0V10M-5 10H5"),), clause="07-13-06"),
    "switch-disconnector": _Head(
        "switch-disconnector", (line("M0 0V7M-5 7H5"), body(ring(0, 9.5, 2.5))), 12, "07-13-08"
    ),
    "contactor": _Head("contactor", (line("M0 0V10M0 4A3 3 0 0 1 0 10"),)),
}


def _blade(low: float, state: str) -> tuple[Shape, ...]:
    if state == CLOSED:
        return (line(f"M0 {low:g}V30"),)
    return (line("M0 30V25L-7 10.5"), *((_EARTH,) if state == EARTHED else ()))


def _ansi(kind: str, state: str) -> tuple[Shape, ...]:
    """The American looks, which are other pictures and not other heads."""
    earth = (_EARTH,) if state == EARTHED else ()
    shut = state == CLOSED
    match kind:
        case "breaker":
            arc = "M0 7C7 9 7 21 0 23" if shut else "M-7 9C1 9 6 19 0 23"
            return (line("M0 0V7M0 23V30" + arc), solid(ring(0, 7, 1.6) + ring(0, 23, 1.6)), *earth)
        case "contactor":
            slash = "M-5.5 20L5.5 10" if shut else ""
            return (line("M0 0V12M0 18V30M-6 12H6M-6 18H6" + slash), *earth)
    load = (line("M-4 12.5A4 4 0 0 0 4 12.5"),) if kind == "switch-disconnector" else ()
    blade = line("M0 0V5.5M0 24.5V30" + ("M0 20.5V9.5" if shut else "M-1 20.7L-7 9"))
    return (blade, _HINGE, *load, *earth)


def _fixed() -> Iterator[Symbol]:
    for kind, head in _HEADS.items():
        for state in (CLOSED, OPEN, EARTHED):
            iec = (*head.iec, *_blade(head.low, state))
            yield _series(f"{kind}-{state}", head.title, iec, _ansi(kind, state), state, clause=head.clause)
    for state in (CLOSED, OPEN, EARTHED):
        iec, ansi = _fused(state)
        yield _series(f"fuse-switch-{state}", "fuse-switch", iec, ansi, state, clause="07-21-07")
    earth = "M-7 25H7M-4.5 28H4.5"
    for state, blade in ((CLOSED, "M0 10V25"), (OPEN, "M0 25V22L-7 9")):
        iec = (line("M0 0V10M-5 10H5" + blade + earth + "M-2 30H2"),)
        yield Symbol(
            f"earth-switch-{state}", f"earthing switch, {state}", iec, (-8, 0, 8, 30), ((0, 0),), (), state=state,
            clause="02-15-01",
        )  # fmt: skip


def _fused(state: str) -> tuple[tuple[Shape, ...], tuple[Shape, ...]]:
    """The blade is the fuse: after IEC a rectangle on the blade, in America a wave."""
    if state == CLOSED:
        iec = (line("M0 0V30M-5 5H5" + rect(-3, 10, 3, 24)),)
        ansi = (line("M0 0V5.5M0 9.5C5 12 -5 18 0 20.5M0 24.5V30"), _HINGE)
        return iec, ansi
    earth = (_EARTH,) if state == EARTHED else ()
    slant = "M0 0V5M-5 5H5M0 30V26L-7.4 9" + "M-7.6 14.4L-3.9 12.8L1.2 23.4L-2.5 25Z"
    ansi = (line("M0 0V5.5M0 24.5V30M-1 20.7C-6 20 0 10 -7 9"), _HINGE, *earth)
    return (line(slant), *earth), ansi


def _withdrawable() -> Iterator[Symbol]:
    """On a truck: the double chevrons are its plugs, pulled apart where it is withdrawn."""
    fixed = "M0 0V4M-4 0L0 4L4 0M0 40V36M-4 40L0 36L4 40"
    plugs = "M-4 4L0 8L4 4M-4 36L0 32L4 36"
    cross = "M-4 12L4 20M4 12L-4 20"
    blade = "M0 8V16M0 32V29L-7 15"
    earth = fine("M0 29.5H2.6M2.6 25.8V33.2M5.2 27.2V31.8M7.6 28.6V30.4")
    ends = "M-3.5 11L0 14L3.5 11M-3.5 29L0 26L3.5 29"
    truck = ends + "M0 14V17M-3 14L3 20M3 14L-3 20M0 26V25L-6.5 16"
    away = ends + "M0 14V16M0 26V24M-6 16C0 16 4 21 0 24"
    dots = solid(ring(0, 13, 1.6) + ring(0, 27, 1.6))
    leads, arc, swung = "M0 8V13M0 27V32", "M0 13C7 15 7 25 0 27", "M-7 14C1 14 6 24 0 27"
    looks = {
        CLOSED: ((line(fixed + plugs + cross + "M0 8V32"),), (line(fixed + plugs + leads + arc), dots)),
        OPEN: ((line(fixed + plugs + cross + blade),), (line(fixed + plugs + leads + swung), dots)),
        EARTHED: (
            (line(fixed + plugs + cross + blade), earth,),
            (line(fixed + plugs + leads + swung), dots, earth),
        ),
        WITHDRAWN: ((line(fixed + truck),), (line(fixed + away), solid(ring(0, 16, 1.4) + ring(0, 24, 1.4)))),
    }
    for state, (iec, ansi) in looks.items():
        title = "withdrawable circuit-breaker"
        yield _series(f"withdrawable-{state}", title, iec, ansi, state, 40, "07-13-05")


def _plugged() -> Iterator[Symbol]:
    inside = "M0 26V30M0 10V26M-3.5 14.5L3.5 21.5M3.5 14.5L-3.5 21.5"
    american = "M0 26V30M0 10V13M0 23V26M0 13C5 14.5 5 21.5 0 23"
    case, plug = rect(-7, 10, 7, 26), "M0 0V3M-4 0L0 3L4 0M-4 3L0 6L4 3M0 6V10"
    pulled = "M0 0V2.5M-4 0L0 2.5L4 0M-4 6.5L0 9L4 6.5M0 9V10"
    yield Symbol(
        "tap-off", "tap-off unit", (body(case), line(inside + plug)), (-8, 0, 8, 30), ((0, 0),), ((0, 30),),
        ansi=(body(case), line(american + plug)),
    )  # fmt: skip
    yield Symbol(
        "tap-off-withdrawn", "tap-off unit, withdrawn", (dashed(case), line(inside + pulled)), (-8, 0, 8, 30),
        ((0, 0),), ((0, 30),), ansi=(dashed(case), line(american + pulled)), state=WITHDRAWN,
    )  # fmt: skip


def _series(
    name: str,
    title: str,
    iec: tuple[Shape, ...],
    ansi: tuple[Shape, ...],
    state: str,
    height: int = _HEIGHT,
    clause: str = "",
) -> Symbol:
    box = (-_HALF, 0, _HALF, height)
    return Symbol(
        name, f"{title}, {state}", iec, box, ((0, 0),), ((0, height),), ansi=ansi, state=state, clause=clause
    )


SWITCHES = (*_fixed(), *_withdrawable(), *_plugged())
