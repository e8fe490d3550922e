"""All symbols by name; those of a variable number of inputs are made when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from tierline.diagrams.symbols.conductors import CONDUCTORS
from tierline.diagrams.symbols.cooling import COOLING
from tierline.diagrams.symbols.loads import load, load_aside, racked
from tierline.diagrams.symbols.machines import MACHINES, SELECTORS, selector, selector_aside, ups
from tierline.diagrams.symbols.pipes import PIPES
from tierline.diagrams.symbols.record import Symbol
from tierline.diagrams.symbols.signals import SIGNALS
from tierline.diagrams.symbols.signs import SIGNS
from tierline.diagrams.symbols.switches import SWITCHES

FIXED: Mapping[str, Symbol] = MappingProxyType(
    {one.name: one for one in (*SWITCHES, *CONDUCTORS, *MACHINES, *PIPES, *COOLING, *SIGNALS, *SIGNS)}
)


@cache
def symbol(name: str) -> Symbol:
    """The symbol of a name; `ats-3`, `load-2` and the like are made for that many inputs."""
    if name in FIXED:
        return FIXED[name]
    shape, _, count = name.rpartition("-")
    if shape in ("rack-between", "rack-below"):
        return racked(shape, int(count))
    if count.startswith("aside"):
        return selector_aside(shape) if shape in SELECTORS else load_aside(shape, int(count[5:] or 2))
    if shape == "ups":
        return ups(int(count))
    return selector(shape, int(count)) if shape in SELECTORS else load(shape, int(count))
