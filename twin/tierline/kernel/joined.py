"""UPS systems, and whether a state joins two of them at their outputs.

A system is what stands connected in the normal state: it was built to run side by side. Two systems were not, and no
switching may put them in parallel while both are on; whatever is switched to another system is taken over by it alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tierline.kernel.live import Closure, Live
from tierline.kernel.plant import Plant
from tierline.kernel.positions import Choice
from tierline.kernel.solve import Flow, Solver


@dataclass(frozen=True, slots=True)
class Path:
    """A connection between the outputs of two systems."""

    elements: frozenset[int]
    """Everything on it."""
    systems: tuple[frozenset[int], frozenset[int]]
    """The UPS of either that are on."""
    switched: bool
    """Whether it leads through a selector, which might stand elsewhere."""


class Joined:
    """Looks for connections between UPS systems of one plant."""

    def __init__(self, plant: Plant, solvers: Sequence[Solver], closure: Closure) -> None:
        self.plant, self.solvers = plant, solvers
        self._outputs = [
            {solver.network.position[s.vertex]: s.element for s in stage.sources if s.element in plant.converters}
            if not stage.hours
            else {}
            for stage, solver in zip(plant.stages, solvers, strict=True)
        ]
        self._ends = [self._ends_of(k) for k in range(len(plant.stages))]
        dead = closure.dead(plant.at_rest - plant.converters)
        self._system: list[dict[int, int]] = []
        """Per stage, node of an output → a number that all outputs of its system have."""
        for k, outputs in enumerate(self._outputs):
            first = {i: solvers[k].default(g, g.links) for i, g in enumerate(solvers[k].groups)}
            system: dict[int, int] = {}
            for node in outputs:
                if node not in system:
                    reached = self._reached(k, node, dead[k], first)
                    system |= dict.fromkeys(outputs.keys() & reached.keys(), node)
            self._system.append(system)

    def path(self, live: Live, flows: Sequence[Flow]) -> Path | None:
        """Some connection between two systems that are both on; None if there is none."""
        for k, system in enumerate(self._system):
            on = {node for node in system if self._outputs[k][node] not in live.down}
            if len({system[node] for node in on}) < 2:
                continue
            for node in sorted(on):
                reached = self._reached(k, node, live.dead[k], flows[k].choices)
                foreign = [other for other in sorted(on & reached.keys()) if system[other] != system[node]]
                if foreign:
                    sides = (self._of(k, on, system[node]), self._of(k, on, system[foreign[0]]))
                    passed, switched = self._back(k, foreign[0], reached)
                    return Path(passed, sides, switched)
        return None

    def _of(self, k: int, on: set[int], number: int) -> frozenset[int]:
        return frozenset(self._outputs[k][node] for node in on if self._system[k][node] == number)

    def _ends_of(self, k: int) -> frozenset[int]:
        """Nodes at which something is only taken in: nothing is joined through them."""
        net = self.solvers[k].network
        leaving = {end for link in net.links for end, on in ((link.a, link.forward), (link.b, link.backward)) if on}
        return frozenset(net.position[sink.vertex] for sink in self.plant.stages[k].sinks) - leaving

    def _reached(
        self, k: int, start: int, dead: frozenset[int], choices: Mapping[int, Choice]
    ) -> dict[int, tuple[int, int]]:
        """Every node connected with `start`, whichever way power may flow: node → (node before it, link)."""
        solver, ends = self.solvers[k], self._ends[k]
        net = solver.network
        node_dead, link_dead = net.dead_parts(dead)
        shut = {(group.node, link) for i, group in enumerate(solver.groups) for link in group.links if i in choices}
        shut -= {(solver.groups[i].node, link) for i, on in choices.items() for link in on}
        reached = {start: (start, -1)}
        work = [start]
        while work:
            node = work.pop()
            for index in net.links_of[node]:
                link = net.links[index]
                other = link.b if link.a == node else link.a
                barred = index in link_dead or other in node_dead or (node, index) in shut or (other, index) in shut
                if other not in reached and not barred:
                    reached[other] = (node, index)
                    if other not in ends:
                        work.append(other)
        return reached

    def _back(self, k: int, node: int, reached: Mapping[int, tuple[int, int]]) -> tuple[frozenset[int], bool]:
        """The elements on the way back to where the search began, and whether a selector is among them."""
        net, name = self.solvers[k].network, self.plant.stages[k].element.tolist()
        selectors = {group.node for group in self.solvers[k].groups if group.sink < 0}
        passed, switched = {name[net.nodes[node]]}, node in selectors
        while reached[node][0] != node:
            node, index = reached[node]
            passed |= {name[v] for v in net.links[index].inside} | {name[net.nodes[node]]}
            switched |= node in selectors
        return frozenset(passed), switched
