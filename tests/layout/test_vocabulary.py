"""The words of filters: dimensions, values, terms. A wrong one is refused with its place; `any`, `none` are words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.making import line, printed, refused, report, small, stated

LAYOUT = "title: 小\ninherits: common\n"

MISTAKES = {
    "a word for a dimension": ("dimensions:\n  甲: 乙\n", "4:6", "维度“甲”的写法有误", "{title: …, values: […]}"),
    "an unknown key of a dimension": ("dimensions:\n  甲: {values: [乙], titel: 甲}\n", "4:20", "titel", "“title”"),
    "codes without levels": ("dimensions:\n  甲: {codes: function}\n", "4:6", "却没有 levels", "{类: 3, 款: 5}"),
    "one value for a list": ("dimensions:\n  甲: {values: 乙}\n", "4:15", "values 应是列表", "[ ]"),
    "a value below that is no list": ("dimensions:\n  甲: {values: [{乙: 丙}]}\n", "4:20", "values 应是列表", "[ ]"),
    "a list for a filter": ("terms:\n  甲: [基本支出]\n", "4:6", "筛选条件不能是列表", "{维度: 取值}"),
    "another word than not": ("terms:\n  甲: {use: {no: 项目支出}}\n", "4:12", "这里只能写 {not: …}", "{not: 值}"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_wrong_word_is_told_with_place_and_remedy(name: str, tmp_path: Path) -> None:
    text, place, what, fix = MISTAKES[name]
    problems = refused(tmp_path, {"layout.yaml": LAYOUT + text})
    assert (str(problems[0].where), what in problems[0].what, fix in problems[0].fix) == (
        f"layouts/小/layout.yaml:{place}", True, True,
    ), [(str(p.where), p.what, p.fix) for p in problems]  # fmt: skip


TABLE = """\
title: 表
rows:
  - {label: 本年, where: {}}
  - {label: 各年, where: {year: any}}
  - {label: 上年, where: {year: 上年}}
  - {label: 本级, where: {organisation: none}}
  - {label: 所属, where: {organisation: {not: none}}}
columns: [{head: 项目, show: label}, {head: 金额, sum: {}}]
"""


def test_any_lifts_what_a_silent_filter_assumes_and_none_is_what_a_line_does_not_say(tmp_path: Path) -> None:
    layout = small(tmp_path, {"tables/表.yaml": TABLE})
    same = "2013701 30101 人员经费 一般公共预算拨款"
    here, there = f"{same} 7.00", f"{same} organisation=1 5.00"
    data = stated(f"{here}\n{there}", prior_year={"ledger": [line(here)]}, organisations=[{"id": "1", "name": "所属"}])
    assert printed(report(data, layout), "表").splitlines()[1:] == [
        "本年|12.00",
        "各年|19.00",
        "上年|7.00",
        "本级|7.00",
        "所属|5.00",
    ]
