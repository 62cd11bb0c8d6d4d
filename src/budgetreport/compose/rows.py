"""Which rows a table prints: its definitions unfolded over the lines that occur, and its sides set level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from budgetreport.compose.context import Composition
from budgetreport.compose.view import View, record_of
from budgetreport.dimensions import Codes
from budgetreport.facts import Record
from budgetreport.filters import EVERYTHING, Dimensions, Filter
from budgetreport.layout.model import Numbers, Row
from budgetreport.layout.vocabulary import Listed
from budgetreport.ledger import Book, Line
from budgetreport.numerals import numbered


@dataclass(frozen=True, slots=True)
class Shown:
    """A row to print. `finest`: contains no other row; `aside`: a detail (其中) that no sum runs over.

    `item` is the line or record of an `each: line` row; `only` the columns that hold something; `axis` the
    dimension and value that the row is of, and what holds besides.
    """

    id: str = ""
    label: str = ""
    code: str = ""
    where: Filter = EVERYTHING
    indent: int = 0
    item: Line | View | None = None
    only: tuple[str, ...] | None = None
    numbers: tuple[Numbers, ...] = ()
    fixed: bool = False
    finest: bool = False
    aside: bool = False
    blank: bool = False
    beside: str = ""
    level: str = ""
    axis: tuple[str, str, Filter] | None = None

    @property
    def is_total(self) -> bool:
        """Whether it sums up other rows; a detail does not."""
        return self.fixed and not self.finest and not self.aside and not self.blank


BLANK = Shown(blank=True)


@dataclass
class Unfolding:
    """Unfolds the rows of one side. `where` is what table and side narrow; `items` the records of a listed table."""

    composition: Composition
    book: Book | None
    where: Filter
    items: Sequence[View] = ()
    local: Mapping[str, Any] = field(default_factory=dict)

    def rows(self, definitions: Sequence[Row], where: Filter = EVERYTHING) -> list[Shown]:
        """All rows, totals marked: a row that contains another one is not finest."""
        shown: list[Shown] = []
        counts: Counter[str] = Counter()
        for definition in definitions:
            if self.composition.holds(definition.when, self.local):
                shown += self._unfold(definition, where, len(shown), counts) or self._unfilled(definition, where)
        return shown

    def _unfilled(self, row: Row, where: Filter) -> list[Shown]:
        """In empty forms: a blank row, or one group, where an input unfolds rows."""
        if not self.composition.blank or row.values is not None or not (row.tree or row.each):
            return []
        if row.rows:
            return replace(self, local={**self.local, "name": "", "code": ""}).rows(row.rows, where)
        return [BLANK]

    def _unfold(self, row: Row, where: Filter, above: int, counts: Counter[str]) -> list[Shown]:
        """The rows of one definition; `counts` has how many were numbered in each pattern."""
        d = self.composition.dimensions
        inner = d.both(where, row.where) if row.where else where
        if row.fill_to:
            return [BLANK] * max(0, row.fill_to - above)
        if row.tree:
            return [self._styled(one, row) for one in self._tree(row, inner)]
        if row.each == "line":
            return [self._styled(one, row) for one in self._lines(inner)]
        if row.each:
            return list(self._each(row, inner, counts))
        return self._fixed(row, inner, counts)

    def _styled(self, shown: Shown, row: Row) -> Shown:
        return replace(shown, numbers=(row.numbers,) if row.numbers else (), indent=shown.indent + row.indent)

    def _number(self, row: Row, counts: Counter[str]) -> str:
        """The next number in the row's pattern; what is left out leaves no gap."""
        counts[row.number] += 1
        return numbered(row.number, counts[row.number]) if row.number else ""

    def _fixed(self, row: Row, where: Filter, counts: Counter[str]) -> list[Shown]:
        label = self._number(row, counts) + (self.composition.text(row.label, self.local) if row.label else "")
        shown = Shown(
            row.name, label, where=where, only=row.only, fixed=True, beside=row.beside, blank=row.where is None
        )
        return [self._styled(shown, row), *self._details(row, where)]

    def _details(self, row: Row, where: Filter) -> Iterator[Shown]:
        """其中: rows, the first with the word, the others hanging under its text."""
        counts: Counter[str] = Counter()
        for number, detail in enumerate(row.of_which):
            for one in self._unfold(detail, where, 0, counts) or self._unfilled(detail, where):
                indent = one.indent + (2 if number == 0 else 5)
                yield replace(
                    one,
                    label=(self.composition.layout.words_of("of_which") if number == 0 else "") + one.label,
                    indent=indent,
                    aside=True,
                )

    def _tree(self, row: Row, where: Filter) -> list[Shown]:
        dimensions = self.composition.dimensions
        d = dimensions[row.tree]
        if not isinstance(d, Codes) or self.book is None:
            return []
        inner = dimensions.both(self.where, where)
        if row.values is not None:
            codes = [code for code, _ in row.values if self._admits(row.tree, code, inner)]
            labels = {code: label for code, label in row.values if label}
        else:
            levels = row.levels or tuple(d.tree.levels)
            stated = self.book.index().present(row.tree, inner)
            codes = sorted({v for code in stated for v in d.above(code) if d.level(v) in levels})
            labels = {}
        depth = {level: i for i, level in enumerate(row.levels or d.tree.levels)}
        inner_nodes = {v for code in codes for v in d.above(code)[1:]}
        return [
            Shown(
                code,
                labels.get(code) or d.name(code),
                code,
                dimensions.at(where, row.tree, code),
                depth.get(d.level(code), 0),
                finest=code not in inner_nodes,
                level=d.level(code),
                axis=(row.tree, code, where),
            )
            for code in codes
        ]

    def _admits(self, dimension: str, value: str, where: Filter) -> bool:
        """Whether the row's condition leaves the value in."""
        dimensions = self.composition.dimensions
        return not dimensions.never(dimensions.at(where, dimension, value))

    def _each(self, row: Row, where: Filter, counts: Counter[str]) -> Iterator[Shown]:
        d = self.composition.dimensions[row.each]
        if row.values is not None:
            values = [(v, label) for v, label in row.values if self._admits(row.each, v, where)]
        else:
            found = self.composition.present_in(
                self.book, row.each, row.level, self.composition.dimensions.both(self.where, where)
            )
            values = [(v, "") for v in found]
        for value, said in values:
            name = said or self.composition.name(row.each, value)
            inner = self.composition.dimensions.at(where, row.each, value)
            label = self._number(row, counts) + name
            if row.rows:
                group = replace(self, local={**self.local, "name": label, "code": value})
                yield from (
                    replace(one, id=f"{value}/{one.id}") if one.id else one for one in group.rows(row.rows, inner)
                )
                continue
            code = value if not isinstance(d, Listed) else ""
            axis = (row.each, value, where)
            yield self._styled(Shown(value, label, code, inner, finest=True, level=d.level(value), axis=axis), row)

    def _lines(self, where: Filter) -> list[Shown]:
        if self.book is None:
            named = [(_key_of(record_of(item)), item) for item in self.items]
            return [Shown(name or str(n), item=item, finest=True) for n, (name, item) in enumerate(named, 1)]
        inner = self.composition.dimensions.both(self.where, where)
        return [
            Shown(_key_of(line.record) or str(n), where=where, item=line, finest=True)
            for n, line in enumerate(self.book.matching(inner), 1)
        ]


def _key_of(record: object) -> str:
    """What the field that identifies a record says, '' where none is declared."""
    key = record.declared.key if isinstance(record, Record) else ""
    return str(record[key] or "") if key and isinstance(record, Record) else ""


def with_finest(shown: Sequence[Shown], d: Dimensions, where: Filter) -> list[Shown]:
    """Fixed rows marked finest where they contain no other row (其中 aside)."""
    wheres = [d.both(where, r.where) for r in shown]
    others = [(n, r) for n, r in enumerate(shown) if not r.aside and not r.blank]

    def contains_another(number: int) -> bool:
        mine = wheres[number]
        return any(n != number and wheres[n] != mine and d.contains(mine, wheres[n]) for n, _ in others) or (
            shown[number].where == EVERYTHING and len(others) > 1
        )

    found = []
    for number, row in enumerate(shown):
        finest = row.finest or (row.fixed and not row.blank and not row.aside and not contains_another(number))
        found.append(replace(row, finest=finest))
    return found


def level_with(sides: Sequence[Sequence[Shown]]) -> list[list[Shown]]:
    """The sides made equally long: rows that stand `beside` one another get the same height, blanks fill the rest."""
    filled = [list(side) for side in sides]
    for number, side in enumerate(filled):
        at = 0
        while at < len(side):
            wanted = side[at].beside
            if wanted:
                other = next((s for s in filled if s is not side and any(r.id == wanted for r in s)), None)
                target = next(i for i, r in enumerate(other) if r.id == wanted) if other else at
                if other is not None and target < at:
                    other[target:target] = [BLANK] * (at - target)
                elif target > at:
                    side[at:at] = [BLANK] * (target - at)
                    at = target
            at += 1
        filled[number] = side
    longest = max(map(len, filled))
    return [side + [BLANK] * (longest - len(side)) for side in filled]
