"""What a plant really contains, so that a run of random plants can show what it has covered.

Promises: counts are read off the finished twin, not off how it was drawn.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from oracle.hands import Hands
from oracle.ratings import of_limited_hours, standing_draw
from oracle.raw import carrying, struck
from oracle.world import World, is_consumer
from tierline.twin.kinds import KINDS, Class
from tierline.twin.model import Dimension, Isolation, Medium, Mode, Origin, Quantity, Twin

FLOWS = (Medium.POWER, Medium.FUEL, Medium.CHILLED_WATER)


def coverage(twin: Twin) -> dict[str, int]:
    """How many selectors, shared cords, ties, rings, needs cycles, media, … the plant has."""
    several = [f for f in twin.feeds if len(f.joints) > 1]
    fixed = Isolation.FIXED
    return {
        "written": sum(e.origin == Origin.WRITTEN for e in twin.elements.values()),
        "elements": len(twin.elements),
        "selectors": sum(f.mode == Mode.SELECT for f in several),
        "selectors ≥ 2": sum(f.mode == Mode.SELECT for f in several) >= 2,
        "cords": sum(f.mode == Mode.SHARE for f in several),
        "ties": sum(_is_tie(twin, e) for e in twin.elements),
        "fixed_ties": sum(_is_tie(twin, e) for e in twin.elements if twin.elements[e].isolation == fixed),
        "normally_open": sum(e.normally_open for e in twin.elements.values()),
        "rings": rings(twin),
        "needs_cycles": needs_cycles(twin),
        "media": len({j.medium for j in twin.joints}),
        "hands": sum(e.value("local_manual") is True for e in twin.elements.values()),
        "missing_ratings": sum(
            e.value("rating") is None and KINDS[e.kind].name in ("breaker", "board", "cable", "valve", "ups")
            for e in twin.elements.values()
        ),
        **_kinds(twin),
        **_hands(twin),
        "rooms": len(twin.rooms),
        "given": len(twin.given),
    }


def _kinds(twin: Twin) -> dict[str, int]:
    """Structures that a kind or a field tells."""
    elements = twin.elements.values()
    factors = [e.quantity("power_factor") for e in elements]
    asked = [e.quantity("power_factor") for e in elements if e.quantity("load") is not None]
    kinds = Counter(e.kind for e in elements)
    swinging = Counter(j.a for j in twin.joints if j.medium == Medium.POWER and twin.elements[j.a].kind == "genset")
    return {
        "two of three cords": sum(e.value("runs_on") == 2 for e in elements),
        "day tanks": kinds["day-tank"],
        "batteries": kinds["battery"],
        "d.c. supplies": kinds["dc-supply"],
        "circuits that trip": kinds["epo"],
        "transformers in parallel": kinds["transformer"] >= 2,
        "pumps ≥ 2": kinds["pump"] >= 2,
        "double buses": kinds["disconnector"],
        "swing sets": sum(count > 1 for count in swinging.values()),
        "divisible loads": sum(e.text("sharing") == "divisible" for e in elements),
        "needs of several": sum(len(need.members) > 1 for need in twin.needs),
        "rings of boards": int("rs-0" in twin.elements),
        "raw paths": len(struck(World(twin))),
        "bypasses": sum(e.id.startswith("byp") for e in elements),
        "sets of limited hours": sum(of_limited_hours(e) for e in elements),
        "power factors": sum(one is not None and one.amount < 1 for one in factors),
        "alternators": sum(e.quantity("alternator") is not None for e in elements),
        "UPS in VA": sum(e.quantity("apparent") is not None for e in elements),
        "rated in VA": sum(_in_apparent(e.quantity("rating")) for e in elements),
        "power factors missing": sum(one is None for one in asked) if any(asked) else 0,
        "off until started": sum(e.normally_open and KINDS[e.kind].cls == Class.CAPACITY for e in elements),
    }


def _in_apparent(rating: Quantity | None) -> bool:
    return rating is not None and rating.dimension in (Dimension.APPARENT_POWER, Dimension.CURRENT)


def _hands(twin: Twin) -> dict[str, int]:
    """What there is for operators to do, and to keep apart."""
    world = World(carrying(twin))
    hands = Hands(world)
    ties = [out for out in hands.options if any(twin.elements[e].normally_open for e in out)]
    fuelled = {j.a for j in twin.joints if j.medium == Medium.FUEL}
    drawing = [e.id for e in twin.elements.values() if not is_consumer(e) and standing_draw(world, e) > 0]
    needed = {member for need in twin.needs for member in need.members}
    open_ones = [sum(twin.elements[e].normally_open for e in i.elements) for i in twin.interlocks]
    return {
        "UPS systems ≥ 2": len(set(hands.system.values())) >= 2,
        "ties of UPS systems": len(ties) if hands.joinable else 0,
        "ties of three UPS systems": len(ties) if hands.joinable and len(set(hands.system.values())) >= 3 else 0,
        "interlocked ties": sum(count > 1 for count in open_ones),
        "interlocked incomers": sum(0 < n < len(i.elements) for n, i in zip(open_ones, twin.interlocks, strict=True)),
        "draws nobody needs": sum(name not in needed | fuelled for name in drawing),
        "fuel pumps that draw ≥ 2": sum(twin.elements[name].kind == "pump" and name in fuelled for name in drawing)
        >= 2,
    }


def _is_tie(twin: Twin, element: str) -> bool:
    """A written isolating device with two-way joints to boards or buses on both sides."""
    if twin.elements[element].kind != "breaker" or twin.elements[element].origin != Origin.WRITTEN:
        return False
    ends = {j.a if j.b == element else j.b for j in twin.joints if element in (j.a, j.b) and not j.one_way}
    return len(ends) == 2 and all(twin.elements[e].kind in ("board", "bus") for e in ends)


def rings(twin: Twin) -> int:
    """Independent loops of two-way joints, over all media."""
    loops = 0
    for medium in FLOWS:
        joints = [j for j in twin.joints if j.medium == medium and not j.one_way]
        near: dict[str, set[str]] = defaultdict(set)
        for joint in joints:
            near[joint.a].add(joint.b)
            near[joint.b].add(joint.a)
        pieces, seen = 0, set[str]()
        for start in near:
            pieces += start not in seen
            frontier = [start]
            while frontier:
                here = frontier.pop()
                if here not in seen:
                    seen.add(here)
                    frontier += near[here]
        loops += len(joints) - len(near) + pieces
    return loops


def needs_cycles(twin: Twin) -> int:
    """Groups of elements that depend on each other across media or through a need."""
    onward: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for joint in twin.joints:
        onward[joint.a].add((joint.b, joint.medium))
        if not joint.one_way:
            onward[joint.b].add((joint.a, joint.medium))
    for need in twin.needs:
        for member in need.members:
            onward[member].add((need.element, "need"))
    reach = {e: _reach(e, onward) for e in twin.elements}
    groups = {frozenset(o for o in reach[e] if e in reach[o]) for e in twin.elements if e in reach[e]}
    return sum(len({via for e in group for to, via in onward[e] if to in group}) > 1 for group in groups)


def _reach(start: str, onward: dict[str, set[tuple[str, str]]]) -> set[str]:
    seen: set[str] = set()
    frontier = [start]
    while frontier:
        for there, _ in onward[frontier.pop()]:
            if there not in seen:
                seen.add(there)
                frontier.append(there)
    return seen
