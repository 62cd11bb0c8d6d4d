"""Performance forms: amounts, indicators, plans, goals."""

from __future__ import annotations

import re

from budgetreport.checks.text import Position
from budgetreport.report import Report
from tests.checks.mutations.cells import Sites, changed, plus
from tests.checks.mutations.damage import (
    Chance,
    Damage,
    Spot,
    altered,
    column_id,
    defect,
    spoiled,
    spots,
    table_at,
    tables,
    with_block,
    with_row,
)


def _forms(report: Report) -> list[int]:
    return tables(report, lambda t: t.form)


def _indicators(report: Report, column: str) -> Sites:
    return [
        (s, c) for at in _forms(report) for s, c in spots(report, at) if column_id(report, s) == column and s.grid == 1
    ]


def _beside(report: Report, label: str, right: int = 1) -> Sites:
    """In the forms: the cells beside a label."""
    found = []
    for at in _forms(report):
        cells = dict(spots(report, at))
        for s, c in cells.items():
            if re.sub(r"\s", "", c.text) == label:
                beside = Spot(s.block, s.grid, s.row, s.column + right)
                if beside in cells:
                    found.append((beside, cells[beside]))
    return found


@defect("PF")
def form_budget(report: Report, chance: Chance) -> Damage | None:
    """A form's 预算数 is not what its funds add up to."""
    return changed(report, chance, _beside(report, "预算数"), plus)


@defect("PF")
def form_part(report: Report, chance: Chance) -> Damage | None:
    """A form's 财政资金 greater than its 预算数."""
    return changed(report, chance, _beside(report, "其中：财政资金"), plus)


@defect("PF")
def cost(report: Report, chance: Chance) -> Damage | None:
    """A cost indicator that is not the 预算数."""
    costs = [(s, c) for s, c in _indicators(report, "指标值") if "万元" in c.text]
    return changed(report, chance, costs, lambda t: re.sub(r"[0-9.]+", "77.00", t))


@defect("PF")
def vague_value(report: Report, chance: Chance) -> Damage | None:
    """A value that cannot be measured."""
    return changed(
        report, chance, _indicators(report, "指标值"), lambda _: chance.pick(["较高", "明显提升", "不断加强"])
    )


@defect("PF")
def beyond_all(report: Report, chance: Chance) -> Damage | None:
    """A value of ≥100%."""
    return changed(report, chance, _indicators(report, "指标值"), lambda t: re.sub(r"^≥?[0-9]+[%％]$", "≥100%", t))


@defect("PF")
def operator(report: Report, chance: Chance) -> Damage | None:
    """≤ for a rate that should be high."""
    rates = [(s, c) for s, c in _indicators(report, "指标值") if re.fullmatch("≥[0-9]+%", c.text)]
    return changed(report, chance, rates, lambda t: t.replace("≥", "≤"))


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
        cells = dict(spots(report, at))
        for s, c in cells.items():
            under = Spot(s.block, s.grid, s.row + 1, s.column)
            if c.text == month and under in cells:
                found.append((under, cells[under]))
    return found


@defect("PF")
def falling_plan(report: Report, chance: Chance) -> Damage | None:
    """A plan that falls, or is no cumulative one."""
    return changed(report, chance, [x for x in _plan(report, "6月底") if x[1].text], lambda _: "5%")


@defect("PF")
def plan_over(report: Report, chance: Chance) -> Damage | None:
    """A plan above 100%, or one that never ends there."""
    return changed(report, chance, _plan(report, "12月底"), lambda _: chance.pick(["120%", "90%"]))


@defect("PF")
def cut_off(report: Report, chance: Chance) -> Damage | None:
    """The goals of a form cut off in the middle of a word.

    Only those that end in a stop: where none is the custom, nobody could see that the last word is not whole.
    """
    goals = [(s, c) for s, c in _beside(report, "绩效目标") if c.text.endswith("。")]
    return changed(report, chance, goals, lambda t: t[: -chance.pick([3, 4, 5])])


@defect("PF")
def project_code(report: Report, chance: Chance) -> Damage | None:
    """A project's code that lost a character, or all of them."""
    return changed(report, chance, _beside(report, "项目编码"), lambda t: chance.pick([t[:-1], t[1:], ""]))


@defect("PF")
def basis_worded_otherwise(report: Report, chance: Chance) -> Damage | None:
    """A basis in other words than everywhere else."""
    return changed(
        report,
        chance,
        _indicators(report, "指标值确定依据"),
        lambda t: {"调查问卷": "问卷调查", "项目实施方案": "项目的实施方案"}.get(t, t),
    )


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
    return spoiled(
        report,
        chance,
        r"(?<=面积|长度|页数)[0-9]+(?=亩|公里|万页)|(?<=设施)[0-9]+(?=家以上)|(?<=成活率达到)[0-9]+(?=%)",
        lambda m: str(int(m[0]) + 7),
        "整体绩效目标",
    )
