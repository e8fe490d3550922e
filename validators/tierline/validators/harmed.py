"""Who goes without after a removal: racks, loads and rooms, how many of how many, and by how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from tierline.twin.machines import REQUIRED_HOURS
from tierline.twin.model import Medium, Twin
from tierline.validators import figures
from tierline.validators.answers import Removal, Short
from tierline.validators.messages import say
from tierline.validators.naming import names
from tierline.validators.neighbours import Neighbours
from tierline.validators.subsystems import WET

COOLING = (Medium.AIR, *WET)
_NAMED = 3


class Harmed:
    """Counts who goes without in one twin."""

    def __init__(self, neighbours: Neighbours) -> None:
        self.neighbours = neighbours
        elements = neighbours.twin.elements.values()
        racks = [e for e in elements if e.kind in ("rack", "racks")]
        self._many = {e.id: _count(neighbours.twin, e.id) for e in racks}
        self._loads = [e.id for e in elements if e.kind == "load"]
        self._grouped = any(e.kind == "racks" and e.value("count") is None for e in racks)
        self._rooms = sorted({room for _, room in neighbours.twin.serves})

    def words(self, removal: Removal) -> str:
        """The cost of a removal in one line: who, then how much."""
        return "; ".join(self._clauses(removal))

    def _clauses(self, removal: Removal) -> Iterator[str]:
        short = removal.shorts[0]
        follows = [text for text in (self._dark(removal.lost), self._uncooled(removal.lost)) if text]
        if short.hours:
            yield told(short) + self._for(removal, short)
        elif short.medium is Medium.AIR:
            yield from self._air(removal)
            yield from (text for text in (self._dark(removal.lost),) if text)
        elif short.medium is Medium.POWER:
            yield from follows
            yield told(short) + self._for(removal, short)
        else:
            yield told(short) + self._for(removal, short)
            yield from follows

    def _dark(self, lost: Iterable[str]) -> str:
        """`1 of 320 racks dark (hall-1.rack-1-05)`, and loads."""
        racks = [name for name in lost if name in self._many]
        loads = [name for name in lost if name in self._loads]
        parts = [self._racks(racks)] if racks else []
        if loads:
            parts.append(self._some_loads(loads))
        return say("dark", who=", ".join(parts)) if parts else ""

    def _racks(self, racks: list[str]) -> str:
        """A number of racks out of all; groups without a count are counted as groups."""
        count, total = sum(self._many[name] for name in racks), sum(self._many.values())
        if len(self._many) == 1:
            return names(racks)
        noun = say("groups-of-racks" if self._grouped else "racks")
        if count == total and len(racks) > _NAMED:
            return say("all-of-them", total=total, noun=noun)
        return say("some-of-them", count=count, total=total, noun=noun, names=names(racks, _NAMED))

    def _some_loads(self, loads: list[str]) -> str:
        if len(loads) <= _NAMED:
            return say("loads-named", names=names(loads))
        return say("some-of-them", count=len(loads), total=len(self._loads), noun=say("loads"), names=names(loads, 2))

    def _uncooled(self, lost: Iterable[str]) -> str:
        rooms = [name for name in lost if name in self.neighbours.twin.rooms]
        if not rooms:
            return ""
        if len(rooms) == len(self._rooms) > 1:
            return say("no-cooling-anywhere", total=len(rooms))
        if len(self._rooms) <= 1:
            return say("no-cooling-in-it", names=names(rooms))
        return say("no-cooling", names=names(rooms, 4), count=len(rooms), total=max(len(rooms), len(self._rooms)))

    def _air(self, removal: Removal) -> Iterator[str]:
        """Room by room where few are short; else their number and the worst of them."""
        whole = removal.shorts[0]
        parts = whole.parts or (whole,)
        partly = [part for part in parts if part.have]
        none = self._uncooled({room for part in parts if not part.have for room in (*part.lost, *part.hit)})
        if none:
            yield none
        for part in partly[:_NAMED]:
            yield self._room(part)
        if len(partly) > _NAMED:
            yield say("more-rooms", count=len(partly) - _NAMED, short=told(whole))
        elif not partly:
            yield told(whole)

    def _room(self, part: Short) -> str:
        rooms = [name for name in (*part.hit, *part.lost) if name in self.neighbours.twin.rooms]
        if not rooms:
            return told(part)
        return say(
            "room-short",
            rooms=names(rooms, _NAMED),
            of=figures.of(part.have, part.need, part.unit),
            gap=figures.missing(part.have, part.need, part.unit),
        )

    def _for(self, removal: Removal, short: Short) -> str:
        """`for all 2 racks, house`: those among whom a shortage is to be shared."""
        who = self.who(removal, short)
        return say("short-for", who=who) if who else ""

    def who(self, removal: Removal, short: Short) -> str:
        """Racks, loads, rooms or sets that draw what is short; empty if all of them are told as lost."""
        found = self.sharing(removal, short)
        twin = self.neighbours.twin
        if short.medium in (Medium.FUEL, Medium.GAS):
            total = sum(e.kind == "genset" for e in twin.elements.values())
            noun = say("sets")
            return say("some-of-them", count=len(found), total=total, noun=noun, names=names(found, 3)) if found else ""
        if short.medium in COOLING:
            if len(self._rooms) <= 1 or not found:
                return names(found)
            noun, total = say("rooms"), len(self._rooms)
            return say("some-of-them", count=len(found), total=total, noun=noun, names=names(found, _NAMED))
        racks = [name for name in found if name in self._many]
        loads = [name for name in found if name in self._loads]
        parts = [self._racks(racks)] if racks else []
        if loads:
            parts.append(self._some_loads(loads))
        return ", ".join(parts) or names(found, _NAMED)

    def sharing(self, removal: Removal, short: Short) -> tuple[str, ...]:
        """Those among whom a shortage is to be shared: sets, rooms, or racks and loads, else machines; not the lost."""
        elements, drawing = self.neighbours.twin.elements, {*short.beyond, *short.hit}
        if short.medium in (Medium.FUEL, Medium.GAS):
            return tuple(sorted(n for n in drawing if n in elements and elements[n].kind == "genset"))
        if short.medium in COOLING:
            return tuple(sorted({room for unit, room in self.neighbours.twin.serves if unit in drawing}))
        out = frozenset((*removal.zone, *removal.opened, *removal.down))
        fed = self.neighbours.consumers(drawing, out) - set(removal.lost)
        found = sorted(name for name in fed if name in self._many or name in self._loads)
        if not found and not removal.lost:
            found = sorted(name for name in drawing if name in elements)
        return tuple(found)


def told(short: Short) -> str:
    """One shortage in words: `power 0 of 680 kW, 680 kW short`."""
    if short.hours:
        hours = _hours(short)
        return say("hours-short", medium=figures.TITLES[short.medium], hours=hours, required=REQUIRED_HOURS)
    return say(
        "short",
        medium=figures.title(short.medium, short.unit),
        of=figures.of(short.have, short.need, short.unit),
        gap=figures.missing(short.have, short.need, short.unit),
    )


def figure(short: Short) -> str:
    """What there is of what is asked: `280 of 300 kW`, `9.5 of 12 h`."""
    if short.hours:
        return f"{_hours(short)} of {REQUIRED_HOURS} h"
    return figures.of(short.have, short.need, short.unit)


def _hours(short: Short) -> str:
    """How long a store lasts; rounded down, so that no shortage reads as enough."""
    return figures.number(Fraction(10 * REQUIRED_HOURS * short.have // max(1, short.need), 10), 1)


def _count(twin: Twin, rack: str) -> int:
    """How many racks an element stands for."""
    found = twin.elements[rack].value("count")
    return found if isinstance(found, int) else 1
