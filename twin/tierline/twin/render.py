"""Diagnostics as text: the complaint, its source line with a caret, the other places, what helps.

The only module of this room that knows colours; the text is the same with and without.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tierline.twin.diagnostics import Diagnostic
from tierline.twin.model import Location

_WIDEST = 100
"""Characters of a source line that are shown."""
_TOKEN = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s,\[\]{}]+(?: (?![#])[^\s,\[\]{}:]+)*")
_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "place": "\x1b[36m", "dim": "\x1b[2m"}
_PLAIN = "\x1b[0m"


def render(diagnostic: Diagnostic, sources: Mapping[str, str], color: bool = False) -> str:
    """One diagnostic, several lines, no line break at the end."""
    head = _painted(f"{diagnostic.severity}[{diagnostic.key}]", diagnostic.severity, color)
    lines = [f"{head}: {diagnostic.message}", *_place(diagnostic.at, sources, color)]
    for at, text in diagnostic.related:
        lines.append(f"  {_painted('then', 'dim', color)} {text}")
        lines.extend(_place(at, sources, color))
    if diagnostic.help:
        lines.append(f"  {_painted('help', 'dim', color)} {diagnostic.help}")
    return "\n".join(lines)


def _place(at: Location, sources: Mapping[str, str], color: bool) -> list[str]:
    lines = [f"  {_painted(str(at), 'place', color)}"]
    text = _line(sources.get(at.file), at.line)
    if text is None or not text.strip():
        return lines
    start = at.column - 1
    token = _TOKEN.match(text, start)
    width = max(1, len(token.group().rstrip(":")) if token else 1)
    left = max(0, min(start - 20, len(text) - _WIDEST)) if len(text) > _WIDEST else 0
    shown = text[left : left + _WIDEST]
    # a tab before the token stays a tab, so that the caret stands below it whatever its width
    lead = "".join("\t" if one == "\t" else " " for one in text[left:start])
    carets = "^" * max(1, min(width, len(shown) - len(lead)))
    bar = _painted("│", "dim", color)
    lines.append(f"    {bar} {shown}")
    lines.append(f"    {bar} {lead}{_painted(carets, 'error', color)}")
    return lines


def _line(text: str | None, number: int) -> str | None:
    if text is None:
        return None
    start = 0
    for _ in range(number - 1):
        start = text.find("\n", start) + 1
        if start == 0:
            return None
    end = text.find("\n", start)
    line = text[start:] if end < 0 else text[start:end]
    return "".join(
        one if one.isprintable() or one == "\t" else "\ufffd" for one in line.removeprefix("\ufeff")
    )


def _painted(text: str, name: str, color: bool) -> str:
    return f"{_COLOURS[name]}{text}{_PLAIN}" if color else text
