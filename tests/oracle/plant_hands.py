"""What a random plant has for operators to do: UPS systems with ties between them, interlocks, draws nobody needs."""

from __future__ import annotations

from oracle.drawing import kw
from oracle.plant_power import Power
from tierline.twin.model import Origin


class Handled(Power):
    """Grows what only hands can make use of."""

    def supplies(self, shape: str) -> None:
        if shape == "tied":
            self.batteries = self.one_of("none", "none", "each", "given")
            self.systems()
        else:
            super().supplies(shape)

    def systems(self) -> None:
        """A UPS or two for each output, ties from output to output, perhaps in a ring; perhaps switches behind."""
        self.tied = True
        count = self.one_of(2, 2, 2, 3)
        for n, x in enumerate("abc"[:count]):
            board = self.boards[n % len(self.boards)]
            double = count == 2 and self.once_in(3)
            for k in "12"[: 2 if double else 1]:
                name = self.ups(f"ups-{x}{k}", [board], f"uob-{x}")
                self.sized += [f"ups-{x}{k}"] if self.once_in(2) else []
            self.outputs.append(name)
        pairs = list(zip(self.outputs, self.outputs[1:], strict=False))
        if count == 3 and self.once_in(2):
            pairs.append((self.outputs[2], self.outputs[0]))
        for n, (one, other) in enumerate(pairs):
            self.tie(f"uot-{n}", one, other, self.one_of("one", "one", "two"), is_open=not self.once_in(6))
        if self.once_in(3):
            self.switches()
        for n in range(self.one_of(0, 1, 1, 2)):
            load = self.tens(20, 80)
            self.demand += load
            self.d.load(f"essential-{n}", load, [self.one_of(*self.outputs)])

    def switches(self) -> None:
        """Static switches behind the outputs, now and then with a tie of their own."""
        behind = []
        for n in (1, 2):
            self.positioned += 1
            name = self.d.selector(f"sts-{n}", self.some(self.outputs, 2), "sts")
            behind.append(self.d.add(f"pdu-{n}", "bus"))
            self.d.chain(name, f"pdu-{n}")
        self.tie("pdt", *behind, self.one_of("none", "one"))
        self.outputs = behind

    def interlocks(self) -> None:
        """Among ties, or of incomers and the tie between them: no more closed than are in the normal state, or one."""
        elements = self.d.elements
        ties = [e.id for e in elements.values() if e.origin == Origin.WRITTEN and e.kind in ("breaker", "disconnector")]
        if not ties:
            return
        members = self.some(ties, 3)
        if len(members) == 1 or self.once_in(3):
            boards = {end for j in self.d.joints for end in (j.a, j.b) if members[0] in (j.a, j.b)} - {members[0]}
            ways = [j.a for j in self.d.joints if j.b in boards and j.one_way and elements[j.a].origin == Origin.WAY]
            members = [*members[:1], *ways[:2]]
        closed = max(1, sum(not elements[m].normally_open for m in members))
        if closed < len(members):
            self.d.interlock(closed, *members)

    def idle_draws(self) -> None:
        """Something that draws, and that nobody needs."""
        for n in range(self.one_of(1, 1, 2)):
            name = self.d.add(f"aux-{n}", "controller", draw=kw(self.one_of(5, 10, 20)))
            self.d.powered(name, self.some(self.boards, 1))
