"""What hangs on both paths stands one below the other on the axis, fed from the left and from the right.

Promises: each is fed by one way of either path and joined to nothing else; the ways that lead to it then nest, so that
none crosses another and each turns once; one more at the end moves none before it.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace

from tierline.diagrams.layout.cells import node_cell, node_symbol, up
from tierline.diagrams.order import in_order, natural
from tierline.diagrams.symbols.record import ASIDE
from tierline.diagrams.view import Node, Role, View
from tierline.diagrams.wording import load_shape

ROOM = 20
"""Between what stands in the column and what comes below it."""


def with_column(view: View) -> View:
    """The view with the ways in at the sides of all that has one feed of each of two paths."""
    if len(view.lanes()) != 2:
        return view
    into, out = view.incoming(), view.outgoing()
    tied = {end for bay in view.bays if bay.tie for end in (bay.top, bay.bottom)}
    nodes = dict(view.nodes)
    for name, node in view.nodes.items():
        sides = in_order(view.nodes[bay.top].lane for bay in into[name])
        fed = tuple(sides) == view.lanes() and not node.lane and name not in tied and not out[name]
        if fed and node.role is Role.LOAD:
            nodes[name] = replace(node, symbol=load_shape(node.kind) + ASIDE)
    return View(nodes, view.bays) if nodes != view.nodes else view


def is_aside(node: Node) -> bool:
    return node.symbol.endswith(ASIDE)


def in_column(view: View) -> list[str]:
    return [name for name, node in view.nodes.items() if is_aside(node)]


def column_steps(view: View, y: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Each below the one before it: those that are fed from higher up first, board by board."""
    boards: dict[str, tuple[tuple[int, int, str], ...]] = {}
    for name, bays in view.incoming().items():
        boards[name] = natural(min((bay.top for bay in bays), key=natural, default=""))
    column = sorted(in_column(view), key=lambda name: (y[name], boards[name], natural(name)))
    return [(above, below, up(_depth(view.nodes[above]) + ROOM)) for above, below in itertools.pairwise(column)]


def _depth(node: Node) -> int:
    """How far what hangs in the column reaches down with its label."""
    shape = node_symbol(node, 2)
    return node_cell(node, shape)[3] if shape is not None else 0
