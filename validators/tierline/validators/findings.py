"""From failed and unknown removals to findings: one per cause, told at the element an engineer would look at first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tierline.validators.answers import Answer, Removal, Short
from tierline.validators.causes import Cause, causes
from tierline.validators.fixes import fix
from tierline.validators.harmed import Harmed
from tierline.validators.limits import Limits
from tierline.validators.messages import say
from tierline.validators.naming import in_order, names, natural
from tierline.validators.neighbours import Neighbours
from tierline.validators.rules import Context, Finding, Missing
from tierline.validators.stopped import stopped, trips
from tierline.validators.unknowns import Unknowns

_EACH = 2
"""Places with figures of their own that are told one by one."""


def of_removals(context: Context, ref: str, removals: Iterable[Removal]) -> tuple[Finding, ...]:
    """The findings of one rule: first what fails, then what cannot be judged."""
    charged = list(removals)
    if not charged:
        return ()
    teller = _Teller(context)
    failed = [r for r in charged if r.answer is Answer.FAIL]
    unknown = [r for r in charged if r.answer is Answer.UNKNOWN]
    found = [teller.failure(ref, cause) for cause in causes(teller.neighbours, failed)]
    return (*found, *teller.unknown(ref, unknown))


def of_base(context: Context, ref: str) -> tuple[Finding, ...]:
    """What fails or cannot be judged with everything in service; hours are told by a rule of their own."""
    base = context.assessment.base
    if base.answer not in (Answer.FAIL, Answer.UNKNOWN):
        return ()
    rates = [short for short in base.shorts if not short.hours]
    if base.answer is Answer.FAIL and not rates:
        return ()
    return (_Teller(context).base(ref, replace(base, shorts=tuple(rates))),)


class _Teller:
    """Words for the removals of one facility."""

    def __init__(self, context: Context) -> None:
        self.twin = context.assessment.twin
        self.neighbours = Neighbours(self.twin)
        self.harmed = Harmed(self.neighbours)
        self.limits = Limits(self.twin, context.assessment.policy)
        self.unknowns = Unknowns(context.assessment)
        self.dark = context.assessment.lowered.dark

    def failure(self, ref: str, cause: Cause) -> Finding:
        first = cause.first
        cost = self.harmed.words(first)
        message = say("failure", what=self._what(first.element), cost=cost + self._likewise(cause))
        groups = stopped(self.neighbours, first, self.dark)
        return Finding(
            rule=ref,
            element=first.element,
            message=message,
            at=self.twin.elements[first.element].at,
            related=(*trips(self.twin, first), *self.limits.barred(first), *self.limits.of(first.shorts[:1])),
            removal=first,
            alike=cause.alike,
            likewise=cause.likewise,
            stopped=groups,
            help=fix(self.neighbours, ref, first, self.harmed),
        )

    def _what(self, name: str) -> str:
        return say("what", name=name, kind=self.twin.elements[name].kind)

    def _likewise(self, cause: Cause) -> str:
        """The other places: by name where the figures are the same, else each with its own."""
        if not cause.likewise:
            return ""
        short = cause.first.shorts[0]
        other = [r for r in cause.likewise if (r.shorts[0].have, r.shorts[0].need) != (short.have, short.need)]
        if not other or len(cause.likewise) > _EACH:
            return say("likewise", names=names(removal.element for removal in cause.likewise))
        return "".join(
            say("likewise-each", name=removal.element, cost=self.harmed.words(removal)) for removal in cause.likewise
        )

    def unknown(self, ref: str, removals: Iterable[Removal]) -> Iterator[Finding]:
        """One finding for all removals that wait for the same statements."""
        waiting: dict[tuple[Missing, ...], list[Removal]] = {}
        for removal in removals:
            waiting.setdefault(self.unknowns.of(removal), []).append(removal)
        for missing, group in waiting.items():
            first, *others = sorted(group, key=lambda removal: (len(removal.zone), natural(removal.element)))
            what = say("removals-one", what=self._what(first.element))
            if others:
                what = say("removals-many", what=self._what(first.element), count=len(others))
            yield self._open(ref, first, missing, say("unknown", what=what, missing=_texts(missing)), others)

    def _open(
        self, ref: str, removal: Removal, missing: tuple[Missing, ...], message: str, others: Iterable[Removal] = ()
    ) -> Finding:
        worst = [short for short in removal.shorts if not short.hours]
        if worst and removal.answer is Answer.UNKNOWN and not removal.uncontrolled:
            message += say("at-worst", cost=self.harmed.words(removal))
        first = missing[0]
        return Finding(
            rule=ref,
            element=removal.element or next(iter(first.elements), ""),
            message=message,
            at=first.at,
            unknown=True,
            related=(*self.limits.barred(removal), *self.limits.of(self._loop(removal))),
            removal=removal,
            alike=tuple(in_order(r.element for r in others)),
            missing=missing,
            help="; ".join(dict.fromkeys(one.settle for one in missing)),
        )

    def _loop(self, removal: Removal) -> tuple[Short, ...]:
        """The conductors between which nothing divides the flow, as a limit of which the ratings are told."""
        media = {m for name in removal.uncontrolled for m in self.neighbours.media(name)}
        return tuple(Short(medium, False, 0, 0, removal.uncontrolled, ()) for medium in sorted(media)[:1])

    def base(self, ref: str, base: Removal) -> Finding:
        """What is wrong before anything is taken out."""
        if base.answer is Answer.UNKNOWN:
            missing = self.unknowns.of(base)
            return self._open(ref, base, missing, say("unknown-base", missing=_texts(missing)))
        at = self.twin.claims.at or self.twin.declared[0].at
        message = say("base", cost=self.harmed.words(base))
        limits = self.limits
        related = (*limits.of(base.shorts), *limits.giving_nothing(base.shorts), *limits.unsupplied(base, self.dark))
        groups = stopped(self.neighbours, base, self.dark)
        return Finding(ref, "", message, at, related=related, removal=base, stopped=groups, help=fix(
            self.neighbours, ref, base, self.harmed))  # fmt: skip


def _texts(missing: Iterable[Missing]) -> str:
    return "; ".join(one.text for one in missing)
