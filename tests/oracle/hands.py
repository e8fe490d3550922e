"""What operators may leave open, open, switch off and stop, and which UPS systems they must keep apart.

Promises: every choice that the law allows is offered, none that it forbids. UPS are of one system if their outputs are
connected in the normal state; in a re-switched state no two systems that are on are connected. Connection is
electrical: it has no direction, and leads through no UPS, no consumer and no machine's input. Power that has not passed
a UPS (M6) is not modelled here: the plants of the tests have no such path to a rack.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from oracle import ratings
from oracle.closure import State
from oracle.world import World, is_consumer
from tierline.twin.model import Medium, Mode

Port = tuple[str, str]
"""An element, and which side of it: "" where it conducts."""
OUTPUT = ""


class Pieces:
    """What is connected with what."""

    def __init__(self) -> None:
        self._above: dict[Port, Port] = {}

    def of(self, port: Port) -> Port:
        """The same for all that is connected."""
        while port in self._above:
            port = self._above[port]
        return port

    def unite(self, one: Port, other: Port) -> None:
        one, other = self.of(one), self.of(other)
        if one != other:
            self._above[one] = other


@dataclass(frozen=True)
class Wire:
    """A joint of power: where it begins, where it ends, and whether anything is connected through its end."""

    index: int
    tail: Port
    head: Port
    through: bool


class Hands:
    """The UPS systems and the interlocks of one twin."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.elements = world.twin.elements
        self.feeds = {j: (n, feed) for n, feed in enumerate(world.twin.feeds) for j in feed.joints}
        self.wires = [self._wire(i) for i, j in enumerate(world.twin.joints) if j.medium == Medium.POWER]
        self.passing = self._passing()
        ups = [e.id for e in self.elements.values() if e.kind == "ups" and e.id not in self.passing]
        first = {n: feed.joints[:1] for n, feed in self.feeds.values()}
        shut = {e.id for e in self.elements.values() if e.normally_open and e.kind != "ups"}
        normal = self.connected(self.elements.keys() - shut, first)
        self.system = {name: normal.of((name, OUTPUT)) for name in ups}
        at_most = self.connected(self.elements, {})
        meet = defaultdict(set)
        for name in ups:
            meet[at_most.of((name, OUTPUT))].add(self.system[name])
        self.joinable = {piece for piece, systems in meet.items() if len(systems) > 1}
        """Pieces that hold several systems once everything is closed."""
        self.options = [*self._openable(at_most), *self._systems(at_most)]
        """What may be left open, opened or switched off, each as one act."""

    def _wire(self, index: int) -> Wire:
        joint = self.world.twin.joints[index]
        head, (_, feed) = self.elements[joint.b], self.feeds.get(index, (0, None))
        if is_consumer(head) or head.kind in ("ups", "dc-supply"):
            return Wire(index, (joint.a, OUTPUT), (joint.b, "in"), through=False)
        if feed is not None and feed.needed:
            return Wire(index, (joint.a, OUTPUT), (joint.b, feed.name), through=False)
        return Wire(index, (joint.a, OUTPUT), (joint.b, OUTPUT), through=True)

    def _passing(self) -> frozenset[str]:
        """UPS whose output can come to their own input: conductors, and no source that could stand against another."""
        onward: dict[Port, set[Port]] = defaultdict(set)
        for wire in self.wires:
            onward[wire.tail].add(wire.head)
            if wire.through and not self.world.twin.joints[wire.index].one_way:
                onward[wire.head].add(wire.tail)
        ups = [e.id for e in self.elements.values() if e.kind == "ups"]
        found: set[str] = set()
        while more := {u for u in ups if u not in found and (u, "in") in _reached(onward, (u, OUTPUT))}:
            found |= more
            for name in more:
                onward[name, "in"].add((name, OUTPUT))
        return frozenset(found)

    def connected(self, closed: Iterable[str], position: Mapping[int, tuple[int, ...]]) -> Pieces:
        """What is connected while these are in service and closed; a selector that is not named stands everywhere."""
        closed = frozenset(closed)
        pieces = Pieces()
        for wire in self.wires:
            if wire.tail[0] not in closed or wire.head[0] not in closed:
                continue
            number, feed = self.feeds.get(wire.index, (-1, None))
            away = feed is not None and feed.mode == Mode.SELECT and wire.index not in position.get(number, feed.joints)
            if not away and (wire.through or wire.head[0] in self.passing):
                pieces.unite(wire.tail, wire.head)
        for name in self.passing & closed:
            pieces.unite((name, "in"), (name, OUTPUT))
        return pieces

    def _openable(self, at_most: Pieces) -> Iterator[frozenset[str]]:
        """Ties of systems, and the devices of interlocks; to leave anything else open helps nobody."""
        members = {m for interlock in self.world.twin.interlocks for m in interlock.elements}
        for element in self.elements.values():
            tie = element.normally_open and at_most.of((element.id, OUTPUT)) in self.joinable
            if tie or element.id in members:
                yield frozenset({element.id})

    def _systems(self, at_most: Pieces) -> Iterator[frozenset[str]]:
        """Systems that could be joined with another."""
        members = defaultdict(set)
        for name, system in self.system.items():
            if at_most.of((name, OUTPUT)) in self.joinable:
                members[system].add(name)
        yield from (frozenset(names) for _, names in sorted(members.items()))

    def interlocked(self, out: frozenset[str]) -> bool:
        """Are no more devices closed than each interlock lets be, with these open or out of service?"""
        return all(len(set(i.elements) - out) <= i.closed for i in self.world.twin.interlocks)

    def apart(self, state: State, position: Mapping[int, tuple[int, ...]]) -> bool:
        """Are no two systems that are on connected in this position?"""
        if not self.joinable:
            return True
        on = {name for name in self.system if name in state.up and (name, Medium.POWER) in state.live}
        return not self.joined(self.connected(state.up, position), on)

    def joined(self, pieces: Pieces, on: Iterable[str]) -> bool:
        """Are two systems of these UPS connected?"""
        found: dict[Port, Port] = {}
        return any(found.setdefault(pieces.of((u, OUTPUT)), self.system[u]) != self.system[u] for u in on)

    def choices(self, kill: frozenset[str]) -> Iterator[frozenset[str]]:
        """All that may be out, open or off, together with what is out: with few acts first."""
        left = [one - kill for one in self.options if one - kill]
        for count in range(len(left) + 1):
            for chosen in itertools.combinations(left, count):
                yield kill.union(*chosen)

    def apart_anyhow(self, out: frozenset[str]) -> bool:
        """Are no two systems connected, wherever selectors stand?"""
        return not self.joined(self.connected(self.elements.keys() - out, {}), self.system.keys() - out)


def _reached(onward: Mapping[Port, set[Port]], start: Port) -> set[Port]:
    """All that power from here can come to."""
    seen, stack = {start}, [start]
    while stack:
        fresh = onward.get(stack.pop(), set()) - seen
        seen |= fresh
        stack += fresh
    return seen


def stoppable(world: World, state: State) -> list[str]:
    """What draws for itself, and may be stopped to save that (M3)."""
    elements = (world.twin.elements[name] for name in sorted(state.up))
    return [e.id for e in elements if not is_consumer(e) and ratings.standing_draw(world, e) > 0]
