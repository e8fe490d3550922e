"""Spare ways that keep the room of one more parallel bay: which they are, and what they keep free.

Promises: a spare way of the same name as its neighbours, but for the number, keeps exactly the outline of one of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tierline.diagrams.layout.contour import Block
from tierline.diagrams.order import natural
from tierline.diagrams.view import Bay, Role, View

Pair = tuple[Bay | None, Bay | None]
"""The spare way of the upper board and that of the lower one, of one number."""


def stem(name: str) -> str:
    return re.sub(r"\d+$", "", name)


def pairs(view: View, out: Mapping[str, list[Bay]], bays: Sequence[Bay]) -> list[Pair]:
    """The spare ways that one more of these parallel bays would take, in order."""
    starts = {stem(bay.parts[0].id) for bay in bays if bay.parts}
    ends = {stem(bay.parts[-1].id) for bay in bays if bay.parts}
    upper = {_number(bay): bay for bay in _spares(view, out[bays[0].top]) if stem(bay.bottom) in starts}
    lower = {_number(bay): bay for bay in _spares(view, out[bays[0].bottom]) if stem(bay.bottom) in ends}
    return [(upper.get(number), lower.get(number)) for number in sorted({*upper, *lower}, key=natural)]


def _spares(view: View, bays: Sequence[Bay]) -> list[Bay]:
    return [bay for bay in bays if view.nodes[bay.bottom].kind == "spare" and view.nodes[bay.bottom].role is Role.SPARE]


def _number(bay: Bay) -> str:
    return bay.bottom.removeprefix(stem(bay.bottom))


def outline(block: Block, bay: str) -> Block:
    """The room of a block about one of its bays, with nothing in it."""
    x = block.bays[bay]
    return Block([((box[0] - x, box[1], box[2] - x, box[3]), "") for box, _ in block.boxes])
