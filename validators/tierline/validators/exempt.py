"""What is never taken out, and what is supplied from outside the model: every exemption, and why (GEN-12)."""

from __future__ import annotations

from dataclasses import dataclass

from tierline.twin.kinds import KINDS, Class
from tierline.twin.model import Medium
from tierline.validators import figures
from tierline.validators.assess import Assessment
from tierline.validators.messages import say
from tierline.validators.naming import in_order


@dataclass(frozen=True, slots=True)
class Exempt:
    """Elements that the sweep leaves in place, or whose supply it takes as given."""

    what: str
    why: str
    elements: tuple[str, ...]


def exempt(assessment: Assessment) -> tuple[Exempt, ...]:
    """Every exemption of one facility."""
    twin = assessment.twin
    left: dict[tuple[str, str], list[str]] = {}
    for element in twin.elements.values():
        if element.id not in assessment.removals:
            kind = KINDS[element.kind]
            key = (kind.title, say(_WHY.get(kind.cls, "exempt-setting")))
            left.setdefault(key, []).append(element.id)
    for name, medium in sorted(twin.given):
        key = (figures.TITLES[Medium(medium)], say("given"))
        left.setdefault(key, []).append(name)
    return tuple(Exempt(what, why, tuple(in_order(found))) for (what, why), found in left.items())


_WHY = {Class.CONSUMER: "exempt-consumer", Class.WORLD: "exempt-world"}
