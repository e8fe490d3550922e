"""Twin → View: ducts and dampers, and what blows or breathes through them."""

from __future__ import annotations

from tierline.diagrams.views.trade import Trade
from tierline.twin.model import Medium

AIR = Trade(
    letter="M",
    first=201,
    slug="air",
    title="Air",
    levels={Medium.AIR: "air"},
    sources=(("crac", "cooling-unit", "fan", "damper"),),
)
