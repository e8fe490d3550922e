"""References between sheets, and which two belong together.

A reference names what it is joined to on the other sheet. Its partner is the one there that names, in return, something
this one is joined to; between the two lies at most what stands in series.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tierline.diagrams.lint.records import Node, Sheet

Key = tuple[str, str]
"""Sheet and id."""


def references(sheets: Sequence[Sheet]) -> dict[Key, Node]:
    """Every reference of some sheets."""
    return {(sheet.name, node.id): node for sheet in sheets for node in sheet.nodes if node.ref_sheet}


def paired(sheets: Sequence[Sheet]) -> dict[Key, Key]:
    """Each reference that has a partner, with it."""
    refs, reach = references(sheets), dict[Key, set[str]]()
    for sheet in sheets:
        reach.update(_reach(sheet))
    waiting: dict[tuple[str, str], list[Key]] = defaultdict(list)
    pairs: dict[Key, Key] = {}
    for key, node in refs.items():
        there = waiting[node.ref_sheet, key[0]]
        partner = next((other for other in there if _match(key, other, refs, reach)), None)
        if partner is None:
            waiting[key[0], node.ref_sheet].append(key)
        else:
            there.remove(partner)
            pairs[key], pairs[partner] = partner, key
    return pairs


def _match(one: Key, other: Key, refs: Mapping[Key, Node], reach: Mapping[Key, set[str]]) -> bool:
    return refs[one].ref_id in reach[other] and refs[other].ref_id in reach[one]


def _reach(sheet: Sheet) -> dict[Key, set[str]]:
    """What each reference of a sheet is joined to, through devices in series; a continued bar is the bar itself."""
    nodes = {node.id: node for node in sheet.nodes}
    ways: dict[str, list[str]] = defaultdict(list)
    for wire in sheet.wires:
        ways[wire.a].append(wire.b)
        ways[wire.b].append(wire.a)
    found = {}
    for start in (node for node in sheet.nodes if node.ref_sheet):
        seen = {start.ref_id} if start.line is not None else set()
        before, here = start.id, next(iter(ways[start.id]), "")
        passed = {start.id}
        while start.line is None and here in nodes and here not in passed:
            seen.update(nodes[here].ids)
            passed.add(here)
            if nodes[here].line is not None or len(ways[here]) != 2:
                break
            before, here = here, ways[here][ways[here][0] == before]
        found[sheet.name, start.id] = seen
    return found
