"""Power distribution: from the boards to the rack, and what the surviving side must carry."""

from __future__ import annotations

from tierline.validators.catalogue.entry import MAINTAINABLE, PRACTICE, TOPOLOGY, Entry

CHAPTER = "power distribution"

ENTRIES = (
    Entry(
        id="board-and-cable-removable",
        ref="PD-01",
        chapter=CHAPTER,
        title="Every board, transformer, breaker, duct, cable and earthing link can be taken out",
        tiers=MAINTAINABLE,
        why=(
            "Each of them is replaced once in the life of the site. Each takes along what cannot be "
            "isolated from it."
        ),
        fix="Give the load behind the element a second path that shares no element with it.",
        basis=f"{TOPOLOGY}: path elements included",
        check="removal",
        subsystem="distribution",
    ),
    Entry(
        id="transfer-switch-removable",
        ref="PD-02",
        chapter=CHAPTER,
        title="A transfer switch and its load bus can be taken out",
        tiers=MAINTAINABLE,
        why=(
            "The switch that joins two good paths is single itself. A bypass-isolation type frees the "
            "mechanism and still keeps one common load bus."
        ),
        fix="Give the consumer behind the switch a redundant partner on another switch.",
        basis=PRACTICE,
        check="removal",
        subsystem="distribution",
    ),
    Entry(
        id="no-site-wide-transfer-switch",
        ref="PD-03",
        chapter=CHAPTER,
        title="No transfer switch stands in the only path of a whole board or site",
        tiers=MAINTAINABLE,
        why=(
            "One switch for a whole board is the single point that the two paths above it were built to "
            "avoid. One switch per redundant consumer is harmless."
        ),
        fix="Move the choice down to the consumers, or run both paths through and drop the switch.",
        basis=PRACTICE,
        check="removal",
        subsystem="distribution",
    ),
    Entry(
        id="sts-per-cord",
        ref="PD-04",
        chapter=CHAPTER,
        title="The two cords of a rack do not depend on the same static switch",
        tiers=MAINTAINABLE,
        why=(
            "A static switch does not isolate. A hard-wired one goes out with its input breakers, and "
            "with it everything it feeds."
        ),
        fix="Use one static switch per cord, or feed the two cords directly from the two sides.",
        basis=PRACTICE,
        check="removal",
        subsystem="distribution",
    ),
    Entry(
        id="surviving-path-carries-load",
        ref="PD-05",
        chapter=CHAPTER,
        title="Breakers, buses, transformers and cables that remain carry the transferred load",
        tiers=MAINTAINABLE,
        why=(
            "After a removal the whole load of a pair falls on one side. An element chosen for half of it "
            "trips, and the second side is gone too."
        ),
        fix=(
            "Raise the rating of the element named as the limit to the full load of what hangs on both sides."
        ),
        basis=f"{TOPOLOGY}: N is kept during planned work; {PRACTICE}",
        check="capacity",
        subsystem="distribution",
    ),
    Entry(
        id="distributed-redundant-by-worst-transfer",
        ref="PD-06",
        chapter=CHAPTER,
        title="In a shared-redundant layout each UPS is checked after its worst transfer",
        tiers=MAINTAINABLE,
        why=(
            "Three systems at two thirds each look right in total. Where the load of one does not split "
            "evenly over the others, one of them is overloaded and two are idle."
        ),
        fix=(
            "Pair the racks so that each system hands equal shares to all the others, or lower the load "
            "per system."
        ),
        basis=PRACTICE,
        check="capacity",
        subsystem="distribution",
    ),
    Entry(
        id="protection-supply-removable",
        ref="PD-07",
        chapter=CHAPTER,
        title="Control supply of breakers and protection can be lost without a trip, and taken out",
        tiers=MAINTAINABLE,
        why=(
            "An under-voltage release on a common supply opens every breaker when that supply is worked "
            "on. Two sides with one battery are one side."
        ),
        fix=(
            "Use trip units that power themselves, or one control supply per side with no under-voltage "
            "release."
        ),
        basis=PRACTICE,
        check="dependency",
        subsystem="distribution",
    ),
    Entry(
        id="metering-not-depended-on",
        ref="PD-08",
        chapter=CHAPTER,
        title="Nothing that carries load depends on the power monitoring system",
        tiers=MAINTAINABLE,
        why=(
            "Monitoring may be down during Tier III work. That is true only while no interlock and no "
            "load shedding listens to it."
        ),
        fix=(
            "Take the dependency out, or treat the monitoring system as a controller with its own redundancy."
        ),
        basis=PRACTICE,
        check="dependency",
        subsystem="distribution",
    ),
)
