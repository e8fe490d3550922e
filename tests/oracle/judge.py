"""The verdict of the oracle: every position of every selector and cord is tried.

Promises: `judge` says `automatic` if the plant carries everything with no hand on anything, `re-switched` if
some position of the operators does, `fail` if none does, and `unknown` if a missing number decides. `sweep`
judges every removable element. Nothing is pruned except by one argument: what no splitting of flows can
carry, no position can.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from oracle import ratings
from oracle.closure import State, joints_needed, settle
from oracle.flow import LAYERS, Position, feasible
from oracle.world import Guess, World, is_consumer
from oracle.zones import kill_set, removable
from tierline.twin.model import Element, Feed, Mode, Twin

AUTOMATIC, RE_SWITCHED, FAIL, UNKNOWN = "automatic", "re-switched", "fail", "unknown"
CONTROLS = ("controller", "panel", "sensor", "epo", "release", "dc-supply")
"""Kinds whose supply has to be live; where they draw nothing, its position decides nothing."""


def sweep(twin: Twin) -> dict[str, str]:
    """Element → verdict of its removal."""
    world = World(twin)
    known: dict[frozenset[str], str] = {}
    verdicts: dict[str, str] = {}
    for element in removable(twin):
        kill = kill_set(twin, element)
        if kill not in known:
            known[kill] = _judge(world, kill)
        verdicts[element] = known[kill]
    return verdicts


def base(twin: Twin) -> str:
    """The verdict with everything in service."""
    return judge(twin, ())


def judge(twin: Twin, kill: Iterable[str], *, stopping: bool = True) -> str:
    """The verdict with these elements out; `stopping` False: where nothing is stopped to save its own draw."""
    return _judge(World(twin), frozenset(kill), stopping)


def _judge(world: World, kill: frozenset[str], stopping: bool = True) -> str:
    """Once with every missing number against the plant, and, if any was missing, once in its favour."""
    harsh = Guess(high=False)
    worst = _verdict(world, kill, harsh, stopping)
    best = _verdict(world, kill, Guess(high=True), stopping) if harsh.asked else worst
    if worst == best:
        return worst
    return UNKNOWN if FAIL in (worst, best) else RE_SWITCHED


def _verdict(world: World, kill: frozenset[str], guess: Guess, stopping: bool) -> str:
    alone = settle(world, kill, hand=False, guess=guess)
    if _all_served(world, alone):
        position = {n: _automatic(feed, live) for n, feed, live in _switched(world, alone)}
        if feasible(world, alone, position, hand=False, guess=guess):
            return AUTOMATIC
    helped = settle(world, kill, hand=True, guess=guess)
    if not _all_served(world, helped) or not feasible(world, helped, {}, hand=True, guess=guess, standing=False):
        return FAIL
    drawing = sorted(e for e in helped.up if _stops(world, world.twin.elements[e]))
    for count in range(len(drawing) + 1 if stopping else 1):
        for stopped in itertools.combinations(drawing, count):
            if _by_hand(world, kill | set(stopped), guess):
                return RE_SWITCHED
    return FAIL


def _by_hand(world: World, kill: frozenset[str], guess: Guess) -> bool:
    """Does any position of the operators do?"""
    helped = settle(world, kill, hand=True, guess=guess)
    if not _all_served(world, helped) or not feasible(world, helped, {}, hand=True, guess=guess):
        return False
    return _some_position(world, helped, {}, list(_choices_of(world, helped)), guess)


Choices = list[tuple[int, list[tuple[int, ...]]]]


def _some_position(world: World, state: State, chosen: Position, rest: Choices, guess: Guess) -> bool:
    """Every position of the first feed, then of the next; a start that fails with the rest free is not gone on with."""
    if not rest:
        return feasible(world, state, chosen, hand=True, guess=guess)
    (number, choices), *others = rest
    for choice in choices:
        more = {**chosen, number: choice}
        fits = not others or feasible(world, state, more, hand=True, guess=guess)
        if fits and _some_position(world, state, more, others, guess):
            return True
    return False


def _stops(world: World, element: Element) -> bool:
    """May operators stop it to save its own draw (M3)?"""
    return not is_consumer(element) and ratings.standing_draw(world, element) > 0


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
