"""What may be written of fluids, cooling, air and controls."""

from __future__ import annotations

from typing import Annotated

from tierline.twin.model import Dimension as D
from tierline.twin.model import Quantity
from tierline.twin.spec.fields import Amount, Curve, Word
from tierline.twin.spec.links import Parts, Refs
from tierline.twin.spec.written import (
    MODES,
    Burn,
    CooledWord,
    Derate,
    Duration,
    Element,
    FailWord,
    FlowRating,
    FluidWord,
    HasWays,
    IsolationWord,
    Links,
    ModeWord,
    PositionWord,
    Power,
    PowerRating,
    RatedAt,
    Share,
    Temperature,
    YesNo,
    written,
)
from tierline.twin.units import Fault


class _Cycles(Amount):
    """Cycles of concentration: above 1, for at 1 all that comes in would be blown down."""

    def read(self, data: object) -> object:
        found = super().read(data)
        if isinstance(found, Quantity) and found.amount <= 1:
            raise Fault("cycles-too-few", text=found.text)
        return found


class Evaporates(Element):
    """What consumes make-up water as it sheds heat; to write one of these words is to say that it does."""

    evaporation: Burn = written("Water evaporated per kWh of the heat its rating counts.")
    cycles: Annotated[object, _Cycles(D.RATIO, unlimited=True)] = written(
        "Cycles of concentration, above 1: evaporation / (cycles - 1) is blown down; unlimited: nothing is."
    )
    drift: Burn = written("Water carried off as drops per kWh, where the cycles do not count it.")

EnergiseWord = Annotated[object, Word("to-trip", "to-hold")]


class Tank(HasWays):
    carries: FluidWord = written("What it holds; fuel if not written.")
    holds: Annotated[object, Amount(D.VOLUME)] = written("Gross volume.")
    usable: Annotated[object, Amount(D.VOLUME)] = written("Volume that can be drawn.")


class DayTank(Tank):
    from_: Links = written("Its supply.", alias="from")


class Pump(HasWays):
    carries: FluidWord = written("What it moves.")
    rating: FlowRating = written("What it moves at most.")
    draw: Power = written("Power it takes.")
    normally: ModeWord = written(MODES)
    power_factor: Share = written("Power factor of what it draws.")
    from_: Links = written("Its suction.", alias="from")
    to: Links = written("Its discharge.")


class Pipework(HasWays):
    carries: FluidWord = written("What flows in it.")
    rating: FlowRating = written("What it can carry.")
    holds: Annotated[object, Amount(D.VOLUME)] = written("Volume it holds.")
    between: Annotated[object, Refs(one=False, named=False, exactly=2)] = written("Its two ends.")
    from_: Links = written("Its supply.", alias="from")
    to: Links = written("What it feeds.")


class Valve(Element):
    carries: FluidWord = written("What flows through it.")
    rating: FlowRating = written("What it can pass.")
    isolation: IsolationWord = written("How it isolates.")
    isolates: YesNo = written("false: it is not suitable for isolation.")
    normally: PositionWord = written("Its position in normal service.")
    fail_position: FailWord = written("Where it goes when its control is lost.")
    between: Annotated[object, Refs(one=False, named=False, exactly=2)] = written("Its two ends.")
    from_: Links = written("Its supply end.", alias="from")
    to: Links = written("Its other end.")


class Chiller(HasWays, Evaporates):
    rating: PowerRating = written("Cooling at the rating point.")
    rating_at: RatedAt = written("site: the rating holds at the site's extreme dry bulb.")
    derate: Derate = written("Share of the rating by air temperature.")
    fouling: Share = written("Share left when the coils are as dirty as they may get.")
    cop: Annotated[object, Curve(D.TEMPERATURE, D.RATIO, flat=True)] = written(
        "Cooling over power, one number or by air temperature."
    )
    draw: Power = written("Power it takes.")
    normally: ModeWord = written(MODES)
    power_factor: Share = written("Power factor of what it draws.")
    max_ambient: Temperature = written("Air temperature at which it still runs.")
    restart: Duration = written("Time to full cooling after a dip of its supply.")
    to: Links = written("The circuit it cools.")
    from_: Links = written("Its condenser circuit.", alias="from")


class Tower(HasWays, Evaporates):
    rating: PowerRating = written("Heat it rejects at the rating point.")
    rating_at: RatedAt = written("site: the rating holds at the site's extreme wet bulb.")
    derate: Derate = written("Share of the rating by wet bulb.")
    fouling: Share = written("Share left when the fill is as dirty as it may get.")
    normally: ModeWord = written(MODES)
    draw: Power = written("Power its fans take.")
    power_factor: Share = written("Power factor of what it draws.")
    carries: CooledWord = written("What it cools; condenser-water if not written.")
    to: Links = written("The condenser circuit it cools.")
    serves: Annotated[object, Refs(named=False)] = written("The room it cools, where nothing between is modelled.")


class DryCooler(HasWays, Evaporates):
    rating: PowerRating = written("Heat it rejects at the rating point.")
    rating_at: RatedAt = written("site: the rating holds at the site's extreme dry bulb.")
    derate: Derate = written("Share of the rating by air temperature.")
    fouling: Share = written("Share left when the coils are as dirty as they may get.")
    normally: ModeWord = written(MODES)
    draw: Power = written("Power its fans take.")
    power_factor: Share = written("Power factor of what it draws.")
    max_ambient: Temperature = written("Air temperature at which it still runs.")
    carries: CooledWord = written("What it cools; condenser-water if not written.")
    to: Links = written("The condenser circuit it cools.")
    serves: Annotated[object, Refs(named=False)] = written("The room it cools, where nothing between is modelled.")


class Crah(HasWays):
    rating: PowerRating = written("Heat it removes.")
    draw: Power = written("Power its fans take.")
    normally: ModeWord = written(MODES)
    power_factor: Share = written("Power factor of what it draws.")
    from_: Links = written("Its chilled water.", alias="from")
    to: Links = written("The duct it blows into; the duct then serves the rooms.")
    serves: Annotated[object, Refs(named=False)] = written("The room or rooms it cools.")
    fail_speed: Annotated[object, Word("full", "last", "stop")] = written(
        "Fan speed when its control is lost."
    )


class Cdu(HasWays):
    rating: PowerRating = written("Heat it removes.")
    normally: ModeWord = written(MODES)
    draw: Power = written("Power its pumps take.")
    power_factor: Share = written("Power factor of what it draws.")
    from_: Links = written("Its chilled water.", alias="from")
    serves: Annotated[object, Refs(named=False)] = written("The room or rooms it cools.")


class AirUnit(Evaporates):
    rating: PowerRating = written("Heat it removes.")
    rating_at: RatedAt = written("site: the rating holds at the site's extreme dry bulb.")
    derate: Derate = written("Share of the rating by air temperature.")
    fouling: Share = written("Share left when the coils are as dirty as they may get.")
    cop: Annotated[object, Curve(D.TEMPERATURE, D.RATIO, flat=True)] = written(
        "Cooling over power, one number or by air temperature."
    )
    draw: Power = written("Power it takes.")
    normally: ModeWord = written(MODES)
    power_factor: Share = written("Power factor of what it draws.")
    max_ambient: Temperature = written("Air temperature at which it still runs.")
    to: Links = written("The duct it blows into; the duct then serves the rooms.")
    serves: Annotated[object, Refs(named=False)] = written("The room or rooms it cools.")
    fail_speed: Annotated[object, Word("full", "last", "stop")] = written(
        "Fan speed when its control is lost."
    )


class Air(Element):
    rating: FlowRating = written("Heat that the air can carry off in it; of a rate of air that is not known.")
    draw: Power = written("Power it takes.")
    power_factor: Share = written("Power factor of what it draws.")
    isolation: IsolationWord = written("How it isolates.")
    isolates: YesNo = written("false: it is not suitable for isolation.")
    normally: PositionWord = written("Its position in normal service.")
    fail_position: FailWord = written("Where it goes when its control is lost.")
    between: Annotated[object, Refs(one=False, named=False, exactly=2)] = written("Its two ends.")
    from_: Links = written("Its supply end.", alias="from")
    to: Links = written("Its other end.")
    serves: Annotated[object, Refs(named=False)] = written("The room or rooms it serves.")


class Fan(Air):
    normally: ModeWord = written(MODES)


class Duct(Air, HasWays):
    pass


class Control(Element):
    local_manual: YesNo = written("true: what it controls can be run by hand without it.")
    monitoring_only: YesNo = written("true: it only watches.")
    draw: Power = written("Power it takes.")
    power_factor: Share = written("Power factor of what it draws.")


class Panel(Control):
    energise: EnergiseWord = written("to-hold: losing it, or its supply, trips; to-trip: it does not.")
    bypass_key: YesNo = written("true: it can be worked on with its action blocked.")
    trips: Annotated[object, Refs(named=False)] = written("What it opens or stops.")


class Trip(Element):
    """A circuit that does nothing but open or stop: an emergency power-off circuit, a release."""

    energise: EnergiseWord = written("to-hold: losing it, or its supply, trips; to-trip: it does not.")
    bypass_key: YesNo = written("true: it can be worked on with its action blocked.")
    draw: Power = written("Power it takes.")
    trips: Annotated[object, Refs(named=False)] = written("What it opens or stops.")


class Loop(Element):
    """A chain of parts, closed (`loop`) or open (`line`); each part is an element, the chain is not."""

    carries: FluidWord = written("What flows in it.")
    return_: Annotated[object, Word("combined", "mirrored", "none")] = written(
        "mirrored: a return like the supply, worked on apart; combined: both are one body; none: there is none.",
        alias="return",
    )
    parts: Annotated[object, Parts()] = written("The chain, in order.")
    rating: FlowRating = written("What each part can carry.")
