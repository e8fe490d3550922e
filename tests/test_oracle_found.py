"""What the long run found: each plant as small as it could be made, and judged by the sweep and both oracles."""

from __future__ import annotations

from oracle.agreed import agreed
from oracle.drawing import Drawing, kw, litres, litres_per_kwh
from oracle.samples import genset

from tierline.twin.model import Isolation, Medium, Origin

WITHDRAWABLE = Isolation.WITHDRAWABLE
FUEL, CHW = Medium.FUEL, Medium.CHILLED_WATER


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


def cooled(d: Drawing, name: str, kind: str, rating: int, draw: int, board: str) -> str:
    """A cooling machine on a board."""
    d.add(name, kind, rating=kw(rating), draw=kw(draw))
    d.powered(name, [board])
    return name


def test_a_pump_at_its_rating_leaves_room_for_rounding_elsewhere() -> None:
    """All the heat is all the pump can carry; how the chillers share has 37 kW to spare, and is found."""
    d = Drawing(each_way=WITHDRAWABLE)
    d.room("hall", 150)
    for x, rating, load in (("a", 190, 100), ("b", 240, 50)):
        d.add(f"gb-{x}", "board")
        genset(d, f"gen-{x}", f"gb-{x}", rating)
        d.load(f"load-{x}", load, [f"gb-{x}"])
    d.add("ph", "header")
    d.add("s0", "section")
    d.land(cooled(d, "ch-0", "chiller", 150, 150, "gb-a"), "ph", CHW)
    d.land(cooled(d, "ch-1", "chiller", 160, 40, "gb-a"), "ph", CHW)
    d.supply("ph", cooled(d, "cp-0", "pump", 150, 10, "gb-a"), CHW)
    d.land("cp-0", "s0", CHW)
    for name, rating in (("crah-0", 50), ("crah-1", 140)):
        cooled(d, name, "crah", rating, rating, "gb-b")
        d.feed(name, "from", [d.supply("s0", name, CHW)], needed=False)
        d.serves.append((name, "hall"))
    d.add("spare", "board")
    assert agreed(d, "spare") == "automatic"


def test_units_share_at_no_margin_at_all() -> None:
    """30 kW are left for 60 kW of heat: only the two units that draw half of what they carry can do it."""
    d = Drawing(each_way=WITHDRAWABLE)
    d.room("hall", 60)
    d.add("gb", "board")
    genset(d, "gen", "gb", 90)
    d.load("load", 60, ["gb"])
    for name, rating, draw in (("cu-0", 70, 70), ("cu-1", 70, 35), ("cu-2", 20, 10)):
        cooled(d, name, "crac", rating, draw, "gb")
        d.serves.append((name, "hall"))
    assert agreed(d, "cu-0") == "automatic"
    assert agreed(d, "cu-1") == "fail"


def test_stores_are_added_up_before_they_are_rounded() -> None:
    """960 L and three day tanks of 10 L last twelve hours of 330 kW to the millilitre."""
    d = Drawing(each_way=WITHDRAWABLE)
    d.add("gb", "board")
    d.load("load", 330, ["gb"])
    d.add("sh", "header")
    d.add("bt", "tank", usable=litres(960))
    d.supply("bt", "sh", FUEL)
    for n in "123":
        genset(d, f"gen-{n}", "gb", 120, burn=litres_per_kwh("0.25"))
        d.add(f"dt-{n}", "day-tank", usable=litres(10))
        d.feed(f"dt-{n}", "from", [d.supply("sh", f"dt-{n}", FUEL)], needed=False)
        d.feed(f"gen-{n}", "fuel", [d.supply(f"dt-{n}", f"gen-{n}", FUEL)])
    d.add("spare", "board")
    assert agreed(d, "spare") == "automatic"
    d.change("bt", usable=litres(959))
    assert agreed(d, "spare") == "fail"
