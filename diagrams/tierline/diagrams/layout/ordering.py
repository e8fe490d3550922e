"""In which order what hangs on a board stands, from its outer end.

Promises: natural order, save for what runs to another path: that nests, and passes under nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from tierline.diagrams.layout.contour import Block
from tierline.diagrams.order import natural
from tierline.diagrams.view import Node, View

Order = tuple[int, int, int, tuple[tuple[int, int, str], ...]]
"""What runs to another path comes last, the deepest first; then the place of where it runs; then natural order. Of more
than two paths: first what turns to the left, the deepest last."""


@dataclass(slots=True)
class Ordering:
    view: View
    y: dict[str, int]
    across: frozenset[str]
    """The bays that are routed."""
    bottoms: dict[str, str]
    places: dict[str, int]
    """Where the common trees stand among themselves, for each of their nodes."""
    turns: dict[str, int]
    """To which side each bay turns that leaves its path."""

    def of(self, node: Node, piece: Block, name: str) -> Order:
        """What goes deepest to another path stands outermost: wires then nest, and pass under nothing."""
        goals = [self.bottoms[bay] for bay in piece.bays if bay in self.across]
        leaving = [goal for goal in goals if goal not in piece.nodes and self.view.nodes[goal].lane != node.lane]
        if leaving and node.lane and len(self.view.lanes()) > 2:
            return self._turning(piece, name, leaving)
        leaving = leaving or ([] if node.lane else [goal for goal in goals if goal not in piece.nodes])
        if not leaving:
            return (0, 0, 0, natural(name))
        goal = max(leaving, key=lambda one: (self.y[one], natural(one)))
        sign = -1 if node.lane in self.view.lanes()[1:] and len(self.view.lanes()) == 2 else 1
        return (1, -self.y[goal], sign * self.places.get(goal, 0), natural(name))

    def _turning(self, piece: Block, name: str, leaving: list[str]) -> Order:
        turns = {self.turns.get(bay, 1) for bay in piece.bays if self.bottoms[bay] in leaving}
        heights = [self.y[goal] for goal in leaving]
        if len(turns) > 1:
            return (2, 0, 0, natural(name))
        return (1, min(heights), 0, natural(name)) if turns == {-1} else (3, -max(heights), 0, natural(name))
