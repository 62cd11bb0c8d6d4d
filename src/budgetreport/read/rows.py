"""Body rows of a found grid named: the layout's ids where it knows their labels or codes, their own words elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from budgetreport.compose.rows import BLANK, Shown, with_finest
from budgetreport.filters import EVERYTHING, Filter
from budgetreport.layout.model import Layout
from budgetreport.layout.vocabulary import Listed
from budgetreport.numerals import without_number
from budgetreport.read.labels import Label, Many, Matcher, Names
from budgetreport.read.pattern import alike
from budgetreport.wording import bare, plain

_NEARLY = 0.6
"""Likeness from which a label that stands where one of the layout's should is taken for it."""


@dataclass(frozen=True)
class FoundRow:
    """A row of one side as printed: its label, its code ('' without one), whether all of it is blank."""

    label: str
    code: str = ""
    key: str = ""
    blank: bool = False


@dataclass
class Naming:
    """Names the rows of one side, from top to bottom. `where`: what table and side narrow."""

    layout: Layout
    known: Sequence[Matcher]
    where: Filter
    _at: int = 0
    _used: set[int] = field(default_factory=set)
    _group: str = ""
    _lines: int = 0
    _names: dict[str, Names] = field(default_factory=dict)

    def named(self, rows: Sequence[FoundRow]) -> list[Shown]:
        """The rows with ids, filters and totals as the composer would have them; '' is the id of a blank row."""
        found = [self._row(row) for row in rows]
        self._guess(rows, found)
        shown = [one or self._own(row) for row, one in zip(rows, found, strict=True)]
        return with_finest(shown, self.layout.vocabulary.dimensions, self.where)

    def _row(self, row: FoundRow) -> Shown | None:
        if row.blank:
            return BLANK
        order = [*range(self._at, len(self.known)), *range(self._at)]
        for number in order:
            matcher = self.known[number]
            if isinstance(matcher, Label) and number not in self._used and (shown := self._fixed(matcher, row)):
                self._at = number
                if not matcher.open:
                    self._used.add(number)
                return shown
        for number in order:
            matcher = self.known[number]
            if isinstance(matcher, Many) and (shown := self._one_of(matcher, row)):
                self._at = number
                return shown
        return None

    def _fixed(self, matcher: Label, row: FoundRow) -> Shown | None:
        label = self._said(row.label, matcher)
        captured = matcher.text.captured(label) if label or not matcher.text.source else None
        if captured is None or (row.code and matcher.fixed):
            return None
        if matcher.group and "name" in captured:
            self._group, self._lines = self._value(matcher.group, captured["name"]), 0
        return self._shown(matcher, row)

    def _shown(self, matcher: Label, row: FoundRow) -> Shown:
        name = f"{self._group}/{matcher.id}" if matcher.group and self._group and matcher.id else matcher.id
        return Shown(
            name,
            row.label,
            where=self._inside(matcher.group, matcher.where or EVERYTHING),
            fixed=matcher.fixed,
            finest=not matcher.fixed,
            aside=matcher.aside,
            blank=matcher.where is None,
        )

    def _said(self, label: str, matcher: Label) -> str:
        """A label without its number, and without the 其中 of a detail."""
        word = bare(self.layout.words_of("of_which"))
        said = bare(label)
        return without_number(said.removeprefix(word) if matcher.aside and word else said)

    def _one_of(self, matcher: Many, row: FoundRow) -> Shown | None:
        if matcher.of == "line":
            self._lines += 1
            return self._valued(row.key or str(self._lines), row, matcher.where, matcher)
        dimensions = self.layout.vocabulary.dimensions
        dimension = dimensions[matcher.of]
        if isinstance(dimension, Listed):
            value = bare(row.label)
        else:
            names = self._names.setdefault(matcher.of, Names(dimension))
            levels = matcher.row.levels or ([matcher.row.level] if matcher.row.level else [])
            value = names.code(row.code) or names.value(row.label, levels)
        return self._valued(value, row, dimensions.at(matcher.where, matcher.of, value), matcher) if value else None

    def _valued(self, value: str, row: FoundRow, where: Filter, matcher: Many) -> Shown:
        name = f"{self._group}/{value}" if matcher.group and self._group else value
        return Shown(name, row.label, row.code, self._inside(matcher.group, where), finest=True)

    def _inside(self, group: str, where: Filter) -> Filter:
        """A filter narrowed to the group at hand."""
        dimensions = self.layout.vocabulary.dimensions
        return dimensions.at(where, group, self._group) if group in dimensions and self._group else where

    def _value(self, dimension: str, name: str) -> str:
        """A group's value by its name; an entry of the input's own list goes by its name."""
        d = self.layout.vocabulary.dimensions[dimension]
        return bare(name) if isinstance(d, Listed) else Names(d).value(name) or bare(name)

    def _guess(self, rows: Sequence[FoundRow], found: list[Shown | None]) -> None:
        """A misspelt label named where it stands between its neighbours and none of the layout's is nearer."""
        open_ = [
            (n, m) for n, m in enumerate(self.known) if isinstance(m, Label) and n not in self._used and not m.open
        ]
        for number, row in enumerate(rows):
            if found[number] is not None or not open_ or row.code:
                continue
            near = [(alike(m.text.literal, plain(self._said(row.label, m))), -n, m) for n, m in open_]
            likeness, at, matcher = max(near, key=lambda found: found[:2])
            if likeness >= _NEARLY:
                found[number] = self._shown(matcher, row)
                open_ = [one for one in open_ if one[0] != -at]

    def _own(self, row: FoundRow) -> Shown:
        word = bare(self.layout.words_of("of_which"))
        own = row.code or without_number(bare(row.label).removeprefix(word)) or row.key
        return Shown(own, row.label, row.code, finest=True)
