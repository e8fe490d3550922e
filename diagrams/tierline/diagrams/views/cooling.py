"""Twin → View: chilled water, condenser water and refrigerant."""

from __future__ import annotations

from tierline.diagrams.views.trade import Trade
from tierline.twin.model import Medium

COOLING = Trade(
    letter="M",
    first=101,
    slug="cooling",
    title="Cooling",
    levels={Medium.CHILLED_WATER: "chw", Medium.CONDENSER_WATER: "cdw", Medium.REFRIGERANT: "rfr"},
    returned={"chw": "chr", "cdw": "cdr"},
    exchangers=("chiller", "crah", "cdu"),
    sources=(("tower", "dry-cooler"), ("chiller",)),
)
