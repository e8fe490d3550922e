"""`tierline explain`, `tierline rules`, `tierline schema`: what the tool knows, in print."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from difflib import get_close_matches
from textwrap import fill

from tierline.cli.main import UNUSABLE


def explain(arguments: Namespace) -> int:
    """Print the manual page of one rule, or of one setting of the law."""
    from tierline.twin.policy import TERMS
    from tierline.validators.catalogue import ENTRIES, by_name
    from tierline.validators.manual import page, term_page

    wanted = arguments.rule.casefold()
    term = next((t for t in TERMS.values() if wanted in (t.name, t.ref.casefold())), None)
    if term is not None:
        print(term_page(term))
        return 0
    entry = by_name(arguments.rule)
    if entry is None:
        known = [e.id for e in ENTRIES] + [e.ref for e in ENTRIES] + list(TERMS)
        near = get_close_matches(arguments.rule, known, n=3, cutoff=0.5)
        hint = f" Did you mean {' or '.join(near)}?" if near else " `tierline rules` lists them."
        print(f"tierline: no rule {arguments.rule!r}.{hint}", file=sys.stderr)
        return UNUSABLE
    print(page(entry))
    return 0


def rules(arguments: Namespace) -> int:
    """List every rule of the catalogue."""
    from tierline.validators.manual import table

    rows = table()
    if arguments.format == "json":
        print(json.dumps({"rules": rows}, ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        mark = "judged" if row["judged"] else "-"
        print(f"{row['ref']:<7} {mark:<7} {'/'.join(row['tiers']) or '-':<12} {row['id']}")
        print(fill(row["title"], width=100, initial_indent=" " * 28, subsequent_indent=" " * 28))
    return 0


def schema(arguments: Namespace) -> int:
    """Print a JSON Schema: of the spec language, or of the report."""
    if arguments.what == "report":
        from tierline.validators.report_schema import report_schema

        document = report_schema()
    else:
        from tierline.twin.schema import schema as spec_schema

        document = spec_schema()
    print(json.dumps(document, ensure_ascii=False, indent=1))
    return 0
