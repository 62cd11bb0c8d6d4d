"""Tables to balance: rows and columns as trees, a cell where they meet; and what any solution must satisfy."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from budgetreport.rounding import Balanced, Crossing, Task, Total, sums_of

Tree = dict[int, tuple[int, ...]]
"""Numbers below a number; 0 is the root."""


def tree(*sizes: int) -> Tree:
    """A tree whose root has sizes[0] children, each of them sizes[1], and so on."""
    found: Tree = {}
    level, fresh = [0], itertools.count(1)
    for size in sizes:
        for node in level:
            found[node] = tuple(next(fresh) for _ in range(size))
        level = [child for node in level for child in found[node]]
    return found


def nodes(found: Tree) -> list[int]:
    return sorted({0, *(n for below in found.values() for n in below)})


def leaves(found: Tree) -> list[int]:
    return [n for n in nodes(found) if n not in found]


def name(row: int, column: int) -> str:
    return f"{row:06}/{column:03}"


@dataclass(frozen=True)
class Table:
    """A task, and all sums of the table, those too that follow from others."""

    task: Task
    sums: tuple[Total, ...]


def table(rows: Tree, columns: Tree, value: Callable[[int, int], int], unit: int) -> Table:
    """The table of these values at the leaves."""
    exact: dict[tuple[int, int], int] = {(r, c): value(r, c) for r in leaves(rows) for c in leaves(columns)}
    for r in leaves(rows):
        for c in sorted(columns, reverse=True):
            exact[r, c] = sum(exact[r, below] for below in columns[c])
    for r in sorted(rows, reverse=True):
        for c in nodes(columns):
            exact[r, c] = sum(exact[below, c] for below in rows[r])
    down = {(r, c): (rows[r],) for r in rows for c in nodes(columns)}
    across = {(r, c): (columns[c],) for r in nodes(rows) for c in columns}
    every = [Total(name(r, c), tuple(name(n, c) for n in group)) for (r, c), (group,) in down.items()]
    every += [Total(name(r, c), tuple(name(r, n) for n in group)) for (r, c), (group,) in across.items()]
    said = tuple(sums_of(Crossing(down, across, name)))
    return Table(Task(unit, {name(r, c): v for (r, c), v in exact.items()}, said), tuple(every))


def holds(task: Task, sums: tuple[Total, ...], found: Balanced) -> None:
    """What balanced rounding promises (docs/layouts.md, rounding)."""
    printed = found.printed
    for one in sums:
        assert printed[one.total] == sum(printed[part] for part in one.parts), one
    for cell, exact in task.exact.items():
        assert printed[cell] % task.unit == 0
        assert abs(printed[cell] - exact) < (2 if cell in found.exceeding else 1) * task.unit + (
            cell in found.exceeding
        ), cell
        assert printed[cell] * exact >= 0, "a sign changed"
        assert exact != 0 or printed[cell] == 0
        if cell not in found.exceeding and exact % task.unit == 0:
            assert printed[cell] == exact


def within_one_unit(found: Balanced) -> bool:
    """Whether all sums hold and no cell is a whole unit or more off."""
    return found.holds and not found.exceeding


def cost(task: Task, printed: Mapping[str, int]) -> int:
    """Σ|printed − exact|."""
    return sum(abs(printed[cell] - exact) for cell, exact in task.exact.items())


def least(task: Task, sums: tuple[Total, ...]) -> int | None:
    """The least cost within one unit, by trying everything at the leaves; None where there is no solution."""
    unit, exact = task.unit, task.exact
    made = {one.total: one.parts for one in sums}
    finest = [cell for cell in exact if cell not in made]
    best = None
    for printed in itertools.product(*({exact[c] // unit * unit, -(-exact[c] // unit) * unit} for c in finest)):
        found = dict(zip(finest, printed, strict=True))
        for cell in made:
            _added(cell, made, found)
        if all(abs(found[cell] - value) < unit for cell, value in exact.items()):
            now = cost(task, found)
            best = now if best is None else min(best, now)
    return best


def _added(cell: str, made: Mapping[str, tuple[str, ...]], found: dict[str, int]) -> int:
    if cell not in found:
        found[cell] = sum(_added(part, made, found) for part in made[cell])
    return found[cell]
