"""What operators may do, in both oracles, on plants small enough to judge in one's head.

Promises: each answer was worked out by hand from the law: UPS systems are never joined while both are on, interlocks
hold, what nobody needs may be stopped, and whatever a hand does is re-switching.
"""

from __future__ import annotations

from dataclasses import replace

from oracle import judge, milp
from oracle.drawing import Drawing, kw, litres, litres_per_hour, litres_per_kwh
from oracle.hands import Hands
from oracle.judge import AUTOMATIC, FAIL, RE_SWITCHED, UNKNOWN
from oracle.milp_hands import Systems
from oracle.milp_net import Net
from oracle.samples import genset
from oracle.world import World

from tierline.twin.model import Isolation, Medium
from tierline.validators.assess import assess

WITHDRAWABLE, FUEL = Isolation.WITHDRAWABLE, Medium.FUEL


def both(d: Drawing, element: str = "") -> str:
    """The one answer of both oracles; without an element, with everything in service."""
    twin = d.twin()
    if element:
        answers = {judge.sweep(twin)[element], milp.sweep(twin)[element]}
    else:
        answers = {judge.base(twin), milp.judge(twin, ())}
    assert len(answers) == 1, answers
    return answers.pop()


def supplies(*ratings: int) -> Drawing:
    """A board, a UPS and an output board for each rating, all behind sets that never limit."""
    d = Drawing(each_way=WITHDRAWABLE)
    for x, rating in zip("abcd", ratings, strict=False):
        d.add(f"gb-{x}", "board")
        genset(d, f"g-{x}", f"gb-{x}", 1000)
        d.add(f"ups-{x}", "ups", rating=kw(rating))
        d.feed(f"ups-{x}", "from", [d.supply(f"gb-{x}", f"ups-{x}")], needed=False)
        d.add(f"uob-{x}", "board")
        d.land(f"ups-{x}", f"uob-{x}")
    return d


def tie(d: Drawing, name: str, one: str, other: str, *, is_open: bool = True) -> None:
    d.add(name, "breaker", isolation=WITHDRAWABLE, normally_open=is_open)
    d.chain(one, name, other)


def test_one_system_takes_over_from_another_but_never_helps_it() -> None:
    for of_b, expected in ((200, RE_SWITCHED), (170, FAIL)):
        d = supplies(100, of_b)
        tie(d, "tie", "uob-a", "uob-b")
        d.load("load-1", 150, ["uob-a"])
        d.load("load-2", 30, ["uob-b"])
        assert both(d) == expected
        assert both(d, "ups-a") == expected
        assert both(d, "gb-a") == expected


def test_what_stands_connected_in_the_normal_state_is_one_system() -> None:
    d = supplies(100, 170)
    tie(d, "tie", "uob-a", "uob-b", is_open=False)
    d.load("load-1", 150, ["uob-a"])
    d.load("load-2", 30, ["uob-b"])
    assert both(d) == AUTOMATIC


def test_a_system_that_fell_apart_is_off_as_a_whole_or_not_at_all() -> None:
    d = supplies(60, 60, 200)
    tie(d, "bond", "uob-a", "uob-b", is_open=False)
    tie(d, "tie", "uob-a", "uob-c")
    d.load("load-1", 100, ["uob-a"])
    assert both(d) == AUTOMATIC
    assert both(d, "bond") == RE_SWITCHED
    d.load("load-2", 10, ["uob-b"])
    assert both(d, "bond") == FAIL


def test_a_ups_without_input_is_not_on() -> None:
    d = supplies(60, 60, 200)
    tie(d, "bond", "uob-a", "uob-b", is_open=False)
    tie(d, "tie", "uob-a", "uob-c")
    d.load("load-1", 50, ["uob-a"])
    d.load("load-2", 10, ["uob-b"])
    twin = d.twin()
    for expected, kill in ((AUTOMATIC, {"bond"}), (RE_SWITCHED, {"bond", "gb-a"})):
        assert judge.judge(twin, kill) == milp.judge(twin, kill) == expected


def test_ties_in_a_ring_join_systems_in_pairs() -> None:
    """Each of three may stand in for the next; with two out, one carries all if it can."""
    for load, expected in ((30, RE_SWITCHED), (40, FAIL)):
        d = supplies(100, 100, 100)
        for one, other in ("ab", "bc", "ca"):
            tie(d, f"tie-{one}{other}", f"uob-{one}", f"uob-{other}")
        for x in "abc":
            d.load(f"load-{x}", load, [f"uob-{x}"])
        assert both(d, "ups-a") == RE_SWITCHED
        twin, kill = d.twin(), {"ups-a", "ups-b"}
        assert judge.judge(twin, kill) == milp.judge(twin, kill) == expected


def test_a_selector_joins_where_it_stands() -> None:
    for inputs, expected in ((["uob-b", "uob-a"], RE_SWITCHED), (["uob-b"], FAIL)):
        d = supplies(500, 500)
        d.selector("sts-1", ["uob-a"], "sts", rating=kw(100))
        d.selector("sts-2", inputs, "sts", rating=kw(100))
        for n in "12":
            d.add(f"pdu-{n}", "bus")
            d.chain(f"sts-{n}", f"pdu-{n}")
        tie(d, "tie", "pdu-1", "pdu-2")
        d.load("load-1", 150, ["pdu-1"])
        assert both(d) == expected


def test_without_a_hand_nothing_is_asked_of_systems() -> None:
    """Two switches lose their first inputs and stand on two systems: no hand has put them there."""
    d = supplies(500, 500)
    first = d.ways
    d.selector("sts-1", ["uob-a", "uob-b"], "sts")
    d.selector("sts-2", ["uob-a", "uob-b"], "sts")
    for n in "12":
        d.add(f"pdu-{n}", "bus")
        d.chain(f"sts-{n}", f"pdu-{n}")
    tie(d, "bond", "pdu-1", "pdu-2", is_open=False)
    d.load("load-1", 150, ["pdu-1"])
    assert both(d, f"uob-a.q{first + 1}") == AUTOMATIC


def test_a_ups_whose_output_can_come_to_its_own_input_is_no_source() -> None:
    d = supplies(100, 100)
    tie(d, "tie", "uob-a", "uob-b")
    d.load("on-both", 10, ["gb-a", "uob-a"])
    twin = d.twin()
    assert Hands(World(twin)).passing == Systems(Net(twin)).passing == set()
    assert Hands(World(twin)).joinable and Systems(Net(twin)).joinable
    tie(d, "round", "uob-a", "gb-a")
    twin = d.twin()
    assert Hands(World(twin)).passing == Systems(Net(twin)).passing == {"ups-a"}
    assert not Hands(World(twin)).joinable and not Systems(Net(twin)).joinable


def main_tie_main(of_a: int, of_b: int) -> Drawing:
    """Two incomers and an open tie of which two at most are closed."""
    d = Drawing(each_way=WITHDRAWABLE)
    for x, rating in (("a", of_a), ("b", of_b)):
        d.add(f"bus-{x}", "board")
        d.add(f"sb-{x}", "board")
        genset(d, f"g-{x}", f"sb-{x}", rating)
        d.add(f"inc-{x}", "breaker")
        d.chain(f"sb-{x}", f"inc-{x}", f"bus-{x}")
    tie(d, "tie", "bus-a", "bus-b")
    d.interlock(2, "inc-a", "inc-b", "tie")
    d.load("load-1", 150, ["bus-a"])
    d.load("load-2", 20, ["bus-b"])
    return d


def test_an_incomer_is_opened_to_close_the_tie() -> None:
    assert both(main_tie_main(200, 200)) == AUTOMATIC
    assert both(main_tie_main(200, 200), "g-a") == RE_SWITCHED
    assert both(main_tie_main(200, 160), "g-a") == FAIL


def test_two_incomers_never_share_through_an_interlocked_tie() -> None:
    assert both(main_tie_main(100, 200)) == RE_SWITCHED
    assert both(main_tie_main(100, 160)) == FAIL
    d = main_tie_main(100, 160)
    d.interlocks.clear()
    assert both(d) == RE_SWITCHED


def test_a_device_that_is_out_counts_as_open() -> None:
    d = main_tie_main(200, 200)
    d.elements["inc-a"] = replace(d.elements["inc-a"], isolation=WITHDRAWABLE)
    assert both(d, "inc-a") == RE_SWITCHED


def test_of_two_interlocked_ties_one_is_closed() -> None:
    for most, expected in ((1, FAIL), (2, RE_SWITCHED)):
        d = Drawing(each_way=WITHDRAWABLE)
        for x in "abc":
            d.add(f"gb-{x}", "board")
            genset(d, f"g-{x}", f"gb-{x}", 100)
        tie(d, "tie-1", "gb-a", "gb-b")
        tie(d, "tie-2", "gb-b", "gb-c")
        tie(d, "tie-3", "gb-b", "gb-c")
        d.change("tie-2", rating=kw(20))
        d.change("tie-3", rating=kw(20))
        d.interlock(most, "tie-2", "tie-3")
        d.load("load-1", 210, ["gb-b"])
        assert both(d) == RE_SWITCHED
        d.change("load-1", load=kw(230))
        assert both(d) == expected


def test_what_nobody_needs_is_stopped_by_hand() -> None:
    for needed, expected in ((False, RE_SWITCHED), (True, FAIL)):
        d = Drawing(each_way=WITHDRAWABLE)
        d.add("gb-a", "board")
        genset(d, "g-a", "gb-a", 100)
        d.load("load-1", 95, ["gb-a"])
        d.add("plc", "controller", draw=kw(10), local_manual=False)
        d.powered("plc", ["gb-a"])
        if needed:
            d.need("load-1", "control", "plc")
        assert both(d) == expected


def test_one_of_two_fuel_pumps_stands_still() -> None:
    for rating, expected in ((110, AUTOMATIC), (105, RE_SWITCHED), (104, FAIL)):
        d = Drawing(each_way=WITHDRAWABLE)
        d.add("gb-a", "board")
        d.load("load-1", 100, ["gb-a"])
        d.add("sh", "header")
        d.add("bt", "tank", usable=litres(5000))
        for n in "12":
            d.add(f"p-{n}", "pump", rating=litres_per_hour(100), draw=kw(5))
            d.supply("bt", f"p-{n}", FUEL)
            d.land(f"p-{n}", "sh", FUEL)
            d.powered(f"p-{n}", ["gb-a"])
        genset(d, "g-a", "gb-a", rating, burn=litres_per_kwh("0.25"))
        d.add("dt", "day-tank", usable=litres(20))
        d.feed("dt", "from", [d.supply("sh", "dt", FUEL)], needed=False)
        d.feed("g-a", "fuel", [d.supply("dt", "g-a", FUEL)])
        assert both(d) == expected


def test_a_ring_is_opened_at_a_device_that_an_interlock_lets_operators_open() -> None:
    """Closed, nobody knows how the ring shares; open at the weak section it is no ring. Found by the long run."""
    for interlocked, expected in ((True, RE_SWITCHED), (False, UNKNOWN)):
        d = Drawing(each_way=WITHDRAWABLE)
        for n in "012":
            d.add(f"rm-{n}", "board")
        genset(d, "g", "rm-2", 200)
        for n, (one, other) in enumerate((("rm-0", "rm-1"), ("rm-1", "rm-2"), ("rm-2", "rm-0"))):
            tie(d, f"rs-{n}", one, other, is_open=False)
        tie(d, "tie", "rm-0", "rm-2")
        d.change("rs-0", rating=kw(70))
        d.load("load-0", 75, ["rm-0"])
        d.load("load-1", 75, ["rm-1"])
        if interlocked:
            d.interlock(2, "rs-0", "rs-1", "tie")
        assert both(d) == expected
        assert str(assess(d.twin()).base.answer) == expected
