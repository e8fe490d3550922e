"""Twin → View: the network, from the carriers to the services; routers and switches are drawn as bars."""

from __future__ import annotations

from tierline.diagrams.views.trade import Trade
from tierline.twin.model import Medium

NETWORK = Trade(
    letter="N",
    first=101,
    slug="network",
    title="Network",
    levels={Medium.DATA: "data"},
    bars=("router", "network-switch", "entrance"),
    sources=(("carrier",),),
)
