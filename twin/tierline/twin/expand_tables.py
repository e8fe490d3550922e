"""Tables of elements: every row becomes the map its author would have written, each cell at its own place."""

from __future__ import annotations

from collections.abc import Iterator

from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_document import Entry, standing
from tierline.twin.source import Hole, Items, Map, Node, Scalar
from tierline.twin.spec.check import check
from tierline.twin.spec.file import Table


def rows(entry: Entry, complaints: Complaints) -> Iterator[Entry]:
    """The elements of one table."""
    table = entry.node
    if not isinstance(table, Map):
        if not isinstance(table, Hole):
            complaints.add(
                "wrong-form", table.at, found="something else", wanted="a map with columns and rows"
            )
        return
    shown = Map(table.source, table.line, table.column)
    shown.keys, shown.values = table.keys, {name: _emptied(name, node) for name, node in table.values.items()}
    if check(Table, shown, complaints, "a table"):
        return
    columns = _columns(table.values["columns"], complaints)
    common, body = table.values.get("common"), table.values.get("rows")
    if columns is None or not isinstance(body, Items):
        return
    outer = standing(table, entry.outer)
    for row in body.items:
        made = _row(row, columns, common if isinstance(common, Map) else None, entry.key.text, complaints)
        if made is not None:
            yield Entry(made[0], made[1], outer)


def _emptied(name: str, node: Node) -> Node:
    if name == "rows" and isinstance(node, Items):
        return Items(node.source, node.line, node.column)
    if name == "common" and isinstance(node, Map):
        return Map(node.source, node.line, node.column)
    return node


def _columns(node: Node, complaints: Complaints) -> list[Scalar] | None:
    columns = [one for one in node.items if isinstance(one, Scalar)] if isinstance(node, Items) else []
    names = [one.text for one in columns]
    if names.count("id") != 1:
        complaints.add("table-id", node.at)
        return None
    for index, one in enumerate(columns):
        if names.index(one.text) != index:
            complaints.add(
                "duplicate-key", one.at, key=one.text, related=[(columns[names.index(one.text)].at, "first")]
            )
            return None
    return columns


def _row(
    row: Node, columns: list[Scalar], common: Map | None, table: str, complaints: Complaints
) -> tuple[Scalar, Map] | None:
    if not isinstance(row, Items):
        if not isinstance(row, Hole):
            complaints.add("wrong-form", row.at, found="something else", wanted="a list of cells")
        return None
    if len(row.items) != len(columns):
        complaints.add("row-length", row.at, cells=len(row.items), columns=len(columns), table=table)
        return None
    id = next(cell for column, cell in zip(columns, row.items, strict=True) if column.text == "id")
    if not isinstance(id, Scalar) or id.null:
        complaints.add("row-without-id", row.at, table=table)
        return None
    made = Map(row.source, row.line, row.column)
    for column, cell in zip(columns, row.items, strict=True):
        if column.text != "id" and not (isinstance(cell, Scalar) and cell.null):
            _put(made, column, cell)
    for name, node in (common.values if common is not None else {}).items():
        if name not in made.values and common is not None:
            made.keys[name], made.values[name] = common.keys[name], node
    return id, made


def _put(made: Map, column: Scalar, cell: Node) -> None:
    """Set a cell at its column's dotted path."""
    *outer, last = column.text.split(".")
    place = made
    for step in outer:
        inner = place.values.get(step)
        if not isinstance(inner, Map):
            inner = Map(cell.source, cell.line, cell.column)
            place.keys[step], place.values[step] = column, inner
        place = inner
    place.keys[last], place.values[last] = column, cell
