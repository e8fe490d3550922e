"""Lines of plain conductors: where one piece is out, the whole line carries nothing.

Promises: two removals that take the same lines out are the same removal to everything beyond them, and judged once.
"""

from __future__ import annotations

from oracle.world import World
from tierline.twin.model import Element

CONDUCTORS = ("breaker", "disconnector", "tap-off", "cable", "cord", "pipe", "valve", "check-valve", "duct", "damper")


def lines_of(world: World) -> dict[str, frozenset[str]]:
    """Plain conductor → all that stands in one line with it."""
    found: dict[str, frozenset[str]] = {}
    plain = {e.id for e in world.twin.elements.values() if _plain(world, e)}
    for start in plain:
        if start in found:
            continue
        line, ahead = {start}, [start]
        while ahead:
            for _, joint in world.joints_at[ahead.pop()]:
                new = ({joint.a, joint.b} & plain) - line
                line |= new
                ahead += new
        found |= dict.fromkeys(line, frozenset(line))
    return found


def _plain(world: World, element: Element) -> bool:
    """Nothing but a way from one neighbour to the other: nobody needs it, feeds it or switches it."""
    joints = {index for index, _ in world.joints_at[element.id]}
    known = (world.needs_of, world.needed_by, world.feeds_of)
    named = any(element.id in one for one in known)
    named |= any(element.id in interlock.elements for interlock in world.twin.interlocks)
    own = element.normally_open or element.value("draw") is not None or bool(element.returns)
    return (
        element.kind in CONDUCTORS
        and len(joints) == 2
        and len(world.media_of[element.id]) == 1
        and not (named or own)
        and all((element.id, medium) not in world.twin.given for medium in world.media_of[element.id])
    )


def widened(kill: frozenset[str], lines: dict[str, frozenset[str]]) -> frozenset[str]:
    """The kill set with every line that it breaks."""
    return kill.union(*(lines[name] for name in kill if name in lines))
