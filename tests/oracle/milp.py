"""The second oracle: the whole question of one removal as one mixed-integer programme.

Which machines run, which ties are closed, which input is selected, which cords are on, what flows in every medium: all
are columns of one programme, and HiGHS either finds a point or proves that there is none. Promises: the four answers
mean what they mean in `oracle.judge`, and come by another road: no enumeration, no fixpoint, no search of ours.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from oracle.milp_flow import Carrying
from oracle.milp_hands import Apart, Systems, interlocked
from oracle.milp_life import Life
from oracle.milp_nature import Nature
from oracle.milp_net import Net
from oracle.milp_rows import Programme, Terms, total
from oracle.milp_sharing import Sharing
from oracle.raw import carrying
from oracle.world import Guess, World
from tierline.twin.kinds import KINDS, Class
from tierline.twin.model import Mode, Twin

AUTOMATIC, RE_SWITCHED, FAIL, UNKNOWN = "automatic", "re-switched", "fail", "unknown"


def sweep(twin: Twin, *, rated: bool = False) -> dict[str, str]:
    """Element → verdict of its removal; removals that leave the same in service are one question."""
    question = Question(twin, rated)
    known: dict[object, str] = {}
    found = {}
    for element in twin.elements.values():
        if element.removable and not question.net.ends(element.id):
            kill = question.net.out_with(element.id)
            left = question.net.left(kill)
            if left not in known:
                known[left] = question.judge(kill)
            found[element.id] = known[left]
    return found


def judge(twin: Twin, kill: Iterable[str], *, rated: bool = False) -> str:
    """The verdict with these elements out; `rated`: sets of limited hours give their rating."""
    return Question(twin, rated).judge(frozenset(kill))


class Question:
    """All that is asked of one twin."""

    def __init__(self, twin: Twin, rated: bool) -> None:
        self.net, self.world, self.rated = Net(twin), World(carrying(twin)), rated
        self.systems = Systems(self.net)

    def judge(self, kill: frozenset[str]) -> str:
        """Every missing number once against the plant and once for it."""
        harsh = Guess(high=False, rated=self.rated)
        worst = self._answer(kill, harsh)
        best = self._answer(kill, Guess(high=True, rated=self.rated)) if harsh.asked else worst
        if worst == best:
            return worst
        return UNKNOWN if {FAIL, UNKNOWN} & {worst, best} else RE_SWITCHED

    def _answer(self, kill: frozenset[str], guess: Guess) -> str:
        """What passes only with a sharing that nothing controls is unknown."""
        if self._automatic(kill, guess):
            return AUTOMATIC
        loose = self._by_hand(kill, guess, held=False)
        if loose is None:
            return FAIL
        if not Sharing(loose, loose.up).any_loop():
            return RE_SWITCHED
        ties = Sharing(loose, self._standing(kill, guess)).open_ones()
        some_open = (c for n in range(len(ties) + 1) for c in itertools.combinations(ties, n))
        held = (self._by_hand(kill.union(left), guess, held=True) for left in some_open)
        return RE_SWITCHED if any(life is not None for life in held) else UNKNOWN

    def _by_hand(self, kill: frozenset[str], guess: Guess, *, held: bool) -> Life | None:
        """The state, if operators can find one; `held`: with natural sharing."""
        life = self._state(kill, guess, hand=True)
        interlocked(life)
        if self.systems.joinable:
            Apart(life, self.systems, self.world)
        standing = self._standing(kill, guess) if held else None
        return life if self._carried(life, guess, standing) else None

    def _standing(self, kill: frozenset[str], guess: Guess) -> set[str]:
        """All that is in service and closed once operators have closed what they can."""
        life = self._state(kill, guess, hand=True)
        most = life.programme.solve(total(*life.up.values()))
        return set() if most is None else {name for name, column in life.up.items() if _is(column, most)}

    def _state(self, kill: frozenset[str], guess: Guess, *, hand: bool) -> Life:
        return Life(self.net, Nature(self.net.twin, guess), kill, hand=hand, programme=Programme())

    def _carried(self, life: Life, guess: Guess, standing: set[str] | None) -> bool:
        """Is there a point in which every load is up and has what it asks for, loops between what stands held?"""
        if not _served(life):
            return False
        carrying = Carrying(life, self.world, guess)
        if standing is not None:
            Sharing(life, standing).hold(carrying)
        return life.programme.solve() is not None

    def _automatic(self, kill: frozenset[str], guess: Guess) -> bool:
        """First the state in which all runs that can, for there is one that holds every other; then its flows.

        In it every selector stands on its first live input and every live cord is on.
        """
        life = self._state(kill, guess, hand=False)
        most = life.programme.solve(total(*life.up.values(), *life.live.values()))
        if most is None:
            return False
        for column in {**life.up, **life.live}.values():
            _fix(life.programme, column, most)
        for feed in self.net.positioned():
            preferred = [j for j in feed.joints if j in life.on and _is(life.live_at_tail(j), most)]
            allowed = preferred if feed.mode is Mode.SHARE else preferred[:1]
            for joint in feed.joints:
                if joint in life.on:
                    life.programme.equal(life.on[joint], 1 if joint in allowed else 0)
        return self._carried(life, guess, {name for name, column in life.up.items() if _is(column, most)})


def _is(column: Terms, found: list[float]) -> bool:
    return any(found[c] > 0.5 for c in column)


def _fix(programme: Programme, column: Terms, found: list[float]) -> None:
    programme.equal(column, 1 if _is(column, found) else 0)


def _served(life: Life) -> bool:
    """Every load is up."""
    for element in life.nodes:
        if KINDS[element.kind].cls is Class.CONSUMER:
            life.programme.equal(life.up[element.id], 1)
    return not life.programme.impossible
