"""The networks of a twin as stages of the kernel: what may pass, what gives, what takes, and what couples them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from tierline.kernel.plant import UNLIMITED, Coupling, Share, Sink, Source, Stage, Switch
from tierline.twin.kinds import KINDS, Class
from tierline.twin.machines import REQUIRED_HOURS, Machines, up
from tierline.twin.model import STANDBY, Medium, Mode
from tierline.twin.stages import Piece
from tierline.twin.wiring import MEDIA, ROOM, Key

_SHARE = {Mode.JOINED: Share.FREE, Mode.SELECT: Share.ONE, Mode.SHARE: Share.EQUAL}
_ACTIVE = frozenset(("pump", "control-valve", "fan"))


class Networks:
    """The stages of one reading of a twin."""

    def __init__(self, machines: Machines, index: Mapping[str, int], pieces: Sequence[Piece]) -> None:
        self.machines, self.index, self.pieces = machines, index, pieces
        self.twin, self.wiring, self.capacities = machines.twin, machines.wiring, machines.capacities
        self.policy = machines.capacities.policy
        """Whether a machine draws what it helps to make: its draw is then read as its most and as nothing."""
        self.loose = False
        """Whether a load may split where both W and VA are judged."""
        self._apparent = [self._in_apparent(piece) for piece in pieces]

    def stages(self) -> tuple[Stage, ...]:
        return tuple(self._stage(piece, both) for piece, both in zip(self.pieces, self._apparent, strict=True))

    def _in_apparent(self, piece: Piece) -> bool:
        """Whether a network of power is judged in VA too: as soon as anything in it speaks of them."""
        if piece.medium is not Medium.POWER:
            return False
        if self.twin.settings.get("power_factor") is not None:
            return True
        elements = self.twin.elements
        return any(
            name in elements and self.capacities.in_apparent(elements[name], drawn=bool(port))
            for _, name, port in piece.keys
        )

    def _most_active(self, piece: Piece) -> Fraction | None:
        """The highest power factor in a network in which a load may split; None where none may, or none is judged.

        W and VA of such a load part alike, not each as would suit. Read for the worse, whatever carries VA at that
        factor is held to its W; read for the better, the two are free. Between them nothing is known.
        """
        draws = [self.wiring.draws[key] for key in piece.sinks if key in self.wiring.draws]
        free = self.policy.takes("cord_split", "free")
        parting = (Mode.JOINED, Mode.SHARE) if free else (Mode.JOINED,)
        elements = self.twin.elements
        consumers = [d for d in draws if KINDS[elements[d.element].kind].cls is Class.CONSUMER]
        if not any(d.mode in parting and len(d.arcs) > 1 for d in consumers):
            return None
        self.loose = True
        if self.machines.high:
            return None
        return max(self.capacities.power_factor(elements[d.element]) or Fraction(1) for d in draws)

    def _held(self, rows: list[list[int]], factor: Fraction | None) -> list[list[int]]:
        """VA held to the W that they are at a power factor."""
        if factor is None:
            return rows
        active, apparent = rows
        return [active, [min(va, int(w / factor)) for w, va in zip(active, apparent, strict=True)]]

    def _vertex_cap(self, key: Key, apparent: bool) -> int:
        """What may pass a vertex: a rating limits what conducts; machines are limited as sources."""
        medium, name, port = self.wiring.original(key)
        if port or name not in self.twin.elements or medium is Medium.DC:
            return UNLIMITED
        element = self.twin.elements[name]
        if self.machines.gives(medium, name) or element.kind in ("tank", "day-tank", "utility"):
            return UNLIMITED
        found = self.capacities.apparent(element) if apparent else self.capacities.of(element)
        return self.machines.read(element, found)

    def _passes(self, key: Key, apparent: bool, hours: bool) -> int:
        """What passes a vertex, or over the required hours: the hours are judged in volumes, which do not round."""
        rate = self._vertex_cap(key, apparent)
        return rate * REQUIRED_HOURS if hours and rate < UNLIMITED else rate

    def _places(self, key: Key) -> tuple[str, str]:
        """The elements that stand at a vertex, first what limits it: one, and its return where both are one vertex."""
        medium, name, port = key
        back = self.wiring.pairs.get(name, "")
        if back and self._vertex_cap((medium, back, port), False) < self._vertex_cap(key, False):
            return back, name
        return name, back

    def _source_caps(self, key: Key, hours: bool, apparent: bool, factor: Fraction | None) -> tuple[int, ...]:
        """What a source gives, by measure; nothing where the key is none."""
        key = self.wiring.original(key)
        cap = self.machines.source(key, hours)
        if cap is None:
            return ()
        rows = self._held([[cap], [self.machines.apparent_source(key)]], factor)
        return (cap, rows[1][0]) if apparent else (cap,)

    def _stage(self, piece: Piece, apparent: bool) -> Stage:
        keys = piece.keys
        measures = (False, True) if apparent else (False,)
        factor = self._most_active(piece) if apparent else None
        local = {key: i for i, key in enumerate(keys)}
        at = {self.wiring.vertices[key]: i for key, i in local.items()}
        arcs = [self.wiring.arcs[arc] for arc in piece.arcs]
        arc_at = {arc: i for i, arc in enumerate(piece.arcs)}
        elements = self.twin.elements
        places = [self._places(key) for key in keys]
        limiting = [(medium, place[0], port) for (medium, _, port), place in zip(keys, places, strict=True)]
        kinds = [elements[name].kind if name in elements else ROOM for _, name, _ in keys]
        return Stage(
            medium=MEDIA.index(piece.medium),
            hours=piece.hours,
            element=np.array([self.index[name] for name, _ in places], dtype=np.int64),
            also=np.array([self.index.get(back, -1) for _, back in places], dtype=np.int64),
            caps=np.array(
                self._held([[self._passes(key, m, piece.hours) for key in limiting] for m in measures], factor),
                dtype=np.int64,
            ),
            active=np.array([kind in _ACTIVE for kind in kinds], dtype=np.bool_),
            divides=np.array([kind == "transformer" for kind in kinds], dtype=np.bool_),
            tail=np.array([at[tail] for tail, _, _ in arcs], dtype=np.int64),
            head=np.array([at[head] for _, head, _ in arcs], dtype=np.int64),
            both=np.array([both for _, _, both in arcs], dtype=np.bool_),
            sources=tuple(
                Source(local[key], self.index[key[1]], caps, self.twin.elements[key[1]].value("normally") == STANDBY)
                for key in keys
                if (caps := self._source_caps(key, piece.hours, apparent, factor))
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
        demand = 0 if hours else self.machines.demand(self.wiring.original(key))
        load = KINDS[self.twin.elements[name].kind].cls is Class.CONSUMER
        together = self.twin.elements[name].value("runs_on")
        needs = together if isinstance(together, int) else 1
        share = _SHARE[draw.mode]
        if share is Share.EQUAL and needs == 1 and self.policy.takes("cord_split", "free"):
            share = Share.FREE
        demands = (demand, up(self.machines.apparent(name, Fraction(demand)))) if apparent else (demand,)
        return Sink(vertex, element, demands, share, entries, load, max(1, needs))

    def couplings(self) -> tuple[Coupling, ...]:
        """What machines draw for what they give."""
        where: dict[tuple[Key, bool], tuple[int, Piece]] = {}
        for k, piece in enumerate(self.pieces):
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
                apparent = (self.machines.apparent_ratio(giver, taker, ratio),) if self._apparent[to] else ()
                ratios = (ratio * (REQUIRED_HOURS if hours else 1), *apparent)
                sink, element = target.sinks.index(taker), self.index[giver[1]]
                found.append(Coupling(k, sources.get(giver, -1), vertex, to, sink, ratios, element))
        return tuple(found)

    def _source_index(self, piece: Piece) -> dict[Key, int]:
        giving = [key for key in piece.keys if self.machines.source(key, piece.hours) is not None]
        return {key: i for i, key in enumerate(giving)}
