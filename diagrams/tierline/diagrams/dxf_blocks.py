"""The blocks of a DXF: symbols, bars, taps and wires, with the fields that their references carry.

Promises: a block is drawn from the same shapes as every other format, on layer 0, so that it takes the colour of the
layer its reference stands on; curves stay curves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ezdxf.colors import BYLAYER
from ezdxf.document import Drawing as Document
from ezdxf.entities import Insert
from ezdxf.enums import TextEntityAlignment
from ezdxf.layouts import BaseLayout, BlockLayout

from tierline.diagrams.look import BAR, JUNCTION, TAP, text_style
from tierline.diagrams.outline import Piece, polygons
from tierline.diagrams.paint import CURRENT, Outline, shapes_of
from tierline.diagrams.paper import UNIT
from tierline.diagrams.scene import Norm, Text

FIELDS = ("ID", "KIND", "NAME", "RATING", "STATE", "SIDE", "IDS", "REFERENCE", "MARKS")
_FACES = {
    (False, False): ("TIERLINE", "arial.ttf"),
    (True, False): ("TIERLINE-BOLD", "arialbd.ttf"),
    (False, True): ("TIERLINE-ITALIC", "ariali.ttf"),
    (True, True): ("TIERLINE-BOLD-ITALIC", "arialbi.ttf"),
}
_CAPITALS = 0.716
"""How high capitals are in these fonts: what CAD programs call the height of a text."""
_ANCHORS = {
    "start": TextEntityAlignment.LEFT,
    "middle": TextEntityAlignment.CENTER,
    "end": TextEntityAlignment.RIGHT,
}
_WEIGHTS = (0, 5, 9, 13, 15, 18, 20, 25, 30, 35, 40, 50, 53, 60, 70, 80, 90, 100, 106, 120, 140, 158, 200, 211)
"""The weights of a line that DXF knows, in hundredths of a millimetre."""
DASH = "TIERLINE-DASH"
_CONTROL = {code: " " for code in (*range(32), 0x7F, 0x85, 0x2028, 0x2029, *range(0xD800, 0xE000))}


def millimetres(units: float) -> float:
    return round(units * UNIT, 4)


def lineweight(units: float) -> int:
    wanted = units * UNIT * 100
    return min(_WEIGHTS, key=lambda one: abs(one - wanted))


def true_colour(colour: str) -> int:
    return int(colour[1:], 16)


def clean(text: str) -> str:
    """A text on one line, in which nothing is taken for a code of CAD programs."""
    return text.translate(_CONTROL).replace("%%", "%%%%%%").replace("^", "^ ").replace("\\U+", "\\ U+")


def lettered(place: BaseLayout, text: Text, at: tuple[float, float], look: dict[str, Any]) -> None:
    """A line of text at its place."""
    place.add_text(clean(text.text), dxfattribs=_letters(text) | look).set_placement(at, align=_ANCHORS[text.anchor])


def labelled(reference: Insert, n: int, text: Text, at: tuple[float, float], look: dict[str, Any]) -> None:
    """A line of the label of a block reference: an attribute, so that it moves with the block."""
    attribute = reference.add_attrib(f"LABEL{n}", clean(text.text), at, _letters(text) | look)
    attribute.set_placement(at, align=_ANCHORS[text.anchor])


def _letters(text: Text) -> dict[str, Any]:
    style = text_style(text.style, text.bold)
    return {"height": millimetres(text.size * _CAPITALS), "style": _FACES[style.bold, style.italic][0]}


@dataclass(slots=True)
class Blocks:
    """The blocks of a document, each made when it is first needed."""

    document: Document
    norm: Norm
    made: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for name, font in _FACES.values():
            self.document.styles.add(name, font=font)
        self.document.linetypes.add(DASH, [millimetres(4.5), millimetres(2.5), -millimetres(2)], description="- - -")

    def symbol(self, name: str) -> str:
        if name not in self.made:
            block = self._new(name)
            for shape in shapes_of(name, self.norm):
                _drawn(block, shape)
        return name

    def bar(self, junction: bool) -> str:
        """One millimetre of a bar."""
        name, half = ("JUNCTION", JUNCTION / 2) if junction else ("BAR", BAR / 2)
        if name not in self.made:
            high = millimetres(half)
            corners = ((0.0, -high), (1.0, -high), (0.0, high), (1.0, high))
            self._new(name).add_solid(corners, dxfattribs={"layer": "0"})
        return name

    def tap(self) -> str:
        if "TAP" not in self.made:
            block = self._new("TAP", fields=False)
            fill = block.add_hatch(BYLAYER, dxfattribs={"layer": "0"})
            fill.paths.add_edge_path().add_arc((0, 0), millimetres(TAP), 0, 360)
        return "TAP"

    def wire(self) -> str:
        """Nothing to see: what a wire stands for."""
        if "WIRE" not in self.made:
            self._new("WIRE")
        return "WIRE"

    def _new(self, name: str, fields: bool = True) -> BlockLayout:
        self.made.add(name)
        block = self.document.blocks.new(name)
        for tag in FIELDS if fields else ():
            attribute = block.add_attdef(tag, (0, 0), dxfattribs={"layer": "0", "height": millimetres(7)})
            attribute.is_invisible = True
        return block


def _point(x: float, y: float) -> tuple[float, float]:
    return millimetres(x), millimetres(-y)


def _drawn(block: BlockLayout, shape: Outline) -> None:
    """A shape in a block. White fillings are left out: nothing lies under them."""
    look: dict[str, Any] = {"layer": "0", "lineweight": lineweight(shape.width)}
    if shape.dash:
        look["linetype"] = DASH
    if shape.fill == CURRENT:
        fill = block.add_hatch(BYLAYER, dxfattribs={"layer": "0"})
        fill.transparency = 1 - shape.opacity
        for corners in polygons(shape.path):
            fill.paths.add_polyline_path([_point(*corner) for corner in corners], is_closed=True)
    if not shape.stroke:
        return
    starts = [n for n, (command, _) in enumerate(shape.path) if command == "M"]
    for start, end in pairwise((*starts, len(shape.path))):
        path = shape.path[start:end]
        if [command for command, _ in path] == ["M", "C", "C", "C", "C", "Z"]:
            (one, y), (other, _) = path[0][1][-2:], path[2][1][-2:]
            block.add_circle(_point((one + other) / 2, y), millimetres(abs(other - one) / 2), dxfattribs=look)
        else:
            _strokes(block, path, look)


def _strokes(block: BlockLayout, path: tuple[Piece, ...], look: dict[str, Any]) -> None:
    """Straight pieces as polylines, curves as curves between them."""
    points: list[tuple[float, float]] = []
    start = (0.0, 0.0)

    def finish() -> None:
        if len(points) > 1:
            block.add_lwpolyline(points, dxfattribs=look)

    for command, at in path:
        if command == "M":
            finish()
            points = [start := _point(at[0], at[1])]
        elif command == "L":
            points.append(_point(at[0], at[1]))
        elif command == "Z":
            points.append(start)
        else:
            finish()
            ends = [points[-1], *(_point(at[n], at[n + 1]) for n in (0, 2, 4))]
            block.add_open_spline(ends, 3, dxfattribs=look)
            points = [ends[-1]]
    finish()
