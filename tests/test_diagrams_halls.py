"""Random halls: rows of racks on busways that boards of the hall feed, or other sheets; some have very long names.

More of them: `python tests/test_diagrams_halls.py 100`.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from test_diagrams_geometry import faults, read
from test_diagrams_twins import Plant

from tierline.diagrams.disciplines import DISCIPLINES
from tierline.diagrams.frame import framed
from tierline.diagrams.layout.hall import lay_out_hall
from tierline.diagrams.svg import to_svg
from tierline.diagrams.title import Heading
from tierline.twin.compiler import compile_path
from tierline.twin.model import Origin, Twin

BAMAKO = Path(__file__).parent.parent / "specs" / "bamako"
LONG = "-of-the-northern-extension-phase-two"
FRAMES = ("hall-1: kind hall",)


def hall(dice: random.Random) -> Plant:
    """Up to five rows; on either side one board of the hall, two, or none."""
    p, rows = Plant(), dice.randint(1, 5)
    bars: dict[tuple[str, int], str] = {}
    for x in "ab":
        p.add(f"uob-{x}", "board", voltage="400 V")
        p.add(f"gen-{x}", "genset", rating="2 MW")
        p.to_way(f"gen-{x}", f"uob-{x}", "qg")
        boards = [p.add(f"hall-1.pdu{k}-{x}{LONG * (dice.random() < 0.1)}", "board", voltage="400 V", frames=FRAMES)
                  for k in range(dice.randint(0, 2))]  # fmt: skip
        for k, board in enumerate(boards):
            p.from_way(f"uob-{x}", f"qh{k}", board, one_way=False, rating="400 A")
        for row in range(rows):
            name = f"hall-1.bw-{row}-{x}{LONG * (dice.random() < 0.1)}"
            bars[x, row] = p.add(name, "busduct", rating="250 A", frames=FRAMES)
            board = boards[row * len(boards) // rows] if boards else f"uob-{x}"
            p.from_way(board, f"qr{row}", name, one_way=False, rating="250 A")
    for row in range(rows):
        for n in range(max(dice.randint(6, 22), 18 // rows)):
            rack = p.add(f"hall-1.rack-{row}-{n}{LONG * (dice.random() < 0.02)}", "rack", load="10 kW", frames=FRAMES)
            sides = "ab" if dice.random() < 0.97 else "a"
            taps = [p.add(f"{bars[x, row]}.t{n}", "tap-off", Origin.WAY, frames=FRAMES) for x in sides]
            for x, tap in zip(sides, taps, strict=True):
                p.join(bars[x, row], tap)
            p.cords(rack, *taps)
    return p


def sheets(twin: Twin) -> list[tuple[str, bool]]:
    """The hall sheets of a twin, each with whether it has the form of a hall."""
    power = DISCIPLINES[0]
    plans = [plan for plan in power.plans(twin) if plan.hall]
    scenes = [framed(power.lay_out(plan), Heading("plant", plan.name, plan.title, 0)) for plan in plans]
    formed = [lay_out_hall(plan.view) is not None for plan in plans]
    texts = [to_svg(scene, plan.name, plan.title) for scene, plan in zip(scenes, plans, strict=True)]
    return list(zip(texts, formed, strict=True))


def measured(seed: int) -> tuple[list[str], int, int]:
    """Faults, sheets of another form, sheets."""
    found = sheets(hall(random.Random(f"hall {seed}")).twin())
    return [fault for svg, _ in found for fault in faults(svg)], sum(not form for _, form in found), len(found)


def test_random_halls_are_drawn_cleanly() -> None:
    for seed in range(8):
        wrong, other, count = measured(seed)
        assert count and not wrong and not other, (seed, wrong[:5])


def test_the_halls_of_bamako_stand_on_the_paper_an_office_prints() -> None:
    (result,) = compile_path(str(BAMAKO))
    assert result.twin is not None
    found = sheets(result.twin)
    assert len(found) == 5 and all(form for _, form in found)
    assert all('data-paper="A3"' in svg for svg, _ in found)
    bars = read(found[0][0]).bars
    assert bars["hall-1.pdu-a"][1] == bars["hall-1.pdu-b"][1] < bars["hall-1.bw-1-a"][1]


if __name__ == "__main__":
    total = other = faulty = 0
    for number in range(int(sys.argv[1]) if len(sys.argv) > 1 else 100):
        wrong, some, count = measured(number)
        faulty += bool(wrong)
        total, other = total + count, other + some
        for fault in wrong[:2]:
            print(number, fault)
    print(f"{total} hall sheets, {faulty} with faults, {other} of another form")
