"""VA, limited hours and raw power, in both oracles and the sweep, on plants small enough to judge in one's head.

Promises: each answer was worked out by hand from the law: engines are judged in W, alternators and passive parts in VA,
UPS in both, and a power factor belongs to what draws.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from oracle import judge, milp, shrink
from oracle.agreed import agreed
from oracle.compare import Tally, compare
from oracle.drawing import Drawing, kva, kw, ratio
from oracle.judge import AUTOMATIC, FAIL, RE_SWITCHED, UNKNOWN
from oracle.raw import struck
from oracle.samples import genset
from oracle.world import World

from tierline.twin.model import Dimension, Isolation, Quantity
from tierline.validators.assess import assess


def one_side(load: int, factor: str | None, **values: object) -> Drawing:
    """One set, one board, one load."""
    d = Drawing()
    d.add("gb", "board")
    genset(d, "g", "gb", 400, **values)
    d.load("it", load, ["gb"])
    d.change("it", power_factor=None if factor is None else ratio(factor))
    return d


@pytest.mark.parametrize(
    ("load", "factor", "alternator", "expected"),
    [
        (400, "0.8", 500, AUTOMATIC),
        (400, "0.8", 499, FAIL),
        (401, "1", 500, FAIL),
        (400, "1", 400, AUTOMATIC),
        (400, "1", 399, FAIL),
        (400, None, 500, UNKNOWN),
        (401, None, 500, FAIL),
        (320, "0.8", None, AUTOMATIC),
        (321, "0.8", None, UNKNOWN),
    ],
)
def test_engine_in_watts_and_alternator_in_va(
    load: int, factor: str | None, alternator: int | None, expected: str
) -> None:
    """400 kW at 0.8 are 500 kVA. An alternator that nobody rated carries at least the 400 kVA its engine gives."""
    d = one_side(load, factor, alternator=None if alternator is None else kva(alternator))
    assert agreed(d) == expected


def test_va_of_two_loads_are_added_up_as_they_are() -> None:
    """200 kW at 1 and 160 kW at 0.8 are 400 kVA."""
    d = one_side(200, "1", alternator=kva(400))
    d.load("other", 160, ["gb"])
    d.change("other", power_factor=ratio("0.8"))
    assert agreed(d) == AUTOMATIC
    d.change("g", alternator=kva(399))
    assert agreed(d) == FAIL


def test_a_board_in_kva_holds_its_va() -> None:
    """A rating in kW says nothing of VA, one in kVA holds both; with both power factors at 1 they are the same."""
    d = one_side(300, "0.8", alternator=kva(500))
    d.change("gb", rating=kw(300))
    assert agreed(d) == AUTOMATIC
    d.change("gb", rating=kva(375))
    assert agreed(d) == AUTOMATIC
    d.change("gb", rating=kva(374))
    assert agreed(d) == FAIL


def test_a_ups_is_limited_in_both_and_its_input_has_a_power_factor_of_its_own() -> None:
    """160 kW at 0.8 behind it are 200 kVA; its input takes 200 kW, at 0.9 222.3 kVA, whatever its load's factor is."""
    d = Drawing()
    for name in ("gb", "uob"):
        d.add(name, "board")
    genset(d, "g", "gb", 400, alternator=kva(223))
    d.add("ups", "ups", rating=kw(160), apparent=kva(200), efficiency=ratio("0.8"), power_factor=ratio("0.9"))
    d.supply("gb", "ups")
    d.land("ups", "uob")
    d.load("it", 160, ["uob"])
    d.change("it", power_factor=ratio("0.8"))
    assert agreed(d) == AUTOMATIC
    d.change("g", alternator=kva(222))
    assert agreed(d) == FAIL
    d.change("g", alternator=kva(223))
    d.change("ups", apparent=kva(199))
    assert agreed(d) == FAIL
    d.change("ups", apparent=None)
    assert agreed(d) == UNKNOWN
    d.change("ups", apparent=kva(200), power_factor=None)
    assert agreed(d) == UNKNOWN


def test_a_network_that_speaks_of_w_only_is_not_judged_in_va() -> None:
    """Above the UPS nothing speaks of VA: nobody asks for the power factor of its input."""
    d = Drawing()
    for name in ("gb", "uob"):
        d.add(name, "board")
    genset(d, "g", "gb", 400)
    d.add("ups", "ups", rating=kw(400), apparent=kva(500))
    d.supply("gb", "ups")
    d.land("ups", "uob")
    d.load("it", 400, ["uob"])
    d.change("it", power_factor=ratio("0.8"))
    assert agreed(d) == AUTOMATIC


def test_sets_give_w_and_va_apart() -> None:
    """One set is strong in W, one in VA: together they give 300 kW and 375 kVA, though neither its share of both."""
    d = Drawing()
    d.add("gb", "board")
    genset(d, "g-a", "gb", 250, alternator=kva(250))
    genset(d, "g-b", "gb", 50, alternator=kva(125))
    d.load("it", 300, ["gb"])
    d.change("it", power_factor=ratio("0.8"))
    assert agreed(d) == AUTOMATIC
    d.change("g-b", rating=kw(49))
    assert agreed(d) == FAIL
    d.change("g-b", rating=kw(50), alternator=kva(124))
    assert agreed(d) == FAIL


def test_w_and_va_stand_in_one_set_of_positions() -> None:
    """Side a has the W, side b the VA; each load fits on one side in W and on the other in VA, but on none in both."""
    d = Drawing()
    for x, engine, alternator in (("a", 400, 300), ("b", 200, 500)):
        d.add(f"gb-{x}", "board")
        genset(d, f"g-{x}", f"gb-{x}", engine, alternator=kva(alternator))
    d.load("it", 320, ["gb-a", "gb-b"])
    d.change("it", power_factor=ratio("0.8"))
    assert agreed(d) == FAIL
    d.change("g-b", rating=kw(320))
    assert agreed(d) == RE_SWITCHED


def test_cords_share_their_va_too() -> None:
    """100 kW at 0.8 on two cords: 62.5 kVA each."""
    d = Drawing()
    for x in "ab":
        d.add(f"gb-{x}", "board", rating=kva(63))
        genset(d, f"g-{x}", f"gb-{x}", 400, alternator=kva(500))
    d.rack("r", 100, ["gb-a", "gb-b"])
    d.change("r", power_factor=ratio("0.8"))
    assert agreed(d) == AUTOMATIC
    assert agreed(d, "gb-a") == FAIL
    d.change("gb-b", rating=kva(62))
    assert agreed(d) == FAIL


def test_the_two_sides_of_a_ups_are_two_networks() -> None:
    d = Drawing()
    for name in ("gb", "uob"):
        d.add(name, "board")
    d.add("ups", "ups")
    d.supply("gb", "ups")
    d.land("ups", "uob")
    networks = World(d.twin()).power_networks
    assert networks["gb", ""] == networks["ups", "in"]
    assert networks["uob", ""] == networks["ups", ""] != networks["ups", "in"]


ESP = {"class": "ESP"}
LIMITED = {"hours_limit": Quantity(Dimension.DURATION, Fraction(500 * 3600), "500 h")}
NAMED_NONE = {"hours_limit": "none"}


LIMITS = [(ESP, FAIL), (LIMITED, FAIL), (NAMED_NONE, AUTOMATIC), ({}, AUTOMATIC)]


@pytest.mark.parametrize(("fields", "strictly"), LIMITS)
def test_sets_of_limited_hours_give_nothing_at_tier_iii_and_their_rating_below(
    fields: dict[str, object], strictly: str
) -> None:
    """One set of 400 kW for 300: without limit of hours it does, with one it does below Tier III only."""
    twin = one_side(300, "1", **fields).twin()
    for oracle in (judge, milp):
        assert oracle.judge(twin, ()) == strictly
        assert oracle.judge(twin, (), rated=True) == AUTOMATIC
    assert compare(twin, Tally(), twice=True) == []
    assert bool(assess(twin).limited) is (strictly == FAIL)


def test_a_limited_set_beside_another_shows_in_the_removals_only() -> None:
    """300 kW on two sets of 400, one limited: below Tier III either may be out, at Tier III only that one."""
    d = one_side(300, "1")
    genset(d, "g-esp", "gb", 400, **ESP)
    twin = d.twin()
    assert compare(twin, Tally(), twice=True) == []
    strict, rated = judge.sweep(twin), judge.sweep(twin, rated=True)
    assert (strict["g"], strict["g-esp"]) == (FAIL, AUTOMATIC)
    assert (rated["g"], rated["g-esp"]) == (AUTOMATIC, AUTOMATIC)


def test_prime_power_of_limited_hours_gives_all_its_rating_below() -> None:
    """70 % of 400 kW is 280: prime power without limit. With one it is nothing, or the rating itself."""
    for limit, strictly, below in ((None, FAIL, FAIL), (LIMITED["hours_limit"], FAIL, AUTOMATIC)):
        twin = one_side(300, "1", **{"class": "PRP", "hours_limit": limit}).twin()
        assert judge.judge(twin, ()) == strictly
        assert judge.judge(twin, (), rated=True) == below
        assert compare(twin, Tally(), twice=True) == []


def past_ups(way: str) -> Drawing:
    """A set, a UPS and its output board with a rack on it, and a way past the UPS."""
    d = one_side(10, None)
    d.add("ups", "ups")
    d.add("uob", "board")
    d.supply("gb", "ups")
    d.land("ups", "uob")
    if way == "bypass":
        d.add("byp", "breaker", isolation=Isolation.WITHDRAWABLE, normally_open=True)
        d.chain("gb", "byp", "uob")
    boards = ["uob", "gb"] if way == "cord" else ["uob"]
    if way == "switch":
        d.selector("sts", ["uob", "gb"], "sts")
        d.add("pdu", "bus")
        d.chain("sts", "pdu")
        boards = ["pdu"]
    d.rack("r", 100, boards)
    return d


@pytest.mark.parametrize("way", ["bypass", "cord", "switch"])
def test_it_on_power_that_has_not_passed_a_ups_is_not_served(way: str) -> None:
    """With the UPS out the way past it would carry the rack, and does not count."""
    d = past_ups(way)
    assert agreed(d) == AUTOMATIC
    assert agreed(d, "ups") == FAIL
    twin = d.twin()
    assert struck(World(twin))
    plain = {name: replace(e, kind="ats") if e.kind == "ups" else e for name, e in twin.elements.items()}
    assert not struck(World(replace(twin, elements=plain))), "without a UPS in the model nothing is raw"


def test_what_is_no_rack_may_take_raw_power() -> None:
    """With the UPS out a load that prefers its output takes the board above it."""
    d = past_ups("none")
    d.rack("r2", 10, ["gb"])
    d.load("lift", 50, ["uob", "gb"])
    twin = d.twin()
    assert {twin.joints[i].b for i in struck(World(twin))} == {"r2"}
    alone = shrink.without(shrink.without(twin, "r"), "r2")
    assert not struck(World(alone))
    answers = judge.sweep(alone)["ups"], milp.sweep(alone)["ups"], assess(alone).removals["ups"].answer.value
    assert answers == (AUTOMATIC,) * 3


def test_the_input_of_a_ups_has_its_power_factor_also_where_a_load_hangs_on_both_its_sides() -> None:
    """400 kW through an input of 0.8 are 500 kVA, and 1 beside them; without losses a sweep once counted 401."""
    d = past_ups("none")
    d.load("both", 1, ["gb", "uob"])
    d.change("r", load=kw(400), power_factor=ratio("1"))
    d.change("it", load=kw(0), power_factor=ratio("1"))
    d.change("both", power_factor=ratio("1"))
    d.change("ups", power_factor=ratio("0.8"), apparent=kva(500))
    d.change("g", rating=kw(500), alternator=kva(501))
    assert agreed(d) == AUTOMATIC
    d.change("g", alternator=kva(500))
    assert agreed(d) == FAIL
