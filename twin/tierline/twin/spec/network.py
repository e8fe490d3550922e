"""What may be written of the network: carriers, entrances, fibres, gear, and the services that must stay connected."""

from __future__ import annotations

from typing import Annotated

from tierline.twin.model import Dimension as D
from tierline.twin.spec.fields import Amount
from tierline.twin.spec.links import Refs
from tierline.twin.spec.written import Element, Power, Ratio, written

Joined = Annotated[object, Refs(named=False)]


class Carrier(Element):
    """A network outside the fence: it counts as connected to the world, and is not taken out."""


class Entrance(Element):
    from_: Joined = written("What it is connected to, each way.", alias="from")


class Fibre(Element):
    length: Annotated[object, Amount(D.LENGTH)] = written("Length of the route.")
    between: Annotated[object, Refs(one=False, named=False, exactly=2)] = written("Its two ends.")
    from_: Joined = written("What it is connected to, each way.", alias="from")


class Gear(Element):
    draw: Power = written("Power it takes.")
    power_factor: Ratio = written("Power factor of what it draws.")
    from_: Joined = written("What it is connected to, each way.", alias="from")


class Service(Element):
    from_: Joined = written("What it is reached through; any one path is enough.", alias="from")
