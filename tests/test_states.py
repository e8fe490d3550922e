"""The state a removal is told in: held against the oracle's closure, which shares nothing with the kernel."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from oracle.closure import settle
from oracle.plants import by_seed
from oracle.world import Guess, World

from tierline.twin.compiler import compile_path
from tierline.twin.model import Element, Medium, Twin
from tierline.validators.answers import Answer, Removal
from tierline.validators.assess import Assessment, assess
from tierline.validators.states import State, States

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"


@cache
def reference(name: str) -> Assessment:
    (compiled,) = compile_path(str(ROOT / "specs/reference" / name))
    assert compiled.twin is not None
    return assess(compiled.twin)


def state(assessment: Assessment, name: str) -> tuple[Removal, State]:
    removal = assessment.removals[name]
    return removal, States(assessment).of(removal)


def dead_by_oracle(world: World, removal: Removal) -> set[str]:
    """What nothing live arrives at, or does not run; with every hand there is, where hands were needed."""
    out = frozenset((*removal.zone, *removal.opened))
    hand = removal.answer is not Answer.AUTOMATIC
    found = settle(world, out, hand=hand, guess=Guess(high=removal.answer is Answer.FAIL))

    def dead(element: Element) -> bool:
        if element.kind == "ups":
            return (element.id, Medium.POWER) not in found.live
        arrives = world.places[element.id] & found.live
        return element.id not in found.up or (bool(world.places[element.id]) and not arrives)

    return {e.id for e in world.twin.elements.values() if dead(e) and comparable(e)} - out


def comparable(element: Element) -> bool:
    """An open device is told by its position, and a rack that runs on two cords by what it is short of."""
    return not element.normally_open and element.kind not in ("rack", "racks")


@pytest.mark.parametrize("seed", range(10))
def test_what_is_dead_is_dead_for_the_oracle_too(seed: int) -> None:
    twin: Twin = by_seed(f"1-{seed}")
    assessment, world = assess(twin), World(twin)
    states = States(assessment)
    for removal in assessment.removals.values():
        told = states.of(removal)
        dead = {name for name in (*told.dead, *told.unfed) if comparable(twin.elements[name])}
        oracle = dead_by_oracle(world, removal)
        if removal.answer is Answer.AUTOMATIC:
            assert dead == oracle, removal.element
        else:
            assert oracle <= dead.union(told.unsure), removal.element
        down = {name for name in removal.down if not twin.elements[name].normally_open}
        assert down <= {*told.dead, *told.unfed, *told.unsure, *told.off}


@pytest.mark.parametrize("name", ["n1-one-bus", "n1-split-bus", "isolated-redundant", "catcher", "dual-loop"])
def test_a_state_names_nothing_twice(name: str) -> None:
    assessment = reference(name)
    states = States(assessment)
    for removal in assessment.removals.values():
        told = states.of(removal)
        lists = (removal.zone, removal.opened, told.dead, told.unfed, told.unsure)
        assert len({n for one in lists for n in one}) == sum(map(len, lists)), removal.element
        assert set(told.earthed) <= set(removal.zone)
        assert set(told.closed) == set(removal.closed) or removal.answer in (Answer.FAIL, Answer.UNKNOWN)
        if removal.answer is Answer.AUTOMATIC:
            assert not (told.closed or told.off or told.moved or told.by_hand or told.short)


def test_one_bus_is_all_there_is() -> None:
    removal, told = state(reference("n1-one-bus"), "uob")
    assert removal.answer is Answer.FAIL and told.earthed == ("uob",)
    assert {"pdu-a", "pdu-b", "racks-1", "racks-2", "racks-1.a"} <= set(told.dead)
    assert not {"ups-1", "msb", "house"} & set(told.dead) and not told.one_path and not told.unsure
    assert {"util", "msb.q0"} <= set(told.unfed)


def test_what_a_tie_feeds_by_hand_is_live_and_what_hangs_on_one_side_is_told() -> None:
    _, told = state(reference("n1-split-bus"), "gb-a")
    assert {"msb-a", "ups-a", "racks-1.a"} <= set(told.dead)
    assert set(told.one_path) == {"house", "racks-1", "racks-2"}
    assert "spool" in told.unfed and "tie-b" not in (*told.dead, *told.unfed)


def test_a_failure_is_told_with_no_more_hands_than_it_takes() -> None:
    for name in ("ring-main", "n1-split-bus", "isolated-redundant"):
        assessment = reference(name)
        for removal in assessment.failing():
            assert not States(assessment).of(removal).closed, (name, removal.element)


def test_unknown_numbers_leave_it_open_what_lives() -> None:
    """A set whose fuel has no number: the reading that has it runs, the other does not, so nobody can say."""
    found = 0
    for path in sorted(CASES.glob("*.yaml")):
        expected = json.loads(path.with_suffix("").with_suffix(".expect.json").read_text())
        if "unknown" not in json.dumps(expected):
            continue
        (compiled,) = compile_path(str(path))
        if compiled.twin is None:
            continue
        assessment = assess(compiled.twin)
        for removal in assessment.removals.values():
            if removal.answer is Answer.UNKNOWN:
                told = States(assessment).of(removal)
                found += bool(told.unsure)
                assert not set(told.unsure) & {*told.dead, *removal.zone, *removal.opened}
    assert found


def case(name: str) -> Assessment:
    (compiled,) = compile_path(str(CASES / f"{name}.yaml"))
    assert compiled.twin is not None
    return assess(compiled.twin)


def test_what_a_lost_circuit_opens_is_told_apart_from_what_dies() -> None:
    _, told = state(case("dc-risers-one"), "db-1a")
    assert told.tripped == ("msb-a.f1", "msb-b.f1") and set(told.tripped) <= set(told.dead)
    assert {"uv-1a", "uv-1b", "floor-1", "msb-a.f1.w"} <= set(told.dead) - set(told.tripped)
    _, told = state(case("dc-risers"), "db-1a")
    assert not told.tripped and not {"msb-a.f1", "floor-1"} & set(told.dead)
    _, told = state(case("dc-risers-one"), "msb-b")
    assert not told.tripped  # dark because their board is out; their circuit holds


def test_a_circuit_that_is_energised_to_trip_opens_nothing_when_it_is_lost() -> None:
    states, removals = States(case("pd07b")), case("pd07b").removals
    assert not any(states.of(removal).tripped for removal in removals.values())


def test_a_release_without_a_key_opens_its_device_when_it_is_taken_out() -> None:
    states, removals = States(case("dc-two")), case("dc-two").removals
    found = {name: states.of(removal).tripped for name, removal in removals.items()}
    assert found["uv-a"] == ("msb-a.q0",) and not found["dcs-a"] and not found["msb-b"]
