"""PDF and PNG: the drawing of the SVG and no other, the same bytes every time, text as text, paper of ISO sizes."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import islice
from math import ceil
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import resvg_py
from fontTools.ttLib import TTFont
from numpy.typing import NDArray
from PIL import Image
from test_diagrams_svg import NASTY, shuffled
from test_diagrams_twins import AT, PLANTS, two_n

from tierline.cli.main import main
from tierline.diagrams import Sheet, draw, letters, pdf_page
from tierline.diagrams.dot import graphviz_png
from tierline.diagrams.frame import framed
from tierline.diagrams.layout.drawing import Drawing
from tierline.diagrams.letters import GLYPHS, font, widths
from tierline.diagrams.outline import circle, pieces, polygons
from tierline.diagrams.paint import Words, painted, words
from tierline.diagrams.paper import papers
from tierline.diagrams.pdf import to_pdf, to_picture
from tierline.diagrams.pdf_text import lost
from tierline.diagrams.png import to_png, too_large
from tierline.diagrams.scene import Bar, Line, Part, Scene, Text, texts_of
from tierline.diagrams.text_width import text_width
from tierline.diagrams.title import Heading
from tierline.twin.model import Value

SIZES = {"A4": (297, 210), "A3": (420, 297), "A2": (594, 420), "A1": (841, 594), "A0": (1189, 841)}
CASES = Path(__file__).parent / "cases"
POINT = 0.25 * 72 / 25.4


@cache
def plant(name: str) -> tuple[Sheet, ...]:
    return draw((two_n(pdus=3) if name == "halls" else PLANTS[name]()).twin(assumed=2))


def opened(data: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(data)


def dots(png: bytes) -> NDArray[np.int16]:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(np.int16)


def test_a_page_for_each_sheet_on_iso_paper_with_a_bookmark() -> None:
    sheets = plant("halls")
    document = opened(to_pdf(sheets, "plant"))
    assert len(document) == len(sheets) > 2
    for page, sheet in zip(document, sheets, strict=True):
        sides = SIZES[sheet.scene.paper]
        wide, high = sides if sheet.scene.width > sheet.scene.height else sides[::-1]
        assert page.get_size() == pytest.approx((wide * 72 / 25.4, high * 72 / 25.4), abs=0.001)
        assert f'width="{wide}mm" height="{high}mm" viewBox="0 0 {4 * wide} {4 * high}"' in sheet.svg
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    assert marks == [(f"{sheet.name}: {sheet.title}", n) for n, sheet in enumerate(sheets)]
    assert [document.get_page_label(n) for n in range(len(sheets))] == [sheet.name for sheet in sheets]


def test_nothing_of_a_clock_a_chance_or_a_font_is_in_the_file() -> None:
    twin = two_n(pdus=3).twin()
    data = to_pdf(draw(twin), "plant")
    assert data == to_pdf(draw(shuffled(twin, 7)), "plant")
    plain = re.sub(rb"stream\n.*?endstream", b"", data, flags=re.S)
    for word in (b"Date", b"/ID", b"/FontFile", b"/Image", b"/JavaScript", b"/URI", b"/Metadata"):
        assert word not in plain
    metadata = opened(data).get_metadata_dict(skip_empty=True)
    assert metadata == {"Title": "plant", "Creator": "Tierline", "Producer": "Tierline"}


def test_every_label_is_text_in_its_place() -> None:
    for sheet in plant("p16"):
        page = opened(to_picture(sheet.scene))[0].get_textpage()
        shown = Counter(page.get_text_range().split())
        assert not Counter(word for text in texts_of(sheet.scene) for word in text.text.split()) - shown
        for text in (sheet.scene.texts[-1], *(sym.texts[0] for sym in sheet.scene.symbols if sym.texts)):
            wanted = words(text)
            places = []
            search = page.search(text.text, match_case=True)
            while (found := search.get_next()) is not None:
                left, bottom, right, _ = page.get_rect(page.count_rects(*found) - 1)
                places.append((left / POINT, right / POINT, sheet.scene.height - bottom / POINT))
            assert any(
                abs(left - wanted.x) < 3 and abs(right - wanted.x - wanted.width) < 3 and abs(low - wanted.y) < 4
                for left, right, low in places
            ), text


def test_a_reference_is_a_link_to_its_partner() -> None:
    sheets = plant("halls")
    document = opened(to_pdf(sheets, "plant"))
    raw = pypdfium2.raw
    for n, sheet in enumerate(sheets):
        wanted = Counter(one.ref_sheet for one in (*sheet.scene.symbols, *sheet.scene.bars) if one.ref_sheet)
        found: Counter[str] = Counter()
        page = document[n]
        for k in range(raw.FPDFPage_GetAnnotCount(page)):
            link = raw.FPDFAnnot_GetLink(raw.FPDFPage_GetAnnot(page, k))
            found[sheets[raw.FPDFDest_GetDestPageIndex(document, raw.FPDFLink_GetDest(document, link))].name] += 1
        assert found == wanted


@pytest.mark.parametrize("name", ["p16", "two-n-ats", "p20", "halls"])
def test_the_lines_are_those_of_the_svg(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without their texts, which need a font of the machine in an SVG, both give the same picture."""
    monkeypatch.setattr(pdf_page._Pen, "words", lambda *_: None)
    for sheet in plant(name):
        bare = re.sub(r'<text.*?</text>|(width|height)="[0-9.]+mm"', "", sheet.svg)  # a dot a unit, to the dot
        other = dots(bytes(resvg_py.svg_to_bytes(svg_string=bare, zoom=1, dpi=96, skip_system_fonts=True)))
        ours = dots(to_png(replace(sheet.scene, unit=25.4 / 96), 96))
        assert ours.shape == other.shape
        assert (np.abs(ours - other).max(axis=2) > 96).sum() < 10
        assert (ours < 128).any(axis=2).sum() > 5000


def test_the_page_says_what_it_is_drawn_at() -> None:
    (sheet, *_) = plant("p01")
    picture = Image.open(io.BytesIO(to_png(sheet.scene, 75)))
    assert picture.size == tuple(ceil(side / 4 / 25.4 * 75) for side in (sheet.scene.width, sheet.scene.height))
    assert picture.info["dpi"] == pytest.approx((75, 75), abs=0.1)
    assert to_png(sheet.scene, 75) == to_png(sheet.scene, 75)


def one_line(text: str) -> Scene:
    return Scene(400, 40, parts=(Part("frame", texts=(Text(text, 20, 25, 13, True),)),))


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Hôpital du Point G – 2×800 kVA, 20 µF, ≥ 3 h, ≤ 40 °C", ""),
        ("Œuvre, Łódź, Ω, −5 °C → 3 €, 100 % (a\\b)", ""),
        ("Şahin ğ, kɛnɛya, ŋɔmi, Ɲɛ, ẹ̀kọ́, Жилой дом, CO₂", ""),
        ("Ségou ɛ 中文", "中文"),
        ("x² ½ ①", "①"),
    ],
)
def test_what_the_fonts_do_not_have_is_kept_for_whoever_copies(text: str, missing: str) -> None:
    assert lost(text) == missing
    copied = opened(to_picture(one_line(text)))[0].get_textpage().get_text_range()
    assert copied.replace("∆", "Δ").replace("\u2126", "Ω") == text


def test_the_letters_of_the_shipped_fonts_are_those_it_says() -> None:
    for bold in (False, True):
        shipped = TTFont(io.BytesIO(font(bold)))
        names = {chr(code): name for code, name in shipped.getBestCmap().items()}
        assert {character: shipped.getGlyphID(name) for character, name in names.items()} == GLYPHS
        assert {c: -(-shipped["hmtx"][name][0] * 1000 // 2048) for c, name in names.items()} == widths(bold)
        assert "Bitstream" not in shipped["name"].getDebugName(1) and "Vera" not in shipped["name"].getDebugName(4)
    assert (Path(letters.__file__).parent / "fonts" / "LICENSE.txt").is_file()
    data = to_picture(one_line("kɛnɛya"))
    assert data == to_picture(one_line("kɛnɛya")) and data.count(b"/FontFile2") == 2
    assert b"/FontFile2" not in to_picture(one_line("sante"))
    assert lost("ߒߞߏ, مالي") == "ߒߞߏمالي"


@pytest.mark.parametrize("form", ["pdf", "png"])
def test_a_name_that_no_font_draws_is_refused(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (CASES / "p01.yaml").read_text(encoding="utf-8")
    spec = tmp_path / "p.yaml"
    spec.write_text(text.replace("kind: ups,", "kind: ups, tag: ߒߞߏ,", 1), encoding="utf-8")
    assert render(str(spec), "--format", form, "--output", str(tmp_path / "x")) == 2
    assert "no font has 'ߒߞߏ' of 'ߒߞߏ'" in capsys.readouterr().err and not (tmp_path / "x").exists()
    assert render(str(spec), "--output", str(tmp_path / "x")) == 0
    assert any("ߒߞߏ" in path.read_text(encoding="utf-8") for path in (tmp_path / "x").iterdir())


def test_a_text_is_as_long_as_the_layout_reckoned() -> None:
    for text in ("Illinois", "MMMM WWWW", "Hôpital ï Îî", "Ł ≥ Ω →", "kɛnɛya ŋɔmi"):
        page = opened(to_picture(one_line(text)))[0].get_textpage()
        right = max(page.get_charbox(n, loose=True)[2] for n in range(page.count_chars()))
        assert right / POINT - 20 == pytest.approx(text_width(text, 13, True), abs=1.5)


def test_a_paper_is_the_smallest_and_plain_unless_it_would_be_mostly_empty() -> None:
    def of(width: int, height: int) -> tuple[str, int, int, float]:
        box = Drawing(bars=[Bar("b", "board", 0, width, 0, "lv", "")], lines=[Line(((0, 0), (0, height)), "thin")])
        scene = framed(box, Heading("plant", "e-100-main", "Main", 0))
        return scene.paper, scene.width, scene.height, scene.unit

    assert of(900, 400) == ("A4", 1188, 840, 0.25)
    assert of(600, 600) == ("A4", 840, 1188, 0.25)
    assert of(1038, 400)[0] == "A4" and of(1039, 400)[0] == "A3"
    assert of(2200, 800) == ("A2", 2376, 1680, 0.25)
    assert of(4600, 1600) == ("A0", 4756, 3364, 0.25)
    assert of(4600, 600) == ("A4x6", 5044, 1188, 0.25)
    assert of(4700, 600) == ("A4x6", 5044, 1188, 0.25)
    assert of(12_000, 600)[3] == 0.125  # no paper holds it: reduced to a half, and no longer to be read


def test_papers_are_those_of_iso_216() -> None:
    found = [one for one in islice(papers(), 48) if "x" not in one.name]
    assert {one.name: (max(one.width, one.height) / 4, min(one.width, one.height) / 4) for one in found} == SIZES


def test_what_grows_at_one_end_moves_nothing_else() -> None:
    def places(left: int, right: int, low: int, paths: bool) -> set[tuple[int, int]]:
        box = Drawing(bars=[Bar(name, "board", x, x + 50, y, "lv", "") for name, x, y in
                            (("a", left, 0), ("b", 0, 0), ("c", right, low))])  # fmt: skip
        box.paths = (("a", (left, -40)), ("b", (90, right + 50))) if paths else ()
        scene = framed(box, Heading("plant", "e-100-main", "Main", 3))
        return {(bar.x1, bar.y) for bar in scene.bars if bar.id == "b"}

    assert len(set.union(*(places(-500 - 10 * n, 600, 300, True) for n in range(12)))) == 1
    assert len(set.union(*(places(-500, 600 + 10 * n, 300, True) for n in range(12)))) == 1
    assert len(set.union(*(places(-500, 600, 300 + 10 * n, True) for n in range(8)))) == 1
    assert len(set.union(*(places(0, 600 + 10 * n, 300, False) for n in range(12)))) == 1


def test_a_picture_that_would_be_cut_off_is_refused() -> None:
    assert too_large(Scene(22_000, 100), 150) and not too_large(Scene(21_000, 100), 150)
    assert too_large(Scene(10_000, 10_000), 150)


def test_no_font_that_happens_to_be_installed_is_asked_for(tmp_path: Path) -> None:
    """PDFium is told that the machine has none: whatever name a font has, it is not found."""
    to_png(plant("p01")[0].scene, 30)
    from tierline.diagrams.png import _pdfium

    table = _pdfium()[1]
    assert not any(bool(getattr(table, name)) for name, _ in table._fields_ if name != "version")


def test_every_symbol_has_only_shapes_that_can_be_painted() -> None:
    for name in PLANTS:
        for sheet in plant(name):
            assert all(mark.path if not isinstance(mark, Words) else mark.text for mark in painted(sheet.scene))


def test_arcs_and_smooth_curves_end_where_they_are_told_to() -> None:
    for data, end in (
        ("M-6 13A6 6 0 0 1 6 13", (6, 13)),
        ("M0 5A3 3 0 0 1 0 11", (0, 11)),
        ("M0 0C1 1 2 1 3 0S5 -1 6 0", (6, 0)),
        ("M0 0 5 5 9 5", (9, 5)),
    ):
        assert pieces(data)[-1][1][-2:] == pytest.approx(end)
    low = min(at[n] for _, at in pieces("M-6 13A6 6 0 0 1 6 13") for n in range(1, len(at), 2))
    assert low == pytest.approx(7, abs=0.01)
    with pytest.raises((KeyError, ValueError)):
        pieces("M0 0A3 2 0 0 1 4 4")


def test_a_ring_of_two_arcs_is_the_circle() -> None:
    ring = pieces("M-3 10A3 3 0 0 1 3 10A3 3 0 0 1 -3 10Z")
    assert [command for command, _ in ring] == [command for command, _ in circle(0, 10, 3)]
    (corners,) = polygons(ring)
    assert all((x * x + (y - 10) ** 2) ** 0.5 == pytest.approx(3, abs=0.01) for x, y in corners)
    assert [len(one) for one in polygons(pieces("M0 0H5V5ZM9 9H12V12Z"))] == [3, 3]


def test_a_picture_leads_nowhere() -> None:
    """Most symbols refer to no sheet; that is no link to the picture itself, which has no name either."""
    assert b"/Link" not in to_picture(plant("two-n-ats")[0].scene)


def test_any_name_is_safe() -> None:
    plant_ = two_n(pdus=1, racks=2)
    for name in ("msb-a", "gen-a1", "hall-1.rack-1-01"):
        element = plant_.elements[name]
        label = Value(f"{NASTY} \ud800) Tj ET\nendstream", AT)
        plant_.elements[name] = replace(element, fields={**element.fields, "tag": label})
    sheets = draw(plant_.twin())
    document = opened(to_pdf(sheets, NASTY))
    assert len(document) == len(sheets)
    assert "endstream" in document[0].get_textpage().get_text_range()


def render(*words: str) -> int:
    return main(["render", *words])


def test_the_command_writes_one_pdf_and_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = str(CASES / "p01.yaml")
    for name in ("one", "two"):
        assert render(spec, "--format", "pdf", "--output", str(tmp_path / name)) == 0
    (first,), (second,) = (list((tmp_path / name).iterdir()) for name in ("one", "two"))
    assert first.suffix == ".pdf" and first.read_bytes() == second.read_bytes()
    assert render(spec, "--format", "png", "--dpi", "40", "--output", str(tmp_path / "three"), "-q") == 0
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in (tmp_path / "three").iterdir())
    capsys.readouterr()
    for words_, message in (
        (("--format", "pdf"), "--format pdf needs --output DIR"),
        (("--format", "pdf", "--dpi", "40", "-o", "x"), "--dpi goes with --format png"),
        (("--format", "png", "--dpi", "7", "-o", "x"), "--dpi 7 is not between 20 and 1200"),
        (("--format", "png", "--dpi", "40", "--engine", "dot", "-o", "x"), "--dpi goes with our own pictures"),
        (("--format", "png", "--engine", "no-such-dot", "-o", str(tmp_path / "x")), "no Graphviz program no-such-dot"),
    ):
        assert render(spec, *words_) == 2
        assert message in capsys.readouterr().err


def test_the_shipped_engine_draws_the_dot() -> None:
    sheet = plant("p01")[0]
    picture = graphviz_png(sheet.dot, "graphviz-pure")
    assert picture == graphviz_png(sheet.dot, "graphviz-pure")
    wide, high = Image.open(io.BytesIO(picture)).size
    assert abs(wide / high - sheet.scene.width / sheet.scene.height) < 0.1
