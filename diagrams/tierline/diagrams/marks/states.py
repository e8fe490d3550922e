"""What each thing on a sheet is, from the marks of the elements it stands for: symbols, bars, wires.

Promises: only marks and positions change. A wire without a cable of its own, and a bar that is no element, is what the
things at its ends are: isolated if one of them is, dead if none of them is live.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tierline.diagrams.marks.value import LINES, Mark, Marks
from tierline.diagrams.scene import Bar, Scene, Sym, Wire
from tierline.diagrams.symbols import symbol
from tierline.diagrams.symbols.catalogue import FIXED
from tierline.twin.kinds import SHUTTING

NO_ELEMENT = ("junction", "return", "spare")
_LIVE = ""


def stated(scene: Scene, marks: Marks) -> Scene:
    """The sheet with every symbol, bar and wire marked, and devices in the position they are in."""
    symbols = tuple(_symbol(sym, marks) for sym in scene.symbols)
    bars = tuple(replace(bar, marks=_tokens(_meant(bar), marks)) for bar in scene.bars)
    states = {sym.id: Mark.OPENED if _parts(sym) else _end(sym.marks) for sym in symbols if sym.kind not in NO_ELEMENT}
    states |= {bar.id: _end(bar.marks) for bar in bars if bar.kind not in NO_ELEMENT}
    alone = [(one.id, one.kind) for one in bars] + [(one.id, one.kind) for one in symbols]
    joined = {name: _joined(name, scene.wires, states) for name, kind in alone if kind in NO_ELEMENT}
    states |= joined
    bars = tuple(replace(bar, marks=_line(joined[bar.id])) if bar.id in joined else bar for bar in bars)
    symbols = tuple(replace(sym, marks=_line(joined[sym.id])) if sym.id in joined else sym for sym in symbols)
    ids = {sym.id: sym.ids for sym in symbols}
    wires = tuple(_wire(wire, marks, _upstream(wire, ids, marks, states)) for wire in scene.wires)
    return replace(scene, symbols=symbols, bars=bars, wires=wires)


def _meant(item: Sym | Bar) -> tuple[str, ...]:
    """The elements that something stands for; a reference stands for what it goes on with."""
    if item.ref_sheet and item.ref_id:
        return (item.ref_id,)
    return item.ids if isinstance(item, Sym) else (item.id,)


def _tokens(names: Iterable[str], marks: Marks) -> tuple[str, ...]:
    """The marks that all of some elements have, in the one order of marks."""
    common = frozenset.intersection(*(marks.of.get(name, frozenset()) for name in names))
    return tuple(mark for mark in Mark if mark in common)


def _symbol(sym: Sym, marks: Marks) -> Sym:
    names = _meant(sym)
    tokens = _tokens(names, marks)
    some = tuple(
        (str(mark), found)
        for mark in Mark
        if mark not in tokens and (found := tuple(n for n in names if mark in marks.of.get(n, ())))
    )
    positions = {marks.positions.get(name, sym.state) for name in names}
    position = positions.pop() if len(positions) == 1 else sym.state
    turned = _in_position(sym, position)
    return replace(turned, marks=tokens, some=some)


def _in_position(sym: Sym, position: str) -> Sym:
    """The same symbol in another position, if it is drawn in that one."""
    base = sym.symbol.removesuffix(f"-{sym.state}") if sym.state else sym.symbol
    name = f"{base}-{position}"
    if position == sym.state or name not in FIXED or FIXED[name].box != symbol(sym.symbol).box:
        return sym
    return replace(sym, symbol=name, state=position, normally=sym.state)


def _parts(sym: Sym) -> bool:
    """Whether a device lets nothing pass: a switch that is open, a valve that is closed, what is withdrawn."""
    if sym.marks and sym.marks[0] == Mark.ISOLATED:
        return False
    return sym.state == "withdrawn" or sym.state == ("closed" if sym.symbol.startswith(SHUTTING) else "open")


def _end(tokens: tuple[str, ...]) -> str:
    """What a thing is to the wires at it: a mark of lines, `opened`, or live."""
    return next((token for token in tokens if token in (*LINES, Mark.OPENED)), _LIVE)


def _line(state: str) -> tuple[str, ...]:
    return (state,) if state in LINES else ()


def _joined(name: str, wires: Iterable[Wire], states: dict[str, str]) -> str:
    """What something that is no element is, by what is joined to it."""
    ends = {wire.b if wire.a == name else wire.a for wire in wires if name in (wire.a, wire.b)}
    return _between({states[end] for end in ends if end in states})


def _between(ends: set[str]) -> str:
    if Mark.ISOLATED in ends:
        return Mark.ISOLATED
    if _LIVE in ends:
        return _LIVE
    return Mark.UNSURE if Mark.UNSURE in ends else Mark.DEAD


def _upstream(
    wire: Wire, ids: Mapping[str, tuple[str, ...]], marks: Marks, states: Mapping[str, str]
) -> set[str]:
    """What the ends of a wire are; of two between which nothing flows back, the one that supplies."""
    one, other = ids.get(wire.a, (wire.a,)), ids.get(wire.b, (wire.b,))
    ends = {wire.a, wire.b}
    if Mark.ISOLATED in (states.get(wire.a), states.get(wire.b)):
        return {Mark.ISOLATED}
    for first, second, end in ((one, other, wire.a), (other, one, wire.b)):
        if any((x, y) in marks.one_way for x in first for y in second):
            ends = {end}
    return {states.get(end, _LIVE) for end in ends}


def _wire(wire: Wire, marks: Marks, ends: set[str]) -> Wire:
    """By its cables, or where it has none of its own by its ends."""
    if not wire.runs:
        return replace(wire, marks=_line(_between(ends)))
    found = {mark for run in wire.runs for mark in marks.of.get(run, ())}
    line = next((mark for mark in LINES if mark in found), None)
    return replace(wire, marks=tuple(m for m in Mark if m in found and (m not in LINES or m is line)))
