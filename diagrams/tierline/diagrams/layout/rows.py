"""How high everything stands: the y of every node.

Promises: a node stands below all that supplies it, with room for every device between; tied boards stand at
one height; sources hang just above what they feed; whole steps of the grid.
"""

from __future__ import annotations

from collections.abc import Mapping

from tierline.diagrams.layout.cells import height, node_cell, node_symbol, part_words, slot, up
from tierline.diagrams.layout.column import ROOM, feeding, in_column, is_aside
from tierline.diagrams.order import natural
from tierline.diagrams.view import Bay, Role, View, reached

LEAD = 10
"""Between a bar and the first device, and between two devices."""
FOOT = 20
"""Between the last device and what lies below."""
_HEAD = 50
"""A source with its label reaches so far up."""
_EVEN = 4
"""So often equal boards are brought to one height, each time with all below them."""
CHANNEL = 30
"""The least room above what a feeder runs across to; crowded channels get theirs from `bands`."""


def bay_height(bay: Bay) -> int:
    """The least height of a bay, with all its devices."""
    return LEAD + sum(slot(part, bay) + LEAD for part in bay.parts) + (FOOT if bay.parts else 20)


def drops(view: View) -> dict[str, int]:
    """How far the lower terminal of each node lies below its `y`."""
    into = view.incoming()
    found = {}
    for name, node in view.nodes.items():
        shape = node_symbol(node, len(into[name]))
        found[name] = shape.outs[0][1] if shape is not None and shape.outs else 0
    return found


def rows(view: View, across: frozenset[str], floors: Mapping[str, int]) -> dict[str, int]:
    """The y of every node, none above its floor; `across` are the bays that will be routed."""
    group = _tied(view)
    drop = drops(view)
    steps: dict[str, list[tuple[str, int]]] = {head: [] for head in set(group.values())}
    for bay in view.bays:
        if not bay.tie and group[bay.top] != group[bay.bottom]:
            extra = CHANNEL if bay.id in across else 0
            steps[group[bay.top]].append((group[bay.bottom], drop[bay.top] + bay_height(bay) + extra))
    for top, bottom, length in _passing(view):
        if group[top] != group[bottom]:
            steps[group[top]].append((group[bottom], length))
    least = dict.fromkeys(steps, 0)
    for name, floor in floors.items():
        least[group[name]] = max(least[group[name]], floor)
    for above, below, length in _column_steps(view, longest(steps, dict.fromkeys(steps, 0)), drop):
        steps[above].append((below, length))
    y = longest(steps, least)
    equals = [names for names in _equals(view) if not _in_cascade({group[name] for name in names}, steps)]
    for _ in range(_EVEN):
        before = dict(y)
        for names in equals:
            level = max(y[group[name]] for name in names)
            least |= {group[name]: level for name in names}
        y = longest(steps, least)
        if y == before:
            break
    found = {name: y[group[name]] for name in view.nodes}
    _lower_sources(view, found, drop)
    return found


def _equals(view: View) -> list[list[str]]:
    """Boards that have one name but for the path they belong to: they stand at one height."""
    found: dict[str, list[str]] = {}
    for name, node in view.nodes.items():
        if node.role is Role.BAR and node.lane and node.lane in name:
            before, _, after = name.rpartition(node.lane)
            found.setdefault(f"{before} {after}", []).append(name)
    return [names for names in found.values() if len(names) > 1]


def _in_cascade(heads: set[str], steps: Mapping[str, list[tuple[str, int]]]) -> bool:
    """Does one of these supply another? Then they can never stand at one height."""
    return bool(heads & reached(heads, lambda head: (other for other, _ in steps[head])))


def _passing(view: View) -> list[tuple[str, str, int]]:
    """Tied bars stand below the first devices of what comes down past them, so that the tie crosses plain
    wire, and with its label below the bar of a source between them."""
    tied = {end for bay in view.bays if bay.tie for end in (bay.top, bay.bottom)}
    label = {end: _tie_label(bay) for bay in view.bays if bay.tie and bay.parts for end in (bay.top, bay.bottom)}
    found = []
    for bay in view.bays:
        above, below = view.nodes[bay.top], view.nodes[bay.bottom]
        if not bay.tie and bay.parts and above.role is Role.BAR and not above.lane and below.lane:
            length = 2 * LEAD + slot(bay.parts[0], bay) + FOOT
            found += [(above.id, name, length) for name in sorted(tied) if view.nodes[name].lane]
        elif not bay.tie and above.role is Role.JUNCTION and not above.lane and below.lane:
            found += [(above.id, name, 3 * LEAD + label[name]) for name in sorted(label) if view.nodes[name].lane]
    return found


def _column_steps(view: View, y: Mapping[str, int], drop: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """What hangs in the column, each below the one before it: what more than two paths feed, then what reaches less
    far and is fed from higher up, board by board. What hangs between different neighbours has columns of its own."""
    boards, out = {}, view.outgoing()
    for name, bays in view.incoming().items():
        boards[name] = natural(min((bay.top for bay in bays), key=natural, default=""))

    def depth(name: str) -> int:
        shape = node_symbol(view.nodes[name], 2)
        own = node_cell(view.nodes[name], shape)[3] if shape is not None else LEAD
        return max([own, *(drop[name] + bay_height(bay) + depth(bay.bottom) for bay in out[name])])

    fed = {name: feeding(view, name) for name in in_column(view)}
    span = {name: places[-1] - places[0] if len(places) == 2 else 0 for name, places in fed.items()}
    column = sorted(fed, key=lambda name: (span[name], y[name], boards[name], natural(name)))
    found: list[tuple[str, str, int]] = []
    tails: dict[tuple[int, ...], str] = {}
    for name in column:
        place, near = tuple(fed[name]), span[name] == 1
        above = [one for other, one in tails.items() if not near or other == place or len(other) > 2]
        found += [(one, name, up(depth(one) + ROOM)) for one in above]
        tails = tails | {place: name} if near else {place: name}
    return found


def _tied(view: View) -> dict[str, str]:
    """The first of the boards each board is tied to."""
    head = {name: name for name in view.nodes}

    def find(name: str) -> str:
        while head[name] != name:
            name = head[name]
        return name

    for bay in view.bays:
        if bay.tie:
            first, second = sorted((find(bay.top), find(bay.bottom)), key=natural)
            head[second] = first
    return {name: find(name) for name in view.nodes}


def longest(steps: Mapping[str, list[tuple[str, int]]], least: Mapping[str, int]) -> dict[str, int]:
    """Longest paths from the least heights; steps that close a cycle count for nothing."""
    state: dict[str, int] = {}
    order: list[str] = []
    kept: dict[str, list[tuple[str, int]]] = {name: [] for name in steps}
    for root in sorted(steps, key=natural):
        stack: list[tuple[str, int]] = [(root, 0)]
        while stack:
            name, place = stack.pop()
            if place == 0:
                if state.get(name):
                    continue
                state[name] = 1
            if place < len(steps[name]):
                stack.append((name, place + 1))
                other, length = steps[name][place]
                if state.get(other) != 1:
                    kept[name].append((other, length))
                    stack.append((other, 0))
            else:
                state[name] = 2
                order.append(name)
    y = dict(least)
    for name in reversed(order):
        for other, length in kept[name]:
            y[other] = max(y[other], up(y[name] + length))
    return y


def _lower_sources(view: View, y: dict[str, int], drop: Mapping[str, int]) -> None:
    """Sources, and what only they feed, sink to just above what they supply."""
    out, into = view.outgoing(), view.incoming()
    ties = [bay for bay in view.bays if bay.tie]
    tied = {end for bay in ties for end in (bay.top, bay.bottom)}
    label = {y[bay.top]: _tie_label(bay) for bay in ties if bay.parts}
    for name in sorted(view.nodes, key=lambda one: (-y[one], natural(one))):
        node = view.nodes[name]
        if name in tied or not out[name] or _is_roof(view, out[name]):
            continue
        if any(is_aside(view.nodes[bay.bottom]) for bay in out[name]):  # its ways go down beside the column
            continue
        if node.role in (Role.SOURCE, Role.ARRIVAL) or (node.role is Role.JUNCTION and len(into[name]) == 1):
            room = min(y[bay.bottom] - drop[name] - bay_height(bay) for bay in out[name])
            room = max(y[name], room // 10 * 10)
            for level in sorted({y[end] for end in tied}, reverse=True):
                if room - _HEAD < level < room + drop[name] + LEAD:  # a tie passes below it
                    room = (level - drop[name] - 3 * LEAD - label.get(level, 0)) // 10 * 10
            y[name] = max(y[name], room) if room >= 0 else y[name]


def _tie_label(bay: Bay) -> int:
    return max(height(part_words(part, bay)) for part in bay.parts)


def _is_roof(view: View, out: list[Bay]) -> bool:
    """What hangs over more than two paths stays above their sources."""
    below = {view.nodes[bay.bottom].lane for bay in out}
    return len(below - {""}) > 2
