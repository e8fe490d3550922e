"""Marks in a DXF: what is isolated, dead or unsure on layers of its own, and every kind of sign on one of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ezdxf.document import Drawing as Document
from ezdxf.layouts import Modelspace

from tierline.diagrams.dxf_blocks import Blocks, lineweight, millimetres, true_colour
from tierline.diagrams.look import BADGES, INK, STATES, Style
from tierline.diagrams.marks.value import LINES
from tierline.diagrams.paint import sign_style
from tierline.diagrams.scene import Line, Scene, Text

Place = Callable[[float, float], tuple[float, float]]
Label = Callable[[Modelspace, Text, str], None]


def state_layer(layer: str, marks: tuple[str, ...]) -> str:
    """The layer of something marked: beside the one it would stand on, by the mark that changes its lines."""
    found = next((mark for mark in marks if mark in LINES), "")
    return f"{layer}-{found.upper()}" if found else layer


def add_layers(document: Document, scene: Scene, layer_of: Callable[[str], str]) -> None:
    """The layers of what is marked, each with the dash and the weight of its state, and those of signs."""
    marked = {(sym.level, mark) for sym in scene.symbols for mark in sym.marks if mark in LINES}
    marked |= {(bar.level, mark) for bar in scene.bars for mark in bar.marks if mark in LINES}
    marked |= {(wire.level, mark) for wire in scene.wires for mark in wire.marks if mark in LINES}
    for level, mark in sorted(marked):
        style, name = STATES[mark], state_layer(layer_of(level), (mark,))
        colour, weight = true_colour(style.colour), lineweight(style.width)
        document.layers.add(name, linetype=_linetype(document, style), true_color=colour, lineweight=weight)
    for mark in sorted({sign.mark for sign in scene.signs} | {line.style for line in scene.bands}):
        document.layers.add(f"MARK-{mark.upper()}", true_color=true_colour(BADGES.get(mark, INK)))


def paint_bands(model: Modelspace, scene: Scene, place: Place) -> None:
    for line in scene.bands:
        _line(model, line, "MARK-BAND", place)


def paint_signs(model: Modelspace, scene: Scene, blocks: Blocks, place: Place, label: Label) -> None:
    """Badges as references to their blocks, frames and plates as lines."""
    for sign in scene.signs:
        layer = f"MARK-{sign.mark.upper()}"
        for line in sign.lines:
            _line(model, line, layer, place)
        for name, x, y in sign.samples:
            look = {"layer": layer, "true_color": true_colour(BADGES[name.removeprefix("sign-")])}
            model.add_blockref(blocks.symbol(name), place(x, y), dxfattribs=look)
        for text in sign.texts:
            label(model, text, layer)


def _line(model: Modelspace, line: Line, layer: str, place: Place) -> None:
    style = sign_style(line)
    look = {"layer": layer, "true_color": true_colour(style.colour), "lineweight": lineweight(style.width)}
    assert model.doc is not None
    look |= {"linetype": _linetype(model.doc, style)} if style.dash else {}
    model.add_lwpolyline([place(*at) for at in line.points], dxfattribs=look)


def _linetype(document: Document, style: Style) -> str:
    """The line type of a dash, made when it is first needed."""
    if not style.dash:
        return "Continuous"
    name = f"TIERLINE-{'-'.join(f'{10 * one:g}' for one in style.dash)}"
    if name not in document.linetypes:
        lengths = [*_pattern(style.dash)]
        document.linetypes.add(name, [sum(map(abs, lengths)), *lengths], description=name)
    return name


def _pattern(dash: tuple[float, ...]) -> Iterator[float]:
    """Strokes as they are, gaps negative."""
    for n, length in enumerate(dash):
        yield millimetres(length) * (-1 if n % 2 else 1)
