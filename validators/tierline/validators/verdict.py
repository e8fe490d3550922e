"""Tiers from the sweep: per subsystem, and the lowest of them for the facility (decisions M4, M13, M14)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tierline.twin.kinds import CONTROLS, KINDS, Class
from tierline.twin.make_up import consumers_of_water
from tierline.twin.model import Medium, Twin
from tierline.validators.answers import Answer, Removal
from tierline.validators.assess import Assessment, is_capacity
from tierline.validators.blame import Blame
from tierline.validators.network import Cut
from tierline.validators.subsystems import BOARDS, COOLING, POWER_RUNGS, Subsystem

TIERS = ("none", "I", "II", "III", "IV")
REQUIRED = (
    Subsystem.GENERATORS,
    Subsystem.FUEL,
    Subsystem.UPS,
    Subsystem.DISTRIBUTION,
    Subsystem.COOLING,
    Subsystem.WATER,
    Subsystem.CONTROLS,
)


MAY_BE_ABSENT = (Subsystem.WATER, Subsystem.CONTROLS, Subsystem.NETWORK)
"""What a facility may do without, if it says why."""


class State(StrEnum):
    """Whether a subsystem has a tier."""

    ASSESSED = "assessed"
    NOT_APPLICABLE = "not-applicable"
    NOT_ASSESSED = "not-assessed"


@dataclass(frozen=True, slots=True)
class SubsystemVerdict:
    """The tier of one subsystem, and the removed elements that keep it there."""

    state: State
    tier: str | None = None
    possible: str | None = None
    """The tier if everything unknown turned out well."""
    limiting: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FacilityVerdict:
    """The tier of the facility; None while a required subsystem is not assessed."""

    claimed: str | None
    achieved: str | None
    possible: str | None
    met: bool
    limiting: tuple[str, ...]
    waiting_for: tuple[str, ...]
    """Required subsystems that are not assessed."""


def lowest(tiers: Iterable[str]) -> str:
    return min(tiers, key=TIERS.index)


def at_least(tier: str | None, claimed: str) -> bool:
    return tier is not None and TIERS.index(tier) >= TIERS.index(claimed)


def modelled(twin: Twin) -> frozenset[Subsystem]:
    """The subsystems that the facility has something of, in this case or another."""
    kinds = {e.kind for e in twin.declared}
    media = {Medium(e.text("carries", "fuel")) for e in twin.declared if e.kind in ("tank", "day-tank")}
    found = set()
    if "genset" in kinds:
        found.add(Subsystem.GENERATORS)
    if Medium.FUEL in media:
        found.add(Subsystem.FUEL)
    if "ups" in kinds:
        found.add(Subsystem.UPS)
    if kinds & BOARDS and any(KINDS[e.kind].cls is Class.CONSUMER for e in twin.elements.values()):
        found.add(Subsystem.DISTRIBUTION)
    if kinds & COOLING:
        found.add(Subsystem.COOLING)
    if kinds & CONTROLS:
        found.add(Subsystem.CONTROLS)
    if "service" in kinds:
        found.add(Subsystem.NETWORK)
    given = {name for name, medium in twin.given if medium == Medium.WATER}
    if Medium.WATER in media or not given.issuperset(consumers_of_water(twin)):
        found.add(Subsystem.WATER)
    return frozenset(found)


def judge_subsystems(assessment: Assessment, blame: Blame, cuts: Sequence[Cut]) -> dict[Subsystem, SubsystemVerdict]:
    """Every subsystem's verdict, in the order of the report; `power` last."""
    twin = assessment.twin
    present = modelled(twin)
    found: dict[Subsystem, SubsystemVerdict] = {}
    charged = {blame.subsystem(r) for r in assessment.removals.values() if r.answer in (Answer.FAIL, Answer.UNKNOWN)}
    for subsystem in (*REQUIRED, Subsystem.NETWORK):
        if subsystem is Subsystem.NETWORK and subsystem in present:
            failed = [cut.removal for cut in cuts if not cut.unknown]
            found[subsystem] = _left(assessment, failed, [cut.removal for cut in cuts if cut.unknown])
        elif subsystem in present or subsystem in charged:
            found[subsystem] = _tier(assessment, blame, subsystem)
        else:
            found[subsystem] = _absent(twin, subsystem)
    found[Subsystem.POWER] = _power(found)
    return found


def _absent(twin: Twin, subsystem: Subsystem) -> SubsystemVerdict:
    """A subsystem of which nothing is judged: declared not applicable where it may be, else not assessed."""
    declared = twin.not_applicable.get(str(subsystem))
    if subsystem is Subsystem.WATER and consumers_of_water(twin):
        reason = "water is consumed, and comes from outside the model"
        if declared is not None:
            reason += ": it cannot be declared away"
        return SubsystemVerdict(State.NOT_ASSESSED, reason=reason)
    if declared is not None and subsystem in MAY_BE_ABSENT:
        return SubsystemVerdict(State.NOT_APPLICABLE, reason=declared)
    reason = f"the model has no {'service' if subsystem is Subsystem.NETWORK else subsystem}"
    if declared is not None:
        reason += ", and every tier needs it: it cannot be declared away"
    return SubsystemVerdict(State.NOT_ASSESSED, reason=reason)


def _tier(assessment: Assessment, blame: Blame, subsystem: Subsystem) -> SubsystemVerdict:
    """The tier its removals leave; below Tier III sets of limited hours count, and bind generators to II at most."""
    found = _swept(assessment, blame, subsystem)
    if assessment.below is not None and found.tier != "III":
        rated = _swept(assessment.below, blame, subsystem)
        tiers = (lowest((rated.tier or "none", "II")), lowest((rated.possible or "none", "II")))
        found = replace(found, tier=tiers[0], possible=max(tiers[1], found.possible or "none", key=TIERS.index))
    if assessment.limited and subsystem is Subsystem.GENERATORS and found.tier == "III":
        return replace(found, tier="II", possible="II", limiting=assessment.limited)
    return found


def _swept(assessment: Assessment, blame: Blame, subsystem: Subsystem) -> SubsystemVerdict:
    failed = [r for r in _charged(assessment, blame, subsystem, Answer.FAIL)]
    unknown = [r for r in _charged(assessment, blame, subsystem, Answer.UNKNOWN)]
    return _left(assessment, failed, unknown)


def _left(assessment: Assessment, failed: Sequence[Removal], unknown: Sequence[Removal]) -> SubsystemVerdict:
    """The verdict that failed removals, and those of which it is not known, leave."""
    tier = tier_left(assessment, failed)
    with_unknown = lowest((tier, tier_left(assessment, unknown)))
    if unknown and TIERS.index(with_unknown) > TIERS.index("II"):
        with_unknown = "II"
    limiting = tuple(sorted(r.element for r in failed if r.element and tier_left(assessment, (r,)) == tier))
    return SubsystemVerdict(State.ASSESSED, with_unknown, tier, limiting)


def _charged(assessment: Assessment, blame: Blame, subsystem: Subsystem, answer: Answer) -> Iterable[Removal]:
    base = assessment.base
    everything = (base, *assessment.removals.values()) if base.answer is not Answer.FAIL else (base,)
    for removal in everything:
        if removal.answer is not answer:
            continue
        charged = blame.subsystem(removal) if removal.element else _base_subsystem(assessment, blame, removal)
        if charged is subsystem:
            yield removal


def _base_subsystem(assessment: Assessment, blame: Blame, base: Removal) -> Subsystem:
    """With nothing removed a shortage of power is charged to the machines that limit it."""
    if not base.shorts:
        return Subsystem.DISTRIBUTION
    short = base.shorts[0]
    if short.medium is not Medium.POWER:
        return blame.subsystems.charged(short.medium, "")
    kinds = {assessment.twin.elements[e].kind for e in short.cut if e in assessment.twin.elements}
    if kinds == {"genset"}:
        return Subsystem.GENERATORS
    return Subsystem.UPS if kinds == {"ups"} else Subsystem.DISTRIBUTION


def tier_left(assessment: Assessment, removals: Iterable[Removal]) -> str:
    """The tier that failed removals leave: none without N, I below N after a capacity component, else II."""
    tier = "III"
    for removal in removals:
        if not removal.element:
            return "none"
        capacity = is_capacity(assessment.twin, removal.element) and removal.on_rates
        tier = lowest((tier, "I" if capacity else "II"))
    return tier


def _power(found: dict[Subsystem, SubsystemVerdict]) -> SubsystemVerdict:
    """The minimum of its four rungs, never an independent verdict."""
    rungs = [found[rung] for rung in POWER_RUNGS]
    assessed = [r for r in rungs if r.state is State.ASSESSED]
    missing = [str(rung) for rung in POWER_RUNGS if found[rung].state is State.NOT_ASSESSED]
    if not assessed or missing:
        return SubsystemVerdict(State.NOT_ASSESSED, reason=f"not modelled: {', '.join(missing)}")
    tier = lowest(r.tier or "none" for r in assessed)
    possible = lowest(r.possible or "none" for r in assessed)
    limiting = {e for r in assessed if r.tier == tier for e in r.limiting}
    return SubsystemVerdict(State.ASSESSED, tier, possible, tuple(sorted(limiting)))


def judge_facility(
    twin: Twin,
    subsystems: dict[Subsystem, SubsystemVerdict],
    gate_holds: bool,
    third: tuple[bool, bool],
    telecom: bool = False,
) -> FacilityVerdict:
    """The lowest subsystem, and whether the claim is met.

    `gate_holds`: no rule of the claim fails or is unknown; `third`: whether all rules of Tier III hold, and whether
    they still may once the unknown is known; `telecom`: the network counts too.
    """
    required = (*REQUIRED, Subsystem.NETWORK) if telecom else REQUIRED
    needed = [subsystems[s] for s in required]
    waiting = tuple(str(s) for s in required if subsystems[s].state is State.NOT_ASSESSED)
    judged = [v for v in needed if v.state is State.ASSESSED]
    claimed = twin.claims.tier
    if waiting or not judged:
        return FacilityVerdict(claimed, None, None, False, (), waiting)
    achieved = lowest(v.tier or "none" for v in judged)
    possible = lowest(v.possible or "none" for v in judged)
    holds, may_hold = third
    if not holds and TIERS.index(achieved) > TIERS.index("II"):
        achieved = "II"
    if not may_hold and TIERS.index(possible) > TIERS.index("II"):
        possible = "II"
    limiting = tuple(sorted({e for v in judged if v.tier == achieved for e in v.limiting}))
    met = claimed is not None and gate_holds and at_least(achieved, claimed)
    return FacilityVerdict(claimed, achieved, possible, met, limiting, ())
