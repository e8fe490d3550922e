"""What operators may do beyond positions: close ties, stop what draws, part UPS systems; an exact search.

Everything that is normally open is closed first, and everything draws: that is the most that may be asked and the
most that can be given. Where that fails, something may be stopped to save its own draw. Where it passes with what may
not be closed together, one of those is opened, or one of the UPS systems is switched off. Each of these is a branch. A
branch that fails even if all that may still be stopped drew nothing is proven to fail.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from tierline.kernel.joined import Joined
from tierline.kernel.live import NOTHING, Closure, Live
from tierline.kernel.outcome import Outcome, Verdict
from tierline.kernel.plant import Plant
from tierline.kernel.solve import Solver

NODES = 200
"""Branches looked at before the answer is unknown."""


class Judged(Protocol):
    """The best that positions can do in a state; what `free` draws for itself is not counted."""

    def __call__(self, live: Live, free: frozenset[int] = NOTHING) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Clash:
    """Something that may not be: what would part it, any one of `ways`."""

    ways: tuple[frozenset[int], ...]
    """Elements to open or to stop."""
    complete: bool
    """Whether there is no other way to part it."""
    devices: tuple[int, ...]
    """The devices closed together, to be told."""


@dataclass(frozen=True, slots=True)
class _Branch:
    """What is open or stopped, and what is closed or running for good."""

    off: frozenset[int]
    on: frozenset[int]


class Hands:
    """Searches what operators of one plant may do."""

    def __init__(self, plant: Plant, solvers: Sequence[Solver], closure: Closure, judged: Judged) -> None:
        self.plant, self.closure, self._judged = plant, closure, judged
        self._draws: dict[int, int] = {}
        """Element → what it draws for itself, over all measures; it may be stopped."""
        for sink in (sink for stage in plant.stages for sink in stage.sinks if not sink.load):
            if any(sink.demands):
                self._draws[sink.element] = self._draws.get(sink.element, 0) + sum(sink.demands)
        held = {member for need in plant.dependencies for member in need.members}
        gives = {s.element for stage in plant.stages for s in stage.sources}
        self._useless = frozenset(self._draws) - held.union(gives, *closure.givers)
        self._members = frozenset(device for members, _ in plant.interlocks for device in members)
        self._joined = Joined(plant, solvers, closure)

    def search(self, kill: frozenset[int]) -> Outcome:
        """The verdict on one kill list with operators at work, and what they do."""
        stack = [_Branch(NOTHING, NOTHING)]
        told = Outcome(Verdict.UNKNOWN, kill)
        barred: tuple[int, ...] = ()
        sure = True
        for _ in range(NODES):
            if not stack:
                break
            branch = stack.pop()
            live = self.closure.close(kill, True, branch.off)
            found = self._judged(live)
            if found.passes:
                clash = self._clash(live, found, kill, branch.off)
                if clash is None:
                    return self._calm(kill, branch.off, found, live)
                barred, sure = barred or clash.devices, sure and clash.complete
                stack += reversed([*self._parted(branch, clash)])
                continue
            if not told.shortages or (barred and found.shortages and _lacking(found) < _lacking(told)):
                told = found
            spare = frozenset(self._draws) - kill - branch.off - branch.on - live.down
            if spare and self._judged(live, spare).verdict is not Verdict.FAIL:
                stack += reversed([*self._stopped(branch, spare)])
            else:
                sure = sure and (bool(spare) or found.verdict is Verdict.FAIL)
        verdict = Verdict.FAIL if sure and not stack else Verdict.UNKNOWN
        states = told.states if verdict is told.verdict else ()
        return replace(told, verdict=verdict, states=states, barred=barred)

    @staticmethod
    def _parted(branch: _Branch, clash: Clash) -> Iterator[_Branch]:
        """Each way of parting what may not be joined; what was opened in an earlier branch stays closed in the next."""
        on = branch.on
        for way in clash.ways:
            if not way & on:
                yield _Branch(branch.off | way, on)
                on |= way if len(way) == 1 else NOTHING

    def _stopped(self, branch: _Branch, spare: frozenset[int]) -> Iterator[_Branch]:
        """With one more machine stopped, and with it running for good; the second only if it is of any use."""
        chosen = max(spare, key=lambda e: (e in self._useless, self._draws[e], -e))
        yield _Branch(branch.off | {chosen}, branch.on)
        if chosen not in self._useless:
            yield _Branch(branch.off, branch.on | {chosen})

    def _clash(self, live: Live, found: Outcome, kill: frozenset[int], off: frozenset[int]) -> Clash | None:
        """The first interlock that is broken, or two UPS systems that are joined; None if there is neither."""
        for members, most in self.plant.interlocks:
            closed = sorted(members - kill - off)
            if len(closed) > most:
                return Clash(tuple(frozenset({device}) for device in closed), True, tuple(closed))
        path = self._joined.path(live, found.flows)
        if path is None:
            return None
        openable = sorted(path.elements & (self.plant.at_rest | self._members))
        ways = [frozenset({device}) for device in openable]
        return Clash((*ways, *path.systems), not path.switched, tuple(openable))

    def _calm(self, kill: frozenset[int], off: frozenset[int], found: Outcome, live: Live) -> Outcome:
        """The same pass with as few hands as can be: ties left open, machines left running, one after the other."""
        ties = self.plant.at_rest - kill
        for one in sorted(ties | off):
            other = off ^ {one} if one not in ties else off | {one}
            if other == off:
                continue
            calmer = self.closure.close(kill, True, other)
            again = self._judged(calmer)
            if again.passes and again.verdict <= found.verdict and self._clash(calmer, again, kill, other) is None:
                live, found, off = calmer, again, other
        hands, closed, stopped = (tuple(sorted(one)) for one in (live.by_hand, ties - off, off - ties))
        touched = hands or closed or stopped or found.moved  # else the machines found it by sharing the work alone
        verdict = max(found.verdict, Verdict.SWITCHED) if touched else found.verdict
        return replace(found, verdict=verdict, by_hand=hands, closed=closed, off=stopped)

    def least(self, kill: frozenset[int], told: Outcome) -> Outcome:
        """A failure in a state that needs as few hands as can be for it to be no worse than it is told."""
        ties, rests = self.plant.at_rest - kill, self.closure.resting([state.dead for state in told.states])
        off = (rests & (ties | self._draws.keys() | self._members)) - told.down - kill - self.plant.dark
        found, live, groups = told, None, [sorted(ties - off)]
        while groups:
            group = groups.pop()
            calmer = self.closure.close(kill, True, off | frozenset(group))
            again = self._judged(calmer)
            if again.states and again.shortages and _lacking(again) <= _lacking(told):
                found, live, off = again, calmer, off | frozenset(group)
            elif len(group) > 1:
                half = len(group) // 2
                groups += [group[half:], group[:half]]
        live = live or self.closure.close(kill, True, off)
        hands, closed, stopped = (tuple(sorted(one)) for one in (live.by_hand, ties - off, off - ties))
        return replace(found, by_hand=hands, closed=closed, off=stopped)


def _lacking(outcome: Outcome) -> tuple[int, int]:
    """How far an outcome is from a pass: loads that get nothing, then what is short."""
    return sum(len(s.lost) for s in outcome.shortages), sum(s.need - s.have for s in outcome.shortages)
