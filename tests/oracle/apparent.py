"""Apparent power: what elements carry, give and draw in VA, and which networks are judged in VA at all (decision M9).

Promises: a network of power is judged in VA as soon as anything in it speaks of them. Passive parts and alternators are
limited in VA, engines in W, uninterruptible supplies in both; VA are added up as they are. A power factor belongs to
what draws.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from oracle.ratings import ENDLESS, generator, kilo, limit, rating_of, ratio_here
from oracle.world import Guess, Port, World, is_consumer
from tierline.twin.model import UNLIMITED, Dimension, Element, Medium, Quantity

IN_VA = (Dimension.APPARENT_POWER, Dimension.CURRENT)
UNWRITTEN = 1000.0
"""VA for each W where nobody wrote the power factor: more than any machine draws, and less than what is unlimited."""


def judged(world: World, port: Port) -> bool:
    """Is the network of power at this side of an element judged in VA?"""
    return world.power_networks.get(port) in _judged(world)


def judged_anywhere(world: World) -> bool:
    return bool(_judged(world))


def _judged(world: World) -> frozenset[Port]:
    if world.in_apparent is None:
        network = world.power_networks
        said = frozenset(root for port, root in network.items() if _speaks(world, *port))
        world.in_apparent = frozenset(network.values()) if "power_factor" in world.twin.settings else said
    return world.in_apparent


def _speaks(world: World, name: str, side: str) -> bool:
    """Does the element say anything of VA, of what it draws at a side or else of what it gives and carries?"""
    element = world.twin.elements[name]
    if side:
        return element.value("power_factor") is not None
    rating = rating_of(world, element)
    in_va = isinstance(rating, Quantity) and rating.dimension in IN_VA
    return in_va or element.value("alternator") is not None or element.value("apparent") is not None


def drawn_at(world: World, element: Element) -> Port:
    """The side at which an element takes power for itself."""
    if is_consumer(element) or element.kind in ("ups", "dc-supply"):
        return element.id, "in"
    needed = [feed.name for feed in world.feeds_of[element.id] if feed.needed and feed.medium == Medium.POWER]
    return element.id, "power" if "power" in needed else min(needed, default="")


def per_watt(world: World, element: Element, guess: Guess) -> float:
    """VA for each W an element draws."""
    own, common = element.quantity("power_factor"), world.twin.settings.get("power_factor")
    if own is None and common is not None and isinstance(common.of, Quantity):
        own = common.of
    if own is not None and own.amount > 0:
        return float(1 / own.amount)
    return 1.0 if guess.missing() else UNWRITTEN


def parts(element: Element, joints: int) -> bool:
    """May a load with so many joints split?"""
    return is_consumer(element) and joints > 1 and element.text("sharing") == "divisible"


def parting(world: World) -> dict[Port, float]:
    """Networks judged in VA in which a load may split → the highest power factor of all that draws there."""
    drawing: dict[Port, list[Element]] = defaultdict(list)
    for element in world.twin.elements.values():
        side = drawn_at(world, element)
        if side[1] and judged(world, side):
            drawing[world.power_networks[side]].append(element)
    return {
        network: max(1.0 if e.quantity("power_factor") is None else 1 / per_watt(world, e, Guess(True)) for e in found)
        for network, found in drawing.items()
        if any(parts(e, len(world.joints_at[e.id])) for e in found)
    }


def most(world: World, element: Element, guess: Guess) -> float:
    """The kVA that an element may carry or give; read loosely for the worse, no more than its W at the most."""
    found = _most(world, element, guess)
    factor = parting(world).get(world.power_networks.get((element.id, ""), ("", ""))) if guess.loose else None
    if factor is None or guess.high:
        return found
    genset = element.kind == "genset"
    watts = generator(world, element, guess) if genset else limit(world, element, Medium.POWER, guess)
    return min(found, watts / factor)


def _most(world: World, element: Element, guess: Guess) -> float:
    if element.kind == "genset":
        return _alternator(world, element, guess)
    if element.kind == "ups":
        return _output(world, element, guess)
    rating = rating_of(world, element)
    in_va = isinstance(rating, Quantity) and rating.dimension in IN_VA
    return limit(world, element, Medium.POWER, guess) if in_va else ENDLESS


def _alternator(world: World, element: Element, guess: Guess) -> float:
    """One that nobody rated carries at least what the engine gives."""
    rating = element.value("alternator")
    if not isinstance(rating, Quantity):
        said = UNLIMITED in (rating, element.value("rating")) or "unrated" in world.twin.settings
        return ENDLESS if said or guess.missing() else generator(world, element, guess)
    derate = Fraction(1)
    if element.value("alternator_derate") is not None:
        found = ratio_here(world, element, "alternator_derate")
        if found is None:
            return kilo(rating.amount) if guess.missing() else 0.0
        derate = found
    return kilo(Fraction(rating.amount * derate // 1))


def _output(world: World, element: Element, guess: Guess) -> float:
    """As stated, and never less than its W."""
    stated = element.value("apparent")
    if isinstance(stated, Quantity):
        return kilo(stated.amount)
    watts = limit(world, element, Medium.POWER, guess)
    return ENDLESS if stated == UNLIMITED or watts == ENDLESS or guess.missing() else watts
