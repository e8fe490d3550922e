"""A shipped font as objects of a PDF: a Type 0 font of two-byte codes, which are the numbers of its glyphs.

Promises: the whole font as it is shipped, so the same bytes whatever is written in it; what is copied is the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from tierline.diagrams.letters import GLYPHS, font, widths
from tierline.diagrams.pdf_objects import Objects

_MOST = 100
"""As many lines as a block of such a table may have."""
_METRICS = "/FontBBox [-410 -250 1140 1070] /ItalicAngle 0 /Ascent 928 /Descent -236 /CapHeight 729"


def embedded(objects: Objects, bold: bool) -> int:
    """The number of the font among the objects."""
    name, data = f"/TierlineLetters-{'Bold' if bold else 'Regular'}", font(bold)
    file = objects.stream(data, f" /Length1 {len(data)}")
    descriptor = objects.add(
        f"<< /Type /FontDescriptor /FontName {name} /Flags 4 {_METRICS} /StemV {140 if bold else 80}\n"
        f"/FontFile2 {file} 0 R >>"
    )
    advances = " ".join(str(one) for one in widths(bold).values())
    glyphs = objects.add(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont {name} /FontDescriptor {descriptor} 0 R\n"
        f"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /CIDToGIDMap /Identity\n"
        f"/W [1 [{advances}]] >>"
    )
    meanings = objects.stream("\n".join(_meanings()).encode("ascii"))
    return objects.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont {name} /Encoding /Identity-H /DescendantFonts [{glyphs} 0 R]\n"
        f"/ToUnicode {meanings} 0 R >>"
    )


def _meanings() -> Iterator[str]:
    """Which character each code stands for."""
    yield "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def /CMapName /Letters def"
    yield "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"
    yield "1 begincodespacerange <0000> <FFFF> endcodespacerange"
    known = list(GLYPHS.items())
    for some in (known[n : n + _MOST] for n in range(0, len(known), _MOST)):
        yield f"{len(some)} beginbfchar"
        yield from (f"<{glyph:04X}> <{ord(character):04X}>" for character, glyph in some)
        yield "endbfchar"
    yield "endcmap CMapName currentdict /CMap defineresource pop end end"
