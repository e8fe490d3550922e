"""Diagram lint: each bar finds what is planted for it, and the geometry oracle agrees on pictures with defects."""

from __future__ import annotations

import json
import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from test_diagrams_geometry import faults
from test_diagrams_twins import PLANTS, two_n

from tierline.cli.lint import SHOWN_BY, wanted
from tierline.cli.main import main
from tierline.diagrams import draw
from tierline.diagrams.lint.bars import ON_A_SHEET, ON_ALL, TITLES, Linted, lint
from tierline.diagrams.lint.looks import frame_use, s11
from tierline.diagrams.lint.reader import Unreadable, read
from tierline.diagrams.lint.records import Wanted
from tierline.twin.model import Medium

SVG = "{http://www.w3.org/2000/svg}"
ET.register_namespace("", SVG[1:-1])
BAMAKO = Path(__file__).parent.parent / "specs" / "bamako"


def found(linted: Linted) -> dict[str, list[str]]:
    """What was found, by bar."""
    return {r.id: [one.words for one in r.findings] for r in linted.results if r.findings}


# a sheet by hand, on which every bar is met

CLEAN = """\
<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 1188 840"\
 data-sheet="e-100" data-discipline="power" data-paper="A4">
<style>.n{font-weight:bold}</style>
<g data-part="frame"><path d="M20 20L580 20L580 380L20 380L20 20"/>\
<text x="30" y="370" font-size="8" textLength="40">Sheet</text></g>
<g class="blk" transform="translate(100 100)">
<path id="w-1" data-a="bar" data-b="q1" d="M50 0V20" data-runs=""/>
<path id="w-2" data-a="q1" data-b="load" d="M50 50V100" data-runs="run"/>
<path id="w-3" data-a="bar" data-b="q2" d="M150 0V20"/>
<path id="w-4" data-a="q2" data-b="ref" d="M150 50V100"/>
<g id="bar" class="bus" data-kind="board"><line x2="200"/><text class="n" x="0" y="-8" font-size="9">bar</text></g>
<g id="low" class="bus" data-kind="board" transform="translate(0 200)"><line x2="200"/></g>
<g id="q1" data-kind="breaker" data-box="-8 0 8 30" data-ports="i:0,0 o:0,30" transform="translate(50 20)">\
<text x="14" y="18" font-size="9">q1</text></g>
<g id="q2" data-kind="breaker" data-box="-8 0 8 30" data-ports="i:0,0 o:0,30" transform="translate(150 20)">\
<text x="14" y="18" font-size="9">q2</text></g>
<g id="load" data-kind="load" data-box="-20 0 20 30" data-ports="i:0,0" transform="translate(50 100)"/>
<g id="ref" data-kind="xref" data-ref-sheet="e-101" data-ref-id="far" data-box="-9 0 9 24" data-ports="i:0,0" \
transform="translate(150 100)"/>
</g>
</svg>
"""
OTHER = """\
<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 1188 840"\
 data-sheet="e-101" data-discipline="power" data-paper="A4">
<path id="w-1" data-a="from" data-b="far" d="M100 30V80"/>
<g id="from" data-kind="xref" data-ref-sheet="e-100" data-ref-id="q2" data-box="-9 -24 9 0" data-ports="o:0,0" \
transform="translate(100 30)"/>
<g id="far" data-kind="load" data-box="-9 0 9 24" data-ports="i:0,0" transform="translate(100 80)"/>
</svg>
"""
JOINTS = frozenset({("bar", "q1"), ("q1", "run"), ("run", "load"), ("bar", "q2"), ("q2", "far")})
IDS = frozenset({"bar", "low", "q1", "q2", "run", "load", "far"})
WANTED = Wanted(IDS, IDS, {("power",): JOINTS})


def by_hand(change: Callable[[str], str] = str, other: str = OTHER) -> dict[str, list[str]]:
    return found(lint({"a.svg": change(CLEAN), "b.svg": other}, WANTED))


def swap(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert text.count(old) == 1, (old, text.count(old))
        return text.replace(old, new)

    return change


def test_the_sheet_by_hand_is_clean() -> None:
    assert by_hand() == {}


BREAKER = 'id="q1" data-kind="breaker"'
WRONG = 'data-a="low" data-b="q2" d="M150 200V130H130V10H150V20"'
TWICE = '<g id="low" class="bus" data-kind="board" transform="translate(0 240)"><line x2="90"/></g>'
PLANTED = {
    "two labels over each other": ("H1", swap('x="14" y="18" font-size="9">q2', 'x="-86" y="20" font-size="9">q2')),
    "two lines of one label": ("H1", swap(">q2</text>", '>q2</text><text x="18" y="20" font-size="9">N.O.</text>')),
    "a label over a symbol": ("H2", swap('x="14" y="18" font-size="9">q2', 'x="-112" y="95" font-size="9">q2')),
    "a label half in its own symbol": ("H2", swap('x="14" y="18" font-size="9">q2', 'x="4" y="18" font-size="9">q2')),
    "a label on a wire": ("H3", swap('x="14" y="18" font-size="9">q2', 'x="-104" y="60" font-size="9">q2')),
    "a label on a bar": ("H3", swap('x="0" y="-8"', 'x="0" y="3"')),
    "a label on a line of the frame": ("H3", swap('x="30" y="370"', 'x="30" y="382"')),
    "a wire through a symbol": ("H4", swap("M150 50V100", "M150 50V60H120V90H40V115H150V100")),
    "a wire through its own symbol": ("H4", swap("M150 50V100", "M150 50V60H200V115H150V100")),
    "a wire end off its port": ("H5", swap("M150 0V20", "M150 0V17")),
    "a wire end off its bar": ("H5", swap("M150 0V20", "M150 -9V20")),
    "a wire to nothing": ("H5", swap('data-b="load"', 'data-b="loaf"')),
    "wires over each other": ("H6", swap("M150 50V100", "M150 50V60H50V90H150V100")),
    "a wire that turns on another": ("H6", swap("M150 50V100", "M150 50V60H50V61H150V100")),
    "a wire behind a device over the one before it": ("H6", swap("M150 50V100", "M150 50H132V10H150V14H132V100H150")),
    "bars that touch": ("H7", swap("translate(0 200)", "translate(210 0)")),
    "a wire over a bar": ("H7", swap("M150 50V100", "M150 50V60H120V210H190V100H150")),
    "a slanted wire": ("H8", swap("M150 50V100", "M150 50L152 60L150 100")),
    "a curved wire": ("H8", swap("M150 50V100", "M150 50C150 60 160 70 155 80L150 100")),
    "letters too small": ("H9", swap('font-size="8" textLength="40"', 'font-size="7" textLength="40"')),
    "letters too small on the paper": ("H9", swap("0 0 1188 840", "0 0 2376 1680")),
    "a page that is not the paper": ("H9", swap('width="297mm"', 'width="300mm"')),
    "a page in dots": ("H9", swap('width="297mm"', 'width="1123"')),
    "a drawing that does not fill the paper": ("H9", swap("0 0 1188 840", "0 0 1188 800")),
    "no paper": ("H9", swap('data-paper="A4"', "")),
    "a paper nobody sells": ("H9", swap('data-paper="A4"', 'data-paper="A9"')),
    "symbols too close": ("H9", swap('data-box="-20 0 20 30"', 'data-box="-20 0 89 30"')),
    "wires too close": ("H9", swap("M150 50V100", "M150 50V60H55V90H150V100")),
    "off the page": ("H9", swap('x="30" y="370"', 'x="1170" y="798"')),
    "an id twice": ("H10", swap("</g>\n</svg>", TWICE + "</g></svg>")),
    "an element twice": ("H10", swap('id="low" class="bus"', 'id="low" data-ids="low q1" class="bus"')),
    "an element too few": ("H10", swap('data-runs="run"', "")),
    "an element of no facility": ("H10", swap('id="low"', 'id="ghost"')),
    "joined to the wrong bar": ("H10", swap('data-a="bar" data-b="q2" d="M150 0V20"', WRONG)),
    "a reference without partner": ("H10", swap('data-ref-sheet="e-101"', 'data-ref-sheet="e-102"')),
    "a reference to another's element": ("H10", swap('data-ref-id="far"', 'data-ref-id="near"')),
    "an element without a box": ("H10", swap(BREAKER + " data-box", BREAKER + " data-bx")),
    "a picture": ("H12", swap("</svg>", '<image href="#x"/></svg>')),
    "a foreign object": ("H12", swap("</svg>", "<foreignObject/></svg>")),
    "a script": ("H12", swap("</svg>", "<script>1</script></svg>")),
    "a variable": ("H12", swap(".n{font-weight:bold}", ".n{font-weight:bold;fill:var(--x)}")),
    "a font from outside": ("H12", swap(".n{", "@import 'x.css';.n{")),
    "a link to outside": ("H12", swap("</svg>", '<use href="other.svg#x"/></svg>')),
    "a handler": ("H12", swap('<g data-part="frame">', '<g data-part="frame" onclick="x()">')),
}  # fmt: skip
FIRST = {
    "a wire to nothing": {"H5", "H10"},  # what it should show is then not shown
    "an element without a box": {"H5", "H10"},
}
"""Defects that are of two kinds by nature."""


@pytest.mark.parametrize("name", PLANTED)
def test_each_bar_finds_what_is_planted_for_it(name: str) -> None:
    bar, change = PLANTED[name]
    assert by_hand(change).keys() == FIRST.get(name, {bar}), by_hand(change)


def test_the_elongated_papers_of_the_standard_are_papers() -> None:
    page = 'width="297mm" height="210mm" viewBox="0 0 1188 840"'
    for name, across, up in (("A3x7", 2080, 420), ("A4x9", 1892, 297), ("A0x3", 2523, 1189)):
        long = CLEAN.replace(page, f'width="{across}mm" height="{up}mm" viewBox="0 0 {across * 4} {up * 4}"')
        sheet = read(long.replace('data-paper="A4"', f'data-paper="{name}"'))
        assert not list(ON_A_SHEET["H9"](sheet))
        assert list(ON_A_SHEET["H9"](replace(sheet, millimetres=(across + 3, up))))


def framed(paper: str, wide: int, high: int) -> str:
    """A frame of ten cells by five between the words at its top and the title block, and a symbol of some of them."""
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1188 840" data-sheet="e-100" data-paper="{paper}">
<g data-part="frame"><path d="M100 50L1100 50L1100 750L100 750L100 50"/>\
<text x="110" y="148.2" font-size="10">ILLUSTRATIVE</text></g>
<g data-part="title" transform="translate(1100 750)"><path d="M-480 0L-480 -100L0 -100"/></g>
<g class="drawing" transform="translate(101 151)">
<path id="w-1" data-a="load" data-b="load" d="M5 5V20"/>
<g id="load" data-kind="load" data-box="0 0 {wide} {high}" data-ports="i:5,5 o:5,20"/></g>
</svg>
"""


def test_what_a_drawing_uses_is_measured_in_its_frame() -> None:
    """Not of the page: border, words, title block and legend are no room for a drawing."""
    assert frame_use(read(framed("A4", 495, 195))) == 10 / 50
    assert frame_use(read(framed("A4", 995, 495))) == 1
    legend = '<g data-part="legend"><text x="110" y="557.6" font-size="10">battery</text></g></svg>'
    assert frame_use(read(framed("A4", 495, 195).replace("</svg>", legend))) == 10 / 40


def test_a_drawing_that_uses_little_of_the_smallest_paper_is_told_and_not_counted() -> None:
    used = {name: s11([read(framed(*name))]) for name in [("A3", 495, 195), ("A4", 495, 195), ("A4", 995, 495)]}
    assert [figure.good for figure in used.values()] == [False, True, False]
    assert "20% to 20% of the frame used, 1 below 25% on A4, the smallest paper" in used["A4", 495, 195].words
    assert s11([read(framed("A3", 495, 295)), read(framed("A4", 495, 195))]).good


def test_every_bar_that_a_rendering_can_answer_has_a_defect() -> None:
    assert {bar for bar, _ in PLANTED.values()} == set(ON_A_SHEET) | {"H10"}


def test_every_bar_is_in_the_answer_in_order() -> None:
    linted = lint({"a.svg": CLEAN, "b.svg": OTHER}, WANTED)
    assert [result.id for result in linted.results] == list(TITLES)
    assert [*(f"H{n}" for n in range(1, 13)), *(f"S{n}" for n in range(1, 12))] == list(TITLES)
    assert all((result.figure is not None) is (result.id in ON_ALL) for result in linted.results)


@pytest.mark.parametrize(
    "text",
    ["", "<svg", "<svg/>", CLEAN.replace("<svg", "<!DOCTYPE svg><svg", 1),
     CLEAN.replace("0 0 1188 840", "0 0 wide 840"),
     CLEAN.replace("translate(100 100)", "skewX(4)"), CLEAN.replace("viewBox", "view")],
    ids=["empty", "cut off", "not ours", "a document type", "no number", "a transform nobody uses", "no page"],
)  # fmt: skip
def test_what_cannot_be_read_is_found(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)
    assert "H12" in by_hand(lambda _: text)


FUEL = """\
<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 1188 840"\
 data-sheet="f-101" data-discipline="fuel" data-paper="A4">
<path id="w-1" data-a="tank" data-b="load" d="M100 80V130"/>
<g id="tank" data-kind="tank" data-box="-9 -24 9 0" data-ports="o:0,0" transform="translate(100 80)"/>
<g id="load" data-kind="xref" data-ref-sheet="e-100" data-ref-id="load" data-box="-9 0 9 24" data-ports="i:0,0" \
transform="translate(100 130)"/>
</svg>
"""
ALSO = swap('<g id="load" data-kind="load"', '<g id="load" data-kind="load" data-also="f-101"')


@pytest.mark.parametrize(
    ("power", "fuel", "words"),
    [
        (ALSO, str, None),
        (str, str, "load is drawn here again, and where it stands does not say so"),
        (ALSO, swap('<g id="load" data-kind="xref"', '<g id="lo" data-ids="lo" data-kind="xref"'), "does not"),
        (ALSO, swap('data-ref-sheet="e-100"', 'data-ref-sheet="e-101"'), "where it is not"),
        (ALSO, swap('data-discipline="fuel"', 'data-discipline="steam"'), "nobody knows"),
        (ALSO, swap('data-a="tank" data-b="load" d="M100 80V130"', 'data-a="tank" data-b="tank" d="M100 80V90V80"'),
         "tank and load are joined, and no wire shows it"),
    ],
    ids=["both say so", "home does not say so", "nobody refers", "another sheet", "another discipline", "not joined"],
)  # fmt: skip
def test_what_two_disciplines_show_stands_once_and_is_referred_to(
    power: Callable[[str], str], fuel: Callable[[str], str], words: str | None
) -> None:
    ids = IDS | {"tank"}
    both = Wanted(ids, ids, {("power",): JOINTS, ("fuel", "water"): frozenset({("tank", "load")})})
    wrong = found(lint({"a": power(CLEAN), "b": OTHER, "c": fuel(FUEL)}, both)).get("H10", [])
    assert (wrong == []) if words is None else any(words in one for one in wrong), wrong


def test_no_sheet_at_all_is_no_clean_drawing() -> None:
    assert found(lint({}, WANTED)) == {"H10": [f"{name} is not drawn" for name in sorted(IDS)]}


def test_transforms_are_followed() -> None:
    turned = CLEAN.replace('transform="translate(100 100)"', 'transform="translate(100,100) rotate(90) scale(-1 1)"')
    (box,) = (one.box for one in read(turned).symbols if one.id == "load")
    assert box == (100 - 130, 100 - 70, 100 - 100, 100 - 30)
    assert read(turned).symbols[0].ports == ((80.0, 50.0), (50.0, 50.0))


# pictures of ours


def test_every_medium_is_shown_by_a_discipline() -> None:
    assert set(SHOWN_BY) == set(Medium)


@cache
def picture(name: str) -> dict[str, str]:
    return {sheet.name: sheet.svg for sheet in draw(PLANTS[name]().twin())}


@pytest.mark.parametrize("name", sorted(PLANTS))
def test_the_drawings_of_every_plant_are_clean(name: str) -> None:
    assert found(lint(picture(name), wanted(PLANTS[name]().twin()))) == {}


def test_a_sheet_of_what_nothing_joins_is_no_stranger() -> None:
    plant = PLANTS["p01"]()
    plant.add("plc", "controller")
    texts = {sheet.name: sheet.svg for sheet in draw(plant.twin())}
    assert any(name.startswith("c-") for name in texts)
    assert found(lint(texts, wanted(plant.twin()))) == {}


def test_three_halls_are_clean_and_paired() -> None:
    twin = two_n(pdus=3).twin()
    texts = {sheet.name: sheet.svg for sheet in draw(twin)}
    assert len(texts) == 5 and found(lint(texts, wanted(twin))) == {}
    gone = {name: text for name, text in texts.items() if not name.startswith("e-103")}
    assert any("has no partner" in words for words in found(lint(gone, wanted(twin)))["H10"])


def test_a_facility_that_is_joined_otherwise_is_found() -> None:
    twin = PLANTS["two-n"]().twin()
    texts = picture("two-n")
    moved = [replace(j, b="msb-b.qui-1") if (j.a, j.b) == ("msb-a", "msb-a.qui-1") else j for j in twin.joints]
    words = found(lint(texts, wanted(replace(twin, joints=tuple(moved)))))["H10"]
    assert words and all("msb-a" in one for one in words)


def plant(root: ET.Element, dice: random.Random, kind: str) -> None:
    """One defect of a kind, somewhere on a sheet."""
    blocks = root.findall(f".//{SVG}g[@class='blk']")
    items = [(block, item) for block in blocks for item in block]
    wires = [item for _, item in items if item.tag == f"{SVG}path"]
    symbols = [(b, i) for b, i in items if i.get("data-box")]
    labels = [(b, i, t) for b, i in items for t in i.findall(f"{SVG}text")]
    match kind:
        case "label":
            _, _, text = dice.choice(labels)
            for axis in "xy":
                text.set(axis, str(int(text.get(axis, "0")) + dice.randint(-120, 120)))
        case "symbol":
            _, item = dice.choice(symbols)
            x, y = map(int, re.findall(r"-?\d+", item.get("transform", "")))
            item.set("transform", f"translate({x + dice.randint(-200, 200)} {y + dice.randint(-200, 200)})")
        case "block":
            block = dice.choice(blocks)
            x, y = map(int, re.findall(r"-?\d+", block.get("transform", "")))
            block.set("transform", f"translate({x + dice.randint(-200, 200)} {y + dice.randint(-200, 200)})")
        case "bar":
            line = dice.choice([line for _, item in items for line in item.findall(f"{SVG}line")])
            line.set("x2", str(max(10, int(line.get("x2", "0")) + dice.choice((-150, 60, 150, 400)))))
        case "wire":
            wire = dice.choice(wires)
            dx, dy = dice.randint(-150, 150), dice.randint(-80, 80)
            wire.set("d", wire.get("d", "") + f"h{dx}v{dy}h{-dx}v{-dy}")
        case "small":
            dice.choice(labels)[2].set("font-size", "6")


@settings(max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate],
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(
    name=st.sampled_from(["p01", "p16", "p18", "p20", "single", "three-lanes", "two-n"]),
    seed=st.integers(0, 10**6),
    kinds=st.lists(
        st.sampled_from(["label", "symbol", "block", "bar", "wire", "small"]), min_size=1, max_size=3
    ),
)
def test_the_oracle_agrees_on_pictures_with_defects(name: str, seed: int, kinds: list[str]) -> None:
    dice = random.Random(seed)
    sheet = dice.choice(sorted(sheet for sheet in picture(name) if not sheet.startswith("z-")))  # tables have no parts
    root = ET.fromstring(picture(name)[sheet])
    for kind in kinds:
        plant(root, dice, kind)
    text = ET.tostring(root, encoding="unicode")
    compare({fault.partition(" ")[0] for fault in faults(absolute(text))}, found(lint({sheet: text}, WANTED)))


def absolute(text: str) -> str:
    """Paths without relative commands: the oracle reads only what our writer writes."""

    def spelled(match: re.Match[str]) -> str:
        return f' d="{"".join(corners(match[1]))}"'

    return re.sub(r' d="([^"]*h[^"]*)"', spelled, text)


def corners(d: str) -> Iterator[str]:
    here = [0, 0]
    for command, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", d):
        values = [int(number) for number in rest.split()]
        if command == "M":
            here = values
        else:
            axis = command.lower() == "v"
            here[axis] = values[0] + (here[axis] if command.islower() else 0)
        yield f"{'M' if command == 'M' else 'L'}{here[0]} {here[1]}"


def compare(theirs: set[str], ours: dict[str, list[str]]) -> None:
    """Equal where both look; where only the lint looks, it may find more."""
    for bar in ("H2", "H5", "H7", "H8"):
        assert (bar in theirs) is (bar in ours), (bar, theirs, ours)
    more = {"H1": "", "H4": "its own", "H3": "a line of the frame", "H9": "off the page"}
    for bar, extra in more.items():
        if bar in theirs:
            assert bar in ours, (bar, theirs, ours)
        elif bar in ours and extra:
            assert all(extra in words or "u apart" in words for words in ours[bar]), (bar, theirs, ours)
    if "H6/H9" in theirs:
        assert "H6" in ours or any("u apart" in words for words in ours.get("H9", ())), (theirs, ours)


# the command


def test_the_command_says_what_it_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["render", str(BAMAKO), "-o", str(out), "-q"]) == 0
    assert main(["render", "--lint", str(BAMAKO), "-o", str(out)]) == 0
    text = capsys.readouterr().out
    assert re.search(r"^H1 .* ok$", text, re.MULTILINE) and "tests/bench_drawings.py" in text
    sheet = out / "e-101-hall-1.svg"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("<defs>", "<script/><defs>"), encoding="utf-8")
    assert main(["render", "--lint", str(BAMAKO), "-o", str(out), "--format", "json"]) == 1
    (one,) = json.loads(capsys.readouterr().out)["facilities"]
    assert list(one["bars"]) == list(TITLES) and not one["clean"]
    assert one["bars"]["H12"]["findings"] == [{"sheet": "e-101-hall-1", "words": "holds <script>"}]
    assert all(one["bars"][bar]["value"] == 0 for bar in (*ON_A_SHEET, "H10") if bar != "H12")


def test_where_nothing_is_drawn_no_bar_reads_as_held(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "--lint", str(BAMAKO), "-o", str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and "no drawings in" in err and "tierline render" in err
    (tmp_path / "e-100-main.svg").write_text("no drawing", encoding="utf-8")
    assert main(["render", "--lint", str(BAMAKO), "-o", str(tmp_path), "--format", "json"]) == 1
    (one,) = json.loads(capsys.readouterr().out)["facilities"]
    assert one["bars"]["H1"]["findings"] == [] and len(one["bars"]["H12"]["findings"]) == 1


@pytest.mark.parametrize(
    "words", [["--lint", "--format", "png"], ["--format", "json"], ["--lint", "--check"], ["--lint", "--dpi", "90"]]
)
def test_what_does_not_go_together_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(["render", *words, str(BAMAKO)])
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0
    assert code == 2 and capsys.readouterr().out == ""
