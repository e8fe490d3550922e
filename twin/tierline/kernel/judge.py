"""A scenario is a kill list; this is the one function that judges it.

Stage after stage, from the loads to the sources: what a machine carries becomes what it draws. If a later stage
cannot give it, the cut it fails on tells how the machines must share instead, and the stages are run again. A pass is a
point that was found and holds in all stages at once. A failure is proven: by the loads of one stage alone, or by cuts
that no dispatch satisfies. Anything else is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from tierline.kernel.cuts import Cut
from tierline.kernel.dispatch import Dispatch
from tierline.kernel.gap import Pins, search
from tierline.kernel.hands import Hands
from tierline.kernel.live import NOTHING, Closure, Live
from tierline.kernel.outcome import Outcome, Shortage, Verdict
from tierline.kernel.passive import Loop, loops
from tierline.kernel.plant import UNLIMITED, Plant, Rows
from tierline.kernel.solve import Flow, Solver, State

ROUNDS = 60
"""How many dispatches are tried before the answer is unknown."""
EASINGS = 6
"""How often machines are simply asked to carry less before the sharing is worked out."""


class Judge:
    """Judges kill lists of one plant."""

    def __init__(self, plant: Plant) -> None:
        self.plant = plant
        self.solvers = [
            Solver(stage, [c for c in plant.couplings if c.stage == k]) for k, stage in enumerate(plant.stages)
        ]
        self.closure = Closure(plant, self.solvers)
        self._flows: dict[object, Flow] = {}
        self._loops: dict[tuple[int, frozenset[int]], tuple[Loop, ...]] = {}
        self._hands = Hands(plant, self.solvers, self.closure, self._by_hand)
        self._standby = any(source.standby for stage in plant.stages for source in stage.sources)
        self._leaving = [[c for c in plant.couplings if c.stage == k] for k in range(len(plant.stages))]

    def judge(self, kill: frozenset[int]) -> Outcome:
        """The verdict on one kill list: first with nobody's hand on anything, then with operators."""
        first = self._settle(self.closure.close(kill, False, self.plant.at_rest - kill), may_move=False)
        return first if first.verdict is Verdict.AUTOMATIC else self._hands.search(kill)

    def _by_hand(self, live: Live, free: frozenset[int] = NOTHING) -> Outcome:
        """The best that positions of selectors and cords can do; what `free` draws for itself is not counted."""
        found = self._settle(live, True, free=free)
        if not found.states and found.verdict is Verdict.UNKNOWN:
            return search(self.solvers, lambda pins: self._settle(live, True, pins, free), found)
        return found

    def _settle(
        self, live: Live, may_move: bool, pins: Pins | None = None, free: frozenset[int] = NOTHING
    ) -> Outcome:
        full = self._full(live)
        fixed = self._fixed(live, free)
        if self._standby:
            demands, flows = self._pass(live, self._full(live, resting=True), fixed, may_move, pins)
            if all(flow.feasible for flow in flows):
                return self._good(live, demands, flows)
        caps: Sequence[Rows] = full
        dispatch: Dispatch | None = None
        cuts: list[tuple[int, Rows, Rows, Cut]] = []
        told: tuple[Shortage, ...] = ()
        for attempt in range(ROUNDS):
            demands, flows = self._pass(live, caps, fixed, may_move, pins)
            bad = [k for k, flow in enumerate(flows) if not flow.feasible]
            if not bad:
                return self._good(live, demands, flows)
            told = told or tuple(self._shortage(k, live, demands[k], flows[k]) for k in bad)
            states = self._states(live, demands)
            failed = Outcome(Verdict.FAIL, live.stopped, told, states, tuple(flows))
            if any(self._alone(k, flows[k], demands[k], fixed[k], caps[k], full[k], may_move) for k in bad):
                return failed
            relaxed = [(k, cut) for k in bad if flows[k].relaxed and (cut := flows[k].cut) is not None]
            cuts += [(k, demands[k], self._pumped(k, live, flows), cut) for k, cut in relaxed]
            if attempt < EASINGS and (eased := self._eased(caps, bad, demands, flows, live)) is not None:
                caps = eased
                continue
            dispatch = dispatch or Dispatch(self.plant, self.solvers, live, full, fixed)
            for cut_found in cuts:
                dispatch.add(*cut_found)
            cuts = []
            if dispatch.impossible():
                return failed
            outputs = next(dispatch.propose(), None)
            if outputs is None:
                break
            caps = self._asked(full, outputs)
        return Outcome(Verdict.UNKNOWN, live.stopped, told)

    def _pumped(self, k: int, live: Live, flows: Sequence[Flow]) -> Rows:
        """What is drawn in a stage for what flows through pumps, by measure and sink."""
        stage = self.plant.stages[k]
        drawn = [[0] * len(stage.sinks) for _ in stage.caps]
        for c in self.plant.couplings:
            if c.to_stage == k and c.source < 0 and not c.constants and c.element not in live.down:
                for m, row in enumerate(drawn):
                    row[c.to_sink] += c.drawn(flows[c.stage].through[c.vertex], m)
        return tuple(tuple(row) for row in drawn)

    def _eased(
        self,
        caps: Sequence[Rows],
        bad: Sequence[int],
        demands: Sequence[Rows],
        flows: Sequence[Flow],
        live: Live,
    ) -> list[Rows] | None:
        """Ask the machines that drew too much to carry only what they can be given; None if none can be asked."""
        eased = [list(rows[0]) for rows in caps]
        for c in self.plant.couplings:
            if c.to_stage not in bad or c.source < 0 or c.constants or c.element in live.down:
                continue
            m = flows[c.to_stage].measure
            asked, served = demands[c.to_stage][m][c.to_sink], flows[c.to_stage].served[c.to_sink]
            carried = flows[c.stage].loads[c.source]
            if served < asked and carried and c.ratios[m]:
                others = asked - c.drawn(carried, m)
                less = int(max(0, served - others) / c.ratios[m])
                eased[c.stage][c.source] = min(eased[c.stage][c.source], less)
        found = [(tuple(first), *rows[1:]) for first, rows in zip(eased, caps, strict=True)]
        return None if found == list(caps) else found

    @staticmethod
    def _alone(
        k: int,
        flow: Flow,
        demands: Rows,
        fixed: Sequence[Sequence[int]],
        caps: Rows,
        full: Rows,
        may_move: bool,
    ) -> bool:
        """Whether a stage fails by its own loads and its own full sources, in every position that is allowed."""
        return flow.proven and may_move and list(demands) == [tuple(row) for row in fixed] and caps == full

    @staticmethod
    def _asked(full: Sequence[Rows], outputs: Mapping[tuple[int, int], Fraction]) -> list[Rows]:
        """Sources limited to the outputs proposed, rounded up."""
        return [
            (
                tuple(
                    min(cap, -(-x.numerator // x.denominator)) if (x := outputs.get((k, i))) is not None else cap
                    for i, cap in enumerate(rows[0])
                ),
                *rows[1:],
            )
            for k, rows in enumerate(full)
        ]

    def _fixed(self, live: Live, free: frozenset[int]) -> list[list[list[int]]]:
        """What every sink asks whatever machines carry: stage, measure, sink."""
        silent = live.down | free
        asked = [
            [
                [sink.demands[m] if sink.load or sink.element not in silent else 0 for sink in stage.sinks]
                for m in range(len(stage.caps))
            ]
            for stage in self.plant.stages
        ]
        for c in self.plant.couplings:
            if c.constants and c.element not in live.down:
                for m, constant in enumerate(c.constants):
                    asked[c.to_stage][m][c.to_sink] += constant
        return asked

    def _pass(
        self,
        live: Live,
        caps: Sequence[Rows],
        fixed: Sequence[Sequence[Sequence[int]]],
        may_move: bool,
        pins: Pins | None,
    ) -> tuple[list[Rows], list[Flow]]:
        """Every stage once, loads first; couplings turn what is carried into what is drawn."""
        asked = [[list(row) for row in rows] for rows in fixed]
        demands: list[Rows] = []
        flows: list[Flow] = []
        for k in range(len(self.plant.stages)):
            demand = tuple(tuple(row) for row in asked[k])
            flow = self._flow(k, State(live.dead[k], live.nodes[k], demand, caps[k]), may_move, pins)
            demands.append(demand)
            flows.append(flow)
            for c in self._leaving[k]:
                if c.constants or c.element in live.down:
                    continue
                carried = flow.loads[c.source] if c.source >= 0 else flow.through[c.vertex]
                for m in range(len(c.ratios)):
                    asked[c.to_stage][m][c.to_sink] += c.drawn(carried, m)
        return demands, flows

    def _flow(self, k: int, state: State, may_move: bool, pins: Pins | None) -> Flow:
        held = None if pins is None else {i: on for (stage, i), on in pins.items() if stage == k}
        key = (k, state, may_move if held is None else tuple(sorted(held.items())))
        found = self._flows.get(key)
        if found is None:
            solver = self.solvers[k]
            found = solver.flow(state, may_move) if held is None else solver.at(state, held)
            if found.feasible:
                found = replace(found, uncontrolled=self._uncontrolled(k, state.dead, state.demands))
            self._flows[key] = found
        return found

    def _uncontrolled(self, k: int, dead: frozenset[int], demands: Rows) -> tuple[int, ...]:
        """Vertices of loops that could be asked to carry more than they can."""
        found = self._loops.get((k, dead))
        if found is None:
            found = self._loops[k, dead] = loops(self.solvers[k].network, dead)
        return tuple(sorted({v for loop in found for v in loop.tight(demands)}))

    def _good(self, live: Live, demands: Sequence[Rows], flows: Sequence[Flow]) -> Outcome:
        moved: list[tuple[int, tuple[int, ...]]] = []
        loose, started = set[int](), set[int]()
        for stage, flow in zip(self.plant.stages, flows, strict=True):
            name = stage.element.tolist()
            moved += ((name[v], tuple(name[u] for u in used)) for v, used in flow.moved)
            loose |= {name[v] for v in flow.uncontrolled}
            started |= {s.element for s, load in zip(stage.sources, flow.loads, strict=True) if s.standby and load}
        verdict = Verdict.UNKNOWN if loose else Verdict.AUTOMATIC
        return Outcome(
            verdict, live.stopped, states=self._states(live, demands), flows=tuple(flows),
            moved=tuple(sorted(set(moved))), uncontrolled=tuple(sorted(loose)), started=tuple(sorted(started)),
        )  # fmt: skip

    def _states(self, live: Live, demands: Sequence[Rows]) -> tuple[State, ...]:
        return tuple(State(live.dead[k], live.nodes[k], demands[k], full) for k, full in enumerate(self._full(live)))

    def _full(self, live: Live, resting: bool = False) -> list[Rows]:
        """What every source that runs can give: stage, measure, source; nothing from those on standby if they rest."""
        return [
            tuple(
                tuple(0 if s.element in live.down or (resting and s.standby) else s.caps[m] for s in stage.sources)
                for m in range(len(stage.caps))
            )
            for stage in self.plant.stages
        ]

    def _shortage(self, k: int, live: Live, demands: Rows, flow: Flow) -> Shortage:
        stage = self.plant.stages[k]
        net = self.solvers[k].network
        name = stage.element.tolist()
        cut = flow.cut
        assert cut is not None
        lost, short = [], []
        asked = demands[cut.measure]
        for index, (sink, demand, served) in enumerate(zip(stage.sinks, asked, flow.served, strict=True)):
            if served >= demand:
                continue
            if sink.load and self._dark(k, index, live):
                lost.append(sink.element)
            else:
                short.append(sink.element)
        beyond = [
            s.element for s, d in zip(stage.sinks, asked, strict=True) if d and net.position[s.vertex] in cut.beyond
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
