"""One row of the rule catalogue: what the manual page of a rule is made from.

Promises: frozen data and our own words; `basis` names the idea and its document and quotes none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Check = Literal["removal", "capacity", "attribute", "duration", "dependency", "path", "separation"]

ALL = ("I", "II", "III", "IV")
REDUNDANT = ("II", "III", "IV")
MAINTAINABLE = ("III", "IV")
"""A Tier IV design passes every Tier III removal too, so a rule of Tier III holds there as well."""

TOPOLOGY = "Tier Standard: Topology (Uptime Institute)"
COURSE = "Accredited Tier Designer course material (Uptime Institute)"
ENGINE_PAPER = "technical paper on engine-generator ratings (Uptime Institute)"
WATER_PAPER = "technical paper on make-up water (Uptime Institute)"
COOLING_PAPER = "technical paper on continuous cooling (Uptime Institute)"
FUEL = "Uptime Institute Journal on fuel system design"
DUAL_CORD = (
    "Fault-Tolerant Power Compliance Specification and articles on dual-corded power (Uptime Institute)"
)
PRACTICE = "engineering practice: our reading of concurrent maintainability"
CONFIRM = "to be confirmed against a licensed copy"


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    """The readable name, by which people and waivers speak of the rule."""
    ref: str
    """The short code: sort key, and what drawings have room for."""
    chapter: str
    title: str
    tiers: tuple[str, ...]
    """The tiers that ask for it; empty: no tier does, it is here because people expect it."""
    why: str
    fix: str
    basis: str
    check: Check
    """How it is judged, in the main; many rules need a second look of another kind."""
    subsystem: str
    """Where a failure is charged; `facility` where it is charged to the element that was removed."""
    advisory: bool = False
    """Advice at Tier III and below: reported, never gating there."""
