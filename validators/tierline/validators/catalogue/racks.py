"""IT equipment: how racks and IT rooms take their supply."""

from __future__ import annotations

from tierline.validators.catalogue.entry import DUAL_CORD, MAINTAINABLE, PRACTICE, TOPOLOGY, Entry

CHAPTER = "IT equipment"

ENTRIES = (
    Entry(
        id="it-equipment-takes-two-sources",
        ref="IT-01",
        chapter=CHAPTER,
        title="IT equipment has two inputs and runs in full from either",
        tiers=MAINTAINABLE,
        why=(
            "The two paths end in the machine itself. Equipment with one input, or with three of which "
            "two are needed, cannot lose a side."
        ),
        fix="Buy equipment with two inputs of full size, or use a point-of-use switch.",
        basis=DUAL_CORD,
        check="attribute",
        subsystem="distribution",
    ),
    Entry(
        id="switch-at-point-of-use",
        ref="IT-02",
        chapter=CHAPTER,
        title="Equipment without two inputs has a transfer switch at the point of use, on both paths",
        tiers=MAINTAINABLE,
        why=(
            "A single-corded machine can still be fed from both sides if the switch stands beside it. The "
            "switch takes nothing else down when it fails."
        ),
        fix="Add a rack-mounted transfer switch fed from both sides for each such machine.",
        basis=f"Uptime Institute on tier myths; {DUAL_CORD}",
        check="path",
        subsystem="distribution",
    ),
    Entry(
        id="dual-path-to-every-rack",
        ref="IT-03",
        chapter=CHAPTER,
        title="The two cords of every rack share no element up to the generators",
        tiers=MAINTAINABLE,
        why=(
            "Two cords on one board, or on two boards of one UPS, look dual at the rack and are single "
            "above it. The check follows both cords all the way up."
        ),
        fix=(
            "Move one cord to the other side; the finding names the first element that both have in common."
        ),
        basis=f"{DUAL_CORD}; {TOPOLOGY}",
        check="path",
        subsystem="distribution",
    ),
    Entry(
        id="every-cord-carries-the-rack",
        ref="IT-04",
        chapter=CHAPTER,
        title="Each cord and everything from board to rack carries the whole rack",
        tiers=MAINTAINABLE,
        why=(
            "With one side out, the other cord takes all of it at once. A tap-off, whip or board sized "
            "for half the rack trips then."
        ),
        fix="Raise the element to the full load of the racks on it, or lower the load of the racks.",
        basis=DUAL_CORD,
        check="capacity",
        subsystem="distribution",
    ),
    Entry(
        id="network-and-management-are-it-load",
        ref="IT-05",
        chapter=CHAPTER,
        title="Network core, carrier equipment and management servers are fed like IT",
        tiers=MAINTAINABLE,
        why=(
            "A service whose core switch has one cord is down when that cord is. The same goes for the "
            "servers that the plant needs to be operated."
        ),
        fix="Model this equipment as racks with two cords, in a room with redundant cooling.",
        basis=PRACTICE,
        check="dependency",
        subsystem="distribution",
    ),
    Entry(
        id="offices-out-of-scope",
        ref="IT-06",
        chapter=CHAPTER,
        title="Lighting, small power and offices are outside unless critical plant needs them",
        tiers=(),
        why=(
            "They may go dark without harm to IT. They come into scope with the first controller or fuel "
            "pump that hangs on their board."
        ),
        fix="Nothing to repair; feed critical auxiliaries from the critical boards.",
        basis=PRACTICE,
        check="attribute",
        subsystem="distribution",
    ),
)
