"""How machines must share the work so that every stage can give what it is asked: exact cutting planes.

Unknowns are the outputs of the machines that draw for what they give. Every cut a stage fails on is an inequality in
them: what is asked beyond it, by loads and by machines in proportion, may not exceed what can pass it and what is
made beyond it, in the measure of the cut. The least common loading that satisfies all cuts found so far is the next
dispatch to try; if none does at full load, no dispatch exists, and the cuts prove it. All in fractions: nothing is
decided by rounding. What passes a pump that draws for it is an unknown like the output of a machine, and the pump is
held to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from math import lcm

from tierline.kernel.allowance import Allowance
from tierline.kernel.cuts import Cut
from tierline.kernel.live import Live
from tierline.kernel.plant import UNLIMITED, Plant, Rows
from tierline.kernel.simplex import least_last
from tierline.kernel.solve import Solver

ZERO, ONE = Fraction(0), Fraction(1)
Output = tuple[int, int]
"""(stage, number): the output of a source, or, counted on from the sources, what passes a measured vertex."""


class Spare(IntEnum):
    """Where room is left for rounding."""

    NONE = 0
    BROKEN = 1
    """Only in cuts with a ratio that is no whole number."""
    ALL = 2


@dataclass(frozen=True, slots=True)
class Inequality:
    """Sum of `terms` ≤ `bound`."""

    terms: tuple[tuple[Output, Fraction], ...]
    bound: Fraction

    def rounding(self, spare: Spare) -> Fraction:
        """What rounding all outputs and draws up to whole units may add."""
        asking = [factor for _, factor in self.terms if factor > 0]
        broken = any(factor.denominator > 1 for factor in asking)
        return sum((f + 1 for f in asking), ZERO) if spare is Spare.ALL or (spare and broken) else ZERO

    def row(self, columns: Mapping[Output, int], spare: Spare) -> tuple[int, ...]:
        """In whole numbers: the factor of each output, none of the common loading, and the bound."""
        bound = self.bound - self.rounding(spare)
        scale = lcm(bound.denominator, *(factor.denominator for _, factor in self.terms))
        row = [0] * (len(columns) + 1) + [bound.numerator * (scale // bound.denominator)]
        for output, factor in self.terms:
            row[columns[output]] = factor.numerator * (scale // factor.denominator)
        return tuple(row)


class Dispatch:
    """Collects the cuts of one state and proposes outputs."""

    def __init__(
        self,
        plant: Plant,
        solvers: Sequence[Solver],
        live: Live,
        most: Sequence[Allowance],
        fixed: Sequence[Sequence[Sequence[int]]],
    ) -> None:
        """`most`: what every source can give and every pump pass; `fixed`: what every sink asks whatever machines
        carry; by measure."""
        self._plant, self._solvers, self._most, self._fixed = plant, solvers, most, fixed
        drawing = [((c.stage, solvers[c.stage].place(c)), c) for c in plant.couplings if c.element not in live.down]
        self._outputs = sorted({output for output, _ in drawing})
        self._asks: dict[tuple[int, int, int], list[tuple[Output, Fraction]]] = {}
        for output, c in drawing:
            for measure, ratio in enumerate(c.ratios):
                self._asks.setdefault((c.to_stage, measure, c.to_sink), []).append((output, ratio))
        self._cuts: dict[Inequality, None] = {}
        self._tried: list[Mapping[Output, Fraction]] = []
        for stage in sorted({stage for stage, _ in self._outputs}):
            self._all_of(stage)

    def _add(self, stage: int, demands: Rows, cut: Cut) -> None:
        """Take a violated cut in."""
        net, spec = self._solvers[stage].network, self._plant.stages[stage]
        beyond = [i for i, s in enumerate(spec.sinks) if net.position[s.vertex] in cut.beyond]
        shared = sum(demands[cut.measure][i] for i in beyond) - cut.need
        pumped = [(len(spec.sources) + i, most) for i, most in cut.passes]
        self._keep(stage, cut.measure, beyond, cut.sources, cut.passing + shared, pumped)

    def _all_of(self, stage: int) -> None:
        """The machines of a stage together must make all that is asked there."""
        spec = self._plant.stages[stage]
        self._keep(stage, 0, range(len(spec.sinks)), range(len(spec.sources)), 0, ())

    def _keep(
        self,
        stage: int,
        measure: int,
        sinks: Iterable[int],
        sources: Iterable[int],
        passing: int,
        pumped: Iterable[tuple[int, int]],
    ) -> None:
        """asked beyond ≤ what passes + what is made beyond, with the outputs of machines as unknowns.

        Outputs are counted in the first measure; in any other a source gives up to its rating, whatever it gives in
        the first: a machine that can give both apart can give both together (the first never exceeds the second).
        """
        terms: dict[Output, Fraction] = {}
        bound = Fraction(passing)
        for sink in sinks:
            bound -= self._fixed[stage][measure][sink]
            for output, ratio in self._asks.get((stage, measure, sink), ()):
                terms[output] = terms.get(output, ZERO) + ratio
        unknown = set(self._outputs) if measure == 0 else set()
        for source in sources:
            if (stage, source) in unknown:
                terms[stage, source] = terms.get((stage, source), ZERO) - ONE
            else:
                bound += self._most[stage].caps[measure][source]
        for number, most in pumped:
            if (stage, number) in unknown:
                terms[stage, number] = terms.get((stage, number), ZERO) - ONE
                bound -= most
        self._cuts[Inequality(tuple(sorted((k, v) for k, v in terms.items() if v)), bound)] = None

    def propose(self) -> Iterator[Mapping[Output, Fraction]]:
        """Outputs that satisfy every cut and were not proposed before, the likeliest first.

        With room for rounding every output up to a whole unit; with room only where a ratio is no whole number, for
        whole outputs need none elsewhere; without it; and a corner, where outputs are whole numbers more often than
        between corners.
        """
        for spare, corner in ((Spare.ALL, False), (Spare.BROKEN, False), (Spare.NONE, False), (Spare.NONE, True)):
            found = self._solve(spare, corner)
            if found is not None and found not in self._tried:
                self._tried.append(found)
                yield found

    def impossible_with(self, cuts: Iterable[tuple[int, Rows, Cut]]) -> bool:
        """Take violated cuts in; whether no outputs satisfy all that are known: then there is no dispatch."""
        for cut in cuts:
            self._add(*cut)
        return self._solve(Spare.NONE, corner=True) is None

    def _solve(self, spare: Spare, corner: bool) -> Mapping[Output, Fraction] | None:
        """The outputs with the least common loading, or just a corner of what is possible; None if nothing is."""
        columns = {output: i for i, output in enumerate(self._outputs)}
        rows = [cut.row(columns, spare) for cut in self._cuts]
        for output, column in columns.items():
            cap = self._most[output[0]].row[output[1]]
            if cap < UNLIMITED:
                row = [0] * (len(columns) + 2)
                row[column] = 1
                row[-1 if corner else -2] = cap if corner else -cap
                rows.append(tuple(row))
        found = least_last(tuple(rows))
        if found is None or found[-1] > 1:
            return None
        return {output: found[column] for output, column in columns.items()}
