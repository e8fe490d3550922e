"""One shape for every complaint about what an author wrote, and the collector that gathers them.

A diagnostic is plain data: no colour, no terminal, no traceback. The collector keeps one diagnostic per key
and place, so a mistake in a template is reported once however many elements are made from it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tierline.twin.messages import message
from tierline.twin.model import Location

ERROR = "error"
WARNING = "warning"

Related = tuple[tuple[Location, str], ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong, where, where the other half is, and what would be right."""

    key: str
    """The stable name of the message in `tierline.twin.messages`."""
    severity: str
    """`error` or `warning`; a twin exists only where there is no error."""
    message: str
    at: Location
    related: Related = ()
    help: str | None = None

    @property
    def order(self) -> tuple[str, int, int, str]:
        return self.at.file, self.at.line, self.at.column, self.key


@dataclass(slots=True)
class _Entry:
    diagnostic: Diagnostic
    count: int
    instances: list[str]


class Complaints:
    """Gathers diagnostics of one run; at most `KEPT` different ones are kept, all are counted."""

    KEPT = 1000
    NAMED = 3
    SUGGESTED = 25

    def __init__(self) -> None:
        self._entries: dict[tuple[str, Location], _Entry] = {}
        self._left_out = 0
        self._suggestions = 0
        self.errors = 0

    def add(
        self,
        key: str,
        at: Location,
        /,
        *,
        related: Iterable[tuple[Location, str]] = (),
        help: str | None = None,
        instance: str | None = None,
        severity: str = ERROR,
        **words: object,
    ) -> None:
        """Take one complaint; a second one of the same key at the same place only adds its instance."""
        if severity == ERROR:
            self.errors += 1
        entry = self._entries.get((key, at))
        if entry is None:
            if len(self._entries) >= self.KEPT:
                self._left_out += 1
                return
            text, hint = message(key, words)
            found = Diagnostic(key, severity, text, at, tuple(related), help or hint)
            entry = self._entries[key, at] = _Entry(found, 0, [])
        entry.count += 1
        if instance is not None and len(entry.instances) < self.NAMED and instance not in entry.instances:
            entry.instances.append(instance)

    def suggest(self, word: str, known: Iterable[str]) -> str | None:
        """`did you mean …`, for the first few complaints of a run only: the search is slow."""
        if self._suggestions >= self.SUGGESTED:
            return None
        self._suggestions += 1
        return did_you_mean(word, known)

    def take(self, other: Complaints) -> None:
        """Add the complaints of another run over the same text; what both found is told once."""
        for place, entry in other._entries.items():
            if place not in self._entries and len(self._entries) >= self.KEPT:
                self._left_out += 1
            else:
                self._entries.setdefault(place, entry)
        self._left_out += other._left_out
        self.errors += other.errors

    def listed(self) -> tuple[Diagnostic, ...]:
        """All complaints in the order of their places."""
        found = sorted((_told(entry) for entry in self._entries.values()), key=lambda one: one.order)
        if self._left_out:
            text, _ = message("more", {"count": self._left_out})
            found.append(Diagnostic("more", ERROR, text, found[-1].at))
        return tuple(found)


def _told(entry: _Entry) -> Diagnostic:
    if entry.count < 2 or not entry.instances:
        return entry.diagnostic
    named = ", ".join(entry.instances) + (", …" if entry.count > len(entry.instances) else "")
    text, _ = message("instances", {"count": entry.count, "names": named})
    return replace(entry.diagnostic, message=f"{entry.diagnostic.message} {text}")


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The nearest known word, as a hint; None where nothing is near."""
    candidates = list(known)
    if len(candidates) > 2000:
        candidates = [one for one in candidates if one[:2] == word[:2]][:2000]
    folded = {one.casefold(): one for one in candidates}
    near = difflib.get_close_matches(word.casefold()[:100], folded, n=1, cutoff=0.6)
    return message("did-you-mean", {"word": folded[near[0]]})[0] if near else None
