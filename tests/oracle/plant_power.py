"""The electrical side of a random plant: sides and ties, sets, transformers, uninterruptible supplies, racks, loads."""

from __future__ import annotations

from fractions import Fraction

from oracle.drawing import kw, ratio
from oracle.plant_sharing import Sharing
from tierline.twin.model import Dimension, Medium, Quantity

LOSSES = ({}, {}, {"efficiency": ratio("0.8")}, {"recharge": ratio("0.25")})
SUPPLIES = ("none", "transformers", "per board", "tied", "tied", "tied", "in parallel", "switches", "ring")


class Power(Sharing):
    """Grows what makes and brings power."""

    batteries = "none"
    tied = False
    """Are the outputs of UPS joined by ties?"""

    def sides(self) -> None:
        count = self.one_of(1, 2, 2, 2, 2, 3)
        for x in "abc"[:count]:
            self.boards.append(self.d.add(f"gb-{x}", "board"))
        pairs = list(zip(self.boards, self.boards[1:], strict=False))
        if count == 3 and self.one_of(False, True):
            pairs.append((self.boards[2], self.boards[0]))
        for n, (one, other) in enumerate(pairs):
            self.tie(f"tie-{n}", one, other, self.one_of("none", "none", "one", "one", "two"))
        if count == 2 and self.once_in(6):
            self.double_bus()

    def tie(self, name: str, one: str, other: str, shape: str, is_open: bool | None = None) -> None:
        is_open = self.one_of(False, True) if is_open is None else is_open
        if shape == "one":
            self.d.add(name, "breaker", isolation=self.isolation(), normally_open=is_open)
            self.d.chain(one, name, other)
        if shape == "two":
            self.d.add(f"{name}-1", "breaker", normally_open=is_open)
            self.d.add(f"{name}-b", "bus")
            self.d.add(f"{name}-2", "breaker", normally_open=self.one_of(False, True))
            self.d.chain(one, f"{name}-1", f"{name}-b", f"{name}-2", other)

    def double_bus(self) -> None:
        """A feeder that may stand on either of two buses: a disconnector to each, one of them open."""
        self.d.add("fb", "bus")
        for n, board in enumerate(self.chooser.order(self.boards)):
            name = self.d.add(f"ds-{n}", "disconnector", normally_open=n > 0, isolation=self.isolation())
            self.d.chain(board, name, "fb")
        self.boards.append("fb")

    def sets(self, most: int) -> None:
        """Generator sets, sized when everything else stands; one in a while may swing between two boards."""
        boards = [b for b in self.boards if b != "fb"]
        for board in boards:
            for _ in range(self.one_of(1, 1, most) if len(boards) < 3 else 1):
                name = f"gen-{len(self.gensets) + 1}"
                self.gensets.append(self.d.add(name, "genset", rating_at="site", **{"class": "COP"}))
                self.d.land(name, board, isolation=self.isolation())
        if len(boards) == 2 and self.once_in(8):
            name = self.d.add("gen-s", "genset", rating_at="site", **{"class": "COP"})
            self.gensets.append(name)
            for n, board in enumerate(boards):
                q = self.d.add(f"qs-{n}", "breaker", normally_open=n > 0, isolation=self.isolation())
                self.d.chain(name, q, board)

    def supplies(self, shape: str) -> None:
        """Uninterruptible supplies, transformers or switches between the boards and what the racks hang on."""
        self.batteries = self.one_of("none", "none", "each", "shared", "given")
        sides = self.boards[:2]
        if shape == "none":
            self.outputs = list(self.boards)
        elif shape == "transformers":
            for board in sides:
                self.outputs.append(self.parallel(board))
        elif shape == "per board":
            for board in sides:
                self.outputs.append(self.ups(f"ups-{board[3:]}", [board], f"uob-{board[3:]}"))
        elif shape == "ring":
            self.outputs = self.ring_of_boards()
        elif shape == "in parallel":
            for n in (1, 2):
                two = len(self.boards) > 1 and self.positioned < 2 and self.one_of(False, True)
                self.outputs = [self.ups(f"ups-{n}", self.some(self.boards, 2 if two else 1), "uob")]
        else:
            for n in (1, 2):
                self.positioned += 1
                name = self.d.selector(f"sts-{n}", self.some(self.boards, 2), "sts")
                self.outputs.append(self.d.add(f"pdu-{n}", "bus"))
                self.d.chain(name, f"pdu-{n}")

    def parallel(self, board: str) -> str:
        """One or two transformers, or two unequal cables, between a board and the next; rated when all is known."""
        below = self.d.add(f"msb-{board[3:]}", "board")
        if self.once_in(4):
            for _ in "12":
                self.d.chain(board, *self.d.way(board), below)
                self.sized.append(f"{board}.q{self.d.ways}")
        else:
            for n in range(self.one_of(1, 2, 2)):
                name = self.d.add(f"tx-{board[3:]}{n}", "transformer")
                self.sized.append(name)
                self.d.supply(board, name)
                self.d.land(name, below)
        return below

    def ups(self, name: str, boards: list[str], output: str) -> str:
        self.d.add(name, "ups", **self.one_of(*LOSSES))
        joints = [self.d.supply(b, name, isolation=self.isolation()) for b in boards]
        self.positioned += len(boards) > 1
        self.d.feed(name, "from" if len(boards) == 1 else "inputs", joints, needed=False)
        if output not in self.d.elements:
            self.d.add(output, "board")
        self.d.land(name, output)
        if self.batteries == "given":
            self.d.given.add((name, "dc"))
        elif self.batteries != "none":
            battery = f"bat{name[3:]}" if self.batteries == "each" else "bat"
            if battery not in self.d.elements:
                self.d.add(battery, "battery")
            joint = self.d.supply(battery, name, Medium.DC, isolation=self.isolation())
            self.d.feed(name, "battery", [joint])
        return output

    def racks(self, room: str | None) -> None:
        for n in range(self.one_of(1, 1, 2)):
            if not self.may_position():
                break
            boards = self.some([*self.outputs, *self.raw], 3)
            if len(boards) == 1 and not self.once_in(2 if self.tied else 4):
                boards = boards * 2
            runs_on = None
            if len(set(boards)) == 2 and self.once_in(3):
                boards, runs_on = [*boards, boards[0]], 2
            self.positioned += 1
            load = 3 * self.tens(20, 70)  # three cords carry whole watts
            self.demand += load
            name = f"rack-{n + 1}"
            self.d.rack(name, load, boards, room)
            self.d.change(name, runs_on=runs_on if len(boards) < 3 or runs_on else self.one_of(None, 2))

    def house(self) -> None:
        for n in range(self.one_of(0, 1, 1, 2)):
            boards = self.some(self.boards, 2 if self.may_position() else 1)
            load = self.tens(20, 150)
            self.demand += load
            self.d.load(f"load-{n + 1}", load, boards)
            if len(boards) > 1 and self.once_in(5):
                self.d.change(f"load-{n + 1}", sharing="divisible")
            else:
                self.positioned += len(boards) > 1

    def limit_hours(self) -> None:
        """Sets that may not run for as long as they are needed: by their class, or by a limit that is written."""
        for genset in self.some(self.gensets, self.one_of(1, 1, len(self.gensets))):
            stated = Quantity(Dimension.DURATION, Fraction(500 * 3600), "500 h")
            limit = self.one_of({"class": "ESP"}, {"class": "LTP"}, {"hours_limit": stated}, {"hours_limit": "none"})
            self.d.change(genset, **limit)

    def size_sets(self) -> None:
        for genset in self.gensets:
            self.d.change(genset, rating=kw(self.near(self.demand, len(self.gensets))))
        for name in self.sized:
            self.d.change(name, rating=kw(self.near(max(self.demand, 10), 2)))
        for name in [e for e in self.sized if self.d.elements[e].kind == "transformer" and self.once_in(4)]:
            before = next(j.a for j in self.d.joints if j.b == name)
            self.d.change(before, rating=kw(self.near(max(self.demand, 10), 3)))
