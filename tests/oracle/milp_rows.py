"""A mixed-integer programme as it is written down: columns, rows, and one call of HiGHS."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Terms = Mapping[int, float]
"""A linear expression: column → coefficient."""

TIME_LIMIT = 60.0
INFEASIBLE = 2


class OutOfTime(Exception):
    """The solver did not end in its time."""


def total(*parts: Terms) -> dict[int, float]:
    """The sum of expressions."""
    found: dict[int, float] = {}
    for part in parts:
        for column, coefficient in part.items():
            found[column] = found.get(column, 0.0) + coefficient
    return found


def scaled(factor: float, part: Terms) -> dict[int, float]:
    return {column: factor * coefficient for column, coefficient in part.items()}


@dataclass
class Programme:
    """Columns ≥ 0; rows `low ≤ terms ≤ high`."""

    upper: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)
    impossible: bool = False

    def number(self, upper: float = math.inf) -> dict[int, float]:
        return self._column(upper, 0)

    def yes_or_no(self, possible: bool = True) -> dict[int, float]:
        return self._column(1.0 if possible else 0.0, 1)

    def _column(self, upper: float, whole: int) -> dict[int, float]:
        self.upper.append(upper)
        self.whole.append(whole)
        return {len(self.upper) - 1: 1.0}

    def equal(self, terms: Terms, value: float) -> None:
        self._row(terms, value, value)

    def at_most(self, terms: Terms, value: float) -> None:
        if value != math.inf:
            self._row(terms, -math.inf, value)

    def at_least(self, terms: Terms, value: float) -> None:
        self._row(terms, value, math.inf)

    def _row(self, terms: Terms, low: float, high: float) -> None:
        if low == math.inf:
            self.impossible = True
        elif terms:
            self.rows.append((terms, low, high))
        elif low > 0 or high < 0:
            self.impossible = True

    def solve(self, wanted: Terms | None = None) -> list[float] | None:
        """A point within every row, with as much of `wanted` as there can be; None where there is none."""
        if self.impossible:
            return None
        if not self.upper:
            return []
        cost = np.zeros(len(self.upper))
        for column, coefficient in (wanted or {}).items():
            cost[column] = -coefficient
        answer = milp(
            cost,
            integrality=np.array(self.whole),
            bounds=Bounds(np.zeros(len(self.upper)), np.array(self.upper)),
            constraints=self._matrix(),
            options={"time_limit": TIME_LIMIT},
        )
        if answer.status == INFEASIBLE:
            return None
        if answer.x is None or answer.status != 0:
            raise OutOfTime(answer.message)
        return [float(x) for x in answer.x]

    def _matrix(self) -> LinearConstraint | tuple[()]:
        if not self.rows:
            return ()
        data: list[float] = []
        columns: list[int] = []
        starts = [0]
        for terms, _, _ in self.rows:
            columns += terms
            data += terms.values()
            starts.append(len(columns))
        matrix = csr_array((data, columns, starts), shape=(len(self.rows), len(self.upper)))
        return LinearConstraint(matrix, [low for _, low, _ in self.rows], [high for _, _, high in self.rows])
