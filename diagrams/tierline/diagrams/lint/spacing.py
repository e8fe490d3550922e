"""H7 and H9: bars stay bars of their own; wires, symbols and letters keep their least distance and size."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tierline.diagrams.lint.geometry import Near, around, clipped, grown, overlap
from tierline.diagrams.lint.records import Node, Segment, Sheet
from tierline.diagrams.lint.wires import too_close

BAR_GAP, SAME_HEIGHT, SYMBOL_GAP = 20, 8, 4
LEAST_TEXT, EXACT, ROUNDED = 1.8, 0.01, 2
"""Millimetres on the declared paper."""
_SIDES = (1189, 841, 594, 420, 297, 210)
"""Millimetres: A0 is 1189 by 841, A1 841 by 594, … (ISO 216)."""
_PAPER = re.compile(r"A([0-4])(?:x([2-9]))?")


def h7(sheet: Sheet) -> Iterator[str]:
    """Bars that read as one, wires over foreign bars, bars over symbols."""
    bars: Near[Node] = Near()
    for bar in sheet.bars:
        for other in bars.of(grown(bar.box, BAR_GAP)):
            gap = -overlap(bar.box, other.box)[0]
            if gap < BAR_GAP and abs(bar.box[1] - other.box[1]) < SAME_HEIGHT:
                yield f"bars {other.id} and {bar.id} " + ("touch" if gap <= 0 else f"are {gap:g} u apart")
        bars.add(bar.box, bar)
    for wire in sheet.wires:
        crossed = dict[str, None]()
        for segment in wire.segments:
            for bar in bars.of(around(segment)):
                if bar.id not in (wire.a, wire.b) and clipped(segment, bar.box) > 0:
                    crossed[bar.id] = None
        yield from (f"wire {wire.id} over bar {name}" for name in crossed)
    for symbol in sheet.symbols:
        for bar in bars.of(symbol.box):
            if min(overlap(symbol.box, bar.box)) > 1:
                yield f"bar {bar.id} over {symbol.id}"


def _on_paper(sheet: Sheet) -> Iterator[str]:
    """The page is the paper it declares, lying or upright, and its letters can be read there.

    An elongated paper is the long side of its size by a multiple of the short one, before that was rounded (A3x4, ISO
    5457: up to 2 mm more).
    """
    named = _PAPER.fullmatch(sheet.paper)
    if named is None:
        yield "the sheet declares no ISO paper"
        return
    long, short = _SIDES[int(named[1])], _SIDES[int(named[1]) + 1]
    across, up = sheet.millimetres
    sides = sorted((long, short * int(named[2])) if named[2] else (short, long))
    more = [is_ - said for is_, said in zip(sorted((across, up)), sides, strict=True)]
    if min(more) < 0 or max(more) > (ROUNDED if named[2] else 0):
        yield f"a page of {across:g} by {up:g} mm is not {sheet.paper}"
    unit = min(across / sheet.width, up / sheet.height) if min(sheet.width, sheet.height) > 0 else 0
    if abs(sheet.width * unit - across) > EXACT or abs(sheet.height * unit - up) > EXACT:
        yield f"{sheet.width:g} by {sheet.height:g} u do not fill {sheet.paper}"
    if sheet.texts and sheet.smallest * unit < LEAST_TEXT:
        yield f"letters of {sheet.smallest * unit:.2f} mm on {sheet.paper}, less than {LEAST_TEXT} mm"


def h9(sheet: Sheet) -> Iterator[str]:
    """Letters too small on the paper, symbols or wires too close, anything off the page."""
    yield from _on_paper(sheet)
    yield from symbols_too_close(sheet)
    yield from too_close(sheet)
    yield from _off_the_page(sheet)


def symbols_too_close(sheet: Sheet) -> Iterator[str]:
    """Symbols with less than 4 u between them."""
    near: Near[Node] = Near()
    for symbol in sheet.symbols:
        for other in near.of(grown(symbol.box, SYMBOL_GAP)):
            if min(overlap(symbol.box, other.box)) > -SYMBOL_GAP:
                yield f"{other.id} and {symbol.id} are too close"
        near.add(symbol.box, symbol)


def _off_the_page(sheet: Sheet) -> Iterator[str]:
    page = (0.0, 0.0, sheet.width, sheet.height)
    things = [(node.id, node.box) for node in sheet.nodes]
    things += [(f"{text.words!r}", text.box) for text in sheet.texts]
    things += [(f"wire {wire.id}", around(wire.points)) for wire in sheet.wires]
    for name, box in things:
        inside: Segment = ((box[0], box[1]), (box[2], box[3]))
        if overlap(around(inside), page) != (box[2] - box[0], box[3] - box[1]):
            yield f"{name} is off the page"
