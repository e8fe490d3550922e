"""What still runs once some elements are out: the fixpoint of supplies, feeds and needs.

Promises: `settle(...)` gives the elements that are up and the (element, medium) pairs that are live. What
flows is live only if it comes from a source (least fixpoint); what is merely needed holds while its members
run (greatest fixpoint from the state in service). A cycle through a set's own pump needs a store as bridge.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from oracle.world import BY_HAND, Guess, Place, World
from tierline.twin.model import STOP, Element, Feed, Medium, Mode, Need, Quantity


@dataclass(frozen=True)
class State:
    up: frozenset[str]
    """Elements that run: not out, every needed feed live, every need satisfied."""
    live: frozenset[Place]
    """Where each medium arrives."""


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
        need.element for need in world.twin.needs if not holds(need, world, running, hand=hand, guess=guess)
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
    waiting = list(content)
    while waiting:
        element = world.twin.elements[waiting.pop()]
        if element.id not in up:
            if not (_has_supplies(world, element, live) and _controls_run(world, element, up, guess)):
                continue
            up.add(element.id)
            waiting += content.intersection(world.needed_by.get(element.id, ()))
        if not world.places[element.id] <= live:
            arrives = _arrivals(world, element, up, live, hand=hand, guess=guess) | _bridged(world, element, guess)
            if not arrives <= live:
                live |= arrives
                waiting += content.intersection(world.onward[element.id])
    return up


def _live(world: World, up: set[str], *, hand: bool, guess: Guess) -> set[Place]:
    """Least fixpoint again, of what flows while exactly `up` runs and no store helps."""
    live: set[Place] = set()
    waiting = list(up)
    while waiting:
        name = waiting.pop()
        if not world.places[name] <= live:
            arrives = _arrivals(world, world.twin.elements[name], up, live, hand=hand, guess=guess)
            if not arrives <= live:
                live |= arrives
                waiting += up.intersection(world.onward[name])
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
    wants = world.wants.get(element.id)
    if wants is None:
        wants = world.wants[element.id] = _wanted(world, element)
    return all(count <= sum(place in live for place in places) for count, places in wants)


def _wanted(world: World, element: Element) -> list[tuple[int, list[Place]]]:
    """How many places of which must be live; one of none where nothing will ever do."""
    joints = world.twin.joints
    found: list[tuple[int, list[Place]]] = [
        (joints_needed(element, feed), [(joints[j].a, feed.medium) for j in feed.joints])
        for feed in world.feeds_of.get(element.id, ())
        if feed.needed and not world.given(element.id, feed.medium)
    ]
    return found if all(world.perfect_without(m) for m in world.unsupplied(element)) else [(1, [])]


def _controls_run(world: World, element: Element, up: set[str], guess: Guess) -> bool:
    """A set whose controls live on what it generates: whether a store bridges that circle nobody can say.

    Likewise a device that a circuit must hold closed, where the circuit lives on what the device passes.
    """
    for need in world.needs_of.get(element.id, ()):
        members = [world.twin.elements[m] for m in need.members]
        if need.name == STOP and members[0].id not in up:
            held = members[0].text("energise") != "to-trip" and members[0].value("bypass_key") is not True
            if held and not guess.missing():
                return False
        members = [m for m in members if not only_watches(m)]
        controls = [m for m in members if m.kind in BY_HAND]
        if need.name == STOP or element.kind != "genset" or not controls:
            continue
        manual = {m.value("local_manual") for m in controls}
        if True in manual or any(m.id in up for m in controls):
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
    found = set(world.begins(element, guess))
    found |= {(element.id, place[1]) for place in world.into[element.id] if place[0] in up and place in live}
    if element.kind == "dc-supply" and (element.id, Medium.POWER) in found | live:
        found.add((element.id, Medium.DC))
    return found
