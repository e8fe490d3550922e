"""Symbols of machines of the power system: what makes it, changes it, keeps it, and chooses between two."""

from __future__ import annotations

from tierline.diagrams.scene import Point
from tierline.diagrams.symbols.record import ASIDE, Drawn, Symbol, in_line
from tierline.diagrams.symbols.shapes import Shape, body, dashed, fine, letters, level, line, rect, ring, solid, wave

_COILS = (
    "M0 0V23M-14 23A3.5 3.5 0 0 0 -7 23A3.5 3.5 0 0 0 0 23A3.5 3.5 0 0 0 7 23A3.5 3.5 0 0 0 14 23"
    "M0 60V37M-14 37A3.5 3.5 0 0 1 -7 37A3.5 3.5 0 0 1 0 37A3.5 3.5 0 0 1 7 37A3.5 3.5 0 0 1 14 37"
)
_TRANSFORMER = Drawn(
    "transformer", 60, 14, 14, 6, 50, (line(ring(0, 20, 14) + ring(0, 36, 14)),), (line(_COILS),), clause="06-09-01"
)
_HATCH = "M-15 10L-5 0M-15 20L5 0M-15 30L15 0M-5 30L15 10M5 30L15 20"
_ALTERNATOR = (body(ring(0, 18, 18)), letters("G", 0, 13, 11), line(wave(0, 26, 1.3)))
_GENERATOR = (body(ring(0, 18, 18)), letters("G", 0, 18, 15))
_SOURCES = (
    Symbol(
        "genset", "engine-generator set", (*_ALTERNATOR, line("M0 36V40")), (-18, 0, 18, 40), (), ((0, 40),),
        ansi=(*_GENERATOR, line("M0 36V40")), mirrors=False, clause="06-04-01",
    ),
    Symbol(
        "genset-end", "engine-generator set", _ALTERNATOR, (-18, 0, 18, 40), ((0, 0),), (), ansi=_GENERATOR,
        mirrors=False, clause="06-04-01",
    ),
    Symbol(
        "ups-end", "UPS, at its battery", (body(rect(-20, 8, 20, 36)), line("M0 0V8"), letters("UPS", 0, 22, 9)),
        (-22, 0, 22, 38), ((0, 0),), (), mirrors=False,
    ),
    Symbol(
        "utility", "utility supply", (body(rect(-15, 0, 15, 30)), line(_HATCH + "M0 30V40")), (-15, 0, 15, 40), (),
        ((0, 40),), ansi=(body(ring(0, 15, 15)), line(wave(0, 15, 1.8) + "M0 30V40")), mirrors=False,
    ),
)  # fmt: skip


def inputs(count: int) -> tuple[Point, ...]:
    left = -10 * (count - 1)
    return tuple((left + 20 * n, 0) for n in range(count))


def stubs(ins: tuple[Point, ...], down: int) -> str:
    return "".join(f"M{x} 0V{down}" for x, _ in ins)


def _ups_body(ins: tuple[Point, ...]) -> tuple[Shape, ...]:
    """Rectifier above, inverter below, static by-pass to the right, battery connection to the left."""
    return (
        body(rect(-30, 4, 30, 86)),
        line(stubs(ins, 9) + f"M{ins[0][0]} 9H22V39M0 9V14M0 76V90M0 38V52M-30 45H0M0 81H22V51M16 51H28"),
        line(rect(-12, 14, 12, 38) + rect(-12, 52, 12, 76)),
        fine("M12 14L-12 38M12 52L-12 76" + wave(-5, 20.5, 0.8) + wave(5.5, 70, 0.8) + level(6, 32.5) + level(-6, 58)),
        solid("M16.5 39H27.5L22 50Z"),
    )


def ups(count: int) -> Symbol:
    """A UPS with several inputs is drawn with a bar for them."""
    name, title = ("ups", "UPS with static by-pass") if count == 1 else (f"ups-{count}", "UPS with several inputs")
    ins = inputs(count)
    return Symbol(name, title, _ups_body(ins), (-30, 0, 30, 90), ins, ((0, 90),), (-30, 45), clause="06-14")


MACHINES = (in_line("transformer", _TRANSFORMER), *_SOURCES, ups(1))
SELECTORS = {
    "ats": "automatic transfer switch",
    "sts": "static transfer switch",
    "pou-switch": "point-of-use transfer switch",
}


def selector(kind: str, count: int) -> Symbol:
    """What takes one of several inputs; drawn on the first, which is preferred."""
    ins = inputs(count)
    half = max(20, 10 * count + 6)
    frame = body(rect(-half, 6, half, 44))
    if kind == "sts":
        iec = ansi = (frame, *_thyristors(ins))
    else:
        first = ins[0][0]
        bars = "".join(f"M{x - 4} 14H{x + 4}" for x, _ in ins)
        iec = (frame, line(stubs(ins, 14) + bars + f"M0 50V36L{first} 14"))
        contacts = body("".join(ring(x, 14, 2) for x, _ in ins) + ring(0, 36, 2))
        ansi = (frame, line(stubs(ins, 12) + f"M0 50V38M0 36L{first} 14"), contacts)
    if kind == "pou-switch":
        inner = dashed(rect(-half + 3, 9, half - 3, 41))
        iec, ansi = (*iec, inner), (*ansi, inner)
    return Symbol(f"{kind}-{count}", SELECTORS[kind], iec, (-half, 0, half, 50), ins, ((0, 50),), ansi=ansi)


def selector_aside(kind: str) -> Symbol:
    """With one of its two inputs at either side; drawn on the left one."""
    ins = ((-30, 20), (30, 20))
    frame, out = body(rect(-24, 6, 24, 44)), "M0 50V36"
    iec: tuple[Shape, ...]
    ansi: tuple[Shape, ...]
    if kind == "sts":
        leads = line("M-30 20H-16M-5 20H5M16 20H30M0 20V50M-5 15V25M-5 21.5L-1 25M5 15V25M5 21.5L1 25")
        here = "M-16 15V25L-5 20Z"
        iec = ansi = (frame, leads, solid(here), line(here), body("M16 15V25L5 20Z"))
    else:
        iec = (frame, line("M-30 20H-12M30 20H12M-12 16V24M12 16V24" + out + "L-12 20"))
        contacts = body(ring(-12, 20, 2) + ring(12, 20, 2) + ring(0, 36, 2))
        ansi = (frame, line("M-30 20H-14M30 20H14" + out + "L-12 20"), contacts)
    if kind == "pou-switch":
        inner = dashed(rect(-21, 9, 21, 41))
        iec, ansi = (*iec, inner), (*ansi, inner)
    return Symbol(f"{kind}{ASIDE}", SELECTORS[kind], iec, (-30, 0, 30, 50), ins, ((0, 50),), ansi=ansi)


def _thyristors(ins: tuple[Point, ...]) -> tuple[Shape, ...]:
    """One in each input; the one that conducts is solid."""
    wires = stubs(ins, 14) + "".join(f"M{x} 25V34" for x, _ in ins) + f"M{ins[0][0]} 34H{ins[-1][0]}M0 34V50"
    gates = "".join(f"M{x - 5} 25H{x + 5}M{x + 1.5:g} 25L{x + 5} 29" for x, _ in ins)
    (first, _), *others = ins
    waiting = "".join(f"M{x - 5} 14H{x + 5}L{x} 25Z" for x, _ in others)
    here = f"M{first - 5} 14H{first + 5}L{first} 25Z"
    return (line(wires + gates), solid(here), line(here), *((body(waiting),) if waiting else ()))
