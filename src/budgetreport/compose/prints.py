"""What a document prints where: kept while composing, looked at only where sums must be balanced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from budgetreport.filters import Filter
from budgetreport.ledger import Book, Sum
from budgetreport.money import NumberFormat
from budgetreport.problems import TablePlace, TextPlace
from budgetreport.report import Cell

if TYPE_CHECKING:  # both are made of a Composition, which keeps what stands here
    from budgetreport.compose.heads import Leaf
    from budgetreport.compose.rows import Shown


@dataclass(frozen=True, slots=True)
class PrintedSide:
    """One side of a table: rows, columns, and the cells where they meet, None where there is none.

    `where`: what table and side narrow; `format`: how a row's cell of a column prints.
    """

    title: str
    book: Book
    where: Filter
    rows: Sequence[Shown]
    columns: Sequence[Leaf]
    cells: Sequence[Sequence[Cell | None]]
    format: Callable[[Shown, Leaf], NumberFormat]


@dataclass(frozen=True, slots=True)
class PrintedSum:
    """A sum that a text or a drawn form prints; `slot` says which one of its kind, where forms repeat."""

    where: TablePlace | TextPlace
    sum: Sum
    format: NumberFormat
    slot: str = ""


@dataclass(slots=True)
class Prints:
    """Sides of tables, and groups of sums that are read together (a text, a form), in reading order."""

    sides: list[PrintedSide] = field(default_factory=list)
    groups: list[list[PrintedSum]] = field(default_factory=list)
