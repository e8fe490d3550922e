"""The report as text: what an architect reads after every edit."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tierline.twin.model import OFF, STANDBY, Twin
from tierline.validators import figures
from tierline.validators.answers import Answer, Removal
from tierline.validators.naming import names
from tierline.validators.report import in_mode, name_of, title_of
from tierline.validators.rules import Finding, Outcome
from tierline.validators.run import Report
from tierline.validators.verdict import State

MOST = 12
"""Findings told in full; the rest are counted."""
STOPPING = 3
"""Reasons for stopping that are told one by one."""
_WIDE = 14


def render(report: Report, quiet: bool = False) -> str:
    """The whole report of one facility, ending in the verdict line."""
    lines = [f"{_title(report.twin)}: design check, not a certification", ""]
    lines += _findings(report)
    if not quiet:
        lines += _subsystems(report)
        lines += _removals(report)
        lines += _tightest(report)
        lines += _rules(report)
    lines.append(verdict_line(report))
    return "\n".join(lines) + "\n"


def _title(twin: Twin) -> str:
    """The facility and its load case."""
    note = f" ({twin.case_note})" if twin.case_note else ""
    return (twin.names.get("en") or twin.facility) + (f", case {twin.case}{note}" if twin.case else "")


def _findings(report: Report) -> Iterator[str]:
    found = [(r, f) for r in report.rules for f in r.findings]
    found.sort(key=lambda pair: (not _base(pair[1]), not report.is_error(*pair), pair[1].unknown))
    for result, finding in found[:MOST]:
        level = "error" if report.is_error(result, finding) else "warning"
        yield f"{level}[{name_of(finding.rule)}] ({finding.rule}) {finding.message}"
        yield f"  --> {finding.at}"
        yield from (f"      {title + ':':<{_WIDE}} {line}" for title, line in _proof(finding))
        yield ""
    if len(found) > MOST:
        yield f"… and {len(found) - MOST} more findings (--format json has them all)"
        yield ""


def _base(finding: Finding) -> bool:
    """Whether a finding is about the facility with nothing taken out: told first, for all else rests on it."""
    return finding.removal is not None and not finding.removal.element


def _proof(finding: Finding) -> Iterator[tuple[str, str]]:
    """Title and line, in the order in which a designer asks."""
    removal = finding.removal
    for missing in finding.missing:
        yield "not stated", f"{missing.text}, at {missing.at}"
    if removal is not None and removal.element and not finding.unknown:
        if len(removal.zone) > 1:
            yield "out with it", names(set(removal.zone) - {removal.element})
        if removal.opened:
            yield "opened for it", names(removal.opened)
    if removal is not None and not finding.unknown:
        for group in finding.stopped[:STOPPING]:
            yield "stops", f"{names(group.elements, sort=False)}{f': {group.reason}' if group.reason else ''}"
        left = sum(len(group.elements) for group in finding.stopped[STOPPING:])
        if left:
            yield "stops", f"and {left} more for other reasons"
    for related in finding.related:
        yield "limit", f"{related.text}, at {related.at}"
    if finding.alike:
        yield "same cause", names(finding.alike)
    if finding.help:
        yield "fix", finding.help


def _subsystems(report: Report) -> Iterator[str]:
    yield "subsystem      tier"
    for name, verdict in report.subsystems.items():
        if verdict.state is State.ASSESSED:
            words = verdict.tier or ""
            if verdict.possible != verdict.tier:
                words += f" (possible: {verdict.possible})"
            if verdict.limiting:
                words += f"   limited by {names(verdict.limiting, 4)}"
        else:
            words = f"{verdict.state} ({verdict.reason})"
        yield f"  {name!s:<13}{words}"
    yield ""


def _removals(report: Report) -> Iterator[str]:
    removals = report.assessment.removals
    answers = [r.answer for r in removals.values()]
    counts = {answer: answers.count(answer) for answer in Answer}
    yield (
        f"removals: {len(answers)} of {len(report.twin.elements)} elements, "
        f"{report.assessment.distinct} distinct zones; "
        f"{counts[Answer.AUTOMATIC]} pass automatically, {counts[Answer.RE_SWITCHED]} with re-switching, "
        f"{counts[Answer.FAIL]} fail, {counts[Answer.UNKNOWN]} unknown"
    )
    switched = [r for r in removals.values() if r.answer is Answer.RE_SWITCHED]
    for removal in switched[:4]:
        yield f"  {removal.element}: {_positions(report.twin, removal)}"
    if len(switched) > 4:
        yield f"  … and {len(switched) - 4} more"
    yield from _modes(report)
    yield ""


def _modes(report: Report) -> Iterator[str]:
    """Which machines do not run in normal service, and how often those on standby are needed."""
    removals = (report.assessment.base, *report.assessment.removals.values())
    standby, off = in_mode(report.twin, STANDBY), in_mode(report.twin, OFF)
    if standby:
        needed = sum(bool(r.started) for r in removals)
        yield f"stand by: {names(standby)}; needed in {needed} of {len(removals)} states"
    if off:
        yield f"off until a hand starts them: {names(off)}"


def _positions(twin: Twin, removal: Removal) -> str:
    """What hands do: machines are started, shut valves opened, open switches closed."""
    parts = []
    for said, word in (("off", "start"), ("closed", "open"), ("open", "close")):
        closed = [name for name in removal.closed if twin.elements[name].text("normally") == said]
        if closed:
            parts.append(f"{word} {names(closed)}")
    parts += [f"{element} on {names(used, 2)}" for element, used in removal.moved[:3]]
    if removal.by_hand:
        parts.append(f"by hand: {names(removal.by_hand, 4)}")
    return "; ".join(parts) or "normally open devices closed"


def _tightest(report: Report) -> Iterator[str]:
    if not report.assessment.tightest:
        return
    yield "tightest limits"
    for limit in report.assessment.tightest:
        after = f"after {limit.element} is taken out" if limit.element else "with everything in service"
        name = figures.TITLES[limit.medium]
        if limit.hours:
            have = f"{name} for {figures.number(Fraction(12 * limit.have, limit.need), 1)} h of 12 h"
        else:
            have = f"{name} {figures.of(limit.have, limit.need, limit.unit)}"
        alike = f" (and {limit.alike} alike)" if limit.alike else ""
        yield f"  +{figures.percent(limit.have, limit.need):<8} {have}: {names(limit.cut, 3)}, {after}{alike}"
    yield ""


def _rules(report: Report) -> Iterator[str]:
    by: dict[Outcome, list[str]] = {}
    for result in report.rules:
        by.setdefault(result.outcome, []).append(result.ref)
    judged = [ref for outcome, refs in by.items() if outcome is not Outcome.SKIPPED for ref in refs]
    yield f"rules judged: {', '.join(judged)}"
    for outcome in (Outcome.FAIL, Outcome.UNKNOWN):
        for ref in by.get(outcome, ()):
            yield f"  {outcome}: {ref} {title_of(ref)}"
    yield ""


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
    return f"verdict: Tier {verdict.claimed} not met: {reached}{because}{possible}{stands}"
