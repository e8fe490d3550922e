"""Blocks of things already placed among themselves, and how close two blocks may come.

Promises: two packed blocks never overlap, whatever their outlines; whole steps of the grid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tierline.diagrams.scene import Box

_STEP = 10


@dataclass(slots=True)
class Block:
    """Boxes with their owners, and the x of nodes and bays, all movable together."""

    boxes: list[tuple[Box, str]] = field(default_factory=list)
    nodes: dict[str, int] = field(default_factory=dict)
    bays: dict[str, int] = field(default_factory=dict)
    landings: dict[str, int] = field(default_factory=dict)
    """Where a routed bay comes down on a bar."""

    def moved(self, dx: int) -> Block:
        return Block(
            [((x1 + dx, y1, x2 + dx, y2), owner) for (x1, y1, x2, y2), owner in self.boxes],
            {name: x + dx for name, x in self.nodes.items()},
            {name: x + dx for name, x in self.bays.items()},
            {name: x + dx for name, x in self.landings.items()},
        )

    def mirrored(self) -> Block:
        return Block(
            [((-x2, y1, -x1, y2), owner) for (x1, y1, x2, y2), owner in self.boxes],
            {name: -x for name, x in self.nodes.items()},
            {name: -x for name, x in self.bays.items()},
            {name: -x for name, x in self.landings.items()},
        )

    def take(self, other: Block) -> None:
        self.boxes += other.boxes
        self.nodes |= other.nodes
        self.bays |= other.bays
        self.landings |= other.landings

    def left(self) -> dict[int, int]:
        """The leftmost x at each step of height."""
        found: dict[int, int] = {}
        for (x1, y1, _, y2), _ in self.boxes:
            for step in range(y1 // _STEP, -(-y2 // _STEP)):
                if step not in found or x1 < found[step]:
                    found[step] = x1
        return found

    def right(self) -> dict[int, int]:
        return {step: -x for step, x in self.mirrored().left().items()}

    def span(self) -> tuple[int, int]:
        if not self.boxes:
            return (0, 0)
        return (min(box[0] for box, _ in self.boxes), max(box[2] for box, _ in self.boxes))


def offset(placed: Block, block: Block, gap: int) -> int:
    """How far to move a block so that it stands just to the right of what is placed."""
    right, left = placed.right(), block.left()
    reach = [right[step] - left[step] for step in left.keys() & right.keys()]
    if not reach:
        return 0
    return -(-(max(reach) + gap) // _STEP) * _STEP


def row(blocks: Iterable[Block], gap: int) -> Block:
    """Blocks side by side, as close as their outlines allow."""
    whole = Block()
    for block in blocks:
        if not whole.boxes:
            whole.take(block)
            continue
        least = -(-(whole.span()[0] - block.span()[0]) // _STEP) * _STEP
        whole.take(block.moved(max(offset(whole, block, gap), least)))
    return whole


def clash(one: Block, other: Block, gap: int) -> bool:
    """Do the outlines overlap at any height? (Outlines, not boxes: nothing may stand inside a bay of the
    other.)"""
    left, right = one.left(), one.right()
    other_left, other_right = other.left(), other.right()
    return any(
        left[step] - gap < other_right[step] and other_left[step] - gap < right[step]
        for step in left.keys() & other_left.keys()
    )


def near(fixed: Block, block: Block, wish: int, gap: int) -> Block:
    """The block moved by the wished distance if that is free, else beside the fixed one, whichever is
    nearer."""
    wish = wish // _STEP * _STEP
    if not clash(fixed, block.moved(wish), gap):
        return block.moved(wish)
    right = offset(fixed, block, gap)
    left = -offset(fixed.mirrored(), block.mirrored(), gap)
    return block.moved(right if abs(right - wish) <= abs(left - wish) else left)


def between(fixed: Block, block: Block, wish: int, gap: int) -> Block:
    """The block moved by the wished distance or as near to it as its boxes find room among those that stand."""
    x1, y1 = min(box[0] for box, _ in block.boxes), min(box[1] for box, _ in block.boxes)
    x2, y2 = max(box[2] for box, _ in block.boxes), max(box[3] for box, _ in block.boxes)
    boxes = [box for box, _ in fixed.boxes if box[1] < y2 and y1 < box[3]]
    wish = wish // _STEP * _STEP
    for step in range(0, 60):
        for dx in (wish - step * _STEP, wish + step * _STEP):
            if not any(x1 + dx - gap < box[2] and box[0] < x2 + dx + gap for box in boxes):
                return block.moved(dx)
    return near(fixed, block, wish, gap)
