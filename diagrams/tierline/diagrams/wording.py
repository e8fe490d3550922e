"""What a symbol is labelled with: the name people know, and the ratings as they were written.

Promises: no number is computed or converted here; what nobody wrote is not printed.
"""

from __future__ import annotations

from tierline.diagrams.symbols.catalogue import FIXED
from tierline.twin.kinds import CONTROLS, DATA, SHUTTING
from tierline.twin.model import UNLIMITED, Element, Isolation, Origin, Quantity

_FIELDS = {
    "genset": (("rating", "class"), ("alternator",)),
    "utility": (("voltage", "rating"),),
    "transformer": (("voltages",), ("rating", "impedance")),
    "ups": (("rating",),),
    "battery": (("autonomy",), ("energy",)),
    "dc-supply": (("voltage", "rating"), ("autonomy",)),
    "tank": (("usable",),),
    "day-tank": (("usable",),),
    "rack": (("load",),),
    "racks": (("count", "load"),),
    "load": (("load",),),
    "chiller": (("rating",), ("draw",)),
    "pump": (("rating",), ("draw",)),
    "crah": (("rating",), ("draw",)),
    "cdu": (("rating",), ("draw",)),
    "tower": (("rating",), ("draw",)),
    "dry-cooler": (("rating",), ("draw",)),
    "crac": (("rating",), ("draw",)),
    "cooling-unit": (("rating",), ("draw",)),
    "fan": (("draw",),),
    "board": (("voltage", "rating"),),
    "bus": (("voltage", "rating"),),
    "busduct": (("voltage", "rating"),),
}
_TITLED = ("entrance", "router", "network-switch")
"""What is drawn as a bar like others, and has no ratings: its label says what it is."""
_MEANING = {"draw": "draws {}", "count": "{} racks of"}


def _word(element: Element, name: str) -> str:
    value = element.value(name)
    if isinstance(value, bool) or not isinstance(value, Quantity | str | int) or value == UNLIMITED:
        return ""
    return _MEANING.get(name, "{}").format(value)


def ratings(element: Element) -> tuple[str, ...]:
    """The lines below the name."""
    if element.kind in _TITLED:
        return (element.kind.replace("-", " "),)
    rows = _FIELDS.get(element.kind, (("rating",),))
    lines = (" ".join(filter(None, (_word(element, name) for name in row))) for row in rows)
    return tuple(line for line in lines if line)


def shown_name(element: Element) -> str:
    return element.text("tag") or element.id


def series_symbol(element: Element) -> str:
    """The symbol of a device that stands in line between two others."""
    state = "open" if element.normally_open else "closed"
    match element.kind:
        case "breaker" if element.isolation is Isolation.WITHDRAWABLE:
            return f"withdrawable-{state}"
        case "breaker" | "disconnector" | "contactor" | "fuse-switch":
            return f"{element.kind}-{state}"
        case "bus" | "busduct":
            return "busway"
        case "ups" | "transformer" | "tap-off" | "cord":
            return element.kind
    return "cable"


def is_run(element: Element) -> bool:
    """A cable, pipe or duct nobody gave a name of its own: drawn as the wire itself."""
    return element.kind in ("cable", "busduct", "pipe", "duct") and element.origin is Origin.RUN


def load_shape(kind: str) -> str:
    """Which box or circle a consumer is drawn as."""
    if kind in ("rack", "racks"):
        return "rack"
    if kind in ("chiller", "crac", "cooling-unit"):
        return "chiller"
    if kind in ("tower", "dry-cooler"):
        return "tower"
    if kind in CONTROLS:
        return "control"
    if kind == "dc-supply":
        return "rectifier"
    if kind in DATA:
        return "network"
    return "motor" if kind in ("pump", "fan", "crah", "cdu") else "load"


def flow_symbol(element: Element) -> str:
    """The symbol of what stands in a pipe, a duct or a line: a valve is closed where a switch would be open."""
    if element.kind in SHUTTING:
        return f"{element.kind}-{'closed' if element.normally_open else 'open'}"
    return element.kind if element.kind in FIXED else series_symbol(element)


def end_symbol(element: Element, source: bool) -> str:
    """The symbol of what a pipe, a duct or a line begins or ends with."""
    names = (f"{element.kind}-{'source' if source else 'end'}", element.kind)
    if element.kind in SHUTTING:
        return flow_symbol(element)
    return next((name for name in names if name in FIXED), f"{load_shape(element.kind)}-1")
