"""What runs and what is live, as rows of the programme: every state that can be reached and then stands by itself.

A state is any choice of machines that run, ties that are closed and inputs that are on. Two things keep it honest. A
commodity of its own flows from the sources in service to everything that is live, so that no circle of conductors
feeds itself. And where a circle leads through machines and several media there is an order of starting, in which
nothing runs before what it lives on is there, unless a store bridges. Needs have no order: who needs each other may
stand together.
"""

from __future__ import annotations

from collections import defaultdict

from oracle.milp_nature import CONTROLS, DC, POWER, Nature
from oracle.milp_net import Net, Way
from oracle.milp_rows import Programme, Terms, scaled, total
from tierline.twin.model import STOP, Element, Feed, Medium, Mode, Need

ON = 1.0
Live = dict[tuple[str, Medium], Terms]


class Life:
    """The columns of one state after a removal, and the rows that make it one that can stand."""

    def __init__(self, net: Net, nature: Nature, kill: frozenset[str], *, hand: bool, programme: Programme) -> None:
        self.net, self.nature, self.hand, self.programme = net, nature, hand, programme
        self.nodes = [e for e in net.nodes if e.id not in kill]
        alive = {e.id for e in self.nodes}
        self.ways = [w for w in net.ways if {w.tail, w.head} <= alive and not w.inside & kill]
        self.up: dict[str, Terms] = {}
        self.live: Live = {}
        self.on: dict[int, Terms] = {}
        self.started: dict[object, Terms] = {}
        self.last = float(len(self.nodes) * 3)
        self.ordered = circles(net, self.ways)
        self._columns()
        self._positions()
        for element in self.nodes:
            self._runs(element)
        for (name, medium), there in self.live.items():
            self._arrives(net.twin.elements[name], medium, there)
        self._fed_in_the_end()

    def _columns(self) -> None:
        new = self.programme
        for element in self.nodes:
            may = self.hand or not element.normally_open
            self.up[element.id] = new.yes_or_no(may and not self.nature.dark(element))
            for medium in sorted(self.net.media[element.id]):
                there = self.live[element.id, medium] = new.yes_or_no()
                self._implies(there, self.up[element.id])
                if self.ordered:
                    self.started[element.id, medium] = new.number(self.last)
            if self.ordered:
                self.started[element.id] = new.number(self.last)

    def _positions(self) -> None:
        """One input at a time; of the cords any."""
        here = {w.joint for w in self.ways}
        for feed in self.net.positioned():
            for joint in feed.joints:
                if joint in here:
                    self.on[joint] = self.programme.yes_or_no()
            if feed.mode is Mode.SELECT:
                self.programme.at_most(total(*(self.on[j] for j in feed.joints if j in self.on)), ON)

    def _implies(self, one: Terms, other: Terms) -> None:
        self.programme.at_most(total(one, scaled(-1, other)), 0)

    def _first(self, way: Way, then: object) -> Terms:
        """Whether this way is what lets something start after the way's tail. While things start, a selector stands
        on whatever is live."""
        chosen = self.programme.yes_or_no()
        self._implies(chosen, self.live.get((way.tail, way.medium), {}))
        self._after((way.tail, way.medium), then, chosen)
        return chosen

    def _in_the_end(self, way: Way) -> Terms:
        """Whether this way is live and, where it has a position, on."""
        there = self.live.get((way.tail, way.medium), {})
        if way.joint not in self.on:
            return there
        chosen = self.programme.yes_or_no()
        self._implies(chosen, there)
        self._implies(chosen, self.on[way.joint])
        return chosen

    def _after(self, first: object, then: object, if_chosen: Terms, apart: float = 1.0) -> None:
        """`then` starts after `first`, if so chosen."""
        if not self.ordered:
            return
        gap = total(self.started[then], scaled(-1, self.started[first]), scaled(-self.last - apart, if_chosen))
        self.programme.at_least(gap, -self.last)

    def _runs(self, element: Element) -> None:
        up = self.up[element.id]
        for feed in self.net.twin.feeds:
            if feed.element == element.id and feed.needed and not self.nature.given(element.id, feed.medium):
                wanted = scaled(self._together(element, feed), up)
                self._implies(wanted, total(*(self._in_the_end(w) for w in self._into(feed))))
                if self.ordered:
                    self._implies(wanted, total(*(self._first(w, element.id) for w in self._into(feed))))
        for need in self.net.twin.needs:
            if need.element != element.id or self.nature.lets_go(need):
                continue
            members = self.nature.members(need)
            if members and not (self.hand and self.nature.by_hand(need)):
                self._implies(up, total(*(self.up.get(m.id, {}) for m in members)))
            if element.kind == "genset" or need.name == STOP:
                self._controlled(element, need, members)

    def _controlled(self, element: Element, need: Need, members: list[Element]) -> None:
        """The controls of a set start before it, unless a hand starts it; harshly read, no circle of these holds.
        So does a circuit that must hold a device closed."""
        controls = [m for m in members if m.kind in CONTROLS or need.name == STOP]
        helped = any(m.value("bypass_key" if need.name == STOP else "local_manual") is True for m in controls)
        if not controls or helped or self.nature.guess.missing():
            return
        before = []
        for member in members:
            if member.id in self.up:
                chosen = self.programme.yes_or_no()
                self._implies(chosen, self.up[member.id])
                self._after(member.id, element.id, chosen)
                before.append(chosen)
        self._implies(self.up[element.id], total(*before))

    def _into(self, feed: Feed) -> list[Way]:
        return [w for w in self.ways if w.joint in feed.joints and w.head == feed.element]

    def live_at_tail(self, joint: int) -> Terms:
        """Whether what a joint comes from is live."""
        way = next(w for w in self.ways if w.joint == joint and w.head == self.net.feed_of[joint].element)
        return self.live.get((way.tail, way.medium), {})

    def _together(self, element: Element, feed: Feed) -> int:
        """How many live cords a rack runs on; of anything else one live input is enough."""
        cords = element.value("runs_on")
        return cords if feed.mode is Mode.SHARE and isinstance(cords, int) else 1

    def _arrives(self, element: Element, medium: Medium, there: Terms) -> None:
        """Live is what begins here, and what comes along a way that is live before it."""
        name = element.id
        if self.nature.starts(element, medium):
            self._after(name, (name, medium), there, apart=0)
            return
        if element.kind == "dc-supply" and medium is DC:
            self._implies(there, self.live.get((name, POWER), {}))
            if not self.nature.bridged(element):
                self._after((name, POWER), (name, DC), there)
            return
        if not self.ordered or (element.kind == "ups" and medium is POWER and self.nature.bridged(element)):
            return
        self._after(name, (name, medium), there, apart=0)
        into = [way for way in self.ways if way.head == name and way.medium is medium]
        self._implies(there, total(*(self._first(way, (name, medium)) for way in into)))

    def _fed_in_the_end(self) -> None:
        """A commodity flows from the sources in service to every live place, through nothing that is not live."""
        most = float(len(self.live))
        into: dict[tuple[str, Medium], Terms] = {}
        for way in self.ways:
            ends = [self.live.get((end, way.medium)) for end in (way.tail, way.head)]
            if None in ends:
                continue
            passing = self.programme.number(most)
            for bound in (*ends, self.on.get(way.joint)):
                if bound is not None:
                    self._implies(passing, scaled(most, bound))
            for end, sign in ((way.tail, -1), (way.head, 1)):
                into[end, way.medium] = total(into.get((end, way.medium), {}), scaled(sign, passing))
        for (name, medium), there in self.live.items():
            element = self.net.twin.elements[name]
            if not self.nature.starts(element, medium) and not (element.kind == "dc-supply" and medium is DC):
                self.programme.at_least(total(into.get((name, medium), {}), scaled(-1, there)), 0)


def circles(net: Net, ways: list[Way]) -> bool:
    """Does anything depend on itself through more than one medium, or through the controls of a set?"""
    onward: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for way in ways:
        onward[way.tail].add((way.head, way.medium))
    for need in net.twin.needs:
        if net.twin.elements[need.element].kind == "genset" or need.name == STOP:
            for member in need.members:
                onward[member].add((need.element, "need"))
    reached = {start: _reached(start, onward) for start in onward}
    for start, found in reached.items():
        together = {e for e in found if start in reached.get(e, ())}
        if len({by for e in together for to, by in onward[e] if to in together}) > 1:
            return True
    return False


def _reached(start: str, onward: dict[str, set[tuple[str, str]]]) -> set[str]:
    seen: set[str] = set()
    stack = [start]
    while stack:
        for there, _ in onward.get(stack.pop(), ()):
            if there not in seen:
                seen.add(there)
                stack.append(there)
    return seen
