"""The worked cases: each with its complete set of failing removals, its figures, and its tightest margin."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tierline.kernel import sweep
from tierline.twin.compiler import compile_path
from tierline.validators.assess import Answer
from tierline.validators.run import Report, check

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"), key=lambda p: p.stem)

MEDIA = {"cooling": ("air", "chilled-water")}


def report_of(path: Path) -> Report:
    """The report of a spec that must compile."""
    (compiled,) = compile_path(str(path))
    assert compiled.twin is not None, compiled.diagnostics
    return check(compiled.twin)


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_case(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expect.json").read_text())
    report = report_of(path)
    assessment = report.assessment
    failing = {r.element for r in assessment.removals.values() if r.answer is Answer.FAIL}
    assert failing == set(expected["failing"])
    assert not [r.element for r in assessment.removals.values() if r.answer is Answer.UNKNOWN]
    tiers = {str(name): verdict.tier for name, verdict in report.subsystems.items()}
    assert {name: tiers[name] for name in expected["tiers"]} == expected["tiers"]
    for element, figure in expected.get("figures", {}).items():
        media = MEDIA.get(figure["medium"], (figure["medium"],))
        have, need = figure["have"], figure["need"]
        if element in failing:
            told = [s for s in assessment.removals[element].shorts if s.medium in media]
            assert any(close(s.have, have) and close(s.need, need) for s in told), (element, told)
        else:
            lowered = assessment.lowered
            alone = sweep(lowered.low, [lowered.index[element]])
            limits = [m for m in alone.tightest if lowered.media[m.medium] in media]
            assert any(close(m.have * need, have * m.need) for m in limits), (element, limits)
    if failing:
        found = {f.rule for r in report.rules for f in r.findings}
        assert expected["rule"] in found
    if "tightest" in expected and not failing:
        wanted = expected["tightest"]
        media = MEDIA.get(wanted["medium"], (wanted["medium"],))
        tightest = next(m for m in assessment.tightest if m.medium in media)
        assert close(tightest.have * wanted["need"], wanted["have"] * tightest.need), tightest


def close(found: float, expected: float) -> bool:
    """Within one per cent."""
    return abs(found - expected) <= abs(expected) / 100
