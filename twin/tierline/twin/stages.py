"""Splitting the wiring into stages: one connected network of one medium each, ordered from the loads to the sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tierline.twin.model import Medium
from tierline.twin.wiring import ROOM, Key, Wiring, components

HOURLY = (Medium.FUEL, Medium.WATER)
"""Media whose stores must also last: they have a second stage, of hours."""

Link = tuple[Key, Key, Fraction]
"""What a machine gives at the first key, it draws at the second, times the ratio."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stage in terms of the wiring."""

    medium: Medium
    keys: tuple[Key, ...]
    arcs: tuple[int, ...]
    sinks: tuple[Key, ...]
    hours: bool = False


def order_stages(wiring: Wiring, couplings: Iterable[Link]) -> list[Piece]:
    """The stages such that what is drawn comes after what is carried, as far as the plant has no circles."""
    pieces = _pieces(wiring)
    home = {key: k for k, piece in enumerate(pieces) for key in piece.keys}
    after: dict[int, set[int]] = {k: set() for k in range(len(pieces))}
    for giver, taker, _ in couplings:
        if home[giver] != home[taker]:
            after[home[taker]].add(home[giver])
    ordered: list[Piece] = []
    waiting = list(range(len(pieces)))
    placed: set[int] = set()
    while waiting:
        ready = [k for k in waiting if after[k] <= placed]
        # a circle (a pump of the fuel that drives it): fuel and water are judged last
        chosen = ready or [min(waiting, key=lambda k: (pieces[k].medium in HOURLY, k))]
        for k in chosen:
            placed.add(k)
            ordered.append(pieces[k])
        waiting = [k for k in waiting if k not in placed]
    hours = [Piece(p.medium, p.keys, p.arcs, p.sinks, hours=True) for p in ordered if p.medium in HOURLY]
    return ordered + hours


def _pieces(wiring: Wiring) -> list[Piece]:
    home = components(wiring)
    keys: dict[int, list[Key]] = {}
    for key in sorted(wiring.vertices):
        keys.setdefault(home[wiring.vertices[key]], []).append(key)
    arcs: dict[int, list[int]] = {}
    for arc, (tail, _, _) in enumerate(wiring.arcs):
        arcs.setdefault(home[tail], []).append(arc)
    return [
        Piece(members[0][0], tuple(members), tuple(arcs.get(root, ())), tuple(_sinks(wiring, members)))
        for root, members in sorted(keys.items(), key=lambda item: item[1][0])
    ]


def _sinks(wiring: Wiring, keys: Sequence[Key]) -> list[Key]:
    return [key for key in keys if key in wiring.draws or key[2] == ROOM]
