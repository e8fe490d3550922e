"""Fifty systems made to be hard to draw: every sheet of each without a fault of geometry.

The gate draws those that take little time. All of them, with the share of fallback routes:
`python tests/test_diagrams_adversarial.py`.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterable, Sequence

import pytest
from test_diagrams_geometry import Tally, measured_on
from test_diagrams_topologies import system
from test_diagrams_twins import Plant, p01, p16, p18, two_n

from tierline.diagrams import draw
from tierline.twin.model import Origin

LONG = "main-low-voltage-switchboard-of-the-northern-extension-phase"
"""A name no label is made for."""


def boards(p: Plant, names: Iterable[str], sets: bool = True) -> None:
    """Boards, each with a set of its own."""
    for name in names:
        p.add(name, "board", voltage="400 V")
        if sets:
            p.add(f"gen-{name}", "genset", rating="500 kW")
            p.to_way(f"gen-{name}", name, "qg")


def loads(p: Plant, board: str, count: int, start: int = 1) -> None:
    for n in range(start, start + count):
        p.add(f"load-{board}-{n}", "load", load="10 kW")
        p.from_way(board, f"q{n}", f"load-{board}-{n}")


def tied(p: Plant, pairs: Iterable[tuple[str, str]], device: str = "breaker") -> None:
    for n, (one, other) in enumerate(pairs, 1):
        p.add(f"tie-{n}", device, open_=n % 2 == 0)
        p.feed(one, f"tie-{n}", other)


def graph(name: str, names: Sequence[str], pairs: Iterable[tuple[str, str]], sets: bool = True) -> Plant:
    """Boards with a load each, tied as given."""
    p = Plant(name)
    boards(p, names, sets)
    tied(p, pairs)
    for board in names:
        loads(p, board, 1)
    return p


def complete(count: int, sets: bool = True) -> Plant:
    names = [f"b{n}" for n in range(1, count + 1)]
    return graph(f"k{count}", names, itertools.combinations(names, 2), sets)


def two_sides(left: int, right: int) -> Plant:
    one, other = [f"l{n}" for n in range(1, left + 1)], [f"r{n}" for n in range(1, right + 1)]
    return graph("bipartite", [*one, *other], itertools.product(one, other))


def sections(count: int, extra: Iterable[tuple[int, int]] = (), ways: int = 2) -> Plant:
    p = Plant("sections")
    names = [f"sec-{n}" for n in range(1, count + 1)]
    boards(p, names)
    tied(p, [*itertools.pairwise(names), *((names[a - 1], names[b - 1]) for a, b in extra)])
    for name in names:
        loads(p, name, ways)
    return p


def ring(count: int, feeds: Iterable[tuple[int, int]] = ()) -> Plant:
    """A ring of boards, each with a set; cross-feeds go through a transformer to a board below another one."""
    names = [f"rmu-{n}" for n in range(1, count + 1)]
    p = graph("ring", names, [*itertools.pairwise(names), (names[-1], names[0])])
    for n, (a, b) in enumerate(feeds, 1):
        p.add(f"low-{n}", "board")
        for k, end in enumerate((a, b)):
            p.add(f"tx-{n}{k}", "transformer", rating="1000 kVA")
            p.from_way(f"rmu-{end}", f"qx{n}", f"tx-{n}{k}")
            p.to_way(f"tx-{n}{k}", f"low-{n}", f"qi{k}")
        loads(p, f"low-{n}", 1)
    return p


def one_board(ways: int, name: str = "msb", sources: int = 1) -> Plant:
    p = Plant("one")
    p.add(name, "board")
    for n in range(1, sources + 1):
        p.add(f"gen-{n}", "genset", rating="500 kW")
        p.to_way(f"gen-{n}", name, f"qg{n}")
    loads(p, name, ways)
    return p


def selectors(inputs: int, switches: int, kind: str = "sts", loads_each: int = 1) -> Plant:
    """Every switch takes its inputs from every system, in ever other order."""
    p = Plant("selectors")
    names = [f"{n}" for n in range(1, inputs + 1)]
    for name in names:
        system(p, name, 1, 1, False)
    for n in range(1, switches + 1):
        p.add(f"{kind}-{n}", kind)
        turned = names[n % inputs :] + names[: n % inputs]
        p.inputs(f"{kind}-{n}", [p.from_way(f"uob-{x}", f"qs{n}", f"{kind}-{n}") for x in turned])
        p.add(f"pdu-{n}", "board")
        p.join(f"{kind}-{n}", f"pdu-{n}", True)
        loads(p, f"pdu-{n}", loads_each)
    return p


def lanes(count: int, loads_on_all: int) -> Plant:
    """Loads fed by every path there is."""
    p = Plant("lanes")
    names = "abcd"[:count]
    for name in names:
        system(p, name, 2, 2, True)
    for n in range(1, loads_on_all + 1):
        p.add(f"load-{n}", "load", load="40 kW")
        p.inputs(f"load-{n}", [p.from_way(f"uob-{x}", f"q{n}", f"load-{n}") for x in names])
    return p


def catcher(count: int, reserves: int = 1) -> Plant:
    p = Plant("catcher")
    spare = [f"r{n}" for n in range(1, reserves + 1)]
    for name in [*map(str, range(1, count + 1)), *spare]:
        system(p, name, 1, 2, True)
    for n in range(1, count + 1):
        p.add(f"sts-{n}", "sts")
        ends = [f"uob-{n}", *(f"uob-{x}" for x in spare)]
        p.inputs(f"sts-{n}", [p.from_way(end, f"qs{n}", f"sts-{n}") for end in ends])
        p.add(f"pdu-{n}", "board")
        p.join(f"sts-{n}", f"pdu-{n}", True)
        loads(p, f"pdu-{n}", 2)
    return p


def cascade(deep: int, branches: int = 1, loads_each: int = 1, back: bool = False) -> Plant:
    """Boards below boards; `back` joins the last to the first again."""
    p = Plant("cascade")
    p.add("gen", "genset", rating="500 kW")
    before = ["gen"]
    for level in range(1, deep + 1):
        here = []
        for n, above in enumerate(before):
            for k in range(branches):
                name = f"db-{level}-{n * branches + k + 1}"
                p.add(name, "board")
                if above == "gen":
                    p.to_way("gen", name, "qi")
                else:
                    p.from_way(above, f"qd{k}", name, one_way=False)
                loads(p, name, loads_each)
                here.append(name)
        before = here
    if back:
        p.add("back", "breaker", open_=True)
        p.feed(before[-1], "back", "db-1-1")
    return p


def many_transformers(boards_: int, each: int, shared: bool) -> Plant:
    """Transformers in parallel, on boards of their own or two boards each."""
    p = Plant("transformers")
    p.add("utility", "utility")
    p.add("mv", "board", voltage="11 kV")
    p.feed("utility", "mv", one_way=True)
    for b in range(1, boards_ + 1):
        p.add(f"msb-{b}", "board")
        loads(p, f"msb-{b}", 2)
    for b in range(1, boards_ + 1):
        for n in range(1, each + 1):
            tx = p.add(f"tx-{b}{n}", "transformer", rating="2500 kVA")
            p.from_way("mv", f"q{b}{n}", tx)
            p.to_way(tx, f"msb-{b}", f"qi{n}")
            if shared:
                p.to_way(tx, f"msb-{b % boards_ + 1}", f"qx{n}")
    return p


def parts(*plants: Plant) -> Plant:
    """Several plants that nothing joins, in one facility."""
    whole = Plant("parts")
    for number, plant in enumerate(plants, 1):
        shift = len(whole.joints)
        names = {name: f"p{number}-{name}" for name in plant.elements}
        for name, element in plant.elements.items():
            whole.add(names[name], element.kind, element.origin, element.isolation, element.normally_open)
            whole.elements[names[name]].fields.update(element.fields)  # type: ignore[attr-defined]
        for joint in plant.joints:
            whole.join(names[joint.a], names[joint.b], joint.one_way, joint.medium)
        whole.feeds += [(names[e], n, m, [j + shift for j in js]) for e, n, m, js in plant.feeds]
    return whole


def renamed(plant: Plant, way: Callable[[str], str]) -> Plant:
    """The same plant with other names; what is inside something stays inside it."""
    heads = {name.split(".")[0] for name in plant.elements}
    new = {name: ".".join([way(name.split(".")[0]), *name.split(".")[1:]]) for name in plant.elements}
    assert len(set(new.values())) == len(new) >= len(heads)
    p = Plant(plant.name)
    for name, element in plant.elements.items():
        p.add(new[name], element.kind, element.origin, element.isolation, element.normally_open, element.room)
        p.elements[new[name]].fields.update(element.fields)  # type: ignore[attr-defined]
    for joint in plant.joints:
        p.join(new[joint.a], new[joint.b], joint.one_way, joint.medium)
    p.feeds = [(new[e], n, m, js) for e, n, m, js in plant.feeds]
    return p


def alone(kind: str) -> Plant:
    p = Plant("alone")
    p.add("it", kind)
    return p


def circle(count: int) -> Plant:
    """Boards that supply each other in a circle, one way only, through machines."""
    p = Plant("circle")
    for n in range(1, count + 1):
        p.add(f"b{n}", "board")
    for n in range(1, count + 1):
        ups = p.add(f"ups-{n}", "ups", rating="100 kW")
        p.from_way(f"b{n}", "qo", ups)
        p.to_way(ups, f"b{n % count + 1}", "qi")
        loads(p, f"b{n}", 1)
    return p


def doubled() -> Plant:
    """Everything twice between the same ends: ways, ties, bare joints."""
    p = Plant("doubled")
    boards(p, ("one", "two"))
    tied(p, [("one", "two")] * 3)
    p.add("low", "board")
    for n in range(1, 5):
        p.from_way("one", f"qd{n}", "low", one_way=False)
        p.from_way("two", f"qd{n}", "low", one_way=False)
    p.join("one", "low")
    p.join("two", "low")
    loads(p, "low", 2)
    return p


def cords(racks: int, boards_: int) -> Plant:
    """Racks with four cords on as many boards, other ones for each."""
    p = Plant("cords")
    names = [f"pdu-{n}" for n in range(1, boards_ + 1)]
    boards(p, names)
    for n in range(1, racks + 1):
        runs = []
        for k in range(4):
            board = names[(n * (k + 1)) % boards_]
            runs.append(p.way(board, f"r{n}{k}")[1])
        p.add(f"rack-{n}", "rack", load="10 kW")
        p.cords(f"rack-{n}", *runs)
    return p


def chain_of_devices(count: int) -> Plant:
    """One feeder with very many devices in series."""
    p = Plant("chain")
    boards(p, ("msb",))
    names = [p.add(f"dev-{n}", ("breaker", "disconnector", "contactor", "fuse-switch")[n % 4]) for n in range(count)]
    p.add("low", "board")
    p.feed("msb", *names, "low")
    loads(p, "low", 1)
    return p


def chain_of_selectors(count: int) -> Plant:
    """Each transfer switch takes the one before it and a board."""
    p = Plant("chain-of-selectors")
    boards(p, ("a1", "b1"))
    before = None
    for n in range(1, count + 1):
        p.add(f"ats-{n}", "ats")
        joints = [p.from_way("b1", f"q{n}", f"ats-{n}")]
        first = before is None
        joints.append(p.from_way("a1", f"q{n}", f"ats-{n}") if first else p.join(f"ats-{n - 1}", f"ats-{n}", True))
        before = joints[-1]
        p.inputs(f"ats-{n}", joints)
    p.add("last", "board")
    p.join(f"ats-{count}", "last", True)
    loads(p, "last", 2)
    return p


def star(count: int) -> Plant:
    """A hub with very many ties."""
    names = [f"b{n}" for n in range(1, count + 1)]
    return graph("star", ["hub", *names], [("hub", name) for name in names])


def grid(wide: int, high: int) -> Plant:
    names = {(x, y): f"b{x}{y}" for x in range(wide) for y in range(high)}
    pairs = [(names[x, y], names[x + 1, y]) for x in range(wide - 1) for y in range(high)]
    pairs += [(names[x, y], names[x, y + 1]) for x in range(wide) for y in range(high - 1)]
    return graph("grid", list(names.values()), pairs)


def tied_paths() -> Plant:
    """Three paths, their output boards all tied to each other, and loads on all."""
    p = lanes(3, 2)
    tied(p, itertools.combinations(("uob-a", "uob-b", "uob-c"), 2))
    return p


def spares(count: int) -> Plant:
    """A board of spare ways only."""
    p = Plant("spares")
    boards(p, ("msb",))
    for n in range(1, count + 1):
        p.add(f"msb.q{n}", "breaker", Origin.WAY)
        p.join("msb", f"msb.q{n}")
    return p


def deep_and_wide() -> Plant:
    p = two_n(2, 4, 2, 4, True, 2, True, True)
    tied(p, [("uob-a", "uob-b"), ("msb-a", "msb-b"), ("mdb-a", "mdb-b")])
    return p


CHEAP: dict[str, Callable[[], Plant]] = {
    "one set": lambda: alone("genset"),
    "one board": lambda: alone("board"),
    "one rack": lambda: alone("rack"),
    "one transfer switch": lambda: alone("ats"),
    "one battery": lambda: alone("battery"),
    "spare ways only": lambda: spares(12),
    "40 ways": lambda: one_board(40),
    "20 sources": lambda: one_board(2, sources=20),
    "long board name": lambda: one_board(4, LONG),
    "long names": lambda: renamed(p01(2), lambda name: f"{LONG}-{name}"),
    "short names": lambda: renamed(p01(1), lambda name: "".join(c for c in name if c != "-")[:6]),
    "12 sections": lambda: sections(12),
    "6 sections and a tie over all": lambda: sections(6, [(1, 6)]),
    "sections tied across": lambda: sections(5, [(1, 3), (2, 4), (3, 5)]),
    "three boards tied": lambda: complete(3),
    "K4 of ties": lambda: complete(4),
    "K5 of ties": lambda: complete(5),
    "K5 without a source": lambda: complete(5, False),
    "K3,3 of ties": lambda: two_sides(3, 3),
    "star of 9 ties": lambda: star(9),
    "grid of ties": lambda: grid(3, 3),
    "ring with cross-feeds": lambda: ring(5, [(1, 3), (2, 5), (4, 1)]),
    "ring of 12": lambda: ring(12),
    "two rings": lambda: parts(ring(3), ring(4)),
    "selectors of 6 inputs": lambda: selectors(6, 2),
    "many to one switch": lambda: selectors(8, 1, "ats"),
    "switches in every order": lambda: selectors(3, 6, "ats"),
    "switch below switch": lambda: chain_of_selectors(6),
    "catcher of 8": lambda: catcher(8),
    "two catchers": lambda: catcher(4, 2),
    "four paths to each load": lambda: lanes(4, 5),
    "three paths tied": tied_paths,
    "10 boards deep": lambda: cascade(10),
    "tree of boards": lambda: cascade(4, 2),
    "loop back to the top": lambda: cascade(5, back=True),
    "circle of UPS": lambda: circle(4),
    "transformers in parallel": lambda: many_transformers(3, 4, False),
    "transformers on two boards": lambda: many_transformers(3, 2, True),
    "everything twice": doubled,
    "20 devices in line": lambda: chain_of_devices(20),
    "four cords each": lambda: cords(8, 5),
    "parts nothing joins": lambda: parts(p01(), one_board(3), complete(3), alone("ups"), circle(2)),
    "many small parts": lambda: parts(*(one_board(1) for _ in range(12))),
    "ties everywhere": deep_and_wide,
    "one path, one output board": p16,
    "catcher with static switches": p18,
}  # fmt: skip
SLOW: dict[str, Callable[[], Plant]] = {
    "K6 of ties": lambda: complete(6),
    "100 ways": lambda: one_board(100),
    "20 switches of 4": lambda: selectors(4, 20),
    "30 racks of four cords": lambda: cords(30, 7),
}
"""What takes seconds each."""


def measured(make: Callable[[], Plant]) -> Tally:
    return measured_on("", ((sheet.name, sheet.svg) for sheet in draw(make().twin())))


@pytest.mark.parametrize("name", CHEAP)
def test_what_is_hard_to_draw_is_drawn_cleanly(name: str) -> None:
    wrong, _, _ = measured(CHEAP[name])
    assert not wrong, wrong[:5]


def test_there_are_fifty() -> None:
    assert len(CHEAP) + len(SLOW) == 50


if __name__ == "__main__":
    faulty = by_search = drawn = 0
    for title, plant in (CHEAP | SLOW).items():
        found, some, every = measured(plant)
        faulty += bool(found)
        by_search, drawn = by_search + some, drawn + every
        print(f"{title}: {len(found)} faults, {some} of {every} wires by the fallback", *found[:2], sep="\n  ")
    print(f"{len(CHEAP) + len(SLOW)} systems, {faulty} with faults, {by_search} of {drawn} wires by the fallback")
    sys.exit(bool(faulty))
