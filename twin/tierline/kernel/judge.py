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

from tierline.kernel.dispatch import Dispatch
from tierline.kernel.live import Closure, Live
from tierline.kernel.outcome import Outcome, Shortage, State, Verdict
from tierline.kernel.passive import Loop, loops
from tierline.kernel.plant import UNLIMITED, Plant
from tierline.kernel.solve import Cut, Flow, Solver

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
        self._sheds = frozenset(
            sink.element for stage in plant.stages for sink in stage.sinks if sink.demand and not sink.load
        )
        self._leaving = [[c for c in plant.couplings if c.stage == k] for k in range(len(plant.stages))]

    def judge(self, kill: frozenset[int]) -> Outcome:
        """The verdict on one kill list.

        A machine that draws for itself and cannot be served may stop, if the rest still does all that is asked.
        """
        found = self._as_it_stands(kill)
        shed = kill
        while found.verdict is not Verdict.AUTOMATIC and len(off := shed | (found.unserved - found.down)) > len(shed):
            shed = off
            again = self._as_it_stands(shed)
            if again.verdict <= found.verdict:
                found = again
        return found

    def _as_it_stands(self, kill: frozenset[int]) -> Outcome:
        """First with nobody's hand on anything, then with operators."""
        ties = self.closure.normally_open - kill
        first = self._settle(self.closure.close(kill, False, ties), may_move=False)
        if first.verdict is Verdict.AUTOMATIC:
            return first
        live = self.closure.close(kill, True, frozenset())
        second = self._settle(live, may_move=True)
        if not second.states or second.shortages:
            return second
        stay_open: frozenset[int] = frozenset()
        for tie in sorted(ties):
            calmer = self.closure.close(kill, True, stay_open | {tie})
            third = self._settle(calmer, may_move=True)
            if third.states and not third.shortages and third.verdict <= second.verdict:
                live, second, stay_open = calmer, third, stay_open | {tie}
        verdict = Verdict.SWITCHED if second.verdict is Verdict.AUTOMATIC else second.verdict
        return replace(
            second, verdict=verdict, by_hand=tuple(sorted(live.by_hand)), closed=tuple(sorted(ties - stay_open))
        )

    def _settle(self, live: Live, may_move: bool) -> Outcome:
        full = self._full(live)
        fixed = self._fixed(live)
        caps: Sequence[tuple[int, ...]] = full
        dispatch: Dispatch | None = None
        cuts: list[tuple[int, tuple[int, ...], Cut]] = []
        told: tuple[Shortage, ...] = ()
        unserved: set[int] = set()
        for attempt in range(ROUNDS):
            demands, flows = self._pass(live, caps, fixed, may_move)
            bad = [k for k, flow in enumerate(flows) if not flow.feasible]
            if not bad:
                return self._good(live, demands, flows)
            unserved |= {e for k in bad for e in self._wanting(k, demands[k], flows[k])}
            told = told or tuple(self._shortage(k, live, demands[k], flows[k]) for k in bad)
            states = self._states(live, demands)
            failed = Outcome(Verdict.FAIL, live.down, told, states, tuple(flows), unserved=frozenset(unserved))
            if any(self._alone(k, flows[k], demands[k], fixed[k], caps[k], full[k], may_move) for k in bad):
                return failed
            cuts += [(k, demands[k], cut) for k in bad if flows[k].relaxed and (cut := flows[k].cut) is not None]
            if attempt < EASINGS and (eased := self._eased(caps, bad, demands, flows, live)) is not None:
                caps = eased
                continue
            first = dispatch is None
            if dispatch is None:
                dispatch = Dispatch(self.plant, self.solvers, live, full, fixed)
            if not any([dispatch.add(*cut) for cut in cuts]) and not first:
                break
            cuts = []
            outputs = dispatch.propose()
            if outputs is None:
                return failed
            caps = self._asked(full, outputs)
        return Outcome(Verdict.UNKNOWN, live.down, told, unserved=frozenset(unserved))

    def _wanting(self, k: int, demands: Sequence[int], flow: Flow) -> list[int]:
        """Machines with a draw of their own that a stage does not serve."""
        sinks = self.plant.stages[k].sinks
        return [
            sink.element
            for sink, demand, served in zip(sinks, demands, flow.served, strict=True)
            if served < demand and sink.element in self._sheds
        ]

    def _eased(
        self,
        caps: Sequence[tuple[int, ...]],
        bad: Sequence[int],
        demands: Sequence[tuple[int, ...]],
        flows: Sequence[Flow],
        live: Live,
    ) -> list[tuple[int, ...]] | None:
        """Ask the machines that drew too much to carry only what they can be given; None if none can be asked."""
        eased = [list(row) for row in caps]
        for c in self.plant.couplings:
            if c.to_stage not in bad or c.source < 0 or c.constant or c.element in live.down or not c.num:
                continue
            asked, served = demands[c.to_stage][c.to_sink], flows[c.to_stage].served[c.to_sink]
            carried = flows[c.stage].loads[c.source]
            if served < asked and carried:
                others = asked - -(-carried * c.num // c.den)
                less = max(0, served - others) * c.den // c.num
                eased[c.stage][c.source] = min(eased[c.stage][c.source], less)
        rows = [tuple(row) for row in eased]
        return None if rows == list(caps) else rows

    @staticmethod
    def _alone(
        k: int,
        flow: Flow,
        demand: Sequence[int],
        fixed: Sequence[int],
        caps: Sequence[int],
        full: Sequence[int],
        may_move: bool,
    ) -> bool:
        """Whether a stage fails by its own loads and its own full sources, in every position that is allowed."""
        return flow.proven and may_move and list(demand) == list(fixed) and tuple(caps) == tuple(full)

    @staticmethod
    def _asked(full: Sequence[tuple[int, ...]], outputs: Mapping[tuple[int, int], Fraction]) -> list[tuple[int, ...]]:
        """Sources limited to the outputs proposed, rounded up."""
        return [
            tuple(
                min(cap, -(-x.numerator // x.denominator)) if (x := outputs.get((k, i))) is not None else cap
                for i, cap in enumerate(row)
            )
            for k, row in enumerate(full)
        ]

    def _fixed(self, live: Live) -> list[list[int]]:
        """What every sink asks whatever machines carry."""
        asked = [
            [sink.demand if sink.load or sink.element not in live.down else 0 for sink in stage.sinks]
            for stage in self.plant.stages
        ]
        for c in self.plant.couplings:
            if c.constant and c.element not in live.down:
                asked[c.to_stage][c.to_sink] += c.constant
        return asked

    def _pass(
        self, live: Live, caps: Sequence[tuple[int, ...]], fixed: Sequence[Sequence[int]], may_move: bool
    ) -> tuple[list[tuple[int, ...]], list[Flow]]:
        """Every stage once, loads first; couplings turn what is carried into what is drawn."""
        asked = [list(row) for row in fixed]
        demands: list[tuple[int, ...]] = []
        flows: list[Flow] = []
        for k in range(len(self.plant.stages)):
            demand = tuple(asked[k])
            flow = self._flow(k, live, demand, caps[k], may_move)
            demands.append(demand)
            flows.append(flow)
            for c in self._leaving[k]:
                if c.constant or c.element in live.down:
                    continue
                carried = flow.loads[c.source] if c.source >= 0 else flow.through[c.vertex]
                asked[c.to_stage][c.to_sink] += -(-carried * c.num // c.den)
        return demands, flows

    def _flow(self, k: int, live: Live, demand: tuple[int, ...], caps: tuple[int, ...], may_move: bool) -> Flow:
        key = (k, live.dead[k], live.nodes[k], demand, caps, may_move)
        found = self._flows.get(key)
        if found is None:
            solver = self.solvers[k]
            found = solver.flow(live.dead[k], live.nodes[k], demand, caps, may_move)
            if found.feasible:
                found = replace(found, uncontrolled=self._uncontrolled(k, live.dead[k], demand))
            self._flows[key] = found
        return found

    def _uncontrolled(self, k: int, dead: frozenset[int], demands: Sequence[int]) -> tuple[int, ...]:
        """Vertices of loops that could be asked to carry more than they can."""
        found = self._loops.get((k, dead))
        if found is None:
            found = self._loops[k, dead] = loops(self.solvers[k].network, dead)
        return tuple(sorted(v for loop in found for v, cap in loop.caps.items() if cap < loop.passing(demands)))

    def _good(
        self,
        live: Live,
        demands: Sequence[tuple[int, ...]],
        flows: Sequence[Flow],
    ) -> Outcome:
        moved: list[tuple[int, tuple[int, ...]]] = []
        loose: set[int] = set()
        for stage, flow in zip(self.plant.stages, flows, strict=True):
            name = stage.element.tolist()
            moved += ((name[v], tuple(name[u] for u in used)) for v, used in flow.moved)
            loose |= {name[v] for v in flow.uncontrolled}
        verdict = Verdict.UNKNOWN if loose else Verdict.AUTOMATIC
        return Outcome(
            verdict, live.down, states=self._states(live, demands), flows=tuple(flows),
            moved=tuple(sorted(set(moved))), uncontrolled=tuple(sorted(loose)),
        )  # fmt: skip

    def _states(self, live: Live, demands: Sequence[tuple[int, ...]]) -> tuple[State, ...]:
        return tuple(State(live.dead[k], live.nodes[k], demands[k], full) for k, full in enumerate(self._full(live)))

    def _full(self, live: Live) -> list[tuple[int, ...]]:
        """What every source that runs can give."""
        return [tuple(0 if s.element in live.down else s.cap for s in stage.sources) for stage in self.plant.stages]

    def _shortage(self, k: int, live: Live, demands: tuple[int, ...], flow: Flow) -> Shortage:
        stage = self.plant.stages[k]
        net = self.solvers[k].network
        name = stage.element.tolist()
        cut = flow.cut
        assert cut is not None
        lost, short = [], []
        for sink, demand, served in zip(stage.sinks, demands, flow.served, strict=True):
            if served >= demand:
                continue
            if net.position[sink.vertex] not in live.nodes[k] and sink.load:
                lost.append(sink.element)
            else:
                short.append(sink.element)
        beyond = [
            s.element for s, d in zip(stage.sinks, demands, strict=True) if d and net.position[s.vertex] in cut.beyond
        ]
        limits = tuple(sorted({name[v] for v in cut.limits if net.cap[v] < UNLIMITED or self._supplies(k, v)}))
        return Shortage(k, cut.have, cut.need, limits, tuple(lost), tuple(short), tuple(beyond))

    def _supplies(self, k: int, vertex: int) -> bool:
        return any(s.vertex == vertex for s in self.plant.stages[k].sources)
