"""Rules of the weather: design conditions that are stated, and cooling that is rated at them."""

from __future__ import annotations

from tierline.twin.capacity import Capacities
from tierline.twin.kinds import REJECTORS
from tierline.twin.model import Element, Medium, Quantity
from tierline.validators.messages import say
from tierline.validators.rules import Context, Finding, Judged, RuleFunction

_OUTDOORS = ("chiller", "crac", "cooling-unit", *REJECTORS)
"""What sheds its heat into the open air, unless a condenser circuit takes it."""


def design_conditions(context: Context) -> Judged:
    """AM-01: the site states its 20-year extreme dry bulb, and its extreme wet bulb where towers stand."""
    twin = context.assessment.twin
    rated = [e for e in twin.elements.values() if e.value("derate") is not None or e.value("max_ambient") is not None]
    if not rated:
        return Judged(idle="nothing in the model depends on the outdoor temperature")
    dry = [e for e in rated if e.kind != "tower"]
    wet = [e for e in rated if e.kind == "tower"]
    findings = []
    if dry and twin.site.dry_bulb is None:
        findings.append(Finding("AM-01", "", say("no-dry-bulb"), twin.site.at or dry[0].at, True))
    if wet and "wet_bulb" not in twin.site.fields:
        findings.append(Finding("AM-01", "", say("no-wet-bulb"), twin.site.at or wet[0].at, True))
    return Judged(tuple(findings))


def cooling_at_extreme(context: Context) -> Judged:
    """CO-11: of everything that sheds heat outdoors it is known what it does on the worst day."""
    twin = context.assessment.twin
    watered = {j.b for j in twin.joints if j.medium is Medium.CONDENSER_WATER}
    units = [e for e in twin.elements.values() if e.kind in _OUTDOORS]
    units = [e for e in units if e.kind in REJECTORS or e.id not in watered]
    capacities = Capacities(twin, context.assessment.policy)
    harmless = twin.settings.get("unrated") is not None
    findings = []
    for unit in units:
        field = _unstated(unit, capacities, harmless)
        if field:
            words = say("weather-unknown", name=unit.id, rating=unit.value("rating"), field=field)
            help_ = say("weather-unknown-fix")
            findings.append(Finding("CO-11", unit.id, words, unit.fields["rating"].at, True, help=help_))
    return Judged(tuple(findings), idle="" if units else "nothing in the model sheds heat outdoors")


def _unstated(unit: Element, capacities: Capacities, harmless: bool) -> str:
    """The field that would say what a unit does at the site's extreme; empty where that is known."""
    if not isinstance(unit.value("rating"), Quantity):
        return ""
    if unit.value("derate") is not None:
        return "" if capacities.at_site(unit, "derate") is not None else "derate"
    if unit.text("rating_at") == "site" or (harmless and unit.kind not in REJECTORS):
        return ""
    return "derate" if unit.text("rating_at") else "rating_at"


AMBIENT: dict[str, RuleFunction] = {"AM-01": design_conditions, "CO-11": cooling_at_extreme}
"""Rules of this chapter, and the rule of cooling that rests on it."""
