"""`tierline render`: the drawings beside the spec, and whether they are fresh."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tierline.cli.facilities import beside, broken, chosen, compile_all, tell
from tierline.cli.files import make_folder, refuse_link, write_whole
from tierline.cli.formats import files, refuse_idle
from tierline.cli.lint import lint_folder, tell_lint
from tierline.cli.main import FAILED, UNUSABLE, WrongUsage
from tierline.cli.marks import of_waivers
from tierline.cli.waivers import given
from tierline.diagrams.draw import Sheet, draw
from tierline.diagrams.marks.marked import drawn, marked
from tierline.diagrams.scene import Norm
from tierline.twin.compiler import Compiled
from tierline.twin.model import Twin
from tierline.twin.waivers import Waiver

FOLDER = "drawings"
OURS = b'data-schema="'
"""What every drawing of ours contains; other files in the folder are left alone."""


def render(arguments: Namespace) -> int:
    """Write every sheet of every facility; with --check or --lint look at those that are there."""
    refuse_idle(arguments)
    if arguments.lint:
        return _lint(arguments)
    if arguments.format != "svg" and arguments.output is None:
        print(f"tierline: --format {arguments.format} needs --output DIR: only SVG is committed", file=sys.stderr)
        return UNUSABLE
    compiled = compile_all(arguments.paths)
    tell(compiled)
    if broken(compiled) or not compiled:
        return UNUSABLE
    folders = [_folder(one, arguments) for one in compiled]
    if any(one.path == "<stdin>" for one in compiled) and arguments.output is None:
        print("tierline: a spec from stdin needs --output DIR", file=sys.stderr)
        return UNUSABLE
    if len({folder.resolve() for folder in folders}) < len(folders):
        print("tierline: two facilities would draw into one folder; render them apart", file=sys.stderr)
        return UNUSABLE
    code, waivers = 0, given(arguments.waivers, compiled)
    for one, folder in zip(compiled, folders, strict=True):
        twin = _drawn(one, arguments)
        sheets = draw(twin, "" if twin is one.twin else twin.case, Norm(arguments.symbols))
        if not sheets:
            print(f"tierline: {twin.facility} has nothing that could be drawn", file=sys.stderr)
        found = files(_hatched(sheets, waivers), twin.facility, arguments)
        if arguments.check:
            code = max(code, _stale(folder, found))
        else:
            _write(folder, found, arguments)
    return code


def _hatched(sheets: tuple[Sheet, ...], waivers: Sequence[Waiver]) -> tuple[Sheet, ...]:
    """The sheets, with what is waived marked on those that show it."""
    found = [(sheet, of_waivers(waivers, drawn(sheet.scene))) for sheet in sheets]
    return tuple(sheet if marks is None else replace(sheet, scene=marked(sheet.scene, marks)) for sheet, marks in found)


def _lint(arguments: Namespace) -> int:
    """The quality bars of the drawings that are there, whoever made them."""
    compiled = compile_all(arguments.paths)
    tell(compiled)
    if broken(compiled) or not compiled:
        return UNUSABLE
    if arguments.output is None and any(one.path == "<stdin>" for one in compiled):
        raise WrongUsage("a spec from stdin needs --output DIR: the folder with its drawings")
    if arguments.output is not None and len(compiled) > 1:
        raise WrongUsage("--output DIR is the folder of one facility; lint them apart")
    found = [(_drawn(one, arguments), _folder(one, arguments)) for one in compiled]
    linted = [(twin, folder, lint_folder(twin, folder)) for twin, folder in found]
    return tell_lint(linted, arguments.format == "json", arguments.quiet)


def _drawn(one: Compiled, arguments: Namespace) -> Twin:
    """The load case to draw: the first one, or the one that was asked for."""
    twin = chosen(one, [arguments.case] if arguments.case is not None else [])[0]
    if twin is not one.twin and arguments.output is None:
        first = one.cases[0].case
        raise WrongUsage(f"--case {twin.case} needs --output DIR: only the first case, {first}, is committed")
    return twin


def _folder(one: Compiled, arguments: Namespace) -> Path:
    return beside(one, FOLDER) if arguments.output is None else Path(arguments.output)


def _write(folder: Path, files: dict[str, bytes], arguments: Namespace) -> None:
    make_folder(folder)
    for name in files:
        refuse_link(folder / name)
    for name, data in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != data:
            write_whole(path, data)
        if not arguments.quiet:
            print(path.as_posix(), file=sys.stderr)
    if arguments.format == "svg":
        for path in _left_over(folder, files):
            path.unlink()


def _left_over(folder: Path, files: dict[str, bytes]) -> list[Path]:
    """Drawings of ours that the spec no longer gives."""
    others = (p for p in sorted(folder.glob("*.svg")) if p.name not in files and p.is_file() and not p.is_symlink())
    return [p for p in others if OURS in p.read_bytes()[:2000]]


def _stale(folder: Path, files: dict[str, bytes]) -> int:
    stale = [
        (folder / name).as_posix()
        for name, data in files.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != data
    ]
    stale += [f"{path.as_posix()} (no longer drawn)" for path in _left_over(folder, files)] if folder.is_dir() else []
    for path in stale:
        print(f"stale: {path}", file=sys.stderr)
    if stale:
        print("run `tierline render` and commit the drawings", file=sys.stderr)
    return FAILED if stale else 0
