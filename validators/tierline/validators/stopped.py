"""Why things stop with what is taken out: the supply or the need that fails them, told by groups."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tierline.twin.kinds import BLOWERS, REJECTORS
from tierline.twin.model import STOP, Medium, Twin
from tierline.validators import figures
from tierline.validators.answers import Removal
from tierline.validators.messages import say
from tierline.validators.naming import in_order, names
from tierline.validators.neighbours import Neighbours
from tierline.validators.rules import Related, Stopped

MAKERS: dict[Medium, Collection[str]] = {
    Medium.FUEL: ("pump", "day-tank"),
    Medium.WATER: ("pump",),
    Medium.POWER: ("genset", "ups"),
    Medium.CHILLED_WATER: ("chiller", "pump"),
    Medium.CONDENSER_WATER: (*REJECTORS, "pump"),
    Medium.AIR: BLOWERS,
}


def makers(neighbours: Neighbours, removal: Removal) -> frozenset[str]:
    """Of what stops: the machines that make or move the medium that is short, for the places where it is short."""
    if not removal.shorts:
        return frozenset()
    short = removal.shorts[0]
    kinds = MAKERS.get(short.medium, ())
    found = {name for name in removal.down if neighbours.twin.elements[name].kind in kinds}
    if short.medium is Medium.AIR:
        rooms = {room for part in short.parts or (short,) for room in (*part.hit, *part.lost)}
        serving = {unit for unit, room in neighbours.twin.serves if room in rooms}
        return frozenset(found & serving) or frozenset(found)
    return frozenset(found)


def stopped(neighbours: Neighbours, removal: Removal, dark: Iterable[str]) -> tuple[Stopped, ...]:
    """What stops beyond the zone, by reason; first the groups with machines of the medium that is short.

    `dark`: what is out of service whatever is removed.
    """
    out = frozenset((*removal.zone, *removal.opened, *removal.down, *dark))
    live: dict[Medium, frozenset[str]] = {}
    reasons: dict[str, list[str]] = {}
    for name in removal.down:
        reasons.setdefault(_reason(neighbours, name, out, live), []).append(name)
    matter = makers(neighbours, removal)
    groups = [Stopped(reason, _first(found, matter)) for reason, found in reasons.items()]
    return tuple(sorted(groups, key=lambda g: (not matter & set(g.elements), not g.reason, -len(g.elements), g.reason)))


def _first(found: list[str], matter: frozenset[str]) -> tuple[str, ...]:
    ordered = in_order(found)
    return tuple(sorted(ordered, key=lambda name: name not in matter))


def _reason(neighbours: Neighbours, name: str, out: frozenset[str], live: dict[Medium, frozenset[str]]) -> str:
    """The first supply that is dead, power before all others; else the first need none of whose members runs."""
    twin = neighbours.twin
    for medium, ends in sorted(neighbours.supplies(name).items(), key=lambda one: _FIRST.index(one[0])):
        if medium not in live:
            live[medium] = neighbours.live(medium, out)
        if (name, str(medium)) not in twin.given and not ends & live[medium]:
            key = {Medium.AIR: "reason-air", Medium.DC: "reason-dc"}.get(medium, "reason-supply")
            return say(key, medium=figures.TITLES[medium])
    for need in twin.needs:
        if need.element == name and need.name == STOP and out.intersection(need.members):
            return say("reason-trip", names=names(out.intersection(need.members), 2))
        if need.element == name and out.issuperset(need.members):
            return say("reason-need", name=need.name, members=names(need.members, 2))
    for need in twin.needs:
        if need.element == name and out.intersection(need.members):
            return say("reason-need", name=need.name, members=names(out.intersection(need.members), 2))
    return ""


_FIRST = (Medium.POWER, Medium.FUEL, Medium.GAS, Medium.DC, *(m for m in Medium if m not in (
    Medium.POWER, Medium.FUEL, Medium.GAS, Medium.DC)))  # fmt: skip


def trips(twin: Twin, removal: Removal) -> tuple[Related, ...]:
    """The circuits but for whose trip the removal would pass, and what each opens."""
    found = []
    for name in removal.trips:
        circuit = twin.elements[name]
        opened = {n.element for n in twin.needs if n.name == STOP and name in n.members} - {*removal.zone}
        energise = circuit.fields.get("energise")
        how = say("energised", how=energise.of) if energise is not None else say("energised-unsaid")
        at = circuit.at if energise is None else energise.at
        found.append(Related(name, at, say("trips", name=name, how=how, names=names(opened, 4))))
    return tuple(found)
