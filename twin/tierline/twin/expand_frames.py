"""Bodies and their instances: what names a body knows while it is read, and what they stand for in each use
of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from tierline.twin.expand_blanks import MOST, Arg, Key, Pattern, combinations, count
from tierline.twin.expand_document import Standing
from tierline.twin.source import Node, Scalar
from tierline.twin.spec.fields import FieldType
from tierline.twin.units import Fault


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a composite."""

    name: str
    key: Scalar
    type: str
    reader: FieldType
    per: str | None
    default: Node | None
    standing: Standing


@dataclass(slots=True)
class Scope:
    """The names a body may use in blanks."""

    of: str
    """`the facility`, or `kind hall`."""
    axes: dict[str, Node] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)

    def binders(self, key: Key, bound: Collection[str] = ()) -> tuple[str, ...]:
        """What a key runs over, in the order written, without what is bound already; raises `Fault`."""
        found = []
        for name in dict.fromkeys(key.pattern.names):
            if name in bound and name not in key.sets:
                continue
            if name in key.sets:
                if name in self.axes or name in bound:
                    raise Fault("set-shadows", name=name)
                if name in self.parameters:
                    raise Fault("set-shadows-parameter", name=name)
                found.append(name)
            elif name in self.axes:
                found.append(name)
            elif name not in self.parameters:
                raise Fault("axis-unknown", name=name, near=(name, self.axes), known=_listed(self.axes))
            elif self.parameters[name].type == "ref":
                raise Fault("reference-in-key", name=name)
        return tuple(found)

    def spread(self, pattern: Pattern) -> str | None:
        """The axis a pattern is spread over: the blank's own, or that of an indexed parameter."""
        name = pattern.spread
        if name is None or name in self.axes:
            return name
        parameter = self.parameters.get(name)
        return parameter.per if parameter else None

    def unbound(self, names: Iterable[str], bound: Iterable[str]) -> Fault | None:
        """Why some blanks of a value cannot be filled."""
        bound = set(bound)
        for name in names:
            if name in bound:
                continue
            parameter = self.parameters.get(name)
            if parameter is None:
                return Fault("blank-unbound", name=name, known=_listed([*sorted(bound), *self.parameters]))
            if parameter.per is not None and parameter.per not in bound:
                return Fault("blank-per", name=name, axis=parameter.per)
        return None


def _listed(names: Iterable[str]) -> str:
    return ", ".join(islice(names, 20)) or "none"


class Budget:
    """What one facility may make in all: elements, ways, rooms and references together."""

    MOST = 2_000_000

    def __init__(self) -> None:
        self._spent = 0

    def spend(self, count: int) -> None:
        """Take note of things about to be made; raises `Fault` beyond the limit."""
        self._spent += count
        if self._spent > self.MOST:
            raise Fault("too-many", count=self._spent, limit=self.MOST, of="the facility")


@dataclass(slots=True)
class Frame:
    """One instance of a body."""

    scope: Scope
    prefix: str
    """What its ids begin with: nothing at the root, else `hall-1.`."""
    env: dict[str, Arg]
    axes: Mapping[str, tuple[str, ...]]
    indexed: Mapping[str, Mapping[str, Mapping[str, Arg]]]
    """Axis → member → parameter → what it stands for there."""
    path: tuple[str, ...]
    """The composites it stands in, outermost first."""
    budget: Budget

    def bindings(self, key: Key, binders: tuple[str, ...]) -> Iterator[dict[str, Arg]]:
        """What each blank stands for, once per element of a key."""
        if not binders:
            yield self.env
            return
        lists = {name: key.sets.get(name) or self.axes.get(name, ()) for name in binders}
        for chosen in combinations(lists):
            env = {**self.env, **chosen}
            for name in binders:
                more = self.indexed.get(name)
                if more:
                    env.update(more.get(chosen[name].text, {}))
            yield env

    def total(self, key: Key, binders: tuple[str, ...]) -> int:
        """How many elements a key makes; raises `Fault` beyond the limit."""
        total = count({name: key.sets.get(name) or self.axes.get(name, ()) for name in binders})
        if total > MOST:
            raise Fault("too-many", count=total, limit=MOST, of=key.pattern.text)
        self.budget.spend(total)
        return total

    def bound(self, env: dict[str, Arg], axis: str, member: str) -> dict[str, Arg]:
        """An environment with one axis set to a member."""
        return {**env, axis: Arg(member), **self.indexed.get(axis, {}).get(member, {})}
