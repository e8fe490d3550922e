"""A drawing as plain sorted lines, one for each thing on it, so that `git diff` says what changed in words.

Promises: reads the SVG alone; places are told from the block they stand in, so a board that moves is one changed line;
what is no drawing of ours is given back as it is.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from tierline.diagrams.order import natural

_SVG = "{http://www.w3.org/2000/svg}"
_ORDER = ("sheet", "paths", "frame", "title", "table", "legend", "drawing", "block")
"""What comes before the elements, which stand by kind and name; wires come last."""


def as_lines(svg: str) -> str:
    """The lines of a drawing: `kind id x y state label`, `wire a -- b`, and what the frame says."""
    try:
        root = ET.fromstring(svg)
    except ET.ParseError:
        return svg
    if root.get("data-schema") is None:
        return svg
    title = root.findtext(f"{_SVG}title", "")
    found = [("sheet", root.get("data-sheet", ""), f"{root.get('width')} {root.get('height')} {title}")]
    for group in root.findall(f"{_SVG}g"):
        part = group.get("data-part")
        if part and part != "zones":
            found += dict.fromkeys((part, _words(text), "") for text in group.iter(f"{_SVG}text"))
        elif group.get("class") == "drawing":
            found.append(("drawing", _place(group), ""))
            for block in group:
                found.append(("block", block.get("id", "").removeprefix("g-"), _place(block)))
                found += map(_element, block)
    lines = [" ".join(filter(None, one)) for one in sorted(found, key=_rank)]
    return "\n".join(lines) + "\n"


def _rank(line: tuple[str, str, str]) -> tuple[int, object, object, str]:
    kind, name, rest = line
    first = _ORDER.index(kind) if kind in _ORDER else len(_ORDER) + (kind == "wire")
    return first, natural(kind), natural(name), rest


def _element(item: ET.Element) -> tuple[str, str, str]:
    if item.tag == f"{_SVG}path":
        runs = item.get("data-runs", "").split()
        rest = [f"by {' '.join(runs)}"] if runs else []
        rest += ["fallback"] if item.get("data-route") else []
        return "wire", f"{item.get('data-a')} -- {item.get('data-b')}", " ".join(rest)
    rest = [_place(item), *_length(item), item.get("data-state", "-")]
    rest.append(", ".join(_words(text) for text in item.findall(f"{_SVG}text")))
    if item.get("data-ids"):
        rest.append(f"for {item.get('data-ids')}")
    if item.get("data-ref-sheet"):
        rest.append(f"on {item.get('data-ref-sheet')}: {item.get('data-ref-id', '')}")
    name = item.get("data-id", item.get("id", ""))
    if item.get("data-also"):
        rest.append(f"also on {item.get('data-also')}")
    return item.get("data-kind", ""), name, " ".join(filter(None, rest))


def _place(item: ET.Element) -> str:
    return item.get("transform", "").removeprefix("translate(").rstrip(")")


def _length(item: ET.Element) -> Iterator[str]:
    for line in item.findall(f"{_SVG}line"):
        yield f"long {line.get('x2', '')}"


def _words(text: ET.Element) -> str:
    return "".join(text.itertext())
