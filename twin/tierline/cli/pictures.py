"""`tierline check --draw`: each counterexample of the report painted on the sheets where it is seen."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from tierline.cli.facilities import beside
from tierline.cli.files import CannotWrite, make_folder, refuse_link, write_whole
from tierline.cli.formats import files
from tierline.cli.main import WrongUsage
from tierline.cli.marks import of_finding, of_removal
from tierline.cli.render import OURS
from tierline.diagrams.draw import Sheet, draw
from tierline.diagrams.marks.marked import drawn, marked
from tierline.diagrams.marks.value import Mark, Marks
from tierline.twin.compiler import Compiled
from tierline.validators.answers import Removal
from tierline.validators.rules import Finding
from tierline.validators.run import Report
from tierline.validators.states import States
from tierline.validators.text import MOST, grouped

FOLDER = "counterexamples"
_SHEETS = 4
"""Sheets drawn of one removal; the rest are counted."""
_PAINTED = b'data-mark="caption"'
_SEEN = (Mark.REMOVED, Mark.OVERLOADED, Mark.WITHOUT, Mark.OPENED, Mark.UNSTATED, Mark.BY_HAND, Mark.SHORT)
"""What makes a sheet worth drawing, most telling first; that more of it is dead or on one path does not."""
_Picture = tuple[str, str, Marks]
"""The beginning of a file's name, what the title says, what to mark."""


def draw_all(judged: Sequence[tuple[Compiled, Report]], arguments: Namespace) -> None:
    """Paint and write the pictures of every report; says what was written and what was left out."""
    folders = {report.twin.facility: _folder(compiled, arguments) for compiled, report in judged}
    if len(set(folders.values())) < len(folders):
        raise WrongUsage("--draw-to DIR takes the pictures of one facility; draw them apart")
    for name in arguments.removal:
        _known(name, [report for _, report in judged])
    for facility, folder in folders.items():
        reports = [report for _, report in judged if report.twin.facility == facility]
        sheets = [sheet for report in reports for sheet in paint(report, arguments.removal, len(reports) > 1)]
        if not sheets:
            words = "no removal fails, so there is nothing to draw; --removal ELEMENT draws the one you name"
            print(f"{facility}: {words}", file=sys.stderr)
        _write(folder, sheets, arguments)


def _folder(compiled: Compiled, arguments: Namespace) -> Path:
    if arguments.draw_to is not None:
        return Path(arguments.draw_to)
    if compiled.path == "<stdin>":
        raise WrongUsage("a spec from stdin needs --draw-to DIR")
    return beside(compiled, FOLDER)


def _known(name: str, reports: Sequence[Report]) -> None:
    """Refuse an element that nobody takes out."""
    if any(name in report.assessment.removals for report in reports):
        return
    if any(name in report.twin.elements for report in reports):
        raise WrongUsage(f"{name} is never taken out, so no removal of it can be drawn")
    removable = sorted({other for report in reports for other in report.assessment.removals})
    near = get_close_matches(name, removable, n=1, cutoff=0.5)
    raise WrongUsage(f"there is no element {name!r}{f'; did you mean {near[0]!r}?' if near else ''}")


def paint(report: Report, asked: Sequence[str] = (), cases: bool = False) -> Iterator[Sheet]:
    """The painted sheets of one report: of its counterexamples, or of the removals that were asked for."""
    pictures = list(_asked(report, asked) if asked else _found(report))
    twin = report.twin
    plain = draw(twin, twin.case if cases else "") if pictures else ()
    for start, title, marks in pictures:
        seen = _worth(plain, marks)
        if not seen:
            print(f"note: no sheet shows {title}", file=sys.stderr)
        if len(seen) > _SHEETS:
            more = ", ".join(sheet.name for sheet in seen[_SHEETS:])
            print(f"note: {title} is seen on {len(seen) - _SHEETS} more sheets, not drawn: {more}", file=sys.stderr)
        for sheet in seen[:_SHEETS]:
            name = "-".join(filter(None, (twin.case if cases else "", start, sheet.name)))
            yield replace(sheet, name=name, title=f"{sheet.title}: {title}", scene=marked(sheet.scene, marks))


def _found(report: Report) -> Iterator[_Picture]:
    """The counterexamples in the order of the report, one for each removal."""
    told: dict[str, list[tuple[Finding, Removal]]] = {}
    for (_, finding), _ in grouped(report):
        if finding.removal is not None:
            told.setdefault(finding.removal.element, []).append((finding, finding.removal))
    states = States(report.assessment)
    for n, [(finding, removal), *more] in enumerate([*told.values()][:MOST], 1):
        title = f"{'Not known' if finding.unknown else 'Counterexample'} {n} of {len(told)}:"
        what = f"{removal.element} taken out" if removal.element else "everything in service"
        marks = of_finding(report, finding, removal, states.of(removal), title, [other for other, _ in more])
        yield f"{n:02d}-{removal.element or 'n'}", what, marks
    if len(told) > MOST:
        words = f"{len(told) - MOST} more counterexamples are not drawn; --removal ELEMENT draws one"
        print(f"note: {report.twin.facility}: {words}", file=sys.stderr)


def _asked(report: Report, names: Sequence[str]) -> Iterator[_Picture]:
    states = States(report.assessment)
    for name in dict.fromkeys(names):
        removal = report.assessment.removals.get(name)
        if removal is not None:
            yield name, f"{name} taken out", of_removal(report.twin, removal, states.of(removal))


def _worth(sheets: Sequence[Sheet], marks: Marks) -> list[Sheet]:
    """The sheets on which it is seen, the most telling first: where it was taken out, what limits, who goes without."""
    found = []
    for sheet in sheets:
        here = drawn(sheet.scene)
        counts = tuple(sum(mark in marks.of[name] for name in here & marks.of.keys()) for mark in _SEEN)
        if any(counts):
            found.append((tuple(-count for count in counts), sheet))
    return [sheet for _, sheet in sorted(found, key=lambda one: one[0])]


def _write(folder: Path, sheets: Sequence[Sheet], arguments: Namespace) -> None:
    refuse_link(folder)
    wanted = Namespace(format=arguments.draw_as or "svg", engine=None, dpi=None)
    made = files(tuple(sheets), FOLDER, wanted) if sheets else {}
    ours = _painted(folder)
    if made:
        make_folder(folder)
    for name, data in made.items():
        refuse_link(folder / name)
        write_whole(folder / name, data)
        if not arguments.quiet:
            print((folder / name).as_posix(), file=sys.stderr)
    for path in ours:
        if path.name not in made and wanted.format == "svg":
            path.unlink()


def _painted(folder: Path) -> list[Path]:
    """The pictures of an earlier run. A folder with the drawings of the facility itself is not written to."""
    found = []
    for path in sorted(folder.glob("*.svg")) if folder.is_dir() else ():
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        if OURS in data[:2000] and _PAINTED not in data:
            raise CannotWrite(f"cannot write to {folder}: the drawings of the facility stand there")
        if OURS in data[:2000]:
            found.append(path)
    return found
