"""Whether every service stays connected to a carrier: paths through gear that runs, judged apart (decision M13).

What runs after a removal is what the sweep found, with nothing asked of the power but that it is there. A service that
is cut off then, and would not be with other positions or better numbers, is unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from tierline.kernel import Judge
from tierline.twin.kinds import GEAR
from tierline.twin.model import Medium
from tierline.twin.supplies import modelled, racked
from tierline.validators.answers import Answer, Removal
from tierline.validators.assess import Assessment


@dataclass(frozen=True, slots=True)
class Cut:
    """A removal after which services are cut off from every carrier."""

    removal: Removal
    """As the sweep tells it, with the services among what is lost."""
    services: tuple[str, ...]
    unknown: bool
    unfed: tuple[str, ...]
    """Gear but for whose supply they would be connected; empty: the paths themselves are cut."""


def cuts(assessment: Assessment) -> tuple[Cut, ...]:
    """Everything that cuts a service off; with everything in service first, if that is so."""
    network = _Network(assessment)
    if not network.services:
        return ()
    base = network.cut(assessment.base)
    if base is not None and not base.unknown:
        return (base,)
    found = (base, *(network.cut(removal) for removal in assessment.removals.values()))
    return tuple(cut for cut in found if cut is not None)


class _Network:
    """The connections of one twin, and what runs on what."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment, self.twin = assessment, assessment.twin
        elements = self.twin.elements.values()
        self.services = frozenset(e.id for e in elements if e.kind == "service")
        self._carriers = [e.id for e in elements if e.kind == "carrier"]
        self._beside: dict[str, list[str]] = {}
        for joint in self.twin.joints:
            if joint.medium is Medium.DATA:
                self._beside.setdefault(joint.a, []).append(joint.b)
                self._beside.setdefault(joint.b, []).append(joint.a)
        self.unstated = self._unstated()

    def cut(self, removal: Removal) -> Cut | None:
        """What a removal cuts off, in the reading that suits the plant least; None if nothing."""
        taken = {*removal.zone, *removal.opened}
        dark = self.assessment.lowered.dark.keys()
        gone = taken | {*removal.down, *removal.off} | dark | self.unstated
        if removal.answer is Answer.FAIL:  # told in the kind reading
            gone |= self._down(self._least, taken)
        lost = self._cut_off(gone)
        if not lost:
            return None
        surely = self._cut_off(taken | self._down(self._most, taken))
        told = tuple(sorted(surely or lost))
        unfed = () if self._cut_off(taken) else self._stopped(gone - taken)
        answer = Answer.FAIL if surely else Answer.UNKNOWN
        whole = replace(removal, answer=answer, shorts=(), lost=told, down=tuple(sorted(gone - taken)))
        return Cut(whole, told, not surely, unfed)

    def _cut_off(self, gone: Collection[str]) -> frozenset[str]:
        """The services that no carrier reaches; no path leads through another service or carrier."""
        seen = set(self._carriers)
        stack = list(self._carriers)
        while stack:
            for other in self._beside.get(stack.pop(), ()):
                if other not in seen and other not in gone:
                    seen.add(other)
                    if other not in self.services:
                        stack.append(other)
        return self.services - seen

    def _stopped(self, names: Collection[str]) -> tuple[str, ...]:
        return tuple(sorted(name for name in names if self.twin.elements[name].kind in GEAR))

    def _down(self, judge: Judge, taken: Collection[str]) -> set[str]:
        """What does not run, with every position an operator may choose."""
        lowered = self.assessment.lowered
        kill = frozenset(lowered.index[name] for name in taken)
        return {lowered.names[i] for i in judge.closure.close(kill, True, frozenset()).down}

    @cached_property
    def _least(self) -> Judge:
        return Judge(self.assessment.lowered.low)

    @cached_property
    def _most(self) -> Judge:
        lowered = self.assessment.lowered
        return self._least if lowered.high is lowered.low else Judge(lowered.high)

    def _unstated(self) -> frozenset[str]:
        """Gear of which nobody says what feeds it, in a model that has power."""
        if Medium.POWER not in modelled(self.twin):
            return frozenset()
        fed = {feed.element for feed in self.twin.feeds if feed.medium in (Medium.POWER, Medium.DC)}
        fed |= {element for element, medium in self.twin.given if medium in (Medium.POWER, Medium.DC)}
        fed |= racked(self.twin)
        return frozenset(e.id for e in self.twin.elements.values() if e.kind in GEAR and e.id not in fed)


def by_cause(found: Iterable[Cut]) -> Mapping[tuple[tuple[str, ...], bool, tuple[str, ...]], list[Cut]]:
    """Cuts that hit the same services for the same reason."""
    causes: dict[tuple[tuple[str, ...], bool, tuple[str, ...]], list[Cut]] = {}
    for cut in found:
        causes.setdefault((cut.services, cut.unknown, cut.unfed), []).append(cut)
    return causes
