"""Text in the fonts that every PDF reader has: Helvetica in Windows-1252, and Symbol for Greek and mathematics; other
letters in fonts that are shipped, and embedded where they are needed.

Promises: no font of the machine is read; what no font holds is drawn as its base letter or as `?`, kept as it was
written for whoever copies or searches, and told by `lost`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from tierline.diagrams.letters import GLYPHS

# Codes that Windows-1252 leaves free, for characters of the standard Latin set that it does not have.
SPARE = {"Ł": (129, "Lslash"), "ł": (141, "lslash"), "ı": (143, "dotlessi"), "−": (144, "minus")}
_SYMBOL = {
    "Γ": 71, "Δ": 68, "∆": 68, "Θ": 81, "Λ": 76, "Ξ": 88, "Π": 80, "Σ": 83, "Φ": 70, "Ψ": 89, "Ω": 87, "α": 97,
    "β": 98, "γ": 103, "δ": 100, "ε": 101, "ζ": 122, "η": 104, "θ": 113, "κ": 107, "λ": 108, "μ": 109,
    "ν": 110, "ξ": 120, "π": 112, "ρ": 114, "σ": 115, "τ": 116, "φ": 106, "χ": 99, "ψ": 121, "ω": 119,
    "←": 172, "↑": 173, "→": 174, "↓": 175, "↔": 171, "≤": 163, "≥": 179, "≠": 185, "≈": 187, "≡": 186,
    "∞": 165, "√": 214, "∂": 182, "∫": 242, "∑": 229, "∅": 198, "∠": 208, "′": 162, "″": 178,
}


class Face(Enum):
    PLAIN, SYMBOL, LETTERS = range(3)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text in one font."""

    face: Face
    codes: bytes
    meant: str = ""
    """What was written, where these codes are not it."""


def runs(text: str) -> tuple[Run, ...]:
    """A text in pieces of one font each."""
    found = []
    drawn = [(*_drawn(character), character) for character in unicodedata.normalize("NFC", text)]
    for (face, is_lost), group in groupby(drawn, key=lambda one: one[:2]):
        pairs = [(codes, written) for _, _, codes, written in group]
        codes = b"".join(one for one, _ in pairs)
        found.append(Run(face, codes, "".join(written for _, written in pairs) if is_lost else ""))
    return tuple(found)


def _drawn(character: str) -> tuple[Face, bool, bytes]:
    """In which face, whether something is lost, the codes."""
    plain = _plain(character)
    if plain is not None:
        return Face.PLAIN, False, plain
    if character in _SYMBOL:
        return Face.SYMBOL, False, bytes((_SYMBOL[character],))
    if character in GLYPHS:
        return Face.LETTERS, False, GLYPHS[character].to_bytes(2, "big")
    parts = (_plain(one) for one in unicodedata.normalize("NFKD", character) if not unicodedata.combining(one))
    return Face.PLAIN, True, b"".join(part or b"" for part in parts) or b"?"


def _plain(character: str) -> bytes | None:
    if character in SPARE:
        return bytes((SPARE[character][0],))
    try:
        return character.encode("cp1252") if character.isprintable() else None
    except UnicodeEncodeError:
        return None


def lost(text: str) -> str:
    """The characters of a text that are not drawn as written."""
    return "".join(run.meant for run in runs(text))
