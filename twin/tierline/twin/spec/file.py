"""What may be written in a file: its top keys, kinds, rooms, tables, claims, site and settings."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from tierline.twin.model import Dimension as D
from tierline.twin.spec.fields import Amount, Count, FieldType, Json, Names, Several, Word, form
from tierline.twin.spec.links import ID, Refs, label
from tierline.twin.spec.written import Power, Provenance, Words, Written, written
from tierline.twin.units import Fault

PARAMETER_TYPES = ("ref", "text", "id", "int", "bool", *(one.value.replace(" ", "-") for one in D))
REVISION = re.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,5}", re.ASCII)
_DAY, _A_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII), "a day such as 2026-11-28"
_NAME = re.compile("[a-z][a-z0-9_-]{0,62}", re.ASCII)


class Id(FieldType):
    """An id: letters, digits and `-`, beginning with a letter."""

    def read(self, data: object) -> object:
        if not isinstance(data, str) or not ID.fullmatch(data):
            raise Fault("not-an-id", text=data if isinstance(data, str) else form(data))
        return data

    def schema(self) -> Json:
        return {"type": "string", "pattern": f"^{ID.pattern}$"}


class Open(FieldType):
    """A map judged elsewhere, key by key."""

    def __init__(self, shown: Json | None = None) -> None:
        self._shown = shown or {"type": "object"}

    def read(self, data: object) -> object:
        wanted = dict if self._shown["type"] == "object" else list
        if not isinstance(data, wanted):
            raise Fault("wrong-form", found=form(data), wanted="a map" if wanted is dict else "a list")
        return data

    def schema(self) -> Json:
        return self._shown


class Members(FieldType):
    """The members of an axis: a list of words, or a set such as `1..3` or `a|b`."""

    def read(self, data: object) -> object:
        if isinstance(data, list) and all(isinstance(one, str) for one in data):
            for index, one in enumerate(data):
                try:
                    label(str(one))
                except Fault as fault:
                    raise fault.under(index) from None
            return data
        if isinstance(data, str):
            return data
        raise Fault("wrong-form", found=form(data), wanted="a list of words, or a set such as 1..3")

    def schema(self) -> Json:
        return {"type": ["array", "string", "integer"], "items": {"type": ["string", "integer"]}}


class Claims(Provenance):
    """What the owner says; verified, never an input."""

    tier: Annotated[object, Word("I", "II", "III", "IV")] = written("Tier claimed.")
    availability: Annotated[object, Amount(D.RATIO)] = written("Availability claimed.")
    autonomy: Annotated[object, Amount(D.DURATION)] = written("Time on its own stores claimed.")


class Site(Provenance):
    """Where the facility stands, and the design conditions there."""

    country: Words = written("Country code.")
    station: Words = written("Weather station the conditions are taken from.")
    place: Words = written("Town or address.")
    altitude: Annotated[object, Amount(D.LENGTH)] = written("Height above the sea.")
    dry_bulb: Annotated[object, Amount(D.TEMPERATURE)] = written("Extreme dry bulb, 20-year return.")
    wet_bulb: Annotated[object, Amount(D.TEMPERATURE)] = written("Extreme wet bulb.")
    pressure: Annotated[object, Amount(D.PRESSURE)] = written("Air pressure.")


class Settings(Provenance):
    unrated: Annotated[object, Word("unknown", "unlimited")] = written(
        "What holds for an element without a rating; unknown if not written."
    )
    power_factor: Annotated[object, Amount(D.RATIO, share=True)] = written(
        "Power factor of what draws power and says nothing of its own."
    )


class Room(Provenance):
    kind: Annotated[object, Id()] = written("computer-room, plant-room, switch-room, …")
    name: Annotated[object, Names()] = written("A name for people.")
    tag: Words = written("The site's own designation.")
    heat: Power = written("Heat to remove; if not written, the sum of what stands in it.")
    protection: Annotated[object, Count(1, 9)] = written("Protection class.")
    compartment: Words = written("Fire compartment.")
    inside: Words = written("What it is part of.")


class Interlock(Provenance):
    """Interlocking of switching devices (IEC 60050-441): at most some of them are closed at the same time."""

    among: Annotated[object, Refs(one=False, named=False)] = Field(
        description="Switching devices, valves, dampers; a way stands for its device."
    )
    closed: Annotated[object, Count(1)] = written("How many of them may be closed at once; 1 if not written.")


class Table(Provenance):
    """Many elements of one shape, a row each."""

    common: Annotated[object, Open()] = written("What holds for every row.")
    columns: Annotated[object, Several(str, ".*")] = Field(
        description="Fields in order, one of them `id`; dots go deeper."
    )
    rows: Annotated[object, Open({"type": "array", "items": {"type": "array"}})] = written("The rows.")


class Parameter(Written):
    """A parameter of a composite: a blank inside it."""

    type: Annotated[object, Word(*PARAMETER_TYPES)] = Field(
        description="ref, text, id, int, bool, or a dimension."
    )
    per: Annotated[object, Id()] = written("The axis it is indexed by: one member each.")
    default: Any = written("Its value where the use gives none.")
    doc: Words = written("What it is for.")


class Composite(Provenance):
    """A kind made of elements."""

    doc: Words = written("What it is.")
    params: Annotated[object, Open()] = written("Its parameters, by name.")
    axes: Annotated[object, Open()] = written("Axes of its body.")
    rooms: Annotated[object, Open()] = written("Its rooms.")
    elements: Annotated[object, Open()] = written("What it is made of.")
    interlocks: Annotated[object, Open()] = written("Its interlocks.")


class Use(Provenance):
    """An element of a composite kind; its parameters stand beside these."""

    model_config = ConfigDict(extra="allow", frozen=True)

    kind: Words = written("The composite.")
    name: Annotated[object, Names()] = written("A name for people.")
    tag: Words = written("The site's own designation.")
    side: Words = written("The side it belongs to, for drawings.")


class Case(Provenance):
    """A load case: what is not yet there, and what is different."""

    absent: Annotated[object, Several(str, ".*")] = written("What is not there, by id, path or pattern.")
    amend: Annotated[object, Open()] = written("Exceptions of this case alone, laid on after the others.")


class Day(FieldType):
    """A day of the calendar: `2026-11-28`."""

    def read(self, data: object) -> object:
        try:
            if isinstance(data, str) and _DAY.fullmatch(data):
                return date.fromisoformat(data).isoformat()
        except ValueError:
            pass
        raise Fault("wrong-form", found=f"`{data}`" if isinstance(data, str) else form(data), wanted=_A_DAY)

    def schema(self) -> Json:
        return {"type": "string", "pattern": f"^{_DAY.pattern}$"}


class Revision(Written):
    """One issue of the drawings."""

    date: Annotated[object, Day()] = Field(description="The day it was issued, such as 2026-11-28.")
    text: Words = Field(description="What it is for, or what has changed.")
    by: Words = written("Who issued it.")


class File(Written):
    """One file of a facility."""

    tierline: Annotated[object, Word("1")] = written("Version of the language.")
    facility: Annotated[object, Id()] = written("Id of the facility; if not written, its folder's name.")
    name: Annotated[object, Names()] = written("Its name for people.")
    claims: Claims | None = written("What the owner claims.")
    site: Site | None = written("Where it stands.")
    settings: Settings | None = written("How missing numbers are taken.")
    include: Annotated[object, Several(str, ".*")] = written(
        "Files beside the folder's own, below the project's root."
    )
    source: Words = written("Where the numbers of this file are published.")
    assumed: Words = written("Why the numbers of this file are assumed.")
    axes: Annotated[object, Open()] = written("Named sets, used as blanks in keys.")
    kinds: Annotated[object, Open()] = written("Presets and composites.")
    rooms: Annotated[object, Open()] = written("Rooms.")
    elements: Annotated[object, Open()] = written("Elements, by id.")
    tables: Annotated[object, Open()] = written("Elements of one shape, a row each.")
    interlocks: Annotated[object, Open()] = written("Devices that cannot all be closed at once.")
    amend: Annotated[object, Open()] = written("Exceptions, by id or pattern; each must change something.")
    cases: Annotated[object, Open()] = written("Load cases, by name; the first one is drawn.")
    not_applicable: Annotated[object, Open()] = written("Subsystems that do not apply, with the reason.")
    revisions: Annotated[object, Open()] = written("Issues of the drawings, by letter or number.")


SUBSYSTEMS = ("generators", "fuel", "ups", "distribution", "cooling", "water", "controls", "network")


def parameter_name(text: str) -> bool:
    """Whether a text can be a parameter's or an axis's name."""
    return _NAME.fullmatch(text) is not None
