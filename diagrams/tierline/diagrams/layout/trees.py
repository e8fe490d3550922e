"""Which bays are drawn straight: a forest of links; all others are routed.

Promises: a straight bay joins nodes of one path, or hangs a path from a bar that belongs to none; the
choice depends on nothing but roles, paths, positions and natural order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from tierline.diagrams.layout.kept import Pair, pairs
from tierline.diagrams.order import natural
from tierline.diagrams.view import Bay, Role, View

BARS = (Role.BAR, Role.JUNCTION)


@dataclass(frozen=True, slots=True)
class Link:
    """The parallel bays between two nodes that are drawn straight, side by side."""

    top: str
    bottom: str
    bays: tuple[Bay, ...]

    def other(self, node: str) -> str:
        return self.bottom if node == self.top else self.top


@dataclass(slots=True)
class Forest:
    links: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    """Straight links within one path, at both their ends."""
    hangs: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    """Links that come down from a bar of no path, at their lower end."""
    across: frozenset[str] = frozenset()
    """Bays that are routed."""
    shared: frozenset[str] = frozenset()
    """What is no bar and is also reached by a routed bay: the channel above it must stay clear."""
    kept: dict[tuple[str, str], list[Pair]] = field(default_factory=dict)
    """Between two bars with parallel bays: the spare ways that keep the room of further ones."""
    keeping: frozenset[str] = frozenset()
    """The bays of those spare ways."""
    turned: frozenset[str] = frozenset()
    """Those of them that stand above their bar."""

    def hanging(self, bay: Bay) -> bool:
        """Do all devices of a bay stand at its upper end?"""
        return bay.id in self.across or bay.bottom in self.shared


def forest(view: View, banned: frozenset[str]) -> Forest:
    """The straight links; `banned` names bays that turned out to be in the way of a bar."""
    found = Forest()
    straight: set[str] = set()
    below: set[str] = set()
    head = {name: name for name in view.nodes}

    def find(name: str) -> str:
        while head[name] != name:
            head[name] = head[head[name]]
            name = head[name]
        return name

    for link, hanging in _candidates(view, banned):
        top, bottom = find(link.top), find(link.bottom)
        entered = view.nodes[link.bottom].role not in BARS and link.bottom in below
        if top == bottom or entered:  # the ways into a machine or load lie too close for two straight bays
            continue
        below.add(link.bottom)
        head[bottom] = top
        straight |= {bay.id for bay in link.bays}
        if hanging:
            found.hangs[link.bottom].append(link)
        else:
            found.links[link.top].append(link)
            found.links[link.bottom].append(link)
    routed = [bay for bay in view.bays if not bay.tie and bay.id not in straight]
    found.across = frozenset(bay.id for bay in routed)
    found.shared = frozenset(bay.bottom for bay in routed if view.nodes[bay.bottom].role not in BARS)
    _keep(view, found)
    return found


def _keep(view: View, found: Forest) -> None:
    """Give every spare way to the first bundle of bays that could take it."""
    out = view.outgoing()
    for top in view.nodes:
        for link in found.links.get(top, ()):
            if link.top != top or any(view.nodes[end].role not in BARS for end in (top, link.bottom)):
                continue
            free = [pair for pair in pairs(view, out, link.bays) if not found.keeping & {one.id for one in pair if one}]
            if free:
                found.kept[top, link.bottom] = free
                found.keeping |= {one.id for pair in free for one in pair if one}
                found.turned |= {lower.bottom for _, lower in free if lower}


def _candidates(view: View, banned: frozenset[str]) -> list[tuple[Link, bool]]:
    pairs: dict[tuple[str, str], list[Bay]] = defaultdict(list)
    for bay in sorted(view.bays, key=lambda one: (one.rank, natural(one.id))):
        if not bay.tie and bay.id not in banned and bay.top != bay.bottom:
            pairs[bay.top, bay.bottom].append(bay)
    found = []
    for (top, bottom), bays in pairs.items():
        both_bars = view.nodes[top].role in BARS and view.nodes[bottom].role in BARS
        group = sorted(bays, key=lambda one: natural(one.id)) if both_bars else bays[:1]
        above, below = view.nodes[top].lane, view.nodes[bottom].lane
        if above == below or (not above and view.nodes[top].role in BARS):
            found.append((Link(top, bottom, tuple(group)), above != below))
    tops = Counter(link.bottom for link, _ in found)
    return sorted(found, key=lambda item: _preference(item[0], item[1], view, tops[item[0].bottom]))


def _preference(link: Link, hanging: bool, view: View, tops: int) -> tuple[object, ...]:
    """A board hangs on the bar of the sets only where nothing else supplies it."""
    first = link.bays[0]
    gen = view.nodes[link.top].level == "gen" and tops > 1
    return (hanging, all(bay.open for bay in link.bays), first.rank, gen, natural(first.id))


def roots(view: View, forest_: Forest) -> list[str]:
    """One root for each tree: the node from which the fewest branches turn back."""
    seen: set[str] = set()
    found = []
    for name in view.nodes:
        if name in seen:
            continue
        group = members(name, forest_.links)
        seen |= group
        candidates = [one for one in group if view.nodes[one].role in BARS] or sorted(group)
        if len(candidates) > 60:
            candidates = sorted(candidates, key=lambda one: -len(forest_.links[one]))[:60]
        found.append(
            min(candidates, key=lambda one: (_turns(one, forest_), -len(forest_.links[one]), natural(one)))
        )
    return found


def members(start: str, links: Mapping[str, list[Link]]) -> set[str]:
    """All that hangs together straight."""
    found, todo = {start}, [start]
    while todo:
        name = todo.pop()
        for link in links.get(name, ()):
            if link.other(name) not in found:
                found.add(link.other(name))
                todo.append(link.other(name))
    return found


def _turns(root: str, forest_: Forest) -> int:
    """How many branches rise again after going down, or go down again after rising."""
    count = 0
    todo: list[tuple[str, Link | None]] = [(root, None)]
    while todo:
        name, came = todo.pop()
        fell = came is not None and came.bottom == name
        rose = came is not None and came.top == name
        count += fell * len(forest_.hangs.get(name, ()))
        for link in forest_.links.get(name, ()):
            if link is came:
                continue
            rises = link.bottom == name
            count += (fell and rises) or (rose and not rises)
            todo.append((link.other(name), link))
    return count
