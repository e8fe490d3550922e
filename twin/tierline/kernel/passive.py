"""Loops of passive conductors, where nothing controls how the flow divides (decision M5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction

from tierline.kernel.network import Network
from tierline.kernel.plant import UNLIMITED, Rows

Edge = tuple[int, int, int]
"""(link, node, node)"""


@dataclass(frozen=True, slots=True)
class Loop:
    """Conductors joined in loops, and what hangs on them."""

    caps: tuple[Mapping[int, int], ...]
    """Measure → vertex → capacity, of those that have one."""
    shares: tuple[Mapping[int, Fraction], ...]
    """Measure → vertex → the part of what passes that it carries: of branches side by side; empty if there is no rule.
    Where branches meet, all passes whatever their shares, and the flow keeps to the rating there."""
    hanging: tuple[frozenset[int], ...]
    """Sinks (indices), by the place where their part of the network joins the loop."""
    fed: tuple[bool, ...]
    """Whether a source stands in that part."""

    def passing(self, demands: Sequence[int]) -> int:
        """The most that can pass between the places: with one part that feeds, what all the others ask. A consumer that
        could take from several places asks once."""
        feeding = self.fed.index(True) if self.fed.count(True) == 1 else -1
        asking = {sink for at, sinks in enumerate(self.hanging) if at != feeding for sink in sinks}
        return sum(demands[sink] for sink in asking)

    def tight(self, demands: Rows) -> Iterator[int]:
        """Vertices that could be asked to carry more than they can."""
        for row, caps, shares in zip(demands, self.caps, self.shares, strict=True):
            passing = self.passing(row)
            sharing = shares or dict.fromkeys(caps, Fraction(1))
            yield from (v for v, part in sharing.items() if v in caps and caps[v] < passing * part)


def loops(network: Network, dead: frozenset[int]) -> tuple[Loop, ...]:
    """The loops of passive conductors that are not dead and have a limit.

    A vertex with a control of its own, and a switch (one input at a time), opens every loop through it. Consumers
    never conduct, so they close none.
    """
    node_dead, link_dead = network.dead_parts(dead)
    stage = network.stage
    barred = {network.position[s.vertex] for s in stage.switches}
    barred |= {network.position[s.vertex] for s in stage.sinks} | node_dead
    barred |= {i for i, vertex in enumerate(network.nodes) if stage.active[vertex]}
    alive = [
        (index, link.a, link.b)
        for index, link in enumerate(network.links)
        if index not in link_dead and not {link.a, link.b} & node_dead and (link.forward or link.backward)
    ]
    passive = [edge for edge in alive if _passive(network, edge[0], barred)]
    looped = set(_on_a_loop(len(network.nodes), passive))
    found = (_loop(network, part, alive, barred) for part in _parts([e for e in passive if e[0] in looped]))
    return tuple(loop for loop in found if any(loop.caps))


def _loop(network: Network, part: Sequence[Edge], alive: Sequence[Edge], barred: Set[int]) -> Loop:
    inside = {index for index, _, _ in part}
    nodes = sorted({node for _, a, b in part for node in (a, b)})
    vertices = {network.nodes[node] for node in nodes} | {v for i in inside for v in network.links[i].inside}
    caps = tuple({v: cap[v] for v in sorted(vertices) if cap[v] < UNLIMITED} for cap in network.caps)
    hanging, fed = _places(network, nodes, [edge for edge in alive if edge[0] not in inside], barred)
    shares = tuple(_shares(network, part, cap) for cap in network.caps)
    return Loop(caps, shares, tuple(hanging), tuple(fed))


def _places(
    network: Network, nodes: Sequence[int], outside: Sequence[Edge], barred: Set[int]
) -> tuple[list[frozenset[int]], list[bool]]:
    """What hangs on each place of a loop, and whether it is fed: where power can go on to from there and come from,
    never out of a switch by another of its inputs. Places are one where nothing between them steers or chooses."""
    joined: dict[int, list[int]] = {}  # by nothing that steers, chooses or takes
    onward: dict[int, list[int]] = {}
    back: dict[int, list[int]] = {}
    for index, a, b in outside:
        link = network.links[index]
        for one, other, passes in ((a, b, link.forward), (b, a, link.backward)):
            if passes:
                onward.setdefault(one, []).append(other)
                back.setdefault(other, []).append(one)
        if _passive(network, index, barred):
            joined.setdefault(a, []).append(b)
            joined.setdefault(b, []).append(a)
    sinks: dict[int, list[int]] = {}
    for index, sink in enumerate(network.stage.sinks):
        sinks.setdefault(network.position[sink.vertex], []).append(index)
    sources = {network.position[s.vertex] for s in network.stage.sources}
    hanging, fed = [], []
    placed: set[int] = set()
    for node in nodes:
        if node in placed:
            continue
        place = _spread([node], joined)
        placed |= place
        reached = _spread(place, onward)
        hanging.append(frozenset(sink for at in reached for sink in sinks.get(at, ())))
        fed.append(bool(_spread(place, back) & sources))
    return hanging, fed


def _shares(network: Network, part: Sequence[Edge], caps: Sequence[int]) -> dict[int, Fraction]:
    """Branches between the same two nodes share by rating: that of their transformers, if each has one, else of the
    smallest thing in each. Any other loop has no rule that could be told from ratings."""
    if len({frozenset((a, b)) for _, a, b in part}) > 1:
        return {}
    branches = [network.links[index].inside for index, _, _ in part]
    deciding = [[v for v in branch if network.stage.divides[v]] for branch in branches]
    if any(len(found) != 1 for found in deciding):
        deciding = [list(branch) for branch in branches]
    weights = [min((caps[v] for v in found), default=UNLIMITED) for found in deciding]
    if max(weights) >= UNLIMITED or not sum(weights):
        return {}
    return {v: Fraction(weight, sum(weights)) for branch, weight in zip(branches, weights, strict=True) for v in branch}


def _passive(network: Network, index: int, barred: Set[int]) -> bool:
    """Whether a link is a conductor between conductors, where nothing controls the flow."""
    link = network.links[index]
    return not {link.a, link.b} & barred and not any(network.stage.active[v] for v in link.inside)


def _spread(start: Iterable[int], beside: Mapping[int, Sequence[int]]) -> set[int]:
    """All that a walk from some nodes comes to."""
    seen = set(start)
    stack = list(seen)
    while stack:
        for other in beside.get(stack.pop(), ()):
            if other not in seen:
                seen.add(other)
                stack.append(other)
    return seen


def _parts(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Edges grouped by what they are joined with."""
    beside: dict[int, list[int]] = {}
    for _, a, b in edges:
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
    found: list[list[Edge]] = []
    placed: set[int] = set()
    for node in sorted(beside):
        if node not in placed:
            part = _spread([node], beside)
            placed |= part
            found.append([edge for edge in edges if edge[1] in part])
    return found


def _on_a_loop(nodes: int, edges: list[tuple[int, int, int]]) -> list[int]:
    """The edges that are not bridges: those on some loop (iterative depth-first search, low points)."""
    out: list[list[tuple[int, int]]] = [[] for _ in range(nodes)]
    for index, a, b in edges:
        out[a].append((index, b))
        out[b].append((index, a))
    order = [-1] * nodes
    low = [0] * nodes
    bridges: set[int] = set()
    clock = 0
    for root in range(nodes):
        if order[root] >= 0:
            continue
        order[root] = low[root] = clock
        clock += 1
        stack = [(root, -1, iter(out[root]))]
        while stack:
            node, came, rest = stack[-1]
            for index, other in rest:
                if index == came:
                    continue
                if order[other] >= 0:
                    low[node] = min(low[node], order[other])
                    continue
                order[other] = low[other] = clock
                clock += 1
                stack.append((other, index, iter(out[other])))
                break
            else:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    low[above] = min(low[above], low[node])
                    if low[node] > order[above]:
                        bridges.add(came)
    return [index for index, _, _ in edges if index not in bridges]
