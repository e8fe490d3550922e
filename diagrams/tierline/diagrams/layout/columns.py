"""How much room a strand takes: its parts one below the other, their labels to the right.

Promises: a label lies inside the column of its strand; heights and reaches are on the grid.
"""

from __future__ import annotations

from tierline.diagrams.layout.cells import Words, drawn, height, node_words, part_words, up, width
from tierline.diagrams.layout.strands import Strand
from tierline.diagrams.symbols import Symbol, symbol
from tierline.diagrams.symbols.catalogue import FIXED
from tierline.diagrams.view import Node, Part, View

LEAD, GAP = 20, 10
"""The wire before the first part and after the last, and between two parts."""
_BESIDE = 5
_COUPLED = 70
"""Between two headers of a row that nothing stands between."""


def end_symbol(node: Node) -> Symbol:
    """The symbol of what a strand begins or ends with."""
    return symbol(node.symbol)


def facing(name: str, above: bool) -> str:
    """The symbol of an end with a terminal towards its strand, where it has such a form: nothing stands on its head."""
    base = name.removesuffix("-end").removesuffix("-source")
    names = (name, f"{base}-{'source' if above else 'end'}", base)
    fits = (one for one in names if one in FIXED and (FIXED[one].outs if above else FIXED[one].ins))
    return next(fits, name)


def label_of(part: Part, strand: Strand) -> Words:
    return part_words(part, strand.bay)


def tall(shape: Symbol, label: Words) -> int:
    return up(max(shape.box[3], height(label) + 2))


def slot_of(part: Part, strand: Strand) -> int:
    return tall(drawn(part), label_of(part, strand))


def strand_height(view: View, strand: Strand) -> int:
    """From the upper to the lower end, ends that are no headers included."""
    total = 2 * LEAD + sum(slot_of(part, strand) + GAP for part in strand.bay.parts)
    for end in (strand.top, strand.bottom):
        node = view.nodes[end]
        if node.symbol:
            total += tall(end_symbol(node), node_words(node))
    return up(total)


def reaches(view: View, strand: Strand) -> tuple[int, int]:
    """How far a strand reaches to the left and to the right of its line."""
    found = [(drawn(part), label_of(part, strand)) for part in strand.bay.parts]
    found += [
        (end_symbol(view.nodes[end]), node_words(view.nodes[end]))
        for end in (strand.top, strand.bottom)
        if view.nodes[end].symbol
    ]
    left = max((-shape.box[0] for shape, _ in found), default=0)
    right = max((shape.box[2] + _BESIDE + width(label) for shape, label in found), default=0)
    return up(max(10, left)), up(max(10, right))


def coupled(strand: Strand) -> int:
    """The room between two headers of a row."""
    lengths = [max(slot_length(part, strand), 30) for part in strand.bay.parts]
    return up(sum(lengths) + 40) if lengths else _COUPLED


def slot_length(part: Part, strand: Strand) -> int:
    """The room of a part in a coupler: its label stands above it."""
    return up(max(drawn(part).box[3], width(label_of(part, strand))) + 10)


def coupler_height(strand: Strand) -> int:
    return max((slot_of(part, strand) + 20 for part in strand.bay.parts), default=0)
