"""From failed removals to findings: one per cause, told at the element an engineer would look at first."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from fractions import Fraction

from tierline.twin.model import STOP, Medium
from tierline.validators import figures
from tierline.validators.answers import Answer, Removal, Short
from tierline.validators.assess import plainness
from tierline.validators.rules import Context, Finding, Related


def of_removals(context: Context, ref: str, removals: Iterable[Removal]) -> tuple[Finding, ...]:
    """One finding per cause: removals that break the same rule with the same shortage are told together."""
    causes: dict[object, list[Removal]] = {}
    for removal in removals:
        short = removal.shorts[0] if removal.shorts else None
        key = (removal.answer, removal.uncontrolled) if short is None else (removal.answer, _cause(removal, short))
        causes.setdefault(key, []).append(removal)
    return tuple(_finding(context, ref, group) for group in causes.values())


def _cause(removal: Removal, short: Short) -> object:
    return (short.medium, short.hours, short.have, short.need, short.cut, short.lost or removal.lost)


def _finding(context: Context, ref: str, group: list[Removal]) -> Finding:
    near = _distances(context, group)
    first = min(group, key=lambda r: _rank(context, r, near))
    element = context.assessment.twin.elements[first.element]
    alike = tuple(r.element for r in group if r is not first)
    unknown = first.answer is Answer.UNKNOWN
    return Finding(
        rule=ref,
        element=first.element,
        message=_unknown(context, first) if unknown else _failure(context, first),
        at=element.at,
        unknown=unknown,
        related=_related(context, first),
        removal=first,
        alike=alike,
    )


def _rank(context: Context, removal: Removal, near: dict[str, int]) -> tuple[bool, bool, bool, int, int, str]:
    implied, other, name = plainness(context.assessment.twin, removal.element)
    return (
        removal.element not in removal.trips,
        implied,
        other,
        near.get(removal.element, 1 << 30),
        len(removal.zone) + len(removal.opened),
        name,
    )


def _distances(context: Context, group: list[Removal]) -> dict[str, int]:
    """How many joints away each element is from what is lost, short or stopped."""
    if len(group) == 1:
        return {}
    short = group[0].shorts[0] if group[0].shorts else None
    joined: dict[str, list[str]] = {}
    for joint in context.assessment.twin.joints:
        joined.setdefault(joint.a, []).append(joint.b)
        joined.setdefault(joint.b, []).append(joint.a)
    stopped = set(group[0].down).intersection(*(r.down for r in group))
    first = next((hit for hit in (group[0].lost, short.hit if short else (), stopped) if joined.keys() & set(hit)), ())
    found = {name: 0 for name in sorted(first) if name in joined}
    queue = deque(found)
    while queue:
        at = queue.popleft()
        for other in joined[at]:
            if other not in found:
                found[other] = found[at] + 1
                queue.append(other)
    return found


def told(short: Short) -> str:
    """One shortage in words: `power 0 of 680 kW, 680 kW short`."""
    name = figures.TITLES[short.medium]
    if short.hours:
        hours = figures.number(Fraction(12 * short.have, max(1, short.need)), 1)
        return f"{name} on site lasts {hours} h at N, 12 h required"
    gap = figures.amount(short.need - short.have, short.unit)
    return f"{name} {figures.of(short.have, short.need, short.unit)}, {gap} short"


def _failure(context: Context, removal: Removal) -> str:
    parts = [told(short) for short in removal.shorts[:1]]
    racks = [e.id for e in context.assessment.twin.elements.values() if e.kind in ("rack", "racks")]
    dark = [e for e in removal.lost if e in racks]
    if dark and removal.shorts and removal.shorts[0].medium is Medium.POWER:
        dark_of = f"{len(dark)} of {len(racks)} racks"
        parts.append(f"{figures.names(dark, 3)} dark ({dark_of})")
    rooms = [e for e in removal.lost if e in context.assessment.twin.rooms]
    if rooms:
        parts.append(f"no cooling in {figures.names(rooms, 4)}")
    return f"taking out {removal.element}: " + "; ".join(parts)


def _unknown(context: Context, removal: Removal) -> str:
    if removal.uncontrolled:
        loop = figures.names(removal.uncontrolled, 4)
        return f"taking out {removal.element}: passes only if a loop that nothing controls shares well: {loop}"
    missing = context.assessment.lowered.missing
    fields = [f"{name} ({missing[name]})" for name in removal.missing]
    if fields:
        return f"taking out {removal.element}: cannot be judged without {figures.names(fields, 4)}"
    if removal.trips:
        circuits = figures.names(removal.trips, 4)
        return f"taking out {removal.element}: whether {circuits} can be live again is not known: no store is stated"
    controls = [n for n in context.assessment.twin.needs if n.element in removal.down]
    if controls:
        wanted = sorted({m for n in controls for m in n.members})
        return (
            f"taking out {removal.element}: it is not stated whether {figures.names(wanted, 4)} can be replaced by hand"
        )
    return f"taking out {removal.element}: no answer within the search budget"


def _related(context: Context, removal: Removal) -> tuple[Related, ...]:
    """The elements that limit, at the rating that limits them."""
    elements = context.assessment.twin.elements
    found = []
    for short in removal.shorts[:1]:
        for name in short.cut[:6]:
            if name in elements and name != removal.element:
                element = elements[name]
                rating = element.fields.get("rating")
                at = element.at if rating is None else rating.at
                text = f"{name} limits: rated {rating.of}" if rating is not None else f"{name} limits"
                found.append(Related(name, at, text))
    return (*(_trip(context, removal, name) for name in removal.trips), *found)


def _trip(context: Context, removal: Removal, name: str) -> Related:
    """What a circuit opens when it is lost."""
    twin = context.assessment.twin
    circuit = twin.elements[name]
    opened = sorted({n.element for n in twin.needs if n.name == STOP and name in n.members} - {*removal.zone})
    energise = circuit.fields.get("energise")
    how = f"energised {energise.of}" if energise is not None else "energised to hold or to trip: not stated"
    at = circuit.at if energise is None else energise.at
    return Related(name, at, f"{name} ({how}) is lost with it and opens {figures.names(opened, 4)}")
