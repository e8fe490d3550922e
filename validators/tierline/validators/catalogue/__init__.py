"""The rule catalogue of the Uptime topology, Tiers I to III with the rows of IV that people ask about.

Promises: every row is here once, in the order of its chapter, judged or not; `TIER_III` is what "judged N of
M Tier III rules" counts, so M does not shrink to what happens to be implemented.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tierline.validators.catalogue import (
    ambient,
    building,
    controls,
    cooling,
    distribution,
    fuel,
    general,
    generators,
    isolation,
    racks,
    ups,
    water,
)
from tierline.validators.catalogue.entry import Check, Entry
from tierline.validators.catalogue.sanity import SANITY_ENTRIES

_CHAPTERS = (
    general,
    isolation,
    generators,
    fuel,
    ups,
    distribution,
    racks,
    cooling,
    water,
    controls,
    ambient,
    building,
)

ENTRIES: tuple[Entry, ...] = tuple(entry for chapter in _CHAPTERS for entry in chapter.ENTRIES)

COUNTED_OUT: Mapping[str, str] = MappingProxyType(
    {
        "GEN-01": "defines the verdict: the lowest of its subsystems",
        "GEN-07": "a condition of every check: the utility supplies zero",
        "GEN-10": "says what Tier III does not ask",
        "GEN-11": "says that labels are no input",
        "EG-01": "a condition of every check: the utility supplies zero",
        "EG-02": "a condition of every check: utility loss uses up no event",
        "CO-04": "says that no layout proves anything",
        "CO-09": "advice at Tier III; asked for at Tier IV",
        "WA-01": "a condition of every check: the public supply gives zero",
        "BC-03": "an allowance: both sides may stand in one room",
    }
)
"""Rows that list Tier III and are not counted, with the reason. They cannot pass or fail by themselves there,
and counting them would only make the share of judged rules look better."""

TIER_III: tuple[Entry, ...] = tuple(e for e in ENTRIES if "III" in e.tiers and e.ref not in COUNTED_OUT)
"""What a Tier III design check has to judge, all of it."""

def by_name(id_or_ref: str) -> Entry | None:
    """A rule by its readable name or its reference, in any case; sanity rules too."""
    wanted = id_or_ref.casefold()
    return next((e for e in (*SANITY_ENTRIES, *ENTRIES) if wanted in (e.id.casefold(), e.ref.casefold())), None)


__all__ = ["COUNTED_OUT", "ENTRIES", "SANITY_ENTRIES", "TIER_III", "Check", "Entry", "by_name"]
