"""Comparisons with the prior year: base, direction, amount, percent, reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetreport.checks.comparing import growth, growth_between_fits, growth_fits, share, share_fits
from budgetreport.checks.number import money, plain
from tests.checks.telling import Slip, Words, slip, told

OVERALL, SANGONG, LAST = "总体情况”第7段", "“三公”经费预算情况", "其他需要说明的事项"
NOTHING = "我部门无其他需要说明的事项。"

REFERENCE = {
    "YY-09": [
        ("警告", OVERALL, "项目支出增加0.00万元"),
        ("警告", OVERALL, "预计下年使用的单位资金结余增加0.00万元"),
        ("提示", SANGONG, "增减变化的主要原因是"),
    ],
    "YY-10": [
        (
            "提示",
            OVERALL,
            (
                "2026年预算收支安排317.38万元，较2025年预算增加49.98万元，"
                "其中：基本支出增加49.98万元，主要为人员工资调整，人员经费增加。"
            ),
        )
    ],
}
QUIET = ["YY-01", "YY-02", "YY-03", "YY-04", "YY-05", "YY-07", "YY-08"]


@pytest.mark.parametrize("knows_facts", [True, False], ids=["input", "file"])
@pytest.mark.parametrize("rule", [*REFERENCE, *QUIET])
def test_the_reference_shows_exactly_these(rule: str, *, knows_facts: bool) -> None:
    found = told(rule, knows_facts=knows_facts)
    due = REFERENCE.get(rule, [])
    assert [(level, text) for level, _, text in found] == [(level, text) for level, _, text in due]
    assert all(part in place for (_, place, _), (_, part, _) in zip(found, due, strict=True))


def no_reason(data: dict[str, Any]) -> None:
    del data["narrative"]["basic_reason"]


def a_long_reason(data: dict[str, Any]) -> None:
    data["narrative"]["basic_reason"] = "主要为新增在职人员3人，调整津贴补贴标准，养老保险缴费基数提高"


def another_prior_year(data: dict[str, Any]) -> None:
    data["prior_year"]["ledger"][1]["amount"] = 259.40


def last(sentence: str) -> Words:
    """A sentence in the last section."""
    return Words(NOTHING, sentence)


SLIPS = [
    slip(
        "the year before last",
        "YY-01",
        Words("较2025年预算增加49.98", "较2024年预算增加49.98"),
        tells=[(OVERALL, "较2024年")],
    ),
    slip("goals may look back further", "YY-01", Words("按时完成上级部门", "比2020年增加，按时完成上级部门")),
    slip(
        "the total change is not the parts'",
        "YY-02",
        Words("较2025年预算增加49.98", "较2025年预算增加48.98"),
        knows_facts=False,
        tells=[(OVERALL, "较2025年预算增加48.98万元")],
    ),
    slip(
        "one part's direction turned",
        "YY-02",
        Words("基本支出增加49.98", "基本支出减少49.98"),
        knows_facts=False,
        tells=[(OVERALL, "较2025年预算增加49.98万元")],
    ),
    slip(
        "a change that the input's prior year does not bear out",
        "YY-02",
        Words("减少0.09", "减少0.19"),
        tells=[(SANGONG, "与2025年相比减少0.19万元，增减变化的主要原因是压减非必要支出，提高资金使用效益")],
    ),
    slip("unchanged parts may be said in words", "YY-02",
         Words("项目支出增加0.00万元，主要为", "项目支出与2025年预算持平，主要为")),
    slip(
        "a direction that the input's prior year does not bear out",
        "YY-03",
        Words("减少0.09", "增加0.09"),
        tells=[(SANGONG, "与2025年相比增加0.09万元，增减变化的主要原因是压减非必要支出，提高资金使用效益")],
    ),
    slip("composed changes follow the prior year", "YY-03", change=another_prior_year),
    slip(
        "a percent of another base",
        "YY-03",
        last("会议费由0.50万元增加到0.62万元，增长32.22%。"),
        tells=[(LAST, "由0.50万元增加到0.62万元，增长32.22%")],
    ),
    slip("a percent of unrounded amounts", "YY-03", last("会议费由0.50万元增加到0.62万元，增长22.22%。")),
    slip(
        "more that is less",
        "YY-03",
        last("会议费由0.62万元增加到0.50万元。"),
        tells=[(LAST, "由0.62万元增加到0.50万元")],
    ),
    slip(
        "the change in percent of this year's amount",
        "YY-03",
        last("支出317.38万元，比上年增加49.98万元，增长15.75%。"),
        tells=[(LAST, "317.38万元，比上年增加49.98万元，增长15.75%")],
    ),
    slip("the change in percent of last year's amount", "YY-03",
         last("支出317.38万元，比上年增加49.98万元，增长18.69%。")),
    slip("a decrease in percent", "YY-03", last("支出2.91万元，比上年减少0.09万元，下降3.00%。")),
    slip(
        "down and up in one breath",
        "YY-03",
        last("支出2.91万元，比上年减少0.09万元，增长3.00%。"),
        tells=[(LAST, "2.91万元，比上年减少0.09万元，增长3.00%")],
    ),
    slip(
        "a percent that the table's amount does not give",
        "YY-03",
        Words("基本支出增加49.98万元，", "基本支出增加49.98万元，增长42.69%，"),
        tells=[(OVERALL, "基本支出增加49.98万元，增长42.69%，主要为人员工资调整，人员经费增加")],
    ),
    slip("a percent that it gives", "YY-03",
         Words("基本支出增加49.98万元，", "基本支出增加49.98万元，增长24.69%，")),
    slip(
        "less, by a percent that grew",
        "YY-03",
        Words("减少0.09万元，", "减少0.09万元，增长3.00%，"),
        tells=[
            (SANGONG, "与2025年相比减少0.09万元，增长3.00%，增减变化的主要原因是压减非必要支出，提高资金使用效益")
        ],
    ),
    slip("the total's change and a part's percent are two", "YY-03",
         last("支出793.90万元，较2025年预算减少9.10万元，其中：基本支出增加18.20万元，增长4.27%。")),
    slip(
        "a percent of nothing",
        "YY-04",
        last("会议费由0.00万元增加到0.62万元，增长100%。"),
        tells=[(LAST, "由0.00万元增加到0.62万元，增长100%")],
    ),
    slip(
        "all of it is new",
        "YY-04",
        last("会议费5.00万元，比上年增加5.00万元，增长100%。"),
        tells=[(LAST, "5.00万元，比上年增加5.00万元，增长100%")],
    ),
    slip("twice as much has a percent", "YY-04", last("会议费10.00万元，比上年增加5.00万元，增长100%。")),
    slip(
        "a budget against what was carried out",
        "YY-05",
        last("2026年预算数比2025年执行数增加5.00万元。"),
        tells=[(LAST, "比2025年执行数")],
    ),
    slip("what was carried out against the same", "YY-05",
         last("预算支出决算数比2025年决算数增加5.00万元。")),
    slip("a budget against a budget", "YY-05", last("2026年预算数比2025年预算数增加5.00万元。")),
    slip(
        "no reason at all",
        "YY-08",
        change=no_reason,
        tells=[(OVERALL, "基本支出增加49.98万元")],
    ),
    slip(
        "a reason that says the change again",
        "YY-08",
        last("会议费增加5.00万元，主要原因是会议费增加。"),
        tells=[(LAST, "增加5.00万元，主要原因是会议费增加")],
    ),
    slip(
        "more, because less is spent",
        "YY-08",
        Words("与2025年相比减少0.09", "与2025年相比增加0.09"),
        knows_facts=False,
        tells=[(SANGONG, "增加0.09万元，增减变化的主要原因是压减非必要支出，提高资金使用效益")],
    ),
    slip("less, because a project of last year is done", "YY-08",
         last("项目支出减少5.00万元，主要原因是上年新增的一次性项目已完成。")),
    slip(
        "a decrease of nothing",
        "YY-09",
        last("会议费减少0万元。"),
        tells=[(LAST, "会议费减少0万元")],
    ),
    slip("a small change is a change", "YY-09", last("会议费减少0.05万元。")),
    slip("a long reason", "YY-10", change=a_long_reason),
    slip(
        "a third less with a short reason",
        "YY-10",
        Words("减少0.09", "减少1.50"),
        tells=[(SANGONG, "与2025年相比减少1.50万元，增减变化的主要原因是压减非必要支出，提高资金使用效益。")],
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", SLIPS, ids=lambda case: f"{case.rule} {case.name}")
def test_a_slip_is_told_where_it_stands(case: Slip) -> None:
    case.check()


@given(
    now=st.integers(min_value=100, max_value=10**10),
    prior=st.integers(min_value=500, max_value=10**10),
    places=st.integers(min_value=0, max_value=3),
)
def test_a_percent_computed_of_the_true_amounts_always_fits_the_printed_ones(now: int, prior: int, places: int) -> None:
    """Amounts in 元 are printed in 万元 with two decimals, the percentage with some."""
    percent = plain(f"{(Decimal(now - prior) / prior * 100).quantize(Decimal(1).scaleb(-places)):f}")
    before, after, change = (money(f"{Decimal(n) / 10000:.2f}", "万元") for n in (prior, now, now - prior))
    assert growth_between_fits(before, after, percent)
    assert growth_fits(change, after, percent)


@given(
    part=st.integers(min_value=0, max_value=10**10),
    whole=st.integers(min_value=500, max_value=10**10),
    places=st.integers(min_value=0, max_value=3),
)
def test_a_share_computed_of_the_true_amounts_always_fits_the_printed_ones(part: int, whole: int, places: int) -> None:
    percent = plain(f"{(Decimal(part) / whole * 100).quantize(Decimal(1).scaleb(-places)):f}")
    one, other = (money(f"{Decimal(n) / 10000:.2f}", "万元") for n in (part, whole))
    assert share_fits(one, other, percent)


def test_a_share_that_no_true_amounts_have_does_not_fit_and_of_nothing_none_does() -> None:
    part, whole, nothing = money("29.42", "万元"), money("307.82", "万元"), money("0", "万元")
    assert share_fits(part, whole, plain("9.56"))
    assert not share_fits(part, whole, plain("9.55"))
    assert share(part, whole) == Decimal("9.56")
    assert not share_fits(part, nothing, plain("100.00"))
    assert share(part, nothing) == 0


def test_a_share_rounds_its_half_up_as_a_growth_does_however_long_the_amounts_are() -> None:
    one, whole, long = money("1", "元"), money("800", "元"), money("9" * 40, "元")
    assert share(one, whole) == growth(one, money("801", "元")) == Decimal("0.13")
    assert share(long, one) == Decimal("1E+42")
