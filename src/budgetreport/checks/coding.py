"""Codes as tables print them, judged by the year's lists: unknown, misnamed, without those above, too coarse."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from budgetreport.checks.document import Document
from budgetreport.checks.number import Spot
from budgetreport.checks.table import Row, Table
from budgetreport.codes import CodeTree
from budgetreport.compose.known_codes import nearest_code
from budgetreport.dimensions import Codes
from budgetreport.layout import Layout
from budgetreport.layout.model import Row as Shown
from budgetreport.wording import plain


@dataclass(frozen=True, slots=True)
class Coded:
    """A row with its code in a classification. `levels`: those that its side of the table lists, the highest first.

    `firsts`: of each code and each beginning of one, the row that has it, else the first row under it; `above`: the
    codes that some row stands under. Both are of the whole table: a list that is long goes on on the other side.
    """

    row: Row
    dimension: Codes
    levels: tuple[str, ...]
    year: int
    firsts: Mapping[str, Row]
    above: Container[str]

    @property
    def code(self) -> str:
        """The code as printed."""
        return self.row.code

    @property
    def key(self) -> tuple[int, int, str]:
        """What no other row of the document has: its table, side and code."""
        return self.row.table.block, self.row.side, self.code

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where the code is printed."""
        cell = self.row.coded
        return (cell.spot(cell.text),)

    @property
    def title(self) -> str:
        """What the classification is called."""
        return self.dimension.title

    @property
    def level(self) -> str:
        """The code's level, '' where no level has so many digits."""
        return self._tree.level(self.code)

    @property
    def digits(self) -> tuple[int, ...]:
        """How many digits a code of the classification may have."""
        return tuple(self._tree.levels.values())

    @property
    def is_known(self) -> bool:
        """Whether the year's list has it; where there is no list, every code is known."""
        return not self._tree.names or self._tree.holds(self.code, self.year)

    @property
    def due(self) -> str:
        """Its name in the year's list, '' where that has none."""
        return self._tree.name(self.code) if self.is_known else ""

    @property
    def is_sure(self) -> bool:
        """Whether the list is sure of the name."""
        entry = self._tree.entry(self.code)
        return entry is None or entry.is_sure

    @property
    def is_misnamed(self) -> bool:
        """Whether it is printed with another name than the list's; half and full width are the same."""
        return bool(self.due) and plain(self.row.label) != plain(self.due)

    @property
    def is_outdated(self) -> bool:
        """Whether the name is one that the code had in earlier years."""
        entry = self._tree.entry(self.code)
        return entry is not None and plain(self.row.label) in map(plain, entry.formerly)

    @property
    def nearest(self) -> str:
        """The year's code most like it."""
        return nearest_code(self.dimension, self.code, self.year)

    @property
    def nearest_name(self) -> str:
        """That one's name."""
        return self._tree.name(self.nearest)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The codes above it, at levels that the table lists, that the table has not; told of the first below."""
        above = [code for code in self._tree.lineage(self.code)[1:] if self._tree.level(code) in self.levels]
        return tuple(code for code in above if self.firsts[code] is self.row)

    @property
    def is_coarse(self) -> bool:
        """Whether nothing stands below it though the table lists a lower level, and the year's list has such codes."""
        if not self.level or self.level == self.levels[-1] or self.code in self.above:
            return False
        return any(c.startswith(self.code) and len(c) > len(self.code) for c in self._tree.in_year(self.year))

    @property
    def finest(self) -> str:
        """The lowest level that the table lists."""
        return self.levels[-1]

    @property
    def _tree(self) -> CodeTree:
        return self.dimension.tree


def coded(document: Document, layout: Layout, year: int) -> list[Coded]:
    """All rows of tables that the layout lists by codes, with the classification of each."""
    return [one for table in document.tables for one in _of_table(table, layout, year)]


def _of_table(table: Table, layout: Layout, year: int) -> Iterator[Coded]:
    defined = layout.tables.get(table.id)
    above = {row.code[:digits] for row in table.coded for digits in range(len(row.code))}
    firsts = {row.code[:digits]: row for row in table.coded[::-1] for digits in range(len(row.code))}
    firsts.update({row.code: row for row in table.coded[::-1]})
    for number, side in enumerate(defined.each_side() if defined else ()):
        shown = next(_trees(side.rows), None)
        dimension = layout.vocabulary.dimensions.get(shown.tree) if shown else None
        if shown and isinstance(dimension, Codes):
            levels = shown.levels or tuple(dimension.tree.levels)
            own = (row for row in table.coded if row.side == number)
            yield from (Coded(row, dimension, levels, year, firsts, above) for row in own)


def _trees(rows: Iterable[Shown]) -> Iterator[Shown]:
    for row in rows:
        if row.tree:
            yield row
        yield from _trees(row.rows)


@dataclass(frozen=True, slots=True)
class Outdated:
    """A row without a code that bears the old name of one; `due`: what it is called now."""

    row: Row
    code: str
    due: str

    @property
    def text(self) -> str:
        """The old name."""
        return self.row.name

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The row's place."""
        return self.row.spots


def outdated(document: Document, layout: Layout, year: int) -> list[Outdated]:
    """The rows without a code that a year's classification calls otherwise."""
    trees = [dimension.tree for dimension in layout.vocabulary.dimensions if isinstance(dimension, Codes)]
    rows = (row for table in document.tables if table.amounts for row in table.rows if not row.code)
    found = ((row, tree, tree.renamed(row.name, year)) for row in rows for tree in trees)
    return [Outdated(row, code, tree.name(code)) for row, tree, code in found if code]


FUNCTIONS: dict[str, Callable[..., Any]] = {"folded": plain}
