"""The symbols: two looks in one box, terminals on the grid, every kind and every state, nothing moved by the set."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from test_diagrams_twins import PLANTS, two_n

from tierline.cli.main import main
from tierline.diagrams import draw
from tierline.diagrams.layout.columns import facing
from tierline.diagrams.layout.drawing import standing, sym_box
from tierline.diagrams.outline import Piece, pieces
from tierline.diagrams.png import to_png
from tierline.diagrams.scene import Norm, Sym
from tierline.diagrams.symbols.catalogue import FIXED, symbol
from tierline.diagrams.symbols.loads import LOADS
from tierline.diagrams.symbols.machines import SELECTORS
from tierline.diagrams.symbols.record import CLOSED, EARTHED, OPEN, WITHDRAWN
from tierline.diagrams.symbols.sheet import symbol_scene, symbol_sheet
from tierline.diagrams.wording import end_symbol
from tierline.twin.compiler import compile_path
from tierline.twin.kinds import WAY_DEVICES
from tierline.twin.model import Element, Location, Origin

CASES = Path(__file__).parent / "cases"
MADE = (
    *(f"{shape}-{n}" for shape in (*LOADS, *SELECTORS) for n in (1, 2, 3, 4)),
    *(f"ups-{n}" for n in (2, 3, 4)),
    *(f"{shape}-aside" for shape in (*LOADS, *SELECTORS)),
    *(f"{shape}-aside{n}" for shape in LOADS for n in (3, 4, 5, 6)),
    *(f"{name}-{half}" for name in ("rack-between", "rack-below") for half in (16, 40)),
)
NAMES = (*FIXED, *MADE)
LOOKS = [(name, norm) for name in NAMES for norm in Norm]


def places(path: tuple[Piece, ...]) -> list[tuple[float, float]]:
    return [(x, y) for _, at in path for x, y in zip(at[::2], at[1::2], strict=True)]


@pytest.mark.parametrize("name", NAMES)
def test_terminals_stand_on_the_grid_at_the_edge_of_the_box(name: str) -> None:
    one = symbol(name)
    left, top, right, bottom = one.box
    assert one.name == name and one.title and top == 0
    aside = "-aside" in name
    for x, y in (*one.ins, *one.outs):
        assert x % 10 == 0 and left <= x <= right
        assert (x in (left, right) and y % 10 == 0) if aside and (x, y) in one.ins and x else y in (top, bottom)
    if one.dc:
        assert one.dc[0] in (left, right) and one.dc[1] % 5 == 0
    assert aside or not one.ins or one.ins[0][1] == 0
    assert not one.outs or (one.outs[0] == (0, bottom) and bottom % 10 == 0)


@pytest.mark.parametrize(("name", "norm"), LOOKS)
def test_what_is_drawn_stays_in_the_box(name: str, norm: Norm) -> None:
    one = symbol(name)
    left, top, right, bottom = one.box
    assert one.shapes(norm)
    for shape in one.shapes(norm):
        assert re.fullmatch(r"[MLHVCSAZ0-9 .-]+", shape.d)
        for x, y in places(pieces(shape.d)):
            assert left - 1e-6 <= x <= right + 1e-6 and top - 1e-6 <= y <= bottom + 1e-6, shape


@pytest.mark.parametrize(("name", "norm"), LOOKS)
def test_every_terminal_is_reached(name: str, norm: Norm) -> None:
    one = symbol(name)
    drawn = {at for shape in one.shapes(norm) for at in places(pieces(shape.d))}
    lines = [places(pieces(part)) for shape in one.shapes(norm) for part in re.findall("M[^M]+", shape.d)]
    for x, y in (*one.ins, *one.outs, *((one.dc,) if one.dc else ())):
        pairs = (pair for points in lines for pair in pairwise(points))
        beside = any(a[1] == b[1] == y and min(a[0], b[0]) <= x <= max(a[0], b[0]) for a, b in pairs)
        assert (x, y) in drawn or beside or name.startswith("genset"), (x, y)


def test_what_is_not_mirrored_looks_the_same_to_its_layout() -> None:
    for name in NAMES:
        one = symbol(name)
        if not one.mirrors:
            assert one.box[0] == -one.box[2] and not one.dc
            assert {(-x, y) for x, y in (*one.ins, *one.outs)} == {*one.ins, *one.outs}


def test_all_states_of_a_device_share_its_box_and_terminals() -> None:
    found: dict[str, set[str]] = {}
    for one in FIXED.values():
        if one.state:
            assert one.name.endswith(f"-{one.state}") and one.title.endswith(f", {one.state}")
            base = one.name.removesuffix(f"-{one.state}")
            found.setdefault(base, set()).add(one.state)
            first = next(FIXED[f"{base}-{state}"] for state in (CLOSED, OPEN, WITHDRAWN) if f"{base}-{state}" in FIXED)
            assert (one.box, one.ins, one.outs, one.mirrors) == (first.box, first.ins, first.outs, first.mirrors)
    for kind in WAY_DEVICES:
        power = kind not in ("valve", "damper", "tap-off")
        wanted = {OPEN, CLOSED, EARTHED} if power else {WITHDRAWN} if kind == "tap-off" else {OPEN, CLOSED, WITHDRAWN}
        assert found[kind] == wanted
    assert found["withdrawable"] == {OPEN, CLOSED, EARTHED, WITHDRAWN}


@pytest.mark.parametrize("case", ["return-ring", "return-one-valve", "return-forgotten", "return-section"])
def test_no_machine_stands_on_its_head(case: str) -> None:
    for result in compile_path(str(CASES / f"{case}.yaml")):
        assert result.twin is not None
        for sheet in draw(result.twin):
            for sym in sheet.scene.symbols:
                line = next(line for line in sheet.svg.splitlines() if f' id="{sym.id}" ' in line)
                assert sym.kind not in ("crah", "chiller") or "rotate" not in line, sym.id
            assert any(sym.flow == "up" for sym in sheet.scene.symbols) or sheet.name[0] != "m"


def test_what_stands_upright_passes_through_and_looks_the_same_to_its_layout() -> None:
    upright = [symbol(name) for name in NAMES if symbol(name).upright]
    assert {"crah", "crac", "cdu", "tower", "tank", "chiller"} <= {one.name for one in upright}
    for one in upright:
        assert one.ins == ((0, 0),) and one.outs == ((0, one.box[3]),) and one.box[0] == -one.box[2] and not one.dc
        up = Sym("x", "x", one.name, 100, 200, "lv", "", (), flow="up")
        assert standing(up, one) == replace(up, flow="down", y=200 - one.box[3])
        assert sym_box(up, one) == sym_box(standing(up, one), one)


@pytest.mark.parametrize(
    ("name", "above", "wanted"),
    [("crah-end", True, "crah-source"), ("genset-end", True, "genset"), ("tank-source", False, "tank-end"),
     ("crah-end", False, "crah-end"), ("utility", False, "utility"), ("motor-1", True, "motor-1")],
)  # fmt: skip
def test_an_end_turns_its_terminal_to_its_line(name: str, above: bool, wanted: str) -> None:
    assert facing(name, above) == wanted


@pytest.mark.parametrize("kind", ["tank", "chiller", "tower", "battery", "dc-supply", "utility", "carrier"])
def test_what_a_line_begins_with_has_a_way_out(kind: str) -> None:
    element = Element(kind, kind, Origin.WRITTEN, Location("a.yaml", 1, 1))
    one = symbol(end_symbol(element, source=True))
    assert one.name in (kind, f"{kind}-source") and one.outs == ((0, one.box[3]),) and not one.ins


@pytest.mark.parametrize("kind", ["genset", "crah", "cdu", "chiller", "day-tank", "controller", "epo", "service"])
def test_what_a_line_ends_with_has_a_way_in(kind: str) -> None:
    element = Element(kind, kind, Origin.WRITTEN, Location("a.yaml", 1, 1))
    one = symbol(end_symbol(element, source=False))
    assert one.name == f"{kind}-end" and one.ins == ((0, 0),) and not one.outs


def test_no_two_symbols_look_alike() -> None:
    for norm in Norm:
        seen: dict[str, str] = {}
        for one in FIXED.values():
            look = repr((one.shapes(norm), one.ins, one.outs))
            assert look not in seen, (one.name, seen[look])
            seen[look] = one.name


def unlooked(svg: str) -> str:
    """A sheet without the insides of its symbols and without the name of their set."""
    return re.sub("(?s)<defs>.*</defs>|<text[^>]*>after I[^<]*</text>", "", svg)


@pytest.mark.parametrize("plant", sorted(PLANTS))
def test_the_set_moves_nothing(plant: str) -> None:
    twin = PLANTS[plant]().twin()
    for iec, ansi in zip(draw(twin), draw(twin, norm=Norm.ANSI), strict=True):
        assert iec.scene.symbols == ansi.scene.symbols and iec.scene.samples == ansi.scene.samples
        if iec.scene.discipline == "power":
            assert "after IEC 60617" in iec.svg and "after IEEE 315" in ansi.svg
        assert unlooked(iec.svg) == unlooked(ansi.svg)


def test_the_command_line_chooses_the_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parent.parent)
    spec = "specs/reference/dual-loop"
    for chosen in ([], ["--symbols", "iec"], ["--symbols", "ansi"]):
        assert main(["render", spec, "-q", "--output", str(tmp_path / "".join(chosen)), *chosen]) == 0
    plain, iec, ansi = (tmp_path / name for name in ("", "--symbolsiec", "--symbolsansi"))
    for path in iec.glob("*.svg"):
        assert path.read_bytes() == (plain / path.name).read_bytes()
        assert unlooked(path.read_text()) == unlooked((ansi / path.name).read_text())
    names = [sorted(path.name for path in folder.iterdir()) for folder in (iec, ansi)]
    assert names[0] == names[1] and {name[0] for name in names[0]} >= {"e", "m", "f"}
    assert (iec / "e-100-main.svg").read_bytes() != (ansi / "e-100-main.svg").read_bytes()


@pytest.mark.parametrize("norm", Norm)
def test_the_sheet_shows_every_symbol(norm: Norm) -> None:
    shown = {name for name, _, _ in symbol_scene(norm).samples}
    half_led = {name for name in FIXED if name.endswith(("-end", "-source"))}
    assert shown >= FIXED.keys() - half_led
    assert "<text" not in symbol_sheet(norm).split("</defs>")[0]


def test_the_set_reaches_every_format() -> None:
    (iec, *_), (ansi, *_) = (draw(two_n().twin(), norm=norm) for norm in Norm)
    assert to_png(iec.scene, 40) != to_png(ansi.scene, 40)
