"""From elements and joints to vertices and arcs: where in each medium an element conducts, gives and takes.

An element has one vertex per medium it conducts; a machine that turns one medium, or one side of it, into another
has a vertex on each side; every supply it needs has a vertex of its own, where it draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tierline.twin.kinds import KINDS, REJECTORS, Class
from tierline.twin.make_up import evaporates
from tierline.twin.model import Feed, Joint, Medium, Mode, Twin
from tierline.twin.raw_power import Net, raw_arcs

Key = tuple[Medium, str, str]
"""(medium, element, port): the name of a vertex. The port is "", "in", or the name of a supply."""

MACHINES = ("ups", "dc-supply")
"""Kinds with a supply side and an output side that never conduct into each other."""

MEDIA = tuple(Medium)
"""The media in the order the kernel counts them."""

AIR_UNITS = ("crah", "cdu", "crac", "cooling-unit")
"""Kinds that carry the heat of the rooms they serve."""

COOLING = (*AIR_UNITS, *REJECTORS, "chiller")
"""Kinds whose presence says that cooling is modelled."""

_TAKES = {
    "crah": Medium.CHILLED_WATER,
    "cdu": Medium.CHILLED_WATER,
    "chiller": Medium.CONDENSER_WATER,
}
"""What passes its heat on to a circuit of its own, and never conducts what that carries."""

ROOM = "room"
"""The port under which a room stands in the medium air."""


@dataclass(slots=True)
class Draw:
    """A place where an element takes something in: its vertex, the arcs that end there, and how they share."""

    key: Key
    element: str
    name: str
    mode: Mode
    needed: bool
    arcs: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Wiring:
    """The vertices and arcs of a whole twin, before it falls apart into stages."""

    vertices: dict[Key, int] = field(default_factory=dict)
    arcs: list[tuple[int, int, bool]] = field(default_factory=list)
    """(tail, head, both ways)"""
    draws: dict[Key, Draw] = field(default_factory=dict)
    switches: dict[Key, list[int]] = field(default_factory=dict)
    passing: set[str] = field(default_factory=set)
    """UPS whose two sides are joined elsewhere (a bypass, a load on both): judged as conductors, not as sources."""

    raw_only: set[str] = field(default_factory=set)
    """Racks of which every supply goes past the UPS."""

    pairs: dict[str, str] = field(default_factory=dict)
    """Supply → return, where both are one vertex."""

    copies: dict[Key, Key] = field(default_factory=dict)
    """Vertices of what carries supply and return, in a return that is a network of its own → in the supply."""

    def vertex(self, key: Key) -> int:
        return self.vertices.setdefault(key, len(self.vertices))

    def original(self, key: Key) -> Key:
        """The vertex in the supply, of one in a return."""
        return self.copies.get(key, key)


def wire(twin: Twin, raw: bool = False, apart: bool = False) -> Wiring:
    """Lay the joints, feeds and served rooms of a twin out as a graph. `raw`: power need not have passed a UPS.

    A mirrored return is one with its supply, or with `apart` a network of its own.
    """
    wiring = Wiring()
    returns = {e.returns: e.id for e in twin.elements.values() if e.returns}
    feeds = {joint: feed for feed in twin.feeds for joint in feed.joints}
    arc_of: dict[int, int] = {}
    for index, joint in enumerate(twin.joints):
        if joint.medium is Medium.DATA or twin.elements[joint.a].returns or twin.elements[joint.b].returns:
            continue
        key = _head(twin, wiring, joint.b, joint.medium, feeds.get(index))
        tail, head = wiring.vertex((joint.medium, joint.a, "")), wiring.vertex(key)
        arc_of[index] = len(wiring.arcs)
        if key in wiring.draws:
            wiring.draws[key].arcs.append(arc_of[index])
        wiring.arcs.append((tail, head, not joint.one_way))
    for feed in (one for one in twin.feeds if one.medium is not Medium.DATA):
        _prefer(twin, wiring, feed, [arc_of[j] for j in feed.joints])
    if apart:
        _lay_returns(twin, wiring, returns, feeds)
    else:
        wiring.pairs = returns
    for unit, room in twin.serves:
        tail = wiring.vertex((Medium.AIR, unit, ""))
        wiring.arcs.append((tail, wiring.vertex((Medium.AIR, room, ROOM)), False))
    if any(e.kind in COOLING for e in twin.declared):
        for room in _heated(twin):
            wiring.vertex((Medium.AIR, room, ROOM))
    _unsupplied_loads(twin, wiring)
    _unsupplied_water(twin, wiring)
    if not raw:
        _strike_raw_paths(twin, wiring)
    _join_ups(twin, wiring)
    return wiring


def _lay_returns(twin: Twin, wiring: Wiring, returns: Mapping[str, str], feeds: Mapping[int, Feed]) -> None:
    """Lay returns out beside the supply, in its direction; what carries both stands in each."""
    index_of = {(joint.a, joint.b, joint.medium): index for index, joint in enumerate(twin.joints)}

    def supply(name: str) -> str:
        return twin.elements[name].returns or name

    def vertex(key: Key, name: str) -> tuple[int, Draw | None]:
        medium, _, port = key
        if twin.elements[name].returns:
            return wiring.vertex((medium, name, port)), None
        copy = (medium, name, f"return {port}".strip())
        wiring.copies[copy] = key
        draw = wiring.draws.get(key)
        if draw is not None:
            wiring.draws.setdefault(copy, Draw(copy, name, copy[2], draw.mode, draw.needed))
        return wiring.vertex(copy), wiring.draws.get(copy)

    for joint in _of_returns(twin, returns):
        medium = joint.medium
        feed = feeds.get(index_of[supply(joint.a), supply(joint.b), medium])
        tail, _ = vertex((medium, joint.a, ""), joint.a)
        head, draw = vertex(_head(twin, wiring, supply(joint.b), medium, feed), joint.b)
        if draw is not None:
            draw.arcs.append(len(wiring.arcs))
        wiring.arcs.append((tail, head, not joint.one_way))


def _of_returns(twin: Twin, returns: Mapping[str, str]) -> list[Joint]:
    """The joints of every network that has a return in it, without those of the supply."""
    joints = [joint for joint in twin.joints if joint.a not in returns and joint.b not in returns]
    beside: dict[tuple[Medium, str], list[str]] = {}
    for joint in joints:
        beside.setdefault((joint.medium, joint.a), []).append(joint.b)
        beside.setdefault((joint.medium, joint.b), []).append(joint.a)
    work = [place for place in beside if twin.elements[place[1]].returns]
    reached = set(work)
    while work:
        medium, name = work.pop()
        for other in beside[medium, name]:
            if (medium, other) not in reached:
                reached.add((medium, other))
                work.append((medium, other))
    return [joint for joint in joints if (joint.medium, joint.a) in reached]


def _unsupplied_loads(twin: Twin, wiring: Wiring) -> None:
    """A load that is connected to nothing asks all the same, as soon as the model has any power."""
    if Medium.POWER not in twin.absent.media and all(medium is not Medium.POWER for medium, _, _ in wiring.vertices):
        return
    for element in twin.elements.values():
        key = (Medium.POWER, element.id, "in")
        consumes = KINDS[element.kind].cls is Class.CONSUMER
        if consumes and key not in wiring.draws and (element.id, str(Medium.POWER)) not in twin.given:
            wiring.vertex(key)
            wiring.draws[key] = Draw(key, element.id, "in", Mode.JOINED, False)


def _unsupplied_water(twin: Twin, wiring: Wiring) -> None:
    """What evaporates asks for water, also where no water is modelled."""
    watered = {name for medium, name, _ in wiring.draws if medium is Medium.WATER}
    for element in twin.elements.values():
        given = (element.id, str(Medium.WATER)) in twin.given
        if evaporates(element) and element.id not in watered and not given:
            key = (Medium.WATER, element.id, str(Medium.WATER))
            wiring.vertex(key)
            wiring.draws[key] = Draw(key, element.id, str(Medium.WATER), Mode.JOINED, True)


def _strike_raw_paths(twin: Twin, wiring: Wiring) -> None:
    """Power that has not passed a UPS does not serve IT (decision M6): those arcs carry nothing."""
    struck = raw_arcs(twin, wiring.vertices, wiring.arcs, frozenset(wiring.vertices[k] for k in wiring.switches))
    if not struck:
        return
    kept = [arc for arc in range(len(wiring.arcs)) if arc not in struck]
    moved = {arc: index for index, arc in enumerate(kept)}
    wiring.arcs = [wiring.arcs[arc] for arc in kept]
    for draw in wiring.draws.values():
        if draw.arcs and not any(arc in moved for arc in draw.arcs):
            wiring.raw_only.add(draw.element)
        draw.arcs = [moved[arc] for arc in draw.arcs if arc in moved]
    wiring.switches = {key: [moved[arc] for arc in arcs if arc in moved] for key, arcs in wiring.switches.items()}


def components(wiring: Wiring) -> list[int]:
    """Vertex → a name (its smallest vertex) of the connected network it belongs to."""
    parent = list(range(len(wiring.vertices)))

    def find(vertex: int) -> int:
        while parent[vertex] != vertex:
            parent[vertex] = parent[parent[vertex]]
            vertex = parent[vertex]
        return vertex

    for tail, head, _ in wiring.arcs:
        one, other = sorted((find(tail), find(head)))
        parent[other] = one
    return [find(vertex) for vertex in range(len(parent))]


def _heated(twin: Twin) -> list[str]:
    """Rooms that must be cooled: their heat is stated, or loads stand in them."""
    racked = {e.room for e in twin.elements.values() if KINDS[e.kind].cls is Class.CONSUMER}
    return [room.id for room in twin.rooms.values() if room.heat is not None or room.id in racked]


def _join_ups(twin: Twin, wiring: Wiring) -> None:
    """A UPS whose output can come to its own input would lift itself up: let it pass what it is given."""
    while True:
        net = Net([(index, *arc) for index, arc in enumerate(wiring.arcs)])
        found = False
        for element in twin.elements.values():
            inner, outer = (Medium.POWER, element.id, "in"), (Medium.POWER, element.id, "")
            if element.kind != "ups" or element.id in wiring.passing:
                continue
            if inner not in wiring.vertices or outer not in wiring.vertices:
                continue
            if wiring.vertices[inner] not in net.reach((wiring.vertices[outer],), frozenset()):
                continue
            draw = wiring.draws[inner]
            if draw.mode is Mode.SELECT and len(draw.arcs) > 1:
                wiring.switches[inner] = draw.arcs
            wiring.draws[inner] = Draw(inner, element.id, "in", Mode.JOINED, False, draw.arcs)
            wiring.arcs.append((wiring.vertices[inner], wiring.vertices[outer], False))
            wiring.passing.add(element.id)
            found = True
        if not found:
            return


def _prefer(twin: Twin, wiring: Wiring, feed: Feed, arcs: list[int]) -> None:
    """Put the arcs of a draw or a selector in the order of preference the feed declares."""
    for key in ((feed.medium, feed.element, feed.name), (feed.medium, feed.element, "in")):
        if key in wiring.draws:
            if set(arcs) == set(wiring.draws[key].arcs):
                wiring.draws[key].arcs = arcs
            return
    if feed.mode is Mode.SELECT and len(arcs) > 1:
        wiring.switches[feed.medium, feed.element, ""] = arcs


def _head(twin: Twin, wiring: Wiring, element: str, medium: Medium, feed: Feed | None) -> Key:
    kind = twin.elements[element].kind
    consumer = KINDS[kind].cls is Class.CONSUMER
    if feed is not None and feed.needed and not consumer:
        key: Key = (medium, element, feed.name)
        wiring.draws.setdefault(key, Draw(key, element, feed.name, feed.mode, True))
    elif consumer or (kind in MACHINES and medium is Medium.POWER) or _TAKES.get(kind) is medium:
        key = (medium, element, "in")
        mode = feed.mode if feed is not None else Mode.JOINED
        if twin.elements[element].text("sharing") == "divisible":
            mode = Mode.JOINED
        wiring.draws.setdefault(key, Draw(key, element, "in", mode, not consumer))
    else:
        key = (medium, element, "")
    return key
