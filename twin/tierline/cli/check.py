"""`tierline check`: compile, judge, report."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from datetime import date
from pathlib import Path

from tierline.cli.facilities import as_data, broken, chosen, compile_all, tell
from tierline.cli.files import write_whole
from tierline.cli.main import FAILED, UNUSABLE, WrongUsage, tool_version
from tierline.cli.progress import Progress
from tierline.cli.waivers import given, tell_idle
from tierline.twin.model import Twin
from tierline.twin.policy import Policy, parse
from tierline.validators.report import to_json
from tierline.validators.run import Report
from tierline.validators.run import check as judge
from tierline.validators.text import render
from tierline.validators.waivers import met_with_waivers, waived


def check(arguments: Namespace) -> int:
    """Judge every facility below the paths; the worst exit code wins."""
    try:
        policy = parse(arguments.setting)
    except ValueError as fault:
        print(f"tierline: {fault}", file=sys.stderr)
        return UNUSABLE
    _refuse_idle(arguments)
    compiled = compile_all(arguments.paths)
    tell(compiled)
    twins = [(one, twin) for one in compiled for twin in chosen(one, arguments.case)]
    waivers, today = given(arguments.waivers, compiled), date.today()
    judged = [(one, waived(_judged(twin, policy, arguments.quiet), waivers, today)) for one, twin in twins]
    reports = [report for _, report in judged]
    empty = [report.twin for report in reports if not report.assessment.removals]
    for twin in empty:
        where = f" in case {twin.case}" if twin.case else ""
        print(
            f"tierline: {twin.facility} has no element that could be removed{where}: nothing was checked",
            file=sys.stderr,
        )
    unusable = broken(compiled) or not reports or bool(empty)
    if arguments.format == "json":
        document = to_json(reports, tool_version(), policy)
        document["diagnostics"] = [as_data(d) for one in compiled for d in one.diagnostics]
        text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    else:
        text = "\n".join(render(report, arguments.quiet) for report in reports)
    if arguments.output is None:
        sys.stdout.write(text)
    elif not unusable:
        write_whole(Path(arguments.output), text.encode())
    if unusable:
        return UNUSABLE
    if arguments.draw:
        from tierline.cli.pictures import draw_all

        draw_all(judged, arguments)
    idle = tell_idle(waivers, reports, today)
    return FAILED if idle or any(not _holds(report) for report in reports) else 0


def _refuse_idle(arguments: Namespace) -> None:
    """An option of the pictures without --draw would do nothing."""
    for option in ("removal", "draw_to", "draw_as"):
        if getattr(arguments, option) and not arguments.draw:
            raise WrongUsage(f"--{option.replace('_', '-')} needs --draw")


def _judged(twin: Twin, policy: Policy, quiet: bool) -> Report:
    progress = Progress(f"{twin.facility} {twin.case}".rstrip(), quiet)
    report = judge(twin, policy, progress.step)
    progress.close()
    return report


def _holds(report: Report) -> bool:
    """Whether the gate is open: the claim is met, or all that fails is waived; without a claim, the spec is sane."""
    if report.verdict.claimed is None or report.verdict.met:
        return report.gate_holds
    return met_with_waivers(report)
