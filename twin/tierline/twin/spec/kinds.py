"""The built-in kinds that may be written: from a name to its model, from a model to its field types."""

from __future__ import annotations

from pydantic import BaseModel

from tierline.twin.spec.fields import FieldType
from tierline.twin.spec.mechanical import (
    Air,
    AirUnit,
    Cdu,
    Chiller,
    Control,
    Crah,
    DayTank,
    DryCooler,
    Duct,
    Fan,
    Loop,
    Panel,
    Pipework,
    Pump,
    Tank,
    Tower,
    Trip,
    Valve,
)
from tierline.twin.spec.network import Carrier, Entrance, Fibre, Gear, Service
from tierline.twin.spec.power import (
    Battery,
    Board,
    Bus,
    Busduct,
    Cable,
    DcSupply,
    Device,
    Genset,
    Load,
    Rack,
    Selector,
    Transformer,
    Ups,
    Utility,
)
from tierline.twin.spec.written import Element

MODELS: dict[str, type[Element]] = {
    "utility": Utility,
    "genset": Genset,
    "board": Board,
    "bus": Bus,
    "busduct": Busduct,
    "cable": Cable,
    "transformer": Transformer,
    "ups": Ups,
    "battery": Battery,
    "dc-supply": DcSupply,
    "ats": Selector,
    "sts": Selector,
    "pou-switch": Selector,
    "breaker": Device,
    "disconnector": Device,
    "fuse-switch": Device,
    "tap-off": Device,
    "contactor": Device,
    "rack": Rack,
    "racks": Rack,
    "load": Load,
    "tank": Tank,
    "day-tank": DayTank,
    "pump": Pump,
    "header": Pipework,
    "section": Pipework,
    "pipe": Pipework,
    "vessel": Pipework,
    "strainer": Pipework,
    "valve": Valve,
    "control-valve": Valve,
    "check-valve": Valve,
    "chiller": Chiller,
    "tower": Tower,
    "dry-cooler": DryCooler,
    "crah": Crah,
    "cdu": Cdu,
    "crac": AirUnit,
    "cooling-unit": AirUnit,
    "fan": Fan,
    "duct": Duct,
    "damper": Air,
    "controller": Control,
    "panel": Panel,
    "sensor": Control,
    "epo": Trip,
    "release": Trip,
    "carrier": Carrier,
    "entrance": Entrance,
    "fibre": Fibre,
    "router": Gear,
    "network-switch": Gear,
    "service": Service,
    "loop": Loop,
    "line": Loop,
}
"""The model of each kind that may be written; cords, ways and runs are implied, never written."""


def field_types(model: type[BaseModel]) -> dict[str, FieldType]:
    """How each field of a model is read, by the name it is written under."""
    found = {}
    for name, info in model.model_fields.items():
        kind = next((one for one in info.metadata if isinstance(one, FieldType)), None)
        if kind is not None:
            found[info.alias or name] = kind
    return found
