"""What ends in nothing: devices behind which nothing is, drawn as themselves and with the mark of an end.

Promises: a device with one end hangs below what it is joined to, as its ways do, and is a part of that bay; a
transformer that nothing supplies stands above what it supplies, as its own symbol.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace

from tierline.diagrams.view import Bay, Node, Part, Role

_UPRIGHT = ("transformer", "ups")
"""What cannot be turned over: it lets pass one way."""


def ended(
    nodes: dict[str, Node], bays: list[Bay], in_line: Collection[str], part: Callable[[str], Part]
) -> tuple[dict[str, Node], list[Bay]]:
    """Nodes and bays, with every device of the kinds `in_line` that has one end or none as what it is."""
    near: dict[str, list[Bay]] = defaultdict(list)
    for one in bays:
        near[one.top].append(one)
        near[one.bottom].append(one)
    nodes, changed = dict(nodes), dict[str, Bay]()
    for name, node in list(nodes.items()):
        if node.kind not in in_line or node.role is Role.BAR or len(near[name]) > 1:
            continue
        drawn = part(name)
        last = next(iter(near[name]), None)
        bay = None if last is None else changed.get(last.id, last)
        if bay is None or bay.tie or not _hangs(bay, drawn, nodes):
            nodes[name] = node if node.kind == "ups" else replace(node, role=Role.MACHINE, symbol=drawn.symbol)
            continue
        end = f"{name}~end"
        down = bay if bay.bottom == name else replace(bay, parts=bay.parts[::-1], runs=bay.runs[::-1])
        top = bay.top if bay.bottom == name else bay.bottom
        changed[bay.id] = replace(down, top=top, bottom=end, parts=(*down.parts, drawn), runs=(*down.runs, ()))
        nodes[end] = Node(end, Role.SPARE, "spare", "")
        del nodes[name]
    return nodes, [changed.get(bay.id, bay) for bay in bays]


def _hangs(bay: Bay, drawn: Part, nodes: dict[str, Node]) -> bool:
    """Is it supplied from above, or may it be turned so that it is?"""
    if bay.bottom == drawn.id:
        return True
    return nodes[bay.bottom].role is not Role.SPARE and not any(one.kind in _UPRIGHT for one in (*bay.parts, drawn))
