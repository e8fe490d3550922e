"""The files of a facility as one document: united disjointly, so that the order of files and keys means
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tierline.twin.diagnostics import Complaints
from tierline.twin.source import Hole, Map, Node, Scalar
from tierline.twin.spec.check import check, complain
from tierline.twin.spec.file import SUBSYSTEMS, File
from tierline.twin.spec.links import ID
from tierline.twin.units import Fault

SECTIONS = ("axes", "kinds", "rooms", "elements", "tables", "interlocks", "amend", "cases", "not_applicable",
            "revisions")  # fmt: skip
_PER_FILE = ("tierline", "include", "source", "assumed")

Standing = tuple[str | None, str | None]
"""What the numbers of a stretch of text rest on: why assumed, where published."""


def standing(node: Map, outer: Standing) -> Standing:
    """The standing of what is written in a map: its own words, else those of the text around it."""
    assumed, source = node.text("assumed"), node.text("source")
    return outer if assumed is None and source is None else (assumed, source)


@dataclass(frozen=True, slots=True)
class Entry:
    """A named thing of a section, with the standing of the text around it."""

    key: Scalar
    node: Node
    outer: Standing


@dataclass(slots=True)
class Document:
    """What the files say together."""

    heads: dict[str, Entry] = field(default_factory=dict)
    """`facility`, `name`, `claims`, `site`, `settings`."""
    sections: dict[str, dict[str, Entry]] = field(default_factory=lambda: {name: {} for name in SECTIONS})

    def head_text(self, name: str) -> str | None:
        entry = self.heads.get(name)
        return entry.node.text if entry and isinstance(entry.node, Scalar) else None


def unite(files: list[Map], complaints: Complaints) -> Document:
    """One document of several files; the first is the head."""
    document = Document()
    for index, file in enumerate(files):
        bad = _gate(file, index == 0, complaints)
        outer = standing(file, (None, None))
        for name, node in file.values.items():
            if name in bad or name in _PER_FILE or isinstance(node, Hole):
                continue
            if name not in SECTIONS:
                _add(document.heads, Entry(file.keys[name], node, outer), complaints)
            elif name == "cases" and document.sections[name]:
                first = next(iter(document.sections[name].values())).key
                complaints.add("cases-apart", file.keys[name].at, related=[(first.at, "the others stand here")])
            elif isinstance(node, Map):
                for one, value in node.values.items():
                    _add(document.sections[name], Entry(node.keys[one], value, outer), complaints)
    _not_applicable(document, complaints)
    return document


def _add(known: dict[str, Entry], entry: Entry, complaints: Complaints) -> None:
    first = known.setdefault(entry.key.text, entry)
    if first is not entry:
        related = [(first.key.at, "first written here")]
        complaints.add("duplicate-key", entry.key.at, key=entry.key.text, related=related)


def _gate(file: Map, head: bool, complaints: Complaints) -> frozenset[str]:
    """Judge the top of one file; what stands in its sections is judged later, where its kind is known."""
    bad = set()
    shallow = Map(file.source, file.line, file.column)
    for name, node in file.values.items():
        key = file.keys[name]
        if name == "moved":
            complaints.add("moved-later", key.at)
            bad.add(name)
            continue
        if name == "include" and not head:
            complaints.add("include-not-in-head", key.at)
            bad.add(name)
            continue
        shallow.keys[name] = key
        empty = Map(node.source, node.line, node.column)
        shallow.values[name] = empty if name in SECTIONS and isinstance(node, Map) else node
    _version(file, head, complaints)
    shallow.values.pop("tierline", None)
    return check(File, shallow, complaints, "a file") | bad


def _version(file: Map, head: bool, complaints: Complaints) -> None:
    version = file.values.get("tierline")
    if version is None:
        if head and "tierline" not in file.keys:
            complaints.add("version-missing", file.at)
        return
    if isinstance(version, Hole):
        return
    if not isinstance(version, Scalar) or version.text != "1":
        text = version.text if isinstance(version, Scalar) else "something else"
        complaints.add("version-unknown", version.at, text=text)
    elif next(iter(file.keys)) != "tierline":
        complaints.add("version-first", file.keys["tierline"].at)


def _not_applicable(document: Document, complaints: Complaints) -> None:
    for name, entry in list(document.sections["not_applicable"].items()):
        try:
            if name not in SUBSYSTEMS:
                raise Fault("word-unknown", text=name, known=", ".join(SUBSYSTEMS), near=(name, SUBSYSTEMS))
        except Fault as fault:
            complain(fault, entry.key, complaints)
            del document.sections["not_applicable"][name]
            continue
        if not isinstance(entry.node, Scalar):
            complaints.add("wrong-form", entry.node.at, found="something else", wanted="the reason, a text")
            del document.sections["not_applicable"][name]


def valid_id(key: Scalar, complaints: Complaints) -> bool:
    """Whether a key can be an id; complains if not."""
    if ID.fullmatch(key.text):
        return True
    complaints.add("not-an-id", key.at, text=key.text)
    return False
