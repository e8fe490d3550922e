"""Scene → PNG: the page of the PDF as dots, drawn by PDFium with the fonts that are built into it.

Promises: the same drawing as the PDF; no font of the machine is asked for; no clock in the file.
"""

from __future__ import annotations

import struct
import zlib
from functools import cache
from typing import TYPE_CHECKING, Any

from tierline.diagrams.pdf import to_picture
from tierline.diagrams.scene import Scene

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DPI = 150
LARGEST = 200_000_000
"""Dots in a picture: more would take the memory of the machine."""
LONGEST = 32_000
"""Dots in a row or a column: PDFium draws nothing beyond."""


def too_large(scene: Scene, dpi: int) -> bool:
    """Would the picture hold more dots than can be drawn?"""
    wide, high = (side * scene.unit * dpi / 25.4 for side in (scene.width, scene.height))
    return wide * high > LARGEST or max(wide, high) > LONGEST


def to_png(scene: Scene, dpi: int = DPI) -> bytes:
    """The picture of a sheet, white paper and all."""
    document = _pdfium()[0].PdfDocument(to_picture(scene))
    bitmap = document[0].render(scale=dpi / 72, rev_byteorder=True, may_draw_forms=False)
    try:
        return _png(bitmap.to_numpy(), dpi)
    finally:
        bitmap.close()
        document.close()


@cache
def _pdfium() -> tuple[Any, Any]:
    """The library, told for the rest of the process that this machine has no fonts: one that happens to be called
    Helvetica would change the picture. A table without functions finds nothing; it must live as long as the library."""
    import pypdfium2
    from pypdfium2 import raw

    no_fonts = raw.FPDF_SYSFONTINFO(version=1)
    raw.FPDF_SetSystemFontInfo(no_fonts)
    return pypdfium2, no_fonts


def _png(dots: NDArray[np.uint8], dpi: int) -> bytes:
    """Rows of red, green and blue, each row as its difference from the one above."""
    import numpy as np

    height, width, _ = dots.shape
    rows = np.zeros((height, 1 + 3 * width), dtype=np.uint8)
    plain = dots[:, :, :3].reshape(height, 3 * width)
    rows[:, 1:] = plain
    rows[1:, 1:] -= plain[:-1]
    rows[:, 0] = 2
    density = round(dpi / 0.0254)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            _chunk(b"pHYs", struct.pack(">IIB", density, density, 1)),
            _chunk(b"IDAT", zlib.compress(rows.tobytes(), 6)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
