"""Isolation: where the plant can be cut apart, and what goes with each cut."""

from __future__ import annotations

from tierline.validators.catalogue.entry import COURSE, MAINTAINABLE, PRACTICE, Entry

CHAPTER = "isolation"

ENTRIES = (
    Entry(
        id="fixed-tie-common-zone",
        ref="ISO-01",
        chapter=CHAPTER,
        title="A tie between two buses does not take both of them with it",
        tiers=MAINTAINABLE,
        why=(
            "To replace a fixed tie, the conductors on both of its sides must be dead. One fixed tie "
            "therefore makes two buses one zone, however well they are fed."
        ),
        fix="Make the tie withdrawable, or put two ties in series with a dead piece of bus between them.",
        basis=PRACTICE,
        check="removal",
        subsystem="facility",
    ),
    Entry(
        id="tie-clear-of-both-buses",
        ref="ISO-02",
        chapter=CHAPTER,
        title="Each tie, and the piece of bus between two ties, can be replaced with one bus live",
        tiers=MAINTAINABLE,
        why=(
            "Two ties in series, or one that withdraws, are the ways to couple two buses without joining "
            "their zones. Each part of that arrangement must pass its own removal."
        ),
        fix=(
            "Check that both ties are isolation devices and that the spool between them has no other "
            "connection."
        ),
        basis=PRACTICE,
        check="removal",
        subsystem="facility",
    ),
    Entry(
        id="swing-machine-clear-of-both-buses",
        ref="ISO-03",
        chapter=CHAPTER,
        title="A machine that can feed two buses does not join them",
        tiers=MAINTAINABLE,
        why=(
            "A swing set or swing UPS hangs on both sides through two breakers. If these are fixed, work "
            "on one of them takes its bus and the machine; the other bus must still carry N."
        ),
        fix=(
            "Use withdrawable breakers for the swing machine, or see that either bus alone carries N "
            "without it."
        ),
        basis=PRACTICE,
        check="removal",
        subsystem="facility",
    ),
    Entry(
        id="feeder-isolates-at-both-ends",
        ref="ISO-04",
        chapter=CHAPTER,
        title="A feeder between two boards has an isolation device at each end",
        tiers=MAINTAINABLE,
        why=(
            "With one fixed device, the board without a device of its own is in the same zone as the "
            "feeder and the device. Work on one board then reaches the other."
        ),
        fix=(
            "Add an incomer with its own device at the receiving board (`from: {q0: board.way}`), or make "
            "the one device withdrawable."
        ),
        basis=PRACTICE,
        check="removal",
        subsystem="facility",
    ),
    Entry(
        id="main-tie-main-carries-both",
        ref="ISO-05",
        chapter=CHAPTER,
        title="In a main-tie-main, one main carries both buses",
        tiers=MAINTAINABLE,
        why=(
            "When one transformer or main is out, everything passes through the other one and through the "
            "tie. The tie rated for half is the usual surprise."
        ),
        fix="Raise the main, tie, bus or transformer that the proof names to the load of both buses.",
        basis=PRACTICE,
        check="capacity",
        subsystem="facility",
    ),
    Entry(
        id="section-valve-drains-both-sides",
        ref="ISO-06",
        chapter=CHAPTER,
        title="Draining the two sections beside a section valve leaves N",
        tiers=MAINTAINABLE,
        why=(
            "A valve is replaced with both neighbouring sections empty. What hangs on either of them is "
            "out, so a single valve between two groups of units takes both groups."
        ),
        fix=(
            "Put a second valve in series so that only an empty piece of pipe is shared, or keep the two "
            "groups together below the redundancy."
        ),
        basis=f"{COURSE}; the capacity that is left decides, not a count of valves",
        check="removal",
        subsystem="facility",
    ),
    Entry(
        id="equipment-valve-drains-the-header",
        ref="ISO-07",
        chapter=CHAPTER,
        title="The valve of a machine can be replaced although it stands on the header",
        tiers=MAINTAINABLE,
        why=(
            "The isolation valve of a chiller or pump is itself part of the header it stands on. "
            "Replacing it drains that piece of header and everything else on it."
        ),
        fix=(
            "Split the header with section valves, so that the piece which is drained carries no more "
            "than the redundancy."
        ),
        basis=PRACTICE,
        check="removal",
        subsystem="facility",
    ),
    Entry(
        id="fittings-removable",
        ref="ISO-08",
        chapter=CHAPTER,
        title="Control and check valves, strainers, meters and separators can be taken out",
        tiers=MAINTAINABLE,
        why=(
            "These parts do not isolate, so each is taken out together with the pipe up to the next "
            "manual valves. Strainers are opened every few weeks."
        ),
        fix="Put a manual valve on each side of the fitting, or a second branch beside it.",
        basis=PRACTICE,
        check="removal",
        subsystem="facility",
    ),
    Entry(
        id="isolation-device-fit-for-duty",
        ref="ISO-09",
        chapter=CHAPTER,
        title="What is relied on for isolation is able to isolate, and lockable",
        tiers=MAINTAINABLE,
        why=(
            "Contactors, static switches and control valves interrupt flow but do not make a safe place "
            "to work. A zone that stops at such a device stops only on paper."
        ),
        fix=(
            "Use a lockable breaker, disconnector or manual valve there, or write `isolates: false` and "
            "let the check find the larger zone."
        ),
        basis=f"{PRACTICE}; suitability that is not stated is listed as an assumption",
        check="attribute",
        subsystem="facility",
    ),
    Entry(
        id="neutral-and-earth-removable",
        ref="ISO-10",
        chapter=CHAPTER,
        title="Neutral links and earthing can be worked on where separate sources meet",
        tiers=MAINTAINABLE,
        why=(
            "A neutral bar shared by two sources ties them together although every phase is switched. "
            "Opening it under load is dangerous, so the work waits for a shutdown."
        ),
        fix=(
            "Switch the neutral with the phases where separately derived sources meet, or model the "
            "common link as an element."
        ),
        basis=PRACTICE,
        check="path",
        subsystem="facility",
    ),
    Entry(
        id="isolation-can-be-reached-live",
        ref="ISO-11",
        chapter=CHAPTER,
        title="There is an order of switching in which no rack is ever without a live cord",
        tiers=MAINTAINABLE,
        why=(
            "The end state may be sound and still lie behind a step that drops the load. What counts is "
            "that the plant can be brought there with IT running."
        ),
        fix=(
            "Close the second path before the first is opened; where that cannot be done, give the load "
            "two cords so that one covers the step."
        ),
        basis=PRACTICE,
        check="path",
        subsystem="facility",
    ),
    Entry(
        id="live-neighbours-during-work",
        ref="ISO-12",
        chapter=CHAPTER,
        title="Whether the next cubicle may stay live is stated, not hoped for",
        tiers=MAINTAINABLE,
        why=(
            "Some switchboards are built so that a fixed device can be changed beside live bars; most are "
            "not. The check assumes that they are not."
        ),
        fix=(
            "Feed the device through an upstream isolation device, or accept the larger zone; only a "
            "setting, named in the verdict, changes the assumption."
        ),
        basis=f"IEC 61439 forms of separation; {PRACTICE}",
        check="attribute",
        subsystem="facility",
    ),
)
