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
class _Tried:
    """One attempt: residual capacities of every measure, up to the one that did not fit."""

    fits: bool
    caps: list[list[int]]
    scales: list[int]
    """How many parts of a unit they are counted in."""

    @property
    def cap(self) -> list[int]:
        """Of the first measure."""
        return self.caps[0]

    @property
    def measure(self) -> int:
        """The one that did not fit."""
        return len(self.caps) - 1


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
        scale = tried.scales[-1] if short is tried.caps[-1] else 1
        served = self._served(short, state.demands[limit.measure], scale)
        loads, through = self._loads(tried, state.caps[0]), self._through(tried)
        return Flow(False, proven, relaxed, loads, through, served, limit)

    def _tightest(self, state: State, tried: _Tried, choices: Mapping[int, Choice]) -> tuple[Cut, list[int]]:
        """The measure that is shortest tells the failure: a rating in VA limits W too, but is not meant so."""
        short = tried.caps[-1]
        found = cut(self, short, self._asked_of(state, choices, tried.measure)), short
        for m in range(tried.measure + 1, len(state.demands)):
            asked = self._asked_of(state, choices, m)
            if (other := self._measure(asked)) is None:
                continue
            limit = cut(self, other, asked)
            if limit.have * found[0].need < found[0].have * limit.need:
                found = limit, other
        return found

    @staticmethod
    def _asked_of(state: State, choices: Mapping[int, Choice], measure: int) -> Asked:
        return Asked(
            state.dead, state.demands[measure], state.caps[measure], choices, measure, lets=state.lets
        )

    def _measure(self, asked: Asked) -> list[int] | None:
        """The residual capacities where one measure does not fit; None where it does."""
        net = self.network
        cap = self.capacities(
            asked.dead, asked.demands, asked.caps, asked.choices, measure=asked.measure, lets=asked.lets
        )
        wanted = self.asked(cap)
        return None if net.graph.run(cap, net.origin, net.target) == wanted else cap

    def _try(self, state: State, caps: Rows, choices: Mapping[int, Choice]) -> _Tried:
        """Every measure in these positions; those not given split freely."""
        net = self.network
        tried = _Tried(True, [], [])
        for measure, (demands, most) in enumerate(zip(state.demands, caps, strict=True)):
            scale = self.scale(choices, demands)
            cap = self.capacities(state.dead, demands, most, choices, measure=measure, lets=state.lets, scale=scale)
            tried.caps.append(cap)
            tried.scales.append(scale)
            asked = self.asked(cap)
            if net.graph.run(cap, net.origin, net.target) != asked:
                return replace(tried, fits=False)
        return tried

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
            True, True, loads=self._loads(tried, caps[0]), through=self._through(tried),
            served=state.demands[0], moved=moved, choices=dict(choices),
            uncontrolled=self._uncontrolled(state.dead, tried),
        )  # fmt: skip

    def _uncontrolled(self, dead: frozenset[int], tried: _Tried) -> tuple[int, ...]:
        """Vertices of loops that could be asked to carry more than they can."""
        found = self._loops.get(dead)
        if found is None:
            found = self._loops[dead] = loops(self.network, dead)
        return tuple(sorted({v for loop in found for v in loop.tight(tried.caps, tried.scales)}))

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

    def _loads(self, tried: _Tried, caps: Row) -> Row:
        cap, scale = tried.cap, tried.scales[0]
        return tuple(c - cap[arc] // scale for arc, c in zip(self.network.injected, caps, strict=True))

    def _served(self, cap: list[int], demands: Row, scale: int) -> Row:
        """What reaches each sink; racks that are asked for elsewhere count as served."""
        return tuple(d + -cap[arc] // scale for arc, d in zip(self.network.drawn, demands, strict=True))

    def _through(self, tried: _Tried) -> dict[int, int]:
        net, cap, scale = self.network, tried.cap, tried.scales[0]
        return {v: -(-cap[net.inner[net.position[v]] ^ 1] // scale) for v in self.measured}
