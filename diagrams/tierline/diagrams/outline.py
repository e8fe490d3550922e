"""The path data of symbols and wires as straight pieces and cubic curves, for formats that know no arcs.

Promises: absolute commands only (`M L H V C S A Z`); another one is a mistake of ours and raised.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from functools import cache

Piece = tuple[str, tuple[float, ...]]
"""`M` and `L` with a point, `C` with two controls and a point, `Z` with nothing."""
Move = Callable[[float, float], tuple[float, float]]
_TOKEN = re.compile(r"([A-Za-z])|(-?\d+(?:\.\d+)?)")
_COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "A": 7, "Z": 0}
_ROUND = 4 / 3 * (math.sqrt(2) - 1)
"""How far the controls of a quarter of a circle lie from its ends, for radius one."""


@cache
def pieces(data: str) -> tuple[Piece, ...]:
    """The pieces of path data."""
    found: list[Piece] = []
    here, start, control = (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)
    for command, values in _commands(data):
        match command:
            case "Z":
                found.append(("Z", ()))
                here = start
            case "M" | "L":
                here = (values[0], values[1])
                start = here if command == "M" else start
                found.append((command, here))
            case "H" | "V":
                here = (values[0], here[1]) if command == "H" else (here[0], values[0])
                found.append(("L", here))
            case "C" | "S":
                first = values[:2] if command == "C" else (2 * here[0] - control[0], 2 * here[1] - control[1])
                rest = values[-4:]
                found.append(("C", (*first, *rest)))
                here = (rest[2], rest[3])
            case "A":
                found += [("C", curve) for curve in _arc(here, values)]
                here = (values[5], values[6])
        control = (values[-4], values[-3]) if command in "CS" else here
    return tuple(found)


def _commands(data: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Each command with its numbers; a repeated one may be written once."""
    command, numbers = "", list[float]()
    for letter, number in _TOKEN.findall(data):
        if letter:
            command = letter
            if _COUNT[command] == 0:
                yield command, ()
            continue
        numbers.append(float(number))
        if len(numbers) == _COUNT[command]:
            yield command, tuple(numbers)
            numbers = []
            command = "L" if command == "M" else command


def _arc(start: tuple[float, float], values: tuple[float, ...]) -> Iterator[tuple[float, ...]]:
    """A part of a circle as cubic curves of a quarter at most."""
    radius, large, sweep, (x, y) = values[0], values[3], values[4], values[5:]
    if radius != values[1]:
        raise ValueError("an arc must be part of a circle")
    dx, dy = (x - start[0]) / 2, (y - start[1]) / 2
    half = math.hypot(dx, dy)
    radius = max(radius, half)
    off = math.sqrt(radius * radius - half * half) / half * (-1 if large == sweep else 1)
    cx, cy = start[0] + dx - off * dy, start[1] + dy + off * dx
    first = math.atan2(start[1] - cy, start[0] - cx)
    turn = (math.atan2(y - cy, x - cx) - first) % (2 * math.pi)
    turn -= 0 if sweep else 2 * math.pi
    parts = max(1, math.ceil(abs(turn) / (math.pi / 2) - 1e-9))
    step = turn / parts
    reach = 4 / 3 * math.tan(step / 4) * radius
    for n in range(parts):
        a, b = first + n * step, first + (n + 1) * step
        x1, y1 = cx + radius * math.cos(a), cy + radius * math.sin(a)
        x2, y2 = cx + radius * math.cos(b), cy + radius * math.sin(b)
        yield (
            *(x1 - reach * math.sin(a), y1 + reach * math.cos(a)),
            *(x2 + reach * math.sin(b), y2 - reach * math.cos(b)),
            *(x2, y2),
        )


def circle(cx: float, cy: float, r: float) -> tuple[Piece, ...]:
    """A whole circle."""
    k = r * _ROUND
    return (
        ("M", (cx + r, cy)),
        ("C", (cx + r, cy + k, cx + k, cy + r, cx, cy + r)),
        ("C", (cx - k, cy + r, cx - r, cy + k, cx - r, cy)),
        ("C", (cx - r, cy - k, cx - k, cy - r, cx, cy - r)),
        ("C", (cx + k, cy - r, cx + r, cy - k, cx + r, cy)),
        ("Z", ()),
    )


def box(x: float, y: float, width: float, height: float) -> tuple[Piece, ...]:
    """A rectangle."""
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    return (("M", corners[0]), *(("L", corner) for corner in corners[1:]), ("Z", ()))


def line(points: tuple[tuple[float, float], ...]) -> tuple[Piece, ...]:
    """Straight pieces from point to point."""
    return (("M", points[0]), *(("L", point) for point in points[1:]))


def moved(path: tuple[Piece, ...], move: Move) -> tuple[Piece, ...]:
    """The path with every point moved."""
    return tuple(
        (command, tuple(part for n in range(0, len(at), 2) for part in move(at[n], at[n + 1])))
        for command, at in path
    )


def polygons(path: tuple[Piece, ...]) -> list[list[tuple[float, float]]]:
    """The corners of each closed part, a curve as eight of them: for fillings of formats that fill no curves."""
    found: list[list[tuple[float, float]]] = []
    for command, at in path:
        if command == "M":
            found.append([])
        if command == "C":
            x, y = found[-1][-1]
            found[-1] += [_along((x, y, *at), n / 8) for n in range(1, 8)]
        if at:
            found[-1].append((at[-2], at[-1]))
    return found


def _along(curve: tuple[float, ...], t: float) -> tuple[float, float]:
    """The point of a cubic curve at a part of its way."""
    a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
    x, y = (a * curve[n] + b * curve[n + 2] + c * curve[n + 4] + d * curve[n + 6] for n in (0, 1))
    return x, y
