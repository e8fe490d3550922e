"""Maximum flow on integers (Dinic's algorithm), and the smallest cut that proves it."""

from __future__ import annotations

from collections import deque


class Graph:
    """A network whose arcs stay while their capacities are set anew for every question.

    Arc 2k and its reverse 2k+1 are a pair; an arc of both directions has capacity on each.
    """

    def __init__(self, nodes: int) -> None:
        self.nodes = nodes
        self.head: list[int] = []
        self.out: list[list[int]] = [[] for _ in range(nodes)]

    def arc(self, tail: int, head: int) -> int:
        """Add an arc; its index is the index of its capacity."""
        index = len(self.head)
        self.head += (head, tail)
        self.out[tail].append(index)
        self.out[head].append(index + 1)
        return index

    def run(self, cap: list[int], source: int, target: int) -> int:
        """Push as much as fits from source to target; `cap` is left as the residual capacities."""
        total = 0
        while (level := self._levels(cap, source, target)) is not None:
            total += self._block(cap, level, source, target)
        return total

    def reached(self, cap: list[int], source: int) -> list[bool]:
        """Which nodes the residual network still reaches: the source side of a smallest cut."""
        seen = [False] * self.nodes
        seen[source] = True
        stack = [source]
        head, out = self.head, self.out
        while stack:
            for index in out[stack.pop()]:
                if cap[index] > 0 and not seen[head[index]]:
                    seen[head[index]] = True
                    stack.append(head[index])
        return seen

    def _levels(self, cap: list[int], source: int, target: int) -> list[int] | None:
        level = [-1] * self.nodes
        level[source] = 0
        queue = deque((source,))
        head, out = self.head, self.out
        while queue:
            node = queue.popleft()
            for index in out[node]:
                if cap[index] > 0 and level[head[index]] < 0:
                    level[head[index]] = level[node] + 1
                    if head[index] == target:
                        return level
                    queue.append(head[index])
        return None

    def _block(self, cap: list[int], level: list[int], source: int, target: int) -> int:
        head, out = self.head, self.out
        at = [0] * self.nodes
        path: list[int] = []
        total, node = 0, source
        while True:
            if node == target:
                pushed = min(cap[index] for index in path)
                total += pushed
                cut = 0
                for step in range(len(path) - 1, -1, -1):
                    index = path[step]
                    cap[index] -= pushed
                    cap[index ^ 1] += pushed
                    if cap[index] == 0:
                        cut = step
                del path[cut:]
                node = head[path[-1]] if path else source
                continue
            arcs = out[node]
            while at[node] < len(arcs):
                index = arcs[at[node]]
                if cap[index] > 0 and level[head[index]] == level[node] + 1:
                    break
                at[node] += 1
            else:
                if not path:
                    return total
                level[node] = -1
                node = head[path.pop() ^ 1]
                continue
            path.append(index)
            node = head[index]
