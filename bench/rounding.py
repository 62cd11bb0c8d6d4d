"""How long balanced rounding takes by size, and with what exponent: `python bench/rounding.py`.

Made-up tables, the same in every run: pure trees (largest remainders), rows nested and columns flat
(cheapest flow), both nested (bounded search). `exponent` is the slope of log time over log cells,
least squares over the sizes of a kind; n log n has about 1.1 here. Times are CPU seconds, best of three
(of one from a second on).
"""

from __future__ import annotations

import random  # noqa: TID251 - seeded: the same tables in every run
import time
from collections.abc import Iterator
from math import log

from budgetreport.rounding import Balanced, Cell, Crossing, Task, Total, balance, nearest, sums_of

UNIT = 10_000
FLAT = {0: tuple(range(1, 9))}
NESTED = {0: (1, 2), 1: tuple(range(3, 10))}
"""合计 over 小计 and 结转, 小计 over seven sources."""
TREES = (1_000, 3_000, 10_000, 30_000, 100_000)
FLOWS = (125, 250, 500, 1_000, 2_000)
SEARCHES = (25, 50, 100, 200, 400, 800)


def main() -> None:
    """Time each kind at each size."""
    print("| kind | cells | s | within one unit | off nearest | exponent |\n|---|---|---|---|---|---|")
    for kind, tasks in (
        ("tree", [crossed(size * 5 // 6, {0: ()}) for size in TREES]),
        ("rows × 8 columns with a total", [crossed(size, FLAT) for size in FLOWS]),
        ("rows × columns, both nested", [crossed(size, NESTED) for size in SEARCHES]),
    ):
        times = []
        for number, task in enumerate(tasks):
            seconds, found = timed(task)
            times.append((len(task.exact), seconds))
            off = sum(found.printed[cell] != nearest(exact, UNIT) for cell, exact in task.exact.items())
            slope = f"{exponent(times):.2f}" if number == len(tasks) - 1 else ""
            cells = f"{len(task.exact):,}"
            within = found.holds and not found.exceeding
            print(
                f"| {kind} | {cells} | {seconds:.3f} | {within} | {off:,} | {slope} |",
                flush=True,
            )


def timed(task: Task) -> tuple[float, Balanced]:
    """CPU seconds and the result."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        found = balance(task)
        best = min(best, time.process_time() - start)
        if best > 1:
            break
    return best, found


def crossed(finest: int, columns: dict[int, tuple[int, ...]]) -> Task:
    """So many finest rows, five under each node, up to one root, over these columns."""
    rng = random.Random(finest)  # noqa: S311 - no secret
    rows = grown(finest)
    leaves = {row for below in rows.values() for row in below} - set(rows)
    inner = {at: below for at, below in columns.items() if below}
    ends = sorted({0, *(at for below in inner.values() for at in below)})
    exact = {(r, c): rng.choice((0, rng.randrange(10**8))) for r in sorted(leaves) for c in ends if c not in inner}
    for row in sorted(leaves):
        for at in sorted(inner, reverse=True):
            exact[row, at] = sum(exact[row, below] for below in inner[at])
    for row in sorted(rows, reverse=True):
        for at in ends:
            exact[row, at] = sum(exact[below, at] for below in rows[row])
    down = {(row, at): (below,) for row, below in rows.items() for at in ends}
    across = {(row, at): (below,) for row in {row for row, _ in exact} for at, below in inner.items()}
    sums: Iterator[Total] = sums_of(Crossing(down, across, name))
    return Task(UNIT, {name(*place): value for place, value in exact.items()}, tuple(sums))


def grown(finest: int) -> dict[int, tuple[int, ...]]:
    """A tree by numbers, 0 its root, five below each node and as many finest nodes as wanted, about."""
    rows: dict[int, tuple[int, ...]] = {}
    level, fresh = [0], 1
    while len(level) < finest:
        wanted = min(5 * len(level), finest)
        following = list(range(fresh, fresh + wanted))
        for n, node in enumerate(level):
            below = tuple(following[n :: len(level)])
            if below:
                rows[node] = below
        fresh += wanted
        level = following
    return rows


def name(row: int, column: int) -> Cell:
    """A cell's name, in the order of rows and columns."""
    return f"{row:06}/{column:03}"


def exponent(times: list[tuple[int, float]]) -> float:
    """The slope of log seconds over log cells."""
    points = [(log(size), log(max(seconds, 1e-6))) for size, seconds in times]
    middle = [sum(each) / len(points) for each in zip(*points, strict=True)]
    spread = sum((x - middle[0]) ** 2 for x, _ in points)
    return float(sum((x - middle[0]) * (y - middle[1]) for x, y in points) / spread)


if __name__ == "__main__":
    main()
