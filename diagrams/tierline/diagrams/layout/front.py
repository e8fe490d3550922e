"""Where headers and strands stand: a front of open strands swept from the top row to the bottom one.

Promises: every strand has a column of its own as far down as it reaches, so that upright wires cross nothing; a header
spans the strands that end in it, and stands below whatever ends above it. What cannot be reached like that is `across`:
it ends in a stub, and is routed to a landing on its header.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from tierline.diagrams.layout.cells import height, node_words, up, width
from tierline.diagrams.layout.columns import coupled, coupler_height, reaches, strand_height
from tierline.diagrams.layout.least import solved
from tierline.diagrams.layout.standing import Standing
from tierline.diagrams.layout.strands import Row, Rows, Strand
from tierline.diagrams.order import natural

_END, _APART, _BELOW, _STEP = 20, 20, 30, 40
"""A header beyond its outermost strand; between neighbours; between what ends and a header below it, and between two
headers with the name of the lower one between them."""


@dataclass(slots=True)
class Item:
    """Something in the front: a strand, or a row that nothing hangs from."""

    left: str
    right: str
    """The places (see `Front.least`) of its left and right edge."""
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
    tucked: bool = False
    """It stands below the row of what is to its left."""


@dataclass(slots=True)
class Front:
    rows: Rows
    items: list[Item] = field(default_factory=list)
    y: dict[int, int] = field(default_factory=dict)
    """The height of every row."""
    least: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    """For every place, those to its left and how far away they must be."""
    across: list[Strand] = field(default_factory=list)
    starts: dict[str, int] = field(default_factory=dict)
    """The height at which each strand begins."""
    landings: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    """Headers whose name stands beside what comes in, with the place of that."""

    def stand(self) -> Standing:
        self.sweep()
        places = solved(self.least)
        landings = {name: places[place] for name, place in self.landings.items()}
        named = {member: places[place] + 8 for member, place in self.named.items()}
        return Standing(self.rows, self.y, places, self.starts, tuple(self.across), landings, named)

    # rows, from the top

    def sweep(self) -> None:
        into = self._into()
        waiting = self._order(into)
        placed: set[int] = set()
        while waiting:
            ready = [row for row in waiting if all(above in placed for above in into[row])]
            row = next((one for one in ready if self._contiguous(one)), ready[0])
            waiting.remove(row)
            placed.add(row)
            self._place(row)
        self._alone()

    def _contiguous(self, index: int) -> bool:
        """Do all open strands that end in a row hang side by side?"""
        open_ones = [item.strand is not None and self.rows.row_of.get(item.strand.bottom) == index
                     for item in self.items if item.live]  # fmt: skip
        if not any(open_ones):
            return True
        return all(open_ones[open_ones.index(True) : len(open_ones) - open_ones[::-1].index(True)])

    def _alone(self) -> None:
        """Strands without any header, side by side."""
        view, bars = self.rows.view, self.rows.row_of
        for strand in self.rows.strands:
            if strand.top not in bars and strand.bottom not in bars:
                self._ended(f"|{strand.bay.id}", *reaches(view, strand), strand_height(view, strand))
                self.starts[strand.bay.id] = 0

    def _ended(self, name: str, left: int, right: int, bottom: int) -> None:
        item = Item(name, name, left, right + _APART // 2, None, 0, bottom, False)
        self._beside(self.items[-1] if self.items else None, item)
        self.least.setdefault(name, [])
        self.items.append(item)

    def _into(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {row: set() for row in range(len(self.rows.rows))}
        for row in found:
            for below in self.rows.below(row):
                found[below].add(row)
        return found

    def _order(self, into: dict[int, set[int]]) -> list[int]:
        """Rows that lead to the same ones near each other."""
        found: list[int] = []
        for root in into:
            if not into[root] and root not in found:
                queue = [root]
                while queue:
                    row = queue.pop(0)
                    if row not in found:
                        found.append(row)
                        queue += sorted(self.rows.below(row)) + sorted(into[row])
        return found + [row for row in into if row not in found]

    def _place(self, index: int) -> None:
        row = self.rows.rows[index]
        ins, block = self._block(index, row)
        first, last = (min(block), max(block)) if block else (len(self.items), len(self.items) - 1)
        while row.folded and first and not self.items[first - 1].live:
            first -= 1
        while row.folded and last + 1 < len(self.items) and not self.items[last + 1].live:
            last += 1
        covered = [item for n, item in enumerate(self.items[first : last + 1], first) if n not in block]
        sources = [s for s in self.rows.strands if self.rows.row_of.get(s.bottom) == index
                   and s.top not in self.rows.row_of]  # fmt: skip
        strays = [item.strand for item in self.items if item.live and item.strand and item.strand not in ins
                  and self.rows.row_of.get(item.strand.bottom) == index]  # fmt: skip
        beside = [item.top for item in self._neighbours(first, last) if row.folded and item is not None]
        self.y[index] = self._height(row, index, ins, covered, sources, beside, bool(strays))
        for strand in sources:
            self.starts[strand.bay.id] = self.y[index] - strand_height(self.rows.view, strand)
        for strand in strays:
            self._stub(strand)
        outs = [self._hangs(row, member, index) for member in row.members]
        self._constrain(index, row, ins, sources, strays, outs)
        fresh = [item for some in outs for item in some]
        ended = Item(f"{row.members[0]}<", f"{row.members[-1]}>", 0, _APART, None, 0, self.y[index], False)
        before, after = self._neighbours(first, last)
        ended.tucked = row.folded
        outer = (self.items[first].walls[0], self.items[last].walls[1]) if first <= last else ((), ())
        below = fresh or [ended]
        below[0].tucked = row.folded
        below[0].walls = ((ended.left, *outer[0]), below[0].walls[1])
        below[-1].walls = (below[-1].walls[0], (ended.right, *outer[1]))
        self.items[first : last + 1] = fresh or [ended]
        chain = [before, *(fresh or [ended]), after]
        for one, other in pairwise(chain):
            self._beside(one, other)
        self._beside(before, ended)
        self._beside(ended, after)

    def _neighbours(self, first: int, last: int) -> tuple[Item | None, Item | None]:
        before = self.items[first - 1] if first else None
        return before, self.items[last + 1] if last + 1 < len(self.items) else None

    def _block(self, index: int, row: Row) -> tuple[list[Strand], list[int]]:
        """The strands that reach a row straight, and where they stand in the front."""
        wanted = [n for n, item in enumerate(self.items) if item.live and item.strand
                  and self.rows.row_of.get(item.strand.bottom) == index]  # fmt: skip
        runs: list[list[int]] = []
        for n in wanted:
            between = self.items[runs[-1][-1] + 1 : n] if runs else []
            if runs and not any(item.live for item in between):
                runs[-1].append(n)
            else:
                runs.append([n])
        block = max(runs, key=len, default=[])
        places = [row.members.index(self._strand(n).bottom) for n in block]
        forth, back = _rising(places), _rising([-place for place in places])
        if len(back) > len(forth):
            row.reverse()
            forth = back
        block = [block[n] for n in forth]
        return [self._strand(n) for n in block], block

    def _strand(self, n: int) -> Strand:
        strand = self.items[n].strand
        assert strand is not None
        return strand

    def _height(
        self, row: Row, index: int, ins: list[Strand], covered: list[Item], sources: list[Strand], beside: list[int],
        strays: bool,
    ) -> int:  # fmt: skip
        view = self.rows.view
        above = [self.y[self.rows.row_of[s.top]] for s in self.rows.strands
                 if self.rows.row_of.get(s.bottom) == index and s.top in self.rows.row_of]  # fmt: skip
        label = max(height(node_words(view.nodes[member])) for member in row.members)
        tie = max((coupler_height(s) for s in row.couplers), default=0)
        found = [label, *(self.y[self.rows.row_of[s.top]] + strand_height(view, s) for s in ins)]
        found += [max(above, default=-40) + 40 + strand_height(view, s) for s in sources]
        over = max((strand_height(view, s) for s in sources), default=max(label, tie))
        found += [item.bottom + _BELOW + over for item in covered]
        found += [y + _STEP + label for y in (*above, *beside)]
        return up(max(found)) + (60 if strays else 0)

    def _stub(self, strand: Strand) -> None:
        """A strand that will not reach its row straight ends where its parts end."""
        for item in self.items:
            if item.strand is strand:
                item.live = False
                item.bottom = item.top + strand_height(self.rows.view, strand)
        self.across.append(strand)

    def _hangs(self, row: Row, member: str, index: int) -> list[Item]:
        """What leaves a member downwards: first what ends, then what leads to other rows."""
        view, found = self.rows.view, []
        leaving = [s for s in self.rows.strands if s.top == member]
        for strand in sorted(leaving, key=lambda s: self._rank(s)):
            left, right = reaches(view, strand)
            self.starts[strand.bay.id] = self.y[index]
            live = strand.bottom in self.rows.row_of
            bottom = self.y[index] + strand_height(view, strand)
            name = f"|{strand.bay.id}"
            found.append(Item(name, name, left, right + _APART // 2, strand, self.y[index], bottom, live))
        for strand in [s for s in self.rows.inside if s.top == member]:
            left, right = reaches(view, strand)
            name = f"|{strand.bay.id}"
            bottom = self.y[index] + strand_height(view, strand)
            found.append(Item(name, name, left, right + _APART // 2, strand, self.y[index], bottom, False))
            self.starts[strand.bay.id] = self.y[index]
            self.across.append(strand)
        return found

    def _rank(self, strand: Strand) -> tuple[int, bool, int, object, object]:
        below = self.rows.row_of.get(strand.bottom)
        own = natural(strand.bay.parts[0].name if strand.bay.parts else strand.bottom)
        turn = self.rows.turn.get(strand.bay.id, 0)
        return (turn, below is not None, -1 if below is None else below, own, natural(strand.bay.id))

    # places

    def _beside(self, one: Item | None, other: Item | None) -> None:
        if one is None or other is None or one is other:
            return
        self.least[other.left].append((one.right, one.after + other.before))
        walls = () if other.tucked else one.walls[1]
        for wall in walls:
            self.least[other.left].append((wall, _APART + other.before))
        for end in other.walls[0]:
            self.least[end] += [(wall, _APART) for wall in walls if wall != end] + [(one.right, max(one.after, _APART))]

    def _constrain(
        self, index: int, row: Row, ins: list[Strand], sources: list[Strand], strays: list[Strand],
        outs: list[list[Item]],
    ) -> None:  # fmt: skip
        view = self.rows.view
        for n, member in enumerate(row.members):
            words = node_words(view.nodes[member])
            label = up(width(words) + 6)
            own = [s for s in ins if s.bottom == member]
            above = [self._column(s) for s in own]
            above += [self._column(s) for s in sources if s.bottom == member]
            landed = [s for s in (*strays, *self.rows.inside) if s.bottom == member]
            for strand in landed:
                name = self.landings[strand.bay.id] = f"v{strand.bay.id}"
                above.append(Item(name, name, 10, 20))
            bare = bool(above) and above[0].strand is not None and (len(above) == 1 or not above[0].strand.bay.parts)
            beside = bare and len(words) == 1 and not landed
            if beside:  # its name stands to the right of what comes in
                after = above[1].left if len(above) > 1 else f"{member}>"
                self.least[after].append((above[0].left, label + _END))
                self.named[member] = above[0].left
                if outs[n] and len(outs) == 1:
                    self.least[outs[n][0].left].append((above[0].left, 0))
            for side, before in ((above, 0 if beside else label), (outs[n], 0)):
                edge = Item(f"{member}<", f"{member}<", 0, before)
                for one, other in zip([edge, *side], side, strict=False):
                    self._beside(one, other)
                for item in side[-1:]:
                    self.least[f"{member}>"].append((item.right, _END))
                for item in side[:1]:
                    self.least[item.left].append((f"{member}<", _END))
            self.least[f"{member}>"].append((f"{member}<", max(40, label + 10)))
            if n:
                coupler = row.couplers[n - 1]
                self.least[f"{member}<"].append((f"{row.members[n - 1]}>", coupled(coupler)))

    def _column(self, strand: Strand) -> Item:
        left, right = reaches(self.rows.view, strand)
        name = f"|{strand.bay.id}"
        return Item(name, name, left, right + _APART // 2, strand)


def _rising(places: list[int]) -> list[int]:
    """The longest part of a list that never falls, as indices."""
    best: list[list[int]] = []
    for n, place in enumerate(places):
        before = max((run for run in best if places[run[-1]] <= place), key=len, default=[])
        best.append([*before, n])
    return max(best, key=len, default=[])
