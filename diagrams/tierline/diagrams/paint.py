"""Scene → outlines and words in the order they are painted, for formats that know no style sheets.

Promises: what the SVG shows and nothing else, in units of the scene; y grows downwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from tierline.diagrams.layout.drawing import standing, turned
from tierline.diagrams.look import (
    BADGES,
    BAR,
    COLOURS,
    DASHES,
    FRAME,
    INK,
    INSIDE,
    JUNCTION,
    LINE,
    LINES,
    PAPER,
    SIGNS,
    STATES,
    TAP,
    TINTS,
    Style,
    text_style,
)
from tierline.diagrams.order import natural
from tierline.diagrams.outline import Piece, box, circle, line, moved, pieces
from tierline.diagrams.scene import Line, Norm, Scene, Sign, Sym, Text
from tierline.diagrams.symbols import symbol
from tierline.diagrams.symbols.shapes import FINE, SHADE_OPACITY, Fill, Shape
from tierline.diagrams.text_width import text_width

CURRENT = "current"
"""The colour of the conductor that a symbol stands on."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A shape: its line, its filling, or both; an empty colour is none."""

    path: tuple[Piece, ...]
    stroke: str = ""
    width: float = LINE
    fill: str = ""
    opacity: float = 1
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; it begins at `x`, `y` and is drawn `width` long."""

    text: str
    x: float
    y: float
    width: float
    size: int
    colour: str = INK
    bold: bool = False
    italic: bool = False


Mark = Outline | Words
_TURN = {"down": 0, "right": 90, "left": 270, "up": 180}


def painted(scene: Scene) -> Iterator[Mark]:
    """Everything that stands on a sheet, what is covered before what covers it."""
    for tint in scene.tints:
        x1, y1, x2, y2 = tint.box
        yield Outline(box(x1, y1, x2 - x1, y2 - y1), fill=TINTS[tint.side])
        yield words(tint.text)
    for one in scene.lines:
        style = FRAME[one.style]
        yield Outline(line(one.points), style.colour, style.width, dash=style.dash)
    yield from map(words, scene.texts)
    for name, x, y in scene.samples:
        yield from placed(Sym(name, "", name, x, y, "", "", ()), scene.norm)
    for one in scene.bands:
        yield Outline(line(one.points), SIGNS[one.style].colour, SIGNS[one.style].width)
    yield from _elements(scene)
    for sign in scene.signs:
        yield from _sign(sign, scene.norm)


def sign_style(line: Line) -> Style:
    """How a line of a sign is drawn: as its own, or as what the legend shows by it."""
    return STATES[line.style.removeprefix("is-")] if line.style.startswith("is-") else SIGNS[line.style]


def _sign(sign: Sign, norm: Norm) -> Iterator[Mark]:
    for one in sign.lines:
        style = sign_style(one)
        yield Outline(line(one.points), style.colour, style.width, dash=style.dash)
    for name, x, y in sign.samples:
        colour = BADGES[name.removeprefix("sign-")]
        yield from placed(Sym(name, "", name, x, y, "", "", ()), norm, colour)
    yield from map(words, sign.texts)


def state_of(marks: tuple[str, ...]) -> Style | None:
    """How the lines of something marked are drawn; None where they are as usual."""
    return next((STATES[mark] for mark in marks if mark in STATES), None)


def _elements(scene: Scene) -> Iterator[Mark]:
    """Block by block: wires, bars, symbols."""
    groups: dict[str, list[tuple[int, str, list[Mark]]]] = {}
    taps: dict[str, set[int]] = {bar.id: set() for bar in scene.bars}
    marks: list[Mark]
    for wire in scene.wires:
        for end, (x, _) in ((wire.a, wire.points[0]), (wire.b, wire.points[-1])):
            if end in taps:
                taps[end].add(x)
        usual = Style(COLOURS[wire.level], LINES.get(wire.level, LINE), dash=DASHES.get(wire.level, ()))
        style = state_of(wire.marks) or usual
        marks = [Outline(line(wire.points), style.colour, style.width, dash=style.dash)]
        groups.setdefault(wire.group, []).append((0, wire.a, marks))
    for bar in scene.bars:
        state, width = state_of(bar.marks), JUNCTION if bar.kind == "junction" else BAR
        style = state if state and state.dash else Style(COLOURS[bar.level], dash=DASHES.get(bar.level, ()))
        colour, dash = style.colour, style.dash
        marks = [Outline(line(((bar.x1, bar.y), (bar.x2, bar.y))), colour, width, dash=dash)]
        marks += [Outline(circle(x, bar.y, TAP), fill=colour) for x in sorted(taps[bar.id])]
        groups.setdefault(bar.group, []).append((1, bar.id, [*marks, *map(words, bar.texts)]))
    for sym in scene.symbols:
        groups.setdefault(sym.group, []).append((2, sym.id, [*placed(sym, scene.norm), *map(words, sym.texts)]))
    for name in sorted(groups, key=natural):
        for _, _, marks in sorted(groups[name], key=lambda one: (one[0], natural(one[1]))):
            yield from marks


def words(text: Text) -> Words:
    """A label where it stands."""
    width = text_width(text.text, text.size, text.bold)
    x = text.x - {"start": 0, "middle": width / 2, "end": width}[text.anchor]
    style = text_style(text.style, text.bold)
    return Words(text.text, x, text.y, width, text.size, style.colour, style.bold, style.italic)


def mirrored(sym: Sym) -> bool:
    """Is the symbol drawn mirrored? Letters are not, nor is what lies across."""
    return sym.flipped and sym.flow == "down" and symbol(sym.symbol).mirrors


def turn_of(sym: Sym) -> int:
    """How far the symbol is turned against the clock, in degrees."""
    return _TURN[sym.flow]


def placed(sym: Sym, norm: Norm, colour: str = "") -> Iterator[Outline]:
    """A symbol at its place, turned and coloured; its lines as its state asks."""
    state = state_of(sym.marks)
    dash = tuple(INSIDE * one for one in state.dash) if state else ()
    colour = colour or (state.colour if state and dash else COLOURS.get(sym.level, INK))
    sym = standing(replace(sym, flipped=mirrored(sym)), symbol(sym.symbol))

    def move(x: float, y: float) -> tuple[float, float]:
        dx, dy = turned(sym, (x, y))
        return sym.x + dx, sym.y + dy

    for one in shapes_of(sym.symbol, norm):
        inked = replace(one, path=moved(one.path, move), stroke=_own(one.stroke, colour), fill=_own(one.fill, colour))
        yield replace(inked, dash=one.dash or dash) if one.stroke else inked


def _own(colour: str, conductor: str) -> str:
    return conductor if colour == CURRENT else colour


@cache
def shapes_of(name: str, norm: Norm) -> tuple[Outline, ...]:
    """The shapes of a symbol from its origin."""
    return tuple(map(_shape, symbol(name).shapes(norm)))


def _shape(shape: Shape) -> Outline:
    fill = {Fill.NONE: "", Fill.PAPER: PAPER, Fill.INK: CURRENT, Fill.SHADE: CURRENT}[shape.fill]
    return Outline(
        pieces(shape.d), CURRENT if shape.stroke else "", FINE if shape.fine else LINE, fill,
        SHADE_OPACITY if shape.fill is Fill.SHADE else 1, shape.dash,
    )  # fmt: skip
