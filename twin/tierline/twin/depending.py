"""What runs only while something else does: controls, the hands that may replace them, and what trips."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from tierline.kernel.plant import Dependency, Plant
from tierline.twin.kinds import CONTROLS
from tierline.twin.model import STOP, Element, Medium, Need, Twin
from tierline.twin.supplies import housed
from tierline.twin.wiring import AIR_UNITS, MEDIA


@dataclass(slots=True)
class Depending:
    """The dependencies of a twin in one reading: `high` takes what is not stated for the better."""

    twin: Twin
    index: Mapping[str, int]
    on_power: frozenset[str]
    """Elements that draw current they need, and those that never run: neither starts a set by itself."""
    high: bool
    used: bool = False
    """To take out a stop circuit is to use it: it stops what it stops (setting `epo_use`)."""
    unsettled: bool = False
    """Whether something that is not stated was read."""
    missing: dict[str, str] = field(default_factory=dict)
    """Controls of which something is not stated → the field."""

    def all(self) -> Iterator[Dependency]:
        for need in self.twin.needs:
            members = [self.twin.elements[name] for name in need.members]
            made = self._trip(need, members[0]) if need.name == STOP else self._control(need, members)
            if made is not None:
                yield made

    def _control(self, need: Need, members: list[Element]) -> Dependency | None:
        """One of the members must run, or an operator does its work. What only watches is no control."""
        members = [m for m in members if not m.value("monitoring_only")]
        if not members:
            return None
        controls = [m for m in members if m.kind in CONTROLS]
        hands = [m.value("local_manual") for m in controls]
        hand = True in hands
        if not hand and None in hands:
            self.missing.setdefault(controls[hands.index(None)].id, "local_manual")
            hand = self.high
        genset = self.twin.elements[need.element].kind == "genset"
        on_power = (genset and any(m.id in self.on_power for m in members)) or housed(self.twin, need)
        # controls that live on what their set generates: no store can be stated for them, so it is not known
        self.unsettled |= on_power and not hand
        return self._made(need, members, hand, on_power and not self.high)

    def _trip(self, need: Need, circuit: Element) -> Dependency | None:
        """Energised to trip: losing the circuit opens nothing. Energised to hold: it opens, unless a key blocks it.

        A key is a thing that is fitted: one that nobody wrote is not there. An opened device stays open until its
        circuit is live again, so the circuit must not live on what it holds unless a store bridges that.
        """
        if self.used and circuit.kind == "epo":
            return self._made(need, [circuit], False, False)
        energise = circuit.text("energise")
        if not energise:
            self.missing[circuit.id] = "energise"
        if energise == "to-trip" or (not energise and self.high):
            return None
        key = circuit.value("bypass_key") is True
        self.unsettled |= not key
        return self._made(need, [circuit], key, not key and not self.high)

    def _made(self, need: Need, members: list[Element], hand: bool, own: bool) -> Dependency:
        return Dependency(self.index[need.element], tuple(self.index[m.id] for m in members), hand, own)


def without_rooms(twin: Twin, plant: Plant, names: tuple[str, ...]) -> tuple[Dependency, ...]:
    """The dependencies of a plant whose machines could stand a hot room."""
    return tuple(
        need for need in plant.dependencies if not all(twin.elements[names[m]].kind in AIR_UNITS for m in need.members)
    )


def thirsting(plant: Plant, names: tuple[str, ...], dark: Mapping[str, tuple[str, ...]]) -> Plant:
    """A plant whose machines go on asking for make-up water where there is none.

    Without it a tower is down and asks for nothing, and the hot room is all that is short (decision M4).
    """
    water = MEDIA.index(Medium.WATER)
    return replace(
        plant,
        supplies=tuple(s for s in plant.supplies if plant.stages[s.stage].medium != water),
        dark=frozenset(i for i in plant.dark if dark[names[i]] != (str(Medium.WATER),)),
    )


def without_trips(twin: Twin, plant: Plant, index: Mapping[str, int]) -> tuple[Dependency, ...]:
    """The dependencies of a plant in which nothing trips."""
    tripping = trips(twin, index)
    return tuple(need for need in plant.dependencies if (need.element, need.members[0]) not in tripping)


def trips(twin: Twin, index: Mapping[str, int]) -> frozenset[tuple[int, int]]:
    """What may trip, each with the circuit that does it."""
    return frozenset((index[need.element], index[need.members[0]]) for need in twin.needs if need.name == STOP)
