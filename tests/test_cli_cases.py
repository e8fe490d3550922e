"""Load cases on the command line: which are judged, which is drawn, and how the report says it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tierline.cli.main import main

SITE = """\
tierline: 1
claims: {tier: III}
settings: {unrated: unlimited}
not_applicable: {controls: none here, water: nothing evaporates}
axes: {x: [a, b]}
rooms: {hall: {kind: computer-room, heat: 100 kW}}
elements:
  tank-<x>: {kind: tank, usable: 5000 L}
  gen-<x>:
    {kind: genset, rating: 400 kW, class: COP, rating_at: site, burn: 0.25 L/kWh,
     to: msb-<x>.q1, needs: {fuel: tank-<x>}}
  msb-<x>: {kind: board}
  ups-<x>: {kind: ups, rating: 500 kW, efficiency: 95 %, from: msb-<x>.q2, to: uob-<x>.q0}
  uob-<x>: {kind: board}
  r: {kind: racks, room: hall, load: 100 kW, cords: [uob-a.q1, uob-b.q1]}
  unit-<x>: {kind: cooling-unit, rating: 120 kW, draw: 40 kW, serves: hall, needs: {power: msb-<x>.q3}}
"""
CASES = """\
cases:
  full: {note: both sides}
  half: {absent: [gen-b, tank-b]}
  small: {amend: {r: {load: 50 kW}}}
"""

Out = pytest.CaptureFixture[str]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "facility.yaml").write_text(SITE + CASES, encoding="utf-8")
    return folder


def verdicts(text: str) -> list[str]:
    return [line.split(" (on ")[0] for line in text.splitlines() if line.startswith("verdict:")]


def test_every_case_is_judged_and_the_worst_decides(site: Path, capsys: Out) -> None:
    assert main(["check", str(site)]) == 1
    out = capsys.readouterr().out
    headings = [line for line in out.splitlines() if line.endswith("design check, not a certification")]
    assert [line.split(": design")[0] for line in headings] == [
        "site, case full (both sides)", "site, case half", "site, case small",
    ]  # fmt: skip
    full, half, small = verdicts(out)
    assert full == "verdict: Tier III met, case full" and small == "verdict: Tier III met, case small"
    assert half.startswith("verdict: Tier III not met") and half.endswith(", case half")


@pytest.mark.parametrize(
    ("words", "code", "judged"),
    [
        (["--case", "full"], 0, ["full"]),
        (["--case", "half"], 1, ["half"]),
        (["--case", "small", "--case", "full"], 0, ["full", "small"]),
        ([], 1, ["full", "half", "small"]),
    ],
)
def test_cases_can_be_chosen(words: list[str], code: int, judged: list[str], site: Path, capsys: Out) -> None:
    assert main(["check", "--format", "json", *words, str(site)]) == code
    document = json.loads(capsys.readouterr().out)
    assert main(["schema", "report"]) == 0
    Draft202012Validator(json.loads(capsys.readouterr().out)).validate(document)
    assert [facility["case"] for facility in document["facilities"]] == judged
    assert {facility["facility"] for facility in document["facilities"]} == {"site"}


def test_a_facility_without_cases_names_none(tmp_path: Path, capsys: Out) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(SITE, encoding="utf-8")
    assert main(["check", "--format", "json", str(path)]) == 0
    (facility,) = json.loads(capsys.readouterr().out)["facilities"]
    assert facility["case"] is None
    assert main(["check", str(path)]) == 0
    assert "case" not in capsys.readouterr().out
    assert main(["check", str(path), "--case", "full"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and "s has no case 'full'; it has: none" in err


@pytest.mark.parametrize("command", ["check", "render"])
def test_an_unknown_case_is_wrong_usage(command: str, site: Path, capsys: Out) -> None:
    assert main([command, str(site), "--case", "ful"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err == "tierline: site has no case 'ful'; did you mean 'full'?\n"
    assert main([command, str(site), "--case", "zzz"]) == 2
    assert "it has: full, half, small" in capsys.readouterr().err
    assert [path.name for path in site.iterdir()] == ["facility.yaml"]


def test_no_facility_is_passed_over_for_want_of_a_case(site: Path, tmp_path: Path, capsys: Out) -> None:
    (tmp_path / "other.yaml").write_text(SITE, encoding="utf-8")
    assert main(["check", str(site), str(tmp_path / "other.yaml"), "--case", "full"]) == 2
    assert "other has no case 'full'" in capsys.readouterr().err


def test_the_first_case_is_drawn(site: Path, tmp_path: Path, capsys: Out) -> None:
    assert main(["render", str(site)]) == 0
    committed = {path.name: path.read_text() for path in (site / "drawings").iterdir()}
    assert committed and main(["render", "--check", str(site), "--case", "full"]) == 0
    whole = "".join(committed.values())
    assert "gen-b" in whole and "case full" not in whole
    capsys.readouterr()
    assert main(["render", str(site), "--case", "half"]) == 2
    assert "--case half needs --output DIR" in capsys.readouterr().err
    assert main(["render", str(site), "--case", "half", "--output", str(tmp_path / "out")]) == 0
    half = "".join(path.read_text() for path in (tmp_path / "out").iterdir())
    assert "gen-b" not in half and "case half" in half
    assert {path.name: path.read_text() for path in (site / "drawings").iterdir()} == committed


def test_cases_stand_in_one_file(site: Path, capsys: Out) -> None:
    (site / "more.yaml").write_text("cases: {later: {}}\n", encoding="utf-8")
    assert main(["check", str(site)]) == 2
    assert "load cases stand in more than one file" in capsys.readouterr().err


def test_a_case_of_which_nothing_can_be_removed_is_told(site: Path, capsys: Out) -> None:
    everything = "tank-<x>, gen-<x>, msb-<x>, ups-<x>, uob-<x>, unit-<x>"
    (site / "facility.yaml").write_text(f"{SITE}cases:\n  all: {{}}\n  bare: {{absent: [{everything}]}}\n")
    assert main(["check", "--quiet", str(site)]) == 2
    assert "has no element that could be removed in case bare" in capsys.readouterr().err
