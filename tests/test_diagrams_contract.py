"""What a program may rely on in the SVG (diagrams/README.md): ids, attributes, lines, and what never stands in it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import cache

import pytest
from test_diagrams_twins import PLANTS, two_n

from tierline.diagrams import draw
from tierline.diagrams.svg import xml_id

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ["p01", "p16", "three-lanes", "two-n"]


@cache
def sheets(name: str) -> tuple[str, ...]:
    return tuple(sheet.svg for sheet in draw(PLANTS[name]().twin()))


def blocks(root: ET.Element) -> list[ET.Element]:
    """Everything that stands for something of the facility."""
    return [item for block in root.findall(f"{SVG}g[@class='drawing']/{SVG}g[@class='blk']") for item in block]


@pytest.mark.parametrize("name", NAMES)
def test_everything_says_what_it_is(name: str) -> None:
    for svg in sheets(name):
        for item in blocks(ET.fromstring(svg)):
            if item.tag == f"{SVG}path":
                assert item.get("data-a") and item.get("data-b") and item.get("data-net")
                assert item.get("id", "").startswith(f"w-{xml_id(item.get('data-a', ''))}--")
            else:
                assert item.get("id") and item.get("data-kind")
                assert item.find(f"{SVG}line") is not None or (
                    item.get("data-box") and item.get("data-ports") is not None
                )
            assert re.search(r"\b(mv|lv|gen|ups)\b", item.get("class", ""))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_element_stands_apart(name: str) -> None:
    for svg in sheets(name):
        root = ET.fromstring(svg)
        parts = [item.get("data-part") or item.get("class") for item in root if item.tag == f"{SVG}g"]
        assert set(parts) <= {"paths", "frame", "zones", "title", "table", "legend", "drawing"}
        assert {"frame", "zones", "title"} <= set(parts)
        assert ("legend" in parts) is ("drawing" in parts)  # tables have nothing to explain
        assert not root.findall(f"{SVG}text") and not root.findall(f"{SVG}path")
        assert root.get("data-sheet") and root.get("data-schema") == "1"


@pytest.mark.parametrize("name", NAMES)
def test_one_element_is_one_line(name: str) -> None:
    for svg in sheets(name):
        root, lines = ET.fromstring(svg), svg.splitlines()
        for item in blocks(root):
            assert len([line for line in lines if f' id="{item.get("id")}"' in line]) == 1
        assert max(line.count(' data-kind="') + line.count(' data-net="') for line in lines) <= 1


@pytest.mark.parametrize("name", NAMES)
def test_nothing_comes_from_outside_and_nothing_runs(name: str) -> None:
    allowed = {"svg", "title", "style", "defs", "g", "path", "rect", "circle", "line", "text", "use"}
    for svg in sheets(name):
        root = ET.fromstring(svg)
        assert {item.tag.removeprefix(SVG) for item in root.iter()} <= allowed
        style = root.findtext(f"{SVG}style") or ""
        assert "var(" not in svg and "url(" not in svg and "@" not in style
        for shape in root.iterfind(f"{SVG}defs//*"):
            assert shape.get("stroke") in (None, "currentColor", "none")
            assert shape.get("fill") in (None, "currentColor", "none", "#fff")


def test_a_reference_names_what_it_is_joined_to() -> None:
    roots = {sheet.name: ET.fromstring(sheet.svg) for sheet in draw(two_n(pdus=3).twin())}
    own = {
        name: {
            key
            for item in blocks(root)
            for key in (item.get("data-ids") or item.get("data-id") or item.get("id", "")).split()
        }
        for name, root in roots.items()
    }
    found = [item for root in roots.values() for item in blocks(root) if item.get("data-ref-sheet")]
    assert found
    for item in found:
        assert item.get("data-ref-id", "") in own[item.get("data-ref-sheet", "")]


def test_ids_stay_apart_whatever_the_elements_are_called() -> None:
    names = ["w-a", "g-a", "s-a", "w_2d_a", "a--b", "a-", "-a", "a", "", "_", "a_2d_", "é", "_e9_"]
    ids = [xml_id(name) for name in names]
    assert len(set(ids)) == len(ids)
    assert not [one for one in ids if one.startswith(("w-", "g-", "s-")) or "--" in one or one.endswith("-")]
