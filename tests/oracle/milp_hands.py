"""What operators may and may not do, as rows of the second oracle: interlocks, and UPS systems that stay apart.

Systems stay apart by labels: on everything that conducts power lies a share of each system, together one at most. What
a conductor in service joins has the same shares, and a UPS that is on has its own system whole: two systems that are
joined would need two. So that nobody parts them by standing still, all runs that can, but for what operators may open,
switch off or stop.
"""

from __future__ import annotations

from collections.abc import Iterable

from oracle import ratings
from oracle.milp_life import Life
from oracle.milp_nature import DC, POWER
from oracle.milp_net import Net, Way
from oracle.milp_rows import Terms, scaled, total
from oracle.world import World
from tierline.twin.kinds import KINDS, Class
from tierline.twin.model import STOP, Element, Feed, Mode, Need

Sides = tuple[str, str]
"""A node, and "in" for what it only takes in."""


class Systems:
    """Which UPS belong together, and whether any could be joined with those of another system."""

    def __init__(self, net: Net) -> None:
        self.net = net
        ups = [e.id for e in net.twin.elements.values() if e.kind == "ups"]
        self.passing: set[str] = set()
        while more := {u for u in ups if u not in self.passing and self._feeds_itself(u)}:
            self.passing |= more
        kept = [u for u in ups if u not in self.passing]
        normal = united(self.edge(way) for way in net.ways if self.joins(way) and self._at_rest(way))
        closed = united(self.edge(way) for way in net.ways if self.joins(way))
        groups = {u: frozenset(normal.get((u, ""), {(u, "")})) for u in kept}
        self.of = {u: min(side[0] for side in group if side[0] in kept) for u, group in groups.items()}
        """UPS → the first of its system."""
        beside = {u: {self.of[o] for o in kept if (o, "") in closed.get((u, ""), {(u, "")})} for u in kept}
        self.joinable = any(len(found) > 1 for found in beside.values())

    def _feeds_itself(self, ups: str) -> bool:
        """Whether what a UPS gives could come to its own input, through UPS that pass what they are given."""
        reached = {ups}
        while True:
            onward = {
                w.head
                for w in self.net.ways
                if w.medium is POWER and w.tail in reached and (self.head(w) is not None or w.head in self.passing)
            }
            if onward <= reached:
                return any(w.medium is POWER and w.head == ups and w.tail in reached for w in self.net.ways)
            reached |= onward

    def tail(self, way: Way) -> Sides:
        return way.tail, ""

    def head(self, way: Way) -> Sides | None:
        """The side on which a way arrives, if anything goes on from it."""
        element, feed = self.net.twin.elements[way.head], self.net.feed_of.get(way.joint)
        takes = element.kind in ("ups", "dc-supply") or KINDS[element.kind].cls is Class.CONSUMER
        return None if takes or (feed is not None and feed.needed) else (way.head, "")

    def edge(self, way: Way) -> tuple[Sides, Sides]:
        return self.tail(way), self.head(way) or (way.head, "" if way.head in self.passing else "in")

    def joins(self, way: Way) -> bool:
        """Is what stands at its two ends connected, while both are in service?"""
        return way.medium is POWER and (self.head(way) is not None or way.head in self.passing)

    def _at_rest(self, way: Way) -> bool:
        """In the normal state: open what is open, selectors on their first input."""
        ends = (self.net.twin.elements[end] for end in (way.tail, way.head))
        feed = self.net.feed_of.get(way.joint)
        first = feed is None or feed.mode is not Mode.SELECT or feed.joints[0] == way.joint
        return first and not any(e.normally_open and e.kind != "ups" for e in ends)


def united(edges: Iterable[tuple[Sides, Sides]]) -> dict[Sides, set[Sides]]:
    """Everything that edges lead to → all that it is one piece with."""
    piece: dict[Sides, set[Sides]] = {}
    for one, other in edges:
        a, b = piece.setdefault(one, {one}), piece.setdefault(other, {other})
        if a is not b:
            a |= b
            piece.update(dict.fromkeys(b, a))
    return piece


class Apart:
    """The rows that keep systems apart in one state."""

    def __init__(self, life: Life, systems: Systems, world: World) -> None:
        self.life, self.systems, self.world, self.new = life, systems, world, life.programme
        self.alive = {e.id for e in life.nodes}
        names = sorted(set(systems.of.values()))
        self.off = {system: self.new.yes_or_no() for system in names}
        self.shares = {(e.id, s): self.new.number(1.0) for e in life.nodes for s in names}
        for element in life.nodes:
            self.new.at_most(total(*(self.shares[element.id, s] for s in names)), 1)
            self._runs(element)
        for name, system in systems.of.items():
            if name in self.alive:
                on = total(life.up[name], life.live.get((name, POWER), {}))
                self._never(on, total(self.shares[name, system]), 1)
                self.new.at_most(total(life.up[name], self.off[system]), 1)
        for way in life.ways:
            self._flows_on(way)
            if systems.joins(way):
                self._same(way, names)
        for feed in life.net.positioned():
            self._stands_on_live(feed)

    def _never(self, conditions: Terms, least: Terms, spare: float) -> None:
        """`least` is at least how far `conditions` go beyond `spare`."""
        self.new.at_least(total(least, scaled(-1, conditions)), -spare)

    def _same(self, way: Way, names: list[str]) -> None:
        """The same shares at both ends, while both are in service and a selector does not stand elsewhere."""
        closed = total(self.life.up[way.tail], self.life.up[way.head], self.life.on.get(way.joint, {}))
        spare = 2.0 + (way.joint in self.life.on)
        for system in names:
            tail, head = self.shares[way.tail, system], self.shares[way.head, system]
            self._never(total(closed, tail, scaled(-1, head)), {}, spare)
            self._never(total(closed, head, scaled(-1, tail)), {}, spare)

    def _flows_on(self, way: Way) -> None:
        """Live is all that is joined to something live."""
        tail, head = self.life.live.get((way.tail, way.medium)), self.life.live.get((way.head, way.medium))
        if tail is not None and head is not None:
            on = self.life.on.get(way.joint, {})
            self._never(total(tail, self.life.up[way.head], on), head, 1.0 + (way.joint in self.life.on))

    def _stands_on_live(self, feed: Feed) -> None:
        """A selector stands on something live, if anything is."""
        joints = [j for j in feed.joints if j in self.life.on]
        if feed.mode is Mode.SELECT and feed.element in self.alive:
            for joint in joints:
                live = self.life.live_at_tail(joint)
                self._never(live, total(*(self.life.on[j] for j in joints)), 0)
                self.new.at_most(total(self.life.on[joint], scaled(-1, live)), 0)

    def _runs(self, element: Element) -> None:
        """What operators have no hand in runs if it can, and what begins there is live."""
        name, nature = element.id, self.life.nature
        for medium in self.life.net.media[name]:
            if nature.starts(element, medium):
                self._never(self.life.up[name], self.life.live[name, medium], 0)
            elif element.kind == "dc-supply" and medium is DC:
                self._never(self.life.live.get((name, POWER), {}), self.life.live[name, DC], 0)
        if nature.dark(element) or self._at_hand(element):
            return
        lacking: list[Terms] = []
        for feed in self.life.net.twin.feeds:
            if feed.element == name and feed.needed and not nature.given(name, feed.medium):
                lacking.append(self._lacks(feed))
        lacking += [self._unmet(n) for n in self.life.net.twin.needs if n.element == name]
        if name in self.systems.of:
            lacking.append(self.off[self.systems.of[name]])
        self.new.at_least(total(self.life.up[name], *lacking), 1)

    def _at_hand(self, element: Element) -> bool:
        """May operators have it off by itself? What takes an order of starting to hold is left to that order."""
        interlocked = any(element.id in i.elements for i in self.life.net.twin.interlocks)
        needs = [n for n in self.life.net.twin.needs if n.element == element.id]
        ordered = self.life.ordered and (element.kind == "genset" or any(n.name == STOP for n in needs))
        draws = ratings.standing_draw(self.world, element) > 0
        consumer = KINDS[element.kind].cls is Class.CONSUMER
        return element.normally_open or interlocked or consumer or draws or (ordered and bool(needs))

    def _lacks(self, feed: Feed) -> Terms:
        """A number that may only be one where nothing of the feed is live."""
        lacks = self.new.number(1.0)
        for way in self.life.ways:
            if way.joint in feed.joints and way.head == feed.element:
                on = self.life.on.get(way.joint, {})
                live = self.life.live.get((way.tail, way.medium), {})
                self.new.at_most(total(lacks, live, on), 1.0 + (way.joint in self.life.on))
        return lacks

    def _unmet(self, need: Need) -> Terms:
        """A number that may only be one where nothing that is needed runs."""
        nature = self.life.nature
        members = nature.members(need)
        if nature.lets_go(need) or nature.by_hand(need) or not members:
            return {}
        unmet = self.new.number(1.0)
        for member in members:
            if member.id in self.life.up:
                self.new.at_most(total(unmet, self.life.up[member.id]), 1)
        return unmet


def interlocked(life: Life) -> None:
    """No more devices closed than each interlock lets be; what is out counts as open."""
    for interlock in life.net.twin.interlocks:
        closed = total(*(life.up[device] for device in interlock.elements if device in life.up))
        life.programme.at_most(closed, float(interlock.closed))
