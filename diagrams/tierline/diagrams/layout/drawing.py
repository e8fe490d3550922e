"""The drawing while it is made: symbols, bars and wires put down one by one, and what is free between them.

Promises: everything put down is remembered as an obstacle; the finished drawing is an immutable scene.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from tierline.diagrams.layout.cells import (
    LINE,
    Words,
    beside,
    drawn,
    node_label,
    part_words,
    short_name,
    stacked,
    words,
)
from tierline.diagrams.layout.field import Field, bounds_of
from tierline.diagrams.scene import Bar, Box, Line, Point, Sym, Text, Wire
from tierline.diagrams.symbols import Symbol
from tierline.diagrams.text_width import text_width
from tierline.diagrams.view import Bay, Node, Part

LABEL_MARGIN = 3
Number = TypeVar("Number", int, float)


def text_box(text: Text) -> Box:
    """Where a text is drawn; capitals and figures rise about three quarters of its size."""
    long = text_width(text.text, text.size, text.bold)
    left = {"start": text.x, "middle": text.x - (long + 1) // 2, "end": text.x - long}[text.anchor]
    return (left, text.y - text.size * 3 // 4 - 1, left + long, text.y + text.size // 4)


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def grown(box: Box, by: int) -> Box:
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def position(part: Part) -> str:
    """Open, closed, or nothing for what has no position."""
    return drawn(part).state


@dataclass(slots=True)
class Drawing:
    symbols: list[Sym] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)
    groups: dict[str, Point] = field(default_factory=dict)
    solid: list[Box] = field(default_factory=list)
    """Symbols, labels and bars, as they stand."""
    fallbacks: int = 0
    """Wires that no rule covers."""
    lost: int = 0
    """Wires that no way was found for at all: they are not in the drawing."""
    lines: list[Line] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    """Words and lines that stand for no element: tables, plans."""
    areas: list[tuple[str, Box]] = field(default_factory=list)
    """The boxes of rooms, by their names."""
    hanging: bool = False
    """What is added comes below: it stands at the top of its sheet."""
    paths: tuple[tuple[str, Point], ...] = ()
    """From where to where each path reaches, left to right."""

    def moved(self, dx: int, dy: int) -> Drawing:
        """The same drawing elsewhere."""

        def at(points: tuple[Point, ...]) -> tuple[Point, ...]:
            return tuple((x + dx, y + dy) for x, y in points)

        def texts(some: Iterable[Text]) -> tuple[Text, ...]:
            return tuple(replace(text, x=text.x + dx, y=text.y + dy) for text in some)

        def box(one: Box) -> Box:
            return (one[0] + dx, one[1] + dy, one[2] + dx, one[3] + dy)

        return Drawing(
            [replace(sym, x=sym.x + dx, y=sym.y + dy, texts=texts(sym.texts)) for sym in self.symbols],
            [
                replace(bar, x1=bar.x1 + dx, x2=bar.x2 + dx, y=bar.y + dy, texts=texts(bar.texts))
                for bar in self.bars
            ],
            [replace(wire, points=at(wire.points)) for wire in self.wires],
            {name: (x + dx, y + dy) for name, (x, y) in self.groups.items()},
            list(map(box, self.solid)),
            self.fallbacks,
            self.lost,
            [replace(line, points=at(line.points)) for line in self.lines],
            list(texts(self.texts)),
            [(name, box(area)) for name, area in self.areas],
            self.hanging,
            tuple((name, (start + dx, end + dx)) for name, (start, end) in self.paths),
        )

    def add_symbol(self, sym: Sym, shape: Symbol) -> None:
        self.symbols.append(sym)
        self.solid.append(sym_box(sym, shape))
        self.solid += [text_box(text) for text in sym.texts]

    def add_bar(self, bar: Bar) -> None:
        self.bars.append(bar)
        self.solid.append((bar.x1 - 10, bar.y - 9, bar.x2 + 10, bar.y + 9))
        self.solid += [text_box(text) for text in bar.texts]

    def add_wire(
        self,
        a: str,
        b: str,
        points: tuple[Point, ...],
        bay: Bay,
        level: str,
        group: str,
        runs: tuple[str, ...] = (),
        fallback: bool = False,
    ) -> None:
        self.fallbacks += fallback
        if points[0] != points[-1]:
            self.wires.append(Wire(a, b, points, bay.id, level, group, runs, fallback))

    def add_node(
        self, node: Node, shape: Symbol, x: int, y: int, group: str, mirrored: bool, up: bool = False
    ) -> None:
        """Put a node down; `up`: the other way round, its label above."""
        ids = node.ids or (node.id,)
        kind = "xref" if node.sheet else node.kind
        sym = Sym(
            node.id,
            kind,
            shape.name,
            x,
            y,
            node.level,
            group,
            ids,
            node_label(node, shape, x, y, mirrored, up),
            node.lane,
            flow="up" if up else "down",
            flipped=mirrored,
            ref_sheet=node.sheet,
            ref_id=node.beyond,
            also=node.also,
        )
        self.add_symbol(sym, shape)
        self.add_battery(node, shape, x, y, group, mirrored, node.level, node.lane)

    def add_part(
        self, part: Part, bay: Bay, x: int, y: int, level: str, group: str, mirrored: bool, side: str
    ) -> int:
        """Put a device down; returns the height of its lower terminal."""
        shape = drawn(part)
        label = part_words(part, bay)
        middle = y + shape.box[3] // 2
        reach = shape.box[2] + 5
        texts = beside(label, x - reach if mirrored else x + reach, middle, not mirrored)
        self.add_symbol(
            Sym(
                part.id,
                "xref" if part.sheet else part.kind,
                part.symbol,
                x,
                y,
                level,
                group,
                part.ids,
                texts,
                side,
                position(part),
                flipped=mirrored,
                ref_sheet=part.sheet,
                ref_id=part.beyond,
                also=part.also,
            ),
            shape,
        )
        self.add_battery(part, shape, x, y, group, mirrored, level, side)
        return y + shape.box[3]

    def add_battery(
        self,
        owner: Part | Node,
        shape: Symbol,
        x: int,
        y: int,
        group: str,
        mirrored: bool,
        level: str,
        side: str,
    ) -> None:
        """The isolators and the battery of a UPS, outwards from its terminal."""
        if not owner.attached or shape.dc is None:
            return
        out = 1 if mirrored else -1
        at, height = x - out * shape.dc[0], y + shape.dc[1]
        bay = Bay(f"{owner.id}~dc", owner.id, owner.attached[-1].id)
        before = owner.id
        for part in owner.attached[:-1]:
            start = at + out * 10
            self.add_wire(before, part.id, ((at, height), (start, height)), bay, level, group, part.runs)
            name = words(short_name(part.name, owner.attached[-1].id), part.lines, part.open)
            self.add_across(
                part, min(start, start + out * drawn(part).box[3]), height, level, group, name, side
            )
            at, before = start + out * drawn(part).box[3], part.id
        battery = owner.attached[-1]
        end = at + out * 10
        self.add_wire(before, battery.id, ((at, height), (end, height)), bay, level, group, battery.runs)
        texts = stacked(words(battery.name, battery.lines), end + out * 10, height + 12)
        place = (battery.id, battery.kind, "battery", end, height, level, group)
        flow = "right" if mirrored else "left"
        self.add_symbol(Sym(*place, battery.ids, texts, side, flow=flow), drawn(battery))

    def add_across(
        self, part: Part, left: int, y: int, level: str, group: str, label: Words, side: str = ""
    ) -> None:
        """Put a device into a level line, its label above it."""
        shape = drawn(part)
        texts = stacked(label, left + shape.box[3] // 2, y - max(12, shape.box[2] + 2) - LINE * len(label))
        place = (part.id, part.kind, part.symbol, left, y, level, group)
        self.add_symbol(Sym(*place, part.ids, texts, side, position(part), "right"), shape)

    def field(self) -> Field:
        """A field that knows everything put down so far."""
        points = [(x, y, x, y) for wire in self.wires for x, y in wire.points]
        found = Field(bounds_of([*self.solid, *points], (160, 160, 160, 160)))
        for box in self.solid:
            found.block(grown(box, LABEL_MARGIN))
        for wire in self.wires:
            found.occupy(wire.points)
        return found

    def is_free(self, box: Box) -> bool:
        if any(overlap(box, other) for other in self.solid):
            return False
        for wire in self.wires:
            for (x1, y1), (x2, y2) in zip(wire.points, wire.points[1:], strict=False):
                if overlap(box, (min(x1, x2) - 2, min(y1, y2) - 2, max(x1, x2) + 2, max(y1, y2) + 2)):
                    return False
        return True


def sym_box(sym: Sym, shape: Symbol) -> Box:
    """The box of a symbol on the sheet."""
    (ax, ay), (bx, by) = (turned(sym, corner) for corner in (shape.box[:2], shape.box[2:]))
    return (sym.x + min(ax, bx), sym.y + min(ay, by), sym.x + max(ax, bx), sym.y + max(ay, by))


def turned(sym: Sym, point: tuple[Number, ...]) -> tuple[Number, Number]:
    """A point of a symbol, from its origin, as it stands on the sheet."""
    x, y = point
    if sym.flipped:
        x = -x
    return {"down": (x, y), "right": (y, -x), "left": (-y, x), "up": (-x, -y)}[sym.flow]


def standing(sym: Sym, shape: Symbol) -> Sym:
    """The symbol as it is drawn: what would be wrong on its head stands on its way in, where the flow rises."""
    return replace(sym, flow="down", y=sym.y - shape.box[3]) if sym.flow == "up" and shape.upright else sym
