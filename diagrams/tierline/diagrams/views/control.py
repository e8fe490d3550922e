"""Twin → View: d.c. supplies, controllers, panels, sensors and emergency circuits, and what depends on them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from tierline.diagrams.contract import power_view
from tierline.diagrams.sheets import Plan
from tierline.diagrams.view import Node, Part
from tierline.diagrams.views.networks import trade_plans
from tierline.diagrams.views.trade import Trade
from tierline.twin.kinds import CONTROLS
from tierline.twin.model import Medium, Twin

CONTROL = Trade(
    letter="C",
    first=101,
    slug="control",
    title="D.c. supplies and controls",
    levels={Medium.DC: "dc"},
    bars=("board",),
    sources=(("dc-supply",), ("battery",)),
)
_CHANGEOVER = ("A control with several supplies takes one of them at a time: they are not joined.",)


def control_plans(twin: Twin) -> tuple[Plan, ...]:
    """The sheets of what no power sheet shows: batteries that belong to one UPS alone stand beside it there."""
    view = power_view(twin)
    owners: list[Node | Part] = [*view.nodes.values(), *(part for bay in view.bays for part in bay.parts)]
    shown = {name for owner in owners for part in owner.attached for name in (*part.ids, *part.runs)}
    left = tuple(joint for joint in twin.joints if not shown & {joint.a, joint.b})
    plans = trade_plans(replace(twin, joints=left), CONTROL, frozenset(shown))
    ways = Counter(joint.b for joint in left if joint.medium is Medium.DC and twin.elements[joint.b].kind in CONTROLS)
    several = {name for name, count in ways.items() if count > 1}
    return tuple(replace(plan, notes=_CHANGEOVER) if several & plan.view.nodes.keys() else plan for plan in plans)
