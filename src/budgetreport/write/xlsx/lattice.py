"""Columns of a sheet: widths by content, and one set of columns for grids that stand one above the other."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import fsum

from budgetreport.report import Grid
from budgetreport.write.xlsx import measure

_HEAD, _HEAD_LEAST = 14.0, 6.5
"""Units of a head at most and at least: heads wrap."""
_LONG_HEAD = 8
"""Heads of so many characters wrap into two lines, longer ones into three."""
_LEAST = 4.0
"""Units of the narrowest column."""
_WRAPS = 12.0
"""Units down to which a column of texts may be squeezed before the page is shrunk."""
_UNIT = 20.0
"""Units that the last column is widened to at most for the caption's last text."""
_SQUEEZED = 0.8
"""The share of its hint that a column keeps."""
_WIDE = 48.0
"""Units beyond which a text wraps wherever it stands."""

_NEAR = 1.0
"""Units within which the bounds of two grids count as one."""


@dataclass(frozen=True, slots=True)
class Widths:
    """Of a grid's columns in units: what they need without wrapping, where only heads wrap, and where all texts do."""

    natural: tuple[float, ...]
    whole: tuple[float, ...]
    least: tuple[float, ...]

    def filling(self, narrowest: float, widest: float) -> tuple[float, ...]:
        """Stretched to `narrowest` in proportion, or squeezed towards `widest` where texts can wrap."""
        natural = fsum(self.natural)
        if natural < narrowest:
            return tuple(w * narrowest / natural for w in self.natural)
        if natural <= widest:
            return self.natural
        if fsum(self.least) >= widest:
            return self.least
        low, high = (self.whole, self.natural) if fsum(self.whole) <= widest else (self.least, self.whole)
        share = (widest - fsum(low)) / (fsum(high) - fsum(low))
        return tuple(a + (b - a) * share for a, b in zip(low, high, strict=True))


def widths(grid: Grid, size: float, last: float = 0) -> Widths:
    """Widths by content and by the columns' hints; cells over several columns do not count.

    `last`: units that the last column has at least (what stands above it: the unit of amounts).
    """
    natural = [_LEAST] * len(grid.columns)
    whole, least = [*natural], [*natural]
    natural[-1] = whole[-1] = least[-1] = max(_LEAST, min(last, _UNIT))
    for row in grid.rows:
        head = row.role != "body"
        for index, cell in enumerate(row.cells):
            if cell is None or cell.columns > 1 or not cell.text:
                continue
            needed = measure.width(cell.text, size, cell.indent)
            if head:
                natural[index] = max(natural[index], min(needed, _HEAD))
                lines = 2 if len(cell.text) <= _LONG_HEAD else 3
                wrapped = measure.characters(-(-len(cell.text) // lines), size)
                whole[index] = max(whole[index], min(needed, _HEAD, max(_HEAD_LEAST, wrapped)))
                least[index] = max(least[index], min(needed, _HEAD_LEAST))
            else:
                wraps = cell.value is None and not grid.columns[index].kind.is_firm
                natural[index] = max(natural[index], min(needed, _WIDE))
                whole[index] = max(whole[index], min(needed, _WIDE))
                least[index] = max(least[index], min(needed, _WRAPS if wraps else _WIDE))
    for index, column in enumerate(grid.columns):
        if column.width:
            hint = measure.characters(column.width, size)
            least[index] = max(least[index], _SQUEEZED * hint)
            natural[index] = whole[index] = max(least[index], hint)
    return Widths(tuple(natural), tuple(whole), tuple(least))


def common(grids: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], tuple[tuple[int, ...], ...]]:
    """One set of sheet columns for several grids, each a sequence of column widths with the same sum.

    Returns the widths of the sheet's columns, and for each grid the bounds of its columns: column i covers the
    sheet columns bounds[i] to bounds[i + 1] - 1, counted from 0. Bounds that nearly meet become one.
    """
    # less than half the narrowest column: bounds of one grid never meet, and keep their order
    near = min([_NEAR, *(0.4 * min(grid) for grid in grids)])
    total = max((fsum(grid) for grid in grids), default=0.0)
    lines = [0.0, total]
    chosen: list[list[float]] = [[] for _ in grids]
    for index in sorted(range(len(grids)), key=lambda i: -len(grids[i])):
        for bound in list(accumulate(grids[index]))[:-1]:
            line = _nearest(lines, bound)
            if abs(line - bound) > near:
                insort(lines, bound)
                line = bound
            chosen[index].append(line)
    places = {line: number for number, line in enumerate(lines)}
    bounds = tuple((0, *(places[line] for line in ours), len(lines) - 1) for ours in chosen)
    return tuple(b - a for a, b in pairwise(lines)), bounds


def _nearest(lines: Sequence[float], bound: float) -> float:
    at = bisect_left(lines, bound)
    return min(lines[max(0, at - 1) : at + 1], key=lambda line: abs(line - bound))


def divide(columns: Sequence[float], needs: Sequence[float]) -> tuple[int, ...] | None:
    """Bounds that divide sheet columns among up to three texts of a caption line, so that each has room.

    The middle one of three stands as near the middle as it can. None: fewer columns than texts.
    """
    edges = [0.0, *accumulate(columns)]
    last, count = len(columns), len(needs)
    if count > last:
        return None
    inner: list[tuple[int, ...]] = [()]
    if count == 2:  # noqa: PLR2004 - left and right
        inner = [(i,) for i in range(1, last)]
    elif count == 3:  # noqa: PLR2004 - left, centre and right
        inner = [(i, j) for i in range(1, last) for j in range(i + 1, last)]

    def badness(cuts: tuple[int, ...]) -> tuple[float, float]:
        bounds = (0, *cuts, last)
        rooms = [edges[b] - edges[a] for a, b in pairwise(bounds)]
        lacking = fsum(max(0.0, need - room) for need, room in zip(needs, rooms, strict=True))
        return round(lacking, 3), round(abs(rooms[0] - rooms[-1]), 3)

    return (0, *min(inner, key=badness), last)
