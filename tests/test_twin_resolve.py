"""Resolution: what each connection word makes of two elements, and what it refuses."""

from __future__ import annotations

import pytest

from tierline.kernel.zones import Zones
from tierline.twin.compiler import compile_text
from tierline.twin.lower import lower
from tierline.twin.model import Isolation, Medium, Mode, Origin, Twin

HEAD = "tierline: 1\nelements:\n"


def twin(text: str) -> Twin:
    done = compile_text(HEAD + text, "f.yaml")
    assert done.twin is not None, [f"{one.at} {one.key}: {one.message}" for one in done.diagnostics]
    return done.twin


def wrong(text: str) -> list[str]:
    done = compile_text(HEAD + text, "f.yaml")
    assert done.twin is None
    return [one.key for one in done.diagnostics]


def arrows(made: Twin, medium: Medium | None = None) -> set[str]:
    """The joints as `a -> b` or `a -- b`."""
    return {f"{one.a} {'->' if one.one_way else '--'} {one.b}" for one in made.joints if medium in (None, one.medium)}


def feeds(made: Twin, element: str) -> dict[str, tuple[Mode, bool, list[str]]]:
    return {
        one.name: (one.mode, one.needed, [made.joints[index].a for index in one.joints])
        for one in made.feeds if one.element == element
    }  # fmt: skip


# what lies between


def test_a_way_is_a_device_and_a_run() -> None:
    made = twin("  gb: {kind: board, rating: 9 kW, voltage: 400 V}\n  msb: {kind: board, from: gb.q9}\n")
    assert arrows(made) == {"gb -- gb.q9", "gb.q9 -- gb.q9.w", "gb.q9.w -- msb"}
    device, run = made.elements["gb.q9"], made.elements["gb.q9.w"]
    assert (device.kind, device.isolation, device.origin) == ("breaker", Isolation.FIXED, Origin.WAY)
    assert (run.kind, run.isolation, run.origin) == ("cable", Isolation.NONE, Origin.RUN)
    assert str(device.at) == str(run.at) == "f.yaml:4:28"
    assert device.value("rating") is None
    assert str(device.value("voltage")) == "400 V" and str(device.fields["voltage"].at) == "f.yaml:3:44"


def test_supply_and_output_give_the_direction() -> None:
    made = twin(
        """  gb: {kind: board}
  uob: {kind: board}
  gen: {kind: genset, to: gb.q1}
  ups: {kind: ups, from: gb.q2, to: uob.q0}
"""
    )
    assert arrows(made) == {
        "gen -> gb.q1.w", "gb.q1.w -> gb.q1", "gb.q1 -> gb",
        "gb -> gb.q2", "gb.q2 -> gb.q2.w", "gb.q2.w -> ups",
        "ups -> uob.q0.w", "uob.q0.w -> uob.q0", "uob.q0 -> uob",
    }  # fmt: skip


def test_ways_that_differ_and_what_holds_for_each() -> None:
    made = twin(
        """  b:
    kind: board
    each_way: {isolation: withdrawable, rating: 250 A, run: {rating: 200 A}}
    ways:
      q1: {rating: 630 A, normally: open}
      q2: {device: fuse-switch, isolation: fixed, isolates: false}
      q<n=3..4>: {rating: <n>0 A}
      q9: spare
  r<n=1..5>: {kind: board, from: b.q<n>}
"""
    )
    ways = [made.elements[f"b.q{number}"] for number in range(1, 6)]
    assert [str(one.value("rating")) for one in ways] == ["630 A", "250 A", "30 A", "40 A", "250 A"]
    assert [one.isolation for one in ways] == ["withdrawable", "none", *["withdrawable"] * 3]
    assert [one.kind for one in ways] == ["breaker", "fuse-switch", "breaker", "breaker", "breaker"]
    assert ways[0].normally_open and not ways[1].normally_open
    assert str(ways[0].fields["rating"].at) == "f.yaml:7:20"
    assert {str(made.elements[f"b.q{number}.w"].value("rating")) for number in range(1, 6)} == {"200 A"}
    assert "b.q9" not in made.elements


def test_the_run_takes_the_rating_of_its_way() -> None:
    made = twin("  b: {kind: board, each_way: {rating: 250 A}}\n  c: {kind: board, from: b.q1}\n")
    assert str(made.elements["b.q1.w"].value("rating")) == "250 A"


def test_a_way_of_ones_own_is_called_after_its_user() -> None:
    made = twin("  b: {kind: board}\n  c-1: {kind: board, from: b.way}\n  d: {kind: board, from: c-1.way}\n")
    assert {"b.c-1", "b.c-1.w", "c-1.d"} <= set(made.elements)


def test_an_own_incomer_is_a_device_at_this_end() -> None:
    made = twin(
        """  gb: {kind: board}
  msb: {kind: board, from: {q0: gb.q9}, ways: {q0: {isolation: withdrawable}}}
  tx: {kind: transformer, to: {qm: msb.q7}}
  t: {kind: bus}
  x: {kind: board, from: {q0: t, q1: tx}}
"""
    )
    assert {"gb -- gb.q9", "gb.q9 -- gb.q9.w", "gb.q9.w -- msb.q0", "msb.q0 -- msb"} <= arrows(made)
    assert made.elements["msb.q0"].origin is Origin.INCOMER
    assert made.elements["msb.q0"].isolation is Isolation.WITHDRAWABLE
    assert {"tx -> tx.qm", "tx.qm -> msb.q7.w", "msb.q7.w -> msb.q7", "msb.q7 -> msb"} <= arrows(made)
    assert {"t -- x.q0", "x.q0 -- x", "tx -> x.q1.w", "x.q1.w -> x.q1", "x.q1 -> x"} <= arrows(made)


def test_devices_and_buses_are_bolted_and_equipment_has_a_run() -> None:
    made = twin(
        """  ga: {kind: board}
  t: {kind: bus}
  gb: {kind: board}
  tie-1: {kind: breaker, between: [ga, t], normally: open}
  tie-2: {kind: disconnector, between: [t, gb], isolation: withdrawable}
  tx: {kind: transformer}
  sts: {kind: sts, inputs: [tx, t]}
  ups: {kind: ups, from: sts}
  c: {kind: cable, between: [ga.q1, ups-b]}
  ups-b: {kind: ups}
"""
    )
    assert arrows(made) == {
        "ga -- tie-1", "tie-1 -- t", "t -- tie-2", "tie-2 -- gb",
        "tx -> sts.inputs.tx", "sts.inputs.tx -> sts", "t -> sts",
        "sts -> ups.from", "ups.from -> ups",
        "ga -- ga.q1", "ga.q1 -- ga.q1.w", "ga.q1.w -- c", "c -> ups-b",
    }  # fmt: skip
    assert made.elements["tie-1"].normally_open
    assert made.elements["tie-2"].isolation is Isolation.WITHDRAWABLE
    assert made.elements["ups.from"].kind == "cable"


def test_cords_stand_between_the_run_and_the_rack() -> None:
    made = twin(
        """  p-<x=a|b>: {kind: board}
  bw: {kind: busduct}
  pou: {kind: pou-switch, inputs: [p-a.q8, p-b.q8]}
  r-1: {kind: rack, load: 4 kW, cords: [p-a.q1, bw.t1]}
  r-2: {kind: rack, cords: {left: pou}}
  r-3: {kind: racks, cords: [p-a.q3]}
  lump: {kind: load, cords: [p-a.q4, p-b.q4]}
  sub: {kind: board, from: bw.t9}
"""
    )
    found = arrows(made)
    assert {"p-a -> p-a.q1", "p-a.q1 -> p-a.q1.w", "p-a.q1.w -> r-1.a", "r-1.a -> r-1"} <= found
    assert {"bw -> bw.t1", "bw.t1 -> r-1.b", "r-1.b -> r-1"} <= found and "bw.t1.w" not in made.elements
    assert {"pou -> r-2.left", "r-2.left -> r-2", "r-3.a -> r-3"} <= found
    assert "p-a.q4.w -> lump" in found and "lump.a" not in made.elements
    assert {"bw -- bw.t9", "bw.t9 -- bw.t9.w", "bw.t9.w -- sub"} <= found
    cord = made.elements["r-1.a"]
    assert (cord.kind, cord.origin, cord.isolation) == ("cord", Origin.CORD, Isolation.PLUG)
    assert made.elements["bw.t1"].kind == "tap-off" and made.elements["bw.t1"].isolation is Isolation.PLUG
    assert feeds(made, "r-1") == {"cords": (Mode.SHARE, True, ["r-1.a", "r-1.b"])}
    assert feeds(made, "lump")["cords"][0] is Mode.SHARE
    assert not made.elements["r-1"].removable and not made.elements["lump"].removable and cord.removable


def test_inputs_are_taken_in_the_order_of_preference() -> None:
    made = twin(
        """  p-<x=a|b>: {kind: board}
  ats-1: {kind: ats, inputs: [p-b.q1, p-a.q1]}
  ats-2: {kind: ats, inputs: {s1: p-a.q2, s2: p-b.q2}, prefer: s2}
  lump: {kind: load, inputs: [p-a.q3, p-b.q3]}
"""
    )
    assert feeds(made, "ats-1") == {"inputs": (Mode.SELECT, False, ["p-b.q1.w", "p-a.q1.w"])}
    assert feeds(made, "ats-2") == {"inputs": (Mode.SELECT, False, ["p-b.q2.w", "p-a.q2.w"])}
    assert feeds(made, "lump") == {"inputs": (Mode.SELECT, True, ["p-a.q3.w", "p-b.q3.w"])}
    assert all(one.one_way for one in made.joints)


# needs


def test_needs_are_feeds_where_they_conduct_and_dependencies_where_not() -> None:
    made = twin(
        """  m: {kind: board}
  dc: {kind: board, carries: dc}
  dt: {kind: day-tank}
  bat: {kind: battery}
  plc-<x=a|b>: {kind: controller, needs: {power: [dc.q1<x>, dc.q2<x>]}}
  cu: {kind: crah}
  g:
    kind: genset
    needs:
      fuel: dt
      battery: bat
      control: [plc-a, plc-b]
      air: cu
      power: {heater: m.q1, louvre: [m.q2, m.q3]}
"""
    )
    assert feeds(made, "g") == {
        "fuel": (Mode.JOINED, True, ["g.fuel"]),
        "battery": (Mode.JOINED, True, ["g.battery"]),
        "heater": (Mode.JOINED, True, ["m.q1.w"]),
        "louvre": (Mode.SELECT, True, ["m.q2.w", "m.q3.w"]),
    }
    assert [(one.element, one.name, one.members) for one in made.needs] == [
        ("g", "air", ("cu",)),
        ("g", "control", ("plc-a", "plc-b")),
    ]
    assert made.elements["g.fuel"].kind == "pipe" and made.elements["g.battery"].kind == "cable"
    media = {one.name: one.medium for one in made.feeds if one.element == "g"}
    assert media == {"fuel": "fuel", "battery": "dc", "heater": "power", "louvre": "power"}
    assert {one.medium for one in made.feeds if one.element == "plc-a"} == {Medium.DC}
    assert "dt -> g.fuel" in arrows(made, Medium.FUEL)


def test_a_dc_supply_takes_power_and_gives_dc() -> None:
    made = twin(
        """  p-<x=a|b>: {kind: board}
  rect: {kind: dc-supply, inputs: [p-a.q1, p-b.q1], to: dcb.q0}
  dcb: {kind: board, carries: dc}
  plc: {kind: controller, needs: {power: rect.q1}}
"""
    )
    assert "p-a.q1.w -> rect" in arrows(made, Medium.POWER)
    assert {"rect -> dcb.q0.w", "rect -> rect.q1", "rect.q1.w -> plc"} <= arrows(made, Medium.DC)


PANEL = """  gb: {kind: board}
  b: {kind: board, from: {q0: gb.q9}}
  u: {kind: ups, from: b.q1}
  cut: {kind: breaker, between: [b, x]}
  x: {kind: bus}
"""


def test_what_trips_is_a_need_of_what_it_opens() -> None:
    made = twin(PANEL + "  uv: {kind: release, trips: [b.q0, b.q1, u, cut]}\n  epo: {kind: epo, trips: u}\n")
    assert [(one.element, one.name, one.members) for one in made.needs] == [
        ("b.q0", "stop", ("uv",)),
        ("b.q1", "stop", ("uv",)),
        ("cut", "stop", ("uv",)),
        ("u", "stop", ("epo",)),
        ("u", "stop", ("uv",)),
    ]


def test_only_what_moves_is_tripped_and_only_from_the_circuit() -> None:
    assert wrong(PANEL + "  uv: {kind: release, trips: b.q7}\n") == ["trips-nothing"]
    assert wrong(PANEL + "  uv: {kind: release, trips: b}\n") == ["trips-what"]
    assert wrong(PANEL + "  uv: {kind: release, trips: epo}\n  epo: {kind: epo}\n") == ["trips-what"]
    assert wrong(PANEL + "  epo: {kind: epo}\n  v: {kind: ups, needs: {off: epo}}\n") == ["trips-say-so"]
    assert wrong(PANEL + "  p: {kind: panel}\n  v: {kind: ups, needs: {stop: p}}\n") == ["trips-say-so"]


def test_a_zone_in_dc_opens_nothing_of_power() -> None:
    made = twin(
        """  b: {kind: board, given: [power]}
  dcs: {kind: dc-supply, from: b.q1, to: dcb.q0}
  dcb: {kind: board, carries: dc}
  uv: {kind: release, energise: to-trip, trips: b.q2, needs: {power: dcb.q1}}
  l: {kind: load, load: 1 kW, inputs: [b.q2]}
"""
    )
    plant = lower(made)
    zones = Zones(plant.low)

    def zone(name: str) -> tuple[set[str], set[str]]:
        found = zones.of(plant.index[name])
        return {plant.names[i] for i in found.zone}, {plant.names[i] for i in found.opened}

    assert zone("dcb") == ({"dcb"}, {"dcb.q0", "dcb.q1"})
    assert zone("dcb.q0") == ({"dcb", "dcb.q0", "dcb.q0.w", "dcs"}, {"dcb.q1"})
    assert zone("dcs") == ({"dcs", "b.q1.w", "dcb.q0.w"}, {"b.q1", "dcb.q0"})
    assert zone("uv") == ({"uv", "dcb.q1.w"}, {"dcb.q1"})


def test_what_is_given_and_served() -> None:
    done = compile_text(
        """tierline: 1
rooms: {hall: {heat: 9 kW}, side: {}}
elements: {cu: {kind: cooling-unit, serves: [hall, side], given: [power], room: side}}
"""
    )
    assert done.twin is not None
    assert done.twin.serves == (("cu", "hall"), ("cu", "side"))
    assert done.twin.given == {("cu", "power")}
    assert done.twin.elements["cu"].room == "side"


def test_an_air_handler_takes_water_and_blows_into_a_duct() -> None:
    made = twin(
        """  w: {kind: header, carries: chilled-water}
  ah: {kind: crah, from: w.q1, to: sd.d1}
  sd: {kind: duct}
"""
    )
    assert arrows(made, Medium.AIR) == {"ah -> sd.d1.w", "sd.d1.w -> sd.d1", "sd.d1 -> sd"}
    assert (made.elements["sd.d1"].kind, made.elements["sd.d1.w"].kind) == ("damper", "duct")
    assert "w.q1.w -> ah" in arrows(made, Medium.CHILLED_WATER)


def test_a_room_is_served_through_a_duct_or_past_it_not_both() -> None:
    done = compile_text(
        """tierline: 1
rooms: {hall: {}}
elements:
  sd: {kind: duct, serves: hall}
  cu: {kind: cooling-unit, to: sd.d, serves: hall}
"""
    )
    assert [one.key for one in done.diagnostics] == ["serves-through"]


def test_three_sets_may_breathe_through_one_louvre() -> None:
    made = twin("  lo: {kind: damper, given: [air]}\n  g<n=1..3>: {kind: genset, needs: {air: lo}}\n")
    plant = lower(made)
    found = Zones(plant.low).of(plant.index["g1"])
    assert {plant.names[i] for i in found.kill} == {"g1"}


# media


def test_what_carries_nothing_takes_the_medium_of_its_neighbours() -> None:
    made = twin(
        """  bt: {kind: tank}
  p: {kind: pump, from: bt.q1, to: h.q0}
  h: {kind: header}
  x: {kind: section}
  v: {kind: valve, between: [h, x]}
  ch: {kind: chiller, to: w.q1}
  w: {kind: header}
  crah: {kind: crah, from: w.q2}
  wt: {kind: tank, carries: water}
  wp: {kind: pump, from: wt}
"""
    )
    assert {one.medium for one in made.joints if {"p", "v", "x"} & {one.a, one.b}} == {Medium.FUEL}
    assert {one.medium for one in made.joints if {"w"} & {one.a, one.b}} == {Medium.CHILLED_WATER}
    assert {one.medium for one in made.joints if one.b == "wp"} == {Medium.WATER}
    assert made.elements["bt.q1"].kind == "valve" and made.elements["w.q2.w"].kind == "pipe"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("  h: {kind: header}\n", ["medium-unknown"]),
        ("  h: {kind: header, carries: fule}\n", ["word-unknown"]),
        ("  h: {kind: header, carries: fuel}\n  u: {kind: ups, from: h.q1}\n", ["wrong-medium"]),
        ("  h: {kind: header, carries: fuel}\n  g: {kind: genset, to: h.q1}\n", ["wrong-medium"]),
        ("  b: {kind: board}\n  h: {kind: crah, from: b.q1}\n", ["wrong-medium"]),
        ("  b: {kind: board, rating: 5 L/h}\n", ["unit-wrong"]),
        ("  b: {kind: board}\n  c: {kind: board, from: b}\n", ["name-a-way"]),
        ("  b: {kind: board}\n  g: {kind: genset, needs: {power: b}}\n", ["name-a-way"]),
        ("  b: {kind: board}\n  c: {kind: board, from: b.q1}\n  d: {kind: board, from: b.q1}\n", ["way-taken"]),
        ("  b: {kind: board}\n  c: {kind: board, from: b.q1}\n  d: {kind: board, from: b.Q1}\n", ["way-taken"]),
        ("  b: {kind: board}\n  a: {kind: ats, inputs: [b.way, b.way]}\n", ["way-taken"]),
        ("  b: {kind: board}\n  c: {kind: board, from: b.q1}\n  d: {kind: board, from: b.q1.w}\n",
         ["way-is-no-element"]),
        ("  b: {kind: board, ways: {q1: spare}}\n  c: {kind: board, from: b.q1}\n", ["way-spare"]),
        ("  b: {kind: board}\n  k: {kind: breaker, between: [b, t]}\n  t: {kind: bus}\n  u: {kind: ups, from: k.q1}\n",
         ["no-ways"]),
        ("  r: {kind: rack}\n  u: {kind: ups, from: r}\n", ["supplies-nothing"]),
        ("  c: {kind: controller}\n  u: {kind: ups, from: c}\n", ["supplies-nothing"]),
        ("  u: {kind: ups, from: u}\n", ["joined-to-itself"]),
        ("  t: {kind: bus}\n  u: {kind: ups, from: [t, t]}\n", ["joint-twice"]),
        ("  t<n=1..3>: {kind: bus, from: k}\n  k: {kind: breaker}\n", ["terminal-taken"]),
        ("  b: {kind: board}\n  a: {kind: ats, inputs: {s1: b.q1, s2: b.q2}}\n", ["prefer-missing"]),
        ("  b: {kind: board}\n  a: {kind: ats, inputs: {s1: b.q1, s2: b.q2}, prefer: s3}\n", ["word-unknown"]),
        ("  b: {kind: board}\n  a: {kind: ats, inputs: [b.q1, b.q2], prefer: s1}\n", ["prefer-unnamed"]),
        ("  b: {kind: board}\n  p: {kind: pump, carries: fuel, needs: {power: [b.q1, b.q2]}}\n",
         ["what-transfers"]),
        ("  b: {kind: board}\n  c: {kind: controller}\n  g: {kind: genset, needs: {control: [c, b.q1]}}\n",
         ["needs-mixed"]),
        ("  c: {kind: controller, needs: {control: c}}\n", ["needs-itself"]),
        ("  k: {kind: breaker, between: [a, b, c]}\n", ["exactly"]),
        ("  k: {kind: breaker, between: a}\n", ["wrong-form"]),
        ("  u: {kind: ups, from: [a b]}\n", ["not-a-reference"]),
        ("  u: {kind: ups, from: {q 1: a.q1}}\n", ["not-an-id"]),
        ("  u: {kind: ups, room: nowhere}\n", ["room-unknown"]),
        ("  u: {kind: crah, serves: nowhere}\n", ["room-unknown"]),
        ("  b: {kind: board, from: {q0: c.q1, q0a: c.q2}}\n  c: {kind: board}\n  d: {kind: ups, from: b.q0}\n",
         ["way-taken"]),
    ],
)  # fmt: skip
def test_connections_that_cannot_be(text: str, keys: list[str]) -> None:
    assert wrong(text) == keys


def test_what_refers_to_something_broken_stays_silent() -> None:
    text = """  b: {kind: bord}
  c-<y>: {kind: board}
  d: {kind: board, from: b.q1, ratin: 3 A}
  e: {kind: board, from: c-a.q1, rating: 5 kV}
  f: {kind: ups, from: d.q1, to: zzz}
"""
    assert wrong(text) == ["kind-unknown", "axis-unknown", "field-unknown", "unit-wrong", "reference-unknown"]


def test_a_listed_way_nothing_uses_is_a_warning() -> None:
    done = compile_text(HEAD + "  b: {kind: board, ways: {q1: {rating: 5 A}, q2: spare}}\n")
    assert done.twin is not None
    assert [(one.key, one.severity) for one in done.diagnostics] == [("way-unused", "warning")]


def test_the_second_user_of_a_way_is_told_of_the_first() -> None:
    done = compile_text(HEAD + "  b: {kind: board}\n  c: {kind: board, from: b.q1}\n  d: {kind: board, from: b.q1}\n")
    (only,) = done.diagnostics
    assert str(only.at) == "facility.yaml:5:26" and only.message == "way `b.q1` already serves c"
    assert [str(at) for at, _ in only.related] == ["facility.yaml:4:26"]


def test_elements_joints_and_feeds_are_in_order() -> None:
    made = twin("  z: {kind: board, from: a.q1}\n  m: {kind: board, from: a.q2}\n  a: {kind: board}\n")
    assert list(made.elements) == sorted(made.elements)
    assert [(one.a, one.b) for one in made.joints] == sorted((one.a, one.b) for one in made.joints)
    assert [one.element for one in made.feeds] == ["m", "z"]
    for feed in made.feeds:
        assert all(made.joints[index].b == feed.element for index in feed.joints)
