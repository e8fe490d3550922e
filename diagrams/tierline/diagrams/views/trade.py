"""What makes a discipline of pipes and lines: its media, what is a header in it, what supplies, and its sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tierline.twin.model import Medium


@dataclass(frozen=True, slots=True)
class Trade:
    letter: str
    """What its sheets are numbered with: `M-101`."""
    first: int
    slug: str
    title: str
    levels: Mapping[Medium, str]
    """Its media, each with the name of its lines."""
    returned: Mapping[str, str] = field(default_factory=dict)
    """The lines of what flows back, by the lines of what is supplied."""
    exchangers: tuple[str, ...] = ()
    """Kinds that give back what they take: they stand between supply and return."""
    bars: tuple[str, ...] = ("header",)
    """Kinds that are always drawn as a header."""
    sources: tuple[tuple[str, ...], ...] = ()
    """Kinds that supply, those that come first first."""

    @property
    def media(self) -> tuple[Medium, ...]:
        return tuple(self.levels)
