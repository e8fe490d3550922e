"""Scene → DOT with every place pinned, and PNG through a Graphviz engine.

Promises: Graphviz decides nothing; `neato -n2` draws our geometry. Only text goes in and bytes come out: no
image file is read, so every engine gives the same picture.
"""

from __future__ import annotations

import itertools
import shutil
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import graphviz
from graphviz.backend import dot_command

from tierline.diagrams.layout.drawing import sym_box
from tierline.diagrams.look import COLOURS, INK
from tierline.diagrams.scene import Bar, Scene, Sym, Text, Wire
from tierline.diagrams.symbols import symbol
from tierline.diagrams.text_width import text_width

_SCALE = 0.75
"""Points per unit."""
_LOOK = {
    "genset": ("circle", "G"),
    "ups": ("box", "UPS"),
    "transformer": ("ellipse", "T"),
    "utility": ("box", "U"),
    "ats": ("box", "ATS"),
    "sts": ("box", "STS"),
    "rack": ("box", "IT"),
    "xref": ("pentagon", ""),
}


def _words(scene: Scene) -> Iterator[Text]:
    """What stands for no element; the legend explains symbols that are not drawn here."""
    for part in scene.parts:
        yield from part.texts if part.name != "legend" else ()


def to_dot(scene: Scene, name: str) -> str:
    """The sheet as DOT: symbols as boxes with their kind, bars as thick boxes, wires as pinned edges."""
    graph = graphviz.Digraph(
        name,
        graph_attr={
            "splines": "true",
            "bb": f"0,0,{scene.width * _SCALE:g},{scene.height * _SCALE:g}",
            "outputorder": "edgesfirst",
        },
    )
    graph.attr(
        "node", shape="box", fontname="Helvetica", fontsize="5", margin="0", fixedsize="true", label=""
    )
    graph.attr("edge", arrowhead="none")
    for text in (*_words(scene), *(tint.text for tint in scene.tints)):
        _text(graph, text, scene)
    for bar in scene.bars:
        _bar(graph, bar, scene)
    for sym in scene.symbols:
        _symbol(graph, sym, scene)
    for wire in scene.wires:
        _wire(graph, wire, scene)
    return str(graph.source)


def _place(x: float, y: float, scene: Scene) -> str:
    return f"{x * _SCALE:g},{(scene.height - y) * _SCALE:g}"


def _text(graph: graphviz.Digraph, text: Text, scene: Scene) -> None:
    words = graphviz.escape(text.text)
    half = text_width(text.text, text.size, text.bold) / 2
    x = text.x + {"start": half, "middle": 0, "end": -half}[text.anchor]
    font = "Helvetica-Bold" if text.bold else "Helvetica"
    graph.node(
        f"t{len(graph.body)}",
        words,
        shape="plaintext",
        fixedsize="false",
        fontname=font,
        fontsize=f"{text.size * _SCALE:g}",
        pos=_place(x, text.y - text.size / 3, scene) + "!",
    )


def _bar(graph: graphviz.Digraph, bar: Bar, scene: Scene) -> None:
    graph.node(
        _name(bar.id),
        "",
        style="filled",
        color=COLOURS[bar.level],
        fillcolor=COLOURS[bar.level],
        width=_inches(bar.x2 - bar.x1),
        height=_inches(4),
        tooltip=graphviz.escape(bar.id),
        pos=_place((bar.x1 + bar.x2) / 2, bar.y, scene) + "!",
    )
    for text in bar.texts:
        _text(graph, text, scene)


def _symbol(graph: graphviz.Digraph, sym: Sym, scene: Scene) -> None:
    x1, y1, x2, y2 = sym_box(sym, symbol(sym.symbol))
    look = _LOOK.get(sym.kind, ("box", ""))
    style = "dashed" if sym.state == "open" else "solid"
    graph.node(
        _name(sym.id),
        look[1],
        shape=look[0],
        style=style,
        color=COLOURS[sym.level],
        fontcolor=INK,
        width=_inches(x2 - x1),
        height=_inches(y2 - y1),
        tooltip=graphviz.escape(sym.id),
        pos=_place((x1 + x2) / 2, (y1 + y2) / 2, scene) + "!",
    )
    for text in sym.texts:
        _text(graph, text, scene)


def _wire(graph: graphviz.Digraph, wire: Wire, scene: Scene) -> None:
    """A polyline as a spline: the corner points three times over are straight Bézier pieces."""
    corners = [_place(x, y, scene) for x, y in wire.points]
    spline = [corners[0]]
    for a, b in itertools.pairwise(corners):
        spline += [a, b, b]
    graph.edge(_name(wire.a), _name(wire.b), color=COLOURS[wire.level], pos=" ".join(spline))


def _name(element: str) -> str:
    return f"e:{element}".replace(":", "/")


def _inches(units: int) -> str:
    return f"{units / 96:g}"


def graphviz_png(dot: str, engine: str) -> bytes:
    """The picture that a Graphviz program makes of a sheet's DOT; `graphviz-pure` is installed with ours."""
    before = dot_command.DOT_BINARY
    dot_command.DOT_BINARY = Path(shutil.which(engine, path=sysconfig.get_path("scripts")) or engine)
    try:
        return bytes(graphviz.pipe("neato", "png", dot.encode(), neato_no_op=2, quiet=True))
    finally:
        dot_command.DOT_BINARY = before
