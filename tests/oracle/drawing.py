"""A small drawing board: twins built straight from model objects, without any YAML.

Promises: ways, runs and cords come out as the language makes them (board, device, run, speaker; one-way where
an end is one-way); everything is declared unlimited unless a rating, or `None` for a missing one, is given.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tierline.twin.head import Claims, Site
from tierline.twin.kinds import KINDS
from tierline.twin.model import (
    UNLIMITED,
    Dimension,
    Element,
    Feed,
    Interlock,
    Isolation,
    Joint,
    Location,
    Medium,
    Mode,
    Need,
    Origin,
    Quantity,
    Room,
    Twin,
    Value,
)

AT = Location("plant.yaml", 1, 1)
DEVICE = {Medium.POWER: "breaker", Medium.DC: "breaker", Medium.AIR: "damper"}
RUN = {Medium.POWER: "cable", Medium.DC: "cable", Medium.AIR: "duct"}
RATED = (
    *("genset", "board", "bus", "busduct", "cable", "transformer", "ups", "ats", "sts", "pou-switch"),
    *("breaker", "disconnector", "tap-off", "cord", "pump", "header", "section", "pipe", "valve"),
    *("check-valve", "chiller", "crah", "crac", "cooling-unit"),
)


def kw(amount: int | Fraction) -> Quantity:
    return Quantity(Dimension.POWER, Fraction(amount) * 1000, f"{amount} kW")


def kva(amount: int | Fraction) -> Quantity:
    return Quantity(Dimension.APPARENT_POWER, Fraction(amount) * 1000, f"{amount} kVA")


def litres(amount: int | Fraction) -> Quantity:
    return Quantity(Dimension.VOLUME, Fraction(amount) * 1000, f"{amount} L")


def litres_per_hour(amount: int | Fraction) -> Quantity:
    return Quantity(Dimension.FLOW, Fraction(amount) * 1000, f"{amount} L/h")


def litres_per_kwh(text: str) -> Quantity:
    return Quantity(Dimension.BURN, Fraction(text) * 1000, f"{text} L/kWh")


def ratio(text: str) -> Quantity:
    return Quantity(Dimension.RATIO, Fraction(text), text)


def seconds(amount: int) -> Quantity:
    return Quantity(Dimension.DURATION, Fraction(amount), f"{amount} s")


def celsius(amount: int) -> Quantity:
    return Quantity(Dimension.TEMPERATURE, Fraction(amount), f"{amount} °C")


@dataclass
class Drawing:
    """A plant being drawn."""

    elements: dict[str, Element] = field(default_factory=dict)
    joints: list[Joint] = field(default_factory=list)
    feeds: list[Feed] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    interlocks: list[Interlock] = field(default_factory=list)
    serves: list[tuple[str, str]] = field(default_factory=list)
    given: set[tuple[str, str]] = field(default_factory=set)
    rooms: dict[str, Room] = field(default_factory=dict)
    settings: dict[str, Value] = field(default_factory=dict)
    dry_bulb: Quantity | None = None
    each_way: Isolation | None = None
    """The isolation of way devices for which nothing is said."""
    ways: int = 0

    def add(
        self,
        name: str,
        kind: str,
        *,
        origin: Origin = Origin.WRITTEN,
        isolation: Isolation | None = None,
        normally_open: bool = False,
        room: str | None = None,
        **values: Any,
    ) -> str:
        """An element; a value None leaves the field unwritten."""
        if kind in RATED:
            values.setdefault("rating", UNLIMITED)
        self.elements[name] = Element(
            id=name,
            kind=kind,
            origin=origin,
            at=AT,
            isolation=KINDS[kind].isolation if isolation is None else isolation,
            normally_open=normally_open,
            removable=KINDS[kind].cls not in ("consumer", "world"),
            room=room,
            fields={key: Value(of, AT) for key, of in values.items() if of is not None},
        )
        return name

    def change(self, name: str, **values: Any) -> None:
        """Write fields over, or take them away with None."""
        element = self.elements[name]
        fields = {k: v for k, v in element.fields.items() if k not in values}
        fields |= {key: Value(of, AT) for key, of in values.items() if of is not None}
        self.elements[name] = replace(element, fields=fields)

    def join(self, a: str, b: str, medium: Medium, one_way: bool = False) -> int:
        self.joints.append(Joint(a, b, medium, one_way, AT))
        return len(self.joints) - 1

    def chain(self, *ids: str, medium: Medium = Medium.POWER) -> int:
        """Join in the order of supply; one-way if an end is. The index of the last joint."""
        one_way = any(KINDS[self.elements[e].kind].one_way for e in (ids[0], ids[-1]))
        return [self.join(a, b, medium, one_way) for a, b in pairwise(ids)][-1]

    def way(self, board: str, medium: Medium = Medium.POWER, isolation: Isolation | None = None) -> list[str]:
        """A new way of a board: its device and its run."""
        self.ways += 1
        device = f"{board}.q{self.ways}"
        self.add(device, DEVICE.get(medium, "valve"), origin=Origin.WAY, isolation=isolation or self.each_way)
        return [device, self.add(f"{device}.w", RUN.get(medium, "pipe"), origin=Origin.RUN)]

    def supply(
        self,
        board: str,
        element: str,
        medium: Medium = Medium.POWER,
        isolation: Isolation | None = None,
    ) -> int:
        """`from: board.way`: the joint that ends in the element."""
        return self.chain(board, *self.way(board, medium, isolation), element, medium=medium)

    def land(
        self,
        element: str,
        board: str,
        medium: Medium = Medium.POWER,
        isolation: Isolation | None = None,
    ) -> None:
        """`to: board.way`."""
        self.chain(element, *reversed(self.way(board, medium, isolation)), board, medium=medium)

    def feed(
        self,
        element: str,
        name: str,
        joints: list[int],
        *,
        mode: Mode | None = None,
        needed: bool = True,
    ) -> None:
        """Joints as one feed; alternatives are a selector unless said otherwise."""
        chosen = mode or (Mode.SELECT if len(joints) > 1 else Mode.JOINED)
        medium = self.joints[joints[0]].medium
        self.feeds.append(Feed(element, name, medium, chosen, tuple(joints), needed, AT))

    def rack(self, name: str, load: int, boards: list[str], room: str | None = None) -> None:
        """A rack with a cord on each board."""
        self.add(name, "rack", load=kw(load), room=room)
        joints = []
        for letter, board in zip("abcd", boards, strict=False):
            cord = self.add(f"{name}.{letter}", "cord", origin=Origin.CORD)
            joints.append(self.chain(board, *self.way(board), cord, name))
        self.feed(name, "cords", joints, mode=Mode.SHARE)

    def load(self, name: str, load: int, boards: list[str]) -> None:
        """A lumped load, first board preferred."""
        self.add(name, "load", load=kw(load))
        self.feed(name, "inputs", [self.supply(board, name) for board in boards])

    def powered(self, element: str, boards: list[str]) -> None:
        """`needs: {power: …}` on ways of the boards."""
        self.feed(element, "power", [self.supply(board, element) for board in boards])

    def selector(self, name: str, boards: list[str], kind: str = "ats", **values: Any) -> str:
        """A switch, or a ups, that takes one of the boards at a time."""
        self.add(name, kind, **values)
        self.feed(name, "inputs", [self.supply(b, name) for b in boards], needed=False)
        return name

    def need(self, element: str, name: str, *members: str) -> None:
        self.needs.append(Need(element, name, members, AT))

    def interlock(self, closed: int, *devices: str) -> None:
        """At most so many of the devices are closed at once."""
        self.interlocks.append(Interlock(f"il-{len(self.interlocks) + 1}", devices, closed, AT))

    def room(self, name: str, heat: int | None) -> str:
        self.rooms[name] = Room(name, AT, "computer-room", None if heat is None else Value(kw(heat), AT))
        return name

    def twin(self) -> Twin:
        """The plant as a twin, ordered as twins are."""
        order = sorted(range(len(self.joints)), key=lambda i: (self.joints[i].a, self.joints[i].b, i))
        place = {old: new for new, old in enumerate(order)}
        feeds = [replace(f, joints=tuple(place[j] for j in f.joints)) for f in self.feeds]
        return Twin(
            facility="plant",
            elements=dict(sorted(self.elements.items())),
            joints=tuple(self.joints[i] for i in order),
            feeds=tuple(sorted(feeds, key=lambda f: (f.element, f.name))),
            needs=tuple(sorted(self.needs, key=lambda n: (n.element, n.name))),
            serves=tuple(sorted(self.serves)),
            given=frozenset((e, Medium(m)) for e, m in self.given),
            rooms=dict(sorted(self.rooms.items())),
            site=Site(AT, None if self.dry_bulb is None else Value(self.dry_bulb, AT)),
            claims=Claims(),
            settings=self.settings,
            interlocks=tuple(self.interlocks),
        )
