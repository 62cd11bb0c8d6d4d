"""Mistakes that would show only in the document, or never end it, are named before anything is built."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk import run
from tests.making import refused, stated, written

ROOT = "title: 小\ninherits: common\nparts: [{table: 表}, {text: 文.j2}]\n"
TABLE = """\
title: 表
rows: [{label: 合计, where: {}}]
columns: [{head: 项目, show: label}, {head: 数, sum: {}}]
"""
FILES = {"layout.yaml": ROOT, "tables/表.yaml": TABLE, "text/文.j2": "一段。\n"}
LOOP = "{% for a in range(9999) %}"

MANY = "columns:\n" + "".join(f"  - {{head: 栏{n}, sum: {{}}}}\n" for n in range(40))
SOME = "page: portrait\ncolumns:\n" + "".join(f"  - {{head: 栏{n}, sum: {{}}}}\n" for n in range(26))
SIDES = "\nsides:\n" + "  - {head: 左, rows: [{label: 甲, where: {}}]}\n" * 2
HEAD = "{head: 数, where: {sourse: 甲}, columns: [{head: 子, sum: {}}]}"

BAD = {
    "a column's filter on an unknown dimension": (
        {"tables/表.yaml": TABLE.replace("sum: {}", "sum: {sourse: 财政拨款}")},
        ("tables/表.yaml:3:52", "LY-02", "没有叫“sourse”的维度", "是不是“source”？"),
    ),
    "a head's filter on an unknown dimension": (
        {"tables/表.yaml": TABLE.replace("{head: 数, sum: {}}", HEAD)},
        ("tables/表.yaml:3:54", "LY-02", "没有叫“sourse”的维度", "是不是“source”？"),
    ),
    "a table's filter on an unknown dimension": (
        {"tables/表.yaml": TABLE + "where: {sourse: 财政拨款}\n"},
        ("tables/表.yaml:4:9", "LY-02", "没有叫“sourse”的维度", "是不是“source”？"),
    ),
    "two columns of one id": (
        {"tables/表.yaml": TABLE.replace("{head: 数, sum: {}}", "{head: 数, sum: {}}, {id: 数, head: 又, sum: {}}")},
        ("tables/表.yaml:3:56", "LY-03", "两栏都叫“数”", "不同的 id"),
    ),
    "two rows of one id": (
        {"tables/表.yaml": TABLE.replace("where: {}}", "where: {}}, {id: 合计, label: 又, where: {}}")},
        ("tables/表.yaml:2:32", "LY-03", "两行的编号都是“合计”", "不同的 id"),
    ),
    "two sides of one id": (
        {"tables/表.yaml": TABLE.partition("rows")[0] + TABLE.splitlines()[2] + SIDES},
        ("tables/表.yaml:5:5", "LY-03", "两侧的编号都是“左”", "不同的 id"),
    ),
    "two parts of one id": (
        {"layout.yaml": ROOT.replace("{text", "{table: 表}, {text")},
        ("layout.yaml:3:21", "LY-03", "两部分的编号都是“表”", "不同的 id"),
    ),
    "two grids of one id": (
        {
            "layout.yaml": ROOT.replace("{text", "{form: 单}, {text"),
            "forms/单.yaml": "title: 单\ngrids:\n" + "  - {id: 甲, cells: [[乙]]}\n" * 2,
        },
        ("forms/单.yaml:4:5", "LY-03", "两个部分的编号都是“甲”", "不同的 id"),
    ),
    "a size below 8 pt": (
        {"style.yaml": "roles: {table: {size: 7.5}}\n"},
        ("style.yaml:1:23", "LY-06", "字号“7.5”小于8磅", "至少8磅"),
    ),
    "more columns than a page has room for": (
        {"tables/表.yaml": TABLE.partition("columns")[0] + MANY},
        ("tables/表.yaml:1:1", "LY-10", "这张表有40栏，字小到8磅也至少宽", "减少栏数"),
    ),
    "more drawn columns than a page has room for": (
        {"tables/表.yaml": f"title: 表\ncells: [[{', '.join(['甲'] * 40)}]]\n"},
        ("tables/表.yaml:1:1", "LY-10", "这张表有40栏，字小到8磅也至少宽", "减少栏数"),
    ),
    "more columns than an upright page has room for": (
        {"tables/表.yaml": TABLE.partition("columns")[0] + SOME},
        ("tables/表.yaml:1:1", "LY-10", "这张表有26栏", "不写 page: portrait"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_loading_names_it_at_its_place_with_a_proposal(name: str, tmp_path: Path) -> None:
    files, (where, rule, what, fix) = BAD[name]
    (problem,) = refused(tmp_path, {**FILES, **files})
    assert (str(problem.where), problem.rule) == (f"layouts/小/{where}", rule)
    assert what in problem.what
    assert fix in problem.fix


def test_as_many_columns_as_fit_are_let_through(tmp_path: Path) -> None:
    columns = "".join(f"  - {{head: 栏{n}, sum: {{}}}}\n" for n in range(26))
    files = {**FILES, "tables/表.yaml": TABLE.partition("columns")[0] + "columns:\n" + columns}
    assert refused(tmp_path, files) == []


RUNNING = {
    "fails": ("{{ 1 // 0 }}", "算不出来"),
    "fails in a filter": ("{{ [1, 'a']|sum }}", "算不出来"),
    "loops without end": (f"{LOOP}{LOOP}{{% endfor %}}{{% endfor %}}", "像是没有尽头"),
    "prints without end what is stated": (f"{LOOP}{LOOP}{{{{ unit.name }}}}{{% endfor %}}{{% endfor %}}", "超过"),
    "grows without end": ("{{ 'a' * 10 ** 9 }}", "超过"),
    "computes without end": ("{{ 99 ** 99 ** 9 }}", "太大"),
}


@pytest.mark.parametrize("name", RUNNING)
def test_an_expression_that_fails_or_runs_away_is_named_by_lint_and_stops_a_build(name: str, tmp_path: Path) -> None:
    text, why = RUNNING[name]
    written(tmp_path / "layouts", {**FILES, "text/文.j2": f"一段。\n{text}\n"})
    (tmp_path / "输入.json").write_text(
        json.dumps(stated("人员经费 其他收入 10.00", layout="小"), ensure_ascii=False), "utf-8"
    )
    for command in (["layouts", "lint", "小"], ["layouts", "preview", "小"], ["build", "输入.json"]):
        done = run(tmp_path, *command)
        assert done.code == 1
        assert "layouts/小/text/文.j2:2 错误 LY-09" in done.out
        assert why in done.out
    assert not (tmp_path / "output").exists()


def test_a_condition_that_fails_is_named_at_its_place(tmp_path: Path) -> None:
    written(tmp_path / "layouts", {**FILES, "tables/表.yaml": TABLE + "when: 1 // 0\n"})
    done = run(tmp_path, "layouts", "lint", "小")
    assert (done.code, "layouts/小/tables/表.yaml:4:7 错误 LY-09" in done.out) == (1, True)
