"""Where the headers and strands of one network stand, however that was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tierline.diagrams.layout.strands import Rows, Strand
from tierline.diagrams.scene import Point


@dataclass(frozen=True, slots=True)
class Standing:
    rows: Rows
    y: Mapping[int, int]
    """The height of every row."""
    places: Mapping[str, int]
    """The ends of every header (`name<`, `name>`), the line of every strand (`|bay`)."""
    starts: Mapping[str, int]
    """The height at which each strand begins."""
    across: tuple[Strand, ...] = ()
    """Strands that end where their parts end, and are led to their header from there."""
    landings: Mapping[str, int] = field(default_factory=dict)
    """Where they reach it."""
    named: Mapping[str, int] = field(default_factory=dict)
    """Where the names of headers begin that do not begin with their header."""
    ways: Mapping[str, tuple[Point, ...]] = field(default_factory=dict)
    """The corners of their way to it, where those are known."""

    def height(self, bar: str) -> int:
        return self.y[self.rows.row_of[bar]]
