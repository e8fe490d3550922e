"""Which boards leave a crowded main sheet: those that end in loads of the building, with all that only they feed.

Promises: nothing leaves a sheet that is small enough; no board leaves that is tied, feeds racks or takes in a source; a
cut is always the feeder bay of the board above.
"""

from __future__ import annotations

from collections.abc import Mapping

from tierline.diagrams.view import Bay, Node, Role, View

SERVICES = "e-200-services"
_CROWDED = 120
"""A sheet with more devices than this does not fit A2 with text that can be read."""


def services(view: View, elsewhere: Mapping[str, str]) -> set[str]:
    """What stands on the sheet of services; `elsewhere` is what stands on the sheet of a hall."""
    here = {name for name in view.nodes if name not in elsewhere}
    drawn = len(here) + sum(len(bay.parts) for bay in view.bays if bay.top in here)
    if drawn <= _CROWDED:
        return set()
    out, into = view.outgoing(), view.incoming()
    tied = {end for bay in view.bays if bay.tie for end in (bay.top, bay.bottom)}
    boards = {
        name
        for name in here - tied
        if view.nodes[name].role is Role.BAR and _ends_here(view.nodes, out[name], into[name], elsewhere)
    }
    if len(boards) < 2:
        return set()
    loads = {
        name
        for name in here - boards
        if view.nodes[name].role in (Role.LOAD, Role.SPARE)
        and into[name]
        and all(bay.top in boards for bay in into[name])
    }
    return boards | loads


def _ends_here(
    nodes: Mapping[str, Node], out: list[Bay], into: list[Bay], elsewhere: Mapping[str, str]
) -> bool:
    """Does a board feed nothing but loads, and is it fed from boards through ways of theirs?"""
    leaves = bool(out) and all(
        nodes[bay.bottom].role in (Role.LOAD, Role.SPARE) and bay.bottom not in elsewhere for bay in out
    )
    ways = bool(into) and all(
        nodes[bay.top].role is Role.BAR and bay.parts and bay.parts[0].id.startswith(f"{bay.top}.") for bay in into
    )
    return leaves and ways and not any(part.kind == "transformer" for bay in into for part in bay.parts)
