"""Gathering what several tables or forms hold: their rows, the cells beside or below a label, rows of one kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from budgetreport.checks.document import Cell, Row, Table
from budgetreport.checks.number import AbsentError

_T = TypeVar("_T")


def rows_in(forms: Iterable[Table], part: str) -> list[Row]:
    """The rows of that part of all forms that have it."""
    return [row for rows in _where_there(forms, lambda form: form.part(part)) for row in rows]


def cells_beside(forms: Iterable[Table], label: str) -> list[Cell]:
    """Of each form the cell on the right of the label; forms without it are left out."""
    return list(_where_there(forms, lambda form: form.beside(label)))


def cells_under(forms: Iterable[Table], label: str) -> list[Cell]:
    """Of each form the cell below the label; forms without it are left out."""
    return list(_where_there(forms, lambda form: form.under(label)))


def each_under(form: Table, labels: Iterable[str]) -> list[Cell]:
    """The cells below each of the labels that a form has."""
    return [cell for label in labels for cell in cells_under([form], label)]


def _where_there(forms: Iterable[Table], look: Callable[[Table], _T]) -> Iterator[_T]:
    for form in forms:
        try:
            yield look(form)
        except AbsentError:
            continue


def rows_named(rows: Iterable[Row], pattern: str) -> list[Row]:
    """The rows whose id a regular expression matches."""
    return [row for row in rows if re.search(pattern, row.id)]


def rows_below(rows: Iterable[Row], row: Row) -> list[Row]:
    """The other rows of the group that a row `组/小计` closes or opens: those whose ids begin alike."""
    group = row.id.rpartition("/")[0] + "/"
    return [other for other in rows if other.id.startswith(group) and other.id != row.id]


def rows_where(rows: Iterable[Row], column: str, pattern: str) -> list[Row]:
    """The rows whose text under a column a regular expression matches."""
    return [row for row in rows if row.has(column) and re.search(pattern, row.text(column))]


def grouped(rows: Iterable[Row], column: str) -> list[list[Row]]:
    """The rows in groups of those that print the same under a column; rows that print nothing are left out."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row.has(column) and row.text(column):
            groups.setdefault(row.text(column), []).append(row)
    return list(groups.values())
