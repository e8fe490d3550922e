"""What machines give, what they draw for it, and what loads ask: the numbers of one reading of a twin."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from tierline.kernel.plant import UNLIMITED
from tierline.twin.capacity import Capacities, Capacity
from tierline.twin.given import given_that_counts
from tierline.twin.kinds import GEAR, KINDS, REJECTORS, STORES, Class
from tierline.twin.make_up import make_up, missing_of_make_up
from tierline.twin.model import Element, Medium, Quantity, Twin
from tierline.twin.ratios import burn, drawn, rejected, ups_input
from tierline.twin.stages import HOURLY, Link
from tierline.twin.wiring import AIR_UNITS, Key, Wiring

_COOLED = (Medium.AIR, Medium.CONDENSER_WATER, Medium.CHILLED_WATER)
"""What a tower or dry cooler may rid of heat: a room, or a circuit."""
MOTORS = ("pump", "fan", "chiller", *REJECTORS, *AIR_UNITS)
REQUIRED_HOURS = 12
"""Tier rule: hours of fuel and water on site at N."""
UNKNOWN_RATIO = Fraction(1)
"""The most a machine whose draw nobody wrote could draw: all that it carries."""
UNKNOWN_LOAD = UNLIMITED // 1000
UNKNOWN_APPARENT = 1000
"""VA for each W of what draws at a power factor that nobody wrote."""
UNKNOWN_BURN = Fraction(1000)
"""ml/kWh; ten sets' worth."""
UNKNOWN_MAKE_UP = Fraction(1000)
"""ml/h for each W; hundreds of towers' worth."""


class Machines:
    """Sources, demands and couplings of a twin, read with the least (`high` False) or the most that is possible."""

    def __init__(self, twin: Twin, wiring: Wiring, capacities: Capacities, high: bool) -> None:
        self.twin, self.wiring, self.capacities, self.high = twin, wiring, capacities, high
        self.missing: dict[str, str] = {}
        """Elements of which a number is missing that this reading had to guess → its field."""
        self._given = given_that_counts(twin)
        self._harmless = twin.settings.get("unrated") is not None

    def gives(self, medium: Medium, name: str) -> bool:
        """Whether an element is a source of a medium, limited by its own capacity."""
        kind = self.twin.elements[name].kind
        return (
            (kind in ("genset", "ups") and medium is Medium.POWER and name not in self.wiring.passing)
            or (kind == "chiller" and medium is Medium.CHILLED_WATER)
            or (kind in REJECTORS and medium in _COOLED)
            or (kind in AIR_UNITS and medium is Medium.AIR)
            or (kind in ("battery", "dc-supply") and medium is Medium.DC)
        )

    def is_given(self, name: str, medium: Medium) -> bool:
        """Whether a supply lies outside the model."""
        return (name, medium) in self._given

    def source(self, key: Key, hours: bool) -> int | None:
        """What an element supplies at a vertex; None where it is no source."""
        medium, name, port = key
        if port or name not in self.twin.elements:
            return None
        element = self.twin.elements[name]
        if element.kind in STORES:
            return self._store(element, hours) if medium in HOURLY else None
        if self.gives(medium, name):
            if medium is Medium.DC:
                return UNLIMITED
            return self.read(element, self.capacities.of(element))
        return UNLIMITED if self.is_given(name, medium) else None

    def apparent_source(self, key: Key) -> int:
        """What an element supplies at a vertex in VA."""
        element = self.twin.elements[key[1]]
        gives = self.gives(key[0], key[1])
        return self.read(element, self.capacities.apparent(element)) if gives else UNLIMITED

    def read(self, element: Element, capacity: Capacity) -> int:
        """A capacity in this reading."""
        if not capacity.known:
            self.missing.setdefault(element.id, capacity.missing)
        return capacity.high if self.high else capacity.low

    def _lack(self, element: Element, field: str) -> bool:
        """Note that a number is missing; True where it is read as it suits the plant best."""
        self.missing.setdefault(element.id, field)
        return self.high

    def _store(self, element: Element, hours: bool) -> int | None:
        """A bulk tank gives any rate, a day tank passes only; for hours, each gives its volume."""
        usable = element.quantity("usable")
        if usable is None:
            if not self._lack(element, "usable"):
                return None
            return 0 if element.kind == "day-tank" and not hours else UNLIMITED
        if usable.amount <= 0:
            return None
        if hours:
            counts = element.kind == "tank" or not self.capacities.policy.takes("day_tank_counts", "false")
            return int(usable.amount) if counts else 0
        return UNLIMITED if element.kind == "tank" else 0

    def demand(self, key: Key) -> int:
        """What is drawn at a supply whatever is carried: loads, and draws that do not follow a flow."""
        name = key[1]
        element = self.twin.elements[name]
        if KINDS[element.kind].cls is Class.CONSUMER:
            return self._load(element)
        if key[0] in HOURLY:
            return self._wet_demand(key, element)
        if key[0] is not Medium.POWER or key != self._power_key.get(name):
            return 0
        draw = element.quantity("draw")
        if self._follows(element):
            return 0
        if draw is None:
            return self._unwritten_draw(element)
        return up(draw.amount)

    def apparent_ratio(self, giver: Key, taker: Key, ratio: Fraction) -> Fraction:
        """VA drawn per W given. A UPS that passes what it is given is counted as if its load were at power factor 1."""
        passed = giver[1] == taker[1] and giver[1] in self.wiring.passing
        return self.apparent(taker[1], ratio + 1) - 1 if passed else self.apparent(taker[1], ratio)

    def _wet_demand(self, key: Key, element: Element) -> int:
        """Fuel that only passes a set and flows back; water that is used for another thing than shedding heat."""
        if key[0] is Medium.FUEL:
            back = element.quantity("fuel_return")
            return 0 if back is None else up(back.amount)
        if self._giver(element) is not None:
            return 0
        return 0 if self._lack(element, missing_of_make_up(element)) else UNKNOWN_LOAD

    def _unwritten_draw(self, element: Element) -> int:
        """A motor draws something, and so does network gear on a way of its own; how much is unknown unless unwritten
        figures are declared harmless."""
        if element.kind not in (*MOTORS, *GEAR) or self._harmless:
            return 0
        return 0 if self._lack(element, "draw") else UNKNOWN_LOAD

    def _load(self, element: Element) -> int:
        load = element.quantity("load")
        if load is None:
            return 0 if self._lack(element, "load") else UNKNOWN_LOAD
        return up(load.amount)

    def apparent(self, name: str, watts: Fraction) -> Fraction:
        """The VA of what an element draws in W, by its power factor."""
        if not watts:
            return watts
        element = self.twin.elements[name]
        factor = self.capacities.power_factor(element)
        if factor is not None:
            return watts / factor
        return watts if self._lack(element, "power_factor") else watts * UNKNOWN_APPARENT

    def heat(self, room: str) -> int:
        """The heat a room must be rid of: as stated, else what stands in it draws."""
        stated = self.twin.rooms[room].heat
        if stated is not None and isinstance(stated.of, Quantity):
            return up(stated.of.amount)
        return sum(
            self._load(e) for e in self.twin.elements.values() if e.room == room and KINDS[e.kind].cls is Class.CONSUMER
        )

    def _follows(self, element: Element) -> bool:
        """Whether an element's draw follows what it carries (chillers, air units, chilled-water pumps)."""
        if element.value("cop") is None and self.capacities.of(element).low >= UNLIMITED:
            return False
        if element.kind in ("chiller", *REJECTORS, *AIR_UNITS):
            return True
        return element.kind == "pump" and self._pumped.get(element.id) not in (None, *HOURLY)

    @cached_property
    def _pumped(self) -> dict[str, Medium]:
        return {
            name: medium
            for medium, name, port in self.wiring.vertices
            if not port and name in self.twin.elements and self.twin.elements[name].kind == "pump"
        }

    @cached_property
    def _power_key(self) -> dict[str, Key]:
        """Element → the power supply on which its draw is put: `power` if it has one, else its first."""
        found: dict[str, Key] = {}
        for key in self.wiring.draws:
            medium, name, port = key
            if medium is Medium.POWER and (name not in found or port in ("power", "in")):
                found[name] = key
        return found

    def couplings(self) -> list[Link]:
        """What every machine draws for what it gives; what returns apart is drawn there too."""
        links = set(self._links())
        copies = {original: key for key, original in self.wiring.copies.items()}
        return sorted(links | {(giver, copies[taker], ratio) for giver, taker, ratio in links if taker in copies})

    def _links(self) -> Iterator[Link]:
        for element in self.twin.elements.values():
            name = element.id
            power = self._power_key.get(name)
            giver = self._giver(element)
            if giver is None or giver not in self.wiring.vertices:
                continue
            if element.kind == "ups" and power is not None:
                recharged = not self.capacities.policy.takes("recharge_in_n", "false")
                yield giver, power, ups_input(element, recharged) - (name in self.wiring.passing)
            elif element.kind == "genset":
                for medium, owner, port in self.wiring.draws:
                    if owner == name and medium is Medium.FUEL:
                        yield giver, (medium, owner, port), self._burn(element)
            elif power is not None and self._follows(element):
                yield giver, power, self._draw_ratio(element)
            for key in self._wet_draws.get(name, ()):
                yield giver, key, self._wet_ratio(element, key[0])

    @cached_property
    def _wet_draws(self) -> dict[str, list[Key]]:
        """Element → where it passes heat on to a circuit, and where it takes make-up water."""
        found: dict[str, list[Key]] = {}
        for key in self.wiring.draws:
            passes_on = key[0] is Medium.CHILLED_WATER and self.twin.elements[key[1]].kind in AIR_UNITS
            asks = passes_on or key[0] in (Medium.WATER, Medium.CONDENSER_WATER)
            if asks and not self.is_given(key[1], key[0]):
                found.setdefault(key[1], []).append(key)
        return found

    def _wet_ratio(self, element: Element, medium: Medium) -> Fraction:
        """ml/h of water, or W of heat passed on, for each W carried."""
        if medium is Medium.WATER:
            found, least, most = make_up(element), Fraction(0), UNKNOWN_MAKE_UP
        elif medium is Medium.CONDENSER_WATER:
            found, least, most = rejected(element, self.capacities, self.high), Fraction(1), 1 + UNKNOWN_RATIO
        else:
            return Fraction(1)
        if found is None:
            field = missing_of_make_up(element) if medium is Medium.WATER else "cop"
            return least if self._lack(element, field) else most
        return found

    def _giver(self, element: Element) -> Key | None:
        name = element.id
        if element.kind in ("genset", "ups"):
            return (Medium.POWER, name, "")
        if element.kind == "chiller":
            return (Medium.CHILLED_WATER, name, "")
        if element.kind in AIR_UNITS:
            return (Medium.AIR, name, "")
        if element.kind in REJECTORS:
            return next((key for medium in _COOLED if (key := (medium, name, "")) in self.wiring.vertices), None)
        if element.kind == "pump" and name in self._pumped:
            return (self._pumped[name], name, "")
        return None

    def _burn(self, element: Element) -> Fraction:
        found = burn(element)
        if found is None:
            return Fraction(0) if self._lack(element, "burn") else UNKNOWN_BURN / 1000
        return found

    def _draw_ratio(self, element: Element) -> Fraction:
        found = drawn(element, self.capacities, self.high)
        if found is None:
            return Fraction(0) if self._harmless or self._lack(element, "draw") else UNKNOWN_RATIO
        return found

    def held_up(self, name: str) -> bool:
        """Whether a UPS has a battery that bridges a break of its input."""
        return bool(self.battery_port(name))

    def battery_port(self, name: str) -> str:
        for medium, owner, port in self.wiring.draws:
            if owner == name and medium is Medium.DC:
                return port
        return ""

    def stores(self, name: str) -> bool:
        """Whether an element has a store of its own (a d.c. supply with its battery); of no time at all is none."""
        element = self.twin.elements[name]
        if element.kind != "dc-supply":
            return False
        lasts = element.value("autonomy")
        if lasts is None:
            return self._lack(element, "autonomy")
        return not isinstance(lasts, Quantity) or lasts.amount > 0


def up(amount: Fraction) -> int:
    """What is needed is rounded up."""
    return -(-amount.numerator // amount.denominator)
