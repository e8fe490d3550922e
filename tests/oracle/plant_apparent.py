"""The apparent power of a random plant: power factors of all that draws, alternators, ratings in kVA and in A.

Promises: VA come out in whole numbers, so that rounding decides nothing.
"""

from __future__ import annotations

from oracle.drawing import kva, ratio
from oracle.plant_base import Base
from tierline.twin.model import UNLIMITED, Dimension, Medium, Quantity

DRAWING = ("rack", "load", "chiller", "pump", "crah", "cooling-unit", "crac", "controller", "dc-supply", "ups")
BRINGING = ("transformer", "board", "bus", "breaker")


class Apparent(Base):
    """Says of what is drawn how many VA it takes to give its W."""

    def in_apparent(self) -> None:
        """Power factors for all, or for all but one; then limits near what that asks for."""
        asked = 0
        drawing = [e.id for e in self.d.elements.values() if e.kind in DRAWING]
        forgotten = self.one_of(*drawing) if drawing and self.once_in(8) else ""
        for name in drawing:
            load = self.d.elements[name].quantity("load")
            kilowatts = 0 if load is None else int(load.amount) // 1000
            factor = self.one_of("0.8", "0.8", "1", "0.9" if kilowatts % 90 == 0 and kilowatts else "0.8")
            asked += -(-kilowatts * 10 // int(float(factor) * 10))
            self.d.change(name, power_factor=None if name == forgotten else ratio(factor))
        asked = max(asked, self.demand, 10)
        for name in self.gensets:
            stated = kva(self.near(asked, len(self.gensets)))
            self.d.change(name, alternator=self.one_of(stated, stated, stated, UNLIMITED, None))
            if self.once_in(4):
                self.d.change(name, alternator_derate=ratio("0.9"))
        self.limits(asked)

    def limits(self, asked: int) -> None:
        """UPS in W and VA; of what carries, a few in kVA or in A."""
        for element in [e for e in self.d.elements.values() if e.kind == "ups"]:
            self.d.change(element.id, apparent=self.one_of(UNLIMITED, kva(self.near(asked, 2)), None))
        carrying = sorted(e.id for e in self.d.elements.values() if e.kind in BRINGING and self._carries(e.id))
        for name in {self.one_of(*carrying) for _ in range(self.one_of(0, 1, 2))}:
            amount = self.near(asked, 2)
            self.d.change(name, rating=kva(amount))
            if self.once_in(3):
                volts = Quantity(Dimension.VOLTAGE, kva(1).amount, "1 kV")
                ampere = Quantity(Dimension.CURRENT, kva(amount).amount / 1000, f"{amount} A")
                self.d.change(name, rating=ampere, voltage=volts, phases=self.one_of(1, 3))
        for name in self.sized if self.once_in(2) else ():
            self.d.change(name, rating=kva(self.near(asked, 2)))

    def _carries(self, name: str) -> bool:
        return any(j.medium == Medium.POWER and name in (j.a, j.b) for j in self.d.joints)
