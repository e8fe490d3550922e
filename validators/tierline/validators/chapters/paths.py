"""Two live paths from the UPS to IT: what the removals show, and which cords bring power that counts."""

from __future__ import annotations

from dataclasses import replace

from tierline.twin.model import Medium
from tierline.validators.answers import Answer
from tierline.validators.chapters.removals import charged
from tierline.validators.gathering import gathered
from tierline.validators.messages import say
from tierline.validators.naming import names
from tierline.validators.neighbours import Neighbours
from tierline.validators.rules import Context, Finding, Judged, Related, RuleFunction
from tierline.validators.subsystems import Subsystem


def two_live_paths(context: Context) -> Judged:
    """GEN-09: with everything in its normal position, more cords of a rack than it runs on are live behind a UPS."""
    removals = charged("GEN-09", Subsystem.DISTRIBUTION)(context)
    if context.assessment.base.answer is not Answer.AUTOMATIC or Subsystem.UPS not in context.modelled:
        return removals
    twin, blame = context.assessment.twin, context.blame
    live = Neighbours(twin).live(Medium.POWER, frozenset(context.assessment.lowered.dark))
    findings = []
    for rack in (e for e in twin.elements.values() if e.kind in ("rack", "racks")):
        cords = [j.a for j in twin.joints if j.b == rack.id and j.medium is Medium.POWER]
        good = [cord for cord in blame.counted_cords(rack.id) if cord in live]
        fewest = blame.fewest(rack.id)
        if len(good) <= fewest < len(cords):
            text = say("cords-live", name=rack.id, good=len(good), cords=len(cords))
            others = [cord for cord in cords if cord not in good]
            help_ = say("cords-live-fix", names=names(cord.removeprefix(f"{rack.id}.") for cord in others))
            findings.append(Finding("GEN-09", rack.id, text, rack.at, help=help_))
    return _together(findings, removals) if findings else removals


def _together(cords: list[Finding], removals: Judged) -> Judged:
    """What a removal proves of a rack is told there, with the cords beside it; the others stand for themselves."""
    proven = {name for finding in removals.findings if finding.removal for name in finding.removal.lost}
    told = []
    for finding in removals.findings:
        lost = finding.removal.lost if finding.removal is not None else ()
        beside = gathered(cord for cord in cords if cord.element in lost)
        related = tuple(Related(cord.element, cord.at, cord.message) for cord in beside)
        help_ = beside[0].help if beside else finding.help
        told.append(replace(finding, related=(*related, *finding.related), help=help_))
    return Judged((*told, *(cord for cord in cords if cord.element not in proven)))


PATHS: dict[str, RuleFunction] = {"GEN-09": two_live_paths}
"""Rules of whole paths."""
