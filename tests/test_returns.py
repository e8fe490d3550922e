"""Mirrored returns: what is made, what is joined, and what is judged where supply and return differ."""

from __future__ import annotations

import pytest

from tierline.twin.compiler import Compiled, compile_text
from tierline.twin.model import Twin
from tierline.validators.answers import Answer
from tierline.validators.assess import assess
from tierline.validators.unknowns import Unknowns

LINE = """tierline: 1
settings: {unrated: unlimited}
rooms: {hall: {heat: 100 kW}}
elements:
  chw: {kind: line, carries: chilled-water, return: mirrored, parts: [s1, v12, s2]}
"""
PLANT = (
    LINE
    + """  ch-1: {kind: chiller, rating: 100 kW, to: chw.s1.q1}
  crah-1: {kind: crah, rating: 100 kW, from: {q0: chw.s2.q1}, serves: hall}
"""
)


def compiled(text: str) -> Compiled:
    return compile_text(text)


def twin(text: str) -> Twin:
    made = compiled(text)
    assert made.twin is not None, made.diagnostics
    return made.twin


def keys(text: str) -> list[str]:
    return [one.key for one in compiled(text).diagnostics]


def test_every_part_way_run_and_own_valve_has_a_counterpart() -> None:
    made = twin(PLANT)
    pairs = {e.returns: e.id for e in made.elements.values() if e.returns}
    names = ("s1", "v12", "s2", "s1.q1", "s1.q1.w", "s2.q1", "s2.q1.w")
    assert pairs == {f"chw.{name}": f"chw.return.{name}" for name in names} | {"crah-1.q0": "crah-1.return.q0"}
    returns = {(j.a, j.b, j.one_way) for j in made.joints if {j.a, j.b} & set(pairs.values())}
    assert returns == {
        ("ch-1", "chw.return.s1.q1.w", True),
        ("chw.return.s1.q1.w", "chw.return.s1.q1", True),
        ("chw.return.s1.q1", "chw.return.s1", True),
        ("chw.return.s1", "chw.return.v12", False),
        ("chw.return.v12", "chw.return.s2", False),
        ("chw.return.s2", "chw.return.s2.q1", True),
        ("chw.return.s2.q1", "chw.return.s2.q1.w", True),
        ("chw.return.s2.q1.w", "crah-1.return.q0", True),
        ("crah-1.return.q0", "crah-1", True),
    }


def test_what_is_said_of_the_supply_holds_for_the_return_unless_that_is_amended() -> None:
    made = twin(
        PLANT
        + """amend:
  chw.s1: {rating: 90 kW, each_way: {rating: 80 kW}}
  chw.s2: {rating: 70 kW}
  chw.return.s2: {rating: 60 kW}
  chw.s2.q1: {rating: 50 kW}
  chw.return.s2.q1: {isolates: false}
"""
    )
    ratings = {e.id: str(e.fields["rating"].of) for e in made.elements.values() if "rating" in e.fields}
    for name in ("s1", "s1.q1", "s1.q1.w", "s2.q1", "s2.q1.w"):
        assert ratings[f"chw.return.{name}"] == ratings[f"chw.{name}"]
    assert (ratings["chw.s2"], ratings["chw.return.s2"]) == ("70 kW", "60 kW")
    assert made.elements["chw.return.s2.q1"].value("isolates") is False
    assert made.elements["chw.s2.q1"].value("isolates") is None


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ("  ch-1: {kind: chiller, to: chw.return.s1.q1}\n", "return-named"),
        ("  ch-1: {kind: chiller}\n  v: {kind: valve, between: [ch-1, chw.s1.q1]}\n", "mirrored-device"),
        (
            "  h: {kind: header, carries: chilled-water}\namend:\n  chw.s1: {to: h.q1}\n",
            "mirrored-meets",
        ),
        ("amend:\n  chw.return.v13: {isolates: false}\n", "amend-misses"),
        ("amend:\n  chw.return.v12: {kind: section}\n", "amend-kind"),
    ],
)
def test_returns_written_wrongly(more: str, key: str) -> None:
    assert keys(LINE + more) == [key]


def test_a_line_may_be_joined_to_a_loop_and_both_have_returns() -> None:
    text = PLANT.replace("from: {q0: chw.s2.q1}", "from: b.s1.q1") + (
        "  b: {kind: line, carries: chilled-water, return: mirrored, parts: [v0, s1]}\namend: {chw.s2: {to: b.v0}}\n"
    )
    made = twin(text)
    assert {(j.a, j.b) for j in made.joints} >= {("chw.s2", "b.v0"), ("chw.return.s2", "b.return.v0")}
    assert assess(made).base.answer is Answer.AUTOMATIC


def test_a_pump_before_its_way_carries_both() -> None:
    made = twin(PLANT.replace("to: chw.s1.q1", "to: p") + "  p: {kind: pump, rating: 100 kW, to: chw.s1.q1}\n")
    found = assess(made)
    assert found.base.answer is Answer.AUTOMATIC
    assert set(found.removals["p"].zone) >= {"p", "chw.s1.q1.w", "chw.return.s1.q1.w"}


def test_an_air_handler_without_its_return_is_down() -> None:
    text = PLANT + "  crah-2: {kind: crah, rating: 100 kW, from: chw.s2.q2, serves: hall}\n"
    found = assess(twin(text))
    gone = found.removals["chw.return.s2.q1"]
    assert gone.answer is Answer.FAIL
    assert gone.down == ("crah-1", "crah-2")
    assert found.removals["chw.return.s2.q2.w"].answer is Answer.AUTOMATIC
    assert found.removals["crah-2"].opened == ("chw.return.s2.q2", "chw.s2.q2")


def test_a_shut_return_valve_is_shut() -> None:
    closed = PLANT + "amend: {chw.return.v12: {normally: closed}}\n"
    found = assess(twin(closed))
    assert found.base.answer is Answer.RE_SWITCHED
    assert found.base.closed == ("chw.return.v12",)


def test_a_small_return_is_too_small_for_what_the_supply_carries() -> None:
    found = assess(twin(PLANT + "amend: {chw.return.s2: {rating: 60 kW}}\n"))
    assert found.base.answer is Answer.FAIL
    assert [short.cut for short in found.base.shorts if short.have == 60_000] == [("chw.return.s2",)]


def test_supply_and_return_that_need_different_ways_are_unknown() -> None:
    ring = """tierline: 1
settings: {unrated: unlimited}
rooms: {hall: {heat: 400 kW}}
elements:
  chw: {kind: loop, carries: chilled-water, return: mirrored, parts: [s1, {control-valve: a}, s2, {control-valve: b}]}
  ch: {kind: chiller, rating: 400 kW, to: chw.s1.q1}
  crah: {kind: crah, rating: 400 kW, from: chw.s2.q1, serves: hall}
amend:
  chw.a: {rating: 100 kW}
  chw.b: {rating: 300 kW}
  chw.return.a: {rating: 300 kW}
  chw.return.b: {rating: 100 kW}
"""
    found = assess(twin(ring))
    assert found.base.answer is Answer.UNKNOWN
    (missing,) = Unknowns(found).of(found.base)
    assert missing.text == "it holds only if supply and return flow different ways"
    same = ring.replace("chw.return.a: {rating: 300 kW}", "").replace("chw.return.b: {rating: 100 kW}", "")
    assert assess(twin(same)).base.answer is Answer.AUTOMATIC


def test_a_case_without_a_machine_is_without_its_return() -> None:
    text = PLANT.replace("tierline: 1\n", "tierline: 1\ncases:\n  day-1: {absent: [crah-2]}\n") + (
        "  crah-2: {kind: crah, rating: 100 kW, from: {q0: chw.s2.q2}, serves: hall}\n"
    )
    made = twin(text)
    assert "chw.return.s2.q2" in made.elements
    assert not {"crah-2.return.q0", "chw.return.s2.q2.w"} & made.elements.keys()
