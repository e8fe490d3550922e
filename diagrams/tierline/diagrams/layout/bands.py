"""The common part of a sheet in bands, and how far down each row must stand so that wires reach it freely.

Promises: what stands in one band is in the order of the paths that feed it; boards that are tied stand side by side; a
row only ever moves down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tierline.diagrams.layout.blocks import RESERVED
from tierline.diagrams.layout.cells import node_symbol
from tierline.diagrams.layout.channel import TRACK, Net, channels, in_tracks
from tierline.diagrams.layout.column import is_aside
from tierline.diagrams.layout.contour import Block, near
from tierline.diagrams.layout.rows import FOOT, bay_height
from tierline.diagrams.layout.trees import BARS, Forest
from tierline.diagrams.order import in_order, natural
from tierline.diagrams.scene import Point
from tierline.diagrams.view import Bay, View

_ONE_ROW = 70
"""Rows of the common part that are nearer than this become one."""
_TIE_LABEL = 40
"""What stands above a tie."""


@dataclass(slots=True)
class Placed:
    """Absolute places: x of nodes, bays and landings, y of nodes, the extent of every bar."""

    view: View
    y: dict[str, int]
    drop: dict[str, int]
    forest: Forest
    ports: dict[str, int]
    block: Block
    bars: dict[str, tuple[int, int]]
    mirrored: frozenset[str]
    """Nodes of the right path."""
    lanes: dict[str, tuple[int, int]] = field(default_factory=dict)
    """From where to where each path reaches."""

    def foot(self, name: str) -> int:
        return self.y[name] + self.drop[name]

    def target(self, bay: Bay) -> Point:
        """Where a routed bay arrives."""
        y, node = self.y[bay.bottom], self.view.nodes[bay.bottom]
        if node.role in BARS:
            return self.block.landings[bay.id], y
        shape = node_symbol(node, len(self.view.incoming()[bay.bottom]))
        dx, dy = shape.entry(self.ports[bay.id]) if shape is not None else (0, 0)
        sign = -1 if bay.bottom in self.mirrored else 1
        return self.block.nodes[bay.bottom] + sign * dx, y + dy

    def nets(self) -> list[Net]:
        """What must be routed downwards."""
        found = []
        for bay in self.view.bays:
            if bay.id in self.forest.across:
                start = (self.block.bays[bay.id], self.foot(bay.top) + bay_height(bay))
                found.append(Net(bay.id, start, self.target(bay)))
        return found


@dataclass(slots=True)
class Tree:
    root: str
    members: set[str]
    block: Block = field(default_factory=Block)


def in_bands(
    view: View, forest: Forest, y: dict[str, int], trees: list[Tree], build: Callable[[Tree], Block]
) -> list[list[Tree]]:
    """The common trees, those that overlap in height together, each band in the order of what feeds it."""
    for tree in trees:
        tree.block = build(tree)
    bands: list[list[Tree]] = []
    floor = None
    for tree in sorted(trees, key=lambda one: (_extent(one)[0], natural(one.root))):
        top, bottom = _extent(tree)
        if floor is None or top >= floor:
            bands.append([])
            floor = bottom
        floor = max(floor, bottom)
        bands[-1].append(tree)
    weight = _weights(view, trees)
    return [
        in_tie_order(view, sorted(band, key=lambda one: (weight[one.root], natural(one.root)))) for band in bands
    ]


def _extent(tree: Tree) -> tuple[int, int]:
    boxes = [box for box, owner in tree.block.boxes if owner != RESERVED]
    return (min(box[1] for box in boxes), max(box[3] for box in boxes)) if boxes else (0, 0)


def _weights(view: View, trees: Iterable[Tree]) -> dict[str, float]:
    """The mean place of the paths each tree is joined to."""
    index = {lane: n for n, lane in enumerate(view.lanes())}
    near_to: dict[str, list[int]] = defaultdict(list)
    for bay in view.bays:
        for one, other in ((bay.top, bay.bottom), (bay.bottom, bay.top)):
            if view.nodes[other].lane:
                near_to[one].append(index[view.nodes[other].lane])
    found = {}
    for tree in trees:
        lanes = [n for name in tree.members for n in near_to[name]]
        found[tree.root] = sum(lanes) / len(lanes) if lanes else (len(index) - 1) / 2
    return found


def in_tie_order(view: View, trees: list[Tree]) -> list[Tree]:
    """Trees whose boards are tied stand together, from one end of the row of ties to the other."""
    home = {name: tree for tree in trees for name in tree.members}
    ways: dict[str, set[str]] = defaultdict(set)
    for bay in view.bays:
        if bay.tie and bay.top in home and bay.bottom in home:
            one, other = home[bay.top].root, home[bay.bottom].root
            if one != other:
                ways[one].add(other)
                ways[other].add(one)
    by_root = {tree.root: tree for tree in trees}
    found: list[Tree] = []
    for tree in trees:
        if tree in found:
            continue
        group, todo = {tree.root}, [tree.root]
        while todo:
            for other in in_order(ways[todo.pop()] - group):
                group.add(other)
                todo.append(other)
        ends = [one for one in in_order(group) if len(ways[one]) <= 1] or in_order(group)
        walk: list[str] = []
        todo = [ends[0]]
        while todo:
            name = todo.pop()
            if name not in walk:
                walk.append(name)
                todo += reversed(in_order(ways[name] - set(walk)))
        found += [by_root[name] for name in walk]
    return found


def stacked_bands(bands: list[Block], gap: int) -> Block:
    """Every band about the axis, one below the other."""
    whole = Block()
    for band in bands:
        x1, x2 = band.span()
        moved = band.moved(-((x1 + x2) // 20) * 10)
        whole.take(near(whole, moved, 0, gap) if whole.boxes else moved)
    return whole


def floors_of(placed: Placed) -> dict[str, int]:
    """The rows that must stand lower, so that the channel above them is wide and clear; none when all is well."""
    view = placed.view
    bottoms = {bay.id: bay.bottom for bay in view.bays}
    found: dict[str, int] = {}
    wanted: dict[str, int] = {}
    down = [net for net in placed.nets() if net.goal[1] > net.start[1] and not is_aside(view.nodes[bottoms[net.id]])]
    for channel in channels(down):
        ends = {bottoms[net.id] for net in channel}
        y = channel[0].goal[1]
        need = _clear_height(placed, channel, ends, y)
        for name in ends:
            wanted[name] = max(need, y)
    common = sorted((name for name in wanted if not view.nodes[name].lane), key=lambda one: (wanted[one], natural(one)))
    rows: list[list[str]] = []
    for name in common if view.lanes() else ():
        if rows and wanted[name] - wanted[rows[-1][0]] < _ONE_ROW:
            rows[-1].append(name)
        else:
            rows.append([name])
    for row in rows:
        wanted |= dict.fromkeys(row, max(wanted[name] for name in row))
    for name, height in wanted.items():
        if height > placed.y[name]:
            found[name] = height
    return found


def _clear_height(placed: Placed, channel: list[Net], ends: set[str], y: int) -> int:
    """The height at which a row can be reached from all that feeds it."""
    room = 2 * TRACK + TRACK * len(in_tracks(channel))
    if any(bay.tie and bay.parts and (bay.top in ends or bay.bottom in ends) for bay in placed.view.bays):
        room += _TIE_LABEL
    starts = [net.start[1] for net in channel]
    starts += [
        placed.foot(bay.top) + bay_height(bay) - FOOT
        for bay in placed.view.bays
        if bay.bottom in ends and bay.parts and not bay.tie and placed.forest.hanging(bay)
    ]
    need = max(starts) + room
    bays = {bay.id: bay for bay in placed.view.bays}
    moving = _moving(placed.view, ends)
    own = ends | {net.id for net in channel}
    for box, owner in placed.block.boxes:
        if owner == RESERVED or owner in own or box[2] - box[0] <= TRACK:
            continue
        follows = owner in bays and bays[owner].bottom in moving and not placed.forest.hanging(bays[owner])
        if owner in moving or follows:
            continue
        if box[3] <= y - room or box[1] >= y - 4:
            continue
        if any(net.span[0] < box[2] and box[0] < net.span[1] for net in channel):
            need = max(need, box[3] + room)
    return -(-need // TRACK) * TRACK


def _moving(view: View, ends: set[str]) -> set[str]:
    """What goes down with a row: all below it, what is tied to it, the sources just above."""
    out, into = view.outgoing(), view.incoming()
    ties: dict[str, set[str]] = defaultdict(set)
    for bay in view.bays:
        if bay.tie:
            ties[bay.top].add(bay.bottom)
            ties[bay.bottom].add(bay.top)
    found, todo = set(ends), list(ends)
    while todo:
        name = todo.pop()
        for other in (*(bay.bottom for bay in out[name]), *ties[name]):
            if other not in found:
                found.add(other)
                todo.append(other)
    above = {bay.top for name in found for bay in into[name] if not into[bay.top]}
    return found | above


def under_roofs(placed: Placed) -> dict[str, int]:
    """A bar that hangs over more than two paths is a roof: the sources of those paths stand below it."""
    view = placed.view
    if len(view.lanes()) <= 2:
        return {}
    tops = {link.top for links in placed.forest.hangs.values() for link in links}
    found: dict[str, int] = {}
    for top in tops:
        x1, x2 = placed.bars[top]
        for box, owner in placed.block.boxes:
            source = owner in view.nodes and view.nodes[owner].lane and not view.incoming()[owner]
            if source and x1 < box[2] and box[0] < x2 and box[1] < placed.y[top] + 12:
                found[owner] = placed.y[top] + 2 * TRACK + placed.y[owner] - box[1]
    return found
