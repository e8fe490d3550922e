"""Lists of names as people read them: natural order, and what differs in one place written once.

Promises: a short form stands for exactly the names given; `msb-<a|b>.q<1..3>` means all six.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_TOKEN = re.compile(r"\d+|[A-Za-z]+|[^0-9A-Za-z]")
_DIGITS = re.compile(r"(\d+)")
FEWEST = 3
"""Fewer names than these are spelled out."""

Pattern = tuple[frozenset[str], ...]


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key: numbers by value, everything else by character."""
    return tuple(
        (0, int(piece), piece) if piece.isdecimal() else (1, 0, piece) for piece in _DIGITS.split(name) if piece
    )


def in_order(names: Iterable[str]) -> list[str]:
    return sorted(set(names), key=natural)


def names(ids: Iterable[str], most: int = 6, sort: bool = True) -> str:
    """A list that stays readable: what is alike written once, then the first few, and how many more."""
    pieces = _pieces(in_order(ids) if sort else list(dict.fromkeys(ids)))
    shown = ", ".join(text for text, _ in pieces[:most])
    left = sum(count for _, count in pieces[most:])
    return f"{shown} and {left} more" if left else shown


def _pieces(ids: Sequence[str]) -> list[tuple[str, int]]:
    """The texts that together stand for all the names, and how many each stands for."""
    found: list[tuple[str, int]] = []
    for pattern, members in _patterns(ids):
        if len(members) < FEWEST:
            found += [(name, 1) for name in members]
        else:
            found.append(("".join(_spelled(tokens) for tokens in pattern), len(members)))
    return found


def _patterns(ids: Sequence[str]) -> list[tuple[Pattern, list[str]]]:
    """Names that differ in one token become one pattern; again for every other token."""
    tokens = {name: tuple(_TOKEN.findall(name)) for name in ids}
    groups: dict[Pattern, list[str]] = {tuple(frozenset((t,)) for t in tokens[name]): [name] for name in ids}
    for position in range(max((len(t) for t in tokens.values()), default=0) - 1, -1, -1):
        merged: dict[object, tuple[Pattern, list[str]]] = {}
        for pattern, members in groups.items():
            key = _without(pattern, position)
            if key not in merged:
                merged[key] = (pattern, list(members))
                continue
            before, already = merged[key]
            union = before[position] | pattern[position]
            merged[key] = ((*before[:position], union, *before[position + 1 :]), [*already, *members])
        groups = dict(merged.values())
    return list(groups.items())


def _without(pattern: Pattern, position: int) -> object:
    """What two patterns must share to become one; the word that begins a name is never left out."""
    if position >= len(pattern) or position == 0:
        return pattern
    tokens = pattern[position]
    if not all(t.isalnum() for t in tokens):
        return pattern
    digits = {t.isdecimal() for t in tokens}
    return (len(pattern), position, frozenset(digits), pattern[:position], pattern[position + 1 :])


def _spelled(tokens: frozenset[str]) -> str:
    if len(tokens) == 1:
        return next(iter(tokens))
    listed = sorted(tokens, key=natural)
    numbers = [int(t) for t in listed if t.isdecimal()]
    if len(numbers) == len(listed) >= FEWEST and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"<{listed[0]}..{listed[-1]}>"
    return f"<{'|'.join(listed)}>"
