"""What hangs on both paths stands one below the other on the axis, fed from the left and from the right.

Promises: each is fed by one way of either path and joined to nothing else; the ways that lead to it then nest, so that
none crosses another and each turns once; one more at the end moves none before it.
"""

from __future__ import annotations

from dataclasses import replace

from tierline.diagrams.symbols.machines import SELECTORS
from tierline.diagrams.symbols.record import ASIDE
from tierline.diagrams.view import Node, Role, View, reached
from tierline.diagrams.wording import load_shape

_SIDES = 6
"""So many ways in at most have room at the sides."""
ROOM = 10
"""Between what stands in the column and what comes below it."""


def with_column(view: View) -> View:
    """The view with the ways in at the sides of all that has one feed of each of several paths, and feeds nothing that
    anything else feeds."""
    into, out = view.incoming(), view.outgoing()
    tied = {end for bay in view.bays if bay.tie for end in (bay.top, bay.bottom)}
    nodes = dict(view.nodes)
    for name, node in view.nodes.items():
        sides = {view.nodes[bay.top].lane for bay in into[name]} - {""}
        shape = node.kind if node.kind in SELECTORS else load_shape(node.kind) if node.role is Role.LOAD else ""
        below = {name} | reached([name], lambda one: (bay.bottom for bay in out[one]))
        alone = all(len(into[one]) == 1 and not view.nodes[one].lane for one in below - {name})
        count = len(sides) if len(sides) == len(into[name]) else 0
        fits = count == 2 or (2 < count <= _SIDES and node.role is Role.LOAD)
        if fits and shape and not node.lane and alone and not below & tied:
            nodes[name] = replace(node, symbol=shape + ASIDE + (str(count) if count > 2 else ""))
    return View(nodes, view.bays) if nodes != view.nodes else view


def feeding(view: View, name: str) -> list[int]:
    """The paths that feed it, by their places in the row of paths."""
    lanes = view.lanes()
    return sorted(lanes.index(view.nodes[bay.top].lane) for bay in view.bays if bay.bottom == name)


def turns(view: View) -> dict[str, int]:
    """Of each bay that leaves a path: whether it turns to the left (-1) or to the right."""
    index = {lane: n for n, lane in enumerate(view.lanes())}
    fed: dict[str, list[int]] = {name: [] for name in view.nodes}
    for bay in view.bays:
        fed[bay.bottom] += [index[view.nodes[bay.top].lane]] if view.nodes[bay.top].lane else []
    found = {}
    for bay in view.bays:
        own, goal = view.nodes[bay.top].lane, view.nodes[bay.bottom].lane
        if own and own != goal:
            reach = [index[goal]] if goal else fed[bay.bottom]
            found[bay.id] = -1 if sum(reach) <= index[own] * len(reach) else 1
    return found


def is_aside(node: Node) -> bool:
    return ASIDE in node.symbol


def in_column(view: View) -> list[str]:
    return [name for name, node in view.nodes.items() if is_aside(node)]
