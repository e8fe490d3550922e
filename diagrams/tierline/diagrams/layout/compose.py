"""Placed nodes and bays → a drawing: symbols and straight wires first, then ties, then what must be routed.

Promises: every node, part and run of the view is put down exactly once; a wire that finds no way is marked
as a fallback and counted.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace

from tierline.diagrams.layout.bands import Placed
from tierline.diagrams.layout.blocks import part_heights, tie_length, tie_pitch
from tierline.diagrams.layout.cells import (
    beside,
    drawn,
    height,
    node_symbol,
    node_words,
    part_words,
    width,
)
from tierline.diagrams.layout.column import is_aside
from tierline.diagrams.layout.drawing import LABEL_MARGIN, Drawing, grown, text_box
from tierline.diagrams.layout.rows import bay_height
from tierline.diagrams.layout.trees import BARS
from tierline.diagrams.layout.wiring import Loose, Wiring
from tierline.diagrams.order import natural
from tierline.diagrams.scene import Bar, Box, Point, Text
from tierline.diagrams.view import Bay, Node, View

_RIGHT = (1, 0)
_AXIS, _BETWEEN = 0, ""
"""Where two paths mirror each other, and the group of what hangs there on no board of one path."""


@dataclass(slots=True)
class Composer:
    placed: Placed
    drawing: Drawing
    wiring: Wiring = field(init=False)

    @property
    def view(self) -> View:
        return self.placed.view

    def compose(self) -> None:
        for bay in self.view.bays:
            if not bay.tie and bay.id not in self.placed.forest.across:
                self._straight(bay)
        loose = [self.stub(bay) for bay in self.view.bays if bay.id in self.placed.forest.across]
        self.nodes()
        self.wiring = Wiring(self.placed, self.drawing, self.drawing.field())
        for bay in self.view.bays:
            if bay.tie:
                self._tie(bay)
        self.wiring.route(loose)
        self.drawing.paths = tuple(self.placed.lanes.items())

    # nodes

    def nodes(self) -> None:
        later = []
        for name, node in self.view.nodes.items():
            shape = node_symbol(node, len(self.view.incoming()[name]))
            if shape is None:
                later.append(node)
            else:
                x, y = self.placed.block.nodes[name], self.placed.y[name]
                up = name in self.placed.forest.turned
                self.drawing.add_node(node, shape, x, y, self._home(name), name in self.placed.mirrored, up)
        for node in later:
            self._bar(node)

    def _bar(self, node: Node) -> None:
        x1, x2 = self.placed.bars[node.id]
        y = self.placed.y[node.id]
        mirrored = node.id in self.placed.mirrored
        self.drawing.groups[node.id] = (_AXIS if self._common(node.id) else x2 if mirrored else x1, y)
        bar = Bar(node.id, node.kind, x1, x2, y, node.level, node.id, node.lane, (), node.sheet, node.beyond, node.also)
        texts = self._bar_label(node, bar, mirrored) if node_words(node) else ()
        self.drawing.add_bar(replace(bar, texts=texts))

    def _bar_label(self, node: Node, bar: Bar, mirrored: bool) -> tuple[Text, ...]:
        """At the outer end of the bar; where that is taken, the first free place along it."""
        label = node_words(node)
        half = height(label) // 2
        tied = any(bay.tie and node.id in (bay.top, bay.bottom) for bay in self.view.bays)
        outer = bar.x2 + 8 if mirrored else bar.x1 - 8
        places = [beside(label, outer, bar.y - lift, mirrored) for lift in ((18,) if tied else (0, 18))]
        span = range(bar.x1 + 4, bar.x2 - width(label), 10)
        starts = reversed(span) if mirrored else span
        rows = (bar.y - half - 6, bar.y + half + 6)
        places += [beside(label, x, row) for x in starts for row in rows]
        places += [beside(label, x, bar.y - 20 * n, True) for n in range(1, 40) for x in (bar.x1, bar.x2)]
        for texts in places:
            if self.drawing.is_free(_box(texts)):
                return texts
        return places[0]

    def _common(self, *names: str) -> bool:
        """Do nodes hang on the axis of two paths, as those of no path and of both?"""
        lanes = {self.view.nodes[name].lane for name in names}
        return len(self.view.lanes()) == 2 and (lanes == {""} or len(lanes) > 1)

    def _home(self, name: str) -> str:
        """The group a node belongs to: the bar it hangs on, one of its own path before others."""
        nodes = self.view.nodes
        if nodes[name].role in BARS:
            return name
        bays = (*self.view.incoming()[name], *self.view.outgoing()[name])
        ends = [end for bay in bays for end in (bay.top, bay.bottom) if nodes[end].role in BARS]
        own = [end for end in ends if nodes[end].lane == nodes[name].lane]
        if ends and not own and self._common(*ends):
            return _BETWEEN
        return next(iter(own or ends), _BETWEEN)

    # bays

    def _side(self, bay: Bay) -> Node:
        """The node in whose block the parts of a bay stand."""
        across = bay.id in self.placed.forest.across
        return self.view.nodes[bay.top if across else bay.bottom]

    def _foot(self, name: str) -> int:
        return self.placed.y[name] + self.placed.drop[name]

    def _straight(self, bay: Bay) -> None:
        x, top, bottom = self.placed.block.bays[bay.id], self._foot(bay.top), self.placed.y[bay.bottom]
        last, y, level = self._parts(bay, x, top, bottom)
        self.drawing.add_wire(
            last, bay.bottom, ((x, y), (x, bottom)), bay, level, self._group(bay), bay.runs[-1]
        )

    def stub(self, bay: Bay) -> Loose:
        """The parts of a routed bay, below its upper end."""
        top = self._foot(bay.top)
        x = self.placed.block.bays[bay.id]
        last, y, level = self._parts(bay, x, top, top + bay_height(bay))
        goal = self.placed.target(bay)
        aside = is_aside(self.view.nodes[bay.bottom]) and goal[1] > self.placed.y[bay.bottom]
        way = (1 if x < goal[0] else -1, 0) if aside else (0, 1)
        return Loose(bay, last, (x, y), goal, level, self._group(bay), way)

    def _group(self, bay: Bay) -> str:
        """The block of the board with which the parts of a bay move."""
        upper, lower = self._home(bay.top), self._home(bay.bottom)
        if bay.id not in self.placed.forest.across and self._common(bay.top) and not self._common(bay.bottom):
            return lower or upper
        return upper or lower

    def _parts(self, bay: Bay, x: int, top: int, bottom: int) -> tuple[str, int, str]:
        side = self._side(bay)
        mirrored, group = side.id in self.placed.mirrored, self._group(bay)
        places = part_heights(bay, top, bottom, self.placed.forest.hanging(bay))
        last, y, level = bay.top, top, self.view.nodes[bay.top].level
        for n, part in enumerate(bay.parts):
            at = places[part.id]
            self.drawing.add_wire(last, part.id, ((x, y), (x, at)), bay, level, group, bay.runs[n])
            if part.kind == "ups":
                level = "ups"
            y = self.drawing.add_part(part, bay, x, at, level, group, mirrored, side.lane)
            if part.kind == "transformer":
                level = "lv"
            last = part.id
        return last, y, level

    # ties

    def _tie(self, bay: Bay) -> None:
        left, right = sorted((bay.top, bay.bottom), key=lambda name: (self.placed.bars[name], natural(name)))
        parts, runs = (bay.parts, bay.runs) if left == bay.top else (bay.parts[::-1], bay.runs[::-1])
        bay = replace(bay, top=left, bottom=right, parts=parts, runs=runs)
        start = (self.placed.bars[left][1], self.placed.y[left])
        goal = (self.placed.bars[right][0], self.placed.y[right])
        level, wiring = self.view.nodes[left].level, self.wiring
        spans = [span for name, span in self.placed.bars.items() if self.placed.y[name] == start[1]]
        if any(start[0] < x1 and x2 < goal[0] for x1, x2 in spans):
            self._tie_over(bay, left, right)
            return
        pieces = [(left, right, start, goal, runs[0])]
        if parts:
            x, y = self._tie_place(bay, start, goal)
            before, solid = len(self.drawing.wires), len(self.drawing.solid)
            first, last = self._tie_parts(bay, x, y)
            for box in self.drawing.solid[solid:]:
                wiring.ground.block(grown(box, LABEL_MARGIN))
            for wire in self.drawing.wires[before:]:
                wiring.ground.occupy(wire.points)
            pieces = [(left, first[0], start, first[1], runs[0]), (last[0], right, last[1], goal, runs[-1])]
        wiring.ground.free(start, _RIGHT)
        wiring.ground.free((goal[0] - 40, goal[1]), _RIGHT)
        for a, b, begin, end, run in pieces:
            wiring.joined(a, b, (begin, end), (bay, level, left if a == left else right, run))

    def _tie_over(self, bay: Bay, left: str, right: str) -> None:
        """A tie past other boards: from the far ends of its two over everything between, its devices on top."""
        (x1, _), (_, x2) = self.placed.bars[left], self.placed.bars[right]
        y, level = self.placed.y[left], self.view.nodes[left].level
        tops = [box[1] for box in self.drawing.solid if x1 - 160 < box[2] and box[0] < x2 + 160 and box[1] < y]
        tall = 20 + max((height(part_words(part, bay)) for part in bay.parts), default=0)
        over = (min(tops, default=y) - 20) // 10 * 10
        over = min(over, y - tall)
        reach = max(width(node_words(self.view.nodes[name])) for name in (left, right)) + 30
        out1, out2 = self._beside(x1, y, over, -reach), self._beside(x2, y, over, reach)
        if out1 is None or out2 is None:
            self.drawing.lost += 1
            return
        begin: tuple[Point, ...] = ((x1, y), (out1, y), (out1, over))
        end: tuple[Point, ...] = ((out2, over), (out2, y), (x2, y))
        if not bay.parts:
            self.drawing.add_wire(left, right, (*begin, *end), bay, level, left, bay.runs[0])
            self.wiring.ground.occupy((*begin, *end))
            return
        place = ((x1 + x2) // 2 - (tie_length(bay) - 40) // 2) // 10 * 10
        first, last = self._tie_parts(bay, place, over)
        for a, b, points, run in (
            (left, first[0], (*begin, first[1]), bay.runs[0]),
            (last[0], right, (last[1], *end), bay.runs[-1]),
        ):
            self.drawing.add_wire(a, b, points, bay, level, left if a == left else right, run)
            self.wiring.ground.occupy(points)

    def _beside(self, x: int, y: int, over: int, reach: int) -> int | None:
        """The nearest column beside the end of a bar in which one gets up to a height."""
        ground, sign = self.wiring.ground, 1 if reach > 0 else -1
        ground.free((x, y), (sign, 0))
        (start, low), (_, top) = ground.local((x, y)), ground.local((x, over))
        first, _ = ground.local(((x + reach) // 10 * 10, y))
        for at in range(first, first + sign * 60, sign):
            if ground.across(low, start + sign, at) is None or not ground.inside(at, top):
                return None
            if ground.turns(at, low) and ground.down(at, top, low - 1) == 0:
                return ground.point((at, low))[0]
        return None

    def _tie_place(self, bay: Bay, start: Point, goal: Point) -> Point:
        """Where the devices of a tie stand: midway, at the height of the bars if that is free."""
        length = tie_length(bay) - 40
        tall = 8 + max((height(part_words(part, bay)) for part in bay.parts), default=0)
        middle = (start[0] + goal[0]) // 2
        for dy in (0, *(sign * step for step in range(20, 400, 20) for sign in (-1, 1))):
            for dx in (0, *(sign * step for step in range(10, 200, 10) for sign in (-1, 1))):
                x, y = (middle - length // 2) // 10 * 10 + dx, start[1] + dy
                if self.drawing.is_free((x - 10, y - tall - 10, x + length + 10, y + 12)):
                    return x, y
        return middle // 10 * 10, start[1]

    def _tie_parts(self, bay: Bay, x: int, y: int) -> tuple[tuple[str, Point], tuple[str, Point]]:
        """The devices of a tie in a row; returns its first and last terminal."""
        group = _BETWEEN if self._common(bay.top, bay.bottom) else bay.top
        level = self.view.nodes[bay.top].level
        ends: list[tuple[str, Point, Point]] = []
        for part in bay.parts:
            shape, pitch = drawn(part), tie_pitch(part, bay)
            left = x + (pitch - shape.box[3]) // 20 * 10
            self.drawing.add_across(part, left, y, level, group, part_words(part, bay))
            ends.append((part.id, (left, y), (left + shape.box[3], y)))
            x += pitch
        for n, ((a, _, here), (b, there, _)) in enumerate(itertools.pairwise(ends)):
            self.drawing.add_wire(a, b, (here, there), bay, level, group, bay.runs[n + 1])
        return (ends[0][0], ends[0][1]), (ends[-1][0], ends[-1][2])


def _box(texts: tuple[Text, ...]) -> Box:
    boxes = [text_box(text) for text in texts]
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
