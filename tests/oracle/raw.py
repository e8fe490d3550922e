"""Raw power: joints that carry nothing, because what comes along them has not passed a UPS and would reach racks (M6).

Promises: a place is conditioned if, with every device in its normal position, power reaches it from UPS or from
supplies that feed none, and raw power does not. What only open devices join to conditioned places, and raw power could
reach in no position but through them, is conditioned too. Raw power enters nothing conditioned that leads to racks, and
no rack. Without any UPS in the model nothing is raw.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from oracle.world import Port, World
from tierline.twin.model import Medium, Mode, Twin

Steps = dict[Port, set[Port]]
RAW, IT = ("genset", "utility"), ("rack", "racks")


def carrying(twin: Twin) -> Twin:
    """The twin as it serves: without the joints that carry nothing."""
    away = struck(World(twin))
    kept = [index for index in range(len(twin.joints)) if index not in away]
    place = {old: new for new, old in enumerate(kept)}
    feeds = (replace(f, joints=tuple(place[j] for j in f.joints if j in place)) for f in twin.feeds)
    return replace(twin, joints=tuple(twin.joints[i] for i in kept), feeds=tuple(f for f in feeds if f.joints))


def struck(world: World) -> frozenset[int]:
    """The joints that carry nothing."""
    if "ups" not in world.kinds:
        return frozenset()
    joints = {i: world.ends_of(i) for i, j in enumerate(world.twin.joints) if j.medium == Medium.POWER}
    onward: Steps = defaultdict(set)
    back: Steps = defaultdict(set)
    for index, (tail, head) in joints.items():
        for one, other in ((tail, head), (head, tail))[: 1 if world.twin.joints[index].one_way else 2]:
            onward[one].add(other)
            back[other].add(one)
    good = _conditioned(world, onward, back)
    racks = {port for port in back if world.twin.elements[port[0]].kind in IT}
    leading = _reached(racks, back, ())
    found = set()
    for index, (tail, head) in joints.items():
        into_it = head in racks or (head in good and head in leading)
        out_of_it = not world.twin.joints[index].one_way and tail in good and tail in leading
        if (into_it and tail not in good) or (out_of_it and head not in good):
            found.add(index)
    return frozenset(found)


def _conditioned(world: World, onward: Steps, back: Steps) -> set[Port]:
    elements = world.twin.elements
    ups = {e.id for e in elements.values() if e.kind == "ups"}
    above_ups = _reached({(name, "in") for name in ups}, back, ())
    given = {(name, "") for name, medium in world.twin.given if medium == Medium.POWER}
    raw = {(e.id, "") for e in elements.values() if e.kind in RAW} | (given & above_ups)
    open_ones = {port for port in (*onward, *back) if elements[port[0]].normally_open}
    choosing = {f.element for f in world.twin.feeds if f.mode == Mode.SELECT and f.medium == Medium.POWER}
    fed = _reached({(name, "") for name in ups} | (given - above_ups), onward, open_ones)
    stands_on_ups = {port for port in fed if port[0] in choosing and not port[1]}
    good = fed - _reached(raw, onward, open_ones | stands_on_ups)
    rest = {port for port in (*onward, *back) if port not in good}
    either = {port: onward[port] | back[port] for port in list(rest)}
    soiled = _reached(_reached(raw, onward, good), either, good)
    return good | (rest - soiled - raw)


def _reached(start: Iterable[Port], steps: Steps, barred: Iterable[Port]) -> set[Port]:
    """All that a walk from `start` comes to, through nothing barred."""
    barred = set(barred)
    found: set[Port] = set()
    ahead = [port for port in start if port not in barred]
    while ahead:
        port = ahead.pop()
        if port not in found:
            found.add(port)
            ahead += [other for other in steps.get(port, ()) if other not in barred]
    return found
