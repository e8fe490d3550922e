"""`--waivers FILE`: reading it, and telling of the waivers that fit nothing or have run out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from tierline.cli.facilities import colour
from tierline.cli.main import WrongUsage
from tierline.twin.compiler import Compiled
from tierline.twin.render import render
from tierline.twin.waivers import Waiver, read_waivers
from tierline.validators.run import Report

LARGEST = 1_000_000
"""Bytes of a file of waivers."""


def given(path: str | None, compiled: Sequence[Compiled]) -> tuple[Waiver, ...]:
    """The waivers of the file that was named; none without one.

    Errors: WrongUsage for a file that cannot be read or has a mistake, and for more or fewer facilities than one.
    """
    if path is None:
        return ()
    if len(compiled) != 1:
        raise WrongUsage("--waivers FILE is of one facility; ask of them apart")
    try:
        place = Path(path)
        stands = place.stat()
        if not place.is_file() or stands.st_size > LARGEST:
            raise WrongUsage(f"cannot read {path}: it is no regular file of at most {LARGEST} bytes")
        text = place.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error
    waivers, mistakes = read_waivers(text, place.as_posix())
    for mistake in mistakes:
        print(render(mistake, {place.as_posix(): text}, colour(sys.stderr)), end="\n\n", file=sys.stderr)
    if mistakes:
        raise WrongUsage(f"{path} has mistakes, so no waiver holds")
    return waivers


def tell_idle(waivers: Iterable[Waiver], reports: Sequence[Report], today: date) -> bool:
    """Whether a waiver has run out, or fits no finding of any report; each is told."""
    used = {waiver for report in reports for waiver in report.waivers}
    idle = [waiver for waiver in waivers if waiver not in used]
    for waiver in idle:
        why = "it ran out on that day" if waiver.until < today else "no finding that can be waived is told there"
        words = f"{waiver.rule} at {waiver.element}, until {waiver.until}: {why}"
        print(f"error: a waiver without effect: {words}\n  --> {waiver.at}", file=sys.stderr)
    return bool(idle)
