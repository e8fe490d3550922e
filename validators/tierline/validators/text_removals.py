"""The removals of the text report: how they end, what operators do for them, what is exempt, the tightest limits."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tierline.twin.machines import REQUIRED_HOURS
from tierline.twin.model import OFF, STANDBY
from tierline.validators import figures
from tierline.validators.answers import Answer, Limit
from tierline.validators.exempt import exempt
from tierline.validators.messages import say
from tierline.validators.naming import names
from tierline.validators.report import in_mode
from tierline.validators.run import Report
from tierline.validators.steps import by_steps

_SWITCHED = 6
"""Groups of re-switched removals told; the rest are counted."""


def removals(report: Report) -> Iterator[str]:
    """How many pass and how; then the positions, then what was not taken out."""
    assessment = report.assessment
    answers = [r.answer for r in assessment.removals.values()]
    counts = {answer: answers.count(answer) for answer in Answer}
    if assessment.base.answer is Answer.FAIL:
        yield f"removals: none of {len(answers)} is judged: {say('tier-none')}"
    else:
        yield (
            f"removals: {len(answers)} of {len(report.twin.elements)} elements, {assessment.distinct} distinct zones; "
            f"{counts[Answer.AUTOMATIC]} pass automatically, {counts[Answer.RE_SWITCHED]} with re-switching, "
            f"{counts[Answer.FAIL]} fail, {counts[Answer.UNKNOWN]} unknown"
        )
        yield from _switched(report)
        yield from _modes(report)
    for one in exempt(assessment):
        yield f"  not taken out: {len(one.elements)} × {one.what} ({one.why}): {names(one.elements, 4)}"
    yield ""


def _switched(report: Report) -> Iterator[str]:
    groups = by_steps(report.twin, report.assessment.removals.values())
    for elements, steps in groups[:_SWITCHED]:
        yield f"  for {names(elements, 4)}: {', '.join(steps)}"
    left = sum(len(elements) for elements, _ in groups[_SWITCHED:])
    if left:
        yield f"  and {left} more with other steps (--format json has them all)"


def _modes(report: Report) -> Iterator[str]:
    """Which machines do not run in normal service, and how often those on standby are needed."""
    removals = (report.assessment.base, *report.assessment.removals.values())
    standby, off = in_mode(report.twin, STANDBY), in_mode(report.twin, OFF)
    if standby:
        needed = sum(bool(r.started) for r in removals)
        yield f"  stand by: {names(standby)}; needed in {needed} of {len(removals)} states"
    if off:
        yield f"  off until a hand starts them: {names(off)}"


def tightest(report: Report) -> Iterator[str]:
    """The limits nearest to what is asked; those that read the same are told once."""
    told: dict[tuple[str, str, str], list[Limit]] = {}
    for limit in report.assessment.tightest:
        key = (_figure(limit), figures.percent(limit.have, limit.need), names(limit.cut, 3))
        told.setdefault(key, []).append(limit)
    if told:
        yield "tightest limits"
    for (figure, percent, cut), limits in told.items():
        first = limits[0]
        after = f"after {first.element} is taken out" if first.element else "with everything in service"
        alike = sum(limit.alike + 1 for limit in limits) - 1
        yield f"  +{percent:<8} {figure}: {cut}, {after}{f' (and {alike} alike)' if alike else ''}"
    if told:
        yield ""


def _figure(limit: Limit) -> str:
    if limit.hours:
        hours = figures.number(Fraction(REQUIRED_HOURS * limit.have, limit.need), 1)
        return f"{figures.TITLES[limit.medium]} for {hours} h of {REQUIRED_HOURS} h"
    return f"{figures.title(limit.medium, limit.unit)} {figures.of(limit.have, limit.need, limit.unit)}"
