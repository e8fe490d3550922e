"""Bad input: whatever is handed in, what comes back is located diagnostics, never a traceback, never a wait."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import string
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tierline.twin import messages
from tierline.twin.compiler import Compiled, compile_path, compile_text
from tierline.twin.diagnostics import Complaints, Diagnostic
from tierline.twin.expand_frames import Budget
from tierline.twin.files import LARGEST
from tierline.twin.model import Twin
from tierline.twin.render import render
from tierline.twin.schema import schema

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.yaml"))
FACILITIES = sorted(path.parent for path in (HERE.parent / "specs").rglob("facility.yaml"))
GOOD = "tierline: 1\nelements:\n  b: {kind: board}\n  u: {kind: ups, rating: 5 kW, from: b.q1}\n"


def only(done: Compiled) -> Diagnostic:
    assert done.twin is None
    (found,) = done.diagnostics
    return found


def keys(done: Compiled) -> list[str]:
    return [one.key for one in done.diagnostics]


# the list of the issue


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ["empty-file"]),
        ("}{", ["not-yaml"]),
        ("tierline: 1\nelements: {}\nelements: {}\n", ["duplicate-key"]),
        ("tierline: 1\nname: &a x\nfacility: *a\n", ["anchor", "alias"]),
        ("tierline: 1\nname: !!str x\n", ["tag"]),
        ("tierline: 1\n---\ntierline: 1\n", ["second-document"]),
        ("tierline: 1\nelements: " + "[" * 100_000, ["too-deep"]),
        ("tierline: 1\nelements: {a: {kind: bord}}", ["kind-unknown"]),
        ("tierline: 1\nelements: {a: {kind: board, ratin: 5 A}}", ["field-unknown"]),
        ("tierline: 1\nelements: {a: {kind: board, from: b.q1}}", ["reference-unknown"]),
        ("tierline: 1\nelements: {b: {kind: board}, c: {kind: ups, from: b.q1}, d: {kind: ups, from: b.q1}}",
         ["way-taken"]),
        ("tierline: 1\nkinds: {p: {elements: {a: {kind: p}}}}\nelements: {i: {kind: p}}", ["kind-cycle"]),
        ("tierline: 1\nelements: {a: {kind: ups, rating: 5 kV}}", ["unit-wrong"]),
        ("tierline: 1\nelements: {a: {kind: ups, rating: -5 kW}}", ["number-negative"]),
        ("tierline: 1\nelements: {a: {kind: ups, rating: " + "9" * 5000 + " kW}}", ["number-too-long"]),
        ("tierline: 1\nelements: {a: {kind: racks, count: " + "9" * 5000 + "}}", ["number-too-long"]),
    ],
)  # fmt: skip
def test_each_mistake_is_one_diagnostic(text: str, wanted: list[str]) -> None:
    done = compile_text(text)
    assert done.twin is None and keys(done) == wanted
    for one in done.diagnostics:
        assert one.severity == "error" and one.message and one.at.line >= 1 and one.at.column >= 1
        assert render(one, done.sources).startswith(f"error[{one.key}]: ")


def test_several_mistakes_come_together() -> None:
    done = compile_text(
        """tierline: 1
kinds: {g: {is: genset, rating: 5 kV}}
axes: {x: a b}
elements:
  a: {kind: bord}
  b: {kind: board, ratin: 5 A, from: {q0: nowhere.q1}}
  c-<n=3..1>: {kind: board}
  d: {kind: ups, from: b.q1}
  e: {kind: ups, from: b.q1, rating: 1e3 kW}
amend: {zz: {rating: 5 kW}}
moved: {a: b}
"""
    )
    assert keys(done) == [
        "unit-wrong", "set-form", "kind-unknown", "field-unknown", "reference-unknown", "range-order", "way-taken",
        "number-form", "amend-misses", "moved-later",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "key", "place"),
    [
        ("elements: {}", "version-missing", "1:1"),
        ("tierline: 2", "version-unknown", "1:11"),
        ("tierline: [1]", "version-unknown", "1:11"),
        ("name: x\ntierline: 1", "version-first", "2:1"),
        ("tierline: 1\nelement: {}", "field-unknown", "2:1"),
        ("tierline: 1\nhosting: {}", "field-unknown", "2:1"),
        ("tierline: 1\nelements: [a]", "wrong-form", "2:11"),
        ("tierline: 1\nelements: {a: board}", "element-form", "2:15"),
        ("tierline: 1\nelements: {a: [board]}", "element-form", "2:15"),
        ("tierline: 1\nelements: {a: {rating: 5 kW}}", "kind-missing", "2:12"),
        ("tierline: 1\nelements: {a: {kind: [board]}}", "kind-unknown", "2:22"),
        ("tierline: 1\nelements: {a: {kind: board, from: {q1: [x]}}}", "wrong-form", "2:40"),
        ("tierline: 1\nelements: {a: {kind: board, rating: [5 kW]}}", "wrong-form", "2:37"),
        ("tierline: 1\nelements: {a: {kind: board, rating: {value: 5 kW, way: x}}}", "field-unknown", "2:51"),
        ("tierline: 1\nelements: {a: {kind: genset, derate: {40 °C: 1, 40.0 °C: 2}}}", "point-twice", "2:49"),
        ("tierline: 1\nelements: {a: {kind: genset, derate: {40 kW: 1}}}", "unit-wrong", "2:39"),
        ("tierline: 1\nelements: {a: {kind: controller, local_manual: yes}}", "not-yes-or-no", "2:48"),
        ("tierline: 1\nelements: {a: {kind: genset, class: cop}}", "word-unknown", "2:37"),
        ("tierline: 1\nelements: {a: {kind: board, ways: {q1: {ratng: 5 A}}}}", "field-unknown", "2:41"),
        ("tierline: 1\nelements: {a: {kind: board, each_way: spare}}", "wrong-form", "2:39"),
        ("tierline: 1\nclaims: {tier: V}", "word-unknown", "2:16"),
        ("tierline: 1\nsite: {dry_bulb: 46}", "unit-missing", "2:18"),
        ("tierline: 1\nsettings: {unrated: maybe}", "word-unknown", "2:21"),
        ("tierline: 1\nnot_applicable: {watr: none}", "word-unknown", "2:18"),
        ("tierline: 1\nrooms: {hall: {heet: 5 kW}}", "field-unknown", "2:16"),
        ("tierline: 1\nrooms: {hall: 5 kW}", "wrong-form", "2:15"),
        ("tierline: 1\nrevisions: [A]", "wrong-form", "2:12"),
        ("tierline: 1\nrevisions: {A: first}", "wrong-form", "2:16"),
        ("tierline: 1\nrevisions: {A b: {date: 2026-11-28, text: x}}", "wrong-form", "2:13"),
        ("tierline: 1\nrevisions: {A: {date: 28.11.2026, text: x}}", "wrong-form", "2:23"),
        ("tierline: 1\nrevisions: {A: {date: 2026-02-30, text: x}}", "wrong-form", "2:23"),
        ("tierline: 1\nrevisions: {A: {date: [2026], text: x}}", "wrong-form", "2:23"),
        ("tierline: 1\nrevisions: {A: {date: 2026-11-28}}", "field-missing", "2:16"),
        ("tierline: 1\nrevisions: {A: {date: 2026-11-28, text: x, who: y}}", "field-unknown", "2:44"),
        ("tierline: 1\nkinds: {k: {is: bord}}", "kind-unknown", "2:17"),
        ("tierline: 1\nkinds: {k: {params: {x: 1}, elements: {}}}", "parameter-form", "2:25"),
        ("tierline: 1\nkinds: {k: {params: {x: {type: pwoer}}, elements: {}}}", "word-unknown", "2:32"),
        ("tierline: 1\nkinds: {k: {params: {kind: {type: id}}, elements: {}}}", "parameter-name", "2:22"),
        (
            "tierline: 1\nkinds: {k: {params: {x: {type: id, default: <n>}}, elements: {}}}",
            "no-blank",
            "2:45",
        ),
        (
            "tierline: 1\nkinds: {k: {params: {x: {type: power, default: 5 A}}, elements: {}}}",
            "unit-wrong",
            "2:48",
        ),
        ("tierline: 1\nelements: {b: {kind: board, each_way: {rating: <n> A}}}", "blank-unbound", "2:48"),
        ("tierline: 1\nelements: {b: {kind: board, ways: {q<n>: {rating: 5 A}}}}", "axis-unknown", "2:36"),
        ("tierline: 1\nfacility: a b", "not-an-id", "2:11"),
        ("tierline: 1\nname: {french: x}", "not-a-language", "2:8"),
    ],
)
def test_each_mistake_is_told_at_its_token(text: str, key: str, place: str) -> None:
    found = only(compile_text(text, "f.yaml"))
    assert (found.key, str(found.at)) == (key, f"f.yaml:{place}")


# paths


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_path_to_nothing(tmp_path: Path) -> None:
    for path in (str(tmp_path / "no.yaml"), "", "a\0b", "x" * 5000):
        (done,) = compile_path(path)
        assert only(done).key == "no-such-file"


def test_a_folder_with_no_facility_below_it(tmp_path: Path) -> None:
    write(tmp_path / "a" / ".hidden", facility=GOOD)
    write(tmp_path / "a" / "drawings", facility=GOOD)
    write(tmp_path / "a", other=GOOD)
    (done,) = compile_path(str(tmp_path))
    assert only(done).key == "no-facility"


def test_facilities_below_a_folder_are_found_in_order(tmp_path: Path) -> None:
    for name in ("b", "a/c", "a/b"):
        write(tmp_path / name, facility=GOOD)
    found = compile_path(str(tmp_path))
    assert [one.path for one in found] == [f"{tmp_path.as_posix()}/{name}" for name in ("a/b", "a/c", "b")]
    assert [one.twin.facility for one in found if one.twin] == ["b", "c", "b"]


def test_names_of_files_are_as_the_user_reaches_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "specs" / "x", facility=GOOD, more="elements: {c: {kind: bord}}\n")
    monkeypatch.chdir(tmp_path)
    for path, shown in (
        ("specs/x", "specs/x/more.yaml"), ("specs/x/", "specs/x/more.yaml"), ("specs", "specs/x/more.yaml"),
        ("specs/x/facility.yaml", "specs/x/more.yaml"), ("./specs/x", "./specs/x/more.yaml"),
    ):  # fmt: skip
        (done,) = compile_path(path)
        assert only(done).at.file == shown and shown in done.sources
    monkeypatch.chdir(tmp_path / "specs" / "x")
    assert only(compile_path(".")[0]).at.file == "more.yaml"
    assert only(compile_path("facility.yaml")[0]).at.file == "more.yaml"


def test_a_single_file_is_a_facility(tmp_path: Path) -> None:
    write(tmp_path, p01=GOOD, broken="}{")
    (done,) = compile_path(str(tmp_path / "p01.yaml"))
    assert done.twin is not None and done.twin.facility == "p01" and list(done.twin.sources) == [
        f"{tmp_path.as_posix()}/p01.yaml"
    ]  # fmt: skip


def test_waivers_and_folders_below_are_no_part_of_it(tmp_path: Path) -> None:
    write(tmp_path, facility=GOOD, waivers="- rule: x\n")
    write(tmp_path / "drawings", x="}{")
    (done,) = compile_path(str(tmp_path))
    assert done.twin is not None and not done.diagnostics
    (tmp_path / "extra.yml").write_text("}{")
    (done,) = compile_path(str(tmp_path))
    assert done.twin is not None and [(one.key, one.severity) for one in done.diagnostics] == [
        ("yml-ignored", "warning")
    ]


def test_a_pipe_is_looked_at_and_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    really = os.open
    monkeypatch.setattr(os, "open", lambda path, *rest, **more: opened.append(str(path)) or really(path, *rest, **more))
    os.mkfifo(tmp_path / "p.yaml")
    assert only(compile_path(str(tmp_path / "p.yaml"))[0]).key == "not-a-file"
    folder = write(tmp_path / "x", facility=GOOD)
    os.mkfifo(folder / "q.yaml")
    done = compile_path(str(folder))[0]
    assert keys(done) == ["not-a-file"] and done.twin is None
    (folder / "facility.yaml").unlink()
    os.mkfifo(folder / "facility.yaml")
    assert "not-a-file" in keys(compile_path(str(folder))[0])
    assert [path for path in opened if path.endswith(("p.yaml", "q.yaml"))] == []


def test_devices_and_folders_are_no_files(tmp_path: Path) -> None:
    assert only(compile_path(os.devnull)[0]).key == "not-a-file"
    folder = write(tmp_path / "x", facility=GOOD)
    (folder / "more.yaml").mkdir()
    assert keys(compile_path(str(folder))[0]) == ["not-a-file"]


def test_a_file_that_is_not_utf_8_is_told_at_the_byte(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes(b"tierline: 1\nname: caf\xe9\n")
    found = only(compile_path(str(tmp_path / "f.yaml"))[0])
    assert found.key == "not-utf-8" and (found.at.line, found.at.column) == (2, 10)
    (tmp_path / "g.yaml").write_bytes(b"\xff\xfet\0")
    assert only(compile_path(str(tmp_path / "g.yaml"))[0]).key == "not-utf-8"


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    with open(tmp_path / "f.yaml", "wb") as stream:
        stream.truncate(LARGEST + 1)
    assert only(compile_path(str(tmp_path / "f.yaml"))[0]).key == "file-too-large"


def test_line_ends_of_another_system_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes(GOOD.replace("\n", "\r\n").encode())
    (done,) = compile_path(str(tmp_path / "f.yaml"))
    assert done.twin is not None and done.twin.spec_hash == hash_of(GOOD, "f.yaml")


def hash_of(text: str, name: str) -> str:
    found = compile_text(text, name).twin
    assert found is not None
    return found.spec_hash


def test_the_hash_is_of_names_and_texts_wherever_they_lie(tmp_path: Path) -> None:
    first = compile_path(str(write(tmp_path / "a", facility=GOOD, b="elements: {}")))[0].twin
    second = compile_path(str(write(tmp_path / "b", facility=GOOD, b="elements: {}")))[0].twin
    third = compile_path(str(write(tmp_path / "c", facility=GOOD, c="elements: {}")))[0].twin
    assert first and second and third
    assert first.spec_hash == second.spec_hash != third.spec_hash and len(first.spec_hash) == 64


# includes and several files


def test_includes_lie_below_the_root(tmp_path: Path) -> None:
    (tmp_path / "tierline.toml").touch()
    write(tmp_path / "catalog", kinds="kinds: {u: {is: ups, rating: 5 kW}}\n")
    folder = tmp_path / "specs" / "x"
    write(folder / "sub", y="elements: {v: {kind: u}}\n")
    write(folder, facility="tierline: 1\ninclude: [//catalog/kinds.yaml, sub/y.yaml]\n")
    (done,) = compile_path(str(folder))
    assert done.twin is not None and str(done.twin.elements["v"].quantity("rating")) == "5 kW"
    assert [name.rpartition("/")[2] for name in done.sources] == ["facility.yaml", "kinds.yaml", "y.yaml"]


@pytest.mark.parametrize(
    ("include", "key"),
    [
        ("[../secret.yaml]", "include-path"),
        ("[/etc/passwd]", "include-path"),
        ("[//../secret.yaml]", "include-path"),
        ("['a\\\\b.yaml']", "include-path"),
        ("[notes.txt]", "include-path"),
        ("[link.yaml]", "outside-root"),
        ("[missing/x.yaml]", "no-such-file"),
        ("[sub/a.yaml, sub/a.yaml]", "included-twice"),
        ("[other.yaml]", "included-twice"),
        ("[[x]]", "include-form"),
        ("{a: b}", "wrong-form"),
    ],
)
def test_includes_that_lead_elsewhere(tmp_path: Path, include: str, key: str) -> None:
    secret = write(tmp_path, secret="kinds: {}\n") / "secret.yaml"
    folder = write(tmp_path / "x", facility=f"tierline: 1\ninclude: {include}\n", other="elements: {}\n")
    write(folder / "sub", a="elements: {}\n")
    if "link" in include:
        (folder / "sub" / "link.yaml").symlink_to(secret)
        (folder / "facility.yaml").write_text("tierline: 1\ninclude: [sub/link.yaml]\n")
    assert key in keys(compile_path(str(folder))[0])


def test_a_link_out_of_the_root_is_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path, secret="kinds: {}\n") / "secret.yaml"
    folder = write(tmp_path / "x", facility=GOOD)
    (folder / "link.yaml").symlink_to(secret)
    assert keys(compile_path(str(folder))[0]) == ["outside-root"]


def test_files_are_united_and_a_key_stands_once(tmp_path: Path) -> None:
    folder = write(tmp_path, facility=GOOD, more="elements: {b: {kind: board}}\nname: x\ninclude: []\n", c="name: y\n")
    (done,) = compile_path(str(folder))
    assert keys(done) == ["duplicate-key", "duplicate-key", "include-not-in-head"] or set(keys(done)) == {
        "duplicate-key", "include-not-in-head",
    }  # fmt: skip
    first = next(one for one in done.diagnostics if one.at.file.endswith("more.yaml"))
    assert [at.file.rpartition("/")[2] for at, _ in first.related] == ["facility.yaml"]


def test_one_unreadable_file_does_not_make_the_others_dangle(tmp_path: Path) -> None:
    folder = write(tmp_path, facility=GOOD, kinds="}{", more="elements: {c: {kind: ups, from: zz.q1}}\n")
    assert keys(compile_path(str(folder))[0]) == ["not-yaml"]


# limits


def bomb(depth: int, fan: int) -> str:
    kinds = "".join(
        f"  k{level}: {{elements: {{'a<n=1..{fan}>': {{kind: k{level + 1}}}}}}}\n" for level in range(depth)
    )
    last = f"  k{depth}: {{elements: {{b: {{kind: board}}}}}}\n"
    return f"tierline: 1\nkinds:\n{kinds}{last}elements: {{r: {{kind: k0}}}}\n"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (bomb(8, 100), "too-many"),
        (bomb(14, 1), "composites-too-deep"),
        ("tierline: 1\nkinds:\n" + "".join(f"  k{n}: {{is: k{n + 1}}}\n" for n in range(20)) + "  k20: {is: ups}\n",
         "presets-too-deep"),
        ("tierline: 1\naxes: {x: 1..99999}\nelements: {b: {kind: ups, from: [" + "'b<x*>.q1', " * 99 + "]}}",
         "too-many"),
        ("tierline: 1\naxes: {x: 1..99999}\nelements: {b: {kind: board, ways: {"
         + "".join(f"q{n}-<x>: {{}}, " for n in range(99)) + "}}}", "too-many"),
        ("tierline: 1\namend: {" + "".join(f"'b{n}<x=1..99999>': {{a: b}}, " for n in range(99)) + "}", "too-many"),
    ],
)  # fmt: skip
def test_what_would_grow_without_end_is_stopped(text: str, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Budget, "MOST", Budget.MOST // 20)
    begun = time.process_time()
    done = compile_text(text)
    assert done.twin is None and key in keys(done)
    # a second in fact; without the limits it does not end
    assert time.process_time() - begun < 60


def test_a_thousand_complaints_are_kept_and_the_rest_counted() -> None:
    lines = "".join(f"  e{n}: {{kind: bord}}\n" for n in range(Complaints.KEPT + 50))
    done = compile_text("tierline: 1\nelements:\n" + lines)
    assert len(done.diagnostics) == Complaints.KEPT + 1
    assert done.diagnostics[-1].message == "and 50 more complaints"


def test_many_of_one_mistake_take_no_time() -> None:
    begun = time.process_time()
    lines = "".join(f"  e{n}: {{kind: bord}}\n  f{n}: {{kind: ups, from: g{n}.q1}}\n" for n in range(4_000))
    assert compile_text("tierline: 1\nelements:\n" + lines).twin is None
    lines = "".join(f"  <q>e{n}: {{kind: ups}}\n  f{n}: {{kind: ups, from: g{n}.q1}}\n" for n in range(4_000))
    assert compile_text("tierline: 1\nelements:\n" + lines).twin is None
    assert time.process_time() - begun < 120


# messages


def test_every_complaint_in_the_code_is_in_the_catalogue_and_the_other_way_round() -> None:
    used = set()
    for path in Path(messages.__file__).parent.rglob("*.py"):
        if path.name != "messages.py":
            used.update(re.findall(r'"([a-z]+(?:-[a-z0-9]+)+|alias|anchor|tag|directive|null|exactly|more|character|instances)"',
                                   path.read_text(encoding="utf-8")))  # fmt: skip
    assert not set(messages.CATALOGUE) - used


def test_long_words_of_an_author_are_shortened() -> None:
    text = "x" * 5000
    found = only(compile_text(f"tierline: 1\nelements: {{a: {{kind: {text}}}}}"))
    assert len(found.message) < 200


def test_a_complaint_is_shown_with_its_line_and_a_caret() -> None:
    done = compile_text("tierline: 1\nelements:\n  a: {kind: bord, note: é}\n", "f.yaml")
    assert render(done.diagnostics[0], done.sources) == (
        "error[kind-unknown]: no kind `bord`\n"
        "  f.yaml:3:13\n"
        "    │   a: {kind: bord, note: é}\n"
        "    │             ^^^^\n"
        "  help did you mean `board`?"
    )
    colored = render(done.diagnostics[0], done.sources, color=True)
    assert re.sub("\x1b\\[[0-9;]*m", "", colored) == render(done.diagnostics[0], done.sources)
    assert "\x1b" in colored


# the schema


def test_the_schema_accepts_what_the_compiler_accepts_and_tells_one_mistake_once() -> None:
    shown = schema()
    assert "oneOf" not in json.dumps(shown)
    judge = jsonschema.Draft202012Validator(shown)
    judge.check_schema(shown)
    broken = {"tierline": 1, "elements": {"u": {"kind": "ups", "rating": "500 kV", "effeciency": "96 %"}}}
    assert len(list(judge.iter_errors(broken))) == 2
    assert not list(judge.iter_errors({"tierline": 1, "elements": {"u": {"kind": "own", "x": 1}}}))


def test_every_field_is_described() -> None:
    shown = schema()
    for name, one in {"File": shown, **shown["$defs"]}.items():
        for field, inner in one.get("properties", {}).items():
            if not name.startswith("Any"):
                assert inner.get("description") or "$ref" in inner, f"{name}.{field}"


# what holds for any text


ALPHABET = st.text(alphabet=st.sampled_from(string.printable + "é°\u2028\u0000\ud800<>*|:{}[],&!%@`#-"), max_size=120)


@settings(max_examples=300, deadline=None)
@given(st.one_of(ALPHABET, st.text(max_size=80)))
def test_no_text_raises(text: str) -> None:
    for whole in (
        text,
        f"tierline: 1\nelements:\n  a: {text}\n",
        f"tierline: 1\nelements: {{a: {{kind: board, {text}}}}}",
    ):
        told(compile_text(whole))


def told(done: Compiled) -> None:
    """What holds for every result."""
    errors = [one for one in done.diagnostics if one.severity == "error"]
    assert (done.twin is None) == bool(errors)
    for one in done.diagnostics[:20]:
        assert one.key in messages.CATALOGUE and render(one, done.sources)
        assert one.at.line >= 1 and one.at.column >= 1


TOKENS = re.compile(r"[A-Za-z0-9_.<>*=|-]+|[^\sA-Za-z0-9]")
SPARE = [
    "<x>",
    "<x*>",
    "<n=1..3>",
    "~",
    "[]",
    "{}",
    "board",
    "rack",
    "5 kW",
    "unlimited",
    "q1",
    "a.b.c",
    "way",
    "-1",
]
SPARE += [
    "loop",
    "hall",
    "{value: 5 kW, assumed: x}",
    "[a, b]",
    "from",
    "needs",
    "elements",
    "kinds",
    "&a",
    "*a",
]
RICH = """tierline: 1
facility: sketch
axes: {x: [a, b]}
assumed: sketch
kinds:
  gs: {is: genset, rating: 750 kW, class: COP, derate: {40 °C: 1.00, 45 °C: 0.90}}
  hall:
    params: {it: {type: ref, per: x}, load: {type: power, default: 10 kW}}
    axes: {x: [a, b], n: 1..2}
    rooms: {room: {kind: computer-room, heat: 9 kW}}
    elements:
      pdu-<x>: {kind: board, rating: 400 A, from: {qpi: <it>.way}, each_way: {rating: 9 A}, ways: {q<n>: spare}}
      rack-<k=01..03>: {kind: rack, load: <load>, cords: [pdu-<x*>.t<k>], room: room}
      tie: {kind: breaker, between: [pdu-a.qt, pdu-b.qt], normally: open}
    interlocks: {keys: {among: [pdu-<x*>.qpi, tie], closed: 2}}
rooms: {side-<x>: {heat: 5 kW}}
elements:
  gen-<x><n=1..2>: {kind: gs, to: gb-<x>.qg<n>, needs: {control: [plc, plc], power: {heater: gb-<x>.h<n>}}}
  gb-<x>: {kind: board, rating: 3200 A, given: [power]}
  plc: {kind: controller, needs: {power: [gb-a.p, gb-b.p]}}
  tie: {kind: breaker, between: [gb-a, gb-b], normally: open}
  chw-<x>: {kind: loop, carries: chilled-water, return: combined, parts: [s1, v12, s2, {strainer: st}]}
  cu-<x>: {kind: crah, from: chw-<x>.s1.way, serves: side-<x>, rating: 5 kW}
  hall-<h=1..2>: {kind: hall, it: gb-<x*>}
  a: {kind: ats, inputs: {s1: gb-a.s, s2: gb-b.s}, prefer: s2}
tables:
  core: {common: {kind: rack}, columns: [id, load, cords.a], rows: [[c1, 5 kW, gb-a.c1], [c2, ~, gb-b.c2]]}
interlocks:
  keys-<x>: {among: [gb-<x>.p, tie]}
  three: {among: [tie, gb-a.s, gb-b.s], closed: 2}
amend:
  hall-1.rack-01: {load: 17 kW, source: order}
  hall-2: {load: 5 kW}
  gb-a.p: {rating: 9 A}
"""


def test_the_rich_text_is_good() -> None:
    done = compile_text(RICH)
    assert done.twin is not None, [str(one) for one in done.diagnostics]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_mutation_of_a_good_text_raises(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([RICH, *[path.read_text(encoding="utf-8") for path in CASES[:6]]]))
    for _ in range(data.draw(st.integers(1, 4))):
        found = list(TOKENS.finditer(text))
        if not found:
            break
        spot = data.draw(st.sampled_from(found))
        fresh = data.draw(st.sampled_from([*SPARE, "", data.draw(st.sampled_from(found)).group()]))
        text = text[: spot.start()] + fresh + text[spot.end() :]
    told(compile_text(text))


# what changes nothing


def bare(twin: Twin) -> object:
    """A twin without places, sources and hash."""
    place = re.compile(r"Location\(file='[^']*', line=\d+, column=\d+\)")
    plain = replace(twin, sources={}, spec_hash="", assumptions=(), facility="f")
    ordered = replace(plain, elements=dict(plain.elements), rooms=dict(plain.rooms))
    assumed = sorted((one.element, one.field, one.value, one.why, one.applies_to) for one in twin.assumptions)
    return place.sub("", repr(ordered)), assumed


def shuffled(text: str, seed: int) -> str:
    """The same document with the entries of its block sections in another order."""
    chance = random.Random(seed)
    sections = re.split(r"(?m)^(?=\S)", text)
    head, rest = (
        sections[:2] if sections[0] == "" else sections[:1],
        sections[2:] if sections[0] == "" else sections[1:],
    )
    rest = [shuffled_entries(one, chance) for one in rest]
    chance.shuffle(rest)
    return "".join([*head, *rest])


def shuffled_entries(section: str, chance: random.Random) -> str:
    name, _, body = section.partition("\n")
    if name.rstrip(":") not in ("elements", "kinds", "interlocks", "amend", "rooms"):
        return section
    entries = re.split(r"(?m)^(?=  \S)", body)
    chance.shuffle(entries)
    return "\n".join([name, "".join(entries)])


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_keys_means_nothing(seed: int) -> None:
    first, second = compile_text(RICH).twin, compile_text(shuffled(RICH, seed)).twin
    assert first is not None and second is not None
    assert bare(first) == bare(second) and first.spec_hash != second.spec_hash


@pytest.mark.parametrize("seed", range(5))
def test_splitting_into_files_means_nothing(seed: int, tmp_path: Path) -> None:
    sections = re.split(r"(?m)^(?=\S)", RICH)[1:]
    chance = random.Random(seed)
    files: dict[str, str] = {"facility": sections[0], "one": "", "two": ""}
    for section in sections[1:]:
        # `assumed` holds for the file it stands in
        if section.startswith("assumed"):
            files = {name: text + section for name, text in files.items()}
        else:
            files[chance.choice(sorted(files))] += section
    (done,) = compile_path(str(write(tmp_path, **{name: text for name, text in files.items() if text})))
    whole = compile_text(RICH).twin
    assert whole is not None and done.twin is not None, [str(one) for one in done.diagnostics]
    assert bare(whole) == bare(done.twin)


@pytest.mark.parametrize("path", [*CASES, *FACILITIES], ids=lambda path: path.stem)
def test_the_same_text_gives_the_same_twin(path: Path) -> None:
    first, second = compile_path(str(path))[0], compile_path(str(path))[0]
    assert first.twin is not None, [f"{one.at} {one.message}" for one in first.diagnostics]
    assert repr(first.twin) == repr(second.twin)
    with contextlib.chdir(path.parent):
        third = compile_path(path.name)[0].twin
    assert third is not None and third.spec_hash == first.twin.spec_hash


def test_looking_at_a_twin_loads_neither_the_reader_nor_pydantic() -> None:
    code = "import sys, tierline.twin.model; print([m for m in sys.modules if m[:6] in ('pydant', 'ruamel')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
