"""What texts ask for by name is looked up when a layout is loaded: place, what is wrong, the nearest right word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.making import refused

ROOT = "title: 小\ninherits: common\nwords: {增减: [增加, 减少, 持平]}\nparts: [{table: 表}, {text: 文.j2}]\n"
TABLE = """\
title: 表
columns: [{head: 项目, show: label}, {head: 今年, columns: [{head: 数, sum: {}}]}]
sides:
  - head: 左
    rows:
      - {label: 一、合计, where: {}}
      - {label: 甲, where: {use: 项目支出}, of_which: [{label: 子, where: {economic: 302}}]}
  - head: 右
    rows: [{tree: economic, values: [301, 302]}, {label: 乙, where: {}}]
"""
TREE = """\
title: 又
rows: [{tree: function}, {label: 合计, where: {}}]
columns: [{head: 名, show: label}, {head: 数, sum: {}}]
"""
FILES = {"layout.yaml": ROOT, "tables/表.yaml": TABLE, "tables/又.yaml": TREE}

RIGHT = [
    "cell('表', '合计', '左/今年/数')",
    "cell('表', '子', '左/今年/数')",
    "cell('表', '302', '右/今年/数')",
    "cell('又', '2010101', '数')",
    "sum('三公经费', use='项目支出', year='上年')",
    "sum(function=['201', '20113'], economic='none', source={'not': '财政拨款'})",
    "sum(book='assets', of='quantity', asset='车辆')",
    "present('function', '项', '三公经费', use='any')|names('function')",
    "name('function', '201')",
]
WRONG = {
    "cell('表格', '合计', '数')": ("没有叫“表格”的表", "是不是“表”？"),
    "cell('表', '合记', '左/今年/数')": ("没有叫“合记”的行（表“表”）", "是不是“合计”？"),
    "cell('表', '303', '右/今年/数')": ("没有叫“303”的行（表“表”）", "是不是“30"),
    "cell('表', '合计', '左/今年/教')": ("没有叫“左/今年/教”的栏（表“表”）", "是不是“左/今年/数”？"),
    "sum('三公费')": ("没有叫“三公费”的术语", "是不是“三公经费”？"),
    "sum(functon='201')": ("没有叫“functon”的维度", "是不是“function”？"),
    "sum(use='项目')": ("没有叫“项目”的支出用途（use）", "是不是“项目支出”？"),
    "sum(source={'not': '财政拔款'})": ("没有叫“财政拔款”的资金来源（source）", "是不是“财政拨款”？"),
    "sum(function=['201', '2011'])": ("“2011”不是功能分类科目的编码", "类3位、款5位、项7位"),
    "sum(book='asset')": ("没有叫“asset”的账本", "是不是“assets”？"),
    "sum(book='assets', of='quantiy')": ("没有叫“quantiy”的可求和的数", "是不是“quantity”？"),
    "present('functon', '类')": ("没有叫“functon”的维度", "是不是“function”？"),
    "present('function', '类', '三公费')": ("没有叫“三公费”的术语", "是不是“三公经费”？"),
    "name('functon', '201')": ("没有叫“functon”的维度", "是不是“function”？"),
    "['201']|names('functon')": ("没有叫“functon”的维度", "是不是“function”？"),
}


def text(said: str) -> dict[str, str]:
    return {**FILES, "text/文.j2": f"一段。\n共{{{{ {said} }}}}。\n"}


@pytest.mark.parametrize("said", RIGHT)
def test_what_is_there_is_found(said: str, tmp_path: Path) -> None:
    assert [f"{p.where} {p.what} {p.fix}" for p in refused(tmp_path, text(said))] == []


@pytest.mark.parametrize("said", WRONG)
def test_what_is_not_there_is_told_with_the_nearest(said: str, tmp_path: Path) -> None:
    what, fix = WRONG[said]
    (problem,) = refused(tmp_path, text(said))
    assert str(problem.where) == "layouts/小/text/文.j2:2"
    assert problem.what == what
    assert fix in problem.fix


def test_conditions_are_looked_at_too(tmp_path: Path) -> None:
    files = {**FILES, "text/文.j2": "一段。", "tables/表.yaml": TABLE + "when: sum(use='项目') > 0\n"}
    (problem,) = refused(tmp_path, files)
    assert (str(problem.where), problem.text) == ("layouts/小/tables/表.yaml:10:7", "项目")


def test_what_a_text_computes_is_left_to_composing(tmp_path: Path) -> None:
    said = "{% set t = '表格' %}{% for use in ['项目'] %}{{ sum(use=use) }}{{ cell(t, '甲', '数') }}{% endfor %}"
    assert refused(tmp_path, {**FILES, "text/文.j2": said}) == []
