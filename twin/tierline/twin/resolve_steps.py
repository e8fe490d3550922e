"""What lies between two connected elements: a way and its run, a run alone, or nothing."""

from __future__ import annotations

from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_links import LIST, Group, Member
from tierline.twin.expand_templates import Draft
from tierline.twin.kinds import BLOWERS, CONTROLS, DATA, GEAR, WAY_DEVICES
from tierline.twin.model import Medium, Origin
from tierline.twin.resolve_parts import Parts
from tierline.twin.resolve_refs import Target

DEVICES = frozenset((*WAY_DEVICES, "control-valve", "check-valve"))
"""Two-terminal things that are bolted to what they stand at."""
_RUNS = frozenset(("cable", "pipe", "duct", "strainer"))
WITH_WAYS_ONLY = frozenset(("board", "busduct", "header", "section"))
"""What is joined by its ways, except by a device."""
_NO_WAYS = DEVICES | _RUNS - {"duct"} | BLOWERS | {"rack", "racks", "load", *CONTROLS, *DATA}


class Steps:
    """Makes what lies between an element and what it names, and lists it from there to here."""

    def __init__(self, parts: Parts, complaints: Complaints) -> None:
        self._parts, self._complaints = parts, complaints

    def between(
        self,
        speaker: Draft,
        group: Group,
        member: Member,
        target: Target,
        medium: Medium,
        label: str | None,
        own: bool,
    ) -> list[str] | None:
        """From the other element to the speaker, what lies between, without the speaker's own device."""
        other = target.draft
        if other.id == speaker.id:
            self._complaints.add("joined-to-itself", member.at, id=other.id, instance=speaker.id)
            return None
        if target.way is not None:
            return self._by_way(speaker, group, member, target, medium)
        if medium is Medium.DATA or _bolted(speaker.kind, other.kind):
            return [other.id]
        if other.kind in WITH_WAYS_ONLY:
            self._complaints.add(
                "name-a-way", member.at, board=other.id, kind=other.kind, instance=speaker.id
            )
            return None
        if plugged(speaker, group):
            return [other.id]
        run = f"{speaker.id}.{label}.w" if own else self._run_id(speaker, group, member, other)
        return [other.id, self._parts.bare_run(run, speaker, medium, member.at)]

    def _run_id(self, speaker: Draft, group: Group, member: Member, other: Draft) -> str:
        if member.label is not None:
            return f"{speaker.id}.{member.label}"
        if group.form == LIST:
            return f"{speaker.id}.{group.name}.{_local(other.id, speaker.prefix)}"
        return f"{speaker.id}.{group.name}"

    def _by_way(
        self, speaker: Draft, group: Group, member: Member, target: Target, medium: Medium
    ) -> list[str] | None:
        board = target.draft
        way = target.way or ""
        if board.kind in _NO_WAYS:
            self._complaints.add(
                "no-ways",
                member.at,
                ref=f"{board.id}.{way}",
                id=board.id,
                kind=board.kind,
                instance=speaker.id,
            )
            return None
        if way == "way":
            way = _local(speaker.id, board.prefix)
        if not self._parts.take_way(board, way, speaker, member.at):
            return None
        device = self._parts.device(board, way, medium, member.at, Origin.WAY)
        if device.kind == "tap-off" and plugged(speaker, group):
            return [board.id, device.id]
        return [board.id, device.id, self._parts.run(board, way, medium, member.at)]


def plugged(speaker: Draft, group: Group) -> bool:
    """Whether an element is supplied through plugs: a rack by its cords, a point-of-use switch by its inputs,
    network gear by its needs."""
    return (
        (group.word == "cords" and speaker.kind != "load")
        or (group.word == "inputs" and speaker.kind == "pou-switch")
        or (group.word == "needs" and speaker.kind in GEAR)
    )


def _bolted(speaker: str, other: str) -> bool:
    """Whether a bare reference is a joint without a run."""
    return other == "bus" or not {speaker, other}.isdisjoint(DEVICES | _RUNS)


def _local(id: str, prefix: str) -> str:
    """A path as a way's name: without what it shares with the board's body, dots to dashes."""
    return id.removeprefix(prefix).replace(".", "-")
