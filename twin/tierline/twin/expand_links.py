"""Connections as written, before they are resolved: groups of references with their blanks filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tierline.twin.expand_blanks import Arg, Pattern
from tierline.twin.expand_fields import Field
from tierline.twin.expand_frames import Frame
from tierline.twin.model import Location
from tierline.twin.source import Items, Map, Node, Scalar

ONE, LIST, MAP = "one", "list", "map"


class Member(NamedTuple):
    """One reference of a group. `ref` begins with `/` if it starts from the root."""

    label: str | None
    """The name it is written under, in a map."""
    ref: str
    at: Location
    arg: Location | None
    """Where the parameter it is made from is written."""


class Group(NamedTuple):
    """What one connection word says."""

    word: str
    """`from`, `to`, `between`, `inputs`, `cords`, `serves`, `needs`."""
    name: str
    """The word again, or the name of the need."""
    form: str
    members: tuple[Member, ...]
    at: Location


@dataclass(frozen=True, slots=True)
class Leaf:
    """One reference of a group as written."""

    label: str | Pattern | None
    text: str
    pattern: Pattern | None
    """None where there is nothing to fill."""
    at: Location
    absolute: bool

    @property
    def fixed(self) -> Member | None:
        """The reference it always stands for, if nothing is to fill."""
        if self.pattern is not None or isinstance(self.label, Pattern):
            return None
        return Member(self.label, f"/{self.text}" if self.absolute else self.text, self.at, None)

    def members(self, frame: Frame, env: dict[str, Arg]) -> list[Member]:
        """The references it stands for: one, or with a spread one per member."""
        axis = frame.scope.spread(self.pattern) if self.pattern is not None else None
        if axis is None:
            return [self._member(env)]
        members = frame.axes.get(axis, ())
        frame.budget.spend(len(members))
        return [self._member(frame.bound(env, axis, one)) for one in members]

    def _member(self, env: dict[str, Arg]) -> Member:
        label = self.label.fill(env) if isinstance(self.label, Pattern) else self.label
        if self.pattern is None:
            return Member(label, f"/{self.text}" if self.absolute else self.text, self.at, None)
        first = env[self.pattern.names[0]]
        arg = first.at if first.text.startswith("/") else None
        ref = self.pattern.fill(env)
        return Member(label, f"/{ref}" if self.absolute and arg is None else ref, self.at, arg)


class GroupTemplate:
    """A group as written; where nothing is to fill, all elements made from it share one group."""

    __slots__ = ("_fixed", "at", "form", "leaves", "name", "word")

    def __init__(self, word: str, name: str, form: str, leaves: tuple[Leaf, ...], at: Location) -> None:
        self.word, self.name, self.form, self.leaves, self.at = word, name, form, leaves, at
        members = tuple(leaf.fixed for leaf in leaves)
        whole = tuple(member for member in members if member is not None)
        self._fixed = Group(word, name, form, whole, at) if len(whole) == len(members) else None

    def group(self, frame: Frame, env: dict[str, Arg]) -> Group:
        if self._fixed is not None:
            return self._fixed
        found: list[Member] = []
        for leaf in self.leaves:
            found.extend(leaf.members(frame, env))
        return Group(self.word, self.name, self.form, tuple(found), self.at)


def groups(field: Field) -> list[GroupTemplate]:
    """The groups a connection field states."""
    if field.name != "needs":
        return [_group(field.name, field.name, field.node, field.absolute)]
    assert isinstance(field.node, Map)
    found: list[GroupTemplate] = []
    for name, node in field.node.values.items():
        if isinstance(node, Map):
            found.extend(_group("needs", sub, inner, field.absolute) for sub, inner in node.values.items())
        else:
            found.append(_group("needs", name, node, field.absolute))
    return found


def _group(word: str, name: str, node: Node, absolute: bool) -> GroupTemplate:
    if isinstance(node, Scalar):
        return GroupTemplate(word, name, ONE, (leaf(None, node, absolute),), node.at)
    if isinstance(node, Items):
        leaves = tuple(leaf(None, item, absolute) for item in node.items if isinstance(item, Scalar))
        return GroupTemplate(word, name, LIST, leaves, node.at)
    assert isinstance(node, Map)
    leaves = tuple(
        leaf(label, item, absolute) for label, item in node.values.items() if isinstance(item, Scalar)
    )
    return GroupTemplate(word, name, MAP, leaves, node.at)


def leaf(label: str | None, node: Scalar, absolute: bool) -> Leaf:
    """One reference, taken apart."""
    pattern = Pattern(node.text) if "<" in node.text else None
    named = Pattern(label) if label is not None and "<" in label else label
    return Leaf(named, node.text, pattern, node.at, absolute)
