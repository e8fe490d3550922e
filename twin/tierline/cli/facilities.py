"""From the paths of a command line to compiled facilities; mistakes of the author go to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from tierline.cli.main import WrongUsage
from tierline.twin.compiler import Compiled, compile_path, compile_text
from tierline.twin.diagnostics import Diagnostic
from tierline.twin.model import Location, Twin
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


def chosen(compiled: Compiled, names: Sequence[str]) -> list[Twin]:
    """The load cases of a facility that were asked for, in the order declared; all of them by default.

    Errors: WrongUsage for a name that a facility does not have, also if another one has it: none is passed over.
    """
    known = [twin.case for twin in compiled.cases]
    for name in names if known else ():
        if name not in known:
            facility = compiled.cases[0].facility
            near = get_close_matches(name.casefold(), known, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]!r}?" if near else f"it has: {', '.join(filter(None, known)) or 'none'}"
            raise WrongUsage(f"{facility} has no case {name!r}; {hint}")
    return [twin for twin in compiled.cases if not names or twin.case in names]


def beside(one: Compiled, folder: str) -> Path:
    """A folder beside the spec."""
    place = Path(one.path)
    return (place if place.is_dir() else place.parent) / folder


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
