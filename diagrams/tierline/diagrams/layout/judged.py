"""Whether a drawing keeps what it promises, by the bars of the lint, before it has a frame.

Promises: what it calls clean has no H1 to H9; the size of the letters on paper and the frame are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from tierline.diagrams.layout.drawing import Drawing, sym_box, turned
from tierline.diagrams.lint.labels import h1, h2, h3
from tierline.diagrams.lint.looks import crossings
from tierline.diagrams.lint.records import Node, Sheet, Text, Wire
from tierline.diagrams.lint.spacing import h7, symbols_too_close
from tierline.diagrams.lint.wires import h4, h5, h6, h8, too_close
from tierline.diagrams.scene import Sym
from tierline.diagrams.scene import Text as Label
from tierline.diagrams.symbols import symbol
from tierline.diagrams.text_width import text_width

_BARS = (h1, h2, h3, h4, h5, h6, h7, h8, too_close, symbols_too_close)
_HALF = 2.5


def faults(drawing: Drawing) -> Iterator[str]:
    """What is wrong, in words, one at a time."""
    sheet = _sheet(drawing)
    return chain.from_iterable(bar(sheet) for bar in _BARS)


def is_clean(drawing: Drawing) -> bool:
    return next(faults(drawing), None) is None


def crossed(drawing: Drawing) -> int:
    """How often wires cross, also wires of one net."""
    return crossings(_sheet(drawing), within=True)


def _sheet(drawing: Drawing) -> Sheet:
    bars = tuple(
        Node(bar.id, bar.kind, bar.side, (bar.x1, bar.y - _HALF, bar.x2, bar.y + _HALF), (), (), axis)
        for bar in drawing.bars
        for axis in [((bar.x1, bar.y), (bar.x2, bar.y))]
    )
    wires = tuple(Wire(f"w-{wire.a}--{wire.b}", wire.a, wire.b, wire.points) for wire in drawing.wires)
    texts = [_text(sym.id, text) for sym in drawing.symbols for text in sym.texts]
    texts += [_text(bar.id, text) for bar in drawing.bars for text in bar.texts]
    symbols = tuple(map(_node, drawing.symbols))
    return Sheet("", "", "", 0, 0, (0, 0), "", symbols=symbols, bars=bars, wires=wires, texts=tuple(texts))


def _node(sym: Sym) -> Node:
    shape = symbol(sym.symbol)
    ports = [turned(sym, port) for port in (*shape.ins, *shape.outs, *([shape.dc] if shape.dc else []))]
    return Node(
        sym.id, sym.kind, sym.side, sym_box(sym, shape), (), tuple((sym.x + x, sym.y + y) for x, y in ports)
    )


def _text(owner: str, text: Label) -> Text:
    long = text_width(text.text, text.size, text.bold)
    left = text.x - {"middle": long / 2, "end": long}.get(text.anchor, 0)
    top = text.y - 0.76 * text.size
    return Text(owner, text.text, (left, top, left + long, top + 0.94 * text.size), text.size)
