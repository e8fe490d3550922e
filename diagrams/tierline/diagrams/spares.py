"""Spare ways of boards: marks without an element, that keep the room of what may come.

Promises: a spare way stands for no element; only boards that are not drawn between rows of racks show theirs.
"""

from __future__ import annotations

from collections.abc import Collection

from tierline.diagrams.order import natural
from tierline.diagrams.view import Bay, Node, Role, View
from tierline.twin.model import Twin


def with_spares(twin: Twin, view: View, elsewhere: Collection[str]) -> tuple[View, dict[str, str]]:
    """The view with the spare ways of its boards, and for each the board it hangs on; `elsewhere` are left alone."""
    nodes, bays, boards = dict(view.nodes), list(view.bays), dict[str, str]()
    for board, way in twin.spares:
        above = view.nodes.get(board)
        if above is None or above.role is not Role.BAR or board in elsewhere:
            continue
        name = f"{board}.{way}"
        nodes[name] = Node(name, Role.SPARE, "spare", way, ("spare",), above.lane, above.level)
        bays.append(Bay(name, board, name))
        boards[name] = board
    ordered = dict(sorted(nodes.items(), key=lambda item: natural(item[0])))
    return View(ordered, tuple(sorted(bays, key=lambda bay: natural(bay.id)))), boards
