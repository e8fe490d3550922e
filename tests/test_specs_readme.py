"""The language by example agrees with the language: every example compiles, every closed list is complete."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from tierline.twin.compiler import compile_text
from tierline.twin.kinds import KINDS
from tierline.twin.model import Dimension
from tierline.twin.spec.file import File, Settings
from tierline.twin.spec.written import Provenance
from tierline.twin.units import UNITS

HOME = Path(__file__).resolve().parent.parent
PAGE = (HOME / "specs/README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)

NEIGHBOURS = {
    "ups-<x><n>": "  msb-<x>: {kind: board}\n  uob-<x>: {kind: board}\n  bw-<x>: {kind: busduct}\n",
    "ups-400": "  uob-<x=a|b>: {kind: board}\n",
    "gen-a1": """\
  gb-a: {kind: board}
  dt-a1: {kind: day-tank}
  cg-a1: {kind: controller}
  pms-<x=a|b>: {kind: controller}
  lo-a1: {kind: damper, given: [air]}
""",
    "uv-a": """\
  dcb-a: {kind: board, carries: dc}
  mcc-a: {kind: board}
  gb-a: {kind: board}
  msb-a: {kind: board, from: {q0: gb-a.q9}}
  ups-a1: {kind: ups, from: msb-a.q1}
  ups-a2: {kind: ups, from: msb-a.q2}
""",
    "car-1": "  pdu-<x=a|b>: {kind: board}\n  rack-1: {kind: rack, load: 1 kW, cords: [pdu-a.t1, pdu-b.t1]}\n",
    "ch-a": "  hc-a: {kind: header, carries: chilled-water}\n  ml-<x=a|b>: {kind: header, carries: water}\n"
    "  mcc-a: {kind: board}\n",
    "chw": "  mcc-a: {kind: board}\nrooms: {hall: {}}\n",
    "one-bypass": """elements:
  sob: {kind: board}
  uob-<i=1..2>: {kind: board, from: {qx: sob.q<i>}, ways: {qx: {normally: open}}}
  gb: {kind: board}
  msb-<x=a|b>: {kind: board, from: {q0: gb.q<x>}}
  tie: {kind: breaker, between: [msb-a.q9, msb-b.q9], normally: open}
""",
    "core-network": "elements:\n  pdu-1<x=a|b>: {kind: board}\nrooms: {hall-1: {}}\n",
}
"""What an example takes for granted, by the first thing it declares."""


def section(title: str) -> str:
    """The text below a heading, up to the next one."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def ticked(text: str) -> set[str]:
    return {word for tick in re.findall(r"`([^`]+)`", text) for word in tick.split()}


def whole(example: str) -> str:
    """An example as a facility that could be checked."""
    declared = re.findall(r"^ *(\S+):", example, re.MULTILINE)
    if declared[0] not in File.model_fields:
        example = "elements:\n" + textwrap.indent(example, "  ")
    beside = next((text for name, text in NEIGHBOURS.items() if name in declared[:4]), "")
    return f"tierline: 1\n{example}{beside}"


@pytest.mark.parametrize("example", BLOCK.findall(PAGE))
def test_every_example_compiles(example: str) -> None:
    compiled = compile_text(whole(example))
    assert compiled.twin, compiled.diagnostics


def test_the_facility_on_the_first_page_compiles() -> None:
    (example,) = BLOCK.findall((HOME / "README.md").read_text(encoding="utf-8"))
    compiled = compile_text(example)
    assert compiled.twin and not compiled.diagnostics


def test_all_top_keys_are_explained() -> None:
    rows = re.findall(r"^\| (`[^|]+) \|", section("A facility is a folder"), re.MULTILINE)
    assert ticked(" ".join(rows)) == File.model_fields.keys()


def test_all_settings_are_explained() -> None:
    rows = re.findall(r"^\| `(\w+): ", section("Settings"), re.MULTILINE)
    assert set(rows) == Settings.model_fields.keys() - Provenance.model_fields.keys()


def test_all_kinds_are_listed() -> None:
    rows = re.findall(r"^\| \w+ \| (.+) \|$", section("Kinds there are"), re.MULTILINE)
    assert KINDS.keys() - {"cord"} <= ticked(" ".join(rows))


def test_all_listed_units_exist_and_every_dimension_has_one() -> None:
    row = re.search(r"^\| W .+\n.+\n(\| °C .+)$", section("Numbers"), re.MULTILINE)
    assert row
    listed = set(row[0].replace("|", " ").replace("-", " ").split())
    assert listed <= UNITS.keys()
    assert {UNITS[unit][0] for unit in listed} == set(Dimension)
