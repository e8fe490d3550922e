"""The tables: one row a case, and what differs from the expectation stands out."""

from __future__ import annotations

import pytest
import tables
from test_cases import CASES


def test_a_case_is_a_row() -> None:
    (path,) = (p for p in CASES if p.stem == "p03")
    row = tables.case_row(path)
    assert row == ("P03", "II (generators)", "II (generators)", "6", "0", "gen-3 out: 800 of 680 kW (power)")


def test_a_set_that_differs_is_told_with_what_was_expected() -> None:
    assert tables.size({"a", "b"}, {"a"}) == "**2, expected 1**"
    assert tables.size({"a"}, {"b"}) == "**1, expected 1**"


def test_rows_become_markdown() -> None:
    assert tables.printed(iter([("a", "b"), ("1", "2")])) == "| a | b |\n|---|---|\n| 1 | 2 |"


def test_a_table_nobody_wrote_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert tables.main(["rocks"]) == 2
    assert "no table rocks" in capsys.readouterr().err
