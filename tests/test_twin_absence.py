"""To be absent is never better than to be out: each case beside the whole facility with the same elements dead."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tierline.kernel import Judge, Verdict
from tierline.kernel.zones import Zones
from tierline.twin.compiler import compile_text
from tierline.twin.kinds import KINDS, Class
from tierline.twin.lower import Lowered, lower
from tierline.twin.model import STOP, Origin, Twin

HERE = Path(__file__).parent
PLANTS = sorted(path for path in (HERE / "attempts").glob("*.yaml") if "\ncases:" not in path.read_text())
DRAWN = 30


def answer(lowered: Lowered, kill: frozenset[int]) -> Verdict:
    """Both readings must agree on pass or fail."""
    found = {Judge(plant).judge(kill).verdict for plant in (lowered.low, lowered.high)}
    if len(found) == 1:
        return found.pop()
    return Verdict.SWITCHED if found == {Verdict.AUTOMATIC, Verdict.SWITCHED} else Verdict.UNKNOWN


def candidates(twin: Twin) -> list[str]:
    """What may be out: no loads, which would ask less, and no circuits, which would trip."""
    circuits = {member for need in twin.needs if need.name == STOP for member in need.members}
    return [
        e.id
        for e in twin.elements.values()
        if e.origin is Origin.WRITTEN and KINDS[e.kind].cls is not Class.CONSUMER and e.id not in circuits
    ]


def judged_both_ways(path: Path, absent: list[str]) -> list[tuple[str, Verdict, Verdict]]:
    """With nothing removed, and after two removals: the case, and the whole with the absent dead."""
    text = path.read_text(encoding="utf-8")
    whole = compile_text(text, "f.yaml").twin
    case = compile_text(f"{text}\ncases: {{it: {{absent: [{', '.join(absent)}]}}}}\n", "f.yaml").twin
    assert whole is not None and case is not None
    all_of_it, part = lower(whole), lower(case)
    gone = frozenset(all_of_it.index[name] for name in case.absent.elements)
    zones = Zones(part.low)
    removed = random.Random(1).sample(part.removable, min(2, len(part.removable)))
    kills = {"": frozenset[int]()} | {part.names[one]: zones.of(one).kill for one in removed}
    return [
        (name, answer(part, kill), answer(all_of_it, gone | {all_of_it.index[part.names[one]] for one in kill}))
        for name, kill in kills.items()
    ]


def drawn() -> list[tuple[str, list[str]]]:
    chance = random.Random(3)
    found = []
    while len(found) < DRAWN:
        path = chance.choice(PLANTS)
        twin = compile_text(path.read_text(encoding="utf-8"), "f.yaml").twin
        names = candidates(twin) if twin is not None else []
        if names:
            found.append((path.stem, sorted(chance.sample(names, min(len(names), chance.choice([1, 1, 2, 3]))))))
    return found


@pytest.mark.parametrize(("plant", "absent"), [("bad-plc", ["cu-b", "mcc-b"]), *drawn()])
def test_absent_is_never_better_than_dead(plant: str, absent: list[str]) -> None:
    for removed, case, dead in judged_both_ways(HERE / "attempts" / f"{plant}.yaml", absent):
        assert case >= dead, f"{removed or 'nothing'} removed, absent: {case.name}, dead: {dead.name}"
