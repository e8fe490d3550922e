"""Drafts into the parts of a twin: references resolved, ways and runs made, joints, feeds and needs built.

Elements are taken in the order of their ids, so that the same facility gives the same twin whatever the order
of its files and keys.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from tierline.twin.diagnostics import Complaints
from tierline.twin.expand import MOST, Expansion
from tierline.twin.expand_amend import Amendments
from tierline.twin.expand_links import Group
from tierline.twin.expand_templates import Draft
from tierline.twin.kinds import BLOWERS, REJECTORS
from tierline.twin.model import Element, Feed, Interlock, Joint, Need
from tierline.twin.resolve_interlocks import interlocked
from tierline.twin.resolve_links import Linker
from tierline.twin.resolve_media import Media
from tierline.twin.resolve_parts import Parts
from tierline.twin.resolve_refs import Directory, Target
from tierline.twin.resolve_returns import Returns
from tierline.twin.resolve_steps import DEVICES
from tierline.twin.resolve_trips import tripped


@dataclass(frozen=True, slots=True)
class Resolved:
    """The physical part of a twin."""

    elements: dict[str, Element]
    joints: tuple[Joint, ...]
    feeds: tuple[Feed, ...]
    needs: tuple[Need, ...]
    serves: tuple[tuple[str, str], ...]
    given: frozenset[tuple[str, str]]
    interlocks: tuple[Interlock, ...]
    spares: tuple[tuple[str, str], ...]


_Links = list[tuple[Draft, Group, list[Target | None]]]


def resolve(made: Expansion, amendments: Amendments, complaints: Complaints) -> Resolved:
    """Resolve everything; what cannot be is complained of and left out."""
    directory = Directory(made, complaints)
    parts = Parts(made, amendments, complaints)
    drafts = [made.drafts[id] for id in sorted(made.drafts)]
    serves: list[tuple[str, str]] = []
    links: _Links = []
    tripping: _Links = []
    for draft in drafts:
        room = directory.room(draft, draft.room) if draft.room is not None else None
        parts.written(draft, room)
        for group in draft.groups:
            if group.word == "serves":
                rooms = [directory.room(draft, member) for member in group.members]
                serves.extend((draft.id, one) for one in rooms if one is not None)
                continue
            targets = [directory.find(draft, member) for member in group.members]
            (tripping if group.word == "trips" else links).append((draft, group, targets))
    media = Media(drafts)
    chains = [(made.drafts[a], made.drafts[b], at) for a, b, at in made.chains]
    media.spread([*_pairs(links), *((a, b) for a, b, _ in chains)], complaints)
    linker = Linker(parts, media, Returns(made, parts, complaints), complaints)
    for a, b, at in chains:
        linker.chain(a, b, at)
    for draft, group, targets in links:
        linker.group(draft, group, targets)
    for draft, group, targets in tripping:  # last: ways exist only once something uses them
        linker.needs.extend(tripped(draft, group, targets, parts.elements, complaints))
    _terminals(drafts, linker, media, complaints)
    _served_twice(drafts, complaints)
    _two_outputs(made, linker, serves, complaints)
    interlocks = interlocked(made.interlocks.values(), directory, parts.elements, complaints)
    _left_over(drafts, parts, amendments, directory, complaints)
    _names(made, parts, drafts, complaints)
    given = frozenset((draft.id, medium) for draft in drafts for medium in draft.given)
    joints, feeds, needs = _ordered(linker)
    elements = {id: parts.elements[id] for id in sorted(parts.elements)}
    spares = tuple((draft.id, way) for draft in drafts for way in sorted(draft.ways.own) if draft.ways.own[way].spare)
    return Resolved(elements, joints, feeds, needs, tuple(sorted(set(serves))), given, interlocks, spares)


def _names(made: Expansion, parts: Parts, drafts: list[Draft], complaints: Complaints) -> None:
    """Not too many, and none for a room and an element: reports and load cases speak of both by it."""
    if len(parts.elements) > MOST:
        complaints.add("too-many", drafts[0].at, count=len(parts.elements), limit=MOST, of="the facility")
    for id in sorted(made.rooms.keys() & parts.elements.keys()):
        related = [(made.rooms[id].at, "the room is declared here")]
        complaints.add("named-as-room", parts.elements[id].at, id=id, related=related, instance=id)


def _pairs(links: _Links) -> Iterator[tuple[Draft, Draft]]:
    """The connections along which an element takes the medium of its neighbour."""
    for draft, group, targets in links:
        if group.word != "needs":
            yield from ((draft, target.draft) for target in targets if target is not None)


def _served_twice(drafts: list[Draft], complaints: Complaints) -> None:
    """What blows into a duct cools a room through it: a second way past its dampers would hide them."""
    for draft in drafts:
        said = {group.word: group.at for group in draft.groups}
        if draft.kind in BLOWERS and {"to", "serves"} <= said.keys():
            related = [(said["to"], "it blows in here")]
            complaints.add("serves-through", said["serves"], id=draft.id, related=related, instance=draft.id)


def _terminals(drafts: list[Draft], linker: Linker, media: Media, complaints: Complaints) -> None:
    """A device has two ends; a third connection is a mistake. What only breathes the same air is none."""
    breathed = {index for feed in linker.feeds if feed.breathed for index in feed.joints}
    ends = (joint for index, joint in enumerate(linker.joints) if index not in breathed)
    degree = Counter(end for joint in ends for end in (joint.a, joint.b))
    for draft in drafts:
        if draft.kind in DEVICES and degree[draft.id] > 2:
            medium = media.out(draft)
            joined = [
                joint for joint in linker.joints if joint.medium is medium and draft.id in (joint.a, joint.b)
            ]
            if len(joined) > 2:
                related = [
                    (joint.at, f"joined to {joint.b if joint.a == draft.id else joint.a}") for joint in joined
                ]
                complaints.add(
                    "terminal-taken",
                    draft.at,
                    id=draft.id,
                    kind=draft.kind,
                    count=len(joined),
                    related=related,
                    instance=draft.id,
                )


def _two_outputs(
    made: Expansion, linker: Linker, serves: list[tuple[str, str]], complaints: Complaints
) -> None:
    """What rids a room of heat gives nothing to a circuit besides: one rating, one output."""
    serving = {id for id, _ in serves if made.drafts[id].kind in REJECTORS}
    giving = {joint.a: joint.medium for joint in linker.joints if joint.a in serving}
    for id, medium in sorted(giving.items()):
        complaints.add("two-outputs", made.drafts[id].at, id=id, medium=medium.value, instance=id)


def _left_over(
    drafts: list[Draft], parts: Parts, amendments: Amendments, directory: Directory, complaints: Complaints
) -> None:
    """Amendments that hit nothing, and ways that are listed and used by nothing."""
    for one in amendments.missed():
        if not directory.silent(one.address):
            help = complaints.suggest(one.address, chain(directory.addresses(), parts.elements))
            complaints.add("amend-misses", one.key.at, address=one.address, help=help, instance=one.address)
    if not complaints.errors:
        for draft in drafts:
            if draft.ways.own:
                parts.unused(draft)


def _ordered(linker: Linker) -> tuple[tuple[Joint, ...], tuple[Feed, ...], tuple[Need, ...]]:
    """Joints by their ends, feeds and needs by their element, indices following."""
    joints = linker.joints
    order = sorted(
        range(len(joints)), key=lambda index: (joints[index].a, joints[index].b, joints[index].medium)
    )
    place = {old: new for new, old in enumerate(order)}
    feeds = [replace(feed, joints=tuple(place[one] for one in feed.joints)) for feed in linker.feeds]
    feeds.sort(key=lambda feed: (feed.element, feed.name, feed.medium))
    needs = sorted(linker.needs, key=lambda need: (need.element, need.name))
    return tuple(joints[index] for index in order), tuple(feeds), tuple(needs)
