"""Twin → View: fuel from the bulk tanks to the sets, and gas."""

from __future__ import annotations

from tierline.diagrams.views.trade import Trade
from tierline.twin.model import Medium

FUEL = Trade(
    letter="F",
    first=101,
    slug="fuel",
    title="Fuel",
    levels={Medium.FUEL: "fuel", Medium.GAS: "gas"},
    sources=(("tank", "utility"),),
)
