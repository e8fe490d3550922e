"""A piping view as rows of headers and strands between them: what stands side by side, and which way is down.

Promises: headers joined by couplers stand in one row, in the order they are joined; a header that shares what it feeds
with one above goes below it, so that both reach it without a crossing; no strand leads back up.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tierline.diagrams.layout.ladders import BARS, Ladders
from tierline.diagrams.order import in_order, natural
from tierline.diagrams.view import Bay, Role, View


@dataclass(frozen=True, slots=True)
class Strand:
    """A bay as it is drawn: from its upper to its lower end."""

    bay: Bay
    up: bool = False
    """What flows in it flows up: it is drawn against its flow."""

    @property
    def top(self) -> str:
        return self.bay.top

    @property
    def bottom(self) -> str:
        return self.bay.bottom

    def turned(self) -> Strand:
        bay = self.bay
        other = replace(bay, top=bay.bottom, bottom=bay.top, parts=bay.parts[::-1], runs=bay.runs[::-1])
        return Strand(other, not self.up)


@dataclass(slots=True)
class Row:
    """Headers in one row: members from left to right, with the coupler after each but the last."""

    members: list[str]
    couplers: list[Strand] = field(default_factory=list)
    folded: bool = False
    """It goes on from the end of the row above, and stands below it."""

    def reverse(self) -> None:
        self.members.reverse()
        self.couplers = [strand.turned() for strand in reversed(self.couplers)]


@dataclass(slots=True)
class Rows:
    """All rows of a view and the strands between them."""

    view: View
    rows: list[Row] = field(default_factory=list)
    row_of: dict[str, int] = field(default_factory=dict)
    strands: list[Strand] = field(default_factory=list)
    inside: list[Strand] = field(default_factory=list)
    """Strands that leave a row and come back to it."""
    turn: dict[str, int] = field(default_factory=dict)
    """Strands that leave their header before all others (-1), or after them (1)."""
    ring: bool = False
    """One of the rows is half of a ring: what stands between the halves has no way out."""

    def is_bar(self, name: str) -> bool:
        return self.view.nodes[name].role in BARS

    def below(self, row: int) -> set[int]:
        """The rows that strands lead down to."""
        return {
            self.row_of[strand.bottom]
            for strand in self.strands
            if self.row_of.get(strand.top) == row and strand.bottom in self.row_of
        }


def rows_of(view: View, ladders: Ladders, even: bool = False) -> Rows:
    """The rows of a view; `even`: the two of a ring are equally long."""
    found = Rows(view)
    ties = [bay for bay in view.bays if bay.tie and not ladders.holds(bay)]
    upright = [bay for bay in view.bays if bay not in ties]
    paired = len({view.nodes[bay.top].level for bay in ties}) > 1
    fed = {bay.bottom for bay in upright} | {bay.top for bay in upright if not bay.tie and _given(view, bay.top)}
    for members, couplers, left in _paths([n for n in view.nodes if found.is_bar(n)], ties, fed, paired, even):
        for member in members:
            found.row_of[member] = len(found.rows)
        found.ring = found.ring or len(members) < len(_cluster(members[0], _near(ties)))
        found.rows.append(Row(members, [_between(bay, a) for bay, a in zip(couplers, members, strict=False)]))
        upright += left
    for bay in sorted(upright, key=lambda one: natural(one.id)):
        strand = Strand(bay).turned() if ladders.rises(bay) else Strand(bay)
        same = bay.top in found.row_of and found.row_of[bay.top] == found.row_of.get(bay.bottom)
        (found.inside if same else found.strands).append(strand)
    downwards(found)
    return found


def _given(view: View, name: str) -> bool:
    return view.nodes[name].role is Role.SOURCE


def _between(bay: Bay, left: str) -> Strand:
    strand = Strand(bay)
    return strand if bay.top == left else strand.turned()


def _paths(
    bars: list[str], ties: list[Bay], fed: set[str], paired: bool, even: bool
) -> list[tuple[list[str], list[Bay], list[Bay]]]:
    """Bars in rows: the members, the ties between them, and the ties that stand upright instead. A ring is drawn in two
    rows, unless it is one of a pair."""
    near = _near(ties)
    found, done = [], set()
    for bar in in_order(bars):
        if bar in done:
            continue
        cluster = _cluster(bar, near)
        done |= cluster
        ends = in_order(one for one in cluster if len(near[one]) == 1)
        ring = not ends and len(cluster) > 3 and not paired
        start = ends[0] if ends else bar
        members, used = _longest(start, near) if ends else _walk(start, near, cluster)
        closed = any(members[-1] in (bay.top, bay.bottom) for bay in near[members[0]])
        if ring and closed and len(members) == len(cluster):
            found += _two_rows(members, used, [bay for one in cluster for bay in near[one]], fed, even)
            continue
        spare = {bay.id: bay for one in cluster for bay in near[one] if bay not in used}
        found.append((members, used, [spare[key] for key in in_order(spare)]))
        rest = [one for one in in_order(cluster) if one not in members]
        inner = [bay for bay in spare.values() if {bay.top, bay.bottom} <= set(rest)]
        if rest:
            more = _paths(rest, inner, fed, paired, even)
            kept = {bay.id for _, couplers, left in more for bay in (*couplers, *left)}
            found[-1] = (members, used, [bay for bay in found[-1][2] if bay.id not in kept])
            found += more
    return found


def _near(ties: list[Bay]) -> dict[str, list[Bay]]:
    near: dict[str, list[Bay]] = defaultdict(list)
    for bay in ties:
        near[bay.top].append(bay)
        near[bay.bottom].append(bay)
    return near


def _two_rows(
    members: list[str], used: list[Bay], every: list[Bay], fed: set[str], even: bool
) -> list[tuple[list[str], list[Bay], list[Bay]]]:
    """A ring: what is fed from outside in the upper row, the rest in the lower one."""
    heads = [n for n, one in enumerate(members) if one in fed] or [0]
    half = (len(members) + 1) // 2 if even else max(2, min(len(members) - 2, max(heads) - min(heads) + 1))
    first = min(heads) if min(heads) + half <= len(members) else len(members) - half
    turned = members[first:] + members[:first]
    pair = {frozenset((bay.top, bay.bottom)): bay for bay in (*every, *used)}
    upper, lower = turned[:half], turned[half:]
    rows = []
    for row in (upper, lower):
        rows.append((row, [pair[frozenset(two)] for two in pairwise(row)], list[Bay]()))
    kept = {bay.id for _, couplers, _ in rows for bay in couplers}
    left = {bay.id: bay for bay in every if bay.id not in kept}
    rows[1] = (lower, rows[1][1], [_down(left[key], set(upper)) for key in in_order(left)])
    return rows


def _down(bay: Bay, upper: set[str]) -> Bay:
    strand = Strand(bay)
    return bay if bay.top in upper else strand.turned().bay


def _cluster(bar: str, near: dict[str, list[Bay]]) -> set[str]:
    seen, queue = {bar}, [bar]
    while queue:
        for bay in near[queue.pop()]:
            for end in (bay.top, bay.bottom):
                if end not in seen:
                    seen.add(end)
                    queue.append(end)
    return seen


def _walk(start: str, near: dict[str, list[Bay]], cluster: set[str]) -> tuple[list[str], list[Bay]]:
    """Along the ties as far as they lead, each bar once."""
    members, used = [start], list[Bay]()
    while True:
        ways = []
        for bay in near[members[-1]]:
            other = bay.bottom if bay.top == members[-1] else bay.top
            if other in cluster and other not in members:
                ways.append((natural(other), other, bay))
        if not ways:
            return members, used
        _, other, bay = min(ways, key=lambda way: (way[0], natural(way[2].id)))
        members.append(other)
        used.append(bay)


def _longest(start: str, near: dict[str, list[Bay]]) -> tuple[list[str], list[Bay]]:
    """The longest path of ties from a bar at an end, the first of equals."""
    best: tuple[list[str], list[Bay]] = ([start], [])
    stack: list[tuple[list[str], list[Bay]]] = [best]
    steps = 0
    while stack and steps < 5000:
        steps += 1
        members, used = stack.pop()
        if len(members) > len(best[0]):
            best = (members, used)
        for bay in sorted(near[members[-1]], key=lambda one: natural(one.id), reverse=True):
            other = bay.bottom if bay.top == members[-1] else bay.top
            if other not in members:
                stack.append(([*members, other], [*used, bay]))
    return best


def downwards(found: Rows) -> None:
    """Strands that would lead back up are drawn against their flow."""
    order: dict[int, int] = {}
    state: dict[int, int] = {}
    for root in range(len(found.rows)):
        stack = [(root, False)]
        while stack:
            row, closed = stack.pop()
            if closed:
                state[row] = 2
                order[row] = len(order)
            elif row not in state:
                state[row] = 1
                stack.append((row, True))
                stack += [(one, False) for one in sorted(found.below(row), reverse=True) if one not in state]
    for n, strand in enumerate(found.strands):
        top, bottom = found.row_of.get(strand.top), found.row_of.get(strand.bottom)
        if top is not None and bottom is not None and order[top] < order[bottom]:
            found.strands[n] = strand.turned()
