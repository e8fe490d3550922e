"""What may be written of electrical things: sources, boards, conversion, switching, loads."""

from __future__ import annotations

from typing import Annotated

from tierline.twin.model import Dimension as D
from tierline.twin.spec.fields import Amount, Count, Word
from tierline.twin.spec.links import Refs
from tierline.twin.spec.written import (
    MODES,
    Burn,
    Derate,
    Duration,
    ElectricWord,
    Element,
    HasWays,
    IsolationWord,
    Links,
    ModeWord,
    PositionWord,
    Power,
    PowerRating,
    Prefer,
    RatedAt,
    Ratio,
    Share,
    SwitchRating,
    Voltage,
    Words,
    YesNo,
    written,
)


class Utility(HasWays):
    rating: PowerRating = written("Agreed supply; never counted in a check.")
    voltage: Voltage = written("Supply voltage.")
    carries: Annotated[object, Word("power", "water")] = written("power if not written; water: the public main.")
    to: Links = written("What it feeds.")


class Genset(HasWays):
    rating: PowerRating = written("Rated power of the engine.")
    class_: Annotated[object, Word("COP", "PRP", "LTP", "ESP", "DCP")] = written(
        "ISO 8528 class.", alias="class"
    )
    rating_at: RatedAt = written(
        "site: the rating holds at site conditions."
    )
    derate: Derate = written("Share of the rating by air temperature.")
    alternator: Annotated[object, Amount(D.APPARENT_POWER, unlimited=True)] = written(
        "Rating of the alternator."
    )
    alternator_derate: Derate = written("Share of the alternator's rating by air temperature.")
    voltage: Voltage = written("Rated voltage.")
    hours_limit: Annotated[object, Amount(D.DURATION, word="none")] = written(
        "Hours it may run a year, or none."
    )
    burn: Burn = written("Fuel per unit of energy.")
    fuel_return: Annotated[object, Amount(D.FLOW)] = written(
        "Fuel a running set sends back past its own day tank; its supply must bring that too."
    )
    letter: Words = written("The maker's statement that lifts a limit.")
    start: Duration = written("Time from start to load.")
    normally: ModeWord = written(MODES)
    to: Links = written("What it feeds.")


class Board(HasWays):
    rating: SwitchRating = written("What the busbar can carry.")
    voltage: Voltage = written("Rated voltage.")
    carries: ElectricWord = written("power, or dc.")
    phases: Annotated[object, Count(allowed=(1, 3))] = written("1 or 3.")
    form: Words = written("Form of separation, such as 4b.")
    from_: Links = written("Its supply.", alias="from")
    to: Links = written("What it feeds.")


class Busduct(Board):
    pass


class Bus(Board):
    pass


class Transformer(HasWays):
    rating: Annotated[object, Amount(D.APPARENT_POWER, D.POWER, unlimited=True)] = written("Rated power.")
    derate: Derate = written("Share of the rating by air temperature.")
    impedance: Ratio = written("Short-circuit impedance.")
    voltages: Words = written("Both voltages, such as 15 kV / 400 V.")
    from_: Links = written("Its supply.", alias="from")
    inputs: Links = written("Its supplies, one at a time, first preferred.")
    prefer: Prefer = written("The preferred input, where inputs are named.")
    to: Links = written("What it feeds.")


class Ups(HasWays):
    rating: PowerRating = written("Rated output in W.")
    apparent: Annotated[object, Amount(D.APPARENT_POWER, unlimited=True)] = written("Rated output in VA.")
    voltage: Voltage = written("Output voltage.")
    power_factor: Share = written("Power factor of what it draws.")
    efficiency: Share = written("Output over input.")
    recharge: Ratio = written("Battery recharge, as a share of what it carries.")
    ride_through: Duration = written("Time its battery carries the rated output.")
    normally: ModeWord = written(MODES)
    from_: Links = written("Its supply.", alias="from")
    inputs: Links = written("Its supplies, one at a time, first preferred.")
    prefer: Prefer = written("The preferred input, where inputs are named.")
    to: Links = written("What it feeds.")


class Battery(HasWays):
    rating: PowerRating = written("Rated discharge power.")
    autonomy: Duration = written("Time it carries its load.")
    energy: Annotated[object, Amount(D.ENERGY)] = written("Usable energy.")


class DcSupply(HasWays):
    rating: SwitchRating = written("Rated output.")
    voltage: Voltage = written("Output voltage.")
    autonomy: Duration = written("Time its battery carries its load.")
    draw: Power = written("Power it takes.")
    power_factor: Share = written("Power factor of what it draws.")
    from_: Links = written("Its supply.", alias="from")
    inputs: Links = written("Its supplies, one at a time, first preferred.")
    prefer: Prefer = written("The preferred input, where inputs are named.")
    to: Links = written("What it feeds.")


class Selector(HasWays):
    rating: SwitchRating = written("What it can carry.")
    voltage: Voltage = written("Rated voltage.")
    inputs: Links = written("Its supplies, one at a time, first preferred.")
    prefer: Prefer = written("The preferred input, where inputs are named.")
    transfer: Duration = written("Time to change over.")
    to: Links = written("What it feeds.")


class Device(Element):
    rating: SwitchRating = written("What it can carry.")
    voltage: Voltage = written("Rated voltage.")
    carries: ElectricWord = written("power, or dc.")
    isolation: IsolationWord = written("How it isolates.")
    isolates: YesNo = written("false: it is not suitable for isolation.")
    normally: PositionWord = written("Its position in normal service.")
    between: Annotated[object, Refs(one=False, named=False, exactly=2)] = written("Its two ends.")
    from_: Links = written("Its supply end.", alias="from")
    to: Links = written("Its other end.")


class Cable(Element):
    rating: SwitchRating = written("What it can carry.")
    voltage: Voltage = written("Voltage.")
    carries: ElectricWord = written("power, or dc.")
    length: Annotated[object, Amount(D.LENGTH)] = written("Length of the route.")
    size: Words = written("Cross-section.")
    between: Annotated[object, Refs(one=False, named=False, exactly=2)] = written("Its two ends.")
    from_: Links = written("Its supply end.", alias="from")
    to: Links = written("Its other end.")


class Rack(Element):
    load: Power = written("What it draws.")
    cords: Annotated[object, Refs(one=False)] = written("Its cords: each carries all, together they share.")
    runs_on: Annotated[object, Count(1, 16)] = written("Cords that must be live; 1 if not written.")
    power_factor: Share = written("Power factor of the load.")
    count: Annotated[object, Count(1, 100_000)] = written("Racks in the group.")


class Load(Element):
    load: Power = written("What it draws.")
    inputs: Links = written("Its supplies, one at a time, first preferred.")
    prefer: Prefer = written("The preferred input, where inputs are named.")
    from_: Links = written("Its supply.", alias="from")
    cords: Annotated[object, Refs(one=False)] = written("Supplies that share.")
    power_factor: Share = written("Power factor of the load.")
    sharing: Annotated[object, Word("divisible", "whole")] = written(
        "divisible: it may be split among inputs."
    )
