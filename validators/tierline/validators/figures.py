"""Figures as an engineer writes them: kW, kVA, L/h, h, %; no digit that nobody needs, and none invented."""

from __future__ import annotations

from fractions import Fraction

from tierline.twin.model import Medium

_SCALE = {"W": ("kW", 1000), "VA": ("kVA", 1000), "ml/h": ("L/h", 1000)}
_EXACT = 3
"""Decimals that show a W of a kW, a ml/h of a L/h."""

TITLES = {
    Medium.POWER: "power",
    Medium.DC: "control supply",
    Medium.FUEL: "fuel",
    Medium.CHILLED_WATER: "chilled water",
    Medium.CONDENSER_WATER: "condenser water",
    Medium.REFRIGERANT: "refrigerant",
    Medium.WATER: "make-up water",
    Medium.GAS: "gas",
    Medium.AIR: "room cooling",
    Medium.DATA: "network",
}


def title(medium: Medium, unit: str) -> str:
    """What is short: `power`, or `apparent power` where it is kVA that are short."""
    return f"apparent {TITLES[medium]}" if unit == "VA" else TITLES[medium]


def number(amount: Fraction | int, places: int = _EXACT) -> str:
    """At most `places` decimals, no trailing zeros, thousands apart."""
    text = f"{float(round(Fraction(amount), places)):,.{places}f}".replace(",", " ")
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: int, unit: str) -> str:
    """A base amount in the unit people use: 1762800 W → 1 762.8 kW."""
    name, scale = _SCALE.get(unit, (unit, 1))
    return f"{number(Fraction(value, scale), _places(value, scale))} {name}"


def of(have: int, need: int, unit: str) -> str:
    """`have of need unit`; so many decimals that the two differ if they do."""
    name, scale = _SCALE.get(unit, (unit, 1))
    places = _apart(have, need, scale)
    return f"{number(Fraction(have, scale), places)} of {number(Fraction(need, scale), places)} {name}"


def missing(have: int, need: int, unit: str) -> str:
    """What lacks, so rounded that `have + missing = need` as they are shown."""
    name, scale = _SCALE.get(unit, (unit, 1))
    places = _apart(have, need, scale)
    gap = round(Fraction(need, scale), places) - round(Fraction(have, scale), places)
    return f"{number(gap, places)} {name}"


def percent(have: int, need: int) -> str:
    """By how much `have` exceeds `need`."""
    share = Fraction(100 * (have - need), need)
    return "<0.1 %" if 0 < share < Fraction(1, 20) else f"{number(share, 1)} %"


def _places(value: int, scale: int) -> int:
    """Three or four digits that count: one decimal from a hundred up, three below ten."""
    shown = Fraction(value, scale)
    return 1 if shown >= 100 else 2 if shown >= 10 else _EXACT


def _apart(have: int, need: int, scale: int) -> int:
    places = _places(max(have, need), scale)
    shown = {round(Fraction(value, scale), places) for value in (have, need)}
    return _EXACT if have != need and len(shown) == 1 else places
