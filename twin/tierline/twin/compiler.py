"""The spine: path or text → files → trees → document → drafts → twins, with every mistake of the run returned.

Nothing here raises for what an author wrote. There is a twin for each load case,
exactly where no error is.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from tierline.twin.absent import Absences, judge_amendments
from tierline.twin.absent_parts import leave_out
from tierline.twin.assumptions import Ledger
from tierline.twin.diagnostics import Complaints, Diagnostic
from tierline.twin.expand import Expander
from tierline.twin.expand_cases import Case, cases
from tierline.twin.expand_document import Document, unite
from tierline.twin.expand_heads import heads
from tierline.twin.files import Found, find, included, load
from tierline.twin.model import Absent, Twin
from tierline.twin.read import read
from tierline.twin.resolve import resolve
from tierline.twin.resolve_interlocks import allow_normal
from tierline.twin.source import Map, Source


@dataclass(frozen=True, slots=True)
class Compiled:
    """The result of one facility."""

    cases: tuple[Twin, ...]
    """One twin for each load case, in the order declared; none if there is an error."""
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]
    """File name → text, for messages."""
    path: str
    """The facility as the user reaches it."""

    @property
    def twin(self) -> Twin | None:
        """The first case, which is the one that is drawn."""
        return self.cases[0] if self.cases else None


def compile_path(path: str) -> list[Compiled]:
    """Every facility a path leads to; one result without a twin where there is none."""
    complaints = Complaints()
    found = find(path, complaints)
    if not found:
        return [Compiled((), complaints.listed(), {}, path)]
    return [_facility(one, complaints if index == 0 else Complaints()) for index, one in enumerate(found)]


def compile_text(text: str, name: str = "facility.yaml") -> Compiled:
    """One facility in one text."""
    complaints = Complaints()
    source = Source(name, text.replace("\r\n", "\n"), name)
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".yaml")
    with _undisturbed():
        root = read(source, complaints)
        twins = _twins([root] if root is not None else None, [source], stem, complaints)
    return Compiled(twins, complaints.listed(), {name: source.text}, name)


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
        twins = _twins(whole if complete else None, sources, found.name, complaints)
    shown = {source.name: source.text for source in sources}
    return Compiled(twins, complaints.listed(), shown, found.path)


def _twins(roots: list[Map] | None, sources: list[Source], name: str, complaints: Complaints) -> tuple[Twin, ...]:
    """The twins of a facility whose files were all read; without one, every reference would seem to dangle."""
    if roots is None:
        return ()
    document = unite(roots, complaints)
    found = []
    for case in cases(document, complaints):
        own = Complaints()
        found.append(_twin(document, case, sources, name, own))
        complaints.take(own)
    return () if complaints.errors else tuple(twin for twin in found if twin is not None)


def _twin(document: Document, case: Case, sources: list[Source], name: str, complaints: Complaints) -> Twin | None:
    """One case of a facility; everything is resolved as if nothing were absent, and then it is left out."""
    ledger = Ledger()
    expander = Expander(document, complaints, ledger, case.amend)
    made = expander.run()
    resolved, absent = resolve(made, expander.amendments, complaints), Absent()
    head = heads(document, name, ledger, complaints)
    out = Absences(made, resolved, complaints).of(case.absent, expander.frame)
    if case.absent:
        resolved, absent = leave_out(resolved, out.elements, out.rooms)
        judge_amendments(expander.amendments, out, absent.elements, complaints)
    if complaints.errors or not allow_normal(resolved.interlocks, resolved.elements, complaints):
        return None
    rooms = {id: made.rooms[id] for id in sorted(made.rooms) if id not in out.rooms}
    fields = [one.fields for one in resolved.elements.values()] + [one.fields for one in rooms.values()]
    fields += [*(one.fields for one in resolved.interlocks), head.site.fields, head.settings]
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
        assumptions=ledger.listed([value for each in fields for value in each.values()]),
        sources={one.name: one.text for one in sources},
        spec_hash=spec_hash(sources),
        names=head.names,
        revisions=head.revisions,
        case=case.name,
        case_note=case.note,
        absent=absent,
        interlocks=resolved.interlocks,
        spares=resolved.spares,
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
