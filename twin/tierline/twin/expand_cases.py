"""Load cases as written: each with what is absent in it, and the amendments it alone makes."""

from __future__ import annotations

from dataclasses import dataclass

from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_document import Document, Entry, standing, valid_id
from tierline.twin.model import Location
from tierline.twin.source import Hole, Items, Map, Node, Scalar
from tierline.twin.spec.check import check
from tierline.twin.spec.file import Case as CaseModel


@dataclass(frozen=True, slots=True)
class Case:
    """One load case; without a name, the facility as it is declared."""

    name: str = ""
    note: str = ""
    absent: tuple[Scalar, ...] = ()
    amend: tuple[Entry, ...] = ()


def cases(document: Document, complaints: Complaints) -> list[Case]:
    """The cases of a facility in the order written; one without a name where it declares none."""
    found: list[Case] = []
    seen: dict[str, tuple[str, Location]] = {}
    for name, entry in document.sections["cases"].items():
        if not valid_id(entry.key, complaints):
            continue
        mine = name, entry.key.at
        first = seen.setdefault(name.casefold(), mine)
        if first is not mine:
            related = [(first[1], f"`{first[0]}` is first declared here")]
            complaints.add("declared-twice", entry.key.at, id=name, related=related)
        case = _case(entry, complaints)
        if case is not None:
            found.append(case)
    return found or [Case()]


def _case(entry: Entry, complaints: Complaints) -> Case | None:
    node = entry.node
    if not isinstance(node, Map):
        if not isinstance(node, Hole):
            wanted = "a map, such as {absent: [hall-2]}"
            complaints.add("wrong-form", node.at, found="something else", wanted=wanted)
        return None
    bad = check(CaseModel, node, complaints, "a case")
    absent = None if "absent" in bad else node.values.get("absent")
    amend = None if "amend" in bad else node.values.get("amend")
    outer = standing(node, entry.outer)
    made = []
    if isinstance(amend, Map):
        made = [Entry(amend.keys[name], value, outer) for name, value in amend.values.items()]
    return Case(entry.key.text, node.text("note") or "", tuple(_listed(absent)), tuple(made))


def _listed(node: Node | None) -> list[Scalar]:
    items = node.items if isinstance(node, Items) else [node]
    return [one for one in items if isinstance(one, Scalar)]
