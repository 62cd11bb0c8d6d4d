"""The empty forms of 2026 beside the official blank workbook: heads, fixed rows and merged cells, cell by cell."""

from __future__ import annotations

import io
import re
from functools import cache

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from budgetreport import authoring
from budgetreport.layout import load, shelf
from tests.golden.blocks import bare
from tests.golden.elsewhere.cases import ORIGINALS

TEMPLATE = ORIGINALS / "sh-department-budget-official-template.xlsx"
LAYOUT = "shanghai/2026-department-budget"
SHEETS = (
    "部门收支总表", "部门收入总表", "部门支出总表", "部门财政拨款收支总表", "部门一般公共预算拨款表",
    "部门政府性基金拨款表", "部门国有资本经营预算拨款表", "部门一般公共预算拨款基本支出明细表",
    "部门“三公”经费和机关运行费预算表",
)  # fmt: skip
SAMPLES = re.compile(
    r"\d{2,3}|…|[一二三]、…?|一、一般公共服务支出|教育支出|普通教育|高等教育|文化旅游体育与传媒支出|其他文化旅游体育与传媒支出|其他支出"
    r"|彩票发行销售机构业务费安排的支出|福利彩票销售机构的业务费支出|解决历史遗留问题及改革成本支出"
    r"|国有企业退休人员社会化管理补助支出|工资福利支出|基本工资|对个人和家庭的补助|抚恤金"
)
"""What the template shows by way of example where a department puts its own 科目."""
SAMPLE_OF_A_HEAD = "国有资本经营预算支出"
"""A sample too (class 223), but the head over its table says the same."""

Grid = tuple[list[list[str]], list[tuple[int, int, int, int]]]
"""The cells' texts, and the merged areas (top, left, bottom, right), from the grid's upper left."""


@cache
def _template() -> openpyxl.Workbook:
    if not TEMPLATE.is_file():
        pytest.skip(f"the official template {TEMPLATE.name} is not in ../shared/cases")
    return openpyxl.load_workbook(TEMPLATE)


@cache
def _ours() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(authoring.preview(load(LAYOUT, shelf()), ("xlsx",)).files["xlsx"].data))


def _sheet(book: openpyxl.Workbook, name: str) -> Worksheet:
    (found,) = (sheet for sheet in book.worksheets if sheet.title.strip() == name)
    return found


def _grid(sheet: Worksheet) -> Grid:
    """The ruled part of a sheet: its rows from the first to the last with a rule on the left."""
    ruled = [row for row in sheet.iter_rows() if row[0].border.left.style]
    top, width = (
        int(ruled[0][0].row or 0),
        sum(bool(cell.border.bottom.style or cell.border.top.style) for cell in ruled[0]),
    )
    texts = [[bare(str(cell.value or "")) for cell in row[:width]] for row in ruled]
    bottom = top + len(ruled)
    areas = sorted(
        (m.min_row - top, m.min_col - 1, m.max_row - top, m.max_col - 1)
        for m in sheet.merged_cells.ranges
        if top <= m.min_row < bottom
    )
    return texts, areas


def _without_samples(texts: list[list[str]]) -> list[list[str]]:
    """Blank where the template gives examples; its heads hold none."""
    body = next(n for n, row in enumerate(texts) if (n and not any(row)) or SAMPLES.fullmatch(row[0]) or "、" in row[0])
    return texts[:body] + [
        ["" if SAMPLES.fullmatch(text) or text == SAMPLE_OF_A_HEAD else text for text in row] for row in texts[body:]
    ]


@pytest.mark.parametrize("name", SHEETS)
def test_a_form_is_the_template_s_cell_by_cell(name: str) -> None:
    theirs, their_areas = _grid(_sheet(_template(), name))
    ours, our_areas = _grid(_sheet(_ours(), name))
    assert ours == _without_samples(theirs)
    assert our_areas == their_areas


@pytest.mark.parametrize("name", SHEETS)
def test_title_and_caption_over_a_form_are_the_template_s(name: str) -> None:
    def said(sheet: Worksheet) -> list[str]:
        over = [row for row in sheet.iter_rows(max_row=5) if not row[0].border.left.style]
        return [bare(str(cell.value)) for row in over for cell in row if cell.value]

    assert said(_sheet(_ours(), name)) == said(_sheet(_template(), name))


def test_the_template_has_no_form_that_the_layout_lacks() -> None:
    forms = [sheet.title.strip() for sheet in _template().worksheets if sheet.title.strip().endswith("表")]
    assert tuple(forms) == SHEETS
    assert [sheet.title for sheet in _ours().worksheets if sheet.title.endswith("表")] == forms
