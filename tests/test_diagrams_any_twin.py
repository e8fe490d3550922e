"""No twin makes the drawing fail, however senseless its joints."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from test_diagrams_twins import Plant

from tierline.diagrams import draw
from tierline.twin.kinds import KINDS

NAMES = [f"{stem}-{tail}" for stem in ("x", "y", "z") for tail in ("a", "b", "1", "2")]


@settings(max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate],
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(
    kinds=st.lists(st.sampled_from(sorted(KINDS)), min_size=len(NAMES), max_size=len(NAMES)),
    joints=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.booleans()), max_size=16),
    opened=st.sets(st.sampled_from(NAMES)),
)
def test_any_joints_of_any_kinds_are_drawn(
    kinds: list[str], joints: list[tuple[str, str, bool]], opened: set[str]
) -> None:
    plant = Plant()
    for name, kind in zip(NAMES, kinds, strict=True):
        plant.add(name, kind, open_=name in opened)
    for a, b, one_way in joints:
        plant.join(a, b, one_way)
    for sheet in draw(plant.twin()):
        assert sheet.svg.endswith("</svg>\n")
