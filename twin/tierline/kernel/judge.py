"""A scenario is a kill list; this is the one function that judges it.

Stage after stage, from the loads to the sources: what a machine carries becomes what it draws. If a later stage
cannot give it, the cut it fails on tells how the machines must share instead, and the stages are run again. A pass is a
point that was found and holds in all stages at once. A failure is proven: by the loads of one stage alone, or by cuts
that no dispatch satisfies. Anything else is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tierline.kernel.allowance import Allowance, Full, asked, eased
from tierline.kernel.cuts import Cut
from tierline.kernel.dispatch import Dispatch
from tierline.kernel.gap import Pins, search
from tierline.kernel.hands import Hands
from tierline.kernel.live import NOTHING, Closure, Live
from tierline.kernel.outcome import Outcome, Shortage, Verdict
from tierline.kernel.plant import UNLIMITED, Coupling, Plant, Rows
from tierline.kernel.positions import Choice
from tierline.kernel.solve import Flow, Solver, State

ROUNDS = 60
"""How many dispatches are tried before the answer is unknown."""
EASINGS = 6
"""How often machines are simply asked to carry less before the sharing is worked out."""


@dataclass(frozen=True, slots=True)
class _Question:
    """One state of life, with what is asked in it."""

    live: Live
    fixed: Sequence[Rows]
    """Stage, measure, sink: what is asked whatever machines carry."""
    may_move: bool
    pins: Sequence[tuple[tuple[int, Choice], ...]] | None
    """Stage → the groups held there, and their positions."""


class Judge:
    """Judges kill lists of one plant."""

    def __init__(self, plant: Plant) -> None:
        self.plant = plant
        self.solvers = [
            Solver(stage, [c for c in plant.couplings if c.stage == k]) for k, stage in enumerate(plant.stages)
        ]
        self.closure = Closure(plant, self.solvers)
        self._flows: dict[object, Flow] = {}
        self._full = Full(plant, self.solvers)
        self._takers = [frozenset(sink.element for sink in stage.sinks) for stage in plant.stages]
        self._asked: dict[tuple[int, frozenset[int]], Rows] = {}
        self._names = [stage.element.tolist() for stage in plant.stages]
        self._hands = Hands(plant, self.solvers, self.closure, self._by_hand)
        self._standby = any(source.standby for stage in plant.stages for source in stage.sources)
        self._leaving = [[c for c in plant.couplings if c.stage == k and not c.back] for k in range(len(plant.stages))]
        self._backs = tuple(c for c in plant.couplings if c.back)
        self._fed = {c.to_stage for c in plant.couplings}

    def judge(self, kill: frozenset[int]) -> Outcome:
        """The verdict on one kill list: first with nobody's hand on anything, then with operators."""
        first = self.alone(kill)
        return first if first.verdict is Verdict.AUTOMATIC else self._hands.search(kill)

    def alone(self, kill: frozenset[int]) -> Outcome:
        """How it ends with nobody's hand on anything."""
        return self._settle(self.closure.close(kill, False, self.plant.at_rest - kill), may_move=False)

    def stopped(self, kill: frozenset[int]) -> frozenset[int]:
        """What is out of service with nobody's hand on anything."""
        return self.closure.close(kill, False, self.plant.at_rest - kill).stopped

    def least(self, kill: frozenset[int], told: Outcome) -> Outcome:
        """A failure, told in the state that needs the fewest hands for it."""
        return self._hands.least(kill, told)

    def _by_hand(self, live: Live, free: frozenset[int] = NOTHING) -> Outcome:
        """The best that positions of selectors and cords can do; what `free` draws for itself is not counted."""
        found = self._settle(live, True, free=free)
        if not found.states and found.verdict is Verdict.UNKNOWN:
            return search(self.solvers, lambda pins: self._settle(live, True, pins, free), found)
        return found

    def _settle(
        self, live: Live, may_move: bool, pins: Pins | None = None, free: frozenset[int] = NOTHING
    ) -> Outcome:
        asks = _Question(live, self._fixed(live, free), may_move, self._by_stage(pins))
        most = self._full.of(live)
        if self._standby and (rested := self._rested(asks, most)) is not None:
            return rested
        now: Sequence[Allowance] = most
        dispatch: Dispatch | None = None
        cuts: list[tuple[int, Rows, Cut]] = []
        told: tuple[Shortage, ...] = ()
        expected: Sequence[int] = ()
        for attempt in range(ROUNDS):
            steady = self._steady(asks, now, expected)
            if steady is None:
                break
            demands, flows = steady
            bad = [k for k, flow in enumerate(flows) if not flow.feasible]
            if not bad:
                return self._good(live, demands, flows, most)
            told = told or tuple(self._shortage(k, live, demands[k], flows[k]) for k in bad)
            if any(self._alone(k, flows[k], demands[k], asks, now[k] == most[k]) for k in bad):
                return _failed(live, told, demands, most, flows)
            cuts += [(k, demands[k], cut) for k in bad if flows[k].relaxed and (cut := flows[k].cut) is not None]
            if attempt < EASINGS and (less := eased(self.plant, self.solvers, now, demands, flows, live)) is not None:
                now = less
                continue
            dispatch = dispatch or Dispatch(self.plant, self.solvers, live, most, asks.fixed)
            if dispatch.impossible_with(cuts):
                return _failed(live, told, demands, most, flows)
            if (outputs := next(dispatch.propose(), None)) is None:
                break
            cuts = []
            now = asked(most, outputs)
            expected = [now[c.stage].row[self.solvers[c.stage].place(c)] for c in self._backs]
        return Outcome(Verdict.UNKNOWN, live.stopped, told)

    def _rested(self, asks: _Question, most: Sequence[Allowance]) -> Outcome | None:
        """How it ends if what stands by gives nothing; None unless that passes."""
        steady = self._steady(asks, self._full.of(asks.live, resting=True))
        if steady is None or not all(flow.feasible for flow in steady[1]):
            return None
        return self._good(asks.live, *steady, most)

    @staticmethod
    def _alone(k: int, flow: Flow, demands: Rows, asks: _Question, unheld: bool) -> bool:
        """Whether a stage fails by its own loads and its own full sources, in every position that is allowed."""
        return flow.proven and asks.may_move and demands == asks.fixed[k] and unheld

    def _fixed(self, live: Live, free: frozenset[int]) -> list[Rows]:
        """What every sink asks whatever machines carry: stage, measure, sink."""
        silent = live.down | free
        return [self._fixed_of(k, takers & silent) for k, takers in enumerate(self._takers)]

    def _fixed_of(self, k: int, silent: frozenset[int]) -> Rows:
        found = self._asked.get((k, silent))
        if found is None:
            stage = self.plant.stages[k]
            found = self._asked[k, silent] = tuple(
                tuple(sink.demands[m] if sink.load or sink.element not in silent else 0 for sink in stage.sinks)
                for m in range(len(stage.caps))
            )
        return found

    def _by_stage(self, pins: Pins | None) -> list[tuple[tuple[int, Choice], ...]] | None:
        """What is held, by stage and in one order."""
        if pins is None:
            return None
        found: list[list[tuple[int, Choice]]] = [[] for _ in self.plant.stages]
        for (k, group), on in sorted(pins.items()):
            found[k].append((group, on))
        return [tuple(held) for held in found]

    def _steady(
        self, asks: _Question, now: Sequence[Allowance], expected: Sequence[int] = ()
    ) -> tuple[list[Rows], list[Flow]] | None:
        """Passes until no circle carries more than was expected of it, or a stage fails; None if that does not end.

        What is drawn back may be more than what is carried asks for: what can be given so can be given with less.
        """
        expected = expected or [0] * len(self._backs)
        for _ in range(ROUNDS):
            demands, flows = self._pass(asks, now, expected)
            carried = [flows[c.stage].carried(c) for c in self._backs]
            if not all(flow.feasible for flow in flows) or all(map(int.__le__, carried, expected)):
                return demands, flows
            expected = [max(pair) for pair in zip(carried, expected, strict=True)]
        return None

    def _pass(
        self, asks: _Question, now: Sequence[Allowance], expected: Sequence[int]
    ) -> tuple[list[Rows], list[Flow]]:
        """Every stage once, loads first; couplings turn what is carried into what is drawn."""
        live = asks.live
        drawn = {k: [list(row) for row in asks.fixed[k]] for k in self._fed}
        for c, carried in zip(self._backs, expected, strict=True):
            self._draw(c, carried, live, drawn)
        demands: list[Rows] = []
        flows: list[Flow] = []
        for k in range(len(self.plant.stages)):
            demand = tuple(map(tuple, drawn[k])) if k in drawn else asks.fixed[k]
            flow = self._flow(k, live, demand, now[k], asks)
            demands.append(demand)
            flows.append(flow)
            for c in self._leaving[k]:
                self._draw(c, flow.carried(c), live, drawn)
        return demands, flows

    @staticmethod
    def _draw(c: Coupling, carried: int, live: Live, drawn: Mapping[int, Sequence[list[int]]]) -> None:
        if c.element not in live.down:
            for m, row in enumerate(drawn[c.to_stage]):
                row[c.to_sink] += c.drawn(carried, m)

    def _flow(self, k: int, live: Live, demand: Rows, now: Allowance, asks: _Question) -> Flow:
        held = None if asks.pins is None else asks.pins[k]
        key = (k, live.dead[k], live.nodes[k], demand, now.caps, now.lets, asks.may_move if held is None else held)
        found = self._flows.get(key)
        if found is None:
            solver, state = self.solvers[k], State(live.dead[k], live.nodes[k], demand, now.caps, now.lets)
            found = solver.flow(state, asks.may_move) if held is None else solver.at(state, dict(held))
            self._flows[key] = found
        return found

    def _good(
        self, live: Live, demands: Sequence[Rows], flows: Sequence[Flow], most: Sequence[Allowance]
    ) -> Outcome:
        moved: list[tuple[int, tuple[int, ...]]] = []
        loose, started = set[int](), set[int]()
        for stage, name, flow in zip(self.plant.stages, self._names, flows, strict=True):
            moved += ((name[v], tuple(name[u] for u in used)) for v, used in flow.moved)
            loose |= {name[v] for v in flow.uncontrolled}
            started |= {s.element for s, load in zip(stage.sources, flow.loads, strict=True) if s.standby and load}
        verdict = Verdict.UNKNOWN if loose else Verdict.AUTOMATIC
        return Outcome(
            verdict, live.stopped, states=_states(live, demands, most), flows=tuple(flows),
            moved=tuple(sorted(set(moved))), uncontrolled=tuple(sorted(loose)), started=tuple(sorted(started)),
        )  # fmt: skip

    def _shortage(self, k: int, live: Live, demands: Rows, flow: Flow) -> Shortage:
        stage = self.plant.stages[k]
        net, name = self.solvers[k].network, self._names[k]
        cut = flow.cut
        assert cut is not None
        lost, short = [], []
        wanted = demands[cut.measure]
        for index, (sink, demand, served) in enumerate(zip(stage.sinks, wanted, flow.served, strict=True)):
            if served >= demand:
                continue
            if sink.load and self._dark(k, index, live):
                lost.append(sink.element)
            else:
                short.append(sink.element)
        beyond = [
            s.element for s, d in zip(stage.sinks, wanted, strict=True) if d and net.position[s.vertex] in cut.beyond
        ]
        caps = net.caps[cut.measure]
        limits = tuple(sorted({name[v] for v in cut.limits if caps[v] < UNLIMITED or self._supplies(k, v)}))
        return Shortage(k, cut.have, cut.need, limits, tuple(lost), tuple(short), tuple(beyond), cut.measure)

    def _dark(self, k: int, sink: int, live: Live) -> bool:
        """Whether nothing live reaches a consumer, or fewer of its cords than it runs on."""
        solver, nodes = self.solvers[k], live.nodes[k]
        if solver.network.position[self.plant.stages[k].sinks[sink].vertex] not in nodes:
            return True
        dead = solver.network.dead_parts(live.dead[k])[1]
        return any(g.sink == sink and len(solver.live_entries(g, dead, nodes)) < g.fewest for g in solver.groups)

    def _supplies(self, k: int, vertex: int) -> bool:
        return any(s.vertex == vertex for s in self.plant.stages[k].sources)


def _failed(
    live: Live, told: tuple[Shortage, ...], demands: Sequence[Rows], most: Sequence[Allowance], flows: Sequence[Flow]
) -> Outcome:
    return Outcome(Verdict.FAIL, live.stopped, told, _states(live, demands, most), tuple(flows))


def _states(live: Live, demands: Sequence[Rows], most: Sequence[Allowance]) -> tuple[State, ...]:
    """Every stage with all it could give: what a margin is asked of."""
    return tuple(
        State(live.dead[k], live.nodes[k], demands[k], one.caps, one.lets) for k, one in enumerate(most)
    )
