"""A small exact linear programme: the dual simplex method in fractions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

ZERO = Fraction(0)


def least_last(rows: Sequence[Sequence[Fraction]], bounds: Sequence[Fraction]) -> list[Fraction] | None:
    """The non-negative x with rows · x ≤ bounds whose last entry is least; None if there is no such x.

    The slack basis is dual feasible, because only the last entry costs anything: no first phase is needed. The
    lowest-index rule keeps it from circling.
    """
    if not rows:
        return None
    width, height = len(rows[0]), len(rows)
    table = [[*row, bound] for row, bound in zip(rows, bounds, strict=True)]
    cost = [ZERO] * (width - 1) + [Fraction(1), ZERO]
    outside = list(range(width))
    inside = list(range(width, width + height))
    while True:
        low = [r for r in range(height) if table[r][-1] < 0]
        if not low:
            break
        row = min(low, key=lambda r: inside[r])
        pivots = [c for c in range(width) if table[row][c] < 0]
        if not pivots:
            return None
        column = min(pivots, key=lambda c: (cost[c] / -table[row][c], outside[c]))
        _pivot(table, cost, row, column)
        inside[row], outside[column] = outside[column], inside[row]
    found = [ZERO] * (width + height)
    for r in range(height):
        found[inside[r]] = table[r][-1]
    return found[:width]


def _pivot(table: list[list[Fraction]], cost: list[Fraction], row: int, column: int) -> None:
    """Exchange a basic and a non-basic entry, in place (condensed tableau)."""
    pivot = table[row]
    factor = 1 / pivot[column]
    used = [c for c, value in enumerate(pivot) if value and c != column]
    for c in used:
        pivot[c] *= factor
    pivot[column] = factor
    for other in (*table[:row], *table[row + 1 :], cost):
        share = other[column]
        if not share:
            continue
        for c in used:
            other[c] -= share * pivot[c]
        other[column] = -share * factor
