"""The cheapest integral flow with arcs of capacity one: successive shortest paths with potentials.

Nearest rounding is where it starts. Nodes of few arcs are then balanced one by one by moving their
potential, which settles most rows of a table at once; shortest paths do what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush

from budgetreport.rounding.network import Network


class Flow:
    """A flow on a network; every arc keeps to its side of the potentials, so that the result is the cheapest."""

    def __init__(self, network: Network, prices: Sequence[int]) -> None:
        self._network = network
        self._prices = prices
        nodes = len(network.needs)
        self.chosen = [0] * len(prices)
        self._potential = [0] * nodes
        self._short = list(network.needs)
        self._arcs: list[list[int]] = [[] for _ in range(nodes)]
        for n, (tail, head) in enumerate(zip(network.tails, network.heads, strict=True)):
            if tail != head:
                self._arcs[tail].append(n)
                self._arcs[head].append(n)
            if prices[n] < 0:
                self._set(n, 1)

    def solve(self) -> list[int] | None:
        """The choices, or None where no flow serves all nodes."""
        self._settle()
        for node in range(len(self._short)):
            while self._short[node] < 0:
                if not self._augment(node):
                    return None
        return self.chosen

    def _set(self, n: int, value: int) -> None:
        """Change what an arc carries."""
        change = value - self.chosen[n]
        if change:
            self.chosen[n] = value
            self._short[self._network.heads[n]] -= change
            self._short[self._network.tails[n]] += change

    def _reduced(self, n: int) -> int:
        """What a yes costs more, given the potentials."""
        return self._prices[n] + self._potential[self._network.tails[n]] - self._potential[self._network.heads[n]]

    def _settle(self) -> None:
        """Balance each node by its own potential, small ones first."""
        order = sorted(range(len(self._short)), key=lambda node: (len(self._arcs[node]), node))
        for node in order:
            if self._short[node]:
                self._balance(node)

    def _balance(self, node: int) -> None:
        """Turn the arcs that cost least until the node has what it needs; the last one sets its potential."""
        more = self._short[node] > 0  # wants more in, or less out
        turns = []
        for n in self._arcs[node]:
            enters = self._network.heads[n] == node
            if self.chosen[n] == (0 if enters is more else 1):
                reduced = self._reduced(n)
                turns.append((reduced if self.chosen[n] == 0 else -reduced, n))
        turns.sort()
        wanted = abs(self._short[node])
        if len(turns) < wanted:
            return
        step = turns[wanted - 1][0]
        for _, n in turns[:wanted]:
            self._set(n, 1 - self.chosen[n])
        self._potential[node] += step if more else -step

    def _augment(self, source: int) -> bool:
        """One unit from a node that has too much to the nearest one that is short of it."""
        network, potential, chosen, prices = self._network, self._potential, self.chosen, self._prices
        tails, heads = network.tails, network.heads
        best = {source: 0}
        via: dict[int, int] = {}
        done: dict[int, int] = {}
        queue = [(0, source)]
        while queue:
            far, node = heappop(queue)
            if node in done:
                continue
            done[node] = far
            if self._short[node] > 0:
                self._push(node, far, via, done)
                return True
            for n in self._arcs[node]:
                forward = tails[n] == node
                if chosen[n] == (1 if forward else 0):
                    continue
                other = heads[n] if forward else tails[n]
                if other in done:
                    continue
                reduced = prices[n] + potential[tails[n]] - potential[heads[n]]
                length = far + (reduced if forward else -reduced)
                if other not in best or length < best[other]:
                    best[other] = length
                    via[other] = n
                    heappush(queue, (length, other))
        return False

    def _push(self, node: int, far: int, via: dict[int, int], done: dict[int, int]) -> None:
        for reached, distance in done.items():
            self._potential[reached] += distance - far
        while node in via:
            n = via[node]
            before = self._network.tails[n] if self._network.heads[n] == node else self._network.heads[n]
            self._set(n, 1 - self.chosen[n])
            node = before


def cheapest(network: Network, prices: Sequence[int]) -> list[int] | None:
    """Yes or no for each arc, at the least price; None where there is none."""
    return Flow(network, prices).solve()
