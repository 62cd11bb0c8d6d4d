"""A declaration like a layout's, small enough to see whole, and an input that fits it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

from budgetreport import intake
from budgetreport.facts import Facts, Field
from budgetreport.problems import Problem, ProblemsError

SOURCES = ("一般公共预算拨款", "政府性基金预算拨款", "其他收入")
USES = ("人员经费", "公用经费", "项目支出")

_LINE = (
    Field("function", "code", "功能分类", required=True, lengths=(3, 5, 7), dimension="function"),
    Field("economic", "code", "部门经济分类", lengths=(3, 5), dimension="economic"),
    Field("use", "text", "支出性质", required=True, values=USES, dimension="use"),
    Field("source", "text", "资金来源", required=True, values=SOURCES, dimension="source"),
    Field("project", "text", "项目", reference=("projects", "code"), dimension="project"),
    Field("amount", "amount", "金额", required=True),
)
_INDICATOR = (Field("name", "text", "三级指标", required=True), Field("value", "text", "指标值", required=True))
_PROJECT = (
    Field("code", "code", "项目编码", required=True),
    Field("name", "text", "项目名称", required=True),
    Field("plan", "record", "资金支出计划", fields=(Field("6月底", "percent"), Field("12月底", "percent"))),
    Field("goals", "text", "绩效目标", required=True, many=True),
    Field("indicators", "each", "绩效指标", required=True, fields=_INDICATOR),
)

ROOT = Field(
    "",
    "record",
    required=True,
    fields=(
        Field("layout", "text", "版式", required=True),
        Field("year", "year", "预算年度", required=True),
        Field("amount_unit", "text", "金额单位", required=True, values=("万元", "元")),
        Field("unit", "record", "单位", required=True, fields=(
            Field("code", "code", "单位编码", required=True),
            Field("name", "text", "单位名称", required=True),
            Field("region", "text", "行政区划"),
        )),
        Field("ledger", "each", "预算明细", required=True, fields=_LINE),
        Field("prior_year", "record", "上年预算", fields=(
            Field("absent", "flag", "没有上年数"),
            Field("ledger", "each", "上年预算明细", fields=_LINE[:4] + _LINE[5:]),
        )),
        Field("projects", "each", "项目", key="code", referred="ledger.project", fields=_PROJECT),
        Field("assets", "record", "国有资产", fields=(
            Field("date", "date", "截至日期", required=True),
            Field("quantity", "number", "数量"),
            Field("adjustment", "amount", "调整数", signed=True),
        )),
        Field("used_for", "map", "用途", fields=(Field("*", "text", "用途"),)),
        Field("change", "record", "增减情况", any_of=("reason", "none"), fields=(
            Field("reason", "text", "增减原因"),
            Field("none", "flag", "没有变化"),
        )),
        Field(
            "kind", "text", "类别", values=("基本支出", "项目支出"), groups=(("本年支出", "基本支出或项目支出"),)
        ),
        Field("notes", "text", "备注", many=True),
    ),
)  # fmt: skip

EXAMPLE: dict[str, Any] = {
    "$schema": "budgetreport-1.schema.json",
    "layout": "某地/2026-部门预算",
    "year": 2026,
    "amount_unit": "万元",
    "unit": {"code": "224", "name": "某办公室"},
    "ledger": [
        {"function": "2013701", "economic": "30101", "use": "人员经费", "source": SOURCES[0], "amount": 85.21},
        {"function": "2013702", "use": "项目支出", "source": SOURCES[0], "project": "P1", "amount": "5.00"},
    ],
    "projects": [
        {
            "code": "P1",
            "name": "宣传",
            "plan": {"6月底": 50},
            "goals": ["办好活动"],
            "indicators": [{"name": "次数", "value": "≥4次"}],
        }
    ],
    "assets": {"date": "2025-12-31", "adjustment": -1.5},
    "used_for": {"2013701": "日常工作"},
}

Change = Callable[[dict[str, Any]], object]


def example(change: Change = lambda _: None) -> dict[str, Any]:
    """The example after a change in place."""
    data = copy.deepcopy(EXAMPLE)
    change(data)
    return data


def stated(data: object) -> Facts:
    """The facts of an input."""
    return intake.validate(intake.parse(json.dumps(data, ensure_ascii=False, indent=1).encode(), "输入.json"), ROOT)


def refused(change: Change) -> tuple[Problem, ...]:
    """What is wrong with the example after a change."""
    return refused_text(json.dumps(example(change), ensure_ascii=False, indent=1))


def refused_text(text: str | bytes) -> tuple[Problem, ...]:
    """What is wrong with a file of that text; () if nothing."""
    try:
        intake.validate(intake.parse(text if isinstance(text, bytes) else text.encode(), "输入.json"), ROOT)
    except ProblemsError as error:
        return error.problems
    return ()
