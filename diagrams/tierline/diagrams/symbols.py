"""Our own symbols, drawn from scratch after the conventions of IEC 60617; composite boxes are told in the
legend.

Promises: the origin is the upper terminal, flow is downwards, terminals lie on multiples of ten, and a
symbol stays inside its box; open and closed forms of a device share box and terminals, so a position never
moves a drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tierline.diagrams.scene import Box, Point


@dataclass(frozen=True, slots=True)
class Symbol:
    name: str
    title: str
    """What the legend calls it."""
    body: tuple[str, ...]
    """SVG shapes, without colour: they take it from the group they are used in."""
    box: Box
    ins: tuple[Point, ...]
    outs: tuple[Point, ...]
    dc: Point | None = None
    """Where a battery is connected."""

    def entry(self, port: int) -> int:
        """Where a wire enters from above; what only gives, and is entered all the same, at its way out."""
        places = self.ins or self.outs or ((0, 0),)
        return places[min(port, len(places) - 1)][0]


def _path(d: str, extra: str = "") -> str:
    return f'<path d="{d}"{extra}/>'


def _circle(x: int, y: int, r: int, extra: str = ' fill="#fff"') -> str:
    return f'<circle cx="{x}" cy="{y}" r="{r}"{extra}/>'


def _letters(text: str, x: int, y: int, size: int) -> str:
    return f'<text class="l" x="{x}" y="{y}" font-size="{size}">{text}</text>'


def _rect(x: int, y: int, w: int, h: int) -> str:
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="#fff"/>'


_SOLID = ' fill="currentColor" stroke="none"'
_CROSS = "M-4 6L4 14M4 6L-4 14"
_CLOSED, _BLADE = "M0 0V30", "M0 0V10M0 30V24L-8 9"
_HEADS = {
    "breaker": (_CROSS, "circuit-breaker"),
    "disconnector": ("M-5 10H5", "disconnector"),
    "contactor": ("M0 5A3 3 0 0 1 0 11", "contactor"),
}


def _switches() -> list[Symbol]:
    found = []
    for kind, (head, title) in _HEADS.items():
        for state, blade in (("closed", _CLOSED), ("open", _BLADE)):
            name = f"{kind}-{state}"
            found.append(_series(name, f"{title}, {state}", (_path(head + blade),), 30, 8))
    for state, blade in (("closed", "M0 8V32"), ("open", "M0 8V16M0 32V28L-8 14")):
        chevrons = "M-4 0L0 4L4 0M-4 4L0 8L4 4M-4 40L0 36L4 40M-4 36L0 32L4 36M0 0V4M0 40V36"
        cross = "M-4 12L4 20M4 12L-4 20"
        body = (_path(chevrons + cross + blade),)
        found.append(_series(f"withdrawable-{state}", f"withdrawable circuit-breaker, {state}", body, 40, 8))
    fuse_closed = (_path("M0 0V30M-5 6H5"), _path("M-3 11H3V25H-3Z"))
    fuse_open = (_path("M0 0V6M-5 6H5M0 30V26L-8 9"), _path("M-6 11L-2 9L3 20L-1 22Z"))
    found.append(_series("fuse-switch-closed", "switch-fuse, closed", fuse_closed, 30, 8))
    found.append(_series("fuse-switch-open", "switch-fuse, open", fuse_open, 30, 8))
    return found


def _series(name: str, title: str, body: tuple[str, ...], height: int, half: int) -> Symbol:
    return Symbol(name, title, body, (-half, 0, half, height), ((0, 0),), ((0, height),))


def _conductors() -> list[Symbol]:
    plug = (_path("M0 0V7M-6 13A6 6 0 0 1 6 13M0 20V13"), _path("M-2 10H2V16H-2Z", _SOLID))
    tap = (_rect(-8, 6, 16, 16), _path("M0 0V6M0 22V30M-4 10L4 18M4 10L-4 18"))
    duct = (_path("M0 0V4M0 26V30"), _path("M-4 4H4V26H-4Z", ' fill="currentColor" fill-opacity="0.25"'))
    battery = (_path("M0 0V6M-9 6H9M-5 10H5M-9 14H9M-5 18H5M0 18V20"),)
    return [
        _series("cord", "plug and socket of a rack cord", plug, 20, 8),
        _series("tap-off", "tap-off unit", tap, 30, 8),
        _series("cable", "cable with a name of its own", (_path("M0 0V20M-5 15L5 5"),), 20, 6),
        _series("duct", "busbar section or trunking in line", duct, 30, 6),
        Symbol("battery", "battery", battery, (-10, 0, 10, 20), ((0, 0),), ()),
    ]


def _ups_body() -> tuple[str, ...]:
    """Rectifier above, inverter below, static by-pass to the right, battery connection to the left."""
    waves = "M-9 20C-8 17 -6 17 -5 20S-2 23 -1 20M2 71C3 68 5 68 6 71S9 74 10 71"
    levels = "M2 32H10M2 35H10M-9 57H-1M-9 60H-1"
    return (
        _rect(-30, 4, 60, 82),
        _path("M0 0V14M0 76V90M0 38V52"),
        _path("M-12 14H12V38H-12ZM-12 52H12V76H-12ZM12 14L-12 38M12 52L-12 76"),
        _path(waves + levels),
        _path("M0 10H21V40M0 80H21V52M16 42H26L21 51ZM16 52H26M0 45H-30"),
    )


def _machines() -> list[Symbol]:
    rings = (_circle(0, 20, 14, ' fill="none"'), _circle(0, 36, 14, ' fill="none"'))
    wave = _path("M-8 25C-5 19 -3 19 0 25S5 31 8 25M0 36V40")
    hatch = _path("M-15 10L-5 0M-15 20L5 0M-15 30L15 0M-5 30L15 10M5 30L15 20M0 30V40")
    genset = (_circle(0, 18, 18), _letters("G", 0, 17, 12), wave)
    utility = (_rect(-15, 0, 30, 30), hatch)
    down, up = ((0, 40),), ((0, 0),)
    return [
        _series("transformer", "transformer", (*rings, _path("M0 0V6M0 50V60")), 60, 14),
        Symbol("genset", "engine-generator set", genset, (-18, 0, 18, 40), (), down),
        Symbol("utility", "utility supply", utility, (-15, 0, 15, 40), (), down),
        Symbol("ups", "UPS with static by-pass", _ups_body(), (-30, 0, 30, 90), up, ((0, 90),), (-30, 45)),
    ]


def _marks() -> list[Symbol]:
    away, here = _path("M0 0V6M-9 6H9V16L0 24L-9 16Z"), _path("M-9 0H9V10L0 18L-9 10ZM0 18V30")
    return [
        Symbol("reference", "continued on another sheet", (away,), (-9, 0, 9, 24), ((0, 0),), ()),
        Symbol("arrival", "comes from another sheet", (here,), (-9, 0, 9, 30), (), ((0, 30),)),
        Symbol("spare", "end of a way not used", (_path("M0 0V10M-5 10H5"),), (-6, 0, 6, 12), ((0, 0),), ()),
    ]


_FIXED = {symbol.name: symbol for symbol in (*_switches(), *_conductors(), *_machines(), *_marks())}
_LOADS = {
    "motor": ("M", "motor load (pump, fan, air unit)"),
    "chiller": ("CH", "chiller or cooling unit"),
    "tower": ("CT", "cooling tower or dry cooler"),
    "rack": ("IT", "rack or group of racks"),
    "load": ("", "lumped load"),
    "control": ("C", "controller, panel or d.c. supply"),
    "network": ("N", "router or network switch"),
    "box": ("", "equipment with several connections"),
}
_SELECTORS = {
    "ats": "automatic transfer switch",
    "sts": "static transfer switch",
    "pou-switch": "point-of-use transfer switch",
}


def _inputs(count: int) -> tuple[Point, ...]:
    left = -10 * (count - 1)
    return tuple((left + 20 * n, 0) for n in range(count))


def _stubs(ins: tuple[Point, ...], down: int) -> str:
    return "".join(f"M{x} 0V{down}" for x, _ in ins)


def _load(shape: str, count: int) -> Symbol:
    letters, title = _LOADS[shape]
    ins = _inputs(count)
    half = max(16, 10 * count + 4)
    outs: tuple[Point, ...] = ()
    if shape == "motor" and count == 1:
        body: tuple[str, ...] = (_circle(0, 24, 14), _letters(letters, 0, 28, 12), _path("M0 0V10"))
        return Symbol("motor-1", title, body, (-16, 0, 16, 40), ins, outs)
    extra = "M0 14V32M-5 27L0 32L5 27" if shape == "load" else ""
    if shape == "box":
        extra, outs = "M0 36V50", ((0, 50),)
    body = (_rect(-half + 2, 8, 2 * half - 4, 28), _path(_stubs(ins, 8) + extra))
    if letters:
        body += (_letters(letters, 0, 26, 11),)
    return Symbol(f"{shape}-{count}", title, body, (-half, 0, half, 50 if outs else 38), ins, outs)


def _selector(kind: str, count: int) -> Symbol:
    ins = _inputs(count)
    half = max(20, 10 * count + 6)
    first = ins[0][0]
    marks = "".join(f"M{x - 4} 14H{x + 4}" for x, _ in ins)
    body = [_rect(-half, 6, 2 * half, 38), _path(_stubs(ins, 14) + marks + f"M0 50V34L{first} 15")]
    if kind == "sts":
        body.append("".join(_path(f"M{x - 4} 17H{x + 4}L{x} 24Z", _SOLID) for x, _ in ins))
    if kind == "pou-switch":
        body.append(_path(f"M{-half + 4} 39H{half - 4}", ' stroke-dasharray="2 2"'))
    return Symbol(f"{kind}-{count}", _SELECTORS[kind], tuple(body), (-half, 0, half, 50), ins, ((0, 50),))


def _ups(count: int) -> Symbol:
    one = _FIXED["ups"]
    ins = _inputs(count)
    joined = _path(f"M{ins[0][0]} 0V2H{ins[-1][0]}V0" + _stubs(ins, 2))
    return Symbol(
        f"ups-{count}", "UPS with several inputs", (*one.body, joined), one.box, ins, one.outs, one.dc
    )


def _racked(name: str, half: int) -> Symbol:
    """A rack as wide as its name: fed from above, and from below where it has a second cord."""
    both = name == "rack-between"
    title = "rack, path A above, path B below" if both else "rack with one cord"
    body = (_rect(-half, 10, 2 * half, 30), _path("M0 0V10" + ("M0 40V50" if both else "")))
    ins = ((0, 0), (0, 50)) if both else ((0, 0),)
    return Symbol(f"{name}-{half}", title, body, (-half, 0, half, 50), ins, ())


@cache
def symbol(name: str) -> Symbol:
    """The symbol of a name; `ats-3`, `load-2` and the like are made for that many inputs."""
    if name in _FIXED:
        return _FIXED[name]
    shape, _, count = name.rpartition("-")
    if shape in ("rack-between", "rack-below"):
        return _racked(shape, int(count))
    if shape == "ups":
        return _ups(int(count))
    return _selector(shape, int(count)) if shape in _SELECTORS else _load(shape, int(count))
