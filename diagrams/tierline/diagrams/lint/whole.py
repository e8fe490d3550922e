"""H10: every element once, every reference paired, and joined on paper exactly as in the facility."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tierline.diagrams.lint.nets import Joined
from tierline.diagrams.lint.records import Sheet, Wanted
from tierline.diagrams.lint.references import paired, references

Found = Iterator[tuple[str, str]]
"""The sheet, and what is wrong with it."""


def h10(sheets: Sequence[Sheet], wanted: Mapping[str, Wanted]) -> Found:
    """Completeness of all sheets together, view by view."""
    for sheet in sheets:
        for name, times in Counter(sheet.xml_ids).items():
            if times > 1:
                yield sheet.name, f"the id {name} stands {times} times in the file"
        yield from ((sheet.name, words) for words in sheet.odd)
    pairs = paired(sheets)
    yield from (
        (sheet, f"the reference {name} has no partner on {node.ref_sheet}")
        for (sheet, name), node in references(sheets).items()
        if (sheet, name) not in pairs
    )
    for view in sorted({sheet.view for sheet in sheets} | set(wanted)):
        of_view = [sheet for sheet in sheets if sheet.view == view]
        if view in wanted:
            yield from _once(of_view, wanted[view])
            yield from _joined(of_view, wanted[view])
        else:
            words = f"nobody knows what a sheet of {view or 'no view'} must show"
            yield from ((sheet.name, words) for sheet in of_view)


def _once(sheets: Sequence[Sheet], wanted: Wanted) -> Found:
    where: dict[str, list[str]] = defaultdict(list)
    for sheet in sheets:
        for name in (one for node in sheet.nodes for one in node.ids):
            where[name].append(sheet.name)
        for name in (one for wire in sheet.wires for one in wire.runs):
            where[name].append(sheet.name)
    for name in sorted(wanted.ids - where.keys()):
        yield "", f"{name} is not drawn"
    for name, places in where.items():
        if len(places) > 1:
            yield places[0], f"{name} is drawn {len(places)} times: {', '.join(dict.fromkeys(places))}"
        if name not in wanted.known | wanted.ids:
            yield places[0], f"{name} is drawn, and is no element of the facility"


@dataclass(slots=True)
class _Conductor:
    """Wires that are one on paper, across junctions and references: where they end, and the runs they show."""

    sheet: str
    wires: list[str] = field(default_factory=list)
    ends: set[Hashable] = field(default_factory=set)
    runs: set[str] = field(default_factory=set)


def _conductors(sheets: Sequence[Sheet]) -> tuple[list[_Conductor], dict[Hashable, tuple[str, ...]]]:
    """The conductors of a view, and the elements that each of their ends stands for."""
    joined, stands = Joined(), dict[Hashable, tuple[str, ...]]()
    for sheet in sheets:
        for node in sheet.nodes:
            stands[sheet.name, node.id] = node.ids
    for reference, partner in paired(sheets).items():
        joined.join(reference, partner)
    found: dict[Hashable, _Conductor] = {}
    every = [(sheet, n, wire) for sheet in sheets for n, wire in enumerate(sheet.wires)]
    for sheet, n, wire in every:
        for end in (wire.a, wire.b):
            if not stands.get((sheet.name, end), ()):
                joined.join((sheet.name, n), (sheet.name, end))
    for sheet, n, wire in every:
        one = found.setdefault(joined.top((sheet.name, n)), _Conductor(sheet.name))
        one.wires.append(wire.id)
        one.runs.update(wire.runs)
        one.ends.update((sheet.name, end) for end in (wire.a, wire.b) if stands.get((sheet.name, end), ()))
    return list(found.values()), stands


def _joined(sheets: Sequence[Sheet], wanted: Wanted) -> Found:
    conductors, stands = _conductors(sheets)
    drawn = {name for ids in stands.values() for name in ids} | {name for c in conductors for name in c.runs}
    near: dict[str, set[str]] = defaultdict(set)
    for a, b in wanted.joints | wanted.other_joints:
        near[a].add(b)
        near[b].add(a)
    place: dict[str, set[Hashable]] = defaultdict(set)
    for end, ids in stands.items():
        for name in ids:
            place[name].add(end)
    for number, one in enumerate(conductors):
        for name in one.runs | {name for end in one.ends for name in stands[end]}:
            place[name].add(number)
        if not _holds_together(one, stands, near, drawn):
            yield one.sheet, f"wire {', '.join(one.wires)} joins what the facility does not join"
    for a, b in sorted(wanted.joints):
        if a in drawn and b in drawn and not place[a] & place[b]:
            yield "", f"{a} and {b} are joined, and no wire shows it"


def _holds_together(
    one: _Conductor, stands: Mapping[Hashable, tuple[str, ...]], near: Mapping[str, set[str]], drawn: set[str]
) -> bool:
    """Are all ends and runs of a conductor joined by it alone, or by what is drawn nowhere?"""
    own, parts = set(one.runs), Joined()
    for end in one.ends:
        own.update(stands[end])
        for name in stands[end]:
            parts.join(name, stands[end][0])
    seen, left = set(own), list(own)
    while left:
        name = left.pop()
        for other in near.get(name, ()):
            if other in own or other not in drawn:
                parts.join(name, other)
                if other not in seen:
                    seen.add(other)
                    left.append(other)
    return len({parts.top(name) for name in own}) <= 1
