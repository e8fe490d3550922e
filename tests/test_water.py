"""Heat rejection and make-up water: what the words make of a twin, and what they cost in water and heat."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tierline.twin.compiler import compile_text
from tierline.twin.lower import lower
from tierline.twin.make_up import consumers_of_water, make_up
from tierline.twin.model import Medium, Mode, Twin
from tierline.validators.assess import Answer
from tierline.validators.rules import Outcome
from tierline.validators.run import Report, check
from tierline.validators.subsystems import Subsystem
from tierline.validators.verdict import State

HEAD = "tierline: 1\nsettings: {unrated: unlimited}\nrooms: {hall: {heat: 400 kW}}\n"
WET = "evaporation: 1.5 L/kWh, cycles: 4"
COOLED = """elements:
  crah: {kind: crah, rating: 400 kW, from: ch.v, serves: hall}
  ch: {kind: chiller, rating: 400 kW, from: cw.c, COP}
  cw: {kind: header, carries: condenser-water}
  ct: {kind: tower, RATED, to: cw.t, given: [water]}
"""


def twin(text: str, head: str = HEAD) -> Twin:
    done = compile_text(head + text, "f.yaml")
    assert done.twin is not None, [f"{one.at} {one.key}: {one.message}" for one in done.diagnostics]
    return done.twin


def judged(text: str, head: str = HEAD) -> Report:
    return check(twin(text, head))


def told(report: Report, ref: str) -> list[str]:
    return [f.message for r in report.rules if r.ref == ref for f in r.findings]


def outcome(report: Report, ref: str) -> Outcome:
    return next(r.outcome for r in report.rules if r.ref == ref)


def refused(text: str) -> list[str]:
    done = compile_text(HEAD + text, "f.yaml")
    assert done.twin is None
    return [one.key for one in done.diagnostics]


# words


def test_inlets_of_water_are_all_open_and_any_one_keeps_it_alive() -> None:
    made = twin(
        "elements:\n  l-<n=1..2>: {kind: header, carries: water}\n"
        f"  ct: {{kind: tower, serves: hall, {WET}, needs: {{water: [l-1.q, l-2.q]}}}}\n"
    )
    (feed,) = (feed for feed in made.feeds if feed.element == "ct")
    assert (feed.name, feed.mode, feed.needed, len(feed.joints)) == ("water", Mode.JOINED, True, 2)
    assert {joint.medium for joint in made.joints} == {Medium.WATER}


def test_a_tower_gives_to_one_place_only() -> None:
    both = "elements:\n  cw: {kind: header, carries: condenser-water}\n  ct: {kind: tower, serves: hall, to: cw.t}\n"
    assert refused(both) == ["two-outputs"]


@pytest.mark.parametrize(
    ("cycles", "keys"), [("1", ["cycles-too-few"]), ("0.5", ["cycles-too-few"]), ("1 L", ["unit-wrong"])]
)
def test_cycles_are_above_one(cycles: str, keys: list[str]) -> None:
    assert refused(f"elements: {{ct: {{kind: tower, serves: hall, cycles: {cycles}}}}}\n") == keys


def test_chilled_water_and_make_up_water_are_no_condenser_circuit() -> None:
    lines = "elements:\n  h: {kind: header, carries: water}\n  ch: {kind: chiller, from: h.q}\n"
    assert refused(lines) == ["wrong-medium"]


def test_a_loop_of_condenser_water_says_how_it_returns() -> None:
    assert refused("elements: {cw: {kind: loop, carries: condenser-water, parts: [s1, v1, s2, v2]}}\n") == [
        "loop-return"
    ]


# how much


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("evaporation: 1.5 L/kWh, cycles: 4", Fraction(2)),
        ("evaporation: 1.5 L/kWh, cycles: 4, drift: 0.01 L/kWh", Fraction("2.01")),
        ("evaporation: 1.5 L/kWh, cycles: unlimited", Fraction("1.5")),
        ("evaporation: 0 L/kWh", Fraction(0)),
        ("evaporation: 1.5 L/kWh", None),
        ("cycles: 4", None),
    ],
)
def test_make_up_is_what_evaporates_is_blown_down_and_drifts(words: str, expected: Fraction | None) -> None:
    made = twin(f"elements: {{ct: {{kind: tower, serves: hall, {words}}}}}\n")
    assert make_up(made.elements["ct"]) == expected
    assert consumers_of_water(made) == (("ct",) if expected != 0 else ())


@pytest.mark.parametrize(
    ("tower", "cop", "answer"),
    [
        ("rating: 500 kW, rating_at: site", "cop: 4", Answer.AUTOMATIC),
        ("rating: 499.999 kW, rating_at: site", "cop: 4", Answer.FAIL),
        ("rating: 500 kW, rating_at: site", "draw: 100 kW", Answer.AUTOMATIC),
        ("rating: 499.999 kW, rating_at: site", "draw: 100 kW", Answer.FAIL),
        ("rating: 500 kW, rating_at: site", "restart: 3 min", Answer.UNKNOWN),
        ("rating: unlimited", "restart: 3 min", Answer.AUTOMATIC),
        ("rating: 500 kW", "cop: 4", Answer.UNKNOWN),
        ("rating: 500 kW, derate: {26 °C: 1}", "cop: 4", Answer.UNKNOWN),
    ],
)
def test_a_water_cooled_chiller_rejects_what_drives_it_too(tower: str, cop: str, answer: Answer) -> None:
    report = judged(COOLED.replace("RATED", tower).replace("COP", cop))
    assert report.assessment.base.answer is answer


def test_what_would_settle_the_heat_is_named() -> None:
    lowered = lower(twin(COOLED.replace("RATED", "rating: 500 kW").replace("COP", "restart: 3 min")))
    assert lowered.missing == {"ct": "rating_at", "ch": "cop"}


def test_a_tower_is_read_at_wet_bulb_and_a_dry_cooler_at_dry_bulb() -> None:
    head = HEAD.replace("rooms:", "site: {dry_bulb: 46 °C, wet_bulb: 28 °C}\nrooms:")
    table = "rating: 400 kW, derate: {28 °C: 1, 46 °C: 0.9}"
    tower = judged(f"elements: {{ct: {{kind: tower, serves: hall, {table}, given: [water]}}}}\n", head)
    cooler = judged(f"elements: {{dc: {{kind: dry-cooler, serves: hall, {table}}}}}\n", head)
    assert (tower.assessment.base.answer, cooler.assessment.base.answer) == (Answer.AUTOMATIC, Answer.FAIL)


def test_a_dry_cooler_may_give_chilled_water_to_distribution_units() -> None:
    lines = (
        "elements:\n  dc: {kind: dry-cooler, carries: chilled-water, rating: RATED, rating_at: site, to: h.q1}\n"
        "  h: {kind: header, carries: chilled-water}\n  cdu: {kind: cdu, rating: 400 kW, from: h.q2, serves: hall}\n"
    )
    answers = [judged(lines.replace("RATED", rating)).assessment.base.answer for rating in ("400 kW", "399 kW")]
    assert answers == [Answer.AUTOMATIC, Answer.FAIL]


# supply


TOWER = "  ct: {kind: tower, rating: 400 kW, rating_at: site, serves: hall, EVAPORATION}\n"


@pytest.mark.parametrize("kind", ["tower", "dry-cooler", "cooling-unit"])
def test_what_evaporates_without_water_is_out_of_service_also_where_no_water_is_modelled(kind: str) -> None:
    stated = "" if kind == "cooling-unit" else "rating_at: site, "
    report = judged(f"elements: {{u: {{kind: {kind}, rating: 400 kW, {stated}serves: hall, {WET}}}}}\n")
    assert report.assessment.lowered.dark == {"u": ("water",)}
    water = report.subsystems[Subsystem.WATER]
    assert (water.state, water.tier) == (State.ASSESSED, "none")
    assert outcome(report, "WA-01") is Outcome.FAIL and outcome(report, "SAN-01") is Outcome.FAIL
    assert told(report, "WA-01")[0].startswith(
        "with everything in service and the public supply off: make-up water 0 of"
    )


def test_water_given_to_what_consumes_it_is_taken_as_perfect_and_its_hours_are_not_known() -> None:
    report = judged("elements:\n" + TOWER.replace("EVAPORATION", f"{WET}, given: [water]"))
    assert report.assessment.base.answer is Answer.AUTOMATIC
    assert report.subsystems[Subsystem.WATER].state is State.NOT_ASSESSED
    assert outcome(report, "WA-02") is Outcome.UNKNOWN
    assert told(report, "WA-02") == ["ct: given water from outside, so its hours are not known"]


def test_water_given_to_a_line_does_not_count_beside_tanks_of_ones_own() -> None:
    report = judged(
        "elements:\n"
        + TOWER.replace("EVAPORATION", f"{WET}, needs: {{water: l.q1}}")
        + "  l: {kind: header, carries: water, "
        "given: [water]}\n  wt: {kind: tank, carries: water, usable: 1 L}\n"
        "  wp: {kind: pump, carries: water, from: wt.q1, to: l.q0}\n"
    )
    assert report.subsystems[Subsystem.WATER].tier == "none"
    assert "l: given water although the model has tanks, so it is not counted" in told(report, "WA-01")


@pytest.mark.parametrize("words", ["cycles: 4", "evaporation: 1.5 L/kWh", "drift: 0.01 L/kWh"])
def test_how_much_is_consumed_must_be_known(words: str) -> None:
    report = judged(
        "elements:\n" + TOWER.replace("EVAPORATION", f"{words}, needs: {{water: wt.q1}}")
        + "  wt: {kind: tank, carries: water, usable: 100 m3}\n"
    )  # fmt: skip
    assert report.assessment.base.answer is Answer.UNKNOWN
    assert outcome(report, "WA-04") is Outcome.UNKNOWN
    assert report.assessment.lowered.missing["ct"] == ("cycles" if words.startswith("evap") else "evaporation")


def test_what_needs_water_for_another_thing_needs_an_unknown_amount() -> None:
    report = judged(
        "elements:\n  cu: {kind: cooling-unit, rating: 400 kW, serves: hall, needs: {water: wt.q1}}\n"
        "  wt: {kind: tank, carries: water, usable: 100 m3}\n"
    )
    assert report.assessment.base.answer is Answer.UNKNOWN and outcome(report, "WA-04") is Outcome.UNKNOWN


def test_water_cannot_be_declared_away_while_it_is_consumed() -> None:
    head = HEAD + "not_applicable: {water: closed loops}\n"
    lines = "elements:\n" + TOWER.replace("EVAPORATION", f"{WET}, given: [water]")
    given = judged(lines, head)
    assert given.subsystems[Subsystem.WATER].state is State.NOT_ASSESSED
    assert "cannot be declared away" in given.subsystems[Subsystem.WATER].reason
    assert told(given, "WA-04") == ["water is declared not applicable (closed loops), and it is consumed by ct"]
    dry = judged("elements: {dc: {kind: dry-cooler, rating: 400 kW, rating_at: site, serves: hall}}\n", head)
    assert dry.subsystems[Subsystem.WATER].state is State.NOT_APPLICABLE
    assert outcome(dry, "WA-04") is Outcome.NOT_APPLICABLE


def test_a_tank_of_anything_but_fuel_and_water_makes_nothing() -> None:
    report = judged(
        "elements:\n  crah: {kind: crah, rating: 400 kW, from: ct.q, serves: hall}\n"
        "  ct: {kind: tank, carries: chilled-water, usable: 100 m3}\n"
    )
    assert report.assessment.base.answer is Answer.FAIL


def test_hours_that_do_not_suffice_never_read_as_enough() -> None:
    """400 kW take 800 L/h: 9 599 L are 11.998 h."""
    report = judged(
        "elements:\n" + TOWER.replace("EVAPORATION", f"{WET}, needs: {{water: wt.q1}}")
        + "  wt: {kind: tank, carries: water, usable: 9599 L}\n"
    )  # fmt: skip
    (words,) = told(report, "WA-01")
    assert words.endswith("make-up water on site lasts 11.9 of 12 h at N")


# fuel of the same kind


@pytest.mark.parametrize(("pump", "answer"), [("188 L/h", Answer.AUTOMATIC), ("187.9 L/h", Answer.FAIL)])
def test_fuel_that_flows_back_counts_for_the_rate(pump: str, answer: Answer) -> None:
    """400 kW burn 108 L/h; with 80 L/h sent back the pump must move 188 L/h. 12 h take 1 296 L, whatever flows back."""
    report = judged(
        "elements:\n  g: {kind: genset, rating: 400 kW, class: COP, rating_at: site, burn: 0.27 L/kWh,"
        " fuel_return: 80 L/h,"
        " to: b.q1, needs: {fuel: dt.q1}}\n  b: {kind: board}\n  n: {kind: load, load: 400 kW, inputs: [b.q2]}\n"
        "  bt: {kind: tank, usable: 1296 L}\n  dt: {kind: day-tank, usable: 0.1 L, from: fp}\n"
        f"  fp: {{kind: pump, carries: fuel, rating: {pump}, from: bt.q1, given: [power]}}\n",
    )  # fmt: skip
    assert report.assessment.base.answer is answer


# weather


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("{kind: cooling-unit, rating: 400 kW, serves: hall}", Outcome.UNKNOWN),
        ("{kind: cooling-unit, rating: 400 kW, rating_at: nameplate, serves: hall}", Outcome.UNKNOWN),
        ("{kind: cooling-unit, rating: 400 kW, rating_at: site, serves: hall}", Outcome.PASS),
        ("{kind: cooling-unit, rating: 400 kW, derate: {40 °C: 1, 50 °C: 0.9}, serves: hall}", Outcome.PASS),
        ("{kind: cooling-unit, rating: 400 kW, derate: {40 °C: 1}, serves: hall}", Outcome.UNKNOWN),
        ("{kind: cooling-unit, rating: unlimited, serves: hall}", Outcome.PASS),
        ("{kind: tower, rating: 400 kW, derate: {28 °C: 1}, serves: hall, given: [water]}", Outcome.UNKNOWN),
        ("{kind: chiller, rating: 400 kW}", Outcome.UNKNOWN),
    ],
)
def test_what_sheds_heat_outdoors_is_rated_at_the_worst_day(unit: str, expected: Outcome) -> None:
    head = "tierline: 1\nsite: {dry_bulb: 46 °C}\nrooms: {hall: {heat: 400 kW}}\n"
    assert outcome(judged(f"elements: {{u: {unit}}}\n", head), "CO-11") is expected


def test_a_chiller_on_a_condenser_circuit_stands_in_no_weather() -> None:
    lines = COOLED.replace("RATED", "rating: 500 kW, rating_at: site").replace("COP", "cop: 4")
    assert outcome(judged(lines, HEAD.replace("settings: {unrated: unlimited}\n", "")), "CO-11") is Outcome.PASS


def test_towers_ask_for_the_wet_bulb_of_the_site() -> None:
    lines = "elements: {ct: {kind: tower, serves: hall, rating: 400 kW, derate: {28 °C: 1}, given: [water]}}\n"
    assert told(judged(lines), "AM-01") == ["the site states no extreme wet bulb"]
    assert outcome(judged(lines, HEAD.replace("rooms", "site: {wet_bulb: 28 °C}\nrooms")), "AM-01") is Outcome.PASS
