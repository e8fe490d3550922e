"""EPO, network and building: emergency stop, network and building."""

from __future__ import annotations

from tierline.validators.catalogue.entry import CONFIRM, DUAL_CORD, MAINTAINABLE, PRACTICE, TOPOLOGY, Entry

CHAPTER = "EPO, network and building"

ENTRIES = (
    Entry(
        id="emergency-stop-removable",
        ref="EP-01",
        chapter=CHAPTER,
        title=(
            "Buttons, relays and supply of an emergency power-off circuit can be worked on without a trip"
        ),
        tiers=MAINTAINABLE,
        why=(
            "Where the law asks for the button, its circuit stands in series with everything. One that "
            "trips when its own supply is lost cannot be maintained at all."
        ),
        fix="One circuit per side, energised to trip, with a bypass key for testing.",
        basis=f"trade literature on emergency power-off; {PRACTICE}",
        check="removal",
        subsystem="controls",
    ),
    Entry(
        id="emergency-stop-fault-contained",
        ref="EP-02",
        chapter=CHAPTER,
        title="Pressing the button may stop IT; a fault in its circuit may not, at Tier IV",
        tiers=("IV",),
        why=(
            "Use of the emergency stop is an accepted exposure at every tier. A short circuit in its "
            "wiring is a fault like any other."
        ),
        fix="Supervise the wiring and separate the circuits by side.",
        basis=f"trade literature on tier performance; {PRACTICE}",
        check="attribute",
        subsystem="controls",
    ),
    Entry(
        id="carrier-routes-reported-apart",
        ref="NW-01",
        chapter=CHAPTER,
        title="Carriers and their routes are reported, and never lower the topology verdict",
        tiers=(),
        why=(
            "Routes outside the fence are rated by other standards. Paths on site that carry critical "
            "communication deserve the same care as power."
        ),
        fix="Model entrances and routes if they matter; the verdict on them stands by itself.",
        basis=f"{TOPOLOGY}: scope; {CONFIRM}",
        check="path",
        subsystem="network",
        advisory=True,
    ),
    Entry(
        id="network-equipment-fed-like-it",
        ref="NW-02",
        chapter=CHAPTER,
        title="Active network equipment in the critical rooms is fed and cooled like IT",
        tiers=MAINTAINABLE,
        why="A rack of switches with one cord cuts off every rack of servers behind it.",
        fix="Two cords on two sides, and a room with redundant cooling.",
        basis=DUAL_CORD,
        check="dependency",
        subsystem="network",
    ),
    Entry(
        id="building-rated-elsewhere",
        ref="BC-01",
        chapter=CHAPTER,
        title="Walls, fire ratings, security, flood and earthquake are judged by other rule sets",
        tiers=(),
        why="The topology says nothing on them. A site can pass here and stand in a flood plain.",
        fix="Use the site and security rules for these questions.",
        basis="Tier Standard: Operational Sustainability (Uptime Institute)",
        check="attribute",
        subsystem="facility",
    ),
    Entry(
        id="complementary-paths-in-compartments",
        ref="BC-02",
        chapter=CHAPTER,
        title="Paths that back each other up lie in different compartments from end to end",
        tiers=("IV",),
        why=(
            "A fire or a burst pipe takes everything in its room. At Tier IV the other path must be "
            "elsewhere, also where cables cross."
        ),
        fix="Separate rooms, shafts and trays by fire and water resistant construction.",
        basis=f"{TOPOLOGY}: compartmentalisation",
        check="separation",
        subsystem="facility",
    ),
    Entry(
        id="one-room-for-both-sides-allowed",
        ref="BC-03",
        chapter=CHAPTER,
        title="At Tier III the two sides may stand in one room",
        tiers=("III",),
        why=(
            "Planned work does not set rooms on fire. Failing a Tier III design for it would be a check "
            "of Tier IV."
        ),
        fix="Nothing to repair.",
        basis=f"{TOPOLOGY}: difference between maintainable and fault tolerant",
        check="separation",
        subsystem="facility",
    ),
    Entry(
        id="fire-systems-removable",
        ref="BC-04",
        chapter=CHAPTER,
        title="Detection and suppression can be maintained without stopping IT",
        tiers=MAINTAINABLE,
        why=(
            "A panel that closes dampers or releases gas when it is disconnected is in series with the "
            "cooling. So are dampers and relief flaps in the air path."
        ),
        fix=(
            "Zone isolation keys at the panel, and dampers arranged so that one closed damper leaves the "
            "room its air."
        ),
        basis=PRACTICE,
        check="removal",
        subsystem="cooling",
    ),
)
