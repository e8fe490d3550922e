"""Return headers beside the supply they are declared with, and long rows of headers folded into two.

Promises: a return that is drawn belongs to no element of its own; a row is folded at a coupler, the upper half being
the one that is supplied.
"""

from __future__ import annotations

from dataclasses import replace

from tierline.diagrams.layout.columns import reaches
from tierline.diagrams.layout.strands import Row, Rows, Strand
from tierline.diagrams.view import Bay, Node, Part, Role, View

_WIDE = 1700
"""Rows wider than this are folded."""


def folded(rows: Rows) -> None:
    for index in range(len(rows.rows)):
        row = rows.rows[index]
        if len(row.members) < 2:
            continue
        fed = {s.bottom for s in rows.strands if rows.row_of.get(s.bottom) == index}
        places = [n for n, member in enumerate(row.members) if member in fed]
        if sum(places) * 2 > len(places) * (len(row.members) - 1):
            row.reverse()
            places = [len(row.members) - 1 - n for n in places]
        widths = [_width(rows, member) for member in row.members]
        if sum(widths) > _WIDE:
            _fold(rows, index, max(places, default=0), widths)


def _width(rows: Rows, member: str) -> int:
    return 60 + sum(sum(reaches(rows.view, strand)) + 10 for strand in rows.strands if strand.top == member)


def _fold(rows: Rows, index: int, last_fed: int, widths: list[int]) -> None:
    """Cut where the halves differ least, but never above what is supplied."""
    row = rows.rows[index]
    cuts = range(max(1, last_fed + 1), len(row.members))
    if not cuts:
        return
    cut = min(cuts, key=lambda n: (abs(sum(widths[:n]) - sum(widths[n:])), n))
    lower = Row(row.members[cut:], row.couplers[cut:], folded=True)
    rows.strands.append(row.couplers[cut - 1])
    rows.turn[row.couplers[cut - 1].bay.id] = 1
    row.members, row.couplers = row.members[:cut], row.couplers[: cut - 1]
    for member in lower.members:
        rows.row_of[member] = len(rows.rows)
    lower.reverse()
    rows.rows.append(lower)


def with_returns(rows: Rows) -> None:
    """Headers for what is given back, above what takes it and below what gives it."""
    view = rows.view
    sources = [s for s in rows.strands if view.nodes[s.top].back and s.bottom in rows.row_of]
    heads = [strand for strand in rows.strands if view.nodes[strand.bottom].back and strand.top in rows.row_of]
    if rows.ring or not sources or not heads:
        return
    back = view.nodes[sources[0].top].back
    nodes = dict(view.nodes)
    before = _header(rows, nodes, f"{sources[0].bottom}~return", back)
    for strand in sources:
        _through(rows, nodes, strand, strand.top, before)
    for index in range(len(rows.rows)):
        some = [strand for strand in heads if rows.row_of.get(strand.top) == index]
        if some:
            name = _header(rows, nodes, f"{rows.rows[index].members[0]}~return", back, before)
            for strand in some:
                _through(rows, nodes, strand, strand.bottom, name)
            before = name
    rows.view = View(nodes, view.bays)


def _header(rows: Rows, nodes: dict[str, Node], name: str, level: str, before: str = "") -> str:
    name = name if name not in nodes else f"{name}~2"
    nodes[name] = Node(name, Role.JUNCTION, "return", "return", level=level)
    rows.row_of[name] = len(rows.rows)
    rows.rows.append(Row([name]))
    if before:
        rows.strands.append(Strand(Bay(f"{before}--{name}", before, name)))
        rows.turn[f"{before}--{name}"] = -1
    return name


def _through(rows: Rows, nodes: dict[str, Node], strand: Strand, end: str, header: str) -> None:
    """The strand goes on through its end to the header."""
    node, bay = nodes.pop(end), strand.bay
    symbol = node.symbol.removesuffix("-end").removesuffix("-source")
    part = Part(
        node.id, node.kind, symbol, node.name, node.lines, ids=node.ids, sheet=node.sheet, beyond=node.beyond,
        marks=node.marks, also=node.also, level=node.back if end == bay.bottom else node.level,
    )  # fmt: skip
    if end == bay.bottom:
        bay = replace(bay, bottom=header, parts=(*bay.parts, part), runs=(*bay.runs, ()))
    else:
        bay = replace(bay, top=header, parts=(part, *bay.parts), runs=((), *bay.runs))
    rows.strands[rows.strands.index(strand)] = Strand(bay, strand.up)
