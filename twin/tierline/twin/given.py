"""Which supplies from outside the model count.

The public supply never does, whatever is said of it; nor does power or water from outside that is passed on, as soon
as the model has sets or water tanks of its own: that is the public supply by another name (S1).
"""

from __future__ import annotations

from tierline.twin.kinds import STORES
from tierline.twin.model import Medium, Twin


def given_that_counts(twin: Twin) -> frozenset[tuple[str, Medium]]:
    """(element, medium) whose supply is taken as perfect."""
    own = {Medium.POWER for e in twin.declared if e.kind == "genset"}
    own |= {Medium.WATER for e in twin.declared if e.kind in STORES and e.text("carries") == Medium.WATER}
    passed_on = {(joint.a, joint.medium) for joint in twin.joints if joint.medium in own}
    return frozenset(
        (name, Medium(medium))
        for name, medium in twin.given
        if (name, medium) not in passed_on and twin.elements[name].kind != "utility"
    )
