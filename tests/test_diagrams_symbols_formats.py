"""Every symbol in both sets, turned every way: PDF and DXF draw what the SVG draws."""

from __future__ import annotations

import io
from functools import cache
from itertools import pairwise

import ezdxf
import numpy as np
import pytest
import resvg_py
from ezdxf import bbox
from ezdxf.document import Drawing
from ezdxf.entities import Insert
from ezdxf.path import make_path
from test_diagrams_pdf import dots

from tierline.diagrams.dxf import to_dxf
from tierline.diagrams.layout.drawing import sym_box
from tierline.diagrams.outline import Piece, polygons
from tierline.diagrams.paint import shapes_of
from tierline.diagrams.png import to_png
from tierline.diagrams.scene import Norm, Scene, Sym
from tierline.diagrams.svg import to_svg
from tierline.diagrams.symbols.catalogue import FIXED, symbol

NAMES = (*FIXED, "ats-2", "ats-3", "sts-2", "pou-switch-2", "ups-2", "load-2", "chiller-1", "rack-between-32", "box-2")
WAYS = (("down", False), ("down", True), ("right", False), ("left", False), ("up", False))
CELL = 140
MM = 0.25


def board(norm: Norm, unit: float = MM) -> Scene:
    """Eight symbols in a row, each in every way it may lie."""
    symbols = []
    for n, name in enumerate(NAMES):
        for column, (flow, flipped) in enumerate(WAYS):
            x, y = CELL * (column + len(WAYS) * (n % 8)) + 70, CELL * (n // 8) + 70
            key = f"{name}/{flow}/{flipped}"
            symbols.append(Sym(key, "x", name, x, y, "lv", "", (), (), flow=flow, flipped=flipped))
    return Scene(CELL * len(WAYS) * 8, CELL * (len(NAMES) // 8 + 1), tuple(symbols), norm=norm, unit=unit)


@pytest.mark.parametrize("norm", Norm)
def test_the_pdf_draws_every_symbol_as_the_svg(norm: Norm) -> None:
    scene = board(norm, 25.4 / 96)
    text = to_svg(scene, "x", "x")
    other = dots(bytes(resvg_py.svg_to_bytes(svg_string=text, zoom=1, dpi=96, skip_system_fonts=True)))
    ours = dots(to_png(scene, 96))
    assert ours.shape == other.shape
    wrong = np.abs(ours - other).max(axis=2) > 110
    for sym in scene.symbols:
        cell = np.s_[sym.y - 70 : sym.y + 70, sym.x - 70 : sym.x + 70]
        inked = (other[cell] < 128).any(axis=2).sum()
        assert inked > 20, sym.id
        assert wrong[cell].sum() <= 4 + 0.02 * inked, (sym.id, int(wrong[cell].sum()), int(inked))


@cache
def opened(norm: Norm) -> Drawing:
    """The board as a DXF file, read again."""
    return ezdxf.read(io.StringIO(to_dxf(board(norm), "e-1", "x").decode()))


@pytest.mark.parametrize("norm", Norm)
def test_the_dxf_keeps_every_symbol_in_its_box(norm: Norm) -> None:
    scene, document = board(norm), opened(norm)
    audit = document.audit()
    assert not audit.errors and not audit.fixes
    found = (one for one in document.modelspace().query("INSERT") if isinstance(one, Insert))
    inserts = {one.get_attrib_text("ID"): one for one in found}
    for sym in scene.symbols:
        if sym.flipped:
            continue
        x1, y1, x2, y2 = sym_box(sym, symbol(sym.symbol))
        drawn = bbox.extents(inserts[sym.id].virtual_entities())
        assert drawn.has_data, sym.id
        assert drawn.extmin.x >= x1 * MM - 0.05 and drawn.extmax.x <= x2 * MM + 0.05, sym.id
        assert drawn.extmin.y >= (scene.height - y2) * MM - 0.05, sym.id
        assert drawn.extmax.y <= (scene.height - y1) * MM + 0.05, sym.id


def length(points: list[tuple[float, ...]]) -> float:
    return sum(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a, b in pairwise(points))


@pytest.mark.parametrize("norm", Norm)
def test_the_dxf_draws_every_stroke(norm: Norm) -> None:
    """As many millimetres of line in a block as the shapes of the symbol have."""
    document = opened(norm)
    for name in NAMES:
        wanted = 0.0
        for shape in shapes_of(name, norm):
            for corners in polygons(shape.path) if shape.stroke else ():
                wanted += length(corners)
            wanted += sum(closing(shape.path)) if shape.stroke else 0
        lines = (one for one in document.blocks[name] if one.dxftype() in ("LWPOLYLINE", "SPLINE", "CIRCLE"))
        drawn = sum(length([(v.x, v.y) for v in make_path(one).flattening(0.01, 16)]) for one in lines)
        assert drawn == pytest.approx(wanted * MM, rel=0.02), name


def closing(path: tuple[Piece, ...]) -> list[float]:
    """How long the lines are that close a part."""
    found, start, before = [], (0.0, 0.0), (0.0, 0.0)
    for command, at in path:
        if command == "M":
            start = (at[0], at[1])
        if command == "Z":
            found.append(length([before, start]))
        before = start if command == "Z" else (at[-2], at[-1])
    return found
