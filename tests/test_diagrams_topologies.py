"""Random systems of every topology, drawn: no fault of geometry, and how many wires no rule covers.

The gate draws a few. All of them, with the share of fallback routes: `python tests/test_diagrams_topologies.py 550`.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from test_diagrams_geometry import Tally, measured_on, read, tell
from test_diagrams_twins import Plant, p01, p16, p18, two_n

from tierline.diagrams import draw
from tierline.twin.model import Medium, Origin


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


def double_busbar(dice: random.Random) -> Plant:
    """Every bay on either of two bars by a disconnector of each; a coupler with disconnectors on both sides."""
    p = Plant("double-busbar")
    for b in (1, 2):
        p.add(f"bb-{b}", "bus", rating="4000 A")
    sets, feeders = dice.randint(1, 4), dice.randint(2, 5)
    for name in (*(f"g{n}" for n in range(1, sets + 1)), *"abcde"[:feeders]):
        p.add(f"bay-{name}", "bus")
        on = dice.choice((1, 2))
        for b in (1, 2):
            p.add(f"d{b}-{name}", "disconnector", open_=b != on)
            p.feed(f"bb-{b}", f"d{b}-{name}", f"bay-{name}")
        if name[0] == "g" and name[1:].isdigit():
            p.add(f"gen-{name[1:]}", "genset", rating="2 MW")
            p.to_way(f"gen-{name[1:]}", f"bay-{name}", "q")
        else:
            p.add(f"msb-{name}", "board", voltage="400 V")
            p.from_way(f"bay-{name}", "q", f"msb-{name}", one_way=False)
            p.add(f"load-{name}", "load", load="200 kW")
            p.from_way(f"msb-{name}", "q1", f"load-{name}")
    p.add("c1", "disconnector")
    p.add("c", "breaker", open_=True)
    p.add("c2", "disconnector")
    p.feed("bb-1", "c1", "c", "c2", "bb-2")
    return p


def isolated(dice: random.Random) -> Plant:
    """Isolated redundant: every UPS has its static bypass from a reserve UPS; racks on pairs of static switches."""
    p = Plant("isolated")
    count = dice.randint(2, 5)
    p.add("uob-r", "board")
    p.add("ups-r", "ups", rating="400 kW")
    for x in "ab":
        p.add(f"msb-{x}", "board", voltage="400 V")
        p.add(f"gen-{x}", "genset", rating="2 MW")
        p.to_way(f"gen-{x}", f"msb-{x}", "qg")
    p.from_way("msb-b", "qur", "ups-r")
    p.to_way("ups-r", "uob-r", "qi")
    for n in range(1, count + 1):
        p.add(f"ups-{n}", "ups", rating="400 kW")
        ways = [p.from_way(f"msb-{'ab'[n % 2]}", f"qu{n}", f"ups-{n}"), p.from_way("uob-r", f"qb{n}", f"ups-{n}")]
        p.inputs(f"ups-{n}", ways)
        p.add(f"uob-{n}", "board")
        p.join(f"ups-{n}", f"uob-{n}", True)
    for n in range(1, count):
        runs = []
        for x in "ab" if dice.random() < 0.7 else "a":
            p.add(f"sts-{n}{x}", "sts")
            order = (n, n + 1) if x == "a" else (n + 1, n)
            p.inputs(f"sts-{n}{x}", [p.from_way(f"uob-{m}", f"qs{n}{x}", f"sts-{n}{x}") for m in order])
            p.add(f"pdu-{n}{x}", "board")
            p.join(f"sts-{n}{x}", f"pdu-{n}{x}", True)
            runs.append(p.way(f"pdu-{n}{x}", "q1")[1])
        p.add(f"rack-{n}", "rack", load="10 kW")
        p.cords(f"rack-{n}", *runs)
    return p


def single(dice: random.Random) -> Plant:
    """One path from end to end: mains and a set on a transfer switch, UPS, output board, boards of racks."""
    p = Plant("single")
    p.add("utility", "utility")
    p.add("tx", "transformer", rating="1000 kVA")
    p.add("gen", "genset", rating="800 kW")
    p.add("ats", "ats", rating="1600 A")
    mains = p.feed("utility", "tx", "ats", one_way=True)
    p.inputs("ats", [mains, p.join("gen", "ats", True)])
    p.add("msb", "board", voltage="400 V")
    p.join("ats", "msb", True)
    p.add("uob", "board")
    for n in range(1, dice.randint(1, 4) + 1):
        p.add(f"ups-{n}", "ups", rating="250 kW")
        p.from_way("msb", f"qu{n}", f"ups-{n}")
        p.to_way(f"ups-{n}", "uob", f"qo{n}")
        if dice.random() < 0.5:
            p.add(f"ups-{n}-byp", "breaker", open_=True)
            p.feed("msb", f"ups-{n}-byp", "uob")
    for n in range(1, dice.randint(1, 3) + 1):
        p.add(f"pdu-{n}", "board")
        p.from_way("uob", f"qp{n}", f"pdu-{n}", one_way=False)
        for r in range(1, dice.randint(2, 6)):
            p.add(f"rack-{n}-{r}", "rack", load="10 kW")
            p.cords(f"rack-{n}-{r}", p.way(f"pdu-{n}", f"q{r}")[1])
    p.add("mcc", "board")
    p.from_way("msb", "qm", "mcc", one_way=False)
    for n in range(1, dice.randint(1, 4) + 1):
        p.add(f"ch-{n}", "chiller", rating="400 kW")
        p.from_way("mcc", f"q{n}", f"ch-{n}")
    return p


def bypassed(dice: random.Random) -> Plant:
    """UPS modules, each between bars of its own with an external bypass round it."""
    p = Plant("bypassed")
    for x in "ab":
        p.add(f"msb-{x}", "board", voltage="400 V")
        p.add(f"gen-{x}", "genset", rating="2 MW")
        p.to_way(f"gen-{x}", f"msb-{x}", "qg")
        p.add(f"uob-{x}", "board")
        for n in range(1, dice.randint(1, 4) + 1):
            mid = f"{x}{n}"
            p.add(f"in-{mid}", "bus")
            p.add(f"out-{mid}", "bus")
            p.add(f"ups-{mid}", "ups", rating="250 kW")
            p.add(f"byp-{mid}", "breaker", open_=True)
            p.from_way(f"msb-{x}", f"qu{n}", f"in-{mid}", one_way=False)
            for name, kind in ((f"qi-{mid}", "breaker"), (f"qo-{mid}", "breaker")):
                p.add(name, kind)
            p.feed(f"in-{mid}", f"qi-{mid}", f"ups-{mid}", f"qo-{mid}", f"out-{mid}", one_way=True)
            p.feed(f"in-{mid}", f"byp-{mid}", f"out-{mid}")
            p.add(f"uob-{x}.qo{n}", "breaker", Origin.WAY)
            p.feed(f"out-{mid}", f"uob-{x}.qo{n}", f"uob-{x}")
    for n in range(1, dice.randint(1, 4) + 1):
        p.add(f"load-{n}", "load", load="40 kW")
        p.inputs(f"load-{n}", [p.from_way(f"uob-{x}", f"q{n}", f"load-{n}") for x in "ab"])
    return p


def rise(p: Plant, x: str, floors: int, board: str, rating: str, medium: Medium = Medium.POWER) -> None:
    """A busway from a board, with a tap-off and a board on every floor."""
    p.add(f"riser-{x}", "busduct", rating=rating)
    p.from_way(f"{board}-{x}", "qr", f"riser-{x}", one_way=False, medium=medium)
    for n in range(1, floors + 1):
        p.add(f"db-{n}{x}", "board")
        p.from_way(f"riser-{x}", f"t{n}", f"db-{n}{x}", one_way=False, kind="tap-off", medium=medium)


def risers(dice: random.Random) -> Plant:
    """Busways that rise through floors, a tap-off with a board on each; loads on both risers."""
    p = Plant("risers")
    floors = dice.randint(2, 6)
    for x in "ab":
        p.add(f"msb-{x}", "board", voltage="400 V")
        p.add(f"gen-{x}", "genset", rating="2 MW")
        p.to_way(f"gen-{x}", f"msb-{x}", "qg")
        rise(p, x, floors, "msb", "2500 A")
    for n in range(1, floors + 1):
        for k in range(1, dice.randint(1, 3) + 1):
            p.add(f"load-{n}{k}", "load", load="20 kW")
            p.inputs(f"load-{n}{k}", [p.from_way(f"db-{n}{x}", f"q{k}", f"load-{n}{k}") for x in "ab"])
    return p


def dc_risers(dice: random.Random) -> Plant:
    """D.c. busways that rise through floors, a board on each; controls on one of them or on both."""
    p = Plant("dc-risers")
    floors = dice.randint(1, 5)
    for x in "ab":
        p.add(f"msb-{x}", "board", voltage="400 V")
        p.add(f"gen-{x}", "genset", rating="2 MW")
        p.to_way(f"gen-{x}", f"msb-{x}", "qg")
        p.add(f"dcs-{x}", "dc-supply", rating="63 A")
        p.from_way(f"msb-{x}", "qd", f"dcs-{x}")
        p.add(f"dcb-{x}", "board")
        p.join(f"dcs-{x}", f"dcb-{x}", True, Medium.DC)
        rise(p, x, floors, "dcb", "63 A", Medium.DC)
    for n in range(1, floors + 1):
        for k in range(1, dice.randint(1, 4) + 1):
            name = p.add(f"ctl-{n}{k}", dice.choice(("controller", "panel", "release")))
            for x in dice.choice(("ab", "ab", "a", "b")):
                p.from_way(f"db-{n}{x}", f"q{k}", name, medium=Medium.DC)
    return p


TOPOLOGIES: dict[str, Callable[[random.Random], Plant]] = {
    "twofold": twofold,
    "distributed": distributed,
    "ring": ring,
    "sections": sections,
    "selectors": selectors,
    "double-busbar": double_busbar,
    "isolated": isolated,
    "single": single,
    "bypassed": bypassed,
    "risers": risers,
    "dc-risers": dc_risers,
    "small-2n": lambda dice: p01(dice.randint(0, 2)),
    "n+1-one-output": lambda dice: p16(),
    "catcher": lambda dice: p18(),
}


def measured(name: str, seed: int) -> Tally:
    plant = TOPOLOGIES[name](random.Random(f"{name} {seed}"))
    return measured_on(f"{name} {seed} ", ((sheet.name, sheet.svg) for sheet in draw(plant.twin())))


@pytest.mark.parametrize("name", sorted(TOPOLOGIES))
def test_systems_of_every_topology_are_drawn_cleanly(name: str) -> None:
    for seed in range(2):
        wrong, _, _ = measured(name, seed)
        assert not wrong, wrong[:5]


def test_equal_boards_of_all_paths_stand_at_one_height() -> None:
    for seed in range(4):
        seen = read(draw(distributed(random.Random(seed)).twin())[0].svg)
        for kind in ("msb-", "uob-"):
            assert len({bar[1] for name, bar in seen.bars.items() if name.startswith(kind)}) == 1


if __name__ == "__main__":
    tell(TOPOLOGIES, measured, 550)
