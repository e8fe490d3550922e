"""Which rule a failed removal breaks: what is short, what was taken out, and what limits decide it.

One failed removal breaks one rule: the one that tells an engineer where to look.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from tierline.twin.kinds import CONTROLS, DATA, KINDS, Class
from tierline.twin.model import STOP, Medium
from tierline.twin.policy import Policy
from tierline.twin.wiring import Wiring, wire
from tierline.validators.answers import Removal, Short
from tierline.validators.subsystems import BOARDS, COOLING, WET, Subsystem, Subsystems

_LOOPS = {
    Medium.CHILLED_WATER: "CO-05",
    Medium.CONDENSER_WATER: "CO-05",
    Medium.REFRIGERANT: "CO-05",
    Medium.WATER: "WA-03",
    Medium.FUEL: "FU-04",
}
"""Rules of loops in which nothing controls how the flow divides; of power it is PD-05."""

_PIPEWORK = frozenset(("section", "header", "pipe", "valve", "control-valve", "check-valve", "strainer", "vessel"))


_MACHINES = {"genset": "GEN-06", "ups": "UP-01"}
"""Machines of which the last one was taken out."""


class Blame:
    """Finds the rule (by catalogue reference) and the subsystem of failed removals."""

    def __init__(self, subsystems: Subsystems, policy: Policy) -> None:
        self.policy = policy
        self.subsystems = subsystems
        self.twin = subsystems.twin

    def subsystem(self, removal: Removal) -> Subsystem:
        """The subsystem charged: that of the first medium short."""
        if not removal.shorts:
            return self.subsystems.charged(self._loop_medium(removal), removal.element)
        return self.subsystems.charged(removal.shorts[0].medium, removal.element)

    def rule(self, removal: Removal) -> str:
        """The catalogue reference of the rule a failed removal breaks."""
        if removal.trips:
            return self._tripped(removal)
        if removal.element and self.twin.elements[removal.element].kind in DATA:
            return "CT-03"
        if not removal.shorts:
            return _LOOPS.get(self._loop_medium(removal), "PD-05")
        short = removal.shorts[0]
        if short.medium in (Medium.FUEL, Medium.GAS):
            return self._fuel(removal, short)
        if short.medium is Medium.WATER:
            return "WA-02" if short.hours else "WA-03"
        if short.medium in (*WET, Medium.AIR):
            return self._cooling(removal)
        return self._power(removal, short)

    def _tripped(self, removal: Removal) -> str:
        """A trip that need not have been: of breakers, by the emergency circuit, or by a panel."""
        kinds = {self.twin.elements[name].kind for name in removal.trips}
        if "release" in kinds:
            return "PD-07"
        if "epo" in kinds:
            return "EP-01"
        opened = {n.element for n in self.twin.needs if n.name == STOP and n.members[0] in removal.trips}
        return "BC-04" if any(self.twin.elements[name].kind in COOLING for name in opened) else "CT-01"

    def _loop_medium(self, removal: Removal) -> Medium:
        """The medium of the loop whose sharing nothing controls; power where there is none."""
        media = [m for name in removal.uncontrolled[:1] for m in sorted(self._media(name))]
        return media[0] if media else Medium.POWER

    def _fuel(self, removal: Removal, short: Short) -> str:
        if short.hours:
            return "FU-02"
        if self._is_control(removal.element):
            return "FU-06"
        return "FU-04" if Medium.FUEL in self._media(removal.element) - self._own_needs(removal.element) else "FU-05"

    def _cooling(self, removal: Removal) -> str:
        element = self.twin.elements[removal.element]
        media = self._media(element.id)
        stored = element.id in self.subsystems.battery_side
        if self._is_control(element.id) or (media == {Medium.DC} and not stored):
            return "CO-08"
        wet = media & WET
        if removal.shorts[0].have and self._kinds(removal.shorts[0].cut) <= _PIPEWORK:
            return "CO-05"
        if KINDS[element.kind].cls is Class.CAPACITY and (wet or element.kind in COOLING):
            return "CO-02"
        if wet:
            sections = [e for e in removal.zone if self.twin.elements[e].kind in ("section", "header")]
            return "ISO-06" if element.kind == "valve" and len(sections) > 1 else "CO-03"
        return "CO-14" if Medium.AIR in media else "CO-07"

    def _power(self, removal: Removal, short: Short) -> str:
        element = self.twin.elements[removal.element]
        if self._is_control(element.id):
            return "CT-01"
        if element.id in self.subsystems.generator_air:
            return "EG-12"
        if element.id in self.subsystems.starting:
            return "EG-11"
        if element.kind == "dc-supply":
            return "PD-07"
        if self._media(element.id) == {Medium.DC}:
            return "UP-07" if element.id in self.subsystems.battery_side else "PD-07"
        racks = [r for r in removal.lost if r in self.twin.elements and self._is_rack(r)]
        if racks:
            return self._dark_racks(removal, racks)
        if not short.have or removal.lost:
            return self._dark(removal)
        return self._limited(short)

    def _dark_racks(self, removal: Removal, racks: Iterable[str]) -> str:
        cords = {rack: self._cord_boards(rack) for rack in racks}
        if any(len(self.counted_cords(rack)) <= self.fewest(rack) < len(boards) for rack, boards in cords.items()):
            return "GEN-09"
        if any(len(boards) <= self.fewest(rack) for rack, boards in cords.items()):
            return "IT-02"
        kinds = {self.twin.elements[e].kind for e in removal.zone}
        if "sts" in kinds:
            return "PD-04"
        if any(self._on_one_board(rack, boards) for rack, boards in cords.items()):
            return "IT-03"
        rule = self._dark(removal)
        return "IT-03" if rule in ("UP-02", "PD-01") and self._others_live(racks) else rule

    def _others_live(self, dark: Iterable[str]) -> bool:
        """Whether other racks run on: then it is the cords of these that share what the others do not."""
        return any(self._is_rack(name) for name in self.twin.elements.keys() - set(dark))

    def _dark(self, removal: Removal) -> str:
        machine = _MACHINES.get(self.twin.elements[removal.element].kind)
        if machine is not None:
            return machine
        if Medium.FUEL in self._media(removal.element):
            return "FU-04"
        zone = frozenset(removal.zone)
        kinds = {self.twin.elements[e].kind for e in zone}
        if self.subsystems.is_tie(self.twin.elements[removal.element]):
            return "ISO-01"
        if kinds & {"ats", "sts", "pou-switch"}:
            return "PD-02" if self.twin.elements[removal.element].kind == "ats" else "PD-03"
        if zone & self.subsystems.generator_buses:
            return "EG-10"
        if zone & self.subsystems.ups_outputs:
            return "UP-02"
        return "PD-01"

    def _kinds(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(self.twin.elements[e].kind for e in names if e in self.twin.elements)

    def _limited(self, short: Short) -> str:
        kinds = self._kinds(short.cut)
        if kinds == {"genset"}:
            return "GEN-06"
        if kinds == {"ups"}:
            return "UP-01"
        return "PD-05"

    def counted_cords(self, rack: str) -> tuple[str, ...]:
        """The cords of a rack that bring power which has passed a UPS, where the law asks for it (decision M6)."""
        draw = self._wiring.draws.get((Medium.POWER, rack, "in"))
        ends = {self._names[self._wiring.arcs[arc][0]] for arc in draw.arcs} if draw is not None else set()
        return tuple(sorted(ends))

    @cached_property
    def _wiring(self) -> Wiring:
        return wire(self.twin, raw=self.policy.takes("raw_alternate_path", "accept"))

    @cached_property
    def _names(self) -> dict[int, str]:
        return {vertex: name for (_, name, _), vertex in self._wiring.vertices.items()}

    def _on_one_board(self, rack: str, cords: list[frozenset[str]]) -> bool:
        """Whether some board carries so many cords of a rack that the others are too few."""
        boards = frozenset().union(*cords)
        return any(sum(board not in cord for cord in cords) < self.fewest(rack) for board in boards)

    def fewest(self, rack: str) -> int:
        """How many live cords a rack runs on."""
        together = self.twin.elements[rack].value("runs_on")
        return together if isinstance(together, int) else 1

    def _cord_boards(self, rack: str) -> list[frozenset[str]]:
        """Per cord of a rack, the boards it hangs on."""
        feeds = [f for f in self.twin.feeds if f.element == rack]
        ends = [self.twin.joints[j].a for f in feeds for j in f.joints] or [
            j.a for j in self.twin.joints if j.b == rack
        ]
        return [
            self.subsystems.boards_above(end) if self.twin.elements[end].kind not in BOARDS else frozenset((end,))
            for end in ends
        ]

    def _is_rack(self, name: str) -> bool:
        return self.twin.elements[name].kind in ("rack", "racks")

    def _is_control(self, name: str) -> bool:
        return self.twin.elements[name].kind in CONTROLS

    def _media(self, name: str) -> frozenset[Medium]:
        return self.subsystems.media(name)

    def _own_needs(self, name: str) -> frozenset[Medium]:
        """The media an element only takes in (a genset's fuel)."""
        taken = frozenset(f.medium for f in self.twin.feeds if f.element == name and f.needed)
        given = frozenset(j.medium for j in self.twin.joints if j.a == name)
        return taken - given
