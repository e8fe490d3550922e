"""What a load case is without: the elements and rooms its words name, with all that stands inside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tierline.twin.diagnostics import Complaints
from tierline.twin.expand import Expansion
from tierline.twin.expand_amend import Amendments
from tierline.twin.expand_blanks import parse_key
from tierline.twin.expand_frames import Frame
from tierline.twin.model import Location, Origin
from tierline.twin.resolve import Resolved
from tierline.twin.resolve_refs import Directory
from tierline.twin.source import Scalar
from tierline.twin.spec.check import complain
from tierline.twin.spec.links import STEP
from tierline.twin.units import Fault


@dataclass(slots=True)
class Out:
    """Ids of what is left out, each with the place that says so."""

    elements: dict[str, Location] = field(default_factory=dict)
    rooms: dict[str, Location] = field(default_factory=dict)
    insides: dict[str, Location] = field(default_factory=dict)
    """Composites, loops and lines."""


class Absences:
    """Finds what the words of one case leave out."""

    def __init__(self, made: Expansion, resolved: Resolved, complaints: Complaints) -> None:
        self._made, self._resolved, self._complaints = made, resolved, complaints
        self._directory = Directory(made, complaints)

    def of(self, words: Iterable[Scalar], frame: Frame) -> Out:
        """Every element and room the words name; what hits nothing, or must not be absent, is complained of."""
        out = Out()
        seen: dict[str, Location] = {}
        for word in words:
            for address in self._addresses(word, frame):
                if address in seen:
                    related = [(seen[address], "first named here")]
                    self._complaints.add("absent-twice", word.at, address=address, related=related, instance=address)
                seen[address] = word.at
                self._hit(address, word.at, out)
        if out.insides:
            whole = dict(out.insides)
            for ids, found in (
                (self._made.insides, out.insides),
                (self._made.drafts, out.elements),
                (self._made.rooms, out.rooms),
            ):
                _take(whole, ids, found)
        self._rooms_in_use(out)
        return out

    def _addresses(self, word: Scalar, frame: Frame) -> Iterator[str]:
        try:
            key = parse_key(word.text)
            binders = frame.scope.binders(key)
            frame.total(key, binders)
        except Fault as fault:
            complain(fault, word, self._complaints)
            return
        for env in frame.bindings(key, binders):
            address = key.pattern.fill(env)
            if not all(STEP.fullmatch(step) for step in address.split(".")):
                self._complaints.add("not-a-reference", word.at, text=address)
                return
            yield address

    def _hit(self, address: str, at: Location, out: Out) -> None:
        add, made = self._complaints.add, self._made
        draft = made.drafts.get(address)
        if draft is not None and draft.origin is Origin.PART:
            add("absent-part", at, address=address, chain=address.rpartition(".")[0], instance=address)
        elif draft is not None:
            out.elements[address] = at
        elif address in made.insides:
            out.insides[address] = at
        elif address in made.rooms:
            out.rooms[address] = at
        elif address in self._resolved.elements:
            add("absent-implied", at, address=address, instance=address)
        elif not self._directory.silent(address):
            help = self._complaints.suggest(address, self._directory.addresses())
            add("absent-misses", at, address=address, help=help, instance=address)

    def _rooms_in_use(self, out: Out) -> None:
        """A room cannot be absent while anything stands in it: its heat would be forgotten."""
        for one in self._resolved.elements.values():
            stands = one.origin in (Origin.WRITTEN, Origin.PART) and one.id not in out.elements
            if stands and one.room in out.rooms:
                at, related = out.rooms[one.room], [(one.at, f"{one.id} is declared here")]
                self._complaints.add(
                    "absent-room-in-use", at, room=one.room, id=one.id, related=related, instance=one.id
                )


def _take(whole: Mapping[str, Location], ids: Iterable[str], found: dict[str, Location]) -> None:
    """Everything that stands inside what is absent as a whole."""
    for id in ids:
        at = next((whole[above] for above in _above(id) if above in whole), None)
        if at is not None:
            found.setdefault(id, at)


def _above(id: str) -> Iterator[str]:
    """`a.b` and `a` for `a.b.c`."""
    while "." in id:
        id = id.rpartition(".")[0]
        yield id


def judge_amendments(amendments: Amendments, out: Out, parts: Collection[str], complaints: Complaints) -> None:
    """A case may not amend what it is without; `parts` are the elements that go with what it names."""
    for one in amendments.of_case():
        if any(one.address in ids for ids in (out.elements, out.rooms, out.insides, parts)):
            complaints.add("amend-absent", one.key.at, address=one.address, instance=one.address)
