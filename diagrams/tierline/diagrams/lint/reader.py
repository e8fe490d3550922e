"""SVG text → the records of a sheet.

Promises: only the text is read; transforms are followed through every group; a text is as wide as the shipped table
says, or as its `textLength` where that is more. Errors: `Unreadable` for what is no drawing of ours.
"""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import pairwise

from tierline.diagrams.lint.geometry import around
from tierline.diagrams.lint.records import FRAME, Box, Draft, Node, Part, Point, Segment, Sheet, Sign, Text, Wire
from tierline.diagrams.text_width import text_width

Matrix = tuple[float, float, float, float, float, float]

_SVG = "{http://www.w3.org/2000/svg}"
_SAME: Matrix = (1, 0, 0, 1, 0, 0)
_NUMBER = r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?"
_BAR_WEIGHT = 5
_SIGN = "sign "
"""How the owner of what belongs to a sign begins; no element's name has a space."""
_NO_ELEMENT = ("xref", "junction", "return", "spare")


class Unreadable(Exception):
    """This is not a sheet; the message says why."""


def read(source: str) -> Sheet:
    """The records of one sheet."""
    if "<!DOCTYPE" in source or "<!ENTITY" in source:
        raise Unreadable("has a document type, which no drawing of ours has")
    try:
        root = ET.fromstring(source)
    except ET.ParseError as error:
        raise Unreadable(f"is not well-formed XML: {error}") from error
    if root.tag != f"{_SVG}svg" or not root.get("data-sheet"):
        raise Unreadable("is no SVG with data-sheet")
    draft, bold = Draft(), _bold(root)
    for node in root.iter():
        if node.tag == f"{_SVG}text":
            draft.sizes.append(_size(node))
        if node.get("id"):
            draft.xml_ids.append(node.get("id", ""))
    try:
        _walk(root, _SAME, FRAME, bold, draft)
        page = [float(number) for number in root.get("viewBox", "").split()]
    except ValueError as error:
        raise Unreadable(f"has a number that is none: {error}") from error
    if len(page) != 4:
        raise Unreadable("has no viewBox")
    return Sheet(
        root.get("data-sheet", ""), root.get("data-discipline", ""), root.get("data-paper", ""),
        page[2], page[3], (_millimetres(root, "width"), _millimetres(root, "height")), source,
        tuple(draft.symbols), tuple(draft.bars), tuple(draft.wires), tuple(draft.texts), tuple(draft.rules),
        min(draft.sizes, default=0), tuple(draft.xml_ids), tuple(draft.odd), tuple(draft.signs),
        tuple(_parts(root, bold)),
    )  # fmt: skip


def _parts(root: ET.Element, bold: frozenset[str]) -> Iterator[Part]:
    for group in root.iterfind(f"{_SVG}g[@data-part]"):
        own = Draft()
        _walk(group, _SAME, FRAME, bold, own)
        if own.texts or own.rules:
            yield Part(group.get("data-part", ""), tuple(own.texts), tuple(own.rules))


def _millimetres(root: ET.Element, side: str) -> float:
    """0 where the page is not measured in millimetres."""
    written = re.fullmatch(r"(\d+(?:\.\d+)?)mm", root.get(side, ""))
    return float(written[1]) if written else 0


def _bold(root: ET.Element) -> frozenset[str]:
    """The classes of the sheet's own style that make a text bold."""
    style = "".join(node.text or "" for node in root.iter(f"{_SVG}style"))
    return frozenset(re.findall(r"\.([\w-]+)\{[^}]*font-weight:bold", style))


def _walk(node: ET.Element, matrix: Matrix, owner: str, bold: frozenset[str], draft: Draft) -> None:
    matrix = _times(matrix, _transform(node.get("transform", "")))
    if node.tag in (f"{_SVG}defs", f"{_SVG}style", f"{_SVG}title"):
        return
    if node.tag == f"{_SVG}text":
        draft.texts.append(_text(node, matrix, owner, bold))
    elif node.tag == f"{_SVG}path" and node.get("data-a") is not None:
        runs = tuple(node.get("data-runs", "").split())
        points = _points(node.get("d", ""), matrix)
        ends = (node.get("data-a", ""), node.get("data-b", ""))
        if len(points) < 2:
            draft.odd.append(f"wire {node.get('id', '')} goes nowhere")
        else:
            draft.wires.append(Wire(node.get("id", ""), *ends, points, runs, node.get("data-route") == "fallback"))
    elif node.tag == f"{_SVG}path" and (owner == FRAME or owner.startswith(_SIGN)):
        points = _points(node.get("d", ""), matrix)
        draft.rules += pairwise(points)
    if node.get("data-mark") is not None:
        owner = f"{_SIGN}{node.get('data-mark')} {node.get('data-of', '')}".rstrip()
        if (box := [float(number) for number in node.get("data-box", "").split()]) and len(box) == 4:
            draft.signs.append(Sign(owner, (box[0], box[1], box[2], box[3])))
    if node.get("data-kind") is not None:
        owner = node.get("data-id", "") or node.get("id", "")
        _element(node, matrix, owner, draft)
    for child in node:
        _walk(child, matrix, owner, bold, draft)


def _element(node: ET.Element, matrix: Matrix, name: str, draft: Draft) -> None:
    """A symbol by its box, or a bar by its line."""
    line, box = node.find(f"{_SVG}line"), node.get("data-box", "").split()
    kind, sheet = node.get("data-kind", ""), node.get("data-ref-sheet", "")
    every, partner = tuple(node.get("data-ids", "").split() or (name,)), node.get("data-ref-id", "")
    ids = () if kind in _NO_ELEMENT or sheet else every
    again = every if kind == "xref" and partner in every else ()
    more = (sheet, partner, again, tuple(node.get("data-also", "").split()))
    if line is not None:
        axis = _axis(line, matrix)
        (x1, y1), (x2, y2) = axis
        half = _BAR_WEIGHT / 2
        draft.bars.append(
            Node(name, kind, node.get("data-side", ""), (x1, y1 - half, x2, y2 + half), ids, (), axis, *more)
        )
    elif len(box) == 4:
        x1, y1, x2, y2 = map(float, box)
        corners = around(_at(matrix, point) for point in ((x1, y1), (x2, y2), (x1, y2), (x2, y1)))
        ports = tuple(_port(port, matrix) for port in node.get("data-ports", "").split())
        draft.symbols.append(Node(name, kind, node.get("data-side", ""), corners, ids, ports, None, *more))
    else:
        draft.odd.append(f"{name} says no data-box")


def _axis(line: ET.Element, matrix: Matrix) -> Segment:
    one, other = (
        _at(matrix, (float(line.get(f"x{n}", "0")), float(line.get(f"y{n}", "0")))) for n in (1, 2)
    )
    return (min(one, other), max(one, other))


def _port(port: str, matrix: Matrix) -> Point:
    x, _, y = port.partition(":")[2].partition(",")
    return _at(matrix, (float(x), float(y)))


def _size(node: ET.Element) -> float:
    try:
        return float(node.get("font-size", "0"))
    except ValueError:
        return 0.0


def _text(node: ET.Element, matrix: Matrix, owner: str, bold: frozenset[str]) -> Text:
    words, size = "".join(node.itertext()), _size(node)
    heavy = not bold.isdisjoint(node.get("class", "").split())
    long = max(float(text_width(words, math.ceil(size), heavy)), float(node.get("textLength", "0")))
    x, y = float(node.get("x", "0")), float(node.get("y", "0"))
    x -= {"middle": long / 2, "end": long}.get(node.get("text-anchor", ""), 0)
    top = y - 0.76 * size
    corners = ((x, top), (x + long, top + 0.94 * size), (x, top + 0.94 * size), (x + long, top))
    box: Box = around(_at(matrix, corner) for corner in corners)
    return Text(owner, words, box, size)


def _points(d: str, matrix: Matrix) -> tuple[Point, ...]:
    """The corners of a path; of a curve only its ends, so that it reads as slanted."""
    here, start, found = (0.0, 0.0), (0.0, 0.0), list[Point]()
    for command, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", d):
        numbers = [float(number) for number in re.findall(_NUMBER, rest)]
        small, letter = command.islower(), command.upper()
        if letter == "Z":
            here = start
            found.append(here)
            continue
        step = {"H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "A": 7}.get(letter, 2)
        for n in range(0, len(numbers) - step + 1, step):
            x, y = numbers[n + step - 2 : n + step] if step > 1 else (numbers[n], numbers[n])
            x, y = (x + here[0], y + here[1]) if small else (x, y)
            here = (here[0] if letter == "V" else x, here[1] if letter == "H" else y)
            start = here if letter == "M" and n == 0 else start
            found.append(here)
    return tuple(_at(matrix, point) for point in found)


def _at(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return (a * x + c * y + e, b * x + d * y + f)


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f)


def _transform(text: str) -> Matrix:
    matrix = _SAME
    for word, rest in re.findall(r"(\w+)\(([^)]*)\)", text):
        v = [float(number) for number in re.findall(_NUMBER, rest)]
        if word == "translate" and v:
            matrix = _times(matrix, (1, 0, 0, 1, v[0], v[1] if len(v) > 1 else 0))
        elif word == "scale" and v:
            matrix = _times(matrix, (v[0], 0, 0, v[1] if len(v) > 1 else v[0], 0, 0))
        elif word == "rotate" and len(v) == 1:
            sin, cos = round(math.sin(math.radians(v[0])), 9), round(math.cos(math.radians(v[0])), 9)
            matrix = _times(matrix, (cos, sin, -sin, cos, 0, 0))
        elif word == "matrix" and len(v) == 6:
            matrix = _times(matrix, (v[0], v[1], v[2], v[3], v[4], v[5]))
        else:
            raise ValueError(f"transform {text!r}")
    return matrix
