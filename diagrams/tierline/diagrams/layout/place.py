"""The whole sheet placed: path A to the left, path B mirrored to the right, what belongs to none between
them.

Promises: bars never run over what does not hang on them: a straight bay that would force one to is given up
and routed, one at a time, until none does.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from tierline.diagrams.layout.blocks import GAP, Builder, bar_span
from tierline.diagrams.layout.contour import Block, near, row
from tierline.diagrams.layout.rows import CHANNEL, drops, rows
from tierline.diagrams.layout.trees import BARS, Forest, forest, roots
from tierline.diagrams.order import natural
from tierline.diagrams.scene import Box
from tierline.diagrams.view import Bay, Role, View

LANE_GAP = 120
"""Between the two paths; ties add their own room."""


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


def place(view: View, spread: int = 1) -> Placed:
    """Place all nodes and straight bays of a view; `spread` widens the lanes between them."""
    banned: frozenset[str] = frozenset()
    while True:
        placed = _attempt(view, banned, spread)
        obstacle = _in_the_way(placed)
        if obstacle is None:
            return placed
        banned |= obstacle


def _attempt(view: View, banned: frozenset[str], spread: int) -> Placed:
    trees = forest(view, banned)
    y = rows(view, trees.across, CHANNEL * spread)
    ports = _ports(view)
    builder = Builder(
        view,
        trees,
        y,
        drops(view),
        ports,
        view.outgoing(),
        view.incoming(),
        GAP * spread,
        {bay.id: bay.bottom for bay in view.bays},
    )
    lanes = view.lanes()
    stacks: dict[str, list[Block]] = {lane: [] for lane in ("", *lanes)}
    for root in roots(view, trees):
        stacks[view.nodes[root].lane].append(builder.build(root))
    gap = LANE_GAP // 2 * spread
    ready = {lane: row(blocks, gap) for lane, blocks in stacks.items()}
    if len(lanes) == 2:
        whole, spans = _mirrored(ready, lanes)
        right = lanes[1]
    else:
        whole, spans = _in_a_row(ready, lanes)
        right = "~"
    bars = {
        name: bar_span(builder.taps(name, whole)) if builder.taps(name, whole) else _alone(whole, name)
        for name, node in view.nodes.items()
        if node.role in BARS
    }
    mirrored = frozenset(name for name, node in view.nodes.items() if node.lane == right)
    return Placed(view, y, builder.drop, trees, ports, whole, bars, mirrored, spans)


def _alone(whole: Block, name: str) -> tuple[int, int]:
    """The extent of a bar nothing is straight on: its own box, without its label."""
    boxes = [box for box, owner in whole.boxes if owner == name]
    return (boxes[0][0], boxes[0][2])


def _ports(view: View) -> dict[str, int]:
    """Which input each bay takes: selectors by preference, loads by path."""
    found: dict[str, int] = {}
    for name, bays in view.incoming().items():
        node = view.nodes[name]
        if node.role is Role.LOAD:
            bays = sorted(bays, key=lambda bay: (view.nodes[bay.top].lane, bay.rank, natural(bay.id)))
        found |= {bay.id: n for n, bay in enumerate(bays)}
    return found


def _mirrored(ready: dict[str, Block], lanes: tuple[str, ...]) -> tuple[Block, dict[str, tuple[int, int]]]:
    """Two paths about the axis x = 0, the common part on it; both at the same distance."""
    left, right, middle = ready[lanes[0]], ready[lanes[1]], ready[""]
    x1, x2 = middle.span()
    middle = middle.moved(-((x1 + x2) // 2) // 10 * 10)
    shift = min(_clear(left, middle), _clear(right, middle.mirrored()))
    left, right = left.moved(shift), right.moved(shift).mirrored()
    spans = {lanes[0]: left.span(), lanes[1]: right.span()}
    left.take(middle)
    left.take(right)
    return left, spans


def _clear(block: Block, middle: Block) -> int:
    """How far a block must move so that it lies left of the axis and of what stands on it."""
    right, edge = block.right(), middle.left()
    reach = [edge[step] - right[step] - 20 for step in right.keys() & edge.keys()]
    return min([*reach, -LANE_GAP // 2 - block.span()[1]]) // 10 * 10


def _in_a_row(ready: dict[str, Block], lanes: tuple[str, ...]) -> tuple[Block, dict[str, tuple[int, int]]]:
    whole, spans = Block(), {}
    for lane in lanes:
        block = ready[lane]
        if whole.boxes:
            block = block.moved((whole.span()[1] - block.span()[0] + LANE_GAP) // 10 * 10)
        spans[lane] = block.span()
        whole.take(block)
    common = ready[""]
    if not whole.boxes:
        return common, {}
    (a, b), (c, d) = whole.span(), common.span()
    whole.take(near(whole, common, (a + b - c - d) // 2, LANE_GAP // 2))
    return whole, spans


def _in_the_way(placed: Placed) -> frozenset[str] | None:
    """Bays to give up because a bar would run over something; None when all is clear."""
    view = placed.view
    for name, (x1, x2) in placed.bars.items():
        y = placed.y[name]
        own = {name} | {bay.id for bay in view.bays if name in (bay.top, bay.bottom)}
        span = (x1 - 5, y - 8, x2 + 5, y + 8)
        bars = [
            ((a - 15, placed.y[other] - 8, b + 15, placed.y[other] + 8), other)
            for other, (a, b) in placed.bars.items()
            if other > name
        ]
        for box, owner in (*bars, *placed.block.boxes):
            if owner not in own and _overlap(span, box):
                given_up = _turning(placed, name, owner)
                if given_up:
                    return given_up
    return None


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _turning(placed: Placed, bar: str, owner: str) -> frozenset[str]:
    """The bays of the last turn on the way from a bar to what stands in its way."""
    view, trees = placed.view, placed.forest
    bays: dict[str, Bay] = {bay.id: bay for bay in view.bays}
    goal = {owner} if owner in view.nodes else {bays[owner].top, bays[owner].bottom}
    came: dict[str, tuple[str, frozenset[str], bool]] = {}
    todo = [bar]
    while todo:
        name = todo.pop()
        links = [*trees.links[name], *trees.hangs[name]]
        links += [
            link for below in trees.hangs.values() for link in below if link.top == name and link not in links
        ]
        for link in links:
            other = link.other(name)
            if other not in came and other != bar:
                came[other] = (name, frozenset(bay.id for bay in link.bays), link.bottom == name)
                todo.append(other)
    ends = sorted(goal & came.keys(), key=natural)
    if not ends:
        return _outermost(placed, bar)
    path = []
    name = ends[0]
    while name != bar:
        before, ids, rises = came[name]
        path.append((ids, rises))
        name = before
    path.reverse()
    for (_, first), (ids, second) in itertools.pairwise(path):
        if first != second:
            return ids
    return path[-1][0] if len(path) > 1 else _outermost(placed, bar)


def _outermost(placed: Placed, bar: str) -> frozenset[str]:
    """The straight bays of a bar that reach farthest: giving them up makes it shorter."""
    x1, x2 = placed.bars[bar]
    far = [
        (abs(2 * placed.block.bays[bay.id] - x1 - x2), bay.id)
        for bay in placed.view.bays
        if bar in (bay.top, bay.bottom) and bay.id in placed.block.bays and bay.id not in placed.forest.across
    ]
    return frozenset({max(far)[1]}) if len(far) > 1 else frozenset()
