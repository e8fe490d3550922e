"""Rules read off the twin itself: ratings, classes, cords, hours with everything in service."""

from __future__ import annotations

from tierline.kernel import UNLIMITED
from tierline.twin.capacity import Capacities, limited_hours
from tierline.twin.machines import up
from tierline.twin.model import Element, Medium, Quantity
from tierline.twin.supplies import UNCONDITIONED
from tierline.validators import figures
from tierline.validators.answers import Answer
from tierline.validators.findings import of_base
from tierline.validators.fixes import volume
from tierline.validators.hanging import hanging
from tierline.validators.harmed import told
from tierline.validators.messages import say
from tierline.validators.naming import names
from tierline.validators.rules import Context, Finding, Judged, Outcome, RuleFunction
from tierline.validators.subsystems import Subsystem


def _of(context: Context, *kinds: str) -> list[Element]:
    return [e for e in context.assessment.twin.elements.values() if e.kind in kinds]


def n_is_met(context: Context) -> Judged:
    """GEN-02: with nothing removed, everything that must run can run; and what makes N is written."""
    findings = []
    for ups in _of(context, "ups"):
        for field in ("efficiency", "recharge"):
            if ups.value(field) is None and context.assessment.twin.settings.get("unrated") is None:
                words = say(f"no-{field}", name=ups.id)
                findings.append(Finding("GEN-02", ups.id, words, ups.at, True))
    return Judged((*of_base(context, "GEN-02"), *findings, *_heat(context)))


def _heat(context: Context) -> list[Finding]:
    """Heat that N leaves out: rooms that state less than their loads draw, racks that stand in no room."""
    if Subsystem.COOLING not in context.modelled:
        return []
    twin = context.assessment.twin
    drawn: dict[str, int] = {}
    findings = []
    for load in (e for e in twin.elements.values() if e.kind in ("rack", "racks", "load")):
        power = load.quantity("load")
        if load.room is None and load.kind != "load":
            words = say("in-no-room", name=load.id)
            findings.append(Finding("GEN-02", load.id, words, load.at, True, help=say("in-no-room-fix")))
        elif load.room is not None and power is not None:
            drawn[load.room] = drawn.get(load.room, 0) + up(power.amount)
    for name, watts in sorted(drawn.items()):
        room = twin.rooms.get(name)
        stated = room.heat.of if room is not None and room.heat is not None else None
        if room is not None and isinstance(stated, Quantity) and stated.amount < watts:
            words = say("room-heat", name=name, of=figures.of(up(stated.amount), watts, "W"))
            findings.append(Finding("GEN-02", name, words, room.at))
    return findings


def basics(context: Context) -> Judged:
    """GEN-03: sets with fuel, UPS and cooling are there."""
    wanted = (Subsystem.GENERATORS, Subsystem.FUEL, Subsystem.UPS, Subsystem.COOLING)
    missing = [str(s) for s in wanted if s not in context.modelled]
    if missing:
        return Judged(outcome=Outcome.UNKNOWN, reason=say("model-has-no", names=names(missing)))
    return Judged()


def rating_class(context: Context) -> Judged:
    """EG-03: no set that is needed is limited in hours; others are not counted, and do no harm."""
    findings = []
    sets = _of(context, "genset")
    assessment = context.assessment
    spare = () if assessment.limited or assessment.below else [g.id for g in sets if limited_hours(g)]
    sets = [g for g in sets if g.id not in spare]
    for genset in sets:
        given = genset.text("class")
        at = genset.fields["class"].at if given else genset.at
        if not given:
            findings.append(Finding("EG-03", genset.id, say("no-class", name=genset.id), at, True))
        elif genset.value("hours_limit") is not None and genset.text("hours_limit") != "none":
            limit = genset.fields["hours_limit"]
            words = say("limited-hours", name=genset.id, hours=limit.of)
            findings.append(Finding("EG-03", genset.id, words, limit.at))
        elif given in ("ESP", "LTP"):
            words = say("limited-class", name=genset.id, given=given)
            findings.append(Finding("EG-03", genset.id, words, at))
        elif given == "DCP" and genset.value("letter") is None:
            words = say("no-letter", name=genset.id)
            findings.append(Finding("EG-03", genset.id, words, at, True))
    return Judged(tuple(findings), idle="" if sets else "the model has no generating set")


def derated(context: Context) -> Judged:
    """EG-08: the rating of every set is known at the site's extreme dry bulb."""
    capacities = Capacities(context.assessment.twin, context.assessment.policy)
    findings = []
    sets = _of(context, "genset")
    for genset in sets:
        found = capacities.of(genset)
        if found.missing in ("derate", "rating_at", "rating"):
            words = say("site-rating-unknown", name=genset.id, field=found.missing)
            findings.append(Finding("EG-08", genset.id, words, genset.at, True))
    return Judged(tuple(findings), idle="" if sets else "the model has no generating set")


def hours_of_fuel(context: Context) -> Judged:
    """FU-01: twelve hours of fuel at N with everything in service."""
    if Subsystem.FUEL not in context.modelled:
        return Judged(idle="fuel is not modelled")
    base = context.assessment.base
    given = [
        Finding("FU-01", name, say("fuel-given", name=name), at, True, help=say("fuel-given-fix"))
        for name, medium in sorted(context.assessment.twin.given)
        if medium == Medium.FUEL and (at := context.assessment.twin.elements[name].at)
    ]
    short = [s for s in base.shorts if s.hours and s.medium is Medium.FUEL]
    if not short:
        return Judged(tuple(given))
    tank = next(e for e in context.assessment.twin.declared if e.kind in ("tank", "day-tank"))
    words = say("base", cost=told(short[0]))
    help_ = say("fix-FU-01", litres=volume(short[0]))
    return Judged((Finding("FU-01", tank.id, words, tank.at, base.answer is Answer.UNKNOWN, (), base, help=help_),))


def two_cords(context: Context) -> Judged:
    """IT-01: every rack takes two supplies and runs on either."""
    racks = _of(context, "rack", "racks")
    findings = []
    for rack in racks:
        cords = sum(1 for j in context.assessment.twin.joints if j.b == rack.id)
        together = rack.value("runs_on")
        needs = together if isinstance(together, int) else 1
        behind = {context.assessment.twin.elements[j.a].kind for j in context.assessment.twin.joints if j.b == rack.id}
        if cords - needs < 1 and "pou-switch" not in behind:
            words = say("cords-one" if cords == 1 else "cords-many", name=rack.id, cords=cords, needs=needs)
            findings.append(Finding("IT-01", rack.id, words, rack.at))
    return Judged(tuple(findings), idle="" if racks else "the model has no rack")


def _hanging_load(capacities: Capacities, racks: list[Element], unit: str) -> int:
    """What racks draw, in W or VA; one without a power factor is counted in W (the sweep says that it is unknown)."""
    loads = [(load.amount, rack) for rack in racks if (load := rack.quantity("load")) is not None]
    if unit == "W":
        return sum(up(load) for load, _ in loads)
    return sum(up(load / (capacities.power_factor(rack) or 1)) for load, rack in loads)


def whole_load_on_each_cord(context: Context) -> Judged:
    """IT-04: everything from board to rack is rated for all that hangs on it."""
    twin = context.assessment.twin
    capacities = Capacities(twin, context.assessment.policy)
    loads = hanging(twin, context.subsystems)
    findings = []
    for name, racks in sorted(loads.items()):
        element = twin.elements[name]
        apparent = capacities.apparent(element)
        unit, found = ("VA", apparent) if apparent.low < UNLIMITED else ("W", capacities.of(element))
        need = _hanging_load(capacities, [twin.elements[rack] for rack in racks], unit)
        if found.low >= need or found.low >= UNLIMITED:
            continue
        at = element.fields["rating"].at if "rating" in element.fields else element.at
        if found.high >= need:
            load = figures.amount(need, unit)
            words = say("unrated-hanging", name=name, field=found.missing or "rating", load=load)
            findings.append(Finding("IT-04", name, words, at, True))
        else:
            words = say("hanging", name=name, of=figures.of(found.high, need, unit))
            help_ = say("hanging-fix", load=figures.amount(need, unit))
            findings.append(Finding("IT-04", name, words, at, help=help_))
    return Judged(tuple(findings), idle="" if loads else "the model has no rack")


def supplied(context: Context) -> Judged:
    """SAN-01: nothing lacks a supply it runs on."""
    findings = _lost(context)
    without = {finding.element for finding in findings}
    for name, lacking in sorted(context.assessment.lowered.dark.items()):
        if name in without:
            continue
        element = context.assessment.twin.elements[name]
        what = names([figures.TITLES[Medium(m)] if m in set(Medium) else m for m in lacking])
        words = say("unsupplied", name=name, what=what)
        help_ = "" if UNCONDITIONED in lacking else say("unsupplied-fix", media=", ".join(lacking))
        findings.append(Finding("SAN-01", name, words, element.at, help=help_))
    return Judged(tuple(findings))


def _lost(context: Context) -> list[Finding]:
    """What needs or is fed by nothing but what is absent in this load case."""
    twin = context.assessment.twin
    findings = []
    for need in twin.absent.lost:
        words = say("absent", name=need.element, need=need.name, case=twin.case, members=names(need.members))
        findings.append(Finding("SAN-01", need.element, words, need.at, help=say("absent-fix")))
    return findings


def on_own_sets(context: Context) -> Judged:
    """EG-01: the sets are the source that counts."""
    return Judged(
        idle="" if Subsystem.GENERATORS in context.modelled else "the model has no generating set",
        outcome=Outcome.PASS if Subsystem.GENERATORS in context.modelled else None,
    )


def utility_absent(context: Context) -> Judged:
    """GEN-07: every check is made on the sets; no supply from outside counts."""
    twin = context.assessment.twin
    if Subsystem.GENERATORS not in context.modelled:
        return Judged(idle="the model has no generating set")
    findings = []
    for name in sorted(name for name, medium in twin.given if medium == Medium.POWER and name in context.passing):
        words = say("power-given", name=name)
        findings.append(Finding("GEN-07", name, words, twin.elements[name].at, help=say("power-given-fix")))
    return Judged(tuple(findings), outcome=None if findings else Outcome.PASS, reason="the utility supplies nothing")


EQUIPMENT: dict[str, RuleFunction] = {
    "GEN-02": n_is_met,
    "GEN-03": basics,
    "GEN-07": utility_absent,
    "EG-01": on_own_sets,
    "EG-03": rating_class,
    "EG-08": derated,
    "FU-01": hours_of_fuel,
    "IT-01": two_cords,
    "IT-04": whole_load_on_each_cord,
}
"""Rules read off the twin."""

SANITY: dict[str, RuleFunction] = {"SAN-01": supplied}
"""Rules that hold for any facility, whatever it claims."""
