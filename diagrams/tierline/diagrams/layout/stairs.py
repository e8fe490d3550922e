"""The form every net of power can be drawn in: each node in columns of its own, where nothing stands in a wire's way.

Promises: what leaves a node goes down in columns that are the node's alone, and across in a channel where nothing
stands; so wires cross, and do nothing else. Every wire between nodes is marked as a fallback: no rule of a one-line
drawing chose its way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tierline.diagrams.layout.bands import Placed
from tierline.diagrams.layout.blocks import OVERHANG, battery_reach, column
from tierline.diagrams.layout.cells import height, node_cell, node_symbol, node_words, up, width
from tierline.diagrams.layout.channel import TRACK, Net, in_tracks
from tierline.diagrams.layout.contour import Block
from tierline.diagrams.layout.place import inputs
from tierline.diagrams.layout.rows import bay_height, drops, longest
from tierline.diagrams.layout.trees import BARS, Forest
from tierline.diagrams.order import natural
from tierline.diagrams.scene import Point
from tierline.diagrams.view import Bay, Node, View

_APART = 20
_BARE = 80


@dataclass(slots=True)
class Stairs:
    """Nodes in layers, each to the right of the one before; `risers` are the ways of what runs back upwards."""

    view: View
    layer: dict[str, int]
    ports: dict[str, int]
    block: Block = field(default_factory=Block)
    bars: dict[str, Point] = field(default_factory=dict)
    risers: dict[str, int] = field(default_factory=dict)
    x: int = 0

    def rises(self, bay: Bay) -> bool:
        return self.layer[bay.top] >= self.layer[bay.bottom]

    def add(self, node: Node, into: list[Bay], out: list[Bay]) -> None:
        shape = node_symbol(node, len(into))
        if shape is None:
            self._bar(node, into, out)
        else:
            x1, _, x2, _ = node_cell(node, shape)
            at = shape.outs[0][0] if shape.outs else 0
            sides = [_sides(bay) for bay in out]
            left = min([x1 - battery_reach(node), *(at + one for one, _ in sides)])
            right = max([x2, *(at + two for _, two in sides)])
            centre = up(self.x - left)
            self.block.nodes[node.id] = centre
            self.block.bays |= {bay.id: centre + at for bay in out}
            self.x = up(centre + right)
        for bay in out:
            if self.rises(bay):
                self.x += TRACK
                self.risers[bay.id] = self.x
        self.x += 2 * _APART

    def _bar(self, node: Node, into: list[Bay], out: list[Bay]) -> None:
        first = up(self.x + width(node_words(node)) + _APART)
        x = first + OVERHANG - _APART
        for bay in into:
            x += _APART
            self.block.landings[bay.id] = x
        for bay in out:
            left, right = _sides(bay)
            x = up(x + _APART - left)
            self.block.bays[bay.id] = x
            x = up(x + right)
        last = max([*(self.block.landings[bay.id] for bay in into), *(self.block.bays[bay.id] for bay in out), first])
        self.bars[node.id] = (first, last + OVERHANG if into or out else first + _BARE)
        self.x = max(x, self.bars[node.id][1])


def _sides(bay: Bay) -> Point:
    """How far the devices of a bay reach to the left and to the right."""
    boxes = [box for box, _ in column(bay, 0, bay_height(bay), hanging=True).boxes]
    return min(box[0] for box in boxes), max(box[2] for box in boxes)


def stairs(view: View) -> tuple[Placed, dict[str, tuple[Point, ...]]]:
    """Where everything stands, and the corners of every bay from below its devices to where it arrives."""
    layer = _layers(view)
    view = _without_ties(view, layer)
    placer = Stairs(view, layer, inputs(view))
    into, out = view.incoming(), view.outgoing()
    lanes = {lane: 2 * n for n, lane in enumerate(view.lanes())}
    middle = len(lanes) - 1
    for name in sorted(view.nodes, key=lambda one: (lanes.get(view.nodes[one].lane, middle), natural(one))):
        placer.add(view.nodes[name], into[name], out[name])
    forest = Forest(across=frozenset(bay.id for bay in view.bays))
    y, drop = dict.fromkeys(view.nodes, 0), drops(view)
    placed = Placed(view, y, drop, forest, placer.ports, placer.block, placer.bars, frozenset())
    return placed, _ways(placer, placed)


def _layers(view: View) -> dict[str, int]:
    steps: dict[str, list[tuple[str, int]]] = {name: [] for name in view.nodes}
    for bay in view.bays:
        if not bay.tie and bay.top != bay.bottom:
            steps[bay.top].append((bay.bottom, TRACK))
    return longest(steps, dict.fromkeys(view.nodes, 0))


def _without_ties(view: View, layer: dict[str, int]) -> View:
    """Ties run down like all else, from the board that stands higher."""
    bays = []
    for bay in view.bays:
        if bay.tie and (layer[bay.top], natural(bay.top)) > (layer[bay.bottom], natural(bay.bottom)):
            bay = replace(bay, top=bay.bottom, bottom=bay.top, parts=bay.parts[::-1], runs=bay.runs[::-1])
        bays.append(replace(bay, tie=False))
    return View(view.nodes, tuple(bays))


def _ways(placer: Stairs, placed: Placed) -> dict[str, tuple[Point, ...]]:
    """Layer by layer: its channel, its nodes, their devices, and what turns round to run back up."""
    layers: dict[int, list[str]] = defaultdict(list)
    for name in placed.view.nodes:
        layers[placer.layer[name]].append(name)
    channels = {level: _channel(placer, placed, set(names)) for level, names in layers.items()}
    out, y = placed.view.outgoing(), 0
    track: dict[str, int] = {}
    turn: dict[str, int] = {}
    for level, names in sorted(layers.items()):
        y += TRACK * len(channels[level])
        track |= {net.id: y - TRACK * n for n, nets in enumerate(channels[level]) for net in nets}
        head, depth = _reach(placed, names, out)
        y = up(y + head)
        placed.y.update(dict.fromkeys(names, y))
        y = up(y + depth)
        risers = [[bay.id for bay in out[name] if bay.id in placer.risers] for name in names]
        turn |= {one: y + TRACK * n for own in risers for n, one in enumerate(reversed(own), 1)}
        y += TRACK * (max(map(len, risers)) + 2)
    return {bay.id: _points(placer, placed, bay, track[bay.id], turn.get(bay.id)) for bay in placed.view.bays}


def _channel(placer: Stairs, placed: Placed, names: set[str]) -> list[list[Net]]:
    """Who shares a track above a layer; heights do not matter yet."""
    nets = []
    for bay in placed.view.bays:
        if bay.bottom in names:
            start = placer.risers.get(bay.id, placer.block.bays[bay.id])
            nets.append(Net(bay.id, (start, 0), (placed.target(bay)[0], 0)))
    return in_tracks(nets)


def _reach(placed: Placed, names: Iterable[str], out: dict[str, list[Bay]]) -> Point:
    """How far the nodes of a layer reach above and below their terminals, devices and labels with them."""
    head, depth = 2 * TRACK, 2 * TRACK
    for name in names:
        node = placed.view.nodes[name]
        shape = node_symbol(node, len(placed.view.incoming()[name]))
        if node.role in BARS or shape is None:
            top = bottom = height(node_words(node)) // 2 + TRACK
        else:
            _, above, _, bottom = node_cell(node, shape)
            top = TRACK - above
        head = max(head, top)
        depth = max([depth, bottom, *(placed.drop[name] + bay_height(bay) for bay in out[name])])
    return head, depth


def _points(placer: Stairs, placed: Placed, bay: Bay, track: int, turn: int | None) -> tuple[Point, ...]:
    x, goal = placer.block.bays[bay.id], placed.target(bay)
    if turn is None:
        return ((x, track), (goal[0], track), goal)
    riser = placer.risers[bay.id]
    return ((x, turn), (riser, turn), (riser, track), (goal[0], track), goal)
