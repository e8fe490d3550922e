"""What is said of a facility as a whole: the claims of its owner, where it stands, how often it was issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tierline.twin.model import Location, Quantity, Value


@dataclass(frozen=True, slots=True)
class Claims:
    """What the owner says of the facility; verified, never an input."""

    at: Location | None = None
    tier: str | None = None
    """I, II, III or IV."""
    availability: Quantity | None = None
    source: str | None = None
    autonomy: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """Where the facility stands, and the design conditions there."""

    at: Location | None = None
    dry_bulb: Value | None = None
    """Extreme annual dry bulb, 20-year return (ASHRAE), °C."""
    fields: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Revision:
    """One issue of the drawings, for the table on every sheet."""

    name: str
    date: str
    """Year, month and day, as in 2026-11-28."""
    text: str
    by: str = ""
