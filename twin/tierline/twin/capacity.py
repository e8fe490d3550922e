"""What each element can carry or give at this site, as exact integers (decisions M4, M9, M10).

A capacity that rests on a number nobody wrote is unknown: it is kept as a pair, the least and the most it could be, so
that a verdict is given only where both agree. What is had is an exact fraction, floored once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import isqrt

from tierline.kernel import UNLIMITED as NO_LIMIT
from tierline.twin.model import UNLIMITED, Dimension, Element, Origin, Quantity, Twin

CLASS_FACTOR = {"COP": Fraction(1), "PRP": Fraction(7, 10), "LTP": Fraction(0), "ESP": Fraction(0)}
"""ISO 8528-1 rating classes → the share usable without limit of hours (D7: prime power at 70 %)."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """At least `low`, at most `high`, in W or ml/h; `missing` names the field that would settle it."""

    low: int
    high: int
    missing: str = ""

    @property
    def known(self) -> bool:
        return self.low == self.high


FREE = Capacity(NO_LIMIT, NO_LIMIT)


def unknown(field: str, high: int = NO_LIMIT) -> Capacity:
    return Capacity(0, high, field)


class Capacities:
    """Site capacities of the elements of one twin."""

    def __init__(self, twin: Twin) -> None:
        self.twin = twin
        self._free = twin.settings.get("unrated") is not None
        factor = twin.settings.get("power_factor")
        self._factor = factor.of if factor is not None and isinstance(factor.of, Quantity) else None
        self._known: dict[str, Capacity] = {}
        cords = {e.id for e in twin.elements.values() if e.origin is Origin.CORD}
        self._before = {joint.b: joint.a for joint in twin.joints if joint.b in cords}

    def of(self, element: Element) -> Capacity:
        """The site capacity of an element in the medium it carries or gives."""
        found = self._known.get(element.id)
        if found is None:
            found = self._known[element.id] = self._find(element)
        return found

    def at_site(self, element: Element, field: str) -> Quantity | None:
        """A field that is a table over temperature, read at the site's design dry bulb; or a plain quantity."""
        value = element.value(field)
        if isinstance(value, Quantity):
            return value
        ambient = self.twin.site.dry_bulb
        if not isinstance(value, Mapping) or ambient is None or not isinstance(ambient.of, Quantity):
            return None
        return interpolate(value, ambient.of)

    def _find(self, element: Element) -> Capacity:
        hottest = element.quantity("max_ambient")
        if hottest is not None:
            ambient = self.twin.site.dry_bulb
            if ambient is None or not isinstance(ambient.of, Quantity):
                return unknown("dry_bulb of the site")
            if ambient.of.amount > hottest.amount:
                return Capacity(0, 0)
        if element.kind == "genset":
            return self._genset(element)
        plain = self._plain(element)
        if plain.missing or plain.low == NO_LIMIT:
            return plain
        share = Fraction(1)
        if element.value("derate") is not None:
            factor = self.at_site(element, "derate")
            if factor is None:
                return unknown("derate", plain.high)
            share *= factor.amount
        fouling = element.quantity("fouling")
        if fouling is not None:
            share *= fouling.amount
        if share == 1:
            return plain
        exact = element.quantity("rating")
        assert exact is not None
        if exact.dimension is Dimension.POWER:
            return _exactly(exact.amount * share)
        return _exactly(plain.low * share)

    def _plain(self, element: Element) -> Capacity:
        """The rating as W or ml/h, before any derating."""
        written = self._rating(element)
        if written == UNLIMITED:
            return FREE
        if not isinstance(written, Quantity):
            return FREE if self._free else unknown("rating")
        if written.dimension in (Dimension.POWER, Dimension.FLOW):
            cap = _exactly(written.amount)
            apparent, factor = element.quantity("apparent"), self._power_factor(element)
            if apparent is not None and factor is None:
                return unknown("power_factor", int(min(written.amount, apparent.amount)))
            if apparent is not None and factor is not None:
                return _exactly(min(written.amount, apparent.amount * factor))
            return cap
        factor = self._power_factor(element)
        if factor is None:
            return unknown("power_factor")
        if written.dimension is Dimension.APPARENT_POWER:
            return _exactly(written.amount * factor)
        voltage = self._inherited(element, "voltage")
        if not isinstance(voltage, Quantity):
            return unknown("voltage")
        if self._inherited(element, "carries") == "dc" or self._inherited(element, "phases") == 1:
            return _exactly(written.amount * voltage.amount * factor)
        return _exactly(_root(3 * (written.amount * voltage.amount * factor) ** 2))

    def _rating(self, element: Element) -> object | None:
        """The element's own rating; a run or a cord without one is rated as the device that protects it.

        A protective device is chosen not to exceed what its conductor carries (IEC 60364-4-43).
        """
        written = element.value("rating")
        if written is not None or element.origin not in (Origin.RUN, Origin.CORD):
            return written
        protected = self._protection(element)
        return None if protected is None else protected.value("rating")

    def _protection(self, element: Element) -> Element | None:
        elements = self.twin.elements
        if element.origin is Origin.RUN:
            return elements.get(element.id.removesuffix(".w")) if element.id.endswith(".w") else None
        before = elements.get(self._before.get(element.id, ""))
        return self._protection(before) if before is not None and before.origin is Origin.RUN else before

    def _inherited(self, element: Element, field: str) -> object | None:
        """A field of the element, or of the board whose way it belongs to."""
        value = element.value(field)
        if value is not None or "." not in element.id:
            return value
        protecting = self._protection(element) if element.origin is Origin.CORD else None
        above = protecting.id if protecting else element.id.rpartition(".")[0]
        host = self.twin.elements.get(above)
        return None if host is None or host.id == element.id else self._inherited(host, field)

    def _power_factor(self, element: Element) -> Fraction | None:
        value = self._inherited(element, "power_factor")
        if isinstance(value, Quantity):
            return value.amount
        return None if self._factor is None else self._factor.amount

    def _genset(self, element: Element) -> Capacity:
        """Engine and alternator limit apart: the smaller of engine power and alternator power at its factor."""
        rating = element.value("rating")
        if rating == UNLIMITED:
            return FREE
        if not isinstance(rating, Quantity):
            return FREE if self._free else unknown("rating")
        if rating.dimension is not Dimension.POWER:
            return unknown("rating")
        share = CLASS_FACTOR.get(element.text("class"))
        if element.text("class") == "DCP" and element.value("letter") is not None:
            share = Fraction(1)
        if element.value("hours_limit") is not None and element.text("hours_limit") != "none":
            share = Fraction(0)
        if share is None:
            return unknown("class" if not element.text("class") else "letter", int(rating.amount))
        power = rating.amount * share
        at = element.text("rating_at")
        if at != "site":
            factor = self.at_site(element, "derate")
            if at != "nameplate" or factor is None:
                return unknown("derate" if at == "nameplate" else "rating_at", int(power))
            power *= factor.amount
        alternator, factor_of = element.quantity("alternator"), self._power_factor(element)
        if alternator is None:
            return _exactly(power)
        if factor_of is None:
            return unknown("power_factor", int(min(power, alternator.amount)))
        return _exactly(min(power, alternator.amount * factor_of))


def interpolate(table: Mapping[object, object], at: Quantity) -> Quantity | None:
    """The value of a table at a temperature, linear between its points; None outside it."""
    points = sorted((k.amount, v) for k, v in table.items() if isinstance(k, Quantity) and isinstance(v, Quantity))
    for (low, first), (high, second) in pairwise(points):
        if low <= at.amount <= high:
            part = (at.amount - low) / (high - low)
            amount = first.amount + (second.amount - first.amount) * part
            return Quantity(first.dimension, amount, f"{float(amount):g}")
    for point, value in points:
        if point == at.amount:
            return value
    return None


def _exactly(amount: Fraction | int) -> Capacity:
    floored = min(int(amount // 1), NO_LIMIT)
    return Capacity(floored, floored)


def _root(square: Fraction) -> int:
    """The floor of the square root of an exact fraction."""
    return isqrt(square.numerator // square.denominator)
