"""A twin as the first oracle asks about it: who supplies what, who lives on what, and what nobody modelled at all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from oracle.lines import Lines
from tierline.twin.kinds import KINDS, Class
from tierline.twin.model import Element, Feed, Joint, Medium, Need, Quantity, Twin

OUTDOORS = ("tower", "dry-cooler")
"""What gives the heat of others to the open air."""
MOTORS = ("chiller", "pump", "crah", "cdu", "crac", "cooling-unit", "fan", *OUTDOORS)
CONSUMERS = ("rack", "racks", "load")
TANKS = ("tank", "day-tank")
BY_HAND = ("controller", "panel", "sensor")
BOARDS = ("board", "bus", "busduct", "transformer", "ups", "ats", "sts", "pou-switch")
POWER_SOURCES = ("genset", "utility")
SUPPLIES_OF = {
    Medium.CHILLED_WATER: ("chiller",),
    Medium.DC: ("battery", "dc-supply"),
    Medium.AIR: ("fan",),
}


@dataclass
class Guess:
    """How a missing number is read, and whether any was missed: the verdict must not depend on it."""

    high: bool
    asked: bool = False
    rated: bool = False
    """Sets of limited hours give their rating, as below Tier III; else nothing (M4)."""
    loose: bool = False
    """W and VA of a load that may split are read for the worse or the better (M9), not as they are: alike."""

    def missing(self) -> bool:
        """Note that a number is missing; True where this guess is the kind one."""
        self.asked = True
        return self.high


Place = tuple[str, Medium]
Port = tuple[str, str]
"""An element, and the side of it that takes in power; "" where it conducts or gives."""


@dataclass
class World:
    """A twin as the oracle asks about it: who supplies what, and what nobody modelled at all."""

    twin: Twin
    joints_at: dict[str, list[tuple[int, Joint]]] = field(default_factory=lambda: defaultdict(list))
    feeds_of: dict[str, list[Feed]] = field(default_factory=lambda: defaultdict(list))
    lacking: dict[str, list[Medium]] = field(default_factory=dict)
    into: dict[str, list[tuple[str, Medium]]] = field(default_factory=lambda: defaultdict(list))
    """Element → what may come in: (from where, medium)."""
    onward: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Element → those along its joints."""
    needs_of: dict[str, list[Need]] = field(default_factory=lambda: defaultdict(list))
    needed_by: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    media_of: dict[str, set[Medium]] = field(default_factory=lambda: defaultdict(set))
    places: dict[str, frozenset[Place]] = field(default_factory=dict)
    """Element → everything that can be live at it."""
    limits: dict[tuple[str, Medium, bool], tuple[float, bool]] = field(default_factory=dict)
    """(element, medium, read in its favour) → its rating, and whether that was missing."""
    wants: dict[str, list[tuple[int, list[Place]]]] = field(default_factory=dict)
    """Element → how many places of which must be live for it to run."""
    beginnings: dict[tuple[str, bool], frozenset[Place]] = field(default_factory=dict)
    in_apparent: frozenset[Port] | None = None
    """The networks of power that are judged in VA, once that was asked."""

    def __post_init__(self) -> None:
        for element, medium in self.twin.given:
            self.media_of[element].add(Medium(medium))
        for index, joint in enumerate(self.twin.joints):
            self.joints_at[joint.a].append((index, joint))
            self.joints_at[joint.b].append((index, joint))
            self.media_of[joint.a].add(joint.medium)
            self.media_of[joint.b].add(joint.medium)
            for a, b in directions(joint):
                self.into[b].append((a, joint.medium))
                self.onward[a].add(b)
        for need in self.twin.needs:
            self.needs_of[need.element].append(need)
            for member in need.members:
                self.needed_by[member].add(need.element)
        for feed in self.twin.feeds:
            self.feeds_of[feed.element].append(feed)
        for name in self.twin.elements:
            self.places[name] = frozenset((name, medium) for medium in self.media_of[name])

    def given(self, element: str, medium: Medium) -> bool:
        """From outside the model; beside sets or tanks of its own, no power or water that is passed on is (S1)."""
        return (element, medium) in self.from_outside

    @cached_property
    def from_outside(self) -> frozenset[tuple[str, str]]:
        own = {Medium.POWER} if "genset" in self.kinds else set[Medium]()
        own |= {Medium.WATER} if self.has_water else set()
        passed = {(j.a, str(j.medium)) for j in self.twin.joints if j.medium in own}
        return self.twin.given - passed

    def begins(self, element: Element, guess: Guess) -> frozenset[Place]:
        """Where a medium starts at this element."""
        found = self.beginnings.get((element.id, guess.high))
        if found is None:
            media = [m for m in self.media_of[element.id] if self.is_source(element, m, guess)]
            found = self.beginnings[element.id, guess.high] = frozenset((element.id, m) for m in media)
        elif element.kind in TANKS:
            has_contents(element, guess)
        return found

    @cached_property
    def has_water(self) -> bool:
        return any(e.kind in TANKS and tank_medium(e) == Medium.WATER for e in self.twin.elements.values())

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(e.kind for e in self.twin.elements.values())

    def modelled(self, medium: Medium) -> bool:
        """Is any source of this medium in the model? If not, what draws no supply of it has all it wants."""
        return medium in self.modelled_media

    @cached_property
    def modelled_media(self) -> frozenset[Medium]:
        found = {Medium(m) for _, m in self.twin.given}
        for element in self.twin.elements.values():
            if element.kind in POWER_SOURCES:
                found.add(Medium.POWER)
            if element.kind in TANKS:
                found.add(tank_medium(element))
            if element.kind in OUTDOORS:
                found.add(cooled(element))
            # a control supply says nothing of the batteries of the UPS
            found |= {m for m, kinds in SUPPLIES_OF.items() if element.kind in kinds and element.kind != "dc-supply"}
        return frozenset(found)

    @cached_property
    def any_board(self) -> bool:
        return any(e.kind in BOARDS for e in self.twin.elements.values())

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.twin)

    @cached_property
    def flowing(self) -> frozenset[Medium]:
        """Media that anything is joined to, given, or lives on."""
        found = {m for media in self.media_of.values() for m in media}
        return frozenset(found.union(*(self.unsupplied(e) for e in self.twin.elements.values())))

    @cached_property
    def power_networks(self) -> dict[Port, Port]:
        """Every side of an element that power reaches → one side that stands for the network it belongs to."""
        beside: dict[Port, set[Port]] = defaultdict(set)
        for index, joint in enumerate(self.twin.joints):
            if joint.medium == Medium.POWER:
                tail, head = self.ends_of(index)
                beside[tail].add(head)
                beside[head].add(tail)
        found: dict[Port, Port] = {}
        for start in beside:
            ahead = [start]
            while ahead:
                if found.setdefault(port := ahead.pop(), start) is start:
                    ahead += [other for other in beside[port] if other not in found]
        return found

    def ends_of(self, joint: int) -> tuple[Port, Port]:
        """The two sides that a joint of power connects."""
        head, feed = self.twin.elements[self.twin.joints[joint].b], self.feed_at.get(joint)
        takes = is_consumer(head) or head.kind in ("ups", "dc-supply")
        side = "in" if takes else feed.name if feed is not None and feed.needed else ""
        return (self.twin.joints[joint].a, ""), (head.id, side)

    @cached_property
    def feed_at(self) -> dict[int, Feed]:
        """Joint → the feed it is of."""
        return {joint: feed for feed in self.twin.feeds for joint in feed.joints}

    def unsupplied(self, element: Element) -> list[Medium]:
        """The media this element cannot do without and for which nothing at all is drawn."""
        known = self.lacking.get(element.id)
        if known is None:
            known = self.lacking[element.id] = self._lacking(element)
        return known

    def _lacking(self, element: Element) -> list[Medium]:
        wants: list[Medium] = []
        if element.kind in MOTORS or element.kind in CONSUMERS:
            wants.append(Medium.POWER)
        if element.kind in ("controller", "panel", "epo", "release") and not self.has_dc(element.id):
            wants.append(Medium.POWER)
        if element.kind == "ups":
            wants += [Medium.POWER, Medium.DC]
        if element.kind == "genset":
            wants.append(Medium.FUEL)
        if consumes_water(element):
            wants.append(Medium.WATER)
        if element.kind in ("crah", "cdu"):
            wants.append(Medium.CHILLED_WATER)
        given = self.twin.given
        return [m for m in wants if (element.id, m) not in given and not self.has_way_in(element.id, m)]

    def has_dc(self, element: str) -> bool:
        return self.given(element, Medium.DC) or self.has_way_in(element, Medium.DC)

    def has_way_in(self, element: str, medium: Medium) -> bool:
        return any(j.medium == medium and (j.b == element or not j.one_way) for _, j in self.joints_at[element])

    def perfect_without(self, medium: Medium) -> bool:
        """May an element for which no supply of this medium is drawn run all the same?"""
        if medium == Medium.WATER or (medium == Medium.POWER and self.any_board):
            return False
        return not self.modelled(medium)

    def is_source(self, element: Element, medium: Medium, guess: Guess) -> bool:
        """Does the medium start here while the element is up? Never at a utility, whatever is written."""
        if KINDS[element.kind].cls == Class.WORLD:
            return False
        if self.given(element.id, medium):
            return True
        if element.kind == "genset":
            return medium == Medium.POWER
        if element.kind in TANKS:
            return medium == tank_medium(element) and has_contents(element, guess)
        if element.kind in OUTDOORS:
            return medium == cooled(element)
        return element.kind in SUPPLIES_OF.get(medium, ()) and element.kind != "dc-supply"


def tank_medium(element: Element) -> Medium:
    return Medium(element.text("carries", Medium.FUEL.value))


def cooled(element: Element) -> Medium:
    """The circuit a tower or a dry cooler cools, where it does not stand on a room."""
    return Medium(element.text("carries", Medium.CONDENSER_WATER.value))


def consumes_water(element: Element) -> bool:
    """Towers, and whatever is said to evaporate, unless it is said to be nothing."""
    said = [element.quantity("evaporation"), element.quantity("drift")]
    if said[0] is not None and not any(one.amount for one in said if one is not None):
        return False
    return element.kind == "tower" or said != [None, None] or element.value("cycles") is not None


def has_contents(element: Element, guess: Guess) -> bool:
    usable = element.value("usable")
    if usable is None:
        return guess.missing()
    return not isinstance(usable, Quantity) or usable.amount > 0


def directions(joint: Joint) -> list[tuple[str, str]]:
    return [(joint.a, joint.b)] if joint.one_way else [(joint.a, joint.b), (joint.b, joint.a)]


def is_consumer(element: Element) -> bool:
    return KINDS[element.kind].cls == Class.CONSUMER
