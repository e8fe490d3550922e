"""Equal feeders of one board, drawn once for all.

Promises: nothing that is looked at one by one is collapsed; the one that is drawn bears the ids of all, and these
stand either all on other sheets too, or none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from tierline.diagrams.order import compact, natural
from tierline.diagrams.view import Bay, Node, Role, View

_COLLAPSE = 3
"""From this many equal feeders on, one is drawn for all."""
_ONE_BY_ONE = ("genset", "ups", "chiller", "transformer", "rack", "racks", "load")


def collapsed(view: View, elsewhere: Collection[str]) -> View:
    """Equal feeders of one board, drawn once with the ids of all; `elsewhere` is what other disciplines draw too."""
    out, into = view.outgoing(), view.incoming()
    nodes, gone, changed = dict(view.nodes), set(), {}
    for _board, bays in out.items():
        alike: dict[object, list[Bay]] = defaultdict(list)
        for bay in sorted(bays, key=lambda one: natural(one.id)):
            leaf = view.nodes[bay.bottom]
            lone = len(into[leaf.id]) == 1 and not out[leaf.id]
            if leaf.role in (Role.LOAD, Role.SPARE) and lone and leaf.kind not in _ONE_BY_ONE:
                look = tuple((part.symbol, part.lines, part.kind) for part in bay.parts)
                alike[look, leaf.kind, leaf.role, leaf.id in elsewhere].append(bay)
        for same in alike.values():
            if len(same) >= _COLLAPSE:
                leaf, bay = _merged(view, same)
                nodes[leaf.id], changed[bay.id] = leaf, bay
                gone |= {one.id for one in same[1:]}
                for one in same[1:]:
                    del nodes[one.bottom]
    bays_left = tuple(changed.get(bay.id, bay) for bay in view.bays if bay.id not in gone)
    return View(nodes, bays_left)


def _listed(leaves: list[Node]) -> tuple[str, ...]:
    """Every name, those of equal ratings together."""
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for leaf in leaves:
        alike[leaf.lines].append(leaf.name)
    lines = [
        line
        for ratings, names in alike.items()
        for line in (*compact(names), *(["  ".join(ratings)] if ratings else []))
    ]
    return tuple(lines)


def _merged(view: View, bays: list[Bay]) -> tuple[Node, Bay]:
    first, leaves = bays[0], [view.nodes[bay.bottom] for bay in bays]
    leaf = leaves[0]
    node = replace(
        leaf,
        name=f"{leaf.kind} ×{len(bays)}",
        lines=_listed(leaves),
        ids=tuple(name for one in leaves for name in one.ids),
    )
    parts = []
    for place, part in enumerate(first.parts):
        same = [bay.parts[place] for bay in bays]
        own = compact(one.name.removeprefix(f"{first.top}.") for one in same)
        parts.append(
            replace(
                part,
                name=own[0] if len(own) == 1 else f"{len(same)} ways",
                ids=tuple(name for one in same for name in one.ids),
            )
        )
    runs = tuple(tuple(name for bay in bays for name in bay.runs[place]) for place in range(len(first.runs)))
    return node, replace(first, parts=tuple(parts), runs=runs)
