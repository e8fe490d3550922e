"""Figures as an engineer writes them: kW, L/h, h, %; exact digits, none invented."""

from __future__ import annotations

from fractions import Fraction

from tierline.twin.model import Medium

_SCALE = {"W": ("kW", 1000), "VA": ("kVA", 1000), "ml/h": ("L/h", 1000)}

TITLES = {
    Medium.POWER: "power",
    Medium.DC: "control supply",
    Medium.FUEL: "fuel",
    Medium.CHILLED_WATER: "chilled water",
    Medium.REFRIGERANT: "refrigerant",
    Medium.WATER: "make-up water",
    Medium.GAS: "gas",
    Medium.AIR: "room cooling",
}


def number(amount: Fraction | int, places: int = 3) -> str:
    """At most `places` decimals, no trailing zeros, thousands apart."""
    text = f"{float(amount):,.{places}f}".replace(",", " ")
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: int, unit: str) -> str:
    """A base amount in the unit people use: 1762800 W → 1 762.8 kW."""
    name, scale = _SCALE.get(unit, (unit, 1))
    return f"{number(Fraction(value, scale))} {name}"


def of(have: int, need: int, unit: str) -> str:
    """`have of need unit`."""
    name, scale = _SCALE.get(unit, (unit, 1))
    return f"{number(Fraction(have, scale))} of {number(Fraction(need, scale))} {name}"


def percent(have: int, need: int) -> str:
    """By how much `have` exceeds `need`."""
    return f"{number(Fraction(100 * (have - need), need), 1)} %"


def names(ids: tuple[str, ...] | list[str], most: int = 6) -> str:
    """A list that stays readable: the first few, and how many more."""
    shown = ", ".join(ids[:most])
    return f"{shown} and {len(ids) - most} more" if len(ids) > most else shown
