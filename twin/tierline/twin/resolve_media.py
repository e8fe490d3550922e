"""Which medium each element stands in: by kind, by `carries`, or by what it is joined to."""

from __future__ import annotations

from collections.abc import Iterable

from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_templates import Draft
from tierline.twin.kinds import CONTROLS, by_nature
from tierline.twin.model import Medium, Origin

_OF_CHILLERS = frozenset((Medium.CHILLED_WATER, Medium.CONDENSER_WATER))


class Media:
    """The medium of each element, and what it takes where that differs."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self._of: dict[str, Medium] = {}
        self._open: dict[str, Draft] = {}
        for draft in drafts:
            medium = by_nature(draft.kind, draft.text("carries"))
            if medium is not None:
                self._of[draft.id] = medium
            elif draft.kind not in CONTROLS:
                self._open[draft.id] = draft

    def spread(self, pairs: Iterable[tuple[Draft, Draft]], complaints: Complaints) -> None:
        """Let elements that do not say take the medium of their neighbours; each pair is a connection."""
        if not self._open:
            return
        beside: dict[str, list[str]] = {}
        for one, other in pairs:
            if one.id in self._open or other.id in self._open:
                beside.setdefault(one.id, []).append(other.id)
                beside.setdefault(other.id, []).append(one.id)
        work = [id for id in beside if id in self._of]
        while work:
            medium_from = work.pop()
            for id in beside.get(medium_from, ()):
                if id not in self._of:
                    self._of[id] = self._of[medium_from]
                    work.append(id)
        for id, draft in self._open.items():
            told = draft.origin is Origin.PART or "carries" in draft.broken
            if id not in self._of and not told:
                complaints.add("medium-unknown", draft.at, id=id, kind=draft.kind, instance=id)

    def out(self, draft: Draft) -> Medium | None:
        """What an element gives. An air handler takes chilled water, and gives air."""
        return Medium.AIR if draft.kind == "crah" else self._of.get(draft.id)

    def accepts(self, draft: Draft, medium: Medium) -> bool:
        """Whether an element can be supplied with a medium by its own connection words."""
        if draft.kind == "dc-supply":
            return medium is Medium.POWER
        if draft.kind == "chiller":
            return medium in _OF_CHILLERS
        own = self._of.get(draft.id)
        return own is None or own is medium
