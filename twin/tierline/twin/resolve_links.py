"""Connections into joints, feeds and needs: what each word means between two elements."""

from __future__ import annotations

from itertools import pairwise

from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_links import MAP, Group, Member
from tierline.twin.expand_templates import Draft
from tierline.twin.kinds import BLOWERS, CONTROLS, KINDS, SELECTORS, TRIPPING, Class
from tierline.twin.model import STOP, Feed, Joint, Location, Medium, Mode, Need, Origin
from tierline.twin.resolve_media import Media
from tierline.twin.resolve_parts import Parts
from tierline.twin.resolve_refs import Target
from tierline.twin.resolve_returns import Returns
from tierline.twin.resolve_steps import WITH_WAYS_ONLY, Steps, plugged
from tierline.twin.spec.links import STEP

_SUPPLIES = frozenset(
    (*SELECTORS, "ups", "tank", "day-tank", "battery", "dc-supply", "transformer", "genset", "utility", "bus")
)
_MOTORS = frozenset(("pump", "fan", "chiller", "tower", "dry-cooler", "crah", "cdu", "crac", "cooling-unit"))
_LOADS = frozenset(("rack", "racks", "load"))
_ORIGINS = frozenset(("utility", "genset", "battery"))


class Linker:
    """Builds the joints of a twin, one group of references after another."""

    def __init__(self, parts: Parts, media: Media, returns: Returns, complaints: Complaints) -> None:
        self._parts, self._media, self._returns, self._complaints = parts, media, returns, complaints
        self._steps = Steps(parts, complaints)
        self.joints: list[Joint] = []
        self.feeds: list[Feed] = []
        self.needs: list[Need] = []
        self._pairs: dict[tuple[str, str, Medium], Location] = {}

    def group(self, speaker: Draft, group: Group, found: list[Target | None]) -> None:
        """Everything one connection word of an element says."""
        pairs = [
            (member, target)
            for member, target in zip(group.members, found, strict=True)
            if target is not None
        ]
        named = next((one for one in pairs if one[1].draft.returns), None)
        if named is not None:
            id, supply = named[1].draft.id, named[1].draft.returns
            self._complaints.add("return-named", named[0].at, id=id, supply=supply, instance=speaker.id)
        elif group.word == "needs" and (group.name == STOP or any(t.draft.kind in TRIPPING for _, t in pairs)):
            self._complaints.add("trips-say-so", group.at, name=group.name, id=speaker.id, instance=speaker.id)
        elif group.word == "needs":
            self._needs(speaker, group, pairs)
        elif group.word == "between":
            self._between(speaker, group, pairs)
        elif group.word == "to":
            for member, target in pairs:
                self._outward(speaker, group, member, target)
        else:
            self._supply(speaker, group, pairs)

    def chain(self, a: Draft, b: Draft, at: Location) -> None:
        """Neighbours in a loop or line."""
        medium = self._media.out(a)
        if medium is not None:
            self._joint(a.id, b.id, medium, KINDS[a.kind].one_way or KINDS[b.kind].one_way, at)

    def _supply(self, speaker: Draft, group: Group, pairs: list[tuple[Member, Target]]) -> None:
        """`from`, `inputs`, `cords`: one feed each."""
        joints: dict[str, list[int]] = {}
        medium = None
        for index, (member, target) in enumerate(pairs):
            label = member.label or (_letter(index) if plugged(speaker, group) else None)
            last = self._inward(speaker, group, member, target, label)
            if last is not None:
                medium = self.joints[last].medium
                joints.setdefault(label or "", []).append(last)
        ordered = self._preferred(speaker, group, joints)
        if medium is None or not ordered:
            return
        mode = {"inputs": Mode.SELECT, "cords": Mode.SHARE}.get(group.word, Mode.JOINED)
        needed = KINDS[speaker.kind].cls is Class.CONSUMER
        self.feeds.append(Feed(speaker.id, group.name, medium, mode, tuple(ordered), needed, group.at))

    def _preferred(self, speaker: Draft, group: Group, joints: dict[str, list[int]]) -> list[int]:
        """The joints of a feed, the preferred ones first."""
        if group.word == "inputs":
            value = speaker.fields.get("prefer")
            wanted = value.of if value is not None and isinstance(value.of, tuple) else ()
            if group.form != MAP and value is not None:
                self._complaints.add("prefer-unnamed", value.at, instance=speaker.id)
            elif (
                group.form == MAP
                and value is None
                and "prefer" not in speaker.broken
                and len(group.members) > 1
            ):
                names = ", ".join(member.label or "" for member in group.members)
                self._complaints.add("prefer-missing", group.at, names=names, instance=speaker.id)
            elif value is not None:
                known = [member.label for member in group.members]
                for name in wanted:
                    if name not in known:
                        self._complaints.add(
                            "word-unknown", value.at, text=name, known=", ".join(str(one) for one in known)
                        )
                joints = {name: joints[name] for name in (*wanted, *sorted(joints)) if name in joints}
        return [one for several in joints.values() for one in several]

    def _inward(
        self,
        speaker: Draft,
        group: Group,
        member: Member,
        target: Target,
        label: str | None,
        needs: bool = False,
    ) -> int | None:
        """Join an element to one supply; the index of the last joint."""
        medium = self._medium(speaker, member, target.draft)
        if label is not None and not STEP.fullmatch(label):
            self._complaints.add("not-an-id", member.at, text=label, instance=speaker.id)
            return None
        if medium is None:
            return None
        if not needs and not self._media.accepts(speaker, medium):
            self._wrong_medium(speaker, member, target, medium)
            return None
        own = group.word == "from" and group.form == MAP
        steps = self._steps.between(speaker, group, member, target, medium, label, own)
        if steps is None:
            return None
        if plugged(speaker, group):
            steps.append(self._parts.cord(f"{speaker.id}.{label}", speaker, member.at))
        if own and label is not None:
            if not self._parts.take_way(speaker, label, speaker, member.at):
                return None
            steps.append(self._parts.device(speaker, label, medium, member.at, Origin.INCOMER).id)
        one_way = needs or KINDS[target.draft.kind].one_way or KINDS[speaker.kind].one_way
        return self._joints([*steps, speaker.id], speaker, target, medium, one_way, member.at)

    def _outward(self, speaker: Draft, group: Group, member: Member, target: Target) -> None:
        """Land an element's output on something."""
        medium = self._media.out(speaker)
        if medium is None:
            return
        if not self._media.accepts(target.draft, medium):
            self._wrong_medium(speaker, member, target, medium)
            return
        own = group.form == MAP
        steps = self._steps.between(speaker, group, member, target, medium, member.label, own)
        if steps is None:
            return
        if own and member.label is not None:
            if not self._parts.take_way(speaker, member.label, speaker, member.at):
                return
            steps.append(self._parts.device(speaker, member.label, medium, member.at, Origin.INCOMER).id)
        one_way = KINDS[target.draft.kind].one_way or KINDS[speaker.kind].one_way
        self._joints([speaker.id, *reversed(steps)], speaker, target, medium, one_way, member.at)

    def _between(self, speaker: Draft, group: Group, pairs: list[tuple[Member, Target]]) -> None:
        """Put a two-terminal element between two others; if it is one-way, from the first to the second."""
        first = group.members[0] if group.members else None
        for member, target in pairs:
            medium = self._media.out(speaker) or self._media.out(target.draft)
            if medium is None:
                continue
            if self._media.out(target.draft) is not medium and not self._media.accepts(target.draft, medium):
                self._wrong_medium(speaker, member, target, medium)
                continue
            steps = self._steps.between(speaker, group, member, target, medium, None, False)
            if steps is None:
                continue
            kind = target.draft.kind
            feeds = (member is first and kind not in _LOADS) or kind in _ORIGINS
            line = [*steps, speaker.id] if feeds else [speaker.id, *reversed(steps)]
            one_way = KINDS[kind].one_way or KINDS[speaker.kind].one_way
            self._joints(line, speaker, target, medium, one_way, member.at)

    def _needs(self, speaker: Draft, group: Group, pairs: list[tuple[Member, Target]]) -> None:
        """A need is a feed where its members conduct, else a bare dependency."""
        physical = [self._physical(group, target) for _, target in pairs]
        if len(pairs) < len(group.members) or not pairs:
            return
        if any(physical) and not all(physical):
            at = pairs[physical.index(False)][0].at
            self._complaints.add("needs-mixed", at, name=group.name, instance=speaker.id)
            return
        if not any(physical):
            self._depends(speaker, group, pairs)
            return
        electric = self._media.out(pairs[0][1].draft) in (Medium.POWER, Medium.DC)
        if len(pairs) > 1 and electric and speaker.kind in _MOTORS:
            self._complaints.add(
                "what-transfers", group.at, name=group.name, kind=speaker.kind, instance=speaker.id
            )
            return
        plugs = [f"{group.name}-{_letter(index)}" if plugged(speaker, group) else None for index in range(len(pairs))]
        joints = [
            self._inward(speaker, group, member, target, plug, needs=True)
            for (member, target), plug in zip(pairs, plugs, strict=True)
        ]
        made = tuple(one for one in joints if one is not None)
        if len(made) < len(joints):
            return
        media = {self.joints[one].medium for one in made}
        if len(media) > 1:
            self._complaints.add(
                "needs-media",
                group.at,
                name=group.name,
                media=" and ".join(sorted(media)),
                instance=speaker.id,
            )
            return
        # several inlets of make-up water have a level valve each, and are all open (decision M5)
        mode = Mode.SELECT if len(made) > 1 and Medium.WATER not in media else Mode.JOINED
        self.feeds.append(Feed(speaker.id, group.name, media.pop(), mode, made, True, group.at))

    def _depends(self, speaker: Draft, group: Group, pairs: list[tuple[Member, Target]]) -> None:
        """A need of things that only have to run."""
        for member, target in pairs:
            if target.draft.kind == "service":
                self._medium(speaker, member, target.draft)
            if target.draft.id == speaker.id:
                self._complaints.add("needs-itself", member.at, id=speaker.id, instance=speaker.id)
        self.needs.append(Need(speaker.id, group.name, tuple(target.draft.id for _, target in pairs), group.at))

    def _physical(self, group: Group, target: Target) -> bool:
        kind = target.draft.kind
        if target.way is not None or kind in _SUPPLIES or kind in WITH_WAYS_ONLY:
            return True
        medium = self._media.out(target.draft)
        if kind in BLOWERS or medium is Medium.DATA:
            return False
        return medium is not None and group.name == ("battery" if medium is Medium.DC else medium.value)

    def _medium(self, speaker: Draft, member: Member, target: Draft) -> Medium | None:
        """What an element would get from another."""
        medium = self._media.out(target)
        if medium is None:
            if target.kind in CONTROLS:
                self._complaints.add(
                    "supplies-nothing", member.at, id=target.id, kind=target.kind, instance=speaker.id
                )
        elif KINDS[target.kind].cls in (Class.CONSUMER, Class.SERVICE):
            self._complaints.add(
                "supplies-nothing", member.at, id=target.id, kind=target.kind, instance=speaker.id
            )
            return None
        return medium

    def _joints(
        self, line: list[str], speaker: Draft, target: Target, medium: Medium, one_way: bool, at: Location
    ) -> int | None:
        """Join elements one after the other, and their counterparts in a return; the index of the last joint."""
        last = None
        for a, b in pairwise(line):
            last = self._joint(a, b, medium, one_way, at)
        for a, b in pairwise(self._returns.line(line, speaker, target.draft, medium, at) or ()):
            self._joint(a, b, medium, one_way, at)
        return last

    def _joint(self, a: str, b: str, medium: Medium, one_way: bool, at: Location) -> int | None:
        key = (a, b, medium) if a < b else (b, a, medium)
        first = self._pairs.get(key)
        if first is not None:
            self._complaints.add(
                "joint-twice", at, a=a, b=b, related=[(first, "first joined here")], instance=b
            )
            return None
        self._pairs[key] = at
        self.joints.append(Joint(a, b, medium, one_way, at))
        return len(self.joints) - 1

    def _wrong_medium(self, speaker: Draft, member: Member, target: Target, medium: Medium) -> None:
        self._complaints.add(
            "wrong-medium",
            member.at,
            id=target.draft.id,
            kind=target.draft.kind,
            medium=medium.value,
            speaker=speaker.kind,
            instance=speaker.id,
        )


def _letter(index: int) -> str:
    """a, b, … z, a1, b1, …"""
    return chr(ord("a") + index % 26) + (str(index // 26) if index >= 26 else "")
