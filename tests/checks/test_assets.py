"""State assets: sums, text, date, planned purchases, vehicles."""

from __future__ import annotations

import pytest

from tests.checks.telling import Slip, Words, at, slip, told

TABLE, SECTION = "固定资产占用情况", "九、国有资产信息"
TITLE = "部门固定资产占用情况表"

REFERENCE = {
    "AS-04": [("警告", f"{SECTION}”第1段", "本年度拟购置固定资产总额为0.00万元")],
    "AS-06": [("提示", f"{TITLE}》，“资产总额”行", "资产总额")],
}
QUIET = ["AS-01", "AS-02", "AS-03", "AS-05"]


@pytest.mark.parametrize("rule", [*REFERENCE, *QUIET])
def test_the_reference_shows_exactly_these(rule: str) -> None:
    found = told(rule)
    due = REFERENCE.get(rule, [])
    assert [(level, text) for level, _, text in found] == [(level, text) for level, _, text in due]
    assert all(part in place for (_, place, _), (_, part, _) in zip(found, due, strict=True))


SLIPS = [
    slip("the total alone", "AS-01", at(TABLE, "资产总额", "价值", "57.07"), tells=[("“资产总额”行", "57.07")]),
    slip("offices are part of the houses", "AS-01",
         at(TABLE, "房屋（平方米）", "价值", "10.00"), at(TABLE, "办公用房（平方米）", "价值", "8.00"),
         at(TABLE, "资产总额", "价值", "67.70")),
    slip(
        "more offices than houses",
        "AS-01",
        at(TABLE, "办公用房（平方米）", "数量", "80"),
        tells=[("办公用房", "80")],
    ),
    slip(
        "the text differs from the table",
        "AS-02",
        Words("固定资产金额为57.70", "固定资产金额为75.70"),
        tells=[(SECTION, "固定资产金额为75.70万元")],
    ),
    slip("planned purchases as procured", "AS-04", Words("总额为0.00万元，已按", "总额为0.80万元，已按")),
    slip("a price below the threshold", "AS-04",
         at("政府采购预算", "本级/1", "单价", "0.09"), at("政府采购预算", "本级/2", "单价", "0.09")),
    slip(
        "no vehicle, yet it runs",
        "AS-05",
        at(TABLE, "车辆（台、辆）", "数量", ""),
        tells=[("车辆", "")],
    ),
    slip(
        "a vehicle that costs nothing",
        "AS-05",
        at("三公经费支出表", "公务用车运行维护费", "合计", ""),
        tells=[("车辆", "1")],
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", SLIPS, ids=lambda case: f"{case.rule} {case.name}")
def test_a_slip_is_told_where_it_stands(case: Slip) -> None:
    case.check()


def test_planned_purchases_below_the_threshold_are_no_fixed_assets() -> None:
    assert told("AS-04", [at("政府采购预算", f"本级/{n}", "单价", "0.09") for n in (1, 2)]) == []


@pytest.mark.parametrize(("day", "tells"), [("2025-12-31", []), ("2024-12-31", ["截止时间：2024-12-31"]),
                                           ("2025-08-31", ["截止时间：2025-08-31"])])  # fmt: skip
def test_assets_stand_as_of_the_end_of_last_year(day: str, tells: list[str]) -> None:
    found = told("AS-03", [Words("截止时间：2025-12-31", f"截止时间：{day}")] if tells else [])
    assert [words for _, _, words in found] == tells
