"""Interlocks with their devices found, and judged: each must forbid something, and allow normal service."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_links import Member
from tierline.twin.expand_templates import Draft
from tierline.twin.kinds import WAY_DEVICES
from tierline.twin.model import Element, Interlock, Location
from tierline.twin.resolve_refs import Directory

SWITCHING = frozenset((*WAY_DEVICES, "control-valve"))
"""What has an open and a closed position that people choose."""


def interlocked(
    drafts: Iterable[Draft], directory: Directory, elements: Mapping[str, Element], complaints: Complaints
) -> tuple[Interlock, ...]:
    """The interlocks of a facility by id; what is wrong in one is complained of, and it is left out."""
    found: list[Interlock] = []
    for draft in sorted(drafts, key=lambda draft: draft.id):
        for group in draft.groups:
            devices: dict[str, Location] = {}
            for member in group.members:
                id = _device(draft, member, directory, elements, complaints)
                if id in devices:
                    related = [(devices[id], "first named here")]
                    complaints.add("interlock-twice", member.at, id=id, related=related, instance=draft.id)
                elif id is not None:
                    devices[id] = member.at
            if len(group.members) < 2:
                complaints.add("interlock-few", group.at, count=len(group.members), instance=draft.id)
            elif len(devices) == len(group.members):
                found += _made(draft, tuple(sorted(devices)), complaints)
    return tuple(found)


def _device(
    draft: Draft, member: Member, directory: Directory, elements: Mapping[str, Element], complaints: Complaints
) -> str | None:
    """The device a member names; None, complained of, where it names none."""
    target = directory.find(draft, member)
    if target is None:
        return None
    id = target.draft.id if target.way is None else f"{target.draft.id}.{target.way}"
    element = elements.get(id)
    if element is None:
        complaints.add("interlock-way", member.at, way=id, instance=draft.id)
    elif element.kind not in SWITCHING:
        complaints.add("interlock-what", member.at, id=id, kind=element.kind, instance=draft.id)
    elif element.returns:
        complaints.add("interlock-return", member.at, id=id, supply=element.returns, instance=draft.id)
    else:
        return id
    return None


def _made(draft: Draft, devices: tuple[str, ...], complaints: Complaints) -> Iterator[Interlock]:
    said = draft.fields.get("closed")
    closed = said.of if said is not None and isinstance(said.of, int) else 1
    if said is not None and closed >= len(devices):
        count, most = len(devices), len(devices) - 1
        complaints.add("interlock-idle", said.at, instance=draft.id, closed=closed, count=count, most=most)
    else:
        yield Interlock(draft.id, devices, closed, draft.at, draft.fields)


def without(interlocks: Iterable[Interlock], gone: Collection[str]) -> tuple[Interlock, ...]:
    """What is left of interlocks where some devices are not there; one that forbids nothing any more is none."""
    left = (replace(one, elements=tuple(id for id in one.elements if id not in gone)) for one in interlocks)
    return tuple(one for one in left if len(one.elements) > one.closed)


def allow_normal(interlocks: Iterable[Interlock], elements: Mapping[str, Element], complaints: Complaints) -> bool:
    """Whether interlocks allow the positions of normal service; each that does not is complained of."""
    good = True
    for one in interlocks:
        closed = [elements[id] for id in one.elements if not elements[id].normally_open]
        if len(closed) > one.closed:
            related = [(_position(each), f"{each.id} is closed") for each in closed]
            good, allowed, count = False, one.closed, len(closed)
            add = complaints.add
            add("interlock-normally", one.at, id=one.id, closed=allowed, count=count, related=related, instance=one.id)
    return good


def _position(element: Element) -> Location:
    """Where its position in normal service is said, or else where it is from."""
    said = element.fields.get("normally")
    return said.at if said is not None else element.at
