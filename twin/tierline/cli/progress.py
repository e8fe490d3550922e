"""A progress bar, on a terminal and for long work only."""

from __future__ import annotations

import os
import sys
from time import monotonic

DELAY = 1.0
"""Seconds of work before a bar appears."""
WIDTH = 40


class Progress:
    """`step(done, all)` draws on stderr; `close()` wipes it. Silent if stderr is no terminal, in CI, or when quiet."""

    def __init__(self, title: str, quiet: bool) -> None:
        self._title = title
        self._on = sys.stderr.isatty() and not quiet and not os.environ.get("CI")
        self._start = monotonic()
        self._last = self._start
        self._shown = False

    def step(self, done: int, of: int) -> None:
        now = monotonic()
        if not self._on or now - self._start < DELAY or now - self._last < 0.1:
            return
        self._last, self._shown = now, True
        filled = WIDTH * done // max(of, 1)
        bar = "#" * filled + "." * (WIDTH - filled)
        print(f"\r{self._title} [{bar}] {done}/{of}", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        if self._shown:
            print("\r\x1b[2K", end="", file=sys.stderr, flush=True)
