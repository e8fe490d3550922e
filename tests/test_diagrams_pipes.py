"""Random systems of pipes, lines and controls that are hard to draw: every sheet of each without a fault of geometry.

More of them, with the share of fallback routes: `python tests/test_diagrams_pipes.py 400`.
"""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from test_diagrams_disciplines import drawn
from test_diagrams_geometry import Tally, measured_on, read, tell
from test_diagrams_twins import Plant

from tierline.twin.compiler import compile_path
from tierline.twin.model import Isolation, Medium, Origin

DESIGNS = Path(__file__).parent.parent / "specs" / "reference"
DUAL_LOOP, RING_MAIN, TWO_HEADERS = (DESIGNS / name for name in ("dual-loop", "ring-main", "fuel-two-headers"))
LONG = "makeup-water-header-of-the-northern-extension-phase-two"
"""A name no label is made for."""


def line(p: Plant, medium: Medium, *path: str, kinds: Sequence[str] = (), one_way: bool = True, shut: int = 0) -> None:
    """Join two ends through devices of these kinds; `shut` is how many of them are closed in normal service."""
    ends, made = iter(path), [path[0]]
    next(ends)
    for n, kind in enumerate(kinds):
        made.append(p.add(f"{path[0]}-{path[-1]}-{kind}-{n + 1}-{len(p.elements)}", kind, open_=n < shut))
    p.feed(*made, path[-1], one_way=one_way, medium=medium)


def devices(dice: random.Random, most: int = 3) -> list[str]:
    return [dice.choice(("valve", "valve", "check-valve", "strainer", "control-valve", "pump"))
            for _ in range(dice.randint(0, most))]  # fmt: skip


def named(dice: random.Random, name: str) -> str:
    return f"{name}-{LONG}" if dice.random() < 0.05 else name


def hung(p: Plant, dice: random.Random, medium: Medium, header: str, most: int = 4) -> None:
    """What a header feeds, and a vessel at times."""
    kind = {Medium.FUEL: "genset", Medium.WATER: "tower", Medium.DATA: "service"}.get(medium, "crah")
    for n in range(dice.randint(0, most)):
        load = p.add(named(dice, f"{kind}-{header}-{n + 1}"), kind, rating=dice.choice(("90 kW", "750 kW COP")))
        line(p, medium, header, load, kinds=devices(dice))
    if dice.random() < 0.2:
        line(p, medium, header, p.add(f"ev-{header}", "vessel"), kinds=("valve",), one_way=False)


def fed(p: Plant, dice: random.Random, medium: Medium, header: str, count: int) -> None:
    kind = {Medium.FUEL: "tank", Medium.WATER: "tank", Medium.DATA: "carrier"}.get(medium, "chiller")
    for n in range(count):
        source = p.add(named(dice, f"{kind}-{header}-{n + 1}"), kind, rating="250 kW")
        line(p, medium, source, header, kinds=devices(dice, 5))


def ring(p: Plant, dice: random.Random, name: str = "s") -> None:
    """Sections in a ring with a valve between each, chords across it, and machines anywhere."""
    medium = dice.choice((Medium.CHILLED_WATER, Medium.CONDENSER_WATER, Medium.WATER))
    count = dice.randint(3, 12)
    sections = [p.add(f"{name}{n}", "section", rating="500 kW") for n in range(1, count + 1)]
    for n, (one, other) in enumerate([*itertools.pairwise(sections), (sections[-1], sections[0])]):
        if n or dice.random() < 0.8:  # at times only a line
            line(p, medium, one, other, kinds=("valve",) * dice.randint(1, 2), one_way=False, shut=n % 5 == 4)
    for _ in range(dice.choice((0, 0, 1, 2, 4))):
        one, other = dice.sample(sections, 2)
        line(p, medium, one, other, kinds=("valve",), one_way=False, shut=dice.randint(0, 1))
    for section in sections:
        fed(p, dice, medium, section, dice.choice((0, 0, 0, 1, 2)))
        hung(p, dice, medium, section, 3)


def ladder(p: Plant, dice: random.Random, name: str = "f") -> None:
    """Headers that all, or some, of the manifolds hang from."""
    medium = dice.choice((Medium.FUEL, Medium.WATER))
    heads = [p.add(f"{name}h{n}", "header") for n in range(1, dice.randint(1, 4) + 1)]
    for head in heads:
        farm = head
        for k in range(dice.choice((0, 0, 1, 2))):
            suction = p.add(f"su{k}-{head}", "header")
            for _ in range(dice.randint(1, 3)):
                line(p, medium, suction, farm, kinds=devices(dice, 5))
            if dice.random() < 0.4:
                line(p, medium, suction, p.add(f"ps{k}-{head}", "vessel"), kinds=("valve",))
            farm = suction
        fed(p, dice, medium, farm, dice.randint(0, 2))
    for n in range(1, dice.randint(1, 8) + 1):
        manifold = p.add(f"{name}m{n}", dice.choice(("header", "header", "day-tank")))
        for head in heads if dice.random() < 0.7 else dice.sample(heads, dice.randint(1, len(heads))):
            line(p, medium, head, manifold, kinds=devices(dice, 2))
        hung(p, dice, medium, manifold, 2)
    for one, other in itertools.combinations(heads, 2):
        if dice.random() < 0.3:
            line(p, medium, one, other, kinds=("valve", "section", "valve"), one_way=False, shut=2)


def meshed(p: Plant, dice: random.Random, name: str = "sw") -> None:
    """Every upper switch joined to every lower one: K(m,n), services on some of them."""
    upper = [p.add(f"{name}-up-{n}", "network-switch") for n in range(1, dice.randint(1, 5) + 1)]
    lower = [p.add(f"{name}-low-{n}", "network-switch") for n in range(1, dice.randint(1, 8) + 1)]
    for one, other in itertools.product(upper, lower):
        if dice.random() < 0.9:
            line(p, Medium.DATA, one, other, kinds=("fibre",) * dice.randint(0, 1), one_way=dice.random() < 0.5)
    for one, other in itertools.pairwise(upper):
        if dice.random() < 0.5:
            line(p, Medium.DATA, one, other, kinds=("fibre",), one_way=False)
    for one in upper:
        fed(p, dice, Medium.DATA, one, dice.choice((0, 1, 1, 2)))
    for n in range(dice.randint(0, 5)):
        service = p.add(f"{name}-service-{n + 1}", "service")
        for one in dice.sample(lower, dice.randint(1, min(3, len(lower)))):
            line(p, Medium.DATA, one, service)


def supplies(p: Plant, dice: random.Random, name: str = "dcs") -> None:
    """D.c. supplies, each controller on one, two or three of them; starting batteries beside them."""
    sources = [p.add(f"{name}-{n}", dice.choice(("dc-supply", "dc-supply", "battery"))) for n in
               range(1, dice.randint(1, 4) + 1)]  # fmt: skip
    for n in range(1, dice.randint(1, 9) + 1):
        control = p.add(f"{name}-plc-{n}", dice.choice(("controller", "panel", "release", "epo")))
        for source in dice.sample(sources, dice.randint(1, min(3, len(sources)))):
            way = p.add(f"{source}.q{n}", "breaker", Origin.WAY, Isolation.WITHDRAWABLE)
            p.feed(source, way, control, one_way=True, medium=Medium.DC)
    for n in range(dice.randint(0, 12)):
        p.feed(p.add(f"{name}-sb-{n + 1}", "battery"), p.add(f"{name}-cg-{n + 1}", "controller"), one_way=True,
               medium=Medium.DC)  # fmt: skip


def graph(p: Plant, dice: random.Random, name: str = "g") -> None:
    """Headers joined anyhow: both ways, one way, to themselves, in parallel, through machines."""
    medium = dice.choice(tuple(Medium)[1:])
    heads = [p.add(named(dice, f"{name}{n}"), dice.choice(("header", "section"))) for n in
             range(1, dice.randint(2, 9) + 1)]  # fmt: skip
    for _ in range(dice.randint(1, 2 * len(heads))):
        line(p, medium, dice.choice(heads), dice.choice(heads), kinds=devices(dice) or ["valve"],
             one_way=dice.random() < 0.5, shut=dice.randint(0, 1))  # fmt: skip
    for head in heads:
        fed(p, dice, medium, head, dice.choice((0, 0, 1)))
        hung(p, dice, medium, head, 2)


def loops(p: Plant, dice: random.Random, name: str = "l") -> None:
    """Chillers, a header and air handlers, some with a return of their own, two at a time."""
    for x in "ab"[: dice.randint(1, 2)]:
        header = p.add(f"{name}-hd-{x}", "header", rating="500 kW")
        more = [p.add(f"{name}-hd-{x}{n}", "header") for n in range(dice.randint(0, 2))]
        for one, other in itertools.pairwise([header, *more]):
            line(p, Medium.CHILLED_WATER, one, other, kinds=devices(dice, 2), one_way=dice.random() < 0.5)
        before = set(p.elements)
        for one in (header, *more):
            fed(p, dice, Medium.CHILLED_WATER, one, dice.choice((0, 1, 2)))
            hung(p, dice, Medium.CHILLED_WATER, one, 9)
        if dice.random() < 0.5:
            ends = [name for name in p.elements if name not in before and p.elements[name].kind in ("crah", "chiller")]
            returned(p, dice, header, ends)


def returned(p: Plant, dice: random.Random, header: str, ends: Sequence[str]) -> None:
    """A return of its own for what a header feeds and is fed by, joined as the supply is, at times in two pieces."""
    before = set(p.elements)
    pieces = [p.add(f"{header}-return-{n}", "header") for n in range(1, dice.randint(1, 2) + 1)]
    for one, other in itertools.pairwise(pieces):
        line(p, Medium.CHILLED_WATER, one, other, kinds=("valve",), one_way=False)
    for end in ends:
        piece = dice.choice(pieces)
        path = (end, piece) if p.elements[end].kind == "chiller" else (piece, end)
        line(p, Medium.CHILLED_WATER, *path, kinds=("valve",) * dice.randint(0, 2))
    for name in set(p.elements) - before:
        p.elements[name] = replace(p.elements[name], returns=header)


def mixed(p: Plant, dice: random.Random) -> None:
    """Several systems that nothing joins, or one valve does."""
    for n in range(dice.randint(2, 5)):
        dice.choice((ring, ladder, meshed, supplies, graph, loops))(p, dice, f"p{n}-")


SYSTEMS: dict[str, Callable[[Plant, random.Random], None]] = {
    one.__name__: one for one in (ring, ladder, meshed, supplies, graph, loops, mixed)
}


def measured(name: str, seed: int) -> Tally:
    plant = Plant()
    SYSTEMS[name](plant, random.Random(f"{name} {seed}"))
    return measured_on(f"{name} {seed} ", drawn(replace(plant.twin(), feeds=())).items())


@pytest.mark.parametrize("name", sorted(SYSTEMS))
def test_systems_of_every_kind_are_drawn_cleanly(name: str) -> None:
    for seed in range(3):
        wrong, _, _ = measured(name, seed)
        assert not wrong, wrong[:5]


@pytest.mark.parametrize(("name", "seed"), [("graph", 5), ("ladder", 11), ("ring", 1)])
def test_what_stands_above_a_header_keeps_clear_of_what_is_beside_it(name: str, seed: int) -> None:
    """Labels of sources lay on what hangs from the next header, and that of a control valve on its own actuator."""
    wrong, fallbacks, _ = measured(name, seed)
    assert not wrong and not fallbacks


@pytest.mark.parametrize("seed", [30, 62])
def test_a_ring_with_chords_that_no_walk_closes_is_drawn(seed: int) -> None:
    wrong, _, _ = measured("ring", seed)
    assert not wrong


def reached(svg: str, start: str) -> set[str]:
    """What wires lead to on a sheet, through everything."""
    near: dict[str, set[str]] = defaultdict(set)
    for _, a, b, _ in read(svg).wires:
        near[a].add(b)
        near[b].add(a)
    seen, todo = {start}, [start]
    while todo:
        new = near[todo.pop()] - seen
        seen |= new
        todo += new
    return seen


def test_loops_that_touch_nowhere_have_returns_of_their_own() -> None:
    (result,) = compile_path(str(DUAL_LOOP))
    assert result.twin is not None
    svg = drawn(result.twin)["m-101-cooling"]
    assert "ah-a1" in reached(svg, "ch-a1") and not reached(svg, "ch-a1") & {"ch-b1", "ah-b1"}


def test_a_ring_is_folded_where_that_saves_paper_and_its_machines_stand_within_it() -> None:
    (result,) = compile_path(str(RING_MAIN))
    assert result.twin is not None
    svg = drawn(result.twin)["m-101-cooling"]
    seen = read(svg)
    (_, upper, _, _), (left, lower, right, _) = seen.bars["chw.s11"], seen.bars["chw.s3"]
    x1, y1, x2, y2 = seen.symbols["ch-3"]
    assert 'data-paper="A3"' in svg and upper < y1 < y2 < lower and left < (x1 + x2) / 2 < right


def test_the_lower_of_two_headers_is_fed_from_below() -> None:
    (result,) = compile_path(str(TWO_HEADERS))
    assert result.twin is not None
    seen = read(drawn(result.twin)["f-101-fuel"])
    one, other = (seen.bars[name][1] for name in ("fh-1", "fh-2"))
    assert seen.symbols["bt-1"][3] < one < seen.symbols["dt-a1"][1] < other < seen.symbols["bt-2"][1]


def test_equal_networks_look_equal_and_one_more_moves_none() -> None:
    def plant(count: int) -> Plant:
        p = Plant()
        for n in range(1, count + 1):
            p.feed(p.add(f"sb-{n}", "battery"), p.add(f"cg-{n}", "controller"), one_way=True, medium=Medium.DC)
        return p

    (five,), (six,) = (drawn(plant(count).twin()).values() for count in (5, 6))
    before, after = read(five), read(six)
    assert {name: after.symbols[name] for name in before.symbols} == before.symbols
    sb, cg = ([after.symbols[f"{name}-{n}"] for n in range(1, 7)] for name in ("sb", "cg"))
    assert len({(b[0] - a[0], b[1] - a[1]) for a, b in zip(sb, cg, strict=True)}) == 1


if __name__ == "__main__":
    tell(SYSTEMS, measured, 400)
