"""The removal sweep of a twin, in the twin's own names.

Each removal is judged in both readings of what is unknown; where they disagree the answer is unknown, and says which
number would settle it. A failure is told as it arises: what only follows from a lost room (the UPS that overheats)
is not told again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from tierline.kernel import Judge, Margin, Outcome, Sweep, Verdict, sweep, without_hours
from tierline.kernel.outcome import Shortage
from tierline.kernel.plant import Plant
from tierline.twin.capacity import limited_hours
from tierline.twin.kinds import KINDS, Class
from tierline.twin.lower import Lowered, lower
from tierline.twin.machines import REQUIRED_HOURS
from tierline.twin.model import Medium, Origin, Twin
from tierline.twin.policy import DEFAULT, Policy
from tierline.validators.answers import Answer, Limit, Removal, Short
from tierline.validators.subsystems import WET
from tierline.validators.tripping import what_trips


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything the sweep found."""

    twin: Twin
    policy: Policy
    lowered: Lowered
    base: Removal
    removals: Mapping[str, Removal]
    distinct: int
    tightest: tuple[Limit, ...]
    limited: tuple[str, ...] = ()
    """Sets whose hours are limited, if it took their rating to get here: nothing above Tier II (decision M4)."""
    below: Assessment | None = None
    """What holds below Tier III, where sets of limited hours give their rating; None where that makes no difference."""

    def failing(self) -> Iterable[Removal]:
        return (r for r in self.removals.values() if r.answer is Answer.FAIL)


def assess(
    twin: Twin, policy: Policy = DEFAULT, step: Callable[[int, int], None] | None = None
) -> Assessment:
    """Remove everything once; where sets of limited hours decide, once more with their rating.

    What they cannot give at Tier III tells the tier. If it is sure that not even N is met without them, or no more
    than Tier II is claimed, everything told is told of the plant with their rating.
    """
    strict = _assess(twin, policy, lower(twin, policy), (), step)
    limited = tuple(e.id for e in twin.elements.values() if limited_hours(e))
    passing = (Answer.AUTOMATIC, Answer.RE_SWITCHED)
    if not limited or all(r.answer in passing for r in (strict.base, *strict.removals.values())):
        return strict
    rated = _assess(twin, policy, lower(twin, policy, limited=True), limited, step)
    if strict.base.answer is Answer.FAIL or twin.claims.tier in ("I", "II"):
        return rated
    return replace(strict, below=rated)


def _assess(
    twin: Twin, policy: Policy, lowered: Lowered, limited: tuple[str, ...], step: Callable[[int, int], None] | None
) -> Assessment:
    """One sweep. What passes in the worse reading passes in the better one, so that is asked only of the rest; but
    where it makes more of the plant live, what passes may pass differently, and it is asked as well."""
    once = policy.takes("fuel_inside_removal", "false")
    low = sweep(lowered.low, lowered.removable, step, once)
    best = None if lowered.high is lowered.low else Judge(lowered.high)
    inside = best if best is None or not once else Judge(without_hours(lowered.high))

    same, near = alike(lowered.low, lowered.high)

    def high(kill: frozenset[int], judge: Judge | None, found: Outcome) -> Outcome:
        if judge is None or (same and found.verdict < Verdict.UNKNOWN):
            return found
        if near and found.verdict is Verdict.AUTOMATIC and judge.stopped(kill) == found.down:
            return found
        return judge.judge(kill)

    teller = _Teller(twin, lowered, low.base)
    none: frozenset[int] = frozenset()
    base = teller.removal("", none, none, low.base, high(none, best, low.base))
    outcomes = {kill: high(kill, inside, found) for kill, found in low.outcomes.items()}
    removals = {}
    for index in lowered.removable:
        name, zone = lowered.names[index], low.zones[index]
        removals[name] = teller.removal(name, zone.zone, zone.opened, low.of(index), outcomes[zone.kill])
    tightest = _limits(lowered, low, twin)
    return Assessment(twin, policy, lowered, base, removals, len(low.outcomes), tightest, limited)


def alike(one: Plant, other: Plant) -> tuple[bool, bool]:
    """Whether two readings keep the same alive and differ in figures only; and whether in dependencies at most."""
    sources = [[[s.element for s in stage.sources] for stage in plant.stages] for plant in (one, other)]
    near = sources[0] == sources[1] and one.supplies == other.supplies
    return near and one.dependencies == other.dependencies, near


class _Teller:
    """Turns kernel outcomes into names; a failure is judged once more to find where it arises."""

    def __init__(self, twin: Twin, lowered: Lowered, base: Outcome) -> None:
        self.twin, self.lowered = twin, lowered
        self.asked = [[sum(row) for row in state.demands] for state in base.states] or [
            [0] * len(stage.caps) for stage in lowered.low.stages
        ]
        """What each stage is asked for with everything in service: N."""
        self._judges: dict[int, Judge] = {}
        self._causes: dict[tuple[int, frozenset[int]], Outcome] = {}

    def removal(self, name: str, zone: frozenset[int], opened: frozenset[int], low: Outcome, high: Outcome) -> Removal:
        answer = self._answer(low, high)
        worse_is_better = low.verdict < min(high.verdict, Verdict.UNKNOWN)  # it has less of the plant alive
        told = high if answer is Answer.FAIL or worse_is_better else low
        plant = self.lowered.high if told is high and high is not low else self.lowered.low
        failed = answer in (Answer.FAIL, Answer.UNKNOWN)
        shorts = self._shorts(plant, self._cause(plant, zone | opened, told)) if failed else ()
        reading = 0 if plant is self.lowered.low else 1
        trips = what_trips(self.twin, self.lowered, reading, zone | opened, told.down) if failed else ()
        lost = {load for short in shorts for load in short.lost}
        if failed:
            lost.update(self.lowered.names[load] for shortage in told.shortages for load in shortage.lost)
        return Removal(
            element=name,
            zone=self._names(zone),
            opened=self._names(opened),
            answer=answer,
            shorts=shorts,
            lost=tuple(sorted(lost)),
            down=self._names(told.down - zone - opened - plant.dark),
            closed=self._names(told.closed),
            moved=tuple((self.lowered.names[e], self._names(used)) for e, used in told.moved),
            by_hand=self._names(told.by_hand),
            off=self._names(told.off),
            barred=self._names(told.barred) if failed else (),
            started=self._names(told.started),
            uncontrolled=self._names(told.uncontrolled),
            missing=self._missing(told, trips) if answer is Answer.UNKNOWN else (),
            trips=trips,
        )

    @staticmethod
    def _answer(low: Outcome, high: Outcome) -> Answer:
        """Both readings must agree on pass or fail; automatic only if both are."""
        verdicts = {low.verdict, high.verdict}
        if verdicts == {Verdict.FAIL}:
            return Answer.FAIL
        if verdicts == {Verdict.AUTOMATIC}:
            return Answer.AUTOMATIC
        if verdicts <= {Verdict.AUTOMATIC, Verdict.SWITCHED}:
            return Answer.RE_SWITCHED
        return Answer.UNKNOWN

    def _cause(self, plant: Plant, kill: frozenset[int], told: Outcome) -> Outcome:
        """The outcome if machines ran dry, where water alone then is short; or could stand a hot room; else as told."""
        reading = 0 if plant is self.lowered.low else 1
        thirsty, unheated = self.lowered.thirsty[reading], self.lowered.unheated[reading]
        dry = self._again(thirsty, kill) if thirsty.supplies != plant.supplies else None
        short = {self._medium(plant, s) for s in dry.shortages} if dry is not None else set()
        if dry is not None and Medium.WATER in short and not short & {*WET, Medium.AIR}:
            return dry
        found = self._again(unheated, kill) if len(unheated.dependencies) != len(plant.dependencies) else told
        return self._without_idle_sets(unheated, kill, found if found.shortages else told)

    def _without_idle_sets(self, plant: Plant, kill: frozenset[int], found: Outcome) -> Outcome:
        """The outcome where sets short of fuel rest, if neither fuel nor power is short then: they were not needed."""
        dry = {e for s in found.shortages if self._medium(plant, s) is Medium.FUEL for e in (*s.lost, *s.short)}
        if not dry:
            return found
        rested = self._again(plant, kill | dry)
        media = {self._medium(plant, s) for s in rested.shortages}
        return rested if media and not media & {Medium.FUEL, Medium.POWER} else found

    def _medium(self, plant: Plant, shortage: Shortage) -> Medium:
        return self.lowered.media[plant.stages[shortage.stage].medium]

    def _again(self, other: Plant, kill: frozenset[int]) -> Outcome:
        """How a removal ends in another plant."""
        judge = self._judges.get(id(other))
        if judge is None:
            judge = self._judges[id(other)] = Judge(other)
        found = self._causes.get((id(other), kill))
        if found is None:
            found = self._causes[id(other), kill] = judge.judge(kill)
        return found

    def _shorts(self, plant: Plant, outcome: Outcome) -> tuple[Short, ...]:
        merged: dict[tuple[Medium, bool, int], Short] = {}
        dead = self._dead_power(plant, outcome)
        dark: set[int] = set()
        for shortage in outcome.shortages:
            stage = plant.stages[shortage.stage]
            medium = self._medium(plant, shortage)
            need = shortage.need
            if medium is Medium.POWER and dead is not None:
                dark.update(shortage.lost)
                if shortage.stage < dead:
                    continue
                need = max(need, self.asked[shortage.stage][shortage.measure])
            found = Short(
                medium, stage.hours, *_hourly(stage.hours, shortage.have, need),
                self._names(shortage.limits), self._names(shortage.lost), self._names(shortage.short),
                self._names(shortage.beyond), measure=shortage.measure,
            )  # fmt: skip
            key = (medium, stage.hours, shortage.measure)
            before = merged.get(key)
            merged[key] = found if before is None else _sum(before, found)
        if dark:
            first = next(key for key in sorted(merged, key=lambda key: key[1:]) if key[0] is Medium.POWER)
            merged[first] = replace(merged[first], lost=self._names(dark))
        return tuple(merged[key] for key in sorted(merged, key=lambda key: (_ORDER.index(key[0]), *key[1:])))

    def _dead_power(self, plant: Plant, outcome: Outcome) -> int | None:
        """The stage of power nearest the sources that is wholly dead: the stages below only follow it."""
        power = self.lowered.media.index(Medium.POWER)
        dead = [
            s.stage
            for s in outcome.shortages
            if plant.stages[s.stage].medium == power
            and not s.have
            and outcome.states
            and s.need == sum(outcome.states[s.stage].demands[s.measure])
        ]
        return max(dead, default=None)

    def _missing(self, told: Outcome, trips: Iterable[str]) -> tuple[str, ...]:
        known = self.lowered.missing
        if unstated := tuple(name for name in trips if name in known):
            return unstated
        named = {self.lowered.names[e] for shortage in told.shortages for e in (*shortage.limits, *shortage.beyond)}
        return tuple(sorted(named & known.keys())) or tuple(sorted(known))

    def _names(self, indices: Iterable[int]) -> tuple[str, ...]:
        return tuple(sorted(self.lowered.names[i] for i in indices))


_ORDER = (
    Medium.FUEL,
    Medium.GAS,
    Medium.WATER,
    Medium.POWER,
    Medium.DC,
    Medium.REFRIGERANT,
    Medium.CONDENSER_WATER,
    Medium.CHILLED_WATER,
    Medium.AIR,
)
"""Where a shortage arises: the first medium short in this order is charged (decision M4)."""


def _sum(one: Short, other: Short) -> Short:
    return Short(
        one.medium, one.hours, one.have + other.have, one.need + other.need,
        tuple(sorted({*one.cut, *other.cut})), tuple(sorted({*one.lost, *other.lost})),
        tuple(sorted({*one.hit, *other.hit})), tuple(sorted({*one.beyond, *other.beyond})),
        (*(one.parts or (one,)), other), one.measure,
    )  # fmt: skip


def _hourly(hours: bool, have: int, need: int) -> tuple[int, int]:
    """Figures as rates: what has to last is judged in volumes over the required hours."""
    return (have // REQUIRED_HOURS, -(-need // REQUIRED_HOURS)) if hours else (have, need)


def _limits(lowered: Lowered, low: Sweep, twin: Twin) -> tuple[Limit, ...]:
    def limit(margin: Margin) -> Limit:
        removed = [lowered.names[e] for e in margin.removed]
        return Limit(
            min(removed, key=lambda name: plainness(twin, name)) if removed else "",
            lowered.media[margin.medium], margin.hours, *_hourly(margin.hours, margin.have, margin.need),
            tuple(sorted(lowered.names[e] for e in margin.limits)), margin.alike, margin.measure,
        )  # fmt: skip

    return tuple(limit(margin) for margin in low.tightest)


_PLACES = frozenset(("board", "bus", "busduct", "header", "section"))


def plainness(twin: Twin, name: str) -> tuple[bool, bool, str]:
    """Sorts first what an engineer would name first: what was written, and of that the boards and headers."""
    element = twin.elements[name]
    return (element.origin not in (Origin.WRITTEN, Origin.PART), element.kind not in _PLACES, name)


def is_capacity(twin: Twin, element: str) -> bool:
    """Whether an element is of the capacity class (decision M4)."""
    return KINDS[twin.elements[element].kind].cls is Class.CAPACITY
