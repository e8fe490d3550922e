"""Engine-generators: the plant that carries the site in every check."""

from __future__ import annotations

from tierline.validators.catalogue.entry import ALL, CONFIRM, ENGINE_PAPER, MAINTAINABLE, PRACTICE, Entry

CHAPTER = "engine-generators"

ENTRIES = (
    Entry(
        id="utility-counts-for-nothing",
        ref="EG-01",
        chapter=CHAPTER,
        title="The engine-generators are the primary source; the utility is not counted",
        tiers=MAINTAINABLE,
        why=(
            "What arrives over the fence is outside the owner's control and cannot be maintained by the "
            "owner. More feeders, or feeders from two substations, change the bill and not the verdict."
        ),
        fix="Nothing to repair. Size the engine-generator plant for N by itself.",
        basis=ENGINE_PAPER,
        check="attribute",
        subsystem="generators",
    ),
    Entry(
        id="utility-loss-is-normal",
        ref="EG-02",
        chapter=CHAPTER,
        title="Loss of the utility is a normal state, not the one event a check allows",
        tiers=MAINTAINABLE,
        why=(
            "On a weak grid the site runs on engines for much of the day. A check that spends its single "
            "event on the outage would never look at the plant behind it."
        ),
        fix="Nothing to repair: every removal is judged on top of the absent utility.",
        basis=ENGINE_PAPER,
        check="attribute",
        subsystem="generators",
    ),
    Entry(
        id="no-limit-on-running-hours",
        ref="EG-03",
        chapter=CHAPTER,
        title="The sets may run at N for as long as it takes",
        tiers=MAINTAINABLE,
        why=(
            "A set with an hours limit runs out of permission in the middle of a long outage. A site that "
            "rests on such sets is Tier I or II, whatever its topology."
        ),
        fix=(
            "Buy sets with a continuous rating, or obtain the maker's statement that the load they carry "
            "here has no limit of hours, and write it down."
        ),
        basis=ENGINE_PAPER,
        check="attribute",
        subsystem="generators",
    ),
    Entry(
        id="continuous-rating-usable-in-full",
        ref="EG-04",
        chapter=CHAPTER,
        title="A continuous (COP) rating is used at 100 %",
        tiers=MAINTAINABLE,
        why=(
            "The continuous rating is what the set gives at constant load without limit of time. It is "
            "the only class that needs no factor."
        ),
        fix="Write `class: COP` where the maker's sheet says so; another class is derated by its own rule.",
        basis=f"ISO 8528-1 rating classes; {ENGINE_PAPER}",
        check="capacity",
        subsystem="generators",
    ),
    Entry(
        id="prime-rating-at-average-load",
        ref="EG-05",
        chapter=CHAPTER,
        title="A prime (PRP) rating is used at 70 % unless the maker says otherwise",
        tiers=MAINTAINABLE,
        why=(
            "A prime set may run for ever, but its rating assumes a load that varies and stays well below "
            "the plate on average. A data centre's load hardly varies."
        ),
        fix=(
            "Size prime sets so that 70 % of their site rating carries N, or write the maker's figure "
            "with its source."
        ),
        basis=f"ISO 8528-1 rating classes; makers' manuals; {CONFIRM}",
        check="capacity",
        subsystem="generators",
    ),
    Entry(
        id="standby-rating-supplies-nothing",
        ref="EG-06",
        chapter=CHAPTER,
        title="Standby (ESP) and limited-time (LTP) sets supply nothing at Tier III",
        tiers=MAINTAINABLE,
        why=(
            "These classes are sold for a few hundred hours a year. In a Tier III check they count as "
            "zero; below it they count with their rating."
        ),
        fix=(
            "Replace them by continuous or prime sets, or bring a maker's letter with an unlimited figure "
            "for this site."
        ),
        basis=f"{ENGINE_PAPER}; ISO 8528-1",
        check="attribute",
        subsystem="generators",
    ),
    Entry(
        id="data-centre-rating-without-conditions",
        ref="EG-07",
        chapter=CHAPTER,
        title="A data-centre rating is accepted only without conditions on the grid",
        tiers=MAINTAINABLE,
        why=(
            "Some data-centre ratings promise unlimited hours on the condition that the grid is reliable "
            "and the set seldom runs. Where the grid is absent for hours a day that condition does not "
            "hold."
        ),
        fix=(
            "Write the conditions of the maker's letter; where they assume rare running, use the "
            "continuous or prime figure."
        ),
        basis="ISO 8528-1 and makers' papers on data-centre ratings",
        check="attribute",
        subsystem="generators",
    ),
    Entry(
        id="rating-holds-at-extreme-ambient",
        ref="EG-08",
        chapter=CHAPTER,
        title="The rating is that of this altitude and of the hottest design hour",
        tiers=ALL,
        why=(
            "An engine loses power as the air gets hot and thin, and it does so when the cooling needs it "
            "most. The plate says what the set gives elsewhere."
        ),
        fix=(
            "Give the maker's derating table (`derate:`) and the design dry bulb, or a rating already "
            "stated for the site (`rating_at: site`)."
        ),
        basis=f"{ENGINE_PAPER}; makers' derating tables; {CONFIRM}",
        check="capacity",
        subsystem="generators",
    ),
    Entry(
        id="generator-demand-includes-auxiliaries",
        ref="EG-09",
        chapter=CHAPTER,
        title="The sets are sized for cooling, UPS losses, recharge and their own auxiliaries too",
        tiers=MAINTAINABLE,
        why=(
            "The IT load is often little more than half of what the engines carry. Recharging batteries "
            "after a transfer and the fans of the engine hall all come on at the same time."
        ),
        fix="Connect every auxiliary to the board that feeds it and write its draw; the check adds it up.",
        basis=PRACTICE,
        check="capacity",
        subsystem="generators",
    ),
    Entry(
        id="generator-bus-removable",
        ref="EG-10",
        chapter=CHAPTER,
        title="Generator breakers, cables, buses, earthing and paralleling gear can be taken out",
        tiers=MAINTAINABLE,
        why=(
            "A row of sets on one bus is one element when the bus is replaced. This is where many plants "
            "with ample machines have their single point."
        ),
        fix=(
            "Split the bus so that what is left carries N, with a tie that does not join the two halves "
            "into one zone."
        ),
        basis=f"{ENGINE_PAPER}: paths of the generator plant included",
        check="removal",
        subsystem="generators",
    ),
    Entry(
        id="set-auxiliaries-removable",
        ref="EG-11",
        chapter=CHAPTER,
        title="Starting battery, heater, fan, louvres and day tank: one out leaves N",
        tiers=MAINTAINABLE,
        why=(
            "A set does not start without its battery and does not stay up without air. A starting "
            "battery shared by two sets makes them one."
        ),
        fix="Give each set its own auxiliaries, or a second member for each need that is shared.",
        basis=f"{ENGINE_PAPER}: supporting systems included",
        check="dependency",
        subsystem="generators",
    ),
    Entry(
        id="engine-room-air-removable",
        ref="EG-12",
        chapter=CHAPTER,
        title="Ventilation, shared exhaust and remote radiators of the engine room can be taken out",
        tiers=MAINTAINABLE,
        why=(
            "One fan plenum or one radiator loop for all sets stops them together. Its motor and its "
            "control need power from somewhere, and that counts as well."
        ),
        fix=(
            "Separate air and radiators per set or per half of the plant, each fed from the half it serves."
        ),
        basis=PRACTICE,
        check="dependency",
        subsystem="generators",
    ),
    Entry(
        id="sets-run-without-the-master",
        ref="EG-13",
        chapter=CHAPTER,
        title="The sets run, share and take load with the paralleling master out",
        tiers=MAINTAINABLE,
        why=(
            "The master controller is one box above all sets. At Tier III hand operation at the set is "
            "enough; at Tier IV a second controller must act by itself."
        ),
        fix=(
            "Provide droop sharing and manual closing at each set (`local_manual: true`), or a second "
            "controller that the sets accept."
        ),
        basis=PRACTICE,
        check="dependency",
        subsystem="generators",
    ),
    Entry(
        id="emission-permit-recorded",
        ref="EG-14",
        chapter=CHAPTER,
        title="A legal cap on running hours is written down, apart from the verdict",
        tiers=(),
        why=(
            "A permit may forbid what the machine can do. It is a constraint of law on operation and says "
            "nothing about topology."
        ),
        fix=(
            "Record the permit and its hours in the notes of the facility and compare them with the "
            "expected outages."
        ),
        basis="trade literature on permits",
        check="attribute",
        subsystem="generators",
        advisory=True,
    ),
    Entry(
        id="sets-accept-the-load-step",
        ref="EG-15",
        chapter=CHAPTER,
        title="The remaining sets accept the largest block of load without leaving their limits",
        tiers=(),
        why=(
            "With one set out, the same block is a larger step for the rest. A dip in voltage or "
            "frequency can throw off the UPS that it should feed."
        ),
        fix="Load in smaller steps, or choose sets of a higher performance class for transient response.",
        basis="ISO 8528-5 performance classes",
        check="capacity",
        subsystem="generators",
        advisory=True,
    ),
)
