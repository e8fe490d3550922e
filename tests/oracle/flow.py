"""One linear program: can everything be carried at once, with every selector and cord in one given position?

Promises: `feasible(...)` is True just when one point exists within every limit, in all media at once: power,
chilled water, room heat, the fuel rate, and the fuel that has to last, these two with one dispatch. Units are
kW and L/h; the solver's tolerance is far below any difference the plants of the tests can make.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from oracle import apparent, ratings
from oracle.closure import State
from oracle.lines import Line
from oracle.world import OUTDOORS, TANKS, Guess, World, cooled, is_consumer, tank_medium
from tierline.twin.kinds import KINDS, Class
from tierline.twin.model import Element, Medium, Mode

Sum = dict[int, float]
"""A linear expression: variable → coefficient."""

Position = Mapping[int, tuple[int, ...]]
"""Feed → its joints that are switched on. A feed that is not named is free."""

SELF_CONTAINED = ("crac", "cooling-unit")


@dataclass(frozen=True)
class Layer:
    """A network of the program: a medium, whether it is judged on rates or over the hours, and whether in VA."""

    medium: Medium
    hours: bool = False
    apparent: bool = False


LAYERS = (
    Layer(Medium.POWER),
    Layer(Medium.POWER, apparent=True),
    Layer(Medium.CHILLED_WATER),
    Layer(Medium.CONDENSER_WATER),
    Layer(Medium.WATER),
    Layer(Medium.WATER, hours=True),
    Layer(Medium.FUEL),
    Layer(Medium.FUEL, hours=True),
)


@dataclass
class Program:
    """Variables ≥ 0, each with an upper bound; rows `sum = constant` and `sum ≤ constant`."""

    bounds: list[float] = field(default_factory=list)
    equal: list[tuple[Sum, float]] = field(default_factory=list)
    at_most: list[tuple[Sum, float]] = field(default_factory=list)
    impossible: bool = False

    def variable(self, upper: float = math.inf) -> Sum:
        self.bounds.append(upper)
        return {len(self.bounds) - 1: 1.0}

    def must_equal(self, left: Sum, right: float) -> None:
        if math.isinf(right):
            self.impossible = True
        self.equal.append((left, right))

    def must_not_exceed(self, left: Sum, right: float) -> None:
        if left and not math.isinf(right):
            self.at_most.append((left, right))

    def solvable(self, off: Sum, more: list[tuple[Sum, float]]) -> bool:
        """Is there a point, also with the variables `off` at nothing and some rows more?"""
        if self.impossible or any(not s and abs(c) > 1e-9 for s, c in self.equal):
            return False
        if not self.bounds:
            return True
        upper = np.array(self.bounds)
        upper[list(off)] = 0.0
        rows = self._rows if not more else [*self._rows, *_constraints([(s, c, c) for s, c in more], len(self.bounds))]
        answer = milp(np.zeros(len(self.bounds)), bounds=Bounds(0.0, upper), constraints=rows or None)
        if answer.status not in (0, 2):
            raise ArithmeticError(answer.message)
        return bool(answer.status == 0)

    @cached_property
    def _rows(self) -> list[LinearConstraint]:
        rows = [(left, right, right) for left, right in self.equal]
        rows += [(left, -math.inf, right) for left, right in self.at_most]
        return _constraints(rows, len(self.bounds))


def _constraints(rows: list[tuple[Sum, float, float]], width: int) -> list[LinearConstraint]:
    """Rows `low ≤ sum ≤ high`, as the solver takes them."""
    rows = [row for row in rows if row[0]]
    if not rows:
        return []
    columns = [v for left, _, _ in rows for v in left]
    entries = [c for left, _, _ in rows for c in left.values()]
    starts = np.cumsum([0, *(len(left) for left, _, _ in rows)])
    matrix = csr_array((entries, columns, starts), shape=(len(rows), width))
    return [LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows])]


def plus(*sums: Sum) -> Sum:
    total: Sum = defaultdict(float)
    for one in sums:
        for variable, coefficient in one.items():
            total[variable] += coefficient
    return dict(total)


def times(factor: float, one: Sum) -> Sum:
    return {variable: factor * coefficient for variable, coefficient in one.items()}


class Dispatch:
    """The program of one state, in whatever position."""

    def __init__(self, world: World, state: State, *, hand: bool, guess: Guess, standing: bool = True) -> None:
        """`standing` False: as if nothing drew for itself."""
        self.world, self.state, self.guess = world, state, guess
        self.standing = standing
        self.program = Program()
        elements = world.twin.elements
        self.up = {name for name in state.up if hand or not elements[name].normally_open}
        self.closed = [elements[name] for name in sorted(self.up - world.lines.pieces)]
        self.into: dict[tuple[str, Layer], Sum] = defaultdict(dict)
        self.out: dict[tuple[str, Layer], Sum] = defaultdict(dict)
        self.through: dict[tuple[int, Layer], Sum] = {}
        self.along: dict[tuple[Line, str, Layer], Sum] = {}
        """What flows along a line from one of its ends."""
        self.source: dict[tuple[str, Layer], Sum] = {}
        self.heat: dict[str, Sum] = defaultdict(dict)
        self.layers = [layer for layer in LAYERS if layer.medium == Medium.POWER or layer.medium in world.flowing]
        if not apparent.judged_anywhere(world):
            self.layers.remove(Layer(Medium.POWER, apparent=True))
        self._lines()
        self._sources()
        self._rooms()
        for element in self.closed:
            for layer in self.layers:
                if layer.medium in world.media_of[element.id] or layer.medium == Medium.POWER:
                    self._balance(element, layer)

    def _lines(self) -> None:
        """A flow each way a line can carry, between elements in service; together within its rating."""
        for layer in self.layers:
            for line in self.world.lines.all:
                if line.medium == layer.medium and self.up.issuperset((line.a, line.b, *line.pieces)):
                    self._line(line, layer)

    def _line(self, line: Line, layer: Layer) -> None:
        flows: Sum = {}
        for a, b, may, last in ((line.a, line.b, line.ahead, line.last), (line.b, line.a, line.back, line.first)):
            if not may or is_consumer(self.world.twin.elements[a]):
                continue
            if layer.apparent and not apparent.judged(self.world, (a, "")):
                continue
            flow = self.program.variable()
            flows |= flow
            self.out[a, layer] |= flow
            self.into[b, layer] |= flow
            self.along[line, a, layer] = flow
            if b == self.world.twin.joints[last].b:
                self.through[last, layer] = flow
        pieces = [self.world.twin.elements[piece] for piece in line.pieces] if flows else []
        each = [
            apparent.most(self.world, p, self.guess) if layer.apparent else self._limit(p, line.medium) for p in pieces
        ]
        self.program.must_not_exceed(flows, min(each, default=math.inf))

    def _limit(self, element: Element, medium: Medium) -> float:
        """The rating in the reading of this program, worked out once."""
        known = self.world.limits.get((element.id, medium, self.guess.high))
        if known is None:
            guess = Guess(self.guess.high)
            known = ratings.limit(self.world, element, medium, guess), guess.asked
            self.world.limits[element.id, medium, self.guess.high] = known
        self.guess.asked |= known[1]
        return known[0]

    def _sources(self) -> None:
        for element in self.closed:
            media = {*self.world.media_of[element.id], *self.world.unsupplied(element)}
            for layer in self.layers:
                upper = self._source_limit(element, layer) if layer.medium in media else 0.0
                if upper > 0:
                    self.source[element.id, layer] = self.program.variable(upper)

    def _source_limit(self, element: Element, layer: Layer) -> float:
        medium = layer.medium
        if KINDS[element.kind].cls == Class.WORLD:
            return 0.0
        given = self.world.given(element.id, medium)
        if given or medium in self.world.unsupplied(element):
            return math.inf
        if layer.apparent:
            gives = element.kind == "genset" and apparent.judged(self.world, (element.id, ""))
            return apparent.most(self.world, element, self.guess) if gives else 0.0
        if element.kind == "genset" and medium == Medium.POWER:
            return ratings.generator(self.world, element, self.guess)
        if element.kind == "chiller" and medium == Medium.CHILLED_WATER:
            return self._limit(element, medium)
        if element.kind in OUTDOORS and medium == cooled(element):
            return self._limit(element, medium)
        if element.kind in TANKS and medium == tank_medium(element):
            if layer.hours:
                return ratings.rate_for_hours(element, self.guess)
            filled = ratings.rate_for_hours(element, self.guess) > 0
            return math.inf if element.kind == "tank" and filled else 0.0
        return 0.0

    def _rooms(self) -> None:
        """Every room's heat is carried by the units that serve it, each within its rating."""
        if not self.world.twin.serves:
            return
        for room in self.world.twin.rooms:
            carried: Sum = {}
            for unit, served in self.world.twin.serves:
                if served == room and unit in self.up:
                    share = self.program.variable()
                    carried = plus(carried, share)
                    self.heat[unit] = plus(self.heat[unit], share)
            self.program.must_equal(carried, ratings.room_heat(self.world, room, self.guess))
        for unit, carried in self.heat.items():
            element = self.world.twin.elements[unit]
            most = self._limit(element, self._main_medium(element))
            self.program.must_not_exceed(carried, most)

    def _main_medium(self, element: Element) -> Medium:
        """The medium an element's rating speaks of."""
        if element.kind in SELF_CONTAINED:
            return Medium.AIR
        if element.kind in OUTDOORS:
            return cooled(element)
        if element.kind in ("crah", "cdu", "chiller"):
            return Medium.CHILLED_WATER
        media = self.world.media_of[element.id]
        if element.kind == "pump" and media - {Medium.POWER, Medium.DC}:
            return min(media - {Medium.POWER, Medium.DC})
        return Medium.POWER if Medium.POWER in media else min(media, default=Medium.POWER)

    def _carried(self, element: Element) -> Sum:
        """What a machine carries, to which its draw is proportional."""
        if element.kind == "chiller":
            return self.source.get((element.id, Layer(Medium.CHILLED_WATER)), {})
        if element.kind in OUTDOORS:
            return plus(self.heat[element.id], self.source.get((element.id, Layer(cooled(element))), {}))
        if element.kind == "pump":
            return self.into[element.id, Layer(self._main_medium(element))]
        return self.heat[element.id]

    def taken(self, element: Element, layer: Layer) -> tuple[Sum, float]:
        """What the element itself takes out of a layer: (in proportion, constant)."""
        if layer.apparent:
            terms, constant = self.taken(element, Layer(Medium.POWER))
            each = apparent.per_watt(self.world, element, self.guess) if terms or constant else 1.0
            return times(each, terms), each * constant
        if layer.medium == Medium.POWER and is_consumer(element):
            supplied = Medium.POWER not in self.world.unsupplied(element)
            return {}, ratings.demand(element, self.guess) if supplied else 0.0
        if layer.medium == Medium.POWER:
            standing = ratings.standing_draw(self.world, element) if self.standing else 0.0
            if not ratings.follows(self.world, element):
                return {}, standing
            each = ratings.power_per_carried(self.world, element, self._main_medium(element), self.guess)
            return self._each(each, self._carried(element)), standing
        if layer.medium in (Medium.CHILLED_WATER, Medium.CONDENSER_WATER, Medium.WATER):
            return self._with_heat(element, layer.medium), 0.0
        if layer.medium == Medium.FUEL and element.kind == "genset":
            made = self.source.get((element.id, Layer(Medium.POWER)), {})
            if self.world.unsupplied(element) or self.world.given(element.id, Medium.FUEL):
                return {}, 0.0
            return self._each(ratings.burn(element, self.guess), made), 0.0
        return {}, 0.0

    def _with_heat(self, element: Element, medium: Medium) -> Sum:
        """What goes on with the heat a machine carries: into chilled water, into a condenser circuit, as vapour."""
        if element.kind in TANKS or element.kind not in ratings.HEAT_MOVERS:
            return {}
        carried = self._carried(element)
        if medium == Medium.CHILLED_WATER:
            return carried if element.kind in ("crah", "cdu") else {}
        if medium == Medium.CONDENSER_WATER:
            main = self._main_medium(element)
            watered = element.kind not in OUTDOORS and self.world.has_way_in(element.id, medium)
            return times(ratings.rejected(self.world, element, main, self.guess), carried) if watered else {}
        if self.world.given(element.id, medium) or Medium.WATER not in self.world.media_of[element.id]:
            return {}
        return self._each(ratings.make_up(element, self.guess), carried)

    def _each(self, factor: float, carried: Sum) -> Sum:
        """factor × carried; an endless factor lets nothing be carried."""
        if math.isinf(factor):
            self.program.must_equal(carried, 0.0)
            return {}
        return times(factor, carried)

    def _balance(self, element: Element, layer: Layer) -> None:
        """What comes in and what starts here goes out or is taken here, within the rating."""
        if layer.apparent:
            self._balance_apparent(element, layer)
            return
        into, out = self.into[element.id, layer], self.out[element.id, layer]
        source = self.source.get((element.id, layer), {})
        taken, constant = self.taken(element, layer)
        if not (into or out or source or taken or constant):
            return
        limited = supply = plus(into, source)
        if element.kind == "ups" and layer.medium == Medium.POWER:
            limited = out
            self._into_ups(element, layer)
        else:
            self.program.must_equal(plus(supply, times(-1, out), times(-1, taken)), constant)
        if element.kind != "genset" and layer.medium == self._main_medium(element):
            self.program.must_not_exceed(limited, self._limit(element, layer.medium))

    def _into_ups(self, element: Element, layer: Layer) -> None:
        """What a UPS takes in follows the W it gives; so do its VA, by the power factor of its input."""
        if layer.apparent and not apparent.judged(self.world, (element.id, "in")):
            return
        into = plus(self.into[element.id, layer], self.source.get((element.id, layer), {}))
        each = ratings.input_per_output(element)
        if layer.apparent:
            each *= apparent.per_watt(self.world, element, self.guess)
        self.program.must_equal(plus(into, times(-each, self.out[element.id, Layer(Medium.POWER)])), 0.0)

    def _balance_apparent(self, element: Element, layer: Layer) -> None:
        """The same in VA. What a UPS takes is no sum of what it gives: its input has a power factor of its own."""
        into, out = self.into[element.id, layer], self.out[element.id, layer]
        active = Layer(Medium.POWER)
        most = apparent.most(self.world, element, self.guess) if into or out else math.inf
        if element.kind == "ups":
            self._into_ups(element, layer)
            given = out
            if (element.id, Medium.POWER) not in self.state.live:  # it gives no W, and so no VA either
                self.program.must_equal(given, 0.0)
        else:
            given = self.source.get((element.id, layer), {})
            supply = plus(into, given)
            if element.kind != "genset" and self._main_medium(element) == Medium.POWER:
                self.program.must_not_exceed(supply, most)
            if apparent.judged(self.world, apparent.drawn_at(self.world, element)) or supply or out:
                taken, constant = self.taken(element, layer)
                self.program.must_equal(plus(supply, times(-1, out), times(-1, taken)), constant)
        if given and element.kind in ("genset", "ups"):
            self.program.must_not_exceed(given, most)
            watts = self.out[element.id, active] if element.kind == "ups" else self.source.get((element.id, active), {})
            self.program.must_not_exceed(plus(watts, times(-1, given)), 0.0)
        self._split_alike(element, layer)

    def _split_alike(self, element: Element, layer: Layer) -> None:
        """Of a load that may split, W and VA go the same ways."""
        if not self.guess.loose and apparent.parts(element, len(self.world.joints_at[element.id])):
            each = apparent.per_watt(self.world, element, self.guess)
            for index, joint in self.world.joints_at[element.id]:
                flow = self.through.get((index, layer))
                if flow is not None and joint.b == element.id:
                    watts = self.through[index, Layer(Medium.POWER)]
                    self.program.must_equal(plus(flow, times(-each, watts)), 0.0)

    def fits(self, position: Position) -> bool:
        """Is there one point in this position? Joints that are off carry nothing; cords that are on, equal parts."""
        off: Sum = {}
        equal: list[tuple[Sum, float]] = []
        for number, on in position.items():
            feed = self.world.twin.feeds[number]
            for layer in self.layers:
                flows = {j: self.through[j, layer] for j in feed.joints if (j, layer) in self.through}
                for joint, flow in flows.items():
                    off |= {} if joint in on else flow
                if feed.mode == Mode.SHARE:
                    each = [flows[j] for j in on if j in flows]
                    equal += [(plus(one, times(-1, other)), 0.0) for one, other in pairwise(each)]
        return self.program.solvable(off, equal)
