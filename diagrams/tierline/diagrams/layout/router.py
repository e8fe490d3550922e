"""Wires for what the rules do not draw straight: the cheapest right-angled way round everything that stands.

Promises: never through a symbol, a label or a bar; never along another wire; crossings only at right
angles; the same answer for the same picture (ties in cost fall to the first in a fixed order).
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tierline.diagrams.scene import Box, Point

GRID = 10
_BEND, _CROSS = 6, 4
_STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))
_LIMIT = 400_000


@dataclass(slots=True)
class Router:
    bounds: Box
    blocked: set[Point] = field(default_factory=set)
    level: set[Point] = field(default_factory=set)
    """Grid points on which a wire runs across."""
    upright: set[Point] = field(default_factory=set)

    def block(self, box: Box) -> None:
        """Nothing may touch this box."""
        x1, y1, x2, y2 = box
        for x in range(-(-x1 // GRID), x2 // GRID + 1):
            for y in range(-(-y1 // GRID), y2 // GRID + 1):
                self.blocked.add((x, y))

    def free(self, start: Point, way: Point) -> None:
        """Clear the three steps at the end of a bar, for a tie that leaves it there."""
        x, y = start[0] // GRID, start[1] // GRID
        self.blocked -= {(x + n * way[0], y + n * way[1]) for n in range(1, 4)}

    def occupy(self, points: Sequence[Point]) -> None:
        """A wire stands here: it may be crossed, not followed, and not touched where it bends or ends."""
        cells = [(x // GRID, y // GRID) for x, y in points]
        for (x1, y1), (x2, y2) in itertools.pairwise(cells):
            for x in range(min(x1, x2), max(x1, x2) + 1):
                for y in range(min(y1, y2), max(y1, y2) + 1):
                    (self.level if y1 == y2 else self.upright).add((x, y))
        self.blocked |= set(cells)

    def route(self, start: Point, way: Point, goal: Point, last: Point) -> tuple[Point, ...] | None:
        """From a terminal, leaving in the direction `way`, to one that is entered in the direction `last`."""
        first = (start[0] // GRID, start[1] // GRID)
        end = (goal[0] // GRID, goal[1] // GRID)
        if way == last == (0, 1):
            plain = self._stepped(first, end)
            if plain is not None:
                return plain
        begin = (first, _STEPS.index(way))
        best = {begin: 0}
        came: dict[tuple[Point, int], tuple[Point, int]] = {}
        heap = [(self._guess(first, end), 0, begin)]
        while heap and len(best) < _LIMIT:
            _, cost, state = heapq.heappop(heap)
            if cost > best[state]:
                continue
            if state[0] == end and _STEPS[state[1]] == last:
                return _corners(state, came)
            for other, price in self._next(state, first, end):
                total = cost + price
                if total < best.get(other, 1 << 60):
                    best[other] = total
                    came[other] = state
                    heapq.heappush(heap, (total + self._guess(other[0], end), total, other))
        return None

    def _stepped(self, first: Point, end: Point) -> tuple[Point, ...] | None:
        """Down, across, down: the commonest way, tried at every height; the fewest crossings win."""
        best: tuple[int, int] | None = None
        if first[0] == end[0]:
            return None
        for height in range(end[1] - 1, first[1], -1):
            price = self._price(first, end, height)
            if price is not None and (best is None or price < best[0]):
                best = (price, height)
        if best is None:
            return None
        corners = (first, (first[0], best[1]), (end[0], best[1]), end)
        return tuple((x * GRID, y * GRID) for x, y in corners)

    def _price(self, first: Point, end: Point, height: int) -> int | None:
        """How many wires a step at a height would cross; None where it would touch something."""
        crossed = 0
        sign = 1 if end[0] > first[0] else -1
        for x in (first[0], end[0]):
            if (x, height) in self.blocked or (x, height) in self.level or (x, height) in self.upright:
                return None
        for x in range(first[0] + sign, end[0], sign):
            if (x, height) in self.blocked or (x, height) in self.level:
                return None
            crossed += (x, height) in self.upright
        upright = [(first[0], y) for y in range(first[1] + 1, height)]
        upright += [(end[0], y) for y in range(height + 1, end[1])]
        for cell in upright:
            if cell in self.blocked or cell in self.upright:
                return None
            crossed += cell in self.level
        return crossed

    @staticmethod
    def _guess(at: Point, end: Point) -> int:
        return abs(at[0] - end[0]) + abs(at[1] - end[1])

    def _next(
        self, state: tuple[Point, int], first: Point, end: Point
    ) -> Iterable[tuple[tuple[Point, int], int]]:
        (x, y), heading = state
        for turn in (0, 1, 3):
            way = (heading + turn) % 4
            if turn and ((x, y) == first or (x, y) in self.level or (x, y) in self.upright):
                continue  # a wire leaves its terminal straight, and never bends on another wire
            dx, dy = _STEPS[way]
            cell = (x + dx, y + dy)
            if cell != end and (cell in self.blocked or not self._inside(cell)):
                continue
            along, over = (self.level, self.upright) if dy == 0 else (self.upright, self.level)
            if cell in along and cell != end:
                continue
            crossing = cell in over and cell != end
            yield (cell, way), 1 + (_BEND if turn else 0) + (_CROSS if crossing else 0)

    def _inside(self, cell: Point) -> bool:
        x1, y1, x2, y2 = self.bounds
        return x1 // GRID <= cell[0] <= x2 // GRID and y1 // GRID <= cell[1] <= y2 // GRID


def _corners(state: tuple[Point, int], came: dict[tuple[Point, int], tuple[Point, int]]) -> tuple[Point, ...]:
    """The ends and the bends of a path, from its start."""
    path = [state]
    while path[-1] in came:
        path.append(came[path[-1]])
    path.reverse()
    cells = [cell for cell, _ in path]
    kept = [cells[0]]
    for before, here, after in zip(cells, cells[1:], cells[2:], strict=False):
        if (here[0] - before[0], here[1] - before[1]) != (after[0] - here[0], after[1] - here[1]):
            kept.append(here)
    kept.append(cells[-1])
    return tuple((x * GRID, y * GRID) for x, y in kept)


def flipped(points: Sequence[Point]) -> tuple[Point, ...]:
    return tuple((-x, y) for x, y in points)
