"""The sweep against both oracles, on random plants that really contain the awkward structures.

The oracles share nothing with the kernel: the first grows zones by flooding, tries every position and asks a linear
programme; the second puts the whole question into one mixed-integer programme. `tests/long_run.py` is the long run.
"""

from __future__ import annotations

from oracle.compare import CAUTIOUS, Tally, compare
from oracle.judge import AUTOMATIC, FAIL, RE_SWITCHED, UNKNOWN
from oracle.plants import by_seed

PLANTS = 60
TWICE = 6
"""The second oracle, which is slow, judges every sixth plant."""
ANSWERS = (AUTOMATIC, RE_SWITCHED, FAIL, UNKNOWN)
CONTAINED = (
    *("selectors ≥ 2", "cords", "ties", "fixed_ties", "normally_open", "rings", "needs_cycles", "hands", "rooms"),
    *("two of three cords", "day tanks", "batteries", "d.c. supplies", "circuits that trip", "pumps ≥ 2"),
    *("transformers in parallel", "double buses", "swing sets", "divisible loads", "needs of several"),
    *("off until started", "missing_ratings", "given", "raw paths", "bypasses", "sets of limited hours"),
    *("power factors", "alternators", "UPS in VA", "rated in VA", "rings of boards", "removals of unsure sharing"),
    *(
        "UPS systems ≥ 2",
        "ties of UPS systems",
        "ties of three UPS systems",
        "interlocked ties",
        "interlocked incomers",
    ),
    *("draws nobody needs", "fuel pumps that draw ≥ 2"),
)


def test_sweep_agrees_with_both_oracles() -> None:
    tally = Tally()
    wrong = []
    for number in range(PLANTS):
        found = compare(by_seed(f"gate-{number}"), tally, twice=number % TWICE == 0)
        wrong += [f"gate-{number}: {mismatch}" for mismatch in found]
    print(f"\n{tally}")
    assert not wrong, "\n".join(wrong)
    removals = sum(tally.pairs.values())
    assert set(tally.answers()) == set(ANSWERS)
    assert min(tally.answers().values()) * 50 >= removals, tally.answers()
    assert all(tally.doubled[f"{answer} / {answer}"] for answer in ANSWERS)
    cautious = tally.unsure.pop(CAUTIOUS, 0)
    assert cautious * 20 <= removals, cautious
    assert sum(tally.unsure.values()) * 50 <= removals, tally.unsure
    assert {name for name in CONTAINED if not tally.seen[name]} == set()
