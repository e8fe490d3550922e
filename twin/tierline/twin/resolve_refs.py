"""References into elements, ways and rooms; one that leads nowhere is told with the nearest name, a hole is
silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tierline.twin.diagnostics import Complaints, Related
from tierline.twin.expand import Expansion
from tierline.twin.expand_links import Member
from tierline.twin.expand_templates import Draft

_MANY = 200
"""Broken keys beyond which every reference may be theirs."""


class Target(NamedTuple):
    """What a reference leads to: an element, or a way of it."""

    draft: Draft
    way: str | None


class Directory:
    """All addresses of a facility."""

    def __init__(self, made: Expansion, complaints: Complaints) -> None:
        self._made = made
        self._drafts = made.drafts
        self._complaints = complaints
        self._bodies: dict[str, list[str]] | None = None

    def find(self, speaker: Draft, member: Member) -> Target | None:
        """What a reference of an element leads to; None, complained of, where it leads nowhere."""
        ref = member.ref
        path = ref[1:] if ref.startswith("/") else speaker.prefix + ref
        found = self._drafts.get(path)
        if found is not None:
            return Target(found, None)
        head, dot, way = path.rpartition(".")
        found = self._drafts.get(head) if dot else None
        if found is not None:
            return Target(found, way)
        if not self.silent(path, speaker.prefix):
            self._dangling(speaker, member, path)
        return None

    def room(self, speaker: Draft, member: Member) -> str | None:
        """The room a reference of an element leads to."""
        ref = member.ref
        path = ref[1:] if ref.startswith("/") else speaker.prefix + ref
        if path in self._made.rooms:
            return path
        if not self.silent(path, speaker.prefix):
            prefix = path.rpartition(".")[0]
            known = [
                id[len(prefix) + 1 if prefix else 0 :] for id in self._made.rooms if id.startswith(prefix)
            ]
            help = self._complaints.suggest(path.rpartition(".")[2], known)
            self._complaints.add("room-unknown", member.at, room=path, help=help, instance=speaker.id)
        return None

    def silent(self, path: str, prefix: str = "") -> bool:
        """Whether an address may belong to something broken, which is complained of already."""
        made = self._made
        if len(made.hole_prefixes) > _MANY:
            return True
        steps = path.split(".")
        if made.holes and any(".".join(steps[: count + 1]) in made.holes for count in range(len(steps))):
            return True
        local = path.removeprefix(prefix)
        return any(path.startswith(one) or local.startswith(one) for one in made.hole_prefixes)

    def _dangling(self, speaker: Draft, member: Member, path: str) -> None:
        shown = (
            path.removeprefix(speaker.prefix) if speaker.prefix and not member.ref.startswith("/") else path
        )
        related: Related = ((member.arg, "it is given here"),) if member.arg is not None else ()
        add = self._complaints.add
        inside = self._made.insides.get(path)
        if inside is not None:
            add("names-an-inside", member.at, ref=shown, kind=inside, instance=speaker.id, related=related)
            return
        steps = path.split(".")
        for count in range(len(steps) - 2, 0, -1):
            board = ".".join(steps[:count])
            if board in self._drafts:
                way = f"{board}.{steps[count]}"
                add("way-is-no-element", member.at, ref=shown, way=way, instance=speaker.id, related=related)
                return
        place = f"kind {speaker.path[-1].split(': kind ')[-1]}" if speaker.path else "the facility"
        help = self._nearest(path, speaker.prefix if path.startswith(speaker.prefix) else "")
        add(
            "reference-unknown",
            member.at,
            ref=shown,
            place=place,
            help=help,
            instance=speaker.id,
            related=related,
        )

    def _nearest(self, path: str, prefix: str) -> str | None:
        if self._bodies is None:
            self._bodies = {}
            for id, draft in self._drafts.items():
                self._bodies.setdefault(draft.prefix, []).append(id[len(draft.prefix) :])
            for id in self._made.insides:
                self._bodies.setdefault("", []).append(id)
        local = path[len(prefix) :]
        known = self._bodies.get(prefix, [])
        head, dot, _ = local.rpartition(".")
        whole = self._complaints.suggest(local, known)
        if whole is not None or not dot:
            return whole
        return self._complaints.suggest(head, known)

    def addresses(self) -> Iterator[str]:
        """Every address an amendment may name, apart from ways and what hangs on them."""
        yield from self._drafts
        yield from self._made.insides
        yield from self._made.rooms
