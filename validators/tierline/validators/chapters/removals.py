"""Rules the removal sweep decides.

A failed removal is charged to one rule. The others look at the removals in their scope: they fail with them and name
the rule that tells why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tierline.twin.kinds import BLOWERS, CONTROLS, KINDS, Class
from tierline.twin.model import Element, Isolation, Medium, Origin
from tierline.validators.answers import Answer, Removal
from tierline.validators.exempt import exempt
from tierline.validators.findings import of_removals
from tierline.validators.messages import say
from tierline.validators.rules import Context, Judged, Outcome, RuleFunction
from tierline.validators.subsystems import WET, Subsystem

Scope = Callable[[Context, Element], bool]

_N_NOT_MET = Judged(outcome=Outcome.SKIPPED, reason=say("n-not-met"))
_N_NOT_KNOWN = Judged(outcome=Outcome.UNKNOWN, reason=say("n-not-known"))


def charged(ref: str, subsystem: Subsystem | None) -> RuleFunction:
    """A rule to which failed removals are charged."""

    def judge(context: Context) -> Judged:
        if subsystem is not None and subsystem not in context.modelled and ref not in context.charged:
            return Judged(idle=f"{subsystem} is not modelled")
        if context.assessment.base.answer is Answer.FAIL:
            return _N_NOT_MET
        found = context.charged.get(ref, [])
        if found and context.assessment.base.answer is Answer.UNKNOWN:
            failed = [removal for removal in found if removal.answer is Answer.FAIL]
            return Judged(of_removals(context, ref, failed)) if failed else _N_NOT_KNOWN
        return Judged(of_removals(context, ref, found))

    return judge


def covers(scope: Scope, what: str, rates_only: bool = False) -> RuleFunction:
    """A rule that passes if every removal in its scope does; a rule of Tier II looks at rates only (decision M4)."""

    def judge(context: Context) -> Judged:
        elements = context.assessment.twin.elements
        inside = [r for r in context.assessment.removals.values() if scope(context, elements[r.element])]
        if not inside:
            return Judged(idle=f"the model has no {what}")
        if context.assessment.base.answer is Answer.FAIL:
            return _N_NOT_MET
        return _worst(context, [r for r in inside if r.on_rates or not rates_only])

    return judge


def charged_or_covers(ref: str, scope: Scope, what: str) -> RuleFunction:
    """A rule to which some failed removals of its scope are charged, while others are to rules that say more."""

    def judge(context: Context) -> Judged:
        return covers(scope, what)(context) if ref not in context.charged else charged(ref, None)(context)

    return judge


def _worst(context: Context, removals: Iterable[Removal]) -> Judged:
    failed = [r for r in removals if r.answer is Answer.FAIL]
    unknown = [r for r in removals if r.answer is Answer.UNKNOWN]
    if not failed and not unknown:
        return Judged(outcome=Outcome.PASS)
    worst = failed or unknown
    if not failed and context.assessment.base.answer is Answer.UNKNOWN:
        return _N_NOT_KNOWN
    refs = ", ".join(sorted({context.blame.rule(r) for r in worst}))
    outcome = Outcome.FAIL if failed else Outcome.UNKNOWN
    return Judged(outcome=outcome, reason=say("covered", count=len(worst), refs=refs))


def _every(context: Context, element: Element) -> bool:
    return True


def _capacity(context: Context, element: Element) -> bool:
    return KINDS[element.kind].cls is Class.CAPACITY


def _wet(context: Context, element: Element) -> bool:
    return bool(context.subsystems.media(element.id) & WET)


def _withdrawable_tie(context: Context, element: Element) -> bool:
    tie = context.subsystems.is_tie(element)
    return (tie and element.isolation is not Isolation.FIXED) or element.kind == "bus"


def _feeder_of_boards(context: Context, element: Element) -> bool:
    """A fixed way through which one board feeds another."""
    if element.origin is not Origin.WAY or element.isolation is not Isolation.FIXED:
        return False
    kinds = [e.kind for e in context.assessment.twin.elements.values() if e.id == element.id.rpartition(".")[0]]
    return "board" in kinds and Medium.POWER in context.subsystems.media(element.id)


def _machine_valve(context: Context, element: Element) -> bool:
    return element.kind == "valve" and element.origin is Origin.WAY and _wet(context, element)


def _in_line(context: Context, element: Element) -> bool:
    return element.kind in ("control-valve", "check-valve", "strainer", "vessel", "sensor")


def _needed_by(kind: str) -> Scope:
    """What an element of a kind needs: its controls, tanks, batteries, fans."""

    def scope(context: Context, element: Element) -> bool:
        twin, name = context.assessment.twin, element.id
        if any(name in n.members and twin.elements[n.element].kind == kind for n in twin.needs):
            return True
        feeds = (f for f in twin.feeds if f.needed and twin.elements[f.element].kind == kind)
        return any(twin.joints[j].a == name for f in feeds for j in f.joints)

    return scope


def _controls_of(kind: str) -> Scope:
    needed = _needed_by(kind)
    return lambda context, element: element.kind in CONTROLS and needed(context, element)


def _fuel_pump(context: Context, element: Element) -> bool:
    return element.kind == "pump" and Medium.FUEL in context.subsystems.media(element.id)


def _fuel_valve(context: Context, element: Element) -> bool:
    return element.kind in ("valve", "check-valve", "control-valve") and Medium.FUEL in context.subsystems.media(
        element.id
    )


def _kind(*kinds: str) -> Scope:
    return lambda context, element: element.kind in kinds


def _feeds_ups(context: Context, element: Element) -> bool:
    return context.subsystems.gives(element.id, ("ups",), Medium.POWER)


def _air_of_ups(context: Context, element: Element) -> bool:
    """What cools or ventilates the rooms of UPS and batteries, and what these need of it."""
    if element.kind not in (*BLOWERS, "damper", "duct"):
        return False
    twin = context.assessment.twin
    rooms = {e.room for e in twin.elements.values() if e.kind in ("ups", "battery") and e.room}
    blows = element.kind in BLOWERS and (element.room in rooms or any((element.id, r) in twin.serves for r in rooms))
    return blows or any(_needed_by(kind)(context, element) for kind in ("ups", "battery"))


def _feeds_controls(context: Context, element: Element) -> bool:
    return context.subsystems.gives(element.id, CONTROLS, Medium.POWER, Medium.DC)


def _control(context: Context, element: Element) -> bool:
    return element.kind in CONTROLS


CHARGED: dict[str, RuleFunction] = {
    ref: charged(ref, subsystem)
    for ref, subsystem in {
        "GEN-06": Subsystem.GENERATORS,
        "ISO-01": Subsystem.DISTRIBUTION,
        "ISO-06": Subsystem.COOLING,
        "EG-10": Subsystem.GENERATORS,
        "EG-12": Subsystem.GENERATORS,
        "FU-02": Subsystem.FUEL,
        "FU-04": Subsystem.FUEL,
        "FU-05": Subsystem.FUEL,
        "FU-06": Subsystem.FUEL,
        "UP-01": Subsystem.UPS,
        "UP-02": Subsystem.UPS,
        "UP-07": Subsystem.UPS,
        "PD-01": Subsystem.DISTRIBUTION,
        "PD-02": Subsystem.DISTRIBUTION,
        "PD-03": Subsystem.DISTRIBUTION,
        "PD-04": Subsystem.DISTRIBUTION,
        "PD-05": Subsystem.DISTRIBUTION,
        "IT-02": Subsystem.DISTRIBUTION,
        "IT-03": Subsystem.DISTRIBUTION,
        "CO-02": Subsystem.COOLING,
        "CO-03": Subsystem.COOLING,
        "CO-05": Subsystem.COOLING,
        "CO-07": Subsystem.COOLING,
        "CO-08": Subsystem.COOLING,
        "CO-14": Subsystem.COOLING,
        "WA-03": Subsystem.WATER,
        "CT-01": Subsystem.CONTROLS,
        "BC-04": Subsystem.COOLING,
    }.items()
}
"""Rules that say why a removal fails."""

def exemptions(context: Context) -> Judged:
    """GEN-12: nothing of the plant is declared unremovable; what is left in place is listed."""
    found = [one for one in exempt(context.assessment) if one.why != say("given")]
    if not found:
        return Judged(outcome=Outcome.PASS, reason=say("exemptions-none"))
    listed = ", ".join(say("exemption", count=len(one.elements), what=one.what) for one in found)
    return Judged(outcome=Outcome.PASS, reason=say("exemptions", list=listed))


COVERING: dict[str, RuleFunction] = {
    "GEN-12": exemptions,
    "GEN-04": covers(_capacity, "capacity component", rates_only=True),
    "GEN-05": covers(_every, "element"),
    "ISO-02": covers(_withdrawable_tie, "withdrawable tie or tie bus"),
    "ISO-04": covers(_feeder_of_boards, "fixed feeder"),
    "ISO-07": covers(_machine_valve, "isolation valve of a machine"),
    "ISO-08": covers(_in_line, "in-line fitting"),
    "EG-11": charged_or_covers("EG-11", _needed_by("genset"), "auxiliary of a generating set"),
    "EG-13": covers(_controls_of("genset"), "control of a generating set"),
    "FU-07": covers(_fuel_pump, "fuel pump", rates_only=True),
    "FU-09": covers(_fuel_valve, "fuel valve"),
    "UP-03": covers(_kind("ups"), "UPS"),
    "UP-08": covers(_air_of_ups, "cooling or extract of a UPS or battery room"),
    "UP-06": covers(_feeds_ups, "feed of a UPS"),
    "CT-02": covers(_feeds_controls, "supply of a control"),
    "CT-06": covers(_control, "control"),
}
"""Rules that hold if all removals of their scope pass."""
