"""The report as data: `tierline.report/1`, and its JSON Schema (stable; decision C1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tierline.twin.model import OFF, STANDBY, Location, Twin
from tierline.twin.policy import TERMS, Policy
from tierline.twin.waivers import Waiver
from tierline.validators import figures
from tierline.validators.answers import Answer, Limit, Removal
from tierline.validators.assess import Assessment
from tierline.validators.catalogue import ENTRIES, SANITY_ENTRIES
from tierline.validators.exempt import exempt
from tierline.validators.reasons import reason
from tierline.validators.rules import Finding, RuleResult, Stopped
from tierline.validators.run import EDITION, PACK, SANITY_PACK, Report
from tierline.validators.states import State, States
from tierline.validators.steps import by_steps
from tierline.validators.verdict import FacilityVerdict, SubsystemVerdict
from tierline.validators.waivers import met_with_waivers, waivers_of

SCHEMA = "tierline.report/1"
_TITLES = {e.ref: (e.id, e.title, PACK) for e in ENTRIES} | {
    e.ref: (e.id, e.title, SANITY_PACK) for e in SANITY_ENTRIES
}


def name_of(ref: str) -> str:
    """The readable id of a rule."""
    return _TITLES[ref][0]


def title_of(ref: str) -> str:
    return _TITLES[ref][1]


def to_json(reports: Sequence[Report], version: str, policy: Policy) -> dict[str, Any]:
    """The whole document; facilities in the order given, all judged by one policy."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "tierline", "version": version},
        "settings": {name: policy[name] for name in TERMS},
        "facilities": [facility(report) for report in reports],
    }


def facility(report: Report) -> dict[str, Any]:
    """One facility of the document."""
    twin, assessment = report.twin, report.assessment
    states = States(assessment)
    return {
        "facility": twin.facility,
        "case": twin.case or None,
        "spec_hash": twin.spec_hash,
        "packs": [{"id": PACK, "edition": EDITION, "judged": report.judged, "rules": report.judgeable}],
        "waivers": [_waiver(waiver) for waiver in report.waivers],
        "elements": len(twin.elements),
        "modes": {mode: in_mode(twin, mode) for mode in (STANDBY, OFF)},
        "distinct_zones": assessment.distinct,
        "assumptions_used": len(twin.assumptions),
        "settings": {name: str(value.of) for name, value in sorted(twin.settings.items())},
        "verdict": _verdict(report.verdict) | {"met_with_waivers": met_with_waivers(report)},
        "subsystems": {str(name): _subsystem(assessment, found) for name, found in report.subsystems.items()},
        "removals": _removals(report.assessment),
        "rules": [_rule(result) for result in report.rules],
        "findings": [_finding(twin, report, f, states) for r in report.rules for f in r.findings],
        "assumptions": _assumptions(twin),
    }


def in_mode(twin: Twin, mode: str) -> list[str]:
    """The machines that do not run in normal service: on standby, or off."""
    return [e.id for e in twin.elements.values() if e.text("normally") == mode]


def _assumptions(twin: Twin) -> list[dict[str, Any]]:
    """The numbers nobody published, and the supplies from outside the model."""
    return [
        {
            "element": a.element,
            "field": a.field,
            "value": a.value,
            "source": a.why,
            "applies_to": a.applies_to,
            "location": _place(a.at),
        }
        for a in twin.assumptions
    ] + [
        {
            "element": name,
            "field": "given",
            "value": str(medium),
            "source": "this supply lies outside the model",
            "applies_to": 1,
            "location": _place(twin.elements[name].at),
        }
        for name, medium in sorted(twin.given)
    ]


def _verdict(verdict: FacilityVerdict) -> dict[str, Any]:
    return {
        "claimed": verdict.claimed,
        "achieved": verdict.achieved,
        "possible": verdict.possible,
        "met": verdict.met,
        "limiting": list(verdict.limiting),
        "not_assessed": list(verdict.waiting_for),
    }


def _subsystem(assessment: Assessment, found: SubsystemVerdict) -> dict[str, Any]:
    return {
        "state": str(found.state),
        "tier": found.tier,
        "possible": found.possible,
        "limiting": list(found.limiting),
        "reason": reason(assessment, found),
    }


def _removals(assessment: Assessment) -> dict[str, Any]:
    answers = [r.answer for r in assessment.removals.values()]
    return {
        "tested": len(answers),
        "distinct_zones": assessment.distinct,
        "failed": answers.count(Answer.FAIL),
        "unknown": answers.count(Answer.UNKNOWN),
        "automatic": answers.count(Answer.AUTOMATIC),
        "re_switched": answers.count(Answer.RE_SWITCHED),
        "tightest": [_limit(limit) for limit in assessment.tightest],
        "switched": [
            {"elements": elements, "steps": list(steps)}
            for elements, steps in by_steps(assessment.twin, assessment.removals.values())
        ],
        "exempt": [
            {"what": one.what, "why": one.why, "elements": list(one.elements)} for one in exempt(assessment)
        ],
    }


def _limit(limit: Limit) -> dict[str, Any]:
    return {
        "element": limit.element,
        "medium": str(limit.medium),
        "hours": limit.hours,
        "have": limit.have,
        "need": limit.need,
        "margin": limit.have - limit.need,
        "percent": round(100 * (limit.have - limit.need) / limit.need, 3),
        "unit": limit.unit,
        "limit": list(limit.cut),
        "alike": limit.alike,
    }


def _rule(result: RuleResult) -> dict[str, Any]:
    name, title, pack = _TITLES[result.ref]
    return {
        "id": name, "ref": result.ref, "title": title, "pack": pack,
        "outcome": str(result.outcome), "reason": result.reason,
    }  # fmt: skip


def _finding(twin: Twin, report: Report, finding: Finding, states: States) -> dict[str, Any]:
    result = next(r for r in report.rules if r.ref == finding.rule)
    return {
        "rule": name_of(finding.rule),
        "ref": finding.rule,
        "severity": severity(report, result, finding),
        "outcome": "unknown" if finding.unknown else "fail",
        "element": finding.element,
        "message": finding.message,
        "location": _place(finding.at),
        "alike": list(finding.alike),
        "related": [
            {"element": r.element, "text": r.text, "location": _place(r.at)}
            for r in finding.related
        ],
        "missing": [
            {"elements": list(m.elements), "field": m.field, "text": m.text, "help": m.settle, "location": _place(m.at)}
            for m in finding.missing
        ],
        "likewise": [
            {"element": r.element, "location": _place(twin.elements[r.element].at), "proof": _proof(r)}
            for r in finding.likewise
        ],
        "proof": None if finding.removal is None else _proof(finding.removal, finding.stopped),
        "state": None if finding.removal is None else _state(states.of(finding.removal)),
        "help": finding.help,
    }


def severity(report: Report, result: RuleResult, finding: Finding) -> str:
    """Whether a finding stops the gate, is told only, or is accepted by somebody."""
    if waivers_of(report.waivers, finding):
        return "waived"
    return "error" if report.is_error(result, finding) else "warning"


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {
        "rule": waiver.rule, "element": waiver.element, "because": waiver.because, "owner": waiver.owner,
        "until": waiver.until.isoformat(), "location": _place(waiver.at),
    }  # fmt: skip


def _proof(removal: Removal, stopped: Sequence[Stopped] = ()) -> dict[str, Any]:
    return {
        "removed": list(removal.zone),
        "opened": list(removal.opened),
        "lost": list(removal.lost),
        "stopped": list(removal.down),
        "stopped_for": [{"reason": group.reason, "elements": list(group.elements)} for group in stopped],
        "short": [
            {
                "medium": str(s.medium), "hours": s.hours, "need": s.need, "have": s.have, "unit": s.unit,
                "cut": list(s.cut), "text": figures.of(s.have, s.need, s.unit),
            }
            for s in removal.shorts
        ],
    }  # fmt: skip


def _state(state: State) -> dict[str, Any]:
    """What the elements are in the state in which a removal is told."""
    return {
        "earthed": list(state.earthed), "dead": list(state.dead), "unfed": list(state.unfed),
        "tripped": list(state.tripped),
        "unsure": list(state.unsure), "one_path": list(state.one_path), "short": list(state.short),
        "closed": list(state.closed), "off": list(state.off), "transferred": list(state.moved),
        "by_hand": list(state.by_hand), "started": list(state.started),
    }  # fmt: skip


def _place(at: Location) -> dict[str, Any]:
    return {"file": at.file, "line": at.line, "column": at.column}
