"""Controls: controllers, their power and their network."""

from __future__ import annotations

from tierline.validators.catalogue.entry import FUEL, MAINTAINABLE, PRACTICE, TOPOLOGY, Entry

CHAPTER = "controls"

ENTRIES = (
    Entry(
        id="controller-removable",
        ref="CT-01",
        chapter=CHAPTER,
        title="Any controller whose loss stops capacity can be taken out",
        tiers=MAINTAINABLE,
        why=(
            "A controller is an element when plant stops without it. A supervisor that only watches is not."
        ),
        fix=(
            "Let the plant run on without it (`local_manual: true`), give it a partner that the plant "
            "accepts, or split it by side."
        ),
        basis=f"{FUEL} (control panels as elements); {PRACTICE}",
        check="dependency",
        subsystem="controls",
    ),
    Entry(
        id="controller-power-removable",
        ref="CT-02",
        chapter=CHAPTER,
        title="Losing one panel leaves the controls of N plant powered",
        tiers=MAINTAINABLE,
        why=(
            "Controllers often hang on the nearest socket. The board behind that socket then has the tier "
            "of the plant."
        ),
        fix="Feed each controller from two sides, or from the side whose plant it controls.",
        basis=PRACTICE,
        check="dependency",
        subsystem="controls",
    ),
    Entry(
        id="control-network-removable",
        ref="CT-03",
        chapter=CHAPTER,
        title="A switch or cable of the control network can be out",
        tiers=MAINTAINABLE,
        why=(
            "Plant that waits for a value from the network stops with the switch. Tier III accepts a "
            "local fallback, Tier IV asks for one that acts by itself."
        ),
        fix=(
            "Use a ring or two switches, or let each controller keep its last set-point without the network."
        ),
        basis=PRACTICE,
        check="dependency",
        subsystem="controls",
    ),
    Entry(
        id="hand-operation-is-real",
        ref="CT-04",
        chapter=CHAPTER,
        title="Where operation by hand is the fallback, the equipment has it and there is time to use it",
        tiers=("III",),
        why=(
            "A hand switch that does not exist, or a valve without a wheel, is a fallback on paper only. "
            "The time to reach it must be shorter than the plant's ride-through."
        ),
        fix=(
            "Fit the hand switch or wheel and write `local_manual: true`; otherwise provide a second "
            "controller."
        ),
        basis=PRACTICE,
        check="attribute",
        subsystem="controls",
    ),
    Entry(
        id="no-controller-governs-both-sides",
        ref="CT-05",
        chapter=CHAPTER,
        title=(
            "Faults are found, isolated and contained without operators, and no controller governs both sides"
        ),
        tiers=("IV",),
        why=(
            "At Tier IV a failing controller must not reach across to the other side, and nobody is there "
            "to help."
        ),
        fix="One controller per side, each able to act alone.",
        basis=f"{TOPOLOGY}: fault tolerance",
        check="dependency",
        subsystem="controls",
    ),
    Entry(
        id="firmware-update-is-a-removal",
        ref="CT-06",
        chapter=CHAPTER,
        title="Updating a controller counts as taking it out",
        tiers=MAINTAINABLE,
        why=(
            "A controller that restarts is out for minutes, several times a year. The plant must not notice."
        ),
        fix="As for any controller: local operation, or a partner.",
        basis=PRACTICE,
        check="dependency",
        subsystem="controls",
    ),
    Entry(
        id="common-servers-removable",
        ref="CT-07",
        chapter=CHAPTER,
        title="A common set-point, time or licence server can be lost without a change of plant state",
        tiers=MAINTAINABLE,
        why=(
            "A server that nobody thinks of as plant may stop plant: an expired licence or a jump of time "
            "is enough."
        ),
        fix=(
            "Make the equipment keep its last state without the server, or model the server as a controller."
        ),
        basis=PRACTICE,
        check="dependency",
        subsystem="controls",
    ),
)
