"""Expansion: blanks, axes, presets, composites, tables, loops, amendments, assumptions."""

from __future__ import annotations

import pytest

from tierline.twin.compiler import Compiled, compile_text
from tierline.twin.expand_blanks import parse_key, parse_set
from tierline.twin.model import Element, Origin, Twin
from tierline.twin.units import Fault

HEAD = "tierline: 1\n"


def twin(text: str) -> Twin:
    done = compile_text(HEAD + text, "f.yaml")
    assert done.twin is not None, [f"{one.at} {one.key}: {one.message}" for one in done.diagnostics]
    return done.twin


def wrong(text: str) -> list[tuple[str, str]]:
    """The key and place of every complaint."""
    done: Compiled = compile_text(HEAD + text, "f.yaml")
    assert done.twin is None
    return [(one.key, f"{one.at.line}:{one.at.column}") for one in done.diagnostics]


def written(text: str) -> list[str]:
    return [one.id for one in twin(text).elements.values() if one.origin is Origin.WRITTEN]


def amount(element: Element, field: str) -> str:
    found = element.quantity(field)
    assert found is not None
    return found.text


# blanks and sets


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("1..3", ("1", "2", "3")),
        ("01..03", ("01", "02", "03")),
        ("08..11", ("08", "09", "10", "11")),
        ("a|b", ("a", "b")),
        ("1..2|r", ("1", "2", "r")),
        ("7", ("7",)),
    ],
)
def test_sets(text: str, members: tuple[str, ...]) -> None:
    assert parse_set(text) == members


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("3..1", "range-order"),
        ("01..2", "range-width"),
        ("1..100001", "too-many"),
        ("a|a", "set-repeats"),
        ("1..3|2", "set-repeats"),
        ("a b", "set-form"),
        ("a..c", "set-form"),
        ("a||b", "set-form"),
    ],
)
def test_sets_that_are_none(text: str, key: str) -> None:
    with pytest.raises(Fault) as caught:
        parse_set(text)
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("g-<X>", "blank-form"),
        ("g-<>", "blank-form"),
        ("g-<x", "blank-form"),
        ("g-x>", "blank-form"),
        ("g-<<x>>", "blank-form"),
        ("g-<x*>", "spread-in-key"),
        ("g-<n=1..2>-<n=1..3>", "set-twice"),
    ],
)
def test_keys_that_are_none(text: str, key: str) -> None:
    with pytest.raises(Fault) as caught:
        parse_key(text)
    assert caught.value.key == key


def test_a_key_is_written_once_per_combination_and_its_values_follow() -> None:
    made = twin(
        """axes: {x: [a, b]}
elements:
  gb-<x>: {kind: board}
  gen-<x><n=1..2>: {kind: genset, rating: <n>00 kW, to: gb-<x>.q<n>}
"""
    )
    assert [id for id in made.elements if id.startswith("gen")] == ["gen-a1", "gen-a2", "gen-b1", "gen-b2"]
    assert amount(made.elements["gen-b2"], "rating") == "200 kW"
    assert made.elements["gb-b.q2"].kind == "breaker"
    assert str(made.elements["gen-b2"].at) == "f.yaml:5:3"


def test_the_width_of_a_range_is_kept() -> None:
    assert written("elements: {'r-<n=09..11>': {kind: rack}}") == ["r-09", "r-10", "r-11"]


def test_a_spread_repeats_an_item_per_member() -> None:
    made = twin(
        """axes: {x: [a, b, c]}
elements:
  p-<x>: {kind: board}
  r-<n=1..2>: {kind: rack, cords: [p-<x*>.t<n>]}
"""
    )
    (feed,) = [one for one in made.feeds if one.element == "r-2"]
    assert [made.joints[one].a for one in feed.joints] == ["r-2.a", "r-2.b", "r-2.c"]
    assert {"p-a.t2", "p-b.t2", "p-c.t2"} <= set(made.elements)


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        ("elements:\n  a-<y>: {kind: board}\n", [("axis-unknown", "3:3")]),
        ("axes: {x: [a]}\nelements:\n  a-<x=1..2>: {kind: board}\n", [("set-shadows", "4:3")]),
        ("elements:\n  b: {kind: board}\n  a: {kind: board, from: b.q<n>}\n", [("blank-unbound", "4:26")]),
        ("elements:\n  a: {kind: board, rating: <n> A}\n", [("blank-unbound", "3:28")]),
        ("elements:\n  a: {kind: rack, cords: ['b-<n=1|2>.q1']}\n", [("set-in-value", "3:27")]),
        ("axes: {x: [a]}\nelements:\n  a: {kind: ups, from: 'b-<x*>'}\n", [("spread-outside-list", "4:24")]),
        ("elements:\n  a: {kind: rack, cords: ['b-<x*>.q1']}\n", [("axis-unknown", "3:27")]),
        ("elements:\n  a.b: {kind: bus}\n  1c: {}\n", [("not-an-id", "3:3"), ("not-an-id", "4:3")]),
        ("elements:\n  'a<n=1..999><m=1..999>': {kind: board}\n", [("too-many", "3:3")]),
        ("axes: {x: [1, 11]}\nelements:\n  'a<x><n=1|11>': {kind: board}\n", [("declared-twice", "4:3")]),
        ("elements:\n  a: {kind: board}\n  A: {kind: board}\n", [("declared-twice", "4:3")]),
        ("elements:\n  a: {kind: board, given: '<x>'}\n", [("no-blank", "3:27")]),
        ("rooms: {a: {kind: hall}}\nelements:\n  a: {kind: board}\n", [("named-as-room", "4:3")]),
    ],
)  # fmt: skip
def test_blanks_used_wrongly(text: str, complaints: list[tuple[str, str]]) -> None:
    assert wrong(text) == complaints


# presets and composites


def test_presets_build_on_presets_and_elements_override_whole_fields() -> None:
    made = twin(
        """kinds:
  gs: {is: genset, rating: 400 kW, class: COP, derate: {40 °C: 1.00, 50 °C: 0.80}}
  gs-big: {is: gs, rating: 750 kW}
elements:
  a: {kind: gs}
  b: {kind: gs-big}
  c: {kind: gs-big, rating: 800 kW, derate: {45 °C: 0.9}}
"""
    )
    a, b, c = (made.elements[id] for id in "abc")
    assert [amount(one, "rating") for one in (a, b, c)] == ["400 kW", "750 kW", "800 kW"]
    assert [one.text("class") for one in (a, b, c)] == ["COP"] * 3
    assert [len(one.value("derate")) for one in (a, b, c)] == [2, 2, 1]  # type: ignore[arg-type]
    assert str(b.fields["rating"].at) == "f.yaml:4:28" and str(b.fields["class"].at) == "f.yaml:3:43"
    assert {one.kind for one in (a, b, c)} == {"genset"}


HALL = """axes: {x: [a, b]}
kinds:
  row:
    params: {it: {type: ref, per: x}, load: {type: power, default: 10 kW}, tap: {type: text, default: t}}
    axes: {x: [a, b]}
    rooms: {room: {kind: computer-room}}
    elements:
      pdu-<x>: {kind: board, from: {q0: <it>.way}}
      rack-<k=1..2>: {kind: rack, room: room, load: <load>, cords: [pdu-<x*>.<tap><k>]}
elements:
  uob-<x>: {kind: board}
"""


def test_a_composite_is_closed_and_its_parameters_are_the_only_way_out() -> None:
    made = twin(HALL + "  row-<h=1..2>: {kind: row, it: uob-<x*>}\n")
    rack = made.elements["row-2.rack-1"]
    assert rack.room == "row-2.room" and rack.frames == ("row-2: kind row",)
    assert "row-2" not in made.elements
    assert {"uob-a.row-1-pdu-a", "uob-b.row-2-pdu-b", "row-1.pdu-a.q0", "row-1.pdu-b.t2"} <= set(made.elements)
    assert str(rack.fields["load"].at) == "f.yaml:5:68"


def test_an_argument_keeps_the_place_it_is_written_in() -> None:
    made = twin(HALL + "  row-1: {kind: row, it: uob-<x*>, load: {value: 17 kW, source: order 7}}\n")
    load = made.elements["row-1.rack-1"].fields["load"]
    assert (str(load.at), load.source, load.assumed) == ("f.yaml:13:50", "order 7", None)


def test_an_indexed_parameter_may_be_a_map() -> None:
    made = twin(HALL + "  row-1: {kind: row, it: {a: uob-b, b: uob-a}}\n")
    assert "uob-b.row-1-pdu-a" in made.elements


def test_presets_of_composites_and_composites_in_composites() -> None:
    made = twin(
        HALL.replace(
            "elements:\n  uob",
            """  small: {is: row, load: 3 kW}
  hall:
    params: {it: {type: ref, per: x}}
    axes: {x: [a, b], n: 1..2}
    elements:
      row-<n>: {kind: small, it: <it*>}
      spare: {kind: board, from: row-1.pdu-a.q9}
elements:
  uob""",
        )
        + "  hall: {kind: hall, it: uob-<x*>}\n"
    )
    assert amount(made.elements["hall.row-2.rack-1"], "load") == "3 kW"
    assert made.elements["hall.row-2.rack-1"].frames == ("hall: kind hall", "hall.row-2: kind row")
    assert "uob-a.hall-row-2-pdu-a" in made.elements and "hall.row-1.pdu-a.spare" not in made.elements
    assert "hall.row-1.pdu-a.q9" in made.elements


def test_an_axis_may_be_a_parameter() -> None:
    made = twin(
        """kinds:
  row:
    params: {racks: {type: text}}
    axes: {r: <racks>}
    elements: {'rack-<r>': {kind: rack}}
elements:
  one: {kind: row, racks: 01..03}
  two: {kind: row, racks: a|b}
"""
    )
    assert list(made.elements) == ["one.rack-01", "one.rack-02", "one.rack-03", "two.rack-a", "two.rack-b"]


@pytest.mark.parametrize(
    ("line", "complaints"),
    [
        ("row-1: {kind: row}", [("parameter-missing", "13:3")]),
        ("row-1: {kind: row, it: uob-<x*>, laod: 5 kW}", [("parameter-unknown", "13:36")]),
        ("row-1: {kind: row, it: uob-<x*>, load: 5 kV}", [("unit-wrong", "13:42")]),
        ("row-1: {kind: row, it: uob-a}", [("parameter-per", "13:26")]),
        ("row-1: {kind: row, it: {a: uob-a}}", [("parameter-members", "13:26")]),
        ("row-1: {kind: row, it: [uob-a, uob-b]}", [("parameter-per", "13:26")]),
        ("row-1: {kind: row, it: uox-<x*>}", [("reference-unknown", "9:41")]),
        ("row-<h=1..3>: {kind: row, it: uox-<x*>}", [("reference-unknown", "9:41")]),
        ("x: {kind: board, from: row-1.pdu-a.q1}\n  row-1: {kind: row}", [("parameter-missing", "14:3")]),
        ("x: {kind: board, from: row-1}\n  row-1: {kind: row, it: uob-<x*>}", [("names-an-inside", "13:26")]),
    ],
)
def test_composites_used_wrongly(line: str, complaints: list[tuple[str, str]]) -> None:
    assert wrong(HALL + f"  {line}\n") == complaints


def test_a_mistake_in_a_body_is_told_once_with_its_instances() -> None:
    done = compile_text(
        HEAD
        + """kinds:
  row: {params: {}, elements: {'r-<n=1..9>': {kind: rack, cords: [pdu.t<n>]}, p-d: {kind: board, ratin: 4 A}}}
elements:
  row-<h=1..40>: {kind: row}
"""
    )
    assert [one.key for one in done.diagnostics] == ["reference-unknown", "field-unknown"]
    assert "360 instances: row-1.r-1" in done.diagnostics[0].message
    assert "kind row has no element" in done.diagnostics[0].message


def test_a_kind_that_contains_itself_is_told_with_its_chain() -> None:
    kinds = "kinds: {p: {elements: {a: {kind: q}}}, q: {elements: {b: {kind: r}}}, r: {is: p}}\n"
    done = compile_text(HEAD + kinds + "elements: {i: {kind: p}}")
    assert [one.key for one in done.diagnostics] == ["kind-cycle"]
    assert "p → q → p" in done.diagnostics[0].message
    assert wrong("kinds: {p: {is: q}, q: {is: p}}\nelements: {i: {kind: p}}") == [("kind-cycle", "2:9")]
    assert wrong("kinds: {p: {is: p}}") == [("kind-cycle", "2:9")]


def test_mistakes_of_kinds_nobody_uses_are_told() -> None:
    assert wrong("kinds: {k: {is: ups, rating: 5 kV}, c: {elements: {a: {kind: bord}}}, ups: {is: ups}, d: {}}") == [
        ("unit-wrong", "2:30"),
        ("kind-unknown", "2:62"),
        ("kind-builtin", "2:71"),
        ("kind-form", "2:87"),
    ]


# tables, loops, amendments


def test_a_table_is_the_maps_its_rows_would_have_been() -> None:
    made = twin(
        """elements: {p-<x=a|b>: {kind: board}}
tables:
  core:
    common: {kind: rack}
    columns: [id, load, cords.a, cords.b, note]
    rows:
      - [core-1, 5 kW, p-a.q1, p-b.q1, spine]
      - [core-2, ~, p-a.q2, ~, ~]
"""
    )
    assert amount(made.elements["core-1"], "load") == "5 kW"
    assert str(made.elements["core-1"].at) == "f.yaml:8:10"
    assert "core-2.a" in made.elements and "core-2.b" not in made.elements
    assert made.elements["core-2"].value("load") is None


@pytest.mark.parametrize(
    ("table", "complaints"),
    [
        ("{columns: [id, load], rows: [[a, 5 kW, x]], common: {kind: rack}}", [("row-length", "2:42")]),
        ("{columns: [load], rows: [[5 kW]]}", [("table-id", "2:23")]),
        ("{columns: [id, load], rows: [[~, 5 kW]], common: {kind: rack}}", [("row-without-id", "2:42")]),
        ("{columns: [id, load, load], rows: []}", [("duplicate-key", "2:34")]),
        ("{columns: [id, lod], rows: [[a, 5 kW]], common: {kind: rack}}", [("field-unknown", "2:28")]),
        ("{columns: [id], rows: [[a]]}", [("kind-missing", "2:37")]),
        ("{rows: [[a]]}", [("field-missing", "2:13")]),
        ("[a]", [("wrong-form", "2:13")]),
    ],
)
def test_tables_written_wrongly(table: str, complaints: list[tuple[str, str]]) -> None:
    assert wrong(f"tables: {{t: {table}}}\n") == complaints


LOOP = """elements:
  chw: {kind: loop, carries: chilled-water, return: combined, rating: 60 L/s, parts: [s1, v12, s2, v21]}
"""


def test_a_loop_is_its_parts_closed() -> None:
    made = twin(LOOP)
    assert list(made.elements) == ["chw.s1", "chw.s2", "chw.v12", "chw.v21"]
    assert {(one.a, one.b) for one in made.joints} == {
        ("chw.s1", "chw.v12"), ("chw.v12", "chw.s2"), ("chw.s2", "chw.v21"), ("chw.v21", "chw.s1"),
    }  # fmt: skip
    assert not any(one.one_way for one in made.joints)
    assert made.elements["chw.v12"].kind == "valve" and made.elements["chw.v12"].origin is Origin.PART
    assert amount(made.elements["chw.s2"], "rating") == "60 L/s"


def test_a_line_is_open_and_other_parts_are_named_by_kind() -> None:
    made = twin(
        """elements:
  f-<x=a|b>: {kind: line, carries: fuel, parts: [s1, {strainer: st1}, {check-valve: nrv}, s2]}
"""
    )
    assert made.elements["f-a.st1"].kind == "strainer"
    assert [(one.a, one.b, one.one_way) for one in made.joints if one.a.startswith("f-b")] == [
        ("f-b.nrv", "f-b.s2", True),
        ("f-b.s1", "f-b.st1", False),
        ("f-b.st1", "f-b.nrv", True),
    ]


@pytest.mark.parametrize(
    ("fields", "complaints"),
    [
        ("return: combined, parts: [s1, s2]", ["loop-carries"]),
        ("carries: chilled-water, parts: [s1, v1]", ["loop-return"]),
        ("carries: fuel, return: mirrored, parts: [s1, v1]", ["mirrored-what"]),
        ("carries: chilled-water, return: mirrored, parts: [s1, {pump: p1}]", ["mirrored-pump"]),
        ("carries: fuel", ["field-missing"]),
        ("carries: fuel, parts: [s1]", ["too-few-parts"]),
        ("carries: fuel, parts: [s1, x2]", ["not-a-part"]),
        ("carries: fuel, parts: [s1, {board: b1}]", ["part-kind"]),
        ("carries: fuel, parts: [s1, s1]", ["declared-twice"]),
        ("carries: fuel, parts: ['s<n>', s1]", ["no-blank"]),
    ],
)
def test_loops_written_wrongly(fields: str, complaints: list[str]) -> None:
    assert sorted(key for key, _ in wrong(f"elements: {{l: {{kind: loop, {fields}}}}}")) == sorted(complaints)


def test_amendments_reach_elements_ways_runs_cords_parts_rooms_and_insides() -> None:
    made = twin(
        HALL
        + """  chw: {kind: loop, carries: chilled-water, return: combined, parts: [s1, v12]}
  row-<h=1..3>: {kind: row, it: uob-<x*>}
amend:
  row-<h=1..2>.rack-1: {load: 17 kW, source: order 7}
  row-3: {load: 4 kW}
  uob-a: {rating: 400 A}
  uob-a.row-1-pdu-a: {isolation: withdrawable, rating: 100 A}
  uob-a.row-1-pdu-a.w: {length: 30 m}
  row-1.pdu-a.q0: {normally: open}
  row-1.rack-2.a: {rating: 16 A}
  chw.v12: {isolates: false}
  row-2.room: {heat: 9 kW}
"""
    )
    rated = made.elements
    assert [amount(rated[f"row-{h}.rack-{k}"], "load") for h in (1, 2, 3) for k in (1, 2)] == [
        "17 kW", "10 kW", "17 kW", "10 kW", "4 kW", "4 kW",
    ]  # fmt: skip
    assert rated["row-1.rack-1"].fields["load"].source == "order 7"
    assert amount(rated["uob-a"], "rating") == "400 A"
    assert rated["uob-a.row-1-pdu-a"].isolation == "withdrawable"
    assert amount(rated["uob-a.row-1-pdu-a.w"], "rating") == "100 A"
    assert amount(rated["uob-a.row-1-pdu-a.w"], "length") == "30 m"
    assert rated["row-1.pdu-a.q0"].normally_open
    assert amount(rated["row-1.rack-2.a"], "rating") == "16 A"
    assert rated["chw.v12"].isolation == "none" and rated["chw.v12"].normally_open is False
    heat = made.rooms["row-2.room"].heat
    assert heat is not None and str(heat.of) == "9 kW"


def test_an_amendment_may_move_a_connection_and_speaks_from_the_root() -> None:
    made = twin(HALL + "  row-1: {kind: row, it: uob-<x*>}\namend: {row-1.rack-1: {cords: [uob-a.q1, uob-b.q1]}}\n")
    assert {"uob-a.q1", "uob-b.q1"} <= set(made.elements) and "row-1.pdu-a.t1" not in made.elements


@pytest.mark.parametrize(
    ("amend", "complaints"),
    [
        ("{ups-2: {rating: 5 kW}}", [("amend-misses", "4:9")]),
        ("{'ups-<n=1..2>': {rating: 5 kW}}", [("amend-misses", "4:9")]),
        ("{ups-1: {rating: 0.4 MW}}", [("amend-changes-nothing", "4:17")]),
        ("{ups-1: {kind: board}}", [("amend-kind", "4:17")]),
        ("{ups-1: {ratin: 5 kW}}", [("field-unknown", "4:17")]),
        ("{ups-1: {rating: 5 kW}, 'ups-<n=1|1>': {rating: 6 kW}}", [("set-repeats", "4:32")]),
        ("{ups-1: {rating: 5 kW}, 'ups-<n=1..1>': {rating: 6 kW}}", [("amended-twice", "4:49")]),
        ("{ups-1: {}}", [("wrong-form", "4:16")]),
        ("{ups-1: 5 kW}", [("wrong-form", "4:16")]),
        ("{ups-1: {from: zzz.q1}}", [("reference-unknown", "4:23")]),
    ],
)
def test_amendments_written_wrongly(amend: str, complaints: list[tuple[str, str]]) -> None:
    assert wrong(f"elements:\n  ups-1: {{kind: ups, rating: 400 kW}}\namend: {amend}\n") == complaints


# what numbers rest on


def test_assumptions_are_counted_once_as_written() -> None:
    made = twin(
        """assumed: sketch
site: {dry_bulb: 46 °C, altitude: {value: 340 m, source: map}}
kinds:
  gs: {is: genset, rating: 400 kW, burn: {value: 0.27 L/kWh, assumed: rule of thumb}}
rooms: {hall: {heat: 9 kW}}
elements:
  gen-<n=1..3>: {kind: gs, hours_limit: 500 h, note: no number}
  gen-4: {kind: gs, rating: 500 kW, source: plate}
  b: {kind: board, each_way: {rating: 16 A}}
  r-<n=1..2>: {kind: rack, cords: [b.q<n>], load: {value: 4 kW, source: plate}}
"""
    )
    assert [(one.element, one.field, one.value, one.why, one.applies_to) for one in made.assumptions] == [
        ("site", "dry_bulb", "46 °C", "sketch", 1),
        ("gs", "rating", "400 kW", "sketch", 3),
        ("gs", "burn", "0.27 L/kWh", "rule of thumb", 4),
        ("hall", "heat", "9 kW", "sketch", 1),
        ("gen-<n=1..3>", "hours_limit", "500 h", "sketch", 3),
        ("b", "rating", "16 A", "sketch", 4),
    ]
    assert made.elements["gen-4"].fields["rating"].source == "plate"
    assert made.elements["gen-4"].fields["rating"].assumed is None


def test_the_head_of_a_facility() -> None:
    made = twin(
        """facility: bamako
name: {fr: Centre national, en: National centre}
claims: {tier: III, availability: 99.982 %, autonomy: 7 d, source: press}
site: {country: ML, dry_bulb: 46 °C}
settings: {unrated: unlimited, power_factor: 0.95}
not_applicable: {water: closed loops}
"""
    )
    assert made.facility == "bamako" and made.names == {"fr": "Centre national", "en": "National centre"}
    assert made.claims.tier == "III" and str(made.claims.availability) == "99.982 %"
    assert made.claims.source == "press" and str(made.claims.at) == "f.yaml:4:1"
    assert made.site.dry_bulb is not None and str(made.site.dry_bulb.of) == "46 °C"
    assert made.settings["unrated"].of == "unlimited" and made.not_applicable == {"water": "closed loops"}


def test_revisions_are_kept_by_their_day() -> None:
    made = twin(
        """revisions:
  02: {date: 2026-11-28, text: for tender, by: A. Traoré}
  "01": {date: 2026-10-01, text: "for comment"}
  A.1: {date: 2026-10-01, text: 7}
"""
    )
    assert [(one.name, one.date, one.text, one.by) for one in made.revisions] == [
        ("01", "2026-10-01", "for comment", ""), ("A.1", "2026-10-01", "7", ""),
        ("02", "2026-11-28", "for tender", "A. Traoré"),
    ]  # fmt: skip
    assert twin("").revisions == ()


def test_a_facility_without_a_name_is_called_after_its_file() -> None:
    made = compile_text(HEAD, "some/where/p 01.yaml").twin
    assert made is not None and made.facility == "p-01"
