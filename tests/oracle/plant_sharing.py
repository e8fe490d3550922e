"""Loops of a random plant where nothing controls how the flow divides: a ring of boards below the boards."""

from __future__ import annotations

from oracle.plant_base import Base


class Sharing(Base):
    """Lays conductors in loops."""

    def ring_of_boards(self) -> list[str]:
        """Three or four boards in a ring of breakers, fed at one or two of them; one section may be open."""
        names = [self.d.add(f"rm-{n}", "board") for n in range(self.one_of(3, 3, 4))]
        opened = self.one_of(-1, -1, len(names) - 1)
        thin = self.one_of("all", "all", "one", "none")
        for n, name in enumerate(names):
            section = self.d.add(f"rs-{n}", "breaker", isolation=self.isolation(), normally_open=n == opened)
            self.d.chain(name, section, names[(n + 1) % len(names)])
            if thin == "all" or (thin == "one" and not n):
                self.sized.append(section)
        for board, name in zip(self.boards[:2], names[:: self.one_of(1, 2)], strict=False):
            self.d.chain(board, *self.d.way(board), name)
        return names
