"""Rules of the network: services stay connected (reported apart), and plant that waits for a switch has another."""

from __future__ import annotations

from collections.abc import Sequence

from tierline.twin.kinds import DATA
from tierline.validators.assess import plainness
from tierline.validators.chapters.removals import charged
from tierline.validators.messages import say
from tierline.validators.naming import names
from tierline.validators.network import Cut, by_cause
from tierline.validators.rules import Context, Finding, Judged, RuleFunction
from tierline.validators.subsystems import Subsystem


def connected(ref: str, by_supply: bool) -> RuleFunction:
    """Every removal leaves every service connected: by its paths, or by the supply of the gear on them."""

    def judge(context: Context) -> Judged:
        if Subsystem.NETWORK not in context.modelled:
            return Judged(idle="the model has no service that must stay connected")
        causes = by_cause(cut for cut in context.cuts if bool(cut.unfed) is by_supply)
        return Judged(tuple(_finding(context, ref, group) for group in causes.values()))

    return judge


def _finding(context: Context, ref: str, group: Sequence[Cut]) -> Finding:
    twin = context.assessment.twin
    base = [cut for cut in group if not cut.removal.element]
    first = base[0] if base else min(group, key=lambda cut: plainness(twin, cut.removal.element))
    element = first.removal.element
    place = twin.elements[element or first.services[0]].at
    cost = say("cut-off", services=names(first.services, 4))
    if first.unfed:
        cost += say("cut-off-unfed", gear=names(first.unfed, 4))
    if first.unknown:
        cost += say("cut-off-unknown")
    words = say("failure", what=element, cost=cost) if element else say("base", cost=cost)
    alike = tuple(cut.removal.element for cut in group if cut is not first)
    return Finding(ref, element, words, place, first.unknown, removal=first.removal, alike=alike)


def control_network(context: Context) -> Judged:
    """CT-03: what plant waits for on the network can be out."""
    twin = context.assessment.twin
    if not any(twin.elements[m].kind in DATA for n in twin.needs for m in n.members):
        return Judged(idle="nothing in the model depends on a network")
    return charged("CT-03", None)(context)


NETWORK: dict[str, RuleFunction] = {
    "CT-03": control_network,
    "NW-01": connected("NW-01", by_supply=False),
    "NW-02": connected("NW-02", by_supply=True),
}
"""Rules read off the connections of the network."""
