"""The plant as integers: elements, joints, stages. Nothing here has a name.

Units are the caller's: a stage of power counts W, one of fuel ml/h, one of heat W. A stage is one connected network
of one medium; machines couple stages (what a chiller carries in water it draws in power). Stages are ordered from
the loads to the sources, so that a coupling points to a later stage wherever the plant has no circle.

A stage has one or more measures of the same flow: power is judged in W and, where apparent power is stated, in VA.
Each measure has limits and demands of its own, and all of them must fit in the same positions. How much a machine
draws follows from the first measure alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Row = tuple[int, ...]
Rows = tuple[Row, ...]
"""One row for each measure."""

UNLIMITED = 10**15
"""A capacity that never limits; larger than the sum of any real demand in W or ml/h."""


class Iso(IntEnum):
    """What an element does to a growing zone."""

    CONDUCTS = 0
    FIXED = 1
    ALONE = 2
    """Withdrawable or plug-in: isolates, and leaves alone."""
    ENDS = 3
    """A consumer or the world outside: the zone stops at it, and it is not taken out."""


class Share(IntEnum):
    """How the entries of a sink or of a switch divide what passes."""

    FREE = 0
    ONE = 1
    EQUAL = 2


@dataclass(frozen=True, slots=True)
class Source:
    """Something that can supply a stage: at most `caps` (one for each measure), from `element`, into `vertex`."""

    vertex: int
    element: int
    caps: Row
    standby: bool = False
    """It rests while the others suffice, and starts by itself."""


@dataclass(frozen=True, slots=True)
class Sink:
    """Something that draws `demands` (one for each measure) at `vertex`, plus whatever couplings add; `entries` are
    arcs ending there."""

    vertex: int
    element: int
    demands: Row
    share: Share
    entries: tuple[int, ...]
    load: bool
    """True: IT, a lumped load or a room; to be named when it is lost."""
    shares: int = 1
    """With EQUAL: how many live entries it takes to carry the whole (1: any one)."""


@dataclass(frozen=True, slots=True)
class Switch:
    """A selector inside the network: one of `entries` (arcs, in preference order) at a time."""

    vertex: int
    element: int
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coupling:
    """Each unit carried at a place of one stage adds `ratios` (one for each measure) to a sink of a later stage,
    rounded up.
    """

    stage: int
    source: int
    """Index of a source of the stage, or -1."""
    vertex: int
    """Else a vertex through which the flow passes."""
    to_stage: int
    to_sink: int
    ratios: tuple[Fraction, ...]
    element: int = -1

    @property
    def back(self) -> bool:
        """Whether it closes a circle of stages: what it adds is asked before it is known what is carried."""
        return self.to_stage <= self.stage

    def drawn(self, carried: int, measure: int) -> int:
        """What is drawn for what is carried, rounded up."""
        ratio = self.ratios[measure]
        return -(-carried * ratio.numerator // ratio.denominator)


@dataclass(frozen=True, slots=True)
class Stage:
    """One network of one medium."""

    medium: int
    hours: bool
    """True: sources are what a store gives for the required hours; judged beside the rates, not for liveness."""
    element: Ints
    also: Ints
    """A second element that must be in service for the vertex to conduct (the return of a pipe), or -1."""
    caps: Ints
    """(measures, vertices)"""
    active: Flags
    """A device of its own controls the flow (pump, control valve): never part of a passive loop."""
    divides: Flags
    """Its rating decides how parallel branches share (a transformer)."""
    tail: Ints
    head: Ints
    both: Flags
    sources: tuple[Source, ...]
    sinks: tuple[Sink, ...]
    switches: tuple[Switch, ...]


@dataclass(frozen=True, slots=True)
class Supply:
    """An element runs only while this sink is live.

    A store bridges the circle a supply may close through its own source: the store at a second sink (the battery of a
    UPS), or, with `stored`, one of the element's own.
    """

    element: int
    stage: int
    sink: int
    bridge_stage: int = -1
    bridge_sink: int = -1
    stored: bool = False


@dataclass(frozen=True, slots=True)
class Dependency:
    """An element runs only while one of `members` does, or an operator does its work by hand."""

    element: int
    members: tuple[int, ...]
    hand: bool
    own: bool = False
    """The element is a generator: its controls must not live on what it generates, unless a store bridges it."""


@dataclass(frozen=True, slots=True)
class Plant:
    """Everything the kernel knows of a facility."""

    size: int
    isolation: Ints
    joint_a: Ints
    joint_b: Ints
    joint_medium: Ints
    stages: tuple[Stage, ...]
    couplings: tuple[Coupling, ...]
    supplies: tuple[Supply, ...]
    dependencies: tuple[Dependency, ...]
    shielded: frozenset[int]
    """Elements that may stay in service while a fixed device beside them is replaced."""
    at_rest: frozenset[int]
    """Open switches, shut valves, machines that are off: they carry, give and hold nothing until a hand acts."""
    converters: frozenset[int]
    """UPS: their outputs run side by side only where they are joined in the normal state."""
    interlocks: tuple[tuple[frozenset[int], int], ...]
    """Devices, and how many of them may be closed at once."""
    dark: frozenset[int]
    """Elements that lack a supply they need by nature: never in service."""
