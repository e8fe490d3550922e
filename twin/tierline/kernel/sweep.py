"""Every removal of a plant, each distinct kill list judged once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from tierline.kernel.judge import Judge
from tierline.kernel.margins import best_margin, margin
from tierline.kernel.outcome import Outcome, Verdict
from tierline.kernel.plant import UNLIMITED, Plant
from tierline.kernel.zones import Zone, Zones

TIGHTEST = 10
LOOSE = Fraction(4)
"""A limit that is further away than this is not worth a line."""


@dataclass(frozen=True, slots=True)
class Margin:
    """A limit of a passing plant: how much of `need` it could give, and after which removals it is tightest."""

    medium: int
    hours: bool
    measure: int
    have: int
    need: int
    limits: tuple[int, ...]
    removed: tuple[int, ...]
    """The elements whose removal brings it this close; empty: nothing removed."""
    alike: int
    """How many other places have the very same figures."""

    @property
    def ratio(self) -> Fraction:
        return Fraction(self.have, self.need)


@dataclass(frozen=True, slots=True)
class Sweep:
    """The result of a whole sweep."""

    base: Outcome
    zones: dict[int, Zone]
    outcomes: dict[frozenset[int], Outcome]
    tightest: tuple[Margin, ...]

    def of(self, element: int) -> Outcome:
        return self.outcomes[self.zones[element].kill]


def sweep(
    plant: Plant, removable: Iterable[int], step: Callable[[int, int], None] | None = None, hours_once: bool = False
) -> Sweep:
    """Judge the plant with nothing removed, then without the zone of each removable element.

    `step(done, all)` is called after each distinct kill list. `hours_once`: hours are judged with nothing removed only.
    """
    judge = Judge(plant)
    growing = Zones(plant)
    zones = {element: growing.of(element) for element in removable}
    alike: dict[frozenset[int], list[int]] = {}
    for element, zone in zones.items():
        alike.setdefault(zone.kill, []).append(element)
    limits = _Limits(judge)
    base = judge.judge(frozenset())
    limits.add(base, [-1])
    if hours_once:
        judge = Judge(without_hours(plant))
    outcomes: dict[frozenset[int], Outcome] = {}
    for done, (kill, elements) in enumerate(alike.items(), start=1):
        outcome = outcomes[kill] = judge.judge(kill)
        limits.add(outcome, elements)
        if step is not None:
            step(done, len(alike))
    return Sweep(base, zones, outcomes, limits.tightest())


def without_hours(plant: Plant) -> Plant:
    """A plant of which nothing is asked over hours."""
    rates = tuple(c for c in plant.couplings if not plant.stages[c.to_stage].hours)
    return replace(plant, couplings=rates)


class _Limits:
    """Collects the tightest limits of passing outcomes; states seen before cost nothing."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._seen: dict[object, list[int]] = {}
        """State → the removals that lead to it."""
        self._found: dict[tuple[int, bool, int, int, int], dict[tuple[int, ...], list[list[int]]]] = {}
        """Figures → places with these figures → the removals of every state that has them."""
        self._counted, self._top = 0, LOOSE

    def add(self, outcome: Outcome, removed: list[int]) -> None:
        if outcome.verdict not in (Verdict.AUTOMATIC, Verdict.SWITCHED):
            return
        plant = self._judge.plant
        for k, (state, flow) in enumerate(zip(outcome.states, outcome.flows, strict=True)):
            choices = tuple(sorted(flow.choices.items()))
            key = (k, state.dead, state.demands, state.caps, choices, outcome.verdict)
            if key in self._seen:
                self._seen[key] += removed
                continue
            removals = self._seen[key] = list(removed)
            solver = self._judge.solvers[k]
            ceiling = self._ceiling()
            if outcome.verdict is Verdict.SWITCHED:
                cut = best_margin(solver, state, flow.choices, ceiling)
            else:
                cut = margin(solver, state, flow.choices, ceiling)
            if cut is None or cut.have >= UNLIMITED:
                continue
            stage = plant.stages[k]
            name = stage.element.tolist()
            limits = tuple(sorted({name[v] for v in cut.limits}))
            alike = self._found.setdefault((stage.medium, stage.hours, cut.measure, cut.have, cut.need), {})
            alike.setdefault(limits, []).append(removals)

    def _ceiling(self) -> Fraction:
        """Beyond this a limit would not be among the tightest."""
        if len(self._found) != self._counted:
            self._counted = len(self._found)
            ratios = sorted(Fraction(have, need) for *_, have, need in self._found)
            self._top = min(LOOSE, ratios[TIGHTEST - 1]) if len(ratios) >= TIGHTEST else LOOSE
        return self._top

    def tightest(self) -> tuple[Margin, ...]:
        margins = []
        for (medium, hours, measure, have, need), alike in self._found.items():
            limits = min(alike)
            removed = {element for removals in alike[limits] for element in removals}
            after = () if -1 in removed else tuple(sorted(removed))
            margins.append(Margin(medium, hours, measure, have, need, limits, after, len(alike) - 1))
        margins.sort(key=lambda m: (m.ratio, m.medium, m.hours, m.measure, m.need, m.limits))
        return tuple(margins[:TIGHTEST])
