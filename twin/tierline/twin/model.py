"""The twin: what a spec means, after every blank is filled and every reference resolved.

Frozen and ordered by id, so that the same spec gives the same twin on any machine. Nothing here knows YAML,
pydantic or arithmetic of removals: `tierline.twin.lower` turns a twin into the arrays of `tierline.kernel`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tierline.twin.assumptions import Assumption
    from tierline.twin.head import Claims, Revision, Site


class Medium(StrEnum):
    """What flows through a joint. Each is a network of its own; zones grow along one medium at a time."""

    POWER = "power"
    DC = "dc"
    FUEL = "fuel"
    CHILLED_WATER = "chilled-water"
    CONDENSER_WATER = "condenser-water"
    """Heat on its way from chillers to towers and dry coolers."""
    REFRIGERANT = "refrigerant"
    WATER = "water"
    """Make-up water: what towers and wet pads consume."""
    GAS = "gas"
    AIR = "air"
    DATA = "data"
    """Connections of the network: paths only, no amounts; zones never grow along it."""


class Isolation(StrEnum):
    """How an element itself can be isolated from, or isolates, its neighbours (tier-rules S3 to S7)."""

    NONE = "none"
    """Does not isolate: conductors, machines, contactors, static switches, check and control valves."""
    FIXED = "fixed"
    """Isolates its neighbours from each other; to replace it, both sides must be dead."""
    WITHDRAWABLE = "withdrawable"
    """Isolates, and leaves alone: both sides may stay live."""
    PLUG = "plug"
    """A plug and socket: isolates, and leaves alone."""


class Origin(StrEnum):
    """How an element came to be."""

    WRITTEN = "written"
    WAY = "way"
    """The device of a way of a board, header or tank: `msb-a.q1`."""
    RUN = "run"
    """The cable, pipe or duct of a way, or a run without device: `msb-a.q1.w`, `gen-a1.fuel`."""
    INCOMER = "incomer"
    """The own device of the map form: `msb-a.q0`."""
    CORD = "cord"
    """The plug of a rack's cord: `rack-1-03.a`."""
    PART = "part"
    """A member of a loop, a line or a composite mechanism: `chw.s1`, `ats-3.mech`."""


class Mode(StrEnum):
    """How the joints of one feed share what passes through them."""

    JOINED = "joined"
    """`from`, `to`, `between`, chains: all are connected, all may carry at once."""
    SELECT = "select"
    """`inputs`, and `needs` with alternatives: one at a time, never back-feeding, first preferred."""
    SHARE = "share"
    """`cords`: each live cord is on or off; all that are on carry need / count."""


class Dimension(StrEnum):
    """What a quantity measures; the base unit in which `Quantity.amount` is kept."""

    POWER = "power"  # W
    APPARENT_POWER = "apparent power"  # VA
    ENERGY = "energy"  # J
    VOLTAGE = "voltage"  # V
    CURRENT = "current"  # A
    VOLUME = "volume"  # ml
    FLOW = "flow"  # ml/h
    BURN = "burn"  # ml/kWh
    TEMPERATURE = "temperature"  # °C
    TEMPERATURE_DIFFERENCE = "temperature difference"  # K
    LENGTH = "length"  # mm
    DURATION = "duration"  # s
    RATIO = "ratio"  # 1
    PRESSURE = "pressure"  # Pa
    AREA = "area"  # mm2


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact amount in the base unit of its dimension, and the text it was written as."""

    dimension: Dimension
    amount: Fraction
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Value:
    """A resolved field: `of` is a Quantity, str, bool, int, the word UNLIMITED, a tuple, or a mapping
    Quantity → Quantity (tables such as `derate`), with where it was written and what it rests on."""

    of: object
    at: Location
    assumed: str | None = None
    """Why this number was assumed, if it is not a public fact."""
    source: str | None = None
    """Where this number is published, if it is."""


STOP = "stop"
"""The name of a need that comes from `trips`: the element is opened or stopped by what it names."""

STANDBY, OFF = "standby", "off"
"""What `normally` says of a machine that does not run: it starts by itself, or a hand must start it."""

UNLIMITED = "unlimited"
"""The value of a rating that is declared to never limit anything."""

_NOTHING: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Element:
    """A thing that can be taken out: equipment, a way, a run, a cord, a section, a valve, a controller."""

    id: str
    kind: str
    """A built-in kind of `tierline.twin.kinds`."""
    origin: Origin
    at: Location
    """Where it was written: the key it was made from (`gen-<x><n>`), or the reference that implied it."""
    isolation: Isolation = Isolation.NONE
    normally_open: bool = False
    removable: bool = True
    """False for IT loads, lumped loads, utilities and other things outside the maintenance scope."""
    room: str | None = None
    fields: Mapping[str, Value] = field(default_factory=lambda: _NOTHING)
    frames: tuple[str, ...] = ()
    """The composites it stands in, outermost first, each as `hall-1: kind hall`."""
    returns: str = ""
    """The element of the supply whose counterpart it is in a mirrored return."""

    def value(self, name: str) -> object | None:
        """The plain value of a field, or None where nothing is written."""
        found = self.fields.get(name)
        return None if found is None else found.of

    def quantity(self, name: str) -> Quantity | None:
        """The field as a quantity; None where nothing, or `unlimited`, is written."""
        found = self.value(name)
        return found if isinstance(found, Quantity) else None

    def text(self, name: str, default: str = "") -> str:
        found = self.value(name)
        return found if isinstance(found, str) else default


@dataclass(frozen=True, slots=True)
class Joint:
    """A physical connection of two elements in one medium. Zones cross it; flow follows `one_way`, in a mirrored
    return backwards: its joints are written as those of the supply."""

    a: str
    b: str
    medium: Medium
    one_way: bool
    """True: what flows, flows from `a` to `b` only."""
    at: Location


@dataclass(frozen=True, slots=True)
class Feed:
    """A group of joints through which an element is supplied, and how they share.

    `joints` index `Twin.joints`, in preference order; each ends (`b`) in the element. Joints of no feed are JOINED.
    """

    element: str
    name: str
    """`inputs`, `cords`, or the name of the need: `power`, `fuel`, `heater`, …"""
    medium: Medium
    mode: Mode
    joints: tuple[int, ...]
    needed: bool
    """True: the element is down when this feed is dead (it comes from `needs`, or is the supply of a consumer)."""
    at: Location

    @property
    def breathed(self) -> bool:
        """Whether it is the air of a room that an element needs: zones never grow through that."""
        return self.needed and self.medium is Medium.AIR


@dataclass(frozen=True, slots=True)
class Need:
    """A dependency that is no conductor: one of `members` must run (`control`, `air`, …). No zone crosses it."""

    element: str
    name: str
    members: tuple[str, ...]
    at: Location


@dataclass(frozen=True, slots=True)
class Room:
    """A space; a computer room or a plant room whose heat must be removed."""

    id: str
    at: Location
    kind: str = "room"
    heat: Value | None = None
    """Heat to remove, if stated; else it is the sum of what stands in it."""
    fields: Mapping[str, Value] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Interlock:
    """Interlocking of switching devices (IEC 60050-441): at most `closed` of `elements` are closed at the same time."""

    id: str
    elements: tuple[str, ...]
    """By id; each a switching device, a valve or a damper. More of them than `closed`."""
    closed: int
    at: Location
    fields: Mapping[str, Value] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Absent:
    """What the facility has in other cases, what the whole of it has something of, and what is missed here."""

    elements: Mapping[str, Element] = field(default_factory=dict)
    media: frozenset[Medium] = frozenset()
    lost: tuple[Need, ...] = ()
    """Needs and supplies of which every member is absent: what has one is out of service."""


@dataclass(frozen=True, slots=True)
class Twin:
    """One load case of a facility, as meant. All goes by id; `joints`, `feeds`, `needs` by their ends."""

    facility: str
    elements: Mapping[str, Element]
    joints: tuple[Joint, ...]
    feeds: tuple[Feed, ...]
    needs: tuple[Need, ...]
    serves: tuple[tuple[str, str], ...]
    """(cooling unit, room) pairs."""
    given: frozenset[tuple[str, str]]
    """(element, medium) whose supply lies outside the model: perfect, unlimited unless rated."""
    rooms: Mapping[str, Room]
    site: Site
    claims: Claims
    settings: Mapping[str, Value]
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    """Subsystem → reason, as declared."""
    assumptions: tuple[Assumption, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    """File name → text, for messages."""
    spec_hash: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    case: str = ""
    case_note: str = ""
    absent: Absent = Absent()
    interlocks: tuple[Interlock, ...] = ()
    revisions: tuple[Revision, ...] = ()
    spares: tuple[tuple[str, str], ...] = ()
    """(element, way) pairs: ways kept for what may come; no elements."""

    @property
    def declared(self) -> tuple[Element, ...]:
        """Every element of the facility, also those this case is without: they decide what is modelled."""
        return (*self.elements.values(), *self.absent.elements.values())
