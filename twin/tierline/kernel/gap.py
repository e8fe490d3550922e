"""The exact search between what positions found and what no position could do: branch and bound over all stages.

A stage alone finds positions for what it is asked. What it is asked may itself hang on positions elsewhere (which side
a load stands on decides whose fuel is burnt), so where that ends without an answer, positions of all stages are fixed
one after the other. With the rest splitting freely an infeasible branch is proven so; with all of them fixed a feasible
one is a pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tierline.kernel.outcome import Outcome, Verdict
from tierline.kernel.positions import Choice
from tierline.kernel.solve import Solver

NODES = 300
"""Branches looked at before the answer is unknown."""

Pins = Mapping[tuple[int, int], Choice]
"""(stage, group) → the position it is held in."""


def search(solvers: list[Solver], settle: Callable[[Pins], Outcome], told: Outcome) -> Outcome:
    """A pass in some positions, a failure of all of them, or unknown. `told` is what a failure is told with."""
    stack: list[dict[tuple[int, int], Choice]] = [{}]
    sure = True
    nodes = 0
    while stack:
        nodes += 1
        if nodes > NODES:
            return told
        pins = stack.pop()
        relaxed = settle(pins)
        if relaxed.verdict is Verdict.FAIL:
            continue
        if not relaxed.states:
            sure = False
            continue
        trial = {(k, i): on for k, flow in enumerate(relaxed.flows) for i, on in flow.choices.items()}
        found = settle(trial)
        if found.passes:
            return found
        loose = [(k, i) for k, flow in enumerate(relaxed.flows) for i in flow.odd]
        open_ones = loose or [key for key in trial if key not in pins]
        if not open_ones:
            sure &= found.verdict is Verdict.FAIL
            continue
        k, i = open_ones[0]
        options = solvers[k].options_of(relaxed.states[k], i)
        stack += ({**pins, (k, i): option} for option in reversed(options))
    return Outcome(Verdict.FAIL, told.down, told.shortages) if sure else told
