"""Scene and marks → the same scene with the marks painted on it: lines, positions, signs, and a caption.

Promises: nothing that stands on the plain sheet moves. Every mark has a dash or a shape of its own, so that it is told
on black and white paper too; what has no room beside its element is told in the caption.
"""

from __future__ import annotations

from dataclasses import replace

from tierline.diagrams.marks.caption import captioned
from tierline.diagrams.marks.free import Free
from tierline.diagrams.marks.signs import Signs, bands
from tierline.diagrams.marks.states import NO_ELEMENT, stated
from tierline.diagrams.marks.value import Mark, Marks
from tierline.diagrams.scene import Point, Scene


def marked(scene: Scene, marks: Marks) -> Scene:
    """The sheet with everything painted on it that the marks say of what it draws."""
    shown = stated(scene, marks)
    signs = Signs(shown, marks, Free(shown))
    signs.put()
    used = [mark for mark in Mark if mark in _used(shown, marks)]
    painted = replace(shown, bands=bands(shown), signs=tuple(signs.found))
    return captioned(painted, marks, used, tuple(signs.unplaced), _middle(shown))


def drawn(scene: Scene) -> frozenset[str]:
    """The elements and rooms that stand on a sheet, without those it only refers to."""
    found = {name for sym in scene.symbols if not sym.ref_sheet and sym.kind not in NO_ELEMENT for name in sym.ids}
    found |= {bar.id for bar in scene.bars if not bar.ref_sheet and bar.kind not in NO_ELEMENT}
    found |= {room for room, _ in scene.areas}
    return frozenset(found | {run for wire in scene.wires for run in wire.runs})


def _used(scene: Scene, marks: Marks) -> frozenset[str]:
    found: set[str] = {mark for room, _ in scene.areas for mark in marks.of.get(room, ())}
    found |= {mark for sym in scene.symbols for mark in (*sym.marks, *(one for one, _ in sym.some))}
    found |= {mark for bar in scene.bars for mark in bar.marks}
    return frozenset(found | {mark for wire in scene.wires for mark in wire.marks})


def _middle(scene: Scene) -> Point:
    """Where to look first: what was taken out, else what limits, else the upper left corner."""
    for mark in (Mark.REMOVED, Mark.OVERLOADED, Mark.OPENED):
        spots = [(sym.x, sym.y) for sym in scene.symbols if mark in sym.marks]
        spots += [((bar.x1 + bar.x2) // 2, bar.y) for bar in scene.bars if mark in bar.marks]
        spots += [wire.points[0] for wire in scene.wires if mark in wire.marks]
        if spots:
            return min(spots)
    return (0, 0)
