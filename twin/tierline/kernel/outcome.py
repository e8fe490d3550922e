"""What the judge answers: a verdict, what is short, and the state it was found in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from tierline.kernel.solve import Flow, State


class Verdict(IntEnum):
    """How a removal ends; the order is from best to worst."""

    AUTOMATIC = 0
    SWITCHED = 1
    UNKNOWN = 2
    FAIL = 3


@dataclass(frozen=True, slots=True)
class Shortage:
    """A stage that cannot give what is asked."""

    stage: int
    have: int
    need: int
    limits: tuple[int, ...]
    """Elements that bind."""
    lost: tuple[int, ...]
    """Loads (elements) that get nothing at all."""
    short: tuple[int, ...]
    """Loads and machines beyond the cut that get less than they ask."""
    beyond: tuple[int, ...] = ()
    """Everything on the demand side of the cut that draws (elements)."""
    measure: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one kill list."""

    verdict: Verdict
    down: frozenset[int]
    shortages: tuple[Shortage, ...] = ()
    states: tuple[State, ...] = ()
    """Every stage as it was judged: enough to ask for its margin, or to draw it."""
    flows: tuple[Flow, ...] = ()
    closed: tuple[int, ...] = ()
    """Normally open devices (elements) that must be closed."""
    moved: tuple[tuple[int, tuple[int, ...]], ...] = ()
    """Elements not on their first position, and the elements next to them that now supply them."""
    by_hand: tuple[int, ...] = ()
    started: tuple[int, ...] = ()
    """Machines on standby that carry something."""
    off: tuple[int, ...] = ()
    """Machines that operators stop, and devices that an interlock makes them open."""
    barred: tuple[int, ...] = ()
    """Devices that would have to be closed together and may not be: an interlock, or separate UPS systems joined."""
    uncontrolled: tuple[int, ...] = ()
    """Elements of a passive loop that could be overloaded, because nothing controls the sharing."""

    @property
    def passes(self) -> bool:
        """Whether a state was found in which everything is served; where sharing is not controlled it is no verdict."""
        return bool(self.states) and not self.shortages
