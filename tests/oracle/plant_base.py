"""What every part of a random plant is drawn with: choices, sizes near what is needed, and boards to hang things on."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, Protocol

from hypothesis import strategies as st

from oracle.drawing import Drawing
from tierline.twin.model import Isolation, Medium, Origin

FIXED, WITHDRAWABLE = Isolation.FIXED, Isolation.WITHDRAWABLE
FUEL, CHW = Medium.FUEL, Medium.CHILLED_WATER
MOST_POSITIONED_FEEDS = 4


class Chooser(Protocol):
    """Who decides what the plant is like."""

    def one_of(self, choices: Sequence[Any]) -> Any: ...

    def order(self, things: Sequence[str]) -> list[str]: ...


class ByHypothesis:
    """Choices that Hypothesis can shrink."""

    def __init__(self, draw: Any) -> None:
        self._draw = draw

    def one_of(self, choices: Sequence[Any]) -> Any:
        return self._draw(st.sampled_from(choices))

    def order(self, things: Sequence[str]) -> list[str]:
        return list(self._draw(st.permutations(things)))


class BySeed:
    """Choices by a seed: plants that have nothing to do with each other."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def one_of(self, choices: Sequence[Any]) -> Any:
        return self._random.choice(choices)

    def order(self, things: Sequence[str]) -> list[str]:
        return self._random.sample(list(things), len(things))


class Base:
    """A drawing that grows by one theme after another, and remembers what it asks of its sources."""

    def __init__(self, chooser: Chooser) -> None:
        self.chooser = chooser
        self.d = Drawing(each_way=self.one_of(FIXED, WITHDRAWABLE))
        self.boards: list[str] = []
        self.outputs: list[str] = []
        self.gensets: list[str] = []
        self.raw: list[str] = []
        """Boards of raw power on which a rack may have a cord beside those of the UPS."""
        self.sized: list[str] = []
        """What is rated near half of all that is asked."""
        self.demand = 0
        self.positioned = 0

    def one_of(self, *choices: Any) -> Any:
        return self.chooser.one_of(choices)

    def once_in(self, number: int) -> bool:
        return int(self.one_of(*range(number))) == 0

    def tens(self, low: int, high: int) -> int:
        return int(self.one_of(*range(low, max(low, high) + 1, 10)))

    def near(self, need: int, count: int) -> int:
        """A rating about what each of `count` must carry: mostly enough with one out, or alone, at times too little."""
        share = self.one_of(count, max(1, count - 1), max(1, count - 1), 1, 1)
        exact = -(-need // share // 10) * 10
        return max(10, exact + self.one_of(0, 0, 0, 10, 50, -10))

    def isolation(self) -> Isolation:
        return Isolation(self.one_of(FIXED, FIXED, WITHDRAWABLE))

    def may_position(self) -> bool:
        return self.positioned < MOST_POSITIONED_FEEDS

    def some(self, boards: list[str], most: int) -> list[str]:
        """One or more boards in some order, mostly as many as there may be."""
        order = self.chooser.order(boards)
        most = min(most, len(order))
        return list(order[: self.one_of(1, most, most, most)])

    def motor_power(self, name: str, panels: list[str]) -> None:
        """A way of a panel, or a transfer switch of its own."""
        boards = self.some(panels, 2)
        if len(boards) == 1 or not self.may_position():
            self.d.powered(name, boards[:1])
            return
        self.positioned += 1
        switch = self.d.selector(f"ats-{name}", boards)
        run = self.d.add(f"{name}.power", "cable", origin=Origin.RUN)
        self.d.feed(name, "power", [self.d.chain(switch, run, name)])

    def panels(self) -> list[str]:
        """Motor panels: the boards themselves, or given ones where no power is modelled."""
        if self.boards:
            return self.boards
        names = [self.d.add(f"mcc-{x}", "board") for x in "ab"[: self.one_of(1, 2, 2)]]
        self.d.given |= {(name, "power") for name in names}
        return names
