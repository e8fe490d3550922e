"""The house: its documents say what is there.

Run as a program, it refreshes what is generated: the tables of ARCHITECTURE.md, validators/RULES.md, the symbol sheets,
the gallery of diagrams/README.md.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tierline.cli.pictures import paint
from tierline.diagrams.scene import Norm
from tierline.diagrams.symbols.sheet import symbol_sheet
from tierline.twin.compiler import compile_text
from tierline.validators import manual
from tierline.validators.run import check

HOME = Path(__file__).resolve().parent.parent
ROOMS = (
    "twin/tierline/kernel",
    "twin/tierline/twin",
    "validators/tierline/validators",
    "diagrams/tierline/diagrams",
    "twin/tierline/cli",
)
SHOWN = {"ring-main": "m-101-cooling", "dual-loop": "m-101-cooling", "evaporative": "m-101-cooling"}
SHOWN |= {"fuel-two-headers": "f-101-fuel"}
"""The sheet that shows what a design is about, where it is not the main one."""
GALLERY = re.compile(r"(?<=<!-- gallery -->\n).*?(?=<!-- /gallery -->)", re.DOTALL)
MAP = re.compile(r"(?<=<!-- files -->\n).*?(?=<!-- /files -->)", re.DOTALL)


def first_sentence(path: Path) -> str:
    """The first sentence of a module's docstring, on one line and fit for a table."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    first = " ".join(text.split("\n\n")[0].split())
    return re.split(r"(?<=[.!?])\s", first)[0].removesuffix(".").replace("|", r"\|")


def rows(room: Path) -> Iterator[str]:
    for path in sorted(room.iterdir()):
        if path.is_dir() and (path / "__init__.py").exists():
            yield f"| `{path.name}/` | {first_sentence(path / '__init__.py')} |\n"
        elif path.suffix == ".py" and path.stem != "__init__":
            yield f"| `{path.name}` | {first_sentence(path)} |\n"


def file_map() -> str:
    """The tables of ARCHITECTURE.md: every module, and every folder of modules, of every room."""
    tables = (f"\n### {room}\n\n| file | is |\n|---|---|\n" + "".join(rows(HOME / room)) for room in ROOMS)
    return "".join(tables) + "\n"


def gallery() -> str:
    """Every shipped design with the sheet it is about, its verdict, what it shows, and a link to each of its sheets."""
    text = (HOME / "specs/reference/README.md").read_text(encoding="utf-8")
    designs = re.findall(r"^\| \[([^\]]+)\]\(\S+\) \| (\S+) \| (.+?) \|", text, re.MULTILINE)
    found = [("bamako", "Bamako", "III", "a whole national data centre, with load cases")]
    found += [(f"reference/{name}", name, tier, shows) for name, tier, shows in designs]
    lines = ["", "| design | what it is about | all its sheets |", "|---|---|---|"]
    for place, name, tier, shows in found:
        names = sorted(path.stem for path in (HOME / "specs" / place / "drawings").glob("*.svg"))
        links = [f"[{'-'.join(one.split('-')[:2]).upper()}](../specs/{place}/drawings/{one}.svg)" for one in names]
        sheet = f"../specs/{place}/drawings/{SHOWN.get(name, 'e-100-main')}.svg"
        about = f"[{name}](../specs/{place}/README.md)<br>Tier {tier}<br>{shows}"
        lines.append(f"| {about} | [![{name}]({sheet})]({sheet}) | {' '.join(links)} |")
    return "\n".join(lines) + "\n\n"


def markdown() -> list[Path]:
    return sorted([*HOME.glob("*.md"), *HOME.glob("*/*.md"), *HOME.glob("specs/*/*.md")])


def test_architecture_lists_every_module() -> None:
    found = MAP.search((HOME / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    assert found and found[0] == file_map(), "run: python tests/test_house_documents.py"


def command_of(marker: str) -> str:
    text = (HOME / "README.md").read_text(encoding="utf-8")
    block = re.search(rf"<!-- {marker} -->\n```sh\n(.+)\n```\n<!-- /{marker} -->", text)
    assert block, f"README.md has no one-line command between its {marker} markers"
    return block[1]


def test_the_rules_are_printed_as_they_stand() -> None:
    printed = (HOME / "validators/RULES.md").read_text(encoding="utf-8")
    assert printed == manual.document(), "run: python tests/test_house_documents.py"


def test_readme_has_its_two_commands() -> None:
    setup = "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e "
    job, tests = command_of("main-job"), command_of("tests")
    assert job.startswith(setup + ". && ") and tests.startswith(setup + "'.[dev]' && ")
    assert ".venv/bin/tierline check specs/bamako" in job and ".venv/bin/tierline render specs/bamako" in job
    assert ".venv/bin/python -m pytest" in tests
    assert not re.search(r"\b(sudo|uv|apt|dot)\b", job + tests)


def test_readme_shows_a_drawing_that_is_there() -> None:
    text = (HOME / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert pictures and all((HOME / picture).is_file() for picture in pictures)


def test_the_gallery_lists_every_sheet_of_every_design() -> None:
    found = GALLERY.search((HOME / "diagrams/README.md").read_text(encoding="utf-8"))
    assert found and found[0] == gallery(), "run: python tests/test_house_documents.py"
    places = [path.parent.relative_to(HOME).as_posix() for path in HOME.glob("specs/**/facility.yaml")]
    assert len(places) > 10 and all(f"../{place}/drawings/e-100-main.svg" in found[0] for place in places)
    links = re.findall(r"\]\(([^)]+)\)", found[0])
    assert all((HOME / "diagrams" / link).is_file() for link in links)


def test_links_between_our_documents_lead_somewhere() -> None:
    links = [
        (path, target)
        for path in markdown()
        for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    ]
    assert not [f"{path.relative_to(HOME)}: {to}" for path, to in links if not (path.parent / to).exists()]


def test_the_changelog_is_open() -> None:
    headings = re.findall(r"^## (.+)$", (HOME / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings and headings[0] == "[Unreleased]"


def test_constraints_are_plain_pins_of_all_we_ask_for() -> None:
    lines = (HOME / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+(; .+)?", pin) for pin in pins)
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert {re.split("[<>=]", need)[0] for need in asked} <= {pin.split("==")[0] for pin in pins}


@pytest.mark.parametrize("name", ["twin", "validators", "tests"])
def test_room_readmes_are_short_and_alike(name: str) -> None:
    text = (HOME / name / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Input", "Output", "Door", "Promises"]


@pytest.mark.parametrize("norm", Norm)
def test_the_symbol_sheets_show_the_symbols_as_they_are(norm: Norm) -> None:
    kept = (HOME / f"diagrams/symbols-{norm}.svg").read_text(encoding="utf-8")
    assert kept == symbol_sheet(norm), "run: python tests/test_house_documents.py"


def counterexample() -> str:
    """A flaw in a shipped design, as `tierline check --draw` paints it: sets of 300 kW where 320 kW stand."""
    text = (HOME / "specs/reference/2n/facility.yaml").read_text(encoding="utf-8")
    assert text.count("rating: 320 kW") == 1
    twin = compile_text(text.replace("rating: 320 kW", "rating: 300 kW"), "facility.yaml").twin
    assert twin is not None
    (sheet,) = paint(check(twin))
    return sheet.svg


def test_the_counterexample_is_painted_as_it_is_found() -> None:
    kept = (HOME / "diagrams/counterexample.svg").read_text(encoding="utf-8")
    assert kept == counterexample(), "run: python tests/test_house_documents.py"


def refresh() -> None:
    (HOME / "diagrams/counterexample.svg").write_text(counterexample(), encoding="utf-8")
    for norm in Norm:
        (HOME / f"diagrams/symbols-{norm}.svg").write_text(symbol_sheet(norm), encoding="utf-8")
    (HOME / "validators/RULES.md").write_text(manual.document(), encoding="utf-8")
    for name, part, made in (("ARCHITECTURE.md", MAP, file_map()), ("diagrams/README.md", GALLERY, gallery())):
        text = part.sub(lambda _, made=made: made, (HOME / name).read_text(encoding="utf-8"))  # type: ignore[misc]
        (HOME / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(refresh())
