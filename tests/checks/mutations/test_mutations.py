"""Seeded defects are found by a rule of the group that a reviewer would quote; whole documents are quiet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest

from budgetreport.problems import errors
from tests.checks.mutations.hunt import GROUPS, Outcome, hunted, slips, undamaged, undamaged_input


@cache
def outcomes() -> tuple[Outcome, ...]:
    return (*hunted(), *slips())


def test_of_all_seeded_defects_at_most_one_in_fifty_survives(record_property: Callable[[str, object], None]) -> None:
    survivors = [outcome for outcome in outcomes() if not outcome.found]
    share = 1 - len(survivors) / len(outcomes())
    record_property("summary", f"seeded defects found: {share:.1%} of {len(outcomes())}")
    for survivor in survivors:
        record_property("summary", f"survivor: {survivor}")
    assert len(outcomes()) >= 200
    assert share >= 0.98, "\n".join(map(str, survivors))


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_ten_defects_at_least(group: str) -> None:
    assert Counter(outcome.groups[0] for outcome in outcomes())[group] >= 10


@pytest.mark.parametrize("name", ["example", "forestry", "archive", "example.pdf", "forestry.xlsx"])
def test_an_undamaged_document_has_no_error(name: str) -> None:
    assert [f"{p.rule} {p.where} {p.text} {p.what}" for p in errors(undamaged(name))] == []


@pytest.mark.parametrize("name", ["example", "forestry", "archive"])
def test_an_undamaged_input_has_no_error(name: str) -> None:
    assert [f"{p.rule} {p.where} {p.text} {p.what}" for p in errors(undamaged_input(name))] == []


OF_THE_LAYOUT = {
    "CP-05": "三十一、人行科目",
    "CP-06": "^第一部分|2026年部门预算信息公开情况说明",
    "W-07": "1、",
    "W-09": "反映本部门当年全部收入。",
    "W-11": "第一部分  ",
    "W-13": "》、《",
    "TN-11": "项目支出表",
    "TN-12": "机关及所属事业单位的收支包含在部门预算中",
    "TN-13": "基金预算收入|财政专户核拨收入|公务用车运维费",
    "YY-08": "预计下年使用的单位资金结余",
    "YY-09": "增减变化的主要原因是|预计下年使用的单位资金结余增加0.00万元",
    "AS-06": "资产总额",
    "PR-09": "八、政府采购预算情况",
}
"""What the reference's layout prints in every document: the words that a rule finds fault with, and rightly."""


@pytest.mark.parametrize("name", ["forestry", "archive", "forestry.xlsx"])
def test_in_a_clean_document_only_what_its_layout_prints_is_told(name: str) -> None:
    told = [p for p in undamaged(name) if not re.search(OF_THE_LAYOUT.get(p.rule, "(?!)"), p.text)]
    assert [f"{p.level.value} {p.rule} {p.where} {p.text} {p.what}" for p in told] == []
