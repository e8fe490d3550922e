"""Loops and lines: a chain of parts, each an element of its own, joined to its neighbours in the order
written.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_amend import Amendments
from tierline.twin.expand_templates import Draft
from tierline.twin.expand_ways import NO_WAYS
from tierline.twin.model import Location, Medium, Origin
from tierline.twin.source import Hole, Items, Map, Node, Scalar
from tierline.twin.spec.kinds import MODELS

if TYPE_CHECKING:
    from tierline.twin.expand import Expansion

LOOPS = ("loop", "line")
_RETURNS = (Medium.CHILLED_WATER, Medium.CONDENSER_WATER)
"""What comes back: a chain of it must say how."""
_LETTERS = {"s": "section", "v": "valve", "d": "damper"}
_OF_THE_CHAIN = ("return", "name", "note")
_ALLOWED = frozenset(
    (
        "section",
        "valve",
        "damper",
        "control-valve",
        "check-valve",
        "strainer",
        "vessel",
        "pipe",
        "header",
        "pump",
        "duct",
        "fan",
    )
)
_ON_ONE_SIDE = ("pump", "fan")
"""What drives a circuit stands in its supply or in its return, and is not there twice."""


def open_loop(
    loop: Draft, parts: Node | None, made: Expansion, amendments: Amendments, complaints: Complaints
) -> None:
    """The parts of one loop or line, and who stands beside whom."""
    made.insides[loop.id] = loop.kind
    _judge(loop, complaints)
    if not isinstance(parts, Items):
        if "parts" not in loop.broken:
            complaints.add("field-missing", loop.at, field="parts", of=f"a {loop.kind}", instance=loop.id)
        made.holes.add(loop.id)
        return
    fields = {key: value for key, value in loop.fields.items() if key not in _OF_THE_CHAIN}
    ids: list[tuple[str, Location]] = []
    for part in parts.items:
        named = _named(part, complaints)
        if named is None:
            made.holes.add(loop.id)
            continue
        name, kind = named
        entry = f"{loop.id}.{name}", part.at
        first = made.folded.setdefault(entry[0].casefold(), entry)
        if first is not entry:
            related = [(first[1], "first named here")]
            complaints.add("declared-twice", part.at, id=entry[0], related=related, instance=loop.id)
            continue
        bare = replace(loop, fields=fields, groups=(), given=(), ways=NO_WAYS, origin=Origin.PART)
        draft = replace(bare, id=entry[0], kind=kind, at=part.at, label=f"{loop.label}.{name}")
        made.drafts[draft.id] = amendments.draft(draft)
        ids.append(entry)
    _join(loop, ids, made)
    if loop.text("return") == "mirrored":
        _join(loop, [_returned(loop, id, at, made, amendments, complaints) for id, at in ids], made)


def _join(loop: Draft, ids: list[tuple[str, Location]], made: Expansion) -> None:
    """Neighbours stand side by side, and in a loop the last beside the first."""
    made.chains.extend((a, b, at) for (a, _), (b, at) in pairwise(ids))
    if loop.kind == "loop" and len(ids) > 2:
        made.chains.append((ids[-1][0], ids[0][0], ids[-1][1]))


def _returned(
    loop: Draft, id: str, at: Location, made: Expansion, amendments: Amendments, complaints: Complaints
) -> tuple[str, Location]:
    """The counterpart of a part in the return: what is said of the part holds for it, unless it is amended itself."""
    part, name = made.drafts[id], id.removeprefix(f"{loop.id}.")
    if part.kind in _ON_ONE_SIDE:
        complaints.add("mirrored-pump", at, kind=part.kind, instance=id)
    entry = f"{loop.id}.return.{name}", at
    if made.folded.setdefault(entry[0].casefold(), entry) is not entry:
        complaints.add("declared-twice", at, id=entry[0], instance=loop.id)
    needs = tuple(group for group in part.groups if group.word == "needs")
    label = f"{loop.label}.return.{name}"
    made.drafts[entry[0]] = amendments.draft(replace(part, id=entry[0], label=label, groups=needs, returns=id))
    made.returns[id] = entry[0]
    return entry


def _judge(loop: Draft, complaints: Complaints) -> None:
    """What must be said of the chain as a whole."""
    carries, way = loop.text("carries"), loop.text("return")
    if carries is None and "carries" not in loop.broken:
        complaints.add("loop-carries", loop.at, kind=loop.kind, instance=loop.id)
    if way is None and "return" not in loop.broken and carries in _RETURNS:
        complaints.add("loop-return", loop.at, instance=loop.id)
    if way == "mirrored" and carries not in (None, *_RETURNS):
        complaints.add("mirrored-what", loop.fields["return"].at, carries=carries)


def _named(part: Node, complaints: Complaints) -> tuple[str, str] | None:
    """The name and kind of a part: `v12`, or `{strainer: st1}`."""
    if isinstance(part, Scalar):
        return part.text, _LETTERS[part.text[0]]
    if isinstance(part, Map):
        kind, name = next(iter(part.values.items()), ("", None))
        if isinstance(name, Scalar):
            if kind in _ALLOWED and kind in MODELS:
                return name.text, kind
            help = complaints.suggest(kind, _ALLOWED)
            complaints.add(
                "part-kind", part.keys[kind].at, kind=kind, known=", ".join(sorted(_ALLOWED)), help=help
            )
    elif not isinstance(part, Hole):
        complaints.add("not-a-part", part.at, text="a list")
    return None
