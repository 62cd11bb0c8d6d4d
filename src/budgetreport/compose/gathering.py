"""Which printed sums there are, and which of them must add up: told by the layout's own structure.

Rows, columns and sums read together propose by their filters which make up which; the marks of the
lines confirm it: a total is the sum of parts that go over exactly its lines, each once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from budgetreport.compose.heads import Leaf
from budgetreport.compose.nesting import nested, nested_rows
from budgetreport.compose.printed import Key
from budgetreport.compose.prints import PrintedSide, PrintedSum
from budgetreport.compose.rows import Shown
from budgetreport.dimensions import Codes
from budgetreport.filters import Dimensions
from budgetreport.ledger import Book, Line, Stated
from budgetreport.money import NumberFormat
from budgetreport.problems import TablePlace, TextPlace
from budgetreport.report import Cell, Kind, columns_called
from budgetreport.rounding import Crossing, Total, sums_of

_NOTHING = ""
"""The name of a cell that no line counts for."""


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """One place that prints a sum."""

    key: Key
    where: TablePlace | TextPlace
    format: NumberFormat


@dataclass(slots=True)
class Gathering:
    """All printed sums with their exact values (分) and names, and what must add up. Names follow reading order."""

    dimensions: Dimensions
    books: dict[str, Book]
    exact: dict[Key, int] = field(default_factory=dict)
    names: dict[Key, str] = field(default_factory=dict)
    places: list[PrintedPlace] = field(default_factory=list)
    sums: dict[tuple[int, Total], None] = field(default_factory=dict)
    _heads: dict[Key, set[int]] = field(default_factory=dict)
    _slots: dict[str, dict[Key, PrintedSum]] = field(default_factory=dict)

    def side(self, side: PrintedSide) -> None:
        """A side of a table: its cells, and what its rows and columns contain."""
        keys: dict[tuple[int, int], Key] = {}
        for r, row in enumerate(side.rows):
            for at, leaf in enumerate(side.columns):
                key = self._cell(side, row, leaf, side.cells[r][at])
                if key is not None:
                    keys[r, at] = key
        rows = [replace(row, where=self.dimensions.both(side.where, row.where)) for row in side.rows]
        down = nested_rows(self.dimensions, rows)
        across = self._columns(side)
        table = Crossing(
            {
                (r, at): held
                for r, groups in down.items()
                for at in range(len(side.columns))
                if (r, at) in keys
                and (held := _held(keys[r, at], groups, [[keys.get((n, at)) for n in group] for group in groups]))
            },
            {
                (r, at): held
                for at, groups in across.items()
                for r in range(len(side.rows))
                if (r, at) in keys
                and (held := _held(keys[r, at], groups, [[keys.get((r, n)) for n in group] for group in groups]))
            },
            lambda r, at: self.names[keys[r, at]] if (r, at) in keys else _NOTHING,
        )
        parts = {n for groups in down.values() for group in groups for n in group}
        for (r, _), key in keys.items():
            if r not in parts:
                self._heads.setdefault(key, set()).add(id(side))
        steps = {self.names[key]: key.step for key in keys.values()}
        for one in sums_of(table):
            self._add(steps[one.total], one)

    def _cell(self, side: PrintedSide, row: Shown, leaf: Leaf, cell: Cell | None) -> Key | None:
        """The sum that a cell prints."""
        made = leaf.column.sum is not None or leaf.column.add
        if not made or cell is None or cell.kind is not Kind.AMOUNT or not cell.origin:
            return None
        fmt = side.format(row, leaf)
        if not fmt.balanced:
            return None
        mark = exact = 0
        of = ""
        for origin in cell.origin:
            if isinstance(origin, Stated):
                if not isinstance(row.item, Line):
                    return None
                of = str(origin.path[-1])
                mark += side.book.mark(row.item)
                exact += row.item.measures.get(of, 0)
            else:
                of = origin.of
                mark += side.book.index(of).witness(origin.where)
                exact += side.book.total(origin.where, of)
        if not mark:
            return None
        name = (row.label if row.code in row.label else f"{row.code} {row.label}").strip() or row.id
        return self._seen(Key(fmt.step, side.book.name, of, mark), exact, TablePlace(side.title, name, leaf.id), fmt)

    def _columns(self, side: PrintedSide) -> dict[int, list[tuple[int, ...]]]:
        """Which columns contain which, and which are made by adding."""
        found: dict[int, list[tuple[int, ...]]] = {}
        sums = [at for at, leaf in enumerate(side.columns) if leaf.column.sum is not None]
        for of in dict.fromkeys(side.columns[at].column.of for at in sums):
            own = [at for at in sums if side.columns[at].column.of == of]
            filters = [self.dimensions.both(side.where, side.columns[at].where) for at in own]
            for whole, groups in nested(self.dimensions, filters).items():
                found[own[whole]] = [tuple(own[n] for n in group) for group in groups]
        for at, leaf in enumerate(side.columns):
            left = [other.id for other in side.columns[:at]]
            parts = sorted(n for name in leaf.column.add for n in columns_called(left, name))
            if len(parts) == len(leaf.column.add) > 0:
                found[at] = [tuple(parts)]
        return found

    def together(self, group: Sequence[PrintedSum]) -> None:
        """Sums that are read together."""
        alike: defaultdict[tuple[int, str, str], dict[Key, PrintedSum]] = defaultdict(dict)
        for one in group:
            book = self.books[one.sum.book]
            if not one.format.balanced or book.kind.get(one.sum.of) == "number":
                continue
            mark = book.index(one.sum.of).witness(one.sum.where)
            if mark:
                key = Key(one.format.step, book.name, one.sum.of, mark)
                self._seen(key, book.total(one.sum.where, one.sum.of), one.where, one.format)
                alike[key[:3]].setdefault(key, one)
                if one.slot:
                    self._slots.setdefault(one.slot, {})[key] = one
                else:
                    self._heads.setdefault(key, set())
        for found in alike.values():
            keys = list(found)
            for whole, groups in nested(self.dimensions, [one.sum.where for one in found.values()]).items():
                for held in _held(keys[whole], groups, [[keys[n] for n in group] for group in groups]):
                    self._sum(keys[whole], [keys[n] for n in held])

    def remainders(self) -> None:
        """Totals of different tables and texts of which one is the sum of the two others: all but what is kept."""
        for one, other in combinations(self._heads, 2):
            whole = one._replace(mark=one.mark + other.mark)
            if whole in self._heads and one[:3] == other[:3]:
                where = [self._heads[key] for key in (whole, one, other)]
                if not set.intersection(*where):
                    self._sum(whole, (one, other))

    def forms(self) -> None:
        """What forms of one kind print in one place, where a table prints what they add up to, all or by code."""
        known = set(self.exact)
        for found in self._slots.values():
            families: defaultdict[tuple[str, ...], list[Key]] = defaultdict(list)
            for key, one in found.items():
                families[()].append(key)
                for d in self.dimensions:
                    if isinstance(d, Codes):
                        stated = self.books[key.book].index(key.of).present(d.key, one.sum.where)
                        shared = [set(d.above(code)) for code in stated]
                        for code in sorted(set.intersection(*shared)) if shared else ():
                            families[d.key, code].append(key)
            for keys in families.values():
                whole = keys[0]._replace(mark=sum(key.mark for key in keys))
                if len(keys) > 1 and whole in known:
                    self._sum(whole, keys)

    def _seen(self, key: Key, exact: int, where: TablePlace | TextPlace, fmt: NumberFormat) -> Key:
        self.exact[key] = exact
        self.names.setdefault(key, f"{len(self.names):07}")
        self.places.append(PrintedPlace(key, where, fmt))
        return key

    def _sum(self, whole: Key, parts: Iterable[Key]) -> None:
        self._add(whole.step, Total(self.names[whole], tuple(self.names[key] for key in parts)))

    def _add(self, step: int, one: Total) -> None:
        """A sum, unless it says that something is itself."""
        parts = tuple(sorted(part for part in one.parts if part != _NOTHING))
        if parts and parts != (one.total,):
            self.sums[step, Total(one.total, parts)] = None


def _held(
    whole: Key, groups: Sequence[tuple[int, ...]], keys: Sequence[Sequence[Key | None]]
) -> tuple[tuple[int, ...], ...]:
    """The groups that go over exactly the lines of the whole."""
    return tuple(group for group, parts in zip(groups, keys, strict=True) if _makes_up(whole, parts))


def _makes_up(whole: Key, parts: Iterable[Key | None]) -> bool:
    mark = 0
    for part in parts:
        if part is not None:
            if part[:3] != whole[:3]:
                return False
            mark += part.mark
    return mark == whole.mark
