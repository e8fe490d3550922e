"""How much room a symbol takes with its label, and where the label stands.

Promises: a label lies inside the cell of its symbol, so that cells that do not overlap give labels that do
not; cells are measured for the left path and mirrored, label and all, for the right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tierline.diagrams.order import number
from tierline.diagrams.scene import Box, Text
from tierline.diagrams.symbols import Symbol, symbol
from tierline.diagrams.symbols.record import ASIDE
from tierline.diagrams.text_width import text_width
from tierline.diagrams.view import Bay, Node, Part, Role
from tierline.diagrams.wording import load_shape
from tierline.twin.kinds import SHUTTING

GRID = 10
SIZE = 9
LINE = 11
_BELOW_SIDE = 24
"""Where a label may begin beside what is entered at its sides."""
NO_MARK, NC_MARK = "N.O.", "N.C."
_PATH = re.compile(r"(?<![a-z])[a-d](?![a-z])")

Words = tuple[tuple[str, bool, str], ...]
"""The lines of a label: text, bold, style."""


def words(name: str, lines: Iterable[str] = (), is_open: bool = False, mark: str = NO_MARK) -> Words:
    found = [(name, True, "")] if name else []
    found += [(line, False, "") for line in lines]
    if is_open:
        found.append((mark, True, "no"))
    return tuple(found)


def width(label: Words) -> int:
    """The width of the widest line, taken as if the letter of its path were a wide one: path A is as wide as path B."""
    return max((text_width(_PATH.sub("b", text), SIZE, bold) for text, bold, _ in label), default=0)


def height(label: Words) -> int:
    return LINE * len(label)


def up(value: int) -> int:
    """To the grid, never smaller."""
    return -(-value // GRID) * GRID


def beside(label: Words, x: int, middle: int, right: bool = True) -> tuple[Text, ...]:
    """A label to the right (or left) of a place, centred on a height."""
    top = middle - height(label) // 2
    anchor = "start" if right else "end"
    return tuple(
        Text(text, x, top + LINE * n + 9, SIZE, bold, anchor, style)
        for n, (text, bold, style) in enumerate(label)
    )


def stacked(label: Words, x: int, top: int) -> tuple[Text, ...]:
    """A label centred on a place, from a height downwards."""
    return tuple(
        Text(text, x, top + LINE * n + 9, SIZE, bold, "middle", style)
        for n, (text, bold, style) in enumerate(label)
    )


def marks(item: Part | Node) -> Words:
    """Where it is drawn too, or goes on: words that name other sheets."""
    return tuple((mark, False, "ref") for mark in item.marks)


def short_name(name: str, *homes: str) -> str:
    """A way is labelled by its own name where its board stands beside it."""
    for home in homes:
        if name.startswith(home + ".") and len(name) > len(home) + 1:
            return name[len(home) + 1 :]
    return name


def part_words(part: Part, bay: Bay) -> Words:
    mark = NC_MARK if part.kind in SHUTTING else NO_MARK
    homes = (bay.top, bay.bottom, *(other.id for other in bay.parts if other is not part))
    for home in homes:
        home = home.split("~")[0]
        if part.id.startswith(home + "."):
            own = part.id[len(home) + 1 :]
            if part.name.endswith("." + own):  # no designation of its own was written
                return (*words(own, part.lines, part.open, mark), *marks(part))
    return (*words(part.name, part.lines, part.open, mark), *marks(part))


def slot(part: Part, bay: Bay) -> int:
    """The height a part takes in its bay."""
    return up(max(drawn(part).box[3], height(part_words(part, bay)) + 2))


def drawn(part: Part) -> Symbol:
    return symbol(part.symbol)


def node_symbol(node: Node, inputs: int) -> Symbol | None:
    """The symbol of a node with that many ways in; None for bars."""
    if node.symbol:
        return symbol(node.symbol)
    count = max(1, inputs)
    match node.role:
        case Role.BAR | Role.JUNCTION:
            return None
        case Role.SOURCE:
            return symbol("genset" if node.kind == "genset" else "utility")
        case Role.REFERENCE:
            return symbol("reference")
        case Role.ARRIVAL:
            return symbol("arrival")
        case Role.SPARE:
            return symbol("spare")
        case Role.MACHINE if node.symbol:
            return symbol(node.symbol)
        case Role.MACHINE if node.kind in ("ats", "sts", "pou-switch"):
            return symbol(f"{node.kind}-{count}")
        case Role.MACHINE if node.kind == "ups":
            return symbol("ups" if count == 1 else f"ups-{count}")
        case Role.MACHINE:
            return symbol(f"box-{count}")
    return symbol(f"{load_shape(node.kind)}-{count}")


def node_words(node: Node) -> Words:
    if node.role in (Role.REFERENCE, Role.ARRIVAL):
        return (*words(node.name, node.lines), (number(node.sheet), False, "ref"))
    return (*words(node.name, node.lines), *marks(node))


def label_place(node: Node) -> str:
    """Where the label of a node stands: above, below, beside."""
    match node.role:
        case Role.SOURCE | Role.ARRIVAL:
            return "above"
        case Role.MACHINE:
            return "beside"
    return "below"


def node_cell(node: Node, shape: Symbol) -> Box:
    """The room of a node that is not a bar, around its upper terminal."""
    label = node_words(node)
    left, top, right, bottom = shape.box
    half = up(width(label) // 2 + 4)
    match label_place(node):
        case "above":
            return (min(left, -half), top - height(label) - 4, max(right, half), bottom)
        case "beside" if ASIDE in node.symbol:  # on either side: its mirror image may be drawn
            reach = right + 8 + width(label)
            return (-reach, top - 10, reach, max(bottom, _BELOW_SIDE + height(label)))
        case "beside":
            return (left - 4, top - 10, right + 8 + width(label), max(bottom, height(label)))
    return (min(left - 4, -half), top - 10, max(right + 4, half), bottom + height(label) + 6)


def node_label(node: Node, shape: Symbol, x: int, y: int, mirrored: bool, up: bool = False) -> tuple[Text, ...]:
    label = node_words(node)
    _, top, _, bottom = shape.box
    if up:
        return stacked(label, x, y - bottom - height(label) - 3)
    match label_place(node):
        case "above":
            return stacked(label, x, y + top - height(label) - 3)
        case "beside":
            reach, middle = shape.label
            if ASIDE in node.symbol:
                middle = _BELOW_SIDE + height(label) // 2
            return beside(label, x - reach if mirrored else x + reach, y + middle, not mirrored)
    return stacked(label, x, y + bottom + 2)
