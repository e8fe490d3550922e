"""The removal sweep of a twin, in the twin's own names.

Each removal is judged in both readings of what is unknown; where they disagree the answer is unknown, and says which
number would settle it. A failure is told as it arises: what only follows from a lost room (the UPS that overheats)
is not told again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from tierline.kernel import Judge, Margin, Outcome, Sweep, Verdict, sweep
from tierline.kernel.plant import Plant
from tierline.twin.kinds import KINDS, Class
from tierline.twin.lower import Lowered, lower
from tierline.twin.model import Medium, Origin, Twin
from tierline.validators.tripping import what_trips

UNITS = {Medium.FUEL: ("ml/h",), Medium.WATER: ("ml/h",)}
"""Medium → base unit, by measure."""
W_VA = ("W", "VA")


class Answer(StrEnum):
    """How a removal ends."""

    AUTOMATIC = "automatic"
    RE_SWITCHED = "re-switched"
    UNKNOWN = "unknown"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Short:
    """A medium that cannot be given in full, summed over the places where it is short."""

    medium: Medium
    hours: bool
    """True: the rate is there, but not for the required hours."""
    have: int
    need: int
    cut: tuple[str, ...]
    lost: tuple[str, ...]
    hit: tuple[str, ...] = ()
    """Loads and machines that get less than they ask."""
    beyond: tuple[str, ...] = ()
    """All that draws what is short: loads and machines among which the shortage is to be shared."""
    parts: tuple[Short, ...] = ()
    """Where it is short in several places: each of them."""
    measure: int = 0
    """1: apparent power."""

    @property
    def unit(self) -> str:
        """Base unit of `have` and `need`: W, VA, or ml/h."""
        return UNITS.get(self.medium, W_VA)[self.measure]


@dataclass(frozen=True, slots=True)
class Removal:
    """What happens when one element is taken out."""

    element: str
    zone: tuple[str, ...]
    opened: tuple[str, ...]
    answer: Answer
    shorts: tuple[Short, ...] = ()
    lost: tuple[str, ...] = ()
    """Racks, loads and rooms that get nothing."""
    down: tuple[str, ...] = ()
    """What stops beyond the zone, for lack of something it needs."""
    closed: tuple[str, ...] = ()
    moved: tuple[tuple[str, tuple[str, ...]], ...] = ()
    by_hand: tuple[str, ...] = ()
    uncontrolled: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Elements whose unknown numbers decide, if the answer is unknown."""
    trips: tuple[str, ...] = ()
    """Releases, panels and emergency circuits but for whose trip it would pass."""

    @property
    def on_rates(self) -> bool:
        """Whether it fails on a rate; hours inside a removal are asked for at Tier III only (decision M4)."""
        return any(not short.hours for short in self.shorts) or not self.shorts


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of the plant as it passes, and the removal that brings it closest."""

    element: str
    """What was removed; empty: nothing."""
    medium: Medium
    hours: bool
    have: int
    need: int
    cut: tuple[str, ...]
    alike: int
    measure: int = 0

    @property
    def unit(self) -> str:
        return UNITS.get(self.medium, W_VA)[self.measure]


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything the sweep found."""

    twin: Twin
    lowered: Lowered
    base: Removal
    removals: Mapping[str, Removal]
    distinct: int
    tightest: tuple[Limit, ...]

    def failing(self) -> Iterable[Removal]:
        return (r for r in self.removals.values() if r.answer is Answer.FAIL)


def assess(twin: Twin, step: Callable[[int, int], None] | None = None) -> Assessment:
    """Remove everything once."""
    lowered = lower(twin)
    low = sweep(lowered.low, lowered.removable, step)
    high = low if lowered.high is lowered.low else sweep(lowered.high, lowered.removable, step)
    teller = _Teller(twin, lowered, low.base)
    base = teller.removal("", frozenset(), frozenset(), low.base, high.base)
    removals = {}
    for index in lowered.removable:
        name = lowered.names[index]
        zone = low.zones[index]
        removals[name] = teller.removal(name, zone.zone, zone.opened, low.of(index), high.of(index))
    return Assessment(twin, lowered, base, removals, len(low.outcomes), _limits(lowered, low, twin))


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
        told = high if answer is Answer.FAIL else low
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
            uncontrolled=self._names(told.uncontrolled),
            missing=self._missing(low, trips) if answer is Answer.UNKNOWN else (),
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
        """The outcome if machines could stand a hot room, if that still is short; else as told."""
        reading = 0 if plant is self.lowered.low else 1
        cool = self.lowered.unheated[reading]
        if len(cool.dependencies) == len(plant.dependencies):
            return told
        judge = self._judges.get(reading)
        if judge is None:
            judge = self._judges[reading] = Judge(cool)
        found = self._causes.get((reading, kill))
        if found is None:
            found = self._causes[reading, kill] = judge.judge(kill)
        return found if found.shortages else told

    def _shorts(self, plant: Plant, outcome: Outcome) -> tuple[Short, ...]:
        merged: dict[tuple[Medium, bool, int], Short] = {}
        dead = self._dead_power(plant, outcome)
        dark: set[int] = set()
        for shortage in outcome.shortages:
            stage = plant.stages[shortage.stage]
            medium = self.lowered.media[stage.medium]
            need = shortage.need
            if medium is Medium.POWER and dead is not None:
                dark.update(shortage.lost)
                if shortage.stage < dead:
                    continue
                need = max(need, self.asked[shortage.stage][shortage.measure])
            found = Short(
                medium, stage.hours, shortage.have, need,
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

    def _missing(self, low: Outcome, trips: Iterable[str]) -> tuple[str, ...]:
        known = self.lowered.missing
        if unstated := tuple(name for name in trips if name in known):
            return unstated
        named = {self.lowered.names[e] for shortage in low.shortages for e in (*shortage.limits, *shortage.beyond)}
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


def _limits(lowered: Lowered, low: Sweep, twin: Twin) -> tuple[Limit, ...]:
    def limit(margin: Margin) -> Limit:
        removed = [lowered.names[e] for e in margin.removed]
        return Limit(
            min(removed, key=lambda name: plainness(twin, name)) if removed else "",
            lowered.media[margin.medium], margin.hours, margin.have, margin.need,
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
