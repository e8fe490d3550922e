"""Rooms of a body: keys with blanks, and their values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tierline.twin.assumptions import Ledger
from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_amend import Amendments
from tierline.twin.expand_blanks import parse_key
from tierline.twin.expand_document import Entry
from tierline.twin.expand_fields import Layer, blanks, filled, is_data, layer, read
from tierline.twin.expand_frames import Frame
from tierline.twin.model import Room
from tierline.twin.source import Hole, Map, Scalar
from tierline.twin.spec.check import complain
from tierline.twin.spec.file import Room as RoomModel
from tierline.twin.spec.links import ID
from tierline.twin.units import Fault

if TYPE_CHECKING:
    from tierline.twin.expand import Expansion


def make_rooms(
    entries: Iterable[Entry],
    frame: Frame,
    made: Expansion,
    amendments: Amendments,
    ledger: Ledger,
    complaints: Complaints,
) -> None:
    """The rooms of one instance of a body."""
    for entry in entries:
        try:
            _rooms(entry, frame, made, amendments, ledger, complaints)
        except Fault as fault:
            complain(fault, entry.key, complaints)
            made.hole_prefixes.add(frame.prefix + entry.key.text.split("<")[0])


def _rooms(
    entry: Entry,
    frame: Frame,
    made: Expansion,
    amendments: Amendments,
    ledger: Ledger,
    complaints: Complaints,
) -> None:
    key = parse_key(entry.key.text)
    binders = frame.scope.binders(key)
    frame.total(key, binders)
    own = _own(entry, frame, binders, complaints)
    at = entry.key.at
    for env in frame.bindings(key, binders):
        name = key.pattern.fill(env)
        id = frame.prefix + name
        if not ID.fullmatch(name):
            complaints.add("not-an-id", at, text=name)
        elif id in made.rooms:
            related = [(made.rooms[id].at, "first declared here")]
            complaints.add("declared-twice", at, id=id, related=related, instance=id)
        elif own is None:
            made.holes.add(id)
        else:
            fields = {}
            for each in own.fields.values():
                value = read(each, env, ledger, complaints, id) if is_data(each.name, each.type) else None
                if value is not None:
                    fields[each.name] = value
            fields = amendments.fields(id, RoomModel, fields, "a room")
            kind = filled(own.fields["kind"].node, env) if "kind" in own.fields else None
            named = kind.text if isinstance(kind, Scalar) else "room"
            made.rooms[id] = Room(id, at, named, fields.get("heat"), fields)


def _own(entry: Entry, frame: Frame, binders: tuple[str, ...], complaints: Complaints) -> Layer | None:
    """The fields of a room; None, complained of, where they cannot be read."""
    node = entry.node
    if not isinstance(node, Map):
        if not isinstance(node, Hole):
            wanted = "a map, such as {heat: 90 kW}"
            complaints.add("wrong-form", node.at, found="something else", wanted=wanted)
        return None
    good = True
    for scalar, pattern in blanks([node]):
        fault = frame.scope.unbound(pattern.names, binders)
        if pattern.spread is not None:
            fault = Fault("spread-outside-list", text=scalar.text)
        if fault is not None:
            complain(fault, scalar, complaints)
            good = False
    own = layer(RoomModel, node, entry.outer, entry.key.text, complaints, "a room")
    return own if good else None
