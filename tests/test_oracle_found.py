"""What the long run found: each plant as small as it could be made, and judged by the sweep and both oracles."""

from __future__ import annotations

from oracle import judge, milp
from oracle.drawing import Drawing, kw
from oracle.samples import genset

from tierline.twin.model import Isolation, Origin
from tierline.validators.assess import assess

WITHDRAWABLE = Isolation.WITHDRAWABLE


def agreed(d: Drawing, element: str) -> str:
    """The one answer of all three."""
    twin = d.twin()
    answers = {judge.sweep(twin)[element], milp.sweep(twin)[element], str(assess(twin).removals[element].answer)}
    assert len(answers) == 1, answers
    return answers.pop()


def test_a_third_cord_may_be_off_where_the_free_split_uses_one_cord_only() -> None:
    """A free split that uses one cord is no position of a rack that runs on two: it proves nothing."""
    d = Drawing(each_way=WITHDRAWABLE)
    d.room("hall", None)
    for x in "abc":
        d.add(f"gb-{x}", "board")
    genset(d, "gen-1", "gb-a", 170)
    genset(d, "gen-2", "gb-b", 80)
    d.add("tie-2", "breaker")
    d.chain("gb-c", "tie-2", "gb-a")
    d.rack("rack-1", 120, ["gb-a", "gb-b", "gb-c"], "hall")
    d.change("rack-1", runs_on=2)
    d.add("cu-0", "cooling-unit", rating=None)
    d.selector("ats-cu-0", ["gb-c", "gb-a"])
    run = d.add("cu-0.power", "cable", origin=Origin.RUN)
    d.feed("cu-0", "power", [d.chain("ats-cu-0", run, "cu-0")])
    d.add("cu-1", "cooling-unit", rating=kw(120), draw=kw(60))
    d.powered("cu-1", ["gb-b"])
    d.serves += [("cu-0", "hall"), ("cu-1", "hall")]
    assert agreed(d, "cu-0") == "re-switched"


def test_what_only_watches_starts_no_set() -> None:
    """What watches runs, but is no control: the controller hangs on its own set, and nobody says what starts that."""
    d = Drawing(each_way=WITHDRAWABLE)
    for x in "ab":
        d.add(f"gb-{x}", "board")
        genset(d, f"gen-{x}", f"gb-{x}", 100)
    d.load("load-1", 50, ["gb-a"])
    d.load("load-2", 50, ["gb-b"])
    d.add("watch", "controller", monitoring_only=True)
    d.powered("watch", ["gb-a"])
    d.add("plc", "controller", local_manual=False)
    d.powered("plc", ["gb-b"])
    assert agreed(d, "watch") == "automatic"
    d.need("gen-b", "control", "watch", "plc")
    assert agreed(d, "watch") == "unknown"


def test_a_battery_outside_the_model_starts_the_controls_of_a_set() -> None:
    """`given: [dc]` on a UPS says that its d.c. is there whatever happens: nothing it feeds waits for the set."""
    d = Drawing(each_way=WITHDRAWABLE)
    for x in "ab":
        d.add(f"gb-{x}", "board")
        genset(d, f"gen-{x}", f"gb-{x}", 300)
        d.add(f"ups-{x}", "ups")
        d.feed(f"ups-{x}", "from", [d.supply(f"gb-{x}", f"ups-{x}")], needed=False)
        d.add(f"uob-{x}", "board")
        d.land(f"ups-{x}", f"uob-{x}")
        d.add(f"plc-{x}", "controller")
        d.powered(f"plc-{x}", [f"uob-{x}"])
        d.need(f"gen-{x}", "control", f"plc-{x}")
    d.rack("rack-1", 90, ["uob-a", "uob-b"])
    assert agreed(d, "gb-a") == "unknown"
    d.given |= {("ups-a", "dc"), ("ups-b", "dc")}
    assert agreed(d, "gb-a") == "automatic"
