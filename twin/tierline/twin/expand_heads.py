"""The head of a document: id and names of the facility, claims, site, settings, revisions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from tierline.twin.assumptions import Ledger
from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_document import Document, Entry
from tierline.twin.expand_fields import is_data, layer, read, scalars
from tierline.twin.head import Claims, Revision, Site
from tierline.twin.model import Location, Quantity, Value
from tierline.twin.source import Hole, Map, Scalar
from tierline.twin.spec.check import check, complain
from tierline.twin.spec.fields import BLANK
from tierline.twin.spec.file import REVISION
from tierline.twin.spec.file import Claims as ClaimsModel
from tierline.twin.spec.file import Revision as RevisionModel
from tierline.twin.spec.file import Settings as SettingsModel
from tierline.twin.spec.file import Site as SiteModel
from tierline.twin.units import Fault


@dataclass(frozen=True, slots=True)
class Head:
    facility: str
    names: Mapping[str, str]
    """Language → name; the language is empty where the author gave one name for all."""
    claims: Claims
    site: Site
    settings: Mapping[str, Value]
    revisions: tuple[Revision, ...]


def heads(document: Document, fallback: str, ledger: Ledger, complaints: Complaints) -> Head:
    """What a document says of the facility as a whole."""
    at, claims = _values(document.heads.get("claims"), ClaimsModel, ledger, complaints)
    site_at, site = _values(document.heads.get("site"), SiteModel, ledger, complaints)
    _, settings = _values(document.heads.get("settings"), SettingsModel, ledger, complaints)
    facility = document.head_text("facility") or _slug(fallback)
    claimed = Claims(
        at,
        _text(claims, "tier"),
        _quantity(claims, "availability"),
        _source(document),
        _quantity(claims, "autonomy"),
    )
    names = document.heads.get("name")
    stands = Site(site_at, site.get("dry_bulb"), site)
    return Head(facility, _names(names), claimed, stands, settings, _revisions(document, complaints))


def _values(
    entry: Entry | None, model: type[BaseModel], ledger: Ledger, complaints: Complaints
) -> tuple[Location | None, dict[str, Value]]:
    if entry is None or not isinstance(entry.node, Map):
        return None, {}
    found = {}
    for field in layer(
        model, entry.node, entry.outer, entry.key.text, complaints, entry.key.text
    ).fields.values():
        filled = [scalar for scalar in scalars(field.node) if BLANK.search(scalar.text)]
        if filled:
            complain(Fault("blank-unbound", name=filled[0].text, known="none"), filled[0], complaints)
        elif is_data(field.name, field.type):
            value = read(field, {}, ledger, complaints)
            if value is not None:
                found[field.name] = value
    return entry.key.at, found


def _source(document: Document) -> str | None:
    entry = document.heads.get("claims")
    return entry.node.text("source") if entry is not None and isinstance(entry.node, Map) else None


def _names(entry: Entry | None) -> dict[str, str]:
    if entry is None:
        return {}
    if isinstance(entry.node, Map):
        return {language: one.text for language, one in entry.node.values.items() if isinstance(one, Scalar)}
    return {"": entry.node.text} if isinstance(entry.node, Scalar) else {}


def _revisions(document: Document, complaints: Complaints) -> tuple[Revision, ...]:
    """By their day, whatever the order they were written in."""
    found = []
    for name, entry in document.sections["revisions"].items():
        node = entry.node
        if not REVISION.fullmatch(name):
            wanted = "the letter or number of a revision, such as B or 02,"
            complaints.add("wrong-form", entry.key.at, found=f"`{name}`", wanted=wanted)
        elif isinstance(node, Map):
            if not check(RevisionModel, node, complaints, "a revision"):
                words = (node.text(key) or "" for key in ("date", "text", "by"))
                found.append(Revision(name, *words))
        elif not isinstance(node, Hole):
            complaints.add("wrong-form", node.at, found="something else", wanted="a map, such as {date: …, text: …}")
    return tuple(sorted(found, key=lambda one: (one.date, one.name)))


def _text(values: dict[str, Value], name: str) -> str | None:
    found = values.get(name)
    return found.of if found is not None and isinstance(found.of, str) else None


def _quantity(values: dict[str, Value], name: str) -> Quantity | None:
    found = values.get(name)
    return found.of if found is not None and isinstance(found.of, Quantity) else None


def _slug(text: str) -> str:
    """An id from a folder's or file's name."""
    slug = re.sub("[^A-Za-z0-9]+", "-", text).strip("-")[:63]
    return slug if slug[:1].isalpha() else f"facility-{slug}".rstrip("-")
