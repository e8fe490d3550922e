"""The spine: a twin becomes its sheets.

Promises: the same twin gives the same bytes, on any machine and in any order of declaration; never raises
on a twin; a discipline of which a twin has nothing gives no sheet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from tierline.diagrams.disciplines import DISCIPLINES
from tierline.diagrams.dot import to_dot
from tierline.diagrams.frame import framed
from tierline.diagrams.interlocks import interlock_notes
from tierline.diagrams.layout.drawing import Drawing
from tierline.diagrams.references import linked
from tierline.diagrams.scene import Norm, Scene
from tierline.diagrams.sheets import Plan
from tierline.diagrams.svg import to_svg
from tierline.diagrams.title import Heading
from tierline.diagrams.views import index
from tierline.diagrams.views import plan as plan_of_rooms
from tierline.diagrams.views.index import index_table
from tierline.diagrams.views.plan import block_plan
from tierline.twin.model import Twin

Notes = tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One drawing, and the forms it is kept in."""

    name: str
    """A slug, and the name of its file: `e-100-main`."""
    title: str
    facility: str
    scene: Scene

    @cached_property
    def svg(self) -> str:
        return to_svg(self.scene, self.name, f"{self.facility}: {self.title}")

    @cached_property
    def dot(self) -> str:
        """The same geometry, pinned, for `neato -n2`."""
        return to_dot(self.scene, self.name)


def draw(twin: Twin, case: str = "", norm: Norm = Norm.IEC) -> tuple[Sheet, ...]:
    """All sheets of a facility, discipline by discipline.

    `case` stands in the titles of a load case that is not the first, which is the facility as people know it.
    `norm` chooses the set of symbols, and moves nothing.
    """
    plans = linked([plan for discipline in DISCIPLINES for plan in discipline.plans(twin)])
    rooms = block_plan(twin)
    by_name = {discipline.name: discipline for discipline in DISCIPLINES}
    counted = index.NAME if len(plans) + (rooms is not None) > 1 else ""
    found: list[Sheet] = []

    def add(name: str, title: str, drawing: Drawing, discipline: str, symbols: str, notes: Notes = ()) -> None:
        title = f"{title}, case {case}" if case else title
        assumed, elsewhere = len(twin.assumptions), "" if name == counted else counted
        issues = twin.revisions
        heading = Heading(twin.facility, name, title, assumed, elsewhere, norm, symbols, issues, notes, _known(twin))
        scene = framed(drawing, heading)
        found.append(Sheet(name, title, twin.facility, replace(scene, discipline=discipline)))

    for plan in plans:
        discipline = by_name[plan.discipline]
        drawing = discipline.lay_out(plan)
        notes = (*plan.notes, *interlock_notes(twin, plan.view), *_of_returns(plan, drawing))
        add(plan.name, plan.title, drawing, plan.discipline, discipline.symbols, notes)
    if rooms is not None:
        add(plan_of_rooms.NAME, plan_of_rooms.TITLE, rooms, "plan", "none")
    if counted:
        table = index_table([(sheet.name, sheet.title, sheet.scene) for sheet in found])
        add(index.NAME, index.TITLE, table, "index", "none")
    return tuple(found)


def _known(twin: Twin) -> str:
    """What people call the facility; of several languages the first."""
    return " ".join(twin.names[min(twin.names)].split()) if twin.names else ""


def _of_returns(plan: Plan, drawing: Drawing) -> Notes:
    """What comes back without a line of its own, where none is drawn with the supply either."""
    gives_back = any(node.back for node in plan.view.nodes.values())
    drawn = any(bar.kind == "return" for bar in drawing.bars)
    return ("Supply lines only: what flows back is not drawn.",) if gives_back and not drawn else ()
