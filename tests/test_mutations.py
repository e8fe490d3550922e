"""Bamako with one mistake in it: the published mutations and ours, each found at the right rule, element and line; and
the changes that look wrong and are not."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from test_cli_draw import said

from tierline.cli import pictures
from tierline.cli.main import main
from tierline.cli.marks import of_finding
from tierline.diagrams.draw import draw
from tierline.diagrams.lint.bars import ON_A_SHEET
from tierline.diagrams.lint.reader import read
from tierline.diagrams.marks.marked import drawn, marked
from tierline.diagrams.svg import to_svg
from tierline.twin.compiler import compile_path
from tierline.validators.answers import Answer
from tierline.validators.rules import Finding, Outcome
from tierline.validators.run import Report, check
from tierline.validators.states import States
from tierline.validators.text import grouped

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
PAINTED = [p for p in FAILING if p.stem in ("m01", "m12", "m23")]
"""One of power, one of cooling, one of fuel."""
UNKNOWN = [p for p in MUTATIONS if expectation(p).get("outcome") == "unknown"]


@dataclass(frozen=True)
class Judged:
    """A mutation and what was found: a sweep of Bamako takes seconds, so what tests share is swept once."""

    expected: dict[str, Any]
    facility: Path
    report: Report


@pytest.fixture(scope="module")
def judged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    facility = mutated(request.param, tmp_path_factory.mktemp(request.param.stem))
    return Judged(expectation(request.param), facility, ultimate(facility))


@pytest.mark.parametrize("judged", FAILING, indirect=True, ids=lambda p: p.stem)
def test_mutation_is_found(judged: Judged) -> None:
    expected, facility, report = judged.expected, judged.facility, judged.report
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


@pytest.mark.parametrize("judged", PAINTED, indirect=True, ids=lambda p: p.stem)
def test_a_mutation_is_painted(judged: Judged) -> None:
    """What was taken out, what limits, and who goes without, on the sheets that are chosen."""
    expected, report = judged.expected, judged.report
    told = [f for (_, f), _ in grouped(report) if f.rule == expected["rule"]]
    (finding,) = (f for f in told if f.element == expected["removed"])
    removal = finding.removal
    assert removal is not None
    marks = of_finding(report, finding, removal, States(report.assessment).of(removal), "x")
    sheets = pictures._worth(draw(report.twin), marks)
    assert removal.element in {name for sheet in sheets for name in drawn(sheet.scene)}
    for sheet in sheets[:1]:
        svg = to_svg(marked(sheet.scene, marks), sheet.name, sheet.title)
        page = read(svg)
        assert not any([*judge(page)] for judge in ON_A_SHEET.values()), sheet.name
        found = said(svg)
        assert "removed" in found[removal.element] and "TAKEN OUT" in svg
        for name in drawn(sheet.scene):
            assert ("dead" in found[name]) is ("dead" in marks.of.get(name, ())), name


@pytest.mark.parametrize("judged", PAINTED[:1], indirect=True, ids=lambda p: p.stem)
def test_what_one_removal_breaks_is_one_picture(judged: Judged) -> None:
    """A fixed tie leaves the racks dark and the network without supply: two rules, one removal."""
    drawn_ones = [sheet for sheet in pictures.paint(judged.report) if sheet.name.endswith("e-100-main")]
    assert [sheet.name for sheet in drawn_ones] == ["01-tie-e-100-main"]
    assert "breaks too" in drawn_ones[0].svg and "NW-02" in drawn_ones[0].svg
    assert "of 1: [fixed-tie" in drawn_ones[0].svg


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
