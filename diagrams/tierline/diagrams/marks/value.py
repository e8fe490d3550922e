"""What is to be marked on the sheets, as a plain value: who draws knows of no removal, who judges knows of no line.

Promises: elements by their ids; a mark that no sheet draws does no harm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Mark(StrEnum):
    """What may be said of an element. The first three change its lines, and of these an element has one at most."""

    ISOLATED = "isolated"
    DEAD = "dead"
    UNSURE = "unsure"
    REMOVED = "removed"
    EARTHED = "earthed"
    OPENED = "opened"
    TRIPPED = "tripped"
    OVERLOADED = "overloaded"
    WITHOUT = "without"
    SHORT = "short"
    ONE_PATH = "one-path"
    BY_HAND = "by-hand"
    STARTED = "started"
    UNSTATED = "unstated"
    WAIVED = "waived"


LINES = (Mark.ISOLATED, Mark.DEAD, Mark.UNSURE)
TITLES = {
    Mark.ISOLATED: "isolated for the work",
    Mark.DEAD: "dead: no source that counts reaches it",
    Mark.UNSURE: "live or dead: not known",
}
"""What the legend says of lines; badges have the title of their symbol."""


@dataclass(frozen=True, slots=True)
class Marks:
    of: Mapping[str, frozenset[Mark]]
    """Element → its marks."""
    positions: Mapping[str, str] = field(default_factory=dict)
    """Element → the position it is drawn in: `open`, `closed`, `withdrawn`."""
    figures: Mapping[str, str] = field(default_factory=dict)
    """Element → words that stand on a plate beside it."""
    one_way: frozenset[tuple[str, str]] = frozenset()
    """Pairs of elements of which the first supplies the second and never the other way: a plug and its rack."""
    title: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    """The caption below its title: what each line is, and what it says."""
