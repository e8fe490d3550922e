"""`tierline render`: the drawings beside the spec, and whether they are fresh."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from tierline.cli.facilities import broken, compile_all, tell
from tierline.cli.files import write_whole
from tierline.cli.main import FAILED, UNUSABLE
from tierline.diagrams.dot import png
from tierline.diagrams.draw import Sheet, draw
from tierline.twin.compiler import Compiled

FOLDER = "drawings"
OURS = b'data-schema="'
"""What every drawing of ours contains; other files in the folder are left alone."""


def render(arguments: Namespace) -> int:
    """Write every sheet of every facility, or with --check compare them with what is committed."""
    if arguments.format != "svg" and arguments.output is None:
        print(f"tierline: --format {arguments.format} needs --output DIR: only SVG is committed", file=sys.stderr)
        return UNUSABLE
    compiled = compile_all(arguments.paths)
    tell(compiled)
    if broken(compiled) or not compiled:
        return UNUSABLE
    code = 0
    for one in compiled:
        assert one.twin is not None
        if one.path == "<stdin>" and arguments.output is None:
            print("tierline: a spec from stdin needs --output DIR", file=sys.stderr)
            return UNUSABLE
        folder = _folder(one, arguments)
        files = dict(_files(draw(one.twin), arguments))
        if arguments.check:
            code = max(code, _stale(folder, files))
        else:
            _write(folder, files, arguments)
    return code


def _folder(one: Compiled, arguments: Namespace) -> Path:
    if arguments.output is not None:
        return Path(arguments.output)
    place = Path(one.path)
    return (place if place.is_dir() else place.parent) / FOLDER


def _files(sheets: tuple[Sheet, ...], arguments: Namespace) -> Iterator[tuple[str, bytes]]:
    for sheet in sheets:
        if arguments.format == "svg":
            yield f"{sheet.name}.svg", sheet.svg.encode()
        elif arguments.format == "dot":
            yield f"{sheet.name}.dot", sheet.dot.encode()
        else:
            yield f"{sheet.name}.png", png(sheet.dot, arguments.engine)


def _write(folder: Path, files: dict[str, bytes], arguments: Namespace) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != data:
            write_whole(path, data)
        if not arguments.quiet:
            print(path.as_posix(), file=sys.stderr)
    if arguments.format == "svg":
        for path in _left_over(folder, files):
            path.unlink()


def _left_over(folder: Path, files: dict[str, bytes]) -> list[Path]:
    """Drawings of ours that the spec no longer gives."""
    return [p for p in sorted(folder.glob("*.svg")) if p.name not in files and OURS in p.read_bytes()[:2000]]


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
