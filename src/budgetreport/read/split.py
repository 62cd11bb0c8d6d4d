"""Grids that stand one right above the other look like one: cut where the next of the layout's grids begins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from budgetreport.read.expected import ExpectedGrid
from budgetreport.read.found import FoundCell
from budgetreport.read.lattice import Rows, cut, even
from budgetreport.wording import plain

_ENOUGH = 0.6
"""Share of a grid's first labels that its first row must have."""


def split(found: Sequence[Rows], known: Sequence[ExpectedGrid]) -> list[tuple[Rows, ExpectedGrid | None]]:
    """The found grids cut into those of a table, each with its definition; None where there are more."""
    pieces: list[tuple[Rows, ExpectedGrid | None]] = []
    current = -1
    for grid in found:
        rows = even(grid)
        current += 1
        starts = [(0, current)]
        for y, row in enumerate(rows):
            if y and current + 1 < len(known) and _begins(row, known[current + 1]):
                current += 1
                starts.append((y, current))
        for (start, which), (end, _) in pairwise([*starts, (len(rows), 0)]):
            pieces.append((cut(rows, start, end), known[which] if which < len(known) else None))
    return pieces


def _begins(row: Sequence[FoundCell | None], grid: ExpectedGrid) -> bool:
    """Whether a grid's first row is this one, by its labels."""
    texts = {plain(cell.text) for cell in row if cell is not None and cell.text}
    if grid.drawn:
        labels = {p.literal for (y, _), p in grid.drawn.items() if y == 0 and "{" not in p.source and p.literal}
    else:
        labels = {leaf.heads[0].literal for leaf in grid.leaves if leaf.heads[0].literal}
    return bool(labels) and len(labels & texts) >= _ENOUGH * len(labels)
