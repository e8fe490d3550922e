"""The report as text: what an architect reads after every edit."""

from __future__ import annotations

from collections.abc import Iterator

from tierline.twin.model import Twin
from tierline.validators.answers import Removal
from tierline.validators.chapters.removals import CHARGED, COVERING
from tierline.validators.messages import say
from tierline.validators.naming import names
from tierline.validators.reasons import reason
from tierline.validators.report import name_of, severity, title_of
from tierline.validators.rules import Finding, Outcome, RuleResult
from tierline.validators.run import Report
from tierline.validators.text_removals import removals, tightest
from tierline.validators.verdict import State
from tierline.validators.waivers import met_with_waivers, waivers_of

MOST = 12
"""Findings told in full; the rest are counted."""
STOPPING = 3
"""Reasons for stopping that are told one by one."""
LIMITING = 4
"""Places of limits that are told."""
_WIDE = 14


def render(report: Report, quiet: bool = False) -> str:
    """The whole report of one facility, ending in the verdict line."""
    lines = [f"{_title(report.twin)}: design check, not a certification", ""]
    lines += _findings(report)
    if not quiet:
        lines += _subsystems(report)
        lines += removals(report)
        lines += tightest(report)
        lines += _rules(report)
    lines.append(verdict_line(report))
    return "\n".join(lines) + "\n"


def _title(twin: Twin) -> str:
    """The facility and its load case."""
    note = f" ({twin.case_note})" if twin.case_note else ""
    return (twin.names.get("en") or twin.facility) + (f", case {twin.case}{note}" if twin.case else "")


def grouped(report: Report) -> list[tuple[Told, list[Finding]]]:
    """The findings in the order in which they are told, each with those that are told with it."""
    found = [(r, f) for r in report.rules for f in r.findings]
    found.sort(key=lambda pair: (not _base(pair[1]), not report.is_error(*pair), pair[1].unknown))
    return _alike(found, report)


def headline(finding: Finding) -> str:
    """The rule a finding is of, by both its names."""
    return f"[{name_of(finding.rule)}] ({finding.rule})"


def _findings(report: Report) -> Iterator[str]:
    groups = grouped(report)
    for (result, finding), others in groups[:MOST]:
        yield f"{severity(report, result, finding)}{headline(finding)} {finding.message}"
        yield f"  --> {finding.at}"
        lines = [*accepted(report, finding), *proof(finding), *map(_other, others)]
        yield from (f"      {title + ':':<{_WIDE}} {line}" for title, line in lines)
        yield ""
    if len(groups) > MOST:
        yield f"… and {len(groups) - MOST} more findings (--format json has them all)"
        yield ""


Told = tuple[RuleResult, Finding]


def _alike(found: list[Told], report: Report) -> list[tuple[Told, list[Finding]]]:
    """What waits for the same statements is told once, whatever rule it leaves open; so is what a removal proves."""
    groups: dict[object, tuple[Told, list[Finding]]] = {}
    proven: list[tuple[Finding, Finding]] = []
    for result, finding in found:
        bears = [f for r, f in found if report.is_error(r, f) or not report.is_error(result, finding)]
        proof = next((f for f in bears if _proves(f, finding)), None)
        if proof is not None:
            proven.append((proof, finding))
            continue
        key = tuple((m.field, m.at) for m in finding.missing) or id(finding)
        groups.setdefault(key, ((result, finding), []))[1].append(finding)
    told = [(pair, others[1:]) for pair, others in groups.values()]
    return [(pair, [*others, *(f for proof, f in proven if proof is pair[1])]) for pair, others in told]


_PROVEN = ("IT-01", "IT-04")
"""Rules of racks and of what feeds them that a removal shows broken, if they are."""


def _proves(proof: Finding, finding: Finding) -> bool:
    """Whether a failed removal shows what another finding says of the racks it darkens, or of what limits it."""
    if finding.rule == "WA-01" and _base(finding):
        return proof.rule == "GEN-02" and _base(proof)
    if finding.rule not in _PROVEN or finding.removal is not None or proof.removal is None or proof.unknown:
        return False
    shown = {*proof.removal.lost, *(name for short in proof.removal.shorts[:1] for name in short.cut)}
    return shown.issuperset((finding.element, *finding.alike))


def _other(finding: Finding) -> tuple[str, str]:
    """A finding that is told with another one."""
    if finding.removal is None or _base(finding):
        return "breaks too", f"{finding.rule} {finding.message}, at {finding.at}"
    count = len(finding.alike) + 1
    told = say("one-removal" if count == 1 else "removals", count=count)
    return "open too", f"{finding.rule} {title_of(finding.rule)} ({told})"


def _base(finding: Finding) -> bool:
    """Whether a finding is about the facility with nothing taken out: told first, for all else rests on it."""
    return finding.removal is not None and not finding.removal.element


def accepted(report: Report, finding: Finding) -> Iterator[tuple[str, str]]:
    """Who accepts a finding, until when, and why."""
    for waiver in waivers_of(report.waivers, finding):
        yield "waived", say("waived", until=waiver.until, owner=waiver.owner, because=waiver.because)


def proof(finding: Finding) -> Iterator[tuple[str, str]]:
    """Title and line, in the order in which a designer asks."""
    removal = finding.removal
    for missing in finding.missing:
        yield "not stated", f"{missing.text}, at {missing.at}"
    if removal is not None and not finding.unknown:
        yield from zone(removal)
    if removal is not None and not finding.unknown:
        for group in finding.stopped[:STOPPING]:
            yield "stops", f"{names(group.elements, sort=False)}{f': {group.reason}' if group.reason else ''}"
        left = sum(len(group.elements) for group in finding.stopped[STOPPING:])
        if left:
            yield "stops", f"and {left} more for other reasons"
    for related in finding.related[:LIMITING]:
        yield "limited by", f"{related.text}, at {related.at}"
    if len(finding.related) > LIMITING:
        yield "limited by", f"and {len(finding.related) - LIMITING} more places"
    if finding.alike and removal is not None:
        yield "same cause", names(finding.alike)
    if finding.help:
        yield "fix", finding.help


def zone(removal: Removal) -> Iterator[tuple[str, str]]:
    """What leaves service with an element, and what is opened for it."""
    if len(removal.zone) > 1:
        yield "out with it", names(set(removal.zone) - {removal.element})
    if removal.opened:
        yield "opened for it", names(removal.opened)


def _subsystems(report: Report) -> Iterator[str]:
    yield "subsystem      tier"
    for name, verdict in report.subsystems.items():
        if verdict.state is State.ASSESSED:
            words = verdict.tier or ""
            if verdict.possible != verdict.tier:
                words += f" (possible: {verdict.possible})"
            because = reason(report.assessment, verdict)
            words += f"   {because}" if because else ""
        else:
            words = f"{verdict.state} ({verdict.reason})"
        yield f"  {name!s:<13}{words}"
    yield ""


def _rules(report: Report) -> Iterator[str]:
    """How many rules hold; those that do not, told apart from those that only cover the same removals."""
    by: dict[Outcome, list[RuleResult]] = {}
    for result in report.rules:
        by.setdefault(result.outcome, []).append(result)
    counted = [(o, by[o]) for o in Outcome if o in by and o is not Outcome.SKIPPED]
    yield f"rules: {', '.join(f'{len(found)} {_WORDS.get(o, o)}' for o, found in counted)}"
    for outcome in (Outcome.FAIL, Outcome.UNKNOWN):
        found = by.get(outcome, [])
        others = [result for result in found if not result.findings and result.ref in (*CHARGED, *COVERING)]
        for result in (result for result in found if result not in others):
            because = f": {result.reason}" if result.reason else ""
            yield f"  {_WORDS[outcome]}: {result.ref} {title_of(result.ref)}{because}"
        for because in dict.fromkeys(result.reason for result in others):
            refs = ", ".join(result.ref for result in others if result.reason == because)
            yield f"  {_WORDS[outcome]} with them: {refs} ({because})"
    yield ""


_WORDS = {
    Outcome.PASS: "hold",
    Outcome.FAIL: "fail",
    Outcome.UNKNOWN: "not known",
    Outcome.NOT_APPLICABLE: "do not apply",
}


def verdict_line(report: Report) -> str:
    """The last line: what was claimed, what was found, and on how much it stands (decision M16)."""
    verdict, twin = report.verdict, report.twin
    stands = f"{len(twin.assumptions)} assumed numbers; {report.judged} of {report.judgeable} Tier III rules judged"
    if twin.given:
        stands += f"; {len(twin.given)} supplies given from outside the model"
    off = [f"{name}={value.of}" for name, value in sorted(twin.settings.items())]
    if off:
        stands += f"; settings: {', '.join(off)}"
    read = [f"{name}={value}" for name, value in report.assessment.policy.off_default]
    if read:
        stands += f"; the law read with {', '.join(read)}"
    stands = f"{f', case {twin.case}' if twin.case else ''} (on {stands})"
    if verdict.achieved is None:
        waiting = ", ".join(verdict.waiting_for)
        return f"verdict: none for the facility, not assessed: {waiting}{stands}"
    if verdict.claimed is None:
        return f"verdict: no claim; the design reaches Tier {verdict.achieved}{stands}"
    if verdict.met:
        return f"verdict: Tier {verdict.claimed} met{stands}"
    possible = ""
    if verdict.possible != verdict.achieved:
        possible = f", Tier {verdict.possible} possible once what is unknown is known"
    because = f", limited by {names(verdict.limiting, 4)}" if verdict.limiting else ""
    reached = "not even N" if verdict.achieved == "none" else f"Tier {verdict.achieved}"
    failing = f"verdict: Tier {verdict.claimed} not met: {reached}{because}{possible}"
    return f"{failing}{say('all-waived', count=len(report.waivers)) if met_with_waivers(report) else ''}{stands}"
