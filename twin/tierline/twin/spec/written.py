"""What every written map shares: closed keys, provenance, ways and runs, and the names of field types."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tierline.twin.model import Dimension as D
from tierline.twin.model import Medium
from tierline.twin.spec.fields import Amount, Count, Curve, Names, Several, Text, Word, Yes
from tierline.twin.spec.links import Needs, Ref, Refs
from tierline.twin.units import Fault

_CARRIED = tuple(one.value for one in Medium if one is not Medium.DATA)
"""What can be supplied: data is not."""


def _medium(text: str) -> str:
    if text not in _CARRIED:
        raise Fault("word-unknown", text=text, known=", ".join(_CARRIED), near=(text, _CARRIED))
    return text


class Written(BaseModel):
    """A closed map: a key that is not listed is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False, defer_build=True)


def written(description: str, alias: str | None = None) -> Any:
    """A field that may be left out, with what it means."""
    return Field(default=None, description=description, alias=alias)


_RATED = (D.POWER, D.CURRENT, D.APPARENT_POWER)

Words = Annotated[object, Text()]
Link = Annotated[object, Ref()]
Links = Annotated[object, Refs()]
Power = Annotated[object, Amount(D.POWER)]
Ratio = Annotated[object, Amount(D.RATIO)]
Share = Annotated[object, Amount(D.RATIO, share=True)]
Voltage = Annotated[object, Amount(D.VOLTAGE)]
Duration = Annotated[object, Amount(D.DURATION)]
Temperature = Annotated[object, Amount(D.TEMPERATURE)]
PowerRating = Annotated[object, Amount(D.POWER, unlimited=True)]
SwitchRating = Annotated[object, Amount(*_RATED, unlimited=True)]
FlowRating = Annotated[object, Amount(D.FLOW, D.POWER, unlimited=True)]
AnyRating = Annotated[object, Amount(*_RATED, D.FLOW, unlimited=True)]
Burn = Annotated[object, Amount(D.BURN)]
Derate = Annotated[object, Curve(D.TEMPERATURE, D.RATIO)]
FluidWord = Annotated[object, Word(*_CARRIED)]
ElectricWord = Annotated[object, Word("power", "dc")]
IsolationWord = Annotated[object, Word("fixed", "withdrawable", "none")]
PositionWord = Annotated[object, Word("open", "closed")]
ModeWord = Annotated[object, Word("running", "standby", "off")]
RatedAt = Annotated[object, Word("site", "nameplate")]
CooledWord = Annotated[object, Word("condenser-water", "chilled-water")]
FailWord = Annotated[object, Word("open", "closed", "last")]
YesNo = Annotated[object, Yes()]
MODES = "Its state in normal service; standby starts by itself when what runs does not suffice, off needs a hand."
Prefer = Annotated[object, Several(str, "^[A-Za-z0-9-]+$")]


class Provenance(Written):
    assumed: Words = written("Why the numbers in this map are assumed.")
    source: Words = written("Where the numbers in this map are published.")
    note: Words = written("Free words; nothing reads them.")


class Run(Provenance):
    """The cable, pipe or duct of a way."""

    rating: AnyRating = written("What it can carry; if not written, the rating of its way.")
    length: Annotated[object, Amount(D.LENGTH)] = written("Length of the route.")
    size: Words = written("Cross-section or bore, such as 4x240 mm2.")
    parallel: Annotated[object, Count(1, 99)] = written(
        "Conductors or pipes in parallel, one element together."
    )
    voltage: Voltage = written("Voltage, where it differs from the board's.")
    tag: Words = written("The site's own designation.")


class Cord(Provenance):
    """The cord of a rack."""

    rating: SwitchRating = written("What it can carry.")
    voltage: Voltage = written("Voltage.")
    tag: Words = written("The site's own designation.")


def _spare(data: object) -> object:
    return {"spare": "true"} if data == "spare" else data


class Way(Provenance):
    """A way of a board, header or tank: the device at the board, and its run."""

    device: Annotated[
        object,
        Word(
            "breaker",
            "disconnector",
            "fuse-switch",
            "tap-off",
            "contactor",
            "valve",
            "damper",
        ),
    ] = written("The device; if not written, the usual one of the board's medium.")
    rating: AnyRating = written("What the device can carry.")
    isolation: IsolationWord = written("How the device isolates.")
    isolates: YesNo = written("false: the device is not suitable for isolation.")
    normally: PositionWord = written("Its position in normal service.")
    voltage: Voltage = written("Voltage, where it differs from the board's.")
    tag: Words = written("The site's own designation.")
    run: Run | None = written("The cable, pipe or duct.")


class SomeWay(Way):
    """One way among `ways`; the word `spare` stands for a way nothing uses yet."""

    spare: YesNo = written("Nothing uses it yet.")


WayOrSpare = Annotated[SomeWay, BeforeValidator(_spare)]


class Element(Provenance):
    """What may be said of anything."""

    kind: Words = written("What it is: a built-in kind, or one of `kinds`.")
    name: Annotated[object, Names()] = written("A name for people, one text or one per language.")
    tag: Words = written("The site's own designation.")
    side: Words = written("The side it belongs to, for drawings.")
    room: Link = written("The room it stands in.")
    given: Annotated[object, Several(_medium, "^[a-z-]+$")] = written(
        "Media whose supply lies outside the model: taken as perfect."
    )
    needs: Annotated[object, Needs()] = written("Auxiliaries, by name; a list means any one is enough.")


class HasWays(Element):
    each_way: Way | None = written("What holds for every way of it.")
    ways: dict[str, WayOrSpare] | None = written(
        "Ways that differ, and spare ones; listing connects nothing."
    )
