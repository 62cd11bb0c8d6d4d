"""What balanced rounding (舍位平衡) is given and what it gives back.

Amounts are integers of 分. Cells are named; names decide between equals, so that the order in which
cells and sums are given never matters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Cell = str
"""A cell's name. Where two are equally good, the name that sorts first is preferred."""


@dataclass(frozen=True, slots=True)
class Total:
    """A printed total that must equal the sum of printed parts."""

    total: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Printed cells with exact values, and the sums that must hold between what is printed.

    `unit`: one of the last place printed, in 分 (万元 with two decimals: 10,000).
    """

    unit: int
    exact: Mapping[Cell, int]
    sums: tuple[Total, ...] = ()


@dataclass(frozen=True, slots=True)
class Balanced:
    """Printed values (分, whole units).

    `exceeding`: cells a whole unit or more off their exact value, empty wherever a solution without was
    found; `certain`: whether that is known to be necessary (a bounded search may not tell); `holds`: whether
    all sums hold; where no values were found that meet them, each cell prints its nearest.
    """

    printed: Mapping[Cell, int]
    exceeding: tuple[Cell, ...] = ()
    certain: bool = True
    holds: bool = True


class ContradictionError(ValueError):
    """An exact total is not the sum of its exact parts: nothing that rounding may hide."""


def nearest(exact: int, unit: int) -> int:
    """The nearest whole unit, half away from zero (四舍五入)."""
    below, rest = divmod(abs(exact), unit)
    found = (below + (2 * rest >= unit)) * unit
    return found if exact >= 0 else -found


def check(task: Task) -> None:
    """ContradictionError where an exact sum does not hold."""
    for one in task.sums:
        if task.exact[one.total] != sum(task.exact[part] for part in one.parts):
            raise ContradictionError(one.total)
