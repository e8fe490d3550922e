"""What a rule is, what it finds, and how it ends. No rule lives here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from tierline.twin.model import Location
from tierline.validators.answers import Removal
from tierline.validators.assess import Assessment
from tierline.validators.blame import Blame
from tierline.validators.network import Cut
from tierline.validators.subsystems import Subsystem, Subsystems


class Outcome(StrEnum):
    """How one rule ends for one facility."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    WAIVED = "waived"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that matters to a finding."""

    element: str
    at: Location
    text: str
    elements: tuple[str, ...] = ()
    """All the elements it speaks of, where it is more than one."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Elements that stop for the same reason; the reason is empty where none was found."""

    reason: str
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A statement that nobody made: of which elements, in which field, and what would settle it."""

    elements: tuple[str, ...]
    field: str
    at: Location
    text: str
    settle: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or cannot be known, with its proof."""

    rule: str
    """Reference of the catalogue entry."""
    element: str
    message: str
    at: Location
    unknown: bool = False
    related: tuple[Related, ...] = ()
    removal: Removal | None = None
    """The failed removal, for findings of the sweep."""
    alike: tuple[str, ...] = ()
    """Other elements whose removal fails for the same cause."""
    likewise: tuple[Removal, ...] = ()
    """The same mistake at other places (the other side, the next unit), a removal of each."""
    stopped: tuple[Stopped, ...] = ()
    """What stops beyond the zone, and why."""
    missing: tuple[Missing, ...] = ()
    """The statements without which it cannot be judged."""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """All that a rule may look at."""

    assessment: Assessment
    subsystems: Subsystems
    blame: Blame
    charged: dict[str, list[Removal]] = field(default_factory=dict)
    """Reference → failed and unknown removals charged to it."""
    modelled: frozenset[Subsystem] = frozenset()
    passing: frozenset[str] = frozenset()
    """Elements that pass power on to others."""
    cuts: tuple[Cut, ...] = ()
    """Removals that cut services off."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a rule function returns: findings, or a reason why there is nothing to judge."""

    findings: tuple[Finding, ...] = ()
    idle: str = ""
    """Not applicable, and why."""
    outcome: Outcome | None = None
    """Set where the outcome follows from other rules' findings."""
    reason: str = ""


RuleFunction = Callable[[Context], Judged]


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One line of the rule list of a report."""

    ref: str
    outcome: Outcome
    reason: str = ""
    findings: tuple[Finding, ...] = ()
