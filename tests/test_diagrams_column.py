"""What hangs on both paths stands in a column on the axis: mirrored, without crossings, and one more moves nothing."""

from __future__ import annotations

from test_diagrams_geometry import faults, read
from test_diagrams_twins import Plant, p01, p20

from tierline.diagrams import draw
from tierline.diagrams.lint.looks import crossings, s3
from tierline.diagrams.lint.reader import read as read_sheet
from tierline.diagrams.scene import Scene

LOADS = ("load-1", "load-2", "load-3", "load-4")


def with_loads(count: int) -> Plant:
    plant = p01()
    for n in range(5, count + 1):
        plant.add(f"load-{n}", "load", load="100 kW")
        plant.inputs(f"load-{n}", [plant.from_way(f"uob-{x}", f"q{n}", f"load-{n}") for x in "ab"])
    return plant


def bends(scene: Scene, name: str) -> list[int]:
    return [len(wire.points) - 2 for wire in scene.wires if name in (wire.a, wire.b)]


def test_loads_of_two_paths_stand_one_below_the_other_and_cross_nothing() -> None:
    sheet = draw(p01().twin())[0]
    drawn, looks = read(sheet.svg), read_sheet(sheet.svg)
    assert not faults(sheet.svg) and not crossings(looks) and s3([looks]).value == 1
    places = [drawn.symbols[name] for name in LOADS]
    assert len({box[0] for box in places}) == 1
    assert [box[1] for box in places] == sorted({box[1] for box in places})
    assert all(bends(sheet.scene, name) == [1, 1] for name in (*LOADS, "mech"))


def test_a_load_more_moves_none_of_the_column() -> None:
    one, other = (read(draw(with_loads(count).twin())[0].svg) for count in (4, 5))
    home = {tuple(b - a for a, b in zip(one.symbols[name], other.symbols[name], strict=True)) for name in LOADS}
    assert len(home) == 1


def test_of_three_paths_neighbours_share_a_column_and_what_reaches_farther_hangs_below() -> None:
    sheet = draw(p20().twin())[0]
    looks, symbols = read_sheet(sheet.svg), {sym.id: sym for sym in sheet.scene.symbols}
    assert not faults(sheet.svg) and not crossings(looks)
    loads = sorted((sym for sym in symbols.values() if sym.kind == "racks"), key=lambda sym: (sym.y, sym.x))
    assert len(loads) == 3 and loads[0].y == loads[1].y < loads[2].y
    assert loads[0].x < loads[2].x < loads[1].x


def test_what_all_of_several_paths_feed_is_entered_at_its_sides_above_what_two_share() -> None:
    for count in (3, 4):
        plant = p20()
        for n in range(4, count + 1):
            plant.add(f"gen-{n}", "genset", rating="500 kW")
            plant.add(f"msb-{n}", "board")
            plant.to_way(f"gen-{n}", f"msb-{n}", "q0")
        plant.add("house", "load", load="20 kW")
        ways = [plant.from_way(f"msb-{n}", "qh", "house") for n in range(1, count + 1)]
        plant.inputs("house", ways)
        sheet = draw(plant.twin())[0]
        symbols = {sym.id: sym for sym in sheet.scene.symbols}
        assert not faults(sheet.svg) and symbols["house"].symbol == f"load-aside{count}"
        assert sorted(bends(sheet.scene, "house")) == ([0, 1, 1] if count == 3 else [1] * 4)
        assert symbols["house"].y < min(sym.y for sym in symbols.values() if sym.kind == "racks")


def test_a_source_between_two_paths_feeds_straight_down_and_the_tie_passes_below_it() -> None:
    plant = p01(tie=1)
    plant.add("util", "utility", voltage="400 V")
    for x in "ab":
        plant.to_way("util", f"msb-{x}", "q0")
    sheet = draw(plant.twin())[0]
    assert not faults(sheet.svg) and s3([read_sheet(sheet.svg)]).value == 1
    straight = ("msb-a.q0", "msb-b.q0", "tie-g", "gb-a.q9")
    assert all(bends(sheet.scene, name) == [0, 0] for name in straight)


def test_a_switch_with_what_it_feeds_stands_in_the_column_with_its_preferred_side_drawn() -> None:
    plant = p01()
    for n, first in ((1, "ab"), (2, "ba")):
        plant.add(f"ats-{n}", "ats")
        plant.inputs(f"ats-{n}", [plant.from_way(f"mcc-{x}", f"qk{n}", f"ats-{n}") for x in first])
        plant.add(f"ch-{n}", "chiller", rating="400 kW")
        plant.from_way(f"ats-{n}", "q1", f"ch-{n}")
    sheet = draw(plant.twin())[0]
    looks, symbols = read_sheet(sheet.svg), {sym.id: sym for sym in sheet.scene.symbols}
    assert not faults(sheet.svg) and not crossings(looks) and s3([looks]).value == 1
    assert {symbols[f"{name}-{n}"].x for name in ("ats", "ch") for n in (1, 2)} == {symbols["mech"].x}
    assert [symbols[f"ats-{n}"].flipped for n in (1, 2)] == [False, True]
    assert symbols["ats-1"].y < symbols["ch-1"].y < symbols["ats-2"].y
