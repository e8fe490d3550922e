"""The spine: path or text → files → trees → document → drafts → twin, with every mistake of the run returned.

Nothing here raises for what an author wrote. A twin is there exactly where no error is.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from tierline.twin.assumptions import Ledger
from tierline.twin.diagnostics import Complaints, Diagnostic
from tierline.twin.expand import Expander
from tierline.twin.expand_document import Document, unite
from tierline.twin.expand_heads import heads
from tierline.twin.files import Found, find, included, load
from tierline.twin.model import Twin
from tierline.twin.read import read
from tierline.twin.resolve import resolve
from tierline.twin.source import Map, Source


@dataclass(frozen=True, slots=True)
class Compiled:
    """The result of one facility."""

    twin: Twin | None
    """None if there is an error."""
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]
    """File name → text, for messages."""
    path: str
    """The facility as the user reaches it."""


def compile_path(path: str) -> list[Compiled]:
    """Every facility a path leads to; one result without a twin where there is none."""
    complaints = Complaints()
    found = find(path, complaints)
    if not found:
        return [Compiled(None, complaints.listed(), {}, path)]
    return [_facility(one, complaints if index == 0 else Complaints()) for index, one in enumerate(found)]


def compile_text(text: str, name: str = "facility.yaml") -> Compiled:
    """One facility in one text."""
    complaints = Complaints()
    source = Source(name, text.replace("\r\n", "\n"), name)
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".yaml")
    with _undisturbed():
        root = read(source, complaints)
        twin = _twin([root] if root is not None else None, [source], stem, complaints)
    return Compiled(twin, complaints.listed(), {name: source.text}, name)


def _facility(found: Found, complaints: Complaints) -> Compiled:
    with _undisturbed():
        sources = [source for name in found.files if (source := load(found, name, complaints)) is not None]
        roots = [read(source, complaints) for source in sources]
        if roots and roots[0] is not None and sources[0].path == found.files[0]:
            more = included(found, roots[0], complaints)
            sources += more
            roots += [read(source, complaints) for source in more]
        whole = [root for root in roots if root is not None]
        complete = len(whole) == len(sources) >= len(found.files)
        twin = _twin(whole if complete else None, sources, found.name, complaints)
    shown = {source.name: source.text for source in sources}
    return Compiled(twin, complaints.listed(), shown, found.path)


def _twin(roots: list[Map] | None, sources: list[Source], name: str, complaints: Complaints) -> Twin | None:
    """The twin of a facility whose files were all read; without one, every reference would seem to dangle."""
    if roots is None:
        return None
    ledger = Ledger()
    document = unite(roots, complaints)
    expander = Expander(document, complaints, ledger)
    made = expander.run()
    resolved = resolve(made, expander.amendments, complaints)
    head = heads(document, name, ledger, complaints)
    if complaints.errors:
        return None
    rooms = {id: made.rooms[id] for id in sorted(made.rooms)}
    values = [value for element in resolved.elements.values() for value in element.fields.values()]
    values += [value for room in rooms.values() for value in room.fields.values()]
    values += [*head.site.fields.values(), *head.settings.values()]
    return Twin(
        facility=head.facility,
        elements=resolved.elements,
        joints=resolved.joints,
        feeds=resolved.feeds,
        needs=resolved.needs,
        serves=resolved.serves,
        given=resolved.given,
        rooms=rooms,
        site=head.site,
        claims=head.claims,
        settings=head.settings,
        not_applicable=_reasons(document),
        assumptions=ledger.listed(values),
        sources={one.name: one.text for one in sources},
        spec_hash=spec_hash(sources),
        names=head.names,
    )


def _reasons(document: Document) -> dict[str, str]:
    found = document.sections["not_applicable"]
    return {name: getattr(found[name].node, "text", "") for name in sorted(found)}


def spec_hash(sources: list[Source]) -> str:
    """One hash of what was read, the same wherever the facility lies."""
    digest = hashlib.sha256()
    for path, text in sorted((source.path, source.text) for source in sources):
        for part in (path.encode(), text.encode("utf-8", "surrogatepass")):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without the collector: a compilation makes many objects and hardly any garbage."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
