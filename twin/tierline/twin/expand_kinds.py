"""Kinds of the author: presets flattened onto what they are built on, composites as bodies, cycles found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_document import Document, Entry, Standing, standing, valid_id
from tierline.twin.expand_fields import Layer, layer, scalars
from tierline.twin.expand_frames import Parameter, Scope
from tierline.twin.model import Dimension
from tierline.twin.source import Hole, Map, Node, Scalar
from tierline.twin.spec.check import check, complain
from tierline.twin.spec.fields import BLANK, Amount, Count, FieldType, Text, Yes
from tierline.twin.spec.file import Composite, Id, Use, parameter_name
from tierline.twin.spec.file import Parameter as ParameterModel
from tierline.twin.spec.kinds import MODELS
from tierline.twin.spec.links import Ref
from tierline.twin.units import Fault

_DIMENSIONS = {one.value.replace(" ", "-"): one for one in Dimension}
DEEPEST = 12
"""Presets on presets."""
CIRCLES = 50
"""Circles of composites that are told."""
_RESERVED = frozenset(("kind", "name", "tag", "side", "note", "assumed", "source"))


@dataclass(slots=True)
class Body:
    """The facility itself, or the inside of a composite: what it is made of, as written."""

    scope: Scope
    elements: list[Entry] = field(default_factory=list)
    rooms: list[Entry] = field(default_factory=list)
    interlocks: list[Entry] = field(default_factory=list)
    hollow: bool = False
    """Broken, or inside itself: its uses are holes."""


@dataclass(frozen=True, slots=True)
class Flat:
    """A kind taken back to what it is built on, built-in or composite, and the layers on it, inner first."""

    builtin: str | None
    body: Body | None
    layers: tuple[Layer, ...] = ()


class Kinds:
    """The kinds of a document. A broken kind is known, so that its elements are holes and not mistakes."""

    def __init__(self, document: Document, complaints: Complaints) -> None:
        self._complaints = complaints
        self._entries = document.sections["kinds"]
        self._flat: dict[str, Flat | None] = {}
        self.bodies: dict[str, Body] = {}
        for name, entry in self._entries.items():
            if name in MODELS:
                complaints.add("kind-builtin", entry.key.at, name=name)
            elif (
                valid_id(entry.key, complaints)
                and isinstance(entry.node, Map)
                and "is" not in entry.node.keys
            ):
                self._composite(name, entry)
        for name in self._entries:
            self.flat(name)
        self._cycles()

    def known(self, name: str) -> bool:
        return name in MODELS or name in self._entries

    def names(self) -> Iterator[str]:
        yield from MODELS
        yield from self._entries

    def flat(self, name: str) -> Flat | None:
        """What a kind is; None if it is unknown or broken."""
        if name in MODELS:
            return Flat(name, None)
        if name not in self._flat:
            self._flatten(name)
        return self._flat.get(name)

    def _flatten(self, name: str) -> None:
        """Follow `is` to the end, then put the layers on from the inside out."""
        chain: list[str] = []
        base: str | None = name
        while base is not None and base not in MODELS and base not in self._flat:
            if base in chain:
                self._cycle([*chain[chain.index(base) :], base])
                self._flat.update(dict.fromkeys(chain))
                return
            chain.append(base)
            base = self._base(base)
        found = self.flat(base) if base is not None else None
        for one in reversed(chain):
            if one in self.bodies:
                found = Flat(None, self.bodies[one])
            elif found is not None and len(found.layers) >= DEEPEST:
                self._complaints.add("presets-too-deep", self._entries[one].key.at, limit=DEEPEST)
                found = None
            elif found is not None:
                found = self._preset(one, found)
            self._flat[one] = found

    def _base(self, name: str) -> str | None:
        """The kind a preset is built on; None for a composite or a broken kind."""
        entry = self._entries[name]
        if not isinstance(entry.node, Map):
            if not isinstance(entry.node, Hole):
                self._complaints.add("kind-form", entry.node.at, name=name)
            return None
        base = entry.node.values.get("is")
        if base is None or isinstance(base, Hole):
            return None
        if not isinstance(base, Scalar) or not self.known(base.text):
            text = base.text if isinstance(base, Scalar) else "something else"
            help = self._complaints.suggest(text, self.names())
            self._complaints.add("kind-unknown", base.at, kind=text, help=help)
            return None
        return base.text

    def _preset(self, name: str, base: Flat) -> Flat:
        entry = self._entries[name]
        assert isinstance(entry.node, Map)
        fields = without(entry.node, "is", "doc")
        if base.body is not None:
            return Flat(
                None,
                base.body,
                (*base.layers, arguments(fields, entry.outer, name, base.body, self._complaints)),
            )
        assert base.builtin is not None
        if "kind" in fields.values:
            self._complaints.add("preset-kind", fields.keys["kind"].at)
            fields = without(fields, "kind")
        model = MODELS[base.builtin]
        made = layer(model, fields, entry.outer, name, self._complaints, f"kind {base.builtin}")
        return Flat(base.builtin, None, (*base.layers, made))

    def _composite(self, name: str, entry: Entry) -> None:
        node = entry.node
        assert isinstance(node, Map)
        if "elements" not in node.keys:
            self._complaints.add("kind-form", entry.key.at, name=name)
            return
        bad = check(Composite, _shallow(node), self._complaints, "a composite kind")
        stand = standing(node, entry.outer)
        body = Body(Scope(f"kind {name}"))
        for key, value in _entries(node, "axes", bad):
            body.scope.axes[key.text] = value
        for key, value in _entries(node, "params", bad):
            self._parameter(body, key, value, stand)
        body.elements = [Entry(key, value, stand) for key, value in _entries(node, "elements", bad)]
        body.rooms = [Entry(key, value, stand) for key, value in _entries(node, "rooms", bad)]
        body.interlocks = [Entry(key, value, stand) for key, value in _entries(node, "interlocks", bad)]
        self.bodies[name] = body

    def _parameter(self, body: Body, key: Scalar, node: Node, stand: Standing) -> None:
        name = key.text
        if not parameter_name(name) or name in _RESERVED:
            self._complaints.add("parameter-name", key.at, name=name)
        elif name in body.scope.axes:
            self._complaints.add("set-shadows", key.at, name=name)
        elif isinstance(node, Scalar):
            self._complaints.add("parameter-form", node.at, name=name, type=node.text)
        elif isinstance(node, Map) and not check(ParameterModel, node, self._complaints, "a parameter"):
            kind, per, default = node.text("type") or "text", node.text("per"), node.values.get("default")
            if per is not None and per not in body.scope.axes:
                at = node.values["per"].at
                self._complaints.add("axis-unknown", at, name=per, known=", ".join(body.scope.axes) or "none")
                per = None
            if self._constant(default, reader(kind)):
                body.scope.parameters[name] = Parameter(name, key, kind, reader(kind), per, default, stand)
                return
        # known all the same, so that neither the body nor its uses are mistakes
        body.hollow = True
        nothing = Scalar(key.source, key.line, key.column, "")
        body.scope.parameters.setdefault(name, Parameter(name, key, "text", Text(), None, nothing, stand))

    def _constant(self, default: Node | None, kind: FieldType) -> bool:
        """Whether a default can be one; complains if not."""
        if default is None or isinstance(default, Hole):
            return default is None
        filled = next((one for one in scalars(default) if BLANK.search(one.text)), None)
        if filled is not None:
            complain(Fault("no-blank", text=filled.text, field="default"), filled, self._complaints)
            return False
        try:
            if isinstance(default, Scalar):
                kind.read(default.text)
        except Fault as fault:
            complain(fault, default, self._complaints)
            return False
        return True

    def _cycles(self) -> None:
        """Composites that contain themselves, each circle told once."""
        uses = {name: self._uses(body) for name, body in self.bodies.items()}
        done: set[str] = set()
        circles = 0
        for start in uses:
            path: dict[str, None] = {}
            work = [(start, iter(uses[start]))] if start not in done else []
            if work:
                path[start] = None
            while work:
                name, rest = work[-1]
                inner = next((one for one in rest if one not in done), None)
                if inner is None:
                    done.add(name)
                    path.popitem()
                    work.pop()
                elif inner in path and circles >= CIRCLES:
                    self.bodies[inner].hollow = self.bodies[name].hollow = True
                elif inner in path:
                    circles += 1
                    circle = list(path)[list(path).index(inner) :]
                    for one in circle:
                        self.bodies[one].hollow = True
                    self._cycle([*circle, inner])
                else:
                    path[inner] = None
                    work.append((inner, iter(uses[inner])))

    def _uses(self, body: Body) -> list[str]:
        found = []
        for entry in body.elements:
            kind = entry.node.text("kind") if isinstance(entry.node, Map) else None
            flat = self.flat(kind) if kind and kind not in MODELS and kind in self._entries else None
            if flat is not None and flat.body is not None:
                found.append(flat.body.scope.of.removeprefix("kind "))
        return found

    def _cycle(self, chain: list[str]) -> None:
        keys = [self._entries[name].key for name in chain]
        related = [(key.at, f"kind {key.text}") for key in keys[1:-1]]
        self._complaints.add("kind-cycle", keys[0].at, chain=" → ".join(chain), related=related)


def arguments(
    node: Map, outer: Standing, owner: str, body: Body, complaints: Complaints, absolute: bool = False
) -> Layer:
    """The parameters a map gives to a composite, judged by name."""
    known = body.scope.parameters
    common = Map(node.source, node.line, node.column)
    given = Map(node.source, node.line, node.column)
    for name, value in node.values.items():
        side = given if name in known else common
        side.keys[name], side.values[name] = node.keys[name], value
        if name not in known and name not in _RESERVED:
            help = complaints.suggest(name, known)
            listed = ", ".join(known) or "none"
            complaints.add(
                "parameter-unknown", node.keys[name].at, help=help, name=name, of=body.scope.of, known=listed
            )
            del common.values[name]
    check(Use, common, complaints, body.scope.of)
    nodes = {name: value for name, value in given.values.items() if not isinstance(value, Hole)}
    return Layer({}, nodes, standing(node, outer), owner, absolute)


def reader(kind: str) -> FieldType:
    """How the value of a parameter is read."""
    if kind in _DIMENSIONS:
        return Amount(_DIMENSIONS[kind], unlimited=True)
    readers: dict[str, FieldType] = {"ref": Ref(), "id": Id(), "int": Count(), "bool": Yes()}
    return readers.get(kind, Text())


def without(node: Map, *names: str) -> Map:
    """A map with some keys left out."""
    copy = Map(node.source, node.line, node.column)
    copy.keys = {name: key for name, key in node.keys.items() if name not in names}
    copy.values = {name: value for name, value in node.values.items() if name not in names}
    return copy


def _shallow(node: Map) -> Map:
    """A composite with its sections emptied: what stands in them is judged by its own kind."""
    copy = without(node)
    for name in ("params", "axes", "rooms", "elements", "interlocks"):
        inner = copy.values.get(name)
        if isinstance(inner, Map):
            copy.values[name] = Map(inner.source, inner.line, inner.column)
    return copy


def _entries(node: Map, name: str, bad: frozenset[str]) -> list[tuple[Scalar, Node]]:
    inner = node.values.get(name)
    if name in bad or not isinstance(inner, Map):
        return []
    return [(inner.keys[key], value) for key, value in inner.values.items()]
