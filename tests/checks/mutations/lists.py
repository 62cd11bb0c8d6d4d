"""Performance forms, procurement, assets and codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from budgetreport.checks.document import Position
from budgetreport.report import Cell, Kind, Report
from tests.checks.mutations.amounts import amounts, main_tables
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
    spoiled,
    spots,
    table_at,
    tables,
    with_block,
    with_cell,
    with_row,
)

Sites = list[tuple[Spot, Cell]]
_UNLIKE = {"支": "收", "费": "用", "业": "事", "政": "证", "保": "报", "工": "公"}


def _forms(report: Report) -> list[int]:
    return tables(report, lambda t: t.form)


def _named(report: Report, name: str) -> list[int]:
    return tables(report, lambda t: t.id == name)


def _indicators(report: Report, column: str) -> Sites:
    return [
        (s, c)
        for at in _forms(report)
        for s, c in spots(report, at)
        if column_id(report, s) == column and s.grid == 1
    ]


def _beside(report: Report, label: str, right: int = 1) -> Sites:
    """In the forms: the cells beside a label."""
    found = []
    for at in _forms(report):
        cells = {s: c for s, c in spots(report, at)}
        for s, c in cells.items():
            if re.sub(r"\s", "", c.text) == label:
                beside = Spot(s.block, s.grid, s.row, s.column + right)
                if beside in cells:
                    found.append((beside, cells[beside]))
    return found


def _change(report: Report, chance: Chance, sites: Sites, by: Callable[[str], str]) -> Damage | None:
    fitting = [(s, c) for s, c in sites if by(c.text) != c.text]
    if not fitting:
        return None
    spot, cell = chance.pick(fitting)
    return altered(report, spot, by(cell.text))


@defect("PF")
def form_budget(report: Report, chance: Chance) -> Damage | None:
    """A form's 预算数 is not what its funds add up to."""
    return _change(report, chance, _beside(report, "预算数"), _plus)


@defect("PF")
def form_part(report: Report, chance: Chance) -> Damage | None:
    """A form's 财政资金 greater than its 预算数."""
    return _change(report, chance, _beside(report, "其中：财政资金"), _plus)


@defect("PF")
def cost(report: Report, chance: Chance) -> Damage | None:
    """A cost indicator that is not the 预算数."""
    costs = [(s, c) for s, c in _indicators(report, "指标值") if "万元" in c.text]
    return _change(report, chance, costs, lambda t: re.sub(r"[0-9.]+", "77.00", t))


@defect("PF")
def vague_value(report: Report, chance: Chance) -> Damage | None:
    """A value that cannot be measured."""
    return _change(report, chance, _indicators(report, "指标值"), lambda _: chance.pick(["较高", "明显提升", "不断加强"]))


@defect("PF")
def beyond_all(report: Report, chance: Chance) -> Damage | None:
    """A value of ≥100%."""
    return _change(report, chance, _indicators(report, "指标值"), lambda t: re.sub(r"^≥?[0-9]+[%％]$", "≥100%", t))


@defect("PF")
def operator(report: Report, chance: Chance) -> Damage | None:
    """≤ for a rate that should be high."""
    rates = [(s, c) for s, c in _indicators(report, "指标值") if re.fullmatch("≥[0-9]+%", c.text)]
    return _change(report, chance, rates, lambda t: t.replace("≥", "≤"))


@defect("PF")
def no_satisfaction(report: Report, chance: Chance) -> Damage | None:
    """A form without its indicators of one kind."""
    found = [(s, c) for s, c in _indicators(report, "一级指标") if c.text in ("满意度指标", "效益指标") and c.rows == 1]
    if not found:
        return None
    spot, cell = chance.pick(found)
    title = table_at(report, spot.block).title
    return Damage(with_row(report, spot), f"{cell.text} of {title}", "-", (Position(spot.block),))


@defect("PF")
def description(report: Report, chance: Chance) -> Damage | None:
    """A description that repeats the name."""
    names = {(s.block, s.row): c.text for s, c in _indicators(report, "三级指标")}
    found = [(s, c) for s, c in _indicators(report, "绩效指标描述") if c.text != names[s.block, s.row]]
    spot, _ = chance.pick(found)
    return altered(report, spot, names[spot.block, spot.row])


def _plan(report: Report, month: str) -> Sites:
    """The values under a month of the plan."""
    found = []
    for at in _forms(report):
        cells = {s: c for s, c in spots(report, at)}
        for s, c in cells.items():
            under = Spot(s.block, s.grid, s.row + 1, s.column)
            if c.text == month and under in cells:
                found.append((under, cells[under]))
    return found


@defect("PF")
def falling_plan(report: Report, chance: Chance) -> Damage | None:
    """A plan that falls, or is no cumulative one."""
    return _change(report, chance, [x for x in _plan(report, "6月底") if x[1].text], lambda _: "5%")


@defect("PF")
def plan_over(report: Report, chance: Chance) -> Damage | None:
    """A plan above 100%, or one that never ends there."""
    return _change(report, chance, _plan(report, "12月底"), lambda _: chance.pick(["120%", "90%"]))


@defect("PF")
def cut_off(report: Report, chance: Chance) -> Damage | None:
    """The goals of a form cut off in the middle of a word.

    Only those that end in a stop: where none is the custom, nobody could see that the last word is not whole.
    """
    goals = [(s, c) for s, c in _beside(report, "绩效目标") if c.text.endswith("。")]
    return _change(report, chance, goals, lambda t: t[: -chance.pick([3, 4, 5])])


@defect("PF")
def project_code(report: Report, chance: Chance) -> Damage | None:
    """A project's code that lost a character, or all of them."""
    return _change(report, chance, _beside(report, "项目编码"), lambda t: chance.pick([t[:-1], t[1:], ""]))


@defect("PF")
def basis_worded_otherwise(report: Report, chance: Chance) -> Damage | None:
    """A basis in other words than everywhere else."""
    return _change(report, chance, _indicators(report, "指标值确定依据"), lambda t: {"调查问卷": "问卷调查", "项目实施方案": "项目的实施方案"}.get(t, t))


@defect("PF", "X", "TN")
def form_dropped(report: Report, chance: Chance) -> Damage | None:
    """A project without its form."""
    forms = _forms(report)
    if not forms:
        return None
    at = chance.pick(forms)
    title = table_at(report, at).title
    name = re.sub(r"^[0-9]+、|绩效目标表$", "", title)
    section = max(n for n, b in enumerate(report.blocks[:at]) if hasattr(b, "level") and n not in forms)
    rest = tuple(Position(n if n < at else n - 1) for n in forms if n != at)
    return Damage(with_block(report, at), title, "-", (Position(section), *rest), (name, re.sub(r"^网信办", "", name)))


@defect("PF")
def indicator_in_text(report: Report, chance: Chance) -> Damage | None:
    """An indicator in the text with another value than in its form."""
    return spoiled(report, chance, r"(?<=面积|长度|页数)[0-9]+(?=亩|公里|万页)|(?<=设施)[0-9]+(?=家以上)|(?<=成活率达到)[0-9]+(?=%)", lambda m: str(int(m[0]) + 7), "整体绩效目标")


def _bought(report: Report, column: str, *, lines: bool = True) -> Sites:
    return [
        (s, c)
        for at in _named(report, "政府采购预算")
        for s, c in spots(report, at)
        if column_id(report, s).rpartition("/")[2] == column and c.text and (lines == bool(_goods(report, s)))
    ]


def _goods(report: Report, spot: Spot) -> str:
    cell = row_at(report, spot).cells[2]
    return cell.text if cell else ""


@defect("PR")
def bought_amount(report: Report, chance: Chance) -> Damage | None:
    """The amount of a purchase."""
    return _change(report, chance, _bought(report, "合计"), lambda t: off(t, chance))


@defect("PR")
def bought_total(report: Report, chance: Chance) -> Damage | None:
    """A total of purchases."""
    return _change(report, chance, _bought(report, "合计", lines=False), _plus)


@defect("PR")
def bought_fund(report: Report, chance: Chance) -> Damage | None:
    """What one fund pays of a purchase."""
    return _change(report, chance, _bought(report, "一般公共预算拨款"), _plus)


@defect("PR")
def quantity(report: Report, chance: Chance) -> Damage | None:
    """A quantity that does not go with price and amount."""
    return _change(report, chance, _bought(report, "数量"), lambda t: str(int(t) * 4))


@defect("PR")
def price(report: Report, chance: Chance) -> Damage | None:
    """A price that does not go with quantity and amount."""
    return _change(report, chance, _bought(report, "单价"), lambda t: f"{Decimal(t) * 3:.2f}")


@defect("PR")
def reserved(report: Report, chance: Chance) -> Damage | None:
    """More reserved for small firms than is spent."""
    column = next((c for at in _named(report, "政府采购预算") for c in [table_at(report, at).grids[0].columns[-1].id]), "")
    return _change(report, chance, _bought(report, column), lambda t: f"{Decimal(t) + 20:.2f}")


@defect("PR")
def budget_of_purchases(report: Report, chance: Chance) -> Damage | None:
    """A source of purchases with less money than they take."""
    return _change(report, chance, _bought(report, "预算资金"), lambda _: "0.01")


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
    return _change(report, chance, _bought(report, "政府采购目录序号"), lambda t: chance.pick([f"A0599{t[5:]}", f"B{t[1:]}", t[:-1]]))


@defect("PR")
def brand(report: Report, chance: Chance) -> Damage | None:
    """A maker's name with the goods."""
    return _change(report, chance, _bought(report, "采购物品名称"), lambda t: chance.pick(["联想", "华为", "戴尔"]) + t)


def _held(report: Report, column: str) -> Sites:
    return [
        (s, c)
        for at in _named(report, "固定资产占用情况")
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
    return _change(report, chance, kinds, lambda t: off(t, chance))


@defect("AS")
def held_total(report: Report, chance: Chance) -> Damage | None:
    """The total of assets."""
    return _change(report, chance, _held(report, "价值")[:1], _plus)


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
    found = _named(report, "固定资产占用情况")
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


def _codes(report: Report) -> Sites:
    return [(s, c) for at in main_tables(report) for s, c in spots(report, at) if c.kind is Kind.CODE and c.text]


def _names(report: Report) -> Sites:
    return [(replace(s, column=s.column + 1), c) for s, _ in _codes(report) if (c := row_at(report, s).cells[s.column + 1])]


def _entry(report: Report, chance: Chance, sites: Sites, by: Callable[[str], str]) -> Damage | None:
    """A code and its name are one entry: the damage of either stands at both."""
    damage = _change(report, chance, sites, by)
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
    return _entry(report, chance, _names(report), lambda t: re.sub("[支费业政保工]", lambda m: _UNLIKE[m[0]], t, count=1))


@defect("C")
def code_of_old(report: Report, chance: Chance) -> Damage | None:
    """A name from before the reform, or of a sister."""
    return _entry(report, chance, _names(report), lambda t: {"卫生健康支出": "医疗卫生与计划生育支出", "行政运行": "一般行政管理事务", "办公费": "印刷费"}.get(t, t))


@defect("C", "T")
def parent_dropped(report: Report, chance: Chance) -> Damage | None:
    """A parent code left out."""
    codes = _codes(report)
    parents = [(s, c) for s, c in codes if any(o.block == s.block and d.text != c.text and d.text.startswith(c.text) for o, d in codes)]
    spot, cell = chance.pick(parents)
    return Damage(with_row(report, spot), cell.text, "-", (Position(spot.block),), (cell.text,))


def _plus(text: str) -> str:
    return f"{Decimal(text) + Decimal('1.70'):.2f}" if AMOUNT.fullmatch(text) else text


