"""A small exact linear programme: the dual simplex method in whole numbers."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import gcd


@lru_cache(maxsize=256)
def least_last(rows: tuple[tuple[int, ...], ...]) -> tuple[Fraction, ...] | None:
    """The non-negative x of which every row holds, and whose last entry is least; None if there is no such x.

    A row is the factors of x, and last what their sum may come to. The slack basis is dual feasible, because only the
    last entry costs anything: no first phase is needed. The lowest-index rule keeps it from circling. What was asked
    of late is remembered: one sweep asks the same of hundreds of removals.
    """
    if not rows:
        return None
    width, height = len(rows[0]) - 1, len(rows)
    table = [list(row) for row in rows]
    cost = [0] * (width - 1) + [1, 0]
    outside = list(range(width))
    inside = list(range(width, width + height))
    own = [1] * height
    """What the basic entry of each row is multiplied with in it: fractions cost ten times as much as whole numbers."""
    while True:
        low = [r for r in range(height) if table[r][-1] < 0]
        if not low:
            break
        row = min(low, key=lambda r: inside[r])
        pivots = [c for c in range(width) if table[row][c] < 0]
        if not pivots:
            return None
        column = min(pivots, key=lambda c: (Fraction(cost[c], -table[row][c]), outside[c]))
        cost = _pivot(table, own, cost, row, column)
        inside[row], outside[column] = outside[column], inside[row]
    found = [Fraction(0)] * (width + height)
    for r in range(height):
        found[inside[r]] = Fraction(table[r][-1], own[r])
    return tuple(found[:width])


def _pivot(table: list[list[int]], own: list[int], cost: list[int], row: int, column: int) -> list[int]:
    """Exchange a basic and a non-basic entry, in place (condensed tableau); the new cost is returned."""
    pivot = [-value for value in table[row]]
    factor, pivot[column] = pivot[column], -own[row]
    table[row], own[row] = pivot, factor
    for r, other in enumerate(table):
        if r != row and other[column]:
            changed = _without(other, pivot, factor, column)
            common = gcd(own[r] * factor, *changed)
            table[r] = [value // common for value in changed]
            own[r] = own[r] * factor // common
    if not cost[column]:
        return cost
    cost = _without(cost, pivot, factor, column)
    common = gcd(*cost)
    return [value // common for value in cost]


def _without(other: list[int], pivot: list[int], factor: int, column: int) -> list[int]:
    """A row in which the entry of a column is replaced by what the row of the pivot says of it."""
    share = other[column]
    changed = [value * factor - share * by for value, by in zip(other, pivot, strict=True)]
    changed[column] = -share * pivot[column]
    return changed
