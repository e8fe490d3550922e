"""The elements that limit what is left, each group at the place of the rating that limits it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tierline.kernel import UNLIMITED
from tierline.twin.capacity import Capacities
from tierline.twin.model import Element, Location, Origin, Quantity, Twin
from tierline.twin.policy import Policy
from tierline.validators import figures
from tierline.validators.answers import Removal, Short
from tierline.validators.messages import say
from tierline.validators.naming import in_order, names
from tierline.validators.rules import Related
from tierline.validators.stopped import MAKERS

_STORES = ("tank", "day-tank")
_BESIDE = {"genset": "alternator", "ups": "apparent"}
"""Kind → the field of its kVA."""


class Limits:
    """Finds ratings and their places in one twin."""

    def __init__(self, twin: Twin, policy: Policy) -> None:
        self.twin = twin
        self._capacities = Capacities(twin, policy)
        self._before = {j.b: j.a for j in twin.joints}

    def of(self, shorts: Iterable[Short]) -> tuple[Related, ...]:
        """Elements of the cuts, grouped by rating and place."""
        groups: dict[tuple[Location, str], list[str]] = {}
        for short in shorts:
            for name in short.cut:
                if name in self.twin.elements:
                    groups.setdefault(self._rating(name, short), []).append(name)
        return tuple(self._related(key, found) for key, found in groups.items())

    def barred(self, removal: Removal) -> tuple[Related, ...]:
        """What would have to be closed together, and may not be."""
        if not removal.barred:
            return ()
        first, closed = removal.barred[0], names(removal.barred)
        for interlock in self.twin.interlocks:
            if set(removal.barred) <= set(interlock.elements) and len(removal.barred) > interlock.closed:
                text = say("interlocked", id=interlock.id, names=closed)
                return (Related(first, interlock.at, text, removal.barred),)
        at = self.twin.elements[first].at
        return (Related(first, at, say("barred", names=closed), removal.barred),)

    def giving_nothing(self, shorts: Iterable[Short]) -> tuple[Related, ...]:
        """Machines that would make what is short, and count for nothing at this site or for these hours."""
        groups: dict[tuple[Location, str], list[str]] = {}
        for short in shorts:
            for element in self.twin.elements.values():
                if element.kind in MAKERS.get(short.medium, ()) and (why := self._nothing(element)) is not None:
                    groups.setdefault(why, []).append(element.id)
            for room in self.twin.rooms.keys() & {*short.lost, *short.hit} - {room for _, room in self.twin.serves}:
                groups.setdefault((self.twin.rooms[room].at, say("unserved")), []).append(room)
        return tuple(
            Related(found[0], at, say("why", names=names(found), why=why), tuple(in_order(found)))
            for (at, why), found in groups.items()
        )

    def unsupplied(self, base: Removal, dark: Mapping[str, tuple[str, ...]]) -> tuple[Related, ...]:
        """Loads, and machines that would make what is short, that lack a supply in any state."""
        makers = {kind for short in base.shorts for kind in MAKERS.get(short.medium, ())}
        groups: dict[tuple[Location, str], list[str]] = {}
        for name, lacking in sorted(dark.items()):
            element = self.twin.elements[name]
            if name in base.lost or element.kind in makers:
                groups.setdefault((element.at, say("lacks", what=names(lacking))), []).append(name)
        return tuple(
            Related(found[0], at, say("why", names=names(found), why=why), tuple(in_order(found)))
            for (at, why), found in groups.items()
        )

    def _nothing(self, element: Element) -> tuple[Location, str] | None:
        """The field that makes an element count for nothing."""
        found = self._capacities.of(element)
        if not found.known or found.low:
            return None
        for field in ("max_ambient", "hours_limit", "class", "rating"):
            value = element.fields.get(field)
            if value is not None and (field != "max_ambient" or self._too_hot(element)):
                key = "too-hot" if field == "max_ambient" else "nothing-by"
                return value.at, say(key, field=field, text=value.of, site=self._dry_bulb())
        return element.at, say("not-written")

    def _too_hot(self, element: Element) -> bool:
        hottest, here = element.quantity("max_ambient"), self.twin.site.dry_bulb
        if hottest is None or here is None or not isinstance(here.of, Quantity):
            return False
        return here.of.amount > hottest.amount

    def _dry_bulb(self) -> str:
        return "" if self.twin.site.dry_bulb is None else str(self.twin.site.dry_bulb.of)

    def _related(self, key: tuple[Location, str], found: list[str]) -> Related:
        at, rating = key
        ordered = in_order(found)
        say_of = "limits-one" if len(ordered) == 1 else "limits-many"
        return Related(ordered[0], at, say(say_of, names=names(ordered), rating=rating), tuple(ordered))

    def _rating(self, name: str, short: Short) -> tuple[Location, str]:
        element = self.twin.elements[name]
        if short.hours or element.kind in _STORES:
            usable = element.fields.get("usable")
            if usable is not None:
                return usable.at, say("usable", text=usable.of)
        rated = self._rated(element)
        rating = rated.fields.get(self._field(rated, short.unit))
        if rating is None:
            return element.at, say("not-written")
        here = (self._capacities.apparent if short.unit == "VA" else self._capacities.of)(element).high
        if not here:
            return rating.at, say("gives-nothing", text=rating.of)
        shown = figures.amount(here, short.unit)
        if here >= UNLIMITED or shown.replace(" ", "") == str(rating.of).replace(" ", ""):
            return rating.at, say("rated", text=rating.of)
        same = str(rating.of).endswith(shown.rpartition(" ")[2])
        return rating.at, say("rated-here" if same else "rated-as", text=rating.of, here=shown)

    @staticmethod
    def _field(element: Element, unit: str) -> str:
        """The field that holds the limit: kVA of a machine stand beside its kW."""
        rating, other = element.quantity("rating"), _BESIDE.get(element.kind, "rating")
        beside = element.quantity(other)
        if beside is None or rating is None:
            return "rating"
        return other if unit == "VA" or beside.amount < rating.amount else "rating"

    def _rated(self, element: Element) -> Element:
        """The element whose rating holds for it: a run or a cord is rated as the device that protects it."""
        if "rating" in element.fields or element.origin not in (Origin.RUN, Origin.CORD):
            return element
        before = self.twin.elements.get(self._before.get(element.id, ""))
        return element if before is None else self._rated(before)
