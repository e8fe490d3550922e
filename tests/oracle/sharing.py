"""How the flow divides where nothing controls it: passive branches in parallel, rings and meshes (M5, M20).

Promises: the rows that `natural` adds hold in just what passes. Branches between the same two points share by
rating: that of their transformers if each has one, else of the smallest thing in each. Any other loop passes only if
each thing in it carries all that passes the loop. Pumps, fans and control valves, selectors, the inlets of tanks behind
their level valves, and whatever takes are controlled: no loop leads through these.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from oracle import apparent, ratings
from oracle.flow import Dispatch, Layer, Sum, plus, times
from oracle.lines import Line
from oracle.world import TANKS, Port, World, is_consumer
from tierline.twin.model import Element, Medium, Mode

CONTROLLED = ("pump", "control-valve", "fan", *TANKS)
TAKES = {"crah": Medium.CHILLED_WATER, "cdu": Medium.CHILLED_WATER, "chiller": Medium.CONDENSER_WATER}
Edge = tuple[Line, Port, Port]
"""A line and its two ends."""


@dataclass(frozen=True)
class Block:
    """Lines of which any two lie on a common ring."""

    edges: tuple[Edge, ...]
    ends: frozenset[Port]
    """Where anything else is joined, given or taken."""

    @property
    def ports(self) -> frozenset[Port]:
        return frozenset(port for _, *both in self.edges for port in both)

    @property
    def things(self) -> frozenset[str]:
        """All that stands in it."""
        return frozenset(name for edge in self.edges for name in _things(edge))


def _things(edge: Edge) -> set[str]:
    return {edge[0].a, edge[0].b, *edge[0].pieces}


def natural(dispatch: Dispatch) -> bool:
    """Hold every loop to its natural sharing; whether there was anything to hold."""
    found = False
    for layer in dispatch.layers:
        for block in blocks(dispatch, layer):
            caps = {name: _cap(dispatch, name, layer) for name in block.things}
            if min(caps.values()) < math.inf and len(block.ends) > 1:
                found = True
                if not _by_rating(dispatch, layer, block, caps):
                    _outright(dispatch, layer, block, min(caps.values()))
    return found


def breaking(dispatch: Dispatch) -> list[str]:
    """Open devices that operators would close a loop with, and may leave open."""
    elements = dispatch.world.twin.elements
    found = {port[0] for layer in dispatch.layers for block in blocks(dispatch, layer) for port in block.ports}
    return sorted(name for name in found if elements[name].normally_open)


def _cap(dispatch: Dispatch, name: str, layer: Layer) -> float:
    """What an element lets pass in a layer."""
    element = dispatch.world.twin.elements[name]
    if element.kind in ("genset", "ups") or is_consumer(element):
        return math.inf
    if layer.apparent:
        return apparent.most(dispatch.world, element, dispatch.guess)
    return ratings.limit(dispatch.world, element, layer.medium, dispatch.guess)


def _net(dispatch: Dispatch, layer: Layer, edge: Edge, tail: Port) -> Sum:
    """What flows along a line away from one of its ends."""
    line, first, second = edge
    there = second if tail == first else first
    away, toward = (dispatch.along.get((line, end[0], layer), {}) for end in (tail, there))
    return plus(away, times(-1, toward))


def _outright(dispatch: Dispatch, layer: Layer, block: Block, cap: float) -> None:
    """Everything that passes the loop fits each thing in it."""
    entering: list[Sum] = []
    for port in block.ports:
        into = plus(*(_net(dispatch, layer, edge, port) for edge in block.edges if port in edge[1:]))
        entering.append(dispatch.program.variable())
        dispatch.program.must_not_exceed(plus(into, times(-1, entering[-1])), 0.0)
    dispatch.program.must_not_exceed(plus(*entering), cap)


def _by_rating(dispatch: Dispatch, layer: Layer, block: Block, caps: dict[str, float]) -> bool:
    """Branches between two points carry parts as their ratings are; False where there is no rating to share by."""
    branches = list(_branches(block))
    elements = dispatch.world.twin.elements
    outside = {name for name, _ in block.ends}
    inside = [set[str]().union(*(_things(edge) for edge in branch)) - outside for branch in branches]
    deciding = [{name for name in names if elements[name].kind == "transformer"} for names in inside]
    if any(len(found) != 1 for found in deciding):
        deciding = inside
    weights = [min((caps[name] for name in found), default=math.inf) for found in deciding]
    if len(branches) < 2 or max(weights) == math.inf or not sum(weights):
        return False
    start = min(block.ends)
    flows = [plus(*(_net(dispatch, layer, e, start) for e in branch if start in e[1:])) for branch in branches]
    for weight, flow in zip(weights, flows, strict=True):
        dispatch.program.must_equal(plus(flow, times(-weight / sum(weights), plus(*flows))), 0.0)
    return True


def _branches(block: Block) -> Iterator[list[Edge]]:
    """The chains between the two ends of a block; none where it is more than chains."""
    at = defaultdict(list)
    for edge in block.edges:
        for port in edge[1:]:
            at[port].append(edge)
    if len(block.ends) != 2 or any(len(edges) != 2 for port, edges in at.items() if port not in block.ends):
        return
    start = min(block.ends)
    for edge in at[start]:
        chain, here = [edge], start
        while (here := next(port for port in chain[-1][1:] if port != here)) not in block.ends:
            chain.append(next(other for other in at[here] if other is not chain[-1]))
        yield chain


def blocks(dispatch: Dispatch, layer: Layer) -> Iterator[Block]:
    """The loops of passive conductors in service."""
    world = dispatch.world
    edges = [edge for edge in _joined(dispatch, layer)]
    free = [e for e in edges if not any(_controlled(world, port, layer.medium) for port in e[1:])]
    for found in _rings(free):
        ports = {port for _, *both in found for port in both}
        inside = {line for line, *_ in found}
        outside = {port for line, *both in edges for port in both if line not in inside}
        ends = {port for port in ports if port in outside or _gives_or_takes(dispatch, port, layer)}
        yield Block(tuple(found), frozenset(ends))


def _gives_or_takes(dispatch: Dispatch, port: Port, layer: Layer) -> bool:
    taken, constant = dispatch.taken(dispatch.world.twin.elements[port[0]], layer)
    return bool(dispatch.source.get((port[0], layer)) or taken or constant)


def _joined(dispatch: Dispatch, layer: Layer) -> Iterator[Edge]:
    elements = dispatch.world.twin.elements
    for line in dispatch.world.lines.all:
        if line.medium == layer.medium and dispatch.up.issuperset((line.a, line.b, *line.pieces)):
            a = line.a, _side(dispatch.world, line.a, line.first, line.medium)
            b = line.b, _side(dispatch.world, line.b, line.last, line.medium)
            if not any(is_consumer(elements[end]) and not side for end, side in (a, b)):
                yield line, a, b


def _side(world: World, name: str, index: int, medium: Medium) -> str:
    """On which side of an element a joint ends."""
    if world.twin.joints[index].b != name:
        return ""
    if medium == Medium.POWER:
        return world.ends_of(index)[1][1]
    element, feed = world.twin.elements[world.twin.joints[index].b], world.feed_at.get(index)
    if feed is not None and feed.needed:
        return feed.name
    return "in" if is_consumer(element) or TAKES.get(element.kind) == medium else ""


def _controlled(world: World, port: Port, medium: Medium) -> bool:
    element: Element = world.twin.elements[port[0]]
    choosing = (f for f in world.feeds_of[element.id] if f.mode == Mode.SELECT and len(f.joints) > 1)
    return bool(port[1]) or element.kind in CONTROLLED or any(f.medium == medium for f in choosing)


def _rings(edges: list[Edge]) -> Iterator[list[Edge]]:
    """The biconnected components with more than one edge (Hopcroft and Tarjan)."""
    at: dict[Port, list[Edge]] = defaultdict(list)
    for edge in edges:
        for port in edge[1:]:
            at[port].append(edge)
    order: dict[Port, int] = {}
    found: list[list[Edge]] = []
    stack: list[Edge] = []

    def visit(here: Port, came: Edge | None) -> int:
        low = order[here] = len(order)
        for edge in at[here]:
            if edge is came:
                continue
            there = edge[2] if edge[1] == here else edge[1]
            if there not in order:
                mark = len(stack)
                stack.append(edge)
                above = visit(there, edge)
                low = min(low, above)
                if above >= order[here]:
                    found.append(stack[mark:])
                    del stack[mark:]
            elif order[there] < order[here]:
                stack.append(edge)
                low = min(low, order[there])
        return low

    for start in list(at):
        if start not in order:
            visit(start, None)
    return (ring for ring in found if len(ring) > 1)
