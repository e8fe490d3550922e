"""Which kind of conductor a node stands on: medium voltage, mains, generator, UPS-secured.

Promises: decided by what is written (a board's voltage) and by what lies upstream; nothing is assumed but
that a board without a voltage is low voltage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tierline.diagrams.view import Bay, Node, Role
from tierline.twin.model import Twin

_MEDIUM_VOLTAGE = 1000
TITLES = {
    "mv": "medium voltage",
    "lv": "low-voltage mains",
    "gen": "generator",
    "ups": "UPS-secured",
    "chw": "chilled water",
    "chr": "chilled water, return",
    "cdw": "condenser water",
    "cdr": "condenser water, return",
    "rfr": "refrigerant",
    "fuel": "fuel",
    "gas": "gas",
    "water": "water",
    "air": "air",
    "data": "network",
    "dc": "d.c. and controls",
}
RETURNS = ("chr", "cdr")
"""What flows back."""


def _written(twin: Twin, node: Node) -> str:
    volts = twin.elements[node.ids[0]].quantity("voltage") if node.ids else None
    return "mv" if volts is not None and volts.amount > _MEDIUM_VOLTAGE else ""


def levels(twin: Twin, nodes: Mapping[str, Node], bays: Sequence[Bay]) -> dict[str, str]:
    """The level of every node, from sources downwards; a bay through a UPS or transformer changes it."""
    found = {name: _written(twin, node) for name, node in nodes.items()}
    for name, node in nodes.items():
        if node.kind == "genset":
            found[name] = found[name] or "gen"
        elif node.kind == "ups":
            found[name] = "ups"
    incoming: dict[str, list[Bay]] = {name: [] for name in nodes}
    for bay in bays:
        if not bay.tie:
            incoming[bay.bottom].append(bay)
    for _ in range(len(nodes)):
        before = dict(found)
        for name in nodes:
            if not found[name]:
                found[name] = _from_above(incoming[name], nodes, found)
        if found == before:
            break
    for bay in bays:
        if nodes[bay.top].kind == "utility" and not _written(twin, nodes[bay.top]):
            steps = any(part.kind == "transformer" for part in bay.parts)
            found[bay.top] = "mv" if steps else found[bay.bottom]
    return {name: level or "lv" for name, level in found.items()}


def _from_above(bays: list[Bay], nodes: Mapping[str, Node], found: Mapping[str, str]) -> str:
    """Empty while what lies above is not decided yet."""
    known = {"lv"} if not bays else set()
    for bay in bays:
        kinds = {part.kind for part in bay.parts}
        level = "ups" if "ups" in kinds else "lv" if "transformer" in kinds else found[bay.top]
        if level == "gen" and nodes[bay.top].role not in (Role.SOURCE, Role.JUNCTION):
            level = "lv"  # only what the sets are connected to is drawn as generator conductors
        known.add(level)
    if "" in known:
        return ""
    return "ups" if "ups" in known else known.pop() if len(known) == 1 else "lv"
