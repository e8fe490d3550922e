"""Bamako with one mistake in it: the published mutations and ours, each found at the right rule, element and line; and
the changes that look wrong and are not."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path

import pytest

from tierline.cli.main import main
from tierline.twin.compiler import compile_path
from tierline.validators.answers import Answer
from tierline.validators.rules import Finding, Outcome
from tierline.validators.run import Report, check

ROOT = Path(__file__).parent.parent
MUTATIONS = sorted((Path(__file__).parent / "mutations").glob("*.json"))
PASSING = {Answer.AUTOMATIC, Answer.RE_SWITCHED}


def expectation(path: Path) -> dict:
    return json.loads(path.read_text())["expect"]


def mutated(path: Path, folder: Path) -> Path:
    """A copy of Bamako with the edits of a mutation applied; each must hit exactly once."""
    facility = folder / "specs" / "bamako"
    shutil.copytree(ROOT / "specs" / "bamako", facility, ignore=shutil.ignore_patterns("drawings"))
    for edit in json.loads(path.read_text())["edits"]:
        file = facility / edit["file"]
        text = file.read_text()
        assert text.count(edit["find"]) == 1, edit
        file.write_text(text.replace(edit["find"], edit["replace"]))
    return facility


@cache
def ultimate(facility: Path) -> Report:
    """The report on the first case of a facility: everything built."""
    (compiled,) = compile_path(str(facility))
    assert compiled.twin is not None, compiled.diagnostics
    return check(compiled.twin)


def close(found: float, expected: float) -> bool:
    return abs(found - expected) <= abs(expected) / 100


def ending(report: Report, answer: Answer) -> set[str]:
    return {r.element for r in report.assessment.removals.values() if r.answer is answer}


def told(report: Report, ref: str, element: str) -> Finding:
    """The one finding of a rule at an element, and that it stops the gate."""
    (result,) = (r for r in report.rules if r.ref == ref)
    found = [f for f in result.findings if f.element == element]
    assert found, (ref, [(r.ref, f.element) for r in report.rules for f in r.findings])
    assert report.is_error(result, found[0])
    return found[0]


def stands_at(finding: Finding, facility: Path, expected: dict) -> bool:
    """Whether a finding points at the line that says so."""
    lines = (facility / expected["file"]).read_text().splitlines()
    return finding.at.file.endswith(expected["file"]) and expected["line_contains"] in lines[finding.at.line - 1]


FAILING = [p for p in MUTATIONS if p.stem.startswith("m") and "outcome" not in expectation(p)]
UNKNOWN = [p for p in MUTATIONS if expectation(p).get("outcome") == "unknown"]


@pytest.mark.parametrize("path", FAILING, ids=lambda p: p.stem)
def test_mutation_is_found(path: Path, tmp_path: Path) -> None:
    expected, facility = expectation(path), mutated(path, tmp_path)
    report = ultimate(facility)
    finding = told(report, expected["rule"], expected["removed"])
    assert stands_at(finding, facility, expected)
    assert not finding.unknown and finding.removal is not None
    media = ("air", "chilled-water") if expected["medium"] == "cooling" else (expected["medium"],)
    short = next(s for s in finding.removal.shorts if s.medium in media)
    assert close(short.have, expected["have"]) and close(short.need, expected["need"]), short
    failing = ending(report, Answer.FAIL)
    assert set(expected.get("failing_at_least", ())) <= failing
    assert failing == set(expected.get("failing", failing))
    assert report.verdict.achieved == expected["tier"] and not report.verdict.met


@pytest.mark.parametrize("path", UNKNOWN, ids=lambda p: p.stem)
def test_mutation_leaves_it_unknown(path: Path, tmp_path: Path) -> None:
    """A number that is missing, or a ring nothing controls: nothing is proven either way."""
    expected, facility = expectation(path), mutated(path, tmp_path)
    report = ultimate(facility)
    finding = told(report, expected["rule"], expected["element"])
    assert finding.unknown and stands_at(finding, facility, expected)
    assert ending(report, Answer.FAIL) == set(expected["failing"])
    unknown = ending(report, Answer.UNKNOWN)
    assert set(expected.get("unknown_at_least", ())) <= unknown
    assert unknown == set(expected.get("unknown", unknown))
    assert (report.verdict.achieved, report.verdict.possible) == (expected["tier"], expected["possible"])
    assert not report.verdict.met
    assert Outcome.FAIL not in {r.outcome for r in report.rules}


@pytest.mark.parametrize("path", [p for p in MUTATIONS if p.stem.startswith("n")], ids=lambda p: p.stem)
def test_what_looks_wrong_and_is_not(path: Path, tmp_path: Path) -> None:
    report = ultimate(mutated(path, tmp_path))
    assert report.verdict.achieved == expectation(path)["tier"]
    assert {r.answer for r in report.assessment.removals.values()} <= PASSING


def test_the_gate_stops_a_mutation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (path,) = (p for p in FAILING if p.stem == "m01")
    assert main(["check", "--format", "json", "--case", "ultimate", str(mutated(path, tmp_path))]) == 1
    (report,) = json.loads(capsys.readouterr().out)["facilities"]
    assert report["verdict"]["met"] is False
    assert {"error"} == {f["severity"] for f in report["findings"] if f["ref"] == expectation(path)["rule"]}
