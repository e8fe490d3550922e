"""Which path a node belongs to: A, B, or none.

Promises: a written `side` wins; else a letter in the id that some board, source or UPS carries as a word of
its own (`gb-a`, `gen-b2`, `pdu-3a`), or the number of its system where every system has sources of its own (`msb-1`);
else what the node is joined to. One letter alone makes no paths; what two paths supply, and all below it, is of none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tierline.diagrams.view import Bay, Node, Role
from tierline.twin.model import Twin

_WORD = re.compile(r"(?:\d*([a-d])|([a-d])\d+)")
_LEADING = ("genset", "ups", "transformer", "utility")
_SHARED = ("rack", "racks", "load")


def _letter(name: str) -> str:
    """The path letter of an id, from its last word that can be one."""
    for word in reversed(re.split(r"[.~-]", name.lower())):
        match = _WORD.fullmatch(word)
        if match:
            return match[1] or match[2]
    return ""


def stem(name: str) -> str:
    """The name without the letter of its path: the same for what stands at one place of several paths."""
    words = re.split(r"([.~-])", name.lower())
    for n in reversed(range(len(words))):
        match = _WORD.fullmatch(words[n])
        if match:
            words[n] = words[n].replace(match[1] or match[2], "")
            break
    return "".join(words)


def lane_of_nodes(twin: Twin, nodes: Mapping[str, Node], bays: Sequence[Bay]) -> dict[str, str]:
    written, guessed = {}, {}
    for name, node in nodes.items():
        side = twin.elements[node.ids[0]].text("side").lower() if node.ids else ""
        if side:
            written[name] = side
        elif node.kind not in _SHARED and node.role is not Role.JUNCTION:
            guessed[name] = _letter(name)
    leading = _leading(nodes, bays)
    letters = {guessed[name] for name in guessed if name in leading} | set(written.values())
    letters -= {""}
    if len(letters) < 2:
        guessed = _systems(nodes, bays)
        letters = set(guessed.values())
        if len(letters) < 2:
            return {}
    lanes = {name: letter for name, letter in guessed.items() if letter in letters} | written
    for name, letter in _fed_from(nodes, bays, lanes).items():
        if name not in written:  # a load stands where its supply is, whatever its name says
            lanes[name] = letter
    for name in _unsupported(nodes, bays, lanes, leading | written.keys()):
        del lanes[name]
    for name in _joined(nodes, bays, lanes) - written.keys():
        lanes[name] = ""
    found = lanes | _inherited(nodes, bays, lanes)
    return {name: lane for name, lane in found.items() if lane}


def _number(name: str) -> str:
    """The number of a system: the last word that ends in one."""
    match = re.fullmatch(r"[a-z]*?0*(\d+)", re.split(r"[.~-]", name.lower())[-1])
    return match[1] if match else ""


def _systems(nodes: Mapping[str, Node], bays: Sequence[Bay]) -> dict[str, str]:
    """Numbers as paths: every board a source of a number feeds bears that number, and there are several."""
    fed: dict[str, str] = {}
    sources = {name for name, node in nodes.items() if node.kind == "genset"}
    for bay in bays:
        if bay.top in sources and nodes[bay.bottom].role is Role.BAR:
            fed[bay.bottom] = fed.get(bay.bottom, _number(bay.top))
            if not _number(bay.top) or _number(bay.bottom) != _number(bay.top):
                return {}
    numbers = set(fed.values())
    if len(numbers) < 2 or len(fed) != len(numbers):
        return {}
    named = {name: _number(name) for name, node in nodes.items() if node.kind not in _SHARED}
    return {name: number for name, number in named.items() if number in numbers}


def _unsupported(
    nodes: Mapping[str, Node], bays: Sequence[Bay], lanes: Mapping[str, str], sure: set[str]
) -> set[str]:
    """Whose letter is not the letter of anything that supplies it: it says something else (one of two cords)."""
    into: dict[str, set[str]] = {name: set() for name in nodes}
    for bay in bays:
        if not bay.tie:
            into[bay.bottom].add(bay.top)
    found: set[str] = set()
    for _ in range(len(nodes)):
        before = len(found)
        for name, tops in into.items():
            doubtful = name in lanes and name not in found and name not in sure and bool(tops)
            if doubtful and not any(lanes.get(top) == lanes[name] and top not in found for top in tops):
                found.add(name)
        if len(found) == before:
            break
    return found


def _joined(nodes: Mapping[str, Node], bays: Sequence[Bay], lanes: Mapping[str, str]) -> set[str]:
    """What several paths supply through one machine, and all that only such things supply."""
    into: dict[str, list[str]] = {name: [] for name in nodes}
    for bay in bays:
        if not bay.tie and not bay.open:
            into[bay.bottom].append(bay.top)
    found: set[str] = set()
    for _ in range(len(nodes)):
        before = len(found)
        for name, tops in into.items():
            if name in found or not tops:
                continue
            sides = {lanes.get(top, "") for top in tops if top not in found}
            several = nodes[name].role is not Role.BAR and len(sides - {""}) > 1 and lanes.get(name, "") not in sides
            if several or all(top in found for top in tops):
                found.add(name)
        if len(found) == before:
            break
    return found


def _leading(nodes: Mapping[str, Node], bays: Sequence[Bay]) -> set[str]:
    """Sources, machines, and the boards they feed: a path is a path from there on, not only at its last
    boards."""
    found = {name for name, node in nodes.items() if node.kind in _LEADING}
    fed = {
        bay.bottom
        for bay in bays
        for kind in (nodes[bay.top].kind, *(part.kind for part in bay.parts))
        if kind in _LEADING
    }
    roots = set(nodes) - {bay.bottom for bay in bays if not bay.tie}
    return found | fed | roots


def _fed_from(nodes: Mapping[str, Node], bays: Sequence[Bay], lanes: Mapping[str, str]) -> dict[str, str]:
    """The path of every load that only one path supplies."""
    supplies: dict[str, set[str]] = {name: set() for name, node in nodes.items() if node.role is Role.LOAD}
    for bay in bays:
        if bay.bottom in supplies and not bay.tie:
            supplies[bay.bottom].add(lanes.get(bay.top, ""))
    return {name: min(sides) for name, sides in supplies.items() if len(sides) == 1 and "" not in sides}


def _inherited(nodes: Mapping[str, Node], bays: Sequence[Bay], lanes: dict[str, str]) -> dict[str, str]:
    """Paths of what carries no letter: the one path all its supplies share, else the one all it supplies
    share."""
    above: dict[str, set[str]] = {name: set() for name in nodes}
    below: dict[str, set[str]] = {name: set() for name in nodes}
    for bay in bays:
        if not bay.tie:
            above[bay.bottom].add(bay.top)
            below[bay.top].add(bay.bottom)
    found: dict[str, str] = {}
    for around in (above, below, above):
        for _ in range(8):
            before = len(found)
            for name in nodes:
                known = lanes | found
                sides = {known.get(other, "") for other in around[name]}
                if name not in known and len(sides) == 1 and sides != {""}:
                    found[name] = sides.pop()
            if len(found) == before:
                break
    return found
