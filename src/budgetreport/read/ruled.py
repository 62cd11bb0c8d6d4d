"""Which cells of a sheet form grids: borders tell, and where a sheet has none, rows filled side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

At = tuple[int, int]
"""Row and column of a cell, from 1."""
_FILLED = 3
"""So many filled cells side by side make a row of a grid in a sheet without borders."""
_LARGEST = 2_000_000
"""Places of a grid at most; a larger one is a sheet whose borders were drawn to its end."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Merged cells, first and last row and column."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of cells that is a grid, with the merges that begin in it."""

    top: int
    left: int
    bottom: int
    right: int
    merges: Mapping[At, Merge]

    def places(self, cells: Iterable[At]) -> Iterator[At]:
        """Those of the cells that lie inside."""
        return ((y, x) for y, x in cells if self.top <= y <= self.bottom and self.left <= x <= self.right)

    def rows(self) -> list[list[tuple[At, tuple[int, int] | None]]]:
        """Each row's places with their spans, None where one covers it; lines at which no cell begins left out."""
        covered: set[At] = set()
        spans: dict[At, Merge] = {}
        for merge in self.merges.values():
            inside = {
                (y, x)
                for y in range(merge.top, min(merge.bottom, self.bottom) + 1)
                for x in range(merge.left, min(merge.right, self.right) + 1)
            }
            covered |= inside - {(merge.top, merge.left)}
            spans[merge.top, merge.left] = merge
        ys = [
            y
            for y in range(self.top, self.bottom + 1)
            if any((y, x) not in covered for x in range(self.left, self.right + 1))
        ]
        xs = [x for x in range(self.left, self.right + 1) if any((y, x) not in covered for y in ys)]
        return [[((y, x), None if (y, x) in covered else _span(spans.get((y, x)), ys, xs)) for x in xs] for y in ys]


def _span(merge: Merge | None, ys: list[int], xs: list[int]) -> tuple[int, int]:
    if merge is None:
        return 1, 1
    return sum(merge.top <= y <= merge.bottom for y in ys), sum(merge.left <= x <= merge.right for x in xs)


def regions(cells: Mapping[At, Any], merges: Mapping[At, Merge]) -> list[Region]:
    """The grids of a sheet, from top to bottom."""
    ruled = _ruled(cells)
    found = _blocks(ruled) or _blocks(_filled(cells))
    return [
        Region(
            top, left, bottom, right,
            {at: m for at, m in merges.items() if top <= m.top <= bottom and left <= m.left <= right},
        )
        for top, left, bottom, right in found
        if (bottom - top + 1) * (right - left + 1) <= _LARGEST
    ]  # fmt: skip


def _ruled(cells: Mapping[At, Any]) -> set[At]:
    """Cells with a vertical and a horizontal line, their own or a neighbour's."""
    lines: dict[str, set[At]] = {"left": set(), "right": set(), "top": set(), "bottom": set()}
    for at, cell in cells.items():
        if cell.has_style:
            border = cell.border
            for side, ats in lines.items():
                edge = getattr(border, side)
                if edge is not None and edge.style:
                    ats.add(at)

    def drawn(at: At, side: str, other: str, step: At) -> bool:
        return at in lines[side] or (at[0] + step[0], at[1] + step[1]) in lines[other]

    return {
        at
        for at in cells
        if (drawn(at, "left", "right", (0, -1)) or drawn(at, "right", "left", (0, 1)))
        and (drawn(at, "top", "bottom", (-1, 0)) or drawn(at, "bottom", "top", (1, 0)))
    }


def _filled(cells: Mapping[At, Any]) -> set[At]:
    """Cells of rows with several filled cells next to a row of the same kind."""
    rows: dict[int, set[At]] = {}
    for at, cell in cells.items():
        if cell.value not in (None, ""):
            rows.setdefault(at[0], set()).add(at)
    full = {y for y, ats in rows.items() if len(ats) >= _FILLED}
    return {at for y in full if {y - 1, y + 1} & full for at in rows[y]}


def _blocks(ruled: set[At]) -> list[tuple[int, int, int, int]]:
    """Rectangles around runs of rows: top, left, bottom, right."""
    ys = sorted({y for y, _ in ruled})
    runs: list[list[int]] = [[y] for y in ys[:1]]
    for above, y in pairwise(ys):
        if y == above + 1:
            runs[-1].append(y)
        else:
            runs.append([y])
    extents: dict[int, tuple[int, int]] = {}
    for y, x in ruled:
        low, high = extents.get(y, (x, x))
        extents[y] = min(low, x), max(high, x)
    return [(run[0], min(extents[y][0] for y in run), run[-1], max(extents[y][1] for y in run)) for run in runs]
