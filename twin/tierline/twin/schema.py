"""The JSON Schema of a file, for editors: closed fields, every one described, one `if … then` per kind.

Never `oneOf`: an editor that meets it can only say that nothing fits. Kinds of the author's own are let
through, since the general schema cannot know their parameters.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from tierline.twin.spec.file import REVISION, Case, Composite, File, Interlock, Parameter, Revision, Room, Table
from tierline.twin.spec.kinds import MODELS
from tierline.twin.spec.links import ID

Json = dict[str, Any]

_KEY = "^[A-Za-z<][A-Za-z0-9<>=|._-]*$"
_DEFS = "#/$defs/"
_BODY = {"elements": "AnyElement", "rooms": "Room", "interlocks": "Interlock"}
"""Sections of a facility and of a composite alike → what each of them holds."""
_SECTIONS = {**_BODY, "kinds": "Kind", "tables": "Table", "cases": "Case", "revisions": "Revision"}


def schema() -> Json:
    """The schema of any file of any facility."""
    others = (Room, Table, Interlock, Parameter, Composite, Case, Revision, File)
    models: list[type[BaseModel]] = [*dict.fromkeys(MODELS.values()), *others]
    wanted: list[tuple[Any, Literal["validation", "serialization"]]] = [(one, "validation") for one in models]
    _, made = models_json_schema(wanted, ref_template=_DEFS + "{model}")
    defs = {name: _tidy(one) for name, one in made["$defs"].items()}
    defs["SomeWay"] |= {"type": ["object", "string"], "pattern": "^spare$"}
    for model in dict.fromkeys(MODELS.values()):
        defs[f"{model.__name__}Preset"] = _preset(defs[model.__name__])
    defs["AnyElement"] = _by_kind("kind", "")
    defs["AnyPreset"] = _by_kind("is", "Preset")
    preset, composite = {"$ref": f"{_DEFS}AnyPreset"}, {"$ref": f"{_DEFS}Composite"}
    defs["Kind"] = {"type": "object", "if": {"required": ["is"]}, "then": preset, "else": composite}
    file: Json = defs.pop("File")
    for holder, names in ((file, _SECTIONS), (defs["Composite"], _BODY)):
        for name, inner in names.items():
            holder["properties"][name] |= _named(inner, name)
    defs["Composite"]["properties"]["params"] |= {"additionalProperties": {"$ref": f"{_DEFS}Parameter"}}
    file |= {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tierline facility",
        "$defs": dict(sorted(defs.items())),
    }
    return file


def _named(inner: str, section: str) -> Json:
    own = REVISION if section == "revisions" else ID
    keys = f"^{own.pattern}$" if section in ("kinds", "tables", "cases", "revisions") else _KEY
    return {
        "type": "object",
        "propertyNames": {"pattern": keys},
        "additionalProperties": {"$ref": _DEFS + inner},
    }


def _by_kind(word: str, suffix: str) -> Json:
    """A map whose fields depend on its kind; a kind that is not built in is left to the compiler."""
    kinds = [
        {
            "if": {"properties": {word: {"const": kind}}, "required": [word]},
            "then": {"$ref": f"{_DEFS}{model.__name__}{suffix}"},
        }
        for kind, model in MODELS.items()
    ]
    known = {"anyOf": [{"enum": list(MODELS)}, {"type": "string", "pattern": f"^{ID.pattern}$"}]}
    return {"type": "object", "required": [word], "properties": {word: known}, "allOf": kinds}


def _preset(model: Json) -> Json:
    """The fields of a kind as a preset writes them."""
    fields: Json = {name: field for name, field in model["properties"].items() if name != "kind"}
    described = {"type": "string", "description": "The kind it is built on."}
    fields = {"is": described, "doc": {"type": "string", "description": "What it is."}} | fields
    return {"type": "object", "properties": fields, "additionalProperties": False}


def _tidy(node: Any) -> Any:
    """Without the titles and nulls pydantic adds: a field is left out, never null."""
    if isinstance(node, list):
        return [_tidy(one) for one in node]
    if not isinstance(node, dict):
        return node
    kept = {
        name: _tidy(one)
        for name, one in node.items()
        if not (name == "title" and isinstance(one, str)) and not (name == "default" and one is None)
    }
    several = kept.get("anyOf")
    if isinstance(several, list):
        real = [one for one in several if one != {"type": "null"}]
        if len(real) == 1:
            del kept["anyOf"]
            kept |= {name: one for name, one in real[0].items() if name not in kept}
    return kept
