"""Wires that run across above one row of things: in which order from top to bottom, and on which tracks.

Promises: the order is one that no single move of a wire improves; two wires share a track only where they keep clear
of each other; nothing but places and natural order decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tierline.diagrams.order import natural
from tierline.diagrams.scene import Point

TRACK = 10
_NEVER = 1000


@dataclass(frozen=True, slots=True)
class Net:
    """One wire that goes down, across and down."""

    id: str
    start: Point
    goal: Point

    @property
    def span(self) -> Point:
        return (min(self.start[0], self.goal[0]), max(self.start[0], self.goal[0]))


def channels(nets: Iterable[Net]) -> list[list[Net]]:
    """The wires that end at one height share a channel; the highest comes first."""
    found: dict[int, list[Net]] = defaultdict(list)
    for net in nets:
        found[net.goal[1]].append(net)
    return [found[y] for y in sorted(found)]


def in_tracks(nets: list[Net]) -> list[list[Net]]:
    """The tracks of a channel, the lowest first."""
    ordered = _ordered(nets)
    tracks: list[list[Net]] = []
    for net in reversed(ordered):
        least = 0
        for n, track in enumerate(tracks):
            if any(_touch(net, other) for other in track):
                least = n + 1
        if least == len(tracks):
            tracks.append([])
        tracks[least].append(net)
    return tracks


def _touch(one: Net, other: Net) -> bool:
    """Must one of them lie above the other?"""
    return one.span[0] - TRACK <= other.span[1] and other.span[0] - TRACK <= one.span[1]


def _over(above: Net, below: Net) -> int:
    """How often the two cross if one lies above the other."""
    if above.goal[0] == below.start[0]:
        return _NEVER
    found = above.span[0] < below.start[0] < above.span[1]
    return found + (below.span[0] < above.goal[0] < below.span[1])


def _ordered(nets: list[Net]) -> list[Net]:
    """From top to bottom with few crossings: each wire goes to its best place until none wants to move."""
    order: list[Net] = []
    for net in sorted(nets, key=lambda one: (one.span[1] - one.span[0], natural(one.id))):
        order.insert(_best_place(net, order), net)
    for _ in range(8):
        before = list(order)
        for net in before:
            order.remove(net)
            order.insert(_best_place(net, order), net)
        if order == before:
            break
    return order


def _best_place(net: Net, order: list[Net]) -> int:
    cost = sum(_over(net, other) for other in order)
    best, place = cost, 0
    for n, other in enumerate(order, 1):
        cost += _over(other, net) - _over(net, other)
        if cost < best:
            best, place = cost, n
    return place
