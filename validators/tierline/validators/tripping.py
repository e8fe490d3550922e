"""Whether a removal fails only because something trips: judged once more, as if nothing did."""

from __future__ import annotations

from tierline.kernel import Judge, Verdict
from tierline.twin.lower import Lowered
from tierline.twin.model import STOP, Twin


def what_trips(
    twin: Twin, lowered: Lowered, reading: int, kill: frozenset[int], down: frozenset[int]
) -> tuple[str, ...]:
    """The lost circuits but for whose trip a failed removal would pass; `reading` is 0 for low, 1 for high."""
    index, gone = lowered.index, down | kill
    lost = {
        need.members[0]
        for need in twin.needs
        if need.name == STOP and index[need.members[0]] in gone and index[need.element] in gone - kill
    }
    if not lost:
        return ()
    passes = Judge(lowered.untripped[reading]).judge(kill).verdict in (Verdict.AUTOMATIC, Verdict.SWITCHED)
    return tuple(sorted(lost)) if passes else ()
