"""Marked sheets: nothing moves, no state is told by colour alone, and signs keep clear of everything."""

from __future__ import annotations

import io
import random
import xml.etree.ElementTree as ET
from dataclasses import replace

import ezdxf
import pytest
from test_diagrams_twins import PLANTS

from tierline.diagrams import draw
from tierline.diagrams.draw import Sheet
from tierline.diagrams.dxf import to_dxf
from tierline.diagrams.lint.bars import ON_A_SHEET
from tierline.diagrams.lint.reader import read
from tierline.diagrams.look import BADGES, COLOURS, DASHES, LINE, LINES, SIGNS, STATES
from tierline.diagrams.marks.marked import marked
from tierline.diagrams.marks.value import LINES as LINE_MARKS
from tierline.diagrams.marks.value import Mark, Marks
from tierline.diagrams.paint import Outline, painted
from tierline.diagrams.pdf import to_pdf
from tierline.diagrams.scene import Bar, Scene, Sym, Wire
from tierline.diagrams.symbols import symbol
from tierline.diagrams.title import on_paper
from tierline.twin.model import Twin

SVG = "{http://www.w3.org/2000/svg}"
LONG = "specs/a-facility-with-a-long-name/and-a-folder-below-it/distribution-of-everything-in-one-file.yaml:3:1"
TOLD = "taking out a board leaves 40 of 40 racks dark; power 0 of 680 kW, 680 kW short"
WORDS = (("", TOLD), ("at", LONG), ("x", "y" * 200))
GEOMETRY = ("id", "data-kind", "data-box", "data-ports", "transform", "d", "x2", "data-a", "data-b", "data-runs")


def some(twin: Twin, seed: int) -> Marks:
    """Any marks on any elements."""
    chance = random.Random(seed)
    of: dict[str, frozenset[Mark]] = {}
    others = [mark for mark in Mark if mark not in LINE_MARKS]
    for name in twin.elements:
        found = set(chance.sample([*LINE_MARKS], chance.random() < 0.5))
        of[name] = frozenset(found.union(mark for mark in others if chance.random() < 0.06))
    where = {name: chance.choice(["open", "closed", "withdrawn"]) for name in twin.elements if chance.random() < 0.2}
    figures = {name: "together 600 of 617.6 kW" for name in twin.elements}
    return Marks(of, where, figures, title="Counterexample 1 of 3: [a-rule] (GEN-06)", lines=WORDS)


def painting(sheet: Sheet, marks: Marks) -> Sheet:
    return replace(sheet, scene=marked(sheet.scene, marks))


def geometry(svg: str) -> list[tuple[str | None, ...]]:
    """What stands where: everything but how it looks, what its position is and what is said of it."""
    blocks = ET.fromstring(svg).findall(f"{SVG}g[@class='drawing']")
    found = []
    for group in blocks:
        for item in group.iter():
            if item.tag != f"{SVG}use":
                found.append((item.tag, *(item.get(key) for key in GEOMETRY), item.get("x"), item.get("y"), item.text))
    return found


def plain(item: Sym | Bar | Wire) -> Sym | Bar | Wire:
    if isinstance(item, Sym):
        return replace(item, marks=(), some=(), symbol="", state="", normally="")
    return replace(item, marks=())


@pytest.mark.parametrize("name", sorted(PLANTS))
@pytest.mark.parametrize("seed", range(2))
def test_nothing_moves_and_every_bar_holds(name: str, seed: int) -> None:
    twin = PLANTS[name]().twin()
    marks = some(twin, seed)
    for sheet in draw(twin):
        done = painting(sheet, marks)
        scene = done.scene
        size, parts = scene.paper, sheet.scene.parts
        parts = tuple(replace(p, texts=on_paper(p.texts, size)) if p.name == "title" else p for p in parts)
        sheet = replace(sheet, scene=replace(sheet.scene, parts=parts))
        assert geometry(done.svg) == geometry(sheet.svg)
        for old, new in ((sheet.scene.symbols, scene.symbols), (sheet.scene.bars, scene.bars)):
            assert [plain(one) for one in new] == [plain(one) for one in old]
        assert scene.parts == sheet.scene.parts
        page = read(done.svg)
        found = {bar: [*judge(page)] for bar, judge in ON_A_SHEET.items()}
        assert not any(found.values()), (sheet.name, found)


def test_marks_give_the_same_bytes_and_a_plain_sheet_has_nothing_of_them() -> None:
    twin = PLANTS["two-n"]().twin()
    marks = some(twin, 1)
    shuffled = replace(marks, of=dict(sorted(marks.of.items(), reverse=True)))
    for sheet, again in zip(draw(twin), draw(PLANTS["two-n"]().twin()), strict=True):
        assert painting(sheet, marks).svg == painting(again, shuffled).svg
        assert "is-dead" not in sheet.svg and "data-mark" not in sheet.svg
        assert to_pdf([painting(sheet, marks)], "x") == to_pdf([painting(again, shuffled)], "x")


def test_no_two_states_differ_by_colour_alone() -> None:
    """Lines by their weight and dash, against each other and against every line of a plain sheet; badges by shape."""
    usual = {(LINES.get(level, LINE), DASHES.get(level, ())) for level in COLOURS}
    looks = [(style.width, style.dash) for style in STATES.values()]
    assert len(set(looks)) == len(looks) and not usual.intersection(looks)
    dashes = [style.dash for style in STATES.values() if style.dash]
    assert len(set(dashes)) == len(dashes) == len(LINE_MARKS) and not set(dashes) & set(DASHES.values())
    badges = [mark for mark in Mark if mark not in LINE_MARKS]
    assert {f"sign-{mark}" for mark in badges} == {f"sign-{name}" for name in BADGES}
    assert len({repr(symbol(f"sign-{mark}").iec) for mark in badges}) == len(badges)
    weights = {SIGNS[mark].width for mark in (Mark.REMOVED, Mark.OVERLOADED)}
    assert len(weights) == 2


def without_colour(mark: object) -> object:
    if isinstance(mark, Outline):
        return replace(mark, stroke="x" if mark.stroke else "", fill="x" if mark.fill else "")
    return mark


def test_each_mark_is_seen_without_colour() -> None:
    """On a board, printed in one ink: every mark leaves another picture than none, and than any other."""
    twin = PLANTS["two-n"]().twin()
    sheet = draw(twin)[0]

    def inked(one: Mark | None) -> list[object]:
        of = {"msb-a": frozenset() if one is None else frozenset({one})}
        scene = marked(sheet.scene, Marks(of, title="x"))
        return [*map(without_colour, painted(replace(scene, signs=tuple(s for s in scene.signs if s.of))))]

    assert len({repr(inked(one)) for one in (None, *Mark)}) == len(Mark) + 1


def test_a_bar_that_is_no_element_and_a_wire_without_a_cable_are_what_is_around_them() -> None:
    twin = PLANTS["two-n"]().twin()
    sheet = draw(twin)[0]
    every = Marks({name: frozenset({Mark.DEAD}) for name in twin.elements}, title="x")
    scene = painting(sheet, every).scene
    assert all(wire.marks == ("dead",) for wire in scene.wires)
    assert all(bar.marks == ("dead",) for bar in scene.bars)
    live = replace(every, of={name: marks for name, marks in every.of.items() if not name.startswith("msb-a")})
    scene = marked(sheet.scene, live)
    ends = {sym.id for sym in scene.symbols if "dead" in sym.marks} | {bar.id for bar in scene.bars if bar.marks}
    for wire in scene.wires:
        if not wire.runs:
            assert (wire.marks == ("dead",)) is (wire.a in ends and wire.b in ends), wire


def test_a_plug_that_is_dead_is_dead_to_its_rack() -> None:
    twin = PLANTS["two-n"]().twin()
    cord = next(name for name, element in twin.elements.items() if element.kind == "cord")
    pairs = frozenset((j.a, j.b) for j in twin.joints if j.one_way)
    dead = {cord: frozenset({Mark.DEAD})}
    for sheet in draw(twin):
        for one_way, expected in ((pairs, ("dead",)), (frozenset(), ())):
            scene = marked(sheet.scene, Marks(dead, one_way=one_way, title="x"))
            wires = [w for w in scene.wires if cord in (w.a, w.b) and not w.runs and ".w" not in w.a + w.b]
            below = [w for w in wires if {w.a, w.b} & {n for n, e in twin.elements.items() if e.kind == "rack"}]
            assert all(w.marks == expected for w in below)


def test_a_valve_that_is_open_lets_pass_and_a_switch_that_is_open_does_not() -> None:
    for names, live in ((("valve-open", "valve-open"), True), (("breaker-open", "valve-closed"), False)):
        symbols = tuple(Sym(f"q{n}", "x", name, 50, 60 * n, "lv", "", (f"q{n}",), state=name.rpartition("-")[2])
                        for n, name in enumerate(names))  # fmt: skip
        wire = Wire("q0", "q1", ((50, 30), (50, 60)), "", "lv", "")
        done = marked(Scene(400, 400, symbols, wires=(wire,)), Marks({}, title="x"))
        assert done.wires[0].marks == (() if live else ("dead",))


def test_a_device_is_drawn_in_the_position_it_is_in_and_says_its_normal_one() -> None:
    twin = PLANTS["p16"]().twin()
    for sheet in draw(twin):
        for sym in sheet.scene.symbols:
            if sym.symbol == "breaker-closed" and len(sym.ids) == 1:
                scene = marked(sheet.scene, Marks({}, {sym.id: "open"}, title="x"))
                (now,) = (one for one in scene.symbols if one.id == sym.id)
                assert (now.symbol, now.state, now.normally) == ("breaker-open", "open", "closed")
                return
    raise AssertionError("no breaker")


def test_what_holds_of_some_of_many_is_counted() -> None:
    twin = PLANTS["two-n"]().twin()
    for sheet in draw(twin):
        for sym in sheet.scene.symbols:
            if len(sym.ids) > 2 and not sym.ref_sheet:
                of = {sym.ids[0]: frozenset({Mark.WITHOUT, Mark.REMOVED})}
                done = painting(sheet, Marks(of, title="x"))
                (now,) = (one for one in done.scene.symbols if one.id == sym.id)
                assert not now.marks and dict(now.some)["without"] == (sym.ids[0],)
                assert f">1 of {len(sym.ids)}</text>" in done.svg and f"TAKEN OUT: {sym.ids[0]}" in done.svg
                assert f'data-some="removed:{sym.ids[0]} without:{sym.ids[0]}"' in done.svg


def test_a_caption_without_room_stands_below_on_the_next_paper() -> None:
    twin = PLANTS["single"]().twin()
    sheet = draw(twin)[0]
    wordy = Marks({}, title="x", lines=tuple(("note", "many words " * 60) for _ in range(12)))
    done = painting(sheet, wordy)
    (caption,) = (sign for sign in done.scene.signs if sign.mark == "caption")
    assert caption.box is not None and caption.box[1] >= sheet.scene.height
    assert done.scene.height > sheet.scene.height and done.scene.paper != sheet.scene.paper
    (title,) = (part for part in done.scene.parts if part.name == "title")
    words = [text.text for text in title.texts]
    assert words[words.index("Paper") + 1] == done.scene.paper
    assert not any([*judge(read(done.svg))] for judge in ON_A_SHEET.values())


def test_what_finds_no_room_is_told_in_words() -> None:
    scene = Scene(60, 40, symbols=(Sym("q", "breaker", "breaker-closed", 30, 5, "lv", "", ("q",)),))
    done = marked(scene, Marks({"q": frozenset({Mark.REMOVED, Mark.SHORT})}, title="x"))
    (caption,) = (sign for sign in done.signs if sign.mark == "caption")
    assert "removed at q" in " ".join(text.text for text in caption.texts)


@pytest.mark.parametrize("name", ["two-n", "p16"])
def test_a_dxf_has_every_mark(name: str) -> None:
    """Layers for states, a layer for each kind of sign, marks as attributes; CAD programs find no fault in it."""
    twin = PLANTS[name]().twin()
    marks = some(twin, 1)
    for sheet in draw(twin):
        done = painting(sheet, marks)
        document = ezdxf.read(io.StringIO(to_dxf(done.scene, done.name, done.title).decode()))
        audit = document.audit()
        assert not audit.errors and not audit.fixes
        layers = {layer.dxf.name: layer.dxf.linetype for layer in document.layers}
        said = {mark for item in (*done.scene.symbols, *done.scene.wires) for mark in item.marks}
        for state in said.intersection(LINE_MARKS):
            found = {line for layer, line in layers.items() if layer.endswith(f"-{state.upper()}")}
            assert len(found) == 1 and "Continuous" not in found
        inserts = document.modelspace().query("INSERT")
        badges = sorted(one.dxf.name for one in inserts if one.dxf.name.startswith("sign-"))
        assert badges == sorted(one for sign in done.scene.signs for one, _, _ in sign.samples)
        told = {a.dxf.text for one in inserts for a in one.attribs if a.dxf.tag == "MARKS"}
        assert {" ".join(sym.marks) for sym in done.scene.symbols} <= told | {""}
        assert {f"MARK-{sign.mark.upper()}" for sign in done.scene.signs} <= layers.keys()
        again = to_dxf(painting(sheet, marks).scene, done.name, done.title)
        assert again == to_dxf(done.scene, done.name, done.title)


PLANTED = {
    "a badge on a label": '<g data-mark="short" data-of="x" data-box="{0} {1} {2} {3}"></g>',
    "words of a plate on a label": '<g data-mark="short"><text x="{0}" y="{3}" font-size="9">abc</text></g>',
}


@pytest.mark.parametrize("name", PLANTED)
def test_the_lint_sees_a_sign_on_a_label(name: str) -> None:
    sheet = draw(PLANTS["single"]().twin())[0]
    text = next(t for t in read(sheet.svg).texts if t.owner)
    planted = PLANTED[name].format(*(round(side) for side in text.box))
    found = {bar: [*judge(read(sheet.svg.replace("</svg>", planted + "</svg>")))] for bar, judge in ON_A_SHEET.items()}
    assert found["H1"] or found["H2"]


def test_a_cable_alone_in_the_zone_bears_the_sign_of_earth() -> None:
    (sheet,) = draw(PLANTS["p01"]().twin())
    run = next(run for wire in sheet.scene.wires for run in wire.runs)
    scene = painting(sheet, Marks({run: frozenset({Mark.ISOLATED, Mark.EARTHED})})).scene
    assert [(sign.of, sign.mark) for sign in scene.signs if sign.mark == Mark.EARTHED] == [(run, Mark.EARTHED)]
