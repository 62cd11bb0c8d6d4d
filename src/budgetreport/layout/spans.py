"""Drawn cells: `<` continues the cell on its left, `^` the one above; what hangs together must be a rectangle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LEFT, UP = "<", "^"
At = tuple[int, int]
"""Row and column, from 0."""


def spans(drawn: Sequence[Sequence[str]]) -> dict[At, tuple[int, int]]:
    """Rows and columns of each cell, by its upper left corner. Draw what `torn` finds nothing wrong with."""
    return {corner: _extent(corner, cells) for corner, cells in _pieces(drawn).items()}


def torn(drawn: Sequence[Sequence[str]]) -> list[At]:
    """The places of `<` and `^` that continue nothing, and the corners of cells that are no rectangles."""
    wrong = []
    for corner, cells in _pieces(drawn).items():
        rows, columns = _extent(corner, cells)
        if drawn[corner[0]][corner[1]] in (LEFT, UP) or len(cells) != rows * columns or min(cells) != corner:
            wrong.append(corner)
    return wrong


def divided(drawn: Sequence[Sequence[str]]) -> list[int]:
    """The columns at whose left side some row has a cell's border: all others are printed as one with their left."""
    owner = {at: corner for corner, cells in _pieces(drawn).items() for at in cells}
    rows = range(len(drawn))
    return [x for x in range(len(drawn[0])) if not x or any(owner[y, x] != owner[y, x - 1] for y in rows)]


def _extent(corner: At, cells: Sequence[At]) -> tuple[int, int]:
    return 1 + max(y for y, _ in cells) - corner[0], 1 + max(x for _, x in cells) - corner[1]


def _pieces(drawn: Sequence[Sequence[str]]) -> Mapping[At, list[At]]:
    """What hangs together, by the cell that it continues."""
    owners: dict[At, At] = {}
    pieces: dict[At, list[At]] = {}
    for y, row in enumerate(drawn):
        for x, text in enumerate(row):
            before = (y, x - 1) if text == LEFT else (y - 1, x) if text == UP else (y, x)
            owner = owners.setdefault((y, x), owners.get(before, (y, x)))
            pieces.setdefault(owner, []).append((y, x))
    return pieces
