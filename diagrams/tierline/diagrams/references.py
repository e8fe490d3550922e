"""What several disciplines draw: it stands on the sheet of one, and the others refer to it.

Promises: every element stands on exactly one sheet; every reference names the sheet and the element, and the element
names the sheets that refer to it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from tierline.diagrams.order import in_order, number
from tierline.diagrams.sheets import Plan
from tierline.diagrams.view import Bay, Node, Part, Role, View
from tierline.twin.kinds import KINDS
from tierline.twin.model import Medium

_ELSEWHERE = (Role.REFERENCE, Role.ARRIVAL)
_OFTEN = 6
"""So many ways from one sheet are told in a note."""
Item = TypeVar("Item", Node, Part)
_OF_POWER = (Medium.POWER, Medium.DC)


@dataclass(frozen=True, slots=True)
class _Place:
    sheet: str
    discipline: str
    kind: str
    ways: tuple[str, ...] = ()
    """The ways that supply it there."""

    @property
    def words(self) -> tuple[str, ...]:
        """The sheet, and below it the ways on it."""
        return (f"{number(self.sheet)}:", *self.ways) if self.ways else (number(self.sheet),)


def linked(plans: list[Plan]) -> list[Plan]:
    """The plans, with what stands on another sheet made a reference to it."""
    places: dict[str, list[_Place]] = {}
    for plan in plans:
        for name, place in _drawn(plan):
            places.setdefault(name, []).append(place)
    shared = {name: _home_first(found) for name, found in places.items() if len(found) > 1}
    return [_plan(plan, shared) for plan in plans] if shared else plans


def _plan(plan: Plan, shared: dict[str, list[_Place]]) -> Plan:
    """A sheet with its references; where most of its ways stand on one other sheet, a note says so once."""
    homes = [found for found in shared.values() if found[0].sheet == plan.name and len(found) == 2]
    there = Counter(other.sheet for _, other in homes if other.ways)
    usual, count = max(there.items(), key=lambda one: (one[1], one[0]), default=("", 0))
    if count < _OFTEN:
        return replace(plan, view=_linked(plan, shared, ""))
    note = f"Ways in italics without a sheet supply from {number(usual)}."
    return replace(plan, view=_linked(plan, shared, usual), notes=(*plan.notes, note))


def _home_first(found: list[_Place]) -> list[_Place]:
    """Machines of the power system stand with it, everything else with what flows through it."""
    kind = KINDS.get(found[0].kind)
    at_power = kind is not None and kind.medium in _OF_POWER
    return sorted(found, key=lambda place: (place.discipline == "power") is not at_power)


def _drawn(plan: Plan) -> Iterable[tuple[str, _Place]]:
    """What a sheet draws, but for what already is a reference."""
    into: dict[str, list[Bay]] = defaultdict(list)
    for bay in plan.view.bays:
        if not bay.tie:
            into[bay.bottom].append(bay)
    for node in plan.view.nodes.values():
        if node.role in _ELSEWHERE or node.sheet:
            continue
        for n, name in enumerate(node.ids):
            ways = tuple(filter(None, (_way(bay, n) for bay in into[node.id])))
            yield name, _Place(plan.name, plan.discipline, node.kind, ways)
    for bay in plan.view.bays:
        for part in bay.parts:
            for name in part.ids:
                yield name, _Place(plan.name, plan.discipline, part.kind)


def _way(bay: Bay, n: int) -> str:
    if not bay.parts or not bay.parts[0].id.startswith(f"{bay.top}."):
        return ""
    ids = bay.parts[0].ids
    return ids[min(n, len(ids) - 1)]


def _linked(plan: Plan, shared: dict[str, list[_Place]], usual: str) -> View:
    nodes = {key: _node(node, plan.name, shared, usual) for key, node in plan.view.nodes.items()}
    bays = tuple(
        replace(bay, parts=tuple(_marked(part, plan.name, shared, usual) for part in bay.parts))
        for bay in plan.view.bays
    )
    return View(nodes, bays)


def _node(node: Node, here: str, shared: dict[str, list[_Place]], usual: str) -> Node:
    if node.role in _ELSEWHERE or node.sheet:
        return node
    return _marked(node, here, shared, usual)


def _marked(item: Item, here: str, shared: dict[str, list[_Place]], usual: str) -> Item:
    known = [name for name in item.ids if name in shared]
    if not known:
        return item
    home = shared[known[0]][0]
    if home.sheet != here:
        sheets = in_order({shared[name][0].sheet for name in known})
        marks = (", ".join(number(sheet) for sheet in sheets),)
        return replace(item, sheet=home.sheet, beyond=known[0], marks=marks)
    others = [place for name in known for place in shared[name][1:]]
    words = dict.fromkeys(word for place in others for word in place.words)
    if len(others) == 1 and others[0].ways and others[0].sheet == usual:
        words = dict.fromkeys(others[0].ways)
    return replace(item, marks=tuple(words), also=tuple(in_order({place.sheet for place in others})))
