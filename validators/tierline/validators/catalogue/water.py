"""Make-up water: water that cooling consumes."""

from __future__ import annotations

from tierline.validators.catalogue.entry import ALL, CONFIRM, MAINTAINABLE, PRACTICE, WATER_PAPER, Entry

CHAPTER = "make-up water"

ENTRIES = (
    Entry(
        id="public-water-counts-for-nothing",
        ref="WA-01",
        chapter=CHAPTER,
        title="The public water supply is not counted",
        tiers=ALL,
        why=(
            "The mains fail as the grid does, and often together with it. Cooling that consumes water "
            "must live from what is stored."
        ),
        fix="Nothing to repair: the public supply gives zero in every check. Size storage accordingly.",
        basis=WATER_PAPER,
        check="attribute",
        subsystem="water",
    ),
    Entry(
        id="twelve-hours-of-water",
        ref="WA-02",
        chapter=CHAPTER,
        title="Stored make-up water lasts twelve hours at N, also with any water element out",
        tiers=MAINTAINABLE,
        why=(
            "Evaporation peaks on the same day as the load. Blow-down and drift come on top, and water "
            "behind a closed valve does not count."
        ),
        fix="Add storage or a second tank; state evaporation, cycles of concentration and usable volume.",
        basis=f"{WATER_PAPER}; {CONFIRM}",
        check="duration",
        subsystem="water",
    ),
    Entry(
        id="water-system-removable",
        ref="WA-03",
        chapter=CHAPTER,
        title="Tanks, make-up pumps, treatment, float valves and pipes can be taken out",
        tiers=MAINTAINABLE,
        why=(
            "A softener with one bypass valve, or one float valve for two basins, stops all towers within "
            "hours."
        ),
        fix="Duplicate tank, pump and treatment, and give each basin an inlet from both.",
        basis=WATER_PAPER,
        check="removal",
        subsystem="water",
    ),
    Entry(
        id="every-water-consumer-counts",
        ref="WA-04",
        chapter=CHAPTER,
        title="Adiabatic pads and sprays count as water consumers, not only towers",
        tiers=MAINTAINABLE,
        why="A dry cooler that reaches its rating only with wet pads depends on water as a tower does.",
        fix="Rate the unit dry, or give it a make-up supply and judge that.",
        basis=WATER_PAPER,
        check="attribute",
        subsystem="water",
    ),
    Entry(
        id="closed-loop-fill-out-of-scope",
        ref="WA-05",
        chapter=CHAPTER,
        title="Filling a closed loop once is not a running need",
        tiers=(),
        why="A closed loop loses litres a year, not cubic metres a day. Automatic filling may be single.",
        fix=(
            "Nothing to repair. Declare water as not applicable, with the reason, where nothing evaporates."
        ),
        basis=PRACTICE,
        check="attribute",
        subsystem="water",
    ),
)
