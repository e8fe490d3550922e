"""Letters that the standard fonts of PDF lack, in fonts that are shipped: African and other Latin letters, Cyrillic.

Promises: glyphs stand in the order of their characters, from 1; advance widths are those of the fonts; nothing is read
unless such a letter is asked for. Fonts and licence lie in `fonts/`.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

_RANGES = (
    *((0x100, 0x17F), (0x300, 0x304), (0x308, 0x308), (0x30C, 0x30C), (0x323, 0x323), (0x400, 0x45F)),
    *((0x490, 0x493), (0x1E00, 0x1EF9), (0x2070, 0x2070), (0x2074, 0x2079), (0x2080, 0x2089)),
)
_MORE = "ƁƆƊƎƏƐƑƓƔƖƗƘƙƝƩƱƲƳƴƵƶƷǍǎǏǐǑǒǓǔǝǤǥǦǧǨǩǪǫǸǹȘșȚțȨȩɃɄɅɓɔɖɗəɛɠɣɨɩɲʃʉʊʋʌʒ"
_CHARACTERS = sorted({*(chr(code) for first, last in _RANGES for code in range(first, last + 1)), *_MORE})
GLYPHS = {character: n for n, character in enumerate(_CHARACTERS, 1)}
_EM = 2048


@cache
def font(bold: bool) -> bytes:
    """The TrueType font as it is embedded."""
    name = f"letters-{'bold' if bold else 'regular'}.ttf"
    return (Path(__file__).parent / "fonts" / name).read_bytes()


@cache
def widths(bold: bool) -> dict[str, int]:
    """The advance of every letter in thousandths of an em, rounded up."""
    data = font(bold)
    (count,) = struct.unpack_from(">H", data, _table(data, b"hhea") + 34)
    start = _table(data, b"hmtx")
    metrics = struct.iter_unpack(">Hh", data[start : start + 4 * count])
    found = [-(-1000 * units // _EM) for units, _ in metrics]
    return {character: found[min(glyph, count - 1)] for character, glyph in GLYPHS.items()}


def _table(data: bytes, name: bytes) -> int:
    """Where a table of a font begins."""
    (tables,) = struct.unpack_from(">H", data, 4)
    for n in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * n)
        if tag == name:
            return int(start)
    raise ValueError(f"the font has no table {name!r}")
