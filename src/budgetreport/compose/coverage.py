"""No amount is lost silently: what a table counts stands in exactly one of its finest rows and finest columns.

The marks of the ledger's index tell with a few look-ups whether any line is lost; only then lines are gone through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from budgetreport.compose.context import Composition
from budgetreport.compose.heads import Leaf
from budgetreport.compose.rows import Shown
from budgetreport.dimensions import SILENT, Dimension
from budgetreport.filters import EVERYTHING, Filter
from budgetreport.layout.vocabulary import Listed
from budgetreport.ledger import Book, Line
from budgetreport.money import exact
from budgetreport.problems import Level, Problem, in_order

_RULE = "IN-18"
_NAMED = 20
"""So many lines are named one by one; a file with more of them has one cause."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Checks one side of a table; `where` is what table and side narrow, `title` what a clerk knows the table by."""

    composition: Composition
    book: Book
    where: Filter
    title: str

    def check(self, rows: Sequence[Shown], columns: Sequence[Leaf]) -> None:
        """Lines that the side counts, but not in exactly one finest row and column, become problems."""
        counted = [r for r in rows if not r.aside and not r.blank]
        fixed = [r for r in counted if not isinstance(r.item, Line)]
        tops = maximal(self.composition, (self._narrowed(r.where) for r in fixed))
        items = [r.item for r in counted if isinstance(r.item, Line)]
        if items:
            self._items(tops, items)
        else:
            self._rows(tops, [self._narrowed(r.where) for r in fixed if r.finest])
        sums = [leaf for leaf in columns if leaf.column.sum is not None]
        self._columns(tops or [self.where], sums)
        self._asked(counted, sums)

    def _asked(self, rows: Sequence[Shown], columns: Sequence[Leaf]) -> None:
        """Remember what the side prints, for `check_reached`."""
        d = self.composition.dimensions
        tops = maximal(self.composition, (self._narrowed(r.where) for r in rows))
        wide = maximal(self.composition, (leaf.where for leaf in columns)) or [EVERYTHING]
        self.composition.asked[self.book.name].update(dict.fromkeys(d.both(top, one) for top in tops for one in wide))

    def _narrowed(self, where: Filter) -> Filter:
        return self.composition.dimensions.both(self.where, where)

    def _items(self, tops: Sequence[Filter], items: Sequence[Line]) -> None:
        """A table that prints the lines themselves prints all that its other rows count."""
        printed = {line.path for line in items}
        lost = (line for line in self._counted(tops) if line.path not in printed)
        self._report(_lost(self, line, tops, "行", 0) for line in lost)

    def _rows(self, tops: Sequence[Filter], finest: Sequence[Filter]) -> None:
        if not self._same(tops, finest):
            self._report(_lost(self, line, finest, "行", times) for line, times in self._astray(tops, finest))

    def _columns(self, tops: Sequence[Filter], columns: Sequence[Leaf]) -> None:
        """What a widest column counts stands in one of the finest columns that it contains."""
        d = self.composition.dimensions
        for of in dict.fromkeys(leaf.column.of for leaf in columns):
            named = {self._narrowed(leaf.where): leaf for leaf in columns if leaf.column.of == of}
            parts = [f for f, leaf in named.items() if not leaf.column.aside]
            for wide in maximal(self.composition, named):
                inner = [f for f in parts if f != wide and d.contains(wide, f)]
                finest = [f for f in inner if not any(g != f and d.contains(f, g) for g in inner)]
                if len(finest) > 1:  # a single one is a part of it (其中), not all of it
                    self._column(tops, named[wide], wide, finest)

    def _column(self, tops: Sequence[Filter], leaf: Leaf, wide: Filter, finest: Sequence[Filter]) -> None:
        d = self.composition.dimensions
        counted = [f for f in (d.both(top, wide) for top in tops) if not d.never(f)]
        listed = [f for top in tops for f in (d.both(top, one) for one in finest) if not d.never(f)]
        if not self._same(counted, listed):
            head = self.composition.text(leaf.column.head, {})
            astray = self._astray(counted, listed)
            self._report(_lost(self, line, finest, "栏", times, f"的“{head}”栏") for line, times in astray)

    def _same(self, tops: Sequence[Filter], finest: Sequence[Filter]) -> bool:
        """Whether both go over the same lines, each once; False also where the index can't tell."""
        d = self.composition.dimensions
        index = self.book.index()
        apart = all(d.never(d.both(one, other)) for one, other in combinations(tops, 2))
        marks = sum(index.witness(f) for f in finest if not d.never(f))
        return apart and marks == sum(index.witness(f) for f in tops)

    def _counted(self, tops: Sequence[Filter]) -> Iterator[Line]:
        settled = [self.book.settled(f) for f in tops]
        return (line for line in self.book.lines if any(self.book.matches(line, f) for f in settled))

    def _astray(self, tops: Sequence[Filter], finest: Sequence[Filter]) -> Iterator[tuple[Line, int]]:
        """Lines that are counted, yet listed never or several times."""
        settled = [self.book.settled(f) for f in finest]
        for line in self._counted(tops):
            times = sum(self.book.matches(line, f) for f in settled)
            if times != 1:
                yield line, times

    def _report(self, found: Iterable[Problem]) -> None:
        for number, problem in enumerate(found):
            if number == _NAMED:
                break
            self.composition.problems.append(problem)


def maximal(composition: Composition, filters: Iterable[Filter]) -> list[Filter]:
    """Those that no other contains."""
    distinct = sorted(dict.fromkeys(filters), key=lambda f: len(f.choices))
    d = composition.dimensions
    kept: list[Filter] = []
    for one in distinct:
        if not any(d.contains(other, one) for other in kept):
            kept = [other for other in kept if not d.contains(one, other)] + [one]
    return kept


def _lost(  # noqa: PLR0913, PLR0917 - what, where, how often: all of it is said
    table: Coverage, line: Line, finest: Sequence[Filter], kind: str, times: int, column: str = ""
) -> Problem:
    needed = {key for f in finest for key, _ in f.choices}
    dimensions = [d for d in table.composition.dimensions if d.key in needed]
    silent = [d.title for d in dimensions if line.coordinates.get(d.key, SILENT) == SILENT]
    what = f"{described(table.composition, line)}计入了《{table.title}》{column}，却" + (
        f"没有对应的{kind}" if not times else f"同时列在{times}{kind}"
    )
    if silent and not times:
        fix = f"补填{'、'.join(silent)}，这张表按它列示"
    elif not times:
        said = "、".join(
            f"{d.title}（{line.coordinates[d.key]}）"
            for d in dimensions
            if d.key in line.coordinates and line.coordinates[d.key] not in (d.default, d.assume)
        )
        why = "要填到最细一级，且是版式所列的" if kind == "行" else "这张表没有列示它的栏"
        fix = f"核对{said or '各项编码'}：{why}"
    else:
        fix = f"版式中这几{kind}的条件重叠，请版式编写者改正"
    return Problem(Level.ERROR, _RULE, table.composition.facts.locate(line.path), what, fix)


def described(composition: Composition, line: Line) -> str:
    """A line in a clerk's words: its place in the list, what it states that is not usual, its amount as stated."""
    stated = [(d, line.coordinates.get(d.key, SILENT)) for d in composition.dimensions]
    said = [_word(composition, d, v) for d, v in stated if v not in (SILENT, d.default, d.assume)]
    record_path = [p for p in line.path if isinstance(p, int)]
    number = f"第{record_path[-1] + 1}条" if record_path else ""
    amount = line.measures.get("amount")
    unit = composition.facts.unit
    money = f"，{exact(amount, unit):f}{unit}" if amount is not None else ""
    return f"{number}（{' '.join(said)}{money}）"


def _word(composition: Composition, dimension: Dimension, value: str) -> str:
    """A code or a word as stated, the name of what is stated elsewhere."""
    word = composition.name(dimension.key, value) if isinstance(dimension, Listed) else value
    return dimension.told(word)


def check_reached(composition: Composition) -> None:
    """A line that reaches no printed row and no sentence is a problem too."""
    for book in composition.books.values():
        filters = [book.settled(f) for f in maximal(composition, composition.asked[book.name])]
        if not filters or book.index().all_meant(filters):
            continue
        lost = [line for line in book.lines if not any(book.matches(line, f) for f in filters)]
        composition.problems += [
            Problem(
                Level.ERROR,
                _RULE,
                composition.facts.locate(line.path),
                f"{described(composition, line)}没有列入任何表和文字",
                "核对它的各项编码与用途；不需要公开的，删去这一条",
            )
            for line in lost[:_NAMED]
        ]


def told_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Of the tables that lose one and the same line, the first is named and the others are counted."""
    first: dict[object, Problem] = {}
    others: Counter[object] = Counter()
    for problem in problems:
        key = (problem.rule, problem.where) if problem.rule == _RULE else problem
        if first.setdefault(key, problem) is not problem:
            others[key] += 1
    return in_order(
        replace(p, what=f"{p.what}（另有{others[key]}处也是）") if others[key] else p for key, p in first.items()
    )
