"""Findings read off the twin that say the same of several elements of one written key become one finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tierline.validators.catalogue import by_name
from tierline.validators.naming import in_order, names
from tierline.validators.rules import Finding


def gathered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in their order, those of one place and one text (the name aside) told once."""
    groups: dict[object, list[Finding]] = {}
    for index, finding in enumerate(findings):
        groups.setdefault(_key(finding) or index, []).append(finding)
    return tuple(_advised(group[0] if len(group) == 1 else _together(group)) for group in groups.values())


def _advised(finding: Finding) -> Finding:
    """A finding without advice of its own gets that of its rule."""
    entry = by_name(finding.rule)
    return finding if finding.help or entry is None else replace(finding, help=entry.fix)


def _key(finding: Finding) -> object | None:
    """None where a finding stands for itself: it tells a removal, or does not begin with a name."""
    if finding.removal is not None or not finding.element or not finding.message.startswith(f"{finding.element}: "):
        return None
    rest = finding.message.removeprefix(finding.element)
    return (finding.rule, finding.at, finding.unknown, finding.help, finding.related, rest)


def _together(group: list[Finding]) -> Finding:
    first, *others = in_order(finding.element for finding in group)
    said = group[0].message.removeprefix(group[0].element)
    return replace(group[0], element=first, message=names((first, *others)) + said, alike=tuple(others))
