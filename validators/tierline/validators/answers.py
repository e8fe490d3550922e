"""What the sweep answers, in the twin's own names: how each removal ends, who is short, what limits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tierline.twin.model import Medium

UNITS = {Medium.FUEL: ("ml/h",), Medium.WATER: ("ml/h",)}
"""Medium → base unit, by measure."""
W_VA = ("W", "VA")


class Answer(StrEnum):
    """How a removal ends."""

    AUTOMATIC = "automatic"
    RE_SWITCHED = "re-switched"
    UNKNOWN = "unknown"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Short:
    """A medium that cannot be given in full, summed over the places where it is short."""

    medium: Medium
    hours: bool
    """True: the rate is there, but not for the required hours."""
    have: int
    need: int
    cut: tuple[str, ...]
    lost: tuple[str, ...]
    hit: tuple[str, ...] = ()
    """Loads and machines that get less than they ask."""
    beyond: tuple[str, ...] = ()
    """All that draws what is short: loads and machines among which the shortage is to be shared."""
    parts: tuple[Short, ...] = ()
    """Where it is short in several places: each of them."""
    measure: int = 0
    """1: apparent power."""

    @property
    def unit(self) -> str:
        """Base unit of `have` and `need`: W, VA, or ml/h."""
        return UNITS.get(self.medium, W_VA)[self.measure]


@dataclass(frozen=True, slots=True)
class Removal:
    """What happens when one element is taken out."""

    element: str
    zone: tuple[str, ...]
    opened: tuple[str, ...]
    answer: Answer
    shorts: tuple[Short, ...] = ()
    lost: tuple[str, ...] = ()
    """Racks, loads and rooms that get nothing."""
    down: tuple[str, ...] = ()
    """What stops beyond the zone, for lack of something it needs."""
    closed: tuple[str, ...] = ()
    moved: tuple[tuple[str, tuple[str, ...]], ...] = ()
    by_hand: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    """Machines that operators stop, and devices that they open because others are closed."""
    barred: tuple[str, ...] = ()
    """Devices that would have to be closed together, and may not be."""
    started: tuple[str, ...] = ()
    """Machines that stand by and now carry something; they start by themselves."""
    uncontrolled: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Elements whose unknown numbers decide, if the answer is unknown."""
    trips: tuple[str, ...] = ()
    """Releases, panels and emergency circuits but for whose trip it would pass."""

    @property
    def on_rates(self) -> bool:
        """Whether it fails on a rate; hours inside a removal are asked for at Tier III only (decision M4)."""
        return any(not short.hours for short in self.shorts) or not self.shorts


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of the plant as it passes, and the removal that brings it closest."""

    element: str
    """What was removed; empty: nothing."""
    medium: Medium
    hours: bool
    have: int
    need: int
    cut: tuple[str, ...]
    alike: int
    measure: int = 0

    @property
    def unit(self) -> str:
        return UNITS.get(self.medium, W_VA)[self.measure]
