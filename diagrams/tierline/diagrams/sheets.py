"""Which part of the view is drawn on which sheet.

Promises: cuts are made only in bays that leave a board, never inside a board or across a tie; every cut is a
reference on one sheet and an arrival on the other, each naming its partner; a small system stays on one
sheet.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tierline.diagrams.collapse import collapsed
from tierline.diagrams.order import in_order, natural
from tierline.diagrams.services import SERVICES, services
from tierline.diagrams.spares import with_spares
from tierline.diagrams.view import Bay, Node, Part, Role, View
from tierline.twin.model import Medium, Twin

MAIN = "e-100-main"
_ONE_SHEET = 16
"""Up to this many racks and lumped loads are drawn on the main sheet."""
_IT = ("rack", "racks")
_CUT_BELOW = ("ups", "transformer", "genset")


@dataclass(frozen=True, slots=True)
class Plan:
    """One sheet to be laid out."""

    name: str
    title: str
    view: View
    hall: bool = False
    discipline: str = "power"
    notes: tuple[str, ...] = ()


def plan_sheets(twin: Twin, view: View) -> tuple[Plan, ...]:
    """The main sheet, then one for each hall; nothing at all when the view is empty."""
    if not view.nodes:
        return ()
    halls = _halls(twin, view)
    names = {hall: f"e-{101 + n}-{_slug(hall)}" for n, hall in enumerate(in_order(set(halls.values())))}
    sheet_of = {node: names[hall] for node, hall in halls.items()}
    in_halls = frozenset(sheet_of)
    sheet_of |= dict.fromkeys(services(view, sheet_of), SERVICES)
    view, boards = with_spares(twin, view, in_halls)
    sheet_of |= {name: sheet_of[board] for name, board in boards.items() if board in sheet_of}
    elsewhere = {end for joint in twin.joints if joint.medium is not Medium.POWER for end in (joint.a, joint.b)}
    main = collapsed(_cut(view, sheet_of, MAIN), elsewhere)
    plans = [Plan(MAIN, "Main power distribution", main)]
    if SERVICES in sheet_of.values():
        more = collapsed(_cut(view, sheet_of, SERVICES), elsewhere)
        plans.append(Plan(SERVICES, "Power distribution, services", more))
    for hall, name in names.items():
        plans.append(
            Plan(name, f"Power distribution, {hall}", _at_home(_cut(view, sheet_of, name), hall), True)
        )
    return tuple(plans)


def _at_home(view: View, hall: str) -> View:
    """The names of a hall's own things without the name of the hall, which its sheet bears."""

    def named(name: str) -> str:
        return name.removeprefix(f"{hall}.")

    nodes = {
        key: node if node.role is Role.ARRIVAL else replace(node, name=named(node.name))
        for key, node in view.nodes.items()
    }
    bays = tuple(
        replace(bay, parts=tuple(replace(part, name=named(part.name)) for part in bay.parts))
        for bay in view.bays
    )
    return View(nodes, bays)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "hall"


def _halls(twin: Twin, view: View) -> dict[str, str]:
    """The hall of every node that is drawn on a hall sheet."""
    racks = [name for name, node in view.nodes.items() if node.kind in _IT]
    if len(racks) <= _ONE_SHEET:
        return {}
    out, into = view.outgoing(), view.incoming()
    tied = {end for bay in view.bays if bay.tie for end in (bay.top, bay.bottom)}
    halls = _spaces(twin, racks)
    for name in sorted(view.nodes, key=lambda one: -_depth(one, into, {})):
        node = view.nodes[name]
        if node.role not in (Role.BAR, Role.MACHINE) or name in tied or not out[name] or not into[name]:
            continue
        heavy = any(part.kind in _CUT_BELOW for bay in into[name] for part in bay.parts)
        sources = any(view.nodes[bay.top].role in (Role.SOURCE, Role.JUNCTION) for bay in into[name])
        below = {halls.get(bay.bottom, "") for bay in out[name]}
        if heavy or sources or "" in below:
            continue
        if len(below) > 1:
            _merge(halls, below, len(racks))
        if len({halls[bay.bottom] for bay in out[name]}) == 1:
            halls[name] = halls[out[name][0].bottom]
    return halls


def _merge(halls: dict[str, str], spaces: set[str], racks: int) -> None:
    """Small rooms that share a board share a sheet."""
    members = [name for name, space in halls.items() if space in spaces]
    if len(members) <= _ONE_SHEET < racks:
        together = ", ".join(in_order({word for space in spaces for word in space.split(", ")}))
        halls.update(dict.fromkeys(members, together))


def _depth(name: str, into: Mapping[str, list[Bay]], seen: dict[str, int]) -> int:
    if name not in seen:
        seen[name] = 0
        seen[name] = max((1 + _depth(bay.top, into, seen) for bay in into[name]), default=0)
    return seen[name]


def _spaces(twin: Twin, racks: list[str]) -> dict[str, str]:
    """The space each rack stands in: its composite, else its room, which is the composite's whose racks stand there."""
    framed = {name: one.frames[0].split(":")[0] for name in racks if (one := twin.elements[name]).frames}
    owners: dict[str, set[str]] = defaultdict(set)
    for name, frame in framed.items():
        owners[twin.elements[name].room or ""].add(frame)
    found = dict(framed)
    for name in (name for name in racks if name not in framed):
        room = twin.elements[name].room or ""
        owner = owners.get(room, set()) if room else set()
        found[name] = next(iter(owner)) if len(owner) == 1 else room or "white space"
    return found


@dataclass(slots=True)
class _Cut:
    """One sheet while it is cut out."""

    view: View
    home: Mapping[str, str]
    """The sheet of every node."""
    here: str
    nodes: dict[str, Node]
    bays: list[Bay] = field(default_factory=list)

    def leaves(self, bay: Bay) -> None:
        """The upper part of a bay, with a reference at its end."""
        above, below = self.view.nodes[bay.top], self.view.nodes[bay.bottom]
        name = f"to~{bay.id}"
        self.nodes[name] = replace(
            below,
            id=name,
            role=Role.REFERENCE,
            lines=(),
            ids=(),
            attached=(),
            sheet=self.home[bay.bottom],
            beyond=_first(bay),
            lane=above.lane,
            level=above.level,
        )
        self.bays.append(replace(bay, bottom=name, parts=_near(bay, True), runs=_runs(bay, True)))

    def arrives(self, bay: Bay) -> None:
        """The lower part of a bay, with a reference at its beginning."""
        above = self.view.nodes[bay.top]
        name = f"from~{bay.id}"
        self.nodes[name] = replace(
            above,
            id=name,
            role=Role.ARRIVAL,
            name=_way(bay, above),
            lines=(),
            ids=(),
            attached=(),
            sheet=self.home[bay.top],
            beyond=bay.parts[0].id if _split(bay) else bay.top,
        )
        self.bays.append(replace(bay, top=name, parts=_near(bay, False), runs=_runs(bay, False)))

    def continues(self, bay: Bay) -> None:
        """A way from a board straight to a rack: the board is drawn again, and its way stands here."""
        above = self.view.nodes[bay.top]
        name = f"{bay.top}~{self.here}"
        self.nodes[name] = replace(
            above, id=name, lines=("continued",), ids=(), sheet=self.home[bay.top], beyond=bay.top
        )
        self.bays.append(replace(bay, top=name))

    def feeders(self, board: str, sheet: str, count: int) -> None:
        """Where the ways of a board that go straight to racks are to be found."""
        name = f"to~{board}~{sheet}"
        self.nodes[name] = replace(
            self.view.nodes[board],
            id=name,
            role=Role.REFERENCE,
            ids=(),
            attached=(),
            name=f"{count} feeder{'s' * (count > 1)}",
            lines=("to racks",),
            sheet=sheet,
            beyond=board,
        )
        self.bays.append(Bay(name, board, name))


def _cut(view: View, sheet_of: Mapping[str, str], here: str) -> View:
    """The nodes of one sheet, with references where bays leave it and arrivals where they enter."""
    home = {name: sheet_of.get(name, MAIN) for name in view.nodes}
    cut = _Cut(view, home, here, {name: node for name, node in view.nodes.items() if home[name] == here})
    straight: dict[tuple[str, str], int] = defaultdict(int)
    for bay in view.bays:
        top, bottom = home[bay.top], home[bay.bottom]
        if here not in (top, bottom):
            continue
        if top == bottom:
            cut.bays.append(bay)
        elif view.nodes[bay.top].role is Role.BAR and view.nodes[bay.bottom].kind in _IT:
            straight[bay.top, bottom] += top == here
            if bottom == here:
                cut.continues(bay)
        elif top == here:
            cut.leaves(bay)
        else:
            cut.arrives(bay)
    for (board, sheet), count in straight.items():
        if count:
            cut.feeders(board, sheet, count)
    return View(dict(sorted(cut.nodes.items(), key=lambda item: natural(item[0]))), tuple(cut.bays))


def _split(bay: Bay) -> int:
    """How many parts stay at the board the bay leaves: its own device."""
    return min(1, len(bay.parts)) if bay.parts and bay.parts[0].id.startswith(bay.top + ".") else 0


def _first(bay: Bay) -> str:
    """What stands first below a cut: a machine in the way to a board, else the board with its incomer."""
    parts = _near(bay, False)
    return parts[0].id if parts and not parts[0].id.startswith(f"{bay.bottom}.") else bay.bottom


def _near(bay: Bay, upper: bool) -> tuple[Part, ...]:
    return bay.parts[: _split(bay)] if upper else bay.parts[_split(bay) :]


def _runs(bay: Bay, upper: bool) -> tuple[tuple[str, ...], ...]:
    """The run on which the cut falls is shown at the sending end."""
    at = _split(bay)
    return bay.runs[: at + 1] if upper else ((), *bay.runs[at + 1 :])


def _way(bay: Bay, top: Node) -> str:
    return bay.parts[0].name if _split(bay) else top.name
