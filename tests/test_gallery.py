"""The committed drawings of every shipped design: as fresh as their spec, whole, and clean by every hard bar."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_diagrams_geometry import faults

from tierline.cli.lint import lint_folder
from tierline.diagrams import draw
from tierline.twin.compiler import compile_path

SPECS = Path(__file__).parent.parent / "specs"
DESIGNS = [SPECS / "bamako", *sorted(path.parent for path in SPECS.glob("reference/*/facility.yaml"))]


@pytest.mark.parametrize("folder", DESIGNS, ids=lambda path: path.name)
def test_the_committed_drawings_are_fresh_and_clean(folder: Path) -> None:
    """One drawing serves both: what is committed is what is drawn, so its bars need to be measured once."""
    (result,) = compile_path(str(folder))
    assert result.twin is not None
    drawn = {f"{sheet.name}.svg": sheet.svg for sheet in draw(result.twin)}
    kept = {path.name: path.read_text(encoding="utf-8") for path in (folder / "drawings").glob("*.svg")}
    stale = sorted(name for name in {*drawn, *kept} if drawn.get(name) != kept.get(name))
    assert not stale, f"run `tierline render {folder.relative_to(SPECS.parent).as_posix()}` and commit: {stale}"
    linted = lint_folder(result.twin, folder / "drawings")
    assert not [(bar.id, bar.findings[:3]) for bar in linted.results if bar.findings]
    assert not [wire.id for sheet in linted.sheets for wire in sheet.wires if wire.fallback]
    for name, svg in kept.items():
        assert not faults(svg), (name, faults(svg)[:5])
        assert not result.twin.assumptions or "ILLUSTRATIVE" in svg, name
