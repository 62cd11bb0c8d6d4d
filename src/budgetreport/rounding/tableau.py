"""The equations between choices as a sparse tableau that is walked from corner to corner.

It starts at the exact values, which meet every equation, and keeps meeting them: a choice moves, those
that depend on it move along, until one of them reaches an end. Values are in 分 (0: no, a unit: yes), exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

Number = int | Fraction


class Tableau:
    """Choices with ends (`low`, `high`), values that meet all equations, and which follow from which.

    `_rows[b][n]`: how a dependent choice `b` falls when the free choice `n` rises by one. Equations that
    have no dependent choice yet are numbered from `count` on; they can't move.
    """

    def __init__(
        self, unit: int, values: Sequence[int], high: Sequence[int], equations: Sequence[Mapping[int, int]]
    ) -> None:
        self.unit = unit
        self._count = len(values)
        self.values: list[Number] = [*values, *([0] * len(equations))]
        self.low = [0] * len(self.values)
        self.high = [*high, *([0] * len(equations))]
        self._rows: dict[int, dict[int, Number]] = {}
        self._holders: list[set[int]] = [set() for _ in self.values]
        for number, terms in enumerate(equations, len(values)):
            self._rows[number] = dict(terms)
            for n in terms:
                self._holders[n].add(number)

    def depends(self, n: int) -> bool:
        """Whether a choice follows from others."""
        return n in self._rows

    def open(self) -> list[int]:
        """The choices that are neither yes nor no."""
        return [n for n in range(self._count) if self.values[n] % self.unit]

    def settle(self, prices: Sequence[int]) -> None:
        """Move every free choice to an end, downhill in price: a corner. Only dependent ones may be left open."""
        for n in range(self._count):
            while n not in self._rows and self.low[n] < self.values[n] < self.high[n]:
                falls: Number = prices[n]
                for row in self._holders[n]:
                    if row < self._count:
                        falls -= prices[row] * self._rows[row][n]
                self._move(n, -1 if falls > 0 or (falls == 0 and 2 * self.values[n] < self.unit) else 1)

    def drive(self, n: int, end: int) -> bool:
        """Move choice n as far as `end`, if it can go there; its ends stay as they are."""
        up = end > self.values[n]
        low, high = self.low[n], self.high[n]
        if up:
            self.high[n] = min(high, end)
        else:
            self.low[n] = max(low, end)
        while self.values[n] != end:
            if n not in self._rows:
                self._move(n, 1 if up else -1)
                continue
            found = self._helper(n, up=up)
            if found is None:
                break
            self._move(*found)
        self.low[n], self.high[n] = low, high
        return self.values[n] == end

    def _helper(self, n: int, *, up: bool) -> tuple[int, int] | None:
        """The first free choice that moves the dependent n the right way (Bland's rule: no circles)."""
        for other in sorted(self._rows[n]):
            way = 1 if (self._rows[n][other] < 0) is up else -1
            if self.values[other] < self.high[other] if way > 0 else self.values[other] > self.low[other]:
                return other, way
        return None

    def _move(self, n: int, way: int) -> None:
        """Move a free choice up or down until it or one that depends on it reaches an end; that one is free then."""
        step: Number = self.high[n] - self.values[n] if way > 0 else self.values[n] - self.low[n]
        stop = -1
        for row in self._holders[n]:
            rate = -way * self._rows[row][n]
            room = (self.high[row] - self.values[row]) if rate > 0 else (self.values[row] - self.low[row])
            far = _quotient(room, rate if rate > 0 else -rate)
            if far < step or (far == step and stop >= 0 and self._sooner(row, stop)):
                step, stop = far, row
        if step:
            self.values[n] += way * step
            for row in self._holders[n]:
                self.values[row] -= way * step * self._rows[row][n]
        if stop >= 0:
            self._exchange(stop, n)

    def _sooner(self, one: int, other: int) -> bool:
        """Of several that reach an end at once: an equation without dependent choice, the shorter; then the first."""
        if one >= self._count and other >= self._count:
            return (len(self._rows[one]), one) < (len(self._rows[other]), other)
        return one >= self._count if (one >= self._count) != (other >= self._count) else one < other

    def _exchange(self, row: int, n: int) -> None:
        """`n` depends from now on, `row` is free (or gone, if it stood for an equation)."""
        terms = self._rows.pop(row)
        pivot = terms.pop(n)
        mine: dict[int, Number] = {k: _quotient(v, pivot) for k, v in terms.items()}
        if row < self._count:
            mine[row] = _quotient(1, pivot)
        for k in terms:
            self._holders[k].discard(row)
        others = self._holders[n]
        others.discard(row)
        self._holders[n] = set()
        for other in others:
            theirs = self._rows[other]
            rate = theirs.pop(n)
            for k, v in mine.items():
                value = theirs.get(k, 0) - rate * v
                if value:
                    theirs[k] = value
                    self._holders[k].add(other)
                else:
                    del theirs[k]
                    self._holders[k].discard(other)
        self._rows[n] = mine
        for k in mine:
            self._holders[k].add(n)


def _quotient(one: Number, other: Number) -> Number:
    """Exact, an integer where it is one."""
    if other == 1:
        return one
    if other == -1:
        return -one
    found = Fraction(one) / other
    return found.numerator if found.denominator == 1 else found
