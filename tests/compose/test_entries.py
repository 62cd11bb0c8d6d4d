"""What the contents call a part: another name than its heading, a level that is printed nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetreport.problems import Problem
from budgetreport.report import Entry, Heading, Report, Table
from budgetreport.typeset.fonts import shipped
from budgetreport.typeset.pages import Typesetter
from tests.making import paragraphs, refused, report, small, stated

TABLE = """
title: "{{ year }}年表"
rows: [{label: 合计, where: {}}]
columns: [{head: 项目, show: label}, {head: 数, sum: {}}]
"""
PARTS = """
parts:
  - {contents: 目录}
  - {heading: "{{ unit.name }}职能", id: 职能, entry: 部门职能, number: 一、, parts: [{text: 职能。, id: 文}]}
  - id: 各表
    entry: 部门预算表
    number: 一、
    parts:
      - {table: 甲, entry: " {{ title }}", number: '1.'}
      - {table: 乙, number: '1.'}
  - {heading: 其他说明, number: 一、, parts: [{text: 说明。, id: 文}]}
"""
LEDGER = "2013701 人员经费 一般公共预算拨款 1234567.00"


def made(folder: Path, parts: str = PARTS) -> Report:
    root = f"title: 小\ninherits: base\n{parts}"
    layout = small(folder, {"layout.yaml": root, "tables/甲.yaml": TABLE, "tables/乙.yaml": TABLE})
    return report(stated(LEDGER), layout)


def test_the_contents_say_the_entry_with_its_number_and_the_heading_says_its_own_words(tmp_path: Path) -> None:
    whole = made(tmp_path)
    assert [b.text for b in whole.blocks if isinstance(b, Heading)] == ["某单位职能", "三、其他说明"]
    listed = [entry for block in whole.blocks if isinstance(block, Heading | Table) for entry in block.listed]
    assert listed == [
        Entry("一、部门职能", 1),
        Entry("二、部门预算表", 1),
        Entry("1. 2026年表", 2),
        Entry("2026年表", 2),
        Entry("三、其他说明", 1),
    ]


def test_an_entry_that_is_printed_nowhere_leads_to_the_first_of_its_parts(tmp_path: Path) -> None:
    whole = made(tmp_path)
    layout = small(tmp_path, {"layout.yaml": f"title: 小\ninherits: base\n{PARTS}", "tables/甲.yaml": TABLE})
    document = Typesetter(whole, layout.style, shipped()).document()
    marks = {mark.title: (mark.level, mark.page) for mark in document.bookmarks}
    assert marks["二、部门预算表"] == (1, marks["1. 2026年表"][1])
    assert marks["1. 2026年表"][0] == 2


def test_a_part_writes_its_numbers_otherwise_and_only_in_its_own_texts(tmp_path: Path) -> None:
    parts = """
numbers: {text: {thousands: yes}}
parts:
  - {text: "{{ sum()|amount }}", id: 前}
  - id: 组
    numbers: {thousands: no}
    parts: [{text: "{{ sum()|amount }}", id: 后}]
  - {table: 甲}
  - {table: 乙}
"""
    assert paragraphs(made(tmp_path, parts)) == ["1,234,567.00", "1234567.00"]


@pytest.mark.parametrize("said", ["unit: 元", "places: 0", "rounding: balanced", "none: '-'"])
def test_a_part_may_not_print_other_numbers(tmp_path: Path, said: str) -> None:
    text = f"title: 小\ninherits: common\nparts: [{{text: 文, id: 文, numbers: {{{said}}}}}]\n"
    problems: list[Problem] = refused(tmp_path, {"layout.yaml": text})
    assert ["只能写 thousands、zero" in p.what for p in problems] == [True]


FORM = """
title: "{{ n }}号表"
each: bids
as: bid
grids: [{cells: [[名称, "{{ bid.name }}"]]}]
"""


def marked(folder: Path, parts: str) -> list[tuple[int, str, int]]:
    """The bookmarks, which are the lines of the contents: level, title, page from 0."""
    root = f"title: 小\ninherits: base\n{parts}"
    bids = "bids: {title: 申报, each: {name: {title: 名称}}}"
    files = {"tables/甲.yaml": TABLE, "forms/申报.yaml": FORM, "facts/申报.yaml": bids}
    layout = small(folder, {"layout.yaml": root, **files})
    whole = report(stated(LEDGER, bids=[{"name": "修路"}, {"name": "架桥"}]), layout)
    return [
        (mark.level, mark.title, mark.page) for mark in Typesetter(whole, layout.style, shipped()).document().bookmarks
    ]


@pytest.mark.parametrize(
    ("part", "marks"),
    [
        ("{form: 申报, entry: 绩效申报, number: 一、}", [(1, "一、绩效申报")]),
        ("{id: 组, entry: 绩效申报, number: 一、, parts: [{form: 申报}]}", [(1, "一、绩效申报")]),
        (
            "{id: 组, entry: 绩效, number: 一、, parts: [{form: 申报, entry: '{{ title }}等', number: '1.'}]}",
            [(1, "一、绩效"), (2, "1.1号表等")],
        ),
        ("{form: 申报}", []),
    ],
)
def test_forms_that_have_an_entry_are_in_the_contents_and_start_a_page(
    tmp_path: Path, part: str, marks: list[tuple[int, str]]
) -> None:
    parts = f"parts:\n  - {{contents: 目录}}\n  - {{table: 甲}}\n  - {part}\n"
    assert marked(tmp_path, parts) == [(1, "2026年表", 1), *((level, title, 2) for level, title in marks)]


@pytest.mark.parametrize(
    ("part", "at", "what"),
    [
        ("{text: 文, id: 文, entry: 一节}", "一节}", "entry 没有指向：这里没有标题、表、表单可以列入目录"),
        ("{id: 组, entry: 一节, parts: [{text: 文}]}", "一节,", "entry 没有指向：这里没有标题、表、表单可以列入目录"),
        ("{form: 单, number: 一、}", "一、}", "表单的编号只印在目录里，不写 entry 无处可印"),
    ],
)
def test_an_entry_that_leads_nowhere_and_a_number_that_is_printed_nowhere_are_refused(
    tmp_path: Path, part: str, at: str, what: str
) -> None:
    root = f"title: 小\ninherits: common\nparts:\n  - {part}\n"
    files = {"layout.yaml": root, "forms/单.yaml": "title: 单\ngrids: [{cells: [[甲]]}]\n"}
    problems = refused(tmp_path, files)
    assert [(p.rule, p.what) for p in problems] == [("LY-05", what)]
    assert str(problems[0].where) == f"layouts/小/layout.yaml:4:{5 + part.index(at)}"
