"""Twin → kernel: the arrays a removal is judged on, and the names to speak of them again.

Where a number is missing the twin is lowered twice, with the least and the most the number could be: only a verdict
on which both agree is one. A medium of which the model has no source at all is not modelled: it is perfect, and its
subsystem is not assessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from tierline.kernel.plant import (
    UNLIMITED,
    Coupling,
    Iso,
    Plant,
    Share,
    Sink,
    Source,
    Stage,
    Supply,
    Switch,
)
from tierline.twin.capacity import Capacities
from tierline.twin.depending import Depending, unstated, without_rooms, without_trips
from tierline.twin.kinds import KINDS, Class
from tierline.twin.machines import Machines, up
from tierline.twin.model import STOP, Isolation, Medium, Mode, Twin
from tierline.twin.stages import Piece, order_stages
from tierline.twin.supplies import unsupplied
from tierline.twin.wiring import ROOM, Key, Wiring, wire

MEDIA = tuple(Medium)
_ISO = {
    Isolation.NONE: Iso.CONDUCTS,
    Isolation.FIXED: Iso.FIXED,
    Isolation.WITHDRAWABLE: Iso.ALONE,
    Isolation.PLUG: Iso.ALONE,
}
_SHARE = {Mode.JOINED: Share.FREE, Mode.SELECT: Share.ONE, Mode.SHARE: Share.EQUAL}
_ACTIVE = frozenset(("pump", "control-valve", "fan"))


@dataclass(frozen=True, slots=True)
class Lowered:
    """A twin as the kernel sees it."""

    low: Plant
    """With the least that unknown numbers could be."""
    high: Plant
    """With the most; the same object as `low` where nothing is unknown."""
    unheated: tuple[Plant, Plant]
    """`low` and `high` with machines that need no cooled room: to tell where a shortage arises from what follows it."""
    untripped: tuple[Plant, Plant]
    """`low` and `high` in which losing a release or an emergency circuit opens nothing, likewise."""
    names: tuple[str, ...]
    """Kernel index → element or room."""
    index: Mapping[str, int]
    removable: tuple[int, ...]
    media: tuple[Medium, ...]
    missing: Mapping[str, str]
    """Elements of which a number is missing → the field that would settle it."""
    dark: Mapping[str, tuple[str, ...]]
    """Elements without a supply they need by nature → the supplies they lack."""


def lower(twin: Twin) -> Lowered:
    """Compile a twin for the kernel."""
    names = (*twin.elements, *twin.rooms)
    index = {name: i for i, name in enumerate(names)}
    capacities = Capacities(twin)
    wiring = wire(twin)
    dark = unsupplied(twin, wiring)
    low = _Lowering(twin, index, wiring, capacities, dark, high=False)
    plant = low.plant()
    high = _Lowering(twin, index, wiring, capacities, dark, high=True)
    other = high.plant() if low.unsettled else plant
    removable = tuple(index[e.id] for e in twin.elements.values() if removes(e.kind, e.removable))
    circuits = [n.members[0] for n in twin.needs if n.name == STOP]
    missing = low.machines.missing | {name: "energise" for name in circuits if unstated(twin.elements[name])}
    cool = [replace(p, dependencies=without_rooms(twin, p, names)) for p in (plant, other)]
    free = [replace(p, dependencies=without_trips(twin, p, index)) for p in (plant, other)]
    return Lowered(
        plant, other, (cool[0], cool[1]), (free[0], free[1]), names, index, removable, MEDIA, missing, dark
    )


def removes(kind: str, removable: bool = True) -> bool:
    """Whether an element of this kind is ever taken out."""
    return removable and KINDS[kind].cls in (Class.CAPACITY, Class.PATH)


class _Lowering:
    """One of the two readings of a twin."""

    def __init__(
        self,
        twin: Twin,
        index: Mapping[str, int],
        wiring: Wiring,
        capacities: Capacities,
        dark: Mapping[str, tuple[str, ...]],
        high: bool,
    ) -> None:
        self.twin, self.index, self.wiring, self.dark = twin, index, wiring, dark
        self.capacities, self.high = capacities, high
        self.machines = Machines(twin, wiring, capacities, high)
        needed = [d for d in wiring.draws.values() if d.needed and not self.machines.is_given(d.element, d.key[0])]
        self._on_power = frozenset(d.element for d in needed if d.key[0] is Medium.POWER)
        self.unsettled = False

    def plant(self) -> Plant:
        pieces = order_stages(self.wiring, self.machines.couplings())
        apparent = [self._in_apparent(piece) for piece in pieces]
        stages = tuple(self._stage(piece, both) for piece, both in zip(pieces, apparent, strict=True))
        couplings = tuple(self._couplings(pieces, apparent))
        depending = Depending(self.twin, self.index, self._on_power, self.high)
        dependencies = tuple(depending.all())
        self.unsettled |= bool(self.machines.missing) or depending.unsettled
        joints = self.twin.joints
        ids = self.index
        rooms = [Iso.ENDS] * len(self.twin.rooms)
        isolation = [self._iso(e.kind, e.isolation) for e in self.twin.elements.values()]
        return Plant(
            size=len(ids),
            isolation=np.array([*isolation, *rooms], dtype=np.int64),
            joint_a=np.array([ids[j.a] for j in joints], dtype=np.int64),
            joint_b=np.array([ids[j.b] for j in joints], dtype=np.int64),
            joint_medium=np.array([MEDIA.index(j.medium) for j in joints], dtype=np.int64),
            stages=stages,
            couplings=couplings,
            supplies=tuple(self._supplies(pieces)),
            dependencies=dependencies,
            dark=frozenset(ids[name] for name in self.dark),
        )

    @staticmethod
    def _iso(kind: str, isolation: Isolation) -> Iso:
        return Iso.ENDS if KINDS[kind].cls in (Class.CONSUMER, Class.WORLD) else _ISO[isolation]

    def _in_apparent(self, piece: Piece) -> bool:
        """Whether a network of power is judged in VA too: as soon as anything in it speaks of them."""
        if piece.medium is not Medium.POWER:
            return False
        if self.twin.settings.get("power_factor") is not None:
            return True
        elements = self.twin.elements
        return any(name in elements and self.capacities.in_apparent(elements[name]) for _, name, _ in piece.keys)

    def _vertex_cap(self, key: Key, apparent: bool) -> int:
        """What may pass a vertex: a rating limits what conducts; machines are limited as sources."""
        medium, name, port = key
        if port or name not in self.twin.elements or medium is Medium.DC:
            return UNLIMITED
        element = self.twin.elements[name]
        if self.machines.gives(medium, name) or element.kind in ("tank", "day-tank", "utility"):
            return UNLIMITED
        found = self.capacities.apparent(element) if apparent else self.capacities.of(element)
        return self.machines.read(element, found)

    def _source_caps(self, key: Key, hours: bool, apparent: bool) -> tuple[int, ...]:
        """What a source gives, by measure; nothing where the key is none."""
        cap = self.machines.source(key, hours)
        if cap is None:
            return ()
        return (cap, self.machines.apparent_source(key)) if apparent else (cap,)

    def _stage(self, piece: Piece, apparent: bool) -> Stage:
        keys = piece.keys
        measures = (False, True) if apparent else (False,)
        local = {key: i for i, key in enumerate(keys)}
        at = {self.wiring.vertices[key]: i for key, i in local.items()}
        arcs = [self.wiring.arcs[arc] for arc in piece.arcs]
        arc_at = {arc: i for i, arc in enumerate(piece.arcs)}
        elements = self.twin.elements
        kinds = [elements[name].kind if name in elements else ROOM for _, name, _ in keys]
        return Stage(
            medium=MEDIA.index(piece.medium),
            hours=piece.hours,
            element=np.array([self.index[name] for _, name, _ in keys], dtype=np.int64),
            caps=np.array([[self._vertex_cap(key, m) for key in keys] for m in measures], dtype=np.int64),
            normally_open=np.array(
                [name in elements and elements[name].normally_open for _, name, _ in keys], dtype=np.bool_
            ),
            active=np.array([kind in _ACTIVE for kind in kinds], dtype=np.bool_),
            divides=np.array([kind == "transformer" for kind in kinds], dtype=np.bool_),
            tail=np.array([at[tail] for tail, _, _ in arcs], dtype=np.int64),
            head=np.array([at[head] for _, head, _ in arcs], dtype=np.int64),
            both=np.array([both for _, _, both in arcs], dtype=np.bool_),
            sources=tuple(
                Source(local[key], self.index[key[1]], caps)
                for key in keys
                if (caps := self._source_caps(key, piece.hours, apparent))
            ),
            sinks=tuple(self._sink(key, local[key], arc_at, piece.hours, apparent) for key in piece.sinks),
            switches=tuple(
                Switch(local[key], self.index[key[1]], tuple(arc_at[a] for a in self.wiring.switches[key]))
                for key in keys
                if key in self.wiring.switches
            ),
        )

    def _sink(self, key: Key, vertex: int, arc_at: Mapping[int, int], hours: bool, apparent: bool) -> Sink:
        _, name, port = key
        element = self.index[name]
        if port == ROOM:
            return Sink(vertex, element, (self.machines.heat(name),), Share.FREE, (), True)
        draw = self.wiring.draws[key]
        entries = tuple(arc_at[arc] for arc in draw.arcs)
        demand = 0 if hours else self.machines.demand(key)
        load = KINDS[self.twin.elements[name].kind].cls is Class.CONSUMER
        together = self.twin.elements[name].value("runs_on")
        needs = together if isinstance(together, int) else 1
        demands = (demand, up(self.machines.apparent(name, Fraction(demand)))) if apparent else (demand,)
        return Sink(vertex, element, demands, _SHARE[draw.mode], entries, load, max(1, needs))

    def _couplings(self, pieces: Sequence[Piece], apparent: Sequence[bool]) -> list[Coupling]:
        where: dict[tuple[Key, bool], tuple[int, Piece]] = {}
        for k, piece in enumerate(pieces):
            for key in piece.keys:
                where[key, piece.hours] = (k, piece)
        found = []
        for giver, taker, ratio in self.machines.couplings():
            k, piece = where[giver, False]
            sources = self._source_index(piece)
            for hours in (False, True):
                if (taker, hours) not in where:
                    continue
                to, target = where[taker, hours]
                vertex = -1 if giver in sources else piece.keys.index(giver)
                ratios = (ratio, self.machines.apparent_ratio(giver, taker, ratio)) if apparent[to] else (ratio,)
                constants = tuple(self.machines.at_most(giver, r) for r in ratios) if to <= k and ratio else ()
                sink, element = target.sinks.index(taker), self.index[giver[1]]
                found.append(Coupling(k, sources.get(giver, -1), vertex, to, sink, ratios, constants, element))
        return found

    def _source_index(self, piece: Piece) -> dict[Key, int]:
        giving = [key for key in piece.keys if self.machines.source(key, piece.hours) is not None]
        return {key: i for i, key in enumerate(giving)}

    def _supplies(self, pieces: Sequence[Piece]) -> list[Supply]:
        """Every supply an element needs to run; a battery with any store bridges its UPS's input."""
        sinks = {
            key: (k, piece.sinks.index(key))
            for k, piece in enumerate(pieces)
            if not piece.hours
            for key in piece.sinks
            if key[2] != ROOM
        }
        found = []
        for key, (stage, sink) in sorted(sinks.items()):
            medium, name, port = key
            if not self.wiring.draws[key].needed or self.machines.is_given(name, medium):
                continue
            bridge = (-1, -1)
            if port == "in" and medium is Medium.POWER and self.machines.held_up(name):
                bridge = sinks.get((Medium.DC, name, self.machines.battery_port(name)), bridge)
            stored = self.machines.stores(name)
            found.append(Supply(self.index[name], stage, sink, *bridge, stored=stored))
        return found
