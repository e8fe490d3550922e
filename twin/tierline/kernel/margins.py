"""How much more a passing state could carry, and what would limit it first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from tierline.kernel.cuts import Asked, Cut, cut
from tierline.kernel.plant import Row, Share
from tierline.kernel.positions import Choice
from tierline.kernel.solve import Solver, State

ASCENTS = 16
"""How often a better position is looked for when a margin is told."""


def best_margin(
    solver: Solver, state: State, choices: Mapping[int, Choice], ceiling: Fraction
) -> Cut | None:
    """The tightest cut in the best positions there are: a position found is left while a better one is."""
    found = margin(solver, state, choices, ceiling)
    for _ in range(ASCENTS):
        if found is None or not solver.groups:
            return found
        more = Fraction(found.have, found.need)
        grown = tuple(
            tuple(-(-d * more.numerator // more.denominator) + 1 if d else 0 for d in row) for row in state.demands
        )
        better = solver.flow(replace(state, demands=grown), True)
        if not better.feasible:
            return found
        found = margin(solver, state, better.choices, ceiling)
    return found


def margin(
    solver: Solver, state: State, choices: Mapping[int, Choice], ceiling: Fraction
) -> Cut | None:
    """The tightest cut if every demand of the stage grew alike; None if `ceiling` times all of it still fits."""
    found = None
    for measure, (demands, caps) in enumerate(zip(state.demands, state.caps, strict=True)):
        tighter = _of_measure(solver, Asked(state.dead, demands, caps, choices, measure), ceiling)
        if tighter is not None:
            found, ceiling = tighter, Fraction(tighter.have, tighter.need)
    return found


def _of_measure(solver: Solver, asked: Asked, ceiling: Fraction) -> Cut | None:
    net, demands, choices = solver.network, asked.demands, asked.choices
    if not sum(demands):
        return None
    found = _weakest_cord(solver, demands, choices, asked.measure)
    grow = ceiling
    if found is not None and Fraction(found.have, found.need) < ceiling:
        grow = Fraction(found.have, found.need)
    else:
        found = None
    scale = solver.scale(choices, demands)
    while True:
        cap = solver.capacities(asked.dead, demands, asked.caps, choices, grow, asked.measure, scale=scale)
        wanted = solver.asked(cap)
        if net.graph.run(cap, net.origin, net.target) == wanted:
            return found
        limit = cut(solver, cap, replace(asked, grow=grow))
        if solver.stage.hours:
            limit = replace(limit, have=limit.have - limit.passing, need=limit.need - limit.passing)
        if limit.need <= 0 or Fraction(limit.have, limit.need) >= grow:
            return found
        found, grow = limit, Fraction(limit.have, limit.need)


def _weakest_cord(solver: Solver, demands: Row, choices: Mapping[int, Choice], measure: int) -> Cut | None:
    """The cord that would first be overloaded if every rack drew more."""
    found: Cut | None = None
    caps = solver.network.caps[measure]
    for i, on in choices.items():
        group = solver.groups[i]
        part = solver.part(group, on, demands) if group.share is Share.EQUAL else 0
        for link in on if part else ():
            have = solver.network.links[link].caps[measure]
            if found is None or have * found.need < found.have * part:
                inside = solver.network.links[link].inside
                blamed = min(inside, key=lambda v: caps[v]) if inside else 0
                found = Cut(have, part, (blamed,), frozenset(), measure=measure)
    return found
