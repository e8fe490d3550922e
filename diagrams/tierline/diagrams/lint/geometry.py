"""Boxes, segments and what is near what: the little geometry that the bars need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from tierline.diagrams.lint.records import Box, Point, Segment

EPS = 0.5
_CELL = 120
Item = TypeVar("Item")


def overlap(one: Box, other: Box) -> tuple[float, float]:
    """How far two boxes overlap across and down; negative is the gap."""
    return (min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1]))


def grown(box: Box, by: float) -> Box:
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def around(points: Iterable[Point]) -> Box:
    """The box of some points."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def length(segment: Segment) -> float:
    (x1, y1), (x2, y2) = segment
    return float(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5)


def clipped(segment: Segment, box: Box) -> float:
    """The length of a segment inside a box, its edge included (Liang–Barsky)."""
    (x1, y1), (x2, y2) = segment
    if box[2] <= box[0] or box[3] <= box[1]:
        return 0.0
    enter, leave = 0.0, 1.0
    for start, way, low, high in ((x1, x2 - x1, box[0], box[2]), (y1, y2 - y1, box[1], box[3])):
        if way == 0:
            if not low <= start <= high:
                return 0.0
            continue
        near, far = sorted(((low - start) / way, (high - start) / way))
        enter, leave = max(enter, near), min(leave, far)
    return max(0.0, leave - enter) * length(segment)


def distance(point: Point, segment: Segment) -> float:
    """From a point to the nearest place of a segment."""
    (px, py), ((x1, y1), (x2, y2)) = point, segment
    dx, dy = x2 - x1, y2 - y1
    square = dx * dx + dy * dy
    along = 0.0 if square == 0 else min(1.0, max(0.0, ((px - x1) * dx + (py - y1) * dy) / square))
    return length((point, (x1 + along * dx, y1 + along * dy)))


def proper_crossing(one: Segment, other: Segment) -> bool:
    """Do two segments cross inside both, not at an end of either?"""

    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = one, other
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def side_by_side(one: Segment, other: Segment) -> tuple[float, float]:
    """How far apart two upright or two level segments are, and over what length; (0, -1) for any others."""
    for across, along in ((0, 1), (1, 0)):
        if one[0][across] == one[1][across] and other[0][across] == other[1][across]:
            a, b = sorted((one[0][along], one[1][along]))
            c, d = sorted((other[0][along], other[1][along]))
            return abs(one[0][across] - other[0][across]), min(b, d) - max(a, c)
    return 0, -1


class Near(Generic[Item]):
    """Things by where they are: asks only what is near."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[int]] = {}
        self._items: list[Item] = []

    def add(self, box: Box, item: Item) -> None:
        for cell in self._over(box):
            self._cells.setdefault(cell, []).append(len(self._items))
        self._items.append(item)

    def of(self, box: Box) -> list[Item]:
        """What may touch a box, in the order it was added, each once."""
        found = {number for cell in self._over(box) for number in self._cells.get(cell, ())}
        return [self._items[number] for number in sorted(found)]

    @staticmethod
    def _over(box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box[0] // _CELL), int(box[2] // _CELL) + 1):
            for row in range(int(box[1] // _CELL), int(box[3] // _CELL) + 1):
                yield column, row
