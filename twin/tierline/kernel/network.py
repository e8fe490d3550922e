"""One stage as a contracted flow network: chains of plain conductors become links.

A vertex stays a node if something depends on it (a source, a sink, a switch, a measured flow) or more than two arcs
meet there. Everything between is a link: its capacity is its smallest member's, and it is dead if any member is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tierline.kernel.flow import Graph
from tierline.kernel.plant import UNLIMITED, Coupling, Row, Stage


@dataclass(frozen=True, slots=True)
class Link:
    """A chain between two nodes (positions in `Network.nodes`), with the vertices it is made of."""

    a: int
    b: int
    forward: bool
    backward: bool
    caps: Row
    """One for each measure."""
    inside: tuple[int, ...]


class Network:
    """The static part of a stage: nodes, links, and the graph whose capacities each question sets."""

    def __init__(self, stage: Stage, measured: Iterable[Coupling]) -> None:
        self.stage = stage
        count = len(stage.element)
        self.tail, self.head = stage.tail.tolist(), stage.head.tolist()
        self._incident: list[list[int]] = [[] for _ in range(count)]
        for arc, (tail, head) in enumerate(zip(self.tail, self.head, strict=True)):
            self._incident[tail].append(arc)
            self._incident[head].append(arc)
        roles = {s.vertex for s in stage.sources} | {s.vertex for s in stage.sinks}
        roles |= {s.vertex for s in stage.switches} | {c.vertex for c in measured if c.vertex >= 0}
        self.nodes = [v for v in range(count) if v in roles or len(self._incident[v]) != 2]
        self.position = {vertex: i for i, vertex in enumerate(self.nodes)}
        self.caps: list[list[int]] = stage.caps.tolist()
        """Measure → vertex → capacity."""
        self.links: list[Link] = []
        self.link_of_arc: dict[int, int] = {}
        self._contract()
        self.links_of: list[list[int]] = [[] for _ in self.nodes]
        for index, link in enumerate(self.links):
            self.links_of[link.a].append(index)
            if link.b != link.a:
                self.links_of[link.b].append(index)
        self.where: dict[int, tuple[str, int]] = {v: ("node", i) for v, i in self.position.items()}
        for index, link in enumerate(self.links):
            self.where.update((v, ("link", index)) for v in link.inside)
        self._build()

    def _contract(self) -> None:
        for vertex in self.nodes:
            for arc in self._incident[vertex]:
                if arc not in self.link_of_arc:
                    self._walk(vertex, arc)

    def _walk(self, start: int, arc: int) -> None:
        both = self.stage.both
        forward = backward = True
        inside: list[int] = []
        arcs: list[int] = []
        at = start
        while True:
            arcs.append(arc)
            along = self.tail[arc] == at
            forward &= along or bool(both[arc])
            backward &= not along or bool(both[arc])
            at = self.head[arc] if along else self.tail[arc]
            if at in self.position:
                break
            inside.append(at)
            one, other = self._incident[at]
            arc = other if one == arc else one
        smallest = tuple(min((cap[v] for v in inside), default=UNLIMITED) for cap in self.caps)
        link = Link(self.position[start], self.position[at], forward, backward, smallest, tuple(inside))
        for taken in arcs:
            self.link_of_arc[taken] = len(self.links)
        self.links.append(link)

    def _build(self) -> None:
        """Nodes 2i (in) and 2i + 1 (out); the last two are the source of all and the target of all."""
        self.graph = graph = Graph(2 * len(self.nodes) + 2)
        self.origin, self.target = graph.nodes - 2, graph.nodes - 1
        self.base: list[list[int]] = [[] for _ in self.caps]
        """Measure → arc → capacity before any question."""
        none = (0,) * len(self.caps)
        self.inner = [self._arc(2 * i, 2 * i + 1, [cap[v] for cap in self.caps]) for i, v in enumerate(self.nodes)]
        self.ahead: list[int] = []
        self.back: list[int] = []
        for link in self.links:
            self.ahead.append(self._arc(2 * link.a + 1, 2 * link.b, link.caps if link.forward else none))
            self.back.append(self._arc(2 * link.b + 1, 2 * link.a, link.caps if link.backward else none))
        self.injected = [self._arc(self.origin, 2 * self.position[s.vertex], s.caps) for s in self.stage.sources]
        self.drawn = [self._arc(2 * self.position[s.vertex] + 1, self.target, none) for s in self.stage.sinks]

    def tap(self, node: int) -> int:
        """An arc on which demand can be put at any node."""
        return self._arc(2 * node + 1, self.target, (0,) * len(self.caps))

    def _arc(self, tail: int, head: int, caps: Sequence[int]) -> int:
        index = self.graph.arc(tail, head)
        for base, cap in zip(self.base, caps, strict=True):
            base += (cap, 0)
        return index

    def entry(self, arc: int) -> tuple[int, bool]:
        """The link an entry arc belongs to, and whether it is entered by its `b` end (True) or its `a` end."""
        index = self.link_of_arc[arc]
        return index, self.links[index].b == self.position[self.head[arc]]

    def live(self, dead: frozenset[int], sources: Iterable[int]) -> frozenset[int]:
        """The nodes (positions) that live sources reach through what is not dead (least fixpoint)."""
        node_dead, link_dead = self.dead_parts(dead)
        stack = []
        for source in sources:
            at = self.position[self.stage.sources[source].vertex]
            if at not in node_dead:
                stack.append(at)
        seen = set(stack)
        while stack:
            at = stack.pop()
            for index in self.links_of[at]:
                if index in link_dead:
                    continue
                link = self.links[index]
                other, passes = (link.b, link.forward) if link.a == at else (link.a, link.backward)
                if passes and other not in seen and other not in node_dead:
                    seen.add(other)
                    stack.append(other)
        return frozenset(seen)

    def dead_parts(self, dead: frozenset[int]) -> tuple[set[int], set[int]]:
        """The nodes and the links that dead vertices take out."""
        nodes: set[int] = set()
        links: set[int] = set()
        for vertex in dead:
            what, index = self.where.get(vertex, ("", 0))
            if what == "node":
                nodes.add(index)
            elif what == "link":
                links.add(index)
        return nodes, links

    def energised(self, dead: frozenset[int], live: frozenset[int], touched: frozenset[int]) -> frozenset[int]:
        """The vertices that live nodes reach through what is not dead, also inside links that are dead as a whole;
        what is `touched` is reached and passes nothing on."""
        both = self.stage.both.tolist()
        stack = [self.nodes[at] for at in sorted(live)]
        seen = set(stack)
        while stack:
            at = stack.pop()
            for arc in self._incident[at]:
                along = self.tail[arc] == at
                other = self.head[arc] if along else self.tail[arc]
                if other not in seen and (along or both[arc]) and (other not in dead or other in touched):
                    seen.add(other)
                    if other not in dead:
                        stack.append(other)
        return frozenset(seen)
