"""Gathering what several tables or forms hold: their rows, the cells beside or below a label, rows of one kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeVar

from budgetreport.checks.number import AbsentError
from budgetreport.checks.table import Cell, Row, Table

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


def rows_called(rows: Iterable[Row], names: Container[str]) -> list[Row]:
    """The rows whose id is one of the names."""
    return [row for row in rows if row.id in names]


def rows_along(table: Table, names: Sequence[str]) -> list[Row]:
    """The coded rows that are called by the last of these names, under rows that are called by the others."""
    called = {row.code: row.name for row in table.coded}
    wanted = [*names]

    def along(row: Row) -> list[str]:
        return [called[code] for n in range(1, len(row.code) + 1) if (code := row.code[:n]) in called]

    return [row for row in table.coded if along(row)[-len(wanted) :] == wanted]


def rows_below(rows: Iterable[Row], row: Row) -> list[Row]:
    """The other rows of the group that a row `组/小计` closes or opens: those whose ids begin alike."""
    group = row.id.rpartition("/")[0] + "/"
    return [other for other in rows if other.id.startswith(group) and other.id != row.id]


def rows_where(rows: Iterable[Row], column: str, pattern: str) -> list[Row]:
    """The rows whose text under a column a regular expression matches."""
    return [row for row in rows if row.has(column) and re.search(pattern, row.text(column))]


def rows_alike(rows: Iterable[Row], column: str, other: str) -> list[Row]:
    """The rows that print the same under two columns."""
    return [row for row in rows if row.has(column) and row.has(other) and row.text(column) == row.text(other) != ""]


def rows_at_least(rows: Iterable[Row], column: str, yuan: str) -> list[Row]:
    """The rows whose amount under a column is at least so many 元."""
    return [row for row in rows if row[column].value >= Decimal(yuan) * 100]


def grouped(rows: Iterable[Row], column: str) -> list[list[Row]]:
    """The rows in groups of those that print the same under a column; rows that print nothing are left out."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row.has(column) and row.text(column):
            groups.setdefault(row.text(column), []).append(row)
    return list(groups.values())


def column_of(rows: Iterable[Row], column: str) -> list[Cell]:
    """The cells of rows under a column; rows without it are left out."""
    return [row.cell(column) for row in rows if row.has(column)]


def falling(cells: Iterable[Cell]) -> list[Cell]:
    """The cells whose number is less than that of the cell before."""
    return [after for before, after in pairwise(cells) if after.plain.value < before.plain.value]


def numbers_in(text: str) -> list[Decimal]:
    """All numbers in a text, as plain decimals."""
    return [Decimal(found) for found in re.findall(r"[0-9]+(?:\.[0-9]+)?", text)]


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "cells_beside": cells_beside,
    "cells_under": cells_under,
    "column_of": column_of,
    "each_under": each_under,
    "falling": falling,
    "grouped": grouped,
    "numbers_in": numbers_in,
    "rows_alike": rows_alike,
    "rows_along": rows_along,
    "rows_at_least": rows_at_least,
    "rows_below": rows_below,
    "rows_called": rows_called,
    "rows_in": rows_in,
    "rows_named": rows_named,
    "rows_where": rows_where,
}
"""What expressions call these by."""
