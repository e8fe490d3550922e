"""The reference designs: each has exactly the tier the law gives it, and each flaw is found where it was made."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tierline.cli.main import main
from tierline.kernel import sweep
from tierline.twin.compiler import compile_path
from tierline.twin.lower import lower

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


@pytest.fixture
def checked(tmp_path: Path) -> Any:
    """The exit code and the report of the check of a folder."""

    def run(folder: Path) -> tuple[int, dict[str, Any]]:
        told = tmp_path / "report.json"
        code = main(["check", "--quiet", "--format", "json", "--output", str(told), str(folder)])
        return code, json.loads(told.read_text(encoding="utf-8"))["facilities"][0]

    return run


def edited(design: str, edit: dict[str, Any], folder: Path) -> tuple[Path, Path]:
    """A copy of a design with one line edited, and the file it was edited in."""
    copy = folder / design
    shutil.copytree(SPECS / design, copy, ignore=shutil.ignore_patterns("drawings"))
    file = copy / edit.get("file", "facility.yaml")
    text = file.read_text(encoding="utf-8")
    assert text.count(edit["find"]) == 1 and "\n" not in edit["find"], edit["find"]
    file.write_text(text.replace(edit["find"], edit["replace"]), encoding="utf-8")
    return copy, file


def failing(report: dict[str, Any]) -> set[str]:
    """Every element whose removal fails."""
    return {e for f in report["findings"] if f["proof"] and f["element"] for e in (f["element"], *f["alike"])}


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
def test_design(design: str, checked: Any) -> None:
    expected = expectation(design)
    code, report = checked(SPECS / design)
    verdict = report["verdict"]
    assert (code, verdict["claimed"], verdict["achieved"]) == (0, expected["tier"], expected["tier"])
    assert not report["settings"], "a reference design stands on no setting"
    tiers = {name: found["tier"] for name, found in report["subsystems"].items() if found["state"] == "assessed"}
    assert {name: tier for name, tier in tiers.items() if name != "power"} == expected["subsystems"]
    assert report["removals"]["unknown"] == 0
    assert unmatched(failing(report), expected["failing"]) == ([], [])
    assert report["removals"]["failed"] == len(failing(report))
    assert unmatched(set(verdict["limiting"]), expected.get("limiting", expected["failing"])) == ([], [])
    if expected["failing"] == ["*"]:
        assert report["removals"]["failed"] == report["removals"]["tested"]
    if expected["tier"] == "III":
        assert not [rule["ref"] for rule in report["rules"] if rule["outcome"] in ("fail", "unknown")]


@pytest.mark.parametrize("design", DESIGNS)
def test_what_is_left_after_a_removal(design: str) -> None:
    """The worked figures of a design: what limits it most once one element is out."""
    (compiled,) = compile_path(str(SPECS / design))
    assert compiled.twin is not None, compiled.diagnostics
    lowered = lower(compiled.twin)
    for element, expected in expectation(design)["left"].items():
        limits = sweep(lowered.low, [lowered.index[element]]).tightest
        of_medium = [m for m in limits if lowered.media[m.medium] in media(expected)]
        have, need = expected["have"], expected["need"]
        assert any(close(m.have * need, have * m.need) for m in of_medium), (element, of_medium)


@pytest.mark.parametrize(("design", "flaw"), FLAWS, ids=[f"{design}-{flaw['id']}" for design, flaw in FLAWS])
def test_flaw_is_found(design: str, flaw: dict[str, Any], tmp_path: Path, checked: Any) -> None:
    folder, file = edited(design, flaw, tmp_path)
    code, report = checked(folder)
    expected = flaw["expect"]
    assert (code, report["verdict"]["achieved"], report["verdict"]["met"]) == (1, expected["tier"], False)
    finding = next(f for f in report["findings"] if (f["ref"], f["element"]) == (expected["rule"], expected["element"]))
    assert (finding["severity"], finding["outcome"]) == ("error", "fail")
    line = file.read_text(encoding="utf-8").splitlines()[finding["location"]["line"] - 1]
    assert finding["location"]["file"].endswith(file.name) and expected["line"] in line
    if "medium" in expected:
        short = next(s for s in finding["proof"]["short"] if s["medium"] in media(expected))
        assert close(short["have"], expected["have"]) and close(short["need"], expected["need"]), short
    if expected["tier"] != "none":  # without N no removal is told
        before = [p for p in expectation(design)["failing"] if p not in expected.get("gone", [])]
        wanted = [*before, *expected["failing"]]
        assert unmatched(failing(report), wanted) == ([], [])


@pytest.mark.parametrize(("design", "edit"), HARMLESS, ids=[f"{design}-{edit['id']}" for design, edit in HARMLESS])
def test_what_looks_wrong_and_is_not(design: str, edit: dict[str, Any], tmp_path: Path, checked: Any) -> None:
    folder, _ = edited(design, edit, tmp_path)
    code, report = checked(folder)
    expected = expectation(design)
    assert (code, report["verdict"]["achieved"], report["removals"]["unknown"]) == (0, expected["tier"], 0)
    assert unmatched(failing(report), [*expected["failing"], *edit.get("failing", [])]) == ([], [])


def table() -> Iterator[tuple[str, ...]]:
    """Every reference design with what the check says of it, for `tables.py`."""
    for design in DESIGNS:
        expected = expectation(design)
        (compiled,) = compile_path(str(SPECS / design))
        assert compiled.twin is not None, compiled.diagnostics
        yield design, expected["tier"], str(len(compiled.twin.elements)), str(len(expected["flaws"]))
