"""The verdict of the oracle: all that operators may do is tried, and every position of every selector and cord.

Promises: `judge` says `automatic` if the plant carries everything with no hand on anything, `re-switched` if
something that operators may do does, `fail` if nothing does, and `unknown` if a missing number decides. `sweep`
judges every removable element. Nothing is pruned except by two arguments: what no splitting of flows can carry, no
position can; and what fails although nothing draws for itself, fails with less in service.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from oracle.closure import State, joints_needed, settle
from oracle.flow import LAYERS, Dispatch, Position
from oracle.hands import Hands, stoppable
from oracle.lines import lines_of, widened
from oracle.raw import carrying
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
    lines = lines_of(world)
    known: dict[frozenset[str], str] = {}
    verdicts: dict[str, str] = {}
    for element in removable(twin):
        kill = widened(kill_set(twin, element), lines)
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
    """Once with every missing number against the plant, and, if any was missing, once in its favour."""
    harsh = Guess(high=False, rated=rated, loose=loose)
    worst = _verdict(world, hands, kill, harsh)
    best = worst if not (harsh.asked or loose) else _verdict(world, hands, kill, replace(harsh, high=True))
    if worst == best:
        return worst
    return UNKNOWN if FAIL in (worst, best) else RE_SWITCHED


def _verdict(world: World, hands: Hands, kill: frozenset[str], guess: Guess) -> str:
    alone = settle(world, kill, hand=False, guess=guess)
    if _all_served(world, alone):
        position = {n: _automatic(feed, live) for n, feed, live in _switched(world, alone)}
        if Dispatch(world, alone, hand=False, guess=guess).fits(position):
            return AUTOMATIC

    def may(out: frozenset[str]) -> bool:
        """Would it do if nothing drew for itself, and all was on wherever it helps?"""
        helped = settle(world, out, hand=True, guess=guess)
        return _all_served(world, helped) and Dispatch(world, helped, hand=True, guess=guess, standing=False).fits({})

    def does(out: frozenset[str]) -> bool:
        """Does it, with something stopped or nothing?"""
        drawing = stoppable(world, settle(world, out, hand=True, guess=guess))
        every = (c for n in range(len(drawing) + 1) for c in itertools.combinations(drawing, n))
        return any(_by_hand(world, hands, out.union(stopped), guess) for stopped in every)

    return RE_SWITCHED if hands.some(kill, may, does) else FAIL


def _by_hand(world: World, hands: Hands, out: frozenset[str], guess: Guess) -> bool:
    """Does any position of the operators do?"""
    helped = settle(world, out, hand=True, guess=guess)
    if not _all_served(world, helped):
        return False
    dispatch = Dispatch(world, helped, hand=True, guess=guess)
    return dispatch.fits({}) and _some_position(dispatch, hands, {}, list(_choices_of(world, helped)))


Choices = list[tuple[int, list[tuple[int, ...]]]]


def _some_position(dispatch: Dispatch, hands: Hands, chosen: Position, rest: Choices) -> bool:
    """Every position of the first feed, then of the next; a start that fails with the rest free is not gone on with."""
    if not rest:
        return hands.apart(dispatch.state, chosen) and dispatch.fits(chosen)
    (number, choices), *others = rest
    for choice in choices:
        more = {**chosen, number: choice}
        fits = not others or dispatch.fits(more)
        if fits and _some_position(dispatch, hands, more, others):
            return True
    return False


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
