"""Twin → kernel: the arrays a removal is judged on, and the names to speak of them again.

Where a number is missing the twin is lowered twice, with the least and the most the number could be: only a verdict
on which both agree is one. So is a twin with mirrored returns. Its supply and its return are one conductor, dead if
either is and as small as the smaller: what flows there can flow back the same way. Or they are two networks, each of
which must carry what is asked: whatever flows, flows in both. A medium of which the model has no source at all is not
modelled: it is perfect, and its subsystem is not assessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tierline.kernel.plant import (
    Iso,
    Plant,
    Supply,
)
from tierline.twin.capacity import Capacities
from tierline.twin.depending import Depending, thirsting, without_rooms, without_trips
from tierline.twin.kinds import KINDS, Class
from tierline.twin.machines import Machines
from tierline.twin.model import Element, Isolation, Medium, Origin, Twin
from tierline.twin.networks import Networks
from tierline.twin.policy import DEFAULT, Policy
from tierline.twin.stages import Piece, order_stages
from tierline.twin.supplies import racked, unsupplied
from tierline.twin.wiring import MEDIA, ROOM, Wiring, wire

_ISO = {
    Isolation.NONE: Iso.CONDUCTS,
    Isolation.FIXED: Iso.FIXED,
    Isolation.WITHDRAWABLE: Iso.ALONE,
    Isolation.PLUG: Iso.ALONE,
}


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
    thirsty: tuple[Plant, Plant]
    """`unheated` with machines that go on asking where make-up water is out, likewise."""
    names: tuple[str, ...]
    """Kernel index → element or room."""
    index: Mapping[str, int]
    removable: tuple[int, ...]
    media: tuple[Medium, ...]
    missing: Mapping[str, str]
    """Elements of which a number is missing → the field that would settle it."""
    dark: Mapping[str, tuple[str, ...]]
    """Elements without a supply they need by nature → the supplies they lack."""


def lower(twin: Twin, policy: Policy = DEFAULT, limited: bool = False) -> Lowered:
    """Compile a twin for the kernel. `limited`: sets of limited hours give their rating (below Tier III)."""
    names = (*twin.elements, *twin.rooms)
    index = {name: i for i, name in enumerate(names)}
    capacities = Capacities(twin, policy, limited)
    raw = policy.takes("raw_alternate_path", "accept")
    wiring = wire(twin, raw)
    apart = wire(twin, raw, apart=True) if wiring.pairs else wiring
    dark = unsupplied(twin, wiring)
    low = _Lowering(twin, index, wiring, capacities, dark, high=False)
    plant = low.plant()
    high = _Lowering(twin, index, apart, capacities, dark, high=True)
    other = high.plant() if low.unsettled or wiring.pairs else plant
    exempt = in_racks(twin) if policy["rack_switch_exempt"] == "true" else frozenset()
    removable = tuple(
        index[e.id] for e in twin.elements.values() if removes(e.kind, e.removable) and e.id not in exempt
    )
    cool = [replace(p, dependencies=without_rooms(twin, p, names)) for p in (plant, other)]
    free = [replace(p, dependencies=without_trips(twin, p, index)) for p in (plant, other)]
    dry = [thirsting(p, names, dark) for p in cool]
    causes = ((cool[0], cool[1]), (free[0], free[1]), (dry[0], dry[1]))
    return Lowered(plant, other, *causes, names, index, removable, MEDIA, low.machines.missing, dark)


def removes(kind: str, removable: bool = True) -> bool:
    """Whether an element of this kind is ever taken out."""
    return removable and KINDS[kind].cls in (Class.CAPACITY, Class.PATH)


def in_racks(twin: Twin) -> frozenset[str]:
    """Point-of-use switches and the cords from them: part of the rack, not taken out unless the policy says so (D6)."""
    switches = {e.id for e in twin.elements.values() if e.kind == "pou-switch"}
    cords = (j.b for j in twin.joints if j.a in switches and twin.elements[j.b].origin is Origin.CORD)
    return frozenset((*switches, *cords))


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
        self.capacities, self.policy, self.high = capacities, capacities.policy, high
        self.machines = Machines(twin, wiring, capacities, high)
        needed = [d for d in wiring.draws.values() if d.needed and not self.machines.is_given(d.element, d.key[0])]
        supplied = frozenset(d.element for d in needed if d.key[0] in (Medium.POWER, Medium.DC))
        self._on_power = supplied.union(dark, racked(twin))
        self.unsettled = False

    def plant(self) -> Plant:
        pieces = order_stages(self.wiring, self.machines.couplings())
        networks = Networks(self.machines, self.index, pieces)
        stages, couplings = networks.stages(), networks.couplings()
        depending = Depending(self.twin, self.index, self._on_power, self.high, self.policy.takes("epo_use", "true"))
        dependencies = tuple(depending.all())
        supplies = tuple(self._supplies(pieces))
        self.machines.missing.update(depending.missing)
        self.unsettled |= bool(self.machines.missing) or networks.loose or depending.unsettled
        breathed = {index for feed in self.twin.feeds if feed.breathed for index in feed.joints}
        joints = [
            joint
            for index, joint in enumerate(self.twin.joints)
            if joint.medium is not Medium.DATA and index not in breathed
        ]
        ids = self.index
        rooms = [Iso.ENDS] * len(self.twin.rooms)
        isolation = [self._iso(e) for e in self.twin.elements.values()]
        return Plant(
            size=len(ids),
            isolation=np.array([*isolation, *rooms], dtype=np.int64),
            joint_a=np.array([ids[j.a] for j in joints], dtype=np.int64),
            joint_b=np.array([ids[j.b] for j in joints], dtype=np.int64),
            joint_medium=np.array([MEDIA.index(j.medium) for j in joints], dtype=np.int64),
            stages=stages,
            couplings=couplings,
            supplies=supplies,
            dependencies=dependencies,
            shielded=self._shielded(),
            at_rest=frozenset(ids[e.id] for e in self.twin.elements.values() if e.normally_open),
            converters=frozenset(ids[e.id] for e in self.twin.elements.values() if e.kind == "ups"),
            interlocks=tuple((frozenset(ids[id] for id in one.elements), one.closed) for one in self.twin.interlocks),
            dark=frozenset(ids[name] for name in self.dark),
        )

    def _iso(self, element: Element) -> Iso:
        if KINDS[element.kind].cls in (Class.CONSUMER, Class.WORLD):
            return Iso.ENDS
        if element.kind == "valve" and element.isolation is Isolation.FIXED and self.policy.takes("line_stop", "true"):
            return Iso.ALONE
        return _ISO[element.isolation]

    def _shielded(self) -> frozenset[int]:
        """Boards that may stay live while a fixed device on them is replaced."""
        if not self.policy.takes("adjacent_live", "true"):
            return frozenset()
        boards = (e for e in self.twin.elements.values() if e.kind in ("board", "bus") and e.text("form")[:1] == "4")
        return frozenset(self.index[e.id] for e in boards)

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
        asked = {member for need in self.twin.needs for member in need.members}  # a rack that gear stands in
        for key, (stage, sink) in sorted(sinks.items()):
            medium, name, port = key
            if not (self.wiring.draws[key].needed or name in asked) or self.machines.is_given(name, medium):
                continue
            if medium is Medium.DC and self._does_without(name):
                continue
            bridge = (-1, -1)
            if port == "in" and medium is Medium.POWER and self.machines.held_up(name):
                bridge = sinks.get((Medium.DC, name, self.machines.battery_port(name)), bridge)
            stored = self.machines.stores(name) or self._kept_up(name, port)
            found.append(Supply(self.index[name], stage, sink, *bridge, stored=stored))
        return found

    def _kept_up(self, name: str, port: str) -> bool:
        """Whether this is the input of a UPS whose battery stands outside the model."""
        return port == "in" and self.twin.elements[name].kind == "ups" and self.machines.is_given(name, Medium.DC)

    def _does_without(self, name: str) -> bool:
        """Whether a UPS may lose its battery."""
        return self.twin.elements[name].kind == "ups" and self.policy.takes("common_battery", "warn")
