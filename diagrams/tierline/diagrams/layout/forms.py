"""The door of the layout of power sheets: the forms a view may be drawn in, and which of them it is drawn in.

Promises: always a drawing, and one without a fault of H1 to H9; the same for the same view.
"""

from __future__ import annotations

from tierline.diagrams.layout.column import with_column
from tierline.diagrams.layout.compose import Composer
from tierline.diagrams.layout.drawing import Drawing
from tierline.diagrams.layout.judged import is_clean
from tierline.diagrams.layout.place import place
from tierline.diagrams.layout.stairs import stairs
from tierline.diagrams.view import View


def lay_out(view: View) -> Drawing:
    """The drawing of a view: with its column, where that comes out by rule; else without. Where wires find no way,
    everything is moved farther apart and tried again.

    What comes out clean in none of these is drawn in the form that can hold everything.
    """
    column = with_column(view)
    ruled = _tried(column, 1) if column is not view else None
    if ruled is not None and not ruled.fallbacks:
        return ruled
    plain = (drawing for spread in (1, 2, 4) if (drawing := _tried(view, spread)) is not None)
    return next(plain, None) or lay_out_stairs(view)


def _tried(view: View, spread: int) -> Drawing | None:
    drawing = Drawing()
    Composer(place(view, spread), drawing).compose()
    return None if drawing.lost or not is_clean(drawing) else drawing


def lay_out_stairs(view: View) -> Drawing:
    """The form that can hold everything; every wire between nodes is marked as a fallback."""
    placed, ways = stairs(view)
    composer = Composer(placed, Drawing())
    loose = [composer.stub(bay) for bay in placed.view.bays]
    composer.nodes()
    for one in loose:
        points, run = (one.start, *ways[one.bay.id]), one.bay.runs[-1]
        composer.drawing.add_wire(one.last, one.bay.bottom, points, one.bay, one.level, one.group, run, True)
    return composer.drawing
