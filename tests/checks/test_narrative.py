"""Sentences against tables: each printed amount, name and mention is looked up where it comes from."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.telling import Slip, Words, at, beside, slip, told, under
from tests.making import example

T1, T3, T6, T9 = "收支总表", "支出总表", "一般公共预算财政拨款基本支出表", "三公经费支出表"
OVERALL, RUNNING, SANGONG, ASSETS = "总体情况", "机关运行经费安排", "“三公”经费预算情况", "国有资产信息"

REFERENCE = {
    "TN-07": [("警告", f"{OVERALL}”第5段", "委托业务费共计安排52.00万元")],
    "TN-08": [("警告", f"{RUNNING}情况”第1段", "日常维修、办公用房水电费、办公用房取暖费、办公用房物业管理费")],
    "TN-09": [
        ("警告", f"{OVERALL}”第5段", "1、网络宣传经费5万元"),
        ("警告", f"{OVERALL}”第5段", "2、网络安全保障经费29.5万元"),
        ("警告", f"{OVERALL}”第5段", "3、网络综合治理平台系统每年14万元"),
        ("警告", f"{OVERALL}”第5段", "4、舆情监测技术服务费16.5万元"),
        ("提示", f"{OVERALL}”第5段", "1、网络宣传经费5万元"),
    ],
    "TN-11": [("警告", f"{OVERALL}”第5段", "项目支出表")],
    "TN-12": [("警告", f"{OVERALL}”第1段", "机关及所属事业单位的收支包含在部门预算中")],
    "TN-13": [
        ("提示", f"{OVERALL}”第3段", "基金预算收入0.00万元"),
        ("提示", f"{OVERALL}”第3段", "财政专户核拨收入0.00万元"),
        ("提示", SANGONG, "公务用车运维费2.91万元"),
    ],
}
QUIET = ["TN-01", "TN-02", "TN-03", "TN-04", "TN-05", "TN-06", "TN-10"]


@pytest.mark.parametrize("rule", [*REFERENCE, *QUIET])
def test_the_reference_shows_exactly_these(rule: str) -> None:
    found = told(rule)
    due = REFERENCE.get(rule, [])
    assert [(level, text) for level, _, text in found] == [(level, text) for level, _, text in due]
    assert all(part in place for (_, place, _), (_, part, _) in zip(found, due, strict=True))


def two_projects_with_one_purpose(data: dict[str, Any]) -> None:
    data["projects"][1]["purpose"] = data["projects"][0]["purpose"]


def names_as_in_forms(data: dict[str, Any]) -> None:
    data["narrative"]["main_projects"] = (
        "1、网络综合治理平台系统14.00万元，2、网信办网络安全保障经费29.50万元，"
        "3、网信办网络宣传经费5.00万元，4、网信办舆情监测经费16.50万元"
    )


def a_subordinate_unit(data: dict[str, Any]) -> None:
    data["organisations"].append({"id": "中心", "name": "晋州市网络中心", "nature": "财政补助事业单位"})


SLIPS = [
    slip(
        "income in the text differs from the table",
        "TN-01",
        Words("年预算收入317.38万元", "年预算收入317.88万元"),
        tells=[(OVERALL, "年预算收入317.88万元")],
    ),
    slip(
        "a source stated as nothing that the table has",
        "TN-01",
        at(T1, "单位资金", "收入/预算数", "3.00"),
        tells=[(OVERALL, "单位资金收入0.00万元")],
    ),
    slip(
        "the total that changes start from",
        "TN-01",
        Words("预算收支安排317.38", "预算收支安排317.83"),
        tells=[(OVERALL, "预算收支安排317.83万元")],
    ),
    slip(
        "digits swapped in 基本支出",
        "TN-02",
        Words("基本支出252.38", "基本支出253.28"),
        tells=[(OVERALL, "基本支出253.28万元")],
    ),
    slip(
        "人员 and 公用 exchanged",
        "TN-02",
        Words("人员经费228.85万元和日常公用经费23.53万元", "人员经费23.53万元和日常公用经费228.85万元"),
        tells=[(OVERALL, "人员经费23.53万元"), (OVERALL, "日常公用经费228.85万元")],
    ),
    slip("基本支出 has other funds too: 人员经费 is not compared", "TN-02",
         at(T3, "合计", "基本支出", "262.38"),
         Words("基本支出252.38万元，包括人员经费228.85", "基本支出262.38万元，包括人员经费238.85")),
    slip(
        "amounts of two projects exchanged",
        "TN-02",
        Words("网络宣传经费5万元，2、网络安全保障经费29.5万元", "网络宣传经费29.5万元，2、网络安全保障经费5万元"),
        tells=[(OVERALL, "1、网络宣传经费29.5万元"), (OVERALL, "2、网络安全保障经费5万元")],
    ),
    slip(
        "机关运行经费 is not the 公用经费",
        "TN-03",
        Words("机关运行经费共计安排23.53", "机关运行经费共计安排23.35"),
        tells=[(RUNNING, "机关运行经费共计安排23.35万元")],
    ),
    slip("with a 事业单位 it may be less", "TN-03",
         Words("机关运行经费共计安排23.53", "机关运行经费共计安排20.00"), change=a_subordinate_unit),
    slip(
        "with a 事业单位 it may not be more",
        "TN-03",
        Words("机关运行经费共计安排23.53", "机关运行经费共计安排33.53"),
        change=a_subordinate_unit,
        tells=[(RUNNING, "机关运行经费共计安排33.53万元")],
    ),
    slip(
        "one item with two amounts in a paragraph",
        "TN-04",
        Words("委托业务费共计安排52.00万元", "日常公用经费23.35万元，日常公用经费23.53万元"),
        tells=[(OVERALL, "日常公用经费23.53万元")],
    ),
    slip("a change is another amount than its item", "TN-04",
         Words("2026年预算收支安排", "项目支出65.00万元，项目支出增加5.00万元，2026年预算收支安排")),
    slip(
        "a purpose copied from another project",
        "TN-05",
        change=two_projects_with_one_purpose,
        tells=[("网络安全保障经费绩效目标表", example()["projects"][0]["purpose"])],
    ),
    slip(
        "a reason copied from another item",
        "TN-05",
        Words("主要为2026年预算安排项目与上年持平，未发生变化", "主要为人员工资调整，人员经费增加"),
        tells=[(OVERALL, "增加0.00万元，主要为人员工资调整，人员经费增加")],
    ),
    slip(
        "其中 does not add up",
        "TN-06",
        Words("公务用车运维费2.91", "公务用车运维费2.19"),
        tells=[(SANGONG, "公务用车购置及运维费2.91万元")],
    ),
    slip(
        "the listed projects do not add up",
        "TN-06",
        Words("舆情监测技术服务费16.5万元", "舆情监测技术服务费15.5万元"),
        tells=[(OVERALL, "项目支出65.00万元")],
    ),
    slip(
        "an amount from nowhere",
        "TN-07",
        Words("我部门无其他需要说明的事项。", "我部门会议费安排7.77万元。"),
        tells=[("其他需要说明的事项", "我部门会议费安排7.77万元")],
    ),
    slip(
        "an amount of more digits than Decimal rounds by itself",
        "TN-07",
        Words("我部门无其他需要说明的事项。", f"我部门会议费安排{'8' * 60}元，培训费安排0.{'0' * 60}1万元。"),
        tells=[
            ("其他需要说明的事项", f"我部门会议费安排{'8' * 60}元"),
            ("其他需要说明的事项", f"培训费安排0.{'0' * 60}1万元"),
        ],
    ),
    slip("a sum of what follows in the sentence is supported", "TN-07",
         Words("我部门无其他需要说明的事项。", "两项合计9.84万元，其中邮电费4.09万元，办公费5.75万元。")),
    slip("parts that sum to a printed amount are supported", "TN-07",
         Words("人员经费228.85万元和日常公用经费23.53万元", "人员经费200.00万元和日常公用经费52.38万元")),
    slip("a threshold is no amount of the budget", "TN-07",
         Words("我部门无其他需要说明的事项。", "单价50.00万元以上的通用设备。")),
    slip("last year's amount stands in no table of this year", "TN-07",
         Words("我部门无其他需要说明的事项。", "2025年预算267.40万元。")),
    slip("goals may name amounts", "TN-07",
         Words("按时完成上级部门安排的各项工作任务。", "完成投资123.00万元。")),
    slip(
        "uses that the table lacks, one that it has",
        "TN-08",
        Words("日常维修、办公用房水电费、办公用房取暖费、办公用房物业管理费", "差旅费、邮电费、印刷费、会议费"),
        tells=[(RUNNING, "印刷费、会议费")],
    ),
    slip("uses that the table has", "TN-08",
         Words("日常维修、办公用房水电费、办公用房取暖费、办公用房物业管理费等日常运行", "差旅费、邮电费、工会经费等")),
    slip(
        "a project without a form",
        "TN-09",
        Words("4、舆情监测技术服务费16.5万元", "4、舆情监测技术服务费11.5万元，5、干部轮训补助5万元"),
        tells=[(OVERALL, "4、舆情监测技术服务费11.5万元"), (OVERALL, "5、干部轮训补助5万元")],
    ),
    slip("names and order as in the forms", "TN-09", change=names_as_in_forms),
    slip(
        "公务接待费 in the text, nothing in the table",
        "TN-10",
        Words("公务接待费0.00", "公务接待费0.50"),
        tells=[(SANGONG, "公务接待费0.50万元")],
    ),
    slip(
        "the table of 三公 changed alone",
        "TN-10",
        at(T9, "小计", "合计", "3.91"),
        tells=[(SANGONG, "“三公”经费预算安排2.91万元")],
    ),
    slip(
        "a part that is not there",
        "TN-11",
        Words("我部门无其他需要说明的事项。", "详见第三部分。"),
        tells=[("其他需要说明的事项", "第三部分")],
    ),
    slip("a table by a short name, a table below", "TN-11",
         Words("我部门无其他需要说明的事项。", "详见财政拨款收支总表、三公经费支出表和下表，不代表其他。")),
    slip("with a subordinate unit the words are true", "TN-12", change=a_subordinate_unit),
    slip(
        "more units in the text than in the table",
        "TN-12",
        Words("我部门无其他需要说明的事项。", "所属单位3个。"),
        change=a_subordinate_unit,
        tells=[("其他需要说明的事项", "所属单位3个")],
    ),
    slip(
        "an income that no table has",
        "TN-13",
        Words("国有资本经营预算收入0.00万元", "公共财政收入0.00万元"),
        tells=[(OVERALL, "公共财政收入0.00万元")],
    ),
    slip(
        "a project named otherwise, in a list without numbers",
        "TN-09",
        Words("主要为1、网络宣传经费5万元，2、网络安全保障经费29.5万元，3、", "主要为网信办网络宣传专项经费5万元、"),
        tells=[(OVERALL, "网信办网络宣传专项经费5万元"), (OVERALL, "网络综合治理平台系统每年14万元"),
               (OVERALL, "网信办网络宣传专项经费5万元")],
    ),
    slip("the table's own names", "TN-13",
         Words("基金预算收入", "政府性基金预算拨款收入")),
]  # fmt: skip


@pytest.mark.parametrize("case", SLIPS, ids=lambda case: f"{case.rule} {case.name}")
def test_a_slip_is_told_where_it_stands(case: Slip) -> None:
    case.check()


def test_amounts_are_compared_without_the_input_too() -> None:
    slip(
        "",
        "TN-02",
        Words("项目支出65.00万元，", "项目支出66.00万元，"),
        knows_facts=False,
        tells=[(OVERALL, "项目支出66.00万元")],
    ).check()


def test_a_form_that_says_another_amount_than_the_text_is_told() -> None:
    slip("", "TN-02", beside(2, "预算数", "6.00"), tells=[(OVERALL, "1、网络宣传经费5万元")]).check()


def test_a_purpose_that_only_resembles_another_is_left_alone() -> None:
    slip("", "TN-05", under(1, "预算数", "用于建立全市网络社会综合治理管理平台。")).check()
