"""The sheet round a drawing: its paper, border and zone grid after ISO 5457, and where the drawing stands on it.

Promises: a sheet is an ISO size to the unit, the smallest that holds it; what grows at one end moves nothing else while
the paper holds it: two paths stand about the middle of the sheet, halls and networks side by side at the top left, so
that a larger paper moves nothing, other drawings at steps of fifty millimetres.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tierline.diagrams.layout.drawing import Drawing, sym_box, text_box
from tierline.diagrams.legend import KEYS, Legend, legend_of, legend_part
from tierline.diagrams.paper import Paper, papers
from tierline.diagrams.scene import Bar, Box, Line, Part, Point, Scene, Sym, Text, Tint
from tierline.diagrams.symbols import symbol
from tierline.diagrams.title import WIDTH, Heading, illustrative, title_block

_FILING, _EDGE = 80, 40
"""Margins: 20 mm on the left, where sheets are bound, and 10 mm."""
_ROOM, _STEP, _TOP = 15, 200, 50
"""What is free round the drawing, and above it, where the mark and the names of the paths stand."""
_COMMON = 200
"""Paths so far apart have something of both between them, which stands on no path's colour."""
_ZONE, _STRIP = 200, 20
"""The zones are 50 mm from the middle of the sheet outwards, named in a strip of 5 mm outside the border."""
_BESIDE = 300
"""The symbols of a legend stand beside the title block where they have so much room, else above it."""
_HEAD = 24
"""Where the words above the drawing stand."""
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet of paper with the furniture at its foot."""

    paper: Paper
    legend: Legend
    block: int
    """How high the title block is."""

    @property
    def border(self) -> Box:
        return (_FILING, _EDGE, self.paper.width - _EDGE, self.paper.height - _EDGE)

    @property
    def beside(self) -> bool:
        return self.paper.width - _FILING - _EDGE - WIDTH - KEYS - 10 >= _BESIDE

    @property
    def room(self) -> int:
        """For the symbols of the legend, from left to right."""
        return self.paper.width - _FILING - _EDGE - KEYS - 10 - (WIDTH if self.beside else 0)

    @property
    def floor(self) -> int:
        """Where the drawing ends and the furniture begins."""
        high = self.legend.height(self.room)
        block = self.block + 10
        return self.border[3] - (max(high, block) if self.beside else high + block)

    def place(self, extent: Box, paired: bool, hanging: bool) -> Point | None:
        """How far the drawing is moved onto the paper; nothing where it does not fit. What hangs stands top left: it
        grows to the right and downwards, also onto a larger paper."""
        x1, y1, x2, y2 = extent
        left, right = self.border[0] + _ROOM - x1, self.border[2] - _ROOM - x2
        upper, lower = self.border[1] + _TOP - y1, self.floor - _ROOM - y2
        if left > right or upper > lower:
            return None
        axis = (self.border[0] + self.border[2]) // 20 * 10
        beside = _stepped(left, right, *((left, _STEP // 2) if hanging else ((left + right) // 2, _STEP)))
        dx = axis if paired and left <= axis <= right else beside
        down = 0 if hanging else (lower - upper) // 2 // _STEP * _STEP
        return dx, _stepped(upper, lower, upper + down, _STEP // 4)


def _stepped(least: int, most: int, wanted: int, step: int) -> int:
    """A place between two limits, the nearest to the one wanted: of a coarse grid where it has one there."""
    for grid in (step, 10, 1):
        near = (wanted + grid // 2) // grid * grid
        found = [place for place in (near - grid, near, near + grid) if least <= place <= most]
        if found:
            return min(found, key=lambda place: abs(place - wanted))
    return least


def framed(drawing: Drawing, heading: Heading) -> Scene:
    """The finished sheet."""
    extent, legend, paired = _extent(drawing), legend_of(drawing), len(drawing.paths) == 2
    page, (dx, dy) = _page(extent, legend, heading, paired, drawing.hanging)
    scene = _moved(drawing, dx, dy, page.paper)
    left, _, right, bottom = page.border
    lines, words = title_block(right, bottom, heading, page.paper)
    parts = (
        _border(page, heading, _named(drawing, dx, page)),
        _zone_grid(page),
        Part("title", tuple(lines), tuple(words), origin=(right, bottom)),
        *scene.parts,
        legend_part(legend, left, page.floor, page.room),
    )
    drawn = tuple(part for part in parts if part.lines or part.texts)
    return replace(scene, tints=_tints(scene, drawing, dx, page), parts=drawn, norm=heading.norm)


def _page(extent: Box, legend: Legend, heading: Heading, paired: bool, hanging: bool) -> tuple[_Page, Point]:
    """The first paper that holds the drawing and its furniture."""
    for paper in papers():
        page = _Page(paper, legend, heading.height)
        if page.room > 0 and (at := page.place(extent, paired, hanging)) is not None:
            return page, at
    raise AssertionError("papers() never ends")


def _extent(drawing: Drawing) -> Box:
    boxes = _boxes(drawing.symbols, drawing.bars)
    boxes += [(x, y, x, y) for wire in drawing.wires for x, y in wire.points]
    boxes += [(x, y, x, y) for line in drawing.lines for x, y in line.points]
    boxes += [text_box(text) for text in drawing.texts]
    if not boxes:
        return (0, 0, 0, 0)
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def _boxes(symbols: Iterable[Sym], bars: Iterable[Bar], path: str = "") -> list[Box]:
    """What symbols and bars take, with their labels: all of them, or those of a path."""
    some = [sym for sym in symbols if path in ("", sym.side)]
    more = [bar for bar in bars if path in ("", bar.side)]
    boxes = [sym_box(sym, symbol(sym.symbol)) for sym in some] + [(bar.x1, bar.y, bar.x2, bar.y) for bar in more]
    texts = [text for sym in some for text in sym.texts] + [text for bar in more for text in bar.texts]
    return boxes + [text_box(text) for text in texts]


def _moved(drawing: Drawing, dx: int, dy: int, paper: Paper) -> Scene:
    there = drawing.moved(dx, dy)
    return Scene(
        paper.width,
        paper.height,
        tuple(there.symbols),
        tuple(there.bars),
        tuple(there.wires),
        parts=(Part("table", tuple(there.lines), tuple(there.texts), origin=(dx, dy)),),
        areas=tuple(there.areas),
        groups=tuple(there.groups.items()),
        origin=(dx, dy),
        paper=paper.name,
        unit=paper.unit,
    )


def _named(drawing: Drawing, dx: int, page: _Page) -> list[Text]:
    """The names of more than two paths, above them."""
    y = page.border[1] + _HEAD + 20
    paths = drawing.paths if len(drawing.paths) != 2 else ()
    return [_path(name, (a + b) // 2 + dx, y, "middle") for name, (a, b) in paths]


def _tints(scene: Scene, drawing: Drawing, dx: int, page: _Page) -> tuple[Tint, ...]:
    """Two paths as backgrounds, from the middle outwards."""
    if len(drawing.paths) != 2:
        return ()
    (one, (_, a)), (other, (b, _)) = drawing.paths
    left, top, right, _ = page.border
    apart, middle = b - a > _COMMON, (a + b) // 2 + dx
    ends = (a + dx + _ROOM, b + dx - _ROOM) if apart else (middle - 4, middle + 4)
    feet = [_foot(scene, name) + _ROOM for name in (one, other)]
    below = [bar for bar in scene.bars if not bar.side and bar.y > max(feet) and not bar.x1 < middle < bar.x2]
    lows = feet if apart else [max(feet)] * 2 if below else [page.floor] * 2  # what is of no path stands on neither
    return (
        Tint((left + 5, top + 10, ends[0], lows[0]), "l", _path(one, left + 15, top + _HEAD, "start")),
        Tint((ends[1], top + 10, right - 5, lows[1]), "r", _path(other, right - 15, top + _HEAD, "end")),
    )


def _foot(scene: Scene, path: str) -> int:
    """Where the lowest thing of a path ends."""
    return max((box[3] for box in _boxes(scene.symbols, scene.bars, path)), default=0)


def _path(name: str, x: int, y: int, anchor: str) -> Text:
    return Text(f"PATH {name.upper()}", x, y, 13, True, anchor)


def _border(page: _Page, heading: Heading, words: list[Text]) -> Part:
    """The border, the mark of assumed numbers, and other words."""
    left, top, right, bottom = page.border
    corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    mark = illustrative((left + right) // 2, top + _HEAD, heading)
    return Part("frame", (Line(corners, "border"),), (*words, *mark))


def _zone_grid(page: _Page) -> Part:
    """The zones, and the marks of the middle of the border."""
    left, top, right, bottom = page.border
    width, height = page.paper.width, page.paper.height
    lines: list[Line] = []
    texts: list[Text] = []
    for n, (start, end, middle) in enumerate(_zones(left, right, width // 2)):
        for y, inner in ((top - _STRIP, top), (bottom + _STRIP, bottom)):
            texts.append(Text(str(n + 1), (start + end) // 2, (y + inner) // 2 + 4, 9, False, "middle"))
            if n:
                lines.append(Line(((start, y), (start, inner)), "border" if middle else "thin"))
    for n, (start, end, middle) in enumerate(_zones(top, bottom, height // 2)):
        for x, inner in ((left - _STRIP, left), (right + _STRIP, right)):
            texts.append(Text(_LETTERS[n % 24], (x + inner) // 2, (start + end) // 2 + 4, 9, False, "middle"))
            if n:
                lines.append(Line(((x, start), (inner, start)), "border" if middle else "thin"))
    return Part("zones", tuple(lines), tuple(texts), whole=True)


def _zones(start: int, end: int, middle: int) -> list[tuple[int, int, bool]]:
    """Where each zone begins and ends, and whether it begins at the middle; what is left over joins the outer ones."""
    before, after = max(1, (middle - start) // _ZONE), max(1, (end - middle) // _ZONE)
    edges = [start, *(middle + n * _ZONE for n in range(1 - before, after)), end]
    return [(a, b, a == middle) for a, b in itertools.pairwise(edges)]
