"""Which machines run in normal service: those on standby start by themselves, those that are off need a hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from oracle.judge import base as asked
from oracle.judge import sweep as swept

from tierline.cli.main import main
from tierline.diagrams.draw import draw
from tierline.twin.compiler import compile_text
from tierline.twin.model import Twin
from tierline.validators.assess import Answer
from tierline.validators.run import check

SITE = """\
tierline: 1
settings: {unrated: unlimited}
elements:
  gen-<n=1..3>: {kind: genset, rating: 100 kW, class: COP, rating_at: site, to: gb.q<n>}
  gb: {kind: board, each_way: {isolation: withdrawable}}
  house: {kind: load, load: LOAD kW, from: gb.q9}
"""


def site(load: int, modes: str = "", more: str = "") -> Twin:
    done = compile_text(SITE.replace("LOAD", str(load)) + more + (f"amend: {{{modes}}}\n" if modes else ""))
    assert done.twin is not None, done.diagnostics
    return done.twin


def answers(twin: Twin) -> dict[str, Answer]:
    found = check(twin).assessment
    told = {name: removal.answer for name, removal in found.removals.items()} | {"": found.base.answer}
    assert {name: str(answer) for name, answer in told.items()} == swept(twin) | {"": asked(twin)}, "the oracle"
    return told


@pytest.mark.parametrize(
    ("load", "modes", "base", "out"),
    [
        (200, "", Answer.AUTOMATIC, Answer.AUTOMATIC),
        (200, "gen-3: {normally: running}", Answer.AUTOMATIC, Answer.AUTOMATIC),
        (200, "gen-3: {normally: standby}", Answer.AUTOMATIC, Answer.AUTOMATIC),
        (200, "gen-3: {normally: off}", Answer.AUTOMATIC, Answer.RE_SWITCHED),
        (300, "gen-3: {normally: standby}", Answer.AUTOMATIC, Answer.FAIL),
        (300, "gen-3: {normally: off}", Answer.RE_SWITCHED, Answer.FAIL),
        (100, "gen-2: {normally: off}, gen-3: {normally: off}", Answer.AUTOMATIC, Answer.RE_SWITCHED),
    ],
)
def test_what_does_not_run_is_started(load: int, modes: str, base: Answer, out: Answer) -> None:
    found = answers(site(load, modes))
    assert (found[""], found["gen-1"]) == (base, out)


def test_a_machine_that_is_off_is_not_missed_when_it_is_taken_out() -> None:
    assert answers(site(200, "gen-3: {normally: off}"))["gen-3"] is Answer.AUTOMATIC


def test_only_what_is_needed_is_started_by_hand() -> None:
    found = check(site(100, "gen-2: {normally: off}, gen-3: {normally: off}")).assessment
    assert len(found.removals["gen-1"].closed) == 1 and not found.removals["gen-1"].down
    assert not found.removals["gen-3"].closed


def test_machines_on_standby_rest_while_the_others_suffice() -> None:
    found = check(site(200, "gen-3: {normally: standby}")).assessment
    assert found.base.started == () and found.removals["gen-1"].started == ("gen-3",)
    assert check(site(201, "gen-3: {normally: standby}")).assessment.base.started == ("gen-3",)


@pytest.mark.parametrize("load", [90, 150, 200, 250, 300, 350])
def test_standby_changes_no_verdict(load: int) -> None:
    assert answers(site(load)) == answers(site(load, "gen-1: {normally: standby}, gen-2: {normally: standby}"))


def test_a_need_that_only_a_machine_that_is_off_could_hold_waits_for_a_hand() -> None:
    aid = "  fan-<n=1..2>: {kind: fan, draw: 0 kW, given: [power]}\n"
    needs = "gen-<n=1..3>: {needs: {air: [fan-1, fan-2]}}"
    both = answers(site(200, needs, aid))
    assert both[""] is Answer.AUTOMATIC and both["fan-1"] is Answer.AUTOMATIC
    off = answers(site(200, f"{needs}, fan-2: {{normally: off}}", aid))
    assert off[""] is Answer.AUTOMATIC and off["fan-1"] is Answer.RE_SWITCHED
    standby = answers(site(200, f"{needs}, fan-2: {{normally: standby}}", aid))
    assert standby["fan-1"] is Answer.AUTOMATIC
    neither = answers(site(200, f"{needs}, fan-<n=1..2>: {{normally: off}}", aid))
    assert neither[""] is Answer.RE_SWITCHED


def test_a_pump_that_is_off_passes_nothing() -> None:
    line = (
        "  t: {kind: tank, usable: 9000 L}\n"
        "  p-<n=1..2>: {kind: pump, draw: 0 kW, given: [power], from: t.q<n>, to: h.q<n>}\n"
        "  h: {kind: header, carries: fuel}\n"
    )
    fuel = "gen-1: {needs: {fuel: h.g1}, burn: 0.25 L/kWh}, gen-2: {needs: {fuel: h.g2}, burn: 0.25 L/kWh}"
    fuel += ", gen-3: {needs: {fuel: h.g3}, burn: 0.25 L/kWh}"
    running, off = answers(site(200, fuel, line)), answers(site(200, f"{fuel}, p-2: {{normally: off}}", line))
    assert running["p-1"] is Answer.AUTOMATIC and off["p-1"] is Answer.RE_SWITCHED
    assert answers(site(200, f"{fuel}, p-<n=1..2>: {{normally: off}}", line))[""] is Answer.RE_SWITCHED


def test_the_report_tells_modes_and_starts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "s.yaml"
    modes = "amend: {gen-2: {normally: standby}, gen-3: {normally: off}}\n"
    path.write_text(SITE.replace("LOAD", "200") + modes)
    assert main(["check", str(path)]) == 0
    out = capsys.readouterr().out
    assert "gb.q1" in line_with(out, ": start gen-3")
    assert line_with(out, "stand by: gen-2; needed in ") and line_with(out, "off until a hand starts them: gen-3")
    assert main(["check", "--format", "json", str(path)]) == 0
    (facility,) = json.loads(capsys.readouterr().out)["facilities"]
    assert facility["modes"] == {"standby": ["gen-2"], "off": ["gen-3"]}


def line_with(text: str, words: str) -> str:
    return next((line for line in text.splitlines() if words in line), "")


def test_a_shut_valve_is_opened_and_not_closed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = (
        "  t-<n=1..2>: {kind: tank, usable: 9000 L}\n"
        "  h-<n=1..2>: {kind: header, carries: fuel, from: [t-<n>.q1]}\n"
        "  v: {kind: valve, between: [h-1.q9, h-2.q9], normally: closed}\n"
        "amend:\n"
        "  gen-<n=1..2>: {needs: {fuel: h-1.g<n>}, burn: 0.25 L/kWh}\n"
        "  gen-3: {needs: {fuel: h-2.g3}, burn: 0.25 L/kWh}\n"
    )
    path = tmp_path / "s.yaml"
    path.write_text(SITE.replace("LOAD", "150") + line)
    main(["check", str(path)])
    assert "t-1" in line_with(capsys.readouterr().out, ": open v")


def test_modes_are_drawn() -> None:
    twin = site(200, "gen-2: {normally: standby}, gen-3: {normally: off}")
    plain = site(200)
    assert [sheet.svg for sheet in draw(replace(twin, assumptions=()))] == [sheet.svg for sheet in draw(plain)]


@pytest.mark.parametrize("kind", ["genset", "ups", "chiller", "pump", "crah", "crac", "cooling-unit", "fan"])
def test_every_machine_has_modes(kind: str) -> None:
    for mode in ("running", "standby", "off"):
        extra = ", carries: fuel" if kind == "pump" else ""
        done = compile_text(f"tierline: 1\nelements: {{m: {{kind: {kind}, normally: {mode}{extra}}}}}\n")
        assert done.twin is not None, done.diagnostics
        assert done.twin.elements["m"].normally_open is (mode == "off")
    wrong = compile_text(f"tierline: 1\nelements: {{m: {{kind: {kind}, normally: open}}}}\n")
    assert "word-unknown" in {one.key for one in wrong.diagnostics}
