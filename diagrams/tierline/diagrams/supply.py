"""Which way is down: from what supplies to what is supplied.

Promises: a direction written in the twin always holds; between equals it is a tie; gensets come before
utilities, because a site's own supply is what the drawing explains. The bars of a ring are equals, like the two bars of
a double busbar; a bar that more than two equals are tied to lies below them.
"""

from __future__ import annotations

import heapq
import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tierline.diagrams.lanes import stem
from tierline.diagrams.order import natural
from tierline.diagrams.series import Chain
from tierline.twin.model import Medium, Twin

_OPEN_COST = 100


@dataclass(frozen=True, slots=True)
class System:
    """What decides which way is down: the media, what may be tied, and the kinds that supply, first ones first."""

    media: tuple[Medium, ...]
    bars: tuple[str, ...]
    sources: tuple[tuple[str, ...], ...]


POWER = System((Medium.POWER,), ("board", "bus", "busduct"), (("genset",), ("utility",)))


def oriented(
    twin: Twin, ends: Sequence[str], chains: Sequence[Chain], system: System = POWER
) -> list[tuple[Chain, bool]]:
    """Every chain from top to bottom, with whether it is a tie."""
    depth = _depths(twin, ends, chains, system)
    ring: list[Chain] = []
    if system is POWER:
        _double_busbars(twin, chains, depth)
        ring = _rings(twin, chains)
    written = {(joint.a, joint.b) for joint in twin.joints if joint.medium in system.media}
    found = []
    for chain in chains:
        if chain in ring:
            found.append((chain, True))
            continue
        if chain.forward != chain.backward:
            found.append((chain if chain.forward else chain.turned(), False))
            continue
        top, bottom = depth.get(chain.a), depth.get(chain.b)
        if top == bottom and (top is not None or chain.inner):
            bars = all(twin.elements[end].kind in system.bars for end in (chain.a, chain.b))
            if bars and chain.a != chain.b and (top is not None or not _downhill(chain, written)):
                found.append((chain, True))
                continue
        if top is None or bottom is None or top == bottom:
            down = _downhill(chain, written) if top == bottom else bottom is None
        else:
            down = top < bottom
        found.append((chain if down else chain.turned(), False))
    return _hubs(found) if system is POWER else found


def _hubs(found: list[tuple[Chain, bool]]) -> list[tuple[Chain, bool]]:
    """A bar has two ends: what more than two equals are tied to hangs below all of them."""
    ties: dict[str, int] = defaultdict(int)
    for chain, tie in found:
        ties[chain.a] += tie
        ties[chain.b] += tie
    hubs = {name for name, count in ties.items() if count > 2}
    done = []
    for chain, tie in found:
        if tie and (chain.a in hubs) != (chain.b in hubs):
            done.append((chain if chain.b in hubs else chain.turned(), False))
        else:
            done.append((chain, tie))
    return done


def _double_busbars(twin: Twin, chains: Sequence[Chain], depth: dict[str, int]) -> None:
    """Two bars that the same things are joined to, each by a disconnector, stand at one depth."""
    near: dict[str, set[str]] = defaultdict(set)
    for chain in chains:
        if any(twin.elements[name].kind == "disconnector" for name in chain.inner):
            near[chain.a].add(chain.b)
            near[chain.b].add(chain.a)
    bars = [name for name in sorted(near, key=natural) if twin.elements[name].kind in POWER.bars and name in depth]
    for one, other in itertools.combinations(bars, 2):
        both = near[one] & near[other]
        if len(both) < 3 or len(both) < min(len(near[one]), len(near[other])) - 2:
            continue
        depth[one] = depth[other] = min(depth[one], depth[other])
        for name in both:
            if depth.get(name, depth[one]) >= depth[one]:
                depth[name] = depth[one] + 1


def _rings(twin: Twin, chains: Sequence[Chain]) -> list[Chain]:
    """The chains of rings of three bars or more: each bar of it is joined to just two others of it."""
    ways: dict[str, list[Chain]] = defaultdict(list)
    for chain in chains:
        bars = all(twin.elements[end].kind in POWER.bars for end in (chain.a, chain.b))
        plain = not any(twin.elements[name].kind in ("transformer", "ups") for name in chain.inner)
        if bars and plain and chain.a != chain.b and chain.forward == chain.backward:
            ways[chain.a].append(chain)
            ways[chain.b].append(chain)
    while True:  # what has one such way is on no ring
        loose = [name for name in ways if len(ways[name]) == 1]
        if not loose:
            break
        for name in loose:
            for chain in ways.pop(name):
                other = chain.b if chain.a == name else chain.a
                if other in ways:
                    ways[other] = [one for one in ways[other] if one is not chain]
        ways = defaultdict(list, {name: found for name, found in ways.items() if found})
    found: list[Chain] = []
    for name in sorted(ways, key=natural):
        group = _cycle(name, ways)
        if group and group[0] not in found and not _cascaded(group, chains):
            found += group
    return found


def _cascaded(ring: list[Chain], chains: Sequence[Chain]) -> bool:
    """Are the bars of a ring no equals? One supplies another through what passes one way, or two paths are tied at
    several heights."""
    bars = {end for chain in ring for end in (chain.a, chain.b)}
    places = Counter(stem(bar) for bar in bars)
    if sum(count > 1 for count in places.values()) > 1:
        return True
    ways: dict[str, set[str]] = defaultdict(set)
    for chain in chains:
        if chain not in ring:
            if chain.forward or not chain.backward:
                ways[chain.a].add(chain.b)
            if chain.backward or not chain.forward:
                ways[chain.b].add(chain.a)
    for bar in bars:
        seen, todo = {bar}, [bar]
        while todo:
            new = ways[todo.pop()] - seen
            if new & bars:
                return True
            seen |= new
            todo += new
    return False


def _cycle(start: str, ways: dict[str, list[Chain]]) -> list[Chain]:
    """The ring a bar is on; nothing where its bars have other ways, or there are only two of them."""
    path: list[Chain] = []
    name = start
    while True:
        if len(ways[name]) != 2:
            return []
        left = [chain for chain in ways[name] if chain not in path]
        if not left:
            break
        path.append(left[0])
        name = left[0].b if left[0].a == name else left[0].a
        if name == start:
            break
    return path if name == start and len(path) > 2 else []


def _downhill(chain: Chain, written: set[tuple[str, str]]) -> bool:
    """Were its joints written from `a` to `b`?"""
    path = (chain.a, *chain.inner, chain.b)
    steps = list(itertools.pairwise(path))
    return sum(step in written for step in steps) == len(steps)


def _depths(twin: Twin, ends: Sequence[str], chains: Sequence[Chain], system: System) -> dict[str, int]:
    """How many bays each node lies below a source; an open device counts as a long way round."""
    ways: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for chain in chains:
        cost = 1 + _OPEN_COST * any(twin.elements[name].normally_open for name in chain.inner)
        if chain.forward or not chain.backward:
            ways[chain.a].append((chain.b, cost))
        if chain.backward or not chain.forward:
            ways[chain.b].append((chain.a, cost))
    given = {name for name, medium in twin.given if medium in system.media}
    kinds = {end: twin.elements[end].kind for end in ends}
    depth: dict[str, int] = {}
    tiers = [[end for end in ends if kinds[end] in tier] for tier in system.sources]
    for roots in (*tiers, [end for end in ends if end in given]):
        _spread([root for root in roots if root not in depth], ways, depth)
    return depth


def _spread(roots: list[str], ways: dict[str, list[tuple[str, int]]], depth: dict[str, int]) -> None:
    """Dijkstra over what no earlier source reached."""
    known = set(depth)
    heap = [(0, natural(root), root) for root in roots]
    while heap:
        cost, _, name = heapq.heappop(heap)
        if name in depth:
            continue
        depth[name] = cost
        for other, step in ways[name]:
            if other not in depth and other not in known:
                heapq.heappush(heap, (cost + step, natural(other), other))
