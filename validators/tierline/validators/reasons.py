"""Why a subsystem has no better tier: which class of element cannot be taken out, or what is not known."""

from __future__ import annotations

from tierline.validators.answers import Answer
from tierline.validators.assess import Assessment, is_capacity
from tierline.validators.messages import say
from tierline.validators.naming import names
from tierline.validators.verdict import State, SubsystemVerdict

_SHOWN = 4


def reason(assessment: Assessment, verdict: SubsystemVerdict) -> str:
    """One clause, in the words of decision M4; empty where the tier is III or better."""
    if verdict.state is not State.ASSESSED or verdict.tier not in ("none", "I", "II"):
        return verdict.reason
    if verdict.tier == "none" and assessment.base.answer is Answer.FAIL:
        return say("tier-none")
    if not verdict.limiting:
        return say("tier-unknown")
    if set(verdict.limiting) <= set(assessment.limited):
        return say("tier-limited", names=names(verdict.limiting, _SHOWN))
    capacity = [name for name in verdict.limiting if is_capacity(assessment.twin, name)]
    path = [name for name in verdict.limiting if name not in capacity]
    if verdict.tier == "I" and capacity:
        return say("tier-capacity", names=names(capacity, _SHOWN))
    parts = [say("tier-path", names=names(path, _SHOWN))] if path else []
    if capacity:
        parts.append(say("tier-hours", names=names(capacity, _SHOWN)))
    return "; ".join(parts)
