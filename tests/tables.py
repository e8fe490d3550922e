"""Tables in Markdown of what the tool finds: `python tests/tables.py [TABLE…]`.

A table is a function that yields its heading and then its rows; adding one is adding it to `TABLES`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import test_mutations
from test_cases import CASES, ending, expectation, named, report_of
from test_reference import DESIGNS, FLAWS, SPECS, answered, find_flaw, twin_of

from tierline.kernel.plant import UNLIMITED
from tierline.validators import figures
from tierline.validators.answers import Answer
from tierline.validators.assess import Limit
from tierline.validators.run import Report, check

Row = tuple[str, ...]


def worked() -> Iterator[Row]:
    """The worked cases of the law, by their number."""
    return _cases(lambda case: case[1:3].isdigit())


def structures() -> Iterator[Row]:
    """Cases of ours: one structure each."""
    return _cases(lambda case: not case[1:3].isdigit())


def _cases(wanted: Callable[[str], bool]) -> Iterator[Row]:
    yield "case", "expected", "found", "failing set", "unknown", "tightest margin that passes"
    for path in CASES:
        expected = expectation(path)
        if wanted(expected["case"]):
            yield case_row(path)


def case_row(path: Path) -> Row:
    """One case: a set is given as how many it has, or as found and expected where they differ."""
    expected, report = expectation(path), report_of(path)
    tiers = {str(name): verdict.tier for name, verdict in report.subsystems.items()}
    return (
        expected["case"],
        _tiers(expected["tiers"]),
        _tiers({name: tiers[name] for name in expected["tiers"]}),
        size(ending(report, Answer.FAIL), named(expected["failing"], report)),
        size(ending(report, Answer.UNKNOWN), named(expected.get("unknown"), report)),
        tightest(report),
    )


def _tiers(tiers: dict[str, str]) -> str:
    """`II (cooling)`: the lowest tier that is expected of a case, and where."""
    order = ("none", "I", "II", "III", "IV")
    lowest = min(tiers.values(), key=order.index, default="")
    return f"{lowest} ({', '.join(name for name, tier in tiers.items() if tier == lowest)})" if tiers else ""


def size(found: set[str], expected: set[str]) -> str:
    return str(len(found)) if found == expected else f"**{len(found)}, expected {len(expected)}**"


def tightest(report: Report) -> str:
    """The tightest margin of what passes, and the removal that brings it."""
    limits = [limit for limit in report.assessment.tightest if limit.have < UNLIMITED]
    return "" if not limits else margin(limits[0])


def margin(limit: Limit) -> str:
    """The figures of a limit; hours are given as a rate over the hours required."""
    over = ", to last" if limit.hours else ""
    have = figures.of(limit.have, limit.need, limit.unit)
    return f"{limit.element or 'nothing'} out: {have} ({limit.medium}{over})"


def references() -> Iterator[Row]:
    """The reference designs, and the flaws of one line that are made in each."""
    yield "design", "claimed", "found", "elements", "distinct zones", "failing", "unknown", "flaws found"
    for design in DESIGNS:
        report = check(twin_of(SPECS / design))
        flaws = [flaw for of, flaw in FLAWS if of == design]
        yield (
            design,
            str(report.verdict.claimed),
            str(report.verdict.achieved),
            str(len(report.twin.elements)),
            str(report.assessment.distinct),
            str(len(answered(report, Answer.FAIL))),
            str(len(answered(report, Answer.UNKNOWN))),
            f"{sum(found(design, flaw) for flaw in flaws)} of {len(flaws)}",
        )


def found(design: str, flaw: dict[str, Any]) -> bool:
    """Whether a flaw is found as its expectation says."""
    with TemporaryDirectory() as folder:
        try:
            find_flaw(design, flaw, Path(folder))
        except (AssertionError, StopIteration):
            return False
    return True


def mutations() -> Iterator[Row]:
    """Bamako with one mistake in it, and what looks wrong and is not."""
    yield "mutation", "what", "expected", "found", "rule", "where", "have of need", "removals that fail", "unknown"
    for path in test_mutations.MUTATIONS:
        with tempfile.TemporaryDirectory() as folder:
            report = test_mutations.ultimate(test_mutations.mutated(path, Path(folder)))
        yield mutation_row(path, report)


def mutation_row(path: Path, report: Report) -> Row:
    """One mutation; the finding is the one that is expected, and a dash where it is not among those told."""
    expected = test_mutations.expectation(path)
    ref, element = expected.get("rule", ""), expected.get("removed", expected.get("element", ""))
    findings = [f for r in report.rules if r.ref == ref for f in r.findings if f.element == element]
    shorts = [s for f in findings if f.removal is not None for s in f.removal.shorts]
    at = findings[0].at if findings else None
    told = shorts[:1] if "outcome" not in expected else []
    return (
        path.stem.upper(),
        json.loads(path.read_text())["what"],
        expected["tier"],
        report.verdict.achieved or "",
        ref if findings else "-",
        f"{element or 'everything in service'}, {Path(at.file).name}:{at.line}" if at is not None else "",
        "; ".join(figures.of(s.have, s.need, s.unit) for s in told),
        *(str(len(test_mutations.ending(report, answer))) for answer in (Answer.FAIL, Answer.UNKNOWN)),
    )


TABLES: dict[str, Callable[[], Iterator[Row]]] = {
    "worked": worked,
    "structures": structures,
    "mutations": mutations,
    "references": references,
}


def printed(rows: Iterator[Row]) -> str:
    """A table in Markdown."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, f"|{'---|' * (lines[0].count('|') - 1)}")
    return "\n".join(lines)


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in TABLES]
    if unknown:
        print(f"no table {unknown[0]}; there are: {', '.join(TABLES)}", file=sys.stderr)
        return 2
    for name in names or TABLES:
        print(f"### {(TABLES[name].__doc__ or name).partition('.')[0]}\n\n{printed(TABLES[name]())}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
