"""H10: every element once, every reference paired, and joined on paper exactly as in the facility."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tierline.diagrams.lint.nets import Joined
from tierline.diagrams.lint.records import Sheet, Wanted
from tierline.diagrams.lint.references import one_sided, paired, references

Found = Iterator[tuple[str, str]]
"""The sheet, and what is wrong with it."""


def h10(sheets: Sequence[Sheet], wanted: Wanted) -> Found:
    """Completeness of all sheets together, and of each discipline what it joins."""
    for sheet in sheets:
        for name, times in Counter(sheet.xml_ids).items():
            if times > 1:
                yield sheet.name, f"the id {name} stands {times} times in the file"
        yield from ((sheet.name, words) for words in sheet.odd)
    pairs = paired(sheets)
    for (where, name), node in references(sheets).items():
        if (where, name) not in pairs:
            yield where, f"the reference {name} has no partner on {node.ref_sheet}"
    yield from one_sided(sheets)
    drawn = _places(sheets)
    yield from _once(drawn, wanted)
    yield from _joined(sheets, wanted, drawn.keys())


def _places(sheets: Sequence[Sheet]) -> dict[str, list[str]]:
    """The sheets on which each element stands."""
    where: dict[str, list[str]] = defaultdict(list)
    for sheet in sheets:
        for name in (one for node in sheet.nodes for one in node.ids):
            where[name].append(sheet.name)
        for name in (one for wire in sheet.wires for one in wire.runs):
            where[name].append(sheet.name)
    return where


def _once(drawn: Mapping[str, Sequence[str]], wanted: Wanted) -> Found:
    for name in sorted(wanted.ids - drawn.keys()):
        yield "", f"{name} is not drawn"
    for name, places in drawn.items():
        if len(places) > 1:
            yield places[0], f"{name} is drawn {len(places)} times: {', '.join(dict.fromkeys(places))}"
        if name not in wanted.known:
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
            stands[sheet.name, node.id] = node.meant
    for reference, partner in paired(sheets).items():
        joined.join(reference, partner)
    found: dict[Hashable, _Conductor] = {}
    paired_returns = {(sheet.name, node.id) for sheet in sheets for node in sheet.nodes if node.kind == "return"}
    every = [
        (sheet, n, wire)
        for sheet in sheets
        for n, wire in enumerate(sheet.wires)
        if not paired_returns & {(sheet.name, wire.a), (sheet.name, wire.b)}  # drawn with the supply, declared nowhere
    ]
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


def _joined(sheets: Sequence[Sheet], wanted: Wanted, drawn: Collection[str]) -> Found:
    """Nothing joined on paper that is not joined in the facility, discipline by discipline, and the other way round."""
    seen: dict[str, dict[str, set[Hashable]]] = {}
    for discipline in sorted({sheet.discipline for sheet in sheets if sheet.nodes}):  # tables join nothing
        mine = [sheet for sheet in sheets if sheet.discipline == discipline]
        pairs = [joints for of, joints in wanted.joints.items() if discipline in of]
        if not pairs:
            words = f"nobody knows what a sheet of {discipline or 'no discipline'} must show"
            yield from ((sheet.name, words) for sheet in mine)
            continue
        near: dict[str, set[str]] = defaultdict(set)
        for a, b in (pair for joints in pairs for pair in joints):
            near[a].add(b)
            near[b].add(a)
        conductors, stands = _conductors(mine)
        for one in conductors:
            if not _holds_together(one, stands, near, drawn):
                yield one.sheet, f"wire {', '.join(one.wires)} joins what the facility does not join"
        seen[discipline] = _shared(conductors, stands)
    for of, joints in wanted.joints.items():
        for a, b in sorted(joints):
            found = any(seen[one].get(a, set()) & seen[one].get(b, set()) for one in of if one in seen)
            if a in drawn and b in drawn and not found:
                yield "", f"{a} and {b} are joined, and no wire shows it"


def _shared(
    conductors: Sequence[_Conductor], stands: Mapping[Hashable, tuple[str, ...]]
) -> dict[str, set[Hashable]]:
    """For each element, the symbols and conductors it is part of: what is joined has one in common."""
    place: dict[str, set[Hashable]] = defaultdict(set)
    for end, ids in stands.items():
        for name in ids:
            place[name].add(end)
    for number, one in enumerate(conductors):
        for name in one.runs | {name for end in one.ends for name in stands[end]}:
            place[name].add(number)
    return place


def _holds_together(
    one: _Conductor,
    stands: Mapping[Hashable, tuple[str, ...]],
    near: Mapping[str, set[str]],
    drawn: Collection[str],
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
