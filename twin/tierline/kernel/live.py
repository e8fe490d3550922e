"""What runs after a removal, before anyone counts kilowatts (decision M3).

What flows from a source is live by least fixpoint: two tied dead buses do not feed each other. Needs hold while their
members run: greatest fixpoint from the state in service. A supply that closes a circle through its own source (the
electric pump of the set that feeds it) counts only if a store bridges it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tierline.kernel.plant import Plant
from tierline.kernel.solve import Solver

NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Live:
    """The state after closure."""

    down: frozenset[int]
    """Elements out of service: killed, or without something they need."""
    nodes: tuple[frozenset[int], ...]
    """Per stage, the nodes that are live."""
    dead: tuple[frozenset[int], ...]
    """Per stage, the vertices that conduct nothing."""
    by_hand: frozenset[int]
    """Elements that run only because an operator replaces their controls."""
    idle: frozenset[int] = NOTHING
    """Those of `down` that nothing stops: devices left open, machines left off."""

    @property
    def stopped(self) -> frozenset[int]:
        return self.down - self.idle


class Closure:
    """Closes kill sets of one plant to a fixpoint."""

    def __init__(self, plant: Plant, solvers: Sequence[Solver]) -> None:
        self.plant = plant
        self.solvers = solvers
        self._vertices: list[dict[int, list[int]]] = [{} for _ in plant.stages]
        """Stage → element → its vertices."""
        self._giving: list[dict[int, list[int]]] = [{} for _ in plant.stages]
        """Those where it conducts or gives: without those at which it only takes something in."""
        for k, stage in enumerate(plant.stages):
            taking = {sink.vertex for sink in stage.sinks}
            stands = [*enumerate(stage.element.tolist()), *enumerate(stage.also.tolist())]
            for vertex, element in (one for one in stands if one[1] >= 0):
                self._vertices[k].setdefault(element, []).append(vertex)
                if vertex not in taking:
                    self._giving[k].setdefault(element, []).append(vertex)
        self._here = [frozenset(elements) for elements in self._vertices]
        self.givers = [frozenset(elements) for elements in self._giving]
        """Stage → the elements that conduct or give there."""
        self._dead: dict[tuple[int, frozenset[int]], frozenset[int]] = {}
        self._resting: dict[tuple[int, frozenset[int], frozenset[int]], frozenset[int]] = {}
        self._reach: dict[tuple[int, frozenset[int], frozenset[int]], frozenset[int]] = {}
        self._flows = [k for k, stage in enumerate(plant.stages) if not stage.hours]
        self._sink_node = [
            [s.network.position[sink.vertex] for sink in stage.sinks]
            for s, stage in zip(solvers, plant.stages, strict=True)
        ]
        self._makers = [frozenset(s.element for s in stage.sources) for stage in plant.stages]
        self._circles = tuple(d for d in plant.dependencies if d.own and not d.hand)
        self._needy = frozenset(s.element for s in plant.supplies) | {d.element for d in self._circles}

    def close(self, kill: frozenset[int], hands: bool, stay_open: frozenset[int]) -> Live:
        """Everything that still runs. `hands` may replace controls.

        What stays open, or off, conducts and gives nothing, and holds no need: it does not run until a hand starts it.
        """
        down = kill | self.plant.dark | stay_open
        while True:
            down, by_hand, dead = self._greatest(down, hands)
            unbridged = self._unbridged(down, dead)
            if not unbridged:
                nodes = tuple(
                    frozenset() if k not in self._flows else self._live(k, dead[k], down)
                    for k in range(len(self.plant.stages))
                )
                nodes = self._of_hours(nodes)
                return Live(down, nodes, dead, by_hand, stay_open - kill)
            down |= unbridged

    def _of_hours(self, nodes: tuple[frozenset[int], ...]) -> tuple[frozenset[int], ...]:
        """A stage of hours has every node live: its stores are its sources whatever the rates are."""
        return tuple(
            frozenset(range(len(self.solvers[k].network.nodes))) if self.plant.stages[k].hours else found
            for k, found in enumerate(nodes)
        )

    def dead(self, down: frozenset[int]) -> tuple[frozenset[int], ...]:
        """Per stage, the vertices of what is down."""
        return tuple(self._dead_of(k, down & here) for k, here in enumerate(self._here))

    def _dead_of(self, k: int, down: frozenset[int]) -> frozenset[int]:
        found = self._dead.get((k, down))
        if found is None:
            found = self._dead[k, down] = frozenset(v for element in down for v in self._vertices[k][element])
        return found

    def resting(self, dead: Sequence[frozenset[int]]) -> frozenset[int]:
        """The elements all of whose vertices are dead."""
        stands = [(e, dead[k].issuperset(at)) for k, here in enumerate(self._vertices) for e, at in here.items()]
        return frozenset(e for e, _ in stands) - {e for e, dead_here in stands if not dead_here}

    def _live(self, k: int, dead: frozenset[int], asleep: frozenset[int]) -> frozenset[int]:
        """The live nodes of stage k, from its sources whose element is not in `asleep`."""
        off = self._makers[k] & asleep
        key = (k, dead, off)
        found = self._reach.get(key)
        if found is None:
            sources = self.plant.stages[k].sources
            awake = [i for i, s in enumerate(sources) if s.element not in off]
            found = self._reach[key] = self.solvers[k].network.live(dead, awake)
        return found

    def _greatest(
        self, down: frozenset[int], hands: bool
    ) -> tuple[frozenset[int], frozenset[int], tuple[frozenset[int], ...]]:
        """What is down, what runs by hand, and what is dead then."""
        while True:
            dead = self.dead(down)
            live = {k: self._live(k, dead[k], down) for k in self._flows}
            fallen = {
                s.element
                for s in self.plant.supplies
                if s.element not in down and self._sink_node[s.stage][s.sink] not in live[s.stage]
            }
            by_hand: set[int] = set()
            for need in self.plant.dependencies:
                if need.element in down or any(m not in down for m in need.members):
                    continue
                if hands and need.hand:
                    by_hand.add(need.element)
                else:
                    fallen.add(need.element)
            if not fallen:
                return down, frozenset(by_hand), dead
            down |= fallen

    def _unbridged(self, down: frozenset[int], shut: Sequence[frozenset[int]]) -> frozenset[int]:
        """What would not run if every machine had to be fed from a real source or a store, starting from none.

        From round to round only the stages change in which something woke up.
        """
        waiting = self._needy - down
        live = {k: self._stirring(k, down, shut, waiting) for k in self._flows}
        while True:
            asleep = down | waiting
            still = {
                s.element
                for s in self.plant.supplies
                if s.element in waiting
                and not s.stored
                and self._sink_node[s.stage][s.sink] not in live[s.stage]
                and not (s.bridge_stage >= 0 and self._sink_node[s.bridge_stage][s.bridge_sink] in live[s.bridge_stage])
            }
            still |= {d.element for d in self._circles if d.element in waiting and asleep.issuperset(d.members)}
            woken = waiting - still
            if not woken:
                return waiting
            waiting = waiting & still
            for k in self._flows:
                if not (woken.isdisjoint(self.givers[k]) and woken.isdisjoint(self._makers[k])):
                    live[k] = self._stirring(k, down, shut, waiting)

    def _stirring(
        self, k: int, down: frozenset[int], shut: Sequence[frozenset[int]], waiting: frozenset[int]
    ) -> frozenset[int]:
        """The live nodes of stage k while what waits gives nothing."""
        key = (k, shut[k], waiting & self.givers[k])
        found = self._resting.get(key)
        if found is None:
            found = self._resting[key] = shut[k].union(*(self._giving[k][element] for element in key[2]))
        return self._live(k, found, down | waiting)
