"""Text into a located tree: YAML events from the C parser, put together by a constructor without recursion.

Every key and value keeps its line and column, every scalar stays text. What YAML offers beyond maps, lists
and texts is refused: anchors, aliases, tags, directives, merge keys, second documents, repeated keys, keys
that are no text. Whatever the input, the answer is a tree or a complaint, in time linear in its length.
"""

from __future__ import annotations

import re
from typing import Any

from _ruamel_yaml import CParser  # type: ignore[import-not-found]
from ruamel.yaml import events
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from tierline.twin.diagnostics import Complaints
from tierline.twin.source import Hole, Items, Map, Node, Scalar, Source

NESTING = 64
"""Levels of maps and lists."""
LONGEST = 10_000
"""Characters of one key or value."""

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e007f]|\r(?!\n)"
)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_KINDS_OF_CHARACTER = (
    ("\u0085\u2028\u2029", "an invisible line break"),
    (
        "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        "a mark that turns the reading direction",
    ),
    ("\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff", "a character of no width"),
)


def read(source: Source, complaints: Complaints) -> Map | None:
    """The map a source holds; None where it cannot be read at all. Complaints say why."""
    text = source.text
    if text.startswith("\ufeff"):
        text = text[1:]
    bad = _FORBIDDEN.search(text)
    if bad is not None:
        before = text[: bad.start()]
        line, column = before.count("\n"), bad.start() - (before.rfind("\n") + 1)
        place = Hole(source, line, column)
        complaints.add(
            "character", place.at, code=f"U+{ord(bad.group()[0]):04X}", what=_character(bad.group()[0])
        )
        return None
    try:
        return _Constructor(source, complaints).run(CParser(text))
    except _Stop:
        return None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Hole(source, mark.line if mark else 0, mark.column if mark else 0)
        complaints.add(
            "not-yaml", place.at, problem=error.problem or "it cannot be read", help=_advice(error)
        )
    except (YAMLError, ValueError) as error:
        complaints.add(
            "not-yaml", source.start, problem=str(error).splitlines()[0] if str(error) else "unreadable"
        )
    return None


def _character(character: str) -> str:
    return next((name for some, name in _KINDS_OF_CHARACTER if character in some), "a control character")


def _advice(error: MarkedYAMLError) -> str | None:
    problem = str(error.problem)
    if "unexpected ':'" in problem:
        return "put a space after the colon: `q1: b`"
    if "cannot start any token" in problem:
        return "put the text in quotes"
    if "mapping values are not allowed" in problem:
        return "check the indentation, or put the text in quotes if it holds a colon"
    return None


class _Stop(Exception):
    """The text cannot be read further; the complaint is made."""


class _Constructor:
    """Puts one document together. `stack` holds the open containers, `pending` their waiting keys."""

    def __init__(self, source: Source, complaints: Complaints) -> None:
        self.source = source
        self.complaints = complaints
        self.stack: list[Map | Items] = []
        self.pending: list[Scalar | None] = []
        self.skipping = 0
        """Open containers of a key that is no text: read, and thrown away."""
        self.root: Node | None = None

    def run(self, parser: Any) -> Map | None:
        started = False
        while True:
            event = parser.get_event()
            kind = type(event)
            if kind is events.ScalarEvent:
                self.scalar(event)
            elif kind is events.MappingStartEvent:
                self.open(event, Map)
            elif kind is events.SequenceStartEvent:
                self.open(event, Items)
            elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
                self.close()
            elif kind is events.AliasEvent:
                self.complain("alias", event, name=event.anchor)
                self.put(Hole(self.source, event.start_mark.line, event.start_mark.column))
            elif kind is events.DocumentStartEvent:
                if started:
                    self.complain("second-document", event)
                    break
                started = True
                if event.version or event.tags:
                    self.complain("directive", event)
            elif kind is events.StreamEndEvent or event is None:
                break
        if isinstance(self.root, Map):
            return self.root
        if self.root is None or (isinstance(self.root, Scalar) and self.root.text in _NULLS):
            self.complaints.add("empty-file", self.source.start)
        elif not isinstance(self.root, Hole):
            self.complaints.add("not-a-map", self.root.at)
        return None

    def scalar(self, event: Any) -> None:
        mark = event.start_mark
        text = event.value
        if event.anchor is not None or event.tag is not None:
            self.refuse(event)
        if len(text) > LONGEST:
            self.complain("too-long", event, length=len(text), limit=LONGEST)
            self.put(Hole(self.source, mark.line, mark.column))
            return
        if event.style:
            if event.style == '"' and (bad := _FORBIDDEN.search(text)):
                character = bad.group()[0]
                self.complain("character", event, code=f"U+{ord(character):04X}", what=_character(character))
                self.put(Hole(self.source, mark.line, mark.column))
                return
        elif text in _NULLS:
            self.null(event)
            return
        self.put(Scalar(self.source, mark.line, mark.column, text))

    def null(self, event: Any) -> None:
        """Nothing, where something must stand; only a cell of a table may be empty."""
        mark = event.start_mark
        if len(self.stack) > 1 and isinstance(self.stack[-1], Items) and isinstance(self.stack[-2], Items):
            self.put(Scalar(self.source, mark.line, mark.column, "", True))
            return
        key = self.pending[-1] if self.stack else None
        if self.stack and not self.skipping:
            if key is not None and ":" in key.text:
                left, _, right = key.text.partition(":")
                self.complaints.add("missing-space", key.at, text=key.text, right=f"{left}: {right}")
            elif key is not None:
                self.complaints.add("no-value", key.at, key=key.text)
            else:
                self.complain("null", event)
        elif not self.stack:
            self.root = Scalar(self.source, mark.line, mark.column, "", True)
            return
        self.put(Hole(self.source, mark.line, mark.column))

    def put(self, node: Node) -> None:
        """A finished scalar or hole: a key, a value or an item of the innermost container."""
        if self.skipping:
            return
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if isinstance(top, Items):
            top.items.append(node)
            return
        key = self.pending[-1]
        if key is not None:
            if key.text not in top.values:
                top.values[key.text] = node
            self.pending[-1] = None
        elif isinstance(node, Scalar):
            self.key(top, node)
        else:
            # a key that is a hole still takes a value: give it a name nobody can write
            self.pending[-1] = Scalar(self.source, node.line, node.column, "\0")

    def key(self, top: Map, key: Scalar) -> None:
        self.pending[-1] = key
        if key.text == "<<":
            self.complaints.add("merge-key", key.at)
            self.pending[-1] = Scalar(self.source, key.line, key.column, "\0")
        elif key.text in top.keys:
            first = top.keys[key.text]
            self.complaints.add(
                "duplicate-key", key.at, key=key.text, related=[(first.at, "first written here")]
            )
        else:
            top.keys[key.text] = key

    def open(self, event: Any, kind: type[Map] | type[Items]) -> None:
        if event.anchor is not None or event.tag is not None:
            self.refuse(event)
        if len(self.stack) + self.skipping >= NESTING:
            self.complain("too-deep", event, limit=NESTING)
            raise _Stop
        mark = event.start_mark
        top = self.stack[-1] if self.stack else None
        if self.skipping or (isinstance(top, Map) and self.pending[-1] is None):
            if not self.skipping:
                self.complain("key-not-text", event)
            self.skipping += 1
            return
        node = kind(self.source, mark.line, mark.column)
        if self.stack:
            self.put(node)
        else:
            self.root = node
        self.stack.append(node)
        self.pending.append(None)

    def close(self) -> None:
        if self.skipping:
            self.skipping -= 1
            if not self.skipping:
                top = self.stack[-1]
                self.pending[-1] = Scalar(self.source, top.line, top.column, "\0")
            return
        top = self.stack.pop()
        self.pending.pop()
        if isinstance(top, Map):
            top.values.pop("\0", None)

    def refuse(self, event: Any) -> None:
        if event.anchor is not None:
            self.complain("anchor", event, name=event.anchor)
        if event.tag is not None:
            self.complain("tag", event, tag=event.tag)

    def complain(self, key: str, event: Any, **words: Any) -> None:
        mark = event.start_mark
        self.complaints.add(key, Hole(self.source, mark.line, mark.column).at, **words)
