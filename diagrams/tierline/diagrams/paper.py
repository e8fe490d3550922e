"""The paper of a sheet: the ISO sizes, plain and elongated, in units of a scene.

Promises: a unit is a quarter of a millimetre, so that the grid of ten units is the module of 2.5 mm of IEC 60617 and
every size is a whole number of units; small sizes come before large ones, lying before upright, and an elongated one
only before a plain one of at least twice its area.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

UNIT = 0.25
"""Millimetres."""
_PLAIN = (("A4", 210, 297), ("A3", 297, 420), ("A2", 420, 594), ("A1", 594, 841), ("A0", 841, 1189))
"""ISO 216: name, short side, long side in millimetres."""
_ELONGATED = (
    *(("A4x3", 297, 630), ("A4x4", 297, 841), ("A4x5", 297, 1051), ("A4x6", 297, 1261), ("A4x7", 297, 1471)),
    *(("A4x8", 297, 1682), ("A4x9", 297, 1892), ("A3x3", 420, 891), ("A3x4", 420, 1189), ("A3x5", 420, 1486)),
    *(("A3x6", 420, 1783), ("A3x7", 420, 2080), ("A2x3", 594, 1261), ("A2x4", 594, 1682), ("A2x5", 594, 2102)),
    *(("A1x3", 841, 1783), ("A1x4", 841, 2378), ("A0x2", 1189, 1682), ("A0x3", 1189, 2523)),
)
"""ISO 5457, which prefers plain sizes: these are for what is so long that a plain one would be twice as large, so at
least half of it empty, or that none holds."""


@dataclass(frozen=True, slots=True)
class Paper:
    name: str
    width: int
    """Units, like the height."""
    height: int
    unit: float = UNIT
    """Millimetres in a unit of what is drawn on it: less than usual only for what no paper holds."""


def papers() -> Iterator[Paper]:
    """The sizes in the order in which they are tried; after the largest all of them again, everything reduced to a
    half, a third, …: nothing is too large, but then letters become too small to read."""
    sizes = sorted((*_ELONGATED, *_PLAIN), key=lambda one: one[1] * one[2] * (1 if one in _PLAIN else 2))
    for reduced in count(1):
        for name, short, long in sizes:
            for across, up in ((long, short), (short, long)):
                wide, high = (round(side / UNIT) * reduced for side in (across, up))
                yield Paper(name, wide, high, UNIT / reduced)
