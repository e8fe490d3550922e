"""The fluids of a random plant: fuel with its pumps and tanks, chilled water on rings and lines, cooling units."""

from __future__ import annotations

from oracle.drawing import kw, litres, litres_per_hour, litres_per_kwh, ratio
from oracle.plant_base import CHW, FUEL, Base
from tierline.twin.model import UNLIMITED, Mode, Origin

LITRES_PER_KWH = "0.25"


class Fluids(Base):
    """Grows what brings fuel and takes heat away."""

    def fuel(self) -> None:
        """Tanks, pumps on the plant's own boards, headers and a day tank for every set."""
        size = self.one_of(1, 2, 2)
        headers = [self.d.add(f"sh-{n + 1}", "header") for n in range(self.one_of(1, size))]
        per_hour = max(10, self.demand) // 4
        for n in range(size):
            hours = self.one_of(6, 12, 12, 24)
            self.d.add(f"bt-{n + 1}", "tank", usable=litres(hours * self.near(per_hour, size)))
            pump = self.d.add(f"fp-{n + 1}", "pump", rating=litres_per_hour(self.near(per_hour, size)))
            self.d.change(pump, draw=kw(self.one_of(0, 0, 5, 10)))
            self.d.supply(f"bt-{n + 1}", pump, FUEL)
            self.d.land(pump, headers[n % len(headers)], FUEL)
            self.motor_power(pump, self.boards)
        for genset in self.gensets:
            self.d.change(genset, burn=litres_per_kwh(LITRES_PER_KWH))
            usable = self.one_of(litres(12), litres(12), litres(600), litres(0), None)  # whole ml/h over twelve hours
            tank = self.d.add(f"dt{genset[3:]}", "day-tank", usable=usable)
            ways = self.some(headers, 2)
            joints = [self.d.supply(h, tank, FUEL) for h in ways]
            self.d.feed(tank, "from", joints, mode=Mode.JOINED, needed=False)
            run = self.d.add(f"{genset}.fuel", "pipe", origin=Origin.RUN)
            self.d.feed(genset, "fuel", [self.d.chain(tank, run, genset, medium=FUEL)])

    def chilled_water(self, room: str, heat: int) -> None:
        """Chillers and air handlers on a ring or a line of sections with a valve at each joint."""
        panels = self.panels()
        count = self.one_of(3, 4, 2)
        ring = count > 2 and self.one_of(True, True, False)
        rating = self.one_of(UNLIMITED, UNLIMITED, kw(heat), kw(self.near(heat, 2)))
        sections = [self.d.add(f"s{n}", "section", rating=rating) for n in range(count)]
        for n in range(count if ring else count - 1):
            self.d.add(f"v{n}", "valve")
            self.d.chain(sections[n], f"v{n}", sections[(n + 1) % count], medium=CHW)
        chillers = self.one_of(*range(1, 1 + (2 if self.boards else 3)))
        ends = self.pumped(sections, heat, panels) if self.once_in(3) else sections
        for n in range(chillers):
            name = self.d.add(f"ch-{n}", "chiller", rating=kw(self.near(heat, chillers)))
            self.d.land(name, self.one_of(*ends), CHW)
            self.d.change(name, cop=self.one_of(None, ratio("4"), ratio("5")))
            self.motor_power(name, panels)
        units = self.one_of(*range(1, 1 + (3)))
        for n in range(units):
            name = self.d.add(f"crah-{n}", "crah", rating=kw(self.near(heat, units)))
            joints = [self.d.supply(s, name, CHW) for s in self.some(sections, 2)]
            self.d.feed(name, "from", joints, mode=Mode.JOINED, needed=False)
            self.d.serves.append((name, room))
            self.motor_power(name, panels)
        self.demand += heat // 4

    def pumped(self, sections: list[str], heat: int, panels: list[str]) -> list[str]:
        """A header for the chillers, with pumps in parallel from it to the sections."""
        header = self.d.add("ph", "header")
        for n in range(self.one_of(1, 2, 2)):
            pump = self.d.add(f"cp-{n}", "pump", rating=kw(self.near(heat, 2)), draw=kw(self.one_of(0, 10)))
            self.d.supply(header, pump, CHW)
            self.d.land(pump, self.one_of(*sections), CHW)
            self.motor_power(pump, panels)
        return [header]

    def units(self, room: str, heat: int) -> None:
        """Self-contained cooling units on panels, or each behind its transfer switch."""
        panels = self.panels()
        count = self.one_of(*range(2, 1 + (4)))
        for n in range(count):
            rating = self.near(heat, count)
            kind = self.one_of("cooling-unit", "crac")
            name = self.d.add(f"cu-{n}", kind, rating=kw(rating))
            self.d.change(name, draw=self.one_of(None, kw(rating // 10 * 5)))
            self.d.serves.append((name, room))
            self.motor_power(name, panels)
        self.demand += heat // 2
