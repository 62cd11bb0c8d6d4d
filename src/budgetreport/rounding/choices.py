"""Rounding as yes or no: a cell prints its floor or one unit more, and sums say how many yes they need.

An exact multiple has no choice. Choices that a sum ties together one to one (a total of one part, two
parts of a whole amount) are one choice, so that little is left to solve.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from budgetreport.rounding.task import Cell, Task

Terms = dict[int, int]
"""Signs by choice: the signed sum of choices that an equation sets."""


@dataclass(frozen=True, slots=True)
class Equation:
    """The signed sum of these choices is `equals`."""

    terms: Terms
    equals: int


@dataclass(slots=True)
class Choices:
    """Choices 0, 1, 2 … in the order of the cells' names.

    `rest[n]` is what is above the floor (分, less than a unit); `price[n]` what a yes costs more than a no
    (in a fixed proportion to 分, summed over all cells of the choice); `top[n]` 1, or 0 where a yes is none
    (an exact multiple);
    `lowest` and `highest` how far the choice may go if one unit does not do; `weight` its number of cells
    and what they add up to.
    """

    unit: int
    rest: list[int] = field(default_factory=list)
    price: list[int] = field(default_factory=list)
    top: list[int] = field(default_factory=list)
    lowest: list[int] = field(default_factory=list)
    highest: list[int] = field(default_factory=list)
    weight: list[tuple[int, int]] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rest)

    def part(self, members: Iterable[int], equations: Iterable[Equation]) -> Choices:
        """Some of the choices, numbered anew in the same order."""
        kept = sorted(members)
        number = {old: new for new, old in enumerate(kept)}
        found = Choices(
            self.unit,
            [self.rest[n] for n in kept],
            [self.price[n] for n in kept],
            [self.top[n] for n in kept],
            [self.lowest[n] for n in kept],
            [self.highest[n] for n in kept],
            [self.weight[n] for n in kept],
        )
        found.equations = [Equation({number[n]: s for n, s in e.terms.items()}, e.equals) for e in equations]
        return found


@dataclass(frozen=True, slots=True)
class Reading:
    """How a cell follows from a choice: floor + choice, or floor + 1 − choice."""

    choice: int
    negated: bool = False

    def bit(self, chosen: int) -> int:
        """Units above the floor."""
        return 1 - chosen if self.negated else chosen


class _Ties:
    """Union of choices that are equal or opposite."""

    def __init__(self, count: int) -> None:
        self._up = list(range(count))
        self._odd = [False] * count

    def find(self, n: int) -> tuple[int, bool]:
        """The representative, and whether it is the opposite."""
        path = []
        while self._up[n] != n:
            path.append(n)
            n = self._up[n]
        odd = False
        for one in reversed(path):
            odd ^= self._odd[one]
            self._up[one], self._odd[one] = n, odd
        return n, odd

    def tie(self, one: int, other: int, *, opposite: bool) -> None:
        """The two are from now on one choice, the smaller number's."""
        (a, odd_a), (b, odd_b) = self.find(one), self.find(other)
        if a != b:
            low, high = min(a, b), max(a, b)
            self._up[high], self._odd[high] = low, odd_a ^ odd_b ^ opposite


def loose(task: Task, *, multiples: bool) -> list[Cell]:
    """The cells that have a choice, in the order of their names; `multiples`: exact ones but zero too."""
    unit = task.unit
    return sorted(c for c, v in task.exact.items() if (v if multiples else v % unit))


def raw_equations(task: Task, number: Mapping[Cell, int]) -> Iterator[Equation]:
    """Each sum as an equation of the cells' own choices, those settled already taken out."""
    unit = task.unit
    for one in task.sums:
        terms: defaultdict[int, int] = defaultdict(int)
        owed = 0
        for cell, sign in ((one.total, -1), *((part, 1) for part in one.parts)):
            owed -= sign * (task.exact[cell] // unit)
            if cell in number:
                terms[number[cell]] += sign
        yield Equation({n: s for n, s in terms.items() if s}, owed)


def reduced(task: Task, *, multiples: bool = False) -> tuple[Choices, dict[Cell, Reading]]:
    """The choices left, and how each loose cell follows from one.

    `multiples`: exact multiples (but zero) are choices too, for where there is no solution that keeps them.
    """
    cells = loose(task, multiples=multiples)
    number = {cell: n for n, cell in enumerate(cells)}
    ties = _Ties(len(cells))
    equations = list(raw_equations(task, number))
    changed = True
    while changed:
        changed = False
        kept: list[Equation] = []
        for equation in equations:
            now = _tied(equation, ties)
            if not now.terms:
                continue  # it holds: the exact values satisfy it
            if not multiples and (pair := _pair(now)):
                ties.tie(pair[0], pair[1], opposite=pair[2])
                changed = True
            else:
                kept.append(now)
        equations = kept
    return _choices(task, cells, ties, equations)


def _tied(equation: Equation, ties: _Ties) -> Equation:
    """The equation in terms of the representatives."""
    terms: defaultdict[int, int] = defaultdict(int)
    equals = equation.equals
    for n, sign in equation.terms.items():
        root, odd = ties.find(n)
        terms[root] += -sign if odd else sign
        equals -= sign if odd else 0
    return Equation({n: s for n, s in terms.items() if s}, equals)


def _pair(equation: Equation) -> tuple[int, int, bool] | None:
    """Two choices that the equation makes equal (False) or opposite (True)."""
    if len(equation.terms) != 2:  # noqa: PLR2004 - a pair
        return None
    (a, sign_a), (b, sign_b) = equation.terms.items()
    if abs(sign_a) != 1 or abs(sign_b) != 1:
        return None
    if sign_a != sign_b and equation.equals == 0:
        return a, b, False
    return (a, b, True) if sign_a == sign_b and equation.equals == sign_a else None


def _choices(
    task: Task, cells: list[Cell], ties: _Ties, equations: list[Equation]
) -> tuple[Choices, dict[Cell, Reading]]:
    unit = task.unit
    found = Choices(unit)
    finer = len(cells) + 1  # a half goes up where nothing else decides
    number: dict[int, int] = {}
    readings: dict[Cell, Reading] = {}
    for n, cell in enumerate(cells):
        root, odd = ties.find(n)
        rest = task.exact[cell] % unit
        if root not in number:
            number[root] = len(found)
            found.rest.append(unit - rest if odd else rest)
            found.price.append(0)
            found.top.append(int(rest > 0))
            found.lowest.append(-1)
            found.highest.append(2 if rest else 1)
            found.weight.append((0, 0))
        at = number[root]
        readings[cell] = Reading(at, odd)
        price = (unit - 2 * rest) * finer + (0 if 2 * rest != unit else 1 if task.exact[cell] < 0 else -1)
        found.price[at] += -price if odd else price
        count, size = found.weight[at]
        found.weight[at] = count + 1, size + abs(task.exact[cell])
        # A sign is kept: nothing above zero prints below it, nor the reverse.
        low, high = (0 if 0 < task.exact[cell] < unit else -1), (1 if -unit < task.exact[cell] < 0 else 2)
        if odd:
            low, high = 1 - high, 1 - low
        found.lowest[at], found.highest[at] = max(found.lowest[at], low), min(found.highest[at], high)
    once = {(tuple(sorted((number[n], s) for n, s in e.terms.items())), e.equals) for e in equations}
    found.equations = [Equation(dict(terms), equals) for terms, equals in sorted(once)]
    return found, readings


def components(choices: Choices) -> Iterator[tuple[list[int], Choices]]:
    """Choices that equations link, apart from all others: their numbers, and they alone."""
    up = list(range(len(choices)))

    def find(n: int) -> int:
        while up[n] != n:
            up[n] = up[up[n]]
            n = up[n]
        return n

    for equation in choices.equations:
        first, *others = equation.terms
        for other in others:
            a, b = find(first), find(other)
            up[max(a, b)] = min(a, b)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for n in range(len(choices)):
        members[find(n)].append(n)
    own: defaultdict[int, list[Equation]] = defaultdict(list)
    for equation in choices.equations:
        own[find(next(iter(equation.terms)))].append(equation)
    for root, kept in members.items():
        yield kept, choices.part(kept, own[root])
