"""How far apart what hangs side by side in a front must stand.

Promises: whatever is to the right of something keeps clear of it, label and all, as far down as either reaches.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from tierline.diagrams.layout.cells import node_words, up, width
from tierline.diagrams.layout.columns import coupled, reaches
from tierline.diagrams.layout.strands import Row, Strand
from tierline.diagrams.view import View

END, APART = 20, 20
"""A header beyond its outermost strand; between neighbours."""


@dataclass(slots=True)
class Item:
    """Something in the front: a strand, or a row that nothing hangs from."""

    left: str
    right: str
    """The places (see `Spacing.least`) of its left and right edge."""
    before: int
    after: int
    """How far it reaches beyond them."""
    strand: Strand | None = None
    top: int = 0
    bottom: int = 0
    """For what is ended: how far down it reaches."""
    live: bool = True
    walls: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """The left and right ends of the rows above, where it is the first or last below them."""
    above: tuple[Item | None, Item | None] = (None, None)
    """What comes in from above to the row it hangs from, at the left and right end."""
    tucked: bool = False
    """It stands below the row of what is to its left."""


@dataclass(slots=True)
class Spacing:
    view: View
    least: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    """For every place, those to its left and how far away they must be."""
    landings: dict[str, str] = field(default_factory=dict)
    """The place where a strand that is led to its header reaches it."""
    named: dict[str, str] = field(default_factory=dict)
    """Headers whose name stands beside what comes in, with the place of that."""

    def beside(self, one: Item | None, other: Item | None) -> None:
        if one is None or other is None or one is other:
            return
        self.least[other.left].append((one.right, one.after + other.before))
        walls = () if other.tucked else one.walls[1]
        for wall in walls:
            self.least[other.left].append((wall, APART + other.before))
        for end in other.walls[0]:
            self.least[end] += [(wall, APART) for wall in walls if wall != end] + [(one.right, max(one.after, APART))]

    def constrain(
        self, row: Row, ins: list[Strand], sources: list[Strand], led: list[Strand], outs: list[list[Item]]
    ) -> list[Item]:
        """The headers of a row: what comes in from above, their sources, what is led to them, what leaves each
        downwards. Returns what stands above them, from left to right; sources stand within the row."""
        every: list[Item] = []
        for n, member in enumerate(row.members):
            within = n and n == len(row.members) - 1
            some = [*sources, *ins] if within else [*ins, *sources]
            above = [self.column(strand) for strand in some if strand.bottom == member]
            for strand in (strand for strand in led if strand.bottom == member):
                name = self.landings[strand.bay.id] = f"v{strand.bay.id}"
                above.append(Item(name, name, 10, 20))
            label = self._label(member, above, outs[n] if len(outs) == 1 else [])
            for side, before in ((above, label), (outs[n], 0)):
                edge = Item(f"{member}<", f"{member}<", 0, before)
                for one, other in zip([edge, *side], side, strict=False):
                    self.beside(one, other)
                for item in side[-1:]:
                    self.least[f"{member}>"].append((item.right, END))
                for item in side[:1]:
                    self.least[item.left].append((f"{member}<", END))
            self.least[f"{member}>"].append((f"{member}<", max(2 * END, label + 10)))
            if n:
                self.least[f"{member}<"].append((f"{row.members[n - 1]}>", coupled(row.couplers[n - 1])))
            if every and above:
                self.beside(every[-1], above[0])
            every += above
        return every

    def _label(self, member: str, above: list[Item], outs: list[Item]) -> int:
        """The room its name takes at the beginning of a header. A name of one line stands to the right of what comes in
        first, where that is all, or is a bare pipe; what leaves then goes on in the same line."""
        words = node_words(self.view.nodes[member])
        room = up(width(words) + 6)
        strand = above[0].strand if above else None
        if strand is None or len(words) != 1 or (len(above) > 1 and strand.bay.parts):
            return room
        after = above[1].left if len(above) > 1 else f"{member}>"
        self.least[after].append((above[0].left, room + END))
        self.named[member] = above[0].left
        if outs:
            self.least[outs[0].left].append((above[0].left, 0))
        return 0

    def column(self, strand: Strand) -> Item:
        left, right = reaches(self.view, strand)
        name = f"|{strand.bay.id}"
        return Item(name, name, left, right + APART // 2, strand)
