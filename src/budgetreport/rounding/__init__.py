"""Balanced rounding (舍位平衡): printed parts add up to printed totals. Basis: docs/layouts.md, rounding.

Integers only. Pure trees go by largest remainders, what is a network by the cheapest flow, all else by a
bounded search that says where it needs two units.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from budgetreport.rounding.choices import Choices, components, reduced
from budgetreport.rounding.flow import cheapest
from budgetreport.rounding.network import network
from budgetreport.rounding.search import search, search_beyond
from budgetreport.rounding.tables import Crossing, sums_of
from budgetreport.rounding.task import Balanced, Cell, ContradictionError, Task, Total, check, nearest
from budgetreport.rounding.tree import balance_forest, is_forest

__all__ = ["Balanced", "Cell", "ContradictionError", "Crossing", "Task", "Total", "balance", "nearest", "sums_of"]


def balance(task: Task) -> Balanced:
    """Printed values for all cells. ContradictionError: the exact sums do not hold."""
    check(task)
    if is_forest(task):
        return Balanced({**balance_forest(task)})
    within = _chosen(task, _within)
    if within.found:
        return _balanced(task, within)
    for multiples in (False, True):
        beyond = _chosen(task, _beyond, multiples=multiples)
        if beyond.found:
            return _balanced(task, replace(beyond, certain=beyond.certain and within.certain))
    return _by_itself(task)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Units above the floor by cell, and whether they were found, certainly."""

    units: Mapping[Cell, int]
    found: bool
    certain: bool


_Answer = tuple[list[int] | None, bool]


def _chosen(task: Task, solve: Callable[[Choices], _Answer], *, multiples: bool = False) -> _Chosen:
    """Every linked part of the choices solved by itself."""
    choices, readings = reduced(task, multiples=multiples)
    chosen = [0] * len(choices)
    certain = True
    for members, part in components(choices):
        found, sure = solve(part)
        certain &= sure
        if found is None:
            return _Chosen({}, found=False, certain=certain)
        for n, value in zip(members, found, strict=True):
            chosen[n] = value
    units = {cell: reading.bit(chosen[reading.choice]) for cell, reading in readings.items()}
    return _Chosen(units, found=True, certain=certain)


def _within(part: Choices) -> _Answer:
    """Linked choices within one unit, by what they are."""
    if not part.equations:
        return [int(price < 0) for price in part.price], True
    links = network(part)
    return (cheapest(links, part.price), True) if links else search(part)


def _beyond(part: Choices) -> _Answer:
    """The same, or with few choices beyond one unit."""
    found, certain = search(part) if 0 in part.top else _within(part)
    if found is not None:
        return found, True
    found, fewest = search_beyond(part)
    return found, certain and fewest


def _balanced(task: Task, chosen: _Chosen) -> Balanced:
    unit = task.unit
    printed = dict(task.exact)
    for cell, units in chosen.units.items():
        printed[cell] = (task.exact[cell] // unit + units) * unit
    return Balanced(printed, _exceeding(task, printed), chosen.certain)


def _exceeding(task: Task, printed: Mapping[Cell, int]) -> tuple[Cell, ...]:
    """Cells that are a whole unit or more off."""
    return tuple(sorted(c for c, v in task.exact.items() if abs(printed[c] - v) >= task.unit))


def _by_itself(task: Task) -> Balanced:
    """Nothing was found that meets all sums: each cell its nearest value, and it is said."""
    return Balanced({c: nearest(v, task.unit) for c, v in task.exact.items()}, (), certain=False, holds=False)
