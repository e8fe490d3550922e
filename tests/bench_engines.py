"""The same sheet given to other layout engines, for `bench_drawings.py engines`: plain dot, and elkjs by npm and node.

A sheet becomes a graph: each symbol and bar a box of its size, each wire an edge. elkjs is installed by name into a
folder of its own, for the time of the run; nothing of it is shipped.
"""

from __future__ import annotations

import json
import subprocess
import sysconfig
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from pathlib import Path

from tierline.diagrams.lint.geometry import proper_crossing
from tierline.diagrams.lint.records import Box, Point, Sheet

POINTS = 96 / 72
_LIMIT = 600
"""Seconds after which an engine is given up."""
_SCRIPT = """
const ELK = require('elkjs');
const fs = require('fs');
new ELK().layout(JSON.parse(fs.readFileSync(0))).then(g => console.log(JSON.stringify(g)));
"""


@dataclass
class Graph:
    boxes: dict[str, Box]
    ends: list[tuple[str, str]]
    lines: list[list[Point]] = field(default_factory=list)

    def crossings(self) -> int:
        """Places where edges without a common end cross."""
        segments = [(n, s) for n, line in enumerate(self.lines) for s in pairwise(line)]
        return sum(
            proper_crossing(one, other)
            for (i, one), (j, other) in combinations(segments, 2)
            if i != j and not {*self.ends[i]} & {*self.ends[j]}
        )


def graph_of(sheet: Sheet) -> Graph:
    return Graph(
        {node.id: node.box for node in sheet.nodes},
        [(wire.a, wire.b) for wire in sheet.wires],
        [list(wire.points) for wire in sheet.wires],
    )


def by_dot(graph: Graph) -> Graph:
    """Top to bottom, right-angled edges, in the order of the sheet."""
    names = {name: f"n{n}" for n, name in enumerate(graph.boxes)}
    lines = ["digraph{splines=ortho;nodesep=0.4;ordering=out;node[shape=box,fixedsize=true,label=\"\"];edge[dir=none];"]
    for name, (x1, y1, x2, y2) in graph.boxes.items():
        lines.append(f"{names[name]}[width={(x2 - x1) / 96:.4f},height={(y2 - y1) / 96:.4f}];")
    lines += [f"{names[a]}->{names[b]}[id={n}];" for n, (a, b) in enumerate(graph.ends)]
    program = Path(sysconfig.get_path("scripts")) / "graphviz-pure"
    done = subprocess.run(
        [program, "-Kdot", "-Tjson"], input="\n".join([*lines, "}"]), capture_output=True, text=True, check=True,
        timeout=_LIMIT,
    )  # fmt: skip
    laid = json.loads(done.stdout)
    back = {short: name for name, short in names.items()}
    boxes: dict[str, Box] = {}
    for item in laid["objects"]:
        x, y = (float(number) * POINTS for number in item["pos"].split(","))
        wide, high = float(item["width"]) * 96, float(item["height"]) * 96
        boxes[back[item["name"]]] = (x - wide / 2, -y - high / 2, x + wide / 2, -y + high / 2)
    found: dict[int, list[Point]] = {}
    for edge in laid.get("edges", ()):
        points = [tuple(map(float, pair.split(","))) for pair in edge["pos"].split() if pair[0] not in "es"]
        found[int(edge["id"])] = [(x * POINTS, -y * POINTS) for x, y in points[::3]]
    return Graph(boxes, graph.ends, [found[n] for n in range(len(graph.ends))])


def elk_folder(folder: Path) -> Path:
    """A folder in which node finds elkjs."""
    (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
    (folder / "lay.js").write_text(_SCRIPT, encoding="utf-8")
    subprocess.run(
        ["npm", "install", "elkjs@0.12.1", "--omit-lockfile-registry-resolved=true", "--no-audit", "--no-fund"],
        cwd=folder, check=True, capture_output=True, timeout=_LIMIT,
    )  # fmt: skip
    return folder


def by_elk(graph: Graph, folder: Path) -> Graph:
    """Layered, downwards, right-angled, in the order of the sheet."""
    options = {
        "elk.algorithm": "layered",
        "elk.direction": "DOWN",
        "elk.edgeRouting": "ORTHOGONAL",
        "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
        "elk.layered.crossingMinimization.forceNodeModelOrder": "true",
    }
    asked = {
        "id": "root",
        "layoutOptions": options,
        "children": [
            {"id": name, "width": x2 - x1, "height": y2 - y1} for name, (x1, y1, x2, y2) in graph.boxes.items()
        ],
        "edges": [{"id": str(n), "sources": [a], "targets": [b]} for n, (a, b) in enumerate(graph.ends)],
    }
    done = subprocess.run(
        ["node", "lay.js"], cwd=folder, input=json.dumps(asked), capture_output=True, text=True, check=True,
        timeout=_LIMIT,
    )  # fmt: skip
    laid = json.loads(done.stdout)
    boxes = {c["id"]: (c["x"], c["y"], c["x"] + c["width"], c["y"] + c["height"]) for c in laid["children"]}
    lines: dict[int, list[Point]] = {}
    for edge in laid["edges"]:
        (section,) = edge["sections"]
        points = [section["startPoint"], *section.get("bendPoints", ()), section["endPoint"]]
        lines[int(edge["id"])] = [(point["x"], point["y"]) for point in points]
    return Graph(boxes, graph.ends, [lines[n] for n in range(len(graph.ends))])
