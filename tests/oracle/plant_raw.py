"""Raw power in a random plant: what could reach racks, or loads that may take it, past the UPS."""

from __future__ import annotations

from oracle.plant_base import Base


class Raw(Base):
    """Lays a way round the UPS."""

    def past_ups(self) -> None:
        """One of: an open bypass from board to board, a switch with a raw second input, cords or loads on both."""
        shape = self.one_of("bypass", "bypass", "bypass", "switch", "cord", "load", "load", "bypass and load")
        if "bypass" in shape:
            for n, output in enumerate(sorted(set(self.outputs))):
                name = self.d.add(f"byp-{n}", "breaker", isolation=self.isolation(), normally_open=True)
                self.d.chain(self.boards[n % len(self.boards)], name, output)
        if shape == "switch" and self.may_position():
            self.positioned += 1
            name = self.d.selector("sts-r", [self.outputs[0], self.boards[-1]], self.one_of("sts", "ats"))
            self.outputs = [*self.outputs[1:], self.d.add("pdu-r", "bus")]
            self.d.chain(name, "pdu-r")
        if shape == "cord":
            self.raw = self.boards[-1:]
        if "load" in shape and self.may_position():
            self.positioned += 1
            load = self.tens(20, 100)
            self.demand += load
            self.d.load("load-r", load, list(self.chooser.order([self.outputs[0], self.boards[-1]])))
