"""What is carried, as rows of the programme: every medium at once, for any state and any position.

Each node has an inside through which all it carries passes, so that a rating is one row. Powers in kW, fluids in L/h.
"""

from __future__ import annotations

import math
from collections import defaultdict

from oracle import apparent, ratings
from oracle.milp_life import Life
from oracle.milp_nature import CHW, FUEL, POWER, STORES, carried_by
from oracle.milp_net import Way
from oracle.milp_rows import Terms, scaled, total
from oracle.world import Guess, World
from tierline.twin.kinds import KINDS, Class
from tierline.twin.model import Element, Medium, Mode

Layer = tuple[Medium, bool]
"""A medium, and False for its rates; True: of fuel, whether the stores last, of power, whether VA do."""
APPARENT: Layer = (POWER, True)
LAYERS: tuple[Layer, ...] = ((POWER, False), APPARENT, (CHW, False), (FUEL, False), (FUEL, True))
AIR_UNITS = ("crah", "crac", "cooling-unit")
SPEAKS_OF = {"chiller": CHW, "crah": CHW, "crac": Medium.AIR, "cooling-unit": Medium.AIR}


class Carrying:
    """Flows on top of a state."""

    def __init__(self, life: Life, world: World, guess: Guess) -> None:
        self.life, self.world, self.guess, self.new = life, world, guess, life.programme
        self.twin, self.nature = life.net.twin, life.nature
        self.heat: dict[str, Terms] = defaultdict(dict)
        self.into: dict[tuple[str, Layer], Terms] = defaultdict(dict)
        self.out: dict[tuple[str, Layer], Terms] = defaultdict(dict)
        self.made: dict[tuple[str, Layer], Terms] = {}
        self.flow: dict[tuple[Way, Layer], Terms] = {}
        self.most = self._most()
        present = {w.medium for w in life.ways} | {m for found in life.net.media.values() for m in found}
        self.layers = [layer for layer in LAYERS if layer[0] in present]
        self._rooms()
        for layer in self.layers:
            self._ways(layer)
            for element in life.nodes:
                self._sources(element, layer)
        for layer in self.layers:
            for element in life.nodes:
                self._inside(element, layer)

    def _most(self) -> float:
        """More than can ever have to flow anywhere."""
        asked = [ratings.demand(e, self.guess) for e in self.twin.elements.values() if self._consumes(e)]
        asked += [ratings.room_heat(self.world, room, self.guess) for room in self.twin.rooms if self.twin.serves]
        asked += [ratings.standing_draw(self.world, e) for e in self.twin.elements.values()]
        known = sum(x for x in asked if x != math.inf)
        return (10.0 + 4 * known) * self._largest_factor()

    def _largest_factor(self) -> float:
        """No draw has more VA for each W."""
        if not apparent.judged_anywhere(self.world):
            return 1.0
        sides = self.world.power_networks
        drawing = [e for e in self.twin.elements.values() if apparent.drawn_at(self.world, e) in sides]
        said = [e.quantity("power_factor") for e in drawing]
        if None in said and not self.guess.high:
            return apparent.UNWRITTEN
        return max((float(1 / one.amount) for one in said if one is not None), default=1.0)

    def _consumes(self, element: Element) -> bool:
        return KINDS[element.kind].cls is Class.CONSUMER

    def _rooms(self) -> None:
        """The heat of every room is carried by units that run and serve it."""
        if not self.twin.serves:
            return
        running = {e.id for e in self.life.nodes}
        for room in self.twin.rooms:
            parts = []
            for unit, served in self.twin.serves:
                if served == room and unit in running:
                    parts.append(self.new.number())
                    self.heat[unit] = total(self.heat[unit], parts[-1])
            self.new.equal(total(*parts), ratings.room_heat(self.world, room, self.guess))
        for unit, carried in self.heat.items():
            element = self.twin.elements[unit]
            self._only_if(self.life.up[unit], carried, self._limit(element, self._speaks_of(element)))

    def _limit(self, element: Element, medium: Medium) -> float:
        return ratings.limit(self.world, element, medium, self.guess)

    def passes(self, element: Element, layer: Layer) -> float:
        """What a conductor lets pass."""
        if layer == APPARENT:
            return apparent.most(self.world, element, self.guess)
        return self._limit(element, layer[0])

    def _speaks_of(self, element: Element) -> Medium:
        """The medium of an element's rating."""
        if element.kind in SPEAKS_OF:
            return SPEAKS_OF[element.kind]
        media = self.life.net.media[element.id]
        moved = media - {POWER, Medium.DC} if element.kind == "pump" else media
        return POWER if POWER in moved or not moved else min(moved)

    def _only_if(self, running: Terms, carried: Terms, limit: float) -> None:
        """Nothing unless it runs; never more than its limit."""
        if carried:
            self.new.at_most(total(carried, scaled(-min(limit, self.most), running)), 0)

    def _ways(self, layer: Layer) -> None:
        lines: dict[int, list[Terms]] = defaultdict(list)
        limits: dict[int, float] = {}
        cords: dict[int, Terms] = {}
        for way in self.life.ways:
            if way.medium is not layer[0] or self._consumes(self.twin.elements[way.tail]):
                continue
            if layer == APPARENT and not apparent.judged(self.world, (way.tail, "")):
                continue
            flow = self.flow[way, layer] = self.new.number()
            lines[way.line].append(flow)
            inside = [self.passes(self.twin.elements[e], layer) for e in way.inside]
            limits[way.line] = min(inside, default=math.inf)
            self.out[way.tail, layer] = total(self.out[way.tail, layer], flow)
            self.into[way.head, layer] = total(self.into[way.head, layer], flow)
            if way.joint in self.life.on:
                self._only_if(self.life.on[way.joint], flow, math.inf)
                cords[way.joint] = flow
        for line, flows in lines.items():
            self.new.at_most(total(*flows), limits[line])
        self._shared(layer, cords)

    def _shared(self, layer: Layer, cords: dict[int, Terms]) -> None:
        """Cords that are on carry the same."""
        for feed in self.life.net.positioned():
            if feed.mode is Mode.SHARE and feed.medium is layer[0]:
                each = self.new.number()
                for joint in feed.joints:
                    if joint in cords:
                        less = total(each, scaled(-1, cords[joint]))
                        self.new.at_least(less, 0)
                        self.new.at_most(total(less, scaled(self.most, self.life.on[joint])), self.most)

    def _sources(self, element: Element, layer: Layer) -> None:
        limit = self._source_limit(element, layer)
        if limit > 0:
            self.made[element.id, layer] = self.new.number()
            self._only_if(self.life.up[element.id], self.made[element.id, layer], limit)

    def _source_limit(self, element: Element, layer: Layer) -> float:
        medium, hours = layer
        if layer == APPARENT and not apparent.judged(self.world, (element.id, "")):
            return 0.0
        if KINDS[element.kind].cls is Class.WORLD:
            return 0.0
        if self.nature.given(element.id, medium) or medium in self.nature.untied(element):
            return math.inf
        if element.kind == "genset" and medium is POWER:
            made = apparent.most if layer == APPARENT else ratings.generator
            return made(self.world, element, self.guess)
        if element.kind == "chiller" and medium is CHW:
            return self._limit(element, medium)
        if element.kind in STORES and medium is carried_by(element) and self.nature.filled(element):
            if hours:
                return ratings.rate_for_hours(element, self.guess)
            return math.inf if element.kind == "tank" else 0.0
        return 0.0

    def _taken(self, element: Element, layer: Layer) -> Terms | float:
        """What the element uses of a layer: a number whatever happens, or terms."""
        medium = layer[0]
        if medium is POWER:
            if self._consumes(element):
                return 0.0 if POWER in self.nature.untied(element) else ratings.demand(element, self.guess)
            return self._drawn(element)
        if medium is CHW and element.kind == "crah":
            return self.heat[element.id]
        if medium is FUEL and element.kind == "genset":
            if FUEL in self.nature.untied(element) or self.nature.given(element.id, FUEL):
                return {}
            return self._times(ratings.burn(element, self.guess), self.made.get((element.id, (POWER, False)), {}))
        return {}

    def _drawn(self, element: Element) -> Terms:
        """A machine draws as it carries; a control, while it runs."""
        standing = scaled(ratings.standing_draw(self.world, element), self.life.up[element.id])
        if not ratings.follows(self.world, element):
            return standing
        medium = self._speaks_of(element)
        carried: Terms = self.heat[element.id]
        if element.kind == "chiller":
            carried = self.made.get((element.id, (CHW, False)), {})
        if element.kind == "pump":
            carried = self.into[element.id, (medium, False)]
        each = ratings.power_per_carried(self.world, element, medium, self.guess)
        return total(standing, self._times(each, carried))

    def _times(self, factor: float, carried: Terms) -> Terms:
        """An endless factor lets nothing be carried."""
        if factor != math.inf:
            return scaled(factor, carried)
        self.new.at_most(carried, 0)
        return {}

    def _inside_apparent(self, element: Element) -> None:
        """The same in VA: what comes in goes out, or is drawn at the power factor of what draws it."""
        into, out = self.into[element.id, APPARENT], self.out[element.id, APPARENT]
        made, watts = self.made.get((element.id, APPARENT), {}), self.made.get((element.id, (POWER, False)), {})
        drawn = self._taken(element, (POWER, False))
        if element.kind == "ups":
            watts, made = self.out[element.id, (POWER, False)], out
            drawn, out = scaled(ratings.input_per_output(element), watts), {}
        each = apparent.per_watt(self.world, element, self.guess) if drawn else 1.0
        constant, used = (each * drawn, {}) if isinstance(drawn, float) else (0.0, scaled(each, drawn))
        supply = into if element.kind == "ups" else total(into, made)
        if supply or out:
            self.new.equal(total(supply, scaled(-1, out), scaled(-1, used)), constant)
        if element.kind == "ups":  # one that is not live gives no W, and so no VA either
            self._only_if(self.life.live[element.id, POWER], made, apparent.most(self.world, element, self.guess))
        elif not self._consumes(element):
            limit = self.passes(element, APPARENT) if self._speaks_of(element) is POWER else math.inf
            self._only_if(self.life.up[element.id], supply, limit)
        if made and element.kind in ("genset", "ups"):
            self.new.at_most(total(watts, scaled(-1, made)), 0)

    def _inside(self, element: Element, layer: Layer) -> None:
        """What comes in and what is made goes out or is used."""
        if layer == APPARENT:
            self._inside_apparent(element)
            return
        into, out = self.into[element.id, layer], self.out[element.id, layer]
        made, taken = self.made.get((element.id, layer), {}), self._taken(element, layer)
        constant, used = (taken, {}) if isinstance(taken, float) else (0.0, taken)
        running = self.life.up[element.id]
        each = ratings.input_per_output(element) if element.kind == "ups" and layer[0] is POWER else 1.0
        left = total(into, made, scaled(-each, out), scaled(-1, used))
        if left or constant:
            self.new.equal(left, constant)
        limit = math.inf
        if element.kind != "genset" and layer[0] is self._speaks_of(element):
            limit = self._limit(element, layer[0])
        if element.kind == "ups":
            self._only_if(running, out, limit)
            self._only_if(running, into, math.inf)
        elif limit != math.inf or element.normally_open or not self._consumes(element):
            self._only_if(running, total(into, made), limit)
