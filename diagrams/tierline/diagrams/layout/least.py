"""Places from left to right, each as near to those before it as it may stand."""

from __future__ import annotations

from collections.abc import Mapping


def solved(least: Mapping[str, list[tuple[str, int]]]) -> dict[str, int]:
    """Every place as far to the left as it may stand."""
    found: dict[str, int] = {}
    for start in list(least):
        stack = [start]
        while stack:
            place = stack[-1]
            missing = [other for other, _ in least.get(place, ()) if other not in found]
            if missing and len(stack) < 10_000:
                stack.append(missing[0])
                continue
            found[place] = max((found[other] + by for other, by in least.get(place, ())), default=0)
            stack.pop()
    return found
