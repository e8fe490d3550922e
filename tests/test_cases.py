"""The worked cases: each with its complete set of failing removals, its figures, and its tightest margin."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from tierline.kernel import sweep
from tierline.twin.compiler import compile_path
from tierline.twin.model import Twin
from tierline.validators.answers import Answer
from tierline.validators.blame import Blame
from tierline.validators.network import cuts
from tierline.validators.rules import Outcome
from tierline.validators.run import Report, check
from tierline.validators.subsystems import Subsystems

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"), key=lambda p: p.stem)

MEDIA = {"cooling": ("air", "chilled-water")}


def twin_of(path: Path) -> Twin:
    """The twin of a spec that must compile."""
    (compiled,) = compile_path(str(path))
    assert compiled.twin is not None, compiled.diagnostics
    return compiled.twin


@cache
def report_of(path: Path) -> Report:
    return check(twin_of(path))


def expectation(path: Path) -> dict:
    return json.loads(path.with_suffix(".expect.json").read_text())


def ending(report: Report, *answers: Answer) -> set[str]:
    """The elements whose removal ends so."""
    return {r.element for r in report.assessment.removals.values() if r.answer in answers}


def named(expected: object, report: Report) -> set[str]:
    """A set of elements as an expectation writes it: a list, or `all`."""
    return set(report.assessment.removals) if expected == "all" else set(expected or ())


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_which_removals_fail_and_which_cannot_be_known(path: Path) -> None:
    expected, report = expectation(path), report_of(path)
    assert ending(report, Answer.FAIL) == named(expected["failing"], report)
    assert ending(report, Answer.UNKNOWN) == named(expected.get("unknown"), report)
    below = report.assessment.below
    assert (below is not None) == ("failing_below" in expected)
    if below is not None:
        assert {r.element for r in below.failing()} == set(expected["failing_below"])


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_what_follows(path: Path) -> None:
    """Tiers, the verdict, the rules blamed, and the racks that go dark."""
    expected, report = expectation(path), report_of(path)
    verdicts = {str(name): verdict for name, verdict in report.subsystems.items()}
    assert {name: verdicts[name].tier for name in expected["tiers"]} == expected["tiers"]
    possible = expected.get("possible", {})
    assert {name: verdicts[name].possible for name in possible} == possible
    limiting = expected.get("limiting", {})
    assert {name: list(verdicts[name].limiting) for name in limiting} == limiting
    for word, value in expected.get("verdict", {}).items():
        assert getattr(report.verdict, word) == value, word
    told = {r.ref for r in report.rules if r.outcome in (Outcome.FAIL, Outcome.UNKNOWN)}
    if expected["failing"] or expected.get("unknown"):
        assert expected["rule"] in told
    assert set(expected.get("breaks", ())) <= told
    removals = report.assessment.removals
    blame = Blame(Subsystems(report.twin), report.assessment.policy)
    rules = expected.get("rules", {})
    assert {name: blame.rule(removals[name]) for name in rules} == rules
    if "cut" in expected:
        assert {cut.removal.element for cut in cuts(report.assessment)} == set(expected["cut"])
    lost = expected.get("lost", {})
    assert {name: list(removals[name].lost) for name in lost} == lost


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_figures(path: Path) -> None:
    expected, report = expectation(path), report_of(path)
    assessment = report.assessment
    for element, figure in expected.get("figures", {}).items():
        media = MEDIA.get(figure["medium"], (figure["medium"],))
        part = 12 if figure.get("quantity") == "volume" else 1
        have, need = figure["have"] / part, figure["need"] / part
        if assessment.removals[element].answer in (Answer.FAIL, Answer.UNKNOWN):
            told = [s for s in assessment.removals[element].shorts if s.medium in media]
            assert any(close(s.have, have) and close(s.need, need) for s in told), (element, told)
        else:
            lowered = assessment.lowered
            alone = sweep(lowered.low, [lowered.index[element]])
            limits = [m for m in alone.tightest if lowered.media[m.medium] in media]
            assert any(close(m.have * need, have * m.need) for m in limits), (element, limits)


@pytest.mark.parametrize("path", [p for p in CASES if "tightest" in expectation(p)], ids=lambda p: p.stem)
def test_tightest_margin(path: Path) -> None:
    """The tightest of what passes, in its medium."""
    wanted, assessment = expectation(path)["tightest"], report_of(path).assessment
    media = MEDIA.get(wanted["medium"], (wanted["medium"],))
    tightest = next(m for m in assessment.tightest if m.medium in media)
    assert close(tightest.have * wanted["need"], wanted["have"] * tightest.need), tightest


def close(found: float, expected: float) -> bool:
    """Within one per cent."""
    return abs(found - expected) <= abs(expected) / 100
