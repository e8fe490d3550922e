"""Amendments: exceptions by address or pattern, which must hit something and must change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pydantic import BaseModel

from tierline.twin.assumptions import Ledger
from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_blanks import parse_key
from tierline.twin.expand_document import Entry, Standing
from tierline.twin.expand_fields import Layer, blanks, filled, is_data, layer, read
from tierline.twin.expand_frames import Frame
from tierline.twin.expand_links import Group, Member, groups, leaf
from tierline.twin.expand_templates import Draft
from tierline.twin.expand_ways import WayPlan
from tierline.twin.model import Value
from tierline.twin.source import Hole, Map, Scalar
from tierline.twin.spec.check import complain
from tierline.twin.spec.kinds import MODELS
from tierline.twin.spec.links import STEP
from tierline.twin.units import Fault

AMENDMENT = 10
"""What an amendment takes of the budget, in elements."""


@dataclass(slots=True)
class Amendment:
    """What is amended at one address."""

    address: str
    key: Scalar
    node: Map
    outer: Standing
    of_case: bool = False
    """Made by a load case: laid on after those that hold in all of them."""
    hit: bool = False


@dataclass(slots=True)
class Amendments:
    """All amendments by address. Taking one is hitting it."""

    frame: Frame
    ledger: Ledger
    complaints: Complaints
    _known: dict[str, list[Amendment]] = field(default_factory=dict)

    def add(self, entry: Entry, of_case: bool = False) -> None:
        """Fill the blanks of one amendment and file it under each address; those of a case come last."""
        if isinstance(entry.node, Hole):
            return
        if not isinstance(entry.node, Map) or not entry.node.keys:
            self.complaints.add("wrong-form", entry.node.at, found="something else", wanted="a map of fields")
            return
        try:
            key = parse_key(entry.key.text)
            binders = self.frame.scope.binders(key)
            # each is a map of its own: dearer than an element
            self.frame.budget.spend(AMENDMENT * self.frame.total(key, binders))
            for scalar, pattern in blanks([entry.node]):
                spread = "spread-outside-list" if pattern.spread else None
                fault = (
                    Fault(spread, text=scalar.text)
                    if spread
                    else self.frame.scope.unbound(pattern.names, binders)
                )
                if fault is not None:
                    complain(fault, scalar, self.complaints)
                    return
        except Fault as fault:
            complain(fault, entry.key, self.complaints)
            return
        for env in self.frame.bindings(key, binders):
            address = key.pattern.fill(env)
            if not all(STEP.fullmatch(step) for step in address.split(".")):
                self.complaints.add("not-a-reference", entry.key.at, text=address)
                return
            node = filled(entry.node, env)
            assert isinstance(node, Map)
            self._file(Amendment(address, entry.key, node, entry.outer, of_case))

    def _file(self, one: Amendment) -> None:
        others = self._known.setdefault(one.address, [])
        for other in (each for each in others if each.of_case is one.of_case):
            for name in one.node.keys.keys() & other.node.keys.keys():
                related = [(other.node.keys[name].at, "first amended here")]
                at = one.node.keys[name].at
                self.complaints.add("amended-twice", at, field=name, address=one.address, related=related)
        others.append(one)

    def take(self, address: str) -> list[Amendment]:
        """The amendments of an address; they have now hit."""
        found = self._known.get(address, [])
        for one in found:
            one.hit = True
        return found

    def __bool__(self) -> bool:
        return bool(self._known)

    def of_case(self) -> Iterable[Amendment]:
        return [one for several in self._known.values() for one in several if one.of_case]

    def missed(self) -> Iterable[Amendment]:
        return [one for several in self._known.values() for one in several if not one.hit]

    def draft(self, draft: Draft) -> Draft:
        """An element with its amendments made."""
        for one in self.take(draft.id):
            draft = self._amended(draft, one)
        return draft

    def fields(
        self, address: str, model: type[BaseModel], fields: dict[str, Value], of: str, again: bool = False
    ) -> dict[str, Value]:
        """The values of something that has nothing but values: a way, a run, a cord, a room.

        `again`: they are laid on the counterpart in a return as well, where they need not change anything.
        """
        for one in self.take(address):
            made = self._layer(one, model, of)
            new = self._values(made)
            if not again:
                self._unchanged(one, [name for name, value in new.items() if same(fields.get(name), value)])
            fields = {**fields, **new}
        return fields

    def _amended(self, draft: Draft, one: Amendment) -> Draft:
        if "kind" in one.node.keys:
            self.complaints.add("amend-kind", one.node.keys["kind"].at)
            return draft
        made = self._layer(one, MODELS[draft.kind], f"kind {draft.kind}")
        new = self._values(made)
        unchanged = [name for name, value in new.items() if same(draft.fields.get(name), value)]
        changed = replace(draft, fields={**draft.fields, **new})
        for name, each in made.fields.items():
            if name == "room":
                assert isinstance(each.node, Scalar)
                changed.room = leaf(None, each.node, True).members(self.frame, {})[0]
                if draft.room is not None and _rooted(draft, draft.room) == changed.room.ref:
                    unchanged.append(name)
            elif name == "given":
                text = each.node.text if isinstance(each.node, Scalar) else None
                changed.given = (
                    (text,)
                    if text
                    else tuple(
                        item.text for item in getattr(each.node, "items", ()) if isinstance(item, Scalar)
                    )
                )
            elif each.type.links:
                fresh = tuple(one.group(self.frame, {}) for one in groups(each))
                before = tuple(group for group in draft.groups if group.word == name)
                if [_refs(draft, group) for group in before] == [_refs(draft, group) for group in fresh]:
                    unchanged.append(name)
                changed.groups = tuple(group for group in changed.groups if group.word != name) + fresh
        if made.nodes:
            changed.ways = WayPlan((made,), self.frame.scope, (), self.ledger, self.complaints).of(
                self.frame, {}
            )
        self._unchanged(one, unchanged)
        return changed

    def _layer(self, one: Amendment, model: type[BaseModel], of: str) -> Layer:
        return layer(model, one.node, one.outer, one.key.text, self.complaints, of, absolute=True)

    def _values(self, made: Layer) -> dict[str, Value]:
        found = {}
        for name, each in made.fields.items():
            if is_data(name, each.type):
                value = read(each, {}, self.ledger, self.complaints)
                if value is not None:
                    found[name] = value
        return found

    def _unchanged(self, one: Amendment, names: list[str]) -> None:
        for name in names:
            at = one.node.keys[name].at
            self.complaints.add(
                "amend-changes-nothing", at, field=name, address=one.address, instance=one.address
            )


def same(before: Value | None, after: Value) -> bool:
    """Whether an amendment says what was said already; a `0.4 MW` for a `400 kW` changes nothing."""
    if before is None:
        return False
    first, second = before.of, after.of
    amounts = getattr(first, "amount", first), getattr(second, "amount", second)
    return amounts[0] == amounts[1] and getattr(first, "dimension", None) == getattr(
        second, "dimension", None
    )


def _rooted(draft: Draft, member: Member) -> str:
    return member.ref if member.ref.startswith("/") else f"/{draft.prefix}{member.ref}"


def _refs(draft: Draft, group: Group) -> tuple[object, ...]:
    return group.name, group.form, tuple((one.label, _rooted(draft, one)) for one in group.members)
