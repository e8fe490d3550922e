"""Waivers as written: failures that somebody accepts for a time, in a file of their own that is no part of a spec.

`tierline: 1` and `waivers:`, a list of `rule`, `element`, `because`, `owner`, `until`, all required (decision C4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tierline.twin.diagnostics import Complaints, Diagnostic
from tierline.twin.model import Location
from tierline.twin.read import read
from tierline.twin.source import Items, Map, Node, Scalar, Source

FIELDS = ("rule", "element", "because", "owner", "until")


@dataclass(frozen=True, slots=True)
class Waiver:
    """One accepted failure."""

    rule: str
    """By its name or its reference, as written."""
    element: str
    because: str
    owner: str
    until: date
    """The last day on which it holds."""
    at: Location


def read_waivers(text: str, name: str) -> tuple[tuple[Waiver, ...], tuple[Diagnostic, ...]]:
    """The waivers of a file, and every mistake in it; where there is a mistake, no waiver holds."""
    complaints = Complaints()
    source = Source(name, text.replace("\r\n", "\n"), name)
    root = read(source, complaints)
    found = [] if root is None else _waivers(root, complaints)
    return () if complaints.errors else tuple(found), complaints.listed()


def _waivers(root: Map, complaints: Complaints) -> list[Waiver]:
    if root.text("tierline") != "1":
        complaints.add("version-missing", root.at)
    _known(root, ("tierline", "waivers"), "a file of waivers", complaints)
    listed = root.get("waivers")
    if not isinstance(listed, Items):
        complaints.add("field-missing", root.at, of="a file of waivers", field="waivers")
        return []
    return [waiver for item in listed.items if (waiver := _waiver(item, complaints)) is not None]


def _waiver(item: Node, complaints: Complaints) -> Waiver | None:
    if not isinstance(item, Map):
        complaints.add("wrong-form", item.at, found="this", wanted="a waiver, a map,")
        return None
    _known(item, FIELDS, "a waiver", complaints)
    values = {field: _text(item, field, complaints) for field in FIELDS}
    until = _day(item, values["until"], complaints)
    if until is None or not all(values.values()):
        return None
    return Waiver(values["rule"], values["element"], values["because"], values["owner"], until, item.at)


def _known(node: Map, fields: tuple[str, ...], of: str, complaints: Complaints) -> None:
    for key, place in node.keys.items():
        if key not in fields:
            complaints.add("field-unknown", place.at, field=key, of=of, known=", ".join(fields))


def _text(item: Map, field: str, complaints: Complaints) -> str:
    """The text of a field; empty, and complained about, where there is none."""
    node = item.get(field)
    if isinstance(node, Scalar) and node.text.strip():
        return node.text.strip()
    complaints.add("field-missing", item.at if node is None else node.at, of="a waiver", field=field)
    return ""


def _day(item: Map, text: str, complaints: Complaints) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        node = item.get("until")
        if text and node is not None:
            complaints.add("wrong-form", node.at, found=f"`{text}`", wanted="a day such as 2027-03-31")
        return None
