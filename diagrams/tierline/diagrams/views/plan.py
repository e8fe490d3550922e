"""The block plan: rooms and fire compartments as boxes, with what stands in them.

Promises: no size, place or neighbour of a room is shown, because none is declared; the sheet says so. The boxes show
words only: every element stands on the sheet of its discipline.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from tierline.diagrams.layout.drawing import Drawing
from tierline.diagrams.order import compact, in_order
from tierline.diagrams.scene import Line, Text
from tierline.diagrams.text_width import text_width
from tierline.twin.kinds import KINDS
from tierline.twin.model import Element, Origin, Room, Twin

NAME, TITLE = "z-101-plan", "Rooms and what stands in them"
_SAYS = "Block plan. Size, place and neighbours of rooms are not declared, and are not shown."
_ACROSS, _WIDE, _APART, _LINE, _SIZE = 4, 340, 20, 12, 9


def block_plan(twin: Twin) -> Drawing | None:
    """The boxes of all rooms, those of one fire compartment together; nothing where no room is declared."""
    if not twin.rooms:
        return None
    inside: dict[str, list[Element]] = defaultdict(list)
    for element in twin.elements.values():
        if element.room in twin.rooms and element.origin in (Origin.WRITTEN, Origin.PART):
            inside[str(element.room)].append(element)
    compartments: dict[str, list[str]] = defaultdict(list)
    for name in in_order(twin.rooms):
        compartments[_word(twin.rooms[name], "compartment")].append(name)
    drawing = Drawing()
    drawing.texts.append(Text(_SAYS, 0, 0, _SIZE))
    y = 30
    for compartment in in_order(compartments):
        if len(compartments) > 1:
            words = f"Fire compartment {compartment}" if compartment else "No fire compartment declared"
            drawing.texts.append(Text(words, 0, y, 13, True))
            y += 14
        y = _boxes(drawing, {name: _box_of(twin, name, inside) for name in compartments[compartment]}, y) + 20
    return drawing


def _word(room: Room, name: str) -> str:
    value = room.fields.get(name)
    return "" if value is None else str(value.of)


def _box_of(twin: Twin, name: str, inside: Mapping[str, list[Element]]) -> list[tuple[str, bool]]:
    """The lines of a room's box, with whether they are bold."""
    room = twin.rooms[name]
    lines = [(name, True)]
    about = [room.kind, *([f"{room.heat.of} of heat"] if room.heat is not None else [])]
    lines += [(", ".join(about), False)]
    by_kind: dict[str, list[str]] = defaultdict(list)
    for element in inside.get(name, ()):
        by_kind[element.kind].append(element.id)
    for kind in in_order(by_kind):
        title = KINDS[kind].title if kind in KINDS else kind
        lines += [(line, False) for line in _wrapped(f"{title}: ", compact(by_kind[kind]))]
    cooling = in_order(unit for unit, served in twin.serves if served == name)
    if cooling:
        lines += [(line, False) for line in _wrapped("cooled by: ", compact(cooling))]
    return lines


def _wrapped(head: str, names: Iterable[str]) -> list[str]:
    """Words in lines that fit a box."""
    lines = [head]
    for n, name in enumerate(names):
        word = f"{', ' if n else ''}{name}"
        if text_width(lines[-1] + word, _SIZE) > _WIDE - 20 and lines[-1] != head:
            lines[-1] += "," if n else ""
            lines.append(f"    {name}")
        else:
            lines[-1] += word
    return lines


def _boxes(drawing: Drawing, boxes: Mapping[str, list[tuple[str, bool]]], y: int) -> int:
    """Boxes side by side in rows; returns where the last row ends."""
    for start in range(0, len(boxes), _ACROSS):
        row = list(boxes.items())[start : start + _ACROSS]
        high = (max(len(lines) for _, lines in row) * _LINE + 19) // 10 * 10
        for n, (name, lines) in enumerate(row):
            x = n * (_WIDE + _APART)
            right, bottom = x + _WIDE, y + high
            drawing.areas.append((name, (x, y, right, bottom)))
            drawing.lines.append(Line(((x, y), (right, y), (right, bottom), (x, bottom), (x, y)), "frame"))
            drawing.texts += [
                Text(words, x + 8, y + 15 + _LINE * k, _SIZE, bold) for k, (words, bold) in enumerate(lines)
            ]
        y += high + _APART
    return y
