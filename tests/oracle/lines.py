"""Lines of plain conductors: what flows in at one end flows out at the other, or nothing does.

Promises: a line carries what its smallest piece carries; where one piece is out, the whole line carries nothing. So two
removals that break the same lines are the same removal to everything beyond them, and judged once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tierline.twin.model import Element, Medium, Twin

CONDUCTORS = ("breaker", "disconnector", "tap-off", "cable", "cord", "pipe", "valve", "check-valve", "duct", "damper")


@dataclass(frozen=True)
class Line:
    """From one element that is more than a piece of a line to the next, perhaps with nothing between."""

    a: str
    b: str
    medium: Medium
    pieces: tuple[str, ...]
    first: int
    """The joint at a."""
    last: int
    """The joint at b."""
    ahead: bool
    """Can anything flow from a to b?"""
    back: bool


class Lines:
    """All lines of a twin."""

    def __init__(self, twin: Twin) -> None:
        self.twin = twin
        self.joints_at: dict[str, list[int]] = defaultdict(list)
        media: dict[str, set[Medium]] = defaultdict(set)
        for index, joint in enumerate(twin.joints):
            for end in (joint.a, joint.b):
                self.joints_at[end].append(index)
                media[end].add(joint.medium)
        named = {name for need in twin.needs for name in (need.element, *need.members)}
        named |= {feed.element for feed in twin.feeds} | {element for element, _ in twin.given}
        named |= {name for interlock in twin.interlocks for name in interlock.elements}
        conductors = {e.id for e in twin.elements.values() if _conducts_only(e) and len(media[e.id]) == 1}
        self.pieces = {name for name in conductors - named if len(self.joints_at[name]) == 2}
        """Nothing but a way from one neighbour to the other: nobody needs, feeds or switches it."""
        self.all = list(self._walked())
        self.of = {piece: frozenset(line.pieces) for line in self.all for piece in line.pieces}

    def _walked(self) -> Iterator[Line]:
        """From every end along its joints to the other end."""
        seen: set[int] = set()
        for start in self.twin.elements.keys() - self.pieces:
            for first in self.joints_at[start]:
                if first not in seen:
                    line = self._line(start, first)
                    seen |= {line.first, line.last}
                    yield line

    def _line(self, start: str, first: int) -> Line:
        here, index, pieces, ahead, back = start, first, list[str](), True, True
        while True:
            joint = self.twin.joints[index]
            ahead &= joint.a == here or not joint.one_way
            back &= joint.b == here or not joint.one_way
            here = joint.b if joint.a == here else joint.a
            if here not in self.pieces:
                return Line(start, here, joint.medium, tuple(pieces), first, index, ahead, back)
            pieces.append(here)
            one, other = self.joints_at[here]
            index = other if index == one else one

    def widened(self, kill: frozenset[str]) -> frozenset[str]:
        """The kill set with every line that it breaks."""
        return kill.union(*(self.of[name] for name in kill if name in self.of))


def _conducts_only(element: Element) -> bool:
    own = element.normally_open or element.value("draw") is not None or bool(element.returns)
    return element.kind in CONDUCTORS and not own
