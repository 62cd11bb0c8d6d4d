"""A pure tree: largest remainders, from the root down, in O(n log n)."""

from __future__ import annotations

from collections.abc import Mapping

from budgetreport.rounding.task import Cell, Task, nearest


def is_forest(task: Task) -> bool:
    """Whether each cell is the total of one sum at most and a part of one at most, none below itself."""
    totals = {one.total for one in task.sums}
    parts = [part for one in task.sums for part in one.parts]
    if len(totals) < len(task.sums) or len(set(parts)) < len(parts):
        return False
    below = {one.total: one.parts for one in task.sums}
    reached = list(totals.difference(parts))
    for cell in reached:
        reached += [part for part in below.get(cell, ()) if part in below]
    return len(reached) == len(totals)


def balance_forest(task: Task) -> Mapping[Cell, int]:
    """Roots print the nearest unit; below, the units left over go to the largest remainders.

    Since a printed total is the floor or the ceiling of its exact value, what is left over is never more
    than there are parts with a remainder.
    """
    unit, exact = task.unit, task.exact
    below = {one.total: one.parts for one in task.sums}
    parts = {part for one in task.sums for part in one.parts}
    printed = {cell: nearest(value, unit) for cell, value in exact.items() if cell not in parts}
    waiting = [cell for cell in printed if cell in below]
    for total in waiting:
        floors = {part: exact[part] // unit * unit for part in below[total]}
        over = (printed[total] - sum(floors.values())) // unit
        ranked = sorted(floors, key=lambda part: (-(exact[part] % unit), -abs(exact[part]), part))
        for part in ranked[:over]:
            floors[part] += unit
        printed |= floors
        waiting += [part for part in floors if part in below]
    return printed
