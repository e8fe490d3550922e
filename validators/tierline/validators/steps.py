"""Positions as an operator would be told them: what to start, open and close, what to transfer, which cords are off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tierline.twin.kinds import KINDS, WAY_DEVICES, Class
from tierline.twin.model import Mode, Origin, Twin
from tierline.validators.answers import Answer, Removal
from tierline.validators.messages import say
from tierline.validators.naming import in_order, names, natural

_SHOWN = 4
_SHUTTING = ("valve", "damper")
"""What is closed to stop a flow, where a switch is opened."""


class Steps:
    """Switching steps in one twin, ties first, so that nothing is transferred to what is still dead."""

    def __init__(self, twin: Twin) -> None:
        self.twin = twin
        cords: dict[str, list[str]] = {}
        for feed in twin.feeds:
            if feed.mode is Mode.SHARE:
                cords.setdefault(feed.element, []).extend(twin.joints[j].a for j in feed.joints)
        self._cords = cords

    def of(self, removal: Removal) -> tuple[str, ...]:
        """The steps that make a removal pass, in the order in which they are done."""
        steps: list[str] = []
        steps += self._off(removal)
        for normally, key in (("off", "step-start"), ("closed", "step-open"), ("open", "step-close")):
            those = [name for name in removal.closed if self.twin.elements[name].text("normally") == normally]
            if those:
                steps.append(say(key, names=names(those, _SHOWN)))
        off: list[str] = []
        for element, used in sorted(removal.moved, key=lambda one: natural(one[0])):
            if element in self._cords and KINDS[self.twin.elements[element].kind].cls is Class.CONSUMER:
                off += [cord for cord in self._cords[element] if cord not in used]
            else:
                steps.append(say("step-transfer", name=element, to=names((self._way(u) for u in used), 2)))
        if off:
            steps.append(say("step-off", names=names(off, _SHOWN)))
        if removal.by_hand:
            steps.append(say("step-hand", names=names(removal.by_hand, _SHOWN)))
        return tuple(steps) or (say("step-none"),)

    def _off(self, removal: Removal) -> Iterator[str]:
        """What is stopped or opened, before anything is closed onto it."""
        kinds = {name: self.twin.elements[name].kind for name in removal.off}
        for key, those in (
            ("step-stop", [name for name, kind in kinds.items() if kind not in WAY_DEVICES]),
            ("step-open", [name for name, kind in kinds.items() if kind in WAY_DEVICES and kind not in _SHUTTING]),
            ("step-close", [name for name, kind in kinds.items() if kind in _SHUTTING]),
        ):
            if those:
                yield say(key, names=names(those, _SHOWN))

    def _way(self, name: str) -> str:
        """The device a run belongs to: people throw switches, not cables."""
        run = self.twin.elements[name].origin is Origin.RUN
        return name.removesuffix(".w") if run else name


def by_steps(twin: Twin, removals: Iterable[Removal]) -> list[tuple[list[str], tuple[str, ...]]]:
    """The re-switched removals, those with the same steps together."""
    steps = Steps(twin)
    groups: dict[tuple[str, ...], list[str]] = {}
    for removal in removals:
        if removal.answer is Answer.RE_SWITCHED:
            groups.setdefault(steps.of(removal), []).append(removal.element)
    return [(in_order(found), key) for key, found in groups.items()]
