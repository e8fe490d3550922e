"""Why things stop with what is taken out: the supply or the need that fails them, told by groups."""

from __future__ import annotations

from tierline.twin.model import Medium
from tierline.validators import figures
from tierline.validators.answers import Removal
from tierline.validators.messages import say
from tierline.validators.naming import in_order, names
from tierline.validators.neighbours import Neighbours
from tierline.validators.rules import Stopped

MAKERS: dict[Medium, tuple[str, ...]] = {
    Medium.FUEL: ("pump", "day-tank"),
    Medium.WATER: ("pump",),
    Medium.POWER: ("genset", "ups"),
    Medium.CHILLED_WATER: ("chiller", "pump"),
    Medium.AIR: ("crah", "crac", "cooling-unit", "fan"),
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


def stopped(neighbours: Neighbours, removal: Removal) -> tuple[Stopped, ...]:
    """What stops beyond the zone, by reason; first the groups with machines of the medium that is short."""
    out = frozenset((*removal.zone, *removal.opened, *removal.down))
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


def _reason(
    neighbours: Neighbours, name: str, out: frozenset[str], live: dict[Medium, frozenset[str]]
) -> str:
    twin = neighbours.twin
    for feed in twin.feeds:
        if feed.element != name or not feed.needed or not feed.joints or (name, feed.medium) in twin.given:
            continue
        if feed.medium not in live:
            live[feed.medium] = neighbours.live(feed.medium, out)
        if not any(twin.joints[j].a in live[feed.medium] for j in feed.joints):
            return say("reason-supply", medium=figures.TITLES[feed.medium])
    for need in twin.needs:
        if need.element == name and all(member in out for member in need.members):
            return say("reason-need", name=need.name, members=names(need.members, 2))
    return ""
