"""The open interpretations of the law: named terms, each with its values, of which the first holds if none is chosen.

They come from whoever runs the check, never from the spec that is judged (decision C5). A term is here only if some
case turns on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Term:
    """One question on which engineers differ."""

    name: str
    ref: str
    """D1 to D14 of the law."""
    values: tuple[str, ...]
    asks: str

    @property
    def default(self) -> str:
        return self.values[0]


TERMS: Mapping[str, Term] = MappingProxyType(
    {
        term.name: term
        for term in (
            Term("raw_alternate_path", "D1", ("reject", "accept"), "may IT ride on power that has not passed a UPS?"),
            Term("common_battery", "D2", ("fail", "warn"), "is a UPS without its battery lost, or only to be told of?"),
            Term("fuel_inside_removal", "D3", ("true", "false"), "must stores last 12 h inside every removal too?"),
            Term("adjacent_live", "D4", ("false", "true"), "may form 4 boards stay live beside a replacement?"),
            Term("line_stop", "D5", ("false", "true"), "may a pipe be plugged live to replace a valve?"),
            Term("rack_switch_exempt", "D6", ("true", "false"), "are point-of-use switches never taken out?"),
            Term("prp_factor", "D7", ("0.70", "reject"), "what does a prime-rated set give without limit of hours?"),
            Term("cord_split", "D8", ("natural", "free"), "do live cords share equally, or as would suit?"),
            Term("recharge_in_n", "D9", ("true", "false"), "does N include the recharge of batteries?"),
            Term("day_tank_counts", "D11", ("true", "false"), "do day tanks count toward the 12 h?"),
            Term("epo_use", "D12", ("false", "true"), "is the use of a stop circuit, not its service, the removal?"),
            Term("telecom_in_verdict", "D13", ("false", "true"), "does the network count in the facility's tier?"),
            Term("yard_adder", "D14", ("0 K", "3 K"), "how much hotter than the site is the yard?"),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Policy:
    """What was chosen; every term has a value."""

    chosen: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.chosen.get(name, TERMS[name].default)

    def takes(self, name: str, value: str) -> bool:
        """Whether a term has a value that is not its default."""
        assert value in TERMS[name].values[1:], (name, value)
        return self[name] == value

    @property
    def off_default(self) -> tuple[tuple[str, str], ...]:
        """What differs from the defaults, by name: the verdict line names it."""
        return tuple((name, self[name]) for name in sorted(TERMS) if self[name] != TERMS[name].default)


DEFAULT = Policy()
"""Every term at its first value."""


def parse(words: Iterable[str]) -> Policy:
    """`name=value` words as a policy; ValueError, saying what is allowed, for any other."""
    chosen: dict[str, str] = {}
    for word in words:
        name, _, value = word.partition("=")
        term = TERMS.get(name)
        if term is None:
            raise ValueError(f"there is no setting `{name}`; known: {', '.join(sorted(TERMS))}")
        if value not in term.values:
            raise ValueError(f"`{name}` cannot be `{value}`: {' or '.join(term.values)}")
        if chosen.get(name, value) != value:
            raise ValueError(f"`{name}` is given twice, as `{chosen[name]}` and `{value}`")
        chosen[name] = value
    return Policy(chosen)
