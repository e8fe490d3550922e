"""The sweep beside both oracles, removal by removal, and what counts as agreeing.

Promises: the oracles must agree to the word. The sweep may say an honest `unknown` where a plant passes only with a
sharing that nothing controls, or where its search ended; how often is counted, and bounded by whoever runs this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from oracle import judge as first
from oracle import milp as second
from oracle.apparent import parting
from oracle.coverage import coverage
from oracle.ratings import of_limited_hours
from oracle.raw import carrying
from oracle.world import World
from oracle.zones import kill_set
from tierline.kernel import Judge
from tierline.twin.lower import lower
from tierline.twin.model import Twin
from tierline.validators.answers import Answer, Removal
from tierline.validators.assess import Assessment, assess

BASE = ""
"""The name under which nothing is removed."""
SWEEP, SECOND = "first oracle, sweep", "first oracle, second oracle"
CAUTIOUS = "sharing more cautious than the law"
"""Natural sharing does, in the oracle's positions; the sweep counts all that could ever pass a loop."""
PASSES = (first.AUTOMATIC, first.RE_SWITCHED)


@dataclass(frozen=True)
class Mismatch:
    """One removal on which two of the three disagree."""

    element: str
    between: str
    expected: str
    got: str
    rated: bool = False
    """Where sets of limited hours give their rating."""

    def __str__(self) -> str:
        below = " (below Tier III)" if self.rated else ""
        return f"{self.element or 'nothing'} out{below}: {self.between}: {self.expected} against {self.got}"


@dataclass
class Tally:
    """What a run has seen."""

    seen: Counter[str] = field(default_factory=Counter)
    """Structure → plants with it."""
    pairs: Counter[str] = field(default_factory=Counter)
    """`first oracle / sweep` → removals."""
    doubled: Counter[str] = field(default_factory=Counter)
    """`first oracle / second oracle` → removals."""
    unsure: Counter[str] = field(default_factory=Counter)
    """Why the sweep said unknown where the oracle knows → removals."""

    def add(self, other: Tally) -> None:
        self.seen.update(other.seen)
        self.pairs.update(other.pairs)
        self.doubled.update(other.doubled)
        self.unsure.update(other.unsure)

    def answers(self) -> Counter[str]:
        """The oracle's answers."""
        found: Counter[str] = Counter()
        for pair, count in self.pairs.items():
            found[pair.split(" / ")[0]] += count
        return found

    def __str__(self) -> str:
        lines = [f"{self.seen['plants']} plants, {sum(self.pairs.values())} removals"]
        for name in ("seen", "pairs", "doubled", "unsure"):
            counts = getattr(self, name)
            lines.append(f"{name}: " + ", ".join(f"{k} {n}" for k, n in sorted(counts.items())))
        return "\n".join(lines)


def compare(twin: Twin, tally: Tally, *, twice: bool) -> list[Mismatch]:
    """Judge every removal of a plant by the sweep, the first oracle and, if `twice`, the second.

    Where sets of limited hours decide, so is the plant with their rating: what holds below Tier III.
    """
    assessment = assess(twin)
    found = list(_strictly(twin, assessment))
    found += _once(twin, assessment, tally, rated=bool(assessment.limited), twice=twice)
    if assessment.below is not None:
        found += _once(twin, assessment.below, tally, rated=True, twice=twice)
    tally.seen.update({"plants": 1, **{name: 1 for name, count in coverage(twin).items() if count}})
    tally.seen["judged at ratings"] += bool(assessment.limited) or assessment.below is not None
    return found


def _strictly(twin: Twin, assessment: Assessment) -> Iterator[Mismatch]:
    """Told with the rating of sets of limited hours is only what surely fails without them; a second run, only where
    not all passes. What is told without them is compared as any run is."""
    if not any(of_limited_hours(e) for e in twin.elements.values()):
        return
    strict = first.base(twin)
    if assessment.limited and strict != first.FAIL:
        yield Mismatch(BASE, "sets of limited hours", strict, f"told with {assessment.limited} of them")
    if assessment.below is None and not assessment.limited:
        failing = [element for element, answer in first.sweep(twin).items() if answer not in PASSES]
        yield from (Mismatch(element, "sets of limited hours", "a second run", "none") for element in failing)


def _once(twin: Twin, assessment: Assessment, tally: Tally, *, rated: bool, twice: bool) -> Iterator[Mismatch]:
    """One run of the sweep against the oracles."""
    expected = {BASE: first.base(twin, rated=rated), **first.sweep(twin, rated=rated)}
    removals = {BASE: assessment.base, **assessment.removals}
    if expected.keys() != removals.keys():
        yield Mismatch(str(expected.keys() ^ removals.keys()), "what is removed", "", "")
        return
    for element, answer in expected.items():
        removal = removals[element]
        tally.pairs[f"{answer} / {removal.answer}"] += 1
        if str(removal.answer) == answer:
            tally.seen["removals of unsure sharing"] += answer == first.UNKNOWN and bool(removal.uncontrolled)
            continue
        why = excuse(twin, answer, removal, rated)
        if why:
            tally.unsure[why] += 1
        else:
            yield Mismatch(element, SWEEP, answer, str(removal.answer), rated)
    if twice:
        yield from _twice(twin, expected, tally, rated)


def _twice(twin: Twin, expected: dict[str, str], tally: Tally, rated: bool) -> Iterator[Mismatch]:
    again = {BASE: second.judge(twin, (), rated=rated), **second.sweep(twin, rated=rated)}
    if expected.keys() != again.keys():
        yield Mismatch(str(expected.keys() ^ again.keys()), "what is removed", "", "")
    for element, answer in expected.items():
        other = again.get(element, answer)
        tally.doubled[f"{answer} / {other}"] += 1
        if answer != other:
            yield Mismatch(element, SECOND, answer, other, rated)


def disagree(twin: Twin, known: Mismatch) -> bool:
    """Do the same two still give the same two answers?"""
    kill = kill_set(twin, known.element) if known.element else frozenset[str]()
    if first.judge(twin, kill, rated=known.rated) != known.expected:
        return False
    if known.between == SECOND:
        return second.judge(twin, kill, rated=known.rated) == known.got
    found = assess(twin)
    assessment = next((a for a in (found, found.below) if a is not None and (a.below is None) is known.rated), found)
    removal = assessment.removals[known.element] if known.element else assessment.base
    return str(removal.answer) == known.got and not excuse(twin, known.expected, removal, known.rated)


def excuse(twin: Twin, expected: str, removal: Removal, rated: bool) -> str:
    """Why the sweep may say something else than the oracle; empty where it may not. A wrong pass has none."""
    world = World(carrying(twin))
    kill = {*removal.zone, *removal.opened}
    loose = removal.answer is not Answer.AUTOMATIC and parting(world)
    if loose and first.judge(twin, kill, rated=rated, loose=True) == removal.answer:
        return "VA of loads that split"
    if removal.answer is Answer.RE_SWITCHED and expected == first.AUTOMATIC:
        return CAUTIOUS if _uncontrolled(twin, kill, rated) else ""
    if removal.answer is not Answer.UNKNOWN:
        return ""
    if expected in PASSES and removal.uncontrolled:
        return CAUTIOUS
    return "search ended" if expected != first.AUTOMATIC and not removal.uncontrolled else ""


def _uncontrolled(twin: Twin, kill: set[str], rated: bool) -> bool:
    """Whether, with nobody's hand on anything, a loop is in service of which the sweep is not sure."""
    lowered = lower(twin, limited=rated)
    out = frozenset(lowered.index[name] for name in kill)
    return any(Judge(plant).alone(out).uncontrolled for plant in (lowered.low, lowered.high))
