"""The house: what holds for the repository as a whole, whatever the program does.

Nothing here knows a facility. A failure names the file and what it breaks.
"""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tierline.twin.kinds import KINDS, SELECTORS, Class
from tierline.twin.model import Element, Location, Origin
from tierline.validators.catalogue import COUNTED_OUT, ENTRIES, TIER_III, by_name

HOME = Path(__file__).resolve().parent.parent
ROOTS = ("twin", "validators", "diagrams")
ROOMS = {
    "kernel": HOME / "twin/tierline/kernel",
    "twin": HOME / "twin/tierline/twin",
    "cli": HOME / "twin/tierline/cli",
    "validators": HOME / "validators/tierline/validators",
    "diagrams": HOME / "diagrams/tierline/diagrams",
}
MAY_SEE = {
    "kernel": set[str](),
    "twin": {"kernel"},
    "validators": {"twin", "kernel"},
    "diagrams": {"twin"},
    "cli": {"kernel", "twin", "validators", "diagrams"},
}
TOP_LEVEL = {
    *("specs", "twin", "validators", "diagrams", "tests", "pyproject.toml", "README.md"),
    *("LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "DECISIONS.md", "ARCHITECTURE.md"),
    *(".ci", ".gitattributes", ".gitignore", "constraints.txt"),
}
LONG_FILES: dict[str, int] = {}
"""File → its lines, for each file longer than the law allows. Every entry is a debt, and must be exact."""
LONG_FUNCTIONS: dict[str, int] = {}
"""file::function → its lines, likewise."""
FILE_LINES, FUNCTION_LINES = 300, 40


def modules(room: str) -> list[Path]:
    return sorted(ROOMS[room].rglob("*.py"))


def code() -> list[Path]:
    return sorted(path for root in ROOTS for path in (HOME / root).rglob("*.py"))


def tracked() -> list[str]:
    """What git holds, and what it would hold after `git add --all`."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=HOME,
        capture_output=True,
        check=True,
        timeout=60,
    )
    return sorted(name for name in listed.stdout.decode().split("\0") if name and (HOME / name).is_file())


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) of each import; name is empty for `import module`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (("." * node.level + (node.module or ""), alias.name) for alias in node.names)


def seen_rooms(module: str, name: str) -> str | None:
    """The room of ours that an import reaches."""
    parts = [*module.split("."), name]
    return parts[1] if parts[0] == "tierline" else None


def is_module(room: str, name: str) -> bool:
    return (ROOMS[room] / f"{name}.py").exists() or (ROOMS[room] / name / "__init__.py").exists()


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_sees_only_the_rooms_below_it(room: str) -> None:
    breaches = [
        f"{path.relative_to(HOME)}: {module}"
        for path in modules(room)
        for module, name in imports(path)
        if module.startswith(".") or (seen_rooms(module, name) or room) not in {room, *MAY_SEE[room]}
    ]
    assert not breaches


@pytest.mark.parametrize("room", ROOMS)
def test_inside_a_room_nobody_uses_its_own_door(room: str) -> None:
    door = f"tierline.{room}"
    breaches = [
        f"{path.relative_to(HOME)}: {module}.{name}"
        for path in modules(room)
        for module, name in imports(path)
        if module == door and not is_module(room, name)
    ]
    assert not breaches


def test_nobody_imports_the_command_line_but_itself() -> None:
    breaches = [
        str(path.relative_to(HOME))
        for room in ROOMS.keys() - {"cli"}
        for path in modules(room)
        if any(seen_rooms(module, name) == "cli" for module, name in imports(path))
    ]
    assert not breaches


def test_the_lint_knows_nothing_of_how_a_sheet_was_made() -> None:
    allowed = ("tierline.diagrams.lint.", "tierline.diagrams.text_width")
    breaches = [
        f"{path.name}: {module}"
        for path in sorted((ROOMS["diagrams"] / "lint").glob("*.py"))
        for module, _ in imports(path)
        if module.startswith(("tierline", ".")) and not module.startswith(allowed)
    ]
    assert not breaches


def test_the_namespace_has_no_package_of_its_own() -> None:
    for root in ROOTS:
        assert not (HOME / root / "__init__.py").exists()
        assert not (HOME / root / "tierline" / "__init__.py").exists()
        inside = {path.name for path in (HOME / root).iterdir()}
        pictures = {"symbols-iec.svg", "symbols-ansi.svg", "counterexample.svg"}
        assert inside <= {"tierline", "README.md", "RULES.md", "report.schema.json", *pictures}


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_has_a_door_and_its_types(room: str) -> None:
    assert (ROOMS[room] / "__init__.py").is_file()
    assert (ROOMS[room] / "py.typed").is_file()


@pytest.mark.parametrize("room", ROOMS)
def test_ours_are_imported_from_this_checkout(room: str) -> None:
    found = importlib.import_module(f"tierline.{room}").__file__
    assert found is not None and Path(found).resolve().parent == ROOMS[room]


def test_the_wheel_holds_only_our_namespace(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=HOME, check=True, capture_output=True, timeout=300)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    inside = {name for name in names if ".dist-info/" not in name}
    assert {name.split("/")[0] for name in inside} == {"tierline"}
    assert {name.split("/")[1] for name in inside} == set(ROOMS)
    assert {name for name in inside if name.endswith(".py")} == {
        str(path.relative_to(HOME / root)) for root in ROOTS for path in (HOME / root).rglob("*.py")
    }


def test_the_top_level_is_as_agreed() -> None:
    assert {name.split("/")[0] for name in tracked()} == TOP_LEVEL


def test_files_keep_to_their_length() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in code()}
    found = {str(path.relative_to(HOME)): count for path, count in lines.items() if count > FILE_LINES}
    assert found == LONG_FILES


def test_functions_keep_to_their_length() -> None:
    found = {}
    for path in code():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                count = (node.end_lineno or node.lineno) - node.lineno + 1
                if count > FUNCTION_LINES:
                    found[f"{path.relative_to(HOME)}::{node.name}"] = count
    assert found == LONG_FUNCTIONS


def test_every_module_says_what_it_is_for() -> None:
    assert not [str(path.relative_to(HOME)) for path in code() if not ast.get_docstring(tree(path))]


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert not [str(path.relative_to(HOME)) for path in code() if drawers & {path.stem, path.parent.name}]


def test_the_catalogue_is_whole() -> None:
    names = [entry.id for entry in ENTRIES] + [entry.ref for entry in ENTRIES]
    assert len(names) == len({name.casefold() for name in names})
    for entry in ENTRIES:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.id), entry.ref
        assert re.fullmatch(r"[A-Z]{2,3}-\d\d", entry.ref), entry.ref
        assert entry.title and not entry.title.endswith("."), entry.ref
        assert entry.why.endswith(".") and entry.fix.endswith(".") and entry.basis, entry.ref
        assert by_name(entry.id) is entry is by_name(entry.ref.lower())


def test_each_chapter_numbers_its_rows_without_gaps() -> None:
    rows: dict[str, list[int]] = {}
    for entry in ENTRIES:
        letters, _, number = entry.ref.partition("-")
        rows.setdefault(letters, []).append(int(number))
    assert rows == {letters: list(range(1, len(numbers) + 1)) for letters, numbers in rows.items()}


def test_what_is_not_counted_at_tier_iii_is_named() -> None:
    listed = {entry.ref for entry in ENTRIES if "III" in entry.tiers}
    assert listed > COUNTED_OUT.keys()
    assert {entry.ref for entry in TIER_III} == listed - COUNTED_OUT.keys()
    assert not [entry.ref for entry in TIER_III if entry.advisory]


def drawn_as(kind: str) -> str:
    """The name of a kind's symbol, as the diagrams room chooses it."""
    if kind in SELECTORS:
        return f"{kind}-2"
    wording = importlib.import_module("tierline.diagrams.wording")
    element = Element(kind, kind, Origin.WRITTEN, Location("a.yaml", 1, 1), KINDS[kind].isolation)
    if KINDS[kind].cls is Class.CONSUMER:
        return str(wording.end_symbol(element, source=False))
    return "busway" if kind == "board" else str(wording.flow_symbol(element))


def test_every_kind_has_a_symbol() -> None:
    symbols = importlib.import_module("tierline.diagrams.symbols")
    assert all(symbols.symbol(drawn_as(kind)).shapes() for kind in KINDS)
    assert {kind for kind in KINDS if drawn_as(kind) == "cable"} == {"cable"}
    assert {kind for kind in KINDS if drawn_as(kind) == "load-1"} == {"load"}


FORBIDDEN = {
    "a registry's address": r"p[y]pi[.]org|python[h]osted|npm[j]s[.]|proxy[.]golang|crates[.]io/",
    "a path of one machine": r"(?<![\w.])/(?:[w]ork|[r]oot|[h]ome|[U]sers|[t]mp|[o]pt)/\w|[A-Z]:\\\\?Users",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_of_a_machine_is_tracked(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{name}:{number}"
        for name in tracked()
        for number, line in enumerate((HOME / name).read_bytes().decode("utf-8", "replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found


def test_the_gate_can_be_run() -> None:
    assert os.access(HOME / ".ci/run", os.X_OK)


def test_every_case_has_its_expectation() -> None:
    folder = HOME / "tests/cases"
    cases = {path.stem for path in folder.glob("*.yaml")}
    assert cases and cases == {path.name.removesuffix(".expect.json") for path in folder.glob("*.json")}
