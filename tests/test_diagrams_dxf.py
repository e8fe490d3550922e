"""DXF: opens without a complaint, holds every element as an attribute, and is the same bytes every time."""

from __future__ import annotations

import io
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import ezdxf
import pytest
from ezdxf import options
from ezdxf.document import Drawing
from test_diagrams_pdf import SIZES
from test_diagrams_svg import NASTY, printed_under_seeds, shown, shuffled
from test_diagrams_twins import AT, PLANTS, two_n

from tierline.cli.main import main
from tierline.diagrams import Sheet, draw
from tierline.diagrams.dxf import to_dxf
from tierline.diagrams.dxf_blocks import FIELDS, clean
from tierline.diagrams.look import COLOURS
from tierline.diagrams.scene import Part, Scene, Text, texts_of
from tierline.twin.model import Twin, Value

HERE = Path(__file__).parent
MM = 0.25


def written(sheet: Sheet) -> bytes:
    return to_dxf(sheet.scene, sheet.name, sheet.title)


def opened(data: bytes) -> Drawing:
    document = ezdxf.read(io.StringIO(data.decode()))
    audit = document.audit()
    assert not audit.errors and not audit.fixes, [str(one.message) for one in (*audit.errors, *audit.fixes)]
    return document


def fields(document: Drawing) -> list[dict[str, str]]:
    """The attributes of every block reference that has any."""
    found = [
        {attribute.dxf.tag: attribute.dxf.text for attribute in insert.attribs}
        for insert in document.modelspace().query("INSERT")
    ]
    return [one for one in found if one]


def elements(twin: Twin) -> set[str]:
    """Every element that the attributes of all sheets name."""
    found = set()
    for sheet in draw(twin):
        for one in fields(opened(written(sheet))):
            for tag, words in one.items():
                if tag.startswith("ID"):
                    found |= set(words.split())
    return found


@pytest.mark.parametrize("name", sorted(PLANTS))
def test_it_opens_and_every_element_is_an_attribute(name: str) -> None:
    twin = PLANTS[name]().twin()
    assert set(shown(twin)) <= elements(twin)


def test_symbols_stand_where_the_scene_has_them() -> None:
    for sheet in draw(two_n(pdus=3).twin(assumed=1)):
        scene, model = sheet.scene, opened(written(sheet)).modelspace()
        by_id = {
            attribute.dxf.text: insert
            for insert in model.query("INSERT")
            for attribute in insert.attribs
            if attribute.dxf.tag == "ID" and insert.dxf.name != "WIRE"
        }
        for sym in scene.symbols:
            insert = by_id[sym.id]
            assert insert.dxf.name == sym.symbol and insert.dxf.layer == f"E-{sym.level.upper()}"
            assert insert.dxf.insert.isclose((sym.x * MM, (scene.height - sym.y) * MM, 0), abs_tol=0.001)
        for bar in scene.bars:
            assert by_id[bar.id].dxf.xscale == pytest.approx((bar.x2 - bar.x1) * MM, abs=0.001)
        wires = [line for line in model.query("LWPOLYLINE") if line.dxf.layer not in ("FRAME", "LEGEND", "0")]
        assert len(wires) == len(scene.wires)
        texts = Counter(text.dxf.text for text in model.query("TEXT"))
        labels = [one for insert in model.query("INSERT") for one in insert.attribs if one.dxf.tag.startswith("LABEL")]
        assert not any(one.is_invisible for one in labels)
        texts.update(one.dxf.text for one in labels)
        for sym in scene.symbols:  # its label is its own: it moves with the symbol
            own = [one.dxf.text for one in by_id[sym.id].attribs if one.dxf.tag.startswith("LABEL")]
            assert own == [clean(text.text) for text in sym.texts]
        assert texts == Counter(clean(text.text) for text in texts_of(scene))


def test_a_block_holds_its_fields_and_takes_the_colour_of_the_layer() -> None:
    (sheet, *_) = draw(PLANTS["p16"]().twin())
    document = opened(written(sheet))
    names = {sym.symbol for sym in sheet.scene.symbols}
    for name in names:
        block = document.blocks[name]
        assert {one.dxf.layer for one in block} == {"0"}
        assert {one.dxf.color for one in block if one.dxftype() != "ATTDEF"} == {256}
        assert tuple(one.dxf.tag for one in block.query("ATTDEF")) == FIELDS
    for layer in document.layers:
        level = layer.dxf.name.removeprefix("E-").lower()
        if level in COLOURS:
            assert layer.dxf.true_color == int(COLOURS[level][1:], 16)
    ups = next(one for one in fields(document) if one["KIND"] == "ups")
    assert ups["RATING"].endswith("kW") and ups["NAME"] == ups["ID"]


def test_the_page_has_the_size_of_the_paper() -> None:
    (sheet, *_) = draw(PLANTS["p01"]().twin())
    document = opened(written(sheet))
    assert document.units == 4
    page = document.paperspace()
    assert (page.dxf.paper_width, page.dxf.paper_height) == (sheet.scene.width / 4, sheet.scene.height / 4)
    assert {sheet.scene.width, sheet.scene.height} == {4 * side for side in SIZES[sheet.scene.paper]}


def test_the_bytes_are_the_same_for_any_order_and_any_seed() -> None:
    twin = two_n(pdus=3).twin()
    one = [written(sheet) for sheet in draw(twin)]
    assert one == [written(sheet) for sheet in draw(shuffled(twin, 3))]
    assert options.write_fixed_meta_data_for_testing is False
    code = (
        "import hashlib; from test_diagrams_dxf import written; from test_diagrams_twins import two_n; "
        "from tierline.diagrams import draw; "
        "print(*(hashlib.sha256(written(s)).hexdigest() for s in draw(two_n(pdus=3).twin())))"
    )
    assert len(printed_under_seeds(code, "1", "271828")) == 1


def test_any_name_is_safe_and_long_lists_go_on() -> None:
    plant = two_n(pdus=1, racks=2)
    for name in ("msb-a", "gen-a1", "hall-1.rack-1-01"):
        element = plant.elements[name]
        label = Value(f"{NASTY}\n0\nEOF %%c \\U+00e9 ^J", AT)
        plant.elements[name] = replace(element, fields={**element.fields, "tag": label})
    for sheet in draw(plant.twin()):
        opened(written(sheet))
    (sheet, *_) = draw(PLANTS["p01"]().twin())
    sym = replace(sheet.scene.symbols[0], ids=tuple(f"element-number-{n}" for n in range(400)))
    document = opened(to_dxf(replace(sheet.scene, symbols=(sym,)), "e-100-main", "x"))
    (one,) = [one for one in fields(document) if one["ID"] == sym.id]
    parts = [words for tag, words in one.items() if tag.startswith("IDS")]
    assert " ".join(parts).split() == list(sym.ids) and max(map(len, parts)) <= 1000
    assert [tag for tag in one if tag.startswith("IDS")][:2] == ["IDS", "IDS2"]


def test_nothing_in_a_label_is_a_code_of_cad_programs() -> None:
    scene = Scene(300, 50, parts=(Part("frame", texts=(Text("50 %%c ^J \\U+00e9 é 中", 10, 20),)),))
    (text,) = opened(to_dxf(scene, "e-1", "x")).modelspace().query("TEXT")
    assert text.plain_text() == "50 %%c ^J \\ U+00e9 é 中"


def test_the_command_writes_a_file_for_each_sheet(tmp_path: Path) -> None:
    assert main(["render", str(HERE / "cases" / "p01.yaml"), "--format", "dxf", "-o", str(tmp_path), "-q"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["e-100-main.dxf"]


def test_without_the_extra_the_message_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [
        name for name in sys.modules if name.split(".")[0] == "ezdxf" or name.startswith("tierline.diagrams.dxf")
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "ezdxf", None)
    spec = str(HERE / "cases" / "p01.yaml")
    assert main(["render", spec, "--format", "dxf", "-o", str(tmp_path / "x")]) == 2
    err = capsys.readouterr().err
    assert "--format dxf needs the package ezdxf" in err and sys.prefix in err and "pip install" in err
    assert not (tmp_path / "x").exists()
