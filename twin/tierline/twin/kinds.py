"""The built-in kinds: what each thing is by nature. What may be written about it is `tierline.twin.spec`.

The class of a kind (capacity or path) decides the tier a failed removal costs (decision M4); its default isolation
decides where zones stop (tier-rules S3 to S7). There are no default ratings: a number nobody wrote is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tierline.twin.model import Isolation, Medium


class Class(StrEnum):
    CAPACITY = "capacity"
    """Makes power from a store, moves heat or fluid, or stores it."""
    PATH = "path"
    """Everything between: conductors, switches, pipes, controls."""
    CONSUMER = "consumer"
    """IT and lumped loads: never removed, ends every zone."""
    SERVICE = "service"
    """What must stay connected: asked of the network alone, never removed."""
    WORLD = "world"
    """Outside the facility: supplies nothing in any check, never removed."""


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    title: str
    cls: Class
    medium: Medium | None
    """The medium it stands in where nothing else says so; None: `carries`, or what it is joined to, decides."""
    isolation: Isolation = Isolation.NONE
    one_way: bool = False
    """Conducts from its supply to what it supplies, never back."""


def _table(*kinds: Kind) -> dict[str, Kind]:
    return {kind.name: kind for kind in kinds}


KINDS: dict[str, Kind] = _table(
    # power
    Kind("utility", "utility supply", Class.WORLD, Medium.POWER, one_way=True),
    Kind("genset", "engine-generator set", Class.CAPACITY, Medium.POWER, one_way=True),
    Kind("board", "switchboard", Class.PATH, Medium.POWER),
    Kind("bus", "busbar section", Class.PATH, Medium.POWER),
    Kind("busduct", "busbar trunking", Class.PATH, Medium.POWER),
    Kind("cable", "cable", Class.PATH, Medium.POWER),
    Kind("transformer", "transformer", Class.PATH, Medium.POWER, one_way=True),
    Kind("ups", "uninterruptible power system", Class.CAPACITY, Medium.POWER, one_way=True),
    Kind("battery", "battery", Class.CAPACITY, Medium.DC, one_way=True),
    Kind("dc-supply", "d.c. supply", Class.PATH, Medium.DC, one_way=True),
    Kind("ats", "automatic transfer switch", Class.PATH, Medium.POWER, one_way=True),
    Kind("sts", "static transfer switch", Class.PATH, Medium.POWER, one_way=True),
    Kind("pou-switch", "point-of-use transfer switch", Class.PATH, Medium.POWER, one_way=True),
    Kind("breaker", "circuit-breaker", Class.PATH, Medium.POWER, Isolation.FIXED),
    Kind("disconnector", "disconnector", Class.PATH, Medium.POWER, Isolation.FIXED),
    Kind("fuse-switch", "fuse-switch", Class.PATH, Medium.POWER, Isolation.FIXED),
    Kind("tap-off", "tap-off unit", Class.PATH, Medium.POWER, Isolation.PLUG),
    Kind("cord", "rack cord", Class.PATH, Medium.POWER, Isolation.PLUG, one_way=True),
    Kind("contactor", "contactor", Class.PATH, Medium.POWER),
    Kind("rack", "rack", Class.CONSUMER, Medium.POWER, one_way=True),
    Kind("racks", "group of racks", Class.CONSUMER, Medium.POWER, one_way=True),
    Kind("load", "lumped load", Class.CONSUMER, Medium.POWER, one_way=True),
    # fluids
    Kind("tank", "bulk tank", Class.CAPACITY, None, one_way=True),
    Kind("day-tank", "day tank", Class.CAPACITY, None, one_way=True),
    Kind("pump", "pump", Class.CAPACITY, None, one_way=True),
    Kind("header", "header", Class.PATH, None),
    Kind("section", "pipe section", Class.PATH, None),
    Kind("pipe", "pipe", Class.PATH, None),
    Kind("valve", "valve", Class.PATH, None, Isolation.FIXED),
    Kind("control-valve", "control valve", Class.PATH, None),
    Kind("check-valve", "check valve", Class.PATH, None, one_way=True),
    Kind("strainer", "strainer", Class.PATH, None),
    Kind("vessel", "vessel", Class.PATH, None),
    Kind("chiller", "chiller", Class.CAPACITY, Medium.CHILLED_WATER, one_way=True),
    Kind("tower", "cooling tower", Class.CAPACITY, Medium.CONDENSER_WATER, one_way=True),
    Kind("dry-cooler", "dry cooler", Class.CAPACITY, Medium.CONDENSER_WATER, one_way=True),
    Kind("crah", "computer-room air handler", Class.CAPACITY, Medium.CHILLED_WATER, one_way=True),
    Kind("cdu", "coolant distribution unit", Class.CAPACITY, Medium.CHILLED_WATER, one_way=True),
    Kind("crac", "computer-room air conditioner", Class.CAPACITY, Medium.AIR, one_way=True),
    Kind("cooling-unit", "self-contained cooling unit", Class.CAPACITY, Medium.AIR, one_way=True),
    # air
    Kind("fan", "fan", Class.CAPACITY, Medium.AIR, one_way=True),
    Kind("duct", "duct", Class.PATH, Medium.AIR),
    Kind("damper", "damper", Class.PATH, Medium.AIR, Isolation.FIXED),
    # controls
    Kind("controller", "controller", Class.PATH, None, one_way=True),
    Kind("panel", "control panel", Class.PATH, None, one_way=True),
    Kind("sensor", "sensor", Class.PATH, None, one_way=True),
    Kind("epo", "emergency power-off circuit", Class.PATH, None, one_way=True),
    Kind("release", "shunt or under-voltage release", Class.PATH, None, one_way=True),
    # network
    Kind("carrier", "carrier", Class.WORLD, Medium.DATA),
    Kind("entrance", "entrance or patch field", Class.PATH, Medium.DATA),
    Kind("fibre", "fibre on site", Class.PATH, Medium.DATA),
    Kind("router", "router", Class.PATH, Medium.DATA),
    Kind("network-switch", "network switch", Class.PATH, Medium.DATA),
    Kind("service", "service", Class.SERVICE, Medium.DATA),
)

WAY_DEVICES = ("breaker", "disconnector", "fuse-switch", "tap-off", "contactor", "valve", "damper")
"""What may stand at the board end of a way."""

CONDUCTORS = ("board", "bus", "busduct", "cable", "transformer")
"""What carries power and has nothing to open: it is earthed where people work on it."""

SHUTTING = ("valve", "control-valve", "damper")
"""What stops a flow when it is closed, where a switch stops it when it is open."""

BLOWERS = frozenset(("crah", "cdu", "crac", "cooling-unit", "fan"))
"""What cools by blowing: to need one is to need it running, whatever the need is called."""

CONTROLS = frozenset(("controller", "panel", "sensor", "epo", "release"))
"""Equipment that passes nothing on: what others do depends on it."""

GEAR = frozenset(("router", "network-switch"))
"""Parts of the network that run on power, taken through plugs."""

DATA = frozenset(kind.name for kind in KINDS.values() if kind.medium is Medium.DATA)

TRIPPING = ("epo", "release")
"""Controls that do nothing but open or stop what they name in `trips`."""

REJECTORS = ("tower", "dry-cooler")
"""Equipment that gives heat to the outdoor air for others."""

STORES = ("tank", "day-tank")
"""What holds fuel or water."""

SELECTORS = ("ats", "sts", "pou-switch")
"""Equipment that takes one input at a time."""


def by_nature(kind: str, carries: str | None) -> Medium | None:
    """The medium a thing stands in by itself: what it says it carries, else what its kind does."""
    if carries is not None:
        return Medium(carries)
    return Medium.FUEL if kind in STORES else KINDS[kind].medium
