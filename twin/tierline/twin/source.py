"""Where a thing was written: source texts, the located tree the reader makes of them, and routes into it.

Every node knows its file, line and column; every scalar stays the text the author typed. A node is never
changed after the reader has closed it, so it may be shared by every element made from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tierline.twin.model import Location


@dataclass(frozen=True, slots=True)
class Source:
    """One text: `name` as the user reaches it, `path` as the facility knows it (never machine-dependent)."""

    name: str
    text: str
    path: str = ""

    @property
    def start(self) -> Location:
        return Location(self.name, 1, 1)


class Node:
    """A place in a source; line and column count from 0, as the parser gives them."""

    __slots__ = ("column", "line", "source")

    def __init__(self, source: Source, line: int, column: int) -> None:
        self.source = source
        self.line = line
        self.column = column

    @property
    def at(self) -> Location:
        return Location(self.source.name, self.line + 1, self.column + 1)


class Hole(Node):
    """Something already complained about: whatever meets it stays silent."""

    __slots__ = ()


class Scalar(Node):
    """A text; `null` for the empty cell of a table."""

    __slots__ = ("null", "text")

    def __init__(self, source: Source, line: int, column: int, text: str, null: bool = False) -> None:
        self.source = source
        self.line = line
        self.column = column
        self.text = text
        self.null = null


class Map(Node):
    """Keys in the order written; `keys` holds the scalar of each key, `values` its node."""

    __slots__ = ("keys", "values")

    def __init__(self, source: Source, line: int, column: int) -> None:
        self.source = source
        self.line = line
        self.column = column
        self.keys: dict[str, Scalar] = {}
        self.values: dict[str, Node] = {}

    def get(self, name: str) -> Node | None:
        return self.values.get(name)

    def text(self, name: str) -> str | None:
        """The text under a key, if there is one and it is a scalar."""
        found = self.values.get(name)
        return found.text if isinstance(found, Scalar) else None


class Items(Node):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, source: Source, line: int, column: int) -> None:
        self.source = source
        self.line = line
        self.column = column
        self.items: list[Node] = []


def plain(node: Node) -> object:
    """The tree below a node as dicts, lists and texts; holes and empty cells are left out."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Map):
        return {name: plain(value) for name, value in node.values.items() if not _nothing(value)}
    if isinstance(node, Items):
        return [plain(item) for item in node.items if not _nothing(item)]
    return None


def holed(node: Node) -> bool:
    """Whether there is a hole anywhere below a node."""
    if isinstance(node, Scalar):
        return False
    if isinstance(node, Map):
        return any(holed(one) for one in node.values.values())
    if isinstance(node, Items):
        return any(holed(one) for one in node.items)
    return True


def _nothing(node: Node) -> bool:
    return isinstance(node, Hole) or (isinstance(node, Scalar) and node.null)


class SourceMap:
    """Routes (the `loc` of a pydantic error, say) to places below one node.

    Total: a step that is not in the tree, such as the tag of a union, is skipped, and the nearest place on
    the way is the answer.
    """

    __slots__ = ("_root",)

    def __init__(self, root: Node) -> None:
        self._root = root

    def node(self, route: Iterable[str | int]) -> Node:
        """The value a route leads to."""
        return self._walk(route)[0]

    def key(self, route: Iterable[str | int]) -> Node:
        """The key a route ends at; the value itself where it is no key."""
        node, key = self._walk(route)
        return node if key is None else key

    def _walk(self, route: Iterable[str | int]) -> tuple[Node, Scalar | None]:
        node: Node = self._root
        key: Scalar | None = None
        for step in route:
            if isinstance(node, Map) and isinstance(step, str) and step in node.values:
                key = node.keys[step]
                node = node.values[step]
            elif isinstance(node, Items) and isinstance(step, int) and 0 <= step < len(node.items):
                node, key = node.items[step], None
        return node, key
