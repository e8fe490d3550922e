"""Maximum flow on integers (Dinic's algorithm), and the smallest cut that proves it."""

from __future__ import annotations


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
        while (away := self._away(cap, source, target))[source] >= 0:
            total += self._block(cap, away, source, target)
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

    def _away(self, cap: list[int], source: int, target: int) -> list[int]:
        """How many arcs lead from a node to the target, as far out as the source; -1 for all others.

        Counted from the target, so that whoever walks down these numbers meets no dead end until an arc is used up.
        """
        away = [-1] * self.nodes
        away[target] = steps = 0
        head, out = self.head, self.out
        ring = [target]
        while ring and away[source] < 0:
            steps += 1
            outer = []
            for node in ring:
                for index in out[node]:
                    if cap[index ^ 1] > 0 and away[head[index]] < 0:
                        away[head[index]] = steps
                        outer.append(head[index])
            ring = outer
        return away

    def _block(self, cap: list[int], away: list[int], source: int, target: int) -> int:
        """Push all that shortest paths take, the arcs of each node in their order; an arc is charged on the way back,
        once for all that went through it."""
        head, out = self.head, self.out
        at = [0] * self.nodes
        path: list[int] = []
        above: list[int] = []
        """What was still to be sent at the tail of each arc of the path."""
        node, most = source, sum(cap[index] for index in out[source])
        left = most
        while True:
            arcs, k, below = out[node], at[node], away[node] - 1
            while left and k < len(arcs) and (cap[arcs[k]] <= 0 or away[head[arcs[k]]] != below):
                k += 1
            at[node] = k
            if left and k < len(arcs):
                path.append(arcs[k])
                above.append(left)
                left = min(left, cap[arcs[k]])
                node = head[arcs[k]]
                if node != target:
                    continue
                left = 0
            elif left:
                away[node] = -1
            if not path:
                return most - left
            index, before = path.pop(), above.pop()
            sent = min(before, cap[index]) - left
            cap[index] -= sent
            cap[index ^ 1] += sent
            left, node = before - sent, head[index ^ 1]
