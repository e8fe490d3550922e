"""Ties and cross-feeds: the wires that are not drawn straight, by rule, and by search where no rule finds a way.

Promises: a tie leaves its boards at their ends; cross-feeds of one row nest in a channel above it; a wire that was
searched for is marked as a fallback and counted. Once a wire is lost nothing more is searched for: the form is lost.
"""

from __future__ import annotations

from dataclasses import dataclass

from tierline.diagrams.layout.bands import Placed
from tierline.diagrams.layout.channel import TRACK, Net, channels, in_tracks
from tierline.diagrams.layout.drawing import Drawing
from tierline.diagrams.layout.field import Field
from tierline.diagrams.layout.router import corners, plain, round_about, stepped
from tierline.diagrams.layout.search import search
from tierline.diagrams.order import natural
from tierline.diagrams.scene import Point
from tierline.diagrams.view import Bay

DOWN, UP, RIGHT = (0, 1), (0, -1), (1, 0)


@dataclass(frozen=True, slots=True)
class Loose:
    """A bay that ends in the air: what comes last, where, and where it must arrive."""

    bay: Bay
    last: str
    start: Point
    goal: Point
    level: str
    group: str
    way: Point = DOWN
    """In which direction it arrives."""

    @property
    def net(self) -> Net:
        return Net(self.bay.id, self.start, self.goal)


@dataclass(slots=True)
class Wiring:
    placed: Placed
    drawing: Drawing
    ground: Field

    def route(self, loose: list[Loose]) -> None:
        """Row by row from the top; within a row all that keep their place in the channel, then the others."""
        for one in loose:  # a wire may touch the bars it belongs to
            self.ground.free(one.start, DOWN, 1)
            self.ground.free(one.goal, UP if one.way == DOWN else (-one.way[0], 0), 1)
        for one in loose:
            if one.way != DOWN and not self.drawing.lost:
                self._aside(one)
        loose = [one for one in loose if one.way == DOWN]
        by_name = {one.bay.id: one for one in loose}
        left: list[str] = []
        down = [one.net for one in loose if one.goal[1] - one.start[1] >= 2 * TRACK]
        left += [one.bay.id for one in loose if one.goal[1] - one.start[1] < 2 * TRACK]
        for channel in channels(down):
            straight = [net for net in channel if plain(self.ground, net.start, net.goal)]
            for net in straight:
                self._put(by_name[net.id], (net.start, net.goal))
            left += self._channel([net for net in channel if net not in straight], by_name)
        for name in sorted(left, key=natural):
            if not self.drawing.lost:
                self._single(by_name[name])

    def _channel(self, nets: list[Net], by_name: dict[str, Loose]) -> list[str]:
        """The wires of a channel, the lowest track first; returns those that found no place on theirs."""
        left: list[str] = []
        ceiling: dict[str, int] = {}
        for track in in_tracks(nets):
            for net in track:
                top = min((y for name, y in ceiling.items() if _meets(by_name[name].net, net)), default=net.goal[1])
                heights = range(top - TRACK, net.start[1], -TRACK)
                step = stepped(self.ground, net.start, net.goal, heights)
                if step is None:
                    left.append(net.id)
                    continue
                ceiling[net.id] = step.height
                self._put(by_name[net.id], corners(net.start, net.goal, step.height))
        return left

    def _aside(self, one: Loose) -> None:
        """Down, and across to the side of what hangs in the column."""
        points = cornered(self.ground, one.start, one.goal)
        if points is not None:
            self._put(one, points)
            return
        found = search(self.ground, one.start, DOWN, one.goal, one.way)
        if found is None:
            self.drawing.lost += 1
        else:
            self._put(one, found, fallback=True)

    def _single(self, one: Loose) -> None:
        points, ruled = way_down(self.ground, one.start, one.goal)
        if points is None:
            self.drawing.lost += 1
        else:
            self._put(one, points, fallback=not ruled)

    def _put(self, one: Loose, points: tuple[Point, ...], fallback: bool = False) -> None:
        self.ground.occupy(points)
        self.drawing.add_wire(
            one.last, one.bay.bottom, points, one.bay, one.level, one.group, one.bay.runs[-1], fallback
        )

    # ties

    def joined(
        self, a: str, b: str, ends: tuple[Point, Point], kept: tuple[Bay, str, str, tuple[str, ...]]
    ) -> None:
        """One piece of a tie, from left to right."""
        if self.drawing.lost:
            return
        bay, level, group, runs = kept
        points = sideways(self.ground, *ends)
        fallback = points is None
        if points is None:
            points = search(self.ground, ends[0], RIGHT, ends[1], RIGHT)
        if points is None:
            self.drawing.lost += 1
            return
        self.ground.occupy(points)
        self.drawing.add_wire(a, b, points, bay, level, group, runs, fallback)


def _meets(one: Net, other: Net) -> bool:
    return one.span[0] - TRACK <= other.span[1] and other.span[0] - TRACK <= one.span[1]


def way_down(ground: Field, start: Point, goal: Point) -> tuple[tuple[Point, ...] | None, bool]:
    """From a terminal down to one below, or round to it; with whether a rule found the way."""
    step = stepped(ground, start, goal)
    if step is not None:
        return corners(start, goal, step.height), True
    points = round_about(ground, start, goal)
    if points is not None:
        return points, True
    return search(ground, start, DOWN, goal, DOWN), False


def cornered(ground: Field, start: Point, goal: Point) -> tuple[Point, ...] | None:
    """Straight down, and straight across."""
    (x1, y1), (x2, y2) = ground.local(start), ground.local(goal)
    sign = 1 if x2 > x1 else -1
    if y2 - y1 < 1 or abs(x2 - x1) < 1 or not ground.turns(x1, y2):
        return None
    down = ground.down(x1, y1 + 1, y2 - 1) if y2 - y1 > 1 else 0
    level = ground.across(y2, x1 + sign, x2 - sign) if abs(x2 - x1) > 1 else 0
    return None if down is None or level is None else (start, (start[0], goal[1]), goal)


def sideways(ground: Field, start: Point, goal: Point) -> tuple[Point, ...] | None:
    """Straight to the right, or right, up or down, and right: the fewest crossings, then the nearest to the start."""
    (x1, y1), (x2, y2) = ground.local(start), ground.local(goal)
    if x2 <= x1:
        return None
    if y1 == y2:
        crossed = ground.across(y1, x1 + 1, x2 - 1) if x2 - x1 > 1 else 0
        return None if crossed is None else (start, goal)
    best: tuple[int, int] | None = None
    for x in range(x1 + 1, x2):
        if not (ground.turns(x, y1) and ground.turns(x, y2)):
            continue
        pieces = [ground.across(y1, x1 + 1, x - 1) if x - x1 > 1 else 0]
        pieces.append(ground.across(y2, x + 1, x2 - 1) if x2 - x > 1 else 0)
        low, high = min(y1, y2) + 1, max(y1, y2) - 1
        pieces.append(ground.down(x, low, high) if low <= high else 0)
        total = [one for one in pieces if one is not None]
        if len(total) == len(pieces) and (best is None or sum(total) < best[0]):
            best = (sum(total), x)
    if best is None:
        return None
    at = ground.point((best[1], 0))[0]
    return (start, (at, start[1]), (at, goal[1]), goal)
