"""What operators on cells share: the cells of a kind, and one of them changed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from budgetreport.report import Cell, Report
from tests.checks.mutations.damage import (
    AMOUNT,
    Chance,
    Damage,
    Spot,
    altered,
    tables,
)

Sites = list[tuple[Spot, Cell]]
"""Cells with their places."""


def named(report: Report, name: str) -> list[int]:
    return tables(report, lambda t: t.id == name)


def changed(report: Report, chance: Chance, sites: Sites, by: Callable[[str], str]) -> Damage | None:
    fitting = [(s, c) for s, c in sites if by(c.text) != c.text]
    if not fitting:
        return None
    spot, cell = chance.pick(fitting)
    return altered(report, spot, by(cell.text))


def plus(text: str) -> str:
    return f"{Decimal(text) + Decimal('1.70'):.2f}" if AMOUNT.fullmatch(text) else text
