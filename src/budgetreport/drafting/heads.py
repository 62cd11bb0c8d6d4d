"""The heads of a found grid as a tree, and how a layout says that they are drawn so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgetreport.read.found import FoundCell
from budgetreport.read.lattice import Rows, covering


@dataclass(frozen=True)
class Head:
    """A head over the columns from `left`, `width` of them, `rows` high, with the heads below it."""

    text: str
    left: int
    width: int
    rows: int
    below: tuple[Head, ...] = ()

    def leaves(self) -> Iterator[Head]:
        """The heads that stand right over a column, from the left."""
        if not self.below:
            yield self
        for head in self.below:
            yield from head.leaves()


def tree(rows: Rows, height: int) -> tuple[Head, ...] | None:
    """The heads of the first rows, or None where no tree is drawn: a head over half of another, or a gap."""
    width = len(rows[0]) if rows else 0
    heads = _below(rows, height, 0, (0, width))
    if heads is None or [leaf.width for head in heads for leaf in head.leaves()] != [1] * width:
        return None
    return heads


def _below(rows: Rows, height: int, top: int, span: tuple[int, int]) -> tuple[Head, ...] | None:
    found: list[Head] = []
    at = span[0]
    while at < span[1]:
        cell = rows[top][at]
        if cell is None or at + cell.columns > span[1] or top + cell.rows > height:
            return None
        below: tuple[Head, ...] | None = ()
        if top + cell.rows < height:
            below = _below(rows, height, top + cell.rows, (at, at + cell.columns))
        if below is None:
            return None
        found.append(Head(_text(cell), at, cell.columns, cell.rows, below))
        at += cell.columns
    return tuple(found)


def stretched(heads: Sequence[Head]) -> str:
    """Who fills spare rows: `leaves`, `groups`, or '' where neither is always true."""
    every = list(_all(heads))
    if all(head.rows == 1 for head in every if head.below):
        return "leaves"
    return "groups" if all(head.rows == 1 for head in every if not head.below) else ""


def _all(heads: Sequence[Head]) -> Iterator[Head]:
    for head in heads:
        yield head
        yield from _all(head.below)


def drawn(rows: Rows) -> list[list[str]]:
    """The rows cell by cell, < for what the left cell covers and ^ for what the upper one does."""
    return [[_drawn(rows, place, (y, x)) for x, place in enumerate(row)] for y, row in enumerate(covering(rows))]


def _drawn(rows: Rows, place: tuple[int, int] | None, at: tuple[int, int]) -> str:
    """What stands at a place; `place`: where the cell that covers it begins."""
    cell = rows[place[0]][place[1]] if place else None
    if cell is None or place is None:
        return ""
    return _text(cell) if place == at else "<" if place[1] < at[1] else "^"


def _text(cell: FoundCell) -> str:
    return cell.text.strip().replace("\n", "")
