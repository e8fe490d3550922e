"""The one answer of the sweep and both oracles on a small plant."""

from __future__ import annotations

from oracle import judge, milp
from oracle.drawing import Drawing
from tierline.validators.assess import assess


def agreed(d: Drawing, element: str = "") -> str:
    """The one answer of all three; without an element, with everything in service."""
    twin, assessment = d.twin(), assess(d.twin())
    if element:
        answers = {judge.sweep(twin)[element], milp.sweep(twin)[element], str(assessment.removals[element].answer)}
    else:
        answers = {judge.judge(twin, ()), milp.judge(twin, ()), str(assessment.base.answer)}
    assert len(answers) == 1, answers
    return answers.pop()
