"""Sharing that nothing controls, in both oracles and the sweep, on plants small enough to judge in one's head.

Promises: each answer was worked out by hand from the law: passive branches between two points share by rating, any
other loop passes outright if each thing in it carries everything, and what is neither passed nor impossible is unknown.
"""

from __future__ import annotations

import pytest
from oracle import judge
from oracle.agreed import agreed
from oracle.drawing import Drawing, kva, kw, ratio
from oracle.judge import AUTOMATIC, FAIL, RE_SWITCHED, UNKNOWN
from oracle.samples import genset

from tierline.twin.model import UNLIMITED, Isolation

WITHDRAWABLE = Isolation.WITHDRAWABLE


def pair(load: int, *ratings: object, kind: str = "transformer", before: object = UNLIMITED) -> Drawing:
    """A set, and branches in parallel from its board to that of a load; `before` rates the first branch's device."""
    d = Drawing(each_way=WITHDRAWABLE)
    for name in ("gb", "msb"):
        d.add(name, "board")
    genset(d, "g", "gb", 1000)
    for n, rating in enumerate(ratings):
        name = d.add(f"t{n}", kind, rating=rating)
        joint = d.joints[d.supply("gb", name)]
        if not n:
            d.change(d.joints[d.joints.index(joint) - 1].a, rating=before)
        d.land(name, "msb")
    d.load("it", load, ["msb"])
    return d


@pytest.mark.parametrize(
    ("load", "ratings", "before", "expected"),
    [
        (400, (300, 100), None, AUTOMATIC),
        (401, (300, 100), None, FAIL),
        (200, (300, 100), 150, AUTOMATIC),
        (240, (300, 100), 150, UNKNOWN),
        (251, (300, 100), 150, FAIL),
    ],
)
def test_transformers_in_parallel_share_by_rating(
    load: int, ratings: tuple[int, int], before: int | None, expected: str
) -> None:
    """Three quarters go through the larger: 150 of 200 kW, 180 of 240. 150 and 90 are possible, not natural."""
    d = pair(load, *map(kw, ratings), before=UNLIMITED if before is None else kw(before))
    assert agreed(d) == expected


def test_one_of_two_left_carries_all_it_can() -> None:
    d = pair(240, kw(300), kw(100), before=kw(250))
    assert agreed(d) == AUTOMATIC
    assert agreed(d, "t1") == AUTOMATIC
    assert agreed(d, "t0") == FAIL


def test_branches_without_transformers_share_by_the_smallest_thing_in_each() -> None:
    """Breakers of 200 and 100 kW share two to one, whatever cable stands behind them."""
    d = pair(300, kw(900), kw(100), kind="cable", before=kw(200))
    assert agreed(d) == AUTOMATIC
    d.change("t0", rating=UNLIMITED)
    assert agreed(d) == AUTOMATIC


def test_a_branch_that_nothing_limits_leaves_no_rule_to_share_by() -> None:
    """100 kW may all go through the branch of 90: nobody knows; through one of 100 they may."""
    d = pair(100, UNLIMITED, kw(90))
    assert agreed(d) == UNKNOWN
    d.change("t1", rating=kw(100))
    assert agreed(d) == AUTOMATIC


def test_branches_share_va_too() -> None:
    """240 kW at 0.8 are 300 kVA: 225 go through the larger."""
    d = pair(240, kva(300), kva(100), before=kva(225))
    d.change("g", alternator=kva(1000))
    d.change("it", power_factor=ratio("0.8"))
    assert agreed(d) == AUTOMATIC
    d.change(next(e for e in d.elements if d.elements[e].quantity("rating") == kva(225)), rating=kva(224))
    assert agreed(d) == UNKNOWN


def ring(rating: object, *, tie_open: bool = False) -> Drawing:
    """Three boards in a ring: a set on the first, 100 kW on each of the two others."""
    d = Drawing(each_way=WITHDRAWABLE)
    for n in "123":
        d.add(f"b{n}", "board")
    genset(d, "g", "b1", 1000)
    for n, (one, other) in enumerate(("12", "23", "31")):
        name = d.add(f"q{n}", "breaker", rating=rating, isolation=WITHDRAWABLE, normally_open=tie_open and n == 2)
        d.chain(f"b{one}", name, f"b{other}")
    for n in "23":
        d.load(f"it{n}", 100, [f"b{n}"])
    return d


@pytest.mark.parametrize(("rating", "expected"), [(200, AUTOMATIC), (199, UNKNOWN), (100, UNKNOWN), (99, FAIL)])
def test_a_ring_passes_outright_if_every_section_carries_everything(rating: int, expected: str) -> None:
    assert agreed(ring(kw(rating))) == expected


def test_a_ring_that_is_broken_is_no_ring() -> None:
    """With one section out 200 kW pass the first of the two others, or 100 each of them."""
    d = ring(kw(100))
    assert agreed(d, "q1") == AUTOMATIC
    assert agreed(d, "q0") == FAIL
    assert agreed(ring(kw(199)), "q1") == AUTOMATIC


def test_a_ring_without_ratings_is_unknown() -> None:
    assert agreed(ring(None)) == UNKNOWN
    assert agreed(ring(UNLIMITED)) == AUTOMATIC


def test_a_tie_that_would_close_a_ring_may_be_left_open() -> None:
    """The ring open at one place is a line: its first section carries 200 kW. Closed by hand it helps nobody."""
    assert agreed(ring(kw(200), tie_open=True)) == AUTOMATIC
    d = ring(kw(200), tie_open=True)
    assert agreed(d, "q0") == RE_SWITCHED
    d.change("q1", rating=kw(100))
    assert agreed(d, "q0") == RE_SWITCHED
    assert judge.judge(d.twin(), ()) == AUTOMATIC


def test_a_transfer_switch_between_two_feeding_boards_does_not_make_them_one() -> None:
    """Set a gives 325 kW into the ring, 100 of it for what hangs on board b: sections of 230 kW may carry too much. The
    load behind the switch, which hangs on both boards, changes nothing."""
    d = ring(kw(230))
    d.change("g", rating=kw(500))
    d.change("it3", load=kw(225))
    d.change("it2", load=kw(0))
    d.add("side", "board")
    d.add("tie", "breaker", isolation=WITHDRAWABLE)
    d.chain("side", "tie", "b2")
    genset(d, "g-b", "side", 100)
    d.load("house", 200, ["side"])
    d.load("lamp", 1, [d.selector("ats", ["b1", "side"])])
    assert agreed(d) == UNKNOWN
