"""Paths on which power would reach racks without having passed a UPS (decision M6: not counted as service)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tierline.twin.model import Medium, Twin

_RAW = ("genset", "utility")
_IT = ("rack", "racks")
Arc = tuple[int, int, bool]


def raw_arcs(
    twin: Twin, vertices: Mapping[tuple[Medium, str, str], int], arcs: Sequence[Arc], switches: frozenset[int]
) -> frozenset[int]:
    """Indices of the arcs to strike: those that bring raw power to a rack, or to what feeds racks behind a UPS.

    Conditioned is what UPS reach with every device in its normal position, and given supplies that feed no UPS; what
    only normally open devices join to it is conditioned too, unless raw power reaches it. Without any UPS in the
    facility nothing is struck: conditioning is then not modelled.
    """
    kinds = {e.id: e.kind for e in twin.elements.values()}
    if all(e.kind != "ups" for e in twin.declared):
        return frozenset()
    owner = {v: name for (medium, name, _), v in vertices.items() if medium is Medium.POWER}
    main = {name: v for (medium, name, port), v in vertices.items() if medium is Medium.POWER and not port}
    shut = frozenset(v for v, name in owner.items() if name in kinds and twin.elements[name].normally_open)
    net = Net([(i, *arc) for i, arc in enumerate(arcs) if arc[0] in owner and arc[1] in owner])
    feeding = net.reach_back(
        [v for (_, name, port), v in vertices.items() if port == "in" and kinds.get(name) == "ups"]
    )
    given = [main[name] for name, medium in twin.given if medium == Medium.POWER and name in main]
    raw = [main[name] for name, kind in kinds.items() if kind in _RAW and name in main]
    raw += [v for v in given if v in feeding]
    given = [v for v in given if v not in feeding]
    behind_ups = net.reach([main[n] for n, k in kinds.items() if k == "ups" and n in main] + given, shut)
    direct = net.reach(raw, shut | (behind_ups & switches))
    clean = behind_ups - direct
    reached_raw = net.reach(raw, clean)
    for part in net.parts(frozenset(owner) - clean):
        if not part & reached_raw:
            clean |= part
    racks = [v for v, name in owner.items() if kinds.get(name) in _IT]
    serves_it = net.reach_back(racks)
    return frozenset(
        index
        for index, tail, head, both in net.arcs
        if (tail not in clean and head in serves_it and (head in clean or head in racks))
        or (both and head not in clean and tail in clean and tail in serves_it)
    )


class Net:
    """The arcs of power, to walk along, against, or without direction."""

    def __init__(self, arcs: Sequence[tuple[int, int, int, bool]]) -> None:
        self.arcs = arcs
        self._ahead: dict[int, list[int]] = {}
        self._back: dict[int, list[int]] = {}
        for _, tail, head, both in arcs:
            self._ahead.setdefault(tail, []).append(head)
            self._back.setdefault(head, []).append(tail)
            if both:
                self._ahead.setdefault(head, []).append(tail)
                self._back.setdefault(tail, []).append(head)

    def reach(self, start: Iterable[int], barred: frozenset[int]) -> frozenset[int]:
        """What power from `start` reaches without entering `barred`."""
        return _spread(start, self._ahead, barred)

    def reach_back(self, start: Iterable[int]) -> frozenset[int]:
        """From where power can come to `start`."""
        return _spread(start, self._back, frozenset())

    def parts(self, vertices: frozenset[int]) -> list[frozenset[int]]:
        """The connected parts of some vertices, directions aside."""
        beside: dict[int, list[int]] = {}
        for _, tail, head, _ in self.arcs:
            if tail in vertices and head in vertices:
                beside.setdefault(tail, []).append(head)
                beside.setdefault(head, []).append(tail)
        found: list[frozenset[int]] = []
        seen: set[int] = set()
        for vertex in sorted(vertices):
            if vertex not in seen:
                part = _spread((vertex,), beside, frozenset())
                seen |= part
                found.append(part)
        return found


def _spread(start: Iterable[int], onward: Mapping[int, Sequence[int]], barred: frozenset[int]) -> frozenset[int]:
    stack = [v for v in start if v not in barred]
    seen = set(stack)
    while stack:
        for other in onward.get(stack.pop(), ()):
            if other not in seen and other not in barred:
                seen.add(other)
                stack.append(other)
    return frozenset(seen)
