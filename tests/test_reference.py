"""The reference designs: each has exactly the tier the law gives it, and each flaw is found where it was made."""

from __future__ import annotations

import json
import shutil
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tierline.kernel import sweep
from tierline.twin.compiler import compile_path
from tierline.twin.lower import lower
from tierline.twin.model import Twin
from tierline.validators.assess import Answer
from tierline.validators.rules import Outcome
from tierline.validators.run import Report, check
from tierline.validators.verdict import State

HERE = Path(__file__).parent
SPECS = HERE.parent / "specs" / "reference"
DESIGNS = sorted(path.stem for path in (HERE / "reference").glob("*.json"))
COOLING = ("air", "chilled-water")


@cache
def expectation(design: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / "reference" / f"{design}.json").read_text(encoding="utf-8"))
    return found


FLAWS = [(design, flaw) for design in DESIGNS for flaw in expectation(design)["flaws"]]
HARMLESS = [(design, edit) for design in DESIGNS for edit in expectation(design).get("harmless", [])]


def twin_of(folder: Path) -> Twin:
    (compiled,) = compile_path(str(folder))
    assert compiled.twin is not None, compiled.diagnostics
    return compiled.twin


def edited(design: str, edit: dict[str, Any], folder: Path) -> tuple[Twin, list[str]]:
    """A design with one line edited, and its lines."""
    copy = folder / design
    shutil.copytree(SPECS / design, copy, ignore=shutil.ignore_patterns("drawings"))
    file = copy / "facility.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count(edit["find"]) == 1 and "\n" not in edit["find"], edit["find"]
    file.write_text(text.replace(edit["find"], edit["replace"]), encoding="utf-8")
    return twin_of(copy), file.read_text(encoding="utf-8").splitlines()


def answered(report: Report, answer: Answer) -> set[str]:
    return {r.element for r in report.assessment.removals.values() if r.answer is answer}


def unmatched(elements: set[str], patterns: list[str]) -> tuple[list[str], list[str]]:
    """Elements that no pattern names, and patterns that name none of them: both empty where all is as expected."""
    strange = sorted(e for e in elements if not any(fnmatchcase(e, p) for p in patterns))
    return strange, [p for p in patterns if not any(fnmatchcase(e, p) for e in elements)]


def close(found: float, expected: float) -> bool:
    """Within one per cent."""
    return abs(found - expected) <= abs(expected) / 100


def media(expected: dict[str, Any]) -> tuple[str, ...]:
    return COOLING if expected["medium"] == "cooling" else (expected["medium"],)


def test_every_design_is_expected_and_the_other_way_round() -> None:
    assert sorted(path.parent.name for path in SPECS.glob("*/facility.yaml")) == DESIGNS
    assert all((SPECS / design / "README.md").is_file() for design in DESIGNS)
    assert all(len(expectation(design)["flaws"]) >= 3 for design in DESIGNS)


@pytest.mark.parametrize("design", DESIGNS)
def test_design(design: str) -> None:
    """The verdict, the tier of every subsystem, the complete set of failing removals, and the worked figures."""
    expected = expectation(design)
    report = check(twin_of(SPECS / design))
    verdict = report.verdict
    assert (verdict.claimed, verdict.achieved) == (expected["tier"], expected["tier"])
    assert verdict.met and report.gate_holds
    assert not report.twin.settings and not report.twin.given, "a reference design stands on its own feet"
    tiers = {str(name): found.tier for name, found in report.subsystems.items() if found.state is State.ASSESSED}
    assert {name: tier for name, tier in tiers.items() if name not in ("power", "network")} == expected["subsystems"]
    failing = answered(report, Answer.FAIL)
    assert not answered(report, Answer.UNKNOWN)
    assert unmatched(failing, expected["failing"]) == ([], [])
    assert expected["failing"] != ["*"] or len(failing) == len(report.assessment.removals)
    assert unmatched(set(verdict.limiting), expected.get("limiting", expected["failing"])) == ([], [])
    if expected["tier"] == "III":
        assert not [rule.ref for rule in report.rules if rule.outcome in (Outcome.FAIL, Outcome.UNKNOWN)]


@pytest.mark.parametrize("design", DESIGNS)
def test_what_is_left_after_a_removal(design: str) -> None:
    """The worked figures of a design: a limit that is told once one element is out."""
    lowered = lower(twin_of(SPECS / design))
    for element, expected in expectation(design)["left"].items():
        limits = sweep(lowered.low, [lowered.index[element]]).tightest
        of_medium = [m for m in limits if lowered.media[m.medium] in media(expected)]
        have, need = expected["have"], expected["need"]
        assert any(close(m.have * need, have * m.need) for m in of_medium), (element, of_medium)


@pytest.mark.parametrize(("design", "flaw"), FLAWS, ids=[f"{design}-{flaw['id']}" for design, flaw in FLAWS])
def test_flaw_is_found(design: str, flaw: dict[str, Any], tmp_path: Path) -> None:
    find_flaw(design, flaw, tmp_path)


def find_flaw(design: str, flaw: dict[str, Any], folder: Path) -> None:
    """Asserts that a flaw costs its tier, by its rule, at its element and line, with its figures, and nothing else."""
    twin, lines = edited(design, flaw, folder)
    report = check(twin)
    expected = flaw["expect"]
    assert (report.verdict.achieved, report.verdict.met) == (expected["tier"], False)
    rule = next(rule for rule in report.rules if rule.ref == expected["rule"])
    element = expected["element"]
    finding = next(f for f in rule.findings if element in (f.element, *(r.element for r in f.likewise)))
    assert report.is_error(rule, finding) and not finding.unknown
    at = finding.at if finding.element == element else twin.elements[element].at
    assert expected["line"] in lines[at.line - 1]
    removal = finding.removal if finding.element == element else report.assessment.removals[element]
    assert removal is not None
    short = next(s for s in removal.shorts if s.medium in media(expected))
    assert close(short.have, expected["have"]) and close(short.need, expected["need"]), short
    if expected["tier"] != "none":  # without N no removal is told
        before = [p for p in expectation(design)["failing"] if p not in expected.get("gone", [])]
        assert unmatched(answered(report, Answer.FAIL), [*before, *expected["failing"]]) == ([], [])


@pytest.mark.parametrize(("design", "edit"), HARMLESS, ids=[f"{design}-{edit['id']}" for design, edit in HARMLESS])
def test_what_looks_wrong_and_is_not(design: str, edit: dict[str, Any], tmp_path: Path) -> None:
    report = check(edited(design, edit, tmp_path)[0])
    expected = expectation(design)
    assert (report.verdict.achieved, report.verdict.met) == (expected["tier"], True)
    assert not answered(report, Answer.UNKNOWN)
    assert unmatched(answered(report, Answer.FAIL), [*expected["failing"], *edit.get("failing", [])]) == ([], [])
