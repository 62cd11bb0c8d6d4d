"""Goals and indicators of projects: within a form, against the budget, against the text."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.telling import Slip, Words, at, beside, indicator, slip, told, under

PLATFORM, SECURITY, PUBLICITY, OPINION = (
    "1、网络综合治理平台系统绩效目标表",
    "2、网信办网络安全保障经费绩效目标表",
    "3、网信办网络宣传经费绩效目标表",
    "4、网信办舆情监测经费绩效目标表",
)
GOALS = "五、部门整体绩效目标"
NAME, SAID, VALUE, BASIS = "三级指标", "绩效指标描述", "指标值", "指标值确定依据"

REFERENCE = {
    "PF-05": [("提示", f"{SECURITY}》，“质量指标”行，“{VALUE}”栏", "≤10%"), ("提示", PUBLICITY, "高新技术应用率")],
    "PF-07": [
        ("警告", f"{GOALS}”第6段", "年内开展特色主题宣传活动3次以上"),
        ("警告", f"{GOALS}”第12段", "检查检测我市重点网站、关键信息基础设施60家以上"),
        ("警告", f"{GOALS}”第9段", "实时进行舆情监测"),
        ("提示", f"{GOALS}”第9段", "重大舆情事件监测率达到100%"),
        ("提示", f"{GOALS}”第12段", "公共区域LED屏幕风险排查和整治3次以上"),
    ],
    "PF-08": [("提示", form, "6月底") for form in (PLATFORM, SECURITY, PUBLICITY, OPINION)],
    "PF-09": [
        ("提示", PLATFORM, "监测排查准确率"),
        ("提示", SECURITY, "项目预算控制数"),
        ("提示", PUBLICITY, "宣传活动区域覆盖率"),
        ("提示", PUBLICITY, "项目预算控制数"),
        ("提示", PUBLICITY, "高新技术应用率"),
        ("提示", OPINION, "各项工作完成及时率"),
        ("提示", OPINION, "项目预算控制数"),
        ("提示", OPINION, "重大舆情事件反馈及时率"),
    ],
    "PF-10": [("警告", f"{PUBLICITY}》，“绩效目标”行", "服务网络社会")],
    "PF-11": [("提示", PUBLICITY, "问卷调查")],
}
QUIET = ["PF-01", "PF-02", "PF-03", "PF-04", "PF-06", "PF-12"]


@pytest.mark.parametrize("rule", [*REFERENCE, *QUIET])
def test_the_reference_shows_exactly_these(rule: str) -> None:
    found = told(rule)
    due = REFERENCE.get(rule, [])
    assert [(level, text) for level, _, text in found] == [(level, text) for level, _, text in due]
    assert all(part in place for (_, place, _), (_, part, _) in zip(found, due, strict=True))


def no_satisfaction(data: dict[str, Any]) -> None:
    data["projects"][0]["indicators"].pop()


def one_short_code(data: dict[str, Any]) -> None:
    del data["projects"][1:]
    del data["ledger"][18:]
    data["projects"][0]["code"] = data["ledger"][17]["project"] = "13018326P00032810413"


def a_full_plan(data: dict[str, Any]) -> None:
    data["projects"][0]["plan"] = {"3月底": 25, "6月底": 50, "10月底": 80, "12月底": 100}


def plan(**months: int) -> Any:  # noqa: ANN401 - a Change
    def change(data: dict[str, Any]) -> None:
        data["projects"][0]["plan"] = {f"{month.lstrip('m')}月底": share for month, share in months.items()}

    return change


SLIPS = [
    slip(
        "forms say less than the text",
        "PF-01",
        beside(2, "预算数", "4.00"),
        tells=[("总体情况", "项目支出65.00万元")],
    ),
    slip(
        "more projects in the text than forms",
        "PF-01",
        Words("2026年，我部门无专项资金预算。", "共安排项目5个。"),
        tells=[("专项资金", "共安排项目5个")],
    ),
    slip("as many projects as forms", "PF-01", Words("2026年，我部门无专项资金预算。", "共安排项目4个。")),
    slip("其他资金 left out of the 预算数", "PF-02", beside(0, "其他资金", "2.00"), tells=[(PLATFORM, "14.00")]),
    slip(
        "财政资金 over the 预算数",
        "PF-03",
        beside(0, "其中：财政资金", "41.00"),
        tells=[(PLATFORM, "41.00")],
    ),
    slip("the cost indicator says another amount", "PF-04", indicator(0, 3, VALUE, "≤41万元"),
         tells=[(PLATFORM, "≤41万元")]),
    slip("the same amount with other decimals", "PF-04", indicator(0, 3, VALUE, "≤14.00万元")),
    slip("a cost per person is no whole cost", "PF-04",
         indicator(0, 3, NAME, "人均培训成本"), indicator(0, 3, SAID, "每人每期费用"),
         indicator(0, 3, VALUE, "≤0.05万元")),
    slip("a rate over everything", "PF-05", indicator(0, 1, VALUE, "≥100%"), tells=[(PLATFORM, "≥100%")]),
    slip("a value that is praise", "PF-05", indicator(0, 4, VALUE, "显著提升"), tells=[(PLATFORM, "显著提升")]),
    slip("few complaints are good", "PF-05", indicator(0, 1, NAME, "投诉率"), indicator(0, 1, VALUE, "≤5%")),
    slip(
        "many complaints are not",
        "PF-05",
        indicator(0, 1, NAME, "投诉率"),
        indicator(0, 1, VALUE, "≥5%"),
        tells=[(PLATFORM, "≥5%")],
    ),
    slip("complaints that are dealt with are", "PF-05",
         indicator(0, 1, NAME, "投诉处理率"), indicator(0, 1, VALUE, "≥95%")),
    slip("no 满意度指标", "PF-06", change=no_satisfaction, tells=[(PLATFORM, PLATFORM)]),
    slip(
        "an indicator's value changed in the form alone",
        "PF-07",
        indicator(3, 4, VALUE, "≥95%"),
        tells=[(GOALS, "反馈及时率达到100%")],
    ),
    slip("the same indicator with the same value", "PF-07", Words("宣传活动3次以上", "宣传活动4次以上")),
    slip("another unit is another indicator, in the text alone", "PF-07",
         Words("宣传活动3次以上", "宣传活动3场以上"), tells=[(GOALS, "年内开展特色主题宣传活动3场以上")]),
    slip("a plan that ends at 100", "PF-08", change=a_full_plan),
    slip("a plan by month, not summed", "PF-08", change=plan(m3=25, m6=50, m10=20, m12=100),
         tells=[(PLATFORM, "20%")]),
    slip("a plan that stays below", "PF-08", change=plan(m3=25, m6=50, m10=60, m12=95), tells=[(PLATFORM, "95%")]),
    slip("a description that says more", "PF-09", indicator(0, 1, SAID, "准确的排查占全部排查的比例")),
    slip(
        "a purpose that breaks off",
        "PF-10",
        under(3, "预算数", "用于网络舆情监测，收集、分析、研判、"),
        tells=[(OPINION, "收集、分析、研判、")],
    ),
    slip(
        "the last goal alone has no stop",
        "PF-10",
        beside(0, "绩效目标", "1.摸清资源数量。\n2.实现全面监控，保障巡护人"),
        tells=[(PLATFORM, "，保障巡护人")],
    ),
    slip("an end that ends elsewhere too", "PF-10", under(3, "预算数", "用于为各项事业发展营造良好舆论环境")),
    slip("an end that a new phrase follows elsewhere", "PF-10", under(3, "预算数", "用于各项网络安全和信息化工作")),
    slip(
        "the same words in another order",
        "PF-11",
        indicator(0, 0, BASIS, "市领导的批示关于网络综合治理平台系统"),
        tells=[(PLATFORM, "市领导的批示关于网络综合治理平台系统")],
    ),
    slip("no code", "PF-12", beside(0, "项目编码", ""), tells=[(PLATFORM, "")]),
    slip(
        "two projects: a code shorter than codes are",
        "PF-12",
        change=one_short_code,
        tells=[("绩效目标表", "13018326P00032810413")],
    ),
    slip(
        "a code with a digit less",
        "PF-12",
        beside(0, "项目编码", "13018326P00032810413"),
        tells=[(PLATFORM, "13018326P00032810413")],
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", SLIPS, ids=lambda case: f"{case.rule} {case.name}")
def test_a_slip_is_told_where_it_stands(case: Slip) -> None:
    case.check()


def test_a_form_is_found_by_its_own_table_not_by_its_number() -> None:
    """The budget table is no form: what it prints is no 预算数 of a project."""
    slip("", "PF-02", at("收支总表", "单位资金", "收入/预算数", "9.00")).check()
