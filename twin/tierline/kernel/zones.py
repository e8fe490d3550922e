"""Isolation zones: what must be dead, and what must be opened, to work on one element safely.

A zone grows from the element over every joint until an isolating device, which is opened. Growth that entered an
element through one medium leaves it only through the same medium. So within one medium the zones are the cells of
the graph without its isolating devices, found once by union-find.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tierline.kernel.plant import Iso, Plant


@dataclass(frozen=True, slots=True)
class Zone:
    """What leaves service when one element is removed."""

    zone: frozenset[int]
    opened: frozenset[int]

    @property
    def kill(self) -> frozenset[int]:
        return self.zone | self.opened


class Zones:
    """All the zones of a plant; `of(x)` is the zone of element x."""

    def __init__(self, plant: Plant) -> None:
        self._isolation, self._shielded = plant.isolation, plant.shielded
        self._neighbours: list[list[tuple[int, int]]] = [[] for _ in range(plant.size)]
        cells = _Union()
        for a, b, medium in zip(
            plant.joint_a.tolist(), plant.joint_b.tolist(), plant.joint_medium.tolist(), strict=True
        ):
            self._neighbours[a].append((medium, b))
            self._neighbours[b].append((medium, a))
            if self._conducts(a) and self._conducts(b):
                cells.join((a, medium), (b, medium))
        self._cells = cells
        self._members: dict[tuple[int, int], frozenset[int]] = {}
        self._edges: dict[tuple[int, int], frozenset[int]] = {}
        self._collect(plant.size)

    def of(self, element: int) -> Zone:
        """The zone of one element: itself alone if withdrawable, else every cell it touches or stands in."""
        if self._isolation[element] == Iso.ALONE:
            return Zone(frozenset({element}), frozenset())
        zone: set[int] = {element}
        opened: set[int] = set()
        for medium, other in self._neighbours[element]:
            if self._isolation[element] == Iso.FIXED and other in self._shielded:
                continue
            start = element if self._conducts(element) else other
            if self._conducts(start):
                cell = self._cells.find((start, medium))
                zone |= self._members.get(cell, frozenset({start}))
                opened |= self._edges.get(cell, frozenset())
            elif self._isolation[other] in (Iso.FIXED, Iso.ALONE):
                opened.add(other)
        opened -= zone
        return Zone(frozenset(zone), frozenset(opened))

    def _conducts(self, element: int) -> bool:
        return bool(self._isolation[element] == Iso.CONDUCTS)

    def _collect(self, size: int) -> None:
        members: dict[tuple[int, int], set[int]] = {}
        edges: dict[tuple[int, int], set[int]] = {}
        isolates = np.isin(self._isolation, (Iso.FIXED, Iso.ALONE))
        for element in range(size):
            if not self._conducts(element):
                continue
            for medium, other in self._neighbours[element]:
                cell = self._cells.find((element, medium))
                members.setdefault(cell, set()).add(element)
                if isolates[other]:
                    edges.setdefault(cell, set()).add(other)
        self._members = {cell: frozenset(found) for cell, found in members.items()}
        self._edges = {cell: frozenset(found) for cell, found in edges.items()}


class _Union:
    """Union-find over (element, medium)."""

    def __init__(self) -> None:
        self._parent: dict[tuple[int, int], tuple[int, int]] = {}

    def find(self, key: tuple[int, int]) -> tuple[int, int]:
        parent = self._parent
        root = key
        while (above := parent.get(root, root)) != root:
            root = above
        while (above := parent.get(key, key)) != root:
            parent[key], key = root, above
        return root

    def join(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        self._parent[self.find(one)] = self.find(other)
