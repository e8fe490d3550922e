"""What the machines of a state may give and pass: all they can, or less, so that what they draw can be given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tierline.kernel.live import Live
from tierline.kernel.plant import Plant, Row, Rows
from tierline.kernel.solve import Flow, Solver


@dataclass(frozen=True, slots=True)
class Allowance:
    """The allowance of one stage."""

    caps: Rows
    """Of its sources, by measure."""
    lets: Row
    """Of the vertices that draw for what passes them, in the first measure."""

    @property
    def row(self) -> Row:
        """What is held in the first measure: of the sources, and, counted on from them, of the measured vertices."""
        return (*self.caps[0], *self.lets)

    def with_row(self, row: Sequence[int]) -> Allowance:
        """The same with another first measure."""
        count = len(self.caps[0])
        return Allowance((tuple(row[:count]), *self.caps[1:]), tuple(row[count:]))


class Full:
    """All that what runs can give and pass. A stage is worked out once for each set of its machines that is down."""

    def __init__(self, plant: Plant, solvers: Sequence[Solver]) -> None:
        self._plant, self._solvers = plant, solvers
        self._makers = [frozenset(source.element for source in stage.sources) for stage in plant.stages]
        self._known: dict[tuple[int, frozenset[int], bool], Allowance] = {}

    def of(self, live: Live, resting: bool = False) -> list[Allowance]:
        """Of every stage; nothing from what stands by if it rests."""
        return [self._of(k, makers & live.down, resting) for k, makers in enumerate(self._makers)]

    def _of(self, k: int, down: frozenset[int], resting: bool) -> Allowance:
        found = self._known.get((k, down, resting))
        if found is None:
            stage = self._plant.stages[k]
            caps = tuple(
                tuple(0 if s.element in down or (resting and s.standby) else s.caps[m] for s in stage.sources)
                for m in range(len(stage.caps))
            )
            found = self._known[k, down, resting] = Allowance(caps, self._solvers[k].full)
        return found


def asked(most: Sequence[Allowance], outputs: Mapping[tuple[int, int], Fraction]) -> list[Allowance]:
    """Sources and pumps held to the outputs proposed, rounded up."""
    found = []
    for k, stage in enumerate(most):
        held = [
            min(cap, -(-x.numerator // x.denominator)) if (x := outputs.get((k, i))) is not None else cap
            for i, cap in enumerate(stage.row)
        ]
        found.append(stage.with_row(held))
    return found


def eased(
    plant: Plant,
    solvers: Sequence[Solver],
    now: Sequence[Allowance],
    demands: Sequence[Rows],
    flows: Sequence[Flow],
    live: Live,
) -> list[Allowance] | None:
    """What drew too much is asked to carry only what it can be given; None if nothing can be asked."""
    rows = [list(one.row) for one in now]
    for c in plant.couplings:
        flow = flows[c.to_stage]
        if flow.feasible or c.back or c.element in live.down:
            continue
        place, carried, m = solvers[c.stage].place(c), flows[c.stage].carried(c), flow.measure
        wanted, served = demands[c.to_stage][m][c.to_sink], flow.served[c.to_sink]
        if served < wanted and carried and c.ratios[m]:
            others = wanted - c.drawn(carried, m)
            less = int(max(0, served - others) / c.ratios[m])
            rows[c.stage][place] = min(rows[c.stage][place], less)
    found = [one.with_row(row) for one, row in zip(now, rows, strict=True)]
    return None if found == list(now) else found
