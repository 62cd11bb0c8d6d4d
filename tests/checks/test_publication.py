"""What must not be published, and what a page must not lack: marks, numbers of persons, residue, repetitions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetreport.checks import Carrier
from budgetreport.checks.characters import is_luhn, is_mod_11_2, narrow, wide
from budgetreport.problems import FilePlace, Level, PagePlace
from tests.checks.texts import problems, table, texts

IDENTITY = "11010519491231002X"
"""The example of GB 11643-1999."""

FOUND = {
    ("PB-01", f"联系人身份证号{IDENTITY}。"): ["110105"],
    ("PB-02", "联系电话：13831190277。"): ["13831190277"],
    ("PB-02", "联系电话：138-3119-0277。"): ["138-3119-0277"],
    ("PB-02", "开户行账号：6228480018123456789。"): ["账号：6228480018123456789"],
    ("PB-02", "汇入4111111111111111。"): ["4111111111111111"],
    ("PB-02", "家庭住址：青河县幸福小区。"): ["家庭住址：青河县幸福小区"],
    ("PB-03", "机密★5年"): ["机密★"],
    ("PB-03", "★秘密"): ["★秘密"],
    ("PB-03", "内部资料，注意保存"): ["内部资料"],
    ("PB-04", "根据县领导批示精神办理。"): ["批示"],
    ("PB-06", "[bookmark: _GoBack]2026年，我部门无专项资金预算。"): ["[bookmark: _GoBack]"],
    ("PB-06", "错误!未找到引用源。"): ["错误!未找到引用源"],
    ("CP-08", "见附表#REF!。"): ["见附表#REF!。"],
    ("CP-08", "提高资金使用效益，提高资金使用效益，做好工作。"): ["提高资金使用效益，提高资金使用效益，"],
}

QUIET = [
    ("PB-01", "项目编码13018326P000328104136，110105194912310021，201905311234567890。"),
    ("PB-02", "办公电话：0311-84312345；项目编码130183260003281041；总额13831190277.00元。"),
    ("PB-02", "政府采购4111111111111112。"),
    ("PB-03", "涉密采购事项按照相关规定执行，管理内部资料性出版物，负责保密工作。"),
    ("PB-04", "经批准执行，按要求办理。"),
    ("PB-06", "文件[2025]5号。"),
    ("CP-08", "#1楼；提高效益，提高效益。"),
]


@pytest.mark.parametrize(("rule", "said"), FOUND)
def test_a_rule_finds_what_must_not_be_published(rule: str, said: str) -> None:
    assert texts(rule, said) == FOUND[rule, said]


@pytest.mark.parametrize(("rule", "said"), QUIET)
def test_a_rule_leaves_alone_what_may_be_published(rule: str, said: str) -> None:
    assert texts(rule, said) == []


def test_an_identity_number_is_found_in_a_cell_and_never_printed_whole() -> None:
    (problem,) = problems("PB-01", table(["姓名"], [f"张某{IDENTITY}"]))
    assert problem.level is Level.ERROR
    assert IDENTITY not in problem.what + problem.text


def test_instructions_in_tables_are_one_notice_that_names_all_places() -> None:
    tables = [table(["依据"], ["市领导关于平台的批示"], ["调查问卷"], title=title) for title in ("甲表", "乙表")]
    (problem,) = problems("PB-04", *tables)
    assert (problem.level, problem.text) == (Level.NOTICE, "批示")
    assert [str(place) for place in problem.also] == ["《乙表》，“市领导关于平台的批示”行，“依据”栏"]


def test_a_part_without_a_second_is_told() -> None:
    # The rule names `it.items`; a region's common name `items` that cannot be computed here must not matter.
    assert texts("CP-06", "# 第一部分  说明", "合计。") == ["第一部分  说明"]
    assert texts("CP-06", "# 第一部分 概况", "合计。", "# 第二部分 说明") == []


def test_a_title_twice_in_a_row_is_told_with_the_first() -> None:
    (problem,) = problems("CP-06", "# 预算公开情况说明", "预算公开情况说明", "合计。")
    assert [str(place) for place in problem.also] == ["“预算公开情况说明”"]
    assert texts("CP-06", "# 说明", "合计。", "# 其他", "说明") == []


def test_a_paragraph_printed_twice_is_told_and_a_short_one_is_not() -> None:
    said = "完善财务管理制度，严格审批程序，加强固定资产登记。"
    assert texts("CP-08", said, "其他。", said, "绩效目标：", "绩效目标：") == [said[:20]]


def test_properties_and_blank_pages_are_judged_only_where_a_file_was_read() -> None:
    carrier = Carrier("说明.pdf", (("author", "lenovo"), ("title", "预算"), ("company", "某办公室")), (3,))
    (left,) = problems("PB-06", "某办公室2026年预算", carrier=carrier)
    assert (left.where, left.text) == (FilePlace("说明.pdf"), "lenovo")
    (blank,) = problems("CP-07", "某办公室2026年预算", carrier=carrier)
    assert blank.where == PagePlace(3)
    assert problems("CP-07", "某办公室2026年预算") == []


@given(st.from_regex(r"[1-9][0-9]{16}", fullmatch=True))
def test_of_eleven_check_characters_one_fits(digits: str) -> None:
    assert sum(is_mod_11_2(digits + check) for check in "0123456789X") == 1


@pytest.mark.parametrize("text", ["", "1101051949123100", f"{IDENTITY}0", "11010519491231X02X"])
def test_what_has_not_seventeen_digits_and_a_check_character_is_no_identity_number(text: str) -> None:
    assert is_mod_11_2(IDENTITY)
    assert not is_mod_11_2(text)


@given(st.from_regex(r"[0-9]{15}", fullmatch=True), st.integers(0, 14))
def test_one_digit_altered_never_passes_the_formula_of_luhn(digits: str, at: int) -> None:
    (right,) = [digits + check for check in "0123456789" if is_luhn(digits + check)]
    altered = right[:at] + str((int(right[at]) + 1) % 10) + right[at + 1 :]
    assert not is_luhn(altered)


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E)))
def test_marks_made_wide_and_narrow_again_are_the_same(said: str) -> None:
    assert narrow(wide(said)) == said
