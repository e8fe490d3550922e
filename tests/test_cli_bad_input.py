"""Bad input through the command line: exit 2, a place for every mistake, nothing printed as data, nothing written."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tierline.cli.main import main

KILL = 60
"""Seconds after which a subprocess is given up: a limit against hanging, no measure of speed."""
TOLD = re.compile(r"^error\[([a-z0-9-]+)\]: .+\n  (.*):(\d+):(\d+)$", re.MULTILINE)
HEAD = "tierline: 1\n"
GOOD = HEAD + "elements:\n  b: {kind: board}\n  u: {kind: ups, rating: 5 kW, from: b.q1}\n"

TEXTS: dict[str, tuple[str, list[str]]] = {
    "empty file": ("", ["empty-file 1:1"]),
    "only a comment": ("# nothing\n", ["empty-file 1:1"]),
    "not YAML": (HEAD + "elements: }{\n", ["not-yaml 2:11"]),
    "never closed": (HEAD + "elements: {a: {kind: board}\n", ["not-yaml 3:1"]),
    "duplicate key": (HEAD + "elements:\n  a: {kind: board}\n  a: {kind: board}\n", ["duplicate-key 4:3"]),
    "anchor and alias": (HEAD + "name: &n x\nfacility: *n\n", ["anchor 2:7", "alias 3:11"]),
    "tag": (HEAD + "name: !!python/name:os.system x\n", ["tag 2:7"]),
    "two documents": (HEAD + "---\ntierline: 1\n", ["second-document 2:1"]),
    "open brackets": (HEAD + "elements: " + "[" * 100_000, ["too-deep 2:74"]),
    "unknown kind": (HEAD + "elements:\n  a: {kind: bord}\n", ["kind-unknown 3:13"]),
    "unknown field": (HEAD + "elements:\n  a: {kind: board, ratin: 5 A}\n", ["field-unknown 3:20"]),
    "unknown key": (HEAD + "element: {}\n", ["field-unknown 2:1"]),
    "dangling name": (HEAD + "elements:\n  u: {kind: ups, rating: 5 kW, from: msb.q1}\n", ["reference-unknown 3:38"]),
    "two users of one way": (GOOD + "  v: {kind: ups, rating: 5 kW, from: b.q1}\n", ["way-taken 5:38"]),
    "module in itself": (
        HEAD + "kinds: {p: {elements: {a: {kind: p}}}}\nelements: {i: {kind: p}}\n",
        ["kind-cycle 2:9"],
    ),
    "module cycle": (
        HEAD + "kinds:\n  p: {elements: {a: {kind: q}}}\n  q: {elements: {b: {kind: p}}}\nelements: {i: {kind: p}}\n",
        ["kind-cycle 3:3"],
    ),
    "preset cycle": (HEAD + "kinds: {p: {is: q}, q: {is: p}}\nelements: {i: {kind: p}}\n", ["kind-cycle 2:9"]),
    "wrong unit": (HEAD + "elements:\n  u: {kind: ups, rating: 5 kV}\n", ["unit-wrong 3:26"]),
    "no unit": (HEAD + "elements:\n  u: {kind: ups, rating: 5}\n", ["unit-missing 3:26"]),
    "negative rating": (HEAD + "elements:\n  u: {kind: ups, rating: -5 kW}\n", ["number-negative 3:26"]),
    "5 000-digit number": (
        HEAD + f"elements:\n  u: {{kind: ups, rating: {'9' * 5000} kW}}\n",
        ["number-too-long 3:26"],
    ),
    "5 000-digit count": (HEAD + f"elements:\n  r: {{kind: racks, count: {'9' * 5000}}}\n", ["number-too-long 3:27"]),
}


def told(text: str) -> list[tuple[str, str, str]]:
    """Key, file and `line:column` of every error on stderr."""
    return [(key, file, f"{line}:{column}") for key, file, line, column in TOLD.findall(text)]


def everything(folder: Path) -> dict[str, int]:
    """What lies below a folder, and when it was last written."""
    return {path.as_posix(): path.lstat().st_mtime_ns for path in sorted(folder.rglob("*"))}


def refused(paths: list[Path], capsys: pytest.CaptureFixture[str], folder: Path) -> list[tuple[str, str, str]]:
    """Every command refuses the paths alike and leaves the folder as it was; returns what was told."""
    before = everything(folder)
    output = ["--output", str(folder / "report")]
    seen = []
    for command in (["check"], ["check", *output], ["render"], ["render", "--check"], ["render", *output]):
        assert main([*command, *map(str, paths)]) == 2, command
        out, err = capsys.readouterr()
        assert out == "" and "Traceback" not in err and "internal error" not in err, command
        seen.append(told(err))
    assert everything(folder) == before
    assert seen[0] and all(one == seen[0] for one in seen), "the commands disagree about what is wrong"
    return seen[0]


def spawn(*words: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "tierline.cli", *words]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=KILL, check=False)


# what stands in a file


@pytest.mark.parametrize("row", TEXTS)
def test_a_mistake_in_the_text(row: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, wanted = TEXTS[row]
    spec = tmp_path / "facility.yaml"
    spec.write_text(text, encoding="utf-8")
    for path in (spec, tmp_path):
        found = refused([path], capsys, tmp_path)
        assert [f"{key} {place}" for key, _, place in found] == wanted
        assert {file for _, file, _ in found} == {spec.as_posix()}


@pytest.mark.parametrize("row", TEXTS)
def test_the_same_mistake_as_data(row: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, wanted = TEXTS[row]
    spec = tmp_path / "facility.yaml"
    spec.write_text(text, encoding="utf-8")
    assert main(["check", "--format", "json", str(spec)]) == 2
    document = json.loads(capsys.readouterr().out)
    places = [(d["key"], d["location"]) for d in document["diagnostics"]]
    assert [f"{key} {at['line']}:{at['column']}" for key, at in places] == wanted
    assert document["facilities"] == []


def test_two_users_of_one_way_name_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = tmp_path / "facility.yaml"
    spec.write_text(TEXTS["two users of one way"][0], encoding="utf-8")
    assert main(["check", str(spec)]) == 2
    assert f"{spec.as_posix()}:4:38" in capsys.readouterr().err, "the first user is not shown"


def test_what_is_nearly_right_is_suggested(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = tmp_path / "facility.yaml"
    for row, word in (("unknown kind", "board"), ("unknown field", "rating"), ("unknown key", "elements")):
        spec.write_text(TEXTS[row][0], encoding="utf-8")
        assert main(["check", str(spec)]) == 2
        assert re.search(rf"did you mean .*{word}", capsys.readouterr().err), row


# several at once


def test_several_mistakes_are_told_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = tmp_path / "facility.yaml"
    spec.write_text(
        GOOD
        + "  a: {kind: bord}\n"
        + "  c: {kind: board, ratin: 5 A}\n"
        + "  d: {kind: ups, rating: 5 kV, from: nowhere.q1}\n"
        + "  v: {kind: ups, rating: -5 kW, from: b.q1}\n"
        + "  b: {kind: board}\n",
        encoding="utf-8",
    )
    found = refused([tmp_path], capsys, tmp_path)
    assert [f"{key} {place}" for key, _, place in found] == [
        "kind-unknown 5:13", "field-unknown 6:20", "unit-wrong 7:26", "reference-unknown 7:38",
        "number-negative 8:26", "way-taken 8:39", "duplicate-key 9:3",
    ]  # fmt: skip


def test_mistakes_of_several_files_and_facilities(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, files in {
        "x": {"facility": HEAD + "elements: {a: {kind: bord}}\n", "more": "elements: {c: {kind: pumpp}}\n"},
        "y": {"facility": HEAD + "element: {}\n"},
    }.items():
        (tmp_path / name).mkdir()
        for file, text in files.items():
            (tmp_path / name / f"{file}.yaml").write_text(text, encoding="utf-8")
    found = refused([tmp_path], capsys, tmp_path)
    assert [(key, file.removeprefix(f"{tmp_path.as_posix()}/")) for key, file, _ in found] == [
        ("kind-unknown", "x/facility.yaml"), ("kind-unknown", "x/more.yaml"), ("field-unknown", "y/facility.yaml"),
    ]  # fmt: skip
    assert refused([tmp_path / "x", tmp_path / "none", tmp_path / "y"], capsys, tmp_path)[2][0] == "no-such-file"


def test_one_broken_facility_stops_the_writing_for_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("good", GOOD), ("wrong", HEAD + "elements: {a: {kind: bord}}\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "facility.yaml").write_text(text, encoding="utf-8")
    before = everything(tmp_path)
    for command in (["check", "-o", str(tmp_path / "report")], ["render"], ["render", "--check"]):
        assert main([*command, str(tmp_path)]) == 2
        assert [key for key, _, _ in told(capsys.readouterr().err)] == ["kind-unknown"]
    assert everything(tmp_path) == before
    assert main(["check", str(tmp_path)]) == 2
    assert capsys.readouterr().out.startswith("good: design check"), "the good one is judged and shown all the same"


def test_a_report_that_stands_there_survives_a_broken_spec(tmp_path: Path) -> None:
    spec, report = tmp_path / "s.yaml", tmp_path / "report.json"
    spec.write_text("}{", encoding="utf-8")
    report.write_text("old", encoding="utf-8")
    assert main(["check", "--format", "json", "-o", str(report), str(spec)]) == 2
    assert report.read_text(encoding="utf-8") == "old"


# what is no file, or no text


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"tierline: 1\nname: caf\xe9\n", "2:10"),
        ("tierline: 1\n".encode("utf-16"), "1:1"),
        (b"tierline: 1\nname: \xed\xa0\x80\n", "2:7"),
    ],
    ids=["latin-1", "utf-16", "surrogate"],
)
def test_not_utf_8(data: bytes, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "facility.yaml").write_bytes(data)
    file = (tmp_path / "facility.yaml").as_posix()
    assert refused([tmp_path], capsys, tmp_path) == [("not-utf-8", file, place)]


@pytest.mark.parametrize(("data", "place"), [(b"", "1:1"), (b"tierline: 1\nname: caf\xe9\n", "2:10")])
def test_a_bad_stdin(
    data: bytes, place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))
    assert main(["check", "-"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and [found[1:] for found in told(err)] == [("<stdin>", place)]


def test_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_path / "no.yaml", tmp_path / "no" / "facility.yaml", tmp_path / ("x" * 5000)):
        assert refused([path], capsys, tmp_path) == [("no-such-file", path.as_posix(), "1:1")]


def test_a_link_to_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "facility.yaml").symlink_to("gone.yaml")
    ((key, file, _),) = refused([tmp_path], capsys, tmp_path)
    assert (key, file) == ("no-such-file", f"{tmp_path.as_posix()}/facility.yaml")


def test_a_folder_with_no_facility_below_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "other.yaml").write_text(GOOD, encoding="utf-8")
    assert refused([tmp_path], capsys, tmp_path) == [("no-facility", tmp_path.as_posix(), "1:1")]


def test_the_folder_one_stands_in_is_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in ("check", "render"):
        assert main([command]) == 2
        assert told(capsys.readouterr().err) == [("no-facility", ".", "1:1")]


# in a process of its own: a crash or a wait would not be seen from within


def assert_refused(done: subprocess.CompletedProcess[bytes], key: str) -> None:
    assert done.returncode == 2 and done.stdout == b"", done
    assert b"Traceback" not in done.stderr and b"internal error" not in done.stderr, done.stderr
    assert [found for found, _, _ in told(done.stderr.decode())] == [key]


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 50_000], ids=["brackets", "dashes"])
def test_depth_does_not_crash_the_process(text: str, tmp_path: Path) -> None:
    (tmp_path / "deep.yaml").write_text(text, encoding="utf-8")
    assert_refused(spawn("check", str(tmp_path / "deep.yaml")), "too-deep")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    pipe, folder = tmp_path / "pipe.yaml", tmp_path / "folder"
    folder.mkdir()
    os.mkfifo(pipe)
    os.mkfifo(folder / "more.yaml")
    (folder / "facility.yaml").write_text(GOOD, encoding="utf-8")
    assert_refused(spawn("check", str(pipe)), "not-a-file")
    assert_refused(spawn("render", str(folder)), "not-a-file")
    assert sorted(path.name for path in folder.iterdir()) == ["facility.yaml", "more.yaml"]


def test_waivers_that_are_not_there_are_told_as_that(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "facility.yaml").write_text(GOOD)
    assert main(["check", str(tmp_path), "--waivers", str(tmp_path / "none.yaml")]) == 2
    assert capsys.readouterr().err.endswith("none.yaml: No such file or directory\n")


def test_a_facility_of_nothing_is_told_to_have_no_drawing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "nil.yaml").write_text("tierline: 1\nelements: {}\n")
    assert main(["render", str(tmp_path / "nil.yaml")]) == 0
    assert capsys.readouterr().err == "tierline: nil has nothing that could be drawn\n"
