"""Wires for what is not drawn straight, by rule: down, across, down; or round what stands in that way.

Promises: never through a symbol, a label or a bar; never along another wire; crossings only at right angles; the same
answer for the same picture (ties in cost fall to the first in a fixed order).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tierline.diagrams.layout.field import Field
from tierline.diagrams.scene import Point

BEND, CROSS = 2, 4
"""What a bend and a crossing cost, in steps of the grid."""
_BEST = 4
"""So many heights at either end of a way round are tried with each other."""


@dataclass(frozen=True, slots=True)
class Step:
    """A way down, across at one height, and down."""

    price: int
    height: int


def plain(ground: Field, start: Point, goal: Point) -> tuple[Point, ...] | None:
    """Straight down."""
    (x, y1), (x2, y2) = ground.local(start), ground.local(goal)
    if x != x2 or y2 < y1:
        return None
    if y2 - y1 > 1 and ground.down(x, y1 + 1, y2 - 1) is None:
        return None
    return (start, goal)


def stepped(ground: Field, start: Point, goal: Point, heights: Iterable[int] | None = None) -> Step | None:
    """The height of the cheapest step between two terminals; heights as on the sheet, the lowest first."""
    first, end = ground.local(start), ground.local(goal)
    if first[0] == end[0]:
        return None
    if heights is None:
        rows: Iterable[int] = range(end[1] - 1, first[1], -1)
    else:
        rows = [ground.local((0, height))[1] for height in heights]
    best: Step | None = None
    for row in rows:
        price = _price(ground, first, end, row)
        if price is not None and (best is None or price < best.price):
            best = Step(price, ground.point((0, row))[1])
            if price == 0:
                break
    return best


def corners(start: Point, goal: Point, height: int) -> tuple[Point, ...]:
    return (start, (start[0], height), (goal[0], height), goal)


def _price(ground: Field, first: Point, end: Point, row: int) -> int | None:
    """How many wires a step at a height would cross; None where it would touch something."""
    if not (ground.turns(first[0], row) and ground.turns(end[0], row)):
        return None
    level = ground.across(row, min(first[0], end[0]) + 1, max(first[0], end[0]) - 1)
    if level is None:
        return None
    found = level
    for x, y1, y2 in ((first[0], first[1] + 1, row - 1), (end[0], row + 1, end[1] - 1)):
        if y2 >= y1:
            upright = ground.down(x, y1, y2)
            if upright is None:
                return None
            found += upright
    return found


def round_about(ground: Field, start: Point, goal: Point) -> tuple[Point, ...] | None:
    """Down, across to a free column, along it up or down, across, down: the cheapest."""
    first, end = ground.local(start), ground.local(goal)
    wide, high = ground.size
    below = _landing(ground, first, range(first[1] + 1, high), 1)
    above = _landing(ground, end, range(end[1] - 1, -1, -1), -1)
    best: tuple[int, tuple[Point, ...]] | None = None
    near, far = sorted((first[0], end[0]))
    for x in sorted(range(wide), key=lambda one: (max(near - one, 0, one - far), abs(one - end[0]), one)):
        length = abs(x - first[0]) + abs(x - end[0])
        if best is not None and length >= best[0]:
            break
        if x in (first[0], end[0]):
            continue
        for one in _reach(ground, first[0], x, below):
            for two in _reach(ground, end[0], x, above):
                if one[1] == two[1]:
                    continue
                upright = ground.down(x, min(one[1], two[1]) + 1, max(one[1], two[1]) - 1)
                if upright is None:
                    continue
                cost = length + one[0] + two[0] + abs(one[1] - two[1]) + CROSS * upright + 4 * BEND
                if best is None or cost < best[0]:
                    path = (first, (first[0], one[1]), (x, one[1]), (x, two[1]), (end[0], two[1]), end)
                    best = (cost, path)
    if best is None:
        return None
    return tuple(ground.point(at) for at in best[1])


def _landing(ground: Field, at: Point, rows: Iterable[int], way: int) -> list[tuple[int, int]]:
    """The rows a terminal can be left at, or entered from, with their price."""
    found: list[tuple[int, int]] = []
    for row in rows:
        inner = (at[1] + 1, row - 1) if way > 0 else (row + 1, at[1] - 1)
        price = ground.down(at[0], *inner) if inner[0] <= inner[1] else 0
        if price is None or len(found) >= 60:
            break
        if ground.turns(at[0], row):
            found.append((CROSS * price + abs(row - at[1]), row))
    return found


def _reach(ground: Field, x1: int, x2: int, rows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The cheapest of those rows on which one gets from a terminal to a column."""
    sign = 1 if x2 > x1 else -1
    found = []
    for price, row in rows:
        if ground.turns(x2, row):
            crossed = ground.across(row, x1 + sign, x2 - sign) if abs(x2 - x1) > 1 else 0
            if crossed is not None:
                found.append((price + CROSS * crossed, row))
    return sorted(found)[:_BEST]
