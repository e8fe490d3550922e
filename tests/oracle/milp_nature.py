"""What the second oracle knows of kinds: what starts where, what nothing can run without, who does it by hand."""

from __future__ import annotations

from functools import cached_property

from oracle.world import Guess
from tierline.twin.kinds import KINDS, Class
from tierline.twin.model import STOP, Element, Medium, Need, Quantity, Twin

POWER, DC, FUEL, CHW = Medium.POWER, Medium.DC, Medium.FUEL, Medium.CHILLED_WATER
LIVES_ON: dict[str, tuple[Medium, ...]] = {
    **dict.fromkeys(("chiller", "pump", "crac", "cooling-unit", "fan", "rack", "racks", "load"), (POWER,)),
    "crah": (POWER, CHW),
    "ups": (POWER, DC),
    "genset": (FUEL,),
}
MAKES = {"genset": POWER, "chiller": CHW, "battery": DC, "fan": Medium.AIR}
STORES = ("tank", "day-tank")
ELECTRICAL = ("board", "bus", "busduct", "transformer", "ups", "ats", "sts", "pou-switch")
CONTROLS = ("controller", "panel", "sensor")


class Nature:
    """The facts of one twin, in one reading of what is missing."""

    def __init__(self, twin: Twin, guess: Guess) -> None:
        self.twin, self.guess = twin, guess
        self.has_sets = any(e.kind == "genset" for e in twin.elements.values())
        self.passing_on = {j.a for j in twin.joints if j.medium is POWER}

    def given(self, element: str, medium: Medium) -> bool:
        """From outside the model. Where there are sets, no power that is passed on comes from outside."""
        if self.twin.elements[element].kind == "utility":
            return False
        passed = medium is POWER and self.has_sets and element in self.passing_on
        return (element, medium) in self.twin.given and not passed

    @cached_property
    def modelled(self) -> set[Medium]:
        """Media that have a source, or for power a board, in the model: of these nobody has any for nothing."""
        found = {Medium(medium) for _, medium in self.twin.given}
        for element in self.twin.elements.values():
            if element.kind in STORES:
                found.add(carried_by(element))
            if element.kind in MAKES:
                found.add(MAKES[element.kind])
            if element.kind in ELECTRICAL or element.kind == "utility":
                found.add(POWER)
        return found

    def untied(self, element: Element) -> list[Medium]:
        """Media it lives on that nothing brings."""
        ways_in = {j.medium for j in self.twin.joints if j.b == element.id or (j.a == element.id and not j.one_way)}
        wanted = LIVES_ON.get(element.kind, ())
        on_dc = DC in ways_in or (element.id, DC) in self.twin.given
        if element.kind in ("controller", "panel", "epo", "release") and not on_dc:
            wanted = (POWER,)
        return [m for m in wanted if m not in ways_in and (element.id, m) not in self.twin.given]

    def dark(self, element: Element) -> bool:
        return any(medium in self.modelled for medium in self.untied(element))

    def starts(self, element: Element, medium: Medium) -> bool:
        """Does this medium begin here?"""
        if KINDS[element.kind].cls is Class.WORLD:
            return False
        if self.given(element.id, medium):
            return True
        if element.kind in STORES:
            return medium is carried_by(element) and self.filled(element)
        return MAKES.get(element.kind) is medium

    def filled(self, element: Element) -> bool:
        usable = element.value("usable")
        if usable is None:
            return self.guess.missing()
        return not isinstance(usable, Quantity) or usable.amount > 0

    def bridged(self, element: Element) -> bool:
        """Does a store keep its output up until its input arrives?"""
        if element.kind == "dc-supply":
            hours = element.value("autonomy")
            return self.guess.missing() if hours is None else not isinstance(hours, Quantity) or hours.amount > 0
        return element.kind == "ups" and DC not in self.untied(element)

    def members(self, need: Need) -> list[Element]:
        """Who really does what is needed: not those that only watch."""
        found = [self.twin.elements[m] for m in need.members]
        if need.name == STOP:
            return found
        return [e for e in found if not _only_watches(e)]

    def by_hand(self, need: Need) -> bool:
        """Can people do instead of its members?"""
        if need.name == STOP:
            return self.twin.elements[need.members[0]].value("bypass_key") is True
        said = [m.value("local_manual") for m in self.members(need) if m.kind in CONTROLS]
        return True in said or (None in said and self.guess.missing())

    def lets_go(self, need: Need) -> bool:
        """Does what it names trip only when energised, so that its loss stops nothing?"""
        energise = self.twin.elements[need.members[0]].text("energise")
        return need.name == STOP and (self.guess.missing() if not energise else energise == "to-trip")


def carried_by(tank: Element) -> Medium:
    return Medium(tank.text("carries", FUEL.value))


def _only_watches(element: Element) -> bool:
    return element.value("monitoring_only") is True
