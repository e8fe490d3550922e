"""What still runs once some elements are out: the fixpoint of supplies, feeds and needs.

Promises: `settle(...)` gives the elements that are up and the (element, medium) pairs that are live. What
flows is live only if it comes from a source (least fixpoint); what is merely needed holds while its members
run (greatest fixpoint from the state in service). A cycle through a set's own pump needs a store as bridge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from tierline.twin.kinds import KINDS, Class
from tierline.twin.model import STOP, Element, Feed, Joint, Medium, Mode, Need, Quantity, Twin

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

    def missing(self) -> bool:
        """Note that a number is missing; True where this guess is the kind one."""
        self.asked = True
        return self.high


Place = tuple[str, Medium]


@dataclass(frozen=True)
class State:
    up: frozenset[str]
    """Elements that run: not out, every needed feed live, every need satisfied."""
    live: frozenset[Place]
    """Where each medium arrives."""


@dataclass
class World:
    """A twin as the oracle asks about it: who supplies what, and what nobody modelled at all."""

    twin: Twin
    joints_at: dict[str, list[tuple[int, Joint]]] = field(default_factory=lambda: defaultdict(list))
    feeds_of: dict[str, list[Feed]] = field(default_factory=lambda: defaultdict(list))
    lacking: dict[str, list[Medium]] = field(default_factory=dict)
    into: dict[str, list[tuple[str, Medium]]] = field(default_factory=lambda: defaultdict(list))
    """Element → what may come in: (from where, medium)."""
    media_of: dict[str, set[Medium]] = field(default_factory=lambda: defaultdict(set))

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
        for feed in self.twin.feeds:
            self.feeds_of[feed.element].append(feed)

    def given(self, element: str, medium: Medium) -> bool:
        """From outside the model; beside sets or tanks of its own, no power or water that is passed on is (S1)."""
        passed = any(j.medium == medium and j.a == element for _, j in self.joints_at[element])
        own = (medium == Medium.POWER and "genset" in self.kinds) or (medium == Medium.WATER and self.has_water)
        return (element, medium) in self.twin.given and not (passed and own)

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


def settle(world: World, kill: frozenset[str], *, hand: bool, guess: Guess) -> State:
    """The state after `kill` is out; by hand, open devices are closed and local controls are used.

    What starts in any order, stores bridging, must then stand on what really flows from a source.
    """
    idle = {e.id for e in world.twin.elements.values() if e.normally_open and not hand}
    running = frozenset(world.twin.elements) - kill - idle
    while True:
        content = _content(world, running, hand=hand, guess=guess)
        started = _started(world, content, hand=hand, guess=guess)
        live = _live(world, started, hand=hand, guess=guess)
        up = frozenset(e for e in started if _has_supplies(world, world.twin.elements[e], live))
        if up == running:
            return State(up, frozenset(live))
        running = up


def _content(world: World, running: frozenset[str], *, hand: bool, guess: Guess) -> frozenset[str]:
    """Those of `running` whose needs hold while exactly `running` runs."""
    return running - {
        need.element
        for need in world.twin.needs
        if not holds(need, world, running, hand=hand, guess=guess)
    }


def holds(need: Need, world: World, running: frozenset[str], *, hand: bool, guess: Guess) -> bool:
    """A need by what it is: a circuit that opens what it holds, or something that must run."""
    members = [world.twin.elements[m] for m in need.members]
    if need.name != STOP:
        return satisfied(members, running, hand=hand, guess=guess)
    (circuit,) = members
    energise = circuit.text("energise") or ("to-trip" if guess.missing() else "to-hold")
    return energise == "to-trip" or circuit.id in running or (hand and circuit.value("bypass_key") is True)


def satisfied(members: Iterable[Element], running: frozenset[str], *, hand: bool, guess: Guess) -> bool:
    """What only watches does no control; of the others one running is enough; without one, hands may help."""
    members = [m for m in members if not only_watches(m)]
    if not members or any(m.id in running for m in members):
        return True
    local = [m.value("local_manual") for m in members if m.kind in BY_HAND]
    if not hand:
        return False
    return True in local or (None in local and guess.missing())


def only_watches(element: Element) -> bool:
    return element.value("monitoring_only") is True


def _started(world: World, content: frozenset[str], *, hand: bool, guess: Guess) -> set[str]:
    """Least fixpoint: start with nothing live and let every source, store and joint add what it can."""
    up: set[str] = set()
    live: set[Place] = set()
    while True:
        before = (len(up), len(live))
        for element_id in content - up:
            element = world.twin.elements[element_id]
            if _has_supplies(world, element, live) and _controls_run(world, element, up, guess):
                up.add(element_id)
        for element_id in up:
            element = world.twin.elements[element_id]
            live |= _arrivals(world, element, up, live, hand=hand, guess=guess) | _bridged(world, element, guess)
        if before == (len(up), len(live)):
            return up


def _live(world: World, up: set[str], *, hand: bool, guess: Guess) -> set[Place]:
    """Least fixpoint again, of what flows while exactly `up` runs and no store helps."""
    live: set[Place] = set()
    while True:
        before = len(live)
        for element_id in up:
            live |= _arrivals(world, world.twin.elements[element_id], up, live, hand=hand, guess=guess)
        if before == len(live):
            return live


def _bridged(world: World, element: Element, guess: Guess) -> set[Place]:
    """What a store keeps live while its own input is not yet there."""
    if element.kind == "ups" and Medium.DC not in world.unsupplied(element):
        return {(element.id, Medium.POWER)}
    if element.kind == "dc-supply":
        hours = element.value("autonomy")
        if guess.missing() if hours is None else not isinstance(hours, Quantity) or hours.amount > 0:
            return {(element.id, Medium.DC)}
    return set()


def _has_supplies(world: World, element: Element, live: set[Place]) -> bool:
    if not all(world.perfect_without(m) for m in world.unsupplied(element)):
        return False
    joints = world.twin.joints
    return all(
        world.given(element.id, feed.medium)
        or joints_needed(element, feed) <= sum((joints[j].a, feed.medium) in live for j in feed.joints)
        for feed in world.feeds_of[element.id]
        if feed.needed
    )


def _controls_run(world: World, element: Element, up: set[str], guess: Guess) -> bool:
    """A set whose controls live on what it generates: whether a store bridges that circle nobody can say.

    Likewise a device that a circuit must hold closed, where the circuit lives on what the device passes.
    """
    for need in world.twin.needs:
        members = [world.twin.elements[m] for m in need.members]
        if need.name == STOP and need.element == element.id and members[0].id not in up:
            held = members[0].text("energise") != "to-trip" and members[0].value("bypass_key") is not True
            if held and not guess.missing():
                return False
        controls = [m for m in members if m.kind in BY_HAND and not only_watches(m)]
        if need.name == STOP or element.kind != "genset" or need.element != element.id or not controls:
            continue
        manual = {m.value("local_manual") for m in controls}
        if True in manual or any(m.id in up for m in members):
            continue
        if not guess.missing():
            return False
    return True


def joints_needed(element: Element, feed: Feed) -> int:
    """One live joint keeps a feed alive; of the cords, as many as the rack runs on."""
    runs_on = element.value("runs_on")
    return runs_on if feed.mode == Mode.SHARE and isinstance(runs_on, int) else 1


def _arrivals(
    world: World, element: Element, up: set[str], live: set[Place], *, hand: bool, guess: Guess
) -> set[Place]:
    """The media that arrive at an element that is up. An open device carries nothing."""
    if element.normally_open and not hand:
        return set()
    found = {(element.id, m) for m in world.media_of[element.id] if world.is_source(element, m, guess)}
    found |= {(element.id, medium) for a, medium in world.into[element.id] if a in up and (a, medium) in live}
    if element.kind == "dc-supply" and (element.id, Medium.POWER) in found | live:
        found.add((element.id, Medium.DC))
    return found


def is_consumer(element: Element) -> bool:
    return KINDS[element.kind].cls == Class.CONSUMER
