"""The table language: a definition and ledger lines on the left, the grid as printed on the right.

Grids are drawn as text: `<` continues the left cell, `^` the upper one, spaces before a word are its indent.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from budgetreport.problems import Problem
from budgetreport.report import Kind
from tests.making import composed, printed, report, small, stated, table

LINES = """
2013701 30101 人员经费 一般公共预算拨款 10.00
2013701 30201 公用经费 一般公共预算拨款 2.50
2080505 30101 人员经费 一般公共预算拨款 3.00
2013702 项目支出 政府性基金预算拨款 4.00
2013702 项目支出 其他收入 0.50
"""


def drawn(folder: Path, definition: str, lines: str = LINES, **more: Any) -> str:  # noqa: ANN401 - whatever can be stated
    layout = small(folder, {"tables/表.yaml": dedent(definition)})
    return printed(report(stated(lines, **more), layout), "表")


def wrong(folder: Path, definition: str, lines: str = LINES, **more: Any) -> list[Problem]:  # noqa: ANN401 - as above
    return list(composed(stated(lines, **more), small(folder, {"tables/表.yaml": dedent(definition)}))[1])


def grid(text: str) -> str:
    return dedent(text).strip("\n")


def test_a_tree_lists_the_codes_that_occur_under_their_parents(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 支出
        rows:
          - {label: 合计, where: {}}
          - {tree: function, levels: [类, 款, 项]}
        columns:
          - head: 科目
            columns: [{head: 编码, show: code}, {head: 名称, show: label}]
          - {head: 合计, sum: {}}
          - {head: 基本支出, sum: {use: 基本支出}}
          - {head: 项目支出, sum: {use: 项目支出}}
        """,
    ) == grid("""
        科目|<|合计|基本支出|项目支出
        编码|名称|^|^|^
        |合计|20.00|15.50|4.50
        201|一般公共服务支出|17.00|12.50|4.50
        20137| 网信事务|17.00|12.50|4.50
        2013701|  行政运行|12.50|12.50|
        2013702|  一般行政管理事务|4.50||4.50
        208|社会保障和就业支出|3.00|3.00|
        20805| 行政事业单位养老支出|3.00|3.00|
        2080505|  机关事业单位基本养老保险缴费支出|3.00|3.00|
        """)


def test_a_tree_without_a_total_has_several_rows_on_top(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 支出
        rows: [{tree: function, levels: [类, 项]}]
        columns: [{head: 名称, show: code}, {head: 合计, sum: {}}]
        """,
    ) == grid("""
        名称|合计
        201|17.00
        2013701|12.50
        2013702|4.50
        208|3.00
        2080505|3.00
        """)


def test_a_tree_alone_still_loses_no_line_below_its_finest_codes(tmp_path: Path) -> None:
    definition = """
        title: 支出
        rows: [{tree: function, levels: [类, 款, 项]}]
        columns: [{head: 名称, show: code}, {head: 合计, sum: {}}]
        """
    (problem,) = wrong(tmp_path, definition, LINES + "201 项目支出 其他收入 1.00\n")
    assert problem.what == "第6条（201 项目支出 其他收入，1.00万元）计入了《支出》，却没有对应的行"
    assert str(problem.where) == "输入.json:43:3"


def test_values_are_listed_also_where_they_are_empty_less_what_the_condition_drops(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 支出
        rows:
          - {each: function, level: 类, number: 一、, values: short, where: {function: {not: 235}}}
          - {label: 合计, where: {}}
        columns: [{head: 项目, show: label}, {head: 数, sum: {}}]
        """,
    ) == grid("""
        项目|数
        一、一般公共服务|17.00
        二、教育|
        三、社会保障|3.00
        合计|20.00
        """)


def test_values_written_out_and_a_whole_code_list(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 支出
        where: {economic: [302]}
        rows:
          - {each: function, level: 类, values: {'201': 服务, '205': 教育}}
        columns: [{head: 项目, show: label}, {head: 数, sum: {}}]
        """,
        "2013701 30201 公用经费 一般公共预算拨款 2.50\n",
    ) == grid("""
        项目|数
        服务|2.50
        教育|
        """)
    assert drawn(
        tmp_path,
        """
        title: 支出
        where: {economic: 302}
        rows: [{tree: economic, values: ['302', '30201', '30217']}]
        columns: [{head: 项目, show: label}, {head: 数, sum: {}}]
        """,
        "2013701 30201 公用经费 一般公共预算拨款 2.50\n",
    ) == grid("""
        项目|数
        商品和服务支出|2.50
         办公费|2.50
         公务接待费|
        """)
    assert (
        drawn(
            tmp_path,
            """
            title: 支出
            where: {economic: 303}
            rows: [{tree: economic, values: economic}]
            columns: [{head: 编码, show: code}, {head: 数, sum: {}}]
            """,
            "2013701 30301 人员经费 一般公共预算拨款 2.50\n",
        ).count("\n303")
        == 13
    )


def test_values_that_occur_are_numbered_and_kept_in_order(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 来源
        rows: [{each: source, number: （一）}, {label: 合计, where: {}}]
        columns: [{head: 来源, show: label}, {head: 数, sum: {}}]
        """,
    ) == grid("""
        来源|数
        （一）一般公共预算拨款|15.50
        （二）政府性基金预算拨款|4.00
        （三）其他收入|0.50
        合计|20.00
        """)


def test_groups_know_their_name_and_number_and_have_rows_of_their_own(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 来源
        rows:
          - {label: 合计, where: {}}
          - each: source
            number: 一、
            rows:
              - {id: 小计, label: "{{ name }}小计", where: {}}
              - {tree: function, levels: [项]}
        columns: [{head: 编码, show: code}, {head: 来源, show: label}, {head: 数, sum: {}}]
        """,
    ) == grid("""
        编码|来源|数
        |合计|20.00
        |一、一般公共预算拨款小计|15.50
        2013701|行政运行|12.50
        2080505|机关事业单位基本养老保险缴费支出|3.00
        |二、政府性基金预算拨款小计|4.00
        2013702|一般行政管理事务|4.00
        |三、其他收入小计|0.50
        2013702|一般行政管理事务|0.50
        """)


def test_rows_are_named_so_that_no_two_bear_the_same_name(tmp_path: Path) -> None:
    definition = """
        title: 来源
        rows:
          - {label: 合计, where: {}}
          - {each: source, rows: [{id: 小计, label: "{{ name }}小计", where: {}}, {each: line}]}
        columns: [{head: 名称, show: label}, {head: 数, sum: {}}]
        """
    units = "title: 单位\nfrom: organisations\nrows: [{each: line}]\ncolumns: [{head: 单位, show: name}]\n"
    layout = small(tmp_path, {"tables/表.yaml": dedent(definition), "tables/单位.yaml": units})
    made = report(stated(LINES, organisations=[{"id": "甲", "name": "甲单位"}]), layout)
    assert [row.id for row in table(made, "表").grids[0].body] == [
        "合计", "一般公共预算拨款/小计", "一般公共预算拨款/1", "一般公共预算拨款/2", "一般公共预算拨款/3",
        "政府性基金预算拨款/小计", "政府性基金预算拨款/1", "其他收入/小计", "其他收入/1",
    ]  # fmt: skip
    assert [row.id for row in table(made, "单位").grids[0].body] == ["甲"]


def test_fixed_rows_are_numbered_and_close_up_where_a_condition_fails(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 来源
        where: {source: [财政拨款, 单位资金]}
        rows:
          - {label: 财政拨款, number: 一、, where: {source: 财政拨款}}
          - {label: 去年, number: 一、, where: {year: 上年}, when: not prior_year.absent}
          - {label: 单位资金, number: 一、, where: {source: 单位资金}}
        columns: [{head: 来源, show: label}, {head: 数, sum: {}}]
        """,
    ) == grid("""
        来源|数
        一、财政拨款|19.50
        二、单位资金|0.50
        """)


def test_details_hang_below_their_row_and_are_no_part_of_the_sum(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 支出
        rows:
          - {label: 合计, where: {}}
          - label: 一、基本支出
            where: {use: 基本支出}
            of_which:
              - {label: 人员经费, where: {use: 人员经费}}
              - {label: 公用经费, where: {use: 公用经费}}
          - {label: 二、项目支出, where: {use: 项目支出}}
        columns: [{head: 项目, show: label}, {head: 数, sum: {}}]
        """,
    ) == grid("""
        项目|数
        合计|20.00
        一、基本支出|15.50
          其中：人员经费|13.00
             公用经费|2.50
        二、项目支出|4.50
        """)


def test_a_detail_is_no_total_though_it_goes_over_everything(tmp_path: Path) -> None:
    detail = "{label: 全部, where: {}, of_which: [{label: 全部之中, where: {}}]}"
    rows = f"[{detail}, {{label: 基本, where: {{use: 基本支出}}}}, {{label: 项目, where: {{use: 项目支出}}}}]"
    definition = f"title: 支出\nrows: {rows}\ncolumns: [{{head: 项目, show: label}}, {{head: 数, sum: {{}}}}]\n"
    made = report(stated(LINES), small(tmp_path, {"tables/表.yaml": definition}))
    assert [row.total for row in table(made, "表").grids[0].body] == [True, False, False, False]


def test_two_sides_are_set_level_beside_one_another(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 收支
        columns: [{head: 项目, show: label}, {head: 预算数, sum: {}}]
        numbering: {rows: 序号, columns: 栏次}
        sides:
          - head: 收入
            rows:
              - {label: 财政拨款, where: {source: 财政拨款}}
              - {label: 其他, where: {source: {not: 财政拨款}}}
              - {label: 收入总计, where: {}, beside: 支出总计}
          - head: 支出
            rows:
              - {each: function, level: 类, number: 一、}
              - {fill_to: 4}
              - {label: 支出总计, where: {}}
        """,
    ) == grid("""
        序号|收入|<|支出|<
        ^|项目|预算数|项目|预算数
        栏次|1|2|3|4
        1|财政拨款|19.50|一、一般公共服务支出|17.00
        2|其他|0.50|二、社会保障和就业支出|3.00
        3||||
        4||||
        5|收入总计|20.00|支出总计|20.00
        """)


def test_sides_bring_columns_and_conditions_of_their_own(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 基本支出
        where: {use: 基本支出}
        across: yes
        columns: [{head: 编码, show: code}, {head: 名称, show: label}, {head: 数, sum: {}}]
        sides:
          - where: {economic: [301, 303]}
            rows:
              - {tree: economic, levels: [类]}
              - {label: 人员合计, where: {}, beside: 公用合计}
          - where: {economic: 302}
            columns: [{head: 名称, show: label}, {head: 数, sum: {}}]
            rows:
              - {tree: economic}
              - {label: 公用合计, where: {}}
        """,
        "\n".join(LINES.strip().splitlines()[:3]),
    ) == grid("""
        编码|名称|数|名称|数
        301|工资福利支出|13.00|商品和服务支出|2.50
        ||| 办公费|2.50
        人员合计|<|13.00|公用合计|2.50
        """)


def test_code_columns_show_the_digits_that_each_level_adds_and_totals_run_across(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 支出
        across: yes
        numbers: {unit: 元, thousands: yes}
        rows: [{tree: function}, {fill_to: 8}, {label: 合 计, where: {}}]
        columns:
          - head: 项目
            columns:
              - head: 编码
                columns: [{head: 类, show: code.类}, {head: 款, show: code.款}, {head: 项, show: code.项}]
              - {head: 名称, show: label}
          - {head: 数, sum: {}}
        """,
    ) == grid("""
        项目|<|<|<|数
        编码|<|<|名称|^
        类|款|项|^|^
        201|||一般公共服务支出|170,000.00
        201|37|| 网信事务|170,000.00
        201|37|01|  行政运行|125,000.00
        201|37|02|  一般行政管理事务|45,000.00
        208|||社会保障和就业支出|30,000.00
        208|05|| 行政事业单位养老支出|30,000.00
        208|05|05|  机关事业单位基本养老保险缴费支出|30,000.00
        ||||
        合 计|<|<|<|200,000.00
        """)


def test_heads_stretch_over_spare_rows_or_leave_them_to_the_columns(tmp_path: Path) -> None:
    definition = """
        title: 支出
        stretch: groups
        rows: [{label: 合计, where: {}}]
        columns:
          - {head: 项目, show: label}
          - head: 支出
            columns:
              - head: 基本
                columns: [{head: 人员, sum: {use: 人员经费}}, {head: 公用, sum: {use: 公用经费}}]
          - head: 项目支出
            columns: [{head: 数, sum: {use: 项目支出}}]
        """
    assert drawn(tmp_path, definition).split("\n")[:3] == ["项目|支出|<|项目支出", "^|基本|<|^", "^|人员|公用|数"]
    leaves = definition.replace("stretch: groups", "stretch: leaves")
    assert drawn(tmp_path, leaves).split("\n")[:3] == ["项目|支出|<|项目支出", "^|基本|<|数", "^|人员|公用|^"]


def test_columns_under_each_head_without_a_cell(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 两年
        rows: [{label: 合计, where: {}}]
        columns:
          - {head: 项目, show: label}
          - {head: 接待费, where: {use: 公用经费}}
          - head: 合计
            columns: [{head: 全部, where: {}}]
        under_each: [{head: 今年, sum: {}}, {head: 上年, sum: {year: 上年}}]
        """,
        prior_year={"ledger": [{"use": "公用经费", "source": "一般公共预算拨款", "amount": "1.00"}]},
    ) == grid("""
        项目|接待费|<|合计|<
        ^|今年|上年|全部|<
        ^|^|^|今年|上年
        合计|2.50|1.00|20.00|1.00
        """)


def test_a_row_without_a_label_has_amounts_in_every_column(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 一行
        rows: [{id: 金额, label: '', where: {}}]
        columns: [{head: 公用, sum: {use: 公用经费}}, {head: 合计, sum: {}}]
        """,
    ) == grid("""
        公用|合计
        2.50|20.00
        """)


def test_columns_are_computed_from_columns_on_their_left_before_rounding(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 两年
        rows: [{label: 合计, where: {}}, {each: function, level: 类, where: {function: [201, 208]}, values: short}]
        columns:
          - {head: 项目, show: label}
          - {head: 今年, sum: {}}
          - {head: 上年, sum: {year: 上年}}
          - {head: 增减, subtract: [今年, 上年]}
          - {head: 增长, growth: [今年, 上年]}
          - {head: 两年, add: [今年, 上年]}
          - {head: 占比, ratio: [今年, 两年]}
        """,
        "2013701 项目支出 其他收入 1.004\n2080505 项目支出 其他收入 1.004\n",
        prior_year={"ledger": [{"function": "2013701", "use": "项目支出", "source": "其他收入", "amount": "3.00"}]},
    ) == grid("""
        项目|今年|上年|增减|增长|两年|占比
        合计|2.01|3.00|-0.99|-33.07|5.01|40.10
        一般公共服务|1.00|3.00|-2.00|-66.53|4.00|25.07
        社会保障|1.00||1.00||1.00|100.00
        """)


def test_computed_columns_hold_for_rows_of_single_lines(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 明细
        rows: [{each: line}]
        columns:
          - {head: 用途, show: use}
          - {head: 财政, sum: {source: 财政拨款}}
          - {head: 其他, sum: {source: {not: 财政拨款}}}
          - {head: 合计, add: [财政, 其他]}
        """,
    ) == grid("""
        用途|财政|其他|合计
        人员经费|10.00||10.00
        公用经费|2.50||2.50
        人员经费|3.00||3.00
        项目支出|4.00||4.00
        项目支出||0.50|0.50
        """)


def test_cells_that_do_not_apply_print_none_and_zero_prints_as_said(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 支出
        numbers: {none: —, zero: '0.00'}
        rows:
          - {label: 合计, where: {}}
          - {label: 人员, where: {use: 人员经费}, only: [基本], numbers: {places: 1}}
          - {label: 其他, where: {use: {not: 人员经费}}, only: [合计, 基本]}
        columns:
          - {head: 项目, show: label}
          - {head: 合计, sum: {}, numbers: {zero: 零}}
          - {head: 基本, sum: {use: 基本支出}}
          - {head: 经营, sum: {use: 经营支出}, aside: yes}
        """,
    ) == grid("""
        项目|合计|基本|经营
        合计|20.00|15.50|0.00
        人员|—|13.0|—
        其他|7.00|2.50|—
        """)


def test_a_zero_that_is_told_in_a_word_is_no_number_to_a_workbook(tmp_path: Path) -> None:
    definition = """
        title: 支出
        numbers: {zero: 零}
        rows: [{label: 合计, where: {}}]
        columns: [{head: 项, show: label}, {head: 全部, sum: {}}, {head: 经营, sum: {use: 经营支出}, aside: yes}]
        """
    made = report(stated(LINES), small(tmp_path, {"tables/表.yaml": dedent(definition)}))
    (row,) = table(made, "表").grids[0].body
    assert [(cell.text, cell.value) for cell in row.cells[1:] if cell] == [("20.00", Decimal("20.00")), ("零", None)]


def test_columns_with_a_false_condition_are_left_out(tmp_path: Path) -> None:
    definition = """
        title: 支出
        rows: [{label: 合计, where: {}}]
        columns:
          - {head: 项目, show: label}
          - {head: 今年, sum: {}}
          - {head: 上年, sum: {year: 上年}, when: not prior_year.absent}
        """
    assert drawn(tmp_path, definition) == "项目|今年\n合计|20.00"
    prior = {"ledger": [{"use": "项目支出", "source": "其他收入", "amount": "3.00"}]}
    assert drawn(tmp_path, definition, prior_year=prior) == "项目|今年|上年\n合计|20.00|3.00"


def test_equal_neighbours_merge_downwards_but_not_past_a_border_on_the_left(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 采购
        from: procurement
        rows: [{each: line}]
        columns:
          - {head: 单位, show: organisation, merge: equal}
          - {head: 来源, show: budget_item, merge: equal}
          - {head: 物品, show: item}
          - {head: 数, sum: {}}
        """,
        organisations=[{"id": "甲", "name": "甲单位"}, {"id": "乙", "name": "乙单位"}],
        procurement_budgets=[{"name": "公用", "funds": 1}],
        procurement=[
            {"organisation": unit, "budget_item": "公用", "item": item, "amount": "1.00", "source": "其他收入"}
            for unit, item in (("甲", "纸"), ("甲", "纸"), ("乙", "笔"))
        ],
    ) == grid("""
        单位|来源|物品|数
        甲单位|公用|纸|1.00
        ^|^|纸|1.00
        乙单位|公用|笔|1.00
        """)


def test_days_percentages_numbers_and_lists_of_texts_are_printed_as_what_they_are(tmp_path: Path) -> None:
    facts = """
        events:
          title: 活动
          each:
            name: {title: 名称}
            day: {title: 日期, type: date}
            share: {title: 比例, type: percent}
            people: {title: 人数, type: number}
            places: {title: 地点, many: yes}
    """
    columns = ", ".join(f"{{head: {name}, show: {name}}}" for name in ("name", "day", "share", "people", "places"))
    events = f"title: 活动\nfrom: events\nrows: [{{each: line}}]\ncolumns: [{columns}]\n"
    total = "title: 表\nrows: [{label: 合计, where: {}}]\ncolumns: [{head: 项目, show: label}, {head: 数, sum: {}}]\n"
    layout = small(tmp_path, {"facts/活动.yaml": dedent(facts), "tables/活动.yaml": events, "tables/表.yaml": total})
    one = {"name": "甲", "day": "2026-03-05", "share": "12.50", "people": "30.0", "places": ["礼堂", "街道"]}
    made = report(stated(LINES, events=[one, {"name": "乙"}]), layout)
    (_, first, second) = table(made, "活动").grids[0].rows
    assert [cell and (cell.text, cell.kind) for cell in first.cells] == [
        ("甲", Kind.TEXT),
        ("2026-03-05", Kind.DATE),
        ("12.5%", Kind.PERCENT),
        ("30", Kind.NUMBER),
        ("礼堂\n街道", Kind.TEXT),
    ]
    assert [cell and cell.text for cell in second.cells] == ["乙", "", "", "", ""]


def test_a_column_is_meant_by_its_path_sooner_than_another_by_the_end_of_its_own(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 支出
        rows:
          - {label: 合计, where: {}}
          - {label: 人员, where: {use: 人员经费}, only: [数]}
          - {label: 其余, where: {use: {not: 人员经费}}, only: [数]}
        columns:
          - {head: 项目, show: label}
          - {head: 项目支出, columns: [{head: 数, sum: {use: 项目支出}}]}
          - {head: 数, sum: {}}
          - {head: 其他, subtract: [数, 项目支出/数]}
        notes: ["{{ cell('表', '合计', '数')|amount }}"]
        """,
    ) == grid("""
        项目|项目支出|数|其他
        ^|数|^|^
        合计|4.50|20.00|15.50
        人员||13.00|
        其余||7.00|
        """)


def test_texts_that_one_cell_of_a_workbook_cannot_hold_are_told_at_the_input_and_left_out(tmp_path: Path) -> None:
    facts = "events: {title: 活动, each: {places: {title: 地点, many: yes}}}"
    events = "title: 活动\nfrom: events\nrows: [{each: line}]\ncolumns: [{head: 地点, show: places}]\n"
    layout = small(tmp_path, {"facts/活动.yaml": facts, "tables/活动.yaml": events})
    events_stated = [{"places": ["礼堂"]}, {"places": ["长" * 9_000] * 4}]
    made, problems = composed(stated(LINES, events=events_stated), layout)
    (problem,) = [p for p in problems if p.rule == "IN-20"]
    assert str(problem.where).startswith("输入.json:")
    assert problem.what.startswith("这段文字印出来有36003个字符，至多30000个（长长长")
    assert printed(made, "活动") == "地点\n礼堂\n"


def test_a_table_of_a_list_shows_fields_and_what_they_refer_to(tmp_path: Path) -> None:
    layout = small(
        tmp_path,
        {
            "tables/采购.yaml": dedent("""
                title: 采购
                from: procurement
                rows: [{label: 合计, where: {}}, {each: line}]
                columns:
                  - {head: 项目, show: budget_item.name}
                  - {head: 预算, show: budget_item.funds}
                  - {head: 数量, show: quantity}
                  - {head: 数, sum: {}}
                empty: {rows: 2, note: 注：空表列示。}
            """),
            "tables/单位.yaml": dedent("""
                title: 单位
                from: organisations
                rows: [{each: line}]
                columns: [{head: 单位, show: name}, {head: 性质, show: nature, align: center}]
            """),
        },
    )
    bought = {"budget_item": "公用", "quantity": "1.50", "amount": "1.00", "source": "其他收入", "item": "纸"}
    made = report(
        stated(
            LINES,
            organisations=[{"id": "甲", "name": "甲单位", "nature": "行政"}, {"id": "乙", "name": "乙单位"}],
            procurement_budgets=[{"name": "公用", "funds": "7.6"}],
            procurement=[{**bought, "organisation": "甲"}],
        ),
        layout,
    )
    assert printed(made, "采购") == "项目|预算|数量|数\n合计|||1.00\n公用|7.60|1.5|1.00"
    assert printed(made, "单位") == "单位|性质\n甲单位|行政\n乙单位|"
    assert table(made, "采购").notes == ()
    bare = report(stated(LINES), layout)
    assert printed(bare, "采购") == "项目|预算|数量|数\n|||\n|||"
    assert [note.text for note in table(bare, "采购").notes] == ["注：空表列示。"]


def test_numbers_that_are_no_money_are_summed_and_printed_without_needless_zeros(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 资产
        from: assets
        rows:
          - {label: 合计, where: {}, only: [价值]}
          - {label: 房屋, where: {asset: 房屋}}
          - {label: 车辆, where: {asset: 车辆}}
        columns:
          - {head: 项目, show: label}
          - {head: 数量, sum: {}, of: quantity}
          - {head: 价值, sum: {}}
        """,
        assets={
            "holdings": [
                {"asset": "办公用房", "quantity": "100.25", "amount": "5.00"},
                {"asset": "其他房屋", "quantity": "10.50", "amount": "1.00"},
                {"asset": "车辆", "quantity": 1, "amount": "16.30"},
            ]
        },
    ) == grid("""
        项目|数量|价值
        合计||22.30
        房屋|110.75|6.00
        车辆|1|16.30
        """)


def test_a_drawn_head_stands_over_the_columns_as_it_is_drawn(tmp_path: Path) -> None:
    assert drawn(
        tmp_path,
        """
        title: 支出
        numbering: {rows: 序号, columns: 栏次}
        head:
          - ["{{ year }}年", <, 金额]
          - [编码, 名称, ^]
        rows: [{label: 合计, where: {}}]
        columns: [{head: 编码, show: code}, {head: 名称, show: label}, {head: 金额, sum: {}}]
        """,
    ) == grid("""
        序号|2026年|<|金额
        ^|编码|名称|^
        栏次|1|2|3
        1||合计|20.00
        """)


def test_a_table_is_like_another_but_for_what_it_says(tmp_path: Path) -> None:
    model = dedent("""
        title: 甲
        where: {use: 项目支出}
        rows: [{label: 合计, where: {}}, {tree: function, levels: [类]}]
        columns: [{head: 项目, show: label}, {head: 数, sum: {}}]
        caption: [甲, 单位：万元]
        notes: 注：甲。
        """)
    change = dedent("""
        like: 甲
        title: 乙
        where: {use: 基本支出}
        caption: ''
        rows: [{id: function, drop: yes}, {id: 合计, label: 总  计}]
        columns: [{head: 人员, sum: {use: 人员经费}, aside: yes}]
        """)
    made = report(stated(LINES), small(tmp_path, {"tables/甲.yaml": model, "tables/乙.yaml": change}))
    assert printed(made, "甲") == "项目|数\n合计|4.50\n一般公共服务支出|4.50"
    assert printed(made, "乙") == "项目|数|人员\n总  计|15.50|13.00"
    second = table(made, "乙")
    assert (second.title, second.caption, [n.text for n in second.notes]) == ("乙", (), ["注：甲。"])
    assert second.grids[0].rows[1].id == "合计"


UNCOVERED = {
    "in no finest row": ("[{label: 合计, where: {}}, {label: 甲, where: {use: 基本支出}}]", "第4条", "没有对应的行"),
    "in two finest rows": (
        "[{label: 合计, where: {}}, {label: 甲, where: {use: 本年支出}}, {label: 乙, where: {source: 其他收入}}]",
        "第5条",
        "同时列在2行",
    ),
    "two rows of one condition": (
        "[{label: 合计, where: {}}, {label: 甲, where: {use: 本年支出}}, {label: 乙, where: {use: 本年支出}}]",
        "第1条",
        "同时列在2行",
    ),
    "lacks what the table lists by": (
        "[{label: 合计, where: {}}, {tree: economic}]",
        "第4条",
        "没有对应的行",
    ),
}


@pytest.mark.parametrize("name", UNCOVERED)
def test_a_line_that_the_rows_do_not_cover_once_is_told(tmp_path: Path, name: str) -> None:
    rows, line, what = UNCOVERED[name]
    problems = wrong(
        tmp_path, f"title: 表\nrows: {rows}\ncolumns: [{{head: 项, show: label}}, {{head: 数, sum: {{}}}}]\n"
    )
    first = problems[0]
    assert first.rule == "IN-18"
    assert line in first.what
    assert "计入了《表》" in first.what
    assert what in first.what
    if "economic" in rows:
        assert first.fix == "补填部门经济分类科目，这张表按它列示"


SUMS = {
    "all uses": ("{head: 基本, sum: {use: 基本支出}}, {head: 项目, sum: {use: 项目支出}}", None),
    "no column for projects": (
        "{head: 人员, sum: {use: 人员经费}}, {head: 公用, sum: {use: 公用经费}}",
        "没有对应的栏",
    ),
    "twice": ("{head: 日常, sum: {use: [公用经费, 项目支出]}}, {head: 财政, sum: {source: 财政拨款}}", "同时列在2栏"),
    "one column is a part": ("{head: 人员, sum: {use: 人员经费}}", None),
    "columns aside": (
        "{head: 人员, sum: {use: 人员经费}, aside: yes}, {head: 工资, sum: {economic: 301}, aside: yes}",
        None,
    ),
    "nested": (
        "{head: 基, sum: {use: 基本支出}}, {head: 人, sum: {use: 人员经费}}, {head: 非, sum: {use: {not: 人员经费}}}",
        None,
    ),
    "another year": (
        "{head: 上年, sum: {year: 上年}}, {head: 基本, sum: {use: 基本支出}}, {head: 项目, sum: {use: 项目支出}}",
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SUMS)
def test_what_the_widest_column_counts_stands_in_one_of_its_parts(tmp_path: Path, name: str) -> None:
    columns, what = SUMS[name]
    problems = wrong(
        tmp_path,
        "title: 表\nrows: [{label: 合计, where: {}}, {tree: function}]\n"
        f"columns: [{{head: 项, show: label}}, {{head: 合计, sum: {{}}}}, {columns}]\n",
    )
    if what is None:
        assert problems == []
    else:
        assert "计入了《表》的“合计”栏" in problems[0].what
        assert what in problems[0].what


def test_a_line_that_reaches_no_table_and_no_sentence_is_told(tmp_path: Path) -> None:
    (problem,) = wrong(
        tmp_path,
        """
        title: 表
        where: {source: 财政拨款}
        rows: [{label: 合计, where: {}}]
        columns: [{head: 项, show: label}, {head: 数, sum: {}}]
        """,
    )
    assert problem.what == "第5条（2013702 项目支出 其他收入，0.50万元）没有列入任何表和文字"
    assert str(problem.where) == "输入.json:37:3"


def test_a_line_is_told_with_all_that_it_states_and_its_amount_as_stated(tmp_path: Path) -> None:
    definition = """
        title: 表
        where: {source: 财政拨款}
        rows: [{label: 合计, where: {}}]
        columns: [{head: 项, show: label}, {head: 数, sum: {}}]
        """
    line = "2013702 项目支出 其他收入 carried_over=是 organisation=甲 40.5"
    organisations = [{"id": "甲", "name": "甲单位"}]
    problem = wrong(tmp_path, definition, line, amount_unit="元", organisations=organisations)[-1]
    assert problem.what == "第1条（2013702 项目支出 其他收入 上年结转：是 甲单位，40.50元）没有列入任何表和文字"


def test_an_empty_table_can_keep_its_own_rows_and_say_so(tmp_path: Path) -> None:
    text = """
    title: 基金支出
    where: {source: 政府性基金预算拨款}
    rows: [{tree: function, levels: [类]}, {fill_to: 2}, {label: 合计, where: {}}]
    columns: [{head: 项目, show: label}, {head: 数, sum: {}}]
    empty: {rows: 0, note: 注：空表列示。}
    """
    root = "title: 小\ninherits: base\nparts: [{table: 甲}, {text: '{{ sum()|amount }}', id: 文}]\n"
    layout = small(tmp_path, {"layout.yaml": root, "tables/甲.yaml": dedent(text)})
    made = report(stated("2013701 人员经费 一般公共预算拨款 1.00"), layout)
    assert printed(made, "甲") == grid("""
        项目|数
        |
        |
        合计|
        """)
    assert [note.text for note in table(made, "甲").notes] == ["注：空表列示。"]
