"""What is joined to what in a twin, to tell where a removal bites: distances, what is live, who hangs behind."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from tierline.twin.kinds import KINDS, REJECTORS, Class
from tierline.twin.model import Medium, Twin

_SOURCES: dict[Medium, tuple[str, ...]] = {
    Medium.POWER: ("genset", "ups"),
    Medium.DC: ("battery", "dc-supply"),
    Medium.FUEL: ("tank", "day-tank"),
    Medium.WATER: ("tank", "day-tank"),
    Medium.GAS: ("tank", "day-tank"),
    Medium.CHILLED_WATER: ("chiller", *REJECTORS),
    Medium.CONDENSER_WATER: REJECTORS,
}
"""What a medium comes from; of the others everything that gives it is a source."""


class Neighbours:
    """The joints of one twin, by medium and direction."""

    def __init__(self, twin: Twin) -> None:
        self.twin = twin
        self._all: dict[str, list[str]] = {}
        self._along: dict[tuple[Medium, str], list[str]] = {}
        self._before: dict[str, dict[Medium, frozenset[str]]] = {}
        self._media: dict[str, frozenset[Medium]] = {}
        given = {(Medium(medium), name) for name, medium in twin.given}
        for joint in twin.joints:
            for end in (joint.a, joint.b):
                self._media[end] = self._media.get(end, frozenset()) | {joint.medium}
            self._all.setdefault(joint.a, []).append(joint.b)
            self._all.setdefault(joint.b, []).append(joint.a)
            self._along.setdefault((joint.medium, joint.a), []).append(joint.b)
            if not joint.one_way:
                self._along.setdefault((joint.medium, joint.b), []).append(joint.a)
            elif (joint.medium, joint.b) not in given:
                ends = self._before.setdefault(joint.b, {})
                ends[joint.medium] = ends.get(joint.medium, frozenset()) | {joint.a}

    def media(self, name: str) -> frozenset[Medium]:
        return self._media.get(name, frozenset())

    def joined(self, name: str) -> bool:
        return name in self._all

    def distances(self, start: Iterable[str]) -> dict[str, int]:
        """How many joints away each element is from the nearest of `start`."""
        found = {name: 0 for name in sorted(start) if name in self._all}
        queue = deque(found)
        while queue:
            at = queue.popleft()
            for other in self._all[at]:
                if other not in found:
                    found[other] = found[at] + 1
                    queue.append(other)
        return found

    def supplies(self, name: str) -> dict[Medium, frozenset[str]]:
        """Medium → what could bring it to an element that only takes it in."""
        return self._before.get(name, {})

    def consumers(self, machines: Iterable[str], out: frozenset[str]) -> frozenset[str]:
        """Racks and loads among some machines, or fed by them along what is in service and normally closed."""
        reached = self._spread(Medium.POWER, machines, out)
        return frozenset(
            name
            for name in reached
            if name in self.twin.elements and KINDS[self.twin.elements[name].kind].cls is Class.CONSUMER
        )

    def live(self, medium: Medium, out: frozenset[str]) -> frozenset[str]:
        """What still has a medium, with `out` out of service and every device in its normal position."""
        kinds = _SOURCES.get(medium)
        sources = {name for name, given in self.twin.given if given == medium}
        if kinds is not None:
            sources |= {e.id for e in self.twin.elements.values() if e.kind in kinds}
        else:
            sources |= {a for m, a in self._along if m is medium}
        return self._spread(medium, sources - out, out)

    def _spread(self, medium: Medium, start: Iterable[str], out: frozenset[str]) -> frozenset[str]:
        elements = self.twin.elements
        stack = sorted(start)
        seen = set(stack)
        while stack:
            for other in self._along.get((medium, stack.pop()), ()):
                if other not in seen and other not in out and not elements[other].normally_open:
                    seen.add(other)
                    stack.append(other)
        return frozenset(seen)
