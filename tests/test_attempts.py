"""Attempts to pass wrongly, kept: complete small plants with one thing left out, given away or hidden.

`bad-*.yaml` claim Tier III and must not get it; `good-*.yaml` look suspicious and must.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tierline.cli.main import main

ATTEMPTS = sorted((Path(__file__).parent / "attempts").glob("*.yaml"))


@pytest.mark.parametrize("path", ATTEMPTS, ids=lambda p: p.stem)
def test_attempt(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check", "--quiet", str(path)])
    verdict = capsys.readouterr().out.splitlines()[-1]
    assert code == (0 if path.stem.startswith("good") else 1), verdict
    assert ("Tier III met" in verdict) == (code == 0), verdict


def test_there_are_attempts_of_both_kinds() -> None:
    assert {path.stem.partition("-")[0] for path in ATTEMPTS} == {"good", "bad"}
