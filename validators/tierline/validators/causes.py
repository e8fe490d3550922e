"""Removals by cause: what fails for the same reason is one cause, and the same mistake at several places one finding.

A cause is what limits, or where nothing limits, who goes without. Causes at elements of one written key (both sides,
every unit), of one kind with the same figures, or limited by one written rating, are the same mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tierline.twin.model import Medium
from tierline.validators.answers import Removal
from tierline.validators.assess import plainness
from tierline.validators.naming import natural
from tierline.validators.neighbours import Neighbours
from tierline.validators.stopped import makers

_FAR = 1 << 30
_OWN = (Medium.FUEL, Medium.GAS, Medium.WATER, Medium.CHILLED_WATER, Medium.REFRIGERANT)


@dataclass(frozen=True, slots=True)
class Cause:
    """One mistake: the removal that shows it best, the same at other places, and all others that fail with them."""

    first: Removal
    likewise: tuple[Removal, ...] = ()
    alike: tuple[str, ...] = ()


def causes(neighbours: Neighbours, removals: Iterable[Removal]) -> Iterator[Cause]:
    """Group removals that fail and break one rule."""
    mistakes: list[tuple[set[object], list[tuple[Removal, list[Removal]]]]] = []
    for group in _by_cause(removals):
        first = min(group, key=_rank(neighbours, group))
        marks = set(_marks(neighbours, first))
        known = next((found for found in mistakes if found[0] & marks), None)
        if known is None:
            mistakes.append((marks, [(first, group)]))
        else:
            known[0].update(marks)
            known[1].append((first, group))
    for _, found in mistakes:
        yield _cause([first for first, _ in found], [removal for _, group in found for removal in group])


def _cause(firsts: list[Removal], everything: list[Removal]) -> Cause:
    first, *likewise = sorted(firsts, key=lambda removal: (-_gap(removal), natural(removal.element)))
    told = {removal.element for removal in firsts}
    alike = sorted((r.element for r in everything if r.element not in told), key=natural)
    return Cause(first, tuple(sorted(likewise, key=lambda r: natural(r.element))), tuple(alike))


def _gap(removal: Removal) -> int:
    return sum(short.need - short.have for short in removal.shorts[:1])


def _by_cause(removals: Iterable[Removal]) -> list[list[Removal]]:
    """Removals that are limited by the same elements, or that leave the same ones without."""
    limited: dict[object, list[Removal]] = {}
    without: list[tuple[object, set[str], list[Removal]]] = []
    for removal in removals:
        if removal.trips or not removal.shorts:
            limited.setdefault((removal.trips, removal.uncontrolled), []).append(removal)
            continue
        short = removal.shorts[0]
        what = (short.medium, short.hours)
        victims = set(short.lost) or {*short.beyond, *short.hit}
        if short.cut or not victims:
            limited.setdefault((what, short.cut), []).append(removal)
            continue
        near = [group for group in without if group[0] == what and group[1] & victims]
        for group in near:
            without.remove(group)
        victims = victims.union(*(group[1] for group in near))
        without.append((what, victims, [r for group in near for r in group[2]] + [removal]))
    return [*limited.values(), *(group for _, _, group in without)]


def _marks(neighbours: Neighbours, first: Removal) -> Iterator[object]:
    """What tells the same mistake at another place."""
    element = neighbours.twin.elements[first.element]
    short = first.shorts[0]
    what = (short.medium, short.hours, short.unit, not short.have)
    yield (what, element.at)
    yield (what, element.kind, element.origin, short.have, short.need)
    limits = [neighbours.twin.elements[name] for name in short.cut if name in neighbours.twin.elements]
    if limits and all("rating" in limit.fields for limit in limits):
        yield (what, frozenset(limit.fields["rating"].at for limit in limits))


def _rank(neighbours: Neighbours, group: list[Removal]) -> Callable[[Removal], tuple[object, ...]]:
    """Sorts first the removal an engineer would name: all of the harm, a board, near what goes without.

    Of fluids that is an element of their own medium, if one is among them.
    """
    near = neighbours.distances(_anchors(neighbours, group)) if len(group) > 1 else {}
    medium = group[0].shorts[0].medium
    most = max(len(removal.shorts[0].lost) for removal in group)

    def rank(removal: Removal) -> tuple[object, ...]:
        implied, other, name = plainness(neighbours.twin, removal.element)
        harm = (removal.element not in removal.trips, len(removal.shorts[0].lost) < most)
        beside = medium in _OWN and medium not in neighbours.media(name)
        size = len(removal.zone) + len(removal.opened)
        return (*harm, beside, implied, other, near.get(name, _FAR), size, name)

    return rank


def _anchors(neighbours: Neighbours, group: list[Removal]) -> frozenset[str]:
    """What goes dark; else the machines that all of the removals stop; else what gets less."""
    lost = frozenset().union(*(removal.shorts[0].lost for removal in group))
    stopping = frozenset.intersection(*(makers(neighbours, removal) for removal in group))
    hit = frozenset().union(*(removal.shorts[0].hit for removal in group))
    stopped = frozenset.intersection(*(frozenset(removal.down) for removal in group))
    machines = () if group[0].shorts[0].medium is Medium.POWER else stopping
    choices = (lost, machines, hit, stopped)
    return next((frozenset(found) for found in choices if any(map(neighbours.joined, found))), lost)
