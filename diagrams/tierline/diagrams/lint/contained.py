"""H12: a sheet is one file that needs nothing and runs nothing."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from tierline.diagrams.lint.records import Sheet

_TAGS = ("image", "foreignObject", "script", "iframe", "audio", "video", "animate", "set", "handler")
_STYLE = re.compile(r"var\(|url\(\s*['\"]?(?!#)|@import|@font-face|expression\(")


def h12(sheet: Sheet) -> Iterator[str]:
    """Forbidden elements and attributes, and whatever is fetched from elsewhere."""
    for node in ET.fromstring(sheet.source).iter():
        tag = str(node.tag).rpartition("}")[2]
        if tag in _TAGS:
            yield f"holds <{tag}>"
        if not str(node.tag).startswith("{http://www.w3.org/2000/svg}"):
            yield f"holds <{tag}> of another language"
        if tag == "style" and (found := _STYLE.search(node.text or "")):
            yield f"its style holds {found[0]}"
        for name, value in node.attrib.items():
            short = name.rpartition("}")[2]
            if short == "href" and not value.startswith("#"):
                yield f"refers to {value[:60]!r}"
            elif short.startswith("on"):
                yield f"<{tag}> has {short}"
            elif short in ("style", "fill", "stroke", "filter", "clip-path", "mask") and _STYLE.search(value):
                yield f"<{tag}> has {short}={value[:60]!r}"
