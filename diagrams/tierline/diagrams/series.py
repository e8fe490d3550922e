"""What is joined to what in some of the media, and what stands in series between two ends.

Promises: every element that is joined is an end or stands in exactly one chain; a ring without ends is cut where it
closes; the same chains for any order of declaration.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, field

from tierline.diagrams.order import in_order, natural
from tierline.twin.kinds import CONTROLS, by_nature
from tierline.twin.model import Element, Medium, Twin


@dataclass(frozen=True, slots=True)
class Chain:
    """A bay before it has a direction: the elements between two nodes, from `a` to `b`."""

    a: str
    b: str
    inner: tuple[str, ...]
    forward: bool
    """Something on the way lets pass from `a` to `b` only."""
    backward: bool

    def turned(self) -> Chain:
        return Chain(self.b, self.a, self.inner[::-1], self.backward, self.forward)


@dataclass(slots=True)
class Net:
    """The joints of some media, looked at from each element."""

    twin: Twin
    media: tuple[Medium, ...]
    near: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    one_way: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        seen: set[tuple[str, str]] = set()
        for joint in self.twin.joints:
            if joint.medium not in self.media or joint.a == joint.b:
                continue
            if joint.one_way:
                self.one_way.add((joint.a, joint.b))
            if (joint.a, joint.b) in seen or (joint.b, joint.a) in seen:
                continue
            seen.add((joint.a, joint.b))
            self.near[joint.a].append(joint.b)
            self.near[joint.b].append(joint.a)
        for ends in self.near.values():
            ends.sort(key=natural)

    def element(self, name: str) -> Element:
        return self.twin.elements[name]


def unjoined(twin: Twin, media: tuple[Medium, ...], always: tuple[str, ...] = ()) -> list[str]:
    """What stands in one of the media by its nature and is joined to nothing, or only in other media and of a kind that
    stands here `always`."""
    joined = {end for joint in twin.joints for end in (joint.a, joint.b)}
    mine = (e for e in twin.elements.values() if _by_nature(e) in media)
    return [e.id for e in mine if e.id not in joined or e.kind in always]


def _by_nature(element: Element) -> Medium | None:
    """Controls stand on the sheets of d.c., whatever their current is."""
    own = by_nature(element.kind, element.text("carries") or None)
    return Medium.DC if own is None and element.kind in CONTROLS else own


def in_series(net: Net, ends: list[str]) -> list[Chain]:
    """All chains from end to end."""
    found: list[Chain] = []
    stops, used = set(ends), set()
    for start in in_order(ends):
        for first in net.near[start]:
            if (start, first) in used:
                continue
            path = [start, first]
            while path[-1] not in stops:
                left = [end for end in net.near[path[-1]] if end != path[-2]]
                if not left or left[0] in path:
                    break
                path.append(left[0])
            used |= {(path[0], path[1]), (path[-1], path[-2])}
            if path[-1] not in stops:  # a ring of devices with one node: cut it where it closes
                stops.add(path[-1])
            found.append(_chain(net, path))
    placed = stops | {name for chain in found for name in chain.inner}
    loose = [name for name in in_order(net.near) if name in net.twin.elements and name not in placed]
    if loose:  # a ring without any node: its first device becomes one
        return in_series(net, [*ends, loose[0]])
    return found


def _chain(net: Net, path: list[str]) -> Chain:
    steps = list(itertools.pairwise(path))
    return Chain(
        path[0],
        path[-1],
        tuple(path[1:-1]),
        any(step in net.one_way for step in steps),
        any((b, a) in net.one_way for a, b in steps),
    )
