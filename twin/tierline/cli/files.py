"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


class CannotWrite(Exception):
    """The user's place for a file cannot be written; the message says why."""


def refuse_link(path: Path) -> None:
    """Errors: CannotWrite if the path is a link."""
    if path.is_symlink():
        raise CannotWrite(f"cannot write {path}: it is a link, and could lead out of the facility")


def make_folder(folder: Path) -> None:
    """Make a folder to write in, if it is not there.

    Errors: CannotWrite if it is a link, or cannot be made.
    """
    refuse_link(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"cannot write {folder}: {error.strerror}") from error


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file by new content: readers see the old file or the new one, never a part.

    Errors: CannotWrite if the place is no regular file, or the folder cannot be written; nothing is left behind then.
    """
    target = path.resolve() if path.is_symlink() else path
    if target.exists() and not target.is_file():
        raise CannotWrite(f"cannot write {path}: it is not a regular file")
    try:
        _replace(target, data)
    except OSError as error:
        raise CannotWrite(f"cannot write {path}: {error.strerror}") from error


def _replace(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        os.chmod(name, mode)
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
