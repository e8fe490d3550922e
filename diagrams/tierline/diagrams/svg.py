"""Scene → SVG text, by our own writer.

Promises: one element a line in a fixed order, attributes in a fixed order, line feeds only; no clock, no
hash, no font, no program version; nothing outside the file is referred to, nothing in it runs. Every
element carries `data-*` attributes from which an independent program can check the geometry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from tierline.diagrams.layout.drawing import standing, sym_box, turned
from tierline.diagrams.look import STATES, TAP
from tierline.diagrams.order import natural
from tierline.diagrams.scene import Bar, Line, Part, Point, Scene, Sign, Sym, Text, Tint, Wire, levels_of
from tierline.diagrams.svg_style import dashes, style_sheet
from tierline.diagrams.symbols import Symbol, symbol
from tierline.diagrams.symbols.shapes import FINE, SHADE_OPACITY, Fill, Shape
from tierline.diagrams.text_width import text_width

_DASHES = re.compile("^-|-(?=-|$)")
_NAME = re.compile(r"[^A-Za-z0-9.-]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_RESERVED = ("w-", "g-", "s-")
"""How the ids of wires, blocks and symbols begin; no element's id does."""
_TURN = {"down": "", "right": "rotate(-90)", "left": "rotate(90)", "up": "rotate(180)"}


def text_of(value: str) -> str:
    """Text that is safe in XML, in content and in attributes."""
    return escape(_FORBIDDEN.sub("\ufffd", value), {'"': "&quot;", "\n": " ", "\t": " ", "\r": " "})


def xml_id(name: str) -> str:
    """An XML id, different for every name: other characters than letters, digits, dot and dash are written as their
    number, and so is a dash where it would look like the beginning of another kind of id or the middle of a wire's."""
    safe = _NAME.sub(lambda match: f"_{ord(match[0]):x}_", name)
    safe = _DASHES.sub("_2d_", safe)
    if safe.startswith(_RESERVED):
        safe = f"{safe[0]}_2d_{safe[2:]}"
    return safe if safe[:1].isalpha() else f"_{safe}"


def _attributes(**values: str) -> str:
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{text_of(value)}"' for name, value in values.items() if value
    )


def _identity(name: str) -> str:
    found = xml_id(name)
    return _attributes(id=found, data_id="" if found == name else name)


def _text(text: Text, origin: Point) -> str:
    style = " ".join(filter(None, ("n" if text.bold and not text.style else "", text.style)))
    anchor = "" if text.anchor == "start" else text.anchor
    place = _attributes(
        class_=style,
        x=str(text.x - origin[0]),
        y=str(text.y - origin[1]),
        font_size=str(text.size),
        text_anchor=anchor,
        textLength=str(text_width(text.text, text.size, text.bold)),
    )
    return f"<text{place}>{text_of(text.text)}</text>"


def _symbol_line(sym: Sym, origin: Point) -> str:
    shape = symbol(sym.symbol)
    x1, y1, x2, y2 = sym_box(sym, shape)
    box = f"{x1 - sym.x} {y1 - sym.y} {x2 - sym.x} {y2 - sym.y}"
    classes = " ".join(filter(None, ("el", sym.level, sym.state, *_is(sym.marks))))
    stands = standing(sym, shape)
    turn = _TURN[stands.flow] or ("scale(-1 1)" if sym.flipped and shape.mirrors else "")
    turn = f"translate(0 {stands.y - sym.y})" if stands.y != sym.y else turn
    use = f'<use href="#s-{sym.symbol}"{_attributes(transform=turn)}/>'
    texts = "".join(_text(text, (sym.x, sym.y)) for text in sym.texts)
    many = " ".join(sym.ids) if sym.ids != (sym.id,) else ""
    head = _attributes(
        class_=classes,
        data_kind=sym.kind,
        data_side=sym.side,
        data_state=sym.state,
        data_normally=sym.normally,
        data_marks=" ".join(sym.marks),
        data_some=" ".join(f"{mark}:{','.join(names)}" for mark, names in sym.some),
        data_ids=many,
        data_ref_sheet=sym.ref_sheet,
        data_ref_id=sym.ref_id,
        data_also=" ".join(sym.also),
        data_box=box,
        data_ports=_ports(sym, shape),
        transform=f"translate({sym.x - origin[0]} {sym.y - origin[1]})",
    )
    return f"<g{_identity(sym.id)}{head}>{use}{texts}</g>"


def _ports(sym: Sym, shape: Symbol) -> str:
    found = []
    points = [*(("i", p) for p in shape.ins), *(("o", p) for p in shape.outs)]
    points += [("d", shape.dc)] if shape.dc else []
    for way, (x, y) in points:
        x, y = turned(sym, (x, y))
        found.append(f"{way}:{x},{y}")
    return " ".join(found)


def _bar_line(bar: Bar, origin: Point, taps: Iterable[int]) -> str:
    x1 = bar.x1
    kind = ("junction",) if bar.kind == "junction" else ()
    classes = " ".join(("bus", bar.level, *kind, *_is(bar.marks)))
    head = _attributes(
        class_=classes,
        data_kind=bar.kind,
        data_side=bar.side,
        data_marks=" ".join(bar.marks),
        data_ref_sheet=bar.ref_sheet,
        data_ref_id=bar.ref_id,
        data_also=" ".join(bar.also),
        transform=f"translate({x1 - origin[0]} {bar.y - origin[1]})",
    )
    dots = "".join(f'<circle class="tap" cx="{x - x1}" cy="0" r="{TAP:g}"/>' for x in sorted(set(taps)))
    texts = "".join(_text(text, (x1, bar.y)) for text in bar.texts)
    return f'<g{_identity(bar.id)}{head}><line x2="{bar.x2 - x1}"/>{dots}{texts}</g>'


def _wire_line(wire: Wire, origin: Point, twin: int) -> str:
    ox, oy = origin
    (x, y), *rest = wire.points
    path, here = f"M{x - ox} {y - oy}", (x, y)
    for px, py in rest:
        path += f"V{py - oy}" if px == here[0] else f"H{px - ox}"
        here = (px, py)
    name = f"w-{xml_id(wire.a)}--{xml_id(wire.b)}" + (f"--{twin}" if twin else "")
    head = _attributes(
        id=name,
        class_=" ".join(("w", wire.level, *_is(wire.marks))),
        data_a=wire.a,
        data_b=wire.b,
        data_net=wire.net,
        data_runs=" ".join(wire.runs),
        data_route="fallback" if wire.fallback else "",
        data_marks=" ".join(wire.marks),
        d=path,
    )
    return f"<path{head}/>"


def _is(marks: tuple[str, ...]) -> list[str]:
    """The classes of marks that change lines."""
    return [f"is-{mark}" for mark in marks if mark in STATES]


def _sign(sign: Sign) -> str:
    """A badge, a frame, a plate, or the caption."""
    parts = [_path(line, line.style if line.style.startswith("is-") else f"sign-{line.style}") for line in sign.lines]
    parts += [
        f'<g class="el badge-{name.removeprefix("sign-")}" transform="translate({x} {y})"><use href="#s-{name}"/></g>'
        for name, x, y in sign.samples
    ]
    parts += [_text(text, (0, 0)) for text in sign.texts]
    box = "" if sign.box is None else " ".join(map(str, sign.box))
    return f"<g{_attributes(data_mark=sign.mark, data_of=sign.of, data_box=box)}>{''.join(parts)}</g>"


def _path(line: Line, style: str, origin: Point = (0, 0)) -> str:
    points = "L".join(f"{x - origin[0]} {y - origin[1]}" for x, y in line.points)
    return f"<path{_attributes(class_=style, d='M' + points)}/>"


def _tint(tint: Tint) -> str:
    x1, y1, x2, y2 = tint.box
    rect = _attributes(class_=f"tint-{tint.side}", x=str(x1), y=str(y1), width=str(x2 - x1), height=str(y2 - y1))
    return f"<rect{rect}/>\n{_text(tint.text, (0, 0))}"


def _fixture(part: Part, outer: Point) -> list[str]:
    """A part of the sheet from the corner it hangs on, so that another paper moves it in one line; `outer` is the
    origin of what it is a part of."""
    x, y = part.origin
    lines = [_path(line, line.style.replace("key-", "key "), part.origin) for line in part.lines]
    lines += [_text(text, part.origin) for text in part.texts]
    lines += [
        f'<g class="el sample"{_moved((at - x, down - y))}><use href="#s-{name}"/></g>'
        for name, at, down in part.samples
    ]
    lines += [line for one in part.parts for line in _fixture(one, part.origin)]
    found = _part(part.name, lines, (x - outer[0], y - outer[1]))
    return ["".join(found)] if part.whole else found


def to_svg(scene: Scene, name: str, title: str) -> str:
    """The text of one sheet."""
    head = _attributes(
        data_sheet=name,
        data_schema="1",
        data_discipline=scene.discipline,
        data_paper=scene.paper,
    )
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{scene.width * scene.unit:g}mm" '
        f'height="{scene.height * scene.unit:g}mm" viewBox="0 0 {scene.width} {scene.height}"{head}>',
        f"<title>{text_of(title)}</title>",
        style_sheet(levels_of(scene), bool(scene.signs)),
        "<defs>",
    ]
    used = {sym.symbol for sym in scene.symbols} | {sample for sample, _, _ in scene.samples}
    used |= {sample for sign in scene.signs for sample, _, _ in sign.samples}
    for one in sorted(used, key=natural):
        lines.append(f'<g id="s-{one}">{"".join(map(_shape, symbol(one).shapes(scene.norm)))}</g>')
    lines.append("</defs>")
    lines.append('<rect class="paper" width="100%" height="100%"/>')
    lines += _part("paths", [_tint(tint) for tint in scene.tints])
    for part in scene.parts:
        lines += _fixture(part, (0, 0))
    lines += _part("bands", [_path(line, f"sign-{line.style}") for line in scene.bands])
    lines += _groups(scene)
    lines += _part("signs", [_sign(sign) for sign in scene.signs])
    lines.append("</svg>")
    return "\n".join(lines) + "\n"


def _shape(shape: Shape) -> str:
    """A shape without colour: it takes it from the group its symbol is used in."""
    shaded = shape.fill is Fill.SHADE
    paint = _attributes(
        d=shape.d,
        fill=Fill.INK if shaded else shape.fill,
        fill_opacity=f"{SHADE_OPACITY:g}" if shaded else "",
        stroke="" if shape.stroke else "none",
        stroke_width=f"{FINE:g}" if shape.fine else "",
        stroke_dasharray=dashes(shape.dash),
    )
    return f"<path{paint}/>"


def _part(name: str, lines: list[str], origin: Point = (0, 0)) -> list[str]:
    """What stands for no element of the facility, apart from what does."""
    return [f'<g data-part="{name}"{_moved(origin)}>', *lines, "</g>"] if lines else []


def _moved(origin: Point) -> str:
    return f' transform="translate({origin[0]} {origin[1]})"' if origin != (0, 0) else ""


def _groups(scene: Scene) -> list[str]:
    taps: dict[str, list[int]] = {bar.id: [] for bar in scene.bars}
    for wire in scene.wires:
        for end, (x, _) in ((wire.a, wire.points[0]), (wire.b, wire.points[-1])):
            if end in taps:
                taps[end].append(x)
    inside: dict[str, list[tuple[int, str, str]]] = {}
    origins = dict(scene.groups)
    pairs: dict[tuple[str, str], int] = {}
    for wire in scene.wires:
        twin = pairs.get((wire.a, wire.b), 0)
        pairs[wire.a, wire.b] = twin + 1
        origin = origins.get(wire.group, scene.origin)
        inside.setdefault(wire.group, []).append((0, f"{wire.a}--{wire.b}", _wire_line(wire, origin, twin)))
    for bar in scene.bars:
        origin = origins.get(bar.group, scene.origin)
        inside.setdefault(bar.group, []).append((1, bar.id, _bar_line(bar, origin, taps[bar.id])))
    for sym in scene.symbols:
        origin = origins.get(sym.group, scene.origin)
        inside.setdefault(sym.group, []).append((2, sym.id, _symbol_line(sym, origin)))
    lines, (dx, dy) = [f'<g class="drawing"{_moved(scene.origin)}>'], scene.origin
    for group in sorted(inside, key=natural):
        x, y = origins.get(group, scene.origin)
        lines.append(f'<g id="g-{xml_id(group)}" class="blk" transform="translate({x - dx} {y - dy})">')
        lines += [line for _, _, line in sorted(inside[group], key=lambda item: (item[0], natural(item[1])))]
        lines.append("</g>")
    return [*lines, "</g>"] if inside else []
