"""Waivers: what they accept, what they cannot, and that they are never told as met."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from test_cli_draw import flawed, said

from tierline.cli.check import _holds
from tierline.cli.main import main
from tierline.twin.compiler import compile_path
from tierline.twin.waivers import read_waivers
from tierline.validators.report import facility as as_data
from tierline.validators.run import check
from tierline.validators.waivers import met_with_waivers

Out = pytest.CaptureFixture[str]
ROOT = Path(__file__).parent.parent
DAY = "2099-12-31"


def waiver(rule: str, element: str, until: str = DAY) -> str:
    return f"- {{rule: {rule}, element: {element}, because: moved in spring, owner: A. Traoré, until: {until}}}\n"


def file(folder: Path, *waivers: str, head: str = "tierline: 1\nwaivers:\n") -> Path:
    path = folder / "waivers.yaml"
    path.write_text(head + "".join(waivers), encoding="utf-8")
    return path


@pytest.fixture
def two_sides(tmp_path: Path) -> Path:
    """Both sides a little too small: one finding, told at `msb-a`, likewise at `msb-b`."""
    return flawed("2n", "one-side-just-below-n", tmp_path / "x")


def checked(folder: Path, capsys: Out, *more: str) -> tuple[int, str, str]:
    code = main(["check", str(folder), *more])
    out, err = capsys.readouterr()
    return code, out, err


def test_what_is_waived_opens_the_gate_and_is_not_met(two_sides: Path, capsys: Out) -> None:
    path = file(two_sides, waiver("GEN-06", "msb-a"), waiver("n-remains-after-any-removal", "msb-b"))
    assert checked(two_sides, capsys)[0] == 1, "a file that nobody named holds nothing"
    code, out, err = checked(two_sides, capsys, "--waivers", str(path))
    assert code == 0 and not err
    assert "waived[n-remains-after-any-removal] (GEN-06)" in out and "error[" not in out
    assert f"waived:        until {DAY}, by A. Traoré: moved in spring" in out
    assert "Tier III not met: Tier II" in out and "all that fails is waived (waivers: 2)" in out
    code, out, _ = checked(two_sides, capsys, "--waivers", str(path), "--format", "json")
    (found,) = json.loads(out)["facilities"]
    assert code == 0 and (found["verdict"]["met"], found["verdict"]["met_with_waivers"]) == (False, True)
    assert found["verdict"]["achieved"] == "II" and [w["element"] for w in found["waivers"]] == ["msb-a", "msb-b"]
    assert {f["severity"] for f in found["findings"]} == {"waived"}
    assert {r["outcome"] for r in found["rules"] if r["ref"] == "GEN-06"} == {"waived"}


def test_every_place_of_a_mistake_must_be_waived(two_sides: Path, capsys: Out) -> None:
    path = file(two_sides, waiver("GEN-06", "msb-a"))
    code, out, _ = checked(two_sides, capsys, "--waivers", str(path), "--format", "json")
    (found,) = json.loads(out)["facilities"]
    assert code == 1 and not found["verdict"]["met_with_waivers"]
    assert {f["severity"] for f in found["findings"]} == {"error"}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((waiver("GEN-06", "msb-a", "2001-01-01"), waiver("GEN-06", "msb-b")), "it ran out on that day"),
        ((waiver("GEN-06", "msb-a"), waiver("GEN-06", "msb-b"), waiver("GEN-06", "uob-a")), "no finding"),
        ((waiver("GEN-06", "msb-a"), waiver("GEN-06", "msb-b"), waiver("IT-03", "msb-a")), "no finding"),
        ((waiver("no-such-rule", "msb-a"),), "no finding"),
    ],
)
def test_a_waiver_without_effect_closes_the_gate(
    lines: tuple[str, ...], told: str, two_sides: Path, capsys: Out
) -> None:
    code, _, err = checked(two_sides, capsys, "--waivers", str(file(two_sides, *lines)))
    assert code == 1 and "a waiver without effect" in err and told in err and "waivers.yaml:" in err


def test_a_waiver_of_one_mistake_does_not_accept_another(tmp_path: Path, capsys: Out) -> None:
    folder = flawed("2n", "one-side-just-below-n", tmp_path / "x")
    spec = folder / "facility.yaml"
    spec.write_text(spec.read_text().replace("pdu-b.q<r>]", "pdu-a.s<r>]"))
    path = file(folder, waiver("GEN-06", "msb-a"), waiver("GEN-06", "msb-b"))
    code, out, _ = checked(folder, capsys, "--waivers", str(path))
    assert code == 1 and "error[" in out and "is waived" not in out


def test_what_is_not_known_or_not_met_at_all_cannot_be_waived(tmp_path: Path, capsys: Out) -> None:
    below = flawed("n", "set-sized-on-less-than-n", tmp_path / "n")
    code, out, _ = checked(below, capsys, "--format", "json")
    (found,) = json.loads(out)["facilities"]
    lines = [waiver(f["ref"], f["element"] or "gen-1") for f in found["findings"]]
    assert code == 1
    assert checked(below, capsys, "--waivers", str(file(below, *lines)))[0] == 1
    unknown = tmp_path / "unknown"
    unknown.mkdir()
    text = (ROOT / "specs/reference/2n/facility.yaml").read_text()
    (unknown / "facility.yaml").write_text(text.replace("    rating: 320 kW\n", ""))
    code, out, _ = checked(unknown, capsys, "--format", "json")
    (found,) = json.loads(out)["facilities"]
    assert code == 1 and any(f["outcome"] == "unknown" for f in found["findings"])
    lines = [waiver(f["ref"], f["element"]) for f in found["findings"] if f["element"]]
    assert checked(unknown, capsys, "--waivers", str(file(unknown, *lines)))[0] == 1


def test_waivers_open_no_gate_that_is_shut_for_another_reason(two_sides: Path) -> None:
    """A verdict that says met does not help where a rule that gates fails, with waivers or without."""
    (compiled,) = compile_path(str(two_sides))
    assert compiled.twin is not None
    report = check(compiled.twin)
    assert not _holds(report) and not met_with_waivers(report)
    assert not _holds(replace(report, verdict=replace(report.verdict, met=True)))


BAD = {
    "no version": ("waivers: []\n", "version-missing"),
    "no list": ("tierline: 1\n", "field-missing"),
    "another key": ("tierline: 1\nrules: []\nwaivers: []\n", "field-unknown"),
    "no map": ("tierline: 1\nwaivers: [x]\n", "wrong-form"),
    "a field too many": (f"tierline: 1\nwaivers:\n{waiver('a', 'b').replace('}', ', why: x}')}", "field-unknown"),
    "a field too few": (f"tierline: 1\nwaivers:\n{waiver('a', 'b').replace('element: b, ', '')}", "field-missing"),
    "no reason": (f"tierline: 1\nwaivers:\n{waiver('a', 'b').replace('moved in spring', '[]')}", "field-missing"),
    "no day": (f"tierline: 1\nwaivers:\n{waiver('a', 'b', 'next spring')}", "wrong-form"),
    "an alias": ("tierline: 1\nwaivers: *x\n", "alias"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_mistake_in_the_file_is_told_and_nothing_holds(name: str) -> None:
    text, key = BAD[name]
    good = waiver("GEN-06", "msb-a") if text.endswith("}\n") else ""
    waivers, mistakes = read_waivers(text + good, "waivers.yaml")
    assert waivers == () and key in {one.key for one in mistakes}


def test_a_good_file_is_read_with_its_places() -> None:
    waivers, mistakes = read_waivers("tierline: 1\nwaivers:\n" + waiver("a", "b.c"), "w.yaml")
    assert not mistakes and [(w.rule, w.element, w.until, w.at.line) for w in waivers] == [
        ("a", "b.c", date(2099, 12, 31), 3)
    ]


@pytest.mark.parametrize("text", [None, "tierline: 1\nwaivers: *x\n"])
def test_a_file_that_cannot_be_used_is_the_users_mistake(text: str | None, two_sides: Path, capsys: Out) -> None:
    path = two_sides / "w.yaml.txt"
    if text is not None:
        path.write_text(text)
    assert checked(two_sides, capsys, "--waivers", str(path))[0] == 2
    assert main(["check", str(two_sides), str(ROOT / "specs/reference/n"), "--waivers", str(path)]) == 2
    assert "internal error" not in capsys.readouterr().err


def test_what_is_waived_is_hatched(two_sides: Path, tmp_path: Path, capsys: Out) -> None:
    path = file(two_sides, waiver("GEN-06", "msb-a"), waiver("GEN-06", "msb-b"))
    plain, hatched = tmp_path / "plain", tmp_path / "hatched"
    assert main(["render", str(two_sides), "-q", "-o", str(plain)]) == 0
    assert main(["render", str(two_sides), "-q", "-o", str(hatched), "--waivers", str(path)]) == 0
    changed = {p.name for p in plain.iterdir() if p.read_bytes() != (hatched / p.name).read_bytes()}
    assert changed == {"e-100-main.svg"}
    text = (hatched / "e-100-main.svg").read_text()
    assert {n for n, marks in said(text).items() if marks} == {"msb-a", "msb-b"} and "moved in spring" in text
    assert main(["render", str(two_sides), "-q", "--lint", "-o", str(hatched)]) == 0
    assert main(["render", str(two_sides), "-q", "--check", "-o", str(hatched), "--waivers", str(path)]) == 0
    assert main(["render", str(two_sides), "-q", "--check", "-o", str(hatched)]) == 1
    main(["check", str(two_sides), "-q", "--draw", "--waivers", str(path)])
    text = (two_sides / "counterexamples" / "01-msb-a-e-100-main.svg").read_text()
    assert {n for n, marks in said(text).items() if "waived" in marks} == {"msb-a", "msb-b"}
    capsys.readouterr()


def test_a_report_without_waivers_says_so() -> None:
    (compiled,) = compile_path(str(ROOT / "specs/reference/2n"))
    assert compiled.twin is not None
    data = as_data(check(compiled.twin))
    assert data["waivers"] == [] and data["verdict"]["met_with_waivers"] is data["verdict"]["met"] is True
