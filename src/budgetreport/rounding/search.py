"""What is no network (rows and columns both nested, tables that share cells): a bounded search.

Without a solution within one unit, single cells may go beyond it, and it is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from budgetreport.rounding.choices import Choices
from budgetreport.rounding.solver import Solver

PATIENT, TRIES = 2_000, 20_000
"""So many contradictions for results near the exact values, then for any, before a search gives up.

Basis: measured, see bench/rounding.py.
"""
_BEYOND = 1_000
"""So many for each attempt to let single cells go further."""
_WIDENED, _PAIRED = 64, 6
"""So many single cells, and so many in pairs, are tried beyond one unit before all are."""


class _Encoded:
    """Choices as bits: one for each unit that a choice may go above its lowest."""

    def __init__(self, choices: Choices, wide: Iterable[int] = (), *, hasty: bool = False) -> None:
        far = set(wide)
        self._low = [choices.lowest[n] if n in far else 0 for n in range(len(choices))]
        self._bits: list[range] = []
        near: list[int] = []
        for n, low in enumerate(self._low):
            width = (choices.highest[n] if n in far else choices.top[n]) - low
            self._bits.append(range(len(near), len(near) + width))
            wanted = int(choices.price[n] < 0) - low
            near += [int(place < wanted) for place in range(width)]
        equations = []
        for one in choices.equations:
            terms = [(bit, sign) for n, sign in one.terms.items() for bit in self._bits[n]]
            equations.append((terms, one.equals - sum(sign * self._low[n] for n, sign in one.terms.items())))
        self._solver = Solver(near, equations, hasty=hasty)

    def run(self, tries: int) -> tuple[list[int] | None, bool]:
        """The choices, and whether the answer is certain."""
        values, certain = self._solver.run(tries)
        if values is None:
            return None, certain
        return [low + sum(values[bit] for bit in bits) for low, bits in zip(self._low, self._bits, strict=True)], True

    def knot(self) -> frozenset[int]:
        """The choices that contradictions were about."""
        hot = self._solver.hot()
        return frozenset(n for n, bits in enumerate(self._bits) if any(bit in hot for bit in bits))


def search(choices: Choices) -> tuple[list[int] | None, bool]:
    """Integral choices within one unit, and whether the answer is certain: None may only mean that none was found."""
    found, certain = _Encoded(choices).run(PATIENT)
    return (found, True) if certain else _Encoded(choices, hasty=True).run(TRIES)


def search_beyond(choices: Choices, tries: int = _BEYOND) -> tuple[list[int] | None, bool]:
    """Integral choices, few of them beyond one unit, and whether fewer are known not to do. None: not even so."""
    plain = _Encoded(choices)
    certain = plain.run(tries)[1]
    for wide in _widenings(choices, plain.knot()):
        found, sure = _Encoded(choices, wide).run(tries)
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
