"""What an element can carry or supply, in kW or L/h, as a plain float; infinity where nothing limits it.

Promises: exact fractions up to the last step, generator capacities floored to the watt, and no default: a
number that is needed and not written is whatever the `Guess` says, nothing or everything.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

from oracle.world import CONSUMERS, OUTDOORS, TANKS, Guess, World
from tierline.twin.kinds import KINDS, Class
from tierline.twin.model import UNLIMITED, Dimension, Element, Medium, Origin, Quantity

UNRATED_KINDS = (*TANKS, *CONSUMERS, "battery", "dc-supply", "controller", "panel", "sensor", "epo", "release")
"""Kinds that carry flow, or end it, and have no rating of their own."""
CLASS_FACTOR = {"COP": Fraction(1), "PRP": Fraction(7, 10)}
HEAT_MOVERS = ("chiller", "crah", "cdu", "crac", "cooling-unit", *OUTDOORS)
HOURS = 12
ENDLESS = math.inf


def missing(guess: Guess) -> float:
    """A capacity nobody wrote, kW or L/h."""
    return ENDLESS if guess.missing() else 0.0


def kilo(amount: Fraction) -> float:
    """W to kW, VA to kVA, ml/h to L/h."""
    return float(amount / 1000)


def dry_bulb(world: World) -> Fraction | None:
    site = world.twin.site.dry_bulb
    return site.of.amount if site is not None and isinstance(site.of, Quantity) else None


def wet_bulb(world: World) -> Fraction | None:
    site = world.twin.site.fields.get("wet_bulb")
    return site.of.amount if site is not None and isinstance(site.of, Quantity) else None


def at_temperature(table: Mapping[Quantity, Quantity], where: Fraction) -> Fraction | None:
    """Linear interpolation; None outside the table."""
    points = sorted((t.amount, r.amount) for t, r in table.items())
    for temperature, ratio in points:
        if temperature == where:
            return ratio
    for (t0, r0), (t1, r1) in pairwise(points):
        if t0 < where < t1:
            return r0 + (r1 - r0) * (where - t0) / (t1 - t0)
    return None


def ratio_here(world: World, element: Element, name: str) -> Fraction | None:
    """A ratio, or a table of ratios read at the site's extreme dry bulb, of a tower wet bulb; None: not known."""
    value = element.value(name)
    if isinstance(value, Quantity):
        return value.amount
    where = wet_bulb(world) if element.kind == "tower" else dry_bulb(world)
    if isinstance(value, Mapping) and where is not None:
        return at_temperature(value, where)
    return None


def of_limited_hours(element: Element) -> bool:
    """A set that may not run as long as it is needed: by its class, or by what its permit or its maker says."""
    if element.kind != "genset" or element.text("class") in ("ESP", "LTP"):
        return element.kind == "genset"
    return element.value("hours_limit") not in (None, "none")


def generator(world: World, element: Element, guess: Guess) -> float:
    """Output at the site, kW, without limit of hours; what is missing leaves at most the rating as written."""
    rating = element.quantity("rating")
    if rating is None:
        return ENDLESS if element.value("rating") == UNLIMITED else missing(guess)
    factor = Fraction(guess.rated) if of_limited_hours(element) else CLASS_FACTOR.get(element.text("class"))
    derate = Fraction(1) if element.text("rating_at") == "site" else ratio_here(world, element, "derate")
    if factor == 0:
        return 0.0
    if factor is None or derate is None:
        return kilo(rating.amount) if guess.missing() else 0.0
    watts = rating.amount * derate * factor
    alternator, cooled = element.quantity("alternator"), Fraction(1)
    if alternator is None:
        return kilo(Fraction(math.floor(watts)))
    if element.value("alternator_derate") is not None:
        found = ratio_here(world, element, "alternator_derate")
        cooled = found if found is not None else Fraction(guess.missing())
    watts = min(watts, alternator.amount * cooled)  # W never exceed VA
    return kilo(Fraction(math.floor(watts)))


def device_of(world: World, element: Element) -> Element | None:
    """The device that protects a run or a cord."""
    elements = world.twin.elements
    if element.origin == Origin.RUN:
        return elements.get(element.id.removesuffix(".w")) if element.id.endswith(".w") else None
    if element.origin == Origin.CORD:
        before = [elements[j.a] for _, j in world.joints_at[element.id] if j.b == element.id]
        run = before[0] if before and before[0].origin == Origin.RUN else None
        return device_of(world, run) if run is not None else next(iter(before), None)
    return None


def rating_of(world: World, element: Element) -> object | None:
    """The rating as written; a run or a cord without one is rated as the device that protects it."""
    device = device_of(world, element)
    own = element.value("rating")
    if own is None and device is not None:
        own = device.value("rating")
    return own if own is not None else _unrated(world)


def inherited(world: World, element: Element, name: str) -> object | None:
    """A field of the element, else of what its way belongs to."""
    own = element.value(name)
    above = device_of(world, element) or world.twin.elements.get(element.id.rpartition(".")[0])
    return own if own is not None or above is None else inherited(world, above, name)


def limit(world: World, element: Element, medium: Medium, guess: Guess) -> float:
    """The most that may pass through, kW or L/h, after derating and fouling."""
    if element.kind in UNRATED_KINDS or KINDS[element.kind].cls == Class.WORLD:
        return ENDLESS
    rating = rating_of(world, element)
    if rating == UNLIMITED:
        return ENDLESS
    derate, fouling = Fraction(1), Fraction(1)
    if element.value("derate") is not None:
        found = ratio_here(world, element, "derate")
        if found is None:
            return missing(guess)
        derate = found
    elif element.kind in OUTDOORS and element.text("rating_at") != "site" and not guess.missing():
        return 0.0
    dirt = element.quantity("fouling")
    if dirt is not None:
        fouling = dirt.amount
    flow = in_flow_units(world, element, rating, medium) if isinstance(rating, Quantity) else None
    return missing(guess) if flow is None else flow * float(derate * fouling)


def _unrated(world: World) -> object:
    setting = world.twin.settings.get("unrated")
    return None if setting is None else setting.of


def in_flow_units(world: World, element: Element, rating: Quantity, medium: Medium) -> float | None:
    """A rating as kW of power or heat, or L/h of a fluid; None where a number for it is missing. VA limit W too."""
    if medium in (Medium.FUEL, Medium.WATER):
        return kilo(rating.amount) if rating.dimension == Dimension.FLOW else None
    if rating.dimension in (Dimension.POWER, Dimension.APPARENT_POWER):
        apparent = element.quantity("apparent")
        return kilo(rating.amount if apparent is None else min(rating.amount, apparent.amount))
    voltage = inherited(world, element, "voltage")
    if medium == Medium.POWER and rating.dimension == Dimension.CURRENT and isinstance(voltage, Quantity):
        phases = 1.0 if inherited(world, element, "phases") == 1 else math.sqrt(3)
        return phases * kilo(rating.amount * voltage.amount)
    return None


def input_per_output(element: Element) -> float:
    """What an uninterruptible supply takes for each kW it gives: its losses and the recharge of its store."""
    efficiency, recharge = element.quantity("efficiency"), element.quantity("recharge")
    taken = Fraction(1) if efficiency is None else 1 / efficiency.amount
    return float(taken + (0 if recharge is None else recharge.amount))


def follows(world: World, element: Element) -> bool:
    """Does the draw follow what is carried? That of a control does not, nor that of a fuel or water pump, which runs
    or stands."""
    if element.kind == "pump":
        return not world.media_of[element.id] & {Medium.FUEL, Medium.WATER}
    return element.kind in HEAT_MOVERS


def power_per_carried(world: World, element: Element, medium: Medium, guess: Guess) -> float:
    """kW drawn for each unit carried; at worst, where nobody wrote it, as much as is carried."""
    draw = element.quantity("draw")
    if draw is not None:
        rated = limit(world, element, medium, guess)
        return 0.0 if rated in (0.0, ENDLESS) else kilo(draw.amount) / rated
    cop = ratio_here(world, element, "cop")
    if cop:
        return float(1 / cop)
    if medium in (Medium.FUEL, Medium.WATER) or world.twin.settings.get("unrated") is not None:
        return 0.0
    return 0.0 if guess.missing() else 1.0


def standing_draw(world: World, element: Element) -> float:
    """kW drawn whatever is carried: by controls, and by a machine whose rating is declared unlimited."""
    draw = element.quantity("draw")
    endless = rating_of(world, element) == UNLIMITED
    return kilo(draw.amount) if draw is not None and (endless or not follows(world, element)) else 0.0


def burn(element: Element, guess: Guess) -> float:
    """Litres of fuel per kWh."""
    written = element.quantity("burn")
    if written is not None:
        return kilo(written.amount)
    return 0.0 if guess.missing() else ENDLESS


def make_up(element: Element, guess: Guess) -> float:
    """Litres of water for each kWh of heat: what evaporates, what is blown down to keep the salts, what drifts off."""
    evaporation, cycles, drift = element.quantity("evaporation"), element.value("cycles"), element.quantity("drift")
    off = 0.0 if drift is None else kilo(drift.amount)
    if evaporation is not None and (not evaporation.amount or cycles == UNLIMITED):
        return kilo(evaporation.amount) + off
    if evaporation is None or not isinstance(cycles, Quantity):
        return 0.0 if guess.missing() else ENDLESS
    return kilo(evaporation.amount) + kilo(evaporation.amount) / float(cycles.amount - 1) + off


def rejected(world: World, element: Element, medium: Medium, guess: Guess) -> float:
    """kW into the condenser circuit for each kW cooled: that, and what drives the machine."""
    rated = limit(world, element, medium, guess)
    cop, draw = ratio_here(world, element, "cop"), element.quantity("draw")
    if cop:
        return float(1 + 1 / cop)
    if draw is not None and 0.0 < rated < ENDLESS:
        return 1.0 + kilo(draw.amount) / rated
    return 1.0 if guess.missing() else 2.0


def demand(element: Element, guess: Guess) -> float:
    """kW a rack or load must get."""
    load = element.quantity("load")
    if load is not None:
        return kilo(load.amount)
    return 0.0 if guess.missing() else ENDLESS


def room_heat(world: World, room: str, guess: Guess) -> float:
    """kW of heat to remove: as stated, else what its racks and loads take."""
    heat = world.twin.rooms[room].heat
    if heat is not None and isinstance(heat.of, Quantity):
        return kilo(heat.of.amount)
    inside = [e for e in world.twin.elements.values() if e.room == room and e.kind in CONSUMERS]
    return sum(demand(consumer, guess) for consumer in inside)


def rate_for_hours(element: Element, guess: Guess) -> float:
    """L/h a store can give for twelve hours."""
    usable = element.value("usable")
    if usable is None:
        return missing(guess)
    return kilo(usable.amount) / HOURS if isinstance(usable, Quantity) else ENDLESS
