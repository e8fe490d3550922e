"""What edits change on the drawings of Bamako, and that the measures of the bench see what they should."""

from __future__ import annotations

import pytest
from bench_drawings import EDITS, boxes, changed_lines, effect, flips, shifts
from bench_engines import by_dot, graph_of
from test_diagrams_twins import PLANTS

from tierline.diagrams import draw
from tierline.diagrams.lint.reader import read

LINES = {"+1 UPS per side": 120, "another rating": 2, "another name": 6}
"""What an edit may change where the bar of S6, four lines for a new element and ten, is not the measure: one more UPS a
side needs a longer paper (108 lines)."""


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_few_lines_and_turns_nothing_round(name: str) -> None:
    done = effect(name)
    assert done.flips == 0 and done.lines <= LINES.get(name, done.limit), done
    assert done.moved <= (0.15 if name == "+1 UPS per side" else 0.01), done
    assert done.touched <= 4, done


def test_what_an_edit_moved_is_measured() -> None:
    (sheet,) = draw(PLANTS["p01"]().twin())
    block = 'id="g-uob-b" class="blk" transform="translate('
    other = sheet.svg.replace(block, f"{block}-9")
    assert other != sheet.svg
    before, after = boxes([read(sheet.svg)]), boxes([read(other)])
    assert changed_lines(sheet.svg, other) == 2 and flips(before, before) == 0
    moved = [key for key in before if before[key].box != after[key].box]
    assert ("e-100-main", "uob-b") in moved and sum(any(shift) for shift in shifts(before, after)) == len(moved)
    assert flips(before, after) > 0


def test_plain_dot_lays_out_the_same_graph() -> None:
    (sheet,) = draw(PLANTS["p01"]().twin())
    graph = graph_of(read(sheet.svg))
    laid = by_dot(graph)
    assert laid.boxes.keys() == graph.boxes.keys() and len(laid.lines) == len(graph.ends)
