"""What each element is in the state a removal is told in, by name: dead, unsure, on one path, moved by hand.

The kernel finds that state (`find_state`); nothing here guesses one. What nothing energises with everything in service
either (what lies between open ties, a utility that does not count) is told apart from what dies.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tierline.kernel import Found, Judge, find_state, without_hours
from tierline.kernel.plant import Plant
from tierline.twin.depending import trips
from tierline.twin.kinds import CONDUCTORS
from tierline.validators.answers import Answer, Removal, Short
from tierline.validators.assess import Assessment
from tierline.validators.harmed import Harmed
from tierline.validators.neighbours import Neighbours
from tierline.validators.subsystems import WET


@dataclass(frozen=True, slots=True)
class State:
    """The elements of a facility after one removal; its zone and what was opened are told by the removal."""

    earthed: tuple[str, ...]
    """Conductors of power in the zone: dead on all sides, they are earthed before hands touch them."""
    dead: tuple[str, ...]
    """No longer reached by any source, or stopped."""
    tripped: tuple[str, ...]
    """Opened or stopped by the loss of its release, its panel or an emergency circuit."""
    unfed: tuple[str, ...]
    """Reached by no source that counts, and neither with everything in service."""
    unsure: tuple[str, ...]
    """Reached in some of the states between which nothing decides."""
    one_path: tuple[str, ...]
    """Of several ways in, one is left."""
    closed: tuple[str, ...]
    off: tuple[str, ...]
    moved: tuple[str, ...]
    by_hand: tuple[str, ...]
    started: tuple[str, ...]
    short: tuple[str, ...]
    """Those among whom what is left is to be shared."""


class States:
    """Finds the states of one facility's removals."""

    def __init__(self, assessment: Assessment) -> None:
        self._twin, self._lowered = assessment.twin, assessment.lowered
        self._elements = frozenset(self._lowered.index[name] for name in self._twin.elements)
        self._trips = trips(self._twin, self._lowered.index)
        self._harmed = Harmed(Neighbours(assessment.twin))
        self._once = assessment.policy.takes("fuel_inside_removal", "false")
        self._judges: dict[tuple[bool, bool], Judge] = {}
        self._bases: dict[bool, Found] = {}

    def of(self, removal: Removal) -> State:
        """The state of one removal, in the reading in which it is told."""
        out = frozenset(self._lowered.index[name] for name in (*removal.zone, *removal.opened))
        kind = removal.answer is Answer.FAIL
        base, after = self._base(kind), find_state(self._judge(kind, bool(removal.element)), out)
        sure, perhaps = after.energised, after.unsure
        if removal.answer is Answer.UNKNOWN and self._lowered.high is not self._lowered.low:
            other = find_state(self._judge(True, bool(removal.element)), out)
            sure, perhaps = sure & other.energised, perhaps | other.unsure | (sure ^ other.energised)
        within = self._elements - out  # rooms are told among what is lost
        conductors = (name for name in removal.zone if self._twin.elements[name].kind in CONDUCTORS)
        tripped = self._tripped(kind, after, out)
        return State(
            earthed=tuple(sorted(conductors)),
            dead=self._names(within & base.energised - sure - perhaps),
            tripped=self._names(tripped),
            unfed=self._names(within - base.energised - sure - perhaps),
            unsure=self._names(within & perhaps),
            one_path=self._names(after.single - base.single - out),
            closed=self._names(after.closed),
            off=self._names(after.off),
            moved=self._names(after.moved),
            by_hand=self._names(after.by_hand),
            started=self._names(after.started - base.started),
            short=tuple(sorted({who for short in removal.shorts for who in self._sharing(removal, short)})),
        )

    def _sharing(self, removal: Removal, short: Short) -> Iterable[str]:
        """As the report counts them; of a fluid of cooling also the machines that the rooms are cooled by."""
        drawing = {*short.beyond, *short.hit} & self._twin.elements.keys() if short.medium in WET else ()
        return (*self._harmed.sharing(removal, short), *drawing)

    def _tripped(self, kind: bool, after: Found, out: frozenset[int]) -> frozenset[int]:
        """What a lost circuit opens or stops, unless a key blocks it."""
        down, plant = after.down | out, self._lowered.high if kind else self._lowered.low
        acting = self._trips & {(need.element, need.members[0]) for need in plant.dependencies}
        lost = {element for element, circuit in acting if circuit in down}
        return frozenset(lost & after.down - out - after.by_hand)

    def _base(self, kind: bool) -> Found:
        """With everything in service."""
        if kind not in self._bases:
            self._bases[kind] = find_state(self._judge(kind, False), frozenset())
        return self._bases[kind]

    def _judge(self, kind: bool, removed: bool) -> Judge:
        """The judge of the reading that suits the plant most, or least; hours count as they do in the sweep."""
        once = removed and self._once
        if (kind, once) not in self._judges:
            plant: Plant = self._lowered.high if kind else self._lowered.low
            self._judges[kind, once] = Judge(without_hours(plant) if once else plant)
        return self._judges[kind, once]

    def _names(self, indices: Iterable[int]) -> tuple[str, ...]:
        return tuple(sorted(self._lowered.names[i] for i in indices))
