"""The sweep against both oracles, on random plants that really contain the awkward structures.

The oracles share nothing with the kernel: the first grows zones by flooding, tries every position and asks a linear
programme; the second puts the whole question into one mixed-integer programme. `tests/long_run.py` is the long run.
"""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings
from oracle.compare import Tally, compare
from oracle.judge import AUTOMATIC, FAIL, RE_SWITCHED, UNKNOWN
from oracle.plants import plants

from tierline.twin.model import Twin

EXAMPLES = 60
TWICE = 3
"""The second oracle, which is slow, judges every third plant."""
ANSWERS = (AUTOMATIC, RE_SWITCHED, FAIL, UNKNOWN)


def test_sweep_agrees_with_both_oracles() -> None:
    tally = Tally()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
        database=None,
    )
    @given(plants())
    def run(twin: Twin) -> None:
        found = compare(twin, tally, twice=tally.seen["plants"] % TWICE == 0)
        assert not found, "\n".join(map(str, found))

    run()
    print(f"\n{tally}")
    removals = sum(tally.pairs.values())
    assert set(tally.answers()) == set(ANSWERS)
    assert min(tally.answers().values()) * 100 >= removals, tally.answers()
    assert all(tally.doubled[f"{answer} / {answer}"] for answer in ANSWERS)
    assert sum(tally.unsure.values()) * 20 <= removals, tally.unsure
    missing = {name for name in ("selectors ≥ 2", "needs_cycles", "ties", "rings") if not tally.seen[name]}
    assert not missing
