"""Random small facilities for Hypothesis, drawn directly as twins.

Promises: about 6 to 16 written elements plus their ways, runs and cords; at most four feeds with a position;
demands and ratings in multiples of 10 kW and sized near what is needed, so that verdicts vary and no float
tolerance decides.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from oracle.coverage import coverage
from oracle.drawing import Drawing, kw, litres, litres_per_hour, litres_per_kwh, ratio
from tierline.twin.model import UNLIMITED, Isolation, Medium, Mode, Origin, Twin, Value

__all__ = ["coverage", "plants"]

FIXED, WITHDRAWABLE = Isolation.FIXED, Isolation.WITHDRAWABLE
FUEL, CHW = Medium.FUEL, Medium.CHILLED_WATER
SUPPLIES = ("none", "per board", "per board", "in parallel", "switches")
LOSSES = ({}, {}, {"efficiency": ratio("0.8")}, {"recharge": ratio("0.25")})
THEMES = ("power", "fuel", "chilled water", "power", "fuel", "chilled water", "units", "cooling alone")
MACHINES = ("genset", "chiller", "pump", "crah", "cooling-unit")
LITRES_PER_KWH = "0.25"
MOST_POSITIONED_FEEDS = 4
Draw = Any


def tens(draw: Draw, low: int, high: int) -> int:
    return 10 * draw(st.integers(low // 10, max(low // 10, high // 10)))


def near(draw: Draw, need: int, count: int) -> int:
    """A rating about what each of `count` must carry, alone, with one out, or all together."""
    share = draw(st.sampled_from([count, max(1, count - 1), 1]))
    exact = -(-need // share // 10) * 10
    return max(10, exact + draw(st.sampled_from([0, 0, 0, 10, 50, -10])))


def isolation(draw: Draw) -> Isolation:
    return draw(st.sampled_from([FIXED, FIXED, WITHDRAWABLE]))


class Plant:
    """A drawing that grows by one theme after another, and remembers what it asks of its sources."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.d = Drawing(each_way=draw(st.sampled_from([FIXED, WITHDRAWABLE])))
        self.boards: list[str] = []
        self.outputs: list[str] = []
        self.gensets: list[str] = []
        self.demand = 0
        self.positioned = 0
        self.batteries = draw(st.sampled_from(["none", "none", "each", "shared"]))

    def may_position(self) -> bool:
        return self.positioned < MOST_POSITIONED_FEEDS

    def some(self, boards: list[str], most: int) -> list[str]:
        """One or more boards in some order, mostly as many as there may be."""
        order = self.draw(st.permutations(boards))
        most = min(most, len(order))
        return list(order[: self.draw(st.sampled_from([1, most, most]))])

    def sides(self) -> None:
        count = self.draw(st.sampled_from([1, 2, 2, 2, 3]))
        for x in "abc"[:count]:
            self.boards.append(self.d.add(f"gb-{x}", "board"))
        pairs = list(zip(self.boards, self.boards[1:], strict=False))
        if count == 3 and self.draw(st.booleans()):
            pairs.append((self.boards[2], self.boards[0]))
        for n, (one, other) in enumerate(pairs):
            self.tie(f"tie-{n}", one, other)

    def tie(self, name: str, one: str, other: str) -> None:
        shape = self.draw(st.sampled_from(["none", "one", "one", "two"]))
        is_open = self.draw(st.booleans())
        if shape == "one":
            self.d.add(name, "breaker", isolation=isolation(self.draw), normally_open=is_open)
            self.d.chain(one, name, other)
        if shape == "two":
            self.d.add(f"{name}-1", "breaker", normally_open=is_open)
            self.d.add(f"{name}-b", "bus")
            self.d.add(f"{name}-2", "breaker", normally_open=self.draw(st.booleans()))
            self.d.chain(one, f"{name}-1", f"{name}-b", f"{name}-2", other)

    def sets(self, most: int) -> None:
        """Generator sets, sized when everything else stands."""
        for board in self.boards:
            for _ in range(self.draw(st.sampled_from([1, 1, most])) if len(self.boards) < 3 else 1):
                name = f"gen-{len(self.gensets) + 1}"
                self.gensets.append(self.d.add(name, "genset", rating_at="site", **{"class": "COP"}))
                self.d.land(name, board, isolation=isolation(self.draw))

    def supplies(self, shape: str) -> None:
        """Uninterruptible supplies, or transfer switches, between the boards and what the racks hang on."""
        if shape == "none":
            self.outputs = list(self.boards)
        elif shape == "per board":
            for board in self.boards[:2]:
                self.outputs.append(self.ups(f"ups-{board[-1]}", [board], f"uob-{board[-1]}"))
        elif shape == "in parallel":
            for n in (1, 2):
                two = len(self.boards) > 1 and self.positioned < 2 and self.draw(st.booleans())
                self.outputs = [self.ups(f"ups-{n}", self.some(self.boards, 2 if two else 1), "uob")]
        else:
            for n in (1, 2):
                self.positioned += 1
                name = self.d.selector(f"sts-{n}", self.some(self.boards, 2), "sts")
                self.outputs.append(self.d.add(f"pdu-{n}", "bus"))
                self.d.chain(name, f"pdu-{n}")

    def ups(self, name: str, boards: list[str], output: str) -> str:
        self.d.add(name, "ups", **self.draw(st.sampled_from(LOSSES)))
        joints = [self.d.supply(b, name, isolation=isolation(self.draw)) for b in boards]
        self.positioned += len(boards) > 1
        self.d.feed(name, "from" if len(boards) == 1 else "inputs", joints, needed=False)
        if output not in self.d.elements:
            self.d.add(output, "board")
        self.d.land(name, output)
        if self.batteries != "none":
            battery = f"bat{name[3:]}" if self.batteries == "each" else "bat"
            if battery not in self.d.elements:
                self.d.add(battery, "battery")
            joint = self.d.supply(battery, name, Medium.DC, isolation=isolation(self.draw))
            self.d.feed(name, "battery", [joint])
        return output

    def racks(self, room: str | None) -> None:
        for n in range(self.draw(st.sampled_from([1, 1, 2]))):
            if not self.may_position():
                break
            boards = self.some(self.outputs, 3)
            if len(boards) == 1 and self.draw(st.integers(0, 3)):
                boards = boards * 2
            self.positioned += 1
            load = tens(self.draw, 50, 200)
            self.demand += load
            self.d.rack(f"rack-{n + 1}", load, boards, room)

    def house(self) -> None:
        for n in range(self.draw(st.sampled_from([0, 1, 1, 2]))):
            boards = self.some(self.boards, 2 if self.may_position() else 1)
            self.positioned += len(boards) > 1
            load = tens(self.draw, 20, 150)
            self.demand += load
            self.d.load(f"load-{n + 1}", load, boards)

    def motor_power(self, name: str, panels: list[str]) -> None:
        """A way of a panel, or a transfer switch of its own."""
        boards = self.some(panels, 2)
        if len(boards) == 1 or not self.may_position():
            self.d.powered(name, boards[:1])
            return
        self.positioned += 1
        switch = self.d.selector(f"ats-{name}", boards)
        run = self.d.add(f"{name}.power", "cable", origin=Origin.RUN)
        self.d.feed(name, "power", [self.d.chain(switch, run, name)])

    def fuel(self) -> None:
        """Tanks, pumps on the plant's own boards, headers and a day tank for every set."""
        size = self.draw(st.sampled_from([1, 2, 2]))
        headers = [self.d.add(f"sh-{n + 1}", "header") for n in range(self.draw(st.sampled_from([1, size])))]
        per_hour = max(10, self.demand) // 4
        for n in range(size):
            hours = self.draw(st.sampled_from([6, 12, 12, 24]))
            self.d.add(f"bt-{n + 1}", "tank", usable=litres(hours * near(self.draw, per_hour, size)))
            pump = self.d.add(f"fp-{n + 1}", "pump", rating=litres_per_hour(near(self.draw, per_hour, size)))
            self.d.change(pump, draw=kw(0))
            self.d.supply(f"bt-{n + 1}", pump, FUEL)
            self.d.land(pump, headers[n % len(headers)], FUEL)
            self.motor_power(pump, self.boards)
        for genset in self.gensets:
            self.d.change(genset, burn=litres_per_kwh(LITRES_PER_KWH))
            usable = self.draw(st.sampled_from([litres(10), litres(10), litres(600), litres(0), None]))
            tank = self.d.add(f"dt{genset[3:]}", "day-tank", usable=usable)
            ways = self.some(headers, 2)
            joints = [self.d.supply(h, tank, FUEL) for h in ways]
            self.d.feed(tank, "from", joints, mode=Mode.JOINED, needed=False)
            run = self.d.add(f"{genset}.fuel", "pipe", origin=Origin.RUN)
            self.d.feed(genset, "fuel", [self.d.chain(tank, run, genset, medium=FUEL)])

    def panels(self) -> list[str]:
        """Motor panels: the boards themselves, or given ones where no power is modelled."""
        if self.boards:
            return self.boards
        names = [self.d.add(f"mcc-{x}", "board") for x in "ab"[: self.draw(st.sampled_from([1, 2, 2]))]]
        self.d.given |= {(name, "power") for name in names}
        return names

    def chilled_water(self, room: str, heat: int) -> None:
        """Chillers and air handlers on a ring or a line of sections with a valve at each joint."""
        panels = self.panels()
        count = self.draw(st.sampled_from([3, 4, 2]))
        ring = count > 2 and self.draw(st.sampled_from([True, True, False]))
        rating = self.draw(st.sampled_from([UNLIMITED, UNLIMITED, kw(heat), kw(near(self.draw, heat, 2))]))
        sections = [self.d.add(f"s{n}", "section", rating=rating) for n in range(count)]
        for n in range(count if ring else count - 1):
            self.d.add(f"v{n}", "valve")
            self.d.chain(sections[n], f"v{n}", sections[(n + 1) % count], medium=CHW)
        chillers = self.draw(st.integers(1, 2 if self.boards else 3))
        for n in range(chillers):
            name = self.d.add(f"ch-{n}", "chiller", rating=kw(near(self.draw, heat, chillers)))
            self.d.land(name, self.draw(st.sampled_from(sections)), CHW)
            self.d.change(name, cop=self.draw(st.sampled_from([None, ratio("4"), ratio("5")])))
            self.motor_power(name, panels)
        units = self.draw(st.integers(1, 3))
        for n in range(units):
            name = self.d.add(f"crah-{n}", "crah", rating=kw(near(self.draw, heat, units)))
            joints = [self.d.supply(s, name, CHW) for s in self.some(sections, 2)]
            self.d.feed(name, "from", joints, mode=Mode.JOINED, needed=False)
            self.d.serves.append((name, room))
            self.motor_power(name, panels)
        self.demand += heat // 4

    def units(self, room: str, heat: int) -> None:
        """Self-contained cooling units on panels, or each behind its transfer switch."""
        panels = self.panels()
        count = self.draw(st.integers(2, 4))
        for n in range(count):
            rating = near(self.draw, heat, count)
            kind = self.draw(st.sampled_from(["cooling-unit", "crac"]))
            name = self.d.add(f"cu-{n}", kind, rating=kw(rating))
            self.d.change(name, draw=self.draw(st.sampled_from([None, kw(rating // 10 * 5)])))
            self.d.serves.append((name, room))
            self.motor_power(name, panels)
        self.demand += heat // 2

    def controls(self) -> None:
        """One or two controllers that machines need, with or without a hand."""
        machines = [e.id for e in self.d.elements.values() if e.kind in MACHINES]
        names = []
        for n in range(self.draw(st.sampled_from([1, 1, 2]))):
            manual = self.draw(st.sampled_from([True, False, False, None]))
            watches = self.draw(st.sampled_from([None, None, None, True]))
            name = self.d.add(f"plc-{n}", "controller", local_manual=manual, monitoring_only=watches)
            names.append(name)
            power = self.draw(st.sampled_from(["boards", "boards", "given", "none"]))
            if power == "boards" and self.boards:
                self.d.powered(name, self.some(self.boards, 2))
            elif power != "none":
                self.d.given.add((name, "power"))
        for machine in machines:
            if self.draw(st.booleans()):
                self.d.need(machine, "control", *self.some(names, 2))

    def size_sets(self) -> None:
        for genset in self.gensets:
            self.d.change(genset, rating=kw(near(self.draw, self.demand, len(self.gensets))))

    def blemish(self) -> None:
        """Up to two changes anywhere: a rating that bites, a rating nobody wrote, another kind of device."""
        for _ in range(self.draw(st.sampled_from([0, 0, 1, 2]))):
            rated = sorted(e.id for e in self.d.elements.values() if e.value("rating") == UNLIMITED)
            name = self.draw(st.sampled_from(rated)) if rated else None
            if name is None:
                return
            media = {j.medium for j in self.d.joints if name in (j.a, j.b)}
            small = kw(near(self.draw, max(self.demand, 10), 2))
            flow = litres_per_hour(near(self.draw, max(self.demand, 10) // 4, 2))
            self.d.change(name, rating=self.draw(st.sampled_from([None, flow if FUEL in media else small])))
        if self.draw(st.integers(0, 9)) == 0:
            self.d.settings["unrated"] = Value(UNLIMITED, next(iter(self.d.elements.values())).at)

    def rest(self) -> None:
        """Now and then a machine that is off until a hand starts it."""
        machines = sorted((e.id, e) for e in self.d.elements.values() if e.kind in MACHINES)
        if machines and self.draw(st.integers(0, 2)) == 0:
            name, machine = self.draw(st.sampled_from(machines))
            self.d.elements[name] = replace(machine, normally_open=True)


@st.composite
def plants(draw: Draw) -> Twin:
    """A facility: power, power and fuel, power and cooling, or cooling alone; with or without controls."""
    plant = Plant(draw)
    theme = draw(st.sampled_from(THEMES))
    room = plant.d.room("hall", None) if theme not in ("power", "fuel") else None
    if theme != "cooling alone":
        plant.sides()
        plant.sets(2 if theme == "power" else 1)
        plant.supplies("none" if theme != "power" else draw(st.sampled_from(SUPPLIES)))
        if theme in ("power", "fuel"):
            plant.house()
        plant.racks(room)
    if room is not None:
        heat = plant.demand or tens(draw, 100, 400)
        if not plant.demand or draw(st.booleans()):
            plant.d.room("hall", heat)
        cool = plant.units if theme == "units" or draw(st.integers(0, 3)) == 0 else plant.chilled_water
        cool("hall", heat)
    if theme == "fuel":
        plant.fuel()
    if draw(st.integers(0, 2)) == 0:
        plant.controls()
    plant.size_sets()
    plant.blemish()
    plant.rest()
    return plant.d.twin()
