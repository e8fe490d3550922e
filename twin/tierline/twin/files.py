"""Finding facilities below a path, and reading their files: regular files only, below the root, of bounded
size.

A file is looked at before it is opened; a pipe, a device or a link that leaves the root is never read. File
names in what comes back are the path as the user typed it, joined with the file's name by `/`.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from tierline.twin.diagnostics import WARNING, Complaints
from tierline.twin.model import Location
from tierline.twin.source import Items, Map, Scalar, Source

HEAD = "facility.yaml"
POLICY = "waivers.yaml"
"""Lies in the facility's folder, but is no part of what is built."""
LARGEST = 10_000_000
"""Bytes of one file."""
_ROOT_MARKS = (".git", "pyproject.toml", "tierline.toml")


@dataclass(slots=True)
class Found:
    """One facility: where the user reaches it, its folder, and the files that make it up."""

    path: str
    name: str
    """What it is called if it does not say: its folder's or file's name."""
    folder: Path
    files: list[str] = field(default_factory=list)
    """Names of files, relative to `folder`; the head first."""
    shown: str = ""
    """What precedes a file's name when it is shown."""

    def title(self, name: str) -> str:
        return f"{self.shown}{name}"


def find(path: str, complaints: Complaints) -> list[Found]:
    """The facilities a path leads to, in the order of their paths."""
    try:
        return _find(path, complaints)
    except (OSError, ValueError) as error:
        complaints.add("no-such-file", Location(_posix(path), 1, 1), path=path, why=_reason(error))
        return []


def _find(path: str, complaints: Complaints) -> list[Found]:
    here = Location(_posix(path), 1, 1)
    mode = os.stat(path).st_mode
    if stat.S_ISREG(mode):
        if os.path.basename(path) == HEAD:
            return [_folder(os.path.dirname(path) or ".", complaints, shown=_posix(os.path.dirname(path)))]
        shown = _posix(os.path.dirname(path))
        found = Found(
            _posix(path), Path(path).stem, Path(path).parent, [os.path.basename(path)], _prefix(shown)
        )
        return [found]
    if not stat.S_ISDIR(mode):
        complaints.add("not-a-file", here, path=path)
        return []
    several = [_folder(folder, complaints) for folder in _facility_folders(path)]
    if not several:
        complaints.add("no-facility", here, path=path)
    return several


def load(found: Found, name: str, complaints: Complaints, at: Location | None = None) -> Source | None:
    """The text of one file of a facility, or a complaint."""
    title = found.title(name)
    where = at or Location(title, 1, 1)
    path = found.folder / name
    try:
        if at is None and path.is_symlink() and not _below(path, root_of(found.folder)):
            complaints.add("outside-root", where, path=title)
            return None
        state = os.stat(path)
        if not stat.S_ISREG(state.st_mode):
            complaints.add("not-a-file", where, path=title)
            return None
        if state.st_size > LARGEST:
            complaints.add("file-too-large", where, path=title, size=state.st_size, limit=LARGEST)
            return None
        data = _bytes(path)
    except (OSError, ValueError) as error:
        complaints.add("no-such-file", where, path=title, why=_reason(error))
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        complaints.add(
            "not-utf-8", Location(title, line, column), path=title, byte=f"0x{data[error.start]:02X}"
        )
        return None
    return Source(title, text.replace("\r\n", "\n"), name)


def included(found: Found, head: Map, complaints: Complaints) -> list[Source]:
    """The files the head names under `include`."""
    node = head.get("include")
    if node is None:
        return []
    if not isinstance(node, Items):
        complaints.add("include-form", node.at)
        return []
    sources = []
    root = root_of(found.folder)
    seen = {os.path.realpath(found.folder / name) for name in found.files}
    for item in node.items:
        if not isinstance(item, Scalar):
            complaints.add("include-form", item.at)
            continue
        target = root / item.text[2:] if item.text.startswith("//") else found.folder / item.text
        steps = item.text.removeprefix("//").split("/")
        if ".." in steps or "" in steps or "\\" in item.text or not item.text.endswith(".yaml"):
            complaints.add("include-path", item.at, path=item.text)
        elif not _below(target, root):
            complaints.add("outside-root", item.at, path=item.text)
        elif (real := os.path.realpath(target)) in seen:
            complaints.add("included-twice", item.at, path=item.text)
        else:
            seen.add(real)
            source = load(found, _posix(os.path.relpath(target, found.folder)), complaints, item.at)
            if source is not None:
                sources.append(source)
    return sources


def root_of(folder: Path) -> Path:
    """The nearest folder upwards that marks a project, else the facility's own."""
    folder = Path(os.path.realpath(folder))
    for one in (folder, *folder.parents):
        if any((one / mark).exists() for mark in _ROOT_MARKS):
            return one
    return folder


def _folder(folder: str, complaints: Complaints, shown: str | None = None) -> Found:
    """A facility's folder: its YAML files, the head first, the rest by name."""
    shown = _posix(folder) if shown is None else shown
    names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    for name in names:
        if name.endswith(".yml"):
            at = Location(f"{_prefix(shown)}{name}", 1, 1)
            complaints.add("yml-ignored", at, severity=WARNING, name=name, right=f"{name[:-4]}.yaml")
    files = [name for name in names if name.endswith(".yaml") and name not in (HEAD, POLICY)]
    name = os.path.basename(os.path.realpath(folder)) or "facility"
    return Found(shown or ".", name, Path(folder), [HEAD, *files], _prefix(shown))


def _facility_folders(path: str) -> list[str]:
    if os.path.lexists(os.path.join(path, HEAD)):
        return [path]
    found = []
    for folder, below, names in os.walk(path):
        below[:] = sorted(name for name in below if name != "drawings" and not name.startswith("."))
        if HEAD in names:
            found.append(folder)
            below.clear()
    return sorted(found)


def _bytes(path: Path) -> bytes:
    # opened without waiting: between the look and the opening a pipe may have taken the file's place
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError("not a regular file")
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise OSError("it grew while it was read")
    return data


def _below(path: Path, root: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _prefix(shown: str) -> str:
    return "" if shown in ("", ".") else shown.rstrip("/") + "/"


def _posix(path: str) -> str:
    path = path.replace(os.sep, "/")
    return path if path == "/" else path.rstrip("/")


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)
