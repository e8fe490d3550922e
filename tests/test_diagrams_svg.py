"""The bytes of the drawings: the same for the same twin, safe for any name, complete, and exportable."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from test_diagrams_geometry import faults, read
from test_diagrams_twins import AT, PLANTS, two_n

from tierline.diagrams import draw
from tierline.twin.assumptions import Assumption
from tierline.twin.compiler import compile_path
from tierline.twin.head import Revision
from tierline.twin.model import Medium, Origin, Twin, Value

HERE = Path(__file__).parent
CASES = sorted(path.name for path in (HERE / "cases").glob("*.yaml")) if (HERE / "cases").is_dir() else []
NASTY = "</svg><script>alert('x')</script> & \"quotes\" \x07 é 中"


def digest(twin: Twin) -> str:
    text = "\0".join(f"{sheet.name}\n{sheet.svg}\n{sheet.dot}" for sheet in draw(twin))
    return hashlib.sha256(text.encode()).hexdigest()


def printed_under_seeds(code: str, *seeds: str) -> set[str]:
    """What a program prints, run once under each hash seed."""
    path = os.pathsep.join([str(HERE), *(p for p in sys.path if p)])
    return {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
        ).stdout
        for seed in seeds
    }


def shuffled(twin: Twin, seed: int) -> Twin:
    """The same facility, declared in another order."""
    dice = random.Random(seed)
    names = list(twin.elements)
    dice.shuffle(names)
    order = list(range(len(twin.joints)))
    dice.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    feeds = [replace(feed, joints=tuple(place[joint] for joint in feed.joints)) for feed in twin.feeds]
    dice.shuffle(feeds)
    return replace(
        twin,
        elements=MappingProxyType({name: twin.elements[name] for name in names}),
        joints=tuple(twin.joints[old] for old in order),
        feeds=tuple(feeds),
    )


@pytest.mark.parametrize("name", ["two-n-ats", "p01", "p16", "p18", "p20", "three-lanes", "partial"])
def test_the_order_of_declaration_changes_nothing(name: str) -> None:
    twin = PLANTS[name]().twin()
    assert {digest(shuffled(twin, seed)) for seed in range(3)} == {digest(twin)}


def test_the_hash_seed_changes_nothing() -> None:
    code = (
        "from test_diagrams_svg import digest; from test_diagrams_twins import PLANTS; "
        "print(*(digest(PLANTS[n]().twin()) for n in ('p06', 'p16', 'three-lanes', 'two-n')))"
    )
    assert len(printed_under_seeds(code, "0", "1", "271828")) == 1


def test_any_name_and_label_is_safe() -> None:
    plant = two_n(pdus=1, racks=2)
    plant.name = NASTY
    for name in ("msb-a", "gen-a1", "hall-1.rack-1-01"):
        element = plant.elements[name]
        plant.elements[name] = replace(element, fields={**element.fields, "tag": Value(NASTY, AT)})
    for sheet in draw(plant.twin()):
        root = ET.fromstring(sheet.svg)
        assert not [node for node in root.iter() if node.tag.endswith("script")]
        assert "<script" not in sheet.svg
        assert not faults(sheet.svg)


def test_nasty_ids_stay_distinct() -> None:
    plant = PLANTS["p01"]()
    twin = plant.twin()
    rename = {"gb-a": 'gb-a"&<x>', "load-1": "load 1", "load-2": "load_20_1"}

    def named(name: str) -> str:
        return rename.get(name, name)

    twin = replace(
        twin,
        elements={named(k): replace(e, id=named(k)) for k, e in twin.elements.items()},
        joints=tuple(replace(j, a=named(j.a), b=named(j.b)) for j in twin.joints),
        feeds=tuple(replace(f, element=named(f.element)) for f in twin.feeds),
    )
    for sheet in draw(twin):
        ids = [node.get("id") for node in ET.fromstring(sheet.svg).iter() if node.get("id")]
        assert len(ids) == len(set(ids))
        assert set(rename.values()) <= set(read(sheet.svg).ids)
        assert "load_20_1" in sheet.dot


def shown(twin: Twin) -> list[str]:
    """Every element the sheets show: symbols, all ids of collapsed ones, bars, runs."""
    found = []
    for sheet in draw(twin):
        for node in ET.fromstring(sheet.svg).iter():
            if node.get("data-kind") in (None, "xref", "junction", "return") or node.get("data-ref-sheet"):
                found += (node.get("data-runs") or "").split()
            else:
                found += (node.get("data-ids") or node.get("data-id") or node.get("id") or "").split()
    return found


def powered(twin: Twin) -> set[str]:
    return {end for joint in twin.joints if joint.medium is Medium.POWER for end in (joint.a, joint.b)}


@pytest.mark.parametrize("name", sorted(PLANTS))
def test_every_power_element_is_drawn_once(name: str) -> None:
    twin = PLANTS[name]().twin()
    found = shown(twin)
    assert len(found) == len(set(found))
    assert powered(twin) <= set(found)


def test_references_come_in_pairs() -> None:
    sheets = {sheet.name: ET.fromstring(sheet.svg) for sheet in draw(two_n(pdus=3).twin())}
    pairs: dict[tuple[str, ...], int] = {}
    for name, root in sheets.items():
        for node in root.iter():
            other = node.get("data-ref-sheet")
            if other:
                assert other in sheets
                key = (*sorted((name, other)), (node.get("id") or "").split("_7e_")[-1])
                pairs[key] = pairs.get(key, 0) + 1
    assert pairs and set(pairs.values()) == {2}


@pytest.mark.parametrize("room", ["hall-1.room", "annexe"])
def test_a_rack_of_no_composite_stands_on_the_sheet_of_the_hall_it_is_in(room: str) -> None:
    plant = two_n(pdus=2)
    for name, element in plant.elements.items():
        if name.startswith("hall-") and element.kind == "rack":
            plant.elements[name] = replace(element, room=f"{name[:6]}.room")
    before = [sheet.name for sheet in draw(plant.twin())]
    rack = plant.add("rack-more", "rack", room=room, load="10 kW")
    taps = [plant.add(f"hall-1.bw-1-{x}.more", "tap-off", Origin.WAY) for x in "ab"]
    for x, tap in zip("ab", taps, strict=True):
        plant.join(f"hall-1.bw-1-{x}", tap)
    plant.cords(rack, *taps)
    after = {sheet.name: sheet for sheet in draw(plant.twin())}
    if room == "hall-1.room":
        assert list(after) == before
        assert not faults(after["e-101-hall-1"].svg)
        assert "rack-more" in read(after["e-101-hall-1"].svg).ids
    assert "rack-more" in shown(plant.twin())


def test_marks_are_where_they_belong() -> None:
    plant = two_n()
    first = draw(plant.twin(assumed=3))[0].svg
    assert "ILLUSTRATIVE: rests on assumed numbers, see Z-001" in first
    assert first.count(">N.O.<") == 2
    assert "ILLUSTRATIVE" not in draw(plant.twin(assumed=0))[0].svg
    assert "3200 A" in first and "750 kW COP" in first and "LEGEND" in first


def test_the_count_of_assumed_numbers_stands_on_one_sheet() -> None:
    plant = two_n(pdus=3)
    before, after = (draw(plant.twin(assumed=count)) for count in (2, 3))
    changed = [one.name for one, two in zip(before, after, strict=True) if one.svg != two.svg]
    assert len(before) > 2 and changed == ["z-001-index"]
    assert "rests on 3 assumed numbers" in after[-1].svg


def test_revisions_stand_above_the_title_block_and_the_newest_in_it() -> None:
    plant = two_n(pdus=3)
    issues = [Revision(name, f"2026-11-{n:02d}", f"issue {name}", "A. Traoré") for n, name in enumerate("ABCDEFG", 1)]
    for shown in ((), issues[:2], issues):
        for sheet in draw(replace(plant.twin(), revisions=tuple(shown))):
            texts = [text for text in sheet.scene.texts if text.text.startswith("issue ")]
            assert [text.text[-1] for text in texts] == [one.name for one in shown[:-6:-1]]
            assert [text.y for text in texts] == sorted(text.y for text in texts)
            field = sheet.scene.texts[[text.text for text in sheet.scene.texts].index("Revision") + 1]
            assert field.text == (shown[-1].name if shown else "–")
            assert not faults(sheet.svg)


def test_what_belongs_to_both_paths_stands_on_the_colour_of_none() -> None:
    (result,) = compile_path(str(HERE.parent / "specs" / "reference" / "isolated-redundant"))
    assert result.twin is not None
    scene = draw(result.twin)[0].scene
    left, right = scene.tints
    for sym in scene.symbols:
        for tint, side in ((left, "a"), (right, "b")):
            x1, y1, x2, y2 = tint.box
            inside = x1 <= sym.x <= x2 and y1 <= sym.y <= y2
            assert not inside if sym.kind in ("ups", "ats", "racks", "utility") else sym.side != side or inside, sym.id
    plain = draw(two_n().twin())[0].scene.tints
    assert plain[0].box[3] == plain[1].box[3] and plain[1].box[0] - plain[0].box[2] == 8


def test_three_paths_are_named_above_them() -> None:
    (sheet, *_) = draw(PLANTS["three-lanes"]().twin(assumed=2))
    names = [text for text in sheet.scene.texts if text.text.startswith("PATH ")]
    assert [text.text for text in names] == ["PATH A", "PATH B", "PATH C"]
    assert [text.x for text in names] == sorted(text.x for text in names) and not faults(sheet.svg)


def test_another_reason_for_an_assumption_moves_nothing() -> None:
    twin = PLANTS["p01"]().twin()
    other = replace(twin, assumptions=(Assumption("x", "y", "z", "quite another", AT),))
    assert digest(other) == digest(twin)


def test_lines_end_as_everywhere() -> None:
    for sheet in draw(PLANTS["p01"]().twin()):
        assert "\r" not in sheet.svg and sheet.svg.endswith("</svg>\n")


def test_a_new_rating_changes_one_line() -> None:
    before, after = PLANTS["p01"](), PLANTS["p01"]()
    ups = after.elements["ups-a"]
    rating = ups.fields["rating"]
    quantity = replace(rating.of, text="450 kW")  # type: ignore[type-var]
    after.elements["ups-a"] = replace(ups, fields={**ups.fields, "rating": replace(rating, of=quantity)})
    one, two = draw(before.twin())[0].svg.splitlines(), draw(after.twin())[0].svg.splitlines()
    assert len(one) == len(two)
    assert sum(a != b for a, b in zip(one, two, strict=True)) == 1


@pytest.mark.parametrize("name", CASES)
def test_every_worked_case_is_drawn_cleanly(name: str) -> None:
    for result in compile_path(str(HERE / "cases" / name)):
        if result.twin is not None:
            for sheet in draw(result.twin):
                assert not faults(sheet.svg), sheet.name
                assert read(sheet.svg).fallbacks == 0
