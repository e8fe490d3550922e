"""Make-up water: which elements consume it, and how much for each unit of heat they carry (WA-02, WA-04).

What evaporates leaves its salts behind, so a part is blown down: make-up is E × C / (C − 1) for E evaporated at C
cycles of concentration. Drift that is not written is in the cycles already, for it takes salts away as blow-down does.
"""

from __future__ import annotations

from fractions import Fraction

from tierline.twin.model import UNLIMITED, Element, Medium, Quantity, Twin

_WORDS = ("evaporation", "cycles", "drift")


def evaporates(element: Element) -> bool:
    """Whether an element consumes water by its kind or by what is written of it; nil said outright is nil."""
    if element.kind != "tower" and not any(element.value(word) is not None for word in _WORDS):
        return False
    return make_up(element) != 0


def consumers_of_water(twin: Twin) -> tuple[str, ...]:
    """The elements that consume make-up water, whether or not any is modelled."""
    drawing = {feed.element for feed in twin.feeds if feed.medium is Medium.WATER and feed.needed}
    return tuple(e.id for e in twin.elements.values() if e.id in drawing or evaporates(e))


def make_up(element: Element) -> Fraction | None:
    """ml/h of water for each W carried; None where a number is missing."""
    evaporation, drift = element.quantity("evaporation"), element.quantity("drift")
    if evaporation is None:
        return None
    lost = Fraction(0) if drift is None else drift.amount
    if evaporation.amount:
        cycles = element.value("cycles")
        if cycles == UNLIMITED:
            lost += evaporation.amount
        elif isinstance(cycles, Quantity):
            lost += evaporation.amount * cycles.amount / (cycles.amount - 1)
        else:
            return None
    return lost / 1000


def missing_of_make_up(element: Element) -> str:
    """The field without which the make-up of an element is not known; empty where it is."""
    if make_up(element) is not None:
        return ""
    return "evaporation" if element.quantity("evaporation") is None else "cycles"
