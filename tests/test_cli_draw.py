"""`tierline check --draw`: the right marks on the right elements, files where they belong, what is left out told."""

from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tierline.cli import pictures
from tierline.cli.main import main
from tierline.cli.marks import of_finding, of_removal
from tierline.diagrams.draw import draw
from tierline.diagrams.lint.bars import ON_A_SHEET
from tierline.diagrams.lint.reader import read
from tierline.diagrams.marks.marked import marked
from tierline.diagrams.svg import to_svg
from tierline.twin.compiler import compile_path
from tierline.twin.model import Medium, Twin
from tierline.validators.run import Report, check
from tierline.validators.states import States
from tierline.validators.text import grouped

ROOT = Path(__file__).parent.parent
SVG = "{http://www.w3.org/2000/svg}"
NO_ELEMENT = (None, "xref", "junction", "return", "spare")
Out = pytest.CaptureFixture[str]
FLAWS = (
    ("2n", "one-side-just-below-n"),
    ("2n", "both-cords-on-one-side"),
    ("n1-one-bus", "two-sets-just-below-n"),
    ("fuel-two-headers", "both-pumps-on-one-panel"),
    ("dual-loop", "one-loop-just-below-n"),
    ("ring-main", "two-clusters-side-by-side"),
)


def flawed(name: str, flaw: str, folder: Path) -> Path:
    """A copy of a reference design with one of its one-line flaws."""
    known = json.loads((ROOT / "tests/reference" / f"{name}.json").read_text())["flaws"]
    (edit,) = (one for one in known if one["id"] == flaw)
    shutil.copytree(ROOT / "specs/reference" / name, folder)
    for path in folder.glob("*.yaml"):
        path.write_text(path.read_text().replace(edit["find"], edit["replace"]))
    return folder


def twin_of(folder: Path) -> Twin:
    (compiled,) = compile_path(str(folder))
    assert compiled.twin is not None, compiled.diagnostics
    return compiled.twin


def said(svg: str) -> dict[str, set[str]]:
    """Element → what a sheet says is marked of it; of what it draws, not of what it refers to."""
    found: dict[str, set[str]] = {}
    for item in ET.fromstring(svg).iter():
        marks = (item.get("data-marks") or "").split()
        if item.get("data-a") is not None:
            names = (item.get("data-runs") or "").split()
        elif item.get("data-kind") not in NO_ELEMENT and not item.get("data-ref-sheet"):
            names = (item.get("data-ids") or item.get("data-id") or item.get("id") or "").split()
        else:
            continue
        for name in names:
            found.setdefault(name, set()).update(marks)
        for one in (item.get("data-some") or "").split():
            mark, _, some = one.partition(":")
            for name in some.split(","):
                found[name].add(mark)
    return found


def seen(report: Report, number: int) -> dict[str, set[str]]:
    """The marks of one counterexample on all sheets, and that every sheet of it keeps every bar."""
    twin = report.twin
    (_, finding), _ = grouped(report)[number]
    assert finding.removal is not None
    marks = of_finding(report, finding, finding.removal, States(report.assessment).of(finding.removal), "x")
    found: dict[str, set[str]] = {}
    for sheet in draw(twin):
        svg = to_svg(marked(sheet.scene, marks), sheet.name, sheet.title)
        found |= said(svg)
        page = read(svg)
        assert not any([*judge(page)] for judge in ON_A_SHEET.values()), sheet.name
    return found


def reached(twin: Twin, out: set[str], closed: set[str]) -> set[str]:
    """What power reaches from the sets, walked over the joints as they are written: an oracle of a few lines."""
    shut = {e.id for e in twin.elements.values() if e.normally_open} - closed
    live = {e.id for e in twin.elements.values() if e.kind == "genset"} - out
    grown = True
    while grown:
        grown = False
        for joint in twin.joints:
            ends = [(joint.a, joint.b), *([] if joint.one_way else [(joint.b, joint.a)])]
            for one, other in ends if joint.medium is Medium.POWER else ():
                if one in live and other not in live | out | shut:
                    live.add(other)
                    grown = True
    return live


@pytest.mark.parametrize(("name", "flaw"), FLAWS)
def test_each_counterexample_is_painted_as_it_was_found(name: str, flaw: str, tmp_path: Path) -> None:
    report = check(twin_of(flawed(name, flaw, tmp_path / "x")))
    twin = report.twin
    for number, ((_, finding), _) in enumerate(grouped(report)):
        removal, found = finding.removal, seen(report, number)
        assert removal is not None and set(found) == set(twin.elements)
        told = States(report.assessment).of(removal)
        having = {mark: {n for n, marks in found.items() if mark in marks} for mark in ("isolated", "opened", "dead")}
        assert having["isolated"] == set(removal.zone) and having["opened"] == set(removal.opened)
        assert having["dead"] == {*told.dead, *told.unfed}
        assert {n for n, marks in found.items() if "removed" in marks} == {removal.element} - {""}
        assert {n for n, marks in found.items() if "without" in marks} == set(removal.lost) & set(twin.elements)
        if not finding.unknown:
            limits = {n for n, marks in found.items() if "overloaded" in marks}
            assert limits == set(removal.shorts[0].cut) & set(twin.elements)


@pytest.mark.parametrize(("name", "flaw"), FLAWS[:3])
def test_what_is_dead_is_what_power_does_not_reach(name: str, flaw: str, tmp_path: Path) -> None:
    report = check(twin_of(flawed(name, flaw, tmp_path / "x")))
    twin = report.twin
    (_, finding), _ = grouped(report)[0]
    removal = finding.removal
    assert removal is not None
    out = {*removal.zone, *removal.opened, *removal.down}
    live = reached(twin, out, set(States(report.assessment).of(removal).closed))
    found = seen(report, 0)
    powered = {end for joint in twin.joints if joint.medium is Medium.POWER for end in (joint.a, joint.b)}
    at_rest = {e.id for e in twin.elements.values() if e.normally_open}
    for name in sorted(powered - at_rest - set(removal.opened)):
        assert bool(found[name] & {"dead", "isolated"}) is (name not in live), name


# the command


def pictures_of(folder: Path, capsys: Out, *more: str, code: int = 1) -> tuple[list[str], str]:
    assert main(["check", str(folder), "--draw", *more]) == code
    where = Path(more[more.index("--draw-to") + 1]) if "--draw-to" in more else folder / pictures.FOLDER
    return sorted(p.name for p in where.iterdir()) if where.is_dir() else [], capsys.readouterr().err


def test_pictures_stand_beside_the_spec_and_go_with_their_findings(tmp_path: Path, capsys: Out) -> None:
    folder = flawed("2n", "one-side-just-below-n", tmp_path / "x")
    names, err = pictures_of(folder, capsys)
    assert names == ["01-msb-a-e-100-main.svg"] and names[0] in err
    first = (folder / "counterexamples" / names[0]).read_text()
    assert "together 600 of 617.6 kW" in first and "Counterexample 1 of 1" in first and "facility.yaml:" in first
    assert pictures_of(folder, capsys, code=1)[0] == names
    assert (folder / "counterexamples" / names[0]).read_text() == first
    facility = folder / "facility.yaml"
    facility.write_text(facility.read_text().replace("rating: 300 kW", "rating: 320 kW"))
    names, err = pictures_of(folder, capsys, code=0)
    assert names == [] and "nothing to draw" in err and "--removal" in err


def test_any_removal_can_be_asked_for(tmp_path: Path, capsys: Out) -> None:
    spec = ROOT / "specs/reference/n1-split-bus"
    out = tmp_path / "out"
    names, _ = pictures_of(spec, capsys, "--removal", "gb-a", "--removal", "pdu-b", "--draw-to", str(out), code=0)
    assert {name.partition("-e-")[0] for name in names} == {"gb-a", "pdu-b"}
    found = said((out / "gb-a-e-100-main.svg").read_text())
    assert found["gb-a"] >= {"isolated", "removed", "earthed"} and found["tie-a"] == {"opened"}
    assert found["racks-1"] == {"one-path"} and "dead" in found["msb-a"] and not found["msb-b"]
    text = (out / "gb-a-e-100-main.svg").read_text()
    assert 'data-state="open" data-normally="closed" data-marks="opened"' in text and "passes by itself" in text
    assert not (spec / "counterexamples").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--draw", "--removal", "msb-q"], "did you mean 'msb-"),
        (["--draw", "--removal", "racks-1"], "never taken out"),
        (["--removal", "msb-a"], "needs --draw"),
        (["--draw-to", "x"], "--draw-to needs --draw"),
        (["--draw-as", "png"], "--draw-as needs --draw"),
    ],
)
def test_what_cannot_be_drawn_is_said(words: list[str], told: str, capsys: Out) -> None:
    assert main(["check", str(ROOT / "specs/reference/2n"), "-q", *words]) == 2
    assert told in capsys.readouterr().err


def test_the_drawings_of_the_facility_are_never_painted_over(tmp_path: Path, capsys: Out) -> None:
    folder = flawed("2n", "one-side-just-below-n", tmp_path / "x")
    assert main(["render", str(folder), "-q"]) == 0
    before = {path.name: path.read_bytes() for path in (folder / "drawings").iterdir()}
    assert main(["check", str(folder), "-q", "--draw", "--draw-to", str(folder / "drawings")]) == 2
    assert "the drawings of the facility stand there" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in (folder / "drawings").iterdir()} == before
    outside = tmp_path / "outside"
    outside.write_text("mine")
    (folder / "counterexamples").mkdir()
    (folder / "counterexamples" / "01-msb-a-e-100-main.svg").symlink_to(outside)
    assert main(["check", str(folder), "-q", "--draw"]) == 2
    assert outside.read_text() == "mine" and "it is a link" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["pdf", "png", "dxf"])
def test_pictures_come_in_every_format(form: str, tmp_path: Path, capsys: Out) -> None:
    folder = flawed("2n", "one-side-just-below-n", tmp_path / "x")
    names, _ = pictures_of(folder, capsys, "--draw-as", form, "--draw-to", str(tmp_path / "out"))
    assert names == ["counterexamples.pdf" if form == "pdf" else f"01-msb-a-e-100-main.{form}"]


def test_nothing_taken_out_is_drawn_too(tmp_path: Path, capsys: Out) -> None:
    folder = flawed("n", "set-sized-on-less-than-n", tmp_path / "x")
    names, _ = pictures_of(folder, capsys)
    assert any(name.startswith("01-n-") for name in names)
    text = (folder / "counterexamples" / names[0]).read_text()
    assert "TAKEN OUT" not in text and 'data-mark="overloaded"' in text


def test_what_is_not_known_is_drawn_as_such(tmp_path: Path, capsys: Out) -> None:
    """Sets without a rating: what is not stated has its mark, and nobody is told to go short."""
    folder = tmp_path / "x"
    shutil.copytree(ROOT / "specs/reference/2n", folder)
    facility = folder / "facility.yaml"
    facility.write_text(facility.read_text().replace("    rating: 320 kW\n", ""))
    names, _ = pictures_of(folder, capsys)
    text = (folder / "counterexamples" / names[0]).read_text()
    found = said(text)
    assert {name for name, marks in found.items() if "unstated" in marks} == {"gen-a1", "gen-a2", "gen-b1", "gen-b2"}
    assert not {mark for marks in found.values() for mark in marks} & {"short", "without", "overloaded", "removed"}
    assert "Not known 1 of 1" in text and "Counterexample" not in text


def test_every_answer_has_a_picture() -> None:
    """A removal that passes, fails, or is not known: none is told as another."""
    for name in ("n1-one-bus", "isolated-redundant", "ring-main"):
        report = check(twin_of(ROOT / "specs/reference" / name))
        states, titles = States(report.assessment), {}
        for removal in report.assessment.removals.values():
            if removal.answer not in titles:
                titles[removal.answer] = of_removal(report.twin, removal, states.of(removal)).title
        assert len(set(titles.values())) == len(titles)


def test_what_trips_is_drawn_open_and_live_on_one_side(tmp_path: Path, capsys: Out) -> None:
    spec, out = ROOT / "tests/cases/dc-risers-one.yaml", tmp_path / "out"
    pictures_of(spec, capsys, "--removal", "db-1a", "--draw-to", str(out), code=0)
    text = (out / "db-1a-e-100-main.svg").read_text()
    found = said(text)
    assert found["msb-a.f1"] == found["msb-b.f1"] == {"tripped"} and "dead" in found["floor-1"]
    assert 'data-normally="closed" data-marks="tripped"' in text and "tripped: lost what holds it" in text
    assert not found["msb-a.f2"] and not found["floor-2"]


def test_a_room_that_gets_too_warm_is_marked_on_the_plan(tmp_path: Path, capsys: Out) -> None:
    names, _ = pictures_of(ROOT / "tests/cases/c01.yaml", capsys, "--draw-to", str(tmp_path / "out"), code=0)
    assert "01-mcc-a-z-101-plan.svg" in names
    plan = ET.fromstring((tmp_path / "out/01-mcc-a-z-101-plan.svg").read_text())
    (badge,) = (one for one in plan.iter() if one.get("data-mark") == "short")
    assert badge.get("data-of") == "hall" and "270 of 450 kW" in "".join(badge.itertext())
    assert not any(one.get("data-mark") in ("overloaded", "without") for one in plan.iter())
