"""The sweep against the oracle, on random plants that really contain the awkward structures.

The oracle shares nothing with the kernel: it grows zones by flooding, tries every position, and asks a linear
programme of another library. `TIERLINE_EXAMPLES=5000 pytest tests/test_sweep_oracle.py -s` is the long run.
"""

from __future__ import annotations

import os
from collections import Counter

from hypothesis import HealthCheck, Phase, given, settings
from oracle import judge as oracle
from oracle.coverage import coverage
from oracle.plants import plants

from tierline.twin.model import Twin
from tierline.validators.assess import Answer, Removal, assess

EXAMPLES = int(os.environ.get("TIERLINE_EXAMPLES", "25"))
PASSES = ("automatic", "re-switched")


def agrees(expected: str, removal: Removal) -> bool:
    """The same answer; or an honest `unknown` where the kernel says so: a loop whose sharing nothing controls,
    which is a rule the oracle does not have, or a search that ended without an answer where hands are needed."""
    if str(removal.answer) == expected:
        return True
    return removal.answer is Answer.UNKNOWN and (bool(removal.uncontrolled) or expected != "automatic")


def test_sweep_agrees_with_the_oracle() -> None:
    pairs: Counter[tuple[str, str]] = Counter()
    seen: Counter[str] = Counter()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize="TIERLINE_EXAMPLES" not in os.environ,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
        database=None,
    )
    @given(plants())
    def compare(twin: Twin) -> None:
        assessment = assess(twin)
        expected = oracle.sweep(twin)
        assert expected.keys() == assessment.removals.keys()
        assert agrees(oracle.base(twin), assessment.base), (oracle.base(twin), assessment.base)
        for element, verdict in expected.items():
            removal = assessment.removals[element]
            assert agrees(verdict, removal), (element, verdict, removal)
            pairs[verdict, str(removal.answer)] += 1
        seen.update({"plants": 1, **{name: 1 for name, count in coverage(twin).items() if count}})
        seen["two or more selectors"] += coverage(twin)["selectors"] >= 2

    compare()
    print("\nplants with:", dict(seen), "\nremovals (oracle, kernel):", dict(pairs))
    assert seen["two or more selectors"] and seen["needs_cycles"] and seen["ties"] and seen["rings"]
    unsure = sum(count for (wanted, got), count in pairs.items() if wanted != got)
    assert unsure * 20 <= sum(pairs.values())
