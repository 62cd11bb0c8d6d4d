"""Codes whose levels stand in columns of their own are judged as whole codes."""

from __future__ import annotations

from pathlib import Path

from budgetreport.checks import Document
from tests.making import report, small, stated

TABLE = """
title: 表
caption: [单位：万元]
rows: [{tree: function, levels: [类, 款, 项]}, {label: 合计, where: {}}]
across: yes
columns:
  - {head: 类, show: code.类}
  - {head: 款, show: code.款}
  - {head: 项, show: code.项}
  - {head: 名称, show: label}
  - {head: 数, sum: {}}
"""


def test_a_row_s_code_is_what_its_columns_add_up_to(tmp_path: Path) -> None:
    made = report(stated("2013701 人员经费 一般公共预算拨款 1.00"), small(tmp_path, {"tables/甲.yaml": TABLE}))
    (table,) = Document(made, lambda _position, _words: None).tables
    assert [row.code for row in table.rows] == ["201", "20137", "2013701", ""]
    assert [row.coded.text for row in table.rows if row.code] == ["201", "37", "01"]
    assert [row.code for row in table.below(table.rows[0])] == ["20137"]
