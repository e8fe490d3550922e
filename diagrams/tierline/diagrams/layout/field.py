"""What stands on a sheet, as a grid of ten units: where wires may run, and what they would cross.

Promises: exact for the picture so far; a line of cells is one number, so a run of any length is tested at once.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tierline.diagrams.scene import Box, Point

GRID = 10


def cell(point: Point) -> Point:
    return (point[0] // GRID, point[1] // GRID)


@dataclass(slots=True)
class Lines:
    """The cells of one kind along one axis: a number for each row (or column), a bit for each cell in it."""

    at: dict[int, int] = field(default_factory=dict)

    def add(self, line: int, first: int, last: int) -> None:
        self.at[line] = self.at.get(line, 0) | _span(first, last)

    def clear(self, line: int, first: int, last: int) -> None:
        self.at[line] = self.at.get(line, 0) & ~_span(first, last)

    def of(self, line: int) -> int:
        return self.at.get(line, 0)


def _span(first: int, last: int) -> int:
    return ((1 << (last - first + 1)) - 1) << first if last >= first else 0


@dataclass(slots=True)
class Field:
    """Cells are counted from the upper left corner of the bounds."""

    bounds: Box
    rows: Lines = field(default_factory=Lines)
    """Blocked, by row."""
    columns: Lines = field(default_factory=Lines)
    """Blocked, by column."""
    level: tuple[Lines, Lines] = field(default_factory=lambda: (Lines(), Lines()))
    """Wires that run across: by row, by column."""
    upright: tuple[Lines, Lines] = field(default_factory=lambda: (Lines(), Lines()))

    def local(self, point: Point) -> Point:
        x, y = cell(point)
        return (x - self.bounds[0] // GRID, y - self.bounds[1] // GRID)

    def point(self, at: Point) -> Point:
        return ((at[0] + self.bounds[0] // GRID) * GRID, (at[1] + self.bounds[1] // GRID) * GRID)

    @property
    def size(self) -> Point:
        x, y = self.local(self.bounds[2:])
        return (x + 1, y + 1)

    def block(self, box: Box) -> None:
        """Nothing may touch this box."""
        x1, y1 = self.local((-(-box[0] // GRID) * GRID, -(-box[1] // GRID) * GRID))
        x2, y2 = self.local((box[2], box[3]))
        x1, y1 = max(x1, 0), max(y1, 0)
        for y in range(y1, y2 + 1):
            self.rows.add(y, x1, x2)
        for x in range(x1, x2 + 1):
            self.columns.add(x, y1, y2)

    def free(self, start: Point, way: Point, steps: int = 3) -> None:
        """Clear the first steps at the end of a bar, for a tie that leaves it there."""
        x, y = self.local(start)
        for n in range(1, steps + 1):
            a, b = x + n * way[0], y + n * way[1]
            self.rows.clear(b, a, a)
            self.columns.clear(a, b, b)

    def occupy(self, points: Sequence[Point]) -> None:
        """A wire stands here: it may be crossed, not followed, and not touched where it bends or ends."""
        cells = [self.local(point) for point in points]
        for (x1, y1), (x2, y2) in itertools.pairwise(cells):
            x1, x2, y1, y2 = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
            if y1 == y2:
                self.level[0].add(y1, x1, x2)
                for x in range(x1, x2 + 1):
                    self.level[1].add(x, y1, y1)
            else:
                self.upright[1].add(x1, y1, y2)
                for y in range(y1, y2 + 1):
                    self.upright[0].add(y, x1, x1)
        for x, y in cells:
            self.rows.add(y, x, x)
            self.columns.add(x, y, y)

    def across(self, y: int, x1: int, x2: int) -> int | None:
        """How many wires a level run would cross; None where it would touch something."""
        cells = _span(x1, x2) if x1 < x2 else _span(x2, x1)
        if (self.rows.of(y) | self.level[0].of(y)) & cells:
            return None
        return (self.upright[0].of(y) & cells).bit_count()

    def down(self, x: int, y1: int, y2: int) -> int | None:
        """The same for an upright run."""
        cells = _span(y1, y2) if y1 < y2 else _span(y2, y1)
        if (self.columns.of(x) | self.upright[1].of(x)) & cells:
            return None
        return (self.level[1].of(x) & cells).bit_count()

    def turns(self, x: int, y: int) -> bool:
        """May a wire bend here?"""
        return not (self.rows.of(y) | self.level[0].of(y) | self.upright[0].of(y)) >> x & 1

    def inside(self, x: int, y: int) -> bool:
        wide, high = self.size
        return 0 <= x < wide and 0 <= y < high


def bounds_of(boxes: Iterable[Box], margin: tuple[int, int, int, int]) -> Box:
    """What holds all boxes, with room at each side; whole steps of the grid."""
    found = list(boxes) or [(0, 0, 0, 0)]
    return (
        (min(b[0] for b in found) - margin[0]) // GRID * GRID,
        (min(b[1] for b in found) - margin[1]) // GRID * GRID,
        -(-(max(b[2] for b in found) + margin[2]) // GRID) * GRID,
        -(-(max(b[3] for b in found) + margin[3]) // GRID) * GRID,
    )
