"""Scenes → one vector PDF, by our own writer: a page for each sheet on ISO paper, bookmarks, links between sheets.

Promises: text is text; fonts are embedded only for letters that readers lack; no clock, no random id; the same scenes
give the same bytes. A writer adds nothing and moves nothing: a page is as large as the sheet says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tierline.diagrams.layout.drawing import sym_box
from tierline.diagrams.pdf_font import embedded
from tierline.diagrams.pdf_objects import Objects
from tierline.diagrams.pdf_page import FONTS, LETTERS, content, hexadecimal, number
from tierline.diagrams.pdf_text import SPARE, Face, runs
from tierline.diagrams.scene import Box, Scene, texts_of
from tierline.diagrams.symbols import symbol

_POINT = 72 / 25.4
_ROOM = 150
"""How much of the sheet is shown left of and above the place a link leads to, in units."""


class Page(Protocol):
    """A sheet to be printed."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def scene(self) -> Scene: ...


@dataclass(slots=True)
class _Leaf:
    """A sheet on its paper."""

    name: str
    title: str
    scene: Scene
    number: int = 0
    """Of its page among the objects."""

    @property
    def scale(self) -> float:
        """Points in a unit."""
        return self.scene.unit * _POINT

    @property
    def height(self) -> float:
        return self.scene.height * self.scale

    def point(self, x: float, y: float) -> str:
        """From units, downwards, to points, upwards."""
        return f"{number(self.scale * x)} {number(self.height - self.scale * y)}"

    def places(self) -> Iterator[tuple[str, str, Box, tuple[str, ...]]]:
        """What stands on the sheet: where it goes on, and with what; its box; what it is."""
        for sym in self.scene.symbols:
            yield sym.ref_sheet, sym.ref_id, sym_box(sym, symbol(sym.symbol)), sym.ids
        for bar in self.scene.bars:
            yield bar.ref_sheet, bar.ref_id, (bar.x1, bar.y - 5, bar.x2, bar.y + 5), (bar.id,)


def to_pdf(pages: Sequence[Page], title: str) -> bytes:
    """All sheets of a facility as one file, each on its ISO paper."""
    return _file([_Leaf(page.name, page.title, page.scene) for page in pages], title)


def to_picture(scene: Scene) -> bytes:
    """One sheet alone, on a page that is just as large."""
    return _file([_Leaf("", "", scene)], "")


def _file(leaves: Sequence[_Leaf], title: str) -> bytes:
    objects = Objects()
    root, tree, outlines = (objects.add() for _ in range(3))
    info = objects.add(f"<< /Title {hexadecimal(title)} /Creator (Tierline) /Producer (Tierline) >>")
    words = (text for leaf in leaves for text in texts_of(leaf.scene))
    letters = any(run.face is Face.LETTERS for text in words for run in runs(text.text))
    resources = objects.add(_resources(objects, letters))
    for leaf in leaves:
        leaf.number = objects.add()
    sheets = {leaf.name: leaf for leaf in leaves}
    for sheet in leaves:
        box = f"/MediaBox [0 0 {number(sheet.scene.width * sheet.scale)} {number(sheet.height)}]"
        stream = objects.stream(content(sheet.scene, (sheet.scale, 0, 0, -sheet.scale, 0, sheet.height)))
        links = "\n".join(_links(sheet, sheets))
        objects.put(
            sheet.number,
            f"<< /Type /Page /Parent {tree} 0 R /Resources {resources} 0 R {box}\n"
            f"/Contents {stream} 0 R /Annots [{links}] >>",
        )
    kids = " ".join(f"{sheet.number} 0 R" for sheet in leaves)
    objects.put(tree, f"<< /Type /Pages /Kids [{kids}] /Count {len(leaves)} >>")
    objects.put(outlines, _outline(objects, outlines, leaves))
    labels = " ".join(f"{n} << /P {hexadecimal(leaf.name)} >>" for n, leaf in enumerate(leaves))
    objects.put(
        root,
        f"<< /Type /Catalog /Pages {tree} 0 R /Outlines {outlines} 0 R /PageMode /UseOutlines\n"
        f"/PageLabels << /Nums [{labels}] >> /ViewerPreferences << /DisplayDocTitle true >> >>",
    )
    return objects.file(root, info)


def _resources(objects: Objects, letters: bool) -> str:
    changes = " ".join(f"{code} /{name}" for code, name in SPARE.values())
    latin = objects.add(f"<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [{changes}] >>")
    found = []
    for n, name in enumerate(FONTS):
        encoding = "" if name == "Symbol" else f" /Encoding {latin} 0 R"
        font = objects.add(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name}{encoding} >>")
        found.append(f"/F{n} {font} 0 R")
    if letters:
        found += [f"/F{LETTERS + bold} {embedded(objects, bold)} 0 R" for bold in (False, True)]
    return f"<< /Font << {' '.join(found)} >> >>"


def _links(sheet: _Leaf, sheets: dict[str, _Leaf]) -> Iterator[str]:
    """Each reference leads to its partner on the other sheet."""
    for name, partner, (x1, y1, x2, y2), _ in sheet.places():
        other = sheets.get(name) if name else None  # a picture has no name, nor has what most symbols refer to
        if other is None:
            continue
        spots = (box for _, _, box, ids in other.places() if partner in ids)
        x, y = next(((box[0] - _ROOM, box[1] - _ROOM) for box in spots), (0, 0))
        yield (
            f"<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [{sheet.point(x1, y2)} {sheet.point(x2, y1)}] "
            f"/Dest [{other.number} 0 R /XYZ {other.point(max(x, 0), max(y, 0))} null] >>"
        )


def _outline(objects: Objects, parent: int, leaves: Sequence[_Leaf]) -> str:
    """The bookmarks: one for each sheet."""
    marks = [objects.add() for _ in leaves]
    for n, leaf in enumerate(leaves):
        near = f" /Prev {marks[n - 1]} 0 R" if n else ""
        near += f" /Next {marks[n + 1]} 0 R" if n + 1 < len(marks) else ""
        name = hexadecimal(f"{leaf.name}: {leaf.title}")
        objects.put(marks[n], f"<< /Title {name} /Parent {parent} 0 R{near} /Dest [{leaf.number} 0 R /Fit] >>")
    ends = f" /First {marks[0]} 0 R /Last {marks[-1]} 0 R" if marks else ""
    return f"<< /Type /Outlines /Count {len(marks)}{ends} >>"
