"""How much more a passing state could carry, and what would limit it first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from tierline.kernel.plant import Share
from tierline.kernel.positions import Choice
from tierline.kernel.solve import Cut, Solver

ASCENTS = 16
"""How often a better position is looked for when a margin is told."""


def best_margin(
    solver: Solver,
    dead: frozenset[int],
    live: frozenset[int],
    demands: Sequence[int],
    caps: Sequence[int],
    choices: Mapping[int, Choice],
    ceiling: Fraction,
) -> Cut | None:
    """The tightest cut in the best positions there are: a position found is left while a better one is."""
    found = margin(solver, dead, demands, caps, choices, ceiling)
    for _ in range(ASCENTS):
        if found is None or not solver.groups:
            return found
        more = Fraction(found.have, found.need)
        grown = [-(-d * more.numerator // more.denominator) + 1 if d else 0 for d in demands]
        better = solver.flow(dead, live, grown, caps, True)
        if not better.feasible:
            return found
        found = margin(solver, dead, demands, caps, better.choices, ceiling)
    return found


def margin(
    solver: Solver,
    dead: frozenset[int],
    demands: Sequence[int],
    caps: Sequence[int],
    choices: Mapping[int, Choice],
    ceiling: Fraction,
) -> Cut | None:
    """The tightest cut if every demand of the stage grew alike; None if `ceiling` times all of it still fits."""
    net = solver.network
    if not sum(demands):
        return None
    found = _weakest_cord(solver, demands, choices)
    grow = ceiling
    if found is not None and Fraction(found.have, found.need) < ceiling:
        grow = Fraction(found.have, found.need)
    else:
        found = None
    while True:
        cap = solver.capacities(dead, demands, caps, choices, grow)
        asked = solver.asked(cap)
        if net.graph.run(cap, net.origin, net.target) == asked:
            return found
        cut = solver.cut(cap, demands, caps, dead, choices, grow)
        if solver.stage.hours:
            cut = replace(cut, have=cut.have - cut.passing, need=cut.need - cut.passing)
        if cut.need <= 0 or Fraction(cut.have, cut.need) >= grow:
            return found
        found, grow = cut, Fraction(cut.have, cut.need)


def _weakest_cord(solver: Solver, demands: Sequence[int], choices: Mapping[int, Choice]) -> Cut | None:
    """The cord that would first be overloaded if every rack drew more."""
    found: Cut | None = None
    for i, on in choices.items():
        group = solver.groups[i]
        part = solver.part(group, on, demands) if group.share is Share.EQUAL else 0
        for link in on if part else ():
            have = solver.network.links[link].cap
            if found is None or have * found.need < found.have * part:
                inside = solver.network.links[link].inside
                blamed = min(inside, key=lambda v: solver.network.cap[v]) if inside else 0
                found = Cut(have, part, (blamed,), frozenset())
    return found
