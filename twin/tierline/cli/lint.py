"""`tierline render --lint`: the quality bars of the drawings that are there, as a table."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tierline.cli.files import CannotWrite
from tierline.cli.main import FAILED, WrongUsage
from tierline.diagrams.lint.bars import ELSEWHERE, LIMITS, TITLES, Finding, Linted, Result, lint
from tierline.diagrams.lint.looks import Figure
from tierline.diagrams.lint.records import Sheet, Wanted
from tierline.twin.model import Medium, Twin

_SHOWN = 12
"""Findings of a bar that are printed; JSON has them all."""
SHOWN_BY: dict[Medium, tuple[str, ...]] = {
    Medium.POWER: ("power",),
    Medium.DC: ("control", "power"),
    Medium.CHILLED_WATER: ("cooling",),
    Medium.CONDENSER_WATER: ("cooling",),
    Medium.REFRIGERANT: ("cooling",),
    Medium.AIR: ("air",),
    Medium.FUEL: ("fuel",),
    Medium.GAS: ("fuel",),
    Medium.WATER: ("water",),
    Medium.DATA: ("network",),
}
"""The disciplines whose sheets may show the joints of a medium."""


def wanted(twin: Twin) -> Wanted:
    """What the sheets must show of a twin, as plain data."""
    joints: dict[tuple[str, ...], set[tuple[str, str]]] = {of: set() for of in SHOWN_BY.values()}
    for joint in twin.joints:
        if joint.a != joint.b:
            joints[SHOWN_BY[joint.medium]].add((joint.a, joint.b))
    ids = frozenset(twin.elements)
    return Wanted(ids, ids, {of: frozenset(pairs) for of, pairs in joints.items()})


def lint_folder(twin: Twin, folder: Path) -> Linted:
    """Every SVG in a folder, held against its twin.

    Errors: WrongUsage where there is none: bars of nothing would all read as held.
    """
    texts = {}
    for path in sorted(folder.glob("*.svg")) if folder.is_dir() else ():
        try:
            texts[path.name] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CannotWrite(f"cannot read {path}: {error}") from error
    if not texts and twin.elements:
        raise WrongUsage(f"no drawings in {folder.as_posix()}: `tierline render` makes them")
    return lint(texts, wanted(twin))


def tell_lint(found: list[tuple[Twin, Path, Linted]], as_json: bool, quiet: bool) -> int:
    """Print the tables; the exit code says whether every H is 0."""
    if as_json:
        document = {"facilities": [_as_data(*one) for one in found]}
        print(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        print("\n\n".join("\n".join(_table(*one, quiet)) for one in found))
    return 0 if all(linted.clean for _, _, linted in found) else FAILED


def _table(twin: Twin, folder: Path, linted: Linted, quiet: bool) -> Iterable[str]:
    drawn = sum(map(_elements, linted.sheets))
    sheets = f"{len(linted.sheets)} sheet{'' if len(linted.sheets) == 1 else 's'}"
    yield f"{twin.facility}: {sheets} in {folder.as_posix()}, {drawn} elements"
    for result in linted.results:
        what = f"{result.id:4}{TITLES[result.id]:42}"
        if result.findings is not None:
            worst = Counter(finding.sheet or "all sheets" for finding in result.findings).most_common(1)
            where = f"most on {worst[0][0]}" if worst else ""
            yield f"{what}{len(result.findings) or 'ok':>8}  {where}".rstrip()
        elif result.figure is not None:
            yield f"{what}{_judged(result.figure):>8}  {result.figure.words} ({LIMITS[result.id]})"
        else:
            yield f"{what}{'–':>8}  {ELSEWHERE[result.id]}"
    fallbacks = sum(wire.fallback for sheet in linted.sheets for wire in sheet.wires)
    yield f"wires routed by the fallback: {fallbacks} of {sum(len(sheet.wires) for sheet in linted.sheets)}"
    if not quiet:
        for result in linted.results:
            yield from _listed(result)


def _elements(sheet: Sheet) -> int:
    """As the index counts them: cables too, which a wire stands for."""
    return sum(len(node.ids) for node in sheet.nodes) + sum(len(wire.runs) for wire in sheet.wires)


def _judged(figure: Figure) -> str:
    return {True: "ok", False: "poor", None: "–"}[figure.good]


def _listed(result: Result) -> Iterable[str]:
    findings = result.findings or ()
    for finding in findings[:_SHOWN]:
        yield f"{result.id} {finding.sheet or 'all sheets'}: {finding.words}"
    if len(findings) > _SHOWN:
        yield f"{result.id} … and {len(findings) - _SHOWN} more (--format json has all)"


def _as_data(twin: Twin, folder: Path, linted: Linted) -> dict[str, object]:
    return {
        "facility": twin.facility,
        "case": twin.case,
        "folder": folder.as_posix(),
        "clean": linted.clean,
        "sheets": [
            {
                "name": sheet.name,
                "discipline": sheet.discipline,
                "paper": sheet.paper,
                "elements": _elements(sheet),
                "wires": len(sheet.wires),
                "fallbacks": sum(wire.fallback for wire in sheet.wires),
            }
            for sheet in linted.sheets
        ],
        "bars": {result.id: _bar(result) for result in linted.results},
    }


def _bar(result: Result) -> dict[str, object]:
    head: dict[str, object] = {"title": TITLES[result.id]}
    if result.findings is not None:
        return head | {"limit": "0", "value": len(result.findings), "ok": not result.findings,
                       "findings": [_finding(one) for one in result.findings]}  # fmt: skip
    figure = result.figure or Figure(None, None, ELSEWHERE[result.id])
    value = None if figure.value is None else round(figure.value, 4)
    return head | {"limit": LIMITS.get(result.id, "0"), "value": value, "ok": figure.good, "words": figure.words}


def _finding(finding: Finding) -> dict[str, str]:
    return {"sheet": finding.sheet, "words": finding.words}
