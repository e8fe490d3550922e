"""One stage, one state: can what is alive carry what is asked?

Positions come first as declared (first live entry of a switch, every live cord on, machines sharing by rating). Where that
fails and operators may act, positions are searched exactly, within a budget; the free split of everything is the
relaxation that proves a failure, and never a pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tierline.kernel.network import Network
from tierline.kernel.plant import UNLIMITED, Coupling, Share, Stage

BUDGET = 400
"""Positions tried in one state of one stage before the answer is unknown."""

STEPS = 4
"""From equal sharing by rating to free sharing, where equal sharing is not possible."""
ASCENTS = 16
"""How often a better position is looked for when a margin is told."""

Choice = tuple[int, ...]
"""The entries (links) of one group that are on."""


@dataclass(frozen=True, slots=True)
class Group:
    """A switch or a sink with several entries: which links supply it, and how."""

    node: int
    links: tuple[int, ...]
    ends: tuple[bool, ...]
    share: Share
    sink: int
    """Index of the sink, or -1 for a switch inside the network."""
    fewest: int


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


class Solver:
    """Answers questions about one stage."""

    def __init__(self, stage: Stage, measured: Sequence[Coupling]) -> None:
        self.stage = stage
        self.network = Network(stage, measured)
        self.measured = tuple({c.vertex for c in measured if c.vertex >= 0})
        self.groups = tuple(self._groups())
        tails = {self._tail(g, link) for g in self.groups if g.share is Share.EQUAL for link in g.links}
        self._taps = {node: self.network.tap(node) for node in sorted(tails)}

    def _groups(self) -> Iterator[Group]:
        net = self.network
        for switch in self.stage.switches:
            yield self._group(net.position[switch.vertex], switch.entries, Share.ONE, -1, 1)
        for index, sink in enumerate(self.stage.sinks):
            if sink.share is not Share.FREE and (len(sink.entries) > 1 or sink.shares > 1):
                yield self._group(net.position[sink.vertex], sink.entries, sink.share, index, sink.shares)

    def _group(self, node: int, entries: tuple[int, ...], share: Share, sink: int, fewest: int) -> Group:
        pairs = [self.network.entry(arc) for arc in entries]
        return Group(node, tuple(p[0] for p in pairs), tuple(p[1] for p in pairs), share, sink, fewest)

    def _tail(self, group: Group, link: int) -> int:
        """The node a link of a group comes from."""
        found = self.network.links[link]
        return found.a if group.ends[group.links.index(link)] else found.b

    def _arc(self, group: Group, link: int) -> int:
        """The arc of the graph that enters the group through a link."""
        at_b = group.ends[group.links.index(link)]
        return self.network.ahead[link] if at_b else self.network.back[link]

    def live_entries(self, group: Group, dead: frozenset[int], live: frozenset[int]) -> Choice:
        """The links of a group that are in service and come from a live node, in preference order."""
        _, link_dead = self.network.dead_parts(dead)
        found = []
        for index, at_b in zip(group.links, group.ends, strict=True):
            link = self.network.links[index]
            other = link.a if at_b else link.b
            if index not in link_dead and other in live:
                found.append(index)
        return tuple(found)

    def default(self, group: Group, entries: Choice) -> Choice:
        """First live input of a switch; every live cord."""
        return entries[:1] if group.share is Share.ONE else entries

    def options(self, group: Group, entries: Choice) -> list[Choice]:
        """All the positions a group may take on its live entries, the default first."""
        if group.share is Share.ONE:
            return [(entry,) for entry in entries]
        every = [tuple(e for k, e in enumerate(entries) if bits >> k & 1) for bits in range(1, 1 << len(entries))]
        return sorted((c for c in every if len(c) >= group.fewest), key=len, reverse=True)

    def capacities(
        self,
        dead: frozenset[int],
        demands: Sequence[int],
        caps: Sequence[int],
        choices: Mapping[int, Choice],
        grow: Fraction = Fraction(1),
    ) -> list[int]:
        """Capacities of the graph for one question. Demands are multiplied by `grow`, exactly: everything by its
        numerator or denominator. Over hours it is the stores that shrink: pumps and pipes are as good in the last
        hour as in the first. `choices` fixes groups (index → links on); the others split freely."""
        net, up, down = self.network, grow.numerator, grow.denominator
        fixed = up if self.stage.hours else down
        cap = list(net.base) if fixed == 1 else [c * fixed for c in net.base]
        for arc, source_cap in zip(net.injected, caps, strict=True):
            cap[arc] = source_cap * down
        for arc, demand in zip(net.drawn, demands, strict=True):
            cap[arc] = demand * up
        node_dead, link_dead = net.dead_parts(dead)
        for node in node_dead:
            cap[net.inner[node]] = 0
        for link in link_dead:
            cap[net.ahead[link]] = cap[net.back[link]] = 0
        for index, on in choices.items():
            self._fix(cap, self.groups[index], on, demands, up)
        return cap

    def _fix(self, cap: list[int], group: Group, on: Choice, demands: Sequence[int], up: int) -> None:
        """Put a group in one position.

        What each cord of a rack carries is known once it is known which are on. If each can carry it, the rack is
        asked for where its cords begin, and leaves the network.
        """
        net = self.network
        off = [link for link in group.links if link not in on]
        if group.share is Share.EQUAL:
            part = self._part(group, on, demands) * up
            if len(on) < group.fewest:
                off = list(group.links)
            elif all(cap[self._arc(group, link)] >= part for link in on):
                for link in on:
                    cap[self._taps[self._tail(group, link)]] += part
                cap[net.drawn[group.sink]] = 0
                off = list(group.links)
            else:
                for link in on:
                    arc = self._arc(group, link)
                    cap[arc] = min(cap[arc], part)
        for link in off:
            cap[self._arc(group, link)] = 0

    @staticmethod
    def _part(group: Group, on: Choice, demands: Sequence[int]) -> int:
        return -(-demands[group.sink] // len(on)) if on else 0

    def _asked(self, cap: list[int]) -> int:
        """All that a question asks for; before the flow is run."""
        return sum(cap[arc] for arc in self.network.drawn) + sum(cap[arc] for arc in self._taps.values())

    def flow(
        self,
        dead: frozenset[int],
        live: frozenset[int],
        demands: Sequence[int],
        caps: Sequence[int],
        may_move: bool,
    ) -> Flow:
        """Judge one state: as it stands, then, if operators may move things, by any positions."""
        entries = [self.live_entries(group, dead, live) for group in self.groups]
        start = {i: self.default(g, entries[i]) for i, g in enumerate(self.groups)}
        shared = self._even(demands, caps)
        if shared is not None:
            found, cap = self._try(dead, demands, shared, start)
            if found:
                return self._answer(cap, demands, shared, start, start)
        found, cap = self._try(dead, demands, caps, start)
        if found:
            return self._done(dead, demands, caps, start, start)
        at_start = self._cut(cap, demands, caps, dead, start)
        served = self._served(cap, demands)
        if not may_move or not self.groups:
            alone = not self.groups
            exact = alone or not may_move
            return Flow(False, alone, exact, self._loads(cap, caps), self._through(cap), served, at_start)
        free, relaxed = self._try(dead, demands, caps, {})
        if not free:
            cut = self._cut(relaxed, demands, caps, dead, {})
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
        asked = self._asked(cap)
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
        return cap[self._arc(group, index) ^ 1]

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
        for step in range(1, STEPS + 1):
            shared = self._even(demands, caps, Fraction(step, STEPS)) or caps
            found, cap = self._try(dead, demands, shared, choices)
            if found:
                break
        return self._answer(cap, demands, shared, choices, start)

    @staticmethod
    def _even(
        demands: Sequence[int], caps: Sequence[int], towards: Fraction = Fraction(0)
    ) -> Sequence[int] | None:
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

    def _cut(
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
        sources = tuple(
            i for i, s in enumerate(self.stage.sources) if not seen[2 * net.position[s.vertex]]
        )
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

    def margin(
        self,
        dead: frozenset[int],
        demands: Sequence[int],
        caps: Sequence[int],
        choices: Mapping[int, Choice],
        ceiling: Fraction,
    ) -> Cut | None:
        """The tightest cut if every demand of the stage grew alike; None if `ceiling` times all of it still fits."""
        net = self.network
        if not sum(demands):
            return None
        found = self._weakest_cord(demands, choices)
        grow = ceiling
        if found is not None and Fraction(found.have, found.need) < ceiling:
            grow = Fraction(found.have, found.need)
        else:
            found = None
        while True:
            cap = self.capacities(dead, demands, caps, choices, grow)
            asked = self._asked(cap)
            if net.graph.run(cap, net.origin, net.target) == asked:
                return found
            cut = self._cut(cap, demands, caps, dead, choices, grow)
            if self.stage.hours:
                cut = replace(cut, have=cut.have - cut.passing, need=cut.need - cut.passing)
            if cut.need <= 0 or Fraction(cut.have, cut.need) >= grow:
                return found
            found, grow = cut, Fraction(cut.have, cut.need)

    def _weakest_cord(self, demands: Sequence[int], choices: Mapping[int, Choice]) -> Cut | None:
        """The cord that would first be overloaded if every rack drew more."""
        found: Cut | None = None
        for i, on in choices.items():
            group = self.groups[i]
            part = self._part(group, on, demands) if group.share is Share.EQUAL else 0
            for link in on if part else ():
                have = self.network.links[link].cap
                if found is None or have * found.need < found.have * part:
                    inside = self.network.links[link].inside
                    blamed = min(inside, key=lambda v: self.network.cap[v]) if inside else 0
                    found = Cut(have, part, (blamed,), frozenset())
        return found

    def best_margin(
        self,
        dead: frozenset[int],
        live: frozenset[int],
        demands: Sequence[int],
        caps: Sequence[int],
        choices: Mapping[int, Choice],
        ceiling: Fraction,
    ) -> Cut | None:
        """The tightest cut in the best positions there are: a position found is left while a better one is."""
        found = self.margin(dead, demands, caps, choices, ceiling)
        for _ in range(ASCENTS):
            if found is None or not self.groups:
                return found
            more = Fraction(found.have, found.need)
            grown = [-(-d * more.numerator // more.denominator) + 1 if d else 0 for d in demands]
            better = self.flow(dead, live, grown, caps, True)
            if not better.feasible:
                return found
            found = self.margin(dead, demands, caps, better.choices, ceiling)
        return found
