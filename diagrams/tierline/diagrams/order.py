"""The one order of names, and how a list of names is written short.

Promises: natural order (`q2` before `q10`), independent of how and where names were declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_DIGITS = re.compile(r"(\d+)")
_PIECES = re.compile(r"\d+|\D")


@cache
def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key: numbers by value, everything else by character, so that `tx-a` comes before `tx2-a`."""
    return tuple(
        (1, int(piece), piece) if piece.isdecimal() else (2 * (piece > "9"), ord(piece), "")
        for piece in _PIECES.findall(name)
    )


def in_order(names: Iterable[str]) -> list[str]:
    return sorted(names, key=natural)


def _ranges(numbers: list[str]) -> str:
    """`1 2 3 5` as `1–3,5`."""
    runs: list[list[str]] = []
    for number in sorted(set(numbers), key=int):
        if runs and int(number) == int(runs[-1][-1]) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def compact(names: Iterable[str]) -> list[str]:
    """The names, those that differ only in their numbers written once: `crah-a1 crah-a2` as `crah-a1–2`.

    Every combination of the numbers shown is meant; where one is missing, the names are split by all
    numbers but the last, so that the short form never names what does not exist.
    """
    groups: dict[tuple[str, ...], list[list[str]]] = {}
    for name in in_order(set(names)):
        pieces = _DIGITS.split(name)
        groups.setdefault(tuple(pieces[0::2]), []).append(pieces[1::2])
    found = []
    for texts, members in groups.items():
        columns = [sorted(set(column)) for column in zip(*members, strict=True)]
        size = 1
        for column in columns:
            size *= len(column)
        if size == len(members):
            found.append(_spell(texts, columns))
        else:
            by_head: dict[tuple[str, ...], list[str]] = {}
            for member in members:
                by_head.setdefault(tuple(member[:-1]), []).append(member[-1])
            found.extend(_spell(texts, [*([one] for one in head), last]) for head, last in by_head.items())
    return found


def _spell(texts: tuple[str, ...], columns: list[list[str]]) -> str:
    spelled = texts[0]
    for column, text in zip(columns, texts[1:], strict=True):
        spelled += _ranges(column) + text
    return spelled


def number(sheet: str) -> str:
    """The number of a sheet, from its name: `E-100` of `e-100-main`."""
    return "-".join(sheet.split("-")[:2]).upper()
