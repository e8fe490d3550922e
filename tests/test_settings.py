"""Every open interpretation of the law turns some verdict: a plant that ends one way by default, another when flipped.

What fails in `flips/<setting>.yaml` fails no longer where the flip is lenient; where it is strict, more fails.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tierline.cli.main import main
from tierline.twin.compiler import compile_path
from tierline.twin.policy import DEFAULT, TERMS, Policy, parse
from tierline.validators.answers import Answer
from tierline.validators.assess import assess
from tierline.validators.run import check

FLIPS = Path(__file__).parent / "flips"
LENIENT = {
    "raw_alternate_path",
    "common_battery",
    "fuel_inside_removal",
    "adjacent_live",
    "line_stop",
    "cord_split",
    "recharge_in_n",
}
"""Settings whose other value passes what fails by default; the others fail what passes by default."""


def failing(name: str, policy: Policy) -> set[str]:
    (compiled,) = compile_path(str(FLIPS / f"{name}.yaml"))
    assert compiled.twin is not None, compiled.diagnostics
    found = assess(compiled.twin, policy)
    everything = [found.base, *found.removals.values()]
    assert not [r.element for r in everything if r.answer is Answer.UNKNOWN]
    return {r.element for r in everything if r.answer is Answer.FAIL}


@pytest.mark.parametrize("name", sorted(TERMS.keys() - {"telecom_in_verdict"}))
def test_a_setting_turns_a_verdict(name: str) -> None:
    other = TERMS[name].values[1]
    by_default, flipped = failing(name, DEFAULT), failing(name, parse([f"{name}={other}"]))
    if name in LENIENT:
        assert flipped < by_default
    else:
        assert by_default < flipped


def test_the_network_counts_if_asked_to() -> None:
    (compiled,) = compile_path(str(FLIPS / "telecom_in_verdict.yaml"))
    assert compiled.twin is not None, compiled.diagnostics
    counted = parse(["telecom_in_verdict=true"])
    assert check(compiled.twin).verdict.met
    assert (check(compiled.twin, counted).verdict.achieved, check(compiled.twin, counted).verdict.met) == ("II", False)


def test_every_flip_has_its_setting() -> None:
    assert {path.stem for path in FLIPS.glob("*.yaml")} == set(TERMS)


@pytest.mark.parametrize("word", ["raw_path=accept", "raw_alternate_path=yes", "line_stop"])
def test_what_cannot_be_chosen_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match=r"known|cannot be"):
        parse([word])


def test_the_verdict_line_names_what_was_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(FLIPS / "line_stop.yaml")
    main(["check", "--quiet", "--setting", "line_stop=true", path])
    assert "the law read with line_stop=true" in capsys.readouterr().out.splitlines()[-1]
    assert main(["check", "--setting", "line_stop=maybe", path]) == 2
    assert "false or true" in capsys.readouterr().err


def test_a_setting_has_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "D8"]) == 0
    assert "cord_split" in capsys.readouterr().out
