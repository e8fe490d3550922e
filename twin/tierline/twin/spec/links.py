"""The types of fields that name other elements: `from`, `inputs`, `cords`, `needs`, `room` and their like.

Only the form is judged here, part by part, with blanks let through; whether what is named exists is the
resolver's business.
"""

from __future__ import annotations

import re

from tierline.twin.spec.fields import BLANK, Faults, FieldType, Json, form
from tierline.twin.units import Fault

ID = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,62}", re.ASCII)
"""An id as it stands alone; a part or a way may begin with a digit."""
STEP = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,62}", re.ASCII)
LONGEST = 600

_ONE: Json = {"type": "string", "pattern": "^[A-Za-z<][A-Za-z0-9.<>*_-]*$"}
_SET = re.compile(r"<[^<>]*=[^<>]*>")


def reference(text: str) -> None:
    """A dotted path whose first step begins with a letter, blanks allowed."""
    if len(text) <= LONGEST and _SET.search(text):
        raise Fault("set-in-value", text=text)
    steps = BLANK.sub("a", text).split(".")
    if (
        len(text) > LONGEST
        or not ID.fullmatch(steps[0])
        or not all(STEP.fullmatch(step) for step in steps[1:])
    ):
        raise Fault("not-a-reference", text=text)


def label(text: str) -> None:
    """The name of an input, a cord, a need or an own way."""
    if not STEP.fullmatch(text):
        raise Fault("not-an-id", text=text)


class Ref(FieldType):
    """One reference."""

    links = True

    def read(self, data: object) -> object:
        if not isinstance(data, str):
            raise Fault("wrong-form", found=form(data), wanted="a reference")
        reference(data)
        return data

    def schema(self) -> Json:
        return dict(_ONE)


class Refs(FieldType):
    """References: one, a list, or a map by name, as far as the field allows each."""

    links = True

    def __init__(
        self, one: bool = True, many: bool = True, named: bool = True, exactly: int | None = None
    ) -> None:
        self.one, self.many, self.named, self.exactly = one, many, named, exactly

    def read(self, data: object) -> object:
        faults: list[Fault] = []
        if isinstance(data, str) and self.one:
            _part(data, (), faults)
        elif isinstance(data, list) and self.many:
            if self.exactly is not None and len(data) != self.exactly:
                faults.append(Fault("exactly", count=len(data), wanted=self.exactly))
            for index, item in enumerate(data):
                _part(item, (index,), faults)
        elif isinstance(data, dict) and self.named:
            for name, item in data.items():
                _name(name, (name,), faults, blanks=True)
                _part(item, (name,), faults)
        else:
            faults.append(Fault("wrong-form", found=form(data), wanted=self._wanted()))
        if faults:
            raise Faults(faults)
        return data

    def _wanted(self) -> str:
        forms = (("one reference", self.one), ("a list", self.many), ("a map by name", self.named))
        return " or ".join(word for word, allowed in forms if allowed)

    def schema(self) -> Json:
        forms = (("string", self.one), ("array", self.many), ("object", self.named))
        shown: Json = {"type": [name for name, allowed in forms if allowed], "pattern": _ONE["pattern"]}
        if self.many:
            shown["items"] = dict(_ONE)
        if self.named:
            shown["additionalProperties"] = dict(_ONE)
        return shown


class Needs(FieldType):
    """Auxiliaries by name: `{fuel: dt-1, control: [plc-1, plc-2], power: {heater: mcc.q1}}`."""

    links = True

    def read(self, data: object) -> object:
        if not isinstance(data, dict):
            raise Fault("wrong-form", found=form(data), wanted="a map by name, such as {power: mcc-a.q1}")
        faults: list[Fault] = []
        for name, group in data.items():
            _name(name, (name,), faults)
            if isinstance(group, dict):
                for sub, members in group.items():
                    _name(sub, (name, sub), faults)
                    _members(members, (name, sub), faults)
            else:
                _members(group, (name,), faults)
        if faults:
            raise Faults(faults)
        return data

    def schema(self) -> Json:
        members: Json = {"type": ["string", "array"], "pattern": _ONE["pattern"], "items": dict(_ONE)}
        group = members | {"type": ["string", "array", "object"], "additionalProperties": members}
        return {"type": "object", "additionalProperties": group}


class Parts(FieldType):
    """The chain of a loop or line: `s1` a section, `v12` a valve, `d1` a damper, else `{kind: id}`."""

    def read(self, data: object) -> object:
        if not isinstance(data, list):
            raise Fault("wrong-form", found=form(data), wanted="a list, such as [s1, v12, s2]")
        if len(data) < 2:
            raise Fault("too-few-parts", count=len(data))
        faults: list[Fault] = []
        for index, part in enumerate(data):
            if (
                isinstance(part, dict)
                and len(part) == 1
                and all(isinstance(name, str) for name in part.values())
            ):
                _name(str(next(iter(part.values()))), (index,), faults)
            elif not isinstance(part, str) or not re.fullmatch("[svd][0-9][A-Za-z0-9]*", part, re.ASCII):
                faults.append(
                    Fault("not-a-part", (index,), text=part if isinstance(part, str) else form(part))
                )
        if faults:
            raise Faults(faults)
        return data

    def schema(self) -> Json:
        token = "^[svd][0-9][A-Za-z0-9]*$"
        item = {
            "type": ["string", "object"],
            "pattern": token,
            "maxProperties": 1,
            "additionalProperties": {"type": "string"},
        }
        return {"type": "array", "minItems": 2, "items": item}


def _part(item: object, route: tuple[str | int, ...], faults: list[Fault]) -> None:
    try:
        if not isinstance(item, str):
            raise Fault("wrong-form", found=form(item), wanted="a reference")
        reference(item)
    except Fault as fault:
        faults.append(fault.under(*route))


def _members(members: object, route: tuple[str | int, ...], faults: list[Fault]) -> None:
    if isinstance(members, list):
        if not members:
            faults.append(Fault("empty-list", route))
        for index, item in enumerate(members):
            _part(item, (*route, index), faults)
    else:
        _part(members, route, faults)


def _name(name: str, route: tuple[str | int, ...], faults: list[Fault], blanks: bool = False) -> None:
    try:
        label(BLANK.sub("a", name) if blanks else name)
    except Fault as fault:
        faults.append(fault.under(*route, on_key=True))
