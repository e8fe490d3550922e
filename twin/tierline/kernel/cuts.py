"""What limits a stage: the smallest cut that a finished flow leaves, in terms of vertices and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tierline.kernel.plant import Row, Share
from tierline.kernel.positions import Choice, Positions


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
    passes: tuple[tuple[int, int], ...] = ()
    """Of that, what can pass measured vertices: (index, capacity)."""
    measure: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """One question about one measure of a stage."""

    dead: frozenset[int]
    demands: Row
    caps: Row
    """Of the sources."""
    choices: Mapping[int, Choice]
    measure: int = 0
    grow: Fraction = Fraction(1)
    lets: Row = ()


def cut(positions: Positions, cap: list[int], asked: Asked) -> Cut:
    """The cut a finished flow leaves (`cap`: residual capacities): what is asked beyond it, and what can reach there.

    What equal sharing sends across is not a limit of anything: it is taken off the need.
    """
    net = positions.network
    scale = positions.scale(asked.choices, asked.demands)
    base = [c * scale for c in net.base[asked.measure]]
    seen = net.graph.reached(cap, net.origin)
    fresh = positions.capacities(
        asked.dead, asked.demands, asked.caps, asked.choices, measure=asked.measure, lets=asked.lets, scale=scale
    )
    need = sum(fresh[arc] for arc in positions.asking() if not seen[net.graph.head[arc ^ 1]])
    have = 0
    shared = _shared_arcs(positions, asked.choices)
    limits: set[int] = set()
    for arc, vertex in _arcs(positions, asked.measure):
        if fresh[arc] and seen[net.graph.head[arc ^ 1]] and not seen[net.graph.head[arc]]:
            if arc in shared and fresh[arc] * asked.grow < base[arc]:
                need -= fresh[arc]
                continue
            have += base[arc] if arc in shared else fresh[arc]
            limits.add(vertex)
    beyond = frozenset(i for i in range(len(net.nodes)) if not seen[2 * i + 1])
    sources = tuple(i for i, s in enumerate(positions.stage.sources) if not seen[2 * net.position[s.vertex]])
    made = sum(fresh[net.injected[i]] for i in sources)
    measured = [(i, net.inner[net.position[vertex]]) for i, vertex in enumerate(positions.measured)]
    met = [(i, fresh[a]) for i, a in measured if seen[net.graph.head[a ^ 1]] and not seen[net.graph.head[a]]]
    passes = tuple((i, most // scale) for i, most in met)
    have, made, need = have // scale, made // scale, -(-need // scale)
    return Cut(have, need, tuple(sorted(limits)), beyond, sources, have - made, passes, asked.measure)


def _shared_arcs(positions: Positions, choices: Mapping[int, Choice]) -> frozenset[int]:
    net = positions.network
    return frozenset(
        net.ahead[index] if at_b else net.back[index]
        for i in choices
        if positions.groups[i].share is Share.EQUAL
        for index, at_b in zip(positions.groups[i].links, positions.groups[i].ends, strict=True)
    )


def _arcs(positions: Positions, measure: int) -> Iterator[tuple[int, int]]:
    """Every arc that can limit, with the vertex to blame."""
    net = positions.network
    caps = net.caps[measure]
    for i, vertex in enumerate(net.nodes):
        yield net.inner[i], vertex
    for index, link in enumerate(net.links):
        vertex = min(link.inside, key=lambda v: caps[v]) if link.inside else net.nodes[link.a]
        yield net.ahead[index], vertex
        yield net.back[index], vertex
    for arc, source in zip(net.injected, positions.stage.sources, strict=True):
        yield arc, source.vertex
