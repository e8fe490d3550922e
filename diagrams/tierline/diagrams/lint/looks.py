"""S1 to S4, S9 and S11: how well a set of sheets reads, as figures.

Promises: a figure that cannot be had from these sheets is None, and is then neither good nor bad.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import median

from tierline.diagrams.lint.geometry import Near, around, length, proper_crossing
from tierline.diagrams.lint.nets import nets
from tierline.diagrams.lint.records import Box, Node, Segment, Sheet

_AREA_CELL = 100
_USED = (0.25, 0.7)
"""How much of the frame a drawing should use."""
_SMALLEST = "A4"
"""No sheet can use more of less paper."""
_RACKS = ("rack", "racks")


@dataclass(frozen=True, slots=True)
class Figure:
    value: float | None
    good: bool | None
    words: str
    """The figure as an engineer reads it, with what it is made of."""


def crossings(sheet: Sheet, within: bool = False) -> int:
    """Places where wires of different nets cross; `within`: also wires of one net."""
    near: Near[tuple[int, Segment]] = Near()
    net: Sequence[Hashable] = range(len(sheet.wires)) if within else nets(sheet)
    found = 0
    for number, wire in enumerate(sheet.wires):
        for segment in wire.segments:
            box = around(segment)
            found += sum(
                net[other] != net[number] and proper_crossing(segment, there) for other, there in near.of(box)
            )
        for segment in wire.segments:
            near.add(around(segment), (number, segment))
    return found


def least_crossings(sheet: Sheet) -> int:
    """Two boards above that both feed n things below cross n·(n−1)/2 times at least, however they are drawn."""
    below: dict[str, set[str]] = defaultdict(set)
    for upper, lower in _feeders(sheet):
        below[upper].add(lower)
    shared = (len(one & other) for one, other in combinations(below.values(), 2))
    return sum(n * (n - 1) // 2 for n in shared)


def _feeders(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """From each bar down to the next thing that is no device in series: upper, lower."""
    nodes = {node.id: node for node in sheet.nodes}
    ways: dict[str, list[str]] = defaultdict(list)
    for wire in sheet.wires:
        if wire.a in nodes and wire.b in nodes:
            ways[wire.a].append(wire.b)
            ways[wire.b].append(wire.a)
    for bar in sheet.bars:
        for first in ways[bar.id]:
            before, here = bar.id, first
            while nodes[here].line is None and len(ways[here]) == 2 and ways[here][0] != ways[here][1]:
                before, here = here, ways[here][ways[here][0] == before]
            if nodes[here].box[1] > bar.box[1]:
                yield bar.id, here


def s1(sheets: Sequence[Sheet]) -> Figure:
    """Crossings, against the least there must be."""
    found, least = sum(map(crossings, sheets)), sum(map(least_crossings, sheets))
    wires = sum(len(sheet.wires) for sheet in sheets)
    limit = least + 0.05 * wires
    return Figure(found, found <= limit, f"{found} crossings, at least {least} needed, {wires} wires")


def s2(sheets: Sequence[Sheet]) -> Figure:
    """Bends per wire."""
    wires = [wire for sheet in sheets for wire in sheet.wires]
    bends = sum(
        (b[0] - a[0]) * (d[1] - c[1]) != (b[1] - a[1]) * (d[0] - c[0])
        for wire in wires
        for (a, b), (c, d) in zip(wire.segments, wire.segments[1:], strict=False)
    )
    value = bends / len(wires) if wires else None
    return Figure(value, None if value is None else value <= 0.15, f"{bends} bends in {len(wires)} wires")


def white_space(sheet: Sheet) -> bool:
    """Does a rack hang between a bar above and a bar below?"""
    racks = {node.id: node.box for node in sheet.symbols if node.kind in _RACKS}
    ways: dict[str, set[bool]] = defaultdict(set)
    for wire in sheet.wires:
        for end, far in ((wire.a, wire.points[-1]), (wire.b, wire.points[0])):
            if end in racks:
                ways[end].add(far[1] > (racks[end][1] + racks[end][3]) / 2)
    return any(len(found) == 2 for found in ways.values())


def _mirrored(sheets: Sequence[Sheet]) -> list[list[tuple[Node, ...]]]:
    """For each sheet outside the white space: what differs only in its side, in the order of sides."""
    found = []
    for sheet in sheets:
        alike: dict[tuple[str, str], dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for node in sheet.nodes:
            side = re.escape(node.side)
            name = re.sub(rf"(?<![a-zA-Z]){side}(?![a-zA-Z])", "*", node.id) if side else node.id
            if name != node.id and node.ids:
                alike[name, node.kind][node.side].append(node)
        groups = [
            tuple(sides[side][0] for side in sorted(sides))
            for sides in alike.values()
            if len(sides) > 1 and all(len(nodes) == 1 for nodes in sides.values())
        ]
        if groups and not white_space(sheet):
            found.append(groups)
    return found


def _middle(node: Node) -> float:
    return (node.box[0] + node.box[2]) / 2


def s3(sheets: Sequence[Sheet]) -> Figure:
    """Share of A/B pairs that are mirror images about one axis."""
    good = pairs = 0
    for groups in _mirrored(sheets):
        twins = [group for group in groups if len(group) == 2]
        if len(twins) < len(groups):  # three paths have no axis
            continue
        axis = median(_middle(a) + _middle(b) for a, b in twins)
        pairs += len(twins)
        good += sum(
            abs(_middle(a) + _middle(b) - axis) <= 3 and abs(a.box[1] - b.box[1]) <= 3 for a, b in twins
        )
    value = good / pairs if pairs else None
    return Figure(value, None if value is None else value >= 0.95, f"{good} of {pairs} pairs mirrored")


def s4(sheets: Sequence[Sheet]) -> Figure:
    """Share of A/B(/C…) groups that stand from left to right."""
    groups = [group for found in _mirrored(sheets) for group in found]
    good = sum(
        all(_middle(a) < _middle(b) for a, b in pairwise(group)) for group in groups
    )
    value = good / len(groups) if groups else None
    return Figure(value, None if value is None else value == 1, f"{good} of {len(groups)} groups in order")


def s9(sheets: Sequence[Sheet]) -> Figure:
    """Bytes, against half a kB an element and 12 kB a sheet."""
    size = sum(len(sheet.source.encode()) for sheet in sheets)
    drawn = sum(len(node.ids) for sheet in sheets for node in sheet.nodes)
    limit = 500 * drawn + 12_000 * len(sheets)
    words = f"{size / 1000:.0f} kB for {drawn} elements on {len(sheets)} sheets, at most {limit / 1000:.0f} kB"
    return Figure(size / limit if limit else None, size <= limit if limit else None, words)


def s11(sheets: Sequence[Sheet]) -> Figure:
    """Ink: wire length against the shortest right-angled way; and how much of each frame is used."""
    wires = [wire for sheet in sheets for wire in sheet.wires]
    inked = sum(length(segment) for wire in wires for segment in wire.segments)
    least = sum(
        abs(w.points[0][0] - w.points[-1][0]) + abs(w.points[0][1] - w.points[-1][1]) for w in wires
    )
    used = {sheet: frame_use(sheet) for sheet in sheets if sheet.nodes}
    sparse = [sheet for sheet, share in used.items() if share < _USED[0]]
    smallest = [sheet for sheet in sparse if sheet.paper == _SMALLEST]
    ratio = inked / least if least else None
    full = all(share <= _USED[1] for share in used.values())
    good = ratio is not None and ratio <= 1.3 and full and len(sparse) == len(smallest)
    spread = f"; {min(used.values()):.0%} to {max(used.values()):.0%} of the frame used" if used else ""
    spread += f", {len(smallest)} below {_USED[0]:.0%} on {_SMALLEST}, the smallest paper" if smallest else ""
    words = f"wires {ratio:.2f} times the shortest{spread}" if ratio is not None else "no wires"
    return Figure(ratio, None if ratio is None else good, words)


def _room(sheet: Sheet) -> Box:
    """Where a drawing can stand: in the border, below the words at its top, above title block and legend."""
    parts = {part.name: part for part in sheet.parts}
    edges = parts["frame"].rules if "frame" in parts else ()
    corners = [point for edge in edges for point in edge] or [(0, 0), (sheet.width, sheet.height)]
    left, top, right, bottom = around(corners)
    heads = [text.box[3] for name in ("frame", "paths") if name in parts for text in parts[name].texts]
    feet = [parts[name].box[1] for name in ("title", "legend") if name in parts]
    return (left, max([top, *heads]), right, min([bottom, *feet]))


def frame_use(sheet: Sheet) -> float:
    """Share of the cells of the frame that hold anything of the drawing."""
    left, top, right, bottom = _room(sheet)
    wide, high = max(1, round((right - left) / _AREA_CELL)), max(1, round((bottom - top) / _AREA_CELL))
    boxes = [node.box for node in sheet.nodes]
    boxes += [text.box for text in sheet.texts if text.owner]
    boxes += [around(segment) for wire in sheet.wires for segment in wire.segments]
    cells = {
        (column, row)
        for x1, y1, x2, y2 in boxes
        for column in _cells(x1 - left, x2 - left, wide)
        for row in _cells(y1 - top, y2 - top, high)
    }
    return len(cells) / (wide * high)


def _cells(start: float, end: float, count: int) -> range:
    """The cells from one place to another, of so many."""
    return range(max(0, int(start // _AREA_CELL)), min(count - 1, int(end // _AREA_CELL)) + 1)
