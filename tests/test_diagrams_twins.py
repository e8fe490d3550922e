"""Hand-made twins for the drawing tests, and that each of them gives a drawing at all."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import pytest

from tierline.diagrams import draw
from tierline.twin.assumptions import Assumption
from tierline.twin.head import Claims, Site
from tierline.twin.kinds import KINDS
from tierline.twin.model import (
    Dimension,
    Element,
    Feed,
    Isolation,
    Joint,
    Location,
    Medium,
    Mode,
    Origin,
    Quantity,
    Twin,
    Value,
)

AT = Location("facility.yaml", 1, 1)


class Plant:
    """Builds a twin the way the language means it: boards with ways, equipment that names its supply."""

    def __init__(self, name: str = "plant") -> None:
        self.name = name
        self.elements: dict[str, Element] = {}
        self.joints: list[Joint] = []
        self.feeds: list[tuple[str, str, Mode, list[int]]] = []

    def add(
        self,
        name: str,
        kind: str,
        origin: Origin = Origin.WRITTEN,
        isolation: Isolation | None = None,
        open_: bool = False,
        room: str | None = None,
        frames: tuple[str, ...] = (),
        **fields: str,
    ) -> str:
        values = {
            key: Value(Quantity(Dimension.POWER, Fraction(1), text) if text[0].isdigit() else text, AT)
            for key, text in fields.items()
        }
        own = KINDS[kind].isolation if isolation is None else isolation
        self.elements[name] = Element(name, kind, origin, AT, own, open_, True, room, values, frames)
        return name

    def join(self, a: str, b: str, one_way: bool = False, medium: Medium = Medium.POWER) -> int:
        self.joints.append(Joint(a, b, medium, one_way, AT))
        return len(self.joints) - 1

    def feed(self, *path: str, one_way: bool = False, medium: Medium = Medium.POWER) -> int:
        """Join the elements of a path in the direction of supply."""
        last = -1
        for a, b in itertools.pairwise(path):
            last = self.join(a, b, one_way, medium)
        return last

    def way(
        self,
        board: str,
        way: str,
        rating: str = "",
        kind: str = "breaker",
        open_: bool = False,
        isolation: Isolation = Isolation.FIXED,
        medium: Medium = Medium.POWER,
    ) -> tuple[str, str]:
        """The device and the run of a way."""
        fields = {"rating": rating} if rating else {}
        device = self.add(f"{board}.{way}", kind, Origin.WAY, isolation, open_, **fields)
        self.join(board, device, False, medium)
        run = self.add(f"{board}.{way}.w", "cable", Origin.RUN, Isolation.NONE)
        self.join(device, run, False, medium)
        return device, run

    def from_way(
        self, board: str, way: str, target: str, one_way: bool = True, medium: Medium = Medium.POWER, **more: object
    ) -> int:  # fmt: skip
        _, run = self.way(board, way, medium=medium, **more)  # type: ignore[arg-type]
        return self.join(run, target, one_way, medium)

    def to_way(
        self,
        source: str,
        board: str,
        way: str,
        rating: str = "",
        isolation: Isolation = Isolation.WITHDRAWABLE,
    ) -> None:
        fields = {"rating": rating} if rating else {}
        device = self.add(f"{board}.{way}", "breaker", Origin.WAY, isolation, **fields)
        run = self.add(f"{board}.{way}.w", "cable", Origin.RUN, Isolation.NONE)
        self.feed(source, run, device, board, one_way=True)

    def cords(self, rack: str, *runs: str) -> None:
        joints = []
        for letter, run in zip("abcd", runs, strict=False):
            cord = self.add(f"{rack}.{letter}", "cord", Origin.CORD)
            self.join(run, cord, True)
            joints.append(self.join(cord, rack, True))
        self.feeds.append((rack, "cords", Mode.SHARE, joints))

    def inputs(self, name: str, joints: list[int]) -> None:
        self.feeds.append((name, "inputs", Mode.SELECT, joints))

    def twin(self, assumed: int = 1) -> Twin:
        feeds = tuple(Feed(e, n, Medium.POWER, m, tuple(j), True, AT) for e, n, m, j in self.feeds)
        given = Assumption("gen-a1", "rating", "750 kW", "no nameplate", AT)
        return Twin(
            self.name,
            MappingProxyType(dict(sorted(self.elements.items()))),
            tuple(self.joints),
            feeds,
            (),
            (),
            frozenset(),
            {},
            Site(),
            Claims(),
            {},
            {},
            (given,) * assumed,
        )


def two_n(
    gens: int = 3,
    ups: int = 3,
    pdus: int = 2,
    racks: int = 8,
    utility: bool = True,
    tie: int = 2,
    mech: bool = True,
    ats: bool = False,
    hall_frames: bool = True,
) -> Plant:
    """A 2N plant after the Bamako pattern: sets, main boards, UPS, mechanical boards, halls."""
    p = Plant("two-n")
    if utility:
        p.add("utility", "utility", voltage="15 kV")
        p.add("rmu", "board", voltage="15 kV")
        p.elements["rmu"] = replace(
            p.elements["rmu"],
            fields={"voltage": Value(Quantity(Dimension.VOLTAGE, Fraction(15000), "15 kV"), AT)},
        )
        p.feed("utility", "rmu", one_way=True)
    for x in "ab":
        p.add(f"gb-{x}", "board", voltage="400 V", rating="3200 A")
        p.add(f"msb-{x}", "board", voltage="400 V", rating="3200 A")
        for n in range(1, gens + 1):
            p.add(f"gen-{x}{n}", "genset", rating="750 kW", **{"class": "COP"})
            p.to_way(f"gen-{x}{n}", f"gb-{x}", f"qg{n}", "1600 A")
        p.add(f"bd-{x}", "busduct", rating="3200 A")
        p.add(f"gb-{x}.qgo", "breaker", Origin.WAY, Isolation.WITHDRAWABLE, rating="3200 A")
        p.add(f"msb-{x}.qmi", "breaker", Origin.WAY, Isolation.WITHDRAWABLE, rating="3200 A")
        p.feed(f"gb-{x}", f"gb-{x}.qgo", f"bd-{x}", f"msb-{x}.qmi", f"msb-{x}")
        if utility:
            p.add(f"tx-{x}", "transformer", rating="2500 kVA", voltages="15/0.4 kV")
            p.from_way("rmu", f"qhv-{x}", f"tx-{x}", isolation=Isolation.WITHDRAWABLE)
            p.to_way(f"tx-{x}", f"msb-{x}", "qmu", "4000 A")
        p.add(f"uob-{x}", "board", voltage="400 V", rating="2000 A")
        for n in range(1, ups + 1):
            p.add(f"ups-{x}{n}", "ups", rating="400 kW")
            p.from_way(f"msb-{x}", f"qui-{n}", f"ups-{x}{n}", rating="800 A")
            p.to_way(f"ups-{x}{n}", f"uob-{x}", f"quo-{n}", "630 A", Isolation.FIXED)
            p.add(f"bat-{x}{n}", "battery", autonomy="10 min")
            p.add(f"bat-{x}{n}.q1", "breaker", Origin.WAY, Isolation.FIXED)
            p.feed(f"bat-{x}{n}", f"bat-{x}{n}.q1", f"ups-{x}{n}", one_way=True, medium=Medium.DC)
        if mech:
            _mechanical(p, x, ats)
    _tie(p, tie)
    for h in range(1, pdus + 1):
        _hall(p, h, racks, hall_frames)
    return p


def _mechanical(p: Plant, x: str, ats: bool) -> None:
    y = "b" if x == "a" else "a"
    p.add(f"mdb-{x}", "board", voltage="400 V", rating="1000 A")
    if ats:
        p.add(f"ats-{x}", "ats", rating="1000 A")
        first = p.from_way(f"msb-{x}", "qmd", f"ats-{x}")
        if f"msb-{y}" not in p.elements:
            p.add(f"msb-{y}", "board", voltage="400 V", rating="3200 A")
        p.inputs(f"ats-{x}", [first, p.from_way(f"msb-{y}", "qmx", f"ats-{x}")])
        p.join(f"ats-{x}", f"mdb-{x}", True)
    else:
        p.from_way(f"msb-{x}", "qmd", f"mdb-{x}", one_way=False, rating="1000 A")
    for n in range(1, 4):
        p.add(f"ch-{x}{n}", "chiller", rating="432 kW", draw="140 kW")
        p.from_way(f"mdb-{x}", f"qch-{n}", f"ch-{x}{n}", rating="315 A")
    for n in range(1, 7):
        p.add(f"crah-{x}{n}", "crah", rating="90 kW", draw="3.5 kW")
        p.from_way(f"mdb-{x}", f"qc-{n}", f"crah-{x}{n}", rating="16 A")


def _tie(p: Plant, count: int, open_: bool = True) -> None:
    if count == 1:
        p.add("tie", "breaker", open_=open_, rating="3200 A")
        p.feed("gb-a", "tie", "gb-b")
    elif count == 2:
        p.add("tie-a", "breaker", open_=open_, rating="3200 A")
        p.add("tsp", "bus", rating="3200 A")
        p.add("tie-b", "breaker", open_=open_, rating="3200 A")
        p.feed("gb-a", "tie-a", "tsp", "tie-b", "gb-b")


def _hall(p: Plant, h: int, racks: int, frames: bool) -> None:
    frame = (f"hall-{h}: kind hall",) if frames else ()
    for x in "ab":
        p.add(f"hall-{h}.pdu-{x}", "board", voltage="400 V", rating="400 A", frames=frame)
        p.add(f"hall-{h}.pdu-{x}.qpi", "disconnector", Origin.INCOMER, frames=frame)
        p.from_way(f"uob-{x}", f"qh-{h}", f"hall-{h}.pdu-{x}.qpi", one_way=False, rating="400 A")
        p.join(f"hall-{h}.pdu-{x}.qpi", f"hall-{h}.pdu-{x}")
        for r in (1, 2):
            p.add(f"hall-{h}.bw-{r}-{x}", "busduct", rating="250 A", frames=frame)
            p.from_way(f"hall-{h}.pdu-{x}", f"qr{r}", f"hall-{h}.bw-{r}-{x}", one_way=False, rating="250 A")
    for r in (1, 2):
        for n in range(1, racks + 1):
            rack = p.add(f"hall-{h}.rack-{r}-{n:02d}", "rack", load="10 kW", frames=frame)
            taps = []
            for x in "ab":
                tap = p.add(f"hall-{h}.bw-{r}-{x}.t{n:02d}", "tap-off", Origin.WAY, frames=frame)
                p.join(f"hall-{h}.bw-{r}-{x}", tap)
                taps.append(tap)
            p.cords(rack, *taps)


def p01(tie: int = 0, tie_isolation: Isolation = Isolation.FIXED) -> Plant:
    """The smallest 2N plant, with lumped loads on both UPS output boards."""
    p = Plant("p01")
    for x in "ab":
        for board in ("gb", "msb", "uob", "mcc"):
            p.add(f"{board}-{x}", "board", rating="800 kW")
        for n in (1, 2):
            p.add(f"gen-{x}{n}", "genset", rating="400 kW", **{"class": "COP"})
            p.to_way(f"gen-{x}{n}", f"gb-{x}", f"q{n}", isolation=Isolation.FIXED)
        p.from_way(f"gb-{x}", "q9", f"msb-{x}", one_way=False)
        p.add(f"ups-{x}", "ups", rating="400 kW")
        p.from_way(f"msb-{x}", "q1", f"ups-{x}")
        p.to_way(f"ups-{x}", f"uob-{x}", "q0", isolation=Isolation.FIXED)
        p.from_way(f"msb-{x}", "q2", f"mcc-{x}", one_way=False)
    for n in range(1, 5):
        p.add(f"load-{n}", "load", load="100 kW")
        p.inputs(f"load-{n}", [p.from_way(f"uob-{x}", f"q{n}", f"load-{n}") for x in "ab"])
    p.add("mech", "load", load="200 kW")
    p.inputs("mech", [p.from_way(f"mcc-{x}", "q1", "mech") for x in "ab"])
    if tie == 1:
        p.add("tie-g", "breaker", isolation=tie_isolation, rating="1000 kW")
        p.feed("gb-a", "tie-g", "gb-b")
    if tie == 2:
        p.add("tie-1", "breaker")
        p.add("tb", "bus")
        p.add("tie-2", "breaker")
        p.feed("gb-a", "tie-1", "tb", "tie-2", "gb-b")
    return p


def p16() -> Plant:
    """One UPS system with all modules on one output board; mechanical boards behind selectors."""
    p = Plant("p16")
    for x in "ab":
        p.add(f"gb-{x}", "board")
        p.add(f"msb-{x}", "board")
        for n in (1, 2):
            p.add(f"gen-{x}{n}", "genset", rating="400 kW")
            p.to_way(f"gen-{x}{n}", f"gb-{x}", f"q{n}")
        p.from_way(f"gb-{x}", "q9", f"msb-{x}", one_way=False)
    p.add("ats-u", "ats", rating="1000 A")
    p.inputs("ats-u", [p.from_way(f"msb-{x}", "q1", "ats-u") for x in "ab"])
    p.add("uib", "board")
    p.join("ats-u", "uib", True)
    p.add("uob", "board")
    for n in range(1, 4):
        p.add(f"ups-{n}", "ups", rating="200 kW")
        p.from_way("uib", f"q{n}", f"ups-{n}")
        p.to_way(f"ups-{n}", "uob", f"q{n}")
    for n in range(1, 5):
        p.add(f"load-{n}", "load", load="100 kW")
        p.inputs(f"load-{n}", [p.from_way("uob", f"q{n}{x}", f"load-{n}") for x in "ab"])
    for n in (1, 2):
        p.add(f"ats-m{n}", "ats")
        p.inputs(f"ats-m{n}", [p.from_way(f"msb-{x}", f"qm{n}", f"ats-m{n}") for x in "ab"])
        p.add(f"mcc-{n}", "board")
        p.join(f"ats-m{n}", f"mcc-{n}", True)
        p.add(f"ch-{n}", "chiller", rating="400 kW")
        p.from_way(f"mcc-{n}", "q1", f"ch-{n}")
    return p


def p18() -> Plant:
    """Four UPS systems and a catcher; two static switches for every load."""
    p = Plant("p18")
    p.add("gb", "board")
    for n in range(1, 4):
        p.add(f"gen-{n}", "genset", rating="400 kW")
        p.to_way(f"gen-{n}", "gb", f"qg{n}")
    for n in ("1", "2", "3", "r"):
        p.add(f"ups-{n}", "ups", rating="200 kW")
        p.from_way("gb", f"q{n}", f"ups-{n}")
        p.add(f"uob-{n}", "board")
        p.join(f"ups-{n}", f"uob-{n}", True)
    for n in (1, 2, 3):
        joints = []
        for x in "ab":
            sts = p.add(f"sts-{n}{x}", "sts")
            p.inputs(sts, [p.from_way(f"uob-{n}", f"q{x}", sts), p.from_way("uob-r", f"q{n}{x}", sts)])
            pdu = p.add(f"pdu-{n}{x}", "board", rating="200 kW")
            p.join(sts, pdu, True)
            joints.append(p.from_way(pdu, "q1", f"load-{n}"))
        p.add(f"load-{n}", "load", load="180 kW")
        p.inputs(f"load-{n}", joints)
    return p


def p20() -> Plant:
    """Three systems, three groups of load, each on two of them."""
    p = Plant("p20")
    for n in (1, 2, 3):
        p.add(f"gen-{n}", "genset", rating="500 kW")
        p.add(f"msb-{n}", "board")
        p.to_way(f"gen-{n}", f"msb-{n}", "q0")
        p.add(f"ups-{n}", "ups", rating="240 kW")
        p.from_way(f"msb-{n}", "q1", f"ups-{n}")
    for load, (i, j) in {"l-12": (1, 2), "l-23": (2, 3), "l-31": (3, 1)}.items():
        p.add(load, "racks", load="160 kW", count="16")
        p.cords(load, f"ups-{i}", f"ups-{j}")
    return p


def three_lanes() -> Plant:
    """Distributed redundant with three named paths."""
    p = Plant("three-lanes")
    for x in "abc":
        p.add(f"gen-{x}", "genset", rating="500 kW")
        p.add(f"msb-{x}", "board")
        p.to_way(f"gen-{x}", f"msb-{x}", "q0")
        p.add(f"ups-{x}", "ups", rating="240 kW")
        p.from_way(f"msb-{x}", "q1", f"ups-{x}")
        p.add(f"uob-{x}", "board")
        p.to_way(f"ups-{x}", f"uob-{x}", "q0")
    for n, (i, j) in enumerate((("a", "b"), ("b", "c"), ("a", "c")), 1):
        p.add(f"load-{n}", "load", load="160 kW")
        p.inputs(f"load-{n}", [p.from_way(f"uob-{x}", f"q{n}", f"load-{n}") for x in (i, j)])
    return p


def partial() -> Plant:
    """A board somebody only started to write, a loose device, a ring of devices."""
    p = Plant("partial")
    p.add("mcc-a", "board")
    p.way("mcc-a", "q1")
    p.add("loose-1", "breaker")
    p.add("loose-2", "breaker")
    p.add("loose-3", "breaker")
    p.feed("loose-1", "loose-2", "loose-3", "loose-1")
    p.add("lonely", "genset", rating="100 kW")
    return p


def single() -> Plant:
    """One path, racks straight on the output board, a wrap-around by-pass."""
    p = Plant("single")
    p.add("utility", "utility", voltage="11 kV")
    p.add("tx", "transformer", rating="1000 kVA")
    p.add("msb", "board", rating="1600 A")
    p.join("utility", "tx", True)
    p.to_way("tx", "msb", "q0", "1600 A")
    p.add("gen", "genset", rating="800 kW")
    p.to_way("gen", "msb", "q1", "1600 A")
    p.add("uob", "board")
    for n in (1, 2):
        p.add(f"ups-{n}", "ups", rating="400 kW")
        p.from_way("msb", f"q{n + 1}", f"ups-{n}")
        p.to_way(f"ups-{n}", "uob", f"q{n}")
    p.add("byp", "breaker", open_=True, rating="1600 A")
    p.feed("msb", "byp", "uob")
    for n in range(1, 41):
        p.add(f"rack-{n:02d}", "rack", load="8 kW", room="hall-1")
        p.cords(f"rack-{n:02d}", p.way("uob", f"r{n:02d}", "32 A")[1])
    return p


PLANTS = {
    "two-n": lambda: two_n(),
    "two-n-ats": lambda: two_n(ats=True, tie=1, utility=False),
    "p01": lambda: p01(),
    "p04": lambda: p01(1),
    "p06": lambda: p01(2),
    "p16": p16,
    "p18": p18,
    "p20": p20,
    "three-lanes": three_lanes,
    "partial": partial,
    "single": single,
}


@pytest.mark.parametrize("name", sorted(PLANTS))
def test_every_plant_gives_sheets(name: str) -> None:
    sheets = draw(PLANTS[name]().twin())
    assert sheets
    assert len({sheet.name for sheet in sheets}) == len(sheets)


def test_a_twin_without_power_gives_no_sheet() -> None:
    assert draw(Plant("empty").twin(0)) == ()
