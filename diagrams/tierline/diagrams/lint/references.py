"""References between sheets, and which two belong together.

A reference names what it is joined to on the other sheet. Its partner is the one there that names, in return, something
this one is joined to; between the two lies at most what stands in series.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tierline.diagrams.lint.records import Node, Sheet

Key = tuple[str, str]
"""Sheet and id."""


def references(sheets: Sequence[Sheet]) -> dict[Key, Node]:
    """Every reference where a sheet is cut."""
    return {(s.name, node.id): node for s in sheets for node in s.nodes if node.ref_sheet and not node.again}


def one_sided(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    """What is drawn again on a sheet without its home saying so, and the other way round: sheet, words."""
    homes = {name: (sheet.name, node) for sheet in sheets for node in sheet.nodes for name in node.ids}
    told = {(there, name) for _, node in homes.values() for there in node.also for name in node.ids}
    shown = set[tuple[str, str]]()
    for sheet in sheets:
        for node in (node for node in sheet.nodes if node.again):
            if node.ref_sheet != homes.get(node.ref_id, ("", node))[0]:
                yield sheet.name, f"{node.id} refers to {node.ref_id} on {node.ref_sheet}, where it is not"
            shown.update((sheet.name, name) for name in node.again)
    for where, name in sorted(shown - told):
        yield where, f"{name} is drawn here again, and where it stands does not say so"
    for home, node in {id(node): (home, node) for home, node in homes.values()}.values():
        for there in node.also:
            if not any((there, name) in shown for name in node.ids):
                yield home, f"{node.id} says that {there} refers to it, which does not"


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
    for start in (node for node in sheet.nodes if node.ref_sheet and not node.again):
        seen = {start.ref_id} if start.line is not None else set()
        before, here = start.id, next(iter(ways[start.id]), "")
        passed = {start.id}
        while start.line is None and here in nodes and here not in passed:
            seen.update(nodes[here].meant)
            passed.add(here)
            if nodes[here].line is not None or len(ways[here]) != 2:
                break
            before, here = here, ways[here][ways[here][0] == before]
        found[sheet.name, start.id] = seen
    return found
