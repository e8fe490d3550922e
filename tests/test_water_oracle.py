"""Water and heat rejection beside the first oracle: the worked cases, and each with one thing changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from oracle.compare import Tally, compare

from tierline.twin.compiler import compile_text

CASES = Path(__file__).parent / "cases"
WET = sorted(path for part in ("w0", "water-", "condenser-") for path in CASES.glob(f"{part}*.yaml"))
CHANGES = (
    ("", ""),
    ("usable: 13 m3", "usable: 12 m3"),
    ("cycles: 4", "cycles: 3.5"),
    ("cycles: 4", "drift: 0.1 L/kWh"),
    ("evaporation: 1.4812 L/kWh", "drift: 1 L/kWh"),
    ("rating: 1200 L/h", "rating: 1046 L/h"),
    ("rating: 530 kW", "rating: 529 kW"),
    ("rating_at: site", "rating_at: nameplate"),
    ("wet_bulb: 28", "wet_bulb: 29"),
    ("dry_bulb: 46", "dry_bulb: 49"),
    ("cop: 4", "cop: 3.99"),
    ("cop: 4", "draw: 100 kW"),
    ("cop: 4", "restart: 1 min"),
    ("rating: 500 kW", "rating: unlimited"),
    ("given: [water]", "drift: 0.1 L/kWh"),
)


@pytest.mark.parametrize("path", WET, ids=lambda p: p.stem)
def test_the_oracle_agrees(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for before, after in CHANGES:
        if before not in text:
            continue
        done = compile_text(text.replace(before, after))
        assert done.twin is not None, done.diagnostics
        tally = Tally()
        assert not compare(done.twin, tally, twice=False), (before, after)
        assert not tally.unsure, (before, after)
