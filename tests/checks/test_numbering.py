"""Numbers of headings, paragraphs, titles and lists: what is out of its row, and what only looks so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetreport.checks.numbering import numbering
from budgetreport.checks.ordinals import forms
from budgetreport.numerals import chinese
from budgetreport.problems import Level
from tests.checks.texts import document, layout, problems, table, texts

LEVELS = [["第一部分"], ["一、"], ["（一）"], ["1.", "1、"], ["（1）"]]

WRONG = {
    "a number of another": (["一、职责", "二、机构", "五、收支", "四、运行"], "五、收支", "“五、收支”的序号应为“三、”"),
    "one that goes back": (["一、职责", "二、机构", "一、收支", "四、运行"], "一、收支", "“一、收支”的序号应为“三、”"),
    "the last that goes back": (["（一）甲", "（二）乙", "（三）丙", "（二）丁"], "（二）丁", "应为“（四）”"),
    "the first": (["（三）甲", "（二）乙", "（三）丙"], "（三）甲", "应为“（一）”"),
    "repeated": (["1.甲", "2.乙", "2.丙", "3.丁"], "2.丙", "“2.丙”的序号与前一项重复，应为“3.”"),
    "missing": (["（一）甲", "（二）乙", "（四）丁", "（五）戊"], "（四）丁", "“（四）丁”之前缺“（三）”"),
    "several missing": (["一、甲", "五、戊", "六、己"], "五、戊", "“五、戊”之前缺“二、”至“四、”"),
    "the form of a lower level": (
        ["# 一、绩效", "（一）总体", "（二）分项", "# 2、 部门主管专项资金", "# 三、项目"],
        "2、 部门主管专项资金",
        "应为“二、”",
    ),
    "the form of the level below": (["一、甲", "二、乙", "（三）丙", "四、丁"], "（三）丙", "应为“三、”"),
    "in a sentence": (["主要为：1、宣传经费，3、平台经费，4、监测经费。"], "3、平台经费，4、监测经费。", "之前缺“2、”"),
    "in a count of reasons": (["一是压减支出，三是提高效益。"], "三是提高效益。", "之前缺“二是”"),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_ordinal_out_of_its_row_is_an_error_and_says_what_is_due(name: str) -> None:
    said, words, what = WRONG[name]
    (problem,) = [p for p in problems("W-07", *said) if p.level is Level.ERROR]
    assert problem.text == words
    assert what in problem.what


QUIET = {
    "levels within levels": [
        "一、甲",
        "（一）乙",
        "1.丙",
        "（1）丁",
        "（2）戊",
        "2.己",
        "（二）庚",
        "二、辛",
        "（一）壬",
    ],
    "a new list under another label": ["部门职责：", "（一）甲", "（二）乙", "机构设置：", "（一）丙", "（二）丁"],
    "a new list under a heading": ["# 收入", "（一）甲", "（二）乙", "# 支出", "（一）丙"],
    "a part begins again": ["# 第一部分 概况", "一、甲", "二、乙", "# 第二部分 说明", "一、丙"],
    "numbers that are none": ["1.5万元以上", "2026年预算", "3月底", "V1.2版", "第1、3条和第2、4条"],
    "a list inside a paragraph": ["包括：（1）甲；（2）乙；（3）丙。"],
    "more than ten": [f"（{chinese(n)}）职责" for n in range(1, 25)],
    "two ways of one level": ["一、甲", "（一）乙", "（二）丙", "二、丁", "(一)戊", "(二)己"],
}


@pytest.mark.parametrize("name", QUIET)
def test_right_numbers_are_left_alone(name: str) -> None:
    assert [p.what for p in problems("W-07", *QUIET[name])] == []


def test_a_level_reused_below_itself_names_the_items_above_and_below() -> None:
    said = [
        "一、绩效",
        "（一）总体",
        "为。",
        "（二）分项",
        "（一）宣传",
        "好。",
        "（二）监测",
        "灵。",
        "（三）措施",
        "实。",
    ]
    (problem,) = problems("W-07", *said)
    assert (problem.level, problem.text) == (Level.WARNING, "（一）宣传")
    assert problem.what.startswith("“（二）分项”之下又用同一级的序号“（一）”")
    assert [str(place)[-3:] for place in problem.also] == ["第4段", "第7段", "第9段"]


def test_a_level_reused_directly_below_its_item_is_told_though_nothing_follows() -> None:
    assert texts("W-07/同级", "（一）总体", "为。", "（二）分项", "（一）宣传", "（二）监测") == ["（一）宣传"]


def test_a_skipped_level_is_one_notice_a_list() -> None:
    forms = [table(["项目"], ["1"], title=f"{n}、某项目绩效目标表") for n in (1, 2)]
    found = problems("W-07", "# 一、收支", "1、收入说明", "合计。", "2、支出说明", "# 二、项目", *forms)
    assert [(p.level, p.text, len(p.also)) for p in found] == [
        (Level.NOTICE, "1、收入说明", 1),
        (Level.NOTICE, "1、某项目绩效目标表", 1),
    ]


def test_marks_that_no_form_has_are_told() -> None:
    said = ["（一）、甲", "# 二.乙", "3，丙"]
    assert [p.text for p in problems("W-07", *said) if p.level is Level.WARNING] == ["（一）、", "二.", "3，"]


def test_a_count_in_a_sentence_by_stop_and_comma_is_a_notice() -> None:
    said = "主要为1、宣传经费5.00万元，2、保障经费29.50万元。"
    assert [(p.level, p.text) for p in problems("W-07", said)] == [(Level.NOTICE, "1、宣传经费5.00万元，2、")]


def test_the_lines_of_a_cell_count_by_themselves() -> None:
    cells = [["1.甲\n2.乙\n4.丁"], ["1.甲\n2.乙"]]
    assert texts("W-07", table(["绩效目标"], *cells)) == ["4.丁"]


def test_a_skip_can_be_switched_off_by_itself() -> None:
    assert {rule.id for rule in layout().rules.of("W-07")} >= {"W-07/跳级", "W-07/同级", "W-07/缺号"}


@given(st.lists(st.integers(1, 12), min_size=1, max_size=4), st.data())
def test_a_tree_numbered_by_its_levels_is_right_and_one_number_altered_is_found(
    sizes: list[int], data: st.DataObject
) -> None:
    said = [line for n, size in enumerate(sizes, 1) for line in _section(n, size)]
    made = document(*said)
    assert numbering(made.flow, LEVELS).slips == ()
    at = data.draw(st.sampled_from(range(len(said))))
    number = data.draw(st.integers(14, 40))
    found = numbering(document(*said[:at], _renumbered(said[at], number), *said[at + 1 :]).flow, LEVELS)
    assert [slip.at.of.position.block for slip in found.slips][:1] == [at]


def _section(number: int, size: int) -> list[str]:
    return [f"{chinese(number)}、章", *(f"（{chinese(n)}）节" for n in range(1, size + 1))]


def _renumbered(said: str, number: int) -> str:
    return f"{chinese(number)}、章" if said.endswith("章") else f"（{chinese(number)}）节"


@given(st.integers(1, 20))
def test_a_form_writes_what_it_reads(number: int) -> None:
    for form in forms([*LEVELS, ["①"]]):
        found = form.pattern.match(form.of(number))
        assert found is not None
        assert found.end() == len(form.of(number))
