"""`tierline`: arguments, exit codes, and the last net under every command.

0: the claim is met. 1: it compiled, but a rule of the claim fails or is unknown, or a drawing is stale. 2: the spec
does not compile, or wrong usage. 130: interrupted. Data goes to stdout, everything else to stderr.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version

from tierline.cli.files import CannotWrite

FAILED = 1
UNUSABLE = 2
INTERRUPTED = 130


class WrongUsage(Exception):
    """Something was asked for that is not there; the message says what."""


def tool_version() -> str:
    """The installed version; `0` when run from a tree that is not installed."""
    try:
        return version("tierline")
    except PackageNotFoundError:
        return "0"


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="tierline",
        description="Infrastructure as code for data-centre facilities: design check and single-line diagrams.",
    )
    top.add_argument("--version", action="version", version=f"tierline {tool_version()}")
    top.add_argument("--debug", action="store_true", help="show the trace of an internal error")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    _check(commands.add_parser("check", help="compile, judge, report: the gate"))

    _render(commands.add_parser("render", help="write the drawings beside the spec"))

    textconv = commands.add_parser("textconv", help="a drawing as plain lines, for git diff")
    textconv.add_argument("file", metavar="FILE", help="an SVG that render wrote")

    explain = commands.add_parser("explain", help="the manual page of a rule or a setting")
    explain.add_argument("rule", metavar="RULE", help="name or reference: sts-per-cord, PD-04, line_stop, D5")

    rules = commands.add_parser("rules", help="all rules, and which of them this version judges")
    rules.add_argument("--format", choices=("text", "json"), default="text")

    schema = commands.add_parser("schema", help="JSON Schema on stdout")
    schema.add_argument("what", nargs="?", choices=("spec", "report"), default="spec")
    return top


def _paths(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths", nargs="*", default=["."], metavar="PATH",
        help="a spec file, a facility's folder, a folder of them, or - for stdin (default: here)",
    )  # fmt: skip


def _check(check: argparse.ArgumentParser) -> None:
    _paths(check)
    check.add_argument("--case", action="append", default=[], metavar="NAME", help="only this load case; repeatable")
    check.add_argument("--format", choices=("text", "json"), default="text")
    check.add_argument("--output", "-o", metavar="FILE", help="write the report to a file instead of stdout")
    check.add_argument("--quiet", "-q", action="store_true", help="only findings and the verdict line")
    check.add_argument(
        "--setting", action="append", default=[], metavar="NAME=VALUE",
        help="choose an open interpretation of the law (tierline explain NAME); the verdict line names it",
    )  # fmt: skip
    check.add_argument(
        "--waivers", metavar="FILE",
        help="failures that somebody accepts for a time; a file that is named here and never found by itself, so that"
        " whoever changes a spec does not choose them",
    )  # fmt: skip
    check.add_argument(
        "--draw", action="store_true",
        help="paint each counterexample on the drawings, into counterexamples/ beside the spec",
    )  # fmt: skip
    check.add_argument(
        "--removal", action="append", default=[], metavar="ELEMENT",
        help="with --draw: paint the removal of this element instead, however it ends; repeatable",
    )  # fmt: skip
    check.add_argument("--draw-to", metavar="DIR", help="with --draw: another folder for the pictures")
    check.add_argument(
        "--draw-as", choices=("svg", "pdf", "png", "dxf"), help="with --draw: the format of the pictures (default: svg)"
    )


def _render(render: argparse.ArgumentParser) -> None:
    _paths(render)
    render.add_argument("--case", metavar="NAME", help="the load case to draw (default: the first one declared)")
    instead = render.add_mutually_exclusive_group()
    instead.add_argument("--check", action="store_true", help="write nothing; exit 1 if a committed drawing is stale")
    instead.add_argument(
        "--lint", action="store_true",
        help="write nothing; measure the quality bars H1-H12 and S1-S11 on the SVG files that are there, also with"
        " --format json; exit 1 if any H is not 0",
    )  # fmt: skip
    render.add_argument(
        "--format", choices=("svg", "pdf", "png", "dot", "dxf", "text", "json"),
        help="svg by default; with --lint text or json, text by default",
    )  # fmt: skip
    render.add_argument("--output", "-o", metavar="DIR", help="folder for the files (needed for all formats but svg)")
    render.add_argument("--dpi", type=int, metavar="N", help="dots an inch of a png (default: 150)")
    render.add_argument(
        "--engine", metavar="PROGRAM",
        help="let this Graphviz program (dot, graphviz-pure) draw the png from the DOT export instead of ours",
    )  # fmt: skip
    render.add_argument(
        "--symbols", choices=("iec", "ansi"), default="iec",
        help="the set of symbols: IEC 60617 (default) or ANSI/IEEE 315; nothing moves",
    )  # fmt: skip
    render.add_argument("--waivers", metavar="FILE", help="hatch the elements that these waivers name")
    render.add_argument("--quiet", "-q", action="store_true", help="do not list the files written")


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """The function of a command, imported only when it is asked for."""
    if name == "check":
        from tierline.cli.check import check

        return check
    if name == "render":
        from tierline.cli.render import render

        return render
    if name == "textconv":
        from tierline.cli.textconv import textconv

        return textconv
    from tierline.cli import manual

    return {"explain": manual.explain, "rules": manual.rules, "schema": manual.schema}[name]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. Whatever happens, no traceback reaches the user unasked."""
    arguments = parser().parse_args(argv)
    if sys.stdout is None:
        return UNUSABLE
    try:
        code = _command(arguments.command)(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNUSABLE
    except (CannotWrite, WrongUsage) as error:
        print(f"tierline: {error}", file=sys.stderr)
        return UNUSABLE
    except Exception as error:
        if arguments.debug:
            raise
        kind = type(error).__name__
        print(f"tierline: internal error ({kind}: {error}). Run again with --debug and report it.", file=sys.stderr)
        return UNUSABLE


def run() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(main())
