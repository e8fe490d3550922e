"""A system whose reserve comes from another one of equal name keeps its height."""

from __future__ import annotations

from tierline.diagrams import draw
from tierline.twin.compiler import compile_text

TEXT = """
tierline: 1
facility: even
elements:
  gen-1: {kind: genset, to: msb-1.q1}
  gen-2: {kind: genset, to: msb-2.q1}
  msb-1: {kind: board}
  msb-2: {kind: board}
  ups-1: {kind: ups, from: msb-1.q2, to: uob-1.q1}
  uob-1: {kind: board}
  ups-2: {kind: ups, inputs: [msb-2.q2, uob-1.q3], to: uob-2.q1}
  uob-2: {kind: board}
  load-1: {kind: load, load: 1 kW, inputs: [uob-1.q5]}
  load-2: {kind: load, load: 1 kW, inputs: [uob-2.q5]}
"""


def test_boards_of_which_one_supplies_the_other_are_not_pushed_down_in_turn() -> None:
    twin = compile_text(TEXT, "even.yaml").twin
    assert twin is not None
    (sheet,) = draw(twin)
    assert sheet.scene.paper == "A4"
