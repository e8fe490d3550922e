"""The door of the twin's room: compile a facility, look at its twin and at what is wrong with it.

For guests; inside the room every module imports from the module it needs. Names are fetched when they are
first used, so that looking at a twin does not load the reader or pydantic.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tierline.twin.compiler import Compiled, compile_path, compile_text
    from tierline.twin.diagnostics import Diagnostic
    from tierline.twin.model import Element, Twin

_HOMES = {
    "Compiled": "compiler",
    "compile_path": "compiler",
    "compile_text": "compiler",
    "Diagnostic": "diagnostics",
    "Element": "model",
    "Twin": "model",
}

__all__ = [
    "Compiled",
    "Diagnostic",
    "Element",
    "Twin",
    "compile_path",
    "compile_text",
]


def __getattr__(name: str) -> object:
    """Fetch a name from its module, once."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = found
    return found
