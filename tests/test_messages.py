"""What a designer reads: whole texts of findings, kept so that every change of wording is seen in review.

`python tests/test_messages.py` writes the kept texts anew; look at the difference before it is committed.
"""

from __future__ import annotations

import io
import os
import re
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from tierline.cli.main import main
from tierline.validators import figures, messages
from tierline.validators.naming import names

TESTS = Path(__file__).resolve().parent
KEPT = TESTS / "messages"
TOLD = (
    *(f"cases/{name}" for name in ("c01", "g03", "one-rack", "p02", "p03", "p04", "p17", "p28")),
    *(f"cases/{name}" for name in ("interlock-both-ties", "interlock-two-of-three", "ups-bypasses")),
    *(f"attempts/bad-{name}" for name in ("firepanel", "hours", "maxamb", "mon", "noroom", "plc", "rawcord")),
    *(f"messages/{path.stem}" for path in sorted(KEPT.glob("*.yaml"))),
)
WHOLE = ("cases/p02", "cases/interlock-two-of-three", "attempts/bad-hours", "messages/one-of-320")
"""Of these the whole report is kept: reasons of tiers, steps, exemptions, rules."""


def told(name: str) -> str:
    """The report, or of most everything above the table of subsystems; without how much of the law is judged."""
    out, here = io.StringIO(), Path.cwd()
    os.chdir(TESTS.parent)
    try:
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            main(["check", f"tests/{name}.yaml"])
    finally:
        os.chdir(here)
    text = out.getvalue() if name in WHOLE else out.getvalue().partition("subsystem ")[0].rstrip() + "\n"
    text = re.sub(r"^rules: .*", "rules: …", text, flags=re.MULTILINE)
    return re.sub(r"\d+ of \d+ Tier III rules", "… of … Tier III rules", text)


def kept(name: str) -> Path:
    return KEPT / f"{name.rpartition('/')[2]}.txt"


@pytest.mark.parametrize("name", TOLD)
def test_what_is_told(name: str) -> None:
    assert told(name) == kept(name).read_text(encoding="utf-8"), "run `python tests/test_messages.py`, and read it"


def test_nothing_is_kept_that_is_not_told() -> None:
    assert sorted(KEPT.glob("*.txt")) == sorted(kept(name) for name in TOLD)


@pytest.mark.parametrize("name", TOLD)
def test_the_first_line_says_what_is_taken_out_and_what_it_costs(name: str) -> None:
    for line in re.findall(r"^(?:error|warning)\[.*", kept(name).read_text(encoding="utf-8"), re.MULTILINE):
        if "taking out" in line and "cannot be judged" not in line:
            assert re.search(r"short|dark|no cooling|lasts", line), line


def test_every_message_is_used() -> None:
    rooms = TESTS.parent / "validators" / "tierline" / "validators"
    code = "\n".join(p.read_text(encoding="utf-8") for p in rooms.rglob("*.py") if p.name != "messages.py")
    made = ("fix-", "settle-", "no-efficiency", "no-recharge")
    unused = [key for key in messages.CATALOGUE if f'"{key}"' not in code and not key.startswith(made)]
    assert [key for key in unused if f"'{key}'" not in code] == []


@pytest.mark.parametrize(
    ("ids", "short"),
    [
        (["msb-a", "msb-b"], "msb-a, msb-b"),
        (["q10", "q2", "q1"], "q<1|2|10>"),
        (["gen-a1", "gen-a2", "gen-a3"], "gen-a<1..3>"),
        ([f"hall-{h}.rack-{n:02d}" for h in (1, 2) for n in range(1, 13)], "hall-<1|2>.rack-<01..12>"),
        (["ch-a1", "ch-a2", "ch-a3", "ch-b1"], "ch-a<1..3>, ch-b1"),
        (["gb", "msb", "uob"], "gb, msb, uob"),
        ([f"x{n}y" for n in range(0, 20, 2)] + ["z"], "x<0|2|4|6|8|10|12|14|16|18>y, z"),
    ],
)
def test_names_that_are_alike_are_written_once(ids: list[str], short: str) -> None:
    assert names(ids) == short
    assert names(reversed(ids)) == short, "the order in which they come does not matter"


def test_what_is_left_out_is_counted() -> None:
    assert names(["a1", "a2", "a3", "b", "c"], 2) == "a<1..3>, b and 1 more"
    assert names(["a", "b1", "b2", "b3"], 1) == "a and 3 more"


@pytest.mark.parametrize(
    ("have", "need", "unit", "of", "missing"),
    [
        (600_000, 680_000, "W", "600 of 680 kW", "80 kW"),
        (1_320_000, 1_755_417, "W", "1 320 of 1 755.4 kW", "435.4 kW"),
        (84_004, 116_000, "W", "84 of 116 kW", "32 kW"),
        (679_999, 680_000, "W", "679.999 of 680 kW", "0.001 kW"),
        (1_100_000, 1_150_000, "VA", "1 100 of 1 150 kVA", "50 kVA"),
        (0, 183_602, "ml/h", "0 of 183.6 L/h", "183.6 L/h"),
        (2_500, 3_125, "W", "2.5 of 3.125 kW", "0.625 kW"),
        (0, 92_475, "ml/h", "0 of 92.48 L/h", "92.48 L/h"),
    ],
)
def test_figures_have_the_digits_that_count(have: int, need: int, unit: str, of: str, missing: str) -> None:
    assert figures.of(have, need, unit) == of
    assert figures.missing(have, need, unit) == missing


if __name__ == "__main__":
    for each in TOLD:
        kept(each).write_text(told(each), encoding="utf-8")
