"""What `git diff` shows of a drawing: plain lines that say what was added, removed, relabelled or moved."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from test_diagrams_twins import PLANTS, Plant, two_n

from tierline.cli.main import main
from tierline.diagrams import draw
from tierline.diagrams.scene import Scene, Sym
from tierline.diagrams.svg import to_svg
from tierline.diagrams.textconv import as_lines

ROOT = Path(__file__).parent.parent


def lines(plant: Plant) -> list[str]:
    return as_lines(draw(plant.twin())[0].svg).splitlines()


def changes(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    return [line for line in before if line not in after], [line for line in after if line not in before]


def test_every_thing_is_a_line() -> None:
    (sheet, *_) = draw(two_n(pdus=3).twin(assumed=2))
    found = as_lines(sheet.svg).splitlines()
    scene = sheet.scene
    page = f"{scene.width // 4}mm {scene.height // 4}mm"
    assert found[0] == f"sheet e-100-main {page} two-n: Main power distribution"
    assert len([line for line in found if line.startswith("wire ")]) == len(scene.wires)
    for thing in (*scene.symbols, *scene.bars):
        assert [line for line in found if line.startswith(f"{thing.kind} {thing.id} ")], thing.id
    assert any(line.startswith("breaker tie-a ") and " open tie-a" in line and "N.O." in line for line in found)
    assert any(line.startswith("xref to~") and " on e-101-" in line for line in found)
    assert "frame ILLUSTRATIVE: rests on assumed numbers, see Z-001. Not for construction." in found
    assert len(set(found)) == len(found)


def test_a_new_rating_is_one_line_of_words() -> None:
    before, after = PLANTS["p01"](), PLANTS["p01"]()
    ups = after.elements["ups-a"]
    rating = ups.fields["rating"]
    quantity = replace(rating.of, text="450 kW")  # type: ignore[type-var]
    after.elements["ups-a"] = replace(ups, fields={**ups.fields, "rating": replace(rating, of=quantity)})
    ((gone,), (come,)) = changes(lines(before), lines(after))
    assert gone.startswith("ups ups-a ") and come == gone.replace(gone.split(", ")[-1], "450 kW")


def test_where_else_a_thing_is_drawn_stands_with_it() -> None:
    scene = Scene(100, 100, (Sym("p-1", "pump", "motor-1", 50, 20, "lv", "", ("p-1",), also=("m-101-cooling",)),))
    assert "pump p-1 50 20 - also on m-101-cooling" in as_lines(to_svg(scene, "e-100-main", "x"))


def test_what_is_no_drawing_of_ours_is_given_back() -> None:
    for text in ("", "no XML < at all", '<svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>\n', "\ufffd"):
        assert as_lines(text) == text


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["textconv", str(tmp_path / "none.svg")]) == 2
    assert "cannot read" in capsys.readouterr().err


def with_racks(count: int) -> str:
    """The sheet that has the racks."""
    return next(sheet.svg for sheet in draw(two_n(racks=count).twin()) if "hall-1.rack-1-03" in sheet.svg)


def test_git_shows_the_lines(tmp_path: Path) -> None:
    """The attribute of this repository and the setting of diagrams/README.md, in a repository of its own."""
    room = {"HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1", "PYTHONPATH": os.pathsep.join(sys.path)}

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *words],
            cwd=tmp_path,
            env={**os.environ, **room},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout

    git("init", "-q")
    (tmp_path / ".gitattributes").write_text((ROOT / ".gitattributes").read_text())
    place = tmp_path / "specs" / "plant" / "drawings" / "e-100-main.svg"
    place.parent.mkdir(parents=True)
    place.write_text(with_racks(3))
    git("config", "diff.tierline.textconv", f'"{sys.executable}" -m tierline.cli textconv')
    git("add", "-A")
    git("commit", "-qm", "one")
    place.write_text(with_racks(4))
    shown = git("diff", "-U0")
    assert "+rack hall-1.rack-1-04 " in shown and "<g" not in shown
    assert "diff=tierline" in (ROOT / ".gitattributes").read_text()
    assert (
        'git config diff.tierline.textconv ".venv/bin/tierline textconv"' in (ROOT / "diagrams/README.md").read_text()
    )
