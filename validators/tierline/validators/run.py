"""The spine: twin → report. Every rule of the catalogue appears once, judged or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tierline.twin.model import Medium, Twin
from tierline.twin.policy import DEFAULT, Policy
from tierline.twin.waivers import Waiver
from tierline.validators.answers import Answer, Removal
from tierline.validators.assess import Assessment, assess
from tierline.validators.blame import Blame
from tierline.validators.catalogue import ENTRIES, TIER_III
from tierline.validators.chapters.ambient import AMBIENT
from tierline.validators.chapters.equipment import EQUIPMENT, SANITY
from tierline.validators.chapters.network import NETWORK
from tierline.validators.chapters.paths import PATHS
from tierline.validators.chapters.removals import CHARGED, COVERING
from tierline.validators.chapters.trips import TRIPS
from tierline.validators.chapters.water import WATER
from tierline.validators.gathering import gathered
from tierline.validators.network import cuts
from tierline.validators.rules import Context, Finding, Judged, Outcome, RuleFunction, RuleResult
from tierline.validators.subsystems import Subsystem, Subsystems
from tierline.validators.verdict import (
    FacilityVerdict,
    SubsystemVerdict,
    at_least,
    judge_facility,
    judge_subsystems,
    modelled,
    tier_left,
)

EDITION = "2026.1"
PACK = "uptime-topology"
SANITY_PACK = "sanity"
GATING_TIERS = {"I": ("I",), "II": ("I", "II"), "III": ("I", "II", "III"), "IV": ("I", "II", "III", "IV")}

JUDGED: dict[str, RuleFunction] = {
    **EQUIPMENT, **PATHS, **CHARGED, **COVERING, **AMBIENT, **WATER, **NETWORK, **TRIPS,
}  # fmt: skip
"""Reference → function, for the rules of the catalogue that this version judges. GEN-01 is the verdict itself."""


@dataclass(frozen=True, slots=True)
class Report:
    """The judgement of one facility."""

    twin: Twin
    assessment: Assessment
    rules: tuple[RuleResult, ...]
    subsystems: dict[Subsystem, SubsystemVerdict]
    verdict: FacilityVerdict
    judged: int
    """Tier III rules judged …"""
    judgeable: int
    """… of how many the catalogue has."""
    waivers: tuple[Waiver, ...] = ()
    """Those that fit a finding; they change no verdict."""

    def is_error(self, result: RuleResult, finding: Finding) -> bool:
        """Whether a finding stops the gate: what it tells of removals costs the claimed tier, else by its rule.

        Most rules that tell why a removal fails belong to Tier III; the removal of a capacity component fails a claim
        of Tier II as well, by GEN-04, and that of a path element does not, whatever it overloads.
        """
        return _is_error(self.assessment, result, finding)

    @property
    def gate_holds(self) -> bool:
        """Whether nothing that gates fails or is unknown (decision M15)."""
        return not any(gates(self.assessment, r, self.twin.claims.tier) for r in self.rules)


def check(twin: Twin, policy: Policy = DEFAULT, step: Callable[[int, int], None] | None = None) -> Report:
    """Judge a facility against the catalogue."""
    assessment = assess(twin, policy, step)
    subsystems = Subsystems(twin)
    blame = Blame(subsystems, policy)
    passing = frozenset(j.a for j in twin.joints if j.medium is Medium.POWER)
    cut = cuts(assessment)
    context = Context(assessment, subsystems, blame, _charges(assessment, blame), modelled(twin), passing, cut)
    results = [_result(ref, function(context)) for ref, function in SANITY.items()]
    verdicts = judge_subsystems(assessment, blame, cut)
    for entry in ENTRIES:
        function = JUDGED.get(entry.ref)
        if entry.ref == "GEN-01":
            results.append(RuleResult("GEN-01", Outcome.PASS, "the verdict is the lowest subsystem's"))
        elif function is None:
            results.append(RuleResult(entry.ref, Outcome.SKIPPED, "not judged by this version"))
        else:
            results.append(_result(entry.ref, function(context)))
    holds = not any(gates(assessment, r, twin.claims.tier) for r in results)
    short_of_third = [r.outcome for r in results if gates(assessment, r, "III")]
    third = (not short_of_third, Outcome.FAIL not in short_of_third)
    verdict = judge_facility(twin, verdicts, holds, third, policy.takes("telecom_in_verdict", "true"))
    judged = [e for e in TIER_III if e.ref in JUDGED or e.ref == "GEN-01"]
    return Report(twin, assessment, tuple(results), verdicts, verdict, len(judged), len(TIER_III))


def stands_apart(result: RuleResult) -> bool:
    """Whether a rule belongs to the network, which is reported and never lowers the verdict (decision M13)."""
    return any(e.ref == result.ref and e.subsystem == Subsystem.NETWORK for e in ENTRIES)


def _is_error(assessment: Assessment, result: RuleResult, finding: Finding) -> bool:
    claimed = assessment.twin.claims.tier
    costs = _costs(assessment, finding, claimed)
    return _asked(result, claimed) if costs is None else costs and not stands_apart(result)


def _costs(assessment: Assessment, finding: Finding, claimed: str | None) -> bool | None:
    """Whether the removals that a finding tells leave less than a tier; None where it tells none."""
    if finding.removal is None or not finding.removal.element:
        return None
    names = {finding.element, *finding.alike, *(removal.element for removal in finding.likewise)}
    removals = [assessment.removals[name] for name in sorted(names)]
    return claimed is not None and not at_least(tier_left(assessment, removals), claimed)


def gates(assessment: Assessment, result: RuleResult, claimed: str | None) -> bool:
    """Whether a result stops the gate: it fails or is unknown, and the claim (or sanity) asks for it."""
    costs = [_costs(assessment, finding, claimed) for finding in result.findings]
    return _asked(result, claimed) and (not costs or any(cost is None or cost for cost in costs))


def _asked(result: RuleResult, claimed: str | None) -> bool:
    if result.outcome not in (Outcome.FAIL, Outcome.UNKNOWN):
        return False
    if result.ref in SANITY:
        return result.outcome is Outcome.FAIL
    if claimed is None:
        return False
    if stands_apart(result):
        return False
    entry = next(e for e in ENTRIES if e.ref == result.ref)
    return not entry.advisory and any(tier in GATING_TIERS[claimed] for tier in entry.tiers)


def _charges(assessment: Assessment, blame: Blame) -> dict[str, list[Removal]]:
    found: dict[str, list[Removal]] = {}
    for removal in assessment.removals.values():
        if removal.answer in (Answer.FAIL, Answer.UNKNOWN):
            found.setdefault(blame.rule(removal), []).append(removal)
    return found


def _result(ref: str, judged: Judged) -> RuleResult:
    if judged.outcome is not None:
        return RuleResult(ref, judged.outcome, judged.reason)
    if judged.findings:
        unknown = all(f.unknown for f in judged.findings)
        found = gathered(judged.findings)
        return RuleResult(ref, Outcome.UNKNOWN if unknown else Outcome.FAIL, judged.reason, found)
    if judged.idle:
        return RuleResult(ref, Outcome.NOT_APPLICABLE, judged.idle)
    return RuleResult(ref, Outcome.PASS)
