"""The contract of the command line: exit codes, the two streams, the JSON forms, the files written, the wording."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from tierline.cli.main import main

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"
KILL = 60
"""Seconds after which a subprocess is given up: a limit against hanging, no measure of speed."""

MET = """\
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
NOT_MET = MET.replace("uob-b.q1]", "uob-a.q2]")
NO_CLAIM = MET.replace("claims: {tier: III}\n", "")
UNKNOWN = MET.replace("rating: 500 kW, ", "").replace("settings: {unrated: unlimited}\n", "")
BROKEN = MET.replace("kind: ups", "kind: upss")

Out = pytest.CaptureFixture[str]


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A facility of one small file that meets its claim."""
    return write(tmp_path / "site", MET)


def write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "facility.yaml").write_text(text, encoding="utf-8")
    return folder


def printed(capsys: Out, *words: str | Path, code: int = 0) -> str:
    """What a command prints as data, after its exit code was looked at."""
    assert main([str(word) for word in words]) == code
    out, err = capsys.readouterr()
    assert "Traceback" not in err and "internal error" not in err
    return out


def valid_report(capsys: Out, text: str) -> dict[str, Any]:
    """A report as data, held against the schema that the same tool prints."""
    document: dict[str, Any] = json.loads(text)
    Draft202012Validator(json.loads(printed(capsys, "schema", "report"))).validate(document)
    return document


def spawn(words: list[str], cwd: Path, **environment: str) -> subprocess.Popen[bytes]:
    """The command in a process of its own, not yet waited for."""
    command = [sys.executable, "-m", "tierline.cli", *words]
    return subprocess.Popen(
        command, cwd=cwd, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


# exit codes and wording


@pytest.mark.parametrize(
    ("text", "code", "verdict"),
    [
        (MET, 0, "verdict: Tier III met"),
        (NOT_MET, 1, "verdict: Tier III not met"),
        (UNKNOWN, 1, "verdict: Tier III not met"),
        (NO_CLAIM, 0, "verdict: no claim"),
    ],
    ids=["met", "not met", "unknown", "no claim"],
)
def test_the_exit_code_is_the_verdict(text: str, code: int, verdict: str, tmp_path: Path, capsys: Out) -> None:
    out = printed(capsys, "check", write(tmp_path, text), code=code)
    last = out.rstrip("\n").splitlines()[-1]
    assert last.startswith(verdict)
    assert re.search(r"on \d+ assumed numbers; \d+ of \d+ Tier III rules judged", last), last
    assert ("unrated=unlimited" in last) is (text is not UNKNOWN), "a setting off its default is not told"
    assert printed(capsys, "check", "--quiet", tmp_path, code=code).rstrip("\n").splitlines()[-1] == last


@pytest.mark.parametrize("text", [MET, NOT_MET, UNKNOWN], ids=["met", "not met", "unknown"])
def test_a_report_is_a_design_check_and_claims_no_certificate(text: str, tmp_path: Path, capsys: Out) -> None:
    write(tmp_path, text)
    assert main(["check", str(tmp_path)]) == (text is not MET)
    out = capsys.readouterr().out
    assert "design check, not a certification" in out.splitlines()[0]
    assert not re.search(r"certif|compliant|guarantee", out.replace("not a certification", ""), re.IGNORECASE)


def test_the_worst_exit_code_wins(tmp_path: Path, capsys: Out) -> None:
    for name, text in (("a", MET), ("b", NOT_MET), ("c", MET)):
        write(tmp_path / name, text)
    out = printed(capsys, "check", tmp_path, code=1)
    assert re.findall(r"^(\w+): design check", out, re.MULTILINE) == ["a", "b", "c"]
    write(tmp_path / "d", BROKEN)
    printed(capsys, "check", tmp_path, code=2)


@pytest.mark.parametrize(
    "words",
    [[], ["chek"], ["check", "--format", "xml"], ["check", "--nope"], ["explain"], ["schema", "verdict"], ["--nope"]],
    ids=" ".join,
)
def test_wrong_usage(words: list[str], capsys: Out) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    out, err = capsys.readouterr()
    assert left.value.code == 2 and out == "" and err.startswith("usage: tierline")


def test_the_version(capsys: Out) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0 and capsys.readouterr().out == f"tierline {version('tierline')}\n"


def test_an_internal_error_is_no_verdict(spec: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    def burst(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("tierline.cli.check.judge", burst)
    assert main(["check", str(spec)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and "internal error" in err and "Traceback" not in err
    with pytest.raises(ZeroDivisionError):
        main(["--debug", "check", str(spec)])


def test_an_interrupt(spec: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tierline.cli.check.judge", interrupt)
    assert main(["check", str(spec)]) == 130
    assert capsys.readouterr() == ("", "interrupted\n")


# the report as data


@pytest.mark.parametrize(
    ("text", "code", "facilities", "diagnostics"),
    [(MET, 0, 1, 0), (NOT_MET, 1, 1, 0), (UNKNOWN, 1, 1, 0), (BROKEN, 2, 0, 1)],
    ids=["met", "not met", "unknown", "broken"],
)
def test_the_report_is_valid_against_its_schema(
    text: str, code: int, facilities: int, diagnostics: int, tmp_path: Path, capsys: Out
) -> None:
    write(tmp_path, text)
    report = valid_report(capsys, printed(capsys, "check", "--format", "json", tmp_path, code=code))
    assert (len(report["facilities"]), len(report["diagnostics"])) == (facilities, diagnostics)
    assert report["schema"] == "tierline.report/1" and report["tool"]["version"] == version("tierline")
    for facility in report["facilities"]:
        assert facility["verdict"]["met"] is (code == 0) and facility["verdict"]["claimed"] == "III"
        failed = [rule["id"] for rule in facility["rules"] if rule["outcome"] in ("fail", "unknown")]
        assert bool(failed) is bool(code) and {f["rule"] for f in facility["findings"]} <= set(failed)


@pytest.mark.parametrize("name", ["c01", "p02", "p16"])
def test_every_finding_has_a_place_and_a_proof(name: str, capsys: Out) -> None:
    path = CASES / f"{name}.yaml"
    assert main(["check", "--format", "json", str(path)]) in (0, 1)
    (facility,) = valid_report(capsys, capsys.readouterr().out)["facilities"]
    lines = path.read_text(encoding="utf-8").splitlines()
    assert facility["findings"]
    for finding in facility["findings"]:
        for at in (finding["location"], *(related["location"] for related in finding["related"])):
            assert at["file"] == path.as_posix()
            assert 1 <= at["line"] <= len(lines) and 1 <= at["column"] <= len(lines[at["line"] - 1])
        assert finding["proof"] is None or finding["element"] in finding["proof"]["removed"]
    removals = facility["removals"]
    answers = sum(removals[answer] for answer in ("failed", "unknown", "automatic", "re_switched"))
    assert removals["tested"] == answers <= facility["elements"]


def test_a_text_finding_names_the_line_of_its_element(tmp_path: Path, capsys: Out) -> None:
    out = printed(capsys, "check", write(tmp_path, NOT_MET), code=1)
    places = re.findall(rf"^  --> {re.escape(tmp_path.as_posix())}/facility\.yaml:(\d+):\d+$", out, re.MULTILINE)
    assert places and all(1 <= int(line) <= NOT_MET.count("\n") for line in places)


def test_two_facilities_at_once(tmp_path: Path, capsys: Out) -> None:
    paths = [write(tmp_path / "b", MET), write(tmp_path / "a", NOT_MET)]
    both = valid_report(capsys, printed(capsys, "check", "--format", "json", *paths, code=1))
    assert [facility["facility"] for facility in both["facilities"]] == ["b", "a"], "in the order given"
    for path, code, facility in zip(paths, (0, 1), both["facilities"], strict=True):
        alone = valid_report(capsys, printed(capsys, "check", "--format", "json", path, code=code))
        assert alone["facilities"] == [facility]
    spellings = (paths[0], f"{paths[0]}/", paths[0] / "facility.yaml")
    again = json.loads(printed(capsys, "check", "--format", "json", *spellings))
    assert len(again["facilities"]) == 1, "the same folder twice counts once"


def test_the_good_one_of_two_is_reported(tmp_path: Path, capsys: Out) -> None:
    paths = [write(tmp_path / "a", BROKEN), write(tmp_path / "b", MET)]
    report = valid_report(capsys, printed(capsys, "check", "--format", "json", *paths, code=2))
    assert [facility["facility"] for facility in report["facilities"]] == ["b"]
    assert [diagnostic["key"] for diagnostic in report["diagnostics"]] == ["kind-unknown"]


def test_the_same_bytes_wherever_and_however_it_runs(tmp_path: Path) -> None:
    runs = []
    for seed, folder in (("0", "here"), ("1", "there/deeper"), ("4711", "here")):
        write(tmp_path / folder / "specs" / "x", NOT_MET)
        words = ["check", "--format", "json", "specs/x"]
        runs.append(spawn(words, tmp_path / folder, PYTHONHASHSEED=seed, LC_ALL="C", TZ=f"UTC-{seed[0]}"))
    done = [run.communicate(timeout=KILL) for run in runs]
    assert [run.returncode for run in runs] == [1, 1, 1], done
    assert len({out for out, _ in done}) == 1 and done[0][0].endswith(b"}\n")
    assert str(tmp_path).encode() not in done[0][0], "the report names a folder of this machine"


def test_the_spelling_of_a_path_changes_only_the_file_names(
    spec: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    (spec / "facility.yaml").write_text(NOT_MET, encoding="utf-8")
    monkeypatch.chdir(spec.parent)
    texts = set()
    spellings = {"site": "site/", "./site": "./site/", "site/facility.yaml": "site/", str(spec): f"{spec}/"}
    for path, shown in spellings.items():
        text = printed(capsys, "check", "--format", "json", path, code=1)
        assert f'"{shown}facility.yaml"' in text
        texts.add(text.replace(f'"{shown}facility.yaml"', '"facility.yaml"'))
    monkeypatch.chdir(spec)
    texts.add(printed(capsys, "check", "--format", "json", code=1))
    assert len(texts) == 1


def test_a_spec_from_stdin(monkeypatch: pytest.MonkeyPatch, capsys: Out, tmp_path: Path) -> None:
    def feed(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))

    monkeypatch.chdir(tmp_path)
    feed(NOT_MET)
    report = valid_report(capsys, printed(capsys, "check", "--format", "json", "-", code=1))
    assert {f["location"]["file"] for f in report["facilities"][0]["findings"]} == {"<stdin>"}
    feed(MET)
    assert "verdict: Tier III met" in printed(capsys, "check", "-")
    feed(MET)
    assert printed(capsys, "render", "-", code=2) == ""
    assert list(tmp_path.iterdir()) == []
    feed(MET)
    printed(capsys, "render", "-", "--output", "out")
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".svg"}


# --output


@pytest.mark.parametrize(("text", "code"), [(MET, 0), (NOT_MET, 1)], ids=["met", "not met"])
def test_a_report_is_written_whole(text: str, code: int, tmp_path: Path, capsys: Out) -> None:
    write(tmp_path / "x", text)
    report = tmp_path / "out" / "report.json"
    report.parent.mkdir()
    wanted = printed(capsys, "check", "--format", "json", tmp_path / "x", code=code)
    for _ in range(2):
        assert printed(capsys, "check", "--format", "json", tmp_path / "x", "-o", report, code=code) == ""
        assert report.read_text(encoding="utf-8") == wanted
        report.chmod(0o640)
    assert report.stat().st_mode & 0o777 == 0o640, "the mode of a file that is replaced is kept"
    assert list(report.parent.iterdir()) == [report], "nothing is left behind"


def test_a_link_is_written_through(spec: Path, tmp_path: Path, capsys: Out) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "r.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real/r.txt")
    printed(capsys, "check", spec, "-o", tmp_path / "link.txt")
    assert (tmp_path / "link.txt").is_symlink() and "verdict: " in (tmp_path / "real" / "r.txt").read_text()


def test_a_write_that_fails_leaves_the_old_report(
    spec: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    report = tmp_path / "r.txt"
    report.write_text("old")
    for call in ("fsync", "replace", "chmod"):
        with monkeypatch.context() as broken:
            broken.setattr(f"tierline.cli.files.os.{call}", full)
            assert main(["check", str(spec), "-o", str(report)]) == 2
    assert report.read_text() == "old" and sorted(p.name for p in tmp_path.iterdir()) == ["r.txt", "site"]
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("target", ["none/r.txt", "folder", "pipe"])
def test_a_report_that_cannot_be_written_is_the_users_mistake(
    target: str, spec: Path, tmp_path: Path, capsys: Out
) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    assert main(["check", str(spec), "-o", str(tmp_path / target)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and target in err and "internal error" not in err
    assert (tmp_path / "pipe").is_fifo(), "what is no regular file is never replaced"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "pipe", "site"]


# the manual


def test_rules_as_data(capsys: Out) -> None:
    document = json.loads(printed(capsys, "rules", "--format", "json"))
    assert list(document) == ["rules"]
    rules = document["rules"]
    for rule in rules:
        assert {"id", "ref", "pack", "title", "tiers", "judged"} <= set(rule)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule["id"]) and re.fullmatch(r"[A-Z]{2,3}-\d\d", rule["ref"])
        assert rule["title"].strip() and set(rule["tiers"]) <= {"I", "II", "III", "IV"}
    for name in ("id", "ref"):
        assert len({rule[name] for rule in rules}) == len(rules), f"{name} is not unique"


def test_rules_as_text_lists_the_same(capsys: Out) -> None:
    rules = json.loads(printed(capsys, "rules", "--format", "json"))["rules"]
    text = printed(capsys, "rules")
    listed = re.findall(r"^([A-Z]+-\d+) +(judged|-) .* (\S+)$", text, re.MULTILINE)
    assert listed == [(rule["ref"], "judged" if rule["judged"] else "-", rule["id"]) for rule in rules]


def test_a_report_speaks_of_the_same_rules_as_the_manual(spec: Path, capsys: Out) -> None:
    rules = json.loads(printed(capsys, "rules", "--format", "json"))["rules"]
    (facility,) = json.loads(printed(capsys, "check", "--format", "json", spec))["facilities"]
    told = {rule["ref"]: rule for rule in facility["rules"]}
    assert list(told) == [rule["ref"] for rule in rules]
    for rule in rules:
        mine = told[rule["ref"]]
        assert (mine["id"], mine["title"], mine["pack"]) == (rule["id"], rule["title"], rule["pack"])
        assert (mine["outcome"] == "skipped") is not rule["judged"], rule["ref"]


def test_explain_by_either_name(capsys: Out) -> None:
    for rule in json.loads(printed(capsys, "rules", "--format", "json"))["rules"]:
        page = printed(capsys, "explain", rule["id"])
        assert page == printed(capsys, "explain", rule["ref"]) and page.endswith("\n")
        assert rule["ref"] in page and rule["id"] in page
        assert rule["title"] in " ".join(page.split())
        assert "Why:" in page and "Fix:" in page and "not a certification" in page


@pytest.mark.parametrize(
    ("word", "near"),
    [("sts-per-cor", "sts-per-cord"), ("PD-4", "PD-04"), ("zzzzzz", "tierline rules"), ("", "tierline rules")],
)
def test_explain_of_no_rule(word: str, near: str, capsys: Out) -> None:
    assert main(["explain", word]) == 2
    out, err = capsys.readouterr()
    assert out == "" and repr(word) in err and near in err
    assert ("Did you mean" in err) is not near.startswith("tierline")


# the schemas


@pytest.mark.parametrize("what", ["spec", "report"])
def test_a_schema_is_a_schema(what: str, capsys: Out) -> None:
    schema = json.loads(printed(capsys, "schema", what))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    if what == "spec":
        assert schema == json.loads(printed(capsys, "schema"))


def test_the_spec_schema_takes_real_specs_and_refuses_mistakes(capsys: Out) -> None:
    validator = Draft202012Validator(json.loads(printed(capsys, "schema")))
    yaml = YAML(typ="safe", pure=True)
    for path in (ROOT / "specs" / "bamako" / "facility.yaml", CASES / "p01.yaml"):
        validator.validate(yaml.load(path.read_text(encoding="utf-8")))
    validator.validate(yaml.load(MET))
    for right, wrong in (
        ("rating: 500 kW", "ratin: 500 kW"),
        ("rating: 500 kW", "rating: 500 kV"),
        ("settings:", "setings:"),
        ("tier: III", "tier: V"),
        ("kind: board", "sort: board"),
    ):
        assert right in MET and not validator.is_valid(yaml.load(MET.replace(right, wrong))), wrong


# the drawings


def drawn(folder: Path) -> dict[str, bytes]:
    """Every file of the facility's folder but the spec."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "facility.yaml"
    }


def test_render_and_its_check(spec: Path, capsys: Out) -> None:
    printed(capsys, "render", "--check", spec, code=1)
    assert drawn(spec) == {}, "--check writes nothing"
    assert printed(capsys, "render", spec) == "", "stdout is for data"
    first = drawn(spec)
    assert first and all(re.fullmatch(r"drawings/[a-z0-9-]+\.svg", name) for name in first)
    stamps = {path: path.stat().st_mtime_ns for path in (spec / "drawings").iterdir()}
    printed(capsys, "render", spec)
    assert drawn(spec) == first
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps, "what is fresh is not written again"
    assert main(["render", "--check", str(spec)]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_stale_or_missing_drawing_is_named(spec: Path, capsys: Out) -> None:
    printed(capsys, "render", spec)
    sheet = min((spec / "drawings").iterdir())
    fresh = sheet.read_bytes()
    for change in ("edited", "missing", "spec"):
        if change == "edited":
            sheet.write_bytes(fresh.replace(b"</svg>", b"<!-- by hand --></svg>"))
        elif change == "missing":
            sheet.unlink()
        else:
            sheet.write_bytes(fresh)
            (spec / "facility.yaml").write_text(MET.replace("400 kW", "450 kW"), encoding="utf-8")
        before = drawn(spec)
        assert main(["render", "--check", str(spec)]) == 1, change
        out, err = capsys.readouterr()
        assert out == "" and sheet.as_posix() in err and "tierline render" in err
        assert drawn(spec) == before, "--check mends nothing"
    printed(capsys, "render", spec)
    printed(capsys, "render", "--check", spec)
    assert sheet.read_bytes() != fresh


def test_render_touches_only_drawings_of_ours(spec: Path, tmp_path: Path, capsys: Out) -> None:
    printed(capsys, "render", spec)
    ours = sorted(drawn(spec))
    foreign = {
        "logo.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>", "notes.txt": b"n", "sub/e-100-main.svg": b"s",
        "empty.svg": b"",
    }  # fmt: skip
    (spec / "drawings" / "sub").mkdir()
    for name, data in foreign.items():
        (spec / "drawings" / name).write_bytes(data)
    old = spec / "drawings" / "e-999-old.svg"
    old.write_bytes((spec / ours[0]).read_bytes())
    (tmp_path / "beside.svg").write_bytes(old.read_bytes())
    (spec / "above.svg").write_bytes(old.read_bytes())
    assert main(["render", "--check", str(spec)]) == 1
    assert old.as_posix() in capsys.readouterr().err and old.exists()
    printed(capsys, "render", spec)
    assert not old.exists(), "a drawing that is no longer drawn goes"
    assert sorted(drawn(spec)) == sorted([*ours, "above.svg", *(f"drawings/{name}" for name in foreign)])
    assert {name: (spec / "drawings" / name).read_bytes() for name in foreign} == foreign
    assert sorted(path.name for path in tmp_path.iterdir()) == ["beside.svg", "site"]
    printed(capsys, "render", "--check", spec)


def test_other_formats_are_written_only_where_one_says(spec: Path, tmp_path: Path, capsys: Out) -> None:
    printed(capsys, "render", "--format", "dot", spec, code=2)
    assert drawn(spec) == {}
    printed(capsys, "render", "--format", "dot", spec, "--output", tmp_path / "out")
    assert drawn(spec) == {}
    sheets = list((tmp_path / "out").iterdir())
    assert sheets and all(sheet.suffix == ".dot" for sheet in sheets)
    assert all("graph" in sheet.read_text(encoding="utf-8") for sheet in sheets)


@pytest.mark.parametrize("output", [False, True], ids=["files of one folder", "one --output"])
def test_two_facilities_do_not_overwrite_each_other(output: bool, tmp_path: Path, capsys: Out) -> None:
    paths = [tmp_path / "s" / "one.yaml", tmp_path / "s" / "two.yaml"]
    paths[0].parent.mkdir()
    for path in paths:
        path.write_text(NO_CLAIM, encoding="utf-8")
    words = ["--output", str(tmp_path / "out")] if output else []
    code = main(["render", *words, *map(str, paths)])
    assert "internal error" not in capsys.readouterr().err
    if code == 0:
        printed(capsys, "render", "--check", *words, *paths)
    else:
        assert code == 2 and sorted(tmp_path.rglob("*.svg")) == []


@pytest.mark.parametrize("way", ["drawings", "drawings/e-100-main.svg"])
def test_a_drawing_is_never_written_through_a_link(way: str, spec: Path, tmp_path: Path, capsys: Out) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    if way == "drawings":
        (spec / way).symlink_to(outside)
    else:
        (outside / "notes").write_text("mine")
        (spec / "drawings").mkdir()
        (spec / way).symlink_to(outside / "notes")
    before = {path.name: path.read_bytes() for path in outside.iterdir()}
    assert main(["render", str(spec)]) == 2
    assert "it is a link" in capsys.readouterr().err and not [*(spec / "drawings").glob("e-1*.svg.*")]
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == before


@pytest.mark.parametrize("odd", ["folder", "pipe"])
def test_odd_things_among_the_drawings(odd: str, spec: Path) -> None:
    (spec / "drawings").mkdir()
    if odd == "folder":
        (spec / "drawings" / "x.svg").mkdir()
    else:
        os.mkfifo(spec / "drawings" / "x.svg")
    command = [sys.executable, "-m", "tierline.cli", "render", str(spec)]
    done = subprocess.run(command, capture_output=True, timeout=KILL, check=False)
    assert done.returncode == 0 and b"internal error" not in done.stderr


# streams


def test_a_reader_that_leaves_early(spec: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    runs = []
    for words in (["schema"], ["check", str(spec)], ["--version"]):
        command = [sys.executable, "-m", "tierline.cli", *words]
        runs.append(subprocess.Popen(command, stdout=writing, stderr=subprocess.PIPE))
    os.close(writing)
    for run in runs:
        _, err = run.communicate(timeout=KILL)
        assert err == b"" and run.returncode >= 0


def test_head_gets_its_line(spec: Path) -> None:
    command = f"'{sys.executable}' -m tierline.cli schema | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, timeout=KILL, check=False)
    assert (done.stdout, done.stderr) == (b"{\n", b"")


def test_a_closed_stdout_is_no_internal_error(spec: Path) -> None:
    command = f"'{sys.executable}' -m tierline.cli check '{spec}' >&-"
    done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, timeout=KILL, check=False)
    assert b"internal error" not in done.stderr and b"Traceback" not in done.stderr


def test_colour_is_for_terminals_that_want_it(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    write(tmp_path, BROKEN)
    command = [sys.executable, "-m", "tierline.cli", "check", str(tmp_path)]
    runs = []
    for environment in ({"TERM": "xterm", "NO_COLOR": ""}, {"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb"}):
        ours, theirs = pty.openpty()
        run = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=theirs)
        runs.append((run, ours, theirs))
    coloured = []
    for run, ours, theirs in runs:
        assert run.wait(timeout=KILL) == 2
        told = os.read(ours, 100_000)
        os.close(theirs)
        os.close(ours)
        assert b"kind-unknown" in told
        coloured.append(b"\x1b[" in told)
    assert coloured == [True, False, False]


def test_no_colour_in_a_file(tmp_path: Path, capsys: Out) -> None:
    assert main(["check", str(write(tmp_path, BROKEN))]) == 2
    assert "\x1b" not in "".join(capsys.readouterr())
