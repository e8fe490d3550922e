"""Quantities: the closed table of units, and texts such as `2.5 MW` read into exact amounts.

Reading never rounds. A number is a plain decimal: point, no thousands mark, no exponent, no leading zeros.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from fractions import Fraction
from functools import lru_cache

from tierline.twin.model import Dimension, Quantity

_D = Dimension

UNITS: dict[str, tuple[Dimension, Fraction]] = {
    "W": (_D.POWER, Fraction(1)),
    "kW": (_D.POWER, Fraction(1000)),
    "MW": (_D.POWER, Fraction(10**6)),
    "VA": (_D.APPARENT_POWER, Fraction(1)),
    "kVA": (_D.APPARENT_POWER, Fraction(1000)),
    "MVA": (_D.APPARENT_POWER, Fraction(10**6)),
    "Wh": (_D.ENERGY, Fraction(3600)),
    "kWh": (_D.ENERGY, Fraction(3600 * 1000)),
    "MWh": (_D.ENERGY, Fraction(3600 * 10**6)),
    "J": (_D.ENERGY, Fraction(1)),
    "MJ": (_D.ENERGY, Fraction(10**6)),
    "V": (_D.VOLTAGE, Fraction(1)),
    "kV": (_D.VOLTAGE, Fraction(1000)),
    "A": (_D.CURRENT, Fraction(1)),
    "kA": (_D.CURRENT, Fraction(1000)),
    "ml": (_D.VOLUME, Fraction(1)),
    "L": (_D.VOLUME, Fraction(1000)),
    "l": (_D.VOLUME, Fraction(1000)),
    "m3": (_D.VOLUME, Fraction(10**6)),
    "m³": (_D.VOLUME, Fraction(10**6)),
    "L/h": (_D.FLOW, Fraction(1000)),
    "l/h": (_D.FLOW, Fraction(1000)),
    "m3/h": (_D.FLOW, Fraction(10**6)),
    "m³/h": (_D.FLOW, Fraction(10**6)),
    "L/s": (_D.FLOW, Fraction(3600 * 1000)),
    "l/s": (_D.FLOW, Fraction(3600 * 1000)),
    "L/kWh": (_D.BURN, Fraction(1000)),
    "l/kWh": (_D.BURN, Fraction(1000)),
    "°C": (_D.TEMPERATURE, Fraction(1)),
    "degC": (_D.TEMPERATURE, Fraction(1)),
    "K": (_D.TEMPERATURE_DIFFERENCE, Fraction(1)),
    "mm": (_D.LENGTH, Fraction(1)),
    "m": (_D.LENGTH, Fraction(1000)),
    "km": (_D.LENGTH, Fraction(10**6)),
    "s": (_D.DURATION, Fraction(1)),
    "min": (_D.DURATION, Fraction(60)),
    "h": (_D.DURATION, Fraction(3600)),
    "d": (_D.DURATION, Fraction(86400)),
    "%": (_D.RATIO, Fraction(1, 100)),
    "Pa": (_D.PRESSURE, Fraction(1)),
    "kPa": (_D.PRESSURE, Fraction(1000)),
    "bar": (_D.PRESSURE, Fraction(100000)),
    "mm2": (_D.AREA, Fraction(1)),
    "mm²": (_D.AREA, Fraction(1)),
}

_USUAL = {
    _D.POWER: "kW",
    _D.APPARENT_POWER: "kVA",
    _D.ENERGY: "kWh",
    _D.VOLTAGE: "V",
    _D.CURRENT: "A",
    _D.VOLUME: "L",
    _D.FLOW: "L/h",
    _D.BURN: "L/kWh",
    _D.TEMPERATURE: "°C",
    _D.TEMPERATURE_DIFFERENCE: "K",
    _D.LENGTH: "m",
    _D.DURATION: "min",
    _D.RATIO: "%",
    _D.PRESSURE: "kPa",
    _D.AREA: "mm2",
}
"""The unit an example is given in."""

LONGEST = 64
"""Characters a quantity may have."""

NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
_NUMBER = re.compile(NUMBER, re.ASCII)
_QUANTITY = re.compile(rf"({NUMBER})(?: ([^\s0-9]\S*))?", re.ASCII)
_NEARLY = re.compile(r"([-+]?[0-9][0-9_.,'eE+-]*)\s*(.*)", re.ASCII | re.DOTALL)


class Fault(ValueError):
    """Why a text cannot be read: the key of a message, its words, and the route to the part at fault."""

    def __init__(
        self, key: str, route: tuple[str | int, ...] = (), on_key: bool = False, **words: object
    ) -> None:
        super().__init__(key)
        self.key = key
        self.route = route
        self.on_key = on_key
        """The fault is in the last key of the route, not in what stands under it."""
        self.words = words

    def under(self, *route: str | int, on_key: bool = False) -> Fault:
        """The same fault as seen from a map or list around the text."""
        return Fault(self.key, (*route, *self.route), self.on_key or on_key, **self.words)


@lru_cache(maxsize=65536)
def quantity(text: str, allowed: Collection[Dimension]) -> Quantity:
    """The quantity a text states in one of the allowed dimensions; raises `Fault`."""
    if len(text) > LONGEST:
        raise Fault("number-too-long", length=len(text), limit=LONGEST)
    match = _QUANTITY.fullmatch(text)
    if match is None:
        raise _why_not(text, allowed)
    number, unit = match.groups()
    if unit is None:
        if Dimension.RATIO not in allowed:
            raise Fault("unit-missing", text=text, wanted=wanted(allowed), example=_example(number, allowed))
        dimension, factor = Dimension.RATIO, Fraction(1)
    elif unit not in UNITS:
        raise _unknown(unit, allowed)
    else:
        dimension, factor = UNITS[unit]
    if dimension not in allowed:
        raise Fault(
            "unit-wrong",
            text=text,
            dimension=dimension.value,
            wanted=wanted(allowed),
            units=units_of(allowed),
        )
    amount = Fraction(number) * factor
    if amount < 0 and dimension is not Dimension.TEMPERATURE:
        raise Fault("number-negative", text=text, dimension=dimension.value)
    return Quantity(dimension, amount, text)


@lru_cache(maxsize=4096)
def whole(text: str) -> int:
    """A whole number from 0 up; raises `Fault`."""
    if len(text) > LONGEST:
        raise Fault("number-too-long", length=len(text), limit=LONGEST)
    if not re.fullmatch(r"0|[1-9][0-9]*", text, re.ASCII):
        raise Fault("not-whole", text=text)
    return int(text)


def wanted(allowed: Collection[Dimension]) -> str:
    """`power or current`."""
    return " or ".join(one.value for one in Dimension if one in allowed)


def units_of(allowed: Collection[Dimension]) -> str:
    """The units that may be written, in the order of the table."""
    named = [unit for unit, (dimension, _) in UNITS.items() if dimension in allowed]
    return ", ".join(named + (["a plain number"] if Dimension.RATIO in allowed else []))


def _example(number: str, allowed: Collection[Dimension]) -> str:
    return " or ".join(f"{number} {_USUAL[one]}" for one in Dimension if one in allowed)


def _unknown(unit: str, allowed: Collection[Dimension]) -> Fault:
    near = [one for one, (dimension, _) in UNITS.items() if dimension in allowed]
    return Fault(
        "unit-unknown", unit=unit, wanted=wanted(allowed), units=units_of(allowed), near=(unit, near)
    )


def _why_not(text: str, allowed: Collection[Dimension]) -> Fault:
    """The nearest thing the author may have meant, as a fault that says so."""
    match = _NEARLY.fullmatch(text)
    if match is None:
        return Fault("not-a-quantity", text=text, wanted=wanted(allowed), units=units_of(allowed))
    number, rest = match.groups()
    if _NUMBER.fullmatch(number):
        if rest in UNITS:
            return Fault("number-spacing", text=text, right=f"{number} {rest}")
        if re.match("[xobXOB][0-9a-fA-F]", rest):
            return Fault("number-form", text=text, why="another base than ten")
        return _unknown(rest, allowed)
    if number.startswith("+"):
        return Fault("number-form", text=number, why="a plus sign")
    if "_" in number or "'" in number:
        return Fault("number-form", text=number, why="a thousands mark")
    if "," in number:
        return Fault("number-form", text=number, why="a comma")
    if number[-1] in "eE" or re.search("[eE]", number):
        return Fault("number-form", text=number, why="an exponent")
    if re.match(r"-?0[0-9]", number):
        return Fault("number-form", text=number, why="leading zeros")
    return Fault("not-a-quantity", text=text, wanted=wanted(allowed), units=units_of(allowed))
