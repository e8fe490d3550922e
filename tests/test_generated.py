"""What is generated and committed is fresh; a failure names the command that mends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tierline.cli.main import main

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("file", "words"),
    [("specs/facility.schema.json", ["schema"]), ("validators/report.schema.json", ["schema", "report"])],
)
def test_a_committed_schema_is_fresh(file: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    wanted = capsys.readouterr().out
    path = ROOT / file
    found = path.read_text(encoding="utf-8") if path.is_file() else None
    fresh = found == wanted
    assert fresh, f"{file} is {'missing' if found is None else 'stale'}: run `tierline {' '.join(words)} > {file}`"
