"""The network: services stay connected through gear that runs, in a verdict of its own."""

from __future__ import annotations

from pathlib import Path

from tierline.twin.compiler import compile_path, compile_text
from tierline.twin.model import Medium
from tierline.validators.network import cuts
from tierline.validators.rules import Outcome
from tierline.validators.run import Report, check
from tierline.validators.subsystems import Subsystem, Subsystems

HEAD = """tierline: 1
claims: {tier: III}
settings: {unrated: unlimited}
axes: {x: [a, b]}
elements:
  b-<x>: {kind: board, given: [power]}
  car-<x>: {kind: carrier}
"""


def report(text: str) -> Report:
    done = compile_text(HEAD + text)
    assert done.twin is not None, done.diagnostics
    return check(done.twin)


def cut(found: Report) -> dict[str, bool]:
    """Removal → whether it is unknown if services are cut off."""
    return {one.removal.element: one.unknown for one in cuts(found.assessment)}


def outcome(found: Report, ref: str) -> Outcome:
    return next(r.outcome for r in found.rules if r.ref == ref)


def test_gear_on_two_plugs_outlives_each_of_them() -> None:
    gear = "  sw-<x>: {kind: network-switch, from: car-<x>, needs: {power: [b-a.<x>, b-b.<x>]}}\n"
    found = report(gear + "  s: {kind: service, from: [sw-a, sw-b]}\n")
    assert cut(found) == {}
    assert found.subsystems[Subsystem.NETWORK].tier == "III"
    zone = found.assessment.removals["b-a.a.w"]
    assert (zone.zone, zone.opened, zone.down) == (("b-a.a.w",), ("b-a.a", "sw-a.power-a"), ())
    assert found.assessment.removals["sw-a"].zone == ("sw-a",)


def test_gear_of_which_nobody_says_what_feeds_it_is_unknown() -> None:
    found = report("  sw: {kind: network-switch, from: [car-a, car-b]}\n  s: {kind: service, from: sw}\n")
    assert cut(found)[""] is True
    assert cut(found)["sw"] is False
    verdict = found.subsystems[Subsystem.NETWORK]
    assert (verdict.tier, verdict.possible) == ("none", "II")
    assert outcome(found, "NW-02") is Outcome.UNKNOWN


def test_gear_on_its_own_way_draws_something() -> None:
    done = compile_text(
        """tierline: 1
elements:
  b: {kind: board, rating: 9 kW, given: [power]}
  sw: {kind: network-switch, from: car, needs: {power: b.q1}}
  car: {kind: carrier}
  s: {kind: service, from: sw}
"""
    )
    assert done.twin is not None
    found = check(done.twin)
    assert found.assessment.lowered.missing["sw"] == "draw"
    assert found.subsystems[Subsystem.NETWORK].tier == "none"


def test_no_path_leads_through_a_service() -> None:
    found = report(
        """  f: {kind: fibre, from: car-a}
  one: {kind: service, from: f}
  g: {kind: fibre, between: [one, two]}
  two: {kind: service}
"""
    )
    assert cut(found) == {"": False}
    assert found.subsystems[Subsystem.NETWORK].tier == "none"


def test_the_network_neither_gates_nor_lowers_the_verdict() -> None:
    found = report("  f: {kind: fibre, from: car-a}\n  s: {kind: service, from: f}\n")
    assert outcome(found, "NW-01") is Outcome.FAIL
    assert found.subsystems[Subsystem.NETWORK].tier == "II"
    finding = next(f for r in found.rules for f in r.findings if r.ref == "NW-01")
    assert finding.removal is not None and finding.removal.lost == ("s",)
    result = next(r for r in found.rules if r.ref == "NW-01")
    assert not found.is_error(result, finding)


def test_plant_may_not_need_a_service() -> None:
    done = compile_text(HEAD + "  s: {kind: service, from: car-a}\n  u: {kind: controller, needs: {net: s}}\n")
    assert [one.key for one in done.diagnostics] == ["supplies-nothing"]


def test_data_is_nothing_that_can_be_given_or_carried() -> None:
    done = compile_text(HEAD + "  v: {kind: valve, carries: data}\n")
    assert [one.key for one in done.diagnostics] == ["word-unknown"]


def test_a_cable_that_carries_data_only_belongs_to_the_network() -> None:
    """Charging it to what it stands in once went in a circle."""
    (compiled,) = compile_path(str(Path(__file__).parent / "cases" / "nw01a.yaml"))
    assert compiled.twin is not None
    subsystems = Subsystems(compiled.twin)
    wires = [e.id for e in compiled.twin.elements.values() if subsystems.media(e.id) == {Medium.DATA}]
    assert wires and {subsystems.rung(name) for name in wires} == {Subsystem.NETWORK}
