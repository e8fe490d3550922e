"""Elements nobody wrote: the device and the run of a way, runs without device, own incomers, cords."""

from __future__ import annotations

from tierline.twin.diagnostics import WARNING, Complaints
from tierline.twin.expand import Expansion
from tierline.twin.expand_amend import Amendments
from tierline.twin.expand_templates import Draft
from tierline.twin.expand_ways import WayFields
from tierline.twin.kinds import KINDS, Class
from tierline.twin.model import OFF, Element, Isolation, Location, Medium, Origin, Value
from tierline.twin.spec.links import STEP
from tierline.twin.spec.written import Cord, Run, Way

_ELECTRIC = (Medium.POWER, Medium.DC)
_SHUT_WHEN_CLOSED = ("valve", "control-valve", "check-valve", "damper")
_INHERITED = ("voltage", "phases")
_NONE = WayFields()
_CALLED: dict[type[Way | Run | Cord], str] = {Way: "a way", Run: "a run", Cord: "a cord"}


class Parts:
    """The elements of a twin, as they come to be."""

    def __init__(self, made: Expansion, amendments: Amendments, complaints: Complaints) -> None:
        self.elements: dict[str, Element] = {}
        self._made, self._amendments, self._complaints = made, amendments, complaints
        self._users: dict[str, tuple[str, Location]] = {}
        self._used: set[str] = set()
        self._each: dict[tuple[str, Medium], tuple[str, dict[str, Value], dict[str, Value]]] = {}

    def written(self, draft: Draft, room: str | None) -> None:
        """An element its author wrote."""
        kind = KINDS[draft.kind]
        removable = kind.cls in (Class.CAPACITY, Class.PATH)
        self.elements[draft.id] = Element(
            draft.id,
            draft.kind,
            draft.origin,
            draft.at,
            isolation(draft.kind, draft.fields),
            conducts_not(draft.kind, draft.fields),
            removable,
            room,
            draft.fields,
            draft.path,
            draft.returns,
        )

    def take_way(self, board: Draft, way: str, user: Draft, at: Location) -> bool:
        """Whether a way is free; its second user is told of the first."""
        id = f"{board.id}.{way}"
        if not STEP.fullmatch(way):
            self._complaints.add("not-an-id", at, text=way, instance=user.id)
            return False
        entry = user.id, at
        first = self._users.setdefault(id.casefold(), entry)
        if first is entry:
            own = board.ways.own.get(way)
            self._used.add(id)
            if own is not None and own.spare:
                related = [(own.at, "it is said to be spare here")] if own.at else []
                self._complaints.add("way-spare", at, way=id, related=related, instance=user.id)
                return False
            return True
        related = [(first[1], f"{first[0]} takes it here")]
        self._complaints.add("way-taken", at, way=id, first=first[0], related=related, instance=user.id)
        return False

    def device(
        self, board: Draft, way: str, medium: Medium, at: Location, origin: Origin, returns: str = ""
    ) -> Element:
        """The device of a way, or an element's own incomer; `returns`: what it is the counterpart of."""
        kind, fields, _ = self._fields(board, way, medium)
        id = f"{board.id}.{way}"
        if self._amendments:
            fields = self._amended(id, Way, fields, returns)
            changed = fields.get("device")
            if changed is not None:
                kind = str(changed.of)
                fields = {name: value for name, value in fields.items() if name != "device"}
        room = self.elements[returns].room if returns else self._room(board)
        made = Element(
            id,
            kind,
            origin,
            at,
            isolation(kind, fields),
            conducts_not(kind, fields),
            True,
            room,
            fields,
            board.path,
            returns,
        )
        self._add(made)
        return made

    def run(self, board: Draft, way: str, medium: Medium, at: Location, returns: str = "") -> str:
        """The cable, pipe or duct of a way."""
        _, device, fields = self._fields(board, way, medium)
        fields = self._amended(f"{board.id}.{way}.w", Run, fields, returns)
        amended = self.elements.get(f"{board.id}.{way}")
        rating = (amended.fields if amended is not None else device).get("rating")
        if rating is not None and "rating" not in fields:
            fields = {**fields, "rating": rating}
        id = f"{board.id}.{way}.w"
        return self._simple(id, run_kind(medium), Origin.RUN, at, fields, board.path, returns=returns)

    def bare_run(self, id: str, speaker: Draft, medium: Medium, at: Location, returns: str = "") -> str:
        """A run between two pieces of equipment, without a device."""
        fields = {name: speaker.fields[name] for name in _INHERITED if name in speaker.fields}
        fields = self._amended(id, Run, fields, returns)
        return self._simple(id, run_kind(medium), Origin.RUN, at, fields, speaker.path, returns=returns)

    def cord(self, id: str, rack: Draft, at: Location) -> str:
        """The plug of a rack's cord."""
        fields = {name: rack.fields[name] for name in _INHERITED if name in rack.fields}
        return self._simple(
            id, "cord", Origin.CORD, at, self._amended(id, Cord, fields), rack.path, self._room(rack)
        )

    def unused(self, draft: Draft) -> None:
        """Warn of ways that are listed, not spare, and used by nothing."""
        for way, own in draft.ways.own.items():
            if not own.spare and f"{draft.id}.{way}" not in self._used and own.at is not None:
                self._complaints.add(
                    "way-unused", own.at, severity=WARNING, way=f"{draft.id}.{way}", instance=draft.id
                )

    def _amended(
        self, id: str, model: type[Way | Run | Cord], fields: dict[str, Value], returns: str = ""
    ) -> dict[str, Value]:
        """The fields with what is amended; in a return, what is amended of the counterpart holds too."""
        if not self._amendments:
            return fields
        if returns:
            fields = self._amendments.fields(returns, model, fields, _CALLED[model], again=True)
        return self._amendments.fields(id, model, fields, _CALLED[model])

    def _simple(
        self,
        id: str,
        kind: str,
        origin: Origin,
        at: Location,
        fields: dict[str, Value],
        path: tuple[str, ...],
        room: str | None = None,
        returns: str = "",
    ) -> str:
        self._add(Element(id, kind, origin, at, KINDS[kind].isolation, False, True, room, fields, path, returns))
        return id

    def _add(self, element: Element) -> None:
        entry = element.id, element.at
        first = self._made.folded.setdefault(element.id.casefold(), entry)
        if first is not entry:
            related = [(first[1], f"`{first[0]}` is first declared here")]
            self._complaints.add(
                "declared-twice", element.at, id=element.id, related=related, instance=element.id
            )
        self.elements[element.id] = element

    def _room(self, draft: Draft) -> str | None:
        found = self.elements.get(draft.id)
        return found.room if found is not None else None

    def _fields(
        self, board: Draft, way: str, medium: Medium
    ) -> tuple[str, dict[str, Value], dict[str, Value]]:
        """Kind, fields of the device and fields of the run; shared by all ways that do not differ."""
        own = board.ways.own.get(way)
        if own is not None:
            return _merge(board, own, medium)
        found = self._each.get((board.id, medium))
        if found is None:
            found = self._each[board.id, medium] = _merge(board, _NONE, medium)
        return found


def _merge(board: Draft, own: WayFields, medium: Medium) -> tuple[str, dict[str, Value], dict[str, Value]]:
    inherited = {name: board.fields[name] for name in _INHERITED if name in board.fields}
    each = board.ways.each
    device = {**inherited, **each.device, **own.device}
    said = device.pop("device", None)
    protected = {name: device[name] for name in _INHERITED if name in device}
    run = {**protected, **each.run, **own.run}
    return str(said.of) if said is not None else usual_device(board.kind, medium), device, run


def usual_device(kind: str, medium: Medium) -> str:
    """What stands at a way where nothing else is said."""
    if kind == "busduct":
        return "tap-off"
    if medium in _ELECTRIC:
        return "breaker"
    return "damper" if medium is Medium.AIR else "valve"


def run_kind(medium: Medium) -> str:
    if medium in _ELECTRIC:
        return "cable"
    return "duct" if medium is Medium.AIR else "pipe"


def conducts_not(kind: str, fields: dict[str, Value]) -> bool:
    """Whether it carries nothing in normal service: an open switch, a closed valve or damper, a machine that is off."""
    said = fields.get("normally")
    shut = "closed" if kind in _SHUT_WHEN_CLOSED else "open"
    return said is not None and said.of in (shut, OFF)


def isolation(kind: str, fields: dict[str, Value]) -> Isolation:
    """How an element isolates: as written, else as its kind does."""
    isolates = fields.get("isolates")
    if isolates is not None and isolates.of is False:
        return Isolation.NONE
    said = fields.get("isolation")
    return Isolation(str(said.of)) if said is not None else KINDS[kind].isolation
