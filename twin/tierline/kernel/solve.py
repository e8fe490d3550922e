"""One stage, one state: can what is alive carry what is asked?

Positions come first as declared (first live entry of a switch, every live cord on, machines sharing by rating).
Where that fails and operators may act, positions are searched exactly, within a budget; the free split of everything
is the relaxation that proves a failure, and never a pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tierline.kernel.plant import UNLIMITED, Share
from tierline.kernel.positions import Choice, Group, Positions

BUDGET = 400
"""Positions tried in one state of one stage before the answer is unknown."""

STEPS = 4
"""From equal sharing by rating to free sharing, where equal sharing is not possible."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What limits a stage: `have` is what can pass, `need` what is asked beyond it, `limits` the vertices that bind."""

    have: int
    need: int
    limits: tuple[int, ...]
    beyond: frozenset[int]
    """Nodes whose demand is beyond the cut."""
    sources: tuple[int, ...] = ()
    """Sources (indices) whose output counts beyond the cut."""
    passing: int = 0
    """What can pass without them."""


@dataclass(frozen=True, slots=True)
class Flow:
    """The answer for one state."""

    feasible: bool
    proven: bool
    """An infeasible answer that holds for every position and every split (given these demands)."""
    relaxed: bool = False
    """The cut is one of the free split with every device closed: no position can lift it."""
    loads: tuple[int, ...] = ()
    """What each source supplies."""
    through: Mapping[int, int] = field(default_factory=dict)
    """What passes each measured vertex."""
    served: tuple[int, ...] = ()
    """What reaches each sink."""
    cut: Cut | None = None
    moved: tuple[tuple[int, Choice], ...] = ()
    """Groups (vertex of the stage) not on their default, and the vertices now used next to it."""
    choices: Mapping[int, Choice] = field(default_factory=dict)
    """The position of every group."""
    uncontrolled: tuple[int, ...] = ()
    """Vertices of passive loops too small to carry everything: how the flow divides is not controlled."""


class Solver(Positions):
    """Answers questions about one stage."""

    def flow(
        self,
        dead: frozenset[int],
        live: frozenset[int],
        demands: Sequence[int],
        caps: Sequence[int],
        may_move: bool,
    ) -> Flow:
        """Judge one state: as it stands, then, if operators may move things, by any positions."""
        _, link_dead = self.network.dead_parts(dead)
        entries = [self.live_entries(group, link_dead, live) for group in self.groups]
        start = {i: self.default(g, entries[i]) for i, g in enumerate(self.groups)}
        for step in (0, 1):
            shared = self._even(demands, caps, Fraction(step, STEPS))
            found, cap = (False, []) if shared is None else self._try(dead, demands, shared, start)
            if shared is not None and found:
                return self._answer(cap, demands, shared, start, start)
        found, cap = self._try(dead, demands, caps, start)
        if found:
            return self._done(dead, demands, caps, start, start)
        at_start = self.cut(cap, demands, caps, dead, start)
        served = self._served(cap, demands)
        if not may_move or not self.groups:
            alone = not self.groups
            exact = alone or not may_move
            return Flow(False, alone, exact, self._loads(cap, caps), self._through(cap), served, at_start)
        free, relaxed = self._try(dead, demands, caps, {})
        if not free:
            cut = self.cut(relaxed, demands, caps, dead, {})
            served = self._served(relaxed, demands)
            return Flow(False, True, True, self._loads(relaxed, caps), self._through(relaxed), served, cut)
        answer, spent = self._search(dead, demands, caps, entries, relaxed)
        if answer is not None:
            return self._done(dead, demands, caps, answer, start)
        done = spent < BUDGET
        return Flow(False, done, False, self._loads(cap, caps), self._through(cap), served, at_start)

    def _try(
        self, dead: frozenset[int], demands: Sequence[int], caps: Sequence[int], choices: Mapping[int, Choice]
    ) -> tuple[bool, list[int]]:
        net = self.network
        cap = self.capacities(dead, demands, caps, choices)
        asked = self.asked(cap)
        return net.graph.run(cap, net.origin, net.target) == asked, cap

    def _search(
        self,
        dead: frozenset[int],
        demands: Sequence[int],
        caps: Sequence[int],
        entries: Sequence[Choice],
        relaxed: list[int],
    ) -> tuple[dict[int, Choice] | None, int]:
        """Branch on the groups whose free split is no position; a branch whose relaxation fails is cut off."""
        stack: list[tuple[dict[int, Choice], list[int]]] = [({}, relaxed)]
        spent = 0
        while stack and spent < BUDGET:
            fixed, cap = stack.pop()
            odd = [i for i in range(len(self.groups)) if i not in fixed and not self._is_position(i, cap, entries)]
            trial = dict(fixed)
            for i, group in enumerate(self.groups):
                if i not in trial:
                    trial[i] = self._rounded(i, group, cap, entries)
            spent += 1
            if self._try(dead, demands, caps, trial)[0]:
                return trial, spent
            free = odd or [i for i in range(len(self.groups)) if i not in fixed]
            if not free:
                continue
            branch = free[0]
            for option in reversed(self.options(self.groups[branch], entries[branch])):
                narrowed = {**fixed, branch: option}
                fits, after = self._try(dead, demands, caps, narrowed)
                spent += 1
                if fits:
                    stack.append((narrowed, after))
        return None, spent

    def _carried(self, cap: list[int], group: Group, index: int) -> int:
        return cap[group.arcs[index] ^ 1]

    def _is_position(self, i: int, cap: list[int], entries: Sequence[Choice]) -> bool:
        group = self.groups[i]
        used = [flow for e in entries[i] if (flow := self._carried(cap, group, e)) > 0]
        return len(used) <= 1 or (group.share is Share.EQUAL and max(used) - min(used) <= 1)

    def _rounded(self, i: int, group: Group, cap: list[int], entries: Sequence[Choice]) -> Choice:
        """The position nearest to what the free split carried."""
        used = tuple(e for e in entries[i] if self._carried(cap, group, e) > 0)
        if not used or (group.share is Share.EQUAL and len(used) < group.fewest):
            return self.default(group, entries[i])
        if group.share is Share.ONE:
            return (max(used, key=lambda e: self._carried(cap, group, e)),)
        return used

    def _done(
        self,
        dead: frozenset[int],
        demands: Sequence[int],
        caps: Sequence[int],
        choices: dict[int, Choice],
        start: Mapping[int, Choice],
    ) -> Flow:
        """A feasible state, with machines sharing by rating as evenly as capacity allows."""
        cap: list[int] = []
        shared: Sequence[int] = caps
        for step in range(2, STEPS + 1):
            shared = self._even(demands, caps, Fraction(step, STEPS)) or caps
            found, cap = self._try(dead, demands, shared, choices)
            if found:
                break
        return self._answer(cap, demands, shared, choices, start)

    @staticmethod
    def _even(demands: Sequence[int], caps: Sequence[int], towards: Fraction = Fraction(0)) -> Sequence[int] | None:
        """Sources limited to equal shares of their ratings, or part of the way from there to all they have."""
        total, available = sum(demands), sum(c for c in caps if c < UNLIMITED)
        if not 0 < total < available:
            return None
        even = Fraction(total, available)
        even += (1 - even) * towards
        return [-(-c * even.numerator // even.denominator) if c < UNLIMITED else c for c in caps]

    def _answer(
        self,
        cap: list[int],
        demands: Sequence[int],
        caps: Sequence[int],
        choices: Mapping[int, Choice],
        start: Mapping[int, Choice],
    ) -> Flow:
        moved = tuple(
            (self.network.nodes[self.groups[i].node], self._entry_vertices(i, on))
            for i, on in sorted(choices.items())
            if on != start[i]
        )
        return Flow(
            True, True, loads=self._loads(cap, caps), through=self._through(cap), moved=moved,
            served=tuple(demands), choices=choices,
        )  # fmt: skip

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

    def _loads(self, cap: list[int], caps: Sequence[int]) -> tuple[int, ...]:
        return tuple(c - cap[arc] for arc, c in zip(self.network.injected, caps, strict=True))

    def _served(self, cap: list[int], demands: Sequence[int]) -> tuple[int, ...]:
        """What reaches each sink; racks that are asked for elsewhere count as served."""
        return tuple(d - cap[arc] for arc, d in zip(self.network.drawn, demands, strict=True))

    def _through(self, cap: list[int]) -> dict[int, int]:
        net = self.network
        return {v: cap[net.inner[net.position[v]] ^ 1] for v in self.measured}

    def cut(
        self,
        cap: list[int],
        demands: Sequence[int],
        caps: Sequence[int],
        dead: frozenset[int],
        choices: Mapping[int, Choice],
        grow: Fraction = Fraction(1),
    ) -> Cut:
        """The cut a finished flow leaves: what is asked beyond it, and what can reach there.

        What equal sharing sends across is not a limit of anything: it is taken off the need.
        """
        net = self.network
        seen = net.graph.reached(cap, net.origin)
        fresh = self.capacities(dead, demands, caps, choices)
        asking = [*net.drawn, *self._taps.values()]
        need = sum(fresh[arc] for arc in asking if not seen[net.graph.head[arc ^ 1]])
        have = 0
        shared = self._shared_arcs(choices)
        limits: set[int] = set()
        for arc, vertex in self._arcs():
            if fresh[arc] and seen[net.graph.head[arc ^ 1]] and not seen[net.graph.head[arc]]:
                if arc in shared and fresh[arc] * grow < net.base[arc]:
                    need -= fresh[arc]
                    continue
                have += net.base[arc] if arc in shared else fresh[arc]
                limits.add(vertex)
        beyond = frozenset(i for i in range(len(net.nodes)) if not seen[2 * i + 1])
        sources = tuple(i for i, s in enumerate(self.stage.sources) if not seen[2 * net.position[s.vertex]])
        made = sum(fresh[net.injected[i]] for i in sources)
        return Cut(have, need, tuple(sorted(limits)), beyond, sources, have - made)

    def _shared_arcs(self, choices: Mapping[int, Choice]) -> frozenset[int]:
        net = self.network
        return frozenset(
            net.ahead[index] if at_b else net.back[index]
            for i in choices
            if self.groups[i].share is Share.EQUAL
            for index, at_b in zip(self.groups[i].links, self.groups[i].ends, strict=True)
        )

    def _arcs(self) -> Iterator[tuple[int, int]]:
        """Every arc that can limit, with the vertex to blame."""
        net = self.network
        for i, vertex in enumerate(net.nodes):
            yield net.inner[i], vertex
        for index, link in enumerate(net.links):
            vertex = min(link.inside, key=lambda v: net.cap[v]) if link.inside else net.nodes[link.a]
            yield net.ahead[index], vertex
            yield net.back[index], vertex
        for arc, source in zip(net.injected, self.stage.sources, strict=True):
            yield arc, source.vertex
