"""One stage, one state: can what is alive carry what is asked?

Positions come first as declared (first live entry of a switch, every live cord on, machines sharing by rating).
Where that fails and operators may act, positions are searched exactly, within a budget; the free split of everything
is the relaxation that proves a failure, and never a pass. Every measure must fit, in the same positions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tierline.kernel.cuts import Asked, Cut, cut
from tierline.kernel.passive import Loop, loops
from tierline.kernel.plant import UNLIMITED, Coupling, Row, Rows, Stage
from tierline.kernel.positions import Choice, Positions

BUDGET = 400
"""Positions tried in one state of one stage before the answer is unknown."""

STEPS = 4
"""From equal sharing by rating to free sharing, where equal sharing is not possible."""


@dataclass(frozen=True, slots=True)
class Flow:
    """The answer for one state."""

    feasible: bool
    proven: bool
    """An infeasible answer that holds for every position and every split (given these demands)."""
    relaxed: bool = False
    """The cut is one of the free split with every device closed: no position can lift it."""
    loads: Row = ()
    """What each source supplies, in the first measure."""
    through: Mapping[int, int] = field(default_factory=dict)
    """What passes each measured vertex, in the first measure."""
    served: Row = ()
    """What reaches each sink, in the measure that is short."""
    cut: Cut | None = None
    moved: tuple[tuple[int, Choice], ...] = ()
    """Groups (vertex of the stage) not on their default, and the vertices now used next to it."""
    choices: Mapping[int, Choice] = field(default_factory=dict)
    """The position of every group."""
    odd: tuple[int, ...] = ()
    """Groups left free that split as no position does; `choices` has what is nearest."""
    uncontrolled: tuple[int, ...] = ()
    """Vertices of passive loops too small to carry all that passes: how the flow divides is not controlled."""

    def carried(self, c: Coupling) -> int:
        """What a coupling of this stage measures."""
        return self.loads[c.source] if c.source >= 0 else self.through[c.vertex]

    @property
    def measure(self) -> int:
        """The measure that is short."""
        return 0 if self.cut is None else self.cut.measure


@dataclass(frozen=True, slots=True)
class State:
    """What is dead, what lives, what is asked of whom: everything but the positions."""

    dead: frozenset[int]
    live: frozenset[int]
    demands: Rows
    caps: Rows
    """Of the sources."""
    lets: Row
    """How much may pass each measured vertex, in the first measure."""


@dataclass(frozen=True, slots=True)
class _Run:
    """One flow of one measure."""

    fits: bool
    cap: list[int]
    """Residual capacities."""
    scale: int
    """How many parts of a unit they are counted in."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """One attempt: every measure, up to the one that did not fit."""

    runs: list[_Run]

    @property
    def fits(self) -> bool:
        return self.runs[-1].fits

    @property
    def cap(self) -> list[int]:
        """Of the first measure."""
        return self.runs[0].cap


class Solver(Positions):
    """Answers questions about one stage."""

    def __init__(self, stage: Stage, measured: Sequence[Coupling]) -> None:
        super().__init__(stage, measured)
        self._loops: dict[frozenset[int], tuple[Loop, ...]] = {}

    def flow(self, state: State, may_move: bool) -> Flow:
        """Judge one state: as it stands, then, if operators may move things, by any positions."""
        entries = self._entries(state)
        start = {i: self.default(g, entries[i]) for i, g in enumerate(self.groups)}
        for step in (0, 1):
            shared = self._even(state, Fraction(step, STEPS))
            if shared is not None and (tried := self._try(state, shared, start)).fits:
                return self._answer(tried, state, shared, start, start)
        tried = self._try(state, state.caps, start)
        if tried.fits:
            return self._done(state, start, start)
        if not may_move or not self.groups:
            return self._refused(state, tried, start, proven=not self.groups, relaxed=True)
        free = self._try(state, state.caps, {})
        if not free.fits:
            return self._refused(state, free, {}, proven=True, relaxed=True)
        answer, spent = self._search(state, entries, free.cap)
        if answer is not None:
            return self._done(state, answer, start)
        return self._refused(state, tried, start, proven=spent < BUDGET, relaxed=False)

    def at(self, state: State, pins: Mapping[int, Choice]) -> Flow:
        """Judge one state with some groups held and the others splitting freely: a relaxation unless all are held."""
        tried = self._try(state, state.caps, pins)
        if not tried.fits:
            return self._refused(state, tried, pins, proven=True, relaxed=True)
        entries = self._entries(state)
        nearest, odd = {}, []
        for i, group in enumerate(self.groups):
            nearest[i] = pins[i] if i in pins else self.rounded(i, group, tried.cap, entries)
            if i not in pins and not self.is_position(i, tried.cap, entries):
                odd.append(i)
        start = {i: self.default(g, entries[i]) for i, g in enumerate(self.groups)}
        return replace(self._answer(tried, state, state.caps, nearest, start), odd=tuple(odd))

    def options_of(self, state: State, i: int) -> list[Choice]:
        """The positions one group may take in a state."""
        return self.options(self.groups[i], self._entries(state)[i])

    def _entries(self, state: State) -> list[Choice]:
        _, link_dead = self.network.dead_parts(state.dead)
        return [self.live_entries(group, link_dead, state.live) for group in self.groups]

    def _refused(
        self, state: State, tried: _Tried, choices: Mapping[int, Choice], proven: bool, relaxed: bool
    ) -> Flow:
        limit, short = self._tightest(state, tried, choices)
        served = self._served(short, state.demands[limit.measure])
        loads, through = self._loads(tried.runs[0], state.caps[0]), self._through(tried.runs[0])
        return Flow(False, proven, relaxed, loads, through, served, limit)

    def _tightest(self, state: State, tried: _Tried, choices: Mapping[int, Choice]) -> tuple[Cut, _Run]:
        """The measure that is shortest tells the failure: a rating in VA limits W too, but is not meant so."""
        short, measure = tried.runs[-1], len(tried.runs) - 1
        found = cut(self, short.cap, self._asked_of(state, state.caps, choices, measure)), short
        for m in range(measure + 1, len(state.demands)):
            asked = self._asked_of(state, state.caps, choices, m)
            if (other := self._run(asked)).fits:
                continue
            limit = cut(self, other.cap, asked)
            if limit.have * found[0].need < found[0].have * limit.need:
                found = limit, other
        return found

    @staticmethod
    def _asked_of(state: State, caps: Rows, choices: Mapping[int, Choice], measure: int) -> Asked:
        return Asked(state.dead, state.demands[measure], caps[measure], choices, measure, lets=state.lets)

    def _run(self, asked: Asked) -> _Run:
        """One measure in some positions; groups without one split freely."""
        net, scale = self.network, self.scale(asked.choices, asked.demands)
        cap = self.capacities(
            asked.dead, asked.demands, asked.caps, asked.choices, measure=asked.measure, lets=asked.lets, scale=scale
        )
        wanted = self.asked(cap)
        return _Run(net.graph.run(cap, net.origin, net.target) == wanted, cap, scale)

    def _try(self, state: State, caps: Rows, choices: Mapping[int, Choice]) -> _Tried:
        """Every measure in these positions."""
        runs: list[_Run] = []
        for measure in range(len(state.demands)):
            runs.append(self._run(self._asked_of(state, caps, choices, measure)))
            if not runs[-1].fits:
                break
        return _Tried(runs)

    def _search(
        self, state: State, entries: Sequence[Choice], relaxed: list[int]
    ) -> tuple[dict[int, Choice] | None, int]:
        """Branch on the groups whose free split is no position; a branch whose relaxation fails is cut off."""
        stack: list[tuple[dict[int, Choice], list[int]]] = [({}, relaxed)]
        spent = 0
        while stack and spent < BUDGET:
            fixed, cap = stack.pop()
            odd = [i for i in range(len(self.groups)) if i not in fixed and not self.is_position(i, cap, entries)]
            trial = dict(fixed)
            for i, group in enumerate(self.groups):
                if i not in trial:
                    trial[i] = self.rounded(i, group, cap, entries)
            spent += 1
            if self._try(state, state.caps, trial).fits:
                return trial, spent
            free = odd or [i for i in range(len(self.groups)) if i not in fixed]
            if not free:
                continue
            branch = free[0]
            for option in reversed(self.options(self.groups[branch], entries[branch])):
                narrowed = {**fixed, branch: option}
                after = self._try(state, state.caps, narrowed)
                spent += 1
                if after.fits:
                    stack.append((narrowed, after.cap))
        return None, spent

    def _done(self, state: State, choices: dict[int, Choice], start: Mapping[int, Choice]) -> Flow:
        """A feasible state, with machines sharing by rating as evenly as capacity allows."""
        for step in range(2, STEPS + 1):
            shared = self._even(state, Fraction(step, STEPS)) or state.caps
            tried = self._try(state, shared, choices)
            if tried.fits:
                break
        return self._answer(tried, state, shared, choices, start)

    @staticmethod
    def _even(state: State, towards: Fraction = Fraction(0)) -> Rows | None:
        """Sources limited to equal shares of their ratings, or part of the way from there to all they have."""
        caps = state.caps[0]
        total, available = sum(state.demands[0]), sum(c for c in caps if c < UNLIMITED)
        if not 0 < total < available:
            return None
        even = Fraction(total, available)
        even += (1 - even) * towards
        first = tuple(-(-c * even.numerator // even.denominator) if c < UNLIMITED else c for c in caps)
        return (first, *state.caps[1:])

    def _answer(
        self, tried: _Tried, state: State, caps: Rows, choices: Mapping[int, Choice], start: Mapping[int, Choice]
    ) -> Flow:
        moved = tuple(
            (self.network.nodes[self.groups[i].node], self._entry_vertices(i, on))
            for i, on in sorted(choices.items())
            if on != start[i]
        )
        return Flow(
            True, True, loads=self._loads(tried.runs[0], caps[0]), through=self._through(tried.runs[0]),
            served=state.demands[0], moved=moved, choices=dict(choices),
            uncontrolled=self._uncontrolled(state.dead, tried.runs),
        )  # fmt: skip

    def _uncontrolled(self, dead: frozenset[int], runs: Sequence[_Run]) -> tuple[int, ...]:
        """Vertices of loops that could be asked to carry more than they can."""
        found = self._loops.get(dead)
        if found is None:
            found = self._loops[dead] = loops(self.network, dead)
        return tuple(sorted({v for loop in found for v in loop.tight([(run.cap, run.scale) for run in runs])}))

    def _entry_vertices(self, i: int, on: Choice) -> Choice:
        group = self.groups[i]
        found = []
        for index in on:
            link = self.network.links[index]
            at_b = group.ends[group.links.index(index)]
            if link.inside:
                found.append(link.inside[-1 if at_b else 0])
            else:
                found.append(self.network.nodes[link.a if at_b else link.b])
        return tuple(found)

    def _loads(self, run: _Run, caps: Row) -> Row:
        return tuple(c - run.cap[arc] // run.scale for arc, c in zip(self.network.injected, caps, strict=True))

    def _served(self, run: _Run, demands: Row) -> Row:
        """What reaches each sink; racks that are asked for elsewhere count as served."""
        return tuple(d + -run.cap[arc] // run.scale for arc, d in zip(self.network.drawn, demands, strict=True))

    def _through(self, run: _Run) -> dict[int, int]:
        net = self.network
        return {v: -(-run.cap[net.inner[net.position[v]] ^ 1] // run.scale) for v in self.measured}
