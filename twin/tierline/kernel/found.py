"""The state a removal is told in, element by element: what is energised, what hands did, what has one way left.

Promises: a pass is told in the point that was found. A failure is told in the state that needs the fewest hands for it
to be no worse than it is. Where no state was settled, only what holds in all of them is told, and the rest is unsure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tierline.kernel.judge import Judge
from tierline.kernel.live import NOTHING, Live

_Ends = list[tuple[frozenset[int], frozenset[int]]]
"""Per stage: the vertices that are dead, the nodes that are live."""


@dataclass(frozen=True, slots=True)
class Found:
    """What became of the elements of a plant."""

    energised: frozenset[int]
    """What a source reaches, in any medium."""
    unsure: frozenset[int] = NOTHING
    """What a source reaches only in states that were not settled."""
    single: frozenset[int] = NOTHING
    """What can take from several ways, and has one of them left."""
    closed: frozenset[int] = NOTHING
    """Normally open devices that hands closed, and machines normally off that they started."""
    off: frozenset[int] = NOTHING
    """Machines that hands stopped, and devices that they opened because others are closed."""
    moved: frozenset[int] = NOTHING
    """Selectors and loads that are not on their first position."""
    by_hand: frozenset[int] = NOTHING
    """What runs only because an operator does the work of its controls."""
    started: frozenset[int] = NOTHING
    """Machines on standby that carry something."""
    down: frozenset[int] = NOTHING
    """What is out of service, or without something it needs."""


def find_state(judge: Judge, kill: frozenset[int]) -> Found:
    """The state in which one kill list is told."""
    outcome = judge.judge(kill)
    if not outcome.states:
        return _between(judge, kill)
    if outcome.shortages:
        outcome = judge.least(kill, outcome)
    ends = [(state.dead, state.live) for state in outcome.states]
    return Found(
        _energised(judge, ends, kill | outcome.down),
        single=frozenset(_single(judge, ends)),
        closed=frozenset(outcome.closed),
        off=frozenset(outcome.off),
        moved=frozenset(element for element, _ in outcome.moved),
        by_hand=frozenset(outcome.by_hand),
        started=frozenset(outcome.started),
        down=kill | outcome.down,
    )


def _between(judge: Judge, kill: frozenset[int]) -> Found:
    """Energised is what is so with nobody's hand on anything; dead, what is so with every hand there is."""
    rest = judge.closure.close(kill, False, judge.plant.at_rest - kill)
    most = judge.closure.close(kill, True, NOTHING)
    sure = _energised(judge, _ends(rest), rest.down)
    perhaps = _energised(judge, _ends(most), most.down) - sure
    return Found(sure, perhaps, frozenset(_single(judge, _ends(most))), down=most.down)


def _ends(live: Live) -> _Ends:
    return list(zip(live.dead, live.nodes, strict=True))


def _energised(judge: Judge, ends: _Ends, down: frozenset[int]) -> frozenset[int]:
    """What is reached, and what stands in no network: only what it needs can stop that.

    A device that is open is reached from either side, and passes nothing on.
    """
    reached, standing = set[int](), set[int]()
    for stage, solver, (dead, live) in zip(judge.plant.stages, judge.solvers, ends, strict=True):
        if not stage.hours:
            places = list(zip(stage.element.tolist(), stage.also.tolist(), strict=True))
            standing.update(element for place in places for element in place)
            open_ones = frozenset(at for at in dead if not down.intersection(places[at]))
            for at in solver.network.energised(dead, live, open_ones):
                reached.update(places[at])
    alone = set(range(judge.plant.size)) - standing
    return frozenset((reached | alone) - {-1}) - down


def _single(judge: Judge, ends: _Ends) -> Iterator[int]:
    """What has one live way in, of several it was built with."""
    for stage, solver, (dead, live) in zip(judge.plant.stages, judge.solvers, ends, strict=True):
        links, names = solver.network.dead_parts(dead)[1], stage.element.tolist()
        for group in solver.groups if not stage.hours else ():
            if len(group.links) > 1 and len(solver.live_entries(group, links, live)) == 1:
                yield names[solver.network.nodes[group.node]]
