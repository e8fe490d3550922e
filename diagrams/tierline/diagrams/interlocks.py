"""Interlocks in words, for the notes of the sheets on which their devices stand."""

from __future__ import annotations

from tierline.diagrams.order import compact
from tierline.diagrams.view import View
from tierline.twin.model import Twin


def interlock_notes(twin: Twin, view: View) -> tuple[str, ...]:
    """A line for each interlock that holds a device of the view."""
    drawn = {name for node in view.nodes.values() for name in node.ids}
    drawn |= {name for bay in view.bays for part in bay.parts for name in part.ids}
    return tuple(
        f"Interlock {one.id}: at most {one.closed} closed of {', '.join(compact(one.elements))}."
        for one in twin.interlocks
        if drawn & set(one.elements)
    )
