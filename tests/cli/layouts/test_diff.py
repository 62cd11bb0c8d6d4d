"""`layouts diff`: what changed, table by table, row, column, text; what is only inherited is the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk import run
from tests.making import written

ONE = {
    "layout.yaml": """\
title: 甲
inherits: common
words: {部门: 部门}
parts: [{table: 表}, {table: 又}, {text: 文.j2}]
""",
    "tables/表.yaml": """\
title: 表
rows: [{label: 一、甲, where: {use: 基本支出}}, {label: 乙, where: {use: 项目支出}}, {id: 丙, label: 合计, where: {}}]
columns: [{head: 项目, show: label}, {head: 数, columns: [{head: 今年, sum: {}}, {head: 上年, sum: {year: 上年}}]}]
""",
    "tables/又.yaml": "like: 表\ntitle: 又\n",
    "text/文.j2": "第一段，很长很长的一段文字，其中有一个字不同，其余都一样。\n第二段。\n",
    "lists/单.csv": "code,label\n1,一\n2,二\n",
    "facts/事.yaml": "extra: {title: 另填, type: text}\n",
}
CHANGES = {
    "a title": ({"layout.yaml": "title: 乙\n"}, ["名称", "  由 甲 改为 乙"]),
    "a word": ({"layout.yaml": "words: {部门: 单位}\n"}, ["用语", "  部门：由 部门 改为 单位"]),
    "a part dropped": ({"layout.yaml": "parts: [{table: 又, drop: yes}]\n"}, ["各部分", "  部分 又：删去 {table: 又}"]),
    "a label": (
        {"tables/又.yaml": "rows: [{id: 甲, label: 一、子}]\n"},
        ["表 又", "  行 甲 › label：由 一、甲 改为 一、子"],
    ),
    "a row, in what is like the table too": (
        {"tables/表.yaml": "rows: [{label: 丁, where: {economic: none}, before: 丙}]\n"},
        ["表 表", "  行 丁：新增 {label: 丁, where: {economic: none}}"] * 2,
    ),
    "a row elsewhere": (
        {"tables/又.yaml": "rows: {replace: [{id: 丙, label: 合计, where: {}}, "
         "{id: 甲, label: 一、甲, where: {use: 基本支出}}, {id: 乙, label: 乙, where: {use: 项目支出}}]}\n"},
        ["表 又", "  行 丙：移到最前"],
    ),
    "a column inside a head": (
        {"tables/又.yaml": "columns: [{id: 数, columns: [{id: 上年, sum: {year: any}}]}]\n"},
        ["表 又", "  栏 数 › 栏 上年 › sum：由 {year: 上年} 改为 {year: any}"],
    ),
    "a text": (
        {"text/文.j2": "第一段，很长很长的一段文字，其中有两个字不同，其余都一样。\n第二段。\n第三段。\n"},
        [
            "文字 文.j2",
            "  第1行：由 “…文字，其中有一个字不同，其…” 改为 “…文字，其中有两个字不同，其…”",
            "  第3行：新增 第三段。",
        ],
    ),
    "a list": ({"lists/单.csv": "code,label\n1,一\n3,三\n"}, ["清单 单", "  2：删去 二", "  3：新增 三"]),
    "a fact": ({"facts/事.yaml": "extra: {required: yes}\n"}, ["填报内容", "  extra › required：新增 yes"]),
    "a size": ({"style.yaml": "roles: {table: {size: 四号}}\n"}, ["样式", "  roles › table › size：由 五号 改为 四号"]),
    "a rule": (
        {"checks.yaml": "rules: {YY-01: {level: 不查}}\n"},
        ["规则", "  rules › YY-01 › level：由 错误 改为 不查"],
    ),
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    written(tmp_path / "layouts", ONE, "甲")
    return tmp_path


def changed(desk: Path, files: dict[str, str]) -> None:
    root = {"layout.yaml": "inherits: 甲\n" + files.get("layout.yaml", "")}
    written(desk / "layouts", {**files, **root}, "乙")


@pytest.mark.parametrize("name", CHANGES)
def test_a_difference_is_told_where_it_is(name: str, desk: Path) -> None:
    files, said = CHANGES[name]
    changed(desk, files)
    done = run(desk, "layouts", "diff", "甲", "乙")
    assert done.code == 1
    found = done.out.splitlines()
    assert found[: len(said)] == said or [line.replace("表 又", "表 表") for line in found[:-1]] == said
    assert found[-1].endswith("处不同")


def test_what_only_inherits_is_the_same(desk: Path) -> None:
    changed(desk, {})
    done = run(desk, "layouts", "diff", "甲", "乙")
    assert (done.code, done.out) == (0, "没有不同\n")


def test_programs_are_told_old_and_new(desk: Path) -> None:
    changed(desk, {"tables/又.yaml": "rows: [{id: 甲, label: 一、子}]\n"})
    made = json.loads(run(desk, "layouts", "diff", "甲", "layouts/乙", "--format", "json").out)
    place = "行 甲 › label"
    assert made["changes"] == [{"part": "表 又", "place": place, "kind": "changed", "old": "一、甲", "new": "一、子"}]


def test_mistakes_of_either_are_told_first(desk: Path) -> None:
    changed(desk, {"tables/又.yaml": "rows: [{id: 无, label: 一}]\nfnt: 甲\n"})
    done = run(desk, "layouts", "diff", "甲", "乙")
    assert (done.code, "layouts/乙/tables/又.yaml:2:1 错误" in done.out) == (1, True)
