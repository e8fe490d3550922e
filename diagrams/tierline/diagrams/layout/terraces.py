"""The form every network of pipes can be drawn in: each header in columns of its own, where nothing stands in the way.

Promises: what leads to another header goes down in a column that is its own, and across in a channel where nothing
stands; so wires cross, and do nothing else. Every wire between headers is marked as a fallback.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from tierline.diagrams.layout.cells import height, node_words, up, width
from tierline.diagrams.layout.channel import TRACK, Net, in_tracks
from tierline.diagrams.layout.columns import reaches, strand_height
from tierline.diagrams.layout.rows import longest
from tierline.diagrams.layout.standing import Standing
from tierline.diagrams.layout.strands import Row, Rows, Strand, downwards
from tierline.diagrams.order import natural
from tierline.diagrams.scene import Point
from tierline.diagrams.view import View

_APART, _END = 20, 20


@dataclass(slots=True)
class _Terraces:
    rows: Rows
    layer: dict[str, int]
    places: dict[str, int] = field(default_factory=dict)
    landings: dict[str, int] = field(default_factory=dict)
    risers: dict[str, int] = field(default_factory=dict)
    """For what comes back to the header it leaves: the column in which it rises."""
    x: int = 0

    @property
    def view(self) -> View:
        return self.rows.view

    @property
    def between(self) -> list[Strand]:
        """What leads from header to header."""
        return [s for s in self.rows.strands if self.rows.is_bar(s.top) and self.rows.is_bar(s.bottom)]

    def put(self, bar: str) -> None:
        """A header over columns that are its own: what comes from sources, what arrives, what leaves."""
        first = self.x
        self.x += up(width(node_words(self.view.nodes[bar])))
        for strand in self.rows.strands:
            if strand.bottom == bar and not self.rows.is_bar(strand.top):
                self._column(strand)
        for strand in self.between:
            if strand.bottom == bar:
                self.x += _APART
                self.landings[strand.bay.id] = self.x
        out = [strand for strand in self.rows.strands if strand.top == bar]
        for strand in out:
            self._column(strand)
        self.places |= {f"{bar}<": first, f"{bar}>": max(self.x, first + _APART) + _END}
        self.x = self.places[f"{bar}>"] + _APART
        for strand in out:
            if strand.bottom == bar:
                self.risers[strand.bay.id] = self.x
                self.x += _APART
        self.x += _APART

    def _column(self, strand: Strand) -> None:
        left, right = reaches(self.view, strand)
        at = up(self.x + _APART + left)
        self.places[f"|{strand.bay.id}"] = at
        self.x = at + right

    def alone(self) -> None:
        """Strands without any header."""
        for strand in self.rows.strands:
            if not self.rows.is_bar(strand.top) and not self.rows.is_bar(strand.bottom):
                self._column(strand)
                self.x += _APART

    def stand(self) -> Standing:
        y, starts = dict.fromkeys(range(len(self.rows.rows)), 0), dict[str, int]()
        track, turn, here = dict[str, int](), dict[str, int](), 0
        for _, bars in sorted(self._layers().items()):
            tracks = in_tracks([self._net(s) for s in self.between if s.bottom in bars])
            here += TRACK * (len(tracks) + 1)
            track |= {net.id: here - TRACK * n for n, nets in enumerate(tracks) for net in nets}
            here = up(here + self._head(bars))
            y.update({self.rows.row_of[bar]: here for bar in bars})
            starts |= self._starts(bars, here)
            here = up(here + self._depth(bars))
            for n, strand in enumerate(s for s in self.between if s.top == s.bottom and s.top in bars):
                turn[strand.bay.id] = here + TRACK * (n + 1)
            here = max([here, *turn.values()]) + 2 * TRACK
        starts |= {strand.bay.id: 0 for strand in self.rows.strands if strand.bay.id not in starts}
        ways = {s.bay.id: self._way(s, y, track[s.bay.id], turn.get(s.bay.id)) for s in self.between}
        return Standing(self.rows, y, self.places, starts, tuple(self.between), self.landings, ways=ways)

    def _layers(self) -> dict[int, set[str]]:
        layers: dict[int, set[str]] = defaultdict(set)
        for bar, layer in self.layer.items():
            layers[layer].add(bar)
        return layers

    def _net(self, strand: Strand) -> Net:
        name = strand.bay.id
        start = self.risers.get(name, self.places[f"|{name}"])
        return Net(name, (start, 0), (self.landings[name], 0))

    def _sources(self, bars: set[str]) -> list[Strand]:
        return [s for s in self.rows.strands if s.bottom in bars and not self.rows.is_bar(s.top)]

    def _head(self, bars: set[str]) -> int:
        labels = [height(node_words(self.view.nodes[bar])) + TRACK for bar in bars]
        return max([2 * TRACK, *labels, *(strand_height(self.view, s) for s in self._sources(bars))])

    def _depth(self, bars: set[str]) -> int:
        out = [strand_height(self.view, s) for s in self.rows.strands if s.top in bars]
        return max([2 * TRACK, *out])

    def _starts(self, bars: set[str], y: int) -> dict[str, int]:
        found = {s.bay.id: y for s in self.rows.strands if s.top in bars}
        return found | {s.bay.id: y - strand_height(self.view, s) for s in self._sources(bars)}

    def _way(self, strand: Strand, y: dict[int, int], track: int, turn: int | None) -> tuple[Point, ...]:
        """From below the parts of a strand to where it arrives."""
        x, goal = self.places[f"|{strand.bay.id}"], self.landings[strand.bay.id]
        end = ((goal, track), (goal, y[self.rows.row_of[strand.bottom]]))
        if turn is None:
            return ((x, track), *end)
        riser = self.risers[strand.bay.id]
        return ((x, turn), (riser, turn), (riser, track), *end)


def terraces(view: View) -> Standing:
    """Where everything stands in that form."""
    bars = [name for name in view.nodes if Rows(view).is_bar(name)]
    rows = Rows(view, [Row([bar]) for bar in bars], {bar: n for n, bar in enumerate(bars)})
    rows.strands = [Strand(bay) for bay in sorted(view.bays, key=lambda one: natural(one.id))]
    downwards(rows)
    steps: dict[str, list[tuple[str, int]]] = {bar: [] for bar in bars}
    for strand in rows.strands:
        if rows.is_bar(strand.top) and rows.is_bar(strand.bottom) and strand.top != strand.bottom:
            steps[strand.top].append((strand.bottom, TRACK))
    found = _Terraces(rows, longest(steps, dict.fromkeys(bars, 0)))
    for bar in sorted(bars, key=lambda one: (found.layer[one], natural(one))):
        found.put(bar)
    found.alone()
    return found.stand()
