"""What an edit moves on the drawings: one thing more leaves the others where they are."""

from __future__ import annotations

from test_diagrams_geometry import Box, read
from test_diagrams_twins import Plant, two_n

from tierline.diagrams import draw
from tierline.twin.model import Origin


def places(plant: Plant) -> dict[tuple[str, str], Box]:
    """Where everything stands on the sheets of power."""
    found: dict[tuple[str, str], Box] = {}
    for sheet in draw(plant.twin()):
        if sheet.name.startswith("e-"):
            drawn = read(sheet.svg)
            found |= {(sheet.name, name): box for name, box in (drawn.symbols | drawn.bars).items()}
    return found


def moved(before: Plant, after: Plant) -> set[str]:
    one, other = places(before), places(after)
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
