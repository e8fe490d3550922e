"""The types a field can have: each reads plain data (texts, lists, maps) and states its own JSON Schema.

`read` is the only place where a text becomes a value, before and after blanks are filled. It raises `Fault`,
or `Faults` where several parts are wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from tierline.twin.model import UNLIMITED, Dimension, Quantity
from tierline.twin.units import NUMBER, UNITS, Fault, quantity, whole

Json = dict[str, Any]

BLANK = re.compile(r"<([a-z][a-z0-9_-]*)(\*?)>")
"""A blank in a value: `<x>`, or `<x*>` for one item per member."""

_BLANK_TEXT = "<[a-z][a-z0-9_-]*\\*?>"
PROVENANCE = ("value", "assumed", "source", "note")


class Faults(ValueError):
    """Several faults in one field."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("faults")
        self.faults = faults


class FieldType:
    """How one field is read. Subclasses say what `read` accepts and what the schema shows."""

    sourced = False
    """May be written `{value: …, assumed: why}`."""
    links = False
    """Names other elements: read by the resolver, not kept as a value."""

    def read(self, data: object) -> object:
        raise NotImplementedError

    def schema(self) -> Json:
        raise NotImplementedError

    def check(self, data: object) -> object:
        """The gate: like `read`, but a text with blanks passes, to be read when they are filled."""
        if self.sourced and isinstance(data, dict) and "value" in data:
            for name in data:
                if name not in PROVENANCE:
                    raise _custom(
                        [
                            Fault(
                                "field-unknown",
                                (name,),
                                True,
                                field=name,
                                of="a value",
                                known=", ".join(PROVENANCE),
                            )
                        ]
                    )
            data = data["value"]
        if not self.links and has_blank(data):
            return data
        try:
            return self.read(data)
        except Fault as fault:
            raise _custom([fault]) from None
        except Faults as several:
            raise _custom(several.faults) from None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        shown = self.schema()
        if not self.sourced:
            return shown
        extra = {"value": dict(shown)} | {name: {"type": "string"} for name in PROVENANCE[1:]}
        types = shown.get("type", "string")
        types = [types] if isinstance(types, str) else list(types)
        if "object" in types:
            return shown | {"properties": extra}
        return shown | {
            "type": [*types, "object"],
            "properties": extra,
            "required": ["value"],
            "additionalProperties": False,
        }


def _custom(faults: list[Fault]) -> PydanticCustomError:
    return PydanticCustomError("tierline", "{faults}", {"faults": faults})


def has_blank(data: object) -> bool:
    if isinstance(data, str):
        return "<" in data and BLANK.search(data) is not None
    if isinstance(data, dict):
        return any(has_blank(one) for pair in data.items() for one in pair)
    if isinstance(data, list):
        return any(has_blank(one) for one in data)
    return False


def _text(data: object, wanted: str) -> str:
    if isinstance(data, str):
        return data
    raise Fault("wrong-form", found=form(data), wanted=wanted)


def form(data: object) -> str:
    return "a map" if isinstance(data, dict) else "a list" if isinstance(data, list) else "a text"


class Amount(FieldType):
    """A quantity of one of some dimensions; `unlimited` where the field is a rating; `share`: above 0, at most 1."""

    sourced = True

    def __init__(self, *dimensions: Dimension, unlimited: bool = False, word: str = "", share: bool = False) -> None:
        self.dimensions, self.unlimited, self.word, self.share = dimensions, unlimited, word, share

    def read(self, data: object) -> object:
        text = _text(data, "a quantity")
        if (self.unlimited and text == UNLIMITED) or (self.word and text == self.word):
            return text
        found = quantity(text, self.dimensions)
        if self.share and not 0 < found.amount <= 1:
            raise Fault("not-a-share", text=text)
        return found

    def schema(self) -> Json:
        units = "|".join(
            re.escape(unit) for unit, (dimension, _) in UNITS.items() if dimension in self.dimensions
        )
        words = [word for word in (UNLIMITED if self.unlimited else "", self.word) if word]
        plain = Dimension.RATIO in self.dimensions
        pattern = rf"{NUMBER}( ({units})){'?' if plain else ''}"
        types = ["string", "number"] if plain else "string"
        return {"type": types, "pattern": f"^({'|'.join([pattern, *words, f'.*{_BLANK_TEXT}.*'])})$"}


class Curve(FieldType):
    """A table from one dimension to another, such as `derate: {40 °C: 1.00, 45 °C: 0.90}`; with `flat`, also
    one amount for all."""

    sourced = True

    def __init__(self, of: Dimension, to: Dimension, flat: bool = False) -> None:
        self.of = of
        self.to = to
        self.flat = flat

    def read(self, data: object) -> object:
        if self.flat and isinstance(data, str):
            return quantity(data, (self.to,))
        if not isinstance(data, dict) or not data:
            raise Fault(
                "wrong-form", found=form(data), wanted=f"a table of {self.of.value} to {self.to.value}"
            )
        points: dict[Quantity, Quantity] = {}
        faults = []
        for key, value in data.items():
            on_key = True
            try:
                point = quantity(key, (self.of,))
                if any(point.amount == one.amount for one in points):
                    raise Fault("point-twice", text=key)
                on_key = False
                points[point] = quantity(_text(value, "a quantity"), (self.to,))
            except Fault as fault:
                faults.append(fault.under(key, on_key=on_key))
        if faults:
            raise Faults(faults)
        return dict(sorted(points.items(), key=lambda pair: pair[0].amount))

    def schema(self) -> Json:
        to = Amount(self.to).schema()
        table = {"type": "object", "minProperties": 1, "additionalProperties": to}
        if not self.flat:
            return table
        types = to["type"] if isinstance(to["type"], list) else [to["type"]]
        return to | {"type": [*types, "object"], "additionalProperties": to}


class Word(FieldType):
    """One of a few words."""

    sourced = True

    def __init__(self, *words: str) -> None:
        self.words = words

    def read(self, data: object) -> object:
        text = _text(data, "a word")
        if text not in self.words:
            raise Fault("word-unknown", text=text, known=", ".join(self.words), near=(text, self.words))
        return text

    def schema(self) -> Json:
        shown: Json = {"type": "string", "pattern": f"^({'|'.join([*self.words, _BLANK_TEXT])})$"}
        if all(word.isdigit() for word in self.words):
            shown["type"] = ["string", "integer"]
        return shown


class Yes(FieldType):
    """`true` or `false`."""

    sourced = True

    def read(self, data: object) -> object:
        text = _text(data, "true or false")
        if text not in ("true", "false"):
            raise Fault("not-yes-or-no", text=text)
        return text == "true"

    def schema(self) -> Json:
        return {"type": ["boolean", "string"], "pattern": f"^{_BLANK_TEXT}$"}


class Count(FieldType):
    """A whole number, one of `allowed` where that is given."""

    sourced = True

    def __init__(self, least: int = 0, most: int = 1_000_000, allowed: tuple[int, ...] = ()) -> None:
        self.least, self.most, self.allowed = least, most, allowed

    def read(self, data: object) -> object:
        text = _text(data, "a whole number")
        number = whole(text)
        if self.allowed and number not in self.allowed:
            raise Fault("word-unknown", text=text, known=", ".join(map(str, self.allowed)))
        if not self.least <= number <= self.most:
            raise Fault("out-of-range", text=text, least=self.least, most=self.most)
        return number

    def schema(self) -> Json:
        return {"type": ["integer", "string"], "minimum": self.least, "pattern": f"^{_BLANK_TEXT}$"}


class Text(FieldType):
    """Words for people, kept as written."""

    def read(self, data: object) -> object:
        return _text(data, "a text")

    def schema(self) -> Json:
        return {"type": ["string", "number", "boolean"]}


class Names(FieldType):
    """A name for people: one text, or one per language `{fr: …, en: …}`."""

    def read(self, data: object) -> object:
        if isinstance(data, dict):
            for language, text in data.items():
                if not re.fullmatch("[a-z]{2,3}", language):
                    raise Fault("not-a-language", (language,), True, text=language)
                _text(text, "a text")
            return data
        return _text(data, "a text, or a text per language")

    def schema(self) -> Json:
        return {"type": ["string", "object"], "additionalProperties": {"type": "string"}}


class Several(FieldType):
    """One word, or a list of words."""

    def __init__(self, read: Callable[[str], str], pattern: str) -> None:
        self._read = read
        self._pattern = pattern

    def read(self, data: object) -> object:
        if isinstance(data, str):
            return (self._read(data),)
        if not isinstance(data, list):
            raise Fault("wrong-form", found=form(data), wanted="a word or a list of words")
        faults, found = [], []
        for index, item in enumerate(data):
            try:
                found.append(self._read(_text(item, "a word")))
            except Fault as fault:
                faults.append(fault.under(index))
        if faults:
            raise Faults(faults)
        return tuple(found)

    def schema(self) -> Json:
        word = {"type": "string", "pattern": self._pattern}
        return {"type": ["string", "array"], "pattern": self._pattern, "items": word}
