"""The parts of a twin without what a case leaves out: what goes with it, and what is missed for it.

An element whose need or supply loses its last member does not become free of it: the loss is kept, and lowering counts
the element out of service. Only a circuit that is not there trips nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from tierline.twin.kinds import CONTROLS, KINDS, STORES, Class
from tierline.twin.model import STOP, Absent, Element, Feed, Joint, Medium, Need, Origin
from tierline.twin.resolve import Resolved
from tierline.twin.resolve_interlocks import without
from tierline.twin.supplies import media_of

_TAKE = ("dc-supply", *CONTROLS)
"""Kinds of the path class that run on what they are given; the others of that class pass it on."""
_AT_A_HOST = (Origin.WAY, Origin.INCOMER)
_BETWEEN = (Origin.RUN, Origin.CORD)


@dataclass(frozen=True, slots=True)
class _Loss:
    """Joints before and after, and what supplied what."""

    elements: dict[str, Element]
    gone: set[str]
    upstream: dict[str, str]

    def source(self, joint: Joint) -> str:
        """The element its author named, at the far end of a joint that is no more."""
        name = joint.a
        while self.elements[name].origin in (*_AT_A_HOST, *_BETWEEN) and name in self.upstream:
            name = self.upstream[name]
        return name


def leave_out(whole: Resolved, out: Collection[str], rooms: Collection[str]) -> tuple[Resolved, Absent]:
    """What is left without the elements `out` and some rooms, and the record of what is absent and missed."""
    media = media_of(whole.elements.values(), whole.given)
    gone = _with_its_parts(whole, out)
    elements = {id: element for id, element in whole.elements.items() if id not in gone}
    joints: list[Joint] = []
    place: dict[int, int] = {}
    for index, joint in enumerate(whole.joints):
        if joint.a not in gone and joint.b not in gone:
            place[index] = len(joints)
            joints.append(joint)
    loss = _Loss(whole.elements, gone, {joint.b: joint.a for joint in whole.joints})
    feeds, lost = _feeds(whole, place, loss)
    needs = []
    for need in whole.needs:
        kept = tuple(member for member in need.members if member not in gone)
        if need.element in gone:
            continue
        if len(kept) == len(need.members) or _still_held(whole, need, kept):
            needs.append(replace(need, members=kept))
        elif need.name != STOP:
            lost.append(need)
    lost += _unfed(whole, joints, loss, lost)
    left = Resolved(
        elements,
        tuple(joints),
        tuple(feeds),
        tuple(needs),
        tuple((unit, room) for unit, room in whole.serves if unit not in gone and room not in rooms),
        frozenset(pair for pair in whole.given if pair[0] not in gone),
        without(whole.interlocks, gone),
        tuple(pair for pair in whole.spares if pair[0] not in gone),
    )
    absent = {id: whole.elements[id] for id in sorted(gone)}
    return left, Absent(absent, media, tuple(sorted(lost, key=lambda need: (need.element, need.name))))


def _still_held(whole: Resolved, need: Need, kept: tuple[str, ...]) -> bool:
    """Whether what is left of a need can hold it: what only watches does so only where nothing else ever did."""
    watching = {member for member in need.members if whole.elements[member].value("monitoring_only")}
    return not watching.issuperset(kept) or (bool(kept) and watching.issuperset(need.members))


def _with_its_parts(whole: Resolved, out: Collection[str]) -> set[str]:
    """Ways and own incomers go with what they stand at, runs and cords with either of their ends.

    The device of a way that served what is absent stays: a spare way, installed.
    """
    gone = set(out)
    here = [e for e in whole.elements.values() if e.origin in _AT_A_HOST]
    gone |= {e.id for e in here if e.id.rpartition(".")[0] in gone}
    gone |= {e.id for e in here if e.returns in gone}
    beside: dict[str, list[str]] = {}
    for joint in whole.joints:
        for one, other in ((joint.a, joint.b), (joint.b, joint.a)):
            if whole.elements[other].origin in _BETWEEN:
                beside.setdefault(one, []).append(other)
    work = list(gone)
    while work:
        for other in beside.get(work.pop(), ()):
            if other not in gone:
                gone.add(other)
                work.append(other)
    return gone


def _feeds(whole: Resolved, place: dict[int, int], loss: _Loss) -> tuple[list[Feed], list[Need]]:
    """The feeds with the joints they keep; one that is needed and keeps none is lost."""
    feeds, lost = [], []
    for feed in whole.feeds:
        if feed.element in loss.gone:
            continue
        kept = tuple(place[index] for index in feed.joints if index in place)
        if kept:
            feeds.append(replace(feed, joints=kept))
        elif feed.needed:
            members = tuple(loss.source(whole.joints[index]) for index in feed.joints)
            lost.append(Need(feed.element, feed.name, members, feed.at))
    return feeds, lost


def _unfed(whole: Resolved, joints: Iterable[Joint], loss: _Loss, lost: Iterable[Need]) -> list[Need]:
    """What runs on a medium, took some, and is joined to none of it any more."""
    fed = {(joint.b, joint.medium) for joint in joints}
    told = {need.element for need in lost}
    found: dict[tuple[str, Medium], list[Joint]] = {}
    for joint in whole.joints:
        taker = whole.elements[joint.b]
        hungry = taker.id not in loss.gone and (taker.id, joint.medium) not in fed
        if hungry and taker.id not in told and _runs_on_it(taker):
            found.setdefault((taker.id, joint.medium), []).append(joint)
    return [
        Need(id, medium.value, tuple(loss.source(joint) for joint in several), whole.elements[id].at)
        for (id, medium), several in found.items()
    ]


def _runs_on_it(element: Element) -> bool:
    if element.kind in STORES:
        return False
    return KINDS[element.kind].cls is not Class.PATH or element.kind in _TAKE
