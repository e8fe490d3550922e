"""Templates: an element's key and fields read once, from which every element of the key is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tierline.twin.assumptions import Ledger
from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_blanks import Arg, Key, Pattern
from tierline.twin.expand_fields import Field, Layer, blanks, is_data, read
from tierline.twin.expand_frames import Frame, Scope
from tierline.twin.expand_links import Group, GroupTemplate, Leaf, Member, groups, leaf
from tierline.twin.expand_ways import NO_WAYS, WayPlan, WaySet
from tierline.twin.model import Location, Origin, Value
from tierline.twin.source import Items, Map, Node, Scalar
from tierline.twin.spec.check import complain
from tierline.twin.units import Fault

_NO_BLANKS = frozenset(("given", "parts"))


@dataclass(slots=True)
class Draft:
    """An element whose blanks are filled and whose references are not yet resolved."""

    id: str
    kind: str
    at: Location
    label: str
    """Its key as written."""
    prefix: str
    """The body it stands in: what its references begin from."""
    path: tuple[str, ...]
    fields: dict[str, Value]
    groups: tuple[Group, ...]
    room: Member | None
    given: tuple[str, ...]
    ways: WaySet
    broken: frozenset[str] = frozenset()
    """Fields that are written and cannot be used: what follows from their absence is not worth telling."""
    origin: Origin = Origin.WRITTEN
    returns: str = ""
    """The part of the supply whose counterpart it is in the return of a mirrored loop."""

    def text(self, name: str) -> str | None:
        found = self.fields.get(name)
        return found.of if found is not None and isinstance(found.of, str) else None


class Template:
    """One key of a body whose kind is built in."""

    def __init__(
        self,
        key: Key,
        binders: tuple[str, ...],
        scalar: Scalar,
        kind: str,
        layers: tuple[Layer, ...],
        scope: Scope,
        ledger: Ledger,
        complaints: Complaints,
    ) -> None:
        self.key, self.binders, self.kind, self.layers = key, binders, kind, layers
        self.at = scalar.at
        self.label = scalar.text
        self._ledger, self._complaints = ledger, complaints
        self._fixed: dict[str, Value] = {}
        self._open: list[Field] = []
        self._room: Leaf | None = None
        self._given: tuple[str, ...] = ()
        self.parts: Node | None = None
        groups_made: list[GroupTemplate] = []
        merged: dict[str, Field] = {}
        broken: set[str] = set()
        for one in layers:
            merged.update(one.fields)
            broken.update(one.bad)
        for field in merged.values():
            fills = [pattern for _, pattern in self._blanks(field, scope)]
            if any(pattern is None for pattern in fills):
                broken.add(field.name)
                continue
            self._take(field, bool(fills), groups_made)
        self._groups = tuple(groups_made)
        self._broken = frozenset(broken)
        has_ways = any("ways" in one.nodes or "each_way" in one.nodes for one in layers)
        self._ways = WayPlan(layers, scope, binders, ledger, complaints) if has_ways else None
        self._shared: dict[str, Value] | None = self._fixed if not self._open else None

    def _take(self, field: Field, fills: bool, groups_made: list[GroupTemplate]) -> None:
        """Sort one good field to where it is made."""
        if field.name == "room":
            assert isinstance(field.node, Scalar)
            self._room = leaf(None, field.node, field.absolute)
        elif field.name == "given":
            found = field.type.read(_texts(field.node))
            assert isinstance(found, tuple)
            self._given = found
        elif field.name == "parts":
            self.parts = field.node
        elif field.type.links:
            groups_made.extend(groups(field))
        elif is_data(field.name, field.type):
            if fills:
                self._open.append(field)
            else:
                value = read(field, {}, self._ledger, self._complaints)
                if value is not None:
                    self._fixed[field.name] = value

    def _blanks(self, field: Field, scope: Scope) -> list[tuple[Scalar, Pattern | None]]:
        """The texts of a field that are to be filled; None for one that cannot be, complained of."""
        found: list[tuple[Scalar, Pattern | None]] = []
        if isinstance(field.node, Scalar) and "<" not in field.node.text:
            return found
        listed = frozenset(_listed(field.node)) if field.type.links else frozenset()
        try:
            for scalar, pattern in blanks([field.node]):
                found.append((scalar, pattern))
                fault = self._unfit(field, scalar, pattern, scope, listed)
                if fault is not None:
                    complain(fault, scalar, self._complaints)
                    found.append((scalar, None))
        except Fault as fault:
            complain(fault, field.node, self._complaints)
            found.append((Scalar(field.node.source, field.node.line, field.node.column, ""), None))
        return found

    def _unfit(
        self, field: Field, scalar: Scalar, pattern: Pattern, scope: Scope, listed: frozenset[int]
    ) -> Fault | None:
        """Why one text of a field cannot be filled."""
        bound = self.binders
        if field.name in _NO_BLANKS:
            return Fault("no-blank", text=scalar.text, field=field.name)
        if pattern.spread is not None:
            axis = scope.spread(pattern)
            if axis is None:
                return Fault("axis-unknown", name=pattern.spread, known=", ".join(scope.axes) or "none")
            if not field.type.links or id(scalar) not in listed:
                return Fault("spread-outside-list", text=scalar.text)
            bound = (*bound, axis)
        if field.type.links:
            inner = pattern.names if not scalar.text.startswith("<") else pattern.names[1:]
            for name in inner:
                parameter = scope.parameters.get(name)
                if parameter is not None and parameter.type == "ref":
                    return Fault("reference-first", name=name)
        return scope.unbound(pattern.names, bound)

    def draft(self, frame: Frame, env: dict[str, Arg], id: str) -> Draft:
        """The element of this template under one binding."""
        fields = self._shared
        if fields is None:
            fields = dict(self._fixed)
            for field in self._open:
                value = read(field, env, self._ledger, self._complaints, id)
                if value is not None:
                    fields[field.name] = value
        room = self._room.members(frame, env)[0] if self._room else None
        ways = self._ways.of(frame, env) if self._ways else NO_WAYS
        made = tuple([one.group(frame, env) for one in self._groups])
        return Draft(
            id,
            self.kind,
            self.at,
            self.label,
            frame.prefix,
            frame.path,
            fields,
            made,
            room,
            self._given,
            ways,
            self._broken,
        )


def _texts(node: Node) -> object:
    if isinstance(node, Items):
        return [one.text for one in node.items if isinstance(one, Scalar)]
    return node.text if isinstance(node, Scalar) else None


def _listed(node: Node) -> Iterator[int]:
    """The texts that stand in a list somewhere below a node, by identity."""
    if isinstance(node, Items):
        yield from (id(one) for one in node.items)
    elif isinstance(node, Map):
        for one in node.values.values():
            yield from _listed(one)
