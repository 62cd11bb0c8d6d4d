"""What composing shares: the layout, the facts, their books, and what texts can call on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from jinja2 import TemplateError

from budgetreport.compose.books import books
from budgetreport.compose.printed import Printing
from budgetreport.compose.prints import Prints
from budgetreport.compose.view import UnstatedError, View, viewed
from budgetreport.dimensions import SILENT, Codes, Values
from budgetreport.expressions import FORMAT, MARKS, WORDS, evaluate, line_of, render
from budgetreport.facts import Facts, Path, Record
from budgetreport.figures import Figure, Marks
from budgetreport.filters import EVERYTHING, Choice, Filter
from budgetreport.layout.model import Layout, Numbers, Template
from budgetreport.layout.vocabulary import Listed
from budgetreport.ledger import SCALE, Book, Sum
from budgetreport.money import NumberFormat
from budgetreport.problems import FilePlace, Level, Problem, nearest
from budgetreport.report import Figure as PrintedFigure
from budgetreport.report import Grid, columns_called

_PERCENT = Decimal(100)
_LONGEST = 30_000
"""Characters of one printed text: a cell of a workbook takes 32,767."""


class MistakeError(Exception):
    """A text asks for something that is not there; becomes a problem at the template's place."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix


def format_of(base: NumberFormat, *said: Numbers | None) -> NumberFormat:
    """A number format with what nearer places say."""
    for numbers in filter(None, said):
        changes = {k: getattr(numbers, k) for k in ("unit", "places", "thousands", "zero")}
        balanced = base.balanced if numbers.rounding is None else numbers.rounding == "balanced"
        base = replace(base, **{k: v for k, v in changes.items() if v is not None}, balanced=balanced)
    return base


_MISTAKES = (TemplateError, MistakeError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError)
"""What a template can raise that asks for something wrong."""


class Composition:
    """One input under one layout. Problems found on the way are gathered, not raised."""

    blank = False
    """Whether empty forms are made: no input stands behind them."""

    def __init__(
        self, facts: Facts, layout: Layout, grid: Callable[[str], Grid], printing: Printing | None = None
    ) -> None:
        self.facts = facts
        self.layout = layout
        self.dimensions = layout.vocabulary.dimensions
        self.printing = printing or Printing(books(facts, layout))
        self.books: Mapping[str, Book] = self.printing.books
        self.prints = Prints()
        self.problems: list[Problem] = []
        self.asked: dict[str, dict[Filter, None]] = {name: {} for name in self.books}
        self._grid = grid
        self.table_format = format_of(NumberFormat(), layout.numbers.get("tables"))
        self.text_format = format_of(self.table_format, layout.numbers.get("text"))
        words = layout.words
        self._names: dict[str, Any] = {
            **{name: viewed(facts.root[name], (name,)) for name in facts.root},
            **words,
            WORDS: words.get("增减", ()),
            "present": self.present,
            "name": self.name,
            "ratio": _ratio,
            "growth": _growth,
        }

    def names(self, local: Mapping[str, Any], fmt: NumberFormat) -> dict[str, Any]:
        """Everything that a text can name."""
        sums = {"sum": partial(self._asked_sum, fmt), "cell": partial(self._asked_cell, fmt)}
        return {**self._names, **sums, **local, FORMAT: fmt}

    def text(self, template: Template, local: Mapping[str, Any], fmt: NumberFormat | None = None) -> str:
        """A template as text."""
        return self.marked(template, local, fmt)[0]

    def marked(
        self, template: Template, local: Mapping[str, Any], fmt: NumberFormat | None = None
    ) -> tuple[str, tuple[PrintedFigure, ...]]:
        """A template as text, with the figures printed in it. A mistake becomes a problem and an empty text."""
        if template.is_plain:
            return template.source, ()
        marks = Marks()
        names = self.names(local, fmt or self.text_format) | {MARKS: marks}
        try:
            text, spans = marks.resolve(render(template.source, names))
        except _MISTAKES as error:
            self._mistake(template.at(line_of(error)), error)
            return "", ()
        if not self.is_short_enough(text, template.place, "把其中填报的文字删短，或在版式里分成几段"):
            return "", ()
        return text, tuple(PrintedFigure(*span) for span in spans)

    def is_short_enough(self, text: str, where: FilePlace | Path, fix: str) -> bool:
        """Whether a workbook's cell can hold what a template, or a fact, prints; a longer text becomes a problem."""
        if len(text) <= _LONGEST:
            return True
        what = f"这段文字印出来有{len(text)}个字符，至多{_LONGEST}个（{text[:20]}…）"
        place = where if isinstance(where, FilePlace) else self.facts.locate(where)
        self.problems.append(Problem(Level.ERROR, "IN-20", place, what, fix))
        return False

    def holds(self, condition: Template | None, local: Mapping[str, Any]) -> bool:
        """Whether a `when` holds; without one it does."""
        if condition is None:
            return True
        try:
            return bool(evaluate(condition.source, self.names(local, self.text_format)))
        except _MISTAKES as error:
            self._mistake(condition.place, error)
            return False

    def items(self, expression: str, local: Mapping[str, Any], place: FilePlace) -> tuple[View, ...]:
        """A list of the input, or of the item at hand: `projects`, `project.indicators`."""
        try:
            found = evaluate(expression, self.names(local, self.text_format))
        except _MISTAKES as error:
            self._mistake(place, error)
            return ()
        return tuple(item for item in found if isinstance(item, View)) if isinstance(found, Sequence) else ()

    def _mistake(self, place: FilePlace, error: Exception) -> None:
        if isinstance(error, UnstatedError):
            stated = self.facts.locate(error.path)
            fix = f"补写 {error.key}，或核对别处的 {error.key}"
            self.problems.append(Problem(Level.ERROR, "IN-01", stated, str(error), fix, error.key))
            return
        what, fix = (
            (error.what, error.fix) if isinstance(error, MistakeError) else (str(error), "检查这里写的名称与过滤器")
        )
        self.problems.append(Problem(Level.ERROR, "LY-09", place, f"这段文字算不出来：{what}", fix))

    # What texts can call.

    def _asked_sum(
        self, fmt: NumberFormat, /, *terms: str, book: str = "ledger", of: str = "amount", **where: object
    ) -> Figure:
        """The sum over the lines that match all terms and coordinates."""
        found = self._filter(terms, where)
        if book not in self.books:
            raise MistakeError(f"没有叫“{book}”的账本", f"可用的是：{'、'.join(self.books)}")
        self.asked[book].setdefault(found)
        return self.figure(book, found, of, fmt)

    def figure(self, book: str, where: Filter, of: str, fmt: NumberFormat) -> Figure:
        """A sum as a place of that format prints it, with its origin."""
        exact = self.books[book].total(where, of)
        is_money = self.books[book].kind.get(of) != "number"
        value = self.printing.sum(book, where, of, exact, fmt) if is_money else Decimal(exact) / SCALE
        return Figure(value, (Sum(book, where, of),), faint=bool(exact and not value))

    def _asked_cell(self, fmt: NumberFormat, /, table: str, row: str, column: str) -> Figure:
        """The amount of a printed cell: table id, row id, column path, or the tail of only one."""
        if table not in self.layout.tables:
            raise MistakeError(f"没有表“{table}”", f"是不是“{nearest(table, self.layout.tables)}”？")
        grid = self._grid(table)
        ends = columns_called([c.id for c in grid.columns], column)
        side = grid.columns[ends[0]].side if ends else 0
        rows = [r for r in grid.body if r.id_on(side) == row]
        if len(ends) != 1 or not rows:
            known = [c.id for c in grid.columns] if len(ends) != 1 else [r.id_on(side) for r in grid.body]
            wrong = column if len(ends) != 1 else row
            raise MistakeError(f"表“{table}”中没有“{wrong}”，或不止一处", f"可用的是：{'、'.join(known[:40])}")
        cell = rows[0].cells[ends[0]]
        return self.sum_of(cell.origin, fmt) if cell else Figure(0)

    def sum_of(self, origin: Iterable[object], fmt: NumberFormat) -> Figure:
        """Sums and differences of sums, as printed."""
        sums = [(o.sign, self.figure(o.book, o.where, o.of, fmt)) for o in origin if isinstance(o, Sum)]
        return sum((figure if sign > 0 else -figure for sign, figure in sums), Figure(0))

    def present(self, dimension: str, level: str = "", *terms: str, book: str = "ledger", **where: object) -> list[str]:
        """The values that matching lines state, or those above them at a level."""
        return self.present_in(self.books[book], dimension, level, self._filter(terms, where))

    def present_in(self, book: Book | None, dimension: str, level: str, where: Filter) -> list[str]:
        """The values that matching lines of a book state, at a level; listed ones in their list's order."""
        if book is None:
            return []
        d = self.dimensions[dimension]
        stated = book.index().present(dimension, where)
        found = dict.fromkeys(v for code in stated for v in reversed(d.above(code)) if d.level(v) == level)
        if not level:
            found = dict.fromkeys(stated)
        if isinstance(d, Listed):
            entries = [str(entry[d.entry_key]) for entry in d.entries(self.facts.root)]
            return sorted(found, key=lambda v: (entries.index(v) if v in entries else len(entries), v))
        return list(found)

    def name(self, dimension: str, value: str) -> str:
        """What a value is called: a code's name, a project's name."""
        if dimension not in self.dimensions:
            raise MistakeError(f"没有维度“{dimension}”", f"可用的是：{'、'.join(d.key for d in self.dimensions)}")
        d = self.dimensions[dimension]
        return d.called(self.facts.root, value) if isinstance(d, Listed) else d.name(value)

    def entry(self, dimension: str, value: str) -> Record | None:
        """The entry of the input's list that a listed dimension's value refers to."""
        d = self.dimensions[dimension]
        return d.entry(self.facts.root, value) if isinstance(d, Listed) else None

    def _filter(self, terms: Iterable[str], where: Mapping[str, object]) -> Filter:
        known = self.layout.vocabulary.terms
        found = EVERYTHING
        for term in terms:
            if term not in known:
                raise MistakeError(f"没有术语“{term}”", f"是不是“{nearest(term, known)}”？")
            found = self.dimensions.both(found, known[term])
        choices: dict[str, Choice] = {}
        for key, said in where.items():
            if key not in self.dimensions:
                raise MistakeError(f"没有维度“{key}”", f"可用的是：{'、'.join(d.key for d in self.dimensions)}")
            choices[key] = self._choice(key, said)
        return self.dimensions.both(found, self.dimensions.filter(choices))

    def _choice(self, key: str, said: object) -> Choice:
        if said == "any":
            return Choice()
        if isinstance(said, dict):
            return Choice(None, self._choice(key, said.get("not", ())).include or ())
        d = self.dimensions[key]
        words = [str(w) for w in said] if isinstance(said, Sequence) and not isinstance(said, str) else [str(said)]
        for word in words:
            if isinstance(d, Values) and word not in d.parents and word != "none":
                raise MistakeError(f"{d.title}没有“{word}”", f"是不是“{nearest(word, d.parents)}”？")
            if isinstance(d, Codes) and word != "none" and not d.level(word):
                raise MistakeError(f"“{word}”不是{d.title}的编码", "写完整的编码")
        return Choice(tuple(SILENT if w == "none" else w for w in words))


def _ratio(part: object, whole: object) -> Figure | str:
    """Part of whole in %, '' where the whole is zero."""
    a, b = _plain(part), _plain(whole)
    return Figure(Decimal(int(a.value)) * _PERCENT / int(b.value), a.origin + b.origin) if b.value else ""


def _growth(now: object, then: object) -> Figure | str:
    """Growth from then to now in %, '' where then is zero."""
    return _ratio(_plain(now) - _plain(then), then)


def _plain(value: object) -> Figure:
    return value if isinstance(value, Figure) else Figure(0) + value
