"""Rows that a layout knows: its row definitions unfolded to matchers of printed labels and codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from budgetreport.dimensions import Codes, Dimension
from budgetreport.filters import EVERYTHING, Filter
from budgetreport.layout.model import Layout, Row
from budgetreport.layout.vocabulary import Listed
from budgetreport.numerals import without_number
from budgetreport.read.pattern import Pattern, pattern
from budgetreport.wording import bare, plain


@dataclass(frozen=True)
class Label:
    """A row that is printed once: fixed, or a value that the layout lists. `group`: the dimension it is a group of."""

    id: str
    text: Pattern
    where: Filter | None
    fixed: bool = True
    aside: bool = False
    group: str = ""
    open: bool = False
    """Whether it is printed again for each of a group's values."""


@dataclass(frozen=True)
class Many:
    """Rows that the input decides on: a tree's codes, a dimension's values, a line each."""

    row: Row
    where: Filter
    group: str = ""

    @property
    def of(self) -> str:
        """The dimension, or 'line'."""
        return self.row.tree or self.row.each


Matcher = Label | Many


def matchers(rows: Sequence[Row], layout: Layout) -> tuple[Matcher, ...]:
    """The definitions of a side's rows in order."""
    return tuple(_unfolded(rows, layout, EVERYTHING, ""))


def _unfolded(rows: Sequence[Row], layout: Layout, where: Filter, group: str) -> Iterator[Matcher]:
    d = layout.vocabulary.dimensions
    for row in rows:
        inner = d.both(where, row.where) if row.where else where
        if row.fill_to:
            continue
        if row.each and row.rows:
            yield from _unfolded(row.rows, layout, inner, row.each)
        elif row.values is not None:
            yield from _listed(row, layout, inner, group)
        elif row.tree or row.each:
            yield Many(row, inner, group)
        else:
            yield _label(row, layout, inner if row.where is not None else None, group)
            for detail in _unfolded(row.of_which, layout, inner, group):
                yield Label(**{**detail.__dict__, "aside": True}) if isinstance(detail, Label) else detail


def _label(row: Row, layout: Layout, where: Filter | None, group: str) -> Label:
    source = row.label.source if row.label else ""
    return Label(row.name, pattern(without_number(source), layout), where, group=group, open=bool(group))


def _listed(row: Row, layout: Layout, where: Filter, group: str) -> Iterator[Matcher]:
    """The values that a row definition lists, each with its name."""
    d = layout.vocabulary.dimensions
    dimension = d[row.tree or row.each]
    for value, said in row.values or ():
        name = said or (dimension.name(value) if not isinstance(dimension, Listed) else value)
        yield Label(
            value,
            pattern(without_number(name), layout),
            d.at(where, dimension.key, value),
            fixed=False,
            group=group,
        )


@dataclass
class Names:
    """Values of a dimension by what they are called."""

    dimension: Dimension
    _seen: list[str] = field(default_factory=list)

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        if isinstance(self.dimension, Codes):
            for code in self.dimension.tree:
                found.setdefault(plain(self.dimension.tree.name(code)), []).append(code)
        return found

    def value(self, label: str, levels: Sequence[str] = ()) -> str:
        """The value that is called so, '' where none is; of several codes the one below what was named before."""
        name = plain(without_number(label))
        if not isinstance(self.dimension, Codes):
            parents = getattr(self.dimension, "parents", {})
            return next((word for word in parents if plain(word) == name), "")
        codes = [c for c in self._by_name.get(name, ()) if not levels or self.dimension.level(c) in levels]
        if not codes:
            return ""
        best = max(codes, key=lambda c: max((len(s) for s in self._seen if c.startswith(s)), default=0))
        self._seen.append(best)
        return best

    def code(self, text: str) -> str:
        """The text where it can be a code of the dimension."""
        code = bare(text)
        known = isinstance(self.dimension, Codes) and code.isascii() and code.isdecimal() and self.dimension.level(code)
        return code if known else ""
