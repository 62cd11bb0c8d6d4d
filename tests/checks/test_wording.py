"""Words, marks and blanks: what each rule finds, and what it leaves alone."""

from __future__ import annotations

import pytest

from budgetreport.checks import Document, Judge, Stating
from budgetreport.problems import Level
from tests.checks.texts import document, layout, problems, table, texts
from tests.making import composed, example, facts

FOUND = {
    ("W-01", "2026年，我部门机关运行经费共计安排XX万元。"): ["XX"],
    ("W-01", "某某单位×年安排待填。"): ["某某", "×", "待填"],
    ("W-01", "采购{物品}，安排…万元，（ ）等。"): ["{物品}", "…", "（ ）"],
    ("W-01", "待补充"): ["待补充"],
    ("W-02", "较上年增加（减少）3.00万元。"): ["增加（减少）"],
    ("W-02", "与上年相比增加/减少3.00万元。"): ["增加/减少"],
    ("W-02", "比上年增长（持平）。"): ["增长（持平）"],
    ("W-03", "减少0.09万元，主要原因是。"): ["原因是。"],
    ("W-03", "其中：。"): ["：。"],
    ("W-03", "拟购置固定资产总额为万元，比上年增加万元。"): ["为万元", "增加万元"],
    ("W-03", "项目支出65.00万元，主要为；其他。"): ["主要为；"],
    ("W-04", "（其中：公务用车运维费2.91万元)；其他。"): ["（其中：公务用车运维费2.91万元)"],
    ("W-04", "公务用车（含租用费2.91万元。"): ["（含租用费2.91万元"],
    ("W-04", "三）工作保障措施"): ["三）"],
    ("W-04", "“三公经费支出。"): ["“三公经费支出。"],
    ("W-05", "收支平衡。。略有结余。"): ["。。"],
    ("W-05", "收支平衡，，略有结余。"): ["，，"],
    ("W-05", "收支平衡。，略有结余。"): ["。，"],
    ("W-06/句末", "2026年，我部门无专项资金预算"): ["年，我部门无专项资金预算"],
    ("W-06/句末", "完善制度建设。制定完善预算绩效管理制度、"): ["定完善预算绩效管理制度、"],
    ("W-06/并段", "绩效目标：滋养社会。 绩效指标：繁荣发展。"): ["绩效目标：滋养社会。 绩效指标：繁荣发展。"],
    ("W-06/并段", "绩效目标：滋养社会。绩效指标：繁荣发展。"): ["绩效目标：滋养社会。绩效指标：繁荣发展。"],
    ("W-08", "我单位2026年安排基本支出。"): ["我单位"],
    ("W-08", "# 一、单位预算安排情况"): ["单位预算"],
    ("W-09", "截止2025年12月31日，有车辆1辆。"): ["截止"],
    ("W-09", "经费比上年持平。"): ["比上年持平"],
    ("W-09", "反映本部门当年全部收入。安排如下。"): ["反映本部门当年全部收入。"],
    ("W-09", "落实信息化发展战略，宏观规划和重大政策。"): ["战略，宏观规划和重大政策"],
    ("W-09", "其它费用约5万元左右。"): ["其它", "约5万元左右"],
    ("W-10", "完成率达到100％。"): ["到100％。"],
    ("W-10", "共２０项。"): ["共２０项。"],
    ("W-10", "完善制度,加强管理;提高效益:见下表。"): [
        "完善制度,加强管理;提",
        "度,加强管理;提高效益:见",
        "理;提高效益:见下表。",
    ],
    ("W-10", "办公费(含印刷费)5.00万元。"): ["(含印刷费)"],
    ("W-11/制表符", "进一步提升管理水平。\t\t\t"): ["进一步提升管理水平。"],
    ("W-11/首尾空白", "  完善制度。"): ["完善制度。"],
    ("W-11/连续空格", "完善制度建设，  加强支出管理。"): ["完善制度建设，  加强支出管理。"],
    ("W-11/页码", "32"): ["32"],
    ("W-11/页码", "- 7 -"): ["- 7 -"],
    ("W-11/页码", "第 9 页"): ["第 9 页"],
    ("W-11/序号后", "# 六、 部门主管专项资金"): ["六、 部门主管专项资金"],
    ("W-11/序号后", "# 第一部分  某办公室说明"): ["第一部分  某办公室说明"],
    ("W-12", "网络宣传经费5万元，保障经费29.5万元。"): ["5万元", "29.5万元"],
    ("W-12", "安排3.125万元。"): ["3.125万元"],
    ("W-13", "按照《预算法》、《会计法》，做到“零差错”、“零延误”。"): [
        "按照《预算法》、《会计法》，做到“",
        "》，做到“零差错”、“零延误”。",
    ],
}
"""(rule, what the document says) → the words that are found."""

QUIET = [
    ("W-01", "使用《舆情秘书服务系统V3.0》和XXL号箱体……等，文号［2026］5号。"),
    ("W-02", "与上年相比增加3.00万元（含结转），增减变化的原因如下。"),
    ("W-03", "主要用于办公费、邮电费等。其中，办公费5.75万元。"),
    ("W-03", "金额单位均为万元，安排万元以上的设备。"),
    ("W-04", "1)完善（制度）；2）加强“三公”管理；《关于〈预算〉的意见》。"),
    ("W-05", "真的吗？！……如此。”"),
    ("W-06", "部门机构设置情况"),
    ("W-06", "部门职责："),
    ("W-06", "（四）全市网信系统干部教育培训和人才队伍建设"),
    ("W-06", "他说：“收支平衡。”"),
    ("W-08", "所属单位预算包含在部门预算中，本部门及下级单位预算一并公开。"),
    ("W-09", "截止时间：2025-12-31，截至年底，与上年持平，作为依据。"),
    ("W-10", "完成率100%，8:30开始，共1,234.00元，见https://www.mof.gov.cn/?a=1,b；LED（室内）屏。"),
    ("W-11", "2026年预算 收支"),
    ("W-12", "单价在20万元以上的设备2台，单价50万元设备1台，安排12.00万元。"),
    ("W-13", "《预算法》和《会计法》，以及“三公”经费、“零基”预算。"),
]
"""(rule, what it leaves alone)."""


@pytest.mark.parametrize(("rule", "said"), FOUND)
def test_a_rule_finds_the_words_that_are_wrong(rule: str, said: str) -> None:
    assert texts(rule, said) == FOUND[rule, said]


@pytest.mark.parametrize(("rule", "said"), QUIET)
def test_a_rule_leaves_alone_what_is_right(rule: str, said: str) -> None:
    assert texts(rule, said) == []


def test_a_label_without_content_before_a_heading_is_an_error_and_one_before_a_paragraph_is_not() -> None:
    assert texts("W-03", "绩效指标：", "# 六、其他") == ["绩效指标："]
    assert texts("W-03", "部门职责：", "（一）负责日常工作。", "# 六、其他") == []
    assert texts("W-03", "预算公开如下：", "# 一、部门职责") == []


def test_a_pair_of_two_widths_is_told_once_with_what_it_should_be() -> None:
    (problem,) = problems("W-04", "经费（其中：运维费)。")
    assert problem.level is Level.WARNING
    assert problem.fix == "改为“（其中：运维费）”"


def test_one_item_of_a_list_that_ends_otherwise_than_the_others_is_told() -> None:
    listed = ["（一）负责日常工作。", "（二）组织对外交流", "（三）指导有关部门。", "（四）完成其他事项。"]
    (problem,) = problems("W-06/列项", *listed)
    assert (problem.text, problem.level) == ("（二）组织对外交流", Level.NOTICE)
    assert texts("W-06/列项", *[said.replace("交流", "交流。") for said in listed]) == []


def test_of_several_lists_in_tables_the_one_that_ends_otherwise_is_told_with_the_others() -> None:
    ended, bare = "1.提升水平。\n2.实时预警。", "1.加强防护\n2.全面检查"
    tables = [
        table(["项目", "绩效目标"], ["建设", goals], title=f"{n}表")
        for n, goals in enumerate([ended, bare, bare, bare], start=1)
    ]
    (problem,) = problems("W-06/列项", *tables)
    assert problem.text == "1.提升水平。"
    assert [str(place) for place in problem.also] == [f"《{n}表》，“建设”行，“绩效目标”栏" for n in (2, 3, 4)]


@pytest.mark.parametrize(
    "head", ["科目    编码", "上解上级     支出", "其中：财政    资金", "2026年  预留中  小微企  业份额"]
)
def test_blanks_inside_a_head_are_told(head: str) -> None:
    assert texts("W-11/表头", table([head, "合计"], ["1", "2"])) == [head]


@pytest.mark.parametrize("head", ["项  目", "合  计", "资 金 性 质", "项   目", "合计"])
def test_a_head_spaced_out_by_custom_is_left_alone(head: str) -> None:
    assert texts("W-11", table([head], ["合  计"])) == []


def test_edge_blanks_and_tabs_in_cells_are_told_and_indents_of_rows_are_not() -> None:
    rows = [" 问题回查数量占发现问题数量之比 ", "    其中：公务用车购置费", "　　其中：办公用房", "实时预警。\t\t"]
    found = texts("W-11", table(["描述"], *[[row] for row in rows]))
    assert found == ["实时预警。", "问题回查数量占发现问题数量之比"]


def test_an_empty_line_in_a_cell_is_told() -> None:
    assert texts("W-11", table(["绩效目标"], ["1.提升。\n\n2.预警。"])) == ["1.提升。"]


def test_an_indicator_with_fewer_places_is_a_notice_and_a_threshold_in_a_label_is_none() -> None:
    found = problems("W-12", table(["项目", "指标值"], ["单价在20万元以上的设备", "≤14万元"]))
    assert [(p.text, p.level, p.fix) for p in found] == [("≤14万元", Level.NOTICE, "写作“≤14.00万元”")]


def test_a_full_width_percent_names_the_half_width_ones_beside_it() -> None:
    (problem,) = problems("W-10", table(["指标", "值"], ["交办率", "100％"], ["及时率", "100%"]))
    assert [str(place) for place in problem.also] == ["《某表》，“及时率”行，“值”栏"]


def test_every_rule_says_why() -> None:
    assert [rule.id for rule in layout().rules.rules if rule.rule[0] in "WP" and not rule.why] == []


def test_the_reference_has_these_findings_of_wording() -> None:
    """Each is labelled: R26, R27, R37–R39, R41, R42, R46, R48–R51 (reference_findings.json)."""
    stated = facts(example(), layout())
    report, _ = composed(example(), layout())
    found = Judge(Document(report, Stating(report, stated)), layout(), stated).check().problems
    told = sorted((p.rule, p.text) for p in found if p.rule.startswith("W-"))
    assert told == sorted(
        [
            ("W-06", "、滋养人心、滋养社会。 绩效指标：引导创作生"),
            ("W-06", "地网络资源管理水平。"),
            ("W-07", "1、收入说明"),
            ("W-07", "1、网络综合治理平台系统绩效目标表"),
            ("W-07", "1、网络宣传经费5万元，2、"),
            ("W-07", "1、财政拨款收入：指本级财政当年拨付的资金，包括"),
            ("W-07", "（一）网络宣传报道"),
            ("W-09", "反映本部门当年全部收入。"),
            ("W-09", "战略，宏观规划和重大政策"),
            ("W-10", "100％"),
            ("W-11", "第一部分  中共晋州市委网络"),
            ("W-12", "14万元"),
            ("W-12", "16.5万元"),
            ("W-12", "29.5万元"),
            ("W-12", "5万元"),
            ("W-12", "≤14万元"),
            ("W-12", "≤16.5万元"),
            ("W-12", "≤29.5万元"),
            ("W-12", "≤5万元"),
            ("W-13", "人民共和国预算法》、《地方预决算公开操"),
        ]
    )


def test_the_text_that_follows_is_the_next_heading_paragraph_or_title() -> None:
    made = document("# 一、说明", "收入。", table(["项目"], ["1"]))
    heading = made.headings[0]
    assert heading.following is not None
    assert heading.following.text == "收入。"
    assert [str(text.following) for text in made.flow] == ["收入。", "某表", "None"]
