"""What is not stated: every number and word without which a removal cannot be judged, and where it belongs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from tierline.twin.kinds import CONTROLS
from tierline.twin.model import Location, Medium, Need
from tierline.validators import figures
from tierline.validators.answers import Removal
from tierline.validators.assess import Assessment
from tierline.validators.messages import CATALOGUE, say
from tierline.validators.naming import in_order, names
from tierline.validators.rules import Missing

_BY_HAND = "local_manual"
_CIRCLE = "controls"
APPARENT = ("power_factor", "alternator", "alternator_derate", "apparent")
"""Fields that decide only where kVA are short."""


class Unknowns:
    """The open statements of one twin."""

    def __init__(self, assessment: Assessment) -> None:
        self.twin = assessment.twin
        self._fields = assessment.lowered.missing
        self._on_power = {f.element for f in self.twin.feeds if f.medium is Medium.POWER and f.needed}

    def of(self, removal: Removal) -> tuple[Missing, ...]:
        """The statements that decide a removal; where none can be told to, all that are open."""
        if removal.uncontrolled:
            return (self._sharing(removal.uncontrolled),)
        if removal.trips:
            return tuple(self._grouped((name, self._fields.get(name, "store")) for name in removal.trips))
        out = frozenset((*removal.zone, *removal.opened, *removal.down))
        bearing = {*out, *removal.lost, *removal.missing}
        bearing.update(name for s in removal.shorts for name in (*s.cut, *s.beyond, *s.hit))
        needs = [n for n in self.twin.needs if n.element in removal.down and set(n.members) <= out]
        beside = () if any(short.measure for short in removal.shorts) else APPARENT
        fields = {n: field for n, field in self._fields.items() if n in bearing and field not in (_BY_HAND, *beside)}
        found = (
            *self._grouped(fields.items()),
            *self._by_hand(needs),
            *self._circles([n for n in self.twin.needs if n.element in removal.down], {*removal.zone, *removal.opened}),
        )
        return found or (*self._grouped(self._fields.items()), *self._returns()) or (self._budget(),)

    def _grouped(self, open_fields: Iterable[tuple[str, str]]) -> Iterator[Missing]:
        """One statement for all elements of the same key that lack the same field."""
        groups: dict[tuple[str, Location], list[str]] = {}
        for name, field in open_fields:
            groups.setdefault((field, self.twin.elements[name].at), []).append(name)
        for (field, at), found in groups.items():
            text = say("no-field", names=names(found, 4), field=field)
            settle = say(f"settle-{field}") if f"settle-{field}" in CATALOGUE else say("settle", field=field)
            yield Missing(tuple(in_order(found)), field, at, text, settle)

    def _by_hand(self, needs: Iterable[Need]) -> Iterator[Missing]:
        members = {m for need in needs for m in need.members}
        unsaid = [m for m in members if self._is_control(m) and self.twin.elements[m].value(_BY_HAND) is None]
        groups: dict[Location, list[str]] = {}
        for name in in_order(unsaid):
            groups.setdefault(self.twin.elements[name].at, []).append(name)
        for at, found in groups.items():
            text = say("by-hand-unsaid", names=names(found, 4))
            yield Missing(tuple(found), _BY_HAND, at, text, say(f"settle-{_BY_HAND}"))

    def _circles(self, needs: Iterable[Need], gone: Collection[str]) -> Iterator[Missing]:
        """Sets of which the controls that are left live on what they generate."""
        groups: dict[tuple[Location, tuple[str, ...]], list[str]] = {}
        for need in needs:
            left = [m for m in need.members if m not in gone]
            lives = bool(left) and all(m in self._on_power and self._is_control(m) for m in left)
            by_hand = any(self.twin.elements[m].value(_BY_HAND) is True for m in need.members)
            if self.twin.elements[need.element].kind == "genset" and lives and not by_hand:
                groups.setdefault((need.at, need.members), []).append(need.element)
        for (at, members), found in groups.items():
            text = say("controls-live-on-it", names=names(found, 4), controls=names(members, 4))
            yield Missing(tuple(in_order(found)), _CIRCLE, at, text, say(f"settle-{_CIRCLE}"))

    def _sharing(self, loop: tuple[str, ...]) -> Missing:
        media = {j.medium for j in self.twin.joints if j.a in loop or j.b in loop}
        medium = figures.TITLES[min(media, default=Medium.POWER)]
        listed = names(loop, 4)
        first = self.twin.elements[in_order(loop)[0]]
        return Missing(
            tuple(in_order(loop)), "sharing", first.at,
            say("sharing", medium=medium, names=listed), say("settle-sharing", names=listed),
        )  # fmt: skip

    def _returns(self) -> tuple[Missing, ...]:
        """Where nothing is open, supply and return as one do not carry what each of them could."""
        first = next((e for e in self.twin.elements.values() if e.returns), None)
        if first is None:
            return ()
        return (Missing((first.id,), "return", first.at, say("returns"), say("settle-returns")),)

    def _budget(self) -> Missing:
        at = self.twin.claims.at or self.twin.declared[0].at
        return Missing((), "budget", at, say("budget"), say("settle-budget"))

    def _is_control(self, name: str) -> bool:
        return self.twin.elements[name].kind in CONTROLS
