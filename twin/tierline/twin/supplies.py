"""What each kind cannot run without, and which elements of a twin lack it.

A supply nobody wrote is missing, not perfect, as soon as the model has that medium at all, and make-up water always;
what lies outside the model is said by `given`.
"""

from __future__ import annotations

from collections.abc import Iterable

from tierline.twin.kinds import CONTROLS, GEAR, KINDS, Class
from tierline.twin.make_up import evaporates
from tierline.twin.model import Element, Medium, Need, Twin
from tierline.twin.wiring import Wiring

_NATURE: dict[str, tuple[Medium, ...]] = {
    "chiller": (Medium.POWER,),
    "tower": (Medium.POWER,),
    "dry-cooler": (Medium.POWER,),
    "pump": (Medium.POWER,),
    "crah": (Medium.POWER, Medium.CHILLED_WATER),
    "cdu": (Medium.POWER, Medium.CHILLED_WATER),
    "crac": (Medium.POWER,),
    "cooling-unit": (Medium.POWER,),
    "fan": (Medium.POWER,),
    "genset": (Medium.FUEL,),
    "ups": (Medium.POWER, Medium.DC),
    "dc-supply": (Medium.POWER,),
    "controller": (Medium.POWER,),
    "panel": (Medium.POWER,),
    "epo": (Medium.POWER,),
    "release": (Medium.POWER,),
}
"""Kind → the media it runs on. Controls may take d.c. instead."""
UNCONDITIONED = "power behind a UPS"
"""What a rack lacks whose every supply goes past the UPS."""
_EITHER = ("controller", "panel", "epo", "release")

_HOUSES = ("rack", "racks")

_SOURCES: dict[str, Medium] = {
    "genset": Medium.POWER,
    "utility": Medium.POWER,
    "board": Medium.POWER,
    "tank": Medium.FUEL,
    "day-tank": Medium.FUEL,
    "battery": Medium.DC,
    "chiller": Medium.CHILLED_WATER,
    "tower": Medium.CONDENSER_WATER,
    "dry-cooler": Medium.CONDENSER_WATER,
}


def modelled(twin: Twin) -> frozenset[Medium]:
    """The media that the facility has something of, in this case or another."""
    return media_of(twin.elements.values(), twin.given) | twin.absent.media


def media_of(elements: Iterable[Element], given: Iterable[tuple[str, str]]) -> frozenset[Medium]:
    """The media that elements have something of: a source, a board, a supply from outside."""
    found = {Medium(medium) for _, medium in given}
    for element in elements:
        medium = _SOURCES.get(element.kind)
        if medium is not None and element.text("carries"):
            medium = Medium(element.text("carries"))
        if element.kind == "board" and element.text("carries") == Medium.DC:
            continue  # of d.c. only batteries ask: a board of control supply says nothing of those of the UPS
        if medium is not None:
            found.add(medium)
    return frozenset(found)


def racked(twin: Twin) -> frozenset[str]:
    """Controls and network gear that stand in a rack, by a need of it, and share its supply."""
    return frozenset(n.element for n in twin.needs if housed(twin, n))


def housed(twin: Twin, need: Need) -> bool:
    """Whether a need says in which rack something stands."""
    inside = twin.elements[need.element].kind in CONTROLS | GEAR
    return inside and all(twin.elements[m].kind in _HOUSES for m in need.members)


def _water(element: Element) -> tuple[Medium, ...]:
    """What evaporates needs water, also in a model that has none."""
    return (Medium.WATER,) if evaporates(element) else ()


def unsupplied(twin: Twin, wiring: Wiring) -> dict[str, tuple[str, ...]]:
    """Elements that lack a supply they need by nature, or lost the last of what they need to absence → what it is."""
    present = modelled(twin)
    supplied = {(name, medium) for (medium, name, _), draw in wiring.draws.items() if draw.arcs}
    found: dict[str, tuple[str, ...]] = {}
    inside = racked(twin)
    for need in twin.absent.lost:
        found[need.element] = (*found.get(need.element, ()), need.name)
    unconnected = {name for (medium, name, port), draw in wiring.draws.items() if port == "in" and not draw.arcs}
    for element in twin.elements.values():
        if element.id in found:
            continue
        if element.id in unconnected and KINDS[element.kind].cls is Class.CONSUMER:
            found[element.id] = (UNCONDITIONED if element.id in wiring.raw_only else str(Medium.POWER),)
            continue
        lacking = tuple(
            str(medium)
            for medium in (*_NATURE.get(element.kind, ()), *_water(element))
            if (medium in present or medium is Medium.WATER)
            and (element.id, medium) not in supplied
            and (element.id, str(medium)) not in twin.given
            and not (medium is Medium.POWER and element.id in inside)
            and not (
                element.kind in _EITHER
                and ((element.id, Medium.DC) in supplied or (element.id, str(Medium.DC)) in twin.given)
            )
        )
        if lacking:
            found[element.id] = lacking
    return found
