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
        self._vertices: dict[int, list[tuple[int, int]]] = {}
        self.giving: dict[int, list[tuple[int, int]]] = {}
        """Element → (stage, vertex) where it conducts or gives: without those at which it only takes something in."""
        for k, stage in enumerate(plant.stages):
            taking = {sink.vertex for sink in stage.sinks}
            stands = [*enumerate(stage.element.tolist()), *enumerate(stage.also.tolist())]
            for vertex, element in (one for one in stands if one[1] >= 0):
                self._vertices.setdefault(element, []).append((k, vertex))
                if vertex not in taking:
                    self.giving.setdefault(element, []).append((k, vertex))
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
            down, by_hand = self._greatest(down, hands)
            unbridged = self._unbridged(down)
            if not unbridged:
                dead = self.dead(down)
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
        dead: list[set[int]] = [set() for _ in self.plant.stages]
        for element in down:
            for k, vertex in self._vertices.get(element, ()):
                dead[k].add(vertex)
        return tuple(frozenset(found) for found in dead)

    def resting(self, dead: Sequence[frozenset[int]]) -> frozenset[int]:
        """The elements all of whose vertices are dead."""
        return frozenset(e for e, places in self._vertices.items() if all(v in dead[k] for k, v in places))

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

    def _greatest(self, down: frozenset[int], hands: bool) -> tuple[frozenset[int], frozenset[int]]:
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
                return down, frozenset(by_hand)
            down |= fallen

    def _unbridged(self, down: frozenset[int]) -> frozenset[int]:
        """What would not run if every machine had to be fed from a real source or a store, starting from none."""
        asleep = down | self._needy
        shut = self.dead(down)
        while True:
            dead = [set(found) for found in shut]
            for element in asleep:
                for k, vertex in self.giving.get(element, ()):
                    dead[k].add(vertex)
            live = {k: self._live(k, frozenset(dead[k]), asleep) for k in self._flows}
            waiting = {
                s.element
                for s in self.plant.supplies
                if self._sink_node[s.stage][s.sink] not in live[s.stage]
                and not s.stored
                and not (s.bridge_stage >= 0 and self._sink_node[s.bridge_stage][s.bridge_sink] in live[s.bridge_stage])
            }
            waiting |= {d.element for d in self._circles if all(m in asleep for m in d.members)}
            still = frozenset(e for e in asleep if e in down or e in waiting)
            if still == asleep:
                return asleep - down
            asleep = still
