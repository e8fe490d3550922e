"""Random systems of every topology, drawn: no fault of geometry, and how many wires no rule covers.

The gate draws a few. All of them, with the share of fallback routes: `python tests/test_diagrams_topologies.py 550`.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable

import pytest
from test_diagrams_geometry import faults, read
from test_diagrams_twins import Plant, p01, p16, p18, two_n

from tierline.diagrams import draw


def system(p: Plant, name: str, gens: int, modules: int, bypass: bool) -> None:
    """One power system: sets, main board, UPS modules, output board."""
    p.add(f"msb-{name}", "board", voltage="400 V")
    p.add(f"uob-{name}", "board")
    for n in range(1, gens + 1):
        p.add(f"gen-{name}{n}" if name.isalpha() else f"gen-{name}", "genset", rating="500 kW")
        p.to_way(f"gen-{name}{n}" if name.isalpha() else f"gen-{name}", f"msb-{name}", f"qg{n}")
    for n in range(1, modules + 1):
        p.add(f"ups-{name}-m{n}", "ups", rating="240 kW")
        p.from_way(f"msb-{name}", f"qu{n}", f"ups-{name}-m{n}")
        p.to_way(f"ups-{name}-m{n}", f"uob-{name}", f"qo{n}")
    if bypass:
        p.add(f"mbp-{name}", "breaker", open_=True, rating="1600 A")
        p.feed(f"msb-{name}", f"mbp-{name}", f"uob-{name}")


def distributed(dice: random.Random) -> Plant:
    """3N/2, 4N/3: every load on two of three or four systems."""
    p = Plant("distributed")
    names = dice.choice(("abc", "abcd", "123", "1234"))
    for name in names:
        system(p, name, 1, dice.randint(1, 3), dice.random() < 0.3)
    pairs = [(i, j) for i in names for j in names if i < j]
    for n, (i, j) in enumerate(dice.sample(pairs, dice.randint(2, len(pairs))), 1):
        p.add(f"load-{n}", "load", load="160 kW")
        p.inputs(f"load-{n}", [p.from_way(f"uob-{x}", f"q{n}", f"load-{n}") for x in (i, j)])
    return p


def ring(dice: random.Random) -> Plant:
    """A medium-voltage ring of ring-main units, each with a transformer or a set."""
    p = Plant("ring")
    count = dice.randint(3, 7)
    for n in range(1, count + 1):
        p.add(f"rmu-{n}", "board", voltage="11 kV")
        if n == 1 or dice.random() < 0.4:
            p.add(f"gen-{n}", "genset", rating="2 MW")
            p.to_way(f"gen-{n}", f"rmu-{n}", "qg")
        p.add(f"load-{n}", "load", load="500 kW")
        p.from_way(f"rmu-{n}", "qt", f"load-{n}")
    for n in range(1, count + 1):
        after = n % count + 1
        p.add(f"rmu-{n}.r", "breaker", open_=n == count and dice.random() < 0.5)
        p.add(f"rmu-{after}.l", "breaker")
        p.feed(f"rmu-{n}", f"rmu-{n}.r", f"rmu-{after}.l", f"rmu-{after}")
    return p


def sections(dice: random.Random) -> Plant:
    """One path: a main board in sections with couplers between them."""
    p = Plant("sections")
    count = dice.randint(2, 4)
    for n in range(1, count + 1):
        p.add(f"sec-{n}", "board")
        p.add(f"gen-{n}", "genset", rating="500 kW")
        p.to_way(f"gen-{n}", f"sec-{n}", "qg")
        for k in range(1, dice.randint(1, 4) + 1):
            p.add(f"load-{n}{k}", "load", load="50 kW")
            p.from_way(f"sec-{n}", f"q{k}", f"load-{n}{k}")
        if n > 1:
            p.add(f"qc-{n}", "breaker", open_=dice.random() < 0.5)
            p.feed(f"sec-{n - 1}", f"qc-{n}", f"sec-{n}")
    return p


def selectors(dice: random.Random) -> Plant:
    """Transfer switches with two to four inputs."""
    p = Plant("selectors")
    names = "abcd"[: dice.randint(2, 4)]
    for name in names:
        system(p, name, dice.randint(1, 3), 1, False)
    for n in range(1, dice.randint(1, 5) + 1):
        p.add(f"sts-{n}", "sts")
        p.inputs(f"sts-{n}", [p.from_way(f"uob-{x}", f"qs{n}", f"sts-{n}") for x in names])
        p.add(f"pdu-{n}", "board")
        p.join(f"sts-{n}", f"pdu-{n}", True)
        p.add(f"load-{n}", "load", load="40 kW")
        p.from_way(f"pdu-{n}", "q1", f"load-{n}")
    return p


def twofold(dice: random.Random) -> Plant:
    """2N and 2N+1, with and without utility, ties, mechanical boards, selectors."""
    flags = [dice.random() < 0.5 for _ in range(4)]
    sizes = (dice.randint(1, 4), dice.randint(1, 6), dice.randint(1, 4), dice.randint(1, 10))
    return two_n(*sizes, flags[0], dice.randint(0, 2), flags[1], flags[2], flags[3])


TOPOLOGIES: dict[str, Callable[[random.Random], Plant]] = {
    "twofold": twofold,
    "distributed": distributed,
    "ring": ring,
    "sections": sections,
    "selectors": selectors,
    "small-2n": lambda dice: p01(dice.randint(0, 2)),
    "n+1-one-output": lambda dice: p16(),
    "catcher": lambda dice: p18(),
}


def measured(name: str, seed: int) -> tuple[list[str], int, int]:
    """Faults, wires by the fallback, wires."""
    plant = TOPOLOGIES[name](random.Random(f"{name} {seed}"))
    wrong: list[str] = []
    fallbacks = wires = 0
    for sheet in draw(plant.twin()):
        seen = read(sheet.svg)
        wrong += [f"{name} {seed} {sheet.name}: {fault}" for fault in faults(sheet.svg)]
        fallbacks += seen.fallbacks
        wires += len(seen.wires)
    return wrong, fallbacks, wires


@pytest.mark.parametrize("name", sorted(TOPOLOGIES))
def test_systems_of_every_topology_are_drawn_cleanly(name: str) -> None:
    for seed in range(2):
        wrong, _, _ = measured(name, seed)
        assert not wrong, wrong[:5]


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 550
    faulty = by_search = drawn = 0
    for number in range(count):
        topology = sorted(TOPOLOGIES)[number % len(TOPOLOGIES)]
        found, some, every = measured(topology, number // len(TOPOLOGIES))
        faulty += bool(found)
        by_search, drawn = by_search + some, drawn + every
        for line in found[:2]:
            print(line)
    print(f"{count} systems, {faulty} with faults, {by_search} of {drawn} wires by the fallback")
