"""The geometry of every sheet, checked from the SVG text alone: no layout code is imported here.

Boxes, terminals and wires are read from the `data-*` attributes; texts from their place, size and length.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from test_diagrams_twins import PLANTS, Plant, two_n

from tierline.diagrams import draw

SVG = "{http://www.w3.org/2000/svg}"
EPS = 0.5
Box = tuple[float, float, float, float]
Segment = tuple[float, float, float, float]


@dataclass
class Drawn:
    """What a sheet shows, in page coordinates."""

    symbols: dict[str, Box] = field(default_factory=dict)
    ports: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    bars: dict[str, Segment] = field(default_factory=dict)
    texts: list[tuple[str, str, Box]] = field(default_factory=list)
    wires: list[tuple[str, str, str, list[tuple[float, float]]]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    fallbacks: int = 0
    small: float = 99

    def segments(self) -> list[tuple[int, Segment]]:
        return [(n, (*a, *b)) for n, wire in enumerate(self.wires) for a, b in pairwise(wire[3])]


def _shift(node: ET.Element) -> tuple[float, float]:
    match = re.match(r"translate\((-?[\d.]+) (-?[\d.]+)\)", node.get("transform", ""))
    return (float(match[1]), float(match[2])) if match else (0.0, 0.0)


def _text_box(node: ET.Element, x: float, y: float) -> Box:
    size, long = float(node.get("font-size", "9")), float(node.get("textLength", "0"))
    left = x + float(node.get("x", "0")) - {"middle": long / 2, "end": long}.get(node.get("text-anchor", ""), 0)
    top = y + float(node.get("y", "0")) - 0.76 * size
    return (left, top, left + long, top + 0.94 * size)


def _path(d: str, x: float, y: float) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for command, numbers in re.findall(r"([MLHV])([-\d. ]+)", d):
        values = [float(n) for n in numbers.split()]
        here = points[-1] if points else (0.0, 0.0)
        if command in "ML":
            points.append((values[0] + x, values[1] + y))
        else:
            points.append((values[0] + x, here[1]) if command == "H" else (here[0], values[0] + y))
    return points


def read(svg: str) -> Drawn:
    drawn = Drawn()
    root = ET.fromstring(svg)
    for part in root.findall(f"{SVG}g[@data-part]"):
        for inner in (part, *part.findall(f"{SVG}g[@data-part]")):
            x, y = (a + b for a, b in zip(_shift(part), _shift(inner) if inner is not part else (0, 0), strict=True))
            drawn.texts += (("frame", text.text or "", _text_box(text, x, y)) for text in inner.findall(f"{SVG}text"))
    for whole in root.findall(f"{SVG}g[@class='drawing']"):
        (x, y) = _shift(whole)
        for block in whole.findall(f"{SVG}g[@class='blk']"):
            dx, dy = _shift(block)
            for item in block:
                _item(item, x + dx, y + dy, drawn)
    return drawn


def _item(item: ET.Element, gx: float, gy: float, drawn: Drawn) -> None:
    if item.tag == f"{SVG}path":
        name = item.get("id", "")
        drawn.wires.append((name, item.get("data-a", ""), item.get("data-b", ""), _path(item.get("d", ""), gx, gy)))
        drawn.fallbacks += item.get("data-route") == "fallback"
        return
    dx, dy = _shift(item)
    x, y = gx + dx, gy + dy
    name = item.get("data-id") or item.get("id", "")
    drawn.ids.append(name)
    for text in item.findall(f"{SVG}text"):
        drawn.texts.append((name, text.text or "", _text_box(text, x, y)))
        drawn.small = min(drawn.small, float(text.get("font-size", "0")))
    line = item.find(f"{SVG}line")
    if line is not None:
        drawn.bars[name] = (x, y, x + float(line.get("x2", "0")), y)
        return
    x1, y1, x2, y2 = map(float, item.get("data-box", "").split())
    drawn.symbols[name] = (x + x1, y + y1, x + x2, y + y2)
    drawn.ports[name] = []
    for port in item.get("data-ports", "").split():
        px, py = port.split(":")[1].split(",")
        drawn.ports[name].append((x + float(px), y + float(py)))


def _overlap(one: Box, other: Box) -> tuple[float, float]:
    return (min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1]))


def _inside(segment: Segment, box: Box) -> float:
    """The length of an upright or level segment within a box."""
    x1, y1, x2, y2 = segment
    dx, dy = _overlap((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)), box)
    return max(dx, dy) if dx >= 0 and dy >= 0 else 0.0


def _grown(box: Box, by: float) -> Box:
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def faults(svg: str) -> list[str]:
    """Everything that is wrong with a sheet, in words."""
    d = read(svg)
    return [*_labels(d), *_through(d), *_ends(d), *_parallel(d), *_bars(d), *_spacing(d), *_contained(svg)]


def _labels(d: Drawn) -> list[str]:
    found = []
    segments = d.segments()
    for n, (owner, text, box) in enumerate(d.texts):
        for other, words, second in d.texts[n + 1 :]:
            if owner != other and min(_overlap(box, second)) > EPS:
                found.append(f"H1 label {text!r} of {owner} over {words!r} of {other}")
        for name, symbol in d.symbols.items():
            dx, dy = _overlap(box, symbol)
            if name != owner and dx > 1 and dy > 1:
                found.append(f"H2 label {text!r} of {owner} over symbol {name}")
            if name == owner and dx > 1 and dy > 1 and (dx < box[2] - box[0] - 1 or dy < box[3] - box[1] - 1):
                found.append(f"H2 label {text!r} half in its own symbol {name}")
        shrunk = _grown(box, -EPS)
        for wire, segment in segments:
            if _inside(segment, shrunk) > 0.8:
                found.append(f"H3 label {text!r} of {owner} on wire {d.wires[wire][0]}")
        for name, bar in d.bars.items():
            if _inside(bar, shrunk) > 0.8:
                found.append(f"H3 label {text!r} of {owner} on bar {name}")
    return found


def _through(d: Drawn) -> list[str]:
    return [
        f"H4 wire {d.wires[wire][0]} through {name}"
        for wire, segment in d.segments()
        for name, box in d.symbols.items()
        if name not in d.wires[wire][1:3] and _inside(segment, _grown(box, -2)) > 0.8
    ]


def _ends(d: Drawn) -> list[str]:
    found = []
    for name, a, b, points in d.wires:
        for end, (x, y) in ((a, points[0]), (b, points[-1])):
            if end in d.bars:
                x1, yb, x2, _ = d.bars[end]
                if not (x1 - EPS <= x <= x2 + EPS and abs(y - yb) <= EPS):
                    found.append(f"H5 wire {name} misses bar {end}")
            elif not any(abs(px - x) + abs(py - y) <= EPS for px, py in d.ports.get(end, ())):
                found.append(f"H5 wire {name} misses {end}")
        for (x1, y1), (x2, y2) in pairwise(points):
            if x1 != x2 and y1 != y2:
                found.append(f"H8 wire {name} is not at right angles")
    return found


def _parallel(d: Drawn) -> list[str]:
    found = []
    for across, along in ((0, 1), (1, 0)):  # upright wires, then level ones
        lines = sorted(
            (seg[across], min(seg[along], seg[along + 2]), max(seg[along], seg[along + 2]), n)
            for n, seg in d.segments()
            if seg[across] == seg[across + 2]
        )
        for n, (place, start, end, i) in enumerate(lines):
            for other, a, b, j in lines[n + 1 :]:
                if other - place >= 6:
                    break
                first, second = d.wires[i], d.wires[j]
                apart = i != j and not {first[1], first[2]} & {second[1], second[2]}
                if apart and min(end, b) - max(start, a) > 2:
                    found.append(f"H6/H9 wires {first[0]} and {second[0]} run into each other")
    return found


def _bars(d: Drawn) -> list[str]:
    found = []
    bars = list(d.bars.items())
    for n, (name, (x1, y1, x2, _)) in enumerate(bars):
        for other, (a1, b1, a2, _) in bars[n + 1 :]:
            if abs(y1 - b1) < 8 and min(x2, a2) - max(x1, a1) > -20:
                found.append(f"H7 bars {name} and {other} touch")
        for wire, segment in d.segments():
            if name not in d.wires[wire][1:3] and _inside(segment, (x1, y1 - 2.5, x2, y1 + 2.5)) > 0:
                found.append(f"H7 wire {d.wires[wire][0]} over bar {name}")
        for symbol, box in d.symbols.items():
            if min(_overlap(box, (x1, y1 - 2.5, x2, y1 + 2.5))) > 1:
                found.append(f"H7 bar {name} over symbol {symbol}")
    return found


def _spacing(d: Drawn) -> list[str]:
    found = [] if d.small * 0.2646 >= 1.8 else [f"H9 text of {d.small} units"]
    symbols = list(d.symbols.items())
    for n, (name, box) in enumerate(symbols):
        for other, second in symbols[n + 1 :]:
            if min(_overlap(_grown(box, 2), _grown(second, 2))) > 0:
                found.append(f"H9 symbols {name} and {other} are too close")
    if len(set(d.ids)) < len(d.ids):
        found.append("an element is drawn twice")
    return found


def _contained(svg: str) -> list[str]:
    bad = ("<image", "<foreignObject", "<script", "var(", "http://", "https://", "url(", "@import")
    rest = svg.replace('xmlns="http://www.w3.org/2000/svg"', "", 1)
    found = [f"H12 holds {word}" for word in bad if word in rest]
    if re.search(r'href="(?!#)', rest):
        found.append("H12 refers to something outside")
    return found


def check(plant: Plant) -> None:
    for sheet in draw(plant.twin()):
        wrong = faults(sheet.svg)
        assert not wrong, (sheet.name, wrong[:8])
        assert read(sheet.svg).fallbacks == 0, sheet.name


@pytest.mark.parametrize("name", sorted(PLANTS))
def test_the_geometry_of_every_plant(name: str) -> None:
    check(PLANTS[name]())


@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # no shrinking: it costs minutes
    suppress_health_check=list(HealthCheck),
)
@given(
    gens=st.integers(1, 4),
    ups=st.integers(1, 6),
    pdus=st.integers(1, 4),
    racks=st.integers(1, 10),
    utility=st.booleans(),
    tie=st.integers(0, 2),
    mech=st.booleans(),
    ats=st.booleans(),
    frames=st.booleans(),
)
def test_the_geometry_of_any_2n_plant(
    gens: int, ups: int, pdus: int, racks: int, utility: bool, tie: int, mech: bool, ats: bool, frames: bool
) -> None:
    check(two_n(gens, ups, pdus, racks, utility, tie, mech, ats, frames))


Tally = tuple[list[str], int, int]
"""Faults, wires by the fallback, wires."""


def measured_on(label: str, sheets: Iterable[tuple[str, str]]) -> Tally:
    """What is wrong on some sheets, given by name and text; the label stands before the name."""
    wrong: list[str] = []
    fallbacks = wires = 0
    for name, svg in sheets:
        seen = read(svg)
        wrong += [f"{label}{name}: {fault}" for fault in faults(svg)]
        fallbacks += seen.fallbacks
        wires += len(seen.wires)
    return wrong, fallbacks, wires


def tell(systems: Iterable[str], measured: Callable[[str, int], Tally], usual: int) -> None:
    """Measure as many systems as the command line asks for, kind after kind, and print what is wrong."""
    kinds, count = sorted(systems), int(sys.argv[1]) if len(sys.argv) > 1 else usual
    faulty = by_search = drawn = 0
    for number in range(count):
        found, some, every = measured(kinds[number % len(kinds)], number // len(kinds))
        faulty += bool(found)
        by_search, drawn = by_search + some, drawn + every
        for fault in found[:2]:
            print(fault)
    print(f"{count} systems, {faulty} with faults, {by_search} of {drawn} wires by the fallback")


def test_the_paths_of_a_2n_plant_are_mirror_images() -> None:
    main = draw(two_n().twin())[0]
    d = read(main.svg)
    places = {name: (box[0] + box[2], box[1]) for name, box in d.symbols.items()}
    places |= {name: (bar[0] + bar[2], bar[1]) for name, bar in d.bars.items()}
    twins = {name: re.sub(r"(?<=-)a(?=\d|\b)", "b", name) for name in places}
    sums = {places[a][0] + places[b][0] for a, b in twins.items() if a != b and b in places and a not in ("tie-a",)}
    assert len(sums) == 1
    assert all(places[a][1] == places[b][1] for a, b in twins.items() if b in places)
    axis = sums.pop() / 2
    assert all(places[a][0] < axis < places[b][0] for a, b in twins.items() if a != b and b in places)


def test_the_checker_sees_what_is_wrong() -> None:
    main = draw(PLANTS["p01"]().twin())[0].svg
    moved = re.sub(r'(id="ups-a"[^>]*transform="translate\()(-?\d+)', lambda m: f"{m[1]}{int(m[2]) + 300}", main)
    assert moved != main
    assert any(fault.startswith("H5") for fault in faults(moved))
