"""The rule engine by example: each key of a rule, what a problem says and where, and rules that cannot run."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from budgetreport.checks import Checked, Document, Judge, engine
from budgetreport.checks.order import in_reading_order
from budgetreport.layout import load, shelf
from budgetreport.problems import FilePlace, Level, Place, Problem, TablePlace, TextPlace
from budgetreport.report import Block, Cell, Column, Grid, Heading, Kind, Paragraph, Report, Row, Table
from tests.making import FIXTURES, small, written

Run = Callable[..., Checked]
TABLE = "title: 表\nrows: [{label: 合计, where: {}}]\ncolumns: [{head: 项目, show: label}, {head: 金额, sum: {}}]\n"
"""A layout has to print something."""


def table(*rows: tuple[str, str], unit: str = "万元", title: str = "甲表") -> Table:
    """Labels and amounts under the heads 项目 and 金额."""
    columns = (Column("项目"), Column("金额", Kind.AMOUNT))
    head = Row("head", (Cell("项目", header="column"), Cell("金额", header="column")), role="head")
    body = [Row(label, (Cell(label, header="row"), Cell(amount, Kind.AMOUNT))) for label, amount in rows]
    return Table(title, title, title, (Grid(title, columns, (head, *body)),), caption=(f"单位：{unit}",))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Judges blocks (texts are paragraphs) by the rules of a checks.yaml and no others."""

    def judged(checks: str, *blocks: Block | str, exact: bool = True, parent: str = "") -> Checked:
        layout = small(tmp_path, {"tables/表.yaml": TABLE, "checks.yaml": parent or checks})
        if parent:
            written(tmp_path, {"layout.yaml": "title: 子\ninherits: 小\n", "checks.yaml": checks}, "子")
            layout = load("子", shelf(tmp_path, FIXTURES))
        own = [rule for rule in layout.rules.rules if rule.rule.startswith("Q-")]
        layout = replace(layout, rules=replace(layout.rules, rules=tuple(own)))
        report = Report(tuple(Paragraph(b) if isinstance(b, str) else b for b in blocks), title="")
        return Judge(Document(report, lambda _position, _words: None), layout, exact=exact).check()

    return judged


def rule(*lines: str, rule_id: str = "Q-01") -> str:
    """A checks.yaml of one rule."""
    said = "\n".join(f"    {line}" for line in ("name: 试", *lines))
    if "what:" not in said:
        said += '\n    what: "{{ text }}"'
    return f"rules:\n  {rule_id}:\n{said}\n    fix: 改\n"


def told(checked: Checked) -> list[str]:
    assert not [p.what for p in checked.problems if p.rule.startswith("LY")]
    return [p.what for p in checked.problems]


def only(checked: Checked) -> Problem:
    (problem,) = checked.problems
    return problem


# What is looked at.


def test_each_match_of_find_is_a_problem_about_the_words_found(run: Run) -> None:
    found = run(rule("find: 坏."), "好，坏一。", "坏二坏三")
    assert [(p.text, str(p.where)) for p in found.problems] == [
        ("坏一", "正文开头第1段"),
        ("坏二", "正文开头第2段"),
        ("坏三", "正文开头第2段"),
    ]


def test_find_looks_only_where_in_says(run: Run) -> None:
    checks = rule("find: 坏", "in: headings")
    assert [str(p.where) for p in run(checks, Heading(1, "坏头", "头"), "坏").problems] == ["“坏头”"]


def test_what_except_matches_does_not_count_even_in_part(run: Run) -> None:
    assert told(run(rule("find: 截止", "except: 截止时间"), "截止时间，截止昨日。")) == ["截止"]


def test_groups_of_find_are_named_in_messages(run: Run) -> None:
    checks = rule("find: '(?P<year>20[0-9]{2})年'", "what: \"{{ it['year'] }}|{{ it.before }}|{{ it.after }}\"")
    assert told(run(checks, "前。较2024年预算。后")) == ["2024|较|预算。"]


def test_each_is_checked_once_an_item_under_the_name_that_as_gives(run: Run) -> None:
    checks = rule(
        "each: \"table('甲表').rows\"", "as: row", "require: row['金额'] < 300 * 1000000", 'what: "{{ row.label }}"'
    )
    assert told(run(checks, table(("一", "200.00"), ("二", "400.00"), ("三", "500.00")))) == ["二", "三"]


def test_an_item_that_if_refuses_is_left_alone(run: Run) -> None:
    checks = rule("each: texts", "if: \"'甲' in it.text\"", 'what: "{{ it.text }}"')
    assert told(run(checks, "甲一", "乙二")) == ["甲一"]


def test_a_rule_whose_when_fails_says_nothing_and_ran(run: Run) -> None:
    found = run(rule("find: 坏", "when: paragraphs|length > 1"), "坏")
    assert (told(found), found.ran) == ([], ("Q-01",))


def test_without_item_the_rule_is_checked_once(run: Run) -> None:
    assert told(run(rule("require: paragraphs|length > 1", "what: 只有一段"), "一")) == ["只有一段"]


# What is computed.


def test_let_is_computed_for_the_rule_and_with_for_each_item_one_from_the_other(run: Run) -> None:
    checks = rule(
        "let: {first: paragraphs|first, word: first.text}",
        "each: paragraphs",
        "with: {both: it.text ~ word}",
        'what: "{{ both }}"',
    )
    assert told(run(checks, "甲", "乙")) == ["甲甲", "乙甲"]


def test_a_name_that_all_rules_share_is_computed_when_a_rule_first_mentions_it(run: Run) -> None:
    """One that cannot be computed hinders only the rules that mention it."""
    checks = "let: {少: \"table('没有').rows\", 段: paragraphs|length}\n" + rule("each: 少").replace(
        "rules:\n", "rules:\n  Q-02: {name: 试, require: 段 > 1, what: '只有{{ 段 }}段', fix: 改}\n"
    )
    found = run(checks, "一")
    assert told(found) == ["只有1段"]
    assert found.skipped == (("Q-01", "没有《没有》"),)


SUM = ("equal: [\"cell('甲表', '合计', '金额')\", \"total(table('甲表').rows[1:]|map(attribute='金额'))\"]",)


def test_equal_tells_both_numbers_and_the_difference(run: Run) -> None:
    checks = rule(*SUM, 'what: "{{ stated|amount }} {{ due|amount }} {{ difference|amount }}"')
    assert told(run(checks, table(("合计", "3.00"), ("一", "1.00"), ("二", "1.50")))) == ["3.00 2.50 0.50"]
    assert told(run(checks, table(("合计", "2.50"), ("一", "1.00"), ("二", "1.50")))) == []


def test_at_most_lets_less_pass(run: Run) -> None:
    checks = rule(
        "at_most: [\"cell('甲表', '一', '金额')\", \"cell('甲表', '二', '金额')\"]", 'what: "{{ difference|amount }}"'
    )
    assert told(run(checks, table(("一", "1.00"), ("二", "1.50")))) == []
    assert told(run(checks, table(("一", "1.50"), ("二", "1.50")))) == []
    assert told(run(checks, table(("一", "2.00"), ("二", "1.50")))) == ["0.50"]


def test_a_blank_and_a_dash_are_zero(run: Run) -> None:
    checks = rule(*SUM)
    assert told(run(checks, table(("合计", "1.00"), ("一", "1.00"), ("二", ""), ("三", "—")))) == []


def test_amounts_of_tables_in_yuan_and_in_wan_are_compared_in_fen(run: Run) -> None:
    checks = rule("equal: [\"cell('甲表', '一', '金额')\", \"cell('乙表', '一', '金额')\"]")
    same = table(("一", "15000.00"), unit="元", title="乙表")
    assert told(run(checks, table(("一", "1.50")), same)) == []


def test_numbers_of_the_document_compute_on_either_side_and_know_equals(run: Run) -> None:
    checks = rule(
        "let: {一: \"cell('甲表', '一', '金额')\", 二: \"cell('甲表', '二', '金额')\"}",
        "when: paragraphs",
        'what: "{{ (10000000 - 一)|amount }} {{ -一|abs|amount }} {{ 二 / 2 }} {{ 2 * 二 }}"',
        'fix: "{{ [一, 二, 一]|unique|list|length }}"',
    )
    problem = only(run(checks.replace("    fix: 改\n", ""), "文", table(("一", "4.00"), ("二", "2.00"))))
    assert (problem.what, problem.fix) == ("6.00 4.00 1000000 4000000", "2")


def test_a_part_that_must_equal_a_word_is_a_mistake_of_the_rule(run: Run) -> None:
    (problem,) = run(rule("equal: [\"cell('甲表', '一', '金额')\", \"'四'\"]"), table(("一", "4.00"))).problems
    assert (problem.rule, problem.level) == ("LY-09", Level.ERROR)


def test_a_number_that_is_not_said_leaves_its_place_unchecked(run: Run) -> None:
    """The amount is optional in the words looked for: where it is not said, nothing is due."""
    checks = rule(
        "each: \"find(texts, '共(?P<n>[0-9.]*)万元')\"",
        "equal: [\"number_of(it, 'n')\", '10000']",
        'what: "{{ it.text }}"',
    )
    assert told(run(checks, "共万元，共2.00万元")) == ["共2.00万元"]


def test_forms_without_a_label_are_left_out_of_what_is_beside_it(run: Run) -> None:
    checks = rule(
        "when: cells_beside(tables, '编码')|length == 0",
        "each: cells_beside(tables, '一')",
        'what: "{{ it.text }}"',
    )
    assert told(run(checks, table(("一", "1.00")), table(("二", "2.00")))) == ["1.00"]


@pytest.mark.parametrize(
    ("found", "said", "words"),
    [
        ("unpaired(texts, ['（）()', '【】'])", "甲（乙【丙）丁", ["【丙）丁"]),
        ("find_each(texts, [{'find': '坏', 'except': '坏账'}])", "坏账，坏事", ["坏"]),
        ("near_misses(texts, '某办')", "某力", []),
    ],
)
def test_functions_of_rules_find_words(run: Run, found: str, said: str, words: list[str]) -> None:
    assert told(run(rule(f'each: "{found}"', 'what: "{{ it.text }}"'), said)) == words


# Tolerance: what rounding explains is a notice in documents made elsewhere, an error in ours.


@pytest.mark.parametrize(
    ("total", "elsewhere"),
    [
        ("3.00", []),
        ("3.01", [Level.NOTICE]),
        ("2.99", [Level.NOTICE]),
        ("3.02", [Level.ERROR]),
        ("2.98", [Level.ERROR]),
    ],
)
def test_a_difference_within_rounding_is_a_notice_elsewhere_and_an_error_in_ours(
    run: Run, total: str, elsewhere: list[Level]
) -> None:
    """Of a total and two parts to two places each may hide 0.005: together 0.015."""
    checks = rule("level: 错误", *SUM, "what: 不等")
    blocks = table(("合计", total), ("一", "1.00"), ("二", "2.00"))
    theirs = run(checks, blocks, exact=False).problems
    assert [p.level for p in theirs] == elsewhere
    assert [p.what for p in theirs if p.level is Level.NOTICE] == ["不等（可能为四舍五入尾差）"] * elsewhere.count(
        Level.NOTICE
    )
    assert [p.level for p in run(checks, blocks).problems] == [Level.ERROR] * len(elsewhere)


def test_yuan_with_fen_have_no_tolerance(run: Run) -> None:
    checks = rule("level: 错误", *SUM)
    blocks = table(("合计", "3.01"), ("一", "1.00"), ("二", "2.00"), unit="元")
    assert [p.level for p in run(checks, blocks, exact=False).problems] == [Level.ERROR]


# Where a problem stands.


def cell(row: str) -> Place:
    return TablePlace("甲表", row, "金额")


def test_a_sum_stands_at_its_total_and_names_its_parts(run: Run) -> None:
    problem = only(run(rule(*SUM), table(("合计", "3.00"), ("一", "1.00"), ("二", "1.50"))))
    assert (problem.where, problem.text) == (cell("合计"), "3.00")
    assert problem.also == (cell("一"), cell("二"))


def test_where_and_also_say_other_places_and_text_other_words(run: Run) -> None:
    checks = rule(
        "require: paragraphs|length > 1",
        "where: \"table('甲表').row('一')\"",
        "also: [paragraphs, \"table('甲表').row('二').cell('金额')\"]",
        "text: \"'别的'\"",
        'what: "{{ place }}与{{ other }}"',
    )
    problem = only(run(checks, "文", table(("一", "1.00"), ("二", "2.00"))))
    assert problem.where == TablePlace("甲表", "一")
    assert problem.also == (TextPlace("", 1), cell("二"))
    assert problem.text == "别的"
    assert problem.what == "《甲表》，“一”行与正文开头第1段"


def test_a_list_of_places_stands_at_the_first_and_names_the_others(run: Run) -> None:
    problem = only(run(rule("when: paragraphs", "where: paragraphs", "what: 重复"), "甲", "乙", "丙"))
    assert problem.where == TextPlace("", 1)
    assert problem.also == (TextPlace("", 2), TextPlace("", 3))


def test_paragraphs_are_counted_under_their_heading(run: Run) -> None:
    found = run(rule("find: 坏"), "坏", Heading(1, "一、甲", "甲"), "好", "坏")
    assert [p.where for p in found.problems] == [TextPlace("", 1), TextPlace("一、甲", 2)]


def test_the_same_problem_is_told_once(run: Run) -> None:
    assert told(run(rule("each: '[1, 2]'", "where: paragraphs|first", "what: 坏"), "甲")) == ["坏"]


def test_formula_is_told_with_the_numbers_of_the_item(run: Run) -> None:
    checks = rule(*SUM, "formula: '{{ stated|amount }}的分项之和'", 'what: "{{ formula }}"')
    assert told(run(checks, table(("合计", "3.00"), ("一", "1.00")))) == ["3.00的分项之和"]


def test_words_that_several_rules_share_come_from_messages(run: Run) -> None:
    checks = (
        "messages: {共用: {what: '“{{ text }}”不对', fix: '改{{ text }}'}}\n"
        "rules: {Q-01: {name: 试, find: 坏, message: 共用}, Q-02: {name: 试, find: 差, message: 共用, fix: 另改}}\n"
    )
    assert [(p.what, p.fix) for p in run(checks, "坏差").problems] == [("“坏”不对", "改坏"), ("“差”不对", "另改")]


# Cases, levels, layouts that inherit.

CASES = """
rules:
  Q-01:
    name: 试
    level: 警告
    what: "{{ text }}"
    fix: 改
    cases:
      标题: {in: headings, find: 坏, level: 错误}
      正文: {in: paragraphs, find: 坏}
"""


def test_cases_share_what_the_rule_says_and_add_or_replace_keys(run: Run) -> None:
    found = run(CASES, Heading(1, "坏", "头"), "坏")
    assert [(p.rule, p.level) for p in found.problems] == [("Q-01", Level.ERROR), ("Q-01", Level.WARNING)]
    assert found.ran == ("Q-01",)


def test_a_rule_without_a_level_warns(run: Run) -> None:
    assert [p.level for p in run(rule("find: 坏"), "坏").problems] == [Level.WARNING]


def test_a_layout_gives_an_inherited_rule_another_level_or_switches_it_off(run: Run) -> None:
    parent = rule("level: 错误", "find: 坏")
    assert [p.level for p in run("rules: {Q-01: {level: 提示}}\n", "坏", parent=parent).problems] == [Level.NOTICE]
    off = run("rules: {Q-01: {level: 不查}}\n", "坏", parent=parent)
    assert (off.problems, off.ran, off.skipped) == ((), (), ())


def test_a_layout_changes_one_case_of_an_inherited_rule(run: Run) -> None:
    found = run("rules: {Q-01: {cases: {正文: {level: 不查}}}}\n", Heading(1, "坏", "头"), "坏", parent=CASES)
    assert [p.level for p in found.problems] == [Level.ERROR]


def test_a_layout_replaces_a_list_that_an_inherited_rule_uses(run: Run) -> None:
    parent = "lists: {坏词: 坏}\n" + rule("each: find(texts, 坏词)")
    assert told(run("lists: {坏词: 差}\n", "坏差", parent=parent)) == ["差"]


# Rules that cannot run.


def test_a_rule_that_needs_a_table_that_is_not_there_is_skipped_with_the_reason(run: Run) -> None:
    found = run(rule(*SUM), "文")
    assert (found.problems, found.ran) == ((), ())
    assert found.skipped == (("Q-01", "没有《甲表》"),)


ABSENT = {
    "a row": ("cell('甲表', '三', '金额')", "《甲表》没有“三”行“金额”栏"),
    "a column": ("table('甲表').row('一')['数量']", "《甲表》没有“数量”栏，或不止一栏"),
    "a section": ("section('三公').text", "没有“三公”一节"),
    "the input": ("facts.unit", "只有检查输入文件时才有填报的事实"),
    "the input's fact by its name": ("facts['unit']", "只有检查输入文件时才有填报的事实"),
    "the input's lists": ("facts|list|length", "只有检查输入文件时才有填报的事实"),
    "the input's books": ("booked({'use': '项目支出'})", "只有检查输入文件时才有填报的事实"),
    "a cell of a form": ("table('甲表').beside('编码').text", "《甲表》没有“编码”一格"),
    "a part of a form": ("table('甲表').part('指标')|length", "《甲表》没有“指标”部分"),
    "a first one": ("first(find(texts, '没有的字')).text", "文中没有这一处"),
    "one that occurs most": ("most([])", "文中没有这一处"),
    "a row of a sum": ("down(table('甲表'), '一 = 三 + 四')|length", "《甲表》没有“三”行"),
    "a column of a sum": ("across(table('甲表'), '金额 = 数量')|length", "《甲表》没有“金额”“数量”各栏"),
    "a number": ("table('甲表').row('一').cell('项目').number", "“一”不是数"),
}


@pytest.mark.parametrize("name", ABSENT)
def test_what_is_not_there_is_named(run: Run, name: str) -> None:
    expression, reason = ABSENT[name]
    found = run(rule(f'require: "{expression} == 1"'), table(("一", "1.00")))
    assert found.skipped == (("Q-01", reason),)


def test_an_item_that_lacks_something_is_left_out_and_the_others_are_checked(run: Run) -> None:
    checks = rule("each: \"table('甲表').rows\"", "require: it['金额'] < 1", 'what: "{{ it.label }}"')
    found = run(checks, table(("一", "若干"), ("二", "1.00")))
    assert (told(found), found.ran, found.skipped) == (["二"], ("Q-01",), ())


def test_a_rule_of_which_one_case_can_run_has_run(run: Run) -> None:
    checks = CASES.replace("标题: {in: headings", "标题: {in: \"table('没有').texts\"")
    found = run(checks, "坏")
    assert (told(found), found.ran, found.skipped) == (["坏"], ("Q-01",), ())


@pytest.mark.parametrize("said", ['require: "total([1]) + X > 1"', 'require: "total([1]) < X"', 'equal: ["X", "1"]'])
def test_a_word_where_a_rule_needs_a_number_is_told_in_chinese(run: Run, said: str) -> None:
    (problem,) = run(rule(said.replace("X", "'甲'"))).problems
    assert problem.what == "规则“Q-01”算不出来：“甲”不是数"


MISTAKES = {
    "an unknown name": "没有的名称.长度 > 1",
    "a division by zero": "1 / 0 > 1",
    "words compared with numbers": "'甲' > 1",
    "an argument too many": "total(1, 2) > 1",
    "a regular expression that is none": "matches('甲', '(')",
    "more pairs than any document has": "pairs(range(2000), range(2000))|length > 1",
    "a word added to a number": "total([1]) + '甲' > 1",
    "a sum that says no equation": "across(table('甲表'), '甲 乙')",
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_rule_that_cannot_be_computed_is_an_error_at_its_place_and_others_go_on(run: Run, name: str) -> None:
    checks = rule(f'require: "{MISTAKES[name]}"').replace(
        "rules:\n", "rules:\n  Q-02: {name: 试, find: 坏, what: '{{ text }}', fix: 改}\n"
    )
    problems = run(checks, "坏", table(("一", "1.00"))).problems
    assert [(p.rule, p.level) for p in problems] == [("Q-02", Level.WARNING), ("LY-09", Level.ERROR)]
    assert problems[1].where.as_json()["file"] == "layouts/小/checks.yaml"
    assert "Q-01" in problems[1].what


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much memory is held")
def test_a_rule_that_fills_the_memory_is_an_error_at_its_place_and_others_go_on(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What C makes is not counted turn by turn: here a text in which each of 60,000 characters becomes 10,000."""
    monkeypatch.setattr("budgetreport.checks.engine._MEMORY", 300_000_000)
    checks = rule("require: \"replaced('坏' * 60000, '坏', '长' * 10000) > ''\"").replace(
        "rules:\n", "rules:\n  Q-02: {name: 试, find: 坏, what: '{{ text }}', fix: 改}\n"
    )
    problems = run(checks, "坏").problems
    assert [p.rule for p in problems] == ["Q-02", "LY-09"]
    assert "太大" in problems[1].what


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no timer of computing time")
@pytest.mark.parametrize("looks", ["find: '(a+)+$'", "require: \"not matches(texts[0], '(a+)+$')\""])
def test_a_rule_that_never_ends_is_an_error_and_after_three_of_them_the_rest_is_named_as_not_tried(
    run: Run, looks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_LONGEST", 0.05)
    never_ending = "\n".join(f"  Q-0{n}: {{name: 试, {looks}, what: 错, fix: 改}}" for n in range(1, 6))
    found = run(f"rules:\n{never_ending}\n", "a" * 60 + "b")
    assert [p.rule for p in found.problems] == ["LY-09"] * 3
    assert all("算得太久，超过了0.05秒" in p.what for p in found.problems)
    assert found.skipped == tuple((f"Q-0{n}", "前面的规则算得太久，没有再查") for n in (4, 5))
    assert found.ran == ()


@pytest.mark.parametrize("pattern", ["(" * 6000 + ")" * 6000, "a{99999999999}"], ids=["brackets", "repetitions"])
def test_a_pattern_beyond_all_measure_is_a_mistake_of_the_rule(run: Run, pattern: str) -> None:
    (problem,) = run(rule(f"require: \"not find(texts, '{pattern}')\""), "甲").problems
    assert problem.rule == "LY-09"
    assert "套得太深，或重复次数太大" in problem.what


def test_a_table_without_a_title_is_called_by_its_first_words(run: Run) -> None:
    problem = only(run(rule("each: tables", "what: 《{{ it.title }}》不对"), table(("一", "1.00"), title="")))
    assert (problem.what, problem.where) == ("《项目》不对", TablePlace("项目"))


# The order in which problems are told.


def test_problems_are_told_in_reading_order_also_those_about_a_row_a_table_or_a_section_as_a_whole() -> None:
    report = Report((Heading(1, "头", "头"), Paragraph("文"), table(("一", "1.00"), ("二", "2.00"))), title="")
    document = Document(report, lambda _position, _words: None)
    places: list[Place] = [
        TablePlace("乙表"),  # not there: at the end
        TablePlace("甲表", "二", "数量"),  # a column that is not there: where its row begins
        TablePlace("甲表", "一", "金额"),
        TablePlace("甲表", "三"),  # a row that is not there: where the table begins
        TextPlace("头", 7),  # a paragraph that is not there: where its section begins
        FilePlace("a.json", 9, 1),
    ]
    given = [Problem(Level.ERROR, "Q", place, "", "") for place in places]
    assert [p.where for p in in_reading_order(given, document)] == [places[n] for n in (5, 4, 3, 2, 1, 0)]


def test_a_text_in_wan_yuan_prints_a_table_in_yuan_rounded(run: Run) -> None:
    checks = rule(
        "each: \"find(paragraphs, '收入(?P<amount>[0-9.,]+)(?P<unit>万元)')\"",
        "equal: ['it.number', \"table('甲表').rows[0]['金额']\"]",
    )
    yuan = table(("合计", "371,514,655.00"), unit="元")
    assert told(run(checks, yuan, "收入37,151.47万元")) == []
    assert told(run(checks, yuan, "收入37,151.46万元")) == ["收入37,151.46万元"]
    assert told(run(checks, yuan, "收入37,151万元")) == ["收入37,151万元"]


def test_a_difference_between_tables_in_yuan_is_told_in_yuan(run: Run) -> None:
    checks = rule(
        "equal: [\"table('甲表').row('合计')['金额']\", \"table('甲表').row('一')['金额']\"]",
        'what: "{{ stated|amount }}，{{ due|amount }}，差{{ difference|amount }}"',
    )
    assert told(run(checks, table(("合计", "1,000.00"), ("一", "999.50"), unit="元"))) == ["1,000.00，999.50，差0.50"]


@pytest.mark.parametrize(("key", "said"), [("what", "'{% raw %}'"), ("fix", "'{{ text[9:] }}'")])
def test_a_rule_that_says_nothing_of_what_it_finds_is_told_as_mistaken(key: str, said: str, run: Run) -> None:
    wordless = re.sub(f"(?<= {key}: ).*", said, rule("find: 坏"))
    (problem,) = run(wordless, "坏").problems
    assert (problem.rule, problem.what) == ("LY-09", f"规则“Q-01”算不出来：{key} 没有印出文字")


def test_a_rule_that_looks_in_words_of_its_own_is_told_as_mistaken(run: Run) -> None:
    problem = run(rule("find: 坏", "in: \"'坏字'\""), "坏").problems[0]
    assert (problem.rule, problem.what) == ("LY-09", "规则“Q-01”算不出来：“坏字”不是公开件中的一处文字")
