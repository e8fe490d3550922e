"""Bamako with one mistake in it: the published mutations, each found at the right rule, element and line; and the
changes that look wrong and are not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tierline.cli.main import main
from tierline.twin.compiler import compile_path
from tierline.validators.answers import Answer
from tierline.validators.run import check

ROOT = Path(__file__).parent.parent
MUTATIONS = sorted((Path(__file__).parent / "mutations").glob("*.json"))


def mutated(path: Path, folder: Path) -> tuple[dict, Path]:
    """A copy of Bamako with the edits of a mutation applied; each must hit exactly once."""
    mutation = json.loads(path.read_text())
    facility = folder / "specs" / "bamako"
    shutil.copytree(ROOT / "specs" / "bamako", facility, ignore=shutil.ignore_patterns("drawings"))
    for edit in mutation["edits"]:
        file = facility / edit["file"]
        text = file.read_text()
        assert text.count(edit["find"]) == 1, edit
        file.write_text(text.replace(edit["find"], edit["replace"]))
    return mutation, facility


def close(found: float, expected: float) -> bool:
    return abs(found - expected) <= abs(expected) / 100


@pytest.mark.parametrize("path", [p for p in MUTATIONS if p.stem.startswith("m")], ids=lambda p: p.stem)
def test_mutation_is_found(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mutation, facility = mutated(path, tmp_path)
    expected = mutation["expect"]
    assert main(["check", "--format", "json", "--case", "ultimate", str(facility)]) == 1
    report = json.loads(capsys.readouterr().out)["facilities"][0]
    finding = next(
        f for f in report["findings"] if f["element"] == expected["removed"] and f["ref"] == expected["rule"]
    )
    lines = (facility / expected["file"]).read_text().splitlines()
    assert finding["location"]["file"].endswith(expected["file"])
    assert expected["line_contains"] in lines[finding["location"]["line"] - 1]
    assert finding["severity"] == "error"
    media = ("air", "chilled-water") if expected["medium"] == "cooling" else (expected["medium"],)
    short = next(s for s in finding["proof"]["short"] if s["medium"] in media)
    assert close(short["have"], expected["have"]) and close(short["need"], expected["need"]), short
    failing = {e for f in report["findings"] if f["proof"] for e in (f["element"], *f["alike"])}
    assert set(expected["failing_at_least"]) <= failing
    assert report["verdict"]["met"] is False


@pytest.mark.parametrize("path", [p for p in MUTATIONS if p.stem.startswith("n")], ids=lambda p: p.stem)
def test_what_looks_wrong_and_is_not(path: Path, tmp_path: Path) -> None:
    mutation, facility = mutated(path, tmp_path)
    (compiled,) = compile_path(str(facility))
    assert compiled.twin is not None, compiled.diagnostics
    report = check(compiled.twin)
    assert report.verdict.achieved == mutation["expect"]["tier"]
    assert {r.answer for r in report.assessment.removals.values()} <= {Answer.AUTOMATIC, Answer.RE_SWITCHED}
