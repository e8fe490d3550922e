"""The positions of one stage, and the capacities of its network in each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from tierline.kernel.network import Network
from tierline.kernel.plant import Coupling, Row, Share, Stage

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
    arcs: Mapping[int, int]
    """Link → the arc of the graph that enters the group through it."""
    tails: Mapping[int, int]
    """Link → the node it comes from."""


class Positions:
    """What may be switched in one stage, and what that makes of its network."""

    def __init__(self, stage: Stage, measured: Sequence[Coupling]) -> None:
        self.stage = stage
        self.network = Network(stage, measured)
        self.measured = tuple(sorted({c.vertex for c in measured if c.vertex >= 0}))
        """Vertices such as pumps, that draw for what passes them."""
        self.full = tuple(self.network.caps[0][v] for v in self.measured)
        self.groups = tuple(self._groups())
        tails = {g.tails[link] for g in self.groups if g.share is Share.EQUAL for link in g.links}
        self._taps = {node: self.network.tap(node) for node in sorted(tails)}

    def place(self, c: Coupling) -> int:
        """The number of what a coupling measures: a source, or, counted on from the sources, a measured vertex."""
        return c.source if c.source >= 0 else len(self.stage.sources) + self.measured.index(c.vertex)

    def _groups(self) -> Iterator[Group]:
        net = self.network
        for switch in self.stage.switches:
            yield self._group(net.position[switch.vertex], switch.entries, Share.ONE, -1, 1)
        for index, sink in enumerate(self.stage.sinks):
            if sink.share is not Share.FREE and (len(sink.entries) > 1 or sink.shares > 1):
                yield self._group(net.position[sink.vertex], sink.entries, sink.share, index, sink.shares)

    def _group(self, node: int, entries: tuple[int, ...], share: Share, sink: int, fewest: int) -> Group:
        net = self.network
        pairs = [net.entry(arc) for arc in entries]
        links, ends = tuple(p[0] for p in pairs), tuple(p[1] for p in pairs)
        arcs = {link: net.ahead[link] if at_b else net.back[link] for link, at_b in pairs}
        tails = {link: net.links[link].a if at_b else net.links[link].b for link, at_b in pairs}
        return Group(node, links, ends, share, sink, fewest, arcs, tails)

    @staticmethod
    def live_entries(group: Group, link_dead: set[int], live: frozenset[int]) -> Choice:
        """The links of a group that are in service and come from a live node, in preference order."""
        tails = group.tails
        return tuple(link for link in group.links if link not in link_dead and tails[link] in live)

    def default(self, group: Group, entries: Choice) -> Choice:
        """First live input of a switch; every live cord."""
        return entries[:1] if group.share is Share.ONE else entries

    def options(self, group: Group, entries: Choice) -> list[Choice]:
        """All the positions a group may take on its live entries, the default first; a dead group has it only."""
        if group.share is Share.ONE:
            return [(entry,) for entry in entries] or [()]
        every = [tuple(e for k, e in enumerate(entries) if bits >> k & 1) for bits in range(1, 1 << len(entries))]
        found = sorted((c for c in every if len(c) >= group.fewest), key=len, reverse=True)
        return found or [self.default(group, entries)]

    @staticmethod
    def carried(cap: list[int], group: Group, index: int) -> int:
        """What a link of a group carries in a finished flow."""
        return cap[group.arcs[index] ^ 1]

    def is_position(self, i: int, cap: list[int], entries: Sequence[Choice]) -> bool:
        """Whether a free split is one that a position makes."""
        group = self.groups[i]
        used = [flow for e in entries[i] if (flow := self.carried(cap, group, e)) > 0]
        if used and group.share is Share.EQUAL and len(used) < group.fewest:
            return False
        return len(used) <= 1 or (group.share is Share.EQUAL and max(used) - min(used) <= 1)

    def rounded(self, i: int, group: Group, cap: list[int], entries: Sequence[Choice]) -> Choice:
        """The position nearest to what the free split carried."""
        used = tuple(e for e in entries[i] if self.carried(cap, group, e) > 0)
        if not used or (group.share is Share.EQUAL and len(used) < group.fewest):
            return self.default(group, entries[i])
        if group.share is Share.ONE:
            return (max(used, key=lambda e: self.carried(cap, group, e)),)
        return used

    def capacities(
        self,
        dead: frozenset[int],
        demands: Sequence[int],
        caps: Sequence[int],
        choices: Mapping[int, Choice],
        grow: Fraction = Fraction(1),
        measure: int = 0,
        lets: Row = (),
        scale: int = 1,
    ) -> list[int]:
        """Capacities of the graph for one question about one measure, in parts of a unit: `scale` of them are one.

        Demands are multiplied by `grow`, exactly: everything by its numerator or denominator. Over hours it is the
        stores that shrink: pumps and pipes are as good in the last hour as in the first. `choices` fixes groups
        (index → links on); the others split freely. `lets`: how much at most passes each measured vertex, in the first
        measure.
        """
        net, up, down = self.network, grow.numerator * scale, grow.denominator * scale
        fixed = up if self.stage.hours else down
        cap = list(net.base[measure]) if fixed == 1 else [c * fixed for c in net.base[measure]]
        for arc, source_cap in zip(net.injected, caps, strict=True):
            cap[arc] = source_cap * down
        for arc, demand in zip(net.drawn, demands, strict=True):
            cap[arc] = demand * up
        if measure == 0:
            for vertex, most in zip(self.measured, lets, strict=bool(lets)):
                arc = net.inner[net.position[vertex]]
                cap[arc] = min(cap[arc], most * fixed)
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
            part = self.part(group, on, demands, up)
            if len(on) < group.fewest:
                off = list(group.links)
            elif min([cap[group.arcs[link]] for link in on], default=0) >= part:
                for link in on:
                    cap[self._taps[group.tails[link]]] += part
                cap[net.drawn[group.sink]] = 0
                off = list(group.links)
            else:
                for link in on:
                    arc = group.arcs[link]
                    cap[arc] = min(cap[arc], part)
        for link in off:
            cap[group.arcs[link]] = 0

    @staticmethod
    def part(group: Group, on: Choice, demands: Sequence[int], scale: int = 1) -> int:
        """What each cord that is on carries, rounded up."""
        return -(-demands[group.sink] * scale // len(on)) if on else 0

    def scale(self, choices: Mapping[int, Choice], demands: Sequence[int]) -> int:
        """Into how many parts a unit is to be split for the equal parts of all cords to be whole numbers."""
        shared = ((self.groups[i], len(on)) for i, on in choices.items() if self.groups[i].share is Share.EQUAL)
        return lcm(*(count for group, count in shared if count and demands[group.sink] % count))

    def asked(self, cap: list[int]) -> int:
        """All that a question asks for; before the flow is run."""
        return sum(cap[arc] for arc in self.asking())

    def asking(self) -> list[int]:
        """The arcs on which a question puts its demands."""
        return [*self.network.drawn, *self._taps.values()]
