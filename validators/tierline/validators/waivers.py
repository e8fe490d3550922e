"""What waivers make of a report: failures that somebody accepts are told as waived, and never as met.

A waiver names a rule and the element at which a finding of it is told. It accepts that one cause: of a finding that
tells the same mistake at several places, each place must be waived. What is unknown, what makes no sense, and what is
short with everything in service, cannot be waived. Nothing of the verdict changes but whether the gate opens (M15).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tierline.twin.waivers import Waiver
from tierline.validators.catalogue import by_name
from tierline.validators.chapters.equipment import SANITY
from tierline.validators.chapters.removals import CHARGED, COVERING
from tierline.validators.rules import Finding, Outcome, RuleResult
from tierline.validators.run import Report, gates


def waived(report: Report, waivers: Iterable[Waiver], today: date) -> Report:
    """The report with the waivers that still hold and fit a finding."""
    holding = [waiver for waiver in waivers if today <= waiver.until]
    fitting = tuple(waiver for waiver in holding if any(_fits(waiver, f) for r in report.rules for f in r.findings))
    rules = tuple(_result(result, fitting) for result in report.rules)
    return replace(report, rules=rules, waivers=fitting)


def waivers_of(waivers: Sequence[Waiver], finding: Finding) -> tuple[Waiver, ...]:
    """The waivers that accept a finding at all its places; none if a place is left."""
    found = tuple(waiver for waiver in waivers if _fits(waiver, finding))
    return found if set(_places(finding)) <= {waiver.element for waiver in found} else ()


def met_with_waivers(report: Report) -> bool:
    """Whether all that keeps the claim from being met is accepted by somebody."""
    verdict, claimed = report.verdict, report.twin.claims.tier
    if verdict.met:
        return True
    if claimed is None or verdict.achieved is None or not report.waivers:
        return False
    told = [(result, finding) for result in report.rules for finding in result.findings]
    accepted = all(waivers_of(report.waivers, f) for r, f in told if report.is_error(r, f))
    left = [result for result in report.rules if gates(report.assessment, result, claimed)]
    return accepted and all(result.outcome is Outcome.FAIL and _told(result) for result in left)


def _told(result: RuleResult) -> bool:
    """Whether a rule fails by what it tells, or else by removals that are told at other rules."""
    return bool(result.findings) or result.ref in (*CHARGED, *COVERING)


def _result(result: RuleResult, waivers: Sequence[Waiver]) -> RuleResult:
    every = bool(result.findings) and all(waivers_of(waivers, finding) for finding in result.findings)
    return replace(result, outcome=Outcome.WAIVED) if every else result


def _fits(waiver: Waiver, finding: Finding) -> bool:
    entry = by_name(waiver.rule)
    named = entry is not None and entry.ref == finding.rule and finding.rule not in SANITY
    return named and not finding.unknown and waiver.element in _places(finding)


def _places(finding: Finding) -> tuple[str, ...]:
    """The elements at which a finding is told; none for the facility as a whole."""
    if not finding.element:
        return ("",)
    others = [r.element for r in finding.likewise] if finding.removal is not None else [*finding.alike]
    return (finding.element, *others)
