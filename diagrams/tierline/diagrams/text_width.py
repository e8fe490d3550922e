"""How wide a text is drawn, from a table that ships with the program.

Promises: no font of the machine is read; Arial, Helvetica and Liberation Sans share these advance widths; a
character that is not in the table is taken as wide as an em, so that a box is never too small.
"""

from __future__ import annotations

import unicodedata

# Advance widths in thousandths of an em for the characters from the space (32) to the tilde (126).
_REGULAR = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 "
    "556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 "
    "667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 "
    "556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
)
_BOLD = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 "
    "556 556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 "
    "667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 "
    "611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584"
)
_EXTRA = {
    "–": 556,
    "—": 1000,
    "…": 1000,
    "×": 584,
    "°": 400,
    "·": 333,
    "→": 1000,
    "²": 333,
    "³": 333,
    "µ": 576,
}


def _table(widths: str) -> dict[str, int]:
    return {chr(32 + n): int(width) for n, width in enumerate(widths.split())} | _EXTRA


_TABLES = {False: _table(_REGULAR), True: _table(_BOLD)}


def text_width(text: str, size: int, bold: bool = False) -> int:
    """The advance width of a text, rounded up to a whole unit."""
    table = _TABLES[bold]
    total = 0
    for character in text:
        base = unicodedata.normalize("NFD", character)[:1]
        total += table.get(character, table.get(base, 1000))
    return -(-total * size // 1000)
