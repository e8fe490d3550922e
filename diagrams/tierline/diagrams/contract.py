"""Twin → View: the power network with everything in series contracted into bays.

Promises: the same view for any order of declaration; never fails on a twin, however partial: what has no
supply is placed by what it supplies, what has one end becomes a spare way.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from tierline.diagrams.endings import ended
from tierline.diagrams.lanes import lane_of_nodes
from tierline.diagrams.levels import levels
from tierline.diagrams.order import in_order, natural
from tierline.diagrams.series import Chain, Net, in_series, unjoined
from tierline.diagrams.supply import oriented
from tierline.diagrams.view import Bay, Node, Part, Role, View
from tierline.diagrams.wording import is_run, ratings, series_symbol, shown_name
from tierline.twin.kinds import KINDS, Class
from tierline.twin.model import Medium, Twin

_BARS = ("board", "bus", "busduct")
_SELECTORS = ("ats", "sts", "pou-switch")
_IN_LINE = (
    "bus",
    "busduct",
    "breaker",
    "disconnector",
    "fuse-switch",
    "tap-off",
    "cord",
    "contactor",
    "cable",
    "transformer",
    "ups",
)


def _passes(net: Net, name: str) -> bool:
    """Is it passed through: two neighbours, one way on?"""
    element, ends = net.element(name), net.near[name]
    if element.kind not in _IN_LINE or len(ends) != 2:
        return False
    if element.kind in ("transformer", "ups"):
        into = sum((end, name) in net.one_way for end in ends)
        out = sum((name, end) in net.one_way for end in ends)
        return into == 1 and out == 1
    return True


def power_view(twin: Twin) -> View:
    """The whole power network of a twin as one view; sheets are cut from it."""
    net = Net(twin, (Medium.POWER,))
    names = in_order(name for name in net.near if name in twin.elements)
    alone = [name for name in unjoined(twin, (Medium.POWER,), ("genset", "ups")) if name not in net.near]
    ends = [name for name in names if not _passes(net, name)] + alone
    chains = in_series(net, ends)
    ends += [one for chain in chains for one in (chain.a, chain.b) if one not in ends]
    directed = oriented(twin, sorted(set(ends), key=natural), chains)
    nodes, bays = _assemble(net, sorted(set(ends), key=natural), directed)
    nodes, bays = ended(nodes, bays, _IN_LINE, lambda name: _part(net, name))
    lanes = lane_of_nodes(twin, nodes, bays)
    rings = _above_rings(bays, lanes)
    for name in rings | _below_rings(nodes, bays, rings):
        lanes.pop(name, None)
    level = levels(twin, nodes, bays)
    done = {
        name: replace(node, lane=lanes.get(name, ""), level=level.get(name, "lv"))
        for name, node in sorted(nodes.items(), key=lambda item: natural(item[0]))
    }
    return View(done, tuple(sorted(bays, key=lambda bay: natural(bay.id))))


def _above_rings(bays: list[Bay], lanes: dict[str, str]) -> set[str]:
    """The boards of a ring that joins several paths, and what feeds only them: they belong to none."""
    ties: dict[str, set[str]] = defaultdict(set)
    down: dict[str, set[str]] = defaultdict(set)
    for bay in bays:
        if bay.tie:
            ties[bay.top].add(bay.bottom)
            ties[bay.bottom].add(bay.top)
        else:
            down[bay.top].add(bay.bottom)
    found: set[str] = set()
    for name in ties:
        group, todo = {name}, [name]
        while todo:
            for other in ties[todo.pop()] - group:
                group.add(other)
                todo.append(other)
        ring = len(group) > 2 and all(len(ties[one]) == 2 for one in group)
        if ring and len({lanes.get(one, "") for one in group}) > 1:
            found |= group
    for _ in range(len(down)):
        above = {name for name, below in down.items() if below <= found} - found
        if not above:
            break
        found |= above
    return found


def _below_rings(nodes: dict[str, Node], bays: list[Bay], rings: set[str]) -> set[str]:
    """The loads that only boards of such a ring feed."""
    tops: dict[str, set[str]] = defaultdict(set)
    for bay in bays:
        tops[bay.bottom].add(bay.top)
    return {name for name, above in tops.items() if nodes[name].role is Role.LOAD and above <= rings}


def _part(net: Net, name: str) -> Part:
    element = net.element(name)
    return Part(
        name,
        element.kind,
        series_symbol(element),
        shown_name(element),
        ratings(element),
        element.normally_open,
        (name,),
        _batteries(net.twin, name) if element.kind == "ups" else (),
    )


def _batteries(twin: Twin, ups: str) -> tuple[Part, ...]:
    """The isolators and the battery of a UPS, from the UPS outwards; nothing that other machines share."""
    near: dict[str, list[str]] = defaultdict(list)
    for joint in twin.joints:
        if joint.medium is Medium.DC:
            near[joint.a].append(joint.b)
            near[joint.b].append(joint.a)
    found: list[Part] = []
    pending: list[str] = []
    seen, name = {ups}, ups
    while True:
        left = in_order(end for end in near[name] if end not in seen and len(near[end]) <= 2)
        if not left:
            break
        name = left[0]
        seen.add(name)
        element = twin.elements[name]
        if is_run(element):
            pending.append(name)
            continue
        symbol = "battery" if element.kind == "battery" else series_symbol(element)
        found.append(
            Part(
                name,
                element.kind,
                symbol,
                shown_name(element),
                ratings(element),
                element.normally_open,
                (name,),
                runs=tuple(pending),
            )
        )
        pending.clear()
    return tuple(found) if found and found[-1].kind == "battery" else ()


def _role(net: Net, name: str, ups: int, downs: int) -> Role:
    element = net.element(name)
    kind = KINDS.get(element.kind)
    if element.kind in _BARS or (element.kind == "cable" and ups + downs > 1):
        return Role.BAR
    if element.kind in ("utility", "genset"):
        return Role.MACHINE if ups else Role.SOURCE
    if element.kind in _IN_LINE or element.kind in _SELECTORS or downs:
        return (
            Role.MACHINE if downs or element.kind in _SELECTORS else Role.SPARE if ups == 1 else Role.MACHINE
        )
    if kind is not None and kind.cls is Class.WORLD:
        return Role.SOURCE
    return Role.LOAD


def _assemble(
    net: Net, ends: list[str], chains: list[tuple[Chain, bool]]
) -> tuple[dict[str, Node], list[Bay]]:
    """Nodes and bays; `chains` run from top to bottom, with whether they are ties."""
    nodes: dict[str, Node] = {}
    bays: list[Bay] = []
    ups: dict[str, int] = defaultdict(int)
    downs: dict[str, int] = defaultdict(int)
    for chain, tie in chains:
        downs[chain.a] += not tie
        ups[chain.b] += not tie
    below = {}
    for name in ends:
        element = net.element(name)
        role = _role(net, name, ups[name], downs[name])
        nodes[name] = Node(
            name,
            role,
            element.kind,
            shown_name(element),
            ratings(element),
            ids=(name,),
            attached=_batteries(net.twin, name) if element.kind == "ups" else (),
        )
        if role is not Role.BAR and downs[name] > 1:
            below[name] = f"{name}~out"
            nodes[below[name]] = Node(below[name], Role.JUNCTION, "junction", "")
            bays.append(Bay(f"{name}~out", name, below[name]))
    ranks = _ranks(net.twin)
    for chain, tie in chains:
        bays.append(_bay(net, chain, tie, below, ranks))
    return nodes, _distinct(bays)


def _bay(net: Net, chain: Chain, tie: bool, below: dict[str, str], ranks: dict[tuple[str, str], int]) -> Bay:
    parts: list[Part] = []
    runs: list[list[str]] = [[]]
    for name in chain.inner:
        if is_run(net.element(name)):
            runs[-1].append(name)
        else:
            parts.append(_part(net, name))
            runs.append([])
    last = chain.inner[-1] if chain.inner else chain.a
    title = chain.inner[0] if chain.inner else f"{chain.a}--{chain.b}"
    return Bay(
        title,
        below.get(chain.a, chain.a),
        chain.b,
        tuple(parts),
        tuple(map(tuple, runs)),
        tie,
        ranks.get((last, chain.b), 0),
    )


def _ranks(twin: Twin) -> dict[tuple[str, str], int]:
    found = {}
    for feed in twin.feeds:
        for place, index in enumerate(feed.joints):
            joint = twin.joints[index]
            if joint.medium is Medium.POWER:
                found[joint.a, joint.b] = place
    return found


def _distinct(bays: list[Bay]) -> list[Bay]:
    """Bays with names of their own (two bare joints between the same ends would share one)."""
    seen: dict[str, int] = defaultdict(int)
    found = []
    for bay in bays:
        seen[bay.id] += 1
        name = bay.id if seen[bay.id] == 1 else f"{bay.id}~{seen[bay.id]}"
        found.append(Bay(name, bay.top, bay.bottom, bay.parts, bay.runs, bay.tie, bay.rank))
    return found
