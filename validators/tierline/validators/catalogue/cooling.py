"""Cooling: heat out of every room, with any part of the plant removed."""

from __future__ import annotations

from tierline.validators.catalogue.entry import (
    ALL,
    CONFIRM,
    COOLING_PAPER,
    COURSE,
    FUEL,
    MAINTAINABLE,
    PRACTICE,
    REDUNDANT,
    TOPOLOGY,
    Entry,
)

CHAPTER = "cooling"

ENTRIES = (
    Entry(
        id="cooling-per-room",
        ref="CO-01",
        chapter=CHAPTER,
        title="After a removal each room still has the cooling its heat needs",
        tiers=REDUNDANT,
        why=(
            "Spare units in one hall do not cool another. A margin summed over the site hides the room "
            "that overheats."
        ),
        fix=(
            "Add or enlarge units in the room that comes up short; the finding names it and the kilowatts "
            "missing."
        ),
        basis=PRACTICE,
        check="capacity",
        subsystem="cooling",
    ),
    Entry(
        id="cooling-unit-removable",
        ref="CO-02",
        chapter=CHAPTER,
        title="Any chiller, tower, pump, air unit or dry cooler can be out and N remains",
        tiers=REDUNDANT,
        why=(
            "Filters, coils and compressors are serviced all year round. The rest must carry the heat on "
            "the hottest day."
        ),
        fix="Add one unit to the group that comes up short, or raise its ratings at the design ambient.",
        basis=f"{COURSE}; {TOPOLOGY}",
        check="removal",
        subsystem="cooling",
    ),
    Entry(
        id="pipework-removable",
        ref="CO-03",
        chapter=CHAPTER,
        title="Supply and return pipes, headers, valves, vessels and strainers can be taken out",
        tiers=MAINTAINABLE,
        why=(
            "Two rows of machines on one header are one machine when the header is drained. The return "
            "counts as much as the supply."
        ),
        fix=(
            "Run a second loop, or split the loop by valves so that what is drained stays within the "
            "redundancy."
        ),
        basis=COURSE,
        check="removal",
        subsystem="cooling",
    ),
    Entry(
        id="no-pattern-is-proof",
        ref="CO-04",
        chapter=CHAPTER,
        title="Rings, dual loops, crossovers and self-contained units are ways to pass, not proofs",
        tiers=("III",),
        why=(
            "Each of these layouts can be built so that it fails. The outcome of the removals decides, "
            "not the name of the layout."
        ),
        fix="Nothing to repair. Read the removals.",
        basis=COURSE,
        check="removal",
        subsystem="cooling",
    ),
    Entry(
        id="ring-carries-either-way",
        ref="CO-05",
        chapter=CHAPTER,
        title="A ring that is opened anywhere still carries the flow the other way round",
        tiers=MAINTAINABLE,
        why=(
            "With one section out, a ring becomes a line, and the flow of both halves passes the sections "
            "next to the plant. They are sized for half more often than not."
        ),
        fix=(
            "Give every section the flow of the whole ring, and write its rating; without ratings the "
            "outcome is unknown."
        ),
        basis=f"{COURSE}; {PRACTICE}",
        check="capacity",
        subsystem="cooling",
    ),
    Entry(
        id="each-loop-covers-every-room",
        ref="CO-06",
        chapter=CHAPTER,
        title="Where units hang on one loop each, one loop alone covers every room",
        tiers=MAINTAINABLE,
        why=(
            "A unit with a single coil dies with its loop. If a room has three units on one loop and one "
            "on the other, it overheats when the first loop is drained."
        ),
        fix="Place in each room enough units on each loop, or use units with two coils.",
        basis=PRACTICE,
        check="removal",
        subsystem="cooling",
    ),
    Entry(
        id="cooling-feeds-removable",
        ref="CO-07",
        chapter=CHAPTER,
        title="Losing one panel leaves N cooling",
        tiers=MAINTAINABLE,
        why=(
            "Spare units help nothing when half of all units hang on the panel that is out. This is the "
            "commonest way for a redundant plant to fail."
        ),
        fix=(
            "Feed the units so that each panel carries no more than the redundancy, or give each half of "
            "the plant the full capacity."
        ),
        basis=f"{FUEL} (power of auxiliaries); {PRACTICE}",
        check="dependency",
        subsystem="cooling",
    ),
    Entry(
        id="cooling-controls-removable",
        ref="CO-08",
        chapter=CHAPTER,
        title="Sequencer, sensors, actuator supplies and network switches of the cooling can be taken out",
        tiers=MAINTAINABLE,
        why=(
            "A plant controller that stops the pumps when it reboots is in series with every pump. "
            "Controls are replaced more often than pumps."
        ),
        fix=(
            "Let the equipment run on by itself or by hand (`local_manual: true`), or split controls by loop."
        ),
        basis=PRACTICE,
        check="dependency",
        subsystem="cooling",
    ),
    Entry(
        id="cooling-fails-to-safe",
        ref="CO-09",
        chapter=CHAPTER,
        title="Valves open and fans speed up when their signal or control power is lost",
        tiers=MAINTAINABLE,
        why=(
            "A valve that closes on loss of signal turns a fault of the controls into a fault of the "
            "cooling. Tier III accepts it where hands can help in time; Tier IV does not."
        ),
        fix=(
            "State `fail_position` and `fail_speed`, and choose actuators that fail open and fans that "
            "fail to full speed."
        ),
        basis=PRACTICE,
        check="attribute",
        subsystem="cooling",
        advisory=True,
    ),
    Entry(
        id="cooling-through-the-restart",
        ref="CO-10",
        chapter=CHAPTER,
        title="The air at the IT inlet stays steady while sources transfer and chillers restart",
        tiers=("IV",),
        why=(
            "Dense racks heat up in a minute or two; chillers need several to restart. Stored cold water "
            "and fans on UPS bridge the gap. Below Tier IV this is advice, above about 4 kW per rack good "
            "advice."
        ),
        fix="Add a buffer tank for the restart time and put pumps and fans on a UPS.",
        basis=COOLING_PAPER,
        check="duration",
        subsystem="cooling",
        advisory=True,
    ),
    Entry(
        id="cooling-at-extreme-ambient",
        ref="CO-11",
        chapter=CHAPTER,
        title="Cooling capacity is that of the hottest design hour, with the heat of the yard",
        tiers=ALL,
        why=(
            "A chiller gives less as the air around it gets hotter, and rows of them heat their own air. "
            "Beyond its limit it stops."
        ),
        fix=(
            "Give the maker's table over air temperature (`derate:`), the fouling factor and the limit "
            "(`max_ambient:`)."
        ),
        basis=f"{TOPOLOGY}: extreme ambient; {CONFIRM}",
        check="capacity",
        subsystem="cooling",
    ),
    Entry(
        id="humidity-by-declaration",
        ref="CO-12",
        chapter=CHAPTER,
        title="Humidity control counts only where the design says that it is needed",
        tiers=(),
        why=(
            "Much IT equipment lives well without it. If the design depends on it, its plant is judged "
            "like any other."
        ),
        fix="Model humidifiers only where the design needs them.",
        basis=PRACTICE,
        check="attribute",
        subsystem="cooling",
    ),
    Entry(
        id="loop-holds-pressure",
        ref="CO-13",
        chapter=CHAPTER,
        title="A drained section, vessel or make-up unit does not stop the other loop",
        tiers=MAINTAINABLE,
        why=(
            "Two loops with a common expansion vessel or a common glycol unit lose pressure together. A "
            "leak in one empties both."
        ),
        fix="Give each loop its own expansion and pressurisation, with valves at the vessel.",
        basis=PRACTICE,
        check="removal",
        subsystem="cooling",
    ),
    Entry(
        id="damper-removable",
        ref="CO-14",
        chapter=CHAPTER,
        title="A damper or fan of the air path can be serviced without starving a room",
        tiers=MAINTAINABLE,
        why=(
            "A fire damper in the only supply duct closes the duct while it is tested. The room does not "
            "know why its air is gone."
        ),
        fix="Run two ducts with a damper each, or let recirculating units carry the room alone.",
        basis=PRACTICE,
        check="removal",
        subsystem="cooling",
    ),
)
