"""Fuel: rate and hours of fuel at the engines."""

from __future__ import annotations

from tierline.validators.catalogue.entry import (
    ALL,
    CONFIRM,
    FUEL,
    MAINTAINABLE,
    PRACTICE,
    REDUNDANT,
    TOPOLOGY,
    Entry,
)

CHAPTER = "fuel"

ENTRIES = (
    Entry(
        id="twelve-hours-of-fuel",
        ref="FU-01",
        chapter=CHAPTER,
        title="Usable fuel on site lasts twelve hours at N",
        tiers=ALL,
        why=(
            "Deliveries stop when roads or depots do. What counts is what pumps can reach: not the heel "
            "of the tank, not the space above the fill line."
        ),
        fix=(
            "Add storage, or write the usable volume of tanks where it is missing; the finding says how "
            "many litres are short."
        ),
        basis=f"{TOPOLOGY}: fuel on site at N; {CONFIRM}",
        check="duration",
        subsystem="fuel",
    ),
    Entry(
        id="twelve-hours-inside-a-removal",
        ref="FU-02",
        chapter=CHAPTER,
        title="Twelve hours hold while any single fuel element is out",
        tiers=MAINTAINABLE,
        why=(
            "The litres in a tank behind a closed valve feed nobody. With the largest tank, a pump or a "
            "header out, the sets that run must still reach enough."
        ),
        fix=(
            "Share storage over more tanks, or connect day tanks to both headers so that either farm "
            "reaches every set."
        ),
        basis=f"{FUEL}; {CONFIRM}",
        check="duration",
        subsystem="fuel",
    ),
    Entry(
        id="stranded-fuel-not-counted",
        ref="FU-03",
        chapter=CHAPTER,
        title="Fuel at sets that are out for another reason is not counted",
        tiers=MAINTAINABLE,
        why=(
            "A bus removal takes its sets out of service, and the fuel in their base tanks with them. The "
            "total on site is then larger than what can be burned."
        ),
        fix=(
            "Let bulk fuel reach every set through the headers, or give each group of sets twelve hours "
            "of its own."
        ),
        basis=PRACTICE,
        check="duration",
        subsystem="fuel",
    ),
    Entry(
        id="fuel-system-removable",
        ref="FU-04",
        chapter=CHAPTER,
        title="Every pipe, pump, valve, panel and tank of the fuel system can be taken out",
        tiers=MAINTAINABLE,
        why=(
            "Fuel pipework is simple, cheap and usually single. One header that needs welding stops every "
            "set it feeds once the day tanks are empty."
        ),
        fix="Run two headers with their own pumps and give each day tank an inlet valve from both.",
        basis=FUEL,
        check="removal",
        subsystem="fuel",
    ),
    Entry(
        id="fuel-pumps-on-separate-panels",
        ref="FU-05",
        chapter=CHAPTER,
        title="Losing one panel leaves pumps enough for N",
        tiers=MAINTAINABLE,
        why=(
            "Two pumps on one panel are one pump. The panel is an element like any other and is taken out "
            "for work."
        ),
        fix="Feed the pumps of each header from both sides, so that either board keeps the transfer rate.",
        basis=FUEL,
        check="dependency",
        subsystem="fuel",
    ),
    Entry(
        id="fuel-controls-removable",
        ref="FU-06",
        chapter=CHAPTER,
        title="Day tanks can be filled with the fuel panel, PLC or level logic out",
        tiers=MAINTAINABLE,
        why=(
            "Automatic filling is a convenience until the logic is updated or its panel replaced. Then "
            "somebody must be able to start a pump and open a valve."
        ),
        fix=(
            "Provide manual starters and hand valves (`local_manual: true`), or a second panel that can "
            "fill the same tanks."
        ),
        basis=FUEL,
        check="dependency",
        subsystem="fuel",
    ),
    Entry(
        id="fuel-transfer-rate",
        ref="FU-07",
        chapter=CHAPTER,
        title="The transfer rate covers the burn at N with any pump out",
        tiers=REDUNDANT,
        why=(
            "A day tank is a delay, not a source. If the pumps that are left deliver less than the "
            "engines burn, the tank empties slowly and the set stops all the same."
        ),
        fix="Raise the pump rating, or add a pump; where engines return fuel, add the return to the rate.",
        basis=PRACTICE,
        check="capacity",
        subsystem="fuel",
    ),
    Entry(
        id="fuel-crossover-has-two-valves",
        ref="FU-08",
        chapter=CHAPTER,
        title="A crossover between two headers has two valves",
        tiers=MAINTAINABLE,
        why=(
            "One valve between two full headers cannot be replaced without draining both. Then no engine "
            "is fed."
        ),
        fix=(
            "Put two valves in series with an empty piece of pipe between them, or leave the crossover out."
        ),
        basis=PRACTICE,
        check="removal",
        subsystem="fuel",
    ),
    Entry(
        id="fuel-safety-valves-removable",
        ref="FU-09",
        chapter=CHAPTER,
        title=(
            "Anti-siphon, foot, fire-shut-off and overfill valves are elements with a known fail position"
        ),
        tiers=MAINTAINABLE,
        why=(
            "Safety valves stand in every fuel line and are tested often. One that fails shut on loss of "
            "its own supply is a switch in series with the engines."
        ),
        fix=(
            "Model them, write their `fail_position`, and keep a parallel branch where one would close "
            "off more than the redundancy."
        ),
        basis=PRACTICE,
        check="removal",
        subsystem="fuel",
    ),
    Entry(
        id="fuel-fill-point",
        ref="FU-10",
        chapter=CHAPTER,
        title="Filling and polishing are outside the check, but a single fill point is worth knowing",
        tiers=(),
        why=(
            "The twelve hours stand without a delivery. For a site that must run for weeks, the only fill "
            "point is the real limit."
        ),
        fix="Give each tank farm a fill point of its own.",
        basis=PRACTICE,
        check="path",
        subsystem="fuel",
        advisory=True,
    ),
    Entry(
        id="project-autonomy-kept-apart",
        ref="FU-11",
        chapter=CHAPTER,
        title=(
            "Days of autonomy asked by the project or another standard are never mixed with the twelve hours"
        ),
        tiers=(),
        why=(
            "Twelve hours is a floor of the topology; ten days is a decision about the country. A report "
            "that merges them hides which of the two failed."
        ),
        fix="Write the project's figure under `claims: {autonomy: …}`; it is judged on its own.",
        basis="ANSI/TIA-942 and project requirements, kept apart",
        check="duration",
        subsystem="fuel",
        advisory=True,
    ),
)
