"""A removal of the report as marks for the drawings: what each element is, and the caption in the report's words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tierline.diagrams.marks.value import LINES, Mark, Marks
from tierline.twin.kinds import SHUTTING, WAY_DEVICES
from tierline.twin.model import Element, Isolation, Medium, Twin
from tierline.twin.waivers import Waiver
from tierline.validators.answers import Answer, Removal, Short
from tierline.validators.harmed import Harmed, figure
from tierline.validators.naming import names
from tierline.validators.neighbours import Neighbours
from tierline.validators.rules import Finding
from tierline.validators.run import Report
from tierline.validators.states import State
from tierline.validators.steps import Steps
from tierline.validators.text import accepted, headline, proof, zone

_NAMED = 6
_HEAD = 13
"""Names that are shorter stand at the head of a line of the caption."""


def of_finding(
    report: Report, finding: Finding, removal: Removal, state: State, title: str, others: Sequence[Finding] = ()
) -> Marks:
    """The marks of a counterexample. `others`: what the same removal breaks too."""
    twin, told = report.twin, (*accepted(report, finding), *proof(finding))
    lines = [("", finding.message), ("at", str(finding.at)), *told, *_hands(state)]
    lines += [("breaks too", f"{other.rule} {other.message}") for other in others]
    lost = {name for other in others if other.removal is not None for name in other.removal.lost}
    removal = replace(removal, lost=tuple(sorted(lost.union(removal.lost))))
    unstated = [name for one in finding.missing for name in one.elements]
    marks = _marks(twin, removal, state, unstated, f"{title} {headline(finding)}", lines)
    return _with(marks, (waiver.element for waiver in report.waivers))


def of_waivers(waivers: Iterable[Waiver], shown: Collection[str]) -> Marks | None:
    """The marks of what is waived on a sheet that shows some elements; None if it shows none of them."""
    here = [waiver for waiver in waivers if waiver.element in shown]
    lines = [(w.element if len(w.element) < _HEAD else "", _waived(w)) for w in here]
    return _with(Marks({}, title="Waived", lines=tuple(lines)), (w.element for w in here)) if here else None


def _waived(waiver: Waiver) -> str:
    until = f"until {waiver.until}, by {waiver.owner}: {waiver.because}"
    return f"{waiver.element if len(waiver.element) >= _HEAD else ''} {waiver.rule} {until}".strip()


def _with(marks: Marks, waived: Iterable[str]) -> Marks:
    """The same marks, and those of what is waived."""
    of = dict(marks.of)
    for name in waived:
        of[name] = of.get(name, frozenset()) | {Mark.WAIVED}
    return replace(marks, of=of)


def of_removal(twin: Twin, removal: Removal, state: State) -> Marks:
    """The marks of a removal that somebody asked for, however it ends."""
    title = f"{removal.element} taken out: {_ENDS[removal.answer]}"
    lines = [("", _words(twin, removal)), *zone(removal), *_hands(state)]
    return _marks(twin, removal, state, removal.missing, title, lines)


_ENDS = {
    Answer.AUTOMATIC: "passes by itself",
    Answer.RE_SWITCHED: "passes with re-switching",
    Answer.UNKNOWN: "not known",
    Answer.FAIL: "fails",
}


def _words(twin: Twin, removal: Removal) -> str:
    if removal.answer is Answer.RE_SWITCHED:
        return ", ".join(Steps(twin).of(removal))
    if removal.answer is Answer.AUTOMATIC:
        return "everything is served, with nobody's hand on anything"
    if removal.shorts:
        return Harmed(Neighbours(twin)).words(removal)
    return f"not settled: {names(removal.missing or removal.uncontrolled, _NAMED)}"


def _hands(state: State) -> Iterator[tuple[str, str]]:
    """What operators have done in the state that is drawn."""
    done = (
        ("closed", state.closed), ("stopped or opened", state.off), ("not on the first way", state.moved),
        ("worked by hand", state.by_hand),
    )  # fmt: skip
    words = "; ".join(f"{what}: {names(those, _NAMED)}" for what, those in done if those)
    if words:
        yield "by hand", words
    if state.started:
        yield "started", names(state.started, _NAMED)


def _marks(
    twin: Twin, removal: Removal, state: State, unstated: Iterable[str], title: str, lines: list[tuple[str, str]]
) -> Marks:
    certain = removal.answer is not Answer.UNKNOWN
    open_by_trip = {name for name in state.tripped if twin.elements[name].kind in WAY_DEVICES}
    figures = dict(_figures(removal))
    uncooled, warm = _rooms(twin, removal)
    found: dict[str, set[Mark]] = {}
    said: tuple[tuple[Mark, Iterable[str]], ...] = (
        (Mark.ISOLATED, removal.zone),
        (Mark.DEAD, (*(name for name in state.dead if name not in open_by_trip), *state.unfed)),
        (Mark.UNSURE, state.unsure),
        (Mark.REMOVED, (removal.element,)),
        (Mark.EARTHED, state.earthed),
        (Mark.OPENED, removal.opened),
        (Mark.TRIPPED, state.tripped),
        (Mark.OVERLOADED, (name for name in figures if name in twin.elements)),
        (Mark.WITHOUT, (*removal.lost, *uncooled) if certain else ()),
        (Mark.SHORT, (*state.short, *warm) if certain else ()),
        (Mark.ONE_PATH, state.one_path),
        (Mark.BY_HAND, (*state.closed, *state.off, *state.moved, *state.by_hand)),
        (Mark.STARTED, state.started),
        (Mark.UNSTATED, (*unstated, *removal.uncontrolled)),
    )
    for mark, those in said:
        for name in those:
            if mark not in LINES or not found.get(name, set()).intersection(LINES):
                found.setdefault(name, set()).add(mark)
    of = {name: frozenset(marks) for name, marks in found.items() if name in twin.elements or name in twin.rooms}
    one_way = frozenset((joint.a, joint.b) for joint in twin.joints if joint.one_way)
    return Marks(of, _positions(twin, removal, state), figures, one_way, title, tuple(lines))


def _figures(removal: Removal) -> Iterator[tuple[str, str]]:
    """What limits, and rooms that get too warm, with what there is of what is asked; only where that is certain."""
    if removal.answer is Answer.FAIL:
        for part in _air(removal):
            rooms = (*part.hit, *part.lost)
            yield from ((room, _share(part, rooms)) for room in rooms if part.have)
        for short in removal.shorts[:1]:
            for part in short.parts or (short,):
                yield from ((name, _share(part, part.cut)) for name in part.cut)


def _share(part: Short, among: Sequence[str]) -> str:
    return figure(part) if len(among) == 1 else f"together {figure(part)}"


def _air(removal: Removal) -> Iterator[Short]:
    """Where the air of rooms is short."""
    yield from (part for s in removal.shorts if s.medium is Medium.AIR and not s.hours for part in s.parts or (s,))


def _rooms(twin: Twin, removal: Removal) -> tuple[set[str], set[str]]:
    """The rooms that nothing cools, and those that are cooled less than they need."""
    hit = [(part.have, room) for part in _air(removal) for room in (*part.hit, *part.lost) if room in twin.rooms]
    uncooled = {room for have, room in hit if not have}
    return uncooled, {room for _, room in hit} - uncooled - {*removal.lost}


def _positions(twin: Twin, removal: Removal, state: State) -> Mapping[str, str]:
    """Where devices stand that are not where they normally stand."""
    found = {name: _away(twin.elements[name]) for name in removal.opened}
    own = twin.elements.get(removal.element)
    if own is not None and own.isolation in (Isolation.WITHDRAWABLE, Isolation.PLUG):
        found[own.id] = "withdrawn"
    shut = {True: ("closed", "open"), False: ("open", "closed")}
    for names_of, which in ((state.tripped, 0), (state.off, 0), (state.closed, 1)):
        for name in names_of:
            found[name] = shut[twin.elements[name].kind in SHUTTING][which]
    return found


def _away(element: Element) -> str:
    """How a device stands that isolates."""
    if element.isolation in (Isolation.WITHDRAWABLE, Isolation.PLUG):
        return "withdrawn"
    return "closed" if element.kind in SHUTTING else "open"
