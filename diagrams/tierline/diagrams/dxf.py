"""Scene → DXF for CAD programs: a layer for each discipline and level, a block for each symbol, ids as attributes.

Promises: millimetres on the paper, at full size; the same scene gives the same bytes: no clock, no chance in handles or
metadata; every element of the sheet is an attribute of a block reference. Needs the extra `dxf`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import ezdxf
from ezdxf import options
from ezdxf.document import Drawing as Document
from ezdxf.layouts import Modelspace

from tierline.diagrams.dxf_blocks import (
    DASH,
    FIELDS,
    Blocks,
    clean,
    labelled,
    lettered,
    lineweight,
    millimetres,
    true_colour,
)
from tierline.diagrams.dxf_marks import add_layers, paint_bands, paint_signs, state_layer
from tierline.diagrams.layout.drawing import standing
from tierline.diagrams.look import BAR, COLOURS, DASHES, FRAME, INK, JUNCTION, LINE, LINES, TEXTS, TINTS
from tierline.diagrams.paint import mirrored, turn_of
from tierline.diagrams.paper import UNIT
from tierline.diagrams.scene import Bar, Part, Scene, Sym, Text, Wire, levels_of
from tierline.diagrams.symbols import symbol

_LONGEST = 1000
"""Characters in one attribute; longer lists of ids go on in the next one."""


def to_dxf(scene: Scene, name: str, title: str) -> bytes:
    """The text of one sheet."""
    before = options.write_fixed_meta_data_for_testing
    options.write_fixed_meta_data_for_testing = True
    try:
        document = _Writer(scene, name, ezdxf.new("R2010", units=4)).written(title)
        text = io.StringIO()
        document.write(text)
    finally:
        options.write_fixed_meta_data_for_testing = before
    return text.getvalue().encode()


@dataclass(slots=True)
class _Writer:
    """A sheet while it is written."""

    scene: Scene
    name: str
    document: Document

    def written(self, title: str) -> Document:
        self._layers()
        scene = self.scene
        blocks, model = Blocks(self.document, scene.norm), self.document.modelspace()
        for tint in scene.tints:
            x1, y1, x2, y2 = tint.box
            corners = [self.point(x, y) for x, y in ((x1, y1), (x2, y1), (x2, y2), (x1, y2))]
            fill = model.add_hatch(dxfattribs={"layer": "PATHS", "true_color": true_colour(TINTS[tint.side])})
            fill.paths.add_polyline_path(corners, is_closed=True)
            self.label(model, tint.text, "PATHS")
        for part in scene.parts:
            for one in part.all:
                self.part(model, one, "LEGEND" if part.name == "legend" else "FRAME", blocks)
        paint_bands(model, scene, self.point)
        for wire in scene.wires:
            self.wire(model, wire, blocks)
        for bar in scene.bars:
            self.bar(model, bar, blocks)
        for sym in scene.symbols:
            self.symbol(model, sym, blocks)
        paint_signs(model, scene, blocks, self.point, self.label)
        self._page(title)
        for kind in sorted({entity.dxftype() for entity in self.document.entitydb.values()}):
            self.document.classes.add_class(kind)  # else they are listed in the order of a set
        return self.document

    def part(self, model: Modelspace, part: Part, layer: str, blocks: Blocks) -> None:
        """What stands for no element."""
        for line in part.lines:
            style = FRAME[line.style]
            look = {"layer": layer, "true_color": true_colour(style.colour), "lineweight": lineweight(style.width)}
            look |= {"linetype": DASH} if style.dash else {}
            model.add_lwpolyline([self.point(*at) for at in line.points], dxfattribs=look)
        for text in part.texts:
            self.label(model, text, layer)
        for sample, x, y in part.samples:
            model.add_blockref(blocks.symbol(sample), self.point(x, y), dxfattribs={"layer": layer})

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Millimetres from the lower left corner of the sheet."""
        return millimetres(x), millimetres(self.scene.height - y)

    def layer(self, level: str) -> str:
        """By the first letter of the sheet's number, which is its discipline, and what flows."""
        return f"{self.name[:1].upper()}-{level.upper()}"

    def _layers(self) -> None:
        scene = self.scene
        used = levels_of(scene)
        for level in (level for level in COLOURS if level in used):
            weight = lineweight(LINES.get(level, LINE))
            self.document.layers.add(self.layer(level), true_color=true_colour(COLOURS[level]), lineweight=weight)
        for name in (self.layer("text"), "FRAME", "LEGEND", "PATHS"):
            self.document.layers.add(name, true_color=true_colour(INK), lineweight=lineweight(LINE))
        add_layers(self.document, scene, self.layer)

    def label(self, model: Modelspace, text: Text, layer: str) -> None:
        style = TEXTS[text.style]
        look = {"layer": layer, "true_color": true_colour(style.colour)}
        lettered(model, text, self.point(text.x, text.y), look)

    def wire(self, model: Modelspace, wire: Wire, blocks: Blocks) -> None:
        layer, points = state_layer(self.layer(wire.level), wire.marks), [self.point(*at) for at in wire.points]
        dashed = {"linetype": DASH} if wire.level in DASHES and layer == self.layer(wire.level) else {}
        model.add_lwpolyline(points, dxfattribs={"layer": layer, **dashed})
        fields = {"ID": f"{wire.a}--{wire.b}", "KIND": "wire"}
        fields |= {"IDS": " ".join(wire.runs), "MARKS": " ".join(wire.marks)}
        self.refer(model, blocks.wire(), points[0], layer, fields, {})

    def bar(self, model: Modelspace, bar: Bar, blocks: Blocks) -> None:
        """A block of one millimetre, as often as the bar is long; a dot where a wire meets it."""
        layer, at = state_layer(self.layer(bar.level), bar.marks), self.point(bar.x1, bar.y)
        name, rating = _words(bar.texts)
        fields = {"ID": bar.id, "KIND": bar.kind, "NAME": name, "RATING": rating, "SIDE": bar.side}
        fields["REFERENCE"], fields["MARKS"] = f"{bar.ref_sheet} {bar.ref_id}".strip(), " ".join(bar.marks)
        length = {"xscale": millimetres(bar.x2 - bar.x1) or millimetres(1)}
        block, dashed = blocks.bar(bar.kind == "junction"), layer != self.layer(bar.level)
        if dashed:  # a block has no dashes of its own: a broad line takes those of its layer
            wide = millimetres(JUNCTION if bar.kind == "junction" else BAR)
            ends = [at, self.point(bar.x2, bar.y)]
            model.add_lwpolyline(ends, dxfattribs={"layer": layer, "const_width": wide})
        self.refer(model, blocks.wire() if dashed else block, at, layer, fields, {} if dashed else length, bar.texts)
        for x in sorted(_taps(self.scene, bar)):
            model.add_blockref(blocks.tap(), self.point(x, bar.y), dxfattribs={"layer": layer})

    def symbol(self, model: Modelspace, sym: Sym, blocks: Blocks) -> None:
        name, rating = _words(sym.texts)
        fields = {"ID": sym.id, "KIND": sym.kind, "NAME": name, "RATING": rating}
        fields |= {"STATE": sym.state, "SIDE": sym.side}
        fields["IDS"] = " ".join(sym.ids) if sym.ids != (sym.id,) else ""
        fields["REFERENCE"], fields["MARKS"] = f"{sym.ref_sheet} {sym.ref_id}".strip(), " ".join(sym.marks)
        stands = standing(sym, symbol(sym.symbol))
        place = {"rotation": float(turn_of(stands)), "xscale": -1.0 if mirrored(sym) else 1.0}
        at = self.point(stands.x, stands.y)
        layer = state_layer(self.layer(sym.level), sym.marks)
        self.refer(model, blocks.symbol(sym.symbol), at, layer, fields, place, sym.texts)

    def refer(
        self,
        model: Modelspace,
        block: str,
        at: tuple[float, float],
        layer: str,
        fields: dict[str, str],
        place: dict[str, float],
        texts: tuple[Text, ...] = (),
    ) -> None:
        """A reference to a block, with what it stands for as attributes that are not shown, and its label as such that
        are: it moves with the block."""
        reference = model.add_blockref(block, at, dxfattribs={"layer": layer, **place})
        for tag in FIELDS:
            for more, words in enumerate(_split(fields.get(tag, "")), 1):
                known = tag if more == 1 else f"{tag}{more}"
                attribute = reference.add_attrib(known, clean(words), at, {"layer": layer, "height": millimetres(7)})
                attribute.is_invisible = True
        for n, text in enumerate(texts, 1):
            look = {"layer": self.layer("text"), "true_color": true_colour(TEXTS[text.style].colour)}
            labelled(reference, n, text, self.point(text.x, text.y), look)

    def _page(self, title: str) -> None:
        """The view when the file is opened, and a page of the paper's size."""
        scene = self.scene
        wide, high = scene.width * UNIT, scene.height * UNIT
        across, up = scene.width * scene.unit, scene.height * scene.unit
        self.document.set_modelspace_vport(high, (wide / 2, high / 2))
        page = self.document.paperspace()
        page.page_setup((across, up), margins=(0, 0, 0, 0), units="mm")
        page.add_viewport((across / 2, up / 2), (across, up), (wide / 2, high / 2), high)
        self.document.header["$PROJECTNAME"] = clean(title)


def _words(texts: tuple[Text, ...]) -> tuple[str, str]:
    """The name and the ratings of a label."""
    names = [text.text for text in texts if text.bold and not text.style]
    return " ".join(names), ", ".join(text.text for text in texts if not text.bold and not text.style)


def _taps(scene: Scene, bar: Bar) -> set[int]:
    ends = ((end, at) for wire in scene.wires for end, at in ((wire.a, wire.points[0]), (wire.b, wire.points[-1])))
    return {x for end, (x, _) in ends if end == bar.id}


def _split(words: str) -> Iterator[str]:
    """Pieces that fit into an attribute, broken between words; nothing for nothing."""
    piece = ""
    for word in words.split(" "):
        if piece and len(piece) + len(word) >= _LONGEST:
            yield piece
            piece = word
        else:
            piece = f"{piece} {word}" if piece else word
    if piece:
        yield piece
