"""What is no network (rows and columns both nested, tables that share cells): a bounded search.

A choice is made, what follows from it by the equations is followed up, and where that contradicts itself
the choice is taken back. Equations that contradict often are looked at first, after a restart from the
top: so a knot without solution is soon tried in full, which proves that there is none, however large the
tables around it. Then single cells may go beyond one unit, and it is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from budgetreport.rounding.choices import Choices

TRIES = 5_000
"""So many contradictions before a search gives up. Basis: measured, see bench/rounding.py."""
_BEYOND = 100
"""So many for each attempt to let single cells go further."""
_FIRST, _LONGER = 100, (13, 10)
"""So many until the first restart, and how that grows."""
_WIDENED, _PAIRED = 64, 6
"""So many single cells, and so many in pairs, are tried beyond one unit before all are."""
_SCALE = 1 << 30


@dataclass(slots=True)
class _Decision:
    """A choice made, the values still to try, and how much was settled before it."""

    choice: int
    values: list[int]
    settled: int


class _Search:
    """Choices between bounds, equations with the least and the most that their terms can still come to."""

    def __init__(self, choices: Choices, wide: Iterable[int] = ()) -> None:
        self._low = [0] * len(choices)
        self._high = list(choices.top)
        for n in wide:
            self._low[n], self._high[n] = choices.lowest[n], choices.highest[n]
        self._near = [int(price < 0) for price in choices.price]
        self._top = choices.top
        self._terms = [list(e.terms.items()) for e in choices.equations]
        self._standing: list[list[tuple[int, int]]] = [[] for _ in self._low]
        self._least: list[int] = []
        self._most: list[int] = []
        for number, equation in enumerate(choices.equations):
            ends = [(s * self._low[n], s * self._high[n]) for n, s in equation.terms.items()]
            self._least.append(sum(map(min, ends)) - equation.equals)
            self._most.append(sum(map(max, ends)) - equation.equals)
            for n, sign in equation.terms.items():
                self._standing[n].append((number, sign))
        self._open = [sum(self._low[n] < self._high[n] for n, _ in terms) for terms in self._terms]
        self._widest = max((h - w for h, w in zip(self._high, self._low, strict=True)), default=0)
        self._weight = [1] * len(self._terms)
        self._trail: list[tuple[int, int, int]] = []

    def run(self, tries: int) -> tuple[list[int] | None, bool]:
        """Values that meet all equations, and whether the answer is certain (None: none, or none within `tries`)."""
        if not all(self._follow(range(len(self._terms)))):
            return None, True
        start = len(self._trail)
        stack: list[_Decision] = []
        left, patience = tries, _FIRST
        spent = 0
        while (n := self._next()) is not None:
            stack.append(_Decision(n, self._values(n), len(self._trail)))
            while not self._try_next(stack[-1]):
                stack.pop()
                spent += 1
                if not stack:
                    return None, True
                if spent >= left:
                    return None, False
            if spent >= patience:
                left, spent, patience = left - spent, 0, patience * _LONGER[0] // _LONGER[1]
                self._undo(start)
                stack = []
        return list(self._low), True

    def contradicted(self) -> frozenset[int]:
        """The choices in equations that contradicted themselves, when the search ran."""
        hot = (terms for terms, weight in zip(self._terms, self._weight, strict=True) if weight > 1)
        return frozenset(n for terms in hot for n, _ in terms)

    def _next(self) -> int | None:
        """A choice of the equation that leaves the least freedom for its weight; None: all is settled."""
        best, found = -1, -1
        for number, count in enumerate(self._open):
            if count:
                freedom = min(-self._least[number], self._most[number]) * count + 1
                score = self._weight[number] * _SCALE // freedom
                if score > best:
                    best, found = score, number
        if found < 0:
            return next((n for n, low in enumerate(self._low) if low < self._high[n]), None)
        waiting = [n for n, _ in self._terms[found] if self._low[n] < self._high[n]]
        return max(waiting, key=lambda n: (sum(self._weight[k] for k, _ in self._standing[n]), -n))

    def _values(self, n: int) -> list[int]:
        """The nearer of no and yes, then the other, then what is further off."""
        near = self._near[n]
        values = range(self._low[n], self._high[n] + 1)
        return sorted(values, key=lambda value: (not 0 <= value <= self._top[n], abs(value - near)))

    def _try_next(self, decision: _Decision) -> bool:
        """Settle a decision's next value, with all that follows."""
        while decision.values:
            self._undo(decision.settled)
            value = decision.values.pop(0)
            if self._narrow(decision.choice, value, value):
                return True
        self._undo(decision.settled)
        return False

    def _narrow(self, n: int, low: int, high: int) -> bool:
        """Put a choice between new bounds and follow up what that means."""
        waiting = [(n, low, high)]
        while waiting:
            n, low, high = waiting.pop()
            low, high = max(low, self._low[n]), min(high, self._high[n])
            if low > high:
                return False
            if (low, high) == (self._low[n], self._high[n]):
                continue
            self._set(n, low, high)
            for number, _ in self._standing[n]:
                if self._least[number] > 0 or self._most[number] < 0:
                    self._weight[number] += 1
                    return False
            for number, _ in self._standing[n]:
                waiting += self._meant(number)
        return True

    def _follow(self, numbers: Iterable[int]) -> Iterator[bool]:
        """What equations mean before anything is chosen."""
        for number in numbers:
            yield self._least[number] <= 0 <= self._most[number]
            for n, low, high in self._meant(number):
                yield self._narrow(n, low, high)

    def _meant(self, number: int) -> Iterator[tuple[int, int, int]]:
        """Bounds that an equation sets for its choices."""
        below, above = -self._least[number], self._most[number]
        if not self._open[number] or min(below, above) >= self._widest:
            return
        for n, sign in self._terms[number]:
            low, high = self._low[n], self._high[n]
            if low < high:
                size = abs(sign)
                rise, fall = (below, above) if sign > 0 else (above, below)
                yield n, high - fall // size, low + rise // size

    def _set(self, n: int, low: int, high: int) -> None:
        self._trail.append((n, self._low[n], self._high[n]))
        self._shift(n, low, high)

    def _undo(self, settled: int) -> None:
        """Take back what was settled since then."""
        while len(self._trail) > settled:
            self._shift(*self._trail.pop())

    def _shift(self, n: int, low: int, high: int) -> None:
        """New bounds for a choice, told to its equations."""
        risen, fallen = low - self._low[n], high - self._high[n]
        opened = (low < high) - (self._low[n] < self._high[n])
        self._low[n], self._high[n] = low, high
        for number, sign in self._standing[n]:
            least, most = (risen, fallen) if sign > 0 else (fallen, risen)
            self._least[number] += sign * least
            self._most[number] += sign * most
            self._open[number] += opened


def search(choices: Choices, tries: int = TRIES) -> tuple[list[int] | None, bool]:
    """Integral choices within one unit, and whether the answer is certain: None may only mean that none was found."""
    return _Search(choices).run(tries)


def search_beyond(choices: Choices, tries: int = _BEYOND) -> tuple[list[int] | None, bool]:
    """Integral choices, few of them beyond one unit, and whether fewer are known not to do. None: not even so."""
    plain = _Search(choices)
    certain = plain.run(tries)[1]
    for wide in _widenings(choices, plain.contradicted()):
        found, sure = _Search(choices, wide).run(tries)
        if found is not None:
            return found, certain and len(wide) == 1
        certain &= sure
    return None, False


def _widenings(choices: Choices, knot: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """Which choices may go beyond one unit: one, then two of the likeliest, at last all. Those in the knot first."""
    ranked = sorted(range(len(choices)), key=lambda n: (n not in knot, choices.top[n] == 0, choices.weight[n], n))
    yield from ((n,) for n in ranked[:_WIDENED])
    yield from combinations(ranked[:_PAIRED], 2)
    yield tuple(n for n in ranked if choices.top[n])
    yield tuple(ranked)
