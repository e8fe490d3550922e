"""Which paper a sheet is printed on: the ISO sizes, plain and elongated.

Promises: the smallest paper on which the sheet stands at full size, or so little reduced that no text falls below
1.8 mm; landscape or upright as the sheet is.
"""

from __future__ import annotations

from dataclasses import dataclass

from tierline.diagrams.scene import Scene, texts_of

UNIT = 25.4 / 96
"""Millimetres in a unit of a scene."""
SMALLEST_TEXT = 1.8
_PLAIN = (("A4", 210, 297), ("A3", 297, 420), ("A2", 420, 594), ("A1", 594, 841), ("A0", 841, 1189))
"""ISO 216: name, short side, long side in millimetres."""
_ELONGATED = (
    *(("A4x3", 297, 630), ("A4x4", 297, 841), ("A4x5", 297, 1051), ("A4x6", 297, 1261), ("A4x7", 297, 1471)),
    *(("A4x8", 297, 1682), ("A4x9", 297, 1892), ("A3x3", 420, 891), ("A3x4", 420, 1189), ("A3x5", 420, 1486)),
    *(("A3x6", 420, 1783), ("A3x7", 420, 2080), ("A2x3", 594, 1261), ("A2x4", 594, 1682), ("A2x5", 594, 2102)),
    *(("A1x3", 841, 1783), ("A1x4", 841, 2378), ("A0x2", 1189, 1682), ("A0x3", 1189, 2523)),
)
"""ISO 5457, taken only where they save half of the plain paper."""


@dataclass(frozen=True, slots=True)
class Paper:
    name: str
    width: float
    """Millimetres, like the height."""
    height: float
    scale: float
    """1 where the sheet stands at full size."""


def paper_of(scene: Scene) -> Paper:
    """The paper of a sheet; one that is larger than every paper is reduced to the largest."""
    wide, high = scene.width * UNIT, scene.height * UNIT
    smallest = min((text.size for text in texts_of(scene)), default=9)
    least = min(1.0, SMALLEST_TEXT / (smallest * UNIT))
    fits, poor = [], []
    for cost, (name, short, long) in (*((1, one) for one in _PLAIN), *((2, one) for one in _ELONGATED)):
        across, up = (long, short) if wide >= high else (short, long)
        scale = min(1.0, across / wide, up / high)
        paper = Paper(name, across, up, scale)
        if scale < least:
            poor.append((-scale, across * up, paper))
        else:
            fits.append((cost * across * up, -scale, paper))
    return min(fits or poor, key=lambda one: one[:2])[2]
