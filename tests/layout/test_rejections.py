"""What the loader rejects: each mistake with file, line and column, what is wrong and the nearest right word."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetreport.layout import load, shelf
from budgetreport.problems import Problem, ProblemsError
from tests.making import refused, written

LAYOUT = "title: 小\ninherits: common\n"
TABLE = """\
title: 表
rows:
  - {label: 合计, where: {}}
  - {tree: function, levels: [类]}
columns:
  - {head: 科目, show: label}
  - {head: 金额, sum: {}}
"""


def table(text: str) -> dict[str, str]:
    return {"layout.yaml": LAYOUT + "parts: [{table: 表}]\n", "tables/表.yaml": text}


def rows(*said: str) -> dict[str, str]:
    """A table with these rows, the first of them in line 3."""
    drawn = "".join(f"  - {row}\n" for row in said)
    return table(f"title: 表\nrows:\n{drawn}columns: [{{head: 科目, show: label}}, {{head: 金额, sum: {{}}}}]\n")


def columns(*said: str) -> dict[str, str]:
    """A table with these columns, the first of them in line 4."""
    drawn = "".join(f"  - {column}\n" for column in said)
    return table(f"title: 表\nrows: [{{label: 合计, where: {{}}}}]\ncolumns:\n{drawn}")


def layout(text: str) -> dict[str, str]:
    return {"layout.yaml": LAYOUT + text}


def only(problems: list[Problem]) -> Problem:
    assert len(problems) == 1, [f"{p.where} {p.what} {p.fix}" for p in problems]
    return problems[0]


def test_the_table_that_the_mistakes_below_are_made_in_is_right(tmp_path: Path) -> None:
    assert refused(tmp_path, table(TABLE)) == []
    assert refused(tmp_path, rows("{label: 合计, where: {}}"), "行") == []
    assert refused(tmp_path, columns("{head: 科目, show: label}", "{head: 金额, sum: {}}"), "栏") == []


SIDE = """\
sides:
  - {head: 左, rows: [{label: 合计, where: {}}], columns: [{head: 项目, show: label}, {head: 数, sum: {}}, \
{head: 今年, columns: [{head: 数, sum: {}}]}, {head: 差, subtract: [数, 今年/数]}]}
"""

IN_A_TABLE = {
    "unknown key of a table": (table("titel: 表\n" + TABLE.partition("\n")[2]), "1:1", "titel", "“title”"),
    "unknown key of a row": (rows("{label: 合计, where: {}, livels: [类]}"), "3:28", "livels", "“level"),
    "unknown dimension in a filter": (rows("{label: 合计, where: {functon: 201}}"), "3:25", "functon", "“function”"),
    "unknown value": (rows("{label: 合计, where: {use: 基本支岀}}"), "3:30", "基本支岀", "“基本支出”"),
    "unknown value after not": (rows("{label: 合计, where: {use: {not: 项目}}}"), "3:36", "项目", "“项目支出”"),
    "code of four digits": (rows("{label: 合计, where: {function: 2013}}"), "3:35", "2013", "类3位、款5位、项7位"),
    "unknown term": (rows("{label: 合计, where: 三公费}"), "3:24", "三公费", "“三公经费”"),
    "unknown dimension of a tree": (rows("{tree: functions}"), "3:12", "functions", "“function”"),
    "tree of what has no codes": (rows("{tree: use}"), "3:12", "没有编码", "each"),
    "unknown dimension of each": (rows("{each: organisaton}"), "3:12", "organisaton", "“organisation”"),
    "unknown level": (rows("{tree: function, levels: [类, 目]}"), "3:34", "目", "类、款、项"),
    "unknown list": (rows("{each: function, values: clases}"), "3:30", "clases", "可用的是"),
    "code in a list that is none": (rows("{tree: economic, values: ['3021']}"), "3:31", "3021", "清单"),
    "row of no kind": (rows("{id: 甲, where: {}}"), "3:5", "恰好是", "只留一种"),
    "row of two kinds": (rows("{label: 合计, tree: function, where: {}}"), "3:5", "恰好是", "只留一种"),
    "fixed row without a filter": (rows("{label: 合计}"), "3:5", "没有说明条件", "where 或 only"),
    "filter that never holds": (rows("{label: 合计, where: {use: 基本支出, term: 无}}"), "3:42", "无", "可用的是"),
    "unknown column of only": (rows("{label: 合计, only: [金颚]}"), "3:24", "金颚", "“金额”"),
    "two rows of one id": (rows("{label: 一、合计, where: {}}", "{label: 合 计, where: {}}"), "4:5", "合计", "id"),
    "expression in a default id": (rows('{label: "{{ year }}年", where: {}}'), "3:5", "不能兼作编号", "补写 id"),
    "yes or no": (table(TABLE + "across: 是\n"), "8:9", "yes 或 no", "yes"),
    "whole number": (rows("{fill_to: 十}"), "3:15", "整数", "整数"),
    "number pattern": (rows("{label: 甲, where: {}, number: 甲、}"), "3:35", "不能编号", "一、"),
    "column of no kind": (columns("{head: 金额}"), "4:5", "没有说明印什么", "sum"),
    "column of no kind under each head": (columns("{head: 金额}\nunder_each:\n  - {head: 数}"), "6:5", "印什么", "sum"),
    "column of two kinds": (columns("{head: 金额, show: label, sum: {}}"), "4:5", "不能同时", "只留一种"),
    "column without a head": (columns("{sum: {}}"), "4:5", "缺少“head”", "head"),
    "unknown field": (columns("{head: 名称, show: lable}"), "4:22", "lable", "“label”"),
    "unknown level of a code": (columns("{head: 款, show: code.目}"), "4:21", "目", "款"),
    "unknown measure": (columns("{head: 数量, sum: {}, of: amout}"), "4:29", "amout", "“amount”"),
    "two columns of one path": (columns("{head: 数, sum: {}}", "{head: 数, sum: {}}"), "5:5", "两栏都叫“数”", "id"),
    "function of a column on the right": (
        columns("{head: 差, subtract: [甲, 乙]}", "{head: 甲, sum: {}}", "{head: 乙, sum: {}}"),
        "4:26",
        "左边的栏",
        "声明",
    ),
    "ratio of three": (
        columns("{head: 甲, sum: {}}", "{head: 乙, sum: {}}", "{head: 比, ratio: [甲, 乙, 甲]}"),
        "6:22",
        "恰好两栏",
        "另一栏",
    ),
    "ambiguous tail": (
        columns(
            "{head: 今年, columns: [{head: 数, sum: {}}]}",
            "{head: 上年, columns: [{head: 数, sum: {}}]}",
            "{head: 差, subtract: [数, 今年/数]}",
        ),
        "6:26",
        "今年/数，也可以是上年/数",
        "写出上面的栏目",
    ),
    "a tail that is the whole path of no column on its side": (
        table(TABLE.partition("rows")[0] + SIDE),
        "3:166",
        "左/数，也可以是左/今年/数",
        "写出上面的栏目",
    ),
    "template that does not close": (table(TABLE + 'notes: ["{{ year }年"]\n'), "8:9", "模板写法有误", "成对"),
    "unknown name in a template": (table(TABLE + 'notes: ["{{ yaer }}年"]\n'), "8:9", "yaer", "“year”"),
    "unknown filter of a template": (table(TABLE + 'notes: ["{{ year|amonut }}"]\n'), "8:9", "amonut", "“amount”"),
    "unknown name in a condition": (table(TABLE + "when: projets\n"), "8:7", "projets", "“projects”"),
    "a style that is not there": (table(TABLE + "font: tabel\n"), "8:7", "tabel", "“table”"),
    "four captions": (table(TABLE + "caption: [甲, 乙, 丙, 丁]\n"), "8:10", "至多三段", "合并"),
    "unknown page": (table(TABLE + "page: landscap\n"), "8:7", "landscap", "“landscape”"),
    "unknown unit": (table(TABLE + "numbers: {unit: 亿元}\n"), "8:17", "亿元", "元"),
    "unknown rounding": (table(TABLE + "numbers: {rounding: balancd}\n"), "8:21", "balancd", "balanced"),
    "unknown book": (table(TABLE + "from: procurment\n"), "8:7", "procurment", "“procurement”"),
    "sum over a list": (table(TABLE + "from: projects\n"), "7:5", "没有可求和的账", "show"),
    "condition of a row against the table's": (
        table(TABLE.replace("where: {}", "where: {use: 项目支出}") + "where: {use: 基本支出}\n"),
        "3:24",
        "不可能同时成立",
        "条件",
    ),
    "neither rows nor cells": (table("title: 表\ncolumns: [{head: 甲, show: label}]\n"), "1:1", "要么", "只留一种"),
    "duplicate key": (table(TABLE + "title: 又\n"), "8:1", "键“title”写了两次", "第1行"),
    "alias": (table(TABLE.replace("{}}", "&a {}}", 1) + "where: *a\n"), "3:24", "锚点", "直接写出来"),
    "tag": (table(TABLE + "across: !!bool yes\n"), "8:9", "标签", "直接写出来"),
    "merge key": (table(TABLE.replace("{label: 合计", "{<<: {}, label: 合计")), "3:6", "合并键", "普通的键"),
    "broken YAML": (table(TABLE + "notes: [甲\n"), "9:1", "YAML写法有误", "括号"),
    "a character that no YAML holds": (table(TABLE + "notes: 甲\x07\n"), "8:9", "不能读的字符（U+0007）", "删除该字符"),
    "a list for a text": (table(TABLE.replace("title: 表", "title: [表]")), "1:8", "一段文字", "一个值"),
    "a word for a list": (table("title: 表\nrows: 合计\ncolumns: [{head: 甲, show: label}]\n"), "2:7", "列表", "[ ]"),
    "a word for a row": (rows("合计"), "3:5", "若干个“键: 值”", "参照手册"),
    "a column on a condition under a drawn head": (
        table(TABLE.replace("sum: {}}", "sum: {}, when: year > 2020}") + "head:\n  - [甲, 乙]\n"),
        "7:5",
        "各栏就不能带 when",
        "删去 when",
    ),
    "a value of a list that is none of the words": (
        rows("{each: source, values: 来源}") | {"lists/来源.csv": "code,name\n事业收人,甲\n"},
        "3:28",
        "事业收人",
        "“事业收入”",
    ),
    "a model that is not there": (table("like: 支出裱\n" + TABLE), "1:7", "支出裱", "可用的是"),
}


@pytest.mark.parametrize("name", IN_A_TABLE)
def test_a_mistake_in_a_table_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    files, place, what, fix = IN_A_TABLE[name]
    problems = [p for p in refused(tmp_path, files) if str(p.where) == f"layouts/小/tables/表.yaml:{place}"]
    assert problems, [f"{p.where} {p.what} {p.fix}" for p in refused(tmp_path, files, "再")]
    assert what in problems[0].what + problems[0].text
    assert fix in problems[0].fix


IN_THE_LAYOUT = {
    "unknown table": ("parts:\n  - {table: 支出表}\n", "4:13", "支出表", "声明"),
    "unknown form": ("parts:\n  - {form: 绩效表}\n", "4:12", "绩效表", "声明"),
    "unknown text": ("parts:\n  - {text: 总体.j2}\n", "4:12", "总体.j2", "声明"),
    "unknown role": ("parts:\n  - {text: 甲, role: bodi}\n", "4:21", "bodi", "“body”"),
    "unknown list of a part": ("parts:\n  - {each: project, text: 甲}\n", "4:12", "project", "“projects”"),
    "part of no kind": ("parts:\n  - {id: 甲}\n", "4:5", "恰好是", "只留一种"),
    "part of two kinds": ("parts:\n  - {text: 甲, contents: 目录}\n", "4:5", "恰好是", "只留一种"),
    "two parts of one id": ("parts:\n  - {heading: 一、甲}\n  - {heading: 甲}\n", "5:5", "“甲”", "id"),
    "expression in a heading without an id": ('parts:\n  - {heading: "{{ year }}年"}\n', "4:5", "兼作编号", "补写 id"),
    "number pattern": ("parts:\n  - {heading: 甲, number: 甲}\n", "4:26", "不能编号", "（一）"),
    "list of a book": ("books:\n  ledger: {legder: {}}\n", "4:12", "legder", "“ledger”"),
    "added coordinate": ("books:\n  more: {ledger: {yaer: 上年}}\n", "4:19", "yaer", "“year”"),
    "added value": ("books:\n  more: {ledger: {year: 去年}}\n", "4:25", "去年", "年”"),
    "two words for three": ("words: {增减: [增加, 减少]}\n", "3:13", "三个词", "持平"),
    "unknown code list": ("dimensions:\n  甲: {codes: funktion, levels: {类: 3}}\n", "4:14", "funktion", "“function”"),
    "unknown default": ("dimensions:\n  甲: {values: [子, 丑], default: 寅}\n", "4:6", "寅", "子、丑"),
    "dimension of no kind": ("dimensions:\n  甲: {title: 甲}\n", "4:6", "没有说明取值", "codes"),
    "term that never holds": ("terms:\n  甲: {term: 机关运行经费, use: 项目支出}\n", "4:6", "不可能同时成立", "条件"),
    "a listed text": ("parts:\n  - {text: 甲, listed: yes}\n", "4:23", "只用于表", "删去"),
    "unknown key": ("tabels: {}\n", "3:1", "tabels", "“terms”"),
    "a word for words": ("words: 增减\n", "3:8", "若干个“键: 值”", "参照手册"),
    "an unknown field of a list's entries": (
        "dimensions:\n  甲: {facts: projects, key: kode, label: name}\n", "4:29", "kode", "“code”",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_THE_LAYOUT)
def test_a_mistake_in_layout_yaml_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    text, place, what, fix = IN_THE_LAYOUT[name]
    problem = only(refused(tmp_path, layout(text)))
    assert str(problem.where) == f"layouts/小/layout.yaml:{place}"
    assert what in problem.what
    assert fix in problem.fix


@pytest.mark.parametrize(
    ("beside", "what", "fix"),
    [
        ("右三", "另一侧的行", "“右二”"),
        ("左二", "另一侧的行", "右"),
        ("右二}\n      - {label: 左二, where: {}, beside: 右一", "交叉", "次序"),
    ],
)
def test_rows_stand_beside_rows_of_the_other_side_in_its_order(
    tmp_path: Path, beside: str, what: str, fix: str
) -> None:
    files = table(f"""\
title: 表
columns: [{{head: 项目, show: label}}, {{head: 数, sum: {{}}}}]
sides:
  - head: 左
    rows:
      - {{label: 左一, where: {{}}, beside: {beside}}}
  - head: 右
    rows: [{{label: 右一, where: {{}}}}, {{label: 右二, where: {{}}}}]
""")
    problem = only(refused(tmp_path, files))
    assert what in problem.what
    assert fix in problem.fix


CELLS = {
    "ragged": ("- [甲, 乙]\n  - [丙]", "4:5", "1格", "格数应相同"),
    "continues nothing on the left": ("- [<, 乙]", "3:6", "长方形", "<"),
    "continues nothing above": ("- [甲, ^]", "3:9", "长方形", "^"),
    "step": ("- [甲, <, 乙]\n  - [丙, ^, 丁]", "3:6", "长方形", "长方形"),
    "widths": ("- [甲, 乙]\nwidths: [3, 4, 5]", "3:6", "2列", "列数"),
}


@pytest.mark.parametrize("name", CELLS)
def test_drawn_cells_are_rectangles_in_even_rows(tmp_path: Path, name: str) -> None:
    drawn, place, what, fix = CELLS[name]
    problem = only(refused(tmp_path, table(f"title: 表\ncells:\n  {drawn}\n")))
    assert str(problem.where) == f"layouts/小/tables/表.yaml:{place}"
    assert what in problem.what
    assert fix in problem.fix


def test_what_forms_are_sorted_by_is_a_field_of_the_list(tmp_path: Path) -> None:
    form = "title: 甲\neach: projects\nas: project\nsort: kode\ngrids: [{cells: [[甲]]}]\n"
    problem = only(refused(tmp_path, {"layout.yaml": LAYOUT + "parts: [{form: 甲}]\n", "forms/甲.yaml": form}))
    assert str(problem.where) == "layouts/小/forms/甲.yaml:4:7"
    assert "kode" in problem.what
    assert "“code”" in problem.fix


def test_a_drawn_head_is_as_wide_as_the_columns(tmp_path: Path) -> None:
    problem = only(refused(tmp_path, table(TABLE + "head:\n  - [甲, 乙, 丙]\n")))
    assert "画了3列" in problem.what
    assert "是2列" in problem.what


def test_a_font_is_no_smaller_than_eight_points(tmp_path: Path) -> None:
    files = {**table(TABLE), "style.yaml": "roles:\n  table:\n    size: 7.5\n  note: {size: 小五, smaller: [7]}\n"}
    problems = refused(tmp_path, files)
    assert [str(p.where) for p in problems] == ["layouts/小/style.yaml:3:11", "layouts/小/style.yaml:4:30"]
    assert "小于8磅" in problems[0].what


def test_what_inherits_itself_is_refused(tmp_path: Path) -> None:
    written(tmp_path, {"layout.yaml": "title: 乙\ninherits: 甲\n"}, "乙")
    problem = only(refused(tmp_path, {"layout.yaml": "title: 甲\ninherits: 乙\n"}, "甲"))
    assert "绕了一圈" in problem.what
    assert str(problem.where) == "layouts/乙/layout.yaml:2:11"


def test_tables_that_are_like_one_another_in_a_circle_are_refused(tmp_path: Path) -> None:
    files = {
        "layout.yaml": LAYOUT + "parts: [{table: 甲}, {table: 乙}]\n",
        "tables/甲.yaml": "like: 乙\n" + TABLE,
        "tables/乙.yaml": "like: 甲\n" + TABLE,
    }
    assert {str(p.where) for p in refused(tmp_path, files) if "绕了一圈" in p.what} == {
        "layouts/小/tables/甲.yaml:1:7",
        "layouts/小/tables/乙.yaml:1:7",
    }


def test_an_unknown_parent_is_told_with_the_nearest(tmp_path: Path) -> None:
    problem = only(refused(tmp_path, {"layout.yaml": "title: 甲\ninherits: hebei/2026-department-buget\n"}))
    assert str(problem.where) == "layouts/小/layout.yaml:2:11"
    assert "hebei/2026-department-budget" in problem.fix


def test_an_unknown_layout_is_told_with_the_nearest() -> None:
    with pytest.raises(ProblemsError) as caught:
        load("hebei/2026-departmen-budget", shelf())
    assert "hebei/2026-department-budget" in only(list(caught.value.problems)).fix


@pytest.mark.parametrize("name", ["../common", "hebei/../common", "", "/etc", "hebei\\..\\common"])
def test_a_layout_id_does_not_leave_the_shelf(name: str) -> None:
    assert shelf().find(name) is None


def test_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    files = {
        "layout.yaml": LAYOUT + "title: 又\nparts: [{table: 甲}, {table: 乙}, {text: 丙.j2}]\n",
        "tables/甲.yaml": TABLE + "fnt: table\n",
        "tables/乙.yaml": TABLE + "title: 又\nwhere: {use: 项目}\n",
        "text/丙.j2": "第一行\n{{ yaer }}\n",
        "lists/丁.csv": "编码,名称\n1,甲\n",
        "style.yaml": "roles: {table: {size: 6}}\n",
    }
    places = {str(p.where).removeprefix("layouts/小/") for p in refused(tmp_path, files)}
    assert places == {
        "layout.yaml:3:1",
        "tables/甲.yaml:8:1",
        "tables/乙.yaml:8:1",
        "tables/乙.yaml:9:14",
        "text/丙.j2:2",
        "lists/丁.csv:1",
        "style.yaml:1:23",
    }


def test_all_unreadable_files_are_told_at_once(tmp_path: Path) -> None:
    files = {
        "layout.yaml": LAYOUT,
        "tables/甲.yaml": "a: [\n",
        "tables/乙.yaml": "b: {\n",
        "tables/丙.yaml": "a: 1\na: 2\n",
    }
    written(tmp_path, files)
    (tmp_path / "小" / "text").mkdir()
    (tmp_path / "小" / "text" / "丁.j2").write_bytes("部门".encode("gb18030"))
    places = {p.where.file for p in refused(tmp_path, files) if hasattr(p.where, "file")}  # fmt: skip
    assert places == {
        f"layouts/小/{name}" for name in ("tables/甲.yaml", "tables/乙.yaml", "tables/丙.yaml", "text/丁.j2")
    }


def test_a_file_that_is_not_utf_8_is_told_where_it_begins_not_to_be(tmp_path: Path) -> None:
    written(tmp_path, table(TABLE))
    path = tmp_path / "小" / "tables" / "表.yaml"
    path.write_bytes(TABLE.encode() + "notes: [甲".encode() + "乙]\n".encode("gb18030"))
    with pytest.raises(ProblemsError) as raised:
        load("小", shelf(tmp_path))
    (problem,) = raised.value.problems
    assert (str(problem.where), problem.what) == ("layouts/小/tables/表.yaml:8:10", "从这里起不是UTF-8编码")


def test_a_layout_that_has_no_style_and_inherits_none_is_told_at_its_beginning(tmp_path: Path) -> None:
    problems = refused(tmp_path, {"layout.yaml": "title: 小\n"})
    assert [(str(p.where), p.what) for p in problems] == [("layouts/小/layout.yaml:1:1", "缺少“roles”（文字样式）")]


@pytest.mark.parametrize(
    "files",
    [
        {"layout.yaml": LAYOUT, "facts/facts.yaml": "year: {type: text}\n"},
        {"layout.yaml": LAYOUT, "facts/facts.yaml": "year: {required: ''}\n"},
        {"layout.yaml": "title: 小\n", "style.yaml": "roles: {}\nmargins: {}\nruling: {rule: 0.5}\n"},
    ],
)
def test_a_layout_whose_inputs_may_state_no_year_is_told_what_to_declare(tmp_path: Path, files: dict[str, str]) -> None:
    problem = only([p for p in refused(tmp_path, files) if "style.yaml" not in str(p.where)])
    assert str(problem.where) == "layouts/小/layout.yaml:1:1"
    assert problem.what == "facts 没有声明 year（年度），或没有写成必填的年份"
    assert "type: year" in problem.fix


def test_a_control_character_in_a_text_is_told_with_its_place(tmp_path: Path) -> None:
    problems = refused(tmp_path, {"layout.yaml": LAYOUT + "parts: [{text: 文}]\n", "text/文.j2": "一\n二\x1c三\n"})
    assert [(str(p.where), p.what) for p in problems] == [
        ("layouts/小/text/文.j2:2:2", "文件中有不能读的字符（U+001C）")
    ]
