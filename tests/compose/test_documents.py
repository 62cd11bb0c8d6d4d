"""Parts in order: headings and their numbers, texts and what they can call, forms for each item, conditions."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from budgetreport.ledger import Sum
from budgetreport.report import Contents, Cover, Heading, Kind, Paragraph, Report, Table
from tests.making import composed, grid_text, paragraphs, printed, report, small, stated

LINES = """
2013701 30101 人员经费 一般公共预算拨款 10.00
2013701 30201 公用经费 一般公共预算拨款 2.50
2013702 项目支出 政府性基金预算拨款 project=A1 29.50
2013702 项目支出 其他收入 project=B2 0.50
"""
PRIOR = {
    "ledger": [
        {"use": "公用经费", "source": "一般公共预算拨款", "amount": "4.00"},
        {"use": "项目支出", "source": "其他收入", "amount": "0.50"},
    ]
}


def project(code: str, name: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever can be stated
    indicator = {
        "level1": "产出",
        "level2": "数量",
        "name": "次数",
        "description": "次数",
        "value": "≥4",
        "basis": "批示",
    }
    return {
        "code": code,
        "name": name,
        "purpose": "用途",
        "goals": ["目标一", "目标二"],
        "indicators": [indicator],
        **more,
    }


PROJECTS = [project("B2", "乙项目", plan={"6月底": "33.3"}), project("A1", "甲项目")]
TABLE = """
title: "{{ year }}年表"
caption: ["{{ unit.name }}", 单位：万元]
rows:
  - {label: 一、合计, where: {}, of_which: [{label: 公用, where: {use: 公用经费}, only: [数/今年]}]}
  - {fill_to: 3}
columns:
  - {head: 项目, show: label}
  - {head: 数, columns: [{head: 今年, sum: {}}, {head: 上年, sum: {year: 上年}}]}
  - {head: 差, subtract: [数/今年, 数/上年]}
"""


def document(folder: Path, parts: str, files: dict[str, str] | None = None, **more: Any) -> Report:  # noqa: ANN401
    root = f"title: 小\ninherits: base\nparts:\n{dedent(parts)}"
    layout = small(folder, {"layout.yaml": root, "tables/表.yaml": TABLE, **(files or {})})
    return report(stated(LINES, **{"projects": PROJECTS, "prior_year": PRIOR, **more}), layout)


def test_parts_become_blocks_in_order_with_headings_that_nest(tmp_path: Path) -> None:
    made = document(
        tmp_path,
        """
        - cover: [{text: "{{ unit.name }}", role: cover-unit}]
        - {contents: 目录}
        - {table: 表}
        - heading: 第一部分
          parts:
            - {heading: 甲, number: 一、, parts: [{heading: 子, number: （一）, parts: [{text: 话。}]}]}
            - {text: 一行字。, role: note}
        """,
    )
    assert [(type(b), getattr(b, "level", None)) for b in made.blocks] == [
        (Cover, None), (Contents, None), (Table, 1), (Heading, 1), (Heading, 2), (Heading, 3), (Paragraph, None),
        (Paragraph, None),
    ]  # fmt: skip
    assert [b.text for b in made.blocks if isinstance(b, Heading)] == ["第一部分", "一、甲", "（一）子"]
    assert [(b.text, b.role) for b in made.blocks if isinstance(b, Paragraph)] == [
        ("话。", "body"),
        ("一行字。", "note"),
    ]
    (cover,) = [b for b in made.blocks if isinstance(b, Cover)]
    assert [(p.text, p.role) for p in cover.lines] == [("某单位", "cover-unit")]


def test_numbers_run_by_pattern_and_close_up_where_a_part_is_left_out(tmp_path: Path) -> None:
    made = document(
        tmp_path,
        """
        - {table: 表}
        - {heading: 甲, number: 一、}
        - {heading: 丙, number: （一）}
        - {heading: 没有, number: 一、, when: not projects}
        - {heading: 乙, number: 一、, parts: [{heading: 里, number: 一、}]}
        """,
    )
    assert [b.text for b in made.blocks if isinstance(b, Heading)] == ["一、甲", "（一）丙", "二、乙", "一、里"]


def test_a_part_for_each_item_knows_the_item_and_its_number(tmp_path: Path) -> None:
    made = document(
        tmp_path,
        """
        - {table: 表}
        - each: projects
          as: project
          id: 各项目
          number: 一、
          heading: "{{ project.name }}"
          parts: [{text: "{{ n }}：{{ project.goals|lines('1、') }}", id: 目标}]
        """,
    )
    assert [b.text for b in made.blocks[1:] if isinstance(b, Heading | Paragraph)] == [
        "一、乙项目", "1：1、目标一", "2、目标二", "二、甲项目", "2：1、目标一", "2、目标二",
    ]  # fmt: skip


def test_a_table_has_a_title_a_caption_and_a_condition(tmp_path: Path) -> None:
    made = document(tmp_path, "- {table: 表}\n- {table: 旁}\n", {"tables/旁.yaml": TABLE + "when: prior_year.absent\n"})
    (only,) = made.tables()
    assert (only.title, only.caption, only.id, only.sheet) == ("2026年表", ("某单位", "单位：万元"), "表", "表")
    assert printed(made, "表").split("\n")[2:] == ["一、合计|42.50|4.50|38.00", "  其中：公用|2.50||", "|||"]


def test_a_table_under_a_heading_is_a_heading_itself_where_it_is_listed(tmp_path: Path) -> None:
    parts = "- {heading: 决算表, parts: [{table: 表, listed: yes}, {heading: 一, parts: [{table: 旁}]}]}\n"
    made = document(tmp_path, parts + "- {table: 末}\n", {"tables/旁.yaml": TABLE, "tables/末.yaml": TABLE})
    assert {table.id: table.level for table in made.tables()} == {"表": 2, "旁": 0, "末": 1}


SAID = {
    "sums by term": ("{{ sum('机关运行经费')|amount }}", "2.50"),
    "sums by coordinates": ("{{ sum(use='项目支出', source='其他收入')|amount }}", "0.50"),
    "zero in a text": ("{{ sum(use='经营支出')|amount }}", "0.00"),
    "zero overridden": ("{{ sum(use='经营支出')|amount('无') }}", "无"),
    "lists": ("{{ sum(function=['2013701', '20137'])|amount }}", "42.50"),
    "not": ("{{ sum(source={'not': '财政拨款'})|amount }}", "0.50"),
    "any": ("{{ sum(year='any')|amount }}", "47.00"),
    "silent lines": ("{{ sum(economic='none')|amount }}", "30.00"),
    "more": ("{% set d = sum() - sum(year='上年') %}{{ d|direction }}{{ d|abs|amount }}", "增加38.00"),
    "less": (
        "{% set d = sum('机关运行经费') - sum('机关运行经费', year='上年') %}{{ d|direction }}{{ d|abs|amount }}",
        "减少1.50",
    ),
    "the same": ("{{ (sum(source='其他收入') - sum(source='其他收入', year='上年'))|direction }}", "持平"),
    "a cell by its column's path": ("{{ cell('表', '合计', '数/今年')|amount }}", "42.50"),
    "a cell by its column's tail": ("{{ cell('表', '合计', '上年')|amount }}", "4.50"),
    "a computed cell": ("{{ cell('表', '合计', '差')|amount }}", "38.00"),
    "codes that occur": (
        "{% for code in present('function', '项', source='财政拨款') %}{{ loop.index }}{{ code }} {% endfor %}",
        "12013701 22013702",
    ),
    "names of codes": (
        "{{ name('function', '20137') }}：{{ ['30101', '30201']|names('economic') }}",
        "网信事务：基本工资、办公费",
    ),
    "items in their list's order": ("{{ present('project')|names('project') }}", "乙项目、甲项目"),
    "ratio": ("{{ ratio(sum(use='公用经费'), sum())|percent(2) }}", "5.88%"),
    "growth": ("{{ growth(sum(), sum(year='上年'))|percent(1) }}", "844.4%"),
    "ratio to nothing": ("[{{ ratio(sum(), sum(use='经营支出'))|percent(2) }}]", "[]"),
    "trimmed amount": ("{{ sum(source='政府性基金预算拨款')|amount|trim0 }}", "29.5"),
    "trimmed text": ("{{ '5.00'|trim0 }} {{ '100'|trim0 }}", "5 100"),
    "percent as stated": ("{{ projects[0].plan['6月底']|percent }}", "33.3%"),
    "percent that is not stated": ("[{{ projects[1].plan['6月底']|percent }}]", "[]"),
    "numbers": ("{{ 3|number('（一）') }}{{ 12|number('1.') }}", "（三）12."),
    "facts that are not stated are empty": ("[{{ unit.region }}{{ notes|length }}]", "[0]"),
    "words": ("我{{ 部门 }}", "我单位"),
    "a book": ("{{ sum(book='assets')|amount }}", "5.00"),
    "lines are paragraphs, empty ones none": ("甲\n\n  \n乙\n", "甲\n乙"),
}


@pytest.mark.parametrize("name", SAID)
def test_a_text_calls_on_the_ledger_the_tables_and_the_facts(tmp_path: Path, name: str) -> None:
    text, expected = SAID[name]
    assets = {"holdings": [{"asset": "车辆", "quantity": 1, "amount": "5.00"}]}
    files = {"text/文.j2": text + "{% if sum(book='assets') %}{% endif %}"}
    made = document(tmp_path, "- {table: 表}\n- {text: 文.j2}\n", files, assets=assets)
    assert "\n".join(paragraphs(made)) == expected


# What texts ask for by words as they stand, the loader looks up (tests/layout/test_rejected_calls.py).
MISTAKES = {
    "unknown term": ("{{ sum('三公' ~ '费')|amount }}", "没有术语“三公费”", "三公经费"),
    "unknown dimension": ("{{ sum(**{'fonction': '201'})|amount }}", "没有维度“fonction”", "function"),
    "unknown value": ("{{ sum(use='项' ~ '目')|amount }}", "没有“项目”", "项目支出"),
    "half a code": ("{{ sum(function='20' ~ '13')|amount }}", "“2013”不是", "完整"),
    "unknown book": ("{{ sum(book='as' ~ 'set')|amount }}", "没有叫“asset”的账本", "assets"),
    "unknown table": ("{{ cell('表' ~ '格', '合计', '差')|amount }}", "没有表“表格”", "表"),
    "unknown row": ("{{ cell('表', '总' ~ '计', '差')|amount }}", "“总计”", "合计"),
    "unknown column": ("{{ cell('表', '合计', '去' ~ '年')|amount }}", "“去年”", "上年"),
    "unknown fact": ("{{ unit.nmae }}", "nmae", "名称"),
    "no number": ("{{ unit.name|amount }}", "某单位", "检查"),
    "the name of a value of what is no dimension": (
        "{{ name('func' ~ 'ton', '201') }}",
        "没有维度“functon”",
        "function",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_a_text_is_told_at_the_text(tmp_path: Path, name: str) -> None:
    text, what, fix = MISTAKES[name]
    root = "title: 小\ninherits: base\nparts: [{table: 表}, {text: 文.j2}]\n"
    layout = small(tmp_path, {"layout.yaml": root, "tables/表.yaml": TABLE, "text/文.j2": f"一段。\n\n{text}"})
    _, problems = composed(stated(LINES, projects=PROJECTS), layout)
    (problem,) = [p for p in problems if p.rule == "LY-09"]
    assert str(problem.where) == "layouts/小/text/文.j2:3"
    assert what in problem.what
    assert fix in problem.fix


def test_what_an_entry_that_is_not_stated_says_is_asked_for_where_the_others_stand(tmp_path: Path) -> None:
    """A condition may ask whether it is stated."""
    declared = "explained:\n  title: 各科目的说明\n  map: {title: 一个科目, fields: {used_for: {title: 主要用于}}}\n"
    root = "title: 小\ninherits: base\nparts: [{table: 表}, {text: 文.j2}]\n"
    files = {"layout.yaml": root, "tables/表.yaml": TABLE, "facts/说明.yaml": declared}
    data = stated(LINES, projects=PROJECTS, explained={"201": {"used_for": "甲"}})
    guarded = (
        "{% for code in ['201', '205'] %}{% if explained[code] %}{{ explained[code].used_for }}{% endif %}{% endfor %}"
    )
    made, problems = composed(data, small(tmp_path, {**files, "text/文.j2": guarded}))
    assert (paragraphs(made), problems) == (["甲"], ())
    asking = "{% for code in ['201', '205'] %}{{ explained[code].used_for }}{% endfor %}"
    _, problems = composed(data, small(tmp_path / "再", {**files, "text/文.j2": asking}))
    (problem,) = problems
    assert (problem.rule, problem.what) == ("IN-01", "explained 缺少 205（各科目的说明）")
    assert str(problem.where).startswith("输入.json:")


def test_a_condition_that_cannot_be_computed_is_told_at_its_place_and_its_part_not_printed(tmp_path: Path) -> None:
    root = "title: 小\ninherits: base\nparts:\n  - {text: 话。, when: 1 / 0 > 1}\n  - {table: 表}\n"
    made, problems = composed(
        stated(LINES, projects=PROJECTS), small(tmp_path, {"layout.yaml": root, "tables/表.yaml": TABLE})
    )
    (problem,) = [p for p in problems if p.rule == "LY-09"]
    assert str(problem.where) == "layouts/小/layout.yaml:4:22"
    assert "算不出来" in problem.what
    assert [type(b) for b in made.blocks] == [Table]


def test_a_text_of_more_characters_than_any_paragraph_has_is_told_and_left_out(tmp_path: Path) -> None:
    root = "title: 小\ninherits: base\nparts: [{table: 表}, {text: 文.j2}]\n"
    text = "{% for n in range(4000) %}八个字八个字八字{% endfor %}"
    layout = small(tmp_path, {"layout.yaml": root, "tables/表.yaml": TABLE, "text/文.j2": text})
    made, problems = composed(stated(LINES, projects=PROJECTS), layout)
    (problem,) = [p for p in problems if p.rule == "IN-20"]
    assert str(problem.where) == "layouts/小/text/文.j2:1"
    assert problem.what.startswith("这段文字印出来有32000个字符，至多30000个（八个字")
    assert paragraphs(made) == []


def test_part_of_a_list_is_a_list(tmp_path: Path) -> None:
    one, other = ("{{ projects[%s]|map(attribute='name')|join }}" % part for part in ("1:", ":-1"))  # noqa: UP031 - braces
    text = f"{one}，{other}，{{{{ projects[-1].name }}}}"
    made = document(tmp_path, "- {table: 表}\n- {text: 文.j2}\n", {"text/文.j2": text})
    assert paragraphs(made) == ["甲项目，乙项目，甲项目"]


def test_directions_need_the_layouts_words(tmp_path: Path) -> None:
    root = "title: 小\ninherits: base\nwords: {增减: ''}\nparts: [{table: 表}, {text: 文.j2}]\n"
    files = {"layout.yaml": root, "tables/表.yaml": TABLE, "text/文.j2": "{{ sum()|direction }}"}
    layout = small(tmp_path, files)
    _, problems = composed(stated(LINES, projects=PROJECTS), layout)
    assert ["没有“增减”" in p.what for p in problems] == [True]


def test_figures_know_their_place_in_the_sentence_and_what_they_sum(tmp_path: Path) -> None:
    text = "前一行。\n今年{{ (sum() - sum(year='上年'))|amount }}万元，公用{{ sum(use='公用经费')|amount }}万元。"
    made = document(tmp_path, "- {table: 表}\n- {text: 文.j2}\n", {"text/文.j2": text})
    first, second = [b for b in made.blocks if isinstance(b, Paragraph)]
    assert first.figures == ()
    assert [second.text[f.start : f.end] for f in second.figures] == ["38.00", "2.50"]
    assert [[o.sign for o in f.origin if isinstance(o, Sum)] for f in second.figures] == [[1, -1], [1]]


FORM = """
title: "{{ n }}、{{ project.name }}"
each: projects
as: project
sort: code
caption: 单位：万元
sheet: "绩效{{ n }}"
grids:
  - id: 上
    widths: [10, 8, 8, 8]
    cells:
      - [项目, "{{ project.name }}", <, 编码]
      - [资金, 预算数, "{{ sum(project=project.code)|amount }}", "{{ project.code }}"]
      - [^, "{{ project.plan['6月底']|percent }}", <, ^]
      - [目标, "{{ project.goals|lines('1.') }}", <, <]
  - id: 下
    from: project.indicators
    rows: [{each: line}]
    columns: [{head: 一级, show: level1, merge: equal}, {head: 指标值, show: value}]
notes: "注：{{ project.code }}"
"""


def test_a_form_is_drawn_for_each_item_in_order(tmp_path: Path) -> None:
    made = document(tmp_path, "- {table: 表}\n- {form: 绩效}\n", {"forms/绩效.yaml": FORM})
    first, second = [t for t in made.tables() if t.form]
    assert (first.id, first.title, first.sheet, first.caption) == ("绩效/1", "1、甲项目", "绩效1", ("单位：万元",))
    assert (second.id, second.title) == ("绩效/2", "2、乙项目")
    assert [n.text for n in second.notes] == ["注：B2"]
    upper, lower = second.grids
    assert grid_text(upper) == "项目|乙项目|<|编码\n资金|预算数|0.50|B2\n^|33.3%|<|^\n目标|1.目标一\n2.目标二|<|<"
    assert grid_text(lower) == "一级|指标值\n产出|≥4"
    amount = upper.rows[1].cells[2]
    percent = upper.rows[2].cells[1]
    assert amount is not None
    assert percent is not None
    assert (amount.kind, amount.value) == (Kind.AMOUNT, Decimal("0.50"))
    assert (percent.kind, percent.value) == (Kind.PERCENT, Decimal("33.3"))
    assert [c.width for c in upper.columns] == [10, 8, 8, 8]


def test_cells_may_span_rows_and_columns_at_once(tmp_path: Path) -> None:
    cells = "title: 表\nwhere: {}\ncells:\n  - [甲, <, 乙]\n  - [^, <, \"{{ sum()|amount }}\"]\n  - [丙, '', ^]\n"
    made = report(stated(LINES, projects=PROJECTS), small(tmp_path, {"tables/表.yaml": cells}))
    assert printed(made, "表") == "甲|<|乙\n^|^|42.50\n丙||^"
    corner = next(made.tables()).grids[0].rows[0].cells[0]
    assert corner is not None
    assert (corner.rows, corner.columns) == (2, 2)


def test_the_documents_properties_and_sheets_are_the_layouts(tmp_path: Path) -> None:
    root = dedent("""
        title: 小
        inherits: base
        parts: [{table: 表}]
        properties: {title: "{{ unit.name }}预算", author: 甲, subject: 乙}
        workbook: {contents: 目录, prose: 说明}
        """)
    made = report(stated(LINES, projects=PROJECTS), small(tmp_path, {"layout.yaml": root, "tables/表.yaml": TABLE}))
    assert (made.title, made.author, made.subject) == ("某单位预算", "甲", "乙")
    assert (made.contents_sheet, made.prose_sheet) == ("目录", "说明")
