"""A draft made from a blank workbook prints the workbook's grids; what it could not know is marked and listed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Border, Side

from tests.desk import PROJECT, Done, run
from tests.drafting.grids import Grid, grids
from tests.making import written
from tests.tools import lack

TEMPLATE = PROJECT.parent / "shared" / "cases" / "sh-department-budget-official-template.xlsx"
_RULE = Side(style="thin")
_SAMPLE = re.compile(r"[0-9]+|[…一二三四五六七八九十、]*")
"""What an official form shows by way of example: codes, signs that rows go on."""


def workbook(
    folder: Path, rows: Sequence[Sequence[str]], *, above: Sequence[str] = ("某表",), name: str = "某表"
) -> Path:
    """A workbook of one sheet: texts, then a ruled grid drawn with < and ^."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for number, text in enumerate(above, 1):
        sheet.cell(number, 1, text)
    start = len(above) + 1
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            cell = sheet.cell(start + y, 1 + x)
            cell.border = Border(left=_RULE, right=_RULE, top=_RULE, bottom=_RULE)
            if text not in ("<", "^"):
                cell.value = text
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            if text in ("<", "^"):
                continue
            wide = next((n for n in range(1, len(row) - x) if row[x + n] != "<"), len(row) - x)
            high = next((n for n in range(1, len(rows) - y) if rows[y + n][x] != "^"), len(rows) - y)
            if wide > 1 or high > 1:
                sheet.merge_cells(
                    start_row=start + y, start_column=1 + x, end_row=start + y + high - 1, end_column=x + wide
                )
    path = folder / "空白 表样.xlsx"
    book.save(path)
    return path


def drafted(folder: Path, path: Path) -> tuple[Done, dict[str, Grid]]:
    """What the command said, and the grids of the draft's preview by sheet."""
    done = run(folder, "layouts", "draft", str(path), "某市/2026-部门预算", "--format", "json")
    assert done.code == 0, done.out
    shown = run(folder, "layouts", "preview", "某市/2026-部门预算", "-o", "样", "--only", "xlsx")
    assert shown.code == 0, shown.out + shown.err
    return done, grids(folder / "样" / "某市-2026-部门预算.xlsx")


def blank_samples(grid: Grid, head: int) -> Grid:
    """The grid with sample codes and names below the head emptied: what an input fills in."""
    sample_rows = {y for (y, _), (text, *_) in grid.items() if y >= head and text.isdecimal()}
    return {
        (y, x): ("" if y >= head and (y in sample_rows or _SAMPLE.fullmatch(text)) else text, rows, columns)
        for (y, x), (text, rows, columns) in grid.items()
    }


HEADS = {"部门收支总表": 2, "部门财政拨款收支总表": 2}


def test_the_official_template_is_drawn_cell_by_cell(tmp_path: Path) -> None:
    if not TEMPLATE.is_file():
        lack("../shared/cases is not there")
    _, made = drafted(tmp_path, TEMPLATE)
    wanted = {name.strip(): grid for name, grid in grids(TEMPLATE).items()}
    assert len(wanted) == 9
    assert set(wanted) <= set(made)
    for name, grid in wanted.items():
        found = dict(made[name])
        listed = [at for at, (text, *_) in grid.items() if text == "一、一般公共服务支出"]
        for at in listed:  # the list of classes unfolds from an input: its number stands, its name does not
            grid[at] = ("", *grid[at][1:])
            found[at] = ("", *found[at][1:])
        assert blank_samples(found, HEADS.get(name, 3)) == blank_samples(grid, HEADS.get(name, 3)), name


FORM = [
    ["项目名称", "", "<", "<"],
    ["项目总额（万元）", "", "其中：财政拨款", ""],
    ["项目总目标", "", "<", "<"],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "", ""],
    ["^", "质量指标", "", ""],
]
TWO_UP = [
    ["收入", "<", "支出", "<"],
    ["项目", "金额", "项目", "金额"],
    ["一、财政拨款", "", "一、一般公共服务支出", ""],
    ["二、其他收入", "", "二、外交支出", ""],
    ["", "", "三、国防支出", ""],
    ["总计", "", "总计", ""],
]
NUMBERED = [
    ["序号", "项目", "上年预算数", "<", "本年预算数", "<"],
    ["^", "^", "合计", "其中：财政拨款", "合计", "其中：财政拨款"],
    ["栏次", "1", "2", "3", "4", "5"],
    ["1", "因公出国（境）费用", "", "", "", ""],
    ["2", "公务接待费", "", "", "", ""],
    ["3", "合计", "", "", "", ""],
]


def test_a_form_is_drawn_as_it_stands(tmp_path: Path) -> None:
    _, made = drafted(tmp_path, workbook(tmp_path, FORM))
    assert made["某表"] == grids(tmp_path / "空白 表样.xlsx")["某表"]


def test_two_sides_keep_their_totals_level(tmp_path: Path) -> None:
    _, made = drafted(tmp_path, workbook(tmp_path, TWO_UP))
    assert made["某表"] == grids(tmp_path / "空白 表样.xlsx")["某表"]
    said = (tmp_path / "layouts/某市/2026-部门预算/tables/某表.yaml").read_text("utf-8")
    assert "beside: 总计" in said


def test_numbers_of_rows_and_columns_are_the_layouts(tmp_path: Path) -> None:
    _, made = drafted(tmp_path, workbook(tmp_path, NUMBERED))
    assert made["某表"] == grids(tmp_path / "空白 表样.xlsx")["某表"]
    said = (tmp_path / "layouts/某市/2026-部门预算/tables/某表.yaml").read_text("utf-8")
    assert "numbering: {rows: 序号, columns: 栏次}" in said
    assert "公务接待费, where: {economic: 30217}}\n" in said


def test_what_it_could_not_know_is_marked_where_it_stands_and_listed(tmp_path: Path) -> None:
    rows = [["项目", "甲数", "基本支出"], ["某项", "", ""], ["合计", "", ""]]
    done, _ = drafted(tmp_path, workbook(tmp_path, rows))
    listed = [(p["where"]["file"], p["where"]["line"], p["what"]) for p in json.loads(done.out)["problems"]]
    marked = [
        (file.relative_to(tmp_path).as_posix(), number)
        for file in sorted((tmp_path / "layouts").rglob("*.yaml"))
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if "TODO" in line
    ]
    assert sorted((file, line) for file, line, _ in listed) == sorted(marked)
    table = [what for file, _, what in listed if file.endswith("某表.yaml")]
    assert [what.partition("：")[0] for what in table] == ["这一栏算什么", "这一行算什么"]


def test_years_are_counted_from_the_forms_year(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["项目", "金额"], ["合计", ""]], above=["2026年某表", "2025年执行数另表", "单位：元"])
    drafted(tmp_path, path)
    said = (tmp_path / "layouts/某市/2026-部门预算/tables/某表.yaml").read_text("utf-8")
    assert 'title: "{{ year }}年某表"' in said
    assert "{{ year - 1 }}年执行数另表" in said
    assert "numbers: {unit: 元}" in said


YEARS = [
    ["项目", "2025年", "<", "2026年预算数"],
    ["^", "基本支出", "合计", "^"],
    ["2025年结转", "", "", ""],
    ["合计", "", "", ""],
]


def test_years_in_heads_and_labels_are_counted_too_with_ids_that_stay(tmp_path: Path) -> None:
    _, made = drafted(tmp_path, workbook(tmp_path, YEARS))
    assert made["某表"] == grids(tmp_path / "空白 表样.xlsx")["某表"]
    said = (tmp_path / "layouts/某市/2026-部门预算/tables/某表.yaml").read_text("utf-8")
    assert '{head: "{{ year }}年预算数", id: 预算数, sum: {}}\n' in said
    assert 'head: "{{ year - 1 }}年"\n    id: 2\n' in said
    assert '{id: 结转, label: "{{ year - 1 }}年结转", where:' in said
    written(tmp_path / "layouts", {"layout.yaml": "title: 下年\ninherits: 某市/2026-部门预算\n"}, "某市/2027-部门预算")
    next_year = run(tmp_path, "layouts", "preview", "某市/2027-部门预算", "-o", "样", "--only", "xlsx")
    assert next_year.code == 0
    texts = [text for text, *_ in grids(tmp_path / "样" / "某市-2027-部门预算.xlsx")["某表"].values()]
    assert [text for text in texts if "20" in text] == ["2026年", "2027年预算数", "2026年结转"]


def test_a_head_of_another_year_is_to_be_looked_at(tmp_path: Path) -> None:
    drafted(tmp_path, workbook(tmp_path, [["项目", "2025年预算数", "2026年预算数"], ["合计", "", ""]]))
    said = (tmp_path / "layouts/某市/2026-部门预算/tables/某表.yaml").read_text("utf-8")
    assert '{head: "{{ year - 1 }}年预算数", id: 预算数2, sum: {}}  # TODO 核对条件\n' in said
    assert '{head: "{{ year }}年预算数", id: 预算数3, sum: {}}\n' in said


@pytest.mark.parametrize(
    ("above", "options", "head"),
    [
        (["某表"], [], "2025年预算数"),
        (["2025年某表"], [], "{{ year }}年预算数"),
        (["2025年某表", "2024年某项"], [], "2025年预算数"),
        (["2025年某表", "2024年某项"], ["--year", "2026"], "{{ year - 1 }}年预算数"),
    ],
)
def test_where_nobody_knows_the_forms_year_years_stay_as_written(
    tmp_path: Path, above: list[str], options: list[str], head: str
) -> None:
    path = workbook(tmp_path, [["项目", "2025年预算数"], ["合计", ""]], above=above)
    assert run(tmp_path, "layouts", "draft", str(path), "某市/部门预算", *options).code == 0
    assert head in (tmp_path / "layouts/某市/部门预算/tables/某表.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("file", "code", "said"),
    [("没有.xlsx", 4, "没有这个文件"), ("坏.xlsx", 4, "不是工作簿"), ("表.xls", 2, "另存"), ("空.xlsx", 1, "没有表格")],
)
def test_what_cannot_be_drafted_is_told_and_nothing_is_written(tmp_path: Path, file: str, code: int, said: str) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    openpyxl.Workbook().save(tmp_path / "空.xlsx")
    done = run(tmp_path, "layouts", "draft", file, "某市/2026-部门预算")
    assert (done.code, said in done.out + done.err) == (code, True), done
    assert not (tmp_path / "layouts").exists()


def test_a_layout_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["项目", "金额"], ["合计", ""]])
    drafted(tmp_path, path)
    again = run(tmp_path, "layouts", "draft", str(path), "某市/2026-部门预算")
    assert (again.code, "已经有" in again.err) == (2, True)
