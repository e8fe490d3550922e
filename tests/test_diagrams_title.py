"""What the title block and the notes of a sheet say of the facility."""

from __future__ import annotations

from tierline.diagrams import draw
from tierline.twin.compiler import compile_path, compile_text

TEXT = """
tierline: 1
facility: segou
name: Centre de données de Ségou
elements:
  gen-<x=a|b>: {kind: genset, to: gb-<x>.q0, needs: {fuel: bt-<x>.v1}}
  gb-<x=a|b>: {kind: board}
  gb-r: {kind: board}
  t-<x=a|b>: {kind: breaker, between: [gb-r, gb-<x>], normally: open}
  bt-<x=a|b>: {kind: tank}
interlocks:
  one-tie: {among: [t-a, t-b]}
"""


def words(name: str, text: str = TEXT) -> list[str]:
    twin = compile_text(text, "segou.yaml").twin
    assert twin is not None
    sheet = next(sheet for sheet in draw(twin) if sheet.name.startswith(name))
    return [text.text for text in sheet.scene.texts]


def test_the_title_block_bears_the_name_of_the_facility_and_its_id() -> None:
    for sheet in ("e-100", "z-001"):
        assert {"Centre de données de Ségou", "segou"} <= set(words(sheet))


def test_a_facility_without_a_name_is_called_by_its_id() -> None:
    assert words("e-100", TEXT.replace("name:", "# ")).count("segou") == 2


def test_an_interlock_is_noted_where_its_devices_stand() -> None:
    note = "1. Interlock one-tie: at most 1 closed of t-a, t-b."
    assert note in words("e-100")
    assert note not in words("z-001")


def test_a_piping_sheet_draws_what_flows_back_or_says_that_it_does_not() -> None:
    header = "tierline: 1\nelements:\n  h: {kind: header, carries: chilled-water}\n"
    text = header + "  ch: {kind: chiller, to: h.v1}\n  ah: {kind: crah, from: h.v2}\n"
    (ring,) = compile_path("specs/reference/ring-main")
    for twin, drawn in ((compile_text(text, "water.yaml").twin, True), (ring.twin, False)):
        assert twin is not None
        scene = next(sheet.scene for sheet in draw(twin) if sheet.name.startswith("m-"))
        assert any(bar.kind == "return" for bar in scene.bars) is drawn
        assert any("Supply lines only" in text.text for text in scene.texts) is not drawn
