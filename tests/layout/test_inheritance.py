"""Inheritance: a layout states what differs; later layouts keep the ids of the first."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from budgetreport.layout import Layout, load, shelf
from budgetreport.layout.model import Table
from budgetreport.problems import ProblemsError
from tests.making import written

MODEL = {
    "layout.yaml": dedent("""\
        title: 甲
        inherits: common
        words: {单数: 甲}
        parts:
          - {table: 表}
          - {heading: 一、前, parts: [{text: 前言.j2}]}
        """),
    "tables/表.yaml": dedent("""\
        title: 甲表
        where: {use: 项目支出}
        caption: [左, 右]
        notes: [注：甲, 注：乙]
        numbers: {zero: '0.00', places: 2}
        columns:
          - {head: 项 目, show: label}
          - {head: 一、数, columns: [{head: 合计, sum: {}}, {head: 财政, sum: {source: 财政拨款}, aside: yes}]}
        sides:
          - head: 收入
            rows:
              - {label: 一、拨款, where: {source: 财政拨款}}
              - {label: 二、其他, where: {source: {not: 财政拨款}}}
              - {label: 总 计, where: {}}
          - {head: 支出, rows: [{each: function, level: 类}, {fill_to: 9}, {label: 总计, where: {}}]}
        """),
    "text/前言.j2": "甲的前言",
    "lists/单.csv": "code,label\n201,甲\n",
    "style.yaml": "roles: {title: {size: 三号}}\n",
}


def child(folder: Path, text: str = "", at: str = "tables/表.yaml") -> Layout:
    """A layout 乙 that inherits 甲 and states one file."""
    written(folder, MODEL, "甲")
    files = {"layout.yaml": "title: 乙\ninherits: 甲\n", at: dedent(text)}
    return load("乙", shelf(written(folder, files, "乙")))


def table(folder: Path, text: str) -> Table:
    return child(folder, text).tables["表"]


def row_ids(of: Table, side: int = 0) -> list[str]:
    return [row.name or row.each or "blank" for row in of.sides[side].rows]


def test_what_is_not_stated_is_as_the_parent_says(tmp_path: Path) -> None:
    made = child(tmp_path)
    assert made.lineage == ("common", "甲", "乙")
    assert made.tables["表"].title.source == "甲表"
    assert made.texts["前言.j2"].source == "甲的前言"
    assert "三公经费" in made.vocabulary.terms
    assert row_ids(made.tables["表"]) == ["拨款", "其他", "总计"]


def test_mappings_merge_key_by_key_and_a_value_replaces(tmp_path: Path) -> None:
    made = table(tmp_path, "title: 乙表\nnumbers: {places: 0}\n")
    assert made.title.source == "乙表"
    assert made.numbers is not None
    assert (made.numbers.places, made.numbers.zero) == (0, "0.00")


def test_an_empty_value_removes_the_key_but_nothing_is_a_way_to_print_zero(tmp_path: Path) -> None:
    made = table(tmp_path, "where: ''\nnotes: ''\nnumbers: {zero: '', places: ''}\n")
    assert made.where.choices == ()
    assert made.notes == ()
    assert made.numbers is not None
    assert (made.numbers.zero, made.numbers.places) == ("", None)


def test_lists_without_ids_are_replaced(tmp_path: Path) -> None:
    assert [c.source for c in table(tmp_path, "caption: [中]\n").caption] == ["中"]


def test_a_known_row_changes_in_place_and_keeps_its_id_under_a_new_label(tmp_path: Path) -> None:
    made = table(
        tmp_path, "sides:\n  - {id: 收入, rows: [{id: 拨款, label: 一、财政拨款收入}, {label: 总计, indent: 2}]}\n"
    )
    assert row_ids(made) == ["拨款", "其他", "总计"]
    first, _, last = made.sides[0].rows
    assert first.label is not None
    assert first.label.source == "一、财政拨款收入"
    assert first.where is not None
    assert first.where.choices
    assert last.indent == 2


def test_rows_are_dropped_and_new_ones_go_last_or_before_or_after_another(tmp_path: Path) -> None:
    made = table(
        tmp_path,
        """
        sides:
          - id: 收入
            rows:
              - {id: 其他, drop: yes}
              - {label: 甲, where: {}, before: 总计}
              - {label: 乙, where: {}, after: 拨款}
              - {label: 丙, where: {}}
        """,
    )
    assert row_ids(made) == ["拨款", "乙", "甲", "总计", "丙"]


def test_all_rows_are_replaced_where_that_is_said(tmp_path: Path) -> None:
    made = table(tmp_path, "sides: [{id: 收入, rows: {replace: [{label: 甲, where: {}}]}}]\n")
    assert row_ids(made) == ["甲"]
    assert row_ids(made, 1) == ["function", "blank", "总计"]


def test_blank_rows_and_listed_ones_are_changed_by_what_they_are(tmp_path: Path) -> None:
    made = table(tmp_path, "sides: [{id: 支出, rows: [{id: fill, fill_to: 11}, {id: function, level: 款}]}]\n")
    assert [(row.level, row.fill_to) for row in made.sides[1].rows] == [("款", 0), ("", 11), ("", 0)]


def test_columns_merge_by_id_at_every_depth(tmp_path: Path) -> None:
    made = table(
        tmp_path,
        """
        columns:
          - {id: 项目, head: 名称}
          - id: 数
            columns: [{id: 财政, drop: yes}, {head: 其他, sum: {source: 其他收入}, aside: yes, before: 合计}]
        """,
    )
    assert [(c.name, c.head.source) for c in made.columns] == [("项目", "名称"), ("数", "一、数")]
    assert [c.name for c in made.columns[1].columns] == ["其他", "合计"]


def test_texts_and_lists_are_replaced_whole(tmp_path: Path) -> None:
    assert child(tmp_path, "乙的前言", "text/前言.j2").texts["前言.j2"].source == "乙的前言"


def test_parts_merge_by_id_and_words_key_by_key(tmp_path: Path) -> None:
    made = child(
        tmp_path,
        """\
        title: 乙
        inherits: 甲
        words: {复数: 乙}
        parts:
          - {id: 前, heading: 一、序言}
          - {text: 先说一句。, before: 表}
        """,
        "layout.yaml",
    )
    first, second, third = made.parts
    assert first.text is not None
    assert third.heading is not None
    assert (first.text.source, second.table, third.heading.source) == ("先说一句。", "表", "一、序言")
    assert third.parts[0].text is not None
    assert (made.words["单数"], made.words["复数"]) == ("甲", "乙")


def test_styles_merge_role_by_role_and_key_by_key(tmp_path: Path) -> None:
    roles = child(tmp_path, "roles: {body: {leading: 30}}\n", "style.yaml").style.roles
    assert (roles["title"].size, roles["title"].font) == (16.0, "小标宋")
    assert (roles["body"].leading, roles["body"].size) == (30.0, 16.0)


def test_facts_merge_by_name(tmp_path: Path) -> None:
    said = "unit: {fields: {phone: {title: 电话}, region: ''}}\nspending: {title: 支出, type: amount}\n"
    made = child(tmp_path, said, "facts/more.yaml")
    unit = made.facts.field("unit")
    assert unit is not None
    assert [f.name for f in unit.fields] == ["code", "name", "level", "phone"]
    spending = made.facts.field("spending")
    assert spending is not None
    assert (spending.type, spending.title) == ("amount", "支出")


ROWS = "sides: [{id: 收入, rows: {replace: [{label: 甲, where: {}}]}}]\n"


@pytest.mark.parametrize(
    ("first", "then", "rows"),
    [
        ("like: 表\n" + ROWS, "", ["甲"]),
        ("like: 表\n", ROWS, ["甲"]),
        ("like: 表\n" + ROWS, "sides: [{id: 收入, rows: [{label: 乙, where: {}}]}]\n", ["甲", "乙"]),
    ],
)
def test_what_is_like_a_table_can_replace_its_rows(first: str, then: str, rows: list[str], tmp_path: Path) -> None:
    written(tmp_path, {**MODEL, "tables/仿.yaml": first}, "甲")
    files = {"layout.yaml": "title: 乙\ninherits: 甲\n", "tables/仿.yaml": then or "title: 仿\n"}
    made = load("乙", shelf(written(tmp_path, files, "乙"))).tables["仿"]
    assert row_ids(made) == rows


def test_a_change_to_the_model_reaches_what_is_like_it(tmp_path: Path) -> None:
    written(tmp_path, {**MODEL, "tables/仿.yaml": "like: 表\ntitle: 仿表\n"}, "甲")
    files = {"layout.yaml": "title: 乙\ninherits: 甲\n", "tables/表.yaml": "caption: [中]\ntitle: 乙表\n"}
    made = load("乙", shelf(written(tmp_path, files, "乙"))).tables["仿"]
    assert ([c.source for c in made.caption], made.title.source) == (["中"], "仿表")


UNKNOWN = {
    "dropped": ("sides: [{id: 收入, rows: [{id: 拔款, drop: yes}]}]", "1:25", "“拨款”"),
    "changed": ("sides: [{id: 收入, rows: [{id: 拔款, indent: 1}]}]", "1:25", "“拨款”"),
    "before": ("sides: [{id: 收入, rows: [{label: 甲, where: {}, before: 其它}]}]", "1:25", "“其他”"),
    "side": ("sides: [{id: 收人, rows: [{label: 甲, where: {}}]}]", "1:9", "“收入”"),
    "column": ("columns: [{id: 项, width: 9}]", "1:11", "“项目”"),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_change_of_what_is_not_there_is_told_with_the_nearest(tmp_path: Path, name: str) -> None:
    text, place, fix = UNKNOWN[name]
    with pytest.raises(ProblemsError) as caught:
        table(tmp_path, text + "\n")
    problem = caught.value.problems[0]
    assert str(problem.where) == f"layouts/乙/tables/表.yaml:{place}"
    assert "所继承的版式中没有" in problem.what
    assert fix in problem.fix


NEW_GROUPS = {
    "without an id": (
        "{entry: 附表, parts: [{table: 表}]}",
        "这一部分没有编号，看不出是改上级的哪一部分，还是新加的",
        "补写 id；新加的，再写 after: 或 before: 指明位置",
    ),
    "without a place": (
        "{id: 附录, entry: 附录, parts: [{table: 表}]}",
        "所继承的版式中没有“附录”",
        "已有的是：cover、表；新加的，写 after: 或 before: 指明位置",
    ),
    "whose id is near another's": (
        "{id: 封面前, cover: [{text: 甲}], before: cove}",
        "所继承的版式中没有“cove”",
        "是不是“cover”？",
    ),
    "beside one without an id": (
        "{id: 丙, after: 甲乙, parts: [{table: 表}]}",
        "所继承的版式中没有“甲乙”",
        "已有的是：cover、表",
    ),
}


@pytest.mark.parametrize("name", NEW_GROUPS)
def test_what_a_new_group_of_parts_lacks_is_told(tmp_path: Path, name: str) -> None:
    part, what, fix = NEW_GROUPS[name]
    parts = "parts: [{cover: [{text: 封面}]}, {table: 表}, {entry: 组, parts: [{heading: 说明}]}]\n"
    written(tmp_path, {**MODEL, "layout.yaml": f"title: 甲\ninherits: common\n{parts}"}, "甲")
    written(tmp_path, {"layout.yaml": f"title: 乙\ninherits: 甲\nparts:\n  - {part}\n"}, "乙")
    with pytest.raises(ProblemsError) as caught:
        load("乙", shelf(tmp_path))
    (problem,) = caught.value.problems
    assert (str(problem.where), problem.rule) == ("layouts/乙/layout.yaml:4:5", "LY-03")
    assert (problem.what, problem.fix) == (what, fix)


def test_a_new_group_of_parts_stands_where_it_says_and_a_cover_replaces_the_cover(tmp_path: Path) -> None:
    parts = "[{cover: [{text: 乙}]}, {id: 附表, before: 表, entry: 附表, parts: [{heading: 说明}]}]"
    root = "title: 甲\ninherits: common\nparts: [{cover: [{text: 甲}]}, {table: 表}]\n"
    written(tmp_path, {**MODEL, "layout.yaml": root}, "甲")
    made = load("乙", shelf(written(tmp_path, {"layout.yaml": f"title: 乙\ninherits: 甲\nparts: {parts}\n"}, "乙")))
    cover, group, table = made.parts
    assert ([line.text.source for line in cover.cover], group.id, table.table) == (["乙"], "附表", "表")


def test_layouts_that_are_only_inherited_are_not_listed(tmp_path: Path) -> None:
    written(tmp_path, MODEL, "甲")
    ids = shelf(tmp_path).ids()
    assert "甲" in ids
    assert "common" not in ids
    assert "hebei/2026-department-budget" in ids


def test_the_first_folder_that_has_a_layout_wins(tmp_path: Path) -> None:
    written(tmp_path / "一", {"layout.yaml": "title: 一\ninherits: common\n"})
    written(tmp_path / "二", {"layout.yaml": "title: 二\ninherits: common\n"})
    assert load("小", shelf(tmp_path / "一", tmp_path / "二")).title == "一"
    assert load("小", shelf(tmp_path / "没有", tmp_path / "二")).title == "二"


# Whole files.


def test_a_table_is_dropped_by_a_file_that_says_so(tmp_path: Path) -> None:
    parts = "title: 乙\ninherits: 甲\nparts: [{id: 表, drop: yes}]\n"
    written(tmp_path, {"tables/表.yaml": "drop: yes\n"}, "乙")
    written(tmp_path, MODEL, "甲")
    made = load("乙", shelf(written(tmp_path, {"layout.yaml": parts}, "乙")))
    assert dict(made.tables) == {}


def test_a_text_is_dropped_by_an_empty_file(tmp_path: Path) -> None:
    written(tmp_path, MODEL, "甲")
    files = {"layout.yaml": "title: 乙\ninherits: 甲\nparts: [{id: 前, drop: yes}]\n", "text/前言.j2": "\n"}
    assert dict(load("乙", shelf(written(tmp_path, files, "乙"))).texts) == {}


def test_a_table_that_is_not_inherited_cannot_be_dropped(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        child(tmp_path, "drop: yes\n", at="tables/标.yaml")
    assert [(p.rule, p.what) for p in caught.value.problems] == [("LY-03", "所继承的版式中没有“标”，无可删去")]
