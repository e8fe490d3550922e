"""Interlocks of a body: read like elements, blanks and all, and kept apart from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tierline.twin.assumptions import Ledger
from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_blanks import Arg, parse_key
from tierline.twin.expand_document import Entry
from tierline.twin.expand_fields import layer
from tierline.twin.expand_frames import Frame, Scope
from tierline.twin.expand_kinds import Body
from tierline.twin.expand_templates import Template
from tierline.twin.source import Hole, Map
from tierline.twin.spec.check import complain
from tierline.twin.spec.file import Interlock as InterlockModel
from tierline.twin.spec.links import ID
from tierline.twin.units import Fault

if TYPE_CHECKING:
    from tierline.twin.expand import Expansion

WORD = "interlock"


class Interlocks:
    """Reads the interlocks of each body once, whatever the number of its instances."""

    def __init__(self, ledger: Ledger, complaints: Complaints) -> None:
        self._ledger, self._complaints = ledger, complaints
        self._plans: dict[int, list[Template]] = {}

    def plan(self, body: Body) -> list[Template]:
        """The keys of a body that can be read; the others are complained of."""
        plan = self._plans.get(id(body))
        if plan is None:
            read = (self._read(entry, body.scope) for entry in body.interlocks)
            plan = self._plans[id(body)] = [one for one in read if one is not None]
        return plan

    def _read(self, entry: Entry, scope: Scope) -> Template | None:
        if not isinstance(entry.node, Map):
            if not isinstance(entry.node, Hole):
                wanted = "a map, such as {among: [uob-1.qx, uob-2.qx], closed: 1}"
                self._complaints.add("wrong-form", entry.node.at, found="something else", wanted=wanted)
            return None
        try:
            key = parse_key(entry.key.text)
            binders = scope.binders(key)
        except Fault as fault:
            complain(fault, entry.key, self._complaints)
            return None
        label = entry.key.text
        own = layer(InterlockModel, entry.node, entry.outer, label, self._complaints, "an interlock")
        return Template(key, binders, entry.key, WORD, (own,), scope, self._ledger, self._complaints)

    def make(self, body: Body, frame: Frame, made: Expansion) -> None:
        """The interlocks of one instance of a body."""
        for one in self.plan(body):
            try:
                frame.total(one.key, one.binders)
                for env in frame.bindings(one.key, one.binders):
                    self._make(one, frame, env, made)
            except Fault as fault:
                self._complaints.add(fault.key, one.at, **dict[str, Any](fault.words))
                return

    def _make(self, one: Template, frame: Frame, env: dict[str, Arg], made: Expansion) -> None:
        name = one.key.pattern.fill(env)
        id = frame.prefix + name
        first = made.interlocks.get(id.casefold())
        if not ID.fullmatch(name):
            self._complaints.add("not-an-id", one.at, text=name)
        elif first is not None:
            related = [(first.at, f"`{first.id}` is first declared here")]
            self._complaints.add("declared-twice", one.at, id=id, related=related, instance=id)
        else:
            made.interlocks[id.casefold()] = one.draft(frame, env, id)
