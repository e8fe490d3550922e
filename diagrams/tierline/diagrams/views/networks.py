"""The sheets of a discipline of pipes and lines.

Promises: what is joined stands on one sheet; small networks share one; sheets are numbered in natural order.
"""

from __future__ import annotations

import re

from tierline.diagrams.order import in_order, natural
from tierline.diagrams.series import unjoined
from tierline.diagrams.sheets import Plan
from tierline.diagrams.view import Role, View, networks
from tierline.diagrams.views.piping import piping_view
from tierline.diagrams.views.trade import Trade
from tierline.twin.model import Twin

_SHARED = 60
"""Networks share a sheet while they draw no more than this."""


def trade_plans(twin: Twin, trade: Trade, elsewhere: frozenset[str] = frozenset()) -> tuple[Plan, ...]:
    """The sheets of a trade; `elsewhere` are elements that another one shows."""
    alone = frozenset(unjoined(twin, trade.media)) - elsewhere
    groups = _shared(networks(piping_view(twin, trade, alone)))
    plans = []
    for n, (name, view) in enumerate(groups):
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") if len(groups) > 1 else ""
        sheet = "-".join(filter(None, (trade.letter.lower(), str(trade.first + n), trade.slug, slug)))
        title = f"{trade.title}, {name}" if len(groups) > 1 and name else trade.title
        plans.append(Plan(sheet, title, view, discipline=trade.slug))
    return tuple(plans)


def size(view: View) -> int:
    return len(view.nodes) + sum(len(bay.parts) for bay in view.bays)


def _shared(parts: list[View]) -> list[tuple[str, View]]:
    """Networks put together while they are small, each sheet with the name of its first header."""
    found: list[tuple[str, View]] = []
    alone = [part for part in parts if len(part.nodes) == 1 and not part.bays]
    joined = [part for part in parts if part not in alone]
    if alone:  # what nothing joins stands together
        names = in_order(name for part in alone for name in part.nodes)
        nodes = {name: node for part in alone for name, node in part.nodes.items()}
        joined.append(View({name: nodes[name] for name in names}, ()))
    for part in sorted(joined, key=lambda one: (not one.bays, natural(_name(one)))):
        if found and size(found[-1][1]) + size(part) <= _SHARED:
            name, before = found[-1]
            nodes = {key: {**before.nodes, **part.nodes}[key] for key in in_order({**before.nodes, **part.nodes})}
            found[-1] = (name, View(nodes, tuple(sorted(before.bays + part.bays, key=lambda bay: natural(bay.id)))))
        else:
            found.append((_name(part), part))
    return found


def _name(view: View) -> str:
    """The header most hangs from, or the first node."""
    if not view.bays:
        return "not joined"
    ways = dict.fromkeys(view.nodes, 0)
    for bay in view.bays:
        ways[bay.top] += 1
        ways[bay.bottom] += 1
    bars = [name for name, node in view.nodes.items() if node.kind == "header"]
    names = bars or [name for name, node in view.nodes.items() if node.role is Role.BAR] or list(view.nodes)
    return view.nodes[min(names, key=lambda name: (-ways[name], natural(name)))].name
