"""Feeders that would step aside to a bar come straight down, where the bar can reach out to them.

Promises: a bar only grows where nothing stands or is to be wired; a feeder from another path is never drawn into it.
"""

from __future__ import annotations

from tierline.diagrams.layout.bands import Placed
from tierline.diagrams.layout.blocks import RESERVED, bar_span
from tierline.diagrams.layout.cells import height, node_words, width
from tierline.diagrams.layout.rows import bay_height
from tierline.diagrams.layout.trees import BARS
from tierline.diagrams.scene import Box
from tierline.diagrams.view import Bay

_CLEAR = 8
"""Beside a wire."""
_ABOUT = 14
"""Above and below a bar."""


def straighten(placed: Placed) -> None:
    """Every such feeder, in the order of bays; each sees what the ones before it have taken."""
    view = placed.view
    for bay in view.bays:
        into = bay.id in placed.forest.across and view.nodes[bay.bottom].role in BARS
        if into and view.nodes[bay.top].lane == view.nodes[bay.bottom].lane:
            _try(placed, bay)


def _try(placed: Placed, bay: Bay) -> None:
    view, block, bar = placed.view, placed.block, placed.view.nodes[bay.bottom]
    x, y = block.bays[bay.id], placed.y[bay.bottom]
    start = placed.foot(bay.top) + bay_height(bay)
    if x == block.landings[bay.id] or start >= y - _ABOUT:
        return
    own = {one.id for one in view.bays if not one.tie and bay.bottom in (one.top, one.bottom)}
    taps = [block.landings.get(one, block.bays[one]) for one in own if one != bay.id and one in block.bays]
    x1, x2 = bar_span([*taps, x])
    old = placed.bars[bay.bottom]
    if (x1, x2) == old and any(abs(x - tap) < 2 * _CLEAR for tap in taps):
        return
    label = width(node_words(bar)) + 2 * _ABOUT
    half = max(_ABOUT, height(node_words(bar)) // 2 + 22)
    wanted: list[Box] = [(x - _CLEAR, start, x + _CLEAR, y - _ABOUT)]
    wanted += [(x1 - label, y - half, old[0], y + half)] if x1 < old[0] else []
    wanted += [(old[1], y - half, x2 + label, y + half)] if x2 > old[1] else []
    bars = [
        ((a - 20, placed.y[name] - _ABOUT, b + 20, placed.y[name] + _ABOUT), name)
        for name, (a, b) in placed.bars.items()
        if name != bay.bottom
    ]
    for box, owner in (*bars, *block.boxes):
        if owner in own | {bay.bottom} or _own_way(box, owner, x):
            continue
        if any(_overlap(box, one) for one in wanted):
            return
    block.landings[bay.id] = x
    placed.bars[bay.bottom] = (x1, x2)
    block.boxes += [(one, bay.bottom) for one in wanted]


def _own_way(box: Box, owner: str, x: int) -> bool:
    """What is kept free for the wire itself."""
    return owner == RESERVED and box[0] == x - 5 and box[2] == x + 5


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
