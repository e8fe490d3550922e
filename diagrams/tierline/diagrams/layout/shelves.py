"""Drawings that nothing joins, put down on shelves that suit the proportion of a paper.

Promises: a large drawing comes before a small one, equals stand in the order they are given; one more at the end moves
none of the others while the paper holds it.
"""

from __future__ import annotations

from collections.abc import Sequence

from tierline.diagrams.layout.drawing import Drawing
from tierline.diagrams.paper import papers
from tierline.diagrams.scene import Box, Point

_APART = 40
_STEP = 100
"""Heights are compared in steps of this."""
_SMALL = 10
"""What takes less than such a part of all is small."""
_FRAME, _FOOT = (150, 280), 65
"""What the frame of a sheet takes of its paper, across and up; and more at the foot of one so narrow that the legend
stands above the title block."""
_NARROW = 1000


def shelved(drawings: Sequence[Drawing]) -> Drawing:
    """All drawings as one."""
    if len(drawings) == 1:
        return drawings[0]
    boxes = [_extent(drawing) for drawing in drawings]
    order = sorted(range(len(boxes)), key=lambda n: (-(_size(boxes[n])[1] // _STEP), n))
    found = Drawing(hanging=True)
    for n, (x, y) in zip(order, _places([_size(boxes[n]) for n in order])[1], strict=True):
        _add(found, drawings[n].moved(-(-(x - boxes[n][0]) // 10) * 10, -(-(y - boxes[n][1]) // 10) * 10))
    return found


def paper_of(drawings: Sequence[Drawing]) -> int:
    """Which of all papers holds the drawings, the smallest being 0."""
    return _places([_size(_extent(drawing)) for drawing in drawings])[0]


def _places(sizes: list[Point]) -> tuple[int, list[Point]]:
    """The first paper that holds all, by its number, and where each stands on it; it keeps room for one more like the
    last, where that is small."""
    areas = [wide * high for wide, high in sizes]
    kept = sizes[-1:] if areas and _SMALL * areas[-1] < sum(areas) else []
    for number, paper in enumerate(papers()):
        foot = _FOOT if paper.width < _NARROW else 0
        room = (paper.width - _FRAME[0], paper.height - _FRAME[1] - foot)
        if all(wide <= room[0] for wide, _ in sizes):
            found = list[Point]()
            high = _filled([*sizes, *kept], (0, 0), (room[0], 1 << 30), found)
            if high <= room[1]:
                return number, found[: len(sizes)]
    raise AssertionError("papers() never ends")


def _filled(sizes: list[Point], corner: Point, room: Point, found: list[Point]) -> int:
    """Put down as many of those that are left as a room holds, in order; returns how high they stand."""
    x, y = corner
    while len(found) < len(sizes):
        wide, high = sizes[len(found)]
        if wide > room[0] or y - corner[1] + high > room[1]:
            break
        found.append((x, y))
        beside = (x + wide + _APART, y)
        _filled(sizes, beside, (corner[0] + room[0] - beside[0], high), found)
        y += high + _APART
    return y - _APART - corner[1]


def _extent(drawing: Drawing) -> Box:
    boxes = [*drawing.solid, *((x, y, x, y) for wire in drawing.wires for x, y in wire.points)] or [(0, 0, 0, 0)]
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _size(box: Box) -> Point:
    return box[2] - box[0], box[3] - box[1]


def _add(found: Drawing, one: Drawing) -> None:
    """Another drawing, where it stands."""
    found.symbols += one.symbols
    found.bars += one.bars
    found.wires += one.wires
    found.groups |= one.groups
    found.solid += one.solid
    found.fallbacks += one.fallbacks
