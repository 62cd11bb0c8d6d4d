"""Sums that a table states: across its columns, down its rows, up its codes; and amounts that two tables share.

Each function gives only what does not hold, so that a long table costs a rule nothing but reading it once.
Comparing is in printed units; the Numbers that a message needs are made for the findings alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budgetreport.checks.number import AbsentError, Number
from budgetreport.checks.table import Cell, Row, Table
from budgetreport.report import columns_called

_TERM = re.compile(r"\s+([+-])\s+")
_Signed = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two amounts that differ: what is stated, what is due, and the formula of what is due ('' for a plain copy)."""

    stated: Number
    due: Number
    formula: str = ""


def terms(equation: str) -> tuple[str, tuple[_Signed, ...]]:
    """`whole = a + b - c` as its left side and the signed names on the right. ValueError: no equation."""
    whole, equals, rest = equation.partition(" = ")
    if not equals:
        raise ValueError(equation)
    names = _TERM.split(rest.strip())
    signs = ["+", *names[1::2]]
    return whole.strip(), tuple((1 if s == "+" else -1, n.strip()) for s, n in zip(signs, names[::2], strict=True))


def across(table: Table, equation: str) -> list[Compared]:
    """The rows in which columns do not add up. AbsentError: no part of the table has these columns."""
    whole, parts = terms(equation)
    columns = [whole, *(name for _, name in parts)]
    rows = [row for row in table.rows if row.has(whole)]
    if not rows or not all(row.has(name) for row in rows[:1] for name in columns):
        raise AbsentError(f"《{table.title}》没有“{'”“'.join(columns)}”各栏")
    at = {(g, s): [table.column_at(g, name, s) for name in columns] for g, s in {(r.grid, r.side) for r in rows}}
    found = []
    for row in rows:
        stated, *summands = (table.value(row, n) for n in at[row.grid, row.side])
        due = _signed(parts, summands)
        if stated is not None and due is not None and stated != due:
            found.append(Compared(row[whole], _number((s, row[name]) for s, name in parts), _said(equation)))
    return found


def down(table: Table, equation: str) -> list[Compared]:
    """The columns of amounts in which rows, named by their ids, do not add up. AbsentError: no such rows."""
    name, parts = terms(equation)
    whole = table.row(name)
    summands = [(sign, _on_side(table, part, whole)) for sign, part in parts]
    return _columns(table, whole, summands, _said(equation))


def above(table: Table, name: str, formula: str) -> list[Compared]:
    """The columns of amounts in which a row is not the sum of all rows above it on its side. AbsentError: no row."""
    whole = table.row(name)
    return _columns(table, whole, [(1, row) for row in rows_above(table, name)], formula)


def rows_above(table: Table, name: str) -> tuple[Row, ...]:
    """The rows above one, on its side. AbsentError: no such row."""
    whole = table.row(name)
    return tuple(r for r in table.rows if (r.grid, r.side) == (whole.grid, whole.side) and r.number < whole.number)


def unlike(rows: Iterable[Row], others: Iterable[Row]) -> list[Row]:
    """The rows whose name none of the others bears; blank rows have none."""
    known = {row.name for row in others} | {""}
    return [row for row in rows if row.name not in known]


def last_named(rows: Iterable[Row]) -> list[Row]:
    """The last row that is not blank, if there is one."""
    return [row for row in rows if row.name][-1:]


def up(table: Table, total: str, formula: str) -> list[Compared]:
    """Where a code's amounts are not the sum of those directly below it, and `total` not of the highest codes.

    A difference that one below it explains is not told again: only the deepest wrong code is.
    """
    found: list[tuple[int, int, Compared]] = []
    wholes = [row for row in sorted(table.coded, key=_depth) if table.below(row)]
    for at in table.amounts_at:
        mended: dict[Row, Decimal] = {}
        for row in (*wholes, *(row for row in table.rows if row.id == total)):
            lower = table.below(row) if row.code else table.top
            if not lower or at not in table.amounts_on(row):
                continue
            stated, parts = table.value(row, at), [table.value(r, at) for r in lower]
            if stated is None or None in parts:
                continue
            due = sum((p for p in parts if p is not None), Decimal())
            changes = sum((mended[r] for r in lower if r in mended), Decimal())
            if stated not in (due, due + changes):
                mended[row] = due + changes - stated
                sums = Compared(_at(row, at), _number((1, _at(r, at)) for r in lower), formula)
                found.append((row.number, at, sums))
    return [sums for _, _, sums in sorted(found, key=lambda one: one[:2])]


def by_code(rows: Iterable[Row], column: str, other: Table, other_column: str) -> list[Compared]:
    """The codes whose amounts in these rows and in another table's highest codes differ; one not listed has none.

    A row without a code is known by its label.
    """
    listed = {row.code: row for row in other.top}
    labelled = {row.name: row for row in other.top}
    mine: dict[str, Row] = {}
    found: list[Compared] = []
    for row in rows:
        theirs = listed.get(row.code or row.id) or labelled.get(row.name)
        if theirs is not None:
            mine[theirs.code] = row
        due = theirs[other_column] if theirs is not None else nothing(other)
        found += _differing(row, column, due)
    left = [row for code, row in listed.items() if code not in mine]
    table = next((row.table for row in mine.values()), None)
    return found + [one for row in left for one in _differing(row, other_column, nothing(table))]


def parts_of(whole: Table, parts: Sequence[Table], columns: Sequence[str]) -> list[Compared]:
    """The codes whose amounts in one table are not the sum of those that other tables list, column by column."""
    listed: dict[str, list[Row]] = {}
    for table in parts:
        for row in table.coded:
            listed.setdefault(row.code, []).append(row)
    rows = {row.code: row for row in whole.coded}
    found = []
    for code in dict.fromkeys([*rows, *listed]):
        for column in columns:
            stated = rows[code][column] if code in rows else nothing(whole)
            due = _all((row[column] for row in listed.get(code, ())), parts)
            if stated != due:
                found.append(Compared(stated, due))
    return found


def at_code(table: Table, codes: str | Sequence[str], column: str) -> Number:
    """The amounts of codes in a table: codes that it does not list have none."""
    wanted = (codes,) if isinstance(codes, str) else tuple(codes)
    return _all((row[column] for row in table.coded if row.code in wanted), (table,))


def rows_under(table: Table, codes: str | Sequence[str]) -> list[Row]:
    """The rows of codes and of what stands below them."""
    wanted = (codes,) if isinstance(codes, str) else tuple(codes)
    return [row for row in table.coded if row.code.startswith(wanted)]


def paying(rows: Iterable[Row], column: str) -> list[Number]:
    """The amounts under a column of those rows that have one and no codes below them."""
    amounts = [row[column] for row in rows if not row.table.below(row)]
    return [amount for amount in amounts if amount]


def cells_in(table: Table, column: str) -> list[Cell]:
    """The cells under a column."""
    return [row.cell(column) for row in table.rows]


def having(tables: Iterable[Table], *columns: str) -> list[Table]:
    """The tables that have all these columns, named by their ids' ends."""
    return [t for t in tables if all(columns_called(t.columns, name) for name in columns)]


def amount_in(table: Table, row: str, column: str) -> Number:
    """The amount of a row and column; an empty table's are none. AbsentError: no such row in a table that has some."""
    if table.is_empty and not any(r.id == row for r in table.rows):
        return nothing(table)
    return table.row(row, column)[column]


def nothing(table: Table | None) -> Number:
    """No amount, standing in a table as a whole."""
    return Number(0, spots=table.spots if table else (), terms=0)


def _all(numbers: Iterable[Number], tables: Sequence[Table]) -> Number:
    """The sum; where there is nothing to sum, none, standing in the first table as a whole."""
    found = list(numbers)
    return sum(found, Number(0, terms=0)) if found else nothing(tables[0])


def _columns(table: Table, whole: Row, parts: Sequence[tuple[int, Row]], formula: str) -> list[Compared]:
    found = []
    for at in table.amounts_on(whole):
        stated, due = table.value(whole, at), _signed(parts, [table.value(r, at) for _, r in parts])
        if stated is not None and due is not None and stated != due:
            found.append(Compared(_at(whole, at), _number((sign, _at(r, at)) for sign, r in parts), formula))
    return found


def _differing(row: Row, column: str, due: Number) -> Iterator[Compared]:
    try:
        stated = row[column]
    except AbsentError:
        return
    if stated != due:
        yield Compared(stated, due)


def _on_side(table: Table, name: str, whole: Row) -> Row:
    found = next((r for r in table.rows if r.id == name and (r.grid, r.side) == (whole.grid, whole.side)), None)
    if found is None:
        raise AbsentError(f"《{table.title}》没有“{name}”行")
    return found


def _at(row: Row, at: int) -> Number:
    return row.table.cell_at(row, at).number


def _signed(parts: Iterable[tuple[int, Any]], values: Sequence[Decimal | None]) -> Decimal | None:
    """The sum of values with the signs of their parts; None where one is no number."""
    due = Decimal()
    for (sign, _), value in zip(parts, values, strict=True):
        if value is None:
            return None
        due += sign * value
    return due


def _number(parts: Iterable[tuple[int, Number]]) -> Number:
    return sum((number if sign > 0 else -number for sign, number in parts), Number(0, terms=0))


def _said(equation: str) -> str:
    """The right side of an equation as a message says it."""
    return re.sub(r"\s+([+-])\s+", lambda m: "＋" if m[1] == "+" else "－", equation.partition(" = ")[2].strip())


def _depth(row: Row) -> tuple[int, int]:
    return -len(row.code), row.number


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "across": across,
    "down": down,
    "above": above,
    "rows_above": rows_above,
    "unlike": unlike,
    "last_named": last_named,
    "up": up,
    "by_code": by_code,
    "parts_of": parts_of,
    "at_code": at_code,
    "rows_under": rows_under,
    "paying": paying,
    "cells_in": cells_in,
    "having": having,
    "amount_in": amount_in,
}
