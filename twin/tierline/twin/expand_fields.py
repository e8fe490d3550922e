"""Written fields: which layer a field comes from, what its numbers rest on, and its value once blanks are
filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from tierline.twin.assumptions import Ledger
from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_blanks import Arg, Env, Pattern
from tierline.twin.expand_document import Standing, standing
from tierline.twin.model import Value
from tierline.twin.source import Hole, Items, Map, Node, Scalar, plain
from tierline.twin.spec.check import check, complain, place, types_of
from tierline.twin.spec.fields import BLANK, Faults, FieldType, has_blank
from tierline.twin.units import Fault

_NOT_FIELDS = frozenset(
    ("kind", "is", "doc", "assumed", "source", "needs", "room", "given", "ways", "each_way", "parts")
)


@dataclass(slots=True)
class Field:
    """A field as one layer writes it."""

    name: str
    type: FieldType
    node: Node
    standing: Standing
    owner: str
    """The key, kind or room it is written under."""
    absolute: bool = False
    """References in it start from the root, not from the body of its element."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The fields of one map, by name: a preset's, an element's, an amendment's."""

    fields: dict[str, Field]
    nodes: dict[str, Node]
    """Fields that are maps of their own (`ways`, `each_way`) and arguments of a composite, by name."""
    standing: Standing
    owner: str
    absolute: bool = False
    bad: frozenset[str] = frozenset()
    """Fields that are written and cannot be used."""


def layer(
    model: type[BaseModel],
    node: Map,
    outer: Standing,
    owner: str,
    complaints: Complaints,
    of: str,
    absolute: bool = False,
) -> Layer:
    """The good fields of a map; the bad ones are complained of and left out."""
    bad = check(model, node, complaints, of)
    types = types_of(model)
    stand = standing(node, outer)
    fields: dict[str, Field] = {}
    nodes: dict[str, Node] = {}
    for name, value in node.values.items():
        if name in bad or isinstance(value, Hole):
            continue
        kind = types.get(name)
        if kind is None:
            nodes[name] = value
        else:
            fields[name] = field(name, kind, value, stand, owner, absolute)
    return Layer(fields, nodes, stand, owner, absolute, bad)


def field(
    name: str, kind: FieldType, node: Node, stand: Standing, owner: str, absolute: bool = False
) -> Field:
    """A field, taken out of its `{value: …, assumed: …}` if it is written so."""
    if kind.sourced and isinstance(node, Map) and "value" in node.values:
        stand = standing(node, stand)
        node = node.values["value"]
    return Field(name, kind, node, stand, owner, absolute)


def is_data(name: str, kind: FieldType) -> bool:
    """Whether a field is kept as a value of its element."""
    return name not in _NOT_FIELDS and not kind.links


def read(
    field: Field, env: Env, ledger: Ledger, complaints: Complaints, instance: str | None = None
) -> Value | None:
    """The value of a field with its blanks filled; None, complained of, where it cannot be read."""
    node = field.node
    data = plain(node)
    at, (assumed, source) = node.at, field.standing
    related = []
    if has_blank(data):
        arg = whole(node, env)
        if arg is not None and arg.at is not None:
            related = [(arg.at, "its value is written here")]
            at, assumed, source = arg.at, arg.assumed, arg.source
        node = filled(node, env)
        data = plain(node)
    try:
        of = field.type.read(data)
    except Fault as fault:
        complain(fault, place(fault, node), complaints, instance, related)
        return None
    except Faults as several:
        for one in several.faults:
            complain(one, place(one, node), complaints, instance, related)
        return None
    ledger.note(field.owner, field.name, of, at, assumed)
    return Value(of, at, assumed, source)


def whole(node: Node, env: Env) -> Arg | None:
    """What a text that is exactly one blank stands for."""
    if isinstance(node, Scalar):
        match = BLANK.fullmatch(node.text)
        if match:
            return env.get(match[1])
    return None


def filled(node: Node, env: Env) -> Node:
    """A copy of a node with every blank filled, at the same places."""
    if isinstance(node, Scalar):
        if "<" not in node.text:
            return node
        text = BLANK.sub(lambda match: env[match[1]].text.removeprefix("/"), node.text)
        return Scalar(node.source, node.line, node.column, text)
    if isinstance(node, Map):
        copy = Map(node.source, node.line, node.column)
        for name, value in node.values.items():
            key = filled(node.keys[name], env)
            assert isinstance(key, Scalar)
            copy.keys[key.text] = key
            copy.values[key.text] = filled(value, env)
        return copy
    if isinstance(node, Items):
        items = Items(node.source, node.line, node.column)
        items.items = [filled(item, env) for item in node.items]
        return items
    return node


def scalars(node: Node) -> Iterator[Scalar]:
    """Every text below a node, keys included."""
    stack = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, Scalar):
            yield one
        elif isinstance(one, Map):
            stack.extend(one.keys[name] for name in one.values)
            stack.extend(one.values.values())
        elif isinstance(one, Items):
            stack.extend(one.items)


def blanks(nodes: Iterable[Node]) -> Iterator[tuple[Scalar, Pattern]]:
    """Every text with blanks below some nodes, taken apart; a text with two spreads is left to the gate."""
    for node in nodes:
        for one in scalars(node):
            if "<" in one.text and BLANK.search(one.text):
                yield one, Pattern(one.text)
