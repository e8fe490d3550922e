"""What hangs on each element between the boards and the racks."""

from __future__ import annotations

from collections import deque

from tierline.twin.kinds import SELECTORS
from tierline.twin.model import Medium, Twin
from tierline.validators.subsystems import Subsystems


def hanging(twin: Twin, subsystems: Subsystems) -> dict[str, frozenset[str]]:
    """Element → the racks that may draw their whole load through it.

    Upstream of each cord as far as the supply is single: up to a UPS output board, a generator board, a selector,
    or wherever a second supply joins in.
    """
    above: dict[str, list[str]] = {}
    for joint in twin.joints:
        if joint.medium is Medium.POWER:
            above.setdefault(joint.b, []).append(joint.a)
            if not joint.one_way:
                above.setdefault(joint.a, []).append(joint.b)
    stops = subsystems.ups_outputs | subsystems.generator_buses
    level = _levels(twin, stops)
    found: dict[str, set[str]] = {}
    for rack in twin.elements.values():
        if rack.kind not in ("rack", "racks"):
            continue
        for end in above.get(rack.id, ()):
            at = end
            while at not in stops and twin.elements[at].kind not in (*SELECTORS, "ups", "genset", "transformer"):
                found.setdefault(at, set()).add(rack.id)
                onward = [a for a in above.get(at, ()) if level.get(a, 0) < level.get(at, 0)]
                if len(onward) != 1:
                    break
                at = onward[0]
    return {name: frozenset(racks) for name, racks in found.items()}


def _levels(twin: Twin, stops: frozenset[str]) -> dict[str, int]:
    """How many joints below the boards of `stops` each element lies, along the supply."""
    below: dict[str, list[str]] = {}
    for joint in twin.joints:
        if joint.medium is Medium.POWER and not twin.elements[joint.b].normally_open:
            below.setdefault(joint.a, []).append(joint.b)
            if not joint.one_way:
                below.setdefault(joint.b, []).append(joint.a)
    level = dict.fromkeys(sorted(stops), 0)
    queue = deque(level)
    while queue:
        at = queue.popleft()
        for other in below.get(at, ()):
            if other not in level:
                level[other] = level[at] + 1
                queue.append(other)
    return level
