"""What no single rendering can show of the drawings: edits, size and time, random plants, other engines.

    .venv/bin/python tests/bench_drawings.py gallery    all bars of Bamako and of every reference design
    .venv/bin/python tests/bench_drawings.py edits      S5 to S7: edits of Bamako, and what they change
    .venv/bin/python tests/bench_drawings.py scale      S8, S9, all H: 120 to 10 000 elements; time only as ratios
    .venv/bin/python tests/bench_drawings.py random     S10: random plants by seed, and all H
    .venv/bin/python tests/bench_drawings.py engines    S1: plain dot and elkjs on the same sheets (needs node and npm)

Everything is measured from the SVG texts by the reader of `tierline render --lint`. Prints Markdown.
"""

from __future__ import annotations

import argparse
import difflib
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / room) for room in ("twin", "validators", "diagrams", "tests")]

from bench_engines import Graph, by_dot, by_elk, elk_folder, graph_of  # noqa: E402
from oracle.plants import by_seed  # noqa: E402
from test_diagrams_twins import two_n  # noqa: E402

from tierline.cli.lint import wanted  # noqa: E402
from tierline.diagrams.draw import draw  # noqa: E402
from tierline.diagrams.lint.bars import Linted, lint  # noqa: E402
from tierline.diagrams.lint.looks import crossings, frame_use, least_crossings  # noqa: E402
from tierline.diagrams.lint.reader import read  # noqa: E402
from tierline.diagrams.lint.records import Node, Sheet  # noqa: E402
from tierline.twin.compiler import compile_path  # noqa: E402
from tierline.twin.model import Twin  # noqa: E402

BAMAKO = ROOT / "specs" / "bamako"
MOVED = 0.6
ASSUMED = "assumed: an edit of the bench\n"
Added, Changed = str, tuple[str, str, str]
EDITS: dict[str, tuple[Added | Changed, str]] = {
    "+1 rack": (
        "rack-na-5: {kind: rack, room: na, load: 6 kW, power_factor: 0.97, cords: [pdu-t-<x*>.t-na5]}", "1.7 %, 15"
    ),
    "+1 PDU": (
        "pdu-u-a: {kind: board, room: na, rating: 160 A, voltage: 400 V, from: {qpt: uob-a.qu}}", "0 %, 14"
    ),
    "+1 PDU pair with 4 racks": (
        "pdu-u-<x>: {kind: board, room: na, rating: 160 A, voltage: 400 V, from: {qpt: uob-<x>.qu},"
        " each_way: {device: tap-off, rating: 16 A}, ways: {qpt: {device: disconnector, rating: 160 A}}}\n"
        "  rack-nc-<n=1..4>: {kind: rack, room: na, load: 6 kW, power_factor: 0.97, cords: [pdu-u-<x*>.t<n>]}",
        "0.9 %, 52",
    ),
    "+1 UPS per side": (
        "ups-<x>4: {kind: ups-400, room: ur<x>, from: msb-<x>.qui4, to: uob-<x>.quo4, needs: {battery: bat-<x>4.qbt}}\n"
        "  bat-<x>4: {kind: lfp-bank, room: ur<x>, autonomy: 10 min}",
        "59 %, 194",
    ),
    "+1 transformer per side": (
        "tx2-<x>: {kind: tx-2500, room: yard-<x>, from: rmu.qhv2-<x>, to: msb-<x>.qmu2}", "12 %, 106"
    ),
    "another rating": (("generation.yaml", "rating: 630 A\n    voltage", "rating: 1250 A\n    voltage"), "–"),
    "another name": (("ups.yaml", "  controls: {kind", "  control-loads: {kind"), "–"),
}  # fmt: skip
"""What is written into a new file, or changed in one; and what the study's prototype moved and changed."""
EDITS["+1 UPS per side, on spare ways"] = EDITS["+1 UPS per side"]
BEFORE: dict[str, tuple[Changed, ...]] = {
    "+1 UPS per side, on spare ways": (
        ("distribution.yaml", "qmi: {rating: 3200 A}\n", "qmi: {rating: 3200 A}\n      qui4: spare\n"),
        ("ups.yaml", "qt: {rating: 160 A}\n", "qt: {rating: 160 A}\n      quo4: spare\n"),
    )
}
"""What is changed before some edits."""


def rendered(twin: Twin) -> dict[str, str]:
    """Its sheets, by name."""
    return {sheet.name: sheet.svg for sheet in draw(twin)}


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |", flush=True)


def hard(linted: Linted) -> str:
    """The H that are not 0."""
    return " ".join(f"{r.id}={len(r.findings)}" for r in linted.results if r.findings) or "0"


# gallery


def used(sheets: Sequence[Sheet]) -> str:
    """From the emptiest sheet to the fullest one that could have had less paper."""
    shares = [frame_use(sheet) for sheet in sheets if sheet.nodes and sheet.paper != "A4"]
    return f"{min(shares):.0%} to {max(shares):.0%}" if shares else "–"


def gallery() -> int:
    """The bars of every shipped design, as `tierline render --lint` measures them."""
    code, rows = 0, []
    for folder in (BAMAKO, *sorted(path.parent for path in (ROOT / "specs/reference").glob("*/facility.yaml"))):
        (result,) = compile_path(str(folder))
        assert result.twin is not None, result.diagnostics
        linted = lint(rendered(result.twin), wanted(result.twin))
        code = max(code, 0 if linted.clean else 1)
        figures = {result.id: result.figure for result in linted.results if result.figure is not None}
        values = [figures[bar].value for bar in ("S2", "S3", "S4", "S9", "S11")]
        wires = [wire for sheet in linted.sheets for wire in sheet.wires]
        least = sum(map(least_crossings, linted.sheets))
        rows.append((folder.name, len(linted.sheets), sum(len(n.ids) for s in linted.sheets for n in s.nodes),
                     hard(linted), f"{figures['S1'].value:g} ({least}) of {len(wires)}",
                     *("–" if value is None else f"{value:.2f}" for value in values), used(linted.sheets),
                     sum(wire.fallback for wire in wires)))  # fmt: skip
    head = ("design", "sheets", "elements", "H not 0", "S1 crossings (needed) of wires", "S2 bends a wire",
            "S3 mirrored", "S4 A left", "S9 size", "S11 ink", "S11 frame used, not A4", "fallback wires")  # fmt: skip
    table(head, rows)
    return code


# edits


def compiled(*changes: Added | Changed) -> Twin:
    """The twin of Bamako with some edits."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "bamako"
        shutil.copytree(BAMAKO, copy, ignore=shutil.ignore_patterns("drawings"))
        for change in changes:
            if isinstance(change, str):
                (copy / "edit.yaml").write_text(f"{ASSUMED}elements:\n  {change}\n", encoding="utf-8")
            else:
                name, old, new = change
                text = (copy / name).read_text(encoding="utf-8")
                assert text.count(old) == 1, old
                (copy / name).write_text(text.replace(old, new), encoding="utf-8")
        (result,) = compile_path(str(copy))
        assert result.twin is not None, result.diagnostics
        return result.twin


@cache
def edited(*changes: Added | Changed) -> Mapping[str, str]:
    """The sheets of Bamako with some edits."""
    return rendered(compiled(*changes))


def boxes(sheets: Iterable[Sheet]) -> dict[tuple[str, str], Node]:
    return {(sheet.name, node.id): node for sheet in sheets for node in sheet.nodes}


def shifts(before: Mapping[tuple[str, str], Node], after: Mapping[tuple[str, str], Node]) -> list[tuple[float, ...]]:
    """How the box of every element on both has changed."""
    return [
        tuple(b - a for a, b in zip(before[key].box, after[key].box, strict=True))
        for key in before.keys() & after.keys()
    ]


def flips(before: Mapping[tuple[str, str], Node], after: Mapping[tuple[str, str], Node]) -> int:
    """Neighbours of one row that have changed their order."""
    rows: dict[tuple[str, float], list[tuple[str, str]]] = {}
    for key in sorted(before.keys() & after.keys(), key=lambda key: before[key].box[0]):
        rows.setdefault((key[0], before[key].box[1]), []).append(key)
    return sum(
        after[a].box[0] > after[b].box[0]
        for row in rows.values()
        for a, b in pairwise(row)
        if after[a].box[1] == after[b].box[1] and before[a].box[0] < before[b].box[0]
    )


def changed_lines(before: str, after: str) -> int:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return sum(line[:1] in "+-" and line[:3] not in ("+++", "---") for line in lines)


@dataclass(frozen=True)
class Effect:
    """What an edit does to the drawings."""

    new: int
    """Elements that no sheet showed before, cables among them."""
    moved: float
    """The share of what is on both that stands elsewhere; or elsewhere than by the most common shift."""
    apart: float
    flips: int
    lines: int
    touched: int
    sheets: int

    @property
    def limit(self) -> int:
        """S6: so many lines may change."""
        return 4 * self.new + 10


def shown(sheets: Iterable[Sheet]) -> set[str]:
    """All elements on some sheets: symbols, bars, what a collapsed feeder stands for, the cables of wires."""
    return {name for sheet in sheets for item in (*(n.ids for n in sheet.nodes), *(w.runs for w in sheet.wires))
            for name in item}  # fmt: skip


def effect(name: str) -> Effect:
    first, second = edited(*BEFORE.get(name, ())), edited(EDITS[name][0])
    one, other = [read(svg) for svg in first.values()], [read(svg) for svg in second.values()]
    before, after = boxes(one), boxes(other)
    found = shifts(before, after)
    usual = Counter(found).most_common(1)[0][0]
    moved = sum(any(abs(d) > MOVED for d in shift) for shift in found)
    apart = sum(any(abs(d - u) > MOVED for d, u in zip(shift, usual, strict=True)) for shift in found)
    lines = [changed_lines(first.get(sheet, ""), second.get(sheet, "")) for sheet in {*first, *second}]
    return Effect(len(shown(other) - shown(one)), moved / len(found), apart / len(found), flips(before, after),
                  sum(lines), sum(map(bool, lines)), len(second))  # fmt: skip


def edits() -> None:
    """S5 to S7 on Bamako."""
    rows = []
    for name, (_, study) in EDITS.items():
        one = effect(name)
        rows.append((name, one.new, f"{one.moved:.1%}", f"{one.apart:.1%}", one.flips, one.lines, one.limit,
                     f"{one.touched} of {one.sheets}", study))  # fmt: skip
    table(
        ("edit of Bamako", "new", "moved", "moved but the usual shift", "order flips", "lines changed", "4·new + 10",
         "files touched", "study's prototype: moved, lines"),
        rows,
    )  # fmt: skip


# size and time


def scale() -> None:
    """One 2N pattern, ever more halls: what grows faster than the plant?"""
    head = ("elements", "sheets", "time an element, against the first row", "kB an element", "H not 0")
    table(head, _scales())


def _scales() -> Iterator[Sequence[object]]:
    base = 0.0
    for pdus, racks in ((2, 12), (8, 24), (24, 40), (44, 40)):
        twin = two_n(pdus=pdus, racks=racks).twin()
        start = time.process_time()
        texts = rendered(twin)
        spent = time.process_time() - start
        linted = lint(texts, wanted(twin))
        drawn = sum(len(node.ids) for sheet in linted.sheets for node in sheet.nodes)
        base = base or spent / drawn
        size = sum(map(len, texts.values()))
        yield drawn, len(texts), f"{spent / drawn / base:.2f}", f"{size / drawn / 1000:.2f}", hard(linted)


# random plants


def random_plants(plants: int, seed: int) -> int:
    """H of the plants that the long run judges; the layout has never seen them."""
    bad: Counter[str] = Counter()
    wires = fallbacks = sheets = dirty = 0
    for number in range(plants):
        name = f"{seed}-{number}"
        twin = by_seed(name)
        linted = lint(rendered(twin), wanted(twin))
        wires += sum(len(sheet.wires) for sheet in linted.sheets)
        fallbacks += sum(wire.fallback for sheet in linted.sheets for wire in sheet.wires)
        sheets += len(linted.sheets)
        broken = {result.id for result in linted.results if result.findings}
        bad.update(broken)
        dirty += bool(broken)
        if broken:
            print(f"{name}: {hard(linted)}", file=sys.stderr)
    table(
        ("plants", "sheets", "plants with an H not 0", "by bar", "fallback wires"),
        [(plants, sheets, dirty, ", ".join(f"{bar} {n}" for bar, n in bad.most_common()) or "–",
          f"{fallbacks} of {wires}")],
    )  # fmt: skip
    return 1 if dirty else 0


# other engines


def moved_share(before: Graph, after: Graph) -> str:
    """What stands elsewhere; and elsewhere than by the most common shift."""
    both = before.boxes.keys() & after.boxes.keys()
    found = [tuple(b - a for a, b in zip(before.boxes[k], after.boxes[k], strict=True)) for k in sorted(both)]
    usual = Counter(tuple(map(round, shift)) for shift in found).most_common(1)[0][0]
    moved = sum(any(abs(d) > MOVED for d in shift) for shift in found)
    apart = sum(any(abs(d - u) > MOVED for d, u in zip(shift, usual, strict=True)) for shift in found)
    return f"{moved / len(found):.0%}, {apart / len(found):.0%}"


def engines() -> None:
    """Main sheets of 2N plants up to 200 elements: ours, plain dot (ortho) and elkjs (layered, orthogonal)."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        elk = elk_folder(Path(folder))
        for ups, pdus in ((1, 1), (3, 2), (5, 3)):
            sheets, spent = [], []
            for more in (0, 1):
                twin = two_n(ups=ups, pdus=pdus + more, racks=4, ats=True).twin()
                start = time.process_time()
                sheets.append(read(rendered(twin)["e-100-main"]))
                spent.append(time.process_time() - start)
            graphs = [graph_of(sheet) for sheet in sheets]
            head = (f"{len(sheets[0].nodes)} symbols and bars", len(sheets[0].wires))
            ours = [crossings(sheets[0]), moved_share(*graphs), "1"]
            rows.append((*head, "ours", f"{ours[0]} (≥ {least_crossings(sheets[0])})", *ours[1:]))
            for name, engine in (("dot", by_dot), ("elkjs", lambda graph: by_elk(graph, elk))):
                start = time.monotonic()
                laid = [engine(graph) for graph in graphs]
                ratio = (time.monotonic() - start) / sum(spent)
                rows.append((*head, name, laid[0].crossings(), moved_share(*laid), f"{ratio:.1f}"))
    moved = "moved by one more PDU pair, but the usual shift"
    table(("sheet", "wires", "engine", "crossings", moved, "time, ours = 1"), rows)


def main() -> int:
    ask = argparse.ArgumentParser(description="Figures of the drawings that no single rendering can give.")
    ask.add_argument("what", choices=("gallery", "edits", "scale", "random", "engines"))
    ask.add_argument("--plants", type=int, default=200)
    ask.add_argument("--seed", type=int, default=1)
    arguments = ask.parse_args()
    if arguments.what == "random":
        return random_plants(arguments.plants, arguments.seed)
    if arguments.what == "gallery":
        return gallery()
    {"edits": edits, "scale": scale, "engines": engines}[arguments.what]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
