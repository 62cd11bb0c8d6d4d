"""Codes and their names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from budgetreport.checks.text import Position
from budgetreport.report import Kind, Report
from tests.checks.mutations.amounts import main_tables
from tests.checks.mutations.cells import Sites, changed
from tests.checks.mutations.damage import (
    Chance,
    Damage,
    defect,
    row_at,
    spots,
    with_row,
)

_UNLIKE = {"支": "收", "费": "用", "业": "事", "政": "证", "保": "报", "工": "公"}
"""Characters and what they are taken for."""


def _codes(report: Report) -> Sites:
    return [(s, c) for at in main_tables(report) for s, c in spots(report, at) if c.kind is Kind.CODE and c.text]


def _names(report: Report) -> Sites:
    return [
        (replace(s, column=s.column + 1), c) for s, _ in _codes(report) if (c := row_at(report, s).cells[s.column + 1])
    ]


def _entry(report: Report, chance: Chance, sites: Sites, by: Callable[[str], str]) -> Damage | None:
    """A code and its name are one entry: the damage of either stands at both."""
    damage = changed(report, chance, sites, by)
    if damage is None:
        return None
    (at,) = damage.at
    return replace(damage, at=tuple(replace(at, column=c) for c in (at.column - 1, at.column, at.column + 1)))


@defect("C")
def code_off(report: Report, chance: Chance) -> Damage | None:
    """A code with its last digit off by one."""
    return _entry(report, chance, _codes(report), lambda t: t[:-1] + str((int(t[-1]) + 1) % 10))


@defect("C")
def code_digit(report: Report, chance: Chance) -> Damage | None:
    """A code with a digit wrong."""
    return _entry(report, chance, _codes(report), lambda t: t[:2] + str((int(t[2]) + 3) % 10) + t[3:])


@defect("C")
def code_short(report: Report, chance: Chance) -> Damage | None:
    """A code that lost a digit."""
    return _entry(report, chance, _codes(report), lambda t: t[:-1])


@defect("C")
def code_renamed(report: Report, chance: Chance) -> Damage | None:
    """One character of a code's name."""
    return _entry(
        report, chance, _names(report), lambda t: re.sub("[支费业政保工]", lambda m: _UNLIKE[m[0]], t, count=1)
    )


@defect("C")
def code_of_old(report: Report, chance: Chance) -> Damage | None:
    """A name from before the reform, or of a sister."""
    return _entry(
        report,
        chance,
        _names(report),
        lambda t: {"卫生健康支出": "医疗卫生与计划生育支出", "行政运行": "一般行政管理事务", "办公费": "印刷费"}.get(
            t, t
        ),
    )


@defect("C", "T")
def parent_dropped(report: Report, chance: Chance) -> Damage | None:
    """A parent code left out."""
    codes = _codes(report)
    parents = [
        (s, c)
        for s, c in codes
        if any(o.block == s.block and d.text != c.text and d.text.startswith(c.text) for o, d in codes)
    ]
    spot, cell = chance.pick(parents)
    return Damage(with_row(report, spot), cell.text, "-", (Position(spot.block),), (cell.text,))
