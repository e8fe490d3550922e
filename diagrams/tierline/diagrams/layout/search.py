"""The cheapest right-angled way where no rule finds one: A* on the lines along the edges of what stands.

Promises: cost is length + 20 a bend + 40 a crossing; through nothing, along no wire, no bend on a wire; the same answer
for the same picture. Whoever calls it marks the wire as a fallback.
"""

from __future__ import annotations

import heapq
import itertools
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from tierline.diagrams.layout.field import Field
from tierline.diagrams.layout.router import BEND, CROSS
from tierline.diagrams.scene import Point

_STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))
_LIMIT = 40_000
State = tuple[int, int, int]
"""Column, row, heading."""


@dataclass(slots=True)
class Search:
    ground: Field
    first: Point
    end: Point
    xs: list[int] = field(default_factory=list)
    ys: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.xs = _edges(self.ground.columns.at, self.ground.upright[1].at, self.ground.size[0])
        self.ys = _edges(self.ground.rows.at, self.ground.level[0].at, self.ground.size[1])
        self.xs = sorted({*self.xs, self.first[0], self.end[0]})
        self.ys = sorted({*self.ys, self.first[1], self.end[1]})

    def run(self, way: Point, last: Point) -> tuple[Point, ...] | None:
        begin = (*self.first, _STEPS.index(way))
        best: dict[State, int] = {begin: 0}
        came: dict[State, State] = {}
        heap = [(self._guess(begin), 0, begin)]
        while heap and len(best) < _LIMIT:
            _, cost, state = heapq.heappop(heap)
            if cost > best[state]:
                continue
            if state[:2] == self.end and _STEPS[state[2]] == last:
                return self._corners(state, came)
            for other, price in self._next(state):
                total = cost + price
                if total < best.get(other, 1 << 60):
                    best[other] = total
                    came[other] = state
                    heapq.heappush(heap, (total + self._guess(other), total, other))
        return None

    def _guess(self, state: State) -> int:
        return abs(state[0] - self.end[0]) + abs(state[1] - self.end[1])

    def _next(self, state: State) -> Iterator[tuple[State, int]]:
        x, y, heading = state
        start = (x, y) == self.first
        for turn in (0, 1, 3):
            if turn and (start or not self.ground.turns(x, y)):
                continue
            way = (heading + turn) % 4
            found = self._along(x, y, way)
            if found is not None:
                to, crossed = found
                length = abs(to[0] - x) + abs(to[1] - y)
                yield (*to, way), length + (BEND if turn else 0) + CROSS * crossed

    def _along(self, x: int, y: int, way: int) -> tuple[Point, int] | None:
        """To the next line in a direction, and how many wires that crosses."""
        dx, dy = _STEPS[way]
        lines = self.xs if dx else self.ys
        here = x if dx else y
        place = bisect_left(lines, here) + dx + dy
        if not 0 <= place < len(lines):
            return None
        to = lines[place]
        at = (to, y) if dx else (x, to)
        stop = to - (dx + dy) if at == self.end else to
        low, high = sorted((here + dx + dy, stop))
        if (stop - here) * (dx + dy) <= 0:
            return at, 0
        crossed = self.ground.across(y, low, high) if dx else self.ground.down(x, low, high)
        return None if crossed is None else (at, crossed)

    def _corners(self, state: State, came: dict[State, State]) -> tuple[Point, ...]:
        """The ends and the bends of a path, from its start."""
        path = [state]
        while path[-1] in came:
            path.append(came[path[-1]])
        path.reverse()
        kept = [path[0]]
        kept += [here for here, after in itertools.pairwise(path[1:]) if here[2] != after[2]]
        kept.append(path[-1])
        return tuple(self.ground.point(one[:2]) for one in kept)


def _edges(blocked: dict[int, int], wires: dict[int, int], size: int) -> list[int]:
    """Lines where something begins or ends beside, or a wire runs beside."""
    found = set()
    for line in range(size):
        here, before = blocked.get(line, 0), blocked.get(line - 1, 0)
        if here != before:
            found |= {line - 1, line}
        if wires.get(line):
            found |= {line - 1, line + 1}
    return sorted(one for one in found if 0 <= one < size)


def search(ground: Field, start: Point, way: Point, goal: Point, last: Point) -> tuple[Point, ...] | None:
    """From a terminal, leaving in the direction `way`, to one that is entered in the direction `last`."""
    return Search(ground, ground.local(start), ground.local(goal)).run(way, last)
