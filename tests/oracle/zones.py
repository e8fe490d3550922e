"""What has to be out of service so that one element can be replaced.

Promises: `kill_set(twin, x)` is the isolation zone of x with the devices opened around it, grown joint by
joint: an isolating device ends it, a consumer ends it, and what is reached through a medium passes on only
that medium. Nothing is contracted, shared or cached.
"""

from __future__ import annotations

from collections.abc import Iterator

from tierline.twin.kinds import KINDS, Class
from tierline.twin.model import Isolation, Medium, Twin

ENDS_ZONES = (Class.CONSUMER, Class.WORLD)


def ends_zones(twin: Twin, element: str) -> bool:
    """IT and lumped loads, and the world outside, are never taken out and never let a zone through."""
    return KINDS[twin.elements[element].kind].cls in ENDS_ZONES


def removable(twin: Twin) -> list[str]:
    """Everything the maintenance scope covers, in the order of the twin."""
    return [e.id for e in twin.elements.values() if e.removable and not ends_zones(twin, e.id)]


def neighbours(twin: Twin, element: str, medium: Medium) -> Iterator[str]:
    """The other ends of the element's joints in one medium; zones ignore direction, and never cross room air."""
    if medium == Medium.DATA:
        return
    breathed: set[int] = set()
    if medium == Medium.AIR:
        breathed = {index for feed in twin.feeds if feed.needed and feed.medium == medium for index in feed.joints}
    for index, joint in enumerate(twin.joints):
        if joint.medium == medium and index not in breathed:
            if joint.a == element:
                yield joint.b
            if joint.b == element:
                yield joint.a


def zone_and_opened(twin: Twin, element: str) -> tuple[frozenset[str], frozenset[str]]:
    """(what is worked on or drained with the element, the isolating devices opened around it)."""
    if twin.elements[element].isolation in (Isolation.WITHDRAWABLE, Isolation.PLUG):
        return frozenset({element}), frozenset()
    own = {j.medium for j in twin.joints if element in (j.a, j.b)}
    frontier = [(element, medium) for medium in sorted(own)]
    reached = set(frontier)
    opened: set[str] = set()
    while frontier:
        here, medium = frontier.pop()
        for there in neighbours(twin, here, medium):
            if ends_zones(twin, there) or there == element:
                continue
            if twin.elements[there].isolation != Isolation.NONE:
                opened.add(there)
            elif (there, medium) not in reached:
                reached.add((there, medium))
                frontier.append((there, medium))
    zone = {element} | {e for e, _ in reached}
    return frozenset(zone), frozenset(opened)


def kill_set(twin: Twin, element: str) -> frozenset[str]:
    """Everything that supplies nothing while the element is out."""
    zone, opened = zone_and_opened(twin, element)
    return zone | opened
