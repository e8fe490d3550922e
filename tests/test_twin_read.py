"""The reader: every key and value with its place, everything beyond maps, lists and texts refused."""

from __future__ import annotations

import time

import pytest

from tierline.twin.diagnostics import Complaints
from tierline.twin.read import LONGEST, NESTING, read
from tierline.twin.source import Items, Map, Scalar, Source, SourceMap, plain


def tree(text: str) -> tuple[Map | None, list[tuple[str, int, int]]]:
    """The tree of a text, and the key and place of each complaint."""
    complaints = Complaints()
    root = read(Source("f.yaml", text), complaints)
    return root, [(one.key, one.at.line, one.at.column) for one in complaints.listed()]


def test_every_key_and_value_knows_its_place() -> None:
    root, wrong = tree("tierline: 1\nelements:\n  gb-a: {kind: board, from: [x.q1, 'y.q2']}\n")
    assert root is not None and not wrong
    places = SourceMap(root)
    assert str(places.key(("elements", "gb-a")).at) == "f.yaml:3:3"
    assert str(places.node(("elements", "gb-a", "kind")).at) == "f.yaml:3:16"
    assert str(places.node(("elements", "gb-a", "from", 1)).at) == "f.yaml:3:36"
    assert str(places.node(("elements", "gb-a", "tag of a union", "from")).at) == "f.yaml:3:29"
    assert str(places.node(("elements", "gb-a", "missing")).at) == "f.yaml:3:9"


@pytest.mark.parametrize(
    "text",
    ["on", "off", "yes", "NO", "010", "0777", "1_000", "0b11", "0x1F", "0o10", "12:30", "1:30:00", "1e3",
     "1e999", ".inf", ".nan", "2026-11-21", "1.10", "=", "true", "9" * 5000],
)  # fmt: skip
def test_what_other_readers_turn_into_something_else_stays_text(text: str) -> None:
    root, wrong = tree(f"a: {text}\n? {text}\n: b\n")
    assert root is not None and not wrong
    assert plain(root) == {"a": text, text: "b"}


def test_a_number_and_its_quoted_twin_are_one_key() -> None:
    assert tree("1: a\n'1': b\n")[1] == [("duplicate-key", 2, 1)]


def test_an_empty_cell_is_nothing_and_only_in_a_table() -> None:
    root, wrong = tree("rows:\n  - [core-1, ~, ]\n  - [~, null, x]\n")
    assert root is not None and not wrong
    rows = root.values["rows"]
    assert isinstance(rows, Items) and isinstance(rows.items[0], Items)
    cell = rows.items[0].items[1]
    assert isinstance(cell, Scalar) and cell.null
    assert tree("a: ~\n")[1] == [("no-value", 1, 1)]
    assert tree("a: [~]\n")[1] == [("null", 1, 5)]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", [("empty-file", 1, 1)]),
        ("# only a comment\n", [("empty-file", 1, 1)]),
        ("~", [("empty-file", 1, 1)]),
        ("hello", [("not-a-map", 1, 1)]),
        ("- a\n- b\n", [("not-a-map", 1, 1)]),
        ("a: [b", [("not-yaml", 2, 1)]),
        ("a: b: c", [("not-yaml", 1, 5)]),
        ("\ta: b", [("not-yaml", 1, 1)]),
        ("a: @x", [("not-yaml", 1, 4)]),
        ("a: `x`", [("not-yaml", 1, 4)]),
        ("a: 'x", [("not-yaml", 1, 6)]),
        ("a: {q1:b}", [("not-yaml", 1, 7)]),
        ('a: "\\ud800"', [("not-yaml", 1, 7)]),
        ("a: {'q1:b'}", [("missing-space", 1, 5)]),
        ("a: b\na: c\n", [("duplicate-key", 2, 1)]),
        ("a: b\n'a': c\n", [("duplicate-key", 2, 1)]),
        ("a: &k b\nc: &k d\n", [("anchor", 1, 4), ("anchor", 2, 4)]),
        ("a: *k\n", [("alias", 1, 4)]),
        ("&a [*a]", [("alias", 1, 5), ("anchor", 1, 1), ("not-a-map", 1, 1)]),
        ("a: {<<: {b: c}}", [("merge-key", 1, 5)]),
        ("a: !!python/object/apply:os.system [x]", [("tag", 1, 4)]),
        ("a: !x b", [("tag", 1, 4)]),
        ("a: b\n---\nc: d\n", [("second-document", 2, 1)]),
        ("%YAML 1.1\n---\na: b\n", [("directive", 1, 1)]),
        ("%TAG ! x\n---\na: b\n", [("directive", 1, 1)]),
        ("%YAML 1.3\n---\na: b\n", [("not-yaml", 1, 1)]),
        ("? [a, b]\n: c\n", [("key-not-text", 1, 3)]),
        ("? {a: b}\n: {c: [d]}\nx: y\n", [("key-not-text", 1, 3)]),
        ("? ~\n: c\n", [("null", 1, 3)]),
        ("a:\nb: ~\n", [("no-value", 1, 1), ("no-value", 2, 1)]),
        (f"a: {'x' * (LONGEST + 1)}\n", [("too-long", 1, 4)]),
        ("a: \x00", [("character", 1, 4)]),
        ("a: \x1b[31m", [("character", 1, 4)]),
        ("k: a\x85b: 1", [("character", 1, 5)]),
        ("k: a\u2028b", [("character", 1, 5)]),
        ("a: x\nb\u202e: 1", [("character", 2, 2)]),
        ("a: x\u200by", [("character", 1, 5)]),
        ("a: \ufeffx", [("character", 1, 4)]),
        ("a: \ud800", [("character", 1, 4)]),
        ("a: b\rc: d", [("character", 1, 5)]),
        ('a: "x\\u200by"', [("character", 1, 4)]),
        ('a: "x\\0y"', [("character", 1, 4)]),
        ('"a\\u2029": b', [("character", 1, 1)]),
    ],
)
def test_what_is_refused_is_refused_in_its_place(text: str, wrong: list[tuple[str, int, int]]) -> None:
    assert sorted(tree(text)[1]) == sorted(wrong)


def test_a_byte_order_mark_at_the_start_is_no_part_of_the_first_key() -> None:
    root, wrong = tree("\ufefftierline: 1\n")
    assert root is not None and not wrong and list(root.keys) == ["tierline"]


def test_a_tab_after_a_colon_is_read() -> None:
    root, wrong = tree("a:\tb\n")
    assert root is not None and not wrong and root.text("a") == "b"


def test_many_mistakes_are_told_at_once_and_the_rest_is_read() -> None:
    root, wrong = tree("a: &k {b: c}\nd: *k\ne: !t f\nd: x\ng:\nh: i\n")
    assert [key for key, _, _ in wrong] == ["anchor", "alias", "tag", "duplicate-key", "no-value"]
    assert root is not None and root.text("h") == "i"


def test_the_second_of_two_keys_is_told_of_the_first() -> None:
    complaints = Complaints()
    read(Source("f.yaml", "a: 1\nb: 2\na: 3\n"), complaints)
    (only,) = complaints.listed()
    assert [str(at) for at, _ in only.related] == ["f.yaml:1:1"]


@pytest.mark.parametrize("text", ["[" * 100_000, "{" * 100_000, "- " * 100_000, "a: " + "[" * 100_000])
def test_deep_nesting_is_stopped_at_once(text: str) -> None:
    begun = time.process_time()
    _, wrong = tree(text)
    assert "too-deep" in [key for key, _, _ in wrong]
    # milliseconds in fact; without the limit it is half a minute
    assert time.process_time() - begun < 5


def test_nesting_up_to_the_limit_is_read() -> None:
    inside = NESTING - 1
    root, wrong = tree("a: " + "[" * inside + "]" * inside)
    assert root is not None and not wrong


def test_two_hundred_thousand_keys_and_fifty_thousand_anchors_take_no_time() -> None:
    begun = time.process_time()
    root, wrong = tree("".join(f"k{number}: v\n" for number in range(200_000)))
    assert root is not None and not wrong and len(root.values) == 200_000
    assert len(tree("".join(f"k{number}: &a{number} v\n" for number in range(50_000)))[1]) == Complaints.KEPT + 1
    assert time.process_time() - begun < 60
