"""Twin → View for everything that flows in pipes, ducts or lines of its own: headers, and what stands in series.

Promises: the same view for any order of declaration; never fails on a twin; whatever is joined in the media of the
trade stands in it exactly once, as a node, a part of a bay or a run.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from tierline.diagrams.order import in_order, natural
from tierline.diagrams.series import Chain, Net, in_series
from tierline.diagrams.supply import System, oriented
from tierline.diagrams.view import Bay, Node, Part, Role, View
from tierline.diagrams.views.trade import Trade
from tierline.diagrams.wording import end_symbol, flow_symbol, is_run, ratings, shown_name
from tierline.twin.model import Twin

_SHUT = ("valve", "control-valve", "check-valve", "pipe", "section", "damper", "duct", "breaker", "disconnector")
"""What may stand between two sections that are drawn side by side."""
_PIECES = ("section", "pipe", "duct")
_LINES = ("bus", "busduct", "cable", "fibre")


@dataclass(slots=True)
class _Network:
    """The network of a trade while it becomes a view."""

    twin: Twin
    trade: Trade
    net: Net
    level_of: dict[frozenset[str], str] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    bays: list[Bay] = field(default_factory=list)

    def __post_init__(self) -> None:
        for joint in self.twin.joints:
            if joint.medium in self.trade.levels:
                level = self.trade.levels[joint.medium]
                if any(self._returns(end) for end in (joint.a, joint.b)):
                    level = self.trade.returned.get(level, level)
                self.level_of.setdefault(frozenset((joint.a, joint.b)), level)

    def _returns(self, name: str) -> bool:
        element = self.twin.elements.get(name)
        return element is not None and bool(element.returns)

    def passes(self, name: str) -> bool:
        """Is it passed through: two neighbours, one way on?"""
        element, ends = self.net.element(name), self.net.near[name]
        if element.kind in self.trade.bars or len(ends) != 2:
            return False
        into = sum((end, name) in self.net.one_way for end in ends)
        out = sum((name, end) in self.net.one_way for end in ends)
        return into < 2 and out < 2

    def is_bar(self, name: str) -> bool:
        element = self.net.element(name)
        return element.kind in self.trade.bars or (
            element.kind in (*_PIECES, *_LINES) and len(self.net.near[name]) > 2
        )

    def between(self, a: str, b: str) -> str:
        return self.level_of.get(frozenset((a, b)), "")

    def part(self, name: str, before: str, after: str) -> Part:
        element = self.net.element(name)
        level = after if after != before else ""
        return Part(
            name, element.kind, flow_symbol(element), shown_name(element), ratings(element), element.normally_open,
            (name,), level=level,
        )  # fmt: skip


def piping_view(twin: Twin, trade: Trade, keep: frozenset[str] = frozenset()) -> View:
    """The whole network of a trade as one view; `keep` are elements of no joint that stand here."""
    net = Net(twin, trade.media)
    for a, b in list(net.one_way):  # joints of a return are written as those of the supply
        if any(end in twin.elements and twin.elements[end].returns for end in (a, b)):
            net.one_way.remove((a, b))
            net.one_way.add((b, a))
    pipes = _Network(twin, trade, net)
    names = in_order(name for name in net.near if name in twin.elements)
    ends = [name for name in names if not pipes.passes(name)]
    chains = in_series(net, ends)
    ends = in_order({*ends, *(end for chain in chains for end in (chain.a, chain.b))})
    system = System(trade.media, ("header", "section", "pipe"), trade.sources)
    directed = oriented(twin, ends, chains, system)
    _assemble(pipes, ends, directed)
    for name in in_order(keep - set(net.near)):
        pipes.nodes[name] = _end(pipes, name, Role.LOAD, "")
    _paired_returns(pipes)
    return View(dict(sorted(pipes.nodes.items(), key=lambda item: natural(item[0]))), tuple(pipes.bays))


def _paired_returns(pipes: _Network) -> None:
    """Where no return is declared apart, what takes and what gives are joined by one that is drawn with the supply."""
    if any(pipes.twin.elements[name].returns for name in pipes.net.near if name in pipes.twin.elements):
        return
    for name, node in pipes.nodes.items():
        back = pipes.trade.returned.get(node.level, "")
        if back and node.kind in pipes.trade.exchangers:
            pipes.nodes[name] = replace(node, back=back)


def _end(pipes: _Network, name: str, role: Role, level: str) -> Node:
    element = pipes.net.element(name)
    symbol = "" if role is Role.BAR else end_symbol(element, role is Role.SOURCE)
    return Node(
        name, role, element.kind, shown_name(element), ratings(element),
        level=level or next(iter(pipes.trade.levels.values())), ids=(name,), symbol=symbol,
    )  # fmt: skip


def _assemble(pipes: _Network, ends: list[str], directed: list[tuple[Chain, bool]]) -> None:
    """Nodes and bays: what has several ways in or out and is no header gets a short header for them."""
    into: dict[str, list[str]] = defaultdict(list)
    out: dict[str, list[str]] = defaultdict(list)
    for chain, _ in directed:
        path = (chain.a, *chain.inner, chain.b)
        out[chain.a].append(pipes.between(path[0], path[1]))
        into[chain.b].append(pipes.between(path[-2], path[-1]))
    above: dict[str, str] = {}
    below: dict[str, str] = {}
    for name in ends:
        levels = [*out[name], *into[name]]
        if pipes.is_bar(name):
            pipes.nodes[name] = _end(pipes, name, Role.BAR, levels[0] if levels else "")
            continue
        ways_in, ways_out = len(into[name]), len(out[name])
        if ways_in > 1 or ways_out > 1 or (ways_in and ways_out):
            _spread(pipes, name, into[name], out[name], above, below)
        else:
            role = Role.LOAD if ways_in else Role.SOURCE
            pipes.nodes[name] = _end(pipes, name, role, levels[0] if levels else "")
    for chain, tie in directed:
        pipes.bays.append(_bay(pipes, chain, tie, above, below))
    pipes.bays.sort(key=lambda bay: natural(bay.id))
    _side_by_side(pipes)


def _spread(
    pipes: _Network, name: str, into: list[str], out: list[str], above: dict[str, str], below: dict[str, str]
) -> None:  # fmt: skip
    """Short headers above and below a machine, where it has several ways in or out."""
    first, last = (into or out)[0], (out or into)[0]
    if len(into) > 1 or not out:
        above[name] = f"{name}~in"
        pipes.nodes[above[name]] = Node(above[name], Role.JUNCTION, "junction", "", level=first)
    if len(out) > 1 or (len(into) == 1 and len(out) == 1):
        below[name] = f"{name}~out"
        pipes.nodes[below[name]] = Node(below[name], Role.JUNCTION, "junction", "", level=last)
    if into and out:
        if name in above and name in below:
            part = pipes.part(name, first, last)
            pipes.bays.append(Bay(f"{name}~body", above[name], below[name], (part,), ((), ())))
        return
    pipes.nodes[name] = _end(pipes, name, Role.LOAD if into else Role.SOURCE, first)
    ends = (above[name], name) if into else (name, below[name])
    pipes.bays.append(Bay(f"{name}~body", *ends))


def _bay(pipes: _Network, chain: Chain, tie: bool, above: dict[str, str], below: dict[str, str]) -> Bay:
    parts: list[Part] = []
    runs: list[list[str]] = [[]]
    path = (chain.a, *chain.inner, chain.b)
    first = chain.a in above and chain.a not in below  # the machine itself begins its only way out
    last = chain.b in below and chain.b not in above
    path = (("",) if first else ()) + path + (("",) if last else ())
    for n, name in enumerate(path[1:-1], 1):
        if is_run(pipes.net.element(name)):
            runs[-1].append(name)
        else:
            parts.append(pipes.part(name, pipes.between(path[n - 1], name), pipes.between(name, path[n + 1])))
            runs.append([])
    title = chain.inner[0] if chain.inner else f"{chain.a}--{chain.b}"
    top = above[chain.a] if first else below.get(chain.a, chain.a)
    bottom = below[chain.b] if last else above.get(chain.b, chain.b)
    return Bay(title, top, bottom, tuple(parts), tuple(map(tuple, runs)), tie)


def _side_by_side(pipes: _Network) -> None:
    """Sections with nothing but valves between them stand in one row, unless something else joins them too."""
    seen: dict[str, int] = defaultdict(int)
    pairs: dict[frozenset[str], int] = defaultdict(int)
    for bay in pipes.bays:
        pairs[frozenset((bay.top, bay.bottom))] += 1
    found = []
    for bay in pipes.bays:
        ends = [pipes.nodes[end] for end in (bay.top, bay.bottom)]
        plain = all(part.kind in _SHUT for part in bay.parts) and pairs[frozenset((bay.top, bay.bottom))] == 1
        level = all(end.role is Role.BAR and (end.kind in _PIECES or (bay.tie and end.kind == "header"))
                    for end in ends)  # fmt: skip
        seen[bay.id] += 1
        name = bay.id if seen[bay.id] == 1 else f"{bay.id}~{seen[bay.id]}"
        found.append(replace(bay, id=name, tie=plain and level and bay.top != bay.bottom))
    pipes.bays = found
