"""The hand-judged plants of the oracle's own tests, as drawings that a test may still change.

Promises: sizes and shapes are those of the base plants of the acceptance suite where they bear its name.
"""

from __future__ import annotations

from oracle.drawing import Drawing, kw, litres, litres_per_hour, litres_per_kwh
from tierline.twin.model import UNLIMITED, Isolation, Medium, Mode, Origin

FUEL, CHW = Medium.FUEL, Medium.CHILLED_WATER


def genset(d: Drawing, name: str, board: str, rating: int = 400, **values: object) -> str:
    d.add(name, "genset", **({"rating": kw(rating), "class": "COP", "rating_at": "site"} | values))
    d.land(name, board)
    return name


def two_sides(tie: Isolation | None, rating: int = 400, load: int = 300) -> Drawing:
    """A generator a side, a load on both boards, and a breaker between the boards."""
    d = Drawing()
    for x in "ab":
        d.add(f"gb-{x}", "board")
        genset(d, f"g-{x}", f"gb-{x}", rating)
    if tie is not None:
        d.add("tie", "breaker", isolation=tie)
        d.chain("gb-a", "tie", "gb-b")
    d.load("it", load, ["gb-a", "gb-b"])
    return d


def p1(rating: int = 400) -> Drawing:
    """The base plant of the acceptance suite: two full sides, N = 680 kW."""
    d = Drawing()
    for x in "ab":
        d.add(f"gb-{x}", "board", rating=kw(1000))
        genset(d, f"g-{x}1", f"gb-{x}", rating)
        genset(d, f"g-{x}2", f"gb-{x}", rating)
        d.add(f"msb-{x}", "board", rating=kw(1000))
        d.supply(f"gb-{x}", f"msb-{x}")
        d.add(f"ups-{x}", "ups", rating=kw(500))
        d.add(f"uob-{x}", "board")
        d.supply(f"msb-{x}", f"ups-{x}")
        d.land(f"ups-{x}", f"uob-{x}")
        d.add(f"mcc-{x}", "board")
        d.supply(f"msb-{x}", f"mcc-{x}")
    for n in (1, 2):
        d.rack(f"r{n}", 200, ["uob-a", "uob-b"])
    d.load("mech", 200, ["mcc-a", "mcc-b"])
    d.load("house", 80, ["msb-a", "msb-b"])
    return d


def dx(feeds: list[list[str]]) -> Drawing:
    """450 kW in one room on units of 90 kW, each on the panels named."""
    d = Drawing()
    d.room("hall", 450)
    for x in "ab":
        d.add(f"mcc-{x}", "board")
        d.given.add((f"mcc-{x}", "power"))
    for n, panels in enumerate(feeds, 1):
        d.add(f"cu-{n}", "cooling-unit", rating=kw(90), draw=kw(30))
        d.serves.append((f"cu-{n}", "hall"))
        if len(panels) == 1:
            d.powered(f"cu-{n}", panels)
        else:
            d.selector(f"ats-{n}", panels)
            run = d.add(f"cu-{n}.power", "cable", origin=Origin.RUN)
            d.feed(f"cu-{n}", "power", [d.chain(f"ats-{n}", run, f"cu-{n}")])
    return d


def ring(units_of: dict[int, int], rating: object = UNLIMITED) -> Drawing:
    """Closed ring of six sections: chillers of 225 kW on the odd ones, CRAHs of 75 kW on the even ones."""
    d = Drawing()
    d.room("hall", 450)
    for n in range(1, 7):
        d.add(f"s{n}", "section", rating=rating)
        d.add(f"v{n}", "valve")
    for n in range(1, 7):
        d.chain(f"s{n}", f"v{n}", f"s{n % 6 + 1}", medium=CHW)
    for n in (1, 3, 5):
        d.add(f"ch-{n}", "chiller", rating=kw(225))
        d.land(f"ch-{n}", f"s{n}", CHW)
    for section, count in units_of.items():
        for k in range(count):
            name = d.add(f"crah-{section}{k}", "crah", rating=kw(75))
            d.feed(name, "from", [d.supply(f"s{section}", name, CHW)], needed=False)
            d.serves.append((name, "hall"))
    return d


def fuel(headers: int, day_tank: object = litres(20), tank: int = 5000, pump: int = 400) -> Drawing:
    """P1 with two tanks and pumps on the mechanical panels, on one or two supply headers."""
    d = p1()
    names = [d.add(f"sh-{h}", "header") for h in range(1, headers + 1)]
    for n, x in ((1, "a"), (2, "b")):
        d.add(f"bt-{n}", "tank", usable=litres(tank))
        d.add(f"p-{n}", "pump", rating=litres_per_hour(pump))
        d.supply(f"bt-{n}", f"p-{n}", FUEL)
        d.land(f"p-{n}", names[min(n, headers) - 1], FUEL)
        d.powered(f"p-{n}", [f"mcc-{x}"])
    for set_ in ("a1", "a2", "b1", "b2"):
        d.change(f"g-{set_}", burn=litres_per_kwh("0.27"))
        d.add(f"dt-{set_}", "day-tank", usable=day_tank)
        d.feed(f"dt-{set_}", "from", [d.supply(h, f"dt-{set_}", FUEL) for h in names],
               mode=Mode.JOINED, needed=False)  # fmt: skip
        run = d.add(f"g-{set_}.fuel", "pipe", origin=Origin.RUN)
        d.feed(f"g-{set_}", "fuel", [d.chain(f"dt-{set_}", run, f"g-{set_}", medium=FUEL)])
    return d
