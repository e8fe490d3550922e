"""Sharing that nothing controls, as rows of the second oracle: loops found by spanning trees, over lines.

A loop is what fundamental rings with a line in common make up. Where it is nothing but branches between two nodes, each
carries its part by rating; else all that enters the loop fits each thing in it (M5, M20).
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from oracle.milp_flow import Carrying, Layer
from oracle.milp_life import Life
from oracle.milp_nature import CHW, POWER, STORES
from oracle.milp_net import Way
from oracle.milp_rows import Terms, scaled, total
from tierline.twin.kinds import KINDS, Class
from tierline.twin.model import Medium, Mode

STEERED = ("pump", "control-valve", "fan", *STORES)


@dataclass
class Line:
    """A line between two nodes; a one-way line has one way."""

    ways: list[Way] = field(default_factory=list)

    @property
    def ends(self) -> tuple[str, str]:
        return self.ways[0].tail, self.ways[0].head

    def other(self, node: str) -> str:
        return self.ends[1] if node == self.ends[0] else self.ends[0]


class Sharing:
    """The loops of one state, and the rows that hold them."""

    def __init__(self, life: Life, standing: Iterable[str]) -> None:
        """`standing`: the nodes that are in service and closed."""
        self.life, self.standing = life, set(standing)
        self.elements = life.net.twin.elements

    def hold(self, carrying: Carrying) -> bool:
        """Whether there was anything to hold."""
        held = False
        for layer in carrying.layers:
            for loop in self.loops(layer[0]):
                ends = self._ends(loop, layer[0], carrying)
                limits = [self._limit(carrying, name, layer) for line in loop for name in self._things(line)]
                if len(ends) > 1 and min(limits) < math.inf:
                    held = True
                    if not self._parts(loop, ends, layer, carrying):
                        self._everything(loop, min(limits), layer, carrying)
        return held

    def any_loop(self) -> bool:
        return any(True for medium in Medium for _ in self.loops(medium))

    def open_ones(self) -> list[str]:
        """Devices that stand in a loop and may be open: what a hand closes, and what an interlock lets it open."""
        nodes = {end for medium in Medium for loop in self.loops(medium) for line in loop for end in line.ends}
        members = {name for interlock in self.life.net.twin.interlocks for name in interlock.elements}
        return sorted(name for name in nodes if self.elements[name].normally_open or name in members)

    def loops(self, medium: Medium) -> Iterator[list[Line]]:
        """Rings over a spanning tree, united where they have a line in common."""
        lines = [line for line in self._lines(medium) if not self._steered(line, medium)]
        above: dict[str, tuple[str, Line] | None] = {}
        chords = []
        at = defaultdict(list)
        for line in lines:
            for end in line.ends:
                at[end].append(line)
        tree: set[int] = set()
        for root in at:
            if root in above:
                continue
            above[root], ahead = None, deque([root])
            while ahead:
                here = ahead.popleft()
                for line in at[here]:
                    if (there := line.other(here)) not in above:
                        above[there] = here, line
                        tree.add(id(line))
                        ahead.append(there)
        chords = [line for line in lines if id(line) not in tree]
        groups: list[dict[int, Line]] = []
        for chord in chords:
            ring = {id(line): line for line in (chord, *_between(chord, above))}
            for group in [g for g in groups if g.keys() & ring.keys()]:
                ring |= group
                groups.remove(group)
            groups.append(ring)
        return (list(group.values()) for group in groups)

    def _lines(self, medium: Medium) -> list[Line]:
        found: dict[int, Line] = defaultdict(Line)
        for way in self.life.ways:
            if way.medium is medium and {way.tail, way.head} <= self.standing:
                found[way.line].ways.append(way)
        return [line for line in found.values() if not self._consumes(line.ends[0])]

    def _consumes(self, node: str) -> bool:
        return KINDS[self.elements[node].kind].cls is Class.CONSUMER

    def _steered(self, line: Line, medium: Medium) -> bool:
        """Does it end where something steers the flow, or takes it in?"""
        for end in line.ends:
            feeds = (f for f in self.life.net.twin.feeds if f.element == end and f.medium is medium)
            choosing = any(f.mode is Mode.SELECT and len(f.joints) > 1 for f in feeds)
            if choosing or self.elements[end].kind in STEERED or self._consumes(end):
                return True
        head, feed = self.elements[line.ends[1]].kind, self.life.net.feed_of.get(line.ways[0].joint)
        takes = (medium is POWER and head in ("ups", "dc-supply")) or (medium is CHW and head in ("crah", "cdu"))
        return takes or (feed is not None and feed.needed)

    def _ends(self, loop: list[Line], medium: Medium, carrying: Carrying) -> set[str]:
        """Nodes at which anything else is joined, made or used."""
        inside = {way.line for line in loop for way in line.ways}
        other = {end for line in self._lines(medium) for end in line.ends if line.ways[0].line not in inside}
        made = {name for name, layer in carrying.made if layer[0] is medium}
        nodes = {end for line in loop for end in line.ends}
        return {node for node in nodes if node in other or node in made}

    @staticmethod
    def _things(line: Line) -> list[str]:
        return [*line.ends, *line.ways[0].inside]

    def _limit(self, carrying: Carrying, name: str, layer: Layer) -> float:
        element = self.elements[name]
        return math.inf if element.kind in ("genset", "ups") else carrying.passes(element, layer)

    def _parts(self, loop: list[Line], ends: set[str], layer: Layer, carrying: Carrying) -> bool:
        """Each branch carries its part; False where the loop is more than branches, or no rating tells their parts."""
        if len(ends) != 2:
            return False
        start, goal = sorted(ends)
        branches = list(_chains(loop, start, goal))
        if sum(len(chain) for chain in branches) != len(loop):
            return False
        things = [{n for line in chain for n in self._things(line)} - ends for chain in branches]
        deciding = [{n for n in found if self.elements[n].kind == "transformer"} for found in things]
        if any(len(found) != 1 for found in deciding):
            deciding = things
        sizes = [min((self._limit(carrying, n, layer) for n in found), default=math.inf) for found in deciding]
        if math.inf in sizes or not any(sizes):
            return False
        flows = [self._away(chain[0], start, layer, carrying) for chain in branches]
        for size, flow in zip(sizes, flows, strict=True):
            carrying.new.equal(total(flow, scaled(-size / sum(sizes), total(*flows))), 0)
        return True

    def _everything(self, loop: list[Line], limit: float, layer: Layer, carrying: Carrying) -> None:
        entering = []
        for node in sorted({end for line in loop for end in line.ends}):
            away = total(*(self._away(line, node, layer, carrying) for line in loop if node in line.ends))
            entering.append(carrying.new.number())
            carrying.new.at_least(total(entering[-1], scaled(-1, away)), 0)
        carrying.new.at_most(total(*entering), limit)

    @staticmethod
    def _away(line: Line, node: str, layer: Layer, carrying: Carrying) -> Terms:
        """What flows along a line away from a node."""
        signed = (
            scaled(1 if way.tail == node else -1, carrying.flow[way, layer])
            for way in line.ways
            if (way, layer) in carrying.flow
        )
        return total(*signed)


def _between(chord: Line, above: dict[str, tuple[str, Line] | None]) -> Iterator[Line]:
    """The lines of the tree that lead from one end of a chord to the other."""

    def upward(node: str) -> list[tuple[str, Line]]:
        found = []
        while (step := above[node]) is not None:
            found.append((node, step[1]))
            node = step[0]
        return found

    one, other = ({id(line): line for _, line in upward(end)} for end in chord.ends)
    yield from (line for key, line in (one | other).items() if (key in one) != (key in other))


def _chains(loop: list[Line], start: str, goal: str) -> Iterator[list[Line]]:
    """Branches that lead from one end to the other through nodes of two lines each."""
    for first in loop:
        if start not in first.ends:
            continue
        chain, here = [first], first.other(start)
        while here not in (start, goal):
            onward = [line for line in loop if here in line.ends and line is not chain[-1]]
            if len(onward) != 1:
                return
            chain.append(onward[0])
            here = onward[0].other(here)
        yield chain


