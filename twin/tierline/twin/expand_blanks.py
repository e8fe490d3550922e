"""Blanks: keys such as `gen-<x><n=1..3>`, the sets they run over, and texts filled from what a key binds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tierline.twin.model import Location
from tierline.twin.spec.fields import BLANK
from tierline.twin.units import Fault

MOST = 100_000
"""Elements of one key, and members of one set."""

_IN_KEY = re.compile(r"<([^<>]*)>")
_NAMED = re.compile(r"([a-z][a-z0-9_-]*)(\*?)(?:=(.*))?", re.ASCII)
_RANGE = re.compile(r"([0-9]{1,9})\.\.([0-9]{1,9})", re.ASCII)
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*", re.ASCII)


class Arg:
    """What a blank stands for: an axis member, or a parameter with the place and standing of its value.

    The text of a reference begins with `/`: it is an address from the root, wherever it is used.
    """

    __slots__ = ("assumed", "at", "source", "text")

    def __init__(
        self, text: str, at: Location | None = None, assumed: str | None = None, source: str | None = None
    ) -> None:
        self.text = text
        self.at = at
        self.assumed = assumed
        self.source = source


Env = Mapping[str, Arg]


class Pattern:
    """A text with blanks, taken apart once. `spread` is the blank written `<x*>`, if there is one."""

    __slots__ = ("_format", "names", "spread", "text", "whole")

    def __init__(self, text: str) -> None:
        self.text = text
        pieces = BLANK.split(text)
        self._format = "%s".join(piece.replace("%", "%%") for piece in pieces[::3])
        self.names = tuple(pieces[1::3])
        spreads = [name for name, star in zip(pieces[1::3], pieces[2::3], strict=True) if star]
        if len(spreads) > 1:
            raise Fault("spread-twice", text=text)
        self.spread = spreads[0] if spreads else None
        self.whole = self.names[0] if len(self.names) == 1 and self._format == "%s" else None

    def fill(self, env: Env) -> str:
        return self._format % tuple([env[name].text for name in self.names])


@dataclass(frozen=True, slots=True)
class Key:
    """A key taken apart: the pattern of the id, and what each blank with a set of its own runs over."""

    pattern: Pattern
    sets: Mapping[str, tuple[str, ...]]


def parse_key(text: str) -> Key:
    """Take a key apart; raises `Fault`."""
    if "<" not in text and ">" not in text:
        return Key(Pattern(text), {})
    sets: dict[str, tuple[str, ...]] = {}

    def bare(match: re.Match[str]) -> str:
        inner = _NAMED.fullmatch(match[1])
        if inner is None:
            raise Fault("blank-form", text=match[0])
        name, star, members = inner.groups()
        if star:
            raise Fault("spread-in-key", text=match[0])
        if members is not None:
            if name in sets:
                raise Fault("set-twice", name=name)
            sets[name] = parse_set(members)
        return f"<{name}>"

    plain = _IN_KEY.sub(bare, text)
    if plain.count("<") != len(BLANK.findall(plain)) or plain.count(">") != plain.count("<"):
        raise Fault("blank-form", text=text)
    return Key(Pattern(plain), sets)


def parse_set(text: str) -> tuple[str, ...]:
    """The members of `a|b`, `1..3` or `01..12|r`; raises `Fault`."""
    found: list[str] = []
    for item in text.split("|") if text else []:
        match = _RANGE.fullmatch(item)
        if match:
            found.extend(_range(item, match[1], match[2]))
        elif _WORD.fullmatch(item):
            found.append(item)
        else:
            raise Fault("set-form", text=text)
    if len(set(found)) != len(found):
        raise Fault("set-repeats", text=text)
    return tuple(found)


def _range(text: str, first: str, last: str) -> list[str]:
    padded = first.startswith("0") and len(first) > 1
    if padded and len(first) != len(last):
        raise Fault("range-width", text=text)
    low, high = int(first), int(last)
    if low > high:
        raise Fault("range-order", text=text)
    if high - low >= MOST:
        raise Fault("too-many", count=high - low + 1, limit=MOST, of=text)
    width = len(first) if padded else 0
    return [f"{number:0{width}d}" for number in range(low, high + 1)]


def combinations(lists: Mapping[str, tuple[str, ...]]) -> Iterator[dict[str, Arg]]:
    """One binding per combination of members, in the order written."""
    names = tuple(lists)
    args = [[Arg(member) for member in members] for members in lists.values()]
    for chosen in itertools.product(*args):
        yield dict(zip(names, chosen, strict=True))


def count(lists: Mapping[str, tuple[str, ...]]) -> int:
    """How many combinations there are; checked before any is made."""
    total = 1
    for members in lists.values():
        total *= len(members)
    return total
