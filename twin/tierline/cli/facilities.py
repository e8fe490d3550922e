"""From the paths of a command line to compiled facilities; mistakes of the author go to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

from tierline.twin.compiler import Compiled, compile_path, compile_text
from tierline.twin.diagnostics import Diagnostic
from tierline.twin.model import Location
from tierline.twin.render import render

MOST = 100
"""Diagnostics printed; the rest are counted."""


def compile_all(paths: Sequence[str]) -> list[Compiled]:
    """Every facility found below the paths, in that order; the same folder twice counts once."""
    found: list[Compiled] = []
    seen: set[str] = set()
    for path in paths:
        if path == "-":
            found.append(compile_text(sys.stdin.buffer.read().decode("utf-8", "surrogateescape"), "<stdin>"))
            continue
        for compiled in compile_path(path):
            key = os.path.realpath(compiled.path)
            if key not in seen or compiled.twin is None:
                seen.add(key)
                found.append(compiled)
    return found


def colour(stream: object) -> bool:
    """Colour only on a terminal that wants it."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(getattr(stream, "isatty", lambda: False)())


def tell(compiled: Iterable[Compiled]) -> None:
    """Print the diagnostics of every facility to stderr."""
    for one in compiled:
        shown = one.diagnostics[:MOST]
        if not shown:
            continue
        for diagnostic in shown:
            print(render(diagnostic, one.sources, colour(sys.stderr)), end="\n\n", file=sys.stderr)
        if len(one.diagnostics) > MOST:
            print(f"… and {len(one.diagnostics) - MOST} more", file=sys.stderr)


def broken(compiled: Iterable[Compiled]) -> bool:
    """Whether any facility does not compile."""
    return any(one.twin is None for one in compiled)


def as_data(diagnostic: Diagnostic) -> dict[str, object]:
    """A diagnostic for the JSON report."""
    return {
        "key": diagnostic.key,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "location": _place(diagnostic.at),
        "related": [{"text": text, "location": _place(at)} for at, text in diagnostic.related],
        "help": diagnostic.help,
    }


def _place(at: Location) -> dict[str, object]:
    return {"file": at.file, "line": at.line, "column": at.column}
