"""The oracle itself against plants small enough to judge in one's head.

Promises: each expected set of failing removals was worked out by hand from the law, not read off the oracle.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from oracle.drawing import (
    Drawing,
    celsius,
    kva,
    kw,
    litres,
    ratio,
)
from oracle.judge import AUTOMATIC, FAIL, RE_SWITCHED, UNKNOWN, base, judge, sweep
from oracle.plants import coverage, plants
from oracle.ratings import generator
from oracle.samples import dx, fuel, genset, p1, ring, two_sides
from oracle.world import Guess, World
from oracle.zones import kill_set

from tierline.twin.model import UNLIMITED, Dimension, Isolation, Medium, Origin, Quantity, Twin, Value

FIXED, WITHDRAWABLE = Isolation.FIXED, Isolation.WITHDRAWABLE
FUEL, CHW = Medium.FUEL, Medium.CHILLED_WATER


def failing(d: Drawing) -> set[str]:
    return {e for e, verdict in sweep(d.twin()).items() if verdict == FAIL}


def test_two_sides_without_a_tie_stand_every_removal() -> None:
    d = two_sides(None)
    assert base(d.twin()) == AUTOMATIC
    assert set(sweep(d.twin()).values()) == {AUTOMATIC}


def test_fixed_tie_takes_both_boards_with_it() -> None:
    d = two_sides(FIXED)
    assert kill_set(d.twin(), "tie") >= {"gb-a", "gb-b", "tie"}
    assert failing(d) == {"tie"}


def test_withdrawable_tie_leaves_alone() -> None:
    d = two_sides(WITHDRAWABLE)
    assert kill_set(d.twin(), "tie") == {"tie"}
    assert failing(d) == set()


def test_two_ties_in_series_with_a_spool_clear_each_other() -> None:
    d = two_sides(None)
    for name in ("tie-1", "tie-2"):
        d.add(name, "breaker")
    d.add("tb", "bus")
    d.chain("gb-a", "tie-1", "tb", "tie-2", "gb-b")
    assert kill_set(d.twin(), "tb") == {"tie-1", "tb", "tie-2"}
    assert kill_set(d.twin(), "tie-1") >= {"gb-a", "tb", "tie-2"}
    assert "gb-b" not in kill_set(d.twin(), "tie-1")
    assert failing(d) == set()


def test_tied_dead_boards_do_not_feed_each_other() -> None:
    d = two_sides(WITHDRAWABLE)
    assert judge(d.twin(), {"g-a", "g-b"}) == FAIL


def test_normally_open_tie_needs_a_hand_when_one_set_is_too_small() -> None:
    d = two_sides(WITHDRAWABLE, rating=200)
    d.elements["tie"] = replace(d.elements["tie"], normally_open=True)
    assert base(d.twin()) == RE_SWITCHED


def test_zone_of_a_cable_stops_at_the_devices_at_its_ends_and_takes_the_machine() -> None:
    d = two_sides(None)
    run = next(e for e in d.elements if e.startswith("gb-a.") and e.endswith(".w"))
    assert kill_set(d.twin(), run) == {run, run.removesuffix(".w"), "g-a"}


def test_selector_takes_everything_from_one_side() -> None:
    """200 kW a side would do for 300 kW if the load could split; it cannot."""
    assert base(two_sides(None, rating=200).twin()) == FAIL
    assert base(two_sides(WITHDRAWABLE, rating=200).twin()) == AUTOMATIC


def test_first_live_input_too_small_is_switched_by_hand() -> None:
    d = two_sides(None)
    d.change("g-a", rating=kw(100))
    assert base(d.twin()) == RE_SWITCHED
    assert judge(d.twin(), {"gb-a"}) == AUTOMATIC


def test_partition_of_loads_over_selectors_is_searched() -> None:
    """Loads of 30, 30 and 40 kW on two sets of 50 kW: 100 kW fits only if it could be split."""
    d = Drawing()
    for x in "ab":
        d.add(f"gb-{x}", "board")
        genset(d, f"g-{x}", f"gb-{x}", 50)
    for n, load in enumerate((30, 30, 40)):
        d.load(f"l{n}", load, ["gb-a", "gb-b"])
    assert base(d.twin()) == FAIL
    d.change("g-b", rating=kw(60))
    assert base(d.twin()) == RE_SWITCHED


def test_cords_share_equally_or_are_switched_off() -> None:
    """100 kW on two cords with 40 and 100 kW behind them: 50 each overloads a; by hand all on b."""
    d = Drawing()
    for x, rating in (("a", 40), ("b", 100)):
        d.add(f"gb-{x}", "board")
        genset(d, f"g-{x}", f"gb-{x}", rating)
    d.rack("r", 100, ["gb-a", "gb-b"])
    assert base(d.twin()) == RE_SWITCHED
    assert judge(d.twin(), {"gb-a"}) == AUTOMATIC
    assert judge(d.twin(), {"r.a"}) == AUTOMATIC
    d.change("g-b", rating=kw(90))
    assert base(d.twin()) == FAIL


def test_removing_a_cord_takes_only_the_cord() -> None:
    d = two_sides(None)
    d.rack("r", 10, ["gb-a", "gb-b"])
    assert kill_set(d.twin(), "r.a") == {"r.a"}
    assert "r" not in sweep(d.twin())


def test_p01_two_full_sides_stand_every_removal() -> None:
    d = p1()
    assert base(d.twin()) == AUTOMATIC
    assert failing(d) == set()


def test_p02_small_sets_fail_wherever_a_side_is_lost() -> None:
    """600 kW of 680: whatever takes generator board, main board or the link between them."""
    d = p1(300)
    lost = failing(d)
    assert {"gb-a", "msb-a", "gb-b", "msb-b"} <= lost
    assert not {"g-a1", "uob-a", "ups-a", "mcc-a"} & lost
    assert base(d.twin()) == AUTOMATIC


def test_p04_fixed_tie_and_p06_two_in_series() -> None:
    d = p1()
    d.add("t", "breaker", normally_open=True)
    d.chain("gb-a", "t", "gb-b")
    assert failing(d) == {"t"}
    d = p1()
    d.add("t1", "breaker", normally_open=True)
    d.add("tb", "bus")
    d.add("t2", "breaker", normally_open=True)
    d.chain("gb-a", "t1", "tb", "t2", "gb-b")
    assert failing(d) == set()


def test_c01_units_on_two_panels_fail_at_the_panels_and_their_fixed_breakers() -> None:
    d = dx([["mcc-a"]] * 3 + [["mcc-b"]] * 3)
    assert base(d.twin()) == AUTOMATIC
    breakers = {e for e in d.elements if e.startswith("mcc-") and "." in e and not e.endswith(".w")}
    assert len(breakers) == 6
    assert failing(d) == {"mcc-a", "mcc-b"} | breakers


def test_c02_own_transfer_switches_clear_it() -> None:
    d = dx([["mcc-a", "mcc-b"]] * 3 + [["mcc-b", "mcc-a"]] * 3)
    assert base(d.twin()) == AUTOMATIC
    assert kill_set(d.twin(), "ats-1") >= {"ats-1", "ats-1".replace("ats", "cu")}
    assert failing(d) == set()


def test_input_breaker_of_a_hard_wired_switch_takes_board_switch_and_unit() -> None:
    d = dx([["mcc-a", "mcc-b"]] * 6)
    breaker = next(e for e in d.elements if e.startswith("mcc-a.") and not e.endswith(".w"))
    assert {"mcc-a", "ats-1", "cu-1"} <= kill_set(d.twin(), breaker)
    assert "mcc-b" not in kill_set(d.twin(), breaker)
    assert failing(d) == set()


def test_c07_single_valves_in_a_ring_suffice() -> None:
    """Any valve drains two sections: one chiller and at most three CRAHs; 450 and 450 are left."""
    d = ring({2: 3, 4: 3, 6: 3})
    assert failing(d) == set()
    assert {"v1", "s1", "s2", "v2", "v6"} <= kill_set(d.twin(), "v1")
    assert not {"s3", "s6", "ch-1"} & kill_set(d.twin(), "v1")


def test_ring_with_one_crah_too_few_fails_at_the_sections_they_hang_on() -> None:
    d = ring({2: 3, 4: 3, 6: 2})
    lost = failing(d)
    assert {"s2", "s4", "v1", "v2", "v3", "v4"} <= lost
    assert not {"s6", "s1", "s3", "s5", "v5", "v6"} & lost


def test_section_ratings_limit_what_passes_a_broken_ring() -> None:
    """Sections of 450 kW pass either way round; of 70 kW they cannot even pass on one chiller's 225."""
    assert failing(ring({2: 3, 4: 3, 6: 3}, kw(450))) == set()
    assert base(ring({2: 3, 4: 3, 6: 3}, kw(70)).twin()) == FAIL
    assert base(ring({2: 3, 4: 3, 6: 3}, None).twin()) == UNKNOWN


def test_g01_two_headers_stand_every_removal() -> None:
    d = fuel(2)
    assert base(d.twin()) == AUTOMATIC
    assert failing(d) == set()


def test_g03_a_common_header_fails() -> None:
    d = fuel(1)
    lost = failing(d)
    valves = {e for e in d.elements if e.startswith("sh-1.") and not e.endswith(".w")}
    assert lost == {"sh-1"} | valves


def test_electric_pumps_of_their_own_sets_are_bridged_by_the_day_tank_only() -> None:
    assert base(fuel(2, litres(0)).twin()) == FAIL
    assert base(fuel(2, None).twin()) == UNKNOWN
    assert base(fuel(2, litres(1)).twin()) == AUTOMATIC


def test_hours_and_rates_are_judged_apart() -> None:
    """183.6 L/h at N and 2 203.2 L for twelve hours; each tank alone has to do after the other is out."""
    assert base(fuel(2, litres(20), tank=1000).twin()) == FAIL
    d = fuel(2, litres(20), tank=2160)
    assert base(d.twin()) == AUTOMATIC
    assert judge(d.twin(), kill_set(d.twin(), "bt-1")) == AUTOMATIC
    d = fuel(2, litres(20), tank=2120)
    assert judge(d.twin(), kill_set(d.twin(), "bt-1")) == FAIL
    d = fuel(2, pump=180)
    assert base(d.twin()) == AUTOMATIC
    assert judge(d.twin(), kill_set(d.twin(), "p-1")) == FAIL


def test_controls_need_a_hand_where_they_have_one() -> None:
    def plant(**values: object) -> Drawing:
        d = two_sides(None)
        d.add("plc", "controller", **values)
        d.given.add(("plc", "power"))
        assert base(d.twin()) == AUTOMATIC
        for x in "ab":
            d.need(f"g-{x}", "control", "plc")
        return d

    assert sweep(plant(local_manual=True).twin())["plc"] == RE_SWITCHED
    assert sweep(plant(local_manual=False).twin())["plc"] == FAIL
    assert sweep(plant().twin())["plc"] == UNKNOWN
    assert sweep(plant(monitoring_only=True).twin())["plc"] == AUTOMATIC


def test_needs_in_a_circle_hold_until_something_breaks_them() -> None:
    """A controller that lives on what the set it controls generates: whether a battery bridges that is not known."""
    d = Drawing()
    d.add("gb", "board")
    genset(d, "g", "gb")
    d.add("plc", "controller", local_manual=False)
    d.powered("plc", ["gb"])
    d.need("g", "control", "plc")
    d.load("it", 100, ["gb"])
    assert base(d.twin()) == UNKNOWN
    assert judge(d.twin(), {"plc"}) == FAIL


def test_pure_needs_in_a_circle_are_a_greatest_fixpoint() -> None:
    d = two_sides(None)
    d.add("plc", "controller", local_manual=False)
    d.given.add(("plc", "power"))
    d.need("g-a", "control", "plc")
    d.need("plc", "air", "g-a")
    assert base(d.twin()) == AUTOMATIC
    assert judge(d.twin(), {"gb-b"}) == AUTOMATIC
    assert judge(d.twin(), {"plc", "gb-b"}) == FAIL


def test_ups_losses_and_recharge_load_the_input_and_only_the_input() -> None:
    d = Drawing()
    d.add("gb", "board")
    genset(d, "g", "gb", 130)
    d.add("ups", "ups", rating=kw(100), efficiency=ratio("0.8"), recharge=ratio("0.05"))
    d.add("uob", "board")
    d.supply("gb", "ups")
    d.land("ups", "uob")
    d.load("it", 100, ["uob"])
    assert base(d.twin()) == AUTOMATIC
    d.change("g", rating=kw(129))
    assert base(d.twin()) == FAIL


def test_machines_draw_in_proportion_and_compete_for_the_same_generator() -> None:
    """450 kW of heat at cop 4.5 draw 100 kW beside 300 kW of load."""
    d = ring({2: 3, 4: 3, 6: 3})
    d.add("gb", "board")
    genset(d, "g", "gb", 400)
    d.load("it", 300, ["gb"])
    for n in (1, 3, 5):
        d.change(f"ch-{n}", cop=ratio("4.5"))
        d.powered(f"ch-{n}", ["gb"])
    for n in (2, 4, 6):
        for k in range(3):
            d.change(f"crah-{n}{k}", draw=kw(0))
            d.powered(f"crah-{n}{k}", ["gb"])
    assert base(d.twin()) == AUTOMATIC
    d.change("ch-1", cop=None)
    assert base(d.twin()) == AUTOMATIC, "the two others do it alone"
    d.change("ch-3", cop=None)
    assert base(d.twin()) == UNKNOWN
    d.change("g", rating=kw(299))
    assert base(d.twin()) == FAIL


def test_run_and_cord_are_rated_as_their_device_and_amperes_as_their_board() -> None:
    d = Drawing()
    d.add("b", "board", voltage=Quantity(Dimension.VOLTAGE, Fraction(400), "400 V"))
    d.given.add(("b", "power"))
    d.rack("r", 10, ["b"])
    d.change("r", power_factor=ratio("1"))
    device = next(e for e in d.elements if d.elements[e].origin == Origin.WAY)
    d.change(device, rating=Quantity(Dimension.CURRENT, Fraction(15), "15 A"))
    d.change(f"{device}.w", rating=None)
    d.change("r.a", rating=None)
    assert base(d.twin()) == AUTOMATIC, "15 A at 400 V are 10.39 kVA"
    d.change(device, rating=Quantity(Dimension.CURRENT, Fraction(14), "14 A"))
    assert base(d.twin()) == FAIL
    d.change("r", power_factor=None)
    assert base(d.twin()) == FAIL, "W alone exceed 14 A"
    d.change(device, rating=Quantity(Dimension.CURRENT, Fraction(15), "15 A"))
    assert base(d.twin()) == UNKNOWN


def test_missing_rating_decides_or_does_not() -> None:
    d = two_sides(None)
    d.change("gb-a", rating=None)
    assert base(d.twin()) == RE_SWITCHED, "side b carries it whatever gb-a can"
    assert judge(d.twin(), {"gb-b"}) == UNKNOWN
    d.settings["unrated"] = Value(UNLIMITED, d.elements["gb-a"].at)
    assert judge(d.twin(), {"gb-b"}) == AUTOMATIC


def test_common_battery_takes_every_supply_that_hangs_on_it() -> None:
    d = p1()
    d.add("bat", "battery")
    for x in "ab":
        d.feed(f"ups-{x}", "battery", [d.supply("bat", f"ups-{x}", Medium.DC)])
    assert base(d.twin()) == AUTOMATIC
    assert {"bat", "ups-a", "ups-b"} & failing(d) == {"bat"}


def test_board_without_any_supply_is_dark() -> None:
    d = Drawing()
    d.add("b", "board")
    d.load("it", 10, ["b"])
    assert base(d.twin()) == FAIL


def test_utility_is_never_a_source() -> None:
    d = Drawing()
    d.add("grid", "utility")
    d.add("b", "board")
    d.land("grid", "b")
    d.load("it", 10, ["b"])
    assert base(d.twin()) == FAIL


def test_given_supply_is_perfect_up_to_the_rating() -> None:
    d = Drawing()
    d.add("b", "board", rating=kw(100))
    d.given.add(("b", "power"))
    d.load("it", 100, ["b"])
    assert base(d.twin()) == AUTOMATIC
    d.change("b", rating=kw(99))
    assert base(d.twin()) == FAIL


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, 400.0),
        ({"class": "PRP"}, 280.0),
        ({"class": "ESP"}, 0.0),
        ({"class": "DCP"}, None),
        ({"class": None}, None),
        ({"rating_at": "nameplate"}, None),
        ({"rating_at": "nameplate", "derate": "table"}, 352.0),
        ({"alternator": kva(480)}, 400.0),
        ({"alternator": kva(380)}, 380.0),
        ({"alternator": kva(480), "alternator_derate": ratio("0.8")}, 384.0),
    ],
)
def test_generator_capacity_at_the_site(fields: dict[str, object], expected: float | None) -> None:
    table = {celsius(t): ratio(r) for t, r in ((40, "1"), (45, "0.9"), (50, "0.8"))}
    d = Drawing(dry_bulb=celsius(46))
    d.add("gb", "board")
    genset(d, "g", "gb", **{k: table if v == "table" else v for k, v in fields.items()})
    twin = d.twin()
    low, high = (generator(World(twin), twin.elements["g"], Guess(high=h)) for h in (False, True))
    if expected is None:
        assert (low, high) == (0.0, 400.0)
    else:
        assert low == high == expected


def test_generator_capacity_is_floored_to_the_watt() -> None:
    d = Drawing()
    d.add("gb", "board")
    genset(d, "g", "gb")
    d.change("g", **{"class": "PRP", "rating": kw(Fraction(333333, 1000))})
    twin = d.twin()
    assert generator(World(twin), twin.elements["g"], Guess(high=False)) == 233.333


COVERED = (
    *("selectors", "cords", "ties", "fixed_ties", "normally_open", "rings", "needs_cycles", "hands"),
    *("missing_ratings", "rooms", "given"),
)


def test_random_plants_contain_what_they_promise_and_verdicts_vary() -> None:
    seen: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()

    @settings(max_examples=120, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    @given(plants())
    def look(twin: Twin) -> None:
        counts = coverage(twin)
        seen.update(name for name in COVERED if counts[name])
        verdicts[base(twin)] += 1

    look()
    assert set(seen) == set(COVERED)
    assert set(verdicts) == {AUTOMATIC, RE_SWITCHED, FAIL, UNKNOWN}


@settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(plants(), st.data())
def test_a_larger_set_never_makes_a_removal_fail(twin: Twin, data: st.DataObject) -> None:
    sets = [e for e in twin.elements.values() if e.kind == "genset"]
    assume(sets)
    larger = data.draw(st.sampled_from(sets))
    fields = {**larger.fields, "rating": Value(kw(5000), larger.at)}
    raised = replace(twin, elements={**twin.elements, larger.id: replace(larger, fields=fields)})
    before, after = sweep(twin), sweep(raised)
    assert {e for e, v in after.items() if v == FAIL} <= {e for e, v in before.items() if v == FAIL}
