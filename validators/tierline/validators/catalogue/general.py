"""General: what holds for the facility as a whole."""

from __future__ import annotations

from tierline.validators.catalogue.entry import (
    ALL,
    CONFIRM,
    COURSE,
    ENGINE_PAPER,
    MAINTAINABLE,
    PRACTICE,
    REDUNDANT,
    TOPOLOGY,
    Entry,
)

CHAPTER = "general"

ENTRIES = (
    Entry(
        id="facility-tier-is-the-lowest",
        ref="GEN-01",
        chapter=CHAPTER,
        title="The facility has the tier of its weakest subsystem",
        tiers=ALL,
        why=(
            "A site is only as maintainable as the part of it that is hardest to maintain. Strong power "
            "does not make up for weak cooling, and there is no tier between two tiers."
        ),
        fix=(
            "Raise the subsystem that the verdict names as limiting; work on any other one changes nothing."
        ),
        basis=f"{TOPOLOGY}: the rating of a site is that of its lowest part",
        check="attribute",
        subsystem="facility",
    ),
    Entry(
        id="n-is-what-must-run",
        ref="GEN-02",
        chapter=CHAPTER,
        title="N is the sum of everything that must run at full IT load and extreme ambient",
        tiers=ALL,
        why=(
            "A removal can only be judged against a demand. If losses, battery recharge or the plant that "
            "cools the plant are left out of N, every margin in the report is too large."
        ),
        fix=(
            "Write the load of every consumer, the efficiency and recharge of every UPS and the draw of "
            "every auxiliary; a house load that critical plant depends on belongs to N too."
        ),
        basis=f"{PRACTICE}; the owner declares N, the check recomputes it from the loads",
        check="capacity",
        subsystem="facility",
    ),
    Entry(
        id="basic-plant-present",
        ref="GEN-03",
        chapter=CHAPTER,
        title="UPS, cooling of its own and on-site generation with fuel are there",
        tiers=("I",),
        why=(
            "Below this floor there is no tier at all: an IT space that lives on office cooling and the "
            "utility stops with either of them."
        ),
        fix="Model, or build, the missing class of plant with at least the capacity N.",
        basis=f"{TOPOLOGY}: what the first tier adds to an office",
        check="path",
        subsystem="facility",
    ),
    Entry(
        id="capacity-component-removable",
        ref="GEN-04",
        chapter=CHAPTER,
        title="Any redundant capacity component can be taken out without stopping IT",
        tiers=REDUNDANT,
        why=(
            "Sets, UPS, chillers, pumps and tanks wear and need service every year. If the load needs all "
            "of them, each service is a shutdown."
        ),
        fix=(
            "Add one unit to the group that comes up short, or raise the rating of its members until the "
            "rest carry N."
        ),
        basis=f"{TOPOLOGY}: redundant capacity components",
        check="removal",
        subsystem="facility",
    ),
    Entry(
        id="any-element-removable",
        ref="GEN-05",
        chapter=CHAPTER,
        title=(
            "Every capacity component and every element of every path can be taken out without stopping IT"
        ),
        tiers=MAINTAINABLE,
        why=(
            "This is the heart of Tier III. Boards, cables, pipes, valves and controllers are replaced as "
            "well, and each takes with it whatever cannot be isolated from it."
        ),
        fix=(
            "Look at the proof: either give the lost load a second path outside the zone that was "
            "removed, or put an isolation device where the zone spreads too far."
        ),
        basis=f"{TOPOLOGY}: concurrent maintainability of components and paths",
        check="removal",
        subsystem="facility",
    ),
    Entry(
        id="n-remains-after-any-removal",
        ref="GEN-06",
        chapter=CHAPTER,
        title="What stays in service after any removal still carries N",
        tiers=MAINTAINABLE,
        why=(
            "A path that survives but cannot carry the load is no path. The check asks for one state in "
            "which every load is met in full, in every medium at once."
        ),
        fix=(
            "Raise the element that the proof names as the limit, or spread the load so that less of it "
            "falls on that element."
        ),
        basis=f"{TOPOLOGY}: N is kept during planned work",
        check="capacity",
        subsystem="facility",
    ),
    Entry(
        id="judged-on-generators",
        ref="GEN-07",
        chapter=CHAPTER,
        title="Every check is passed with the utility absent",
        tiers=MAINTAINABLE,
        why=(
            "Planned work takes days, and the utility may fail on any of them. A design that needs the "
            "grid while it is being maintained has traded one outage for another."
        ),
        fix=(
            "Nothing to repair here: the utility supplies zero in every check. Where that makes a removal "
            "fail, the generator side is what must change."
        ),
        basis=f"{ENGINE_PAPER}: the site is judged while it runs on its own generation",
        check="attribute",
        subsystem="facility",
    ),
    Entry(
        id="only-installed-plant-counts",
        ref="GEN-08",
        chapter=CHAPTER,
        title="Only plant that is permanently installed is credited",
        tiers=MAINTAINABLE,
        why=(
            "A rented set or a roll-up chiller is not there on the day it is needed, and connecting it is "
            "work on live plant. It cannot be part of what carries N."
        ),
        fix=(
            "Leave rented plant out of the model, or install it for good with its own isolation and "
            "auxiliaries."
        ),
        basis=PRACTICE,
        check="attribute",
        subsystem="facility",
    ),
    Entry(
        id="two-paths-two-live-to-it",
        ref="GEN-09",
        chapter=CHAPTER,
        title="Two independent paths to the critical plant, and two live ones from the UPS to IT",
        tiers=MAINTAINABLE,
        why=(
            "One of the two backbone paths may stand by, because operators can switch it in. From the UPS "
            "to the racks both must be live, because IT cannot wait for a hand on a switch."
        ),
        fix=(
            "Add the missing path as its own chain of boards and cables, and land the second cord of each "
            "rack on it."
        ),
        basis=f"{TOPOLOGY}: active and alternate distribution paths; {CONFIRM}",
        check="path",
        subsystem="facility",
    ),
    Entry(
        id="no-promise-for-failures",
        ref="GEN-10",
        chapter=CHAPTER,
        title="Tier III is about planned work and promises nothing about failures",
        tiers=("III",),
        why=(
            "While an element is out, a second fault may stop the load: Tier III accepts that risk. "
            "Failing a design at Tier III for what a fault could do would be a check of Tier IV."
        ),
        fix="Nothing to repair. Claim Tier IV if faults must not reach the load.",
        basis=f"{TOPOLOGY}: difference between maintainable and fault tolerant",
        check="attribute",
        subsystem="facility",
    ),
    Entry(
        id="labels-prove-nothing",
        ref="GEN-11",
        chapter=CHAPTER,
        title="A redundancy label is a claim to verify, never an input",
        tiers=ALL,
        why=(
            "N+1 on a drawing counts machines and says nothing about the board they share. Only the "
            "removal shows whether the extra machine helps."
        ),
        fix="Nothing to repair. Model the plant as it is connected and read the outcome.",
        basis="Uptime Institute Journal on certification: the outcome is judged, not a parts list",
        check="attribute",
        subsystem="facility",
    ),
    Entry(
        id="passive-parts-in-scope",
        ref="GEN-12",
        chapter=CHAPTER,
        title="Boards, cables and pipes are in the maintenance scope like machines",
        tiers=MAINTAINABLE,
        why=(
            "Passive parts fail late and are forgotten early; replacing a board is the longest outage a "
            "site has. An element that is declared never to be removed hides exactly that outage."
        ),
        fix="Let the element be removed in the check. Where an exemption stands, the report lists it.",
        basis=f"{COURSE}: path elements are maintained too",
        check="attribute",
        subsystem="facility",
    ),
    Entry(
        id="no-credit-for-spares",
        ref="GEN-13",
        chapter=CHAPTER,
        title="Spares on a shelf and vendors on call are not counted",
        tiers=MAINTAINABLE,
        why="A spare shortens an outage; it does not avoid it. The load is down while the part is fitted.",
        fix="Install the spare as a connected unit, or leave it out of the model.",
        basis=PRACTICE,
        check="attribute",
        subsystem="facility",
    ),
)
