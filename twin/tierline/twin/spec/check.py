"""The gate: one written map against its model, every mistake a located complaint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ValidationError

from tierline.twin.diagnostics import Complaints
from tierline.twin.model import Location
from tierline.twin.source import Map, Node, Scalar, SourceMap, holed, plain
from tierline.twin.spec.fields import FieldType
from tierline.twin.spec.kinds import field_types
from tierline.twin.units import Fault

_TYPES: dict[type[BaseModel], dict[str, FieldType]] = {}


def types_of(model: type[BaseModel]) -> dict[str, FieldType]:
    """How each field of a model is read; made once."""
    found = _TYPES.get(model)
    if found is None:
        found = _TYPES[model] = field_types(model)
    return found


def names_of(model: type[BaseModel]) -> list[str]:
    """The keys a map of this model may have."""
    return [info.alias or name for name, info in model.model_fields.items()]


def check(model: type[BaseModel], node: Map, complaints: Complaints, of: str) -> frozenset[str]:
    """Complain of what is wrong in `node`; the top keys that hold something wrong."""
    bad = {name for name, value in node.values.items() if holed(value)}
    try:
        model.model_validate(plain(node))
    except ValidationError as error:
        for one in error.errors(include_url=False, include_input=False):
            route = one["loc"]
            if route:
                bad.add(str(route[0]))
            if one["type"] == "tierline":
                for fault in one["ctx"]["faults"]:
                    complain(fault, place(fault, node, route), complaints)
            else:
                _told(one["type"], route, node, model, complaints, of)
    return frozenset(bad)


def place(fault: Fault, node: Node, route: tuple[str | int, ...] = ()) -> Node:
    """The key or value below a node that a fault is about."""
    places = SourceMap(node)
    whole = (*route, *fault.route)
    return places.key(whole) if fault.on_key else places.node(whole)


def complain(
    fault: Fault,
    node: Node,
    complaints: Complaints,
    instance: str | None = None,
    related: Iterable[tuple[Location, str]] = (),
) -> None:
    """A fault of reading, told at the node it was found in."""
    words: dict[str, Any] = dict(fault.words)
    near = words.pop("near", None)
    help = complaints.suggest(near[0], near[1]) if isinstance(near, tuple) else None
    complaints.add(fault.key, node.at, help=help, instance=instance, related=related, **words)


def _told(
    kind: str,
    route: tuple[str | int, ...],
    node: Map,
    model: type[BaseModel],
    complaints: Complaints,
    of: str,
) -> None:
    """One of pydantic's own errors in our words."""
    places = SourceMap(node)
    name = str(route[-1]) if route else ""
    if kind == "extra_forbidden":
        holder = _model_at(model, route[:-1])
        known = [one for one in names_of(holder) if one != "spare"] if holder else []
        hint = complaints.suggest(name, known)
        told = of if len(route) == 1 else f"`{route[-2]}`"
        complaints.add(
            "field-unknown", places.key(route).at, help=hint, field=name, of=told, known=", ".join(known)
        )
    elif kind == "missing":
        complaints.add("field-missing", places.key(route[:-1]).at, field=name, of=of)
    else:
        found = places.node(route)
        text = "a text" if isinstance(found, Scalar) else "a map" if isinstance(found, Map) else "a list"
        complaints.add("wrong-form", found.at, found=text, wanted="a map")


def _model_at(model: type[BaseModel], route: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model of the map a route leads to, as far as the fields name one."""
    for step in route:
        info = next((one for name, one in model.model_fields.items() if step in (one.alias, name)), None)
        if info is None:
            continue
        inner = [
            one for one in _inner(info.annotation) if isinstance(one, type) and issubclass(one, BaseModel)
        ]
        if not inner:
            return None
        model = inner[0]
    return model


def _inner(annotation: object) -> list[object]:
    arguments = getattr(annotation, "__args__", None)
    return [annotation] if arguments is None else [one for each in arguments for one in _inner(each)]
