"""What ends in nothing is drawn as what it is, with the mark of an end."""

from __future__ import annotations

from test_diagrams_disciplines import drawn_cleanly

from tierline.twin.compiler import compile_text
from tierline.twin.model import Twin

TEXT = """
tierline: 1
facility: ends
elements:
  gen-<n=1..2>: {kind: genset, to: b.q<n>}
  b: {kind: board}
  tx-1: {kind: transformer, from: b.q3}
  tx-2: {kind: transformer, to: b.q4}
  ups-1: {kind: ups, from: b.q5}
  ups-2: {kind: ups, to: b.q6}
  qf-1: {kind: breaker, from: b.q7, normally: open}
  qs-1: {kind: disconnector, to: b.q8}
  cable-1: {kind: cable, between: [b.q9, qf-2]}
  qf-2: {kind: breaker}
  qf-3: {kind: breaker}
  qs-3: {kind: disconnector, from: qf-3, normally: open}
  load-1: {kind: load, load: 3 kW, inputs: [b.q15]}
cases:
  full: {}
  less: {absent: [gen-2, load-1]}
"""


def symbols(twin: Twin) -> dict[str, str]:
    return {name: sym.symbol for sheet in drawn_cleanly(twin) for sym in sheet.scene.symbols for name in sym.ids}


def test_a_device_behind_which_nothing_is_keeps_its_symbol() -> None:
    full, less = compile_text(TEXT, "ends.yaml").cases
    drawn = symbols(full)
    assert drawn["tx-1"] == drawn["tx-2"] == "transformer"
    assert drawn["ups-1"] == drawn["ups-2"] == "ups"
    assert drawn["qf-1"] == "breaker-open" and drawn["qs-1"] == "disconnector-closed"
    assert drawn["qf-2"] == drawn["qf-3"] == "breaker-closed" and drawn["qs-3"] == "disconnector-open"
    drawn = symbols(less)
    assert drawn["b.q2"] == drawn["b.q15"] == "breaker-closed"
