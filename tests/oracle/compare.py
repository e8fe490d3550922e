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
from oracle.coverage import coverage
from oracle.zones import kill_set
from tierline.twin.model import Twin
from tierline.validators.answers import Answer, Removal
from tierline.validators.assess import assess

BASE = ""
"""The name under which nothing is removed."""
SWEEP, SECOND = "first oracle, sweep", "first oracle, second oracle"
PASSES = (first.AUTOMATIC, first.RE_SWITCHED)


@dataclass(frozen=True)
class Mismatch:
    """One removal on which two of the three disagree."""

    element: str
    between: str
    expected: str
    got: str

    def __str__(self) -> str:
        return f"{self.element or 'nothing'} out: {self.between}: {self.expected} against {self.got}"


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
    """Judge every removal of a plant by the sweep, the first oracle and, if `twice`, the second."""
    assessment = assess(twin)
    expected = {BASE: first.base(twin), **first.sweep(twin)}
    removals = {BASE: assessment.base, **assessment.removals}
    found = []
    if expected.keys() != removals.keys():
        return [Mismatch(str(expected.keys() ^ removals.keys()), "what is removed", "", "")]
    for element, answer in expected.items():
        removal = removals[element]
        tally.pairs[f"{answer} / {removal.answer}"] += 1
        if str(removal.answer) == answer:
            continue
        why = excuse(answer, removal)
        if why:
            tally.unsure[why] += 1
        else:
            found.append(Mismatch(element, SWEEP, answer, str(removal.answer)))
    if twice:
        found += _twice(twin, expected, tally)
    tally.seen.update({"plants": 1, **{name: 1 for name, count in coverage(twin).items() if count}})
    return found


def _twice(twin: Twin, expected: dict[str, str], tally: Tally) -> Iterator[Mismatch]:
    again = {BASE: second.judge(twin, ()), **second.sweep(twin)}
    if expected.keys() != again.keys():
        yield Mismatch(str(expected.keys() ^ again.keys()), "what is removed", "", "")
    for element, answer in expected.items():
        other = again.get(element, answer)
        tally.doubled[f"{answer} / {other}"] += 1
        if answer != other:
            yield Mismatch(element, SECOND, answer, other)


def disagree(twin: Twin, known: Mismatch) -> bool:
    """Do the same two still give the same two answers?"""
    kill = kill_set(twin, known.element) if known.element else frozenset[str]()
    if first.judge(twin, kill) != known.expected:
        return False
    if known.between == SECOND:
        return second.judge(twin, kill) == known.got
    assessment = assess(twin)
    removal = assessment.removals[known.element] if known.element else assessment.base
    return str(removal.answer) == known.got and not excuse(known.expected, removal)


def excuse(expected: str, removal: Removal) -> str:
    """Why the sweep may say something else than the oracle; empty where it may not. A pass has no excuse."""
    if removal.answer is not Answer.UNKNOWN:
        return ""
    if removal.uncontrolled and expected in PASSES:
        return "sharing not controlled"
    return "search ended" if expected != first.AUTOMATIC and not removal.uncontrolled else ""
