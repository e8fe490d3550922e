"""H1 to H3: labels and signs keep clear of each other, of symbols, of wires and bars."""

from __future__ import annotations

from collections.abc import Iterator

from tierline.diagrams.lint.geometry import EPS, Near, around, clipped, grown, overlap
from tierline.diagrams.lint.records import FRAME, Box, Node, Segment, Sheet, Text


def _said(text: Text) -> str:
    return f"{text.words!r} of {text.owner}" if text.owner != FRAME else f"{text.words!r} of the frame"


def h1(sheet: Sheet) -> Iterator[str]:
    """Labels over labels; the lines of one label stand under each other and are compared too."""
    near: Near[Text] = Near()
    for text in sheet.texts:
        for other in near.of(text.box):
            if min(overlap(text.box, other.box)) > EPS:
                yield f"{_said(other)} and {_said(text)} overlap"
        near.add(text.box, text)


def h2(sheet: Sheet) -> Iterator[str]:
    """Labels over symbols; over its own symbol a label is wholly inside or wholly outside. Signs over anything."""
    near: Near[Node] = Near()
    for symbol in sheet.symbols:
        near.add(symbol.box, symbol)
    for text in sheet.texts:
        wide, high = text.box[2] - text.box[0], text.box[3] - text.box[1]
        for symbol in near.of(text.box):
            dx, dy = overlap(text.box, symbol.box)
            if min(dx, dy) <= 1:
                continue
            if symbol.id != text.owner:
                yield f"{_said(text)} over {symbol.id}"
            elif dx < wide - 1 or dy < high - 1:
                yield f"{_said(text)} half inside its own symbol"
    yield from signs(sheet)


def signs(sheet: Sheet) -> Iterator[str]:
    """Signs over anything: labels, symbols, other signs, wires, bars."""
    taken: Near[tuple[Box, str]] = Near()
    for text in sheet.texts:
        taken.add(text.box, (text.box, text.owner if text.owner != FRAME else text.words))
    for box, name in [*((s.box, s.id) for s in sheet.symbols), *((s.box, s.owner) for s in sheet.signs)]:
        taken.add(box, (box, name))
    lines: Near[Segment] = Near()
    for segment in [*(one for wire in sheet.wires for one in wire.segments), *(b.line for b in sheet.bars if b.line)]:
        lines.add(around(segment), segment)
    for sign in sheet.signs:
        over = {name for box, name in taken.of(sign.box) if min(overlap(box, sign.box)) > EPS} - {sign.owner}
        yield from (f"{sign.owner} over {name}" for name in sorted(over))
        if any(clipped(segment, grown(sign.box, -EPS)) > 0.8 for segment in lines.of(sign.box)):
            yield f"{sign.owner} over a wire or a bar"


def h3(sheet: Sheet) -> Iterator[str]:
    """Labels struck by a wire, a bar or a line of the frame."""
    near: Near[tuple[Segment, str]] = Near()
    for wire in sheet.wires:
        for segment in wire.segments:
            near.add(around(segment), (segment, f"wire {wire.id}"))
    for bar in sheet.bars:
        if bar.line is not None:
            near.add(around(bar.line), (bar.line, f"bar {bar.id}"))
    for rule in sheet.rules:
        near.add(around(rule), (rule, "a line of the frame"))
    for text in sheet.texts:
        shrunk, struck = grown(text.box, -EPS), set[str]()
        for segment, name in near.of(text.box):
            if name not in struck and clipped(segment, shrunk) > 0.8:
                struck.add(name)
                yield f"{_said(text)} struck by {name}"
