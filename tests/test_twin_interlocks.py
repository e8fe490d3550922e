"""Interlocks: what a member may be, what is refused, what load cases do to them, and how the kernel reads them."""

from __future__ import annotations

import random

import jsonschema
import pytest

from tierline.twin.compiler import compile_text
from tierline.twin.lower import lower
from tierline.twin.model import Twin
from tierline.twin.schema import schema

SITE = """\
tierline: 1
settings: {unrated: unlimited}
axes: {i: 1..3}
elements:
  gb: {kind: board}
  msb-<x=a|b>: {kind: board, from: {q0: gb.q<x>}}
  tie: {kind: breaker, between: [msb-a.q9, msb-b.q9], normally: open}
  uob-<i>: {kind: board, from: {qx: gb.q<i>}, ways: {qx: {normally: open}}}
  hc: {kind: header, carries: chilled-water}
  v-<k=1|2>: {kind: valve, between: [hc.q<k>0, hc.q<k>1], normally: closed}
  ups: {kind: ups, rating: 100 kW, from: msb-a.q1}
  chw: {kind: loop, carries: chilled-water, return: mirrored, parts: [s1, v1, s2, v2]}
"""


def twin(interlocks: str, site: str = SITE) -> Twin:
    done = compile_text(f"{site}interlocks:\n{interlocks}", "f.yaml")
    assert done.twin is not None, [f"{one.at} {one.key}: {one.message}" for one in done.diagnostics]
    return done.twin


def shown(made: Twin) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {one.id: (one.closed, one.elements) for one in made.interlocks}


def told(text: str) -> list[tuple[str, str]]:
    """Key and the text at the place of every complaint."""
    done = compile_text(text, "f.yaml")
    assert done.twin is None
    lines = text.splitlines()
    return [(d.key, lines[d.at.line - 1][d.at.column - 1 :].split(",")[0].strip("[]} ")) for d in done.diagnostics]


# what it says


def test_ways_devices_and_valves_are_members() -> None:
    made = twin(
        "  z: {among: [uob-2.qx, uob-1.qx]}\n"
        "  two-of-three: {among: [tie, msb-b.q0, msb-a.q0], closed: 2, note: keys}\n"
        "  cross: {among: [v-2, v-1]}\n"
    )
    assert shown(made) == {
        "cross": (1, ("v-1", "v-2")),
        "two-of-three": (2, ("msb-a.q0", "msb-b.q0", "tie")),
        "z": (1, ("uob-1.qx", "uob-2.qx")),
    }
    assert [one.id for one in made.interlocks] == ["cross", "two-of-three", "z"]
    assert str(made.interlocks[1].at) == "f.yaml:15:3"


def test_blanks_are_filled_in_keys_and_members() -> None:
    found = shown(twin("  bypass: {among: [uob-<i*>.qx], closed: 2}\n  pair-<i>: {among: [uob-<i>.qx, tie]}\n"))
    assert found == {
        "bypass": (2, ("uob-1.qx", "uob-2.qx", "uob-3.qx")),
        **{f"pair-{i}": (1, ("tie", f"uob-{i}.qx")) for i in (1, 2, 3)},
    }


COMPOSITE = """\
tierline: 1
settings: {unrated: unlimited}
kinds:
  changeover:
    params:
      from: {type: ref, per: x}
      most: {type: int, default: 1}
    axes: {x: [a, b, c]}
    elements:
      bus: {kind: bus}
      q-<x>: {kind: breaker, between: [<from>, bus], normally: open}
    interlocks:
      key: {among: [q-<x*>], closed: <most>}
elements:
  sb-<x=a|b|c>: {kind: board}
  u-1: {kind: changeover, from: {a: sb-a.q1, b: sb-b.q1, c: sb-c.q1}}
  u-2: {kind: changeover, from: {a: sb-a.q2, b: sb-b.q2, c: sb-c.q2}, most: 2}
"""


def test_a_composite_has_interlocks_of_its_own() -> None:
    done = compile_text(COMPOSITE, "f.yaml")
    assert done.twin is not None, done.diagnostics
    assert shown(done.twin) == {
        "u-1.key": (1, ("u-1.q-a", "u-1.q-b", "u-1.q-c")),
        "u-2.key": (2, ("u-2.q-a", "u-2.q-b", "u-2.q-c")),
    }


def test_members_may_be_given_to_a_composite() -> None:
    made = twin(
        "  near: {among: [tie, uob-1.qx]}\nkinds:\n  pair:\n    params: {a: {type: ref}, b: {type: ref}}\n"
        "    elements: {x: {kind: bus}}\n    interlocks: {key: {among: [<b>.qx, <a>]}}\n",
        SITE + "  p: {kind: pair, a: tie, b: uob-2}\n",
    )
    assert shown(made) == {"near": (1, ("tie", "uob-1.qx")), "p.key": (1, ("tie", "uob-2.qx"))}


def test_what_is_wrong_in_a_composite_is_told_once_with_its_instances() -> None:
    (found,) = compile_text(COMPOSITE.replace("among: [q-<x*>]", "among: [q-a, q-d]"), "f.yaml").diagnostics
    assert found.key == "reference-unknown" and found.message.endswith("(in 2 instances: u-1.key, u-2.key)")


def test_a_composite_that_nothing_uses_is_read_all_the_same() -> None:
    unused = COMPOSITE[: COMPOSITE.index("elements:\n  sb")].replace("key: {among", "key: {amongst")
    assert [key for key, _ in told(unused)] == ["field-missing", "field-unknown"]


def test_a_number_that_is_assumed_is_listed() -> None:
    made = twin("  z: {among: [uob-1.qx, uob-2.qx, uob-3.qx], closed: 2, assumed: as keys are usual}\n")
    (found,) = made.assumptions
    assert (found.element, found.field, found.value, found.why) == ("z", "closed", "2", "as keys are usual")


def test_the_order_of_declaration_means_nothing() -> None:
    lines = ["  a: {among: [%s], closed: 2}\n", "  b: {among: [%s]}\n", "  C: {among: [%s], closed: 2}\n"]
    members = (["msb-a.q0", "msb-b.q0", "tie"], ["uob-1.qx", "tie"], ["uob-1.qx", "uob-2.qx", "uob-3.qx"])
    wanted = None
    for seed in range(6):
        chance = random.Random(seed)
        made = [(line, chance.sample(names, len(names))) for line, names in zip(lines, members, strict=True)]
        chance.shuffle(made)
        found = twin("".join(line % ", ".join(names) for line, names in made)).interlocks
        bare = [(one.id, one.elements, one.closed) for one in found]
        assert bare == (wanted or bare)
        wanted = bare


def test_the_schema_knows_them() -> None:
    judge = jsonschema.Draft202012Validator(schema())
    good = {"tierline": "1", "interlocks": {"k-<i>": {"among": ["a.q1", "b-<i*>.q1"], "closed": 1}}}
    assert not list(judge.iter_errors(good))
    inside = {"tierline": "1", "kinds": {"u": {"elements": {}, "interlocks": {"k": {"amongst": ["a"]}}}}}
    assert [one.message for one in judge.iter_errors(inside)]
    assert [one.message for one in judge.iter_errors({"tierline": "1", "interlocks": {"k": {"closed": 1}}})]


# what is refused


@pytest.mark.parametrize(
    ("interlocks", "key", "place"),
    [
        ("  z: {among: [uob-1.qx, ups]}\n", "interlock-what", "ups"),
        ("  z: {among: [uob-1.qx, gb]}\n", "interlock-what", "gb"),
        ("  z: {among: [uob-1.qx, gb.q77]}\n", "interlock-way", "gb.q77"),
        ("  z: {among: [uob-1.qx, gb.qa.w]}\n", "way-is-no-element", "gb.qa.w"),
        ("  z: {among: [uob-1.qx, uob-9.qx]}\n", "reference-unknown", "uob-9.qx"),
        ("  z: {among: [uob-1.qx, chw]}\n", "names-an-inside", "chw"),
        ("  z: {among: [chw.v1, chw.return.v2]}\n", "interlock-return", "chw.return.v2"),
        ("  z: {among: [uob-1.qx, tie, uob-1.qx]}\n", "interlock-twice", "uob-1.qx"),
        ("  z: {among: [tie]}\n", "interlock-few", "tie"),
        ("  z: {among: []}\n", "interlock-few", ""),
        ("  z: {among: tie}\n", "wrong-form", "tie"),
        ("  z: {closed: 1}\n", "field-missing", "{closed: 1"),
        ("  z: {among: [tie, uob-1.qx], closed: 2}\n", "interlock-idle", "2"),
        ("  z: {among: [tie, uob-1.qx], closed: 0}\n", "out-of-range", "0"),
        ("  z: {among: [tie, uob-1.qx], closed: one}\n", "not-whole", "one"),
        ("  z: {among: [tie, uob-1.qx], open: 1}\n", "field-unknown", "open: 1"),
        ("  z: {among: [tie, uob-<n>.qx]}\n", "blank-unbound", "uob-<n>.qx"),
        ("  z-<n>: {among: [tie, uob-<n>.qx]}\n", "axis-unknown", "z-<n>: {among: [tie"),
        ("  z: [tie, uob-1.qx]\n", "wrong-form", "tie"),
        ("  z-<n=1..400><m=1..400>: {among: [tie, uob-1.qx]}\n", "too-many", "z-<n=1..400><m=1..400>: {among: [tie"),
        ("  1z: {among: [tie, uob-1.qx]}\n", "not-an-id", "1z: {among: [tie"),
        ("  z: {among: [tie, uob-1.qx]}\n  Z: {among: [tie, uob-2.qx]}\n", "declared-twice", "Z: {among: [tie"),
        ("  z: {among: [tie, msb-a.q0, msb-b.q0]}\n", "interlock-normally", "z: {among: [tie"),
    ],
)
def test_each_mistake_is_told_once_at_its_place(interlocks: str, key: str, place: str) -> None:
    assert told(f"{SITE}interlocks:\n{interlocks}") == [(key, place)]


def test_every_refusal_of_its_own_helps() -> None:
    for wrong in ("[uob-1.qx, ups]", "[tie, gb.q77]", "[chw.v1, chw.return.v2]", "[tie, tie]", "[tie]"):
        (found,) = compile_text(f"{SITE}interlocks:\n  z: {{among: {wrong}}}\n", "f.yaml").diagnostics
        assert found.key.startswith("interlock-") and found.help
    (found,) = compile_text(f"{SITE}interlocks:\n  z: {{among: [msb-a.q0, msb-b.q0]}}\n", "f.yaml").diagnostics
    assert found.help and [text for _, text in found.related] == ["msb-a.q0 is closed", "msb-b.q0 is closed"]


@pytest.mark.parametrize(
    ("right", "wrong", "key"),
    [
        ("{normally: open}}}", "{normally: opne}}}", "word-unknown"),
        ("uob-<i>: {kind: b", "uob-<i>: {kind: k", "kind-unknown"),
    ],
)
def test_what_a_mistake_makes_unknown_is_not_told_again(right: str, wrong: str, key: str) -> None:
    text = SITE.replace(right, wrong) + "interlocks:\n  z: {among: [uob-<i*>.qx]}\n"
    assert [one for one, _ in told(text)] == [key]


# load cases

KEYS = "interlocks:\n  two-of-three: {among: [msb-a.q0, msb-b.q0, tie], closed: 2}\n  bypass: {among: [uob-<i*>.qx]}\n"


def cases(written: str) -> list[dict[str, tuple[int, tuple[str, ...]]]]:
    done = compile_text(f"{SITE}{KEYS}cases:\n{written}", "f.yaml")
    assert done.cases, [f"{one.at} {one.key}: {one.message}" for one in done.diagnostics]
    return [shown(one) for one in done.cases]


def test_what_is_absent_drops_out_and_what_forbids_nothing_any_more_is_gone() -> None:
    whole, two, one, side = cases(
        "  all: {}\n  two: {absent: [uob-3]}\n  one: {absent: [uob-2, uob-3]}\n  side: {absent: [msb-b, tie]}\n"
    )
    assert whole["two-of-three"] == (2, ("msb-a.q0", "msb-b.q0", "tie"))
    assert two["bypass"] == (1, ("uob-1.qx", "uob-2.qx")) and "two-of-three" in two
    assert one.keys() == {"two-of-three"}
    assert side.keys() == {"bypass"}


def test_an_amendment_of_a_case_may_not_break_an_interlock() -> None:
    good = f"{SITE}{KEYS}cases:\n  all: {{}}\n"
    assert told(good + "  tied: {amend: {tie: {normally: closed}}}\n") == [
        ("interlock-normally", "two-of-three: {among: [msb-a.q0")
    ]
    assert told(good + "  both: {amend: {uob-<i>.qx: {normally: closed}}}\n") == [
        ("interlock-normally", "bypass: {among: [uob-<i*>.qx")
    ]


def test_a_case_is_judged_without_what_is_absent() -> None:
    moved = "  half: {absent: [uob-3], amend: {tie: {normally: closed}, msb-b.q0: {normally: open}}}\n"
    assert [found.keys() for found in cases(moved)] == [{"bypass", "two-of-three"}]
    tied = "  one: {absent: [ups], amend: {uob-1.qx: {normally: closed}}}\n"
    assert [found["bypass"] for found in cases(tied)] == [(1, ("uob-1.qx", "uob-2.qx", "uob-3.qx"))]


# the kernel


def test_the_kernel_gets_every_interlock_in_both_readings() -> None:
    made = twin("  b: {among: [tie, uob-1.qx]}\n  a: {among: [uob-<i*>.qx], closed: 2}\n")
    lowered = lower(made)
    index = lowered.index
    wanted = (
        (frozenset(index[f"uob-{i}.qx"] for i in (1, 2, 3)), 2),
        (frozenset((index["tie"], index["uob-1.qx"])), 1),
    )
    assert lowered.low.interlocks == lowered.high.interlocks == wanted
    assert all(plant.interlocks == wanted for plant in (*lowered.unheated, *lowered.untripped, *lowered.thirsty))
