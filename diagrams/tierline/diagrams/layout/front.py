"""Where headers and strands stand: a front of open strands swept from the top row to the bottom one.

Promises: every strand has a column of its own as far down as it reaches, so that upright wires cross nothing; a header
spans the strands that end in it, and stands below whatever ends above it. What cannot be reached like that is `across`:
it ends in a stub, and is routed to a landing on its header.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise, product

from tierline.diagrams.layout.cells import height, node_words, up
from tierline.diagrams.layout.columns import coupler_height, reaches, strand_height
from tierline.diagrams.layout.least import solved
from tierline.diagrams.layout.spacing import APART, Item, Spacing
from tierline.diagrams.layout.standing import Standing
from tierline.diagrams.layout.strands import Row, Rows, Strand
from tierline.diagrams.order import natural

_BELOW, _STEP = 30, 40
"""Between what ends and a header below it, and between two
headers with the name of the lower one between them."""


@dataclass(slots=True)
class Front:
    rows: Rows
    items: list[Item] = field(default_factory=list)
    y: dict[int, int] = field(default_factory=dict)
    """The height of every row."""
    across: list[Strand] = field(default_factory=list)
    starts: dict[str, int] = field(default_factory=dict)
    """The height at which each strand begins."""
    spacing: Spacing = field(init=False)

    def __post_init__(self) -> None:
        self.spacing = Spacing(self.rows.view)

    def stand(self) -> Standing:
        self.sweep()
        places = solved(self.spacing.least)
        landings = {name: places[place] for name, place in self.spacing.landings.items()}
        named = {member: places[place] + 8 for member, place in self.spacing.named.items()}
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
        item = Item(name, name, left, right + APART // 2, None, 0, bottom, False)
        self.spacing.beside(self.items[-1] if self.items else None, item)
        self.spacing.least.setdefault(name, [])
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
        above = self.spacing.constrain(row, ins, sources, [*strays, *self.rows.inside], outs)
        self._follow(row, (first, last), [item for some in outs for item in some], above, self.y[index])

    def _follow(self, row: Row, span: tuple[int, int], fresh: list[Item], above: list[Item], y: int) -> None:
        """What hangs from a row takes the place of what ended in it, and keeps clear of what is beside it."""
        first, last = span
        before, after = self._neighbours(first, last)
        ended = Item(f"{row.members[0]}<", f"{row.members[-1]}>", 0, APART, None, 0, y, False, tucked=row.folded)
        taken = self.items[first : last + 1]
        walls = (taken[0].walls[0], taken[-1].walls[1]) if taken else ((), ())
        over = (taken[0].above[0], taken[-1].above[1]) if taken else (None, None)
        over = (above[0], above[-1]) if above else over
        below = fresh or [ended]
        below[0].tucked = row.folded
        below[0].walls = ((ended.left, *walls[0]), below[0].walls[1])
        below[-1].walls = (below[-1].walls[0], (ended.right, *walls[1]))
        below[0].above = (over[0], below[0].above[1])
        below[-1].above = (below[-1].above[0], over[1])
        self.items[first : last + 1] = below
        for one, other in pairwise([before, *below, after]):
            self.spacing.beside(one, other)
        higher = before.above[1] if before and not row.folded else None
        for one, other in product((before, higher), (ended, over[0])):
            self.spacing.beside(one, other)
        for one, other in product((ended, over[1]), (after, after and after.above[0])):
            self.spacing.beside(one, other)

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
        leaving = sorted((s for s in self.rows.strands if s.top == member), key=self._rank)
        within = [s for s in self.rows.inside if s.top == member]
        for strand in (*leaving, *within):
            self.starts[strand.bay.id] = top = self.y[index]
            live = strand.bottom in self.rows.row_of and strand not in within
            column = self.spacing.column(strand)
            found.append(replace(column, top=top, bottom=top + strand_height(view, strand), live=live))
        self.across += within
        return found

    def _rank(self, strand: Strand) -> tuple[int, bool, int, object, object]:
        below = self.rows.row_of.get(strand.bottom)
        own = natural(strand.bay.parts[0].name if strand.bay.parts else strand.bottom)
        turn = self.rows.turn.get(strand.bay.id, 0)
        return (turn, below is not None, -1 if below is None else below, own, natural(strand.bay.id))


def _rising(places: list[int]) -> list[int]:
    """The longest part of a list that never falls, as indices."""
    best: list[list[int]] = []
    for n, place in enumerate(places):
        before = max((run for run in best if places[run[-1]] <= place), key=len, default=[])
        best.append([*before, n])
    return max(best, key=len, default=[])
