"""Trips: everything a release, a panel or an emergency circuit opens runs only while that circuit holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_links import Group
from tierline.twin.expand_templates import Draft
from tierline.twin.kinds import CONTROLS, DATA, KINDS, Class
from tierline.twin.model import STOP, Element, Need
from tierline.twin.resolve_refs import Target

_CANNOT = frozenset(
    (
        *CONTROLS,
        *DATA,
        *("board", "bus", "busduct", "cable", "cord", "transformer", "battery", "tank", "day-tank"),
        *("header", "section", "pipe", "check-valve", "strainer", "vessel", "duct"),
    )
)
"""Nothing moves in them, or they are circuits themselves: whose loss trips is said at each circuit."""


def tripped(
    speaker: Draft,
    group: Group,
    found: list[Target | None],
    elements: Mapping[str, Element],
    complaints: Complaints,
) -> Iterator[Need]:
    """The needs that one `trips` makes, one for each element it names."""
    for member, target in zip(group.members, found, strict=True):
        if target is None:
            continue
        id = target.draft.id if target.way is None else f"{target.draft.id}.{target.way}"
        element = elements.get(id)
        if element is None:
            complaints.add("trips-nothing", member.at, way=id, instance=speaker.id)
        elif element.kind in _CANNOT or KINDS[element.kind].cls not in (Class.CAPACITY, Class.PATH):
            complaints.add("trips-what", member.at, id=id, kind=element.kind, instance=speaker.id)
        else:
            yield Need(id, STOP, (speaker.id,), member.at)
