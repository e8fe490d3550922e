"""Rules of make-up water: public water counts for nothing, twelve hours are stored, every consumer is counted."""

from __future__ import annotations

from tierline.twin.make_up import consumers_of_water, missing_of_make_up
from tierline.twin.model import Medium
from tierline.validators.answers import Answer
from tierline.validators.chapters.removals import charged
from tierline.validators.harmed import told
from tierline.validators.messages import CATALOGUE, say
from tierline.validators.naming import names
from tierline.validators.rules import Context, Finding, Judged, Outcome, RuleFunction
from tierline.validators.subsystems import WET, Subsystem

_NOTHING = Judged(idle="nothing in the model consumes water")


def public_water_absent(context: Context) -> Judged:
    """WA-01: with everything in service, stored water alone serves all that consumes it."""
    twin, base = context.assessment.twin, context.assessment.base
    thirsty = consumers_of_water(twin)
    if not thirsty:
        return _NOTHING
    findings = [
        Finding("WA-01", name, say("water-given", name=name), at)
        for name in _given(context)
        if _stored(context) and name not in thirsty and (at := twin.elements[name].at)
    ]
    for short in base.shorts:
        if short.medium is Medium.WATER:
            words = say("base-no-main", cost=told(short))
            first = twin.elements[thirsty[0]]
            findings.append(Finding("WA-01", first.id, words, first.at, base.answer is Answer.UNKNOWN, (), base))
            break
    passed = None if findings else Outcome.PASS
    return Judged(tuple(findings), outcome=passed, reason="the public main supplies nothing in any check")


def twelve_hours(context: Context) -> Judged:
    """WA-02: stored make-up lasts in every removal, and nobody's water comes from outside the model."""
    twin = context.assessment.twin
    found = _LASTING(context)
    counted = [name for name in _given(context) if not _stored(context) or name in consumers_of_water(twin)]
    outside = tuple(
        Finding("WA-02", name, say("water-outside", name=name), at, True, help=say("water-outside-fix"))
        for name in counted
        if (at := twin.elements[name].at)
    )
    return Judged((*found.findings, *outside)) if outside else found


def every_consumer(context: Context) -> Judged:
    """WA-04: of everything that consumes water it is known how much, and none is declared away."""
    twin = context.assessment.twin
    thirsty = [twin.elements[name] for name in consumers_of_water(twin)]
    if not thirsty:
        return _NOTHING
    findings = [
        Finding("WA-04", e.id, say("water-unknown", name=e.id, field=field), e.at, True, help=_settle(field))
        for e in thirsty
        if (field := missing_of_make_up(e))
    ]
    declared = twin.not_applicable.get(str(Subsystem.WATER))
    if declared is not None:
        words = say("water-declared", why=declared, names=names([e.id for e in thirsty], 4))
        findings.append(Finding("WA-04", thirsty[0].id, words, thirsty[0].at, help=say("water-declared-fix")))
    return Judged(tuple(findings))


def _settle(field: str) -> str:
    key = f"settle-{field}"
    return say(key) if key in CATALOGUE else say("settle", field=field)


def closed_loops(context: Context) -> Judged:
    """WA-05: nothing asks for the water that fills a closed loop."""
    if not any(joint.medium in WET for joint in context.assessment.twin.joints):
        return Judged(idle="the model has no closed loop")
    return Judged(outcome=Outcome.PASS, reason="closed loops are asked for no water in any check")


def _given(context: Context) -> list[str]:
    return sorted(name for name, medium in context.assessment.twin.given if medium == Medium.WATER)


def _stored(context: Context) -> bool:
    tanks = (e for e in context.assessment.twin.elements.values() if e.kind in ("tank", "day-tank"))
    return any(tank.text("carries") == Medium.WATER for tank in tanks)


_LASTING = charged("WA-02", Subsystem.WATER)

WATER: dict[str, RuleFunction] = {
    "WA-01": public_water_absent,
    "WA-02": twelve_hours,
    "WA-04": every_consumer,
    "WA-05": closed_loops,
}
"""Rules of the chapter; WA-03 is one of those that failed removals are charged to."""
