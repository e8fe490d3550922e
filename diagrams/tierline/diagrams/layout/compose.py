"""Placed nodes and bays → a drawing: symbols and straight wires first, then ties, then what must be routed.

Promises: every node, part and run of the view is put down exactly once; a wire that finds no way is marked
as a fallback and counted.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

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
from tierline.diagrams.layout.drawing import Drawing, text_box
from tierline.diagrams.layout.place import Placed, place
from tierline.diagrams.layout.router import Router
from tierline.diagrams.layout.rows import bay_height
from tierline.diagrams.layout.trees import BARS
from tierline.diagrams.order import natural
from tierline.diagrams.scene import Bar, Box, Point, Text
from tierline.diagrams.view import Bay, Node, View

_DOWN, _RIGHT = (0, 1), (1, 0)


@dataclass(slots=True)
class Composer:
    placed: Placed
    drawing: Drawing

    @property
    def view(self) -> View:
        return self.placed.view

    def compose(self) -> None:
        for bay in self.view.bays:
            if not bay.tie and bay.id not in self.placed.forest.across:
                self._straight(bay)
        ends = {bay.id: self._stub(bay) for bay in self.view.bays if bay.id in self.placed.forest.across}
        self._nodes()
        router = self.drawing.router()
        for bay in self.view.bays:
            if bay.tie:
                self._tie(bay, router)
        self._route(ends, router)
        self.drawing.paths = tuple(self.placed.lanes.items())

    # nodes

    def _nodes(self) -> None:
        later = []
        for name, node in self.view.nodes.items():
            shape = node_symbol(node, len(self.view.incoming()[name]))
            if shape is None:
                later.append(node)
            else:
                x, y = self.placed.block.nodes[name], self.placed.y[name]
                self.drawing.add_node(node, shape, x, y, self._home(name), name in self.placed.mirrored)
        for node in later:
            self._bar(node)

    def _bar(self, node: Node) -> None:
        x1, x2 = self.placed.bars[node.id]
        y = self.placed.y[node.id]
        mirrored = node.id in self.placed.mirrored
        self.drawing.groups[node.id] = (x2 if mirrored else x1, y)
        bar = Bar(node.id, node.kind, x1, x2, y, node.level, node.id, node.lane, (), node.sheet, node.beyond)
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

    def _home(self, name: str) -> str:
        """The group a node belongs to: the bar it hangs on."""
        if self.view.nodes[name].role in BARS:
            return name
        for bay in (*self.view.incoming()[name], *self.view.outgoing()[name]):
            for end in (bay.top, bay.bottom):
                if self.view.nodes[end].role in BARS:
                    return end
        return ""

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

    def _stub(self, bay: Bay) -> tuple[str, Point, str]:
        """The parts of a routed bay, below its upper end; returns what comes last, where, and its level."""
        top = self._foot(bay.top)
        x = self.placed.block.bays[bay.id]
        last, y, level = self._parts(bay, x, top, top + bay_height(bay))
        return last, (x, y), level

    def _group(self, bay: Bay) -> str:
        return self._home(bay.top) or self._home(bay.bottom)

    def _parts(self, bay: Bay, x: int, top: int, bottom: int) -> tuple[str, int, str]:
        side = self._side(bay)
        mirrored, group = side.id in self.placed.mirrored, self._group(bay)
        places = part_heights(bay, top, bottom, bay.id in self.placed.forest.across)
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

    def _tie(self, bay: Bay, router: Router) -> None:
        left, right = sorted((bay.top, bay.bottom), key=lambda name: (self.placed.bars[name], natural(name)))
        parts, runs = (bay.parts, bay.runs) if left == bay.top else (bay.parts[::-1], bay.runs[::-1])
        bay = replace(bay, top=left, bottom=right, parts=parts, runs=runs)
        start = (self.placed.bars[left][1], self.placed.y[left])
        goal = (self.placed.bars[right][0], self.placed.y[right])
        level = self.view.nodes[left].level
        if not parts:
            router.free(start, _RIGHT)
            router.free((goal[0] - 30, goal[1]), _RIGHT)
            self._wire(router, left, right, start, goal, _RIGHT, (bay, level, left, runs[0]))
            return
        x, y = self._tie_place(bay, start, goal)
        before = len(self.drawing.wires)
        solid = len(self.drawing.solid)
        first, last = self._tie_parts(bay, x, y)
        for box in self.drawing.solid[solid:]:
            router.block(box)
        for wire in self.drawing.wires[before:]:
            router.occupy(wire.points)
        router.free(start, _RIGHT)
        router.free((goal[0] - 30, goal[1]), _RIGHT)
        for a, b, begin, end, run in (
            (left, first[0], start, first[1], runs[0]),
            (last[0], right, last[1], goal, runs[-1]),
        ):
            self._wire(router, a, b, begin, end, _RIGHT, (bay, level, left, run))

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
        group, level = bay.top, self.view.nodes[bay.top].level
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

    # routes

    def _route(self, ends: dict[str, tuple[str, Point, str]], router: Router) -> None:
        """Shortest first."""
        wanted = []
        for bay in self.view.bays:
            if bay.id in ends:
                wanted.append((bay, *ends[bay.id], self._target(bay)))
        wanted.sort(key=lambda w: (abs(w[2][0] - w[4][0]) + abs(w[2][1] - w[4][1]), natural(w[0].id)))
        for bay, last, start, level, goal in wanted:
            kept = (bay, level, self._group(bay), bay.runs[-1])
            self._wire(router, last, bay.bottom, start, goal, _DOWN, kept)

    def _wire(
        self,
        router: Router,
        a: str,
        b: str,
        start: Point,
        goal: Point,
        way: Point,
        kept: tuple[Bay, str, str, tuple[str, ...]],
    ) -> None:
        """Route a wire; where there is no way, draw it bent and say so."""
        bay, level, group, runs = kept
        points = router.route(start, way, goal, way)
        if points is None:
            bend = (start[0], goal[1] - 10) if way == _DOWN else (start[0] + 10, start[1])
            over = (goal[0], goal[1] - 10) if way == _DOWN else (start[0] + 10, goal[1])
            self.drawing.add_wire(a, b, (start, bend, over, goal), bay, level, group, runs, fallback=True)
            return
        router.occupy(points)
        self.drawing.add_wire(a, b, points, bay, level, group, runs)

    def _target(self, bay: Bay) -> Point:
        y = self.placed.y[bay.bottom]
        node = self.view.nodes[bay.bottom]
        if node.role in BARS:
            return self.placed.block.landings[bay.id], y
        shape = node_symbol(node, len(self.view.incoming()[bay.bottom]))
        dx = shape.entry(self.placed.ports[bay.id]) if shape is not None else 0
        sign = -1 if bay.bottom in self.placed.mirrored else 1
        return self.placed.block.nodes[bay.bottom] + sign * dx, y


def _box(texts: tuple[Text, ...]) -> Box:
    boxes = [text_box(text) for text in texts]
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def lay_out(view: View) -> Drawing:
    """The drawing of a view; where wires find no way, everything is moved farther apart and tried again."""
    best: Drawing | None = None
    for spread in (1, 2, 4):
        drawing = Drawing()
        Composer(place(view, spread), drawing).compose()
        if best is None or drawing.fallbacks < best.fallbacks:
            best = drawing
        if not best.fallbacks:
            break
    assert best is not None
    return best
