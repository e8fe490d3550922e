"""The manual of the rules, made from the catalogue."""

from __future__ import annotations

from textwrap import fill
from typing import Any

from tierline.twin.policy import TERMS, Term
from tierline.validators.catalogue import ENTRIES, SANITY_ENTRIES, Entry
from tierline.validators.run import JUDGED, PACK, SANITY_PACK

_ALWAYS = frozenset(("GEN-01", *(e.ref for e in SANITY_ENTRIES)))


def is_judged(entry: Entry) -> bool:
    """Whether this version judges the rule."""
    return entry.ref in JUDGED or entry.ref in _ALWAYS


def page(entry: Entry) -> str:
    """The manual page of one rule."""
    facts = [
        f"{entry.ref}  {entry.id}",
        "",
        fill(entry.title, 100),
        "",
        fill(f"Why: {entry.why}", 100),
        "",
        fill(f"Fix: {entry.fix}", 100),
        "",
        f"Tiers: {', '.join(entry.tiers) or 'none: advice'}{' (advisory)' if entry.advisory else ''}",
        f"Check: {entry.check}; judged by this version: {'yes' if is_judged(entry) else 'no'}",
        fill(f"Basis: {entry.basis}", 100),
        "A design check in our own words; not a certification, and no standard's text.",
    ]
    return "\n".join(facts)


def term_page(term: Term) -> str:
    """The manual page of one open interpretation."""
    values = " or ".join(f"{value} (default)" if value == term.default else value for value in term.values)
    return "\n".join(
        [
            f"{term.ref}  {term.name}",
            "",
            f"{term.asks[:1].upper()}{term.asks[1:]}",
            "",
            f"Values: {values}. Chosen by who runs the check: `check --setting {term.name}={term.values[1]}`.",
            "A spec cannot choose it, and the verdict line names every setting that is off its default.",
        ]
    )


def table() -> list[dict[str, Any]]:
    """Every rule as a row of data, in the order of the catalogue."""
    return [
        {
            "id": e.id,
            "ref": e.ref,
            "pack": SANITY_PACK if e in SANITY_ENTRIES else PACK,
            "chapter": e.chapter,
            "title": e.title,
            "tiers": list(e.tiers),
            "check": e.check,
            "subsystem": e.subsystem,
            "advisory": e.advisory,
            "judged": is_judged(e),
        }
        for e in (*SANITY_ENTRIES, *ENTRIES)
    ]


def document() -> str:
    """The whole manual as Markdown, committed as `validators/RULES.md`."""
    judged = sum(1 for e in ENTRIES if is_judged(e))
    lines = [
        "# Rules",
        "",
        f"Generated from the catalogue; {judged} of {len(ENTRIES)} rules are judged by this version.",
        "A design check in our own words: it certifies nothing, and quotes no standard.",
    ]
    chapter = ""
    for entry in ENTRIES:
        if entry.chapter != chapter:
            chapter = entry.chapter
            lines += ["", f"## {chapter[:1].upper()}{chapter[1:]}"]
        lines += [
            "",
            f"### {entry.ref} {entry.id}",
            "",
            f"{entry.title}.",
            "",
            f"*Why.* {entry.why}",
            "",
            f"*Fix.* {entry.fix}",
            "",
            f"*Tiers* {', '.join(entry.tiers) or 'none'} · *check* {entry.check} · "
            f"*judged* {'yes' if is_judged(entry) else 'not yet'} · *basis* {entry.basis}",
        ]
    lines += [
        "",
        "## Settings",
        "",
        "Interpretations on which engineers differ. The first value holds unless `check --setting NAME=VALUE`",
        "says otherwise.",
        "",
        "| setting | law | values | asks |",
        "|---|---|---|---|",
        *(f"| `{t.name}` | {t.ref} | {', '.join(t.values)} | {t.asks} |" for t in TERMS.values()),
    ]
    return "\n".join(lines) + "\n"
