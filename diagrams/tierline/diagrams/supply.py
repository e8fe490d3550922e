"""Which way is down: from what supplies to what is supplied.

Promises: a direction written in the twin always holds; between equals it is a tie; gensets come before
utilities, because a site's own supply is what the drawing explains.
"""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

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
    written = {(joint.a, joint.b) for joint in twin.joints if joint.medium in system.media}
    found = []
    for chain in chains:
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
    return found


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
