"""The whole sheet placed: path A to the left, path B mirrored to the right, what belongs to none between
them.

Promises: bars never run over what does not hang on them: a straight bay that would force one to is given up
and routed, one at a time, until none does.
"""

from __future__ import annotations

import itertools

from tierline.diagrams.lanes import stem
from tierline.diagrams.layout.aside import column_floors
from tierline.diagrams.layout.bands import Placed, Tree, floors_of, in_bands, in_tie_order, stacked_bands, under_roofs
from tierline.diagrams.layout.blocks import GAP, RESERVED, Builder, bar_span
from tierline.diagrams.layout.cells import up
from tierline.diagrams.layout.column import feeding, in_column, turns
from tierline.diagrams.layout.contour import Block, between, offset, row
from tierline.diagrams.layout.ordering import Ordering
from tierline.diagrams.layout.rows import bay_height, drops, rows
from tierline.diagrams.layout.straighten import straighten
from tierline.diagrams.layout.trees import BARS, Forest, forest, members, roots
from tierline.diagrams.order import natural
from tierline.diagrams.scene import Box
from tierline.diagrams.view import Bay, Role, View

LANE_GAP = 120
"""Between the two paths; ties add their own room."""
_ROUNDS = 8
"""So often rows are moved down to clear the channels above them."""


def place(view: View, spread: int = 1) -> Placed:
    """Place all nodes and straight bays of a view; `spread` widens the lanes between them."""
    banned: frozenset[str] = frozenset()
    floors: dict[str, int] = {}
    rounds = roofs = 0
    while True:
        placed = _attempt(view, banned, floors, spread)
        lowered = under_roofs(placed)
        if roofs < _ROUNDS and any(height > floors.get(name, 0) for name, height in lowered.items()):
            floors |= lowered
            roofs += 1
            continue
        obstacle = _in_the_way(placed)
        if obstacle is not None:
            banned |= _on_all_paths(view, obstacle)
            continue
        raised = floors_of(placed) | column_floors(placed) if rounds < _ROUNDS else {}
        if not raised:
            straighten(placed)
            return placed
        floors |= raised
        rounds += 1


def _attempt(view: View, banned: frozenset[str], floors: dict[str, int], spread: int) -> Placed:
    trees = forest(view, banned)
    y = rows(view, trees.across, floors)
    y |= {bay.bottom: y[bay.top] - bay_height(bay) for bay in view.bays if bay.bottom in trees.turned}
    ports, drop = inputs(view), drops(view)
    bottoms = {bay.id: bay.bottom for bay in view.bays}
    places: dict[str, int] = {}
    out, into = view.outgoing(), view.incoming()
    order = Ordering(view, y, trees.across, bottoms, places, turns(view))
    builder = Builder(view, trees, y, drop, ports, out, into, GAP * spread, order)
    lanes, gap = view.lanes(), LANE_GAP // 2 * spread
    stacks: dict[str, list[Tree]] = {lane: [] for lane in ("", *lanes)}
    for root in roots(view, trees):
        stacks[view.nodes[root].lane].append(Tree(root, members(root, trees.links)))
    for lane in lanes:
        stacks[lane].sort(key=lambda tree: _leaning(view, trees, tree))
    hung = {name: tree for tree in stacks[""] for name in in_column(view) if name in tree.members}
    middle = [tree for tree in stacks[""] if tree not in hung.values()]
    common = in_bands(view, trees, y, middle, lambda tree: builder.build(tree.root)) if lanes else []
    places |= {name: n for n, tree in enumerate(one for band in common for one in band) for name in tree.members}
    ready = {
        lane: row((builder.build(tree.root) for tree in in_tie_order(view, stacks[lane])), gap)
        for lane in (lanes or ("",))
    }
    hanging = {name: _about(builder.build(tree.root), name) for name, tree in hung.items()}
    bands = [row((tree.block for tree in band), gap) for band in common]
    if len(lanes) == 2:
        ready[""] = stacked_bands(bands, gap)
        for block in hanging.values():
            ready[""].take(block)
        whole, spans = _mirrored(ready, lanes)
    else:
        whole, spans = _in_a_row(ready, lanes, bands, [_midway(view, *one) for one in hanging.items()])
    bars = {
        name: bar_span(builder.taps(name, whole)) if builder.taps(name, whole) else _alone(whole, name)
        for name, node in view.nodes.items()
        if node.role in BARS
    }
    return Placed(view, y, drop, trees, ports, whole, bars, _right(view, ports), spans)


def _right(view: View, ports: dict[str, int]) -> frozenset[str]:
    """What is drawn as its mirror image: all of the right path, and what hangs in the column and prefers it."""
    lanes = view.lanes()
    right = lanes[1] if len(lanes) == 2 else "~"
    first = {bay.bottom: view.nodes[bay.top].lane for bay in view.bays if ports.get(bay.id) == 0}
    found = {name for name, node in view.nodes.items() if node.lane == right}
    return frozenset(found | {name for name in in_column(view) if first[name] == right})


def _leaning(view: View, trees: Forest, tree: Tree) -> int:
    """How much of it runs to other paths: nothing, some, half or more. The more, the nearer it stands to them."""
    own = [bay for bay in view.bays if bay.top in tree.members and not bay.tie]
    lane = view.nodes[tree.root].lane
    out = sum(bay.id in trees.across and view.nodes[bay.bottom].lane != lane for bay in own)
    return (out > 0) + (2 * out >= len(own) > 0)


def _alone(whole: Block, name: str) -> tuple[int, int]:
    """The extent of a bar nothing is straight on: its own box, without its label."""
    boxes = [box for box, owner in whole.boxes if owner == name]
    return (boxes[0][0], boxes[0][2])


def inputs(view: View) -> dict[str, int]:
    """Which input each bay takes: selectors by preference; loads and UPS, whose inputs are alike, by path, from the
    outer side to the inner one, with what comes from no path between."""
    found: dict[str, int] = {}
    lanes = view.lanes()
    index = {lane: float(n) for n, lane in enumerate(lanes)}
    middle = (len(lanes) - 1) / 2
    for name, bays in view.incoming().items():
        node = view.nodes[name]
        if node.role is Role.LOAD or node.kind == "ups":
            sign = -1 if len(lanes) == 2 and node.lane == lanes[1] else 1
            place = {bay.id: sign * index.get(view.nodes[bay.top].lane, middle) for bay in bays}
            bays = sorted(bays, key=lambda bay: (place[bay.id], bay.rank, natural(bay.id)))
        found |= {bay.id: n for n, bay in enumerate(bays)}
    return found


def _mirrored(ready: dict[str, Block], lanes: tuple[str, ...]) -> tuple[Block, dict[str, tuple[int, int]]]:
    """Two paths about the axis x = 0, the common part on it; both at the same distance."""
    left, right, middle = ready[lanes[0]], ready[lanes[1]], ready[""]
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


def _midway(view: View, name: str, block: Block) -> tuple[tuple[int, int], str, Block]:
    """What hangs in the row of paths: between which two, or under which way of the middle one."""
    fed = feeding(view, name)
    pair = fed[(len(fed) - 1) // 2], fed[len(fed) // 2]
    lane = view.lanes()[pair[0]]
    above = [bay.id for bay in view.bays if bay.bottom == name and view.nodes[bay.top].lane == lane]
    return pair, above[0] if len(fed) % 2 else "", block


def _about(block: Block, name: str) -> Block:
    return block.moved(-block.nodes[name])


def _in_a_row(
    ready: dict[str, Block], lanes: tuple[str, ...], bands: list[Block], hung: list[tuple[tuple[int, int], str, Block]]
) -> tuple[Block, dict[str, tuple[int, int]]]:
    """Any number of paths side by side, what hangs between two of them midway, each band of the common part about the
    middle of all."""
    if not lanes:
        return ready[""], {}
    whole, spans = Block(), {}
    for n, lane in enumerate(lanes):
        block = ready[lane]
        if whole.boxes:
            least = [whole.span()[1] - block.span()[0] + GAP, offset(whole, block, LANE_GAP // 2)]
            for _, _, piece in (one for one in hung if one[0] == (n - 1, n)):
                least.append(offset(piece.moved(offset(whole, piece, 2 * GAP)), block, 2 * GAP))
            block = block.moved(up(max(least)))
        spans[lane] = block.span()
        whole.take(block)
    a, b = whole.span()
    for (one, other), above, piece in hung:
        middle = (spans[lanes[one]][1] + spans[lanes[other]][0]) // 20 * 10
        whole.take(piece.moved(whole.bays[above] if above else middle))
    for band in bands:
        c, d = band.span()
        if band.boxes:
            whole.take(between(whole, band, (a + b - c - d) // 2, GAP))
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
            if owner not in own and owner != RESERVED and _overlap(span, box):
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


def _on_all_paths(view: View, bays: frozenset[str]) -> frozenset[str]:
    """With those that are alike on the other paths, which are treated alike."""

    def alike(bay: Bay) -> tuple[str, str, str]:
        return stem(bay.id), stem(bay.top), stem(bay.bottom)

    like = {alike(bay) for bay in view.bays if bay.id in bays}
    return bays | {bay.id for bay in view.bays if alike(bay) in like}


def _outermost(placed: Placed, bar: str) -> frozenset[str]:
    """The straight bays of a bar that reach farthest: giving them up makes it shorter."""
    x1, x2 = placed.bars[bar]
    far = [
        (abs(2 * placed.block.bays[bay.id] - x1 - x2), bay.id)
        for bay in placed.view.bays
        if bar in (bay.top, bay.bottom) and bay.id in placed.block.bays and bay.id not in placed.forest.across
    ]
    return frozenset({max(far)[1]}) if len(far) > 1 else frozenset()
