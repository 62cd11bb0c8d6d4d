"""Procurement and assets: amounts, quantities, prices, codes, rows, dates."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from budgetreport.checks.text import Position
from budgetreport.report import Report
from tests.checks.mutations.cells import Sites, changed, named, plus
from tests.checks.mutations.damage import (
    Chance,
    Damage,
    Spot,
    altered,
    column_id,
    defect,
    off,
    row_at,
    spoiled,
    spots,
    table_at,
    with_block,
    with_row,
)


def _bought(report: Report, column: str, *, lines: bool = True) -> Sites:
    return [
        (s, c)
        for at in named(report, "政府采购预算")
        for s, c in spots(report, at)
        if column_id(report, s).rpartition("/")[2] == column and c.text and (lines == bool(_goods(report, s)))
    ]


def _goods(report: Report, spot: Spot) -> str:
    cell = row_at(report, spot).cells[2]
    return cell.text if cell else ""


@defect("PR")
def bought_amount(report: Report, chance: Chance) -> Damage | None:
    """The amount of a purchase."""
    return changed(report, chance, _bought(report, "合计"), lambda t: off(t, chance))


@defect("PR")
def bought_total(report: Report, chance: Chance) -> Damage | None:
    """A total of purchases."""
    return changed(report, chance, _bought(report, "合计", lines=False), plus)


@defect("PR")
def bought_fund(report: Report, chance: Chance) -> Damage | None:
    """What one fund pays of a purchase."""
    return changed(report, chance, _bought(report, "一般公共预算拨款"), plus)


@defect("PR")
def quantity(report: Report, chance: Chance) -> Damage | None:
    """A quantity that does not go with price and amount."""
    return changed(report, chance, _bought(report, "数量"), lambda t: str(int(t) * 4))


@defect("PR")
def price(report: Report, chance: Chance) -> Damage | None:
    """A price that does not go with quantity and amount."""
    return changed(report, chance, _bought(report, "单价"), lambda t: f"{Decimal(t) * 3:.2f}")


@defect("PR")
def reserved(report: Report, chance: Chance) -> Damage | None:
    """More reserved for small firms than is spent."""
    column = next(
        (c for at in named(report, "政府采购预算") for c in [table_at(report, at).grids[0].columns[-1].id]), ""
    )
    return changed(report, chance, _bought(report, column), lambda t: f"{Decimal(t) + 20:.2f}")


@defect("PR")
def budget_of_purchases(report: Report, chance: Chance) -> Damage | None:
    """A source of purchases with less money than they take."""
    return changed(report, chance, _bought(report, "预算资金"), lambda _: "0.01")


@defect("PR")
def bought_row(report: Report, chance: Chance) -> Damage | None:
    """A purchase left out."""
    found = _bought(report, "数量")
    if not found:
        return None
    spot, _ = chance.pick(found)
    return Damage(with_row(report, spot), _goods(report, spot), "-", (Position(spot.block),))


@defect("PR", "C")
def catalogue(report: Report, chance: Chance) -> Damage | None:
    """A catalogue code that is not the goods'."""
    return changed(
        report,
        chance,
        _bought(report, "政府采购目录序号"),
        lambda t: chance.pick([f"A0599{t[5:]}", f"B{t[1:]}", t[:-1]]),
    )


@defect("PR")
def brand(report: Report, chance: Chance) -> Damage | None:
    """A maker's name with the goods."""
    return changed(report, chance, _bought(report, "采购物品名称"), lambda t: chance.pick(["联想", "华为", "戴尔"]) + t)


def _held(report: Report, column: str) -> Sites:
    return [
        (s, c)
        for at in named(report, "固定资产占用情况")
        for s, c in spots(report, at)
        if column_id(report, s) == column and c.text
    ]


def _label(report: Report, spot: Spot) -> str:
    cell = row_at(report, spot).cells[0]
    return cell.text if cell else ""


@defect("AS")
def held_value(report: Report, chance: Chance) -> Damage | None:
    """The value of a kind of assets; not of a part of a kind, which is in no sum."""
    kinds = [(s, c) for s, c in _held(report, "价值") if "其中" not in _label(report, s)]
    return changed(report, chance, kinds, lambda t: off(t, chance))


@defect("AS")
def held_total(report: Report, chance: Chance) -> Damage | None:
    """The total of assets."""
    return changed(report, chance, _held(report, "价值")[:1], plus)


@defect("AS")
def held_row(report: Report, chance: Chance) -> Damage | None:
    """A kind of assets left out."""
    found = [(s, c) for s, c in _held(report, "价值") if s.row > 1 and "其中" not in _label(report, s)]
    if not found:
        return None
    spot, _ = chance.pick(found)
    return Damage(with_row(report, spot), _label(report, spot), "-", (Position(spot.block),))


@defect("AS", "TN")
def held_in_text(report: Report, chance: Chance) -> Damage | None:
    """The value of assets in the text."""
    return spoiled(report, chance, r"(?<=固定资产金额为)[0-9.]+(?=万元)", lambda m: off(m[0], chance), "国有资产")


@defect("AS")
def planned(report: Report, chance: Chance) -> Damage | None:
    """Planned purchases that the procurement table does not have."""
    return spoiled(report, chance, r"(?<=固定资产总额为)[0-9.]+(?=万元)", lambda m: f"{Decimal(m[0]) + 5}", "国有资产")


@defect("AS", "YY")
def held_date(report: Report, chance: Chance) -> Damage | None:
    """Assets as of another date."""
    found = named(report, "固定资产占用情况")
    if not found:
        return None
    at = found[0]
    table = table_at(report, at)
    was = next(c for c in table.caption if re.search(r"20[0-9]{2}", c))
    by = chance.pick([lambda m: str(int(m[0]) - 1), lambda m: str(int(m[0]) + 1)])
    now = re.sub(r"20[0-9]{2}", by, was)
    caption = tuple(now if c == was else c for c in table.caption)
    return Damage(with_block(report, at, replace(table, caption=caption)), was, now, (Position(at),))


@defect("AS")
def no_vehicle(report: Report, chance: Chance) -> Damage | None:
    """No vehicle, and money to run one."""
    found = [(s, c) for s, c in _held(report, "数量") if "车辆" in _label(report, s)]
    del chance
    return altered(report, found[0][0], "0") if found else None
