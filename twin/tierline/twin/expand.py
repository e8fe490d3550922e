"""A document into drafts: every blank filled, every preset laid on, every composite opened, no reference
resolved.

The work is linear in what is written and what it makes. What is broken becomes a hole: its ids are known,
nothing else, and whatever refers to it stays silent.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tierline.twin.assumptions import Ledger
from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_amend import Amendments
from tierline.twin.expand_blanks import Arg, Key, parse_key
from tierline.twin.expand_document import Document, Entry
from tierline.twin.expand_fields import layer
from tierline.twin.expand_frames import Budget, Frame, Scope
from tierline.twin.expand_interlocks import Interlocks
from tierline.twin.expand_kinds import Body, Kinds, arguments, without
from tierline.twin.expand_loops import LOOPS, open_loop
from tierline.twin.expand_rooms import make_rooms
from tierline.twin.expand_tables import rows
from tierline.twin.expand_templates import Draft, Template
from tierline.twin.expand_uses import Use, axes_of
from tierline.twin.model import Location, Room
from tierline.twin.source import Hole, Map, Scalar
from tierline.twin.spec.check import complain
from tierline.twin.spec.fields import BLANK
from tierline.twin.spec.kinds import MODELS
from tierline.twin.spec.links import ID
from tierline.twin.units import Fault

MOST = 1_000_000
"""Elements of a facility."""
DEEPEST = 12
"""Composites within composites."""


@dataclass(slots=True)
class Expansion:
    """What a document makes, before references are resolved."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    interlocks: dict[str, Draft] = field(default_factory=dict)
    """By id without regard to case."""
    chains: list[tuple[str, str, Location]] = field(default_factory=list)
    """Neighbours in loops and lines."""
    returns: dict[str, str] = field(default_factory=dict)
    """Parts of mirrored loops and lines: of the supply → of the return."""
    insides: dict[str, str] = field(default_factory=dict)
    """Addresses that hold elements and are none: composites and loops, with their kind."""
    holes: set[str] = field(default_factory=set)
    """Addresses of broken elements."""
    hole_prefixes: set[str] = field(default_factory=set)
    """What the ids of a broken key begin with."""
    folded: dict[str, tuple[str, Location]] = field(default_factory=dict)
    """Ids without regard to case, each with the id and its place."""


@dataclass(frozen=True, slots=True)
class _Broken:
    """A key whose elements are holes."""

    key: Key
    binders: tuple[str, ...]
    at: Location


class _TooMany(Exception):
    """The limit on elements is passed; the complaint is made."""


class Expander:
    """Opens bodies from the root down. Each body is read once, whatever the number of its instances."""

    def __init__(
        self, document: Document, complaints: Complaints, ledger: Ledger, of_case: Iterable[Entry] = ()
    ) -> None:
        self._document, self._complaints, self._ledger = document, complaints, ledger
        self._kinds = Kinds(document, complaints)
        self._plans: dict[int, list[Template | Use | _Broken]] = {}
        self._interlocks = Interlocks(ledger, complaints)
        self._total = 0
        self.made = Expansion()
        scope = Scope("the facility", {key: one.node for key, one in document.sections["axes"].items()})
        rooms, interlocks = (list(document.sections[name].values()) for name in ("rooms", "interlocks"))
        self._root = Body(scope, self._root_elements(), rooms, interlocks)
        frame = Frame(scope, "", {}, axes_of(scope, {}, complaints), {}, (), Budget())
        self.amendments = Amendments(frame, ledger, complaints)
        self.frame, self._of_case = frame, of_case

    def run(self) -> Expansion:
        """Make everything; bodies nothing uses are read too, for their mistakes."""
        for entry in self._document.sections["amend"].values():
            self.amendments.add(entry)
        for entry in self._of_case:
            self.amendments.add(entry, of_case=True)
        for body in (self._root, *self._kinds.bodies.values()):
            self._plan(body)
            self._interlocks.plan(body)
        with suppress(_TooMany):
            self._open(self._root, self.frame)
        return self.made

    def _root_elements(self) -> list[Entry]:
        elements = list(self._document.sections["elements"].values())
        for table in self._document.sections["tables"].values():
            elements.extend(rows(table, self._complaints))
        return elements

    def _plan(self, body: Body) -> list[Template | Use | _Broken]:
        plan = self._plans.get(id(body))
        if plan is None:
            plan = self._plans[id(body)] = []
            for entry in body.elements:
                one = self._read(entry, body)
                if one is not None:
                    plan.append(one)
        return plan

    def _read(self, entry: Entry, body: Body) -> Template | Use | _Broken | None:
        """One key of a body; None if not even its ids can be known."""
        try:
            key = parse_key(entry.key.text)
            if not ID.fullmatch(BLANK.sub("a", key.pattern.text)):
                raise Fault("not-an-id", text=entry.key.text)
            binders = body.scope.binders(key)
        except Fault as fault:
            complain(fault, entry.key, self._complaints)
            self.made.hole_prefixes.add(entry.key.text.split("<")[0])
            return None
        kind = self._kind(entry)
        flat = self._kinds.flat(kind) if kind is not None else None
        if flat is None or (flat.body is not None and flat.body.hollow):
            return _Broken(key, binders, entry.key.at)
        assert isinstance(entry.node, Map) and kind is not None
        label = entry.key.text
        if flat.builtin is not None:
            own = layer(
                MODELS[flat.builtin], entry.node, entry.outer, label, self._complaints, f"kind {kind}"
            )
            layers = (*flat.layers, own)
            return Template(
                key, binders, entry.key, flat.builtin, layers, body.scope, self._ledger, self._complaints
            )
        assert flat.body is not None
        given = arguments(without(entry.node, "kind"), entry.outer, label, flat.body, self._complaints)
        return Use(
            key,
            binders,
            entry.key,
            flat.body,
            (*flat.layers, given),
            body.scope,
            self._ledger,
            self._complaints,
        )

    def _kind(self, entry: Entry) -> str | None:
        node = entry.node
        if isinstance(node, Hole):
            return None
        if not isinstance(node, Map):
            text = node.text if isinstance(node, Scalar) and self._kinds.known(node.text) else "…"
            self._complaints.add("element-form", node.at, kind=text)
            return None
        kind = node.values.get("kind")
        if kind is None:
            if "kind" not in node.keys:
                self._complaints.add("kind-missing", entry.key.at, key=entry.key.text)
            return None
        if isinstance(kind, Hole):
            return None
        if not isinstance(kind, Scalar) or not self._kinds.known(kind.text):
            text = kind.text if isinstance(kind, Scalar) else "something else"
            help = self._complaints.suggest(text, self._kinds.names())
            self._complaints.add("kind-unknown", kind.at, kind=text, help=help)
            return None
        return kind.text

    def _open(self, body: Body, frame: Frame) -> None:
        """Make every element of one instance of a body."""
        make_rooms(body.rooms, frame, self.made, self.amendments, self._ledger, self._complaints)
        for one in self._plan(body):
            try:
                self._make(one, frame)
            except Fault as fault:
                self._complaints.add(fault.key, one.at, **dict[str, Any](fault.words))
                raise _TooMany from None
        self._interlocks.make(body, frame, self.made)

    def _make(self, one: Template | Use | _Broken, frame: Frame) -> None:
        """Make every element of one key; raises `Fault` where there are too many."""
        self._total += frame.total(one.key, one.binders)
        if self._total > MOST:
            raise Fault("too-many", count=self._total, limit=MOST, of="the facility")
        for env in frame.bindings(one.key, one.binders):
            id = frame.prefix + one.key.pattern.fill(env)
            if isinstance(one, _Broken):
                self.made.holes.add(id)
            elif self._declare(id, one.at, len(frame.prefix)):
                if isinstance(one, Use):
                    self._inside(one, frame, env, id)
                else:
                    self._element(one, frame, env, id)

    def _element(self, template: Template, frame: Frame, env: dict[str, Arg], id: str) -> None:
        draft = template.draft(frame, env, id)
        if draft.kind in LOOPS:
            open_loop(draft, template.parts, self.made, self.amendments, self._complaints)
        else:
            self.made.drafts[id] = self.amendments.draft(draft) if self.amendments else draft

    def _inside(self, use: Use, frame: Frame, env: dict[str, Arg], id: str) -> None:
        if len(frame.path) >= DEEPEST:
            self._complaints.add("composites-too-deep", use.at, limit=DEEPEST)
            self.made.holes.add(id)
            return
        inner = use.frame(frame, env, id, self.amendments.take(id))
        if inner is None:
            self.made.holes.add(id)
            return
        self.made.insides[id] = use.body.scope.of
        self._open(use.body, inner)

    def _declare(self, id: str, at: Location, start: int) -> bool:
        """Whether an id is well formed and new; complains if not."""
        own = id[start:]
        if not ID.fullmatch(own):
            self._complaints.add("not-an-id", at, text=own, instance=id)
            return False
        entry = id, at
        first = self.made.folded.setdefault(id.casefold(), entry)
        if first is entry:
            return True
        related = [(first[1], f"`{first[0]}` is first declared here")]
        self._complaints.add("declared-twice", at, id=id, related=related, instance=id)
        return False
