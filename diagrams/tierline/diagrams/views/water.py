"""Twin → View: make-up water, from the mains and the tanks to what consumes it."""

from __future__ import annotations

from tierline.diagrams.views.trade import Trade
from tierline.twin.model import Medium

WATER = Trade(
    letter="W",
    first=101,
    slug="water",
    title="Water",
    levels={Medium.WATER: "water"},
    sources=(("tank",), ("utility",)),
)
