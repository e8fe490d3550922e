"""The verdict of the oracle: all that operators may do is tried, and every position of every selector and cord.

Promises: `judge` says `automatic` if the plant carries everything with no hand on anything, `re-switched` if
something that operators may do does, `fail` if nothing does, and `unknown` if a missing number decides, or a sharing
that nothing controls. `sweep` judges every removable element. Nothing is pruned except by two arguments: what no
splitting of flows can carry, no position can; and what fails although nothing draws for itself, fails with less in
service.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from oracle.closure import State, joints_needed, settle
from oracle.flow import LAYERS, Dispatch, Position
from oracle.hands import Hands, stoppable
from oracle.raw import carrying
from oracle.sharing import breaking, natural
from oracle.world import Guess, World, is_consumer
from oracle.zones import kill_set, removable
from tierline.twin.model import Feed, Mode, Twin

AUTOMATIC, RE_SWITCHED, FAIL, UNKNOWN = "automatic", "re-switched", "fail", "unknown"
CONTROLS = ("controller", "panel", "sensor", "epo", "release", "dc-supply")
"""Kinds whose supply has to be live; where they draw nothing, its position decides nothing."""


def sweep(twin: Twin, *, rated: bool = False) -> dict[str, str]:
    """Element → verdict of its removal; `rated`: below Tier III, where sets of limited hours give their rating."""
    world = World(carrying(twin))
    hands = Hands(world)
    known: dict[frozenset[str], str] = {}
    verdicts: dict[str, str] = {}
    for element in removable(twin):
        kill = world.lines.widened(kill_set(twin, element))
        if kill not in known:
            known[kill] = _judge(world, hands, kill, rated)
        verdicts[element] = known[kill]
    return verdicts


def base(twin: Twin, *, rated: bool = False) -> str:
    """The verdict with everything in service."""
    return judge(twin, (), rated=rated)


def judge(twin: Twin, kill: Iterable[str], *, rated: bool = False, loose: bool = False) -> str:
    """The verdict with these elements out; `loose`: with W and VA of loads that split read as the law reads them."""
    world = World(carrying(twin))
    return _judge(world, Hands(world), frozenset(kill), rated, loose)


def _judge(world: World, hands: Hands, kill: frozenset[str], rated: bool, loose: bool = False) -> str:
    """Once with every missing number against the plant, and, if any was missing, once in its favour.

    What hands make right in the worse reading they make right in the better one.
    """
    harsh = Guess(high=False, rated=rated, loose=loose)
    worst = _verdict(world, hands, kill, harsh)
    if worst == RE_SWITCHED or not (harsh.asked or loose):
        return worst
    kind = replace(harsh, high=True)
    if worst == AUTOMATIC and _alone(world, kill, harsh) == _alone(world, kill, kind):
        return AUTOMATIC
    best = _verdict(world, hands, kill, kind)
    if worst == best:
        return worst
    return UNKNOWN if {FAIL, UNKNOWN} & {worst, best} else RE_SWITCHED


def _alone(world: World, kill: frozenset[str], guess: Guess) -> State:
    return settle(world, kill, hand=False, guess=guess)


def _verdict(world: World, hands: Hands, kill: frozenset[str], guess: Guess) -> str:
    alone = _alone(world, kill, guess)
    if _all_served(world, alone):
        position = {n: _automatic(feed, live) for n, feed, live in _switched(world, alone)}
        dispatch = Dispatch(world, alone, hand=False, guess=guess)
        natural(dispatch)
        if dispatch.fits(position):
            return AUTOMATIC
    tries = _Tries(world, hands, guess)
    if tries.some(kill):
        return RE_SWITCHED
    if not tries.held or not _Tries(world, hands, guess, natural_only=False).some(kill):
        return FAIL
    ties = breaking(Dispatch(world, settle(world, kill, hand=True, guess=guess), hand=True, guess=guess))
    some_open = (c for n in range(1, len(ties) + 1) for c in itertools.combinations(ties, n))
    return RE_SWITCHED if any(tries.some(kill.union(left)) for left in some_open) else UNKNOWN


Choices = list[tuple[int, list[tuple[int, ...]]]]


class _Tries:
    """All that operators may do after one removal, tried."""

    def __init__(self, world: World, hands: Hands, guess: Guess, *, natural_only: bool = True) -> None:
        """`natural_only` False: as if sharing could be controlled everywhere."""
        self.world, self.hands, self.guess, self.natural_only = world, hands, guess, natural_only
        self.held = False
        """Whether any sharing had to be natural."""
        self._settled: dict[frozenset[str], State] = {}

    def _state(self, out: frozenset[str]) -> State:
        if out not in self._settled:
            self._settled[out] = settle(self.world, out, hand=True, guess=self.guess)
        return self._settled[out]

    def some(self, kill: frozenset[str]) -> bool:
        """Does any choice of what is left open or off?"""
        if not self._may(kill):
            return False
        hopeless: list[frozenset[str]] = []
        for out in self.hands.choices(kill):
            if any(known <= out for known in hopeless) or not self.hands.interlocked(out):
                continue
            helped = self._state(out)
            if not self._apart(helped, {}):
                continue
            if out != kill and not self._may(out):
                hopeless.append(out)
                continue
            before, self.held = self.held, False
            if self._does(out, helped):
                return True
            if not self.held and self.hands.apart_anyhow(out):  # to leave more open would only help to open a loop
                hopeless.append(out)
            self.held |= before
        return False

    def _may(self, out: frozenset[str]) -> bool:
        """Would it do if nothing drew for itself, with all selectors free? If not, it does not with less on either."""
        helped = self._state(out)
        if not _all_served(self.world, helped):
            return False
        return Dispatch(self.world, helped, hand=True, guess=self.guess, standing=False).fits({})

    def _does(self, out: frozenset[str], helped: State) -> bool:
        """Does it, with something stopped or nothing?"""
        drawing = stoppable(self.world, helped)
        every = (c for n in range(len(drawing) + 1) for c in itertools.combinations(drawing, n))
        return any(self._in_some_position(out.union(stopped)) for stopped in every)

    def _in_some_position(self, out: frozenset[str]) -> bool:
        """Does any position of selectors and cords?"""
        helped = self._state(out)
        if not _all_served(self.world, helped):
            return False
        dispatch = Dispatch(self.world, helped, hand=True, guess=self.guess)
        if self.natural_only:
            self.held |= natural(dispatch)
        return dispatch.fits({}) and self._further(dispatch, {}, list(_choices_of(self.world, helped)))

    def _further(self, dispatch: Dispatch, chosen: Position, rest: Choices) -> bool:
        """Every position of the first feed, then of the next; a start that fails with the rest free, or that joins
        systems whatever the rest does, is not gone on with."""
        if not rest:
            return True
        (number, choices), *others = rest
        for choice in choices:
            more = {**chosen, number: choice}
            if self._apart(dispatch.state, more) and dispatch.fits(more) and self._further(dispatch, more, others):
                return True
        return False

    def _apart(self, state: State, chosen: Position) -> bool:
        """Do systems stay apart so far? A selector without a position stands nowhere yet."""
        return self.hands.apart(state, {number: chosen.get(number, ()) for number in range(len(self.world.twin.feeds))})


def _all_served(world: World, state: State) -> bool:
    """Every rack has enough live cords, every load a live input."""
    return all(e.id in state.up for e in world.twin.elements.values() if is_consumer(e))


def _switched(world: World, state: State) -> Iterator[tuple[int, Feed, list[int]]]:
    """Feeds with a position in a medium that flows, and their live joints in preference order."""
    flowing = {layer.medium for layer in LAYERS}
    for number, feed in enumerate(world.twin.feeds):
        element = world.twin.elements[feed.element]
        if feed.mode == Mode.JOINED or element.text("sharing") == "divisible":
            continue
        if feed.medium not in flowing or element.id not in state.up:
            continue
        if element.kind in CONTROLS and element.quantity("draw") is None:
            continue
        live = [j for j in feed.joints if (world.twin.joints[j].a, feed.medium) in state.live]
        yield number, feed, live


def _automatic(feed: Feed, live: list[int]) -> tuple[int, ...]:
    return tuple(live) if feed.mode == Mode.SHARE else tuple(live[:1])


def _choices(world: World, feed: Feed, live: list[int]) -> list[tuple[int, ...]]:
    """A selector stands on one live input; of the live cords any may be on, but not fewer than are needed."""
    if feed.mode == Mode.SELECT:
        return [(j,) for j in live] or [()]
    least = joints_needed(world.twin.elements[feed.element], feed)
    return [c for n in range(len(live), least - 1, -1) for c in itertools.combinations(live, n)]


def _choices_of(world: World, state: State) -> Iterator[tuple[int, list[tuple[int, ...]]]]:
    for number, feed, live in _switched(world, state):
        yield number, _choices(world, feed, live)
