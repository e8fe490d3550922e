"""What would mend a failed removal: the advice of its rule, with the names and figures of the case."""

from __future__ import annotations

from fractions import Fraction

from tierline.twin.machines import REQUIRED_HOURS
from tierline.twin.model import Isolation, Medium
from tierline.validators import figures
from tierline.validators.answers import Removal, Short
from tierline.validators.catalogue import by_name
from tierline.validators.harmed import Harmed
from tierline.validators.messages import CATALOGUE, say
from tierline.validators.naming import names
from tierline.validators.neighbours import Neighbours
from tierline.validators.stopped import makers

_MOST = 4


def fix(neighbours: Neighbours, ref: str, removal: Removal, harmed: Harmed) -> str:
    """One line of advice."""
    key = f"fix-{ref}{_case(neighbours, ref, removal)}"
    if key not in CATALOGUE:
        entry = by_name(ref)
        return entry.fix if entry is not None else ""
    return say(key, **_words(neighbours, removal, harmed))


def _case(neighbours: Neighbours, ref: str, removal: Removal) -> str:
    """Which of several advices of a rule fits."""
    short = removal.shorts[0]
    if ref in ("GEN-02", "GEN-06", "UP-01", "PD-05", "CO-02", "CO-03", "CO-05", "WA-03"):
        return "-rating" if short.cut else ""
    if ref in ("FU-04", "FU-05"):
        return "-rate" if short.have else ""
    if ref in ("CO-07", "CO-14"):
        return "-units" if makers(neighbours, removal) else ""
    if ref in ("CO-08", "CT-01", "FU-06"):
        return "-led" if _led(neighbours, removal) else ""
    if ref in ("PD-01", "EG-10", "UP-02"):
        device = neighbours.twin.elements.get(removal.element)
        return "-device" if device is not None and device.isolation is Isolation.FIXED else ""
    return ""


def _words(neighbours: Neighbours, removal: Removal, harmed: Harmed) -> dict[str, object]:
    short = removal.shorts[0]
    stopping = makers(neighbours, removal)
    return {
        "name": removal.element,
        "limits": names(short.cut, _MOST),
        "need": figures.amount(short.need, short.unit),
        "gap": figures.missing(short.have, short.need, short.unit),
        "litres": volume(short),
        "stops": names(stopping, _MOST),
        "led": names(_led(neighbours, removal), _MOST),
        "medium": figures.title(short.medium, short.unit),
        "who": _who(neighbours, removal, harmed),
        "others": names((set(removal.zone) | set(removal.opened)) - {removal.element}, _MOST),
    }


def _led(neighbours: Neighbours, removal: Removal) -> list[str]:
    """What stops because it needs the element that is taken out."""
    return [n.element for n in neighbours.twin.needs if removal.element in n.members and n.element in removal.down]


def _who(neighbours: Neighbours, removal: Removal, harmed: Harmed) -> str:
    elements = neighbours.twin.elements
    loads = [name for name in removal.lost if name in elements]
    if loads:
        return names(loads, _MOST)
    if removal.shorts[0].medium is Medium.POWER:
        return say("what-draws")
    return harmed.who(removal, removal.shorts[0]) or say("what-draws")


def volume(short: Short) -> str:
    """The litres that lack for the hours required."""
    gap = max(0, short.need - short.have) * REQUIRED_HOURS
    return f"{figures.number(Fraction(-(-gap // 1000)), 0)} L"
