"""Loops of passive conductors, where nothing controls how the flow divides (decision M5)."""

from __future__ import annotations

from tierline.kernel.network import Network
from tierline.kernel.plant import UNLIMITED


def loop_caps(network: Network, dead: frozenset[int]) -> dict[int, int]:
    """Every vertex on a loop of passive conductors that are not dead → its capacity.

    A vertex with a control of its own, and a switch (one input at a time), opens every loop through it. Consumers
    never conduct, so they close none.
    """
    node_dead, link_dead = network.dead_parts(dead)
    stage = network.stage
    barred = {network.position[s.vertex] for s in stage.switches}
    barred |= {network.position[s.vertex] for s in stage.sinks} | node_dead
    barred |= {i for i, vertex in enumerate(network.nodes) if stage.active[vertex]}
    edges = [
        (index, link.a, link.b)
        for index, link in enumerate(network.links)
        if index not in link_dead
        and link.a not in barred
        and link.b not in barred
        and not any(stage.active[v] for v in link.inside)
        and (link.forward or link.backward)
    ]
    caps: dict[int, int] = {}
    for index in _on_a_loop(len(network.nodes), edges):
        link = network.links[index]
        for vertex in (*link.inside, network.nodes[link.a], network.nodes[link.b]):
            caps[vertex] = network.cap[vertex]
    return {vertex: cap for vertex, cap in caps.items() if cap < UNLIMITED}


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
