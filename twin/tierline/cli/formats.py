"""The files of a facility's drawings in the format that was asked for."""

from __future__ import annotations

import sys
from argparse import Namespace

from graphviz import ExecutableNotFound

from tierline.cli.files import CannotWrite
from tierline.cli.main import WrongUsage
from tierline.diagrams.dot import graphviz_png
from tierline.diagrams.draw import Sheet

DPI = range(20, 1201)


def refuse_idle(arguments: Namespace) -> None:
    """An option that would do nothing is a mistake, not silence; with no format asked for it is the usual one."""
    tables = ("text", "json")
    if arguments.format is None:
        arguments.format = "text" if arguments.lint else "svg"
    elif (arguments.format in tables) is not arguments.lint:
        raise WrongUsage(f"--format {arguments.format} goes {'without' if arguments.lint else 'with'} --lint")
    for option in ("engine", "dpi"):
        if getattr(arguments, option) is not None and arguments.format != "png":
            raise WrongUsage(f"--{option} goes with --format png")
    if arguments.dpi is not None and arguments.engine is not None:
        raise WrongUsage("--dpi goes with our own pictures: a Graphviz program of --engine chooses for itself")
    if arguments.dpi is not None and arguments.dpi not in DPI:
        raise WrongUsage(f"--dpi {arguments.dpi} is not between {DPI.start} and {DPI.stop - 1}")


def files(sheets: tuple[Sheet, ...], facility: str, arguments: Namespace) -> dict[str, bytes]:
    """By name: one for each sheet, but a PDF, which holds them all."""
    match arguments.format:
        case "svg":
            return {f"{sheet.name}.svg": sheet.svg.encode() for sheet in sheets}
        case "dot":
            return {f"{sheet.name}.dot": sheet.dot.encode() for sheet in sheets}
        case "pdf":
            return _pdf(sheets, facility)
        case "dxf":
            return _dxf(sheets)
    return {f"{sheet.name}.png": _picture(sheet, arguments) for sheet in sheets}


def _pdf(sheets: tuple[Sheet, ...], facility: str) -> dict[str, bytes]:
    from tierline.diagrams.pdf import to_pdf

    if not sheets:
        return {}
    _refuse_lost(sheets)
    return {f"{facility}.pdf": to_pdf(sheets, facility)}


def _dxf(sheets: tuple[Sheet, ...]) -> dict[str, bytes]:
    try:
        from tierline.diagrams.dxf import to_dxf
    except ModuleNotFoundError as error:
        if error.name != "ezdxf":
            raise
        raise WrongUsage(
            f"--format dxf needs the package ezdxf, and {sys.prefix} has none. Install it with\n"
            f"  {sys.executable} -m pip install 'ezdxf>=1.4,<2'"
        ) from error
    return {f"{sheet.name}.dxf": to_dxf(sheet.scene, sheet.name, sheet.title) for sheet in sheets}


def _picture(sheet: Sheet, arguments: Namespace) -> bytes:
    if arguments.engine is not None:
        return _by_graphviz(sheet, arguments.engine)
    from tierline.diagrams.png import DPI as usual
    from tierline.diagrams.png import to_png, too_large

    dpi = arguments.dpi or usual
    if too_large(sheet.scene, dpi):
        raise CannotWrite(f"{sheet.name} at {dpi} dots an inch is too large for a picture: give a smaller --dpi")
    _refuse_lost((sheet,))
    return to_png(sheet.scene, dpi)


def _by_graphviz(sheet: Sheet, engine: str) -> bytes:
    try:
        return graphviz_png(sheet.dot, engine)
    except ExecutableNotFound as error:
        raise CannotWrite(f"cannot draw {sheet.name}: there is no Graphviz program {engine}") from error


def _refuse_lost(sheets: tuple[Sheet, ...]) -> None:
    """A sheet with a name that the fonts cannot draw is none to be signed: Arabic and N'Ko join their letters, and no
    font of ours does."""
    from tierline.diagrams.pdf_text import lost
    from tierline.diagrams.scene import texts_of

    for sheet in sheets:
        for text in texts_of(sheet.scene):
            missing = "".join(dict.fromkeys(lost(text.text)))
            if missing:
                raise CannotWrite(
                    f"{sheet.name} cannot be drawn whole as PDF or PNG: no font has {missing!r} of {text.text!r}.\n"
                    "Print the SVG, which the fonts of its reader draw, or give the label in Latin, Greek or Cyrillic"
                )
