"""Which subsystem an element belongs to, and which one a shortage is charged to (decisions M4, M13)."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from enum import StrEnum
from functools import cached_property

from tierline.twin.kinds import CONTROLS
from tierline.twin.model import Element, Isolation, Medium, Origin, Twin

BOARDS = frozenset(("board", "bus", "busduct"))
COOLING = frozenset(("chiller", "crah", "crac", "cooling-unit", "fan", "damper", "duct", "tower", "dry-cooler", "cdu"))
WET = frozenset((Medium.CHILLED_WATER, Medium.CONDENSER_WATER, Medium.REFRIGERANT))
"""What carries heat in pipes."""
TIES = frozenset(("breaker", "disconnector", "fuse-switch"))


class Subsystem(StrEnum):
    """The parts of a facility that have a tier of their own; `POWER` is the lowest of the first four."""

    GENERATORS = "generators"
    FUEL = "fuel"
    UPS = "ups"
    DISTRIBUTION = "distribution"
    COOLING = "cooling"
    WATER = "water"
    CONTROLS = "controls"
    NETWORK = "network"
    POWER = "power"


POWER_RUNGS = (Subsystem.GENERATORS, Subsystem.FUEL, Subsystem.UPS, Subsystem.DISTRIBUTION)


class Subsystems:
    """Rungs and media of the elements of one twin."""

    def __init__(self, twin: Twin) -> None:
        self.twin = twin
        self._joined: dict[str, list[tuple[Medium, str, bool]]] = {}
        for joint in twin.joints:
            self._joined.setdefault(joint.a, []).append((joint.medium, joint.b, True))
            self._joined.setdefault(joint.b, []).append((joint.medium, joint.a, False))

    def media(self, element: str) -> frozenset[Medium]:
        """The media an element is joined in."""
        return frozenset(medium for medium, _, _ in self._joined.get(element, ()))

    def gives(self, element: str, kinds: Collection[str], *media: Medium) -> bool:
        """Whether an element is joined, on the side written first, to one of the kinds in one of the media."""
        joined = self._joined.get(element, ())
        return any(first and m in media and self.twin.elements[other].kind in kinds for m, other, first in joined)

    def charged(self, medium: Medium, element: str) -> Subsystem:
        """The subsystem that a shortage of `medium` costs its tier, when `element` is removed ("": none)."""
        if medium in (Medium.FUEL, Medium.GAS):
            return Subsystem.FUEL
        if medium is Medium.WATER:
            return Subsystem.WATER
        if medium in (*WET, Medium.AIR):
            return Subsystem.COOLING
        if medium is Medium.DC:
            return Subsystem.CONTROLS
        if medium is Medium.DATA:
            return Subsystem.NETWORK
        return self.rung(element) if element else Subsystem.DISTRIBUTION

    def rung(self, name: str) -> Subsystem:
        """Where an element stands between the fuel and the rack."""
        element = self.twin.elements[name]
        if element.kind in CONTROLS or element.kind == "dc-supply":
            return Subsystem.CONTROLS
        if name in self.generator_rung | self.generator_air | self.starting:
            return Subsystem.GENERATORS
        if name in self.ups_rung or name in self.battery_side:
            return Subsystem.UPS
        if element.kind in COOLING:
            return Subsystem.COOLING
        media = self.media(name)
        if Medium.POWER in media or not media:
            return Subsystem.DISTRIBUTION
        return self.charged(min(media, key=str), name)

    @cached_property
    def generator_buses(self) -> frozenset[str]:
        """The boards that sets feed directly."""
        return self._first_boards("genset")

    @cached_property
    def ups_outputs(self) -> frozenset[str]:
        """The boards that UPS feed directly."""
        return self._first_boards("ups")

    @cached_property
    def generator_rung(self) -> frozenset[str]:
        """Sets, what lies between them and their boards, those boards with their ways, and the ties between them."""
        found = self._between("genset") | self.generator_buses
        found |= {w for board in self.generator_buses for w in self._ways(board)}
        return found | {e.id for e in self.twin.elements.values() if self._ties(e, self.generator_buses)}

    @cached_property
    def generator_air(self) -> frozenset[str]:
        """Louvres, ducts and fans that sets breathe through."""
        sets = {e.id for e in self.twin.elements.values() if e.kind == "genset"}
        fans = {m for n in self.twin.needs if n.element in sets for m in n.members}
        found = {name for name in fans if self.twin.elements[name].kind == "fan"}
        stack = [*found, *sets]
        while stack:
            for medium, other, forward in self._joined.get(stack.pop(), ()):
                if medium is Medium.AIR and not forward and other not in found | sets:
                    found.add(other)
                    stack.append(other)
        return frozenset(found)

    @cached_property
    def starting(self) -> frozenset[str]:
        """Starting batteries, and the d.c. paths from them to the sets."""
        sets = {e.id for e in self.twin.elements.values() if e.kind == "genset"}
        found: set[str] = set()
        stack = sorted(sets)
        while stack:
            for medium, other, forward in self._joined.get(stack.pop(), ()):
                supply = self.twin.elements[other].kind == "dc-supply"
                if medium is Medium.DC and not forward and not supply and other not in found | sets:
                    found.add(other)
                    stack.append(other)
        return frozenset(found)

    @cached_property
    def ups_rung(self) -> frozenset[str]:
        """UPS, what lies between them and their output boards, and those boards with their ways."""
        found = self._between("ups") | self.ups_outputs
        return found | {w for board in self.ups_outputs for w in self._ways(board)}

    @cached_property
    def battery_side(self) -> frozenset[str]:
        """Batteries, and the d.c. paths from them."""
        found = {e.id for e in self.twin.elements.values() if e.kind == "battery"}
        stack = sorted(found)
        while stack:
            for medium, other, _ in self._joined.get(stack.pop(), ()):
                ends = self.twin.elements[other].kind in ("ups", *CONTROLS)
                if medium is Medium.DC and other not in found and not ends:
                    found.add(other)
                    stack.append(other)
        return frozenset(found)

    def is_tie(self, element: Element) -> bool:
        """A switch written between two boards or buses."""
        return (
            element.kind in TIES
            and element.origin is Origin.WRITTEN
            and len({other for _, other, _ in self._joined.get(element.id, ()) if self._is_board(other)}) >= 2
        )

    def boards_above(self, element: str) -> frozenset[str]:
        """The nearest boards upstream of an element, through whatever lies between."""
        return self._walk(element, upstream=True)[0]

    def _is_board(self, name: str) -> bool:
        return self.twin.elements[name].kind in BOARDS

    def _ways(self, board: str) -> set[str]:
        near = {other for medium, other, _ in self._joined.get(board, ()) if medium is Medium.POWER}
        return {n for n in near if self.twin.elements[n].isolation is not Isolation.NONE}

    def _ties(self, element: Element, boards: frozenset[str]) -> bool:
        """Whether an element lies on a way from one of the boards to another, boards not counted as part of it."""
        if element.kind not in (*TIES, "bus", "busduct", "cable"):
            return False
        seen, ends = {element.id}, set()
        stack = [element.id]
        while stack:
            for medium, other, _ in self._joined.get(stack.pop(), ()):
                if medium is not Medium.POWER or other in seen:
                    continue
                seen.add(other)
                if other in boards:
                    ends.add(other)
                elif self.twin.elements[other].kind in (*TIES, "bus", "busduct", "cable"):
                    stack.append(other)
                else:
                    return False
        return len(ends) >= 2

    def _first_boards(self, kind: str) -> frozenset[str]:
        found: set[str] = set()
        for element in self.twin.elements.values():
            if element.kind == kind:
                found |= self._walk(element.id, upstream=False)[0]
        return frozenset(found)

    def _between(self, kind: str) -> frozenset[str]:
        found: set[str] = set()
        for element in self.twin.elements.values():
            if element.kind == kind:
                found |= self._walk(element.id, upstream=False)[1]
        return frozenset(found)

    def _walk(self, start: str, upstream: bool) -> tuple[frozenset[str], frozenset[str]]:
        """(boards first met, what was passed) going against or along the supply."""
        boards: set[str] = set()
        passed = {start}
        queue = deque((start,))
        while queue:
            for medium, other, forward in self._joined.get(queue.popleft(), ()):
                if medium is not Medium.POWER or forward is upstream or other in passed:
                    continue
                if self._is_board(other):
                    boards.add(other)
                else:
                    passed.add(other)
                    queue.append(other)
        return frozenset(boards), frozenset(passed)
