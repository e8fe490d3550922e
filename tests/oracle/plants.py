"""Random small facilities for Hypothesis, drawn directly as twins.

Promises: about 6 to 20 written elements plus their ways, runs and cords; at most four feeds with a position;
demands and ratings in multiples of 10 kW and sized near what is needed, so that verdicts vary and no float
tolerance decides.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from oracle.coverage import coverage
from oracle.drawing import kw, litres_per_hour, seconds
from oracle.plant_apparent import Apparent
from oracle.plant_base import FUEL, ByHypothesis, BySeed, Chooser
from oracle.plant_fluids import Fluids
from oracle.plant_hands import Handled
from oracle.plant_power import SUPPLIES
from oracle.plant_raw import Raw
from tierline.twin.model import STOP, UNLIMITED, Medium, Twin, Value

__all__ = ["by_seed", "coverage", "plants"]

OFTEN = ("none", "none", "per board", "tied", "tied", "transformers", "ring")
THEMES = ("power", "power", "fuel", "fuel", "chilled water", "chilled water", "units", "cooling alone")
MACHINES = ("genset", "chiller", "pump", "crah", "cooling-unit")


class Plant(Apparent, Raw, Handled, Fluids):
    """All parts, and what goes across them: controls, and blemishes."""

    def controls(self) -> None:
        """One or two controllers that machines need, with or without a hand."""
        machines = [e.id for e in self.d.elements.values() if e.kind in MACHINES]
        names = []
        for n in range(self.one_of(1, 1, 2)):
            manual = self.one_of(True, True, False, False, None)
            watches = self.one_of(None, None, None, True)
            name = self.d.add(f"plc-{n}", "controller", local_manual=manual, monitoring_only=watches)
            names.append(name)
            self.control_power(name)
            if self.once_in(4) and any(f.element == name and f.name == "power" for f in self.d.feeds):
                self.d.change(name, draw=kw(self.one_of(1, 10)))
        for machine in machines:
            if self.one_of(False, True):
                self.d.need(machine, "control", *self.some(names, 2))

    def control_power(self, name: str) -> None:
        """From the boards, from behind the UPS, from a d.c. supply with or without a battery, or from outside."""
        power = self.one_of("boards", "boards", "outputs", "outputs", "dc", "given", "none")
        if power == "boards" and self.boards:
            self.d.powered(name, self.some(self.boards, 2))
        elif power == "outputs" and self.outputs:
            self.d.powered(name, self.some(self.outputs, 2))
        elif power == "dc" and self.boards:
            supply = self.d.add(f"dc-{name}", "dc-supply", autonomy=self.one_of(seconds(3600), None, seconds(3600)))
            self.d.feed(supply, "from", [self.d.supply(self.some(self.boards, 1)[0], supply)], needed=False)
            self.d.feed(name, "dc", [self.d.supply(supply, name, Medium.DC)])
        elif power != "none":
            self.d.given.add((name, "power"))

    def trips(self) -> None:
        """An emergency circuit that opens or stops some machines or ways."""
        energise, key = self.one_of("to-trip", "to-hold", "to-hold", None), self.one_of(True, True, False)
        name = self.d.add("epo-1", "epo", energise=energise, bypass_key=key)
        if self.boards and self.once_in(2):
            self.d.powered(name, self.some(self.boards, 2))
        else:
            self.d.given.add((name, "power"))
        held = [e.id for e in self.d.elements.values() if e.kind in ("ups", "genset", "breaker", "chiller")]
        for element in self.some(held, 2) if held else ():
            self.d.need(element, STOP, name)

    def blemish(self) -> None:
        """Up to two changes anywhere: a rating that bites, or a rating nobody wrote."""
        for _ in range(self.one_of(0, 0, 0, 1, 2)):
            rated = sorted(e.id for e in self.d.elements.values() if e.value("rating") == UNLIMITED)
            if not rated:
                return
            name = self.one_of(*rated)
            media = {j.medium for j in self.d.joints if name in (j.a, j.b)}
            small = kw(self.near(max(self.demand, 10), 2))
            flow = litres_per_hour(self.near(max(self.demand, 10) // 4, 2))
            self.d.change(name, rating=self.one_of(None, *[flow if FUEL in media else small] * 2))
        if self.once_in(10):
            self.d.settings["unrated"] = Value(UNLIMITED, next(iter(self.d.elements.values())).at)

    def rest(self) -> None:
        """Now and then a machine that is off until a hand starts it."""
        machines = sorted((e.id, e) for e in self.d.elements.values() if e.kind in MACHINES)
        if machines and self.once_in(3):
            name, machine = self.one_of(*machines)
            self.d.elements[name] = replace(machine, normally_open=True)


@st.composite
def plants(draw: Any) -> Twin:
    """A facility of Hypothesis' choice."""
    return drawn(ByHypothesis(draw))


def by_seed(seed: str) -> Twin:
    """The facility of a seed: always the same."""
    return drawn(BySeed(seed))


def drawn(chooser: Chooser) -> Twin:
    """A facility: power, power and fuel, power and cooling, or cooling alone; with or without controls."""
    plant = Plant(chooser)
    theme = plant.one_of(*THEMES)
    room = plant.d.room("hall", None) if theme not in ("power", "fuel") else None
    if theme != "cooling alone":
        plant.sides()
        plant.sets(2 if theme == "power" else 1)
        plant.supplies(plant.one_of(*SUPPLIES) if theme == "power" else plant.one_of(*OFTEN))
        if plant.once_in(3) and any(e.kind == "ups" for e in plant.d.elements.values()):
            plant.past_ups()
        if theme in ("power", "fuel"):
            plant.house()
        plant.racks(room)
    if room is not None:
        heat = plant.demand or plant.tens(100, 400)
        if not plant.demand or plant.one_of(False, True):
            plant.d.room("hall", heat)
        cool = plant.units if theme == "units" or plant.once_in(4) else plant.chilled_water
        cool("hall", heat)
    if theme == "fuel":
        plant.fuel()
    if plant.once_in(3):
        plant.controls()
    if plant.once_in(8):
        plant.trips()
    if plant.once_in(2):
        plant.interlocks()
    if plant.boards and plant.once_in(4):
        plant.idle_draws()
    plant.size_sets()
    if plant.boards and plant.once_in(5):
        plant.in_apparent()
    if plant.gensets and plant.once_in(8):
        plant.limit_hours()
    plant.blemish()
    plant.rest()
    return plant.d.twin()
