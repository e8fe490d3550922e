"""The numbers that are not public facts: each once as it was written, with how many elements rest on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tierline.twin.model import Location, Quantity, Value


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number that is not a public fact, as written once (a pattern counts once)."""

    element: str
    """The key as written (`gen-<x><n=1..3>`), a kind, a room or `site`."""
    field: str
    value: str
    why: str
    at: Location
    applies_to: int = 1
    """How many elements of the twin rest on it."""


class Ledger:
    """Takes note of assumed numbers while they are read."""

    def __init__(self) -> None:
        self._noted: dict[Location, tuple[str, str, str, str]] = {}

    def note(self, owner: str, field: str, of: object, at: Location, why: str | None) -> None:
        """Remember one number, if it is one and if it is assumed."""
        if why is not None and at not in self._noted and _number(of):
            self._noted[at] = owner, field, shown(of), why

    def listed(self, values: Iterable[Value]) -> tuple[Assumption, ...]:
        """The assumptions that some of the given values rest on, in the order of their places."""
        used = Counter(value.at for value in values if value.assumed is not None)
        return tuple(
            Assumption(owner, field, text, why, at, used[at])
            for at, (owner, field, text, why) in sorted(self._noted.items())
            if used[at]
        )


def _number(of: object) -> bool:
    if isinstance(of, tuple):
        return any(_number(one) for one in of)
    if isinstance(of, dict):
        return any(isinstance(one, Quantity) for one in of.values())
    return (isinstance(of, Quantity | int | Fraction) and not isinstance(of, bool)) or of == "unlimited"


def shown(of: object) -> str:
    """A value as its author would write it."""
    if isinstance(of, dict):
        return "{" + ", ".join(f"{key}: {value}" for key, value in of.items()) + "}"
    return str(of)
