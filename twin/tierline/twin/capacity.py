"""What each element can carry or give at this site, as exact integers (decisions M4, M9, M10).

A capacity that rests on a number nobody wrote is unknown: it is kept as a pair, the least and the most it could be, so
that a verdict is given only where both agree. What is had is an exact fraction, floored once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import isqrt

from tierline.kernel import UNLIMITED as NO_LIMIT
from tierline.twin.kinds import KINDS, REJECTORS
from tierline.twin.model import UNLIMITED, Dimension, Element, Medium, Origin, Quantity, Twin
from tierline.twin.policy import DEFAULT, Policy

CLASS_FACTOR = {"COP": Fraction(1), "PRP": Fraction(7, 10), "LTP": Fraction(0), "ESP": Fraction(0)}
"""ISO 8528-1 rating classes → the share usable without limit of hours (D7: prime power at 70 %)."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """At least `low`, at most `high`, in W, VA or ml/h; `missing` names the field that would settle it."""

    low: int
    high: int
    missing: str = ""

    @property
    def known(self) -> bool:
        return self.low == self.high


FREE = Capacity(NO_LIMIT, NO_LIMIT)


def unknown(field: str, high: int = NO_LIMIT, low: int = 0) -> Capacity:
    return Capacity(low, high, field)


_APPARENT = (Dimension.APPARENT_POWER, Dimension.CURRENT)
"""What speaks of apparent power: VA, and A at a voltage."""


_VOLUMES = (Medium.FUEL, Medium.WATER, Medium.GAS)
_HEATS = (Medium.CHILLED_WATER, Medium.CONDENSER_WATER, Medium.REFRIGERANT, Medium.AIR)
"""Media of which the heat they carry is judged: a rate of water or air says nothing without its temperatures."""


class Capacities:
    """Site capacities of the elements of one twin."""

    def __init__(self, twin: Twin, policy: Policy = DEFAULT, limited: bool = False) -> None:
        """`limited`: sets of limited hours give their rating, as below Tier III; else nothing (decision M4)."""
        self.twin, self.policy, self._limited = twin, policy, limited
        self._free = twin.settings.get("unrated") is not None
        self._known: dict[tuple[str, bool], Capacity] = {}
        cords = {e.id for e in twin.elements.values() if e.origin is Origin.CORD}
        self._before = {joint.b: joint.a for joint in twin.joints if joint.b in cords}
        self._by_volume = dict(_by_volume(twin))

    def of(self, element: Element) -> Capacity:
        """The site capacity of an element in the medium it carries or gives, in W or ml/h."""
        return self._kept(element, apparent=False)

    def apparent(self, element: Element) -> Capacity:
        """The site capacity of an element of power in VA; without limit where only W are rated."""
        return self._kept(element, apparent=True)

    def in_apparent(self, element: Element, drawn: bool) -> bool:
        """Whether what is written of an element speaks of apparent power: of what it draws, or else of what it gives
        or carries."""
        if drawn:
            return element.value("power_factor") is not None
        rating = self._rating(element)
        return (isinstance(rating, Quantity) and rating.dimension in _APPARENT) or any(
            element.value(field) is not None for field in ("alternator", "apparent")
        )

    def power_factor(self, element: Element) -> Fraction | None:
        """The power factor of what an element draws; None where neither it nor the settings say."""
        value = element.quantity("power_factor")
        if value is None:
            common = self.twin.settings.get("power_factor")
            value = common.of if common is not None and isinstance(common.of, Quantity) else None
        return value.amount if value is not None and value.amount > 0 else None

    def at_site(self, element: Element, field: str) -> Quantity | None:
        """A field that is a table over temperature, read at the site's design conditions; or a plain quantity."""
        value = element.value(field)
        if isinstance(value, Quantity):
            return value
        ambient = self._wet_bulb if element.kind == "tower" else self._ambient
        return None if ambient is None or not isinstance(value, Mapping) else interpolate(value, ambient)

    @cached_property
    def _wet_bulb(self) -> Fraction | None:
        """What towers cool by, in °C: the site's extreme wet bulb."""
        wet_bulb = self.twin.site.fields.get("wet_bulb")
        return wet_bulb.of.amount if wet_bulb is not None and isinstance(wet_bulb.of, Quantity) else None

    @cached_property
    def _ambient(self) -> Fraction | None:
        """The air that plant takes in, in °C: the site's design dry bulb, and what the yard adds to it."""
        dry_bulb = self.twin.site.dry_bulb
        if dry_bulb is None or not isinstance(dry_bulb.of, Quantity):
            return None
        return dry_bulb.of.amount + (3 if self.policy.takes("yard_adder", "3 K") else 0)

    def _kept(self, element: Element, apparent: bool) -> Capacity:
        found = self._known.get((element.id, apparent))
        if found is None:
            found = self._known[element.id, apparent] = self._at_ambient(element, apparent)
        return found

    def _at_ambient(self, element: Element, apparent: bool) -> Capacity:
        hottest = element.quantity("max_ambient")
        if hottest is not None:
            if self._ambient is None:
                return unknown("dry_bulb of the site")
            if self._ambient > hottest.amount:
                return Capacity(0, 0)
        if element.kind == "genset":
            return self._alternator(element) if apparent else self._genset(element)
        if element.kind == "ups":
            return self._output(element) if apparent else least(self._plain(element), self._plain(element, "apparent"))
        rating = self._rating(element)
        if apparent and not (isinstance(rating, Quantity) and rating.dimension in _APPARENT):
            return FREE
        return self._plain(element)

    def _output(self, element: Element) -> Capacity:
        """The apparent power of a UPS: as stated, and never less than its W."""
        if element.value("apparent") is not None:
            return self._plain(element, "apparent")
        return unknown("apparent", low=self._plain(element).low)

    def _plain(self, element: Element, field: str = "rating") -> Capacity:
        """A rating at the site, in its own unit: W, VA or ml/h. W never exceed VA, so VA limit both."""
        written = self._rating(element) if field == "rating" else element.value(field)
        if written == UNLIMITED:
            return FREE
        if not isinstance(written, Quantity):
            return FREE if self._free or field != "rating" else unknown(field)
        volume = written.dimension is Dimension.FLOW
        if self._by_volume.get(element.id, volume) is not volume:
            return unknown("rating in kW" if volume else "rating in L/h")
        amount = self._amount(element, written)
        if amount is None:
            return unknown("voltage")
        if element.value("derate") is not None:
            factor = self.at_site(element, "derate")
            if factor is None:
                return unknown("derate", int(amount))
            amount *= factor.amount
        elif element.kind in REJECTORS and element.text("rating_at") != "site":
            return unknown("derate" if element.text("rating_at") else "rating_at", int(amount))
        fouling = element.quantity("fouling")
        return _exactly(amount * fouling.amount if fouling is not None else amount)

    def _amount(self, element: Element, written: Quantity) -> Fraction | None:
        """A rating as W, VA or ml/h; None if its voltage is not known."""
        if written.dimension is not Dimension.CURRENT:
            return written.amount
        voltage = self._inherited(element, "voltage")
        if not isinstance(voltage, Quantity):
            return None
        if self._inherited(element, "carries") == "dc" or self._inherited(element, "phases") == 1:
            return written.amount * voltage.amount
        return Fraction(_root(3 * (written.amount * voltage.amount) ** 2))

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

    def _genset(self, element: Element) -> Capacity:
        """What a set gives: engine and alternator limit apart, each with a derating of its own."""
        alternator = self._alternator(element)
        engine = self._engine(element)
        return engine if alternator.missing == "alternator" else least(engine, alternator)

    def _engine(self, element: Element) -> Capacity:
        rating = element.value("rating")
        if rating == UNLIMITED:
            return FREE
        if not isinstance(rating, Quantity):
            return FREE if self._free else unknown("rating")
        share = CLASS_FACTOR.get(element.text("class"))
        if element.text("class") == "DCP" and element.value("letter") is not None:
            share = Fraction(1)
        if element.text("class") == "PRP" and self.policy.takes("prp_factor", "reject"):
            share = Fraction(0)
        if limited_hours(element):
            share = Fraction(1 if self._limited else 0)
        if share is None:
            return unknown("class" if not element.text("class") else "letter", int(rating.amount))
        power = rating.amount * share
        at = element.text("rating_at")
        if at == "site":
            return _exactly(power)
        factor = self.at_site(element, "derate")
        if at != "nameplate" or factor is None:
            return unknown("derate" if at == "nameplate" else "rating_at", int(power))
        return _exactly(power * factor.amount)

    def _alternator(self, element: Element) -> Capacity:
        """The alternator of a set in VA; one that nobody rated carries at least what the engine gives."""
        rating = element.value("alternator")
        if not isinstance(rating, Quantity):
            free = rating == UNLIMITED or self._free or element.value("rating") == UNLIMITED
            return FREE if free else unknown("alternator", low=self._engine(element).low)
        if element.value("alternator_derate") is None:
            return _exactly(rating.amount)
        factor = self.at_site(element, "alternator_derate")
        if factor is None:
            return unknown("alternator_derate", int(rating.amount))
        return _exactly(rating.amount * factor.amount)


def _by_volume(twin: Twin) -> Iterator[tuple[str, bool]]:
    """What conducts a fluid → whether what it carries is judged by volume; by heat otherwise."""
    for element in twin.elements.values():
        if KINDS[element.kind].medium is Medium.AIR:
            yield element.id, False
    for joint in twin.joints:
        if joint.medium in _VOLUMES or joint.medium in _HEATS:
            passing = (end for end in (joint.a, joint.b) if KINDS[twin.elements[end].kind].medium is None)
            yield from ((end, joint.medium in _VOLUMES) for end in passing)


def least(one: Capacity, other: Capacity) -> Capacity:
    """The smaller of two limits, known only if what decides is."""
    low, high = min(one.low, other.low), min(one.high, other.high)
    missing = "" if low == high else one.missing or other.missing
    return Capacity(low, high, missing)


def limited_hours(element: Element) -> bool:
    """Whether the hours a set may run are limited, by its class (ISO 8528-1) or by what is written."""
    written = element.value("hours_limit") is not None and element.text("hours_limit") != "none"
    return element.kind == "genset" and (written or element.text("class") in ("LTP", "ESP"))


def interpolate(table: Mapping[object, object], at: Fraction) -> Quantity | None:
    """The value of a table at a temperature, linear between its points; None outside it."""
    points = sorted((k.amount, v) for k, v in table.items() if isinstance(k, Quantity) and isinstance(v, Quantity))
    for (low, first), (high, second) in pairwise(points):
        if low <= at <= high:
            part = (at - low) / (high - low)
            amount = first.amount + (second.amount - first.amount) * part
            return Quantity(first.dimension, amount, f"{float(amount):g}")
    for point, value in points:
        if point == at:
            return value
    return None


def _exactly(amount: Fraction | int) -> Capacity:
    floored = min(int(amount // 1), NO_LIMIT)
    return Capacity(floored, floored)


def _root(square: Fraction) -> int:
    """The floor of the square root of an exact fraction."""
    return isqrt(square.numerator // square.denominator)
