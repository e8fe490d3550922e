"""UPS and stored energy: what bridges the start of the engines, and how it is taken out."""

from __future__ import annotations

from tierline.validators.catalogue.entry import ALL, MAINTAINABLE, PRACTICE, REDUNDANT, TOPOLOGY, Entry

CHAPTER = "UPS and stored energy"

ENTRIES = (
    Entry(
        id="ups-module-removable",
        ref="UP-01",
        chapter=CHAPTER,
        title="UPS capacity is N with any module or system out",
        tiers=REDUNDANT,
        why=(
            "Every UPS needs its fans, capacitors and batteries renewed. The rest must hold the whole "
            "load meanwhile."
        ),
        fix="Add a module or system, or move load until what is left carries N.",
        basis=f"{TOPOLOGY}: redundant capacity components",
        check="capacity",
        subsystem="ups",
    ),
    Entry(
        id="ups-output-board-removable",
        ref="UP-02",
        chapter=CHAPTER,
        title="The output bus or collector of the UPS can be taken out",
        tiers=MAINTAINABLE,
        why=(
            "Modules in parallel land on one bus, and the bus is a path element. Any number of modules on "
            "a single bus is Tier II."
        ),
        fix="Build a second system with its own output board and give every rack a cord on each.",
        basis=f"{TOPOLOGY}: path elements included",
        check="removal",
        subsystem="ups",
    ),
    Entry(
        id="static-bypass-not-credited",
        ref="UP-03",
        chapter=CHAPTER,
        title="A static bypass inside the UPS disappears with the UPS",
        tiers=MAINTAINABLE,
        why=(
            "The internal bypass helps when the inverter fails. When the cabinet itself is replaced, the "
            "bypass goes with it."
        ),
        fix="Do not rely on it for maintenance: provide the second path outside the UPS.",
        basis=PRACTICE,
        check="removal",
        subsystem="ups",
    ),
    Entry(
        id="maintenance-bypass-clear-of-the-bus",
        ref="UP-04",
        chapter=CHAPTER,
        title="A maintenance bypass lets the bus it lands on be removed as well",
        tiers=MAINTAINABLE,
        why=(
            "A wrap-around bypass that lands on the output board frees the UPS and leaves the board "
            "single. It moves the problem one step down."
        ),
        fix="Provide a second output board; a bypass is then a convenience and not the proof.",
        basis=PRACTICE,
        check="removal",
        subsystem="ups",
    ),
    Entry(
        id="modular-frame-is-one-element",
        ref="UP-05",
        chapter=CHAPTER,
        title="The frame of a modular UPS can be taken out, not only its modules",
        tiers=MAINTAINABLE,
        why=(
            "Hot-swap modules share a backplane, a static switch and terminals. That frame is replaced as "
            "one piece."
        ),
        fix="Use two frames on separate output boards, each able to carry the load.",
        basis=PRACTICE,
        check="removal",
        subsystem="ups",
    ),
    Entry(
        id="ups-input-removable",
        ref="UP-06",
        chapter=CHAPTER,
        title="Each input of a UPS, with its transformer and cable, can be taken out",
        tiers=MAINTAINABLE,
        why=(
            "A UPS whose only input is out runs on its battery for minutes. With two inputs it takes one "
            "at a time and never joins them."
        ),
        fix=(
            "Feed the UPS systems from different boards, so that what loses its input is within the "
            "redundancy."
        ),
        basis=PRACTICE,
        check="removal",
        subsystem="ups",
    ),
    Entry(
        id="battery-removable",
        ref="UP-07",
        chapter=CHAPTER,
        title="A battery with its breaker, monitoring and ventilation can be taken out",
        tiers=MAINTAINABLE,
        why=(
            "A UPS without its battery does not bridge anything, so it is not credited. A battery shared "
            "by several modules takes all of them."
        ),
        fix="Give each UPS its own battery, or see that N holds without all UPS that share one.",
        basis=PRACTICE,
        check="removal",
        subsystem="ups",
    ),
    Entry(
        id="ups-room-cooling-counts",
        ref="UP-08",
        chapter=CHAPTER,
        title="Cooling of UPS rooms and extract of battery rooms are critical load",
        tiers=MAINTAINABLE,
        why=(
            "A UPS trips on temperature within minutes of losing its air. The small fan-coil in the UPS "
            "room therefore has the tier of the UPS."
        ),
        fix=(
            "Put two cooling units on separate supplies in each UPS room and connect them as needs of the "
            "UPS."
        ),
        basis=PRACTICE,
        check="dependency",
        subsystem="ups",
    ),
    Entry(
        id="ride-through-covers-the-start",
        ref="UP-09",
        chapter=CHAPTER,
        title="Batteries last longer than starting, synchronising and accepting load takes",
        tiers=ALL,
        why=(
            "The battery bridges the time until the sets carry the load. If it is shorter, every utility "
            "failure is an outage."
        ),
        fix=(
            "State the autonomy of the battery and the start time of the sets; enlarge the battery where "
            "the sum with margin is longer."
        ),
        basis=PRACTICE,
        check="duration",
        subsystem="ups",
    ),
    Entry(
        id="survivors-carry-load-and-recharge",
        ref="UP-10",
        chapter=CHAPTER,
        title="The remaining modules and their feeders carry the load while batteries recharge",
        tiers=REDUNDANT,
        why=(
            "After a transfer the rest take more load and recharge at the same time. The input breaker "
            "sees both."
        ),
        fix=(
            "Size inputs for load plus recharge with one module out, or limit the recharge and write that "
            "limit."
        ),
        basis=PRACTICE,
        check="capacity",
        subsystem="ups",
    ),
)
