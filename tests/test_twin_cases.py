"""Load cases: what is absent, what goes with it, and that nothing becomes free of a need because it is absent."""

from __future__ import annotations

import pytest

from tierline.twin.compiler import compile_text
from tierline.twin.model import Need, Twin
from tierline.validators.assess import Answer
from tierline.validators.run import Report, check

SITE = """\
tierline: 1
claims: {tier: III}
settings: {unrated: unlimited}
not_applicable: {controls: none here, water: nothing evaporates}
axes: {x: [a, b], n: 1..2}
kinds:
  hall:
    params:
      uob: {type: ref, per: x}
      msb: {type: ref, per: x}
      load: {type: power, default: 90 kW}
    axes: {x: [a, b]}
    rooms: {room: {kind: computer-room, heat: 100 kW}}
    elements:
      pdu-<x>: {kind: board, from: {q0: <uob>.way}}
      r: {kind: racks, room: room, load: <load>, cords: [pdu-<x*>.q1]}
      unit-<x>: {kind: cooling-unit, rating: 120 kW, draw: 40 kW, serves: room, needs: {power: <msb>.way}}
elements:
  tank-<x>: {kind: tank, usable: 5000 L}
  gen-<x><n>:
    kind: genset
    rating: 150 kW
    class: COP
    rating_at: site
    burn: 0.25 L/kWh
    to: msb-<x>.qg<n>
    needs: {fuel: tank-<x>.g<n>}
  msb-<x>: {kind: board}
  ups-<x>: {kind: ups, rating: 200 kW, efficiency: 95 %, from: msb-<x>.qu, to: uob-<x>.q0}
  uob-<x>: {kind: board, from: [spare-<x>.q1]}
  spare-<x>: {kind: board}
  hall-<n>: {kind: hall, uob: uob-<x*>, msb: msb-<x*>}
"""


def twins(cases: str, site: str = SITE) -> dict[str, Twin]:
    done = compile_text(site + "cases:\n" + cases, "f.yaml")
    assert done.cases, [f"{one.at} {one.key}: {one.message}" for one in done.diagnostics]
    assert done.twin is done.cases[0]
    return {twin.case: twin for twin in done.cases}


def one(case: str, site: str = SITE) -> Twin:
    return twins(f"  it: {case}\n", site)["it"]


def told(cases: str, site: str = SITE) -> list[tuple[str, str]]:
    """Key and the text at the place of every complaint."""
    text = site + "cases:\n" + cases
    done = compile_text(text, "f.yaml")
    assert not done.cases and done.twin is None
    lines = text.splitlines()
    return [(d.key, lines[d.at.line - 1][d.at.column - 1 :].split(",")[0].strip("]} ")) for d in done.diagnostics]


def judged(twin: Twin) -> Report:
    return check(twin)


def lost(twin: Twin) -> set[tuple[str, str]]:
    return {(need.element, need.name) for need in twin.absent.lost}


# what a case is


def test_without_cases_there_is_one_without_a_name() -> None:
    done = compile_text(SITE, "f.yaml")
    (twin,) = done.cases
    assert (twin.case, twin.case_note, dict(twin.absent.elements), twin.absent.lost) == ("", "", {}, ())


def test_cases_keep_their_order_and_their_notes() -> None:
    found = twins("  z: {note: first}\n  a: {absent: hall-2}\n")
    assert list(found) == ["z", "a"] and found["z"].case_note == "first"
    assert "hall-2.r" in found["z"].elements and "hall-2.r" not in found["a"].elements
    assert found["z"].spec_hash == found["a"].spec_hash


def test_a_case_without_words_is_the_facility() -> None:
    whole, plain = one("{note: all}"), compile_text(SITE, "f.yaml").twin
    assert plain is not None
    for field in ("elements", "joints", "feeds", "needs", "serves", "given", "rooms"):
        kept, bare = getattr(whole, field), getattr(plain, field)
        assert list(kept) == list(bare) if isinstance(kept, dict) else len(kept) == len(bare), field


def test_a_composite_takes_everything_inside_it() -> None:
    twin = one("{absent: [hall-2]}")
    assert not [name for name in (*twin.elements, *twin.rooms) if name.startswith("hall-2")]
    assert {"hall-2.r.a", "hall-2.pdu-a.q0", "uob-a.hall-2-pdu-a.w"} <= set(twin.absent.elements)
    assert "uob-a.hall-2-pdu-a" in twin.elements, "the device of the way stays, a spare way"
    assert not lost(twin)
    assert {room for _, room in twin.serves} == {"hall-1.room"}


def test_a_machine_takes_its_runs_and_leaves_its_ways() -> None:
    twin = one("{absent: [gen-<x>2]}")
    assert {"msb-a.qg2.w", "tank-a.g2.w"} <= set(twin.absent.elements)
    assert {"msb-a.qg2", "tank-a.g2"} <= set(twin.elements)
    assert not lost(twin) and judged(twin).verdict.met is False, "one set of 150 kW per side"


def test_a_board_takes_its_ways_and_leaves_the_other_end() -> None:
    twin = one("{absent: [hall-1.pdu-b]}")
    assert {"hall-1.pdu-b.q0", "hall-1.pdu-b.q1", "hall-1.pdu-b.q1.w", "hall-1.r.b", "uob-b.hall-1-pdu-b.w"} == set(
        twin.absent.elements
    ) - {"hall-1.pdu-b"}
    (feed,) = [feed for feed in twin.feeds if feed.element == "hall-1.r"]
    assert [twin.joints[index].a for index in feed.joints] == ["hall-1.r.a"]
    assert "IT-01" in {rule.ref for rule in judged(twin).rules if rule.findings}


def test_amendments_of_a_case_come_last_and_count_for_it_alone() -> None:
    site = SITE + "amend:\n  gen-<x>1: {rating: 160 kW}\n"
    found = twins("  whole: {}\n  low: {amend: {gen-a1: {rating: 150 kW}, hall-1: {load: 5 kW}}}\n", site)
    ratings = {case: str(twin.elements["gen-a1"].quantity("rating")) for case, twin in found.items()}
    assert ratings == {"whole": "160 kW", "low": "150 kW"}
    assert str(found["low"].elements["hall-1.r"].quantity("load")) == "5 kW"
    assert str(found["whole"].elements["hall-1.r"].quantity("load")) == "90 kW"


def test_assumptions_count_what_is_there() -> None:
    site = SITE.replace("rating: 150 kW", "rating: {value: 150 kW, assumed: guess}")
    found = twins("  whole: {}\n  few: {absent: [gen-<x>2]}\n  none: {absent: [gen-<x><n>, tank-<x>]}\n", site)
    counted = {case: [a.applies_to for a in twin.assumptions] for case, twin in found.items()}
    assert counted == {"whole": [4], "few": [2], "none": []}


def test_a_case_is_judged_as_the_facility_written_without_what_is_absent() -> None:
    """The same verdict as a hand-written facility that has one hall and one set less per side."""
    bare = SITE.replace("  hall-<n>:", "  hall-<n=1>:").replace("gen-<x><n>:", "gen-<x><n=1>:")
    bare = bare.replace("axes: {x: [a, b], n: 1..2}", "axes: {x: [a, b]}")
    done = compile_text(bare + "amend: {gen-<x>1: {rating: 400 kW}}\n", "f.yaml")
    assert done.twin is not None, done.diagnostics
    twin = one("{absent: [hall-2, gen-<x>2], amend: {gen-<x>1: {rating: 400 kW}}}")
    written, case = judged(done.twin), judged(twin)
    assert case.verdict.achieved == written.verdict.achieved == "III"
    spare = set(twin.elements) - set(done.twin.elements)
    assert spare == {
        *(f"msb-{x}.qg2" for x in "ab"), *(f"tank-{x}.g2" for x in "ab"),
        *(f"uob-{x}.hall-2-pdu-{x}" for x in "ab"), *(f"msb-{x}.hall-2-unit-{x}" for x in "ab"),
    }  # fmt: skip
    answers = {name: removal.answer for name, removal in case.assessment.removals.items() if name not in spare}
    assert answers == {name: removal.answer for name, removal in written.assessment.removals.items()}


# absence frees nothing of what it needs


@pytest.mark.parametrize(
    ("absent", "missed"),
    [
        ("[hall-1.pdu-<x>]", {("hall-1.r", "cords")}),
        ("[uob-<x>]", set()),
        ("[tank-a]", {("gen-a1", "fuel"), ("gen-a2", "fuel")}),
        ("[msb-a]", {("ups-a", "power"), ("hall-1.unit-a", "power"), ("hall-2.unit-a", "power")}),
        ("[hall-1.unit-<x>]", set()),
        ("[ups-<x>]", set()),
        ("[gen-<x><n>]", set()),
        ("[gen-<x><n>, tank-<x>]", set()),
    ],
)
def test_what_lost_its_last_supply_is_out_of_service(absent: str, missed: set[tuple[str, str]]) -> None:
    twin = one(f"{{absent: {absent}}}")
    assert lost(twin) == missed
    report = judged(twin)
    assert report.verdict.met is False and not report.gate_holds
    dark = set(report.assessment.lowered.dark)
    assert {element for element, _ in missed} <= dark
    sanity = next(rule for rule in report.rules if rule.ref == "SAN-01")
    told_of = {name for finding in sanity.findings for name in (finding.element, *finding.alike)}
    assert told_of >= {element for element, _ in missed}


def test_a_need_that_lost_its_last_member_is_told_where_it_is_written() -> None:
    site = SITE.replace("needs: {fuel: tank-<x>.g<n>}", "needs: {fuel: tank-<x>.g<n>, control: [c-a, c-b]}")
    site += "  c-<x>: {kind: controller, given: [power], local_manual: true}\n"
    partly = one("{absent: [c-a]}", site)
    assert not lost(partly) and {need.members for need in partly.needs} == {("c-b",)}
    twin = one("{absent: [c-<x>]}", site)
    assert lost(twin) == {(f"gen-{x}{n}", "control") for x in "ab" for n in "12"}
    assert all(isinstance(need, Need) and need.members == ("c-a", "c-b") for need in twin.absent.lost)
    report = judged(twin)
    assert report.verdict.achieved == "none", "no hand replaces a controller that was never installed"
    (words,) = {f.message for f in next(r for r in report.rules if r.ref == "SAN-01").findings if f.element == "gen-a1"}
    assert "control" in words and "c-a, c-b" in words and "case it" in words


def test_a_need_goes_with_its_element() -> None:
    assert not lost(one("{absent: [tank-a, gen-a<n>]}"))


def test_a_selector_with_one_input_left_passes_it_on() -> None:
    site = SITE + "  ats: {kind: ats, inputs: [msb-<x*>.qs]}\n  lump: {kind: load, load: 1 kW, from: ats.q1}\n"
    twin = one("{absent: [msb-b, ups-b, gen-b<n>, tank-b, hall-<n>.unit-b]}", site)
    (feed,) = [feed for feed in twin.feeds if feed.element == "ats"]
    assert len(feed.joints) == 1
    base = judged(twin).assessment.base
    assert base.answer is not Answer.UNKNOWN and "lump" not in base.lost
    without = one("{absent: [msb-<x>, ups-<x>, gen-<x><n>, tank-<x>, hall-<n>.unit-<x>]}", site)
    assert "lump" in judged(without).assessment.base.lost


def test_given_power_is_not_perfect_because_the_sets_are_absent() -> None:
    site = SITE.replace("  msb-<x>: {kind: board}", "  msb-<x>: {kind: board, given: [power]}")
    assert judged(one("{absent: [gen-<x><n>, tank-<x>]}", site)).assessment.base.answer is Answer.FAIL


def test_a_medium_stays_modelled_where_all_of_it_is_absent() -> None:
    """A pump nobody feeds lacks power, also in the case in which the boards are not there."""
    site = SITE + "  pump: {kind: pump, carries: fuel, from: tank-a.p}\n"
    everything = "msb-<x>, uob-<x>, spare-<x>, ups-<x>, gen-<x><n>, hall-<n>"
    assert "power" in judged(one(f"{{absent: [{everything}]}}", site)).assessment.lowered.dark["pump"]


def test_raw_power_serves_no_rack_because_the_ups_are_absent() -> None:
    site = SITE.replace("uob-<x>: {kind: board, from: [spare-<x>.q1]}", "uob-<x>: {kind: board, from: [msb-<x>.qb]}")
    assert judged(one("{absent: [ups-<x>]}", site)).assessment.base.answer is Answer.FAIL


def test_no_tank_at_all_is_no_fuel_at_all() -> None:
    site = SITE.replace("tank-<x>.g<n>}", "day-<x><n>}").replace(
        "  msb-<x>: {kind: board}",
        "  msb-<x>: {kind: board}\n"
        "  pump-<x>: {kind: pump, draw: 1 kW, from: tank-<x>, to: fh-<x>.q0, needs: {power: msb-<x>.qp}}\n"
        "  fh-<x>: {kind: header, carries: fuel}\n"
        "  day-<x><n>: {kind: day-tank, usable: 50 L, from: fh-<x>.q<n>}",
    )
    stores = "tank-<x>, day-<x><n>"
    swapped = "amend: {gen-<x><n>: {needs: {fuel: fh-<x>.g<n>}}}"
    report = judged(one(f"{{absent: [{stores}], {swapped}}}", site))
    assert report.verdict.achieved == "none"
    assert "FU-01" in {rule.ref for rule in report.rules if rule.findings} or report.assessment.base.lost


def test_a_case_without_loads_is_not_met() -> None:
    assert judged(one("{absent: [hall-<n>]}")).verdict.achieved is None


def test_a_case_in_which_nothing_stands_has_a_report() -> None:
    site = SITE.replace("claims: {tier: III}\n", "") + "rooms: {bare: {heat: 5 kW}}\n"
    twin = one("{absent: [tank-<x>, gen-<x><n>, msb-<x>, ups-<x>, uob-<x>, spare-<x>, hall-<n>]}", site)
    assert not twin.elements and judged(twin).verdict.achieved is None


# mistakes


@pytest.mark.parametrize(
    ("case", "wanted"),
    [
        ("{absent: [gen-c1]}", [("absent-misses", "gen-c1")]),
        ("{absent: [gen-<x><n=2..3>]}", [("set-shadows", "gen-<x><n=2..3>")]),
        ("{absent: [gen-<x><k=2..3>]}", [("absent-misses", "gen-<x><k=2..3>")]),
        ("{absent: [gen-<y>]}", [("axis-unknown", "gen-<y>")]),
        ("{absent: [gen-<x*>]}", [("spread-in-key", "gen-<x*>")]),
        ("{absent: [hall-2, hall-2]}", [("absent-twice", "hall-2")]),
        ("{absent: [msb-a.qg1]}", [("absent-implied", "msb-a.qg1")]),
        ("{absent: [hall-1.r.a]}", [("absent-implied", "hall-1.r.a")]),
        ("{absent: [hall-1.room]}", [("absent-room-in-use", "hall-1.room")]),
        ("{absent: [a b]}", [("not-a-reference", "a b")]),
        ("{absent: {gen-a1: x}}", [("wrong-form", "{gen-a1: x")]),
        ("{absent: [gen-a1], amend: {gen-a1: {rating: 9 kW}}}", [("amend-absent", "gen-a1: {rating: 9 kW")]),
        ("{absent: [hall-2], amend: {hall-2: {load: 9 kW}}}", [("amend-absent", "hall-2: {load: 9 kW")]),
        ("{absent: [hall-2], amend: {hall-2.r: {load: 9 kW}}}", [("amend-absent", "hall-2.r: {load: 9 kW")]),
        ("{absent: [hall-2], amend: {hall-2.room: {heat: 9 kW}}}", [("amend-absent", "hall-2.room: {heat: 9 kW")]),
        ("{absent: [gen-a1], amend: {msb-a.qg1.w: {rating: 9 kW}}}", [("amend-absent", "msb-a.qg1.w: {rating: 9 kW")]),
        ("{amend: {gen-c1: {rating: 9 kW}}}", [("amend-misses", "gen-c1: {rating: 9 kW")]),
        ("{amend: {gen-a1: {rating: 150 kW}}}", [("amend-changes-nothing", "rating: 150 kW")]),
        ("{amend: {gen-a1: {rating: 9 kV}}}", [("unit-wrong", "9 kV")]),
        ("{abs: [gen-a1]}", [("field-unknown", "abs: [gen-a1")]),
        ("nothing", [("wrong-form", "nothing")]),
    ],
)
def test_mistakes_have_a_place(case: str, wanted: list[tuple[str, str]]) -> None:
    assert told(f"  it: {case}\n") == wanted


def test_a_part_of_a_chain_cannot_be_absent_and_a_chain_can() -> None:
    site = SITE + "  fl: {kind: line, carries: fuel, parts: [s1, v1, s2], }\n"
    assert told("  it: {absent: [fl.v1]}\n", site) == [("absent-part", "fl.v1")]
    assert not [name for name in one("{absent: [fl]}", site).elements if name.startswith("fl")]


def test_names_of_cases() -> None:
    assert told("  day one: {}\n") == [("not-an-id", "day one: {")]
    assert told("  one: {}\n  One: {}\n") == [("declared-twice", "One: {")]


def test_a_mistake_of_the_facility_is_told_once_whatever_the_cases() -> None:
    site = SITE.replace("kind: ups,", "kind: upss,")
    assert told("  one: {}\n  two: {}\n  three: {absent: [hall-2]}\n", site) == [("kind-unknown", "upss")]


def test_each_case_tells_its_own_mistakes() -> None:
    found = told("  one: {absent: [gen-c1]}\n  two: {}\n  three: {amend: {gen-c1: {rating: 9 kW}}}\n")
    assert found == [("absent-misses", "gen-c1"), ("amend-misses", "gen-c1: {rating: 9 kW")]


def test_a_repeated_amendment_within_a_case_is_a_mistake() -> None:
    found = told("  it: {amend: {gen-a1: {rating: 9 kW}, gen-a<n>: {rating: 9 kW}}}\n")
    assert "amended-twice" in {key for key, _ in found}
