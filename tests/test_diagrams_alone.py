"""What nothing joins is drawn too: an element of every kind, alone in a facility and beside others."""

from __future__ import annotations

import pytest
from test_diagrams_disciplines import drawn_cleanly

from tierline.cli.lint import wanted
from tierline.diagrams import draw
from tierline.diagrams.lint.bars import lint
from tierline.twin.compiler import compile_text
from tierline.twin.kinds import KINDS

BESIDE = """
  gen-1: {kind: genset, to: msb.q1}
  msb: {kind: board}
  house: {kind: load, load: 1 kW, inputs: [msb.q2]}
  ch-1: {kind: chiller, to: chw.v1, needs: {power: msb.q3}}
  chw: {kind: header, carries: chilled-water}
  dcs-1: {kind: dc-supply, from: msb.q4}
  plc-1: {kind: controller, needs: {power: dcs-1.q1}}
"""
CARRY = ("pump", "header", "section", "pipe", "valve", "control-valve", "check-valve", "strainer", "vessel")
ALONE = [
    *((kind, "") for kind in KINDS if kind not in ("cord", *CARRY)),
    *((kind, medium) for kind in CARRY for medium in ("chilled-water", "condenser-water", "fuel", "water")),
    *((kind, "dc") for kind in ("board", "bus", "busduct")),
    ("utility", "water"),
    ("tank", "water"),
]


@pytest.mark.parametrize("beside", ["", BESIDE], ids=["alone", "beside"])
def test_what_nothing_joins_is_drawn_once(beside: str) -> None:
    for kind, medium in ALONE:
        fields = {"kind": kind} | ({"carries": medium} if medium else {})
        fields |= {"load": "1 kW"} if kind in ("rack", "racks", "load") else {}
        fields |= {"count": "3"} if kind == "racks" else {}
        written = ", ".join(f"{key}: {value}" for key, value in fields.items())
        text = f"tierline: 1\nfacility: alone\nelements:\n  x-1: {{{written}}}\n{beside}"
        twin = compile_text(text, "alone.yaml").twin
        assert twin is not None, text
        found = lint({sheet.name: sheet.svg for sheet in draw(twin)}, wanted(twin))
        wrong = {one.id: one.findings for one in found.results if one.findings}
        assert not wrong, (kind, medium, wrong)


def test_equal_feeders_of_what_only_some_ducts_join_are_drawn_apart() -> None:
    text = """
tierline: 1
facility: air
elements:
  gen: {kind: genset, to: b.q0}
  b: {kind: board}
  dx-<n=1..6>: {kind: cooling-unit, needs: {power: b.q<n>}}
  du-<n=5..6>: {kind: duct, from: dx-<n>}
"""
    main = next(sheet for sheet in drawn_cleanly(compile_text(text, "air.yaml").twin) if sheet.name == "e-100-main")
    assert {sym.ids for sym in main.scene.symbols if len(sym.ids) > 1 and sym.ids[0] == "dx-1"} == {
        ("dx-1", "dx-2", "dx-3", "dx-4")
    }
