"""The least that can be asked beyond a cut, whatever machines share the work: a lower bound, for proofs of failure.

Give every unit asked beyond the cut the price 1. A machine's output costs what its inputs cost; a load pays the
cheapest route from any machine that can reach it, as if that machine had no limit. So the bill of all loads is
never more than what any real operation would ask beyond the cut.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from fractions import Fraction

from tierline.kernel.live import Live
from tierline.kernel.plant import Plant
from tierline.kernel.solve import Solver

ZERO = Fraction(0)


def least_need(
    plant: Plant, solvers: Sequence[Solver], live: Live, stage: int, beyond: frozenset[int]
) -> Fraction:
    """The least demand that all loads of the facility can put beyond the cut of `stage` (in its units)."""
    sinks: dict[tuple[int, int], Fraction] = {}
    total = ZERO
    for k in range(stage, -1, -1):
        net = solvers[k].network
        if k == stage:
            prices = {node: Fraction(1) for node in beyond}
        else:
            prices = _routes(plant, solvers[k], live, k, sinks)
        for index, sink in enumerate(plant.stages[k].sinks):
            price = prices.get(net.position[sink.vertex], ZERO)
            if not price:
                continue
            sinks[k, index] = price
            if sink.load or sink.element not in live.down:
                total += sink.demand * price
    return total


def _routes(
    plant: Plant, solver: Solver, live: Live, k: int, sinks: dict[tuple[int, int], Fraction]
) -> dict[int, Fraction]:
    """The cheapest price of one unit at every live node of stage k (Dijkstra over its live links)."""
    net = solver.network
    cost: dict[int, Fraction] = {}
    toll: dict[int, Fraction] = {}
    for c in plant.couplings:
        if c.stage != k or c.constant:
            continue
        price = sinks.get((c.to_stage, c.to_sink), ZERO) * Fraction(c.num, c.den)
        if c.source >= 0:
            cost[c.source] = cost.get(c.source, ZERO) + price
        else:
            node = net.position[c.vertex]
            toll[node] = toll.get(node, ZERO) + price
    if not any(cost.values()) and not any(toll.values()):
        return {}
    node_dead, link_dead = net.dead_parts(live.dead[k])
    queue: list[tuple[Fraction, int]] = []
    for index, source in enumerate(plant.stages[k].sources):
        if source.element not in live.down and source.cap > 0:
            at = net.position[source.vertex]
            queue.append((cost.get(index, ZERO) + toll.get(at, ZERO), at))
    heapq.heapify(queue)
    found: dict[int, Fraction] = {}
    while queue:
        price, at = heapq.heappop(queue)
        if at in found or at in node_dead:
            continue
        found[at] = price
        for index in net.links_of[at]:
            link = net.links[index]
            if index in link_dead:
                continue
            other, passes = (link.b, link.forward) if link.a == at else (link.a, link.backward)
            if passes and other not in found:
                heapq.heappush(queue, (price + toll.get(other, ZERO), other))
    return found
