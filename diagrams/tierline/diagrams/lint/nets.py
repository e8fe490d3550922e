"""What is electrically one: wires that meet at a bar or at one terminal of a symbol."""

from __future__ import annotations

from collections.abc import Hashable

from tierline.diagrams.lint.geometry import EPS
from tierline.diagrams.lint.records import Node, Point, Sheet


class Joined:
    """Sets of things that grow together."""

    def __init__(self) -> None:
        self._over: dict[Hashable, Hashable] = {}

    def top(self, one: Hashable) -> Hashable:
        """The one that stands for all it is joined with."""
        root = one
        while (above := self._over.setdefault(root, root)) != root:
            root = above
        while self._over[one] != root:
            self._over[one], one = root, self._over[one]
        return root

    def join(self, one: Hashable, other: Hashable) -> None:
        self._over[self.top(one)] = self.top(other)


def terminal(node: Node, point: Point) -> Hashable:
    """Where on a node a wire ends: the bar, or the port that is met; a place of its own if none is."""
    if node.line is not None:
        return (node.id,)
    for number, port in enumerate(node.ports):
        if meets(port, point):
            return (node.id, number)
    return (node.id, point)


def meets(port: Point, point: Point) -> bool:
    return abs(port[0] - point[0]) + abs(port[1] - point[1]) <= EPS


def nets(sheet: Sheet) -> list[Hashable]:
    """The net of each wire, in the order of the wires."""
    nodes, joined = {node.id: node for node in sheet.nodes}, Joined()
    for number, wire in enumerate(sheet.wires):
        for end, point in ((wire.a, wire.points[0]), (wire.b, wire.points[-1])):
            if end in nodes:
                joined.join(("wire", number), terminal(nodes[end], point))
    return [joined.top(("wire", number)) for number in range(len(sheet.wires))]
