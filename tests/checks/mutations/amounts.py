"""Amounts in tables: a digit, a sign, a row; within one table, or agreed in it and different from the others."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from budgetreport.checks.text import Position
from budgetreport.report import Kind, Report
from tests.checks.mutations.damage import (
    AMOUNT,
    Chance,
    Damage,
    Spot,
    altered,
    column_id,
    defect,
    off,
    row_at,
    spots,
    table_at,
    tables,
    with_cell,
    with_row,
)

FINEST = 7
"""Digits of the finest function codes, by which several tables list."""


def main_tables(report: Report) -> list[int]:
    """The tables of the budget itself: those that are headings."""
    return tables(report, lambda t: t.level == 1 and not t.form)


def amounts(report: Report, *blocks: int) -> list[tuple[Spot, str]]:
    return [(s, c.text) for at in blocks for s, c in spots(report, at) if AMOUNT.fullmatch(c.text)]


def code_of(report: Report, spot: Spot) -> str:
    return next((c.text for c in row_at(report, spot).cells if c and c.kind is Kind.CODE and c.text), "")


def _any(report: Report, chance: Chance) -> tuple[Spot, str]:
    """An amount of one of the tables, each table as likely."""
    filled = [found for at in main_tables(report) if (found := amounts(report, at))]
    return chance.pick(chance.pick(filled))


@defect("T")
def digit(report: Report, chance: Chance) -> Damage:
    """One digit of an amount in a table."""
    spot, text = _any(report, chance)
    return altered(report, spot, off(text, chance))


@defect("T")
def tenfold(report: Report, chance: Chance) -> Damage:
    """An amount in a table with its point one place off."""
    spot, text = _any(report, chance)
    return altered(report, spot, f"{Decimal(text) * 10:.2f}")


@defect("T", "IN")
def negative(report: Report, chance: Chance) -> Damage:
    """An amount in a table with a minus."""
    spot, text = _any(report, chance)
    return altered(report, spot, f"-{text}")


@defect("T")
def emptied(report: Report, chance: Chance) -> Damage:
    """An amount in a table left out."""
    spot, _ = _any(report, chance)
    return altered(report, spot, "")


@defect("T")
def filled(report: Report, chance: Chance) -> Damage | None:
    """An amount where a table has none."""
    found = [
        s
        for at in main_tables(report)
        if amounts(report, at)
        for s, c in spots(report, at)
        if not c.text and not c.header and s.column > 1 and c.kind is Kind.AMOUNT
    ]
    return altered(report, chance.pick(found), "3.20") if found else None


def _coded(report: Report) -> list[Spot]:
    """The code cells of the finest rows: no other code of the table begins so."""
    found = []
    for at in main_tables(report):
        codes = [(s, c.text) for s, c in spots(report, at) if c.kind is Kind.CODE and c.text]
        found += [s for s, code in codes if not any(o != code and o.startswith(code) for _, o in codes)]
    return found


@defect("T", "X", "C")
def row_dropped(report: Report, chance: Chance) -> Damage:
    """A row of the finest level left out."""
    spot = chance.pick(_coded(report))
    made = with_row(report, spot)
    return Damage(
        made, f"{code_of(report, spot)} of {table_at(report, spot.block).title}", "-", (Position(spot.block),)
    )


@defect("T", "IN", "C")
def row_doubled(report: Report, chance: Chance) -> Damage:
    """A row of the finest level printed twice."""
    spot = chance.pick(_coded(report))
    row = row_at(report, spot)
    made = with_row(report, spot, row, row)
    return Damage(
        made, f"{code_of(report, spot)} of {table_at(report, spot.block).title}", "twice", (Position(spot.block),)
    )


@defect("T")
def total_left(report: Report, chance: Chance) -> Damage | None:
    """A total that was not brought up to date."""
    found = [(s, t) for s, t in amounts(report, *main_tables(report)) if row_at(report, s).total]
    if not found:
        return None
    spot, text = chance.pick(found)
    return altered(report, spot, f"{Decimal(text) + Decimal('1.20'):.2f}")


@defect("X")
def agreed_within_one_table(report: Report, chance: Chance) -> Damage:
    """A leaf with all its totals changed in one table, so that it adds up and differs from the others."""
    codes = _coded(report)
    found = [s for at in dict.fromkeys(c.block for c in codes) for s in _leaves(report, at, codes)]
    spot = chance.pick(found)
    code, delta = code_of(report, spot), Decimal(chance.pick(["0.10", "1.00", "12.34"]))
    made, places = report, []
    for other, text in amounts(report, spot.block):
        above = code_of(report, other)
        if code.startswith(above) and (other.column == spot.column or _sums(report, other, spot)):
            made = with_cell(made, other, f"{Decimal(text) + delta:.2f}")
            places.append(other.position)
    cell = row_at(report, spot).cells[spot.column]
    assert cell is not None
    title = table_at(report, spot.block).title
    return Damage(made, f"{cell.text} of {code} in {title}", f"{delta} more, all totals too", tuple(places))


def _leaves(report: Report, at: int, codes: list[Spot]) -> list[Spot]:
    rows = {c.row for c in codes if c.block == at}
    return [s for s, _ in amounts(report, at) if s.row in rows and not _is_sum(column_id(report, s))]


def _is_sum(column: str) -> bool:
    return column.rpartition("/")[2] in ("合计", "小计")


def _sums(report: Report, total: Spot, part: Spot) -> bool:
    """Whether a column is a total over the part's."""
    over, of = column_id(report, total), column_id(report, part)
    return _is_sum(over) and (over.rpartition("/")[2] == "合计" or of.startswith(over.rpartition("/")[0] + "/"))


@defect("X")
def exchanged(report: Report, chance: Chance) -> Damage | None:
    """The amounts of two sister rows exchanged, in a table whose rows others print too: every total holds."""
    codes = [s for s in _coded(report) if len(code_of(report, s)) == FINEST]
    pairs = [
        (a, b)
        for a in codes
        for b in codes
        if (a.block, a.grid) == (b.block, b.grid)
        and a.row < b.row
        and _shape(report, a) == _shape(report, b)
        and code_of(report, a)[:-2] == code_of(report, b)[:-2]
    ]
    pairs = [(a, b) for a, b in pairs if _said(report, a) != _said(report, b)]
    if not pairs:
        return None
    a, b = chance.pick(pairs)
    first, second = row_at(report, a), row_at(report, b)
    mixed = [
        tuple(o if o and o.kind is Kind.AMOUNT else c for c, o in zip(x.cells, y.cells, strict=True))
        for x, y in ((first, second), (second, first))
    ]
    made = with_row(with_row(report, a, replace(first, cells=mixed[0])), b, replace(second, cells=mixed[1]))
    at = tuple(
        replace(s, column=x).position
        for s in (a, b)
        for x, c in enumerate(first.cells)
        if c and AMOUNT.fullmatch(c.text)
    )
    title = table_at(report, a.block).title
    return Damage(made, f"{code_of(report, a)} and {code_of(report, b)} in {title}", "amounts exchanged", at)


def _shape(report: Report, spot: Spot) -> list[bool]:
    return [bool(c and AMOUNT.fullmatch(c.text)) for c in row_at(report, spot).cells]


def _said(report: Report, spot: Spot) -> list[str]:
    return [c.text for c in row_at(report, spot).cells if c and AMOUNT.fullmatch(c.text)]


@defect("X", "T", "TN")
def table_of_last_year(report: Report, chance: Chance) -> Damage:
    """All amounts of a table twice what they were, as if another year's had been pasted."""
    at = chance.pick([n for n in main_tables(report) if amounts(report, n)])
    made = report
    for spot, text in amounts(report, at):
        made = with_cell(made, spot, f"{Decimal(text) * 2:.2f}")
    return Damage(made, table_at(report, at).title, "all amounts doubled", (Position(at),))


@defect("IN", "X")
def other_unit(report: Report, chance: Chance) -> Damage:
    """All amounts of a table in 元 under 单位：万元."""
    at = chance.pick([n for n in main_tables(report) if amounts(report, n)])
    made = report
    for spot, text in amounts(report, at):
        made = with_cell(made, spot, f"{Decimal(text) * 10000:.2f}")
    return Damage(made, table_at(report, at).title, "in 元", (Position(at),))


@defect("X", "PF", "TN")
def form_amount(report: Report, chance: Chance) -> Damage | None:
    """A form's 预算数 and its 财政资金 changed alike."""
    forms = tables(report, lambda t: t.form)
    if not forms:
        return None
    at = chance.pick(forms)
    found = amounts(report, at)
    made = report
    for spot, text in found[:2]:
        made = with_cell(made, spot, f"{Decimal(text) + 3:.2f}")
    return Damage(
        made, f"{found[0][1]} in {table_at(report, at).title}", "3.00 more", tuple(s.position for s, _ in found[:2])
    )
