"""The sheet round a drawing: border and zone grid, title block, legend of what is used, the ILLUSTRATIVE
mark.

Promises: the page is the drawing rounded up to a hundred units; legend and title block hang on its lower
corners; nothing of a clock, a person or a revision.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tierline.diagrams.layout.drawing import Drawing, sym_box, text_box
from tierline.diagrams.levels import TITLES
from tierline.diagrams.order import number
from tierline.diagrams.scene import Bar, Box, Line, Norm, Point, Scene, Sym, Text, Tint, Wire
from tierline.diagrams.symbols import symbol
from tierline.diagrams.text_width import text_width

_EDGE, _ROOM, _STEP = 20, 40, 100
_TITLE_WIDTH, _TITLE_HEIGHT = 360, 90
_KEYS, _LEGEND_ROW = 160, 116
_ZONE = 200
_NORMS = {Norm.IEC: "after IEC 60617", Norm.ANSI: "after IEEE 315"}


@dataclass(frozen=True, slots=True)
class Heading:
    """What the title block says."""

    facility: str
    name: str
    title: str
    assumed: int
    """How many numbers the twin rests on that nobody published."""
    counted: str = ""
    """The sheet that says how many, where it is not this one: else each of them would change every sheet."""
    norm: Norm = Norm.IEC
    symbols: str = ""
    """After which conventions its symbols are drawn, where that is not the norm."""


def framed(drawing: Drawing, heading: Heading) -> Scene:
    """The finished sheet."""
    x1, y1, x2, y2 = _extent(drawing)
    top = 80 if heading.assumed else 50
    wide = x2 - x1 + 2 * (_EDGE + _ROOM)
    width = max(-(-wide // _STEP) * _STEP, 1000)
    flow = _flow(_used(drawing), width - 2 * _EDGE - _TITLE_WIDTH - _KEYS - 10)
    legend = max(_TITLE_HEIGHT + 10, (max((row for _, _, row in flow), default=0) + 1) * _LEGEND_ROW + 6)
    height = -(-(y2 - y1 + top + _ROOM + legend + _EDGE) // _STEP) * _STEP
    dx = ((width - (x2 - x1)) // 2 - x1) // 10 * 10
    dy = (_EDGE + top - y1) // 10 * 10
    scene = _moved(drawing, dx, dy, width, height)
    floor = height - _EDGE - legend
    scene = _tinted(scene, drawing, dx, floor)
    lines, texts = _border(width, height)
    for more in (_title(width, height, heading), _mark(width, heading)):
        lines += more[0]
        texts += more[1]
    keys, words = _levels(scene, floor)
    samples, names = _legend(flow, floor)
    return replace(
        scene, lines=(*scene.lines, *lines, *keys), texts=(*scene.texts, *texts), legend=tuple(words + names),
        samples=samples, norm=heading.norm,
    )  # fmt: skip


def _extent(drawing: Drawing) -> Box:
    boxes = [sym_box(sym, symbol(sym.symbol)) for sym in drawing.symbols]
    boxes += [(bar.x1, bar.y, bar.x2, bar.y) for bar in drawing.bars]
    boxes += [text_box(text) for sym in drawing.symbols for text in sym.texts]
    boxes += [text_box(text) for bar in drawing.bars for text in bar.texts]
    boxes += [(x, y, x, y) for wire in drawing.wires for x, y in wire.points]
    boxes += [(x, y, x, y) for line in drawing.lines for x, y in line.points]
    boxes += [text_box(text) for text in drawing.texts]
    if not boxes:
        return (0, 0, 0, 0)
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def _text(text: Text, dx: int, dy: int) -> Text:
    return replace(text, x=text.x + dx, y=text.y + dy)


def _moved(drawing: Drawing, dx: int, dy: int, width: int, height: int) -> Scene:
    def texts(item: Sym | Bar) -> tuple[Text, ...]:
        return tuple(_text(text, dx, dy) for text in item.texts)

    def points(wire: Wire | Line) -> tuple[Point, ...]:
        return tuple((x + dx, y + dy) for x, y in wire.points)

    return Scene(
        width,
        height,
        tuple(replace(sym, x=sym.x + dx, y=sym.y + dy, texts=texts(sym)) for sym in drawing.symbols),
        tuple(
            replace(bar, x1=bar.x1 + dx, x2=bar.x2 + dx, y=bar.y + dy, texts=texts(bar))
            for bar in drawing.bars
        ),
        tuple(replace(wire, points=points(wire)) for wire in drawing.wires),
        lines=tuple(replace(line, points=points(line)) for line in drawing.lines),
        texts=tuple(_text(text, dx, dy) for text in drawing.texts),
        groups=tuple((name, (x + dx, y + dy)) for name, (x, y) in drawing.groups.items()),
    )


def _tinted(scene: Scene, drawing: Drawing, dx: int, floor: int) -> Scene:
    """The two paths as backgrounds, from the middle outwards."""
    if len(drawing.paths) != 2:
        return scene
    (left, (_, a)), (right, (b, _)) = drawing.paths
    middle = (a + b) // 2 + dx
    tints = (
        Tint(
            (_EDGE + 10, _EDGE + 10, middle - 4, floor),
            "l",
            Text(f"PATH {left.upper()}", _EDGE + 20, _EDGE + 30, 13, True),
        ),
        Tint(
            (middle + 4, _EDGE + 10, scene.width - _EDGE - 10, floor),
            "r",
            Text(f"PATH {right.upper()}", scene.width - _EDGE - 20, _EDGE + 30, 13, True, "end"),
        ),
    )
    return replace(scene, tints=tints)


def _border(width: int, height: int) -> tuple[list[Line], list[Text]]:
    e = _EDGE
    corners = ((e, e), (width - e, e), (width - e, height - e), (e, height - e), (e, e))
    lines, texts = [Line(corners, "frame")], []
    for n in range(max(1, (width - 2 * e) // _ZONE)):
        x = e + n * _ZONE
        texts.append(Text(str(n + 1), x + _ZONE // 2, e - 6, 9, False, "middle"))
        if n:
            lines.append(Line(((x, e - 10), (x, e)), "thin"))
    for n in range(max(1, (height - 2 * e) // _ZONE)):
        y = e + n * _ZONE
        texts.append(Text("ABCDEFGHJKLMNPQRSTUVWXYZ"[n % 24], e - 11, y + _ZONE // 2, 9, False, "middle"))
        if n:
            lines.append(Line(((e - 10, y), (e, y)), "thin"))
    return lines, texts


def _fit(text: str, room: int, size: int, bold: bool = False) -> str:
    """A text cut so that it stays in its field."""
    if text_width(text, size, bold) <= room:
        return text
    while text and text_width(text + "…", size, bold) > room:
        text = text[:-1]
    return text + "…"


def _title(width: int, height: int, heading: Heading) -> tuple[list[Line], list[Text]]:
    right, bottom = width - _EDGE, height - _EDGE
    left, top = right - _TITLE_WIDTH, bottom - _TITLE_HEIGHT
    third = _TITLE_WIDTH // 3
    lines = [Line(((left, bottom), (left, top), (right, top)), "frame")]
    lines += [Line(((left, top + dy), (right, top + dy)), "thin") for dy in (30, 60)]
    lines += [Line(((left + n * third, top + 30), (left + n * third, bottom)), "thin") for n in (1, 2)]
    texts = [Text(_fit(heading.title, _TITLE_WIDTH - 20, 13, True), left + 8, top + 20, 13, True)]
    fields = (
        ("Facility", heading.facility),
        ("Sheet", number(heading.name)),
        ("Scale", "none"),
        ("Symbols", heading.symbols or _NORMS[heading.norm]),
        ("Status", "illustrative" if heading.assumed else "no assumed numbers"),
        ("Made by", "tierline render"),
    )
    for n, (label, value) in enumerate(fields):
        x, y = left + n % 3 * third + 6, top + 30 + n // 3 * 30
        texts.append(Text(label, x, y + 10, 7))
        texts.append(Text(_fit(value, third - 12, 9, True), x, y + 23, 9, True))
    return lines, texts


def _mark(width: int, heading: Heading) -> tuple[list[Line], list[Text]]:
    if not heading.assumed:
        return [], []
    words = f"ILLUSTRATIVE: rests on {_assumed(heading)}. Not for construction."
    return [], [Text(words, width // 2, _EDGE + 30, 13, True, "middle", "ill")]


def _assumed(heading: Heading) -> str:
    if heading.counted:
        return f"assumed numbers, see {number(heading.counted)}"
    return f"{heading.assumed} assumed number{'' if heading.assumed == 1 else 's'}"


def _levels(scene: Scene, floor: int) -> tuple[list[Line], list[Text]]:
    used = {bar.level for bar in scene.bars} | {wire.level for wire in scene.wires}
    lines: list[Line] = []
    texts = [Text("LEGEND", _EDGE + 14, floor + 18, 9, True)] if scene.symbols or scene.bars else []
    for n, level in enumerate(level for level in TITLES if level in used):
        y = floor + 32 + 16 * n
        lines.append(Line(((_EDGE + 14, y), (_EDGE + 44, y)), f"key-{level}"))
        texts.append(Text(TITLES[level], _EDGE + 52, y + 3, 9))
    return lines, texts


def _used(drawing: Drawing) -> list[str]:
    """One symbol for each meaning that stands on the sheet."""
    titles: dict[str, str] = {}
    for name in sorted({sym.symbol for sym in drawing.symbols}):
        titles.setdefault(symbol(name).title, name)
    return [titles[title] for title in sorted(titles)]


def _flow(samples: list[str], room: int) -> list[tuple[str, int, int]]:
    """The symbols of the legend in rows: name, middle of its cell, row."""
    found, x, row = [], 0, 0
    for name in samples:
        one = symbol(name)
        wide = max(text_width(one.title, 7), one.box[2] - one.box[0]) + 24
        if x and x + wide > room:
            x, row = 0, row + 1
        found.append((name, x + wide // 2, row))
        x += wide
    return found


def _legend(
    flow: list[tuple[str, int, int]], floor: int
) -> tuple[tuple[tuple[str, int, int], ...], list[Text]]:
    places, texts = [], []
    for name, x, row in flow:
        one, left, y = symbol(name), _EDGE + _KEYS + x, floor + row * _LEGEND_ROW
        places.append((name, left, y + 8 + (90 - one.box[3]) // 2))
        texts.append(Text(one.title, left, y + 110, 7, False, "middle"))
    return tuple(places), texts
