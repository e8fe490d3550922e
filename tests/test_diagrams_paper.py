"""Which paper a drawing is put on."""

from __future__ import annotations

import pytest

from tierline.diagrams.paper import UNIT, papers


def chosen(width: int, height: int) -> str:
    """The first paper that holds so many millimetres."""
    return next(one.name for one in papers() if one.width * one.unit >= width and one.height * one.unit >= height)


@pytest.mark.parametrize(
    ("width", "height", "name"),
    [
        (297, 210, "A4"),
        (210, 297, "A4"),
        (420, 210, "A3"),
        (594, 100, "A2"),
        (630, 297, "A4x3"),
        (630, 298, "A1"),
        (841, 297, "A4x4"),
        (841, 298, "A1"),
        (1051, 297, "A4x5"),
        (1051, 421, "A0"),
        (1189, 841, "A0"),
        (1190, 841, "A1x3"),
    ],
)
def test_an_elongated_paper_is_taken_only_where_a_plain_one_is_at_least_twice_as_large(
    width: int, height: int, name: str
) -> None:
    assert chosen(width, height) == name


def test_what_no_paper_holds_is_reduced() -> None:
    largest = next(one for one in papers() if one.width * UNIT > 3000)
    assert largest.unit < UNIT
