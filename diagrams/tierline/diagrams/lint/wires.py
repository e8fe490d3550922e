"""H4, H5, H6 and H8: wires go round symbols, end on terminals, keep apart, and turn at right angles."""

from __future__ import annotations

from collections.abc import Iterator

from tierline.diagrams.lint.geometry import (
    EPS,
    Near,
    around,
    clipped,
    distance,
    grown,
    proper_crossing,
    side_by_side,
)
from tierline.diagrams.lint.nets import meets, nets
from tierline.diagrams.lint.records import Node, Point, Segment, Sheet

TOGETHER, APART, ALONG = 1, 6, 2
"""Up to 1 u apart two wires read as one; 6 u is the least; along less than 2 u nobody sees it."""


def h4(sheet: Sheet) -> Iterator[str]:
    """Wires through symbols; its own a wire reaches from outside."""
    near: Near[Node] = Near()
    for symbol in sheet.symbols:
        near.add(symbol.box, symbol)
    for wire in sheet.wires:
        met = dict[str, None]()
        for segment in wire.segments:
            for symbol in near.of(around(segment)):
                if clipped(segment, grown(symbol.box, -2)) > 0.8:
                    met[symbol.id] = None
        yield from (f"wire {wire.id} through {'its own ' * (name in (wire.a, wire.b))}{name}" for name in met)


def h5(sheet: Sheet) -> Iterator[str]:
    """Wire ends that are on no terminal of what they name."""
    nodes = {node.id: node for node in sheet.nodes}
    for wire in sheet.wires:
        for end, point in ((wire.a, wire.points[0]), (wire.b, wire.points[-1])):
            if end not in nodes:
                yield f"wire {wire.id} names {end}, which is not on the sheet"
            elif not _on(nodes[end], point):
                yield f"wire {wire.id} misses {end}"


def _on(node: Node, point: Point) -> bool:
    if node.line is None:
        return any(meets(port, point) for port in node.ports)
    (x1, y), (x2, _) = node.line
    return x1 - EPS <= point[0] <= x2 + EPS and abs(point[1] - y) <= EPS


def h6(sheet: Sheet) -> Iterator[str]:
    """Wires of different nets that read as one: on top of each other, or one ending or turning on the other."""
    over: dict[tuple[int, int], bool] = {}
    for i, one, j, other in _pairs(sheet, TOGETHER):
        apart, along = side_by_side(one, other)
        if apart <= TOGETHER and along > ALONG:
            over[i, j] = True
        elif not proper_crossing(one, other) and _touch(one, other):
            over.setdefault((i, j), False)
    for (i, j), long in over.items():
        yield f"wires {sheet.wires[i].id} and {sheet.wires[j].id} {'run over each other' if long else 'touch'}"


def _touch(one: Segment, other: Segment) -> bool:
    ends = [(point, other) for point in one] + [(point, one) for point in other]
    return any(distance(point, segment) <= TOGETHER for point, segment in ends)


def too_close(sheet: Sheet) -> Iterator[str]:
    """Wires of different nets side by side with less than 6 u between them."""
    found = dict[str, None]()
    for i, one, j, other in _pairs(sheet, APART):
        apart, along = side_by_side(one, other)
        if TOGETHER < apart < APART and along > ALONG:
            found[f"wires {sheet.wires[i].id} and {sheet.wires[j].id} are {apart:g} u apart"] = None
    yield from found


def _pairs(sheet: Sheet, reach: float) -> Iterator[tuple[int, Segment, int, Segment]]:
    """Segments of different nets near each other: wire, segment, wire, segment."""
    near: Near[tuple[int, Segment]] = Near()
    net = nets(sheet)
    for number, wire in enumerate(sheet.wires):
        for segment in wire.segments:
            box = grown(around(segment), reach)
            for other, there in near.of(box):
                if net[other] != net[number] and min(_gap(box, there)) >= 0:
                    yield other, there, number, segment
        for segment in wire.segments:
            near.add(around(segment), (number, segment))


def _gap(box: tuple[float, float, float, float], segment: Segment) -> tuple[float, float]:
    x1, y1, x2, y2 = around(segment)
    return (min(box[2], x2) - max(box[0], x1), min(box[3], y2) - max(box[1], y1))


def h8(sheet: Sheet) -> Iterator[str]:
    """Wires that are not wholly level and upright."""
    for wire in sheet.wires:
        if any(a[0] != b[0] and a[1] != b[1] for a, b in wire.segments):
            yield f"wire {wire.id} is slanted"
    for bar in sheet.bars:
        if bar.line is not None and bar.line[0][1] != bar.line[1][1]:
            yield f"bar {bar.id} is not level"
