"""What a machine takes, or passes on, for each unit it gives; None where the number for it is not written."""

from __future__ import annotations

from fractions import Fraction

from tierline.kernel import UNLIMITED
from tierline.twin.capacity import Capacities
from tierline.twin.model import Element


def ups_input(element: Element, recharged: bool) -> Fraction:
    """W in for each W out: losses, and the recharge of the battery where it counts in N."""
    efficiency, recharge = element.quantity("efficiency"), element.quantity("recharge")
    ratio = 1 / efficiency.amount if efficiency is not None and efficiency.amount else Fraction(1)
    return ratio + (recharge.amount if recharge is not None and recharged else 0)


def burn(element: Element) -> Fraction | None:
    """ml/h of fuel for each W."""
    found = element.quantity("burn")
    return None if found is None else found.amount / 1000


def drawn(element: Element, capacities: Capacities, high: bool) -> Fraction | None:
    """W of power for each unit carried: 1 / COP, or the rated draw over the rating."""
    cop, draw = capacities.at_site(element, "cop"), element.quantity("draw")
    if cop is not None and cop.amount > 0:
        return 1 / cop.amount
    if draw is None:
        return None
    carries = _carries(element, capacities, high)
    return draw.amount / carries if 0 < carries < UNLIMITED else Fraction(0)


def rejected(element: Element, capacities: Capacities, high: bool) -> Fraction | None:
    """W into the condenser circuit for each W of cooling: what is cooled, and what drives the machine."""
    power = drawn(element, capacities, high)
    if power is None or (element.value("cop") is None and _carries(element, capacities, high) >= UNLIMITED):
        return None
    return 1 + power


def _carries(element: Element, capacities: Capacities, high: bool) -> int:
    rating = capacities.of(element)
    return rating.high if high else rating.low
