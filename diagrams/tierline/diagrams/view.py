"""The electrical picture of a twin: boards, machines and loads, joined by bays and ties.

Promises: a view holds no coordinates and no order but the natural order of ids; every power element of the
twin stands in it exactly once, as a node, a part of a bay, an attachment or a run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tierline.diagrams.order import in_order


class Role(StrEnum):
    """What a node of the picture is; a bay ends in nodes and in nothing else."""

    BAR = "bar"
    """A switchboard, a busbar section, a busway: drawn as a horizontal bar."""
    JUNCTION = "junction"
    """A short bar below a machine with several ways out; no element of its own."""
    SOURCE = "source"
    MACHINE = "machine"
    """Anything with inputs above and one output below: selectors, a UPS with two inputs."""
    LOAD = "load"
    REFERENCE = "reference"
    """Where the picture goes on, on another sheet."""
    ARRIVAL = "arrival"
    """Where the picture comes from, on another sheet."""
    SPARE = "spare"


@dataclass(frozen=True, slots=True)
class Part:
    """A device in series, or one attached to a machine (its battery)."""

    id: str
    kind: str
    symbol: str
    name: str
    lines: tuple[str, ...] = ()
    open: bool = False
    ids: tuple[str, ...] = ()
    """All elements this part stands for: more than one where equal feeders are drawn once."""
    attached: tuple[Part, ...] = ()
    level: str = ""
    """What flows on from it, where that is another thing than what came."""
    sheet: str = ""
    """The sheet it stands on, where this is only a reference to it."""
    beyond: str = ""
    """What it is there."""
    marks: tuple[str, ...] = ()
    """Other sheets, in words."""
    also: tuple[str, ...] = ()
    """The sheets on which it is a reference."""
    runs: tuple[str, ...] = ()
    """For what is attached: the cables before it."""


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    role: Role
    kind: str
    name: str
    lines: tuple[str, ...] = ()
    lane: str = ""
    """The path it belongs to (`a`, `b`, …); empty for what belongs to none."""
    level: str = "lv"
    """`mv`, `lv`, `chw` and the like: which colour and weight of line."""
    ids: tuple[str, ...] = ()
    attached: tuple[Part, ...] = ()
    sheet: str = ""
    """For a reference or an arrival: the sheet at the other side."""
    beyond: str = ""
    """And the element it is joined to there."""
    symbol: str = ""
    """What it is drawn as; nothing where its role, kind and inputs say so."""
    back: str = ""
    """The line in which it gives back what it took, where that is drawn with the line that supplies it."""
    marks: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bay:
    """What lies between two nodes: parts in order from `top` to `bottom`, with the runs before, between,
    after."""

    id: str
    top: str
    bottom: str
    parts: tuple[Part, ...] = ()
    runs: tuple[tuple[str, ...], ...] = ((),)
    tie: bool = False
    """A coupler of two equals: drawn across, not down."""
    rank: int = 0
    """Which input of the bottom node this is, first preferred first."""

    @property
    def open(self) -> bool:
        return any(part.open for part in self.parts)


@dataclass(frozen=True, slots=True)
class View:
    nodes: Mapping[str, Node]
    """By id, in natural order."""
    bays: tuple[Bay, ...]
    """By id, in natural order."""

    def lanes(self) -> tuple[str, ...]:
        return tuple(in_order({node.lane for node in self.nodes.values()} - {""}))

    def outgoing(self) -> dict[str, list[Bay]]:
        """Bays that leave each node downwards."""
        found: dict[str, list[Bay]] = {node: [] for node in self.nodes}
        for bay in self.bays:
            if not bay.tie:
                found[bay.top].append(bay)
        return found

    def incoming(self) -> dict[str, list[Bay]]:
        """Bays that enter each node from above, the preferred first."""
        found: dict[str, list[Bay]] = {node: [] for node in self.nodes}
        for bay in sorted(self.bays, key=lambda one: one.rank):
            if not bay.tie:
                found[bay.bottom].append(bay)
        return found


def reached(starts: Iterable[str], onward: Callable[[str], Iterable[str]]) -> set[str]:
    """What some names lead to, however far; of themselves only those that are led back to."""
    seen, todo = set[str](), list(starts)
    while todo:
        fresh = set(onward(todo.pop())) - seen
        seen |= fresh
        todo += fresh
    return seen


def networks(view: View) -> list[View]:
    """The parts of a view that nothing joins, each a view."""
    near: dict[str, list[Bay]] = {name: [] for name in view.nodes}
    for bay in view.bays:
        near[bay.top].append(bay)
        near[bay.bottom].append(bay)
    found, seen = [], set[str]()
    for name in view.nodes:
        if name in seen:
            continue
        members = {name} | reached([name], lambda one: (end for bay in near[one] for end in (bay.top, bay.bottom)))
        seen |= members
        nodes = {key: node for key, node in view.nodes.items() if key in members}
        found.append(View(nodes, tuple(bay for bay in view.bays if bay.top in members)))
    return found
