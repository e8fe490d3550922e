"""Loops of passive conductors, where nothing controls how the flow divides (decision M5).

A loop is a block: links of which any two lie on a common ring. Loops that meet in one node are loops apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction

from tierline.kernel.network import Network
from tierline.kernel.plant import UNLIMITED

Edge = tuple[int, int, int]
"""(link, node, node)"""


@dataclass(frozen=True, slots=True)
class Loop:
    """Conductors joined in a loop, and what each carries of what passes it."""

    caps: tuple[Mapping[int, int], ...]
    """Measure → vertex → capacity, of those that have one."""
    shares: tuple[Mapping[int, Fraction], ...]
    """Measure → vertex → the part of what passes that it carries: of branches side by side; empty if there is no rule.
    Where branches meet, all passes whatever their shares, and the flow keeps to the rating there."""
    enter: tuple[tuple[tuple[int, int], ...], ...]
    """Of each node, the arcs by which its flow enters the loop, and beside each the arc by which it leaves."""

    def passing(self, residual: Sequence[int]) -> int:
        """What passes the loop in a flow: all that enters it where more enters than leaves.

        Positions and machines are controlled, so what enters at each node is as it was found; only how it divides
        inside is not.
        """
        nets = (sum(residual[into ^ 1] - residual[out ^ 1] for into, out in arcs) for arcs in self.enter)
        return sum(net for net in nets if net > 0)

    def tight(self, flows: Sequence[tuple[Sequence[int], int]]) -> Iterator[int]:
        """Vertices that could be asked to carry more than they can; of each measure the residual capacities, and into
        how many parts a unit is split there."""
        for (residual, scale), caps, shares in zip(flows, self.caps, self.shares, strict=True):
            passing = Fraction(self.passing(residual), scale)
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
    passive = [edge for edge in alive if edge[1] != edge[2] and _passive(network, edge[0], barred)]
    found = [_loop(network, part) for part in _blocks(len(network.nodes), passive)]
    return tuple(loop for loop in found if any(loop.caps))


def _passive(network: Network, index: int, barred: Set[int]) -> bool:
    """Whether a link is a conductor between conductors, where nothing controls the flow."""
    link = network.links[index]
    return not {link.a, link.b} & barred and not any(network.stage.active[v] for v in link.inside)


def _loop(network: Network, part: Sequence[Edge]) -> Loop:
    inside = {index for index, _, _ in part}
    nodes = sorted({node for _, a, b in part for node in (a, b)})
    vertices = {network.nodes[node] for node in nodes} | {v for i in inside for v in network.links[i].inside}
    caps = tuple({v: cap[v] for v in sorted(vertices) if cap[v] < UNLIMITED} for cap in network.caps)
    shares = tuple(_shares(network, part, cap) for cap in network.caps)
    enter: dict[int, list[tuple[int, int]]] = {}
    for index, a, b in part:
        ahead, back = network.ahead[index], network.back[index]
        enter.setdefault(a, []).append((ahead, back))
        enter.setdefault(b, []).append((back, ahead))
    return Loop(caps, shares, tuple(tuple(enter[node]) for node in nodes))


def _shares(network: Network, part: Sequence[Edge], caps: Sequence[int]) -> dict[int, Fraction]:
    """Branches between the same two nodes share by rating: that of their transformers, if each has one, else of the
    smallest thing in each. Any other loop has no rule that could be told from ratings; a ring is none either where all
    but two of its nodes are idle."""
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


def _blocks(nodes: int, edges: Sequence[Edge]) -> list[list[Edge]]:
    """The edges that lie on rings, grouped by block (iterative depth-first search, low points)."""
    out: list[list[tuple[int, int]]] = [[] for _ in range(nodes)]
    for place, (_, a, b) in enumerate(edges):
        out[a].append((place, b))
        out[b].append((place, a))
    found: list[list[Edge]] = []
    order, low = [-1] * nodes, [0] * nodes
    walked: list[int] = []
    clock = 0
    for root in range(nodes):
        if order[root] >= 0:
            continue
        order[root] = low[root] = clock
        clock += 1
        stack = [(root, -1, iter(out[root]))]
        while stack:
            node, came, rest = stack[-1]
            for place, other in rest:
                if place == came or order[other] > order[node]:
                    continue
                walked.append(place)
                if order[other] >= 0:
                    low[node] = min(low[node], order[other])
                    continue
                order[other] = low[other] = clock
                clock += 1
                stack.append((other, place, iter(out[other])))
                break
            else:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    low[above] = min(low[above], low[node])
                    if low[node] >= order[above]:
                        first = walked.index(came)
                        found.append([edges[place] for place in sorted(walked[first:])])
                        del walked[first:]
    return [block for block in found if len(block) > 1]
