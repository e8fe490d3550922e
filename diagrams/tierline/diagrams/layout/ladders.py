"""What two systems share stands between them: one of the two is drawn upside down, with all that feeds nothing else.

Promises: of two headers that share what they feed one is drawn above it and one below; the same for any order of
declaration.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product

from tierline.diagrams.order import in_order, natural
from tierline.diagrams.view import Bay, Role, View, reached

BARS = (Role.BAR, Role.JUNCTION)


@dataclass(frozen=True, slots=True)
class Ladders:
    pairs: dict[frozenset[str], set[str]]
    """Headers joined in a part that is drawn upside down, each with the one of the two that is drawn below."""
    bars: frozenset[str]
    lower: frozenset[str]
    hung: frozenset[str]
    """What is drawn below, and what leads to nothing else."""
    standing: bool = False
    """What feeds the lower ones is drawn above them all the same."""

    def holds(self, bay: Bay) -> bool:
        return frozenset((bay.top, bay.bottom)) in self.pairs

    def rises(self, bay: Bay) -> bool:
        """Is it drawn against its flow?"""
        if self.holds(bay):
            return bay.top in self.pairs[frozenset((bay.top, bay.bottom))]
        if self.standing:
            return False
        return bay.bottom in self.hung and (bay.top in self.hung or bay.top not in self.bars)


def ladders_of(view: View) -> Ladders:
    feeds: dict[str, set[str]] = {name: set() for name, node in view.nodes.items() if node.role in BARS}
    for bay in view.bays:
        if not bay.tie and bay.top in feeds and bay.bottom in feeds:
            feeds[bay.top].add(bay.bottom)
    found: dict[frozenset[str], set[str]] = {}
    used: set[str] = set()
    for upper, lower, own, shared in _sharing(feeds):
        if used & ({upper} | own):
            continue
        used |= {upper} | own
        found |= {frozenset((one, child)): {one} for one in own for child in feeds[one] & (own | shared)}
        found[frozenset((upper, lower))] = {lower}
    below = frozenset(one for some in found.values() for one in some)
    return Ladders(found, frozenset(feeds), below, _hung(feeds, below))


def _hung(feeds: dict[str, set[str]], lower: frozenset[str]) -> frozenset[str]:
    """What is drawn below, and the headers that lead to nothing else."""
    found = set(lower)
    while True:
        more = {name for name in feeds if feeds[name] and feeds[name] <= found} - found
        if not more:
            return frozenset(found)
        found |= more


def _sharing(feeds: dict[str, set[str]]) -> list[tuple[str, str, set[str], set[str]]]:
    """Pairs of headers that share what they feed: the upper one, the lower one, what only the lower one feeds and is on
    the way, and what both reach. Pairs right above several such pairs come first, then those nearest to what is shared.
    """
    reach = {name: reached([name], feeds.__getitem__) for name in feeds}
    heads = sorted((name for name in feeds if feeds[name]), key=lambda name: (len(reach[name]), natural(name)))
    found = []
    for upper, lower in combinations(heads, 2):
        if lower in reach[upper] or upper in reach[lower] or not reach[upper] & reach[lower]:
            continue
        own = {one for one in {lower} | (reach[lower] - reach[upper]) if reach[one] & reach[upper]}
        shared = {child for one in own for child in feeds[one] if child in reach[upper]}
        if len(shared) > 1:
            found.append((upper, lower, own, shared))
    both = {frozenset(pair[:2]): pair[3] for pair in found}

    def joins(upper: str, lower: str) -> bool:
        steps = (frozenset(step) for step in product(in_order(feeds[upper]), in_order(feeds[lower])))
        inner = [both[step] for step in steps if step in both]
        return any(not inner[0] & other for other in inner[1:])

    return sorted(found, key=lambda pair: not joins(*pair[:2]))
