"""How wide a text is drawn, from a table that ships with the program.

Promises: no font of the machine is read; Arial, Helvetica and Liberation Sans share these advance widths; letters that
they lack are as wide as in the fonts that are shipped; any other character is taken as wide as an em, so that a box is
never too small.
"""

from __future__ import annotations

import unicodedata

from tierline.diagrams.letters import GLYPHS, widths

# Advance widths in thousandths of an em: the characters from the space (32) to the tilde (126), then those of
# Windows-1252 from 128 on, with 0 where it has none.
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
_REGULAR_HIGH = (
    "556 0 222 556 333 1000 556 556 333 1000 667 333 1000 0 611 0 0 222 222 333 333 350 556 1000 333 1000 500 333 "
    "944 0 500 667 278 333 556 556 556 556 260 556 333 737 370 556 584 333 737 333 400 584 333 333 333 576 537 "
    "333 333 333 365 556 834 834 834 611 667 667 667 667 667 667 1000 722 667 667 667 667 278 278 278 278 722 722 "
    "778 778 778 778 778 584 778 722 722 722 722 667 667 611 556 556 556 556 556 556 889 500 556 556 556 556 278 "
    "278 278 278 556 556 556 556 556 556 556 584 611 556 556 556 556 500 556 500"
)
_BOLD_HIGH = (
    "556 0 278 556 500 1000 556 556 333 1000 667 333 1000 0 611 0 0 278 278 500 500 350 556 1000 333 1000 556 333 "
    "944 0 500 667 278 333 556 556 556 556 280 556 333 737 370 556 584 333 737 333 400 584 333 333 333 611 556 "
    "333 333 333 365 556 834 834 834 611 722 722 722 722 722 722 1000 722 667 667 667 667 278 278 278 278 722 722 "
    "778 778 778 778 778 584 778 722 722 722 722 667 667 611 556 556 556 556 556 556 889 556 556 556 556 556 278 "
    "278 278 278 611 611 611 611 611 611 611 584 611 611 611 611 611 556 611 556"
)
_EXTRA = {
    **dict.fromkeys("←→", 1000),
    **dict.fromkeys("≤≥≠≈√", 549),
    **{"−": 584, "∞": 713, "Δ": 668, "∆": 612, "Ω": 768, "Ł": 611, "ł": 278, "ı": 278},
}


def _table(low: str, high: str) -> dict[str, int]:
    found = {chr(32 + n): int(width) for n, width in enumerate(low.split())}
    for n, width in enumerate(high.split()):
        if width != "0":
            found[bytes((128 + n,)).decode("cp1252")] = int(width)
    return found | _EXTRA


_TABLES = {False: _table(_REGULAR, _REGULAR_HIGH), True: _table(_BOLD, _BOLD_HIGH)}


def advance(text: str, bold: bool = False) -> int:
    """The advance width of a text in thousandths of its size."""
    table = _TABLES[bold]
    return sum(_one(character, table, bold) for character in unicodedata.normalize("NFC", text))


def _one(character: str, table: dict[str, int], bold: bool) -> int:
    found = table.get(character)
    if found is None and character in GLYPHS:
        return widths(bold)[character]
    return table.get(unicodedata.normalize("NFD", character)[:1], 1000) if found is None else found


def text_width(text: str, size: int, bold: bool = False) -> int:
    """The advance width of a text, rounded up to a whole unit."""
    return -(-advance(text, bold) * size // 1000)
