"""What is no network (rows and columns both nested, tables that share cells): a bounded search.

From the corner of the tableau that lies downhill, choices that are still open are tried: no or yes,
the nearer first. All of it tried without success proves that there is no solution within one unit;
then single cells may go two units, and it is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from budgetreport.rounding.choices import Choices
from budgetreport.rounding.tableau import Number, Tableau

TRIES = 3000
"""So many decisions are tried before a search gives up. Basis: some seconds for the largest tables."""
_WIDENED, _PAIRED = 64, 12
"""So many single cells, and so many in pairs, are tried beyond one unit before all are."""


@dataclass(slots=True)
class _Decision:
    """A choice that was open, its ends before, and the ends still to try."""

    choice: int
    low: int
    high: int
    ways: list[tuple[int, int]]


class _Search:
    """A depth-first search with a budget of decisions."""

    def __init__(self, choices: Choices, budget: int = TRIES) -> None:
        self._choices = choices
        self.tableau = Tableau(
            choices.unit,
            choices.rest,
            [top * choices.unit for top in choices.top],
            [e.terms for e in choices.equations],
        )
        self.tableau.settle(choices.price)
        self.budget = budget

    def run(self, wide: Iterable[int] = ()) -> list[int] | None:
        """Integral choices, these `wide` ones beyond one unit if need be; None: none, or the budget is spent."""
        tableau, unit = self.tableau, self._choices.unit
        for n in wide:
            tableau.low[n], tableau.high[n] = self._choices.lowest[n] * unit, self._choices.highest[n] * unit
        found = self._decide()
        return [int(value // unit) for value in tableau.values[: len(self._choices)]] if found else None

    def _decide(self) -> bool:
        """Close the open choices one by one; a way that fails is undone by giving back the ends."""
        tableau = self.tableau
        trail: list[_Decision] = []
        while waiting := tableau.open():
            n = min(waiting, key=self._rank)
            trail.append(_Decision(n, tableau.low[n], tableau.high[n], self._ways(n)))
            while not self._next_way(trail[-1]):
                trail.pop()
                if not trail or self.budget <= 0:
                    return False
        return True

    def _next_way(self, decision: _Decision) -> bool:
        """Take the next way that a decision has left."""
        n = decision.choice
        self.tableau.low[n], self.tableau.high[n] = decision.low, decision.high
        while decision.ways and self.budget > 0:
            self.budget -= 1
            if self._narrowed(n, *decision.ways.pop(0)):
                return True
        return False

    def _rank(self, n: int) -> tuple[Number, int]:
        """The least undecided first."""
        rest = self.tableau.values[n] % self._choices.unit
        return min(rest, self._choices.unit - rest), n

    def _ways(self, n: int) -> list[tuple[int, int]]:
        """The ends below and above an open value, the nearer to the exact value first."""
        tableau, unit = self.tableau, self._choices.unit
        floor = int(tableau.values[n] // unit) * unit
        down, up = (tableau.low[n], floor), (floor + unit, tableau.high[n])
        ways = [down, up] if 2 * self._choices.rest[n] < 2 * floor + unit else [up, down]
        return [(low, high) for low, high in ways if low <= high]

    def _narrowed(self, n: int, low: int, high: int) -> bool:
        """Whether the choice can be brought between these ends; they hold from then on."""
        tableau = self.tableau
        value = tableau.values[n]
        if not low <= value <= high and not tableau.drive(n, low if value < low else high):
            return False
        tableau.low[n], tableau.high[n] = low, high
        return True


def search(choices: Choices, budget: int = TRIES) -> tuple[list[int] | None, bool]:
    """Integral choices within one unit, and whether the answer is certain: None may only mean that none was found."""
    attempt = _Search(choices, budget)
    chosen = attempt.run()
    return chosen, chosen is not None or attempt.budget > 0


def search_beyond(choices: Choices, budget: int = TRIES // 20) -> tuple[list[int] | None, bool]:
    """Integral choices, few of them beyond one unit, and whether fewer are known not to do. None: not even so."""
    certain = True
    near = _Search(choices, budget).tableau.open()
    for wide in _widenings(choices, near):
        attempt = _Search(choices, budget)
        chosen = attempt.run(wide)
        if chosen is not None:
            return chosen, certain and len(wide) == 1
        certain &= attempt.budget > 0
    return None, False


def _widenings(choices: Choices, near: list[int]) -> Iterator[tuple[int, ...]]:
    """Which choices may go beyond one unit: one, then two where they are few, at last all."""
    close = set(near)
    ranked = sorted(range(len(choices)), key=lambda n: (choices.top[n] == 0, choices.weight[n], n not in close, n))
    yield from ((n,) for n in ranked[:_WIDENED])
    yield from combinations(ranked[:_PAIRED], 2)
    yield tuple(n for n in ranked if choices.top[n])
    yield tuple(ranked)
