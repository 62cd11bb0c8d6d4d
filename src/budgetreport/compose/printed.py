"""What a sum prints as: its nearest value, or what balancing found for it (see `balance`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from budgetreport.filters import Filter
from budgetreport.ledger import Book, Line
from budgetreport.money import NumberFormat
from budgetreport.rounding import nearest


class Key(NamedTuple):
    """Which sum: the last place printed (分), book and measure, and the mark of the lines that it goes over."""

    step: int
    book: str
    of: str
    mark: int


@dataclass(slots=True)
class Printing:
    """How the amounts of a document print.

    `values`: what balancing found (分); None while nothing is balanced: then sums stay exact and each place
    rounds by itself. `uneven`: whether a sum was asked for that is no multiple of the place's last digit.
    """

    books: Mapping[str, Book]
    values: Mapping[Key, int] | None = None
    uneven: bool = field(default=False)

    def sum(self, book: str, where: Filter, of: str, exact: int, fmt: NumberFormat) -> int:
        """A sum (分) as a place of that format prints it."""
        return self._printed(exact, fmt, lambda: Key(fmt.step, book, of, self.books[book].index(of).witness(where)))

    def line(self, book: str, line: Line, of: str, fmt: NumberFormat) -> int:
        """One line's measure (分) as a place of that format prints it."""
        exact = line.measures.get(of, 0)
        return self._printed(exact, fmt, lambda: Key(fmt.step, book, of, self.books[book].mark(line)))

    def _printed(self, exact: int, fmt: NumberFormat, key: Callable[[], Key]) -> int:
        if not fmt.balanced or exact % fmt.step == 0:
            return exact
        self.uneven = True
        if self.values is None:
            return exact
        found = self.values.get(key())
        return nearest(exact, fmt.step) if found is None else found
