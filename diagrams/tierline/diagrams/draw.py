"""The spine: a twin becomes its sheets.

Promises: the same twin gives the same bytes, on any machine and in any order of declaration; never raises
on a twin; a twin without power gives no sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tierline.diagrams.contract import power_view
from tierline.diagrams.dot import to_dot
from tierline.diagrams.frame import Heading, framed
from tierline.diagrams.layout.compose import lay_out
from tierline.diagrams.layout.hall import lay_out_hall
from tierline.diagrams.scene import Norm, Scene
from tierline.diagrams.sheets import plan_sheets
from tierline.diagrams.svg import to_svg
from tierline.twin.model import Twin


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
    """All power sheets of a facility: the main distribution, then the halls.

    `case` stands in the titles of a load case that is not the first, which is the facility as people know it.
    `norm` chooses the set of symbols, and moves nothing.
    """
    found = []
    for plan in plan_sheets(twin, power_view(twin)):
        drawing = (lay_out_hall(plan.view) if plan.hall else None) or lay_out(plan.view)
        title = f"{plan.title}, case {case}" if case else plan.title
        scene = framed(drawing, Heading(twin.facility, plan.name, title, len(twin.assumptions), norm))
        found.append(Sheet(plan.name, title, twin.facility, scene))
    return tuple(found)
