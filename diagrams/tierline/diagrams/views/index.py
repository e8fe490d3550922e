"""The index: every sheet with its number, title, discipline, paper, and how much it shows."""

from __future__ import annotations

from collections.abc import Sequence

from tierline.diagrams.layout.drawing import Drawing
from tierline.diagrams.order import number
from tierline.diagrams.scene import Line, Scene, Text
from tierline.diagrams.text_width import text_width

NAME, TITLE = "z-001-index", "Index of sheets"
_HEADS = ("Sheet", "Title", "Discipline", "Paper", "Elements", "References", "Wires")
_ROW, _SIZE = 20, 9


def index_table(sheets: Sequence[tuple[str, str, Scene]]) -> Drawing:
    """A table of sheets, given by name, title and scene."""
    rows = [_HEADS, *(_row(*sheet) for sheet in sheets)]
    widths = [max(text_width(row[n], _SIZE, True) for row in rows) + 24 for n in range(len(_HEADS))]
    drawing = Drawing()
    for k, row in enumerate(rows):
        x, y = 0, k * _ROW
        for n, word in enumerate(row):
            drawing.texts.append(Text(word, x + 10, y + 14, _SIZE, k == 0 or n == 0))
            x += widths[n]
        drawing.lines.append(Line(((0, y), (x, y)), "thin" if k != 1 else "frame"))
    edges = [sum(widths[:n]) for n in range(len(widths) + 1)]
    bottom = len(rows) * _ROW
    drawing.lines.append(Line(((0, bottom), (edges[-1], bottom)), "thin"))
    drawing.lines += [Line(((x, 0), (x, bottom)), "thin") for x in edges]
    return drawing


def _row(name: str, title: str, scene: Scene) -> tuple[str, ...]:
    symbols = [sym for sym in scene.symbols if not sym.ref_sheet]
    shown = sum(len(sym.ids) for sym in symbols)
    shown += sum(bar.kind not in ("junction", "return") and not bar.ref_sheet for bar in scene.bars)
    shown += sum(len(wire.runs) for wire in scene.wires)
    references = len(scene.symbols) - len(symbols)
    counts = (str(shown), str(references), str(len(scene.wires)))
    return (number(name), title, scene.discipline, scene.paper, *counts)
