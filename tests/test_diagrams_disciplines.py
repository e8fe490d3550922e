"""The sheets of all disciplines: clean geometry, every element once, and references in pairs."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from functools import cache
from pathlib import Path

from test_diagrams_geometry import SVG
from test_diagrams_svg import shown, shuffled

from tierline.cli.lint import wanted
from tierline.diagrams import Sheet, draw
from tierline.diagrams.disciplines import DISCIPLINES
from tierline.diagrams.frame import framed
from tierline.diagrams.lint.bars import lint
from tierline.diagrams.look import COLOURS
from tierline.diagrams.paint import Outline, painted
from tierline.diagrams.references import linked
from tierline.diagrams.svg import to_svg
from tierline.diagrams.title import Heading
from tierline.twin.compiler import compile_path, compile_text
from tierline.twin.model import Twin

HERE = Path(__file__).parent
BAMAKO = HERE.parent / "specs" / "bamako"


def drawn(twin: Twin) -> dict[str, str]:
    """The sheets of every discipline but power, which has tests of its own."""
    found = {}
    beyond = {one.name: one for one in DISCIPLINES if one.name != "power"}
    for plan in linked([plan for one in DISCIPLINES for plan in one.plans(twin)]):
        if plan.discipline in beyond:
            scene = framed(beyond[plan.discipline].lay_out(plan), Heading("plant", plan.name, plan.title, 0))
            found[plan.name] = to_svg(scene, plan.name, plan.title)
    return found


def drawn_cleanly(twin: Twin | None) -> tuple[Sheet, ...]:
    """The sheets of a twin, on which the lint finds nothing."""
    assert twin is not None
    found = draw(twin)
    linted = lint({sheet.name: sheet.svg for sheet in found}, wanted(twin))
    assert not [one.findings for one in linted.results if one.findings]
    return found


@cache
def bamako() -> Twin:
    (result,) = compile_path(str(BAMAKO))
    assert result.twin is not None
    return result.twin


@cache
def sheets() -> tuple[Sheet, ...]:
    return draw(bamako())


def test_every_element_of_bamako_stands_on_one_sheet() -> None:
    found = Counter(shown(bamako()))
    assert set(found) == set(bamako().elements)
    assert not [name for name, count in found.items() if count > 1]


def test_what_two_disciplines_draw_names_both_sheets() -> None:
    items = [
        (sheet.name, item)
        for sheet in sheets()
        for block in ET.fromstring(sheet.svg).iterfind(f".//{SVG}g[@class='blk']")
        for item in block
    ]
    homes = {
        name: (sheet, (item.get("data-also") or "").split())
        for sheet, item in items
        if item.get("data-kind") not in (None, "xref") and not item.get("data-ref-sheet")
        for name in (item.get("data-ids") or item.get("data-id") or item.get("id") or "").split()
    }
    across = [
        (sheet, item)
        for sheet, item in items
        if item.get("data-kind") == "xref" and (item.get("data-ref-sheet") or "e")[0] != sheet[0]
    ]
    assert len(across) > 20
    for sheet, item in across:
        home, also = homes[item.get("data-ref-id") or ""]
        assert home == item.get("data-ref-sheet") and sheet in also


def test_the_order_of_declaration_changes_no_discipline() -> None:
    twin = bamako()
    assert drawn(shuffled(twin, 1)) == drawn(twin)


def test_each_sheet_says_its_discipline() -> None:
    found = {sheet.svg.split('data-discipline="')[1].split('"')[0] for sheet in sheets()}
    assert {"power", "cooling", "fuel", "network", "control"} <= found


def test_a_sheet_that_many_ways_come_from_is_named_once() -> None:
    (sheet,) = (sheet for sheet in sheets() if sheet.name == "m-101-cooling-hc-a")
    assert "1. Ways in italics without a sheet supply from E-200." in sheet.svg
    (crah,) = (sym for sym in sheet.scene.symbols if sym.id == "hall-1.crah-a1")
    assert [text.text for text in crah.texts if text.style == "ref"] == ["mub-a.qc-h1a1"]
    assert crah.also == ("e-200-services",)
    main = sheets()[0]
    (genset,) = (sym for sym in main.scene.symbols if sym.id == "gen-a1")
    assert "F-101:" in [text.text for text in genset.texts] and "NOTES" not in main.svg


def test_what_flows_back_is_told_without_colour() -> None:
    (sheet,) = (sheet for sheet in sheets() if sheet.name == "m-101-cooling-hc-a")
    assert ".w.chr,.chr line,.key.chr{stroke-dasharray:12 4}" in sheet.svg
    back = [mark for mark in painted(sheet.scene) if isinstance(mark, Outline) and mark.stroke == COLOURS["chr"]]
    dashed = [mark for mark in back if mark.dash]
    assert len(dashed) == sum(one.level == "chr" for one in (*sheet.scene.wires, *sheet.scene.bars)) + 1  # the key


def test_a_dc_riser_is_a_bar_with_a_tap_off_for_each_floor() -> None:
    """Boards and busways of d.c. are bars of the sheet of controls, and stand nowhere else."""
    (result,) = compile_path(str(HERE / "cases" / "dc-risers.yaml"))
    assert result.twin is not None
    power, control = (sheet.scene for sheet in draw(result.twin)[:2])
    bars = {bar.id: bar for bar in control.bars}
    for side in "ab":
        on_riser = [wire for wire in control.wires if f"riser-{side}" in (wire.a, wire.b)]
        assert bars[f"riser-{side}"].kind == "busduct" and len(on_riser) == 3
        for floor in (1, 2):
            assert bars[f"db-{floor}{side}"].kind == "board"
    kinds = {sym.id: sym.symbol for sym in control.symbols}
    assert kinds["riser-a.t1"] == kinds["riser-b.t2"] == "tap-off"
    assert all(kinds[f"dcs-{side}"].startswith("dc-supply") for side in "ab")
    above, below = bars["riser-a"].y, bars["riser-b"].y
    assert all(above < sym.y < below for sym in control.symbols if sym.kind == "release")
    assert not {"dcb-a", "riser-a", "db-1a"} & {bar.id for bar in power.bars}
    assert {sym.symbol for sym in power.symbols if sym.id.startswith("dcs-")} == {"rectifier-1"}


def test_a_switch_on_two_boards_says_where_it_is_fed_from() -> None:
    text = """
tierline: 1
facility: switches
elements:
  gen: {kind: genset, to: b.q1}
  b: {kind: board}
  c: {kind: board, from: b.q2}
  car: {kind: carrier}
  er: {kind: entrance, from: car}
  sw-1: {kind: network-switch, from: er, needs: {power: [b.s1, c.s1]}}
  sw-2: {kind: network-switch, from: sw-1, needs: {power: c.s2}}
  mail: {kind: service, from: sw-2}
"""
    sheets = drawn_cleanly(compile_text(text, "switches.yaml").twin)
    network = next(sheet for sheet in sheets if sheet.name.startswith("n-"))
    bar = next(bar for bar in network.scene.bars if bar.id == "sw-1")
    assert bar.also == ("e-100-main",)
    assert [text.text for text in bar.texts] == ["sw-1", "network switch", "E-100:", "b.s1", "c.s1"]


def test_a_shared_battery_meets_no_power_terminal_and_controls_do_not_join_their_supplies() -> None:
    text = """
tierline: 1
facility: dc
elements:
  msb: {kind: board}
  ups-<n=1..2>: {kind: ups, from: msb.u<n>, needs: {battery: bat.q<n>}}
  bat: {kind: battery}
  dcs-<n=1..2>: {kind: dc-supply, from: msb.d<n>}
  plc: {kind: controller, needs: {power: [dcs-1.q1, dcs-2.q1]}}
  one: {kind: controller, needs: {power: dcs-1.q2}}
"""
    for written, noted in ((text, True), (text.replace(", dcs-2.q1", ""), False)):
        twin = compile_text(written, "dc.yaml").twin
        assert twin is not None
        control = next(sheet for sheet in draw(twin) if sheet.name.startswith("c-101"))
        assert {sym.symbol for sym in control.scene.symbols if sym.id.startswith("ups")} == {"ups-end"}
        assert noted is any("takes one of them at a time" in text.text for text in control.scene.texts)
