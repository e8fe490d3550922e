"""The twin as the second oracle reads it: zones by uniting what nothing isolates, and chains of plain conductors.

Promises: nothing is shared with the kernel, with the lowering, or with the closure and the flow of the first oracle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from oracle.raw import struck
from oracle.world import World
from tierline.twin.kinds import KINDS, Class
from tierline.twin.model import Element, Feed, Isolation, Medium, Mode, Twin

PLAIN = (
    *("breaker", "disconnector", "fuse-switch", "tap-off", "contactor", "cable", "cord"),
    *("pipe", "valve", "check-valve", "strainer", "duct", "damper"),
)
"""Kinds that only conduct: where two joints meet in one, it is a piece of the line between its neighbours."""


@dataclass(frozen=True)
class Way:
    """A line along which something may flow from one node to another, in this direction."""

    tail: str
    head: str
    medium: Medium
    inside: frozenset[str]
    joint: int
    """The joint that ends in the head: by it a feed names the way."""
    line: int
    """The same in both directions."""


class Net:
    """Nodes (everything that is more than a piece of a line), the ways between them, and the zones."""

    def __init__(self, twin: Twin) -> None:
        self.twin = twin
        self.joints_at: dict[str, list[int]] = defaultdict(list)
        self.media: dict[str, set[Medium]] = defaultdict(set)
        for index, joint in enumerate(twin.joints):
            for end in (joint.a, joint.b):
                self.joints_at[end].append(index)
                self.media[end].add(joint.medium)
        for element, medium in twin.given:
            self.media[element].add(Medium(medium))
        spoken_of = {e for need in twin.needs for e in (need.element, *need.members)}
        spoken_of |= {device for interlock in twin.interlocks for device in interlock.elements}
        spoken_of |= {feed.element for feed in twin.feeds} | {element for element, _ in twin.given}
        self.nodes = [e for e in twin.elements.values() if e.id in spoken_of or not self._plain(e)]
        self._raw = struck(World(twin))
        self.ways = list(self._trace({e.id for e in self.nodes}))
        self.feed_of = {joint: feed for feed in twin.feeds for joint in feed.joints}
        feeds = [f for f in twin.feeds if f.needed and f.medium is Medium.AIR]
        self._crossed_by_none = {joint for feed in feeds for joint in feed.joints}  # room air, and data
        self._crossed_by_none |= {i for i, j in enumerate(twin.joints) if j.medium is Medium.DATA}
        self._zones = {medium: self._united(medium) for medium in Medium}

    def _plain(self, element: Element) -> bool:
        two = len(self.joints_at[element.id]) == 2 and len(self.media[element.id]) == 1
        return element.kind in PLAIN and two and not element.normally_open and element.value("draw") is None

    def _trace(self, nodes: set[str]) -> Iterator[Way]:
        """Follow every line from a node to the next."""
        joints = self.twin.joints
        for start in sorted(nodes):
            for first in self.joints_at[start]:
                here, index, inside, onward = start, first, list[str](), True
                while True:
                    joint = joints[index]
                    onward = onward and (joint.a == here or not joint.one_way) and index not in self._raw
                    here = joint.b if joint.a == here else joint.a
                    if here in nodes:
                        break
                    inside.append(here)
                    index = next(i for i in self.joints_at[here] if i != index)
                if onward:
                    yield Way(start, here, joints[index].medium, frozenset(inside), index, min(first, index))

    def positioned(self) -> Iterator[Feed]:
        """Feeds whose joints are switched on and off."""
        elements = self.twin.elements
        switched = (feed for feed in self.twin.feeds if feed.mode is not Mode.JOINED)
        return (feed for feed in switched if elements[feed.element].text("sharing") != "divisible")

    def ends(self, element: str) -> bool:
        """Loads and the world outside end every zone, and stay."""
        return KINDS[self.twin.elements[element].kind].cls in (Class.CONSUMER, Class.WORLD)

    def _isolates(self, element: str) -> bool:
        return self.twin.elements[element].isolation is not Isolation.NONE

    def _united(self, medium: Medium) -> dict[str, frozenset[str]]:
        """Element → everything it is one piece with in a medium, and the devices that must be opened round it."""
        group = {e: {e} for e in self.twin.elements if not self._isolates(e) and not self.ends(e)}
        joints = [j for i, j in enumerate(self.twin.joints) if j.medium is medium and i not in self._crossed_by_none]
        for joint in joints:
            if joint.a in group and joint.b in group and group[joint.a] is not group[joint.b]:
                group[joint.a] |= group[joint.b]
                for member in group[joint.b]:
                    group[member] = group[joint.a]
        beside: dict[str, set[str]] = {e: set(members) for e, members in group.items()}
        for joint in joints:
            for end, other in ((joint.a, joint.b), (joint.b, joint.a)):
                if end in group and self._isolates(other) and not self.ends(other):
                    for member in group[end]:
                        beside[member].add(other)
        return {e: frozenset(found) for e, found in beside.items()}

    def left(self, kill: frozenset[str]) -> tuple[frozenset[str], frozenset[Way]]:
        """What is in service besides: nodes, and the ways between them."""
        nodes = frozenset(e.id for e in self.nodes if e.id not in kill)
        return nodes, frozenset(w for w in self.ways if {w.tail, w.head} <= nodes and not w.inside & kill)

    def out_with(self, element: str) -> frozenset[str]:
        """What carries nothing while the element is replaced."""
        if self.twin.elements[element].isolation in (Isolation.WITHDRAWABLE, Isolation.PLUG):
            return frozenset({element})
        found = {element}
        for index in self.joints_at[element]:
            joint = self.twin.joints[index]
            if index in self._crossed_by_none:
                continue
            other = joint.b if joint.a == element else joint.a
            if self._isolates(element):
                alone = set() if self.ends(other) else {other}
                found |= self._zones[joint.medium].get(other, alone)
            else:
                found |= self._zones[joint.medium].get(element, frozenset())
        return frozenset(found)
