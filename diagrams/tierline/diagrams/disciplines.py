"""The disciplines a facility is drawn in, in the order of its sheets: a new one is a module of views and a row here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tierline.diagrams.contract import power_view
from tierline.diagrams.layout.drawing import Drawing
from tierline.diagrams.layout.forms import lay_out
from tierline.diagrams.layout.hall import lay_out_hall
from tierline.diagrams.layout.headers import lay_out_headers
from tierline.diagrams.sheets import Plan, plan_sheets
from tierline.diagrams.views.air import AIR
from tierline.diagrams.views.control import CONTROL, control_plans
from tierline.diagrams.views.cooling import COOLING
from tierline.diagrams.views.fuel import FUEL
from tierline.diagrams.views.network import NETWORK
from tierline.diagrams.views.networks import trade_plans
from tierline.diagrams.views.trade import Trade
from tierline.diagrams.views.water import WATER
from tierline.twin.model import Twin


@dataclass(frozen=True, slots=True)
class Discipline:
    name: str
    plans: Callable[[Twin], tuple[Plan, ...]]
    lay_out: Callable[[Plan], Drawing]
    symbols: str
    """After which conventions its symbols are drawn, where that is not a norm that can be chosen."""


def _power(twin: Twin) -> tuple[Plan, ...]:
    return plan_sheets(twin, power_view(twin))


def _one_line(plan: Plan) -> Drawing:
    return (lay_out_hall(plan.view) if plan.hall else None) or lay_out(plan.view)


def _piped(trade: Trade, symbols: str) -> Discipline:
    return Discipline(
        trade.slug, lambda twin: trade_plans(twin, trade), lambda plan: lay_out_headers(plan.view), symbols
    )


DISCIPLINES = (
    Discipline("power", _power, _one_line, ""),
    _piped(COOLING, "after ISO 14617"),
    _piped(AIR, "after ISO 14617"),
    _piped(FUEL, "after ISO 14617"),
    _piped(WATER, "after ISO 14617"),
    _piped(NETWORK, "own, see legend"),
    Discipline(CONTROL.slug, control_plans, lambda plan: lay_out_headers(plan.view), "after IEC 60617"),
)
