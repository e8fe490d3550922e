"""A plant made smaller while two judges still disagree on it, and written out for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tierline.twin.model import UNLIMITED, Twin

Holds = Callable[[Twin], bool]


def shrunk(twin: Twin, holds: Holds) -> Twin:
    """The smallest plant that taking things away one by one leads to, with `holds` still true."""
    smaller = True
    while smaller:
        smaller = False
        for name in [what for what, _ in _smaller(twin)]:
            candidate = next((found for what, found in _smaller(twin) if what == name), None)
            if candidate is not None and _still(candidate, holds):
                twin, smaller = candidate, True
    return twin


def _still(twin: Twin, holds: Holds) -> bool:
    try:
        return holds(twin)
    except (KeyError, IndexError, StopIteration, ValueError):
        return False


def _smaller(twin: Twin) -> Iterator[tuple[str, Twin]]:
    """What could be taken away, and the plant without it."""
    for room in twin.rooms:
        rooms = {k: v for k, v in twin.rooms.items() if k != room}
        yield f"room {room}", replace(twin, rooms=rooms, serves=tuple(s for s in twin.serves if s[1] != room))
    for element in twin.elements:
        yield element, without(twin, element)
    for index, need in enumerate(twin.needs):
        rest = twin.needs[:index] + twin.needs[index + 1 :]
        yield f"need {need.element}.{need.name}", replace(twin, needs=rest)
        for member in need.members if len(need.members) > 1 else ():
            less = replace(need, members=tuple(m for m in need.members if m != member))
            yield f"need {need.element}.{need.name} of {member}", replace(twin, needs=(*rest, less))
    for interlock in twin.interlocks:
        yield f"interlock {interlock.id}", replace(twin, interlocks=tuple(i for i in twin.interlocks if i != interlock))
    for given in twin.given:
        yield f"given {given}", replace(twin, given=twin.given - {given})
    for name, element in twin.elements.items():
        for written in element.fields:
            if element.fields[written].of == UNLIMITED:
                continue
            fields = {k: v for k, v in element.fields.items() if k != written}
            yield f"{name}: {written}", replace(twin, elements={**twin.elements, name: replace(element, fields=fields)})


def without(twin: Twin, element: str) -> Twin:
    """The plant without an element and all that names it."""
    kept = [i for i, j in enumerate(twin.joints) if element not in (j.a, j.b)]
    place = {old: new for new, old in enumerate(kept)}
    feeds = []
    for feed in twin.feeds:
        joints = tuple(place[j] for j in feed.joints if j in place)
        if feed.element != element and joints:
            feeds.append(replace(feed, joints=joints))
    needs = []
    for need in twin.needs:
        members = tuple(m for m in need.members if m != element)
        if need.element != element and members:
            needs.append(replace(need, members=members))
    interlocks = [replace(i, elements=tuple(e for e in i.elements if e != element)) for i in twin.interlocks]
    return replace(
        twin,
        interlocks=tuple(i for i in interlocks if len(i.elements) > i.closed),
        elements={k: v for k, v in twin.elements.items() if k != element},
        joints=tuple(twin.joints[i] for i in kept),
        feeds=tuple(feeds),
        needs=tuple(needs),
        serves=tuple(s for s in twin.serves if s[0] != element),
        given=frozenset(g for g in twin.given if g[0] != element),
    )


def told(twin: Twin) -> str:
    """The plant in lines: what stands there, how it is joined, what it needs."""
    lines = []
    for e in twin.elements.values():
        fields = ", ".join(f"{k}: {v.of}" for k, v in e.fields.items())
        marks = [e.isolation.value] * (e.isolation.value != "none") + ["normally open"] * e.normally_open
        where = f" in {e.room}" if e.room else ""
        lines.append(f"{e.id}: {e.kind} {e.origin.value} {' '.join(marks)} {{{fields}}}{where}")
    for index, j in enumerate(twin.joints):
        lines.append(f"joint {index}: {j.a} {'->' if j.one_way else '--'} {j.b} {j.medium}")
    for f in twin.feeds:
        lines.append(f"feed {f.element}.{f.name}: {f.medium} {f.mode.value} {f.joints}{' needed' if f.needed else ''}")
    lines += [f"need {n.element}.{n.name}: {', '.join(n.members)}" for n in twin.needs]
    lines += [f"interlock {i.id}: at most {i.closed} of {', '.join(i.elements)}" for i in twin.interlocks]
    lines += [f"given {e} {m}" for e, m in sorted(twin.given)]
    lines += [f"{unit} serves {room}" for unit, room in twin.serves]
    lines += [f"room {r.id}: {r.heat.of if r.heat else 'what stands in it'}" for r in twin.rooms.values()]
    lines += [f"setting {k}: {v.of}" for k, v in twin.settings.items()]
    return "\n".join(lines)
