"""The return of what names a way of a mirrored loop: the same line once more, with a valve and a pipe of its own."""

from __future__ import annotations

from dataclasses import replace

from tierline.twin.diagnostics import Complaints
from tierline.twin.expand import Expansion
from tierline.twin.expand_templates import Draft
from tierline.twin.model import Element, Location, Medium, Origin
from tierline.twin.resolve_parts import Parts
from tierline.twin.resolve_steps import DEVICES


class Returns:
    """Makes the counterparts of lines that end in the supply of a mirrored loop."""

    def __init__(self, made: Expansion, parts: Parts, complaints: Complaints) -> None:
        self._made, self._parts, self._complaints = made, parts, complaints

    def line(
        self, line: list[str], speaker: Draft, target: Draft, medium: Medium, at: Location
    ) -> list[str] | None:
        """The counterpart of a line between two elements; None where neither is mirrored.

        Whatever is no part of a mirrored loop carries both, supply and return: a machine, a pump before it, a header.
        """
        returns = self._made.returns
        mirrored = [end for end in (speaker, target) if end.id in returns]
        if not mirrored:
            return None
        if speaker.kind in DEVICES and speaker.id not in returns:
            self._complaints.add("mirrored-device", at, kind=speaker.kind, id=speaker.id, instance=speaker.id)
            return None
        if speaker.id in returns and target.id not in returns:
            self._complaints.add("mirrored-meets", at, id=speaker.id, other=target.id, instance=speaker.id)
            return None
        made = {target.id: returns[target.id], speaker.id: returns.get(speaker.id, speaker.id)}
        for id in line:
            if id not in made:
                made[id] = self._step(self._parts.elements[id], speaker, target, medium, at)
        return [made[id] for id in line]

    def _step(self, step: Element, speaker: Draft, target: Draft, medium: Medium, at: Location) -> str:
        """The counterpart of a way, a run or an own valve."""
        parts, ends = self._parts, self._made.drafts
        back = ends[self._made.returns[target.id]]
        own = self._made.returns.get(speaker.id)
        here = ends[own] if own is not None else replace(speaker, id=f"{speaker.id}.return")
        name = step.id.removeprefix(f"{target.id}.")
        if step.origin is Origin.WAY:
            parts.take_way(back, name, speaker, at)
            return parts.device(back, name, medium, at, Origin.WAY, step.id).id
        if step.origin is Origin.INCOMER:
            name = step.id.removeprefix(f"{speaker.id}.")
            return parts.device(here, name, medium, at, Origin.INCOMER, step.id).id
        if name != step.id:
            return parts.run(back, name.removesuffix(".w"), medium, at, step.id)
        name = step.id.removeprefix(f"{speaker.id}.")
        return parts.bare_run(f"{here.id}.{name}", speaker, medium, at, step.id)
