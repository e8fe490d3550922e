"""Rules of circuits that open things: emergency power-off, and the releases of breakers."""

from __future__ import annotations

from dataclasses import replace

from tierline.twin.model import STOP
from tierline.validators.chapters.removals import charged
from tierline.validators.messages import say
from tierline.validators.rules import Context, Finding, Judged, RuleFunction
from tierline.validators.subsystems import Subsystem


def told_what_it_opens(ref: str, kind: str) -> RuleFunction:
    """Failed removals are charged to it, and every circuit that losing might trip says what it opens."""
    sweep = charged(ref, Subsystem.CONTROLS)

    def judge(context: Context) -> Judged:
        judged = sweep(context)
        if judged.outcome is not None:
            return judged
        return replace(judged, findings=(*judged.findings, *_silent(context, ref, kind)))

    return judge


def _silent(context: Context, ref: str, kind: str) -> list[Finding]:
    twin = context.assessment.twin
    if twin.absent.elements:  # what it opens may be absent in this case
        return []
    speaking = {member for need in twin.needs if need.name == STOP for member in need.members}
    return [
        Finding(ref, e.id, say("opens-nothing", name=e.id), e.at, True, help=say("opens-nothing-fix"))
        for e in twin.elements.values()
        if e.kind == kind and e.id not in speaking and e.text("energise") != "to-trip"
    ]


TRIPS: dict[str, RuleFunction] = {
    "PD-07": told_what_it_opens("PD-07", "release"),
    "EP-01": told_what_it_opens("EP-01", "epo"),
}
"""Rules of circuits whose loss opens something."""
