"""Where a sheet is free: everything that stands on it as boxes, and places near something that touch none of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise

from tierline.diagrams.layout.drawing import grown, overlap, sym_box, text_box
from tierline.diagrams.scene import Box, Point, Scene, texts_of
from tierline.diagrams.symbols import symbol

_CELL, _STEP = 60, 20
_BAR = 4
"""Half the height of a bar with its dots."""


class Free:
    """What is taken on a sheet; what is put there is taken too."""

    def __init__(self, scene: Scene) -> None:
        self._cells: dict[Point, list[Box]] = {}
        self._boxes: list[Box] = []
        self.page: Box = (0, 0, scene.width, scene.height)
        for box in _taken(scene):
            self.take(box)

    def take(self, box: Box) -> None:
        self._boxes.append(box)
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append(box)

    def is_free(self, box: Box, margin: int = 2) -> bool:
        wide = grown(box, margin)
        inside = box[0] >= 0 and box[1] >= 0 and box[2] <= self.page[2] and box[3] <= self.page[3]
        return inside and not any(overlap(wide, other) for cell in _cells(wide) for other in self._cells.get(cell, ()))

    def beside(self, box: Box, width: int, height: int) -> Box | None:
        """The nearest free place of a size beside something, or along it; None if all is taken around it."""
        for place in _round(box, width, height):
            if self.is_free(place):
                return place
        return None

    def nearest(self, width: int, height: int, near: Point, margin: int) -> Point | None:
        """The free place on a coarse grid for a block of a size, whose edge is nearest to a point."""
        sums = self._sums(margin)
        across, up = -(-width // _STEP), -(-height // _STEP)
        places = [
            (i * _STEP, j * _STEP)
            for j in range(1, len(sums) - up)
            for i in range(1, len(sums[0]) - across)
            if sums[j + up][i + across] - sums[j][i + across] - sums[j + up][i] + sums[j][i] == 0
        ]
        return min(places, key=lambda at: (far(at, width, height, near), at), default=None)

    def _sums(self, margin: int) -> list[list[int]]:
        """How many cells of a coarse grid are taken above and left of each corner."""
        columns, rows = self.page[2] // _STEP, self.page[3] // _STEP
        taken = [bytearray(columns) for _ in range(rows)]
        for x1, y1, x2, y2 in (grown(box, margin) for box in self._boxes):
            left, right = max(0, x1 // _STEP), min(columns, (x2 - 1) // _STEP + 1)
            for row in taken[max(0, y1 // _STEP) : max(0, (y2 - 1) // _STEP + 1)]:
                row[left:right] = b"\1" * max(0, right - left)
        sums = [[0] * (columns + 1)]
        for row in taken:
            above = sums[-1]
            sums.append([0, *(a + b for a, b in zip(above[1:], accumulate(row), strict=True))])
        return sums


def far(at: Point, width: int, height: int, point: Point) -> int:
    """How far a block is from a point, to its nearest edge."""
    (x, y), (px, py) = at, point
    return max(x - px, 0, px - x - width) + max(y - py, 0, py - y - height)


def _taken(scene: Scene) -> Iterator[Box]:
    for sym in scene.symbols:
        yield sym_box(sym, symbol(sym.symbol))
    for bar in scene.bars:
        yield bar.x1, bar.y - _BAR, bar.x2, bar.y + _BAR
    for text in texts_of(scene):
        yield text_box(text)
    for name, x, y in scene.samples:
        x1, y1, x2, y2 = symbol(name).box
        yield x + x1, y + y1, x + x2, y + y2
    yield from (sign.box for sign in scene.signs if sign.box is not None)
    lines = (*scene.lines, *(line for sign in scene.signs for line in sign.lines))
    for points in (*(wire.points for wire in scene.wires), *(line.points for line in lines)):
        for (ax, ay), (bx, by) in pairwise(points):
            yield min(ax, bx) - 1, min(ay, by) - 1, max(ax, bx) + 1, max(ay, by) + 1


def _cells(box: Box) -> Iterator[Point]:
    for x in range(box[0] // _CELL, box[2] // _CELL + 1):
        for y in range(box[1] // _CELL, box[3] // _CELL + 1):
            yield x, y


def _round(box: Box, width: int, height: int) -> Iterator[Box]:
    """Places round a box, the near ones first: at its sides, along its upper and lower edge, at its corners."""
    x1, y1, x2, y2 = box
    middle, half = (x1 + x2) // 2, (y1 + y2) // 2
    for gap in (3, 6, 10, 15, 22, 30, 40):
        left, right, above, below = x1 - gap - width, x2 + gap, y1 - gap - height, y2 + gap
        along = [half - height // 2, y1, y2 - height, *range(y1 + 10, y2 - height, 20)]
        across = [middle - width // 2, x1, x2 - width, *_outwards(x1, x2 - width, 10)]
        places = [(x, y) for y in along for x in (right, left)]
        places += [(x, y) for x in across for y in (above, below)]
        places += [(x, y) for x in (right, left) for y in (above, below)]
        yield from ((x, y, x + width, y + height) for x, y in dict.fromkeys(places))


def _outwards(start: int, end: int, step: int) -> Iterable[int]:
    """Steps from both ends towards the middle."""
    for n in range(max(0, (end - start) // (2 * step))):
        yield start + n * step
        yield end - n * step
