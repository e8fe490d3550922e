"""What an edit moves on the drawings: one thing more leaves the others where they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_diagrams_geometry import Box, faults, read
from test_diagrams_twins import Plant, two_n

from tierline.diagrams import draw
from tierline.diagrams.order import in_order
from tierline.twin.model import Origin


def places(plant: Plant, spares: tuple[tuple[str, str], ...] = ()) -> dict[tuple[str, str], Box]:
    """Where everything stands on the sheets of power."""
    found: dict[tuple[str, str], Box] = {}
    for sheet in draw(replace(plant.twin(), spares=spares)):
        if sheet.name.startswith("e-"):
            drawn = read(sheet.svg)
            found |= {(sheet.name, name): box for name, box in (drawn.symbols | drawn.bars).items()}
    return found


def moved(before: Plant, after: Plant, spares: tuple[tuple[str, str], ...] = ()) -> set[str]:
    """What stands elsewhere afterwards; `spares` are the spare ways before."""
    one, other = places(before, spares), places(after)
    return {name for sheet, name in one.keys() & other.keys() if one[sheet, name] != other[sheet, name]}


def test_a_rack_more_moves_nothing() -> None:
    plant = two_n(racks=8)
    rack = plant.add("hall-1.rack-1-09", "rack", load="10 kW", frames=("hall-1: kind hall",))
    taps = [plant.add(f"hall-1.bw-1-{x}.t09", "tap-off", Origin.WAY, frames=("hall-1: kind hall",)) for x in "ab"]
    for x, tap in zip("ab", taps, strict=True):
        plant.join(f"hall-1.bw-1-{x}", tap)
    plant.cords(rack, *taps)
    assert moved(two_n(racks=8), plant) == set()


def test_a_board_more_moves_nothing() -> None:
    plant = two_n()
    plant.add("pdu-z-a", "board", voltage="400 V")
    plant.from_way("uob-a", "qz", "pdu-z-a", one_way=False)
    assert moved(two_n(), plant) <= {"uob-a"}


def test_a_module_more_moves_nothing_where_spare_ways_keep_its_place() -> None:
    spares = tuple((f"{board}-{x}", f"{way}-4") for x in "ab" for board, way in (("msb", "qui"), ("uob", "quo")))
    assert moved(two_n(), two_n(ups=4), spares) == {f"{board}.{way}" for board, way in spares}


@pytest.mark.parametrize("count", [3, 4, 6])
def test_what_feeds_a_board_stands_over_its_first_module_however_many_there_are(count: int) -> None:
    plant = two_n(ups=count, pdus=2)
    found = {name: box for (sheet, name), box in places(plant).items() if sheet == "e-100-main"}
    for x in "ab":
        middle = [(box[0] + box[2]) / 2 for box in (found[f"msb-{x}.qmi"], found[f"ups-{x}1"])]
        assert middle[0] == middle[1]


def test_a_transformer_more_moves_nothing() -> None:
    plant = two_n()
    for x in "ab":
        plant.add(f"tx2-{x}", "transformer", rating="2500 kVA", voltages="15/0.4 kV")
        plant.from_way("rmu", f"qhv2-{x}", f"tx2-{x}", rating="630 A")
        plant.to_way(f"tx2-{x}", f"msb-{x}", "qmu2", "4000 A")
    assert moved(two_n(), plant) <= {"rmu", "msb-a", "msb-b"}


def test_a_name_without_a_number_comes_before_those_with_one() -> None:
    names = ["tx-a", "tx2-a", "tx10-a", "txa", "tx", "q10", "q2", "msb-a.q1", "msb-a1"]
    assert in_order(names) == ["msb-a.q1", "msb-a1", "q2", "q10", "tx", "tx-a", "tx2-a", "tx10-a", "txa"]


def test_a_spare_way_is_drawn_and_stands_for_no_element() -> None:
    main = draw(replace(two_n().twin(), spares=(("msb-a", "q9"), ("uob-b", "quo-9"))))[0]
    assert not faults(main.svg)
    assert {"msb-a.q9", "uob-b.quo-9"} <= read(main.svg).symbols.keys()
    assert not {name for sym in main.scene.symbols for name in sym.ids if sym.kind == "spare"} & two_n().elements.keys()


def test_a_row_of_racks_more_moves_no_rack() -> None:
    plant, frames = two_n(racks=12), ("hall-1: kind hall",)
    for x in "ab":
        plant.add(f"hall-1.bw-3-{x}", "busduct", rating="250 A", frames=frames)
        plant.from_way(f"hall-1.pdu-{x}", "qr3", f"hall-1.bw-3-{x}", one_way=False, rating="250 A")
    for n in range(1, 5):
        taps = [plant.add(f"hall-1.bw-3-{x}.t{n:02d}", "tap-off", Origin.WAY, frames=frames) for x in "ab"]
        for x, tap in zip("ab", taps, strict=True):
            plant.join(f"hall-1.bw-3-{x}", tap)
        plant.cords(plant.add(f"hall-1.rack-3-{n:02d}", "rack", load="10 kW", frames=frames), *taps)
    assert not {name for name in moved(two_n(racks=12), plant) if "rack" in name or ".bw-" in name}
