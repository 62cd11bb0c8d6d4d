"""Tables over pages: nothing lost, heads repeated, totals in company, rules that any reader understands."""

from __future__ import annotations

import io

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetreport.report import Cell, Column, Grid, Kind, Row, Table
from budgetreport.typeset.breaks import Need, paginate
from budgetreport.typeset.fonts import shipped
from budgetreport.typeset.page import ARTIFACT, Document
from budgetreport.write.pdf import pdf_bytes
from tests.typeset.reports import by_element, content, head, pages_of, printed, table, wanted

LONG = "为深入贯彻落实（一）“推进”网络安全保障经费29.5万元，" * 20


def read(document: Document) -> list[list[list[str | None]]]:
    """The grids that a reader finds from the drawn lines."""
    with pdfplumber.open(io.BytesIO(pdf_bytes(document, shipped()))) as pdf:
        return [found.extract() for page in pdf.pages for found in page.find_tables()]


@pytest.mark.parametrize("count", [1, 2, 20, 33, 36, 40, 75, 150])
def test_a_table_says_everything_once_in_order(count: int) -> None:
    one = table(count, notes=("注：表中金额不含结余。",))
    assert content(pages_of(one)) == wanted(one)


@pytest.mark.parametrize("amounts", [2, 8, 13])
def test_every_page_repeats_title_caption_and_head(amounts: int) -> None:
    document = pages_of(table(150, amounts=amounts))
    assert len(document.pages) > 3
    for number, page in enumerate(document.pages):
        text = printed(page)
        assert ("支出总表（续表）" in text) == (number > 0)
        assert all(said in text for said in ("单位：万元", "科目编码", "栏次"))
        assert min(run.size for run in page.runs) >= 8


@pytest.mark.parametrize("count", range(25, 80))
def test_a_total_has_company_on_every_page(count: int) -> None:
    for page in pages_of(table(count, page="landscape", totals=2)).pages:
        names = [run.text for run in page.runs if run.text.startswith(("其他", "合计"))]
        assert sum(name.startswith("其他") for name in names) >= 2


def test_notes_stand_with_the_last_rows() -> None:
    for count in range(28, 36):
        last = printed(pages_of(table(count, notes=("注：结余。" * 30,))).pages[-1])
        assert "注：" in last
        assert "合计" in last


def test_a_cell_longer_than_a_page_goes_on_and_nothing_is_lost() -> None:
    one = table(12, names={4: LONG * 6}, level=0)
    document = pages_of(one)
    assert len(document.pages) > 1
    assert by_element(document) == wanted(one)  # on paper the cells beside it stand between its parts
    for page in document.pages:
        assert all(run.y > 30 for run in page.runs)


def test_a_merged_cell_is_said_again_on_the_next_page() -> None:
    rows = tuple(
        Row(str(n), (Cell("产出指标", rows=60) if n == 0 else None, Cell(f"指标{n}"), Cell(str(n), Kind.AMOUNT)))
        for n in range(60)
    )
    columns = (Column("一级"), Column("二级"), Column("值", Kind.AMOUNT))
    heads = Row("h", (head("一级指标"), head("二级指标"), head("指标值")), role="head")
    one = Table("t", "指标表", "s", (Grid("g", columns, (heads, *rows)),), level=1)
    document = pages_of(one)
    assert content(document) == wanted(one)
    first, *later = ([run.element for run in page.runs if run.text == "产出指标"] for page in document.pages)
    assert len(first) == 1
    assert first != [ARTIFACT]
    assert later
    assert all(found == [ARTIFACT] for found in later)


def test_readers_find_the_cells_from_the_drawn_lines() -> None:
    columns = (Column("项目"), Column("a", Kind.AMOUNT), Column("b", Kind.AMOUNT))
    rows = (
        Row("h1", (head("项目", rows=2), head("资金性质", columns=2), None), role="head"),
        Row("h2", (None, head("合计"), head("拨款")), role="head"),
        Row("1", (Cell("人员"), Cell("2.91", Kind.AMOUNT, align="right"), Cell("2.91", Kind.AMOUNT, align="right"))),
        Row("2", (Cell("公用", columns=2), None, Cell())),
    )
    (found,) = read(pages_of(Table("t", "表", "s", (Grid("g", columns, rows),), level=1)))
    assert found == [
        ["项目", "资金性质", None],
        [None, "合计", "拨款"],
        ["人员", "2.91", "2.91"],
        ["公用", None, ""],
    ]


def test_rules_are_few_and_long() -> None:
    (page,) = pages_of(table(20)).pages
    rows, columns = 22, 5
    assert len(page.rules) == rows + 1 + columns + 1


def test_numbers_stand_on_the_decimal_point() -> None:
    texts = ["5", "12.50", "317.38", "1,000"]
    rows = tuple(Row(t, (Cell("项"), Cell(t, Kind.AMOUNT, align="right"))) for t in texts)
    (page,) = pages_of(Table("t", "表", "s", (Grid("g", (Column("a"), Column("b", Kind.AMOUNT)), rows),), 1)).pages
    widths = shipped().widths("宋体")
    points = []
    for text in texts:
        (run,) = (run for run in page.runs if run.text == text)
        points.append(run.x + run.size * sum(widths[char] for char in text.partition(".")[0]))
    assert points == pytest.approx([points[0]] * 4)


def test_a_code_stated_on_two_lines_is_printed_on_two() -> None:
    row = Row("r", (Cell("项"), Cell("A0201\n02", Kind.CODE, align="center")))
    (page,) = pages_of(Table("t", "表", "s", (Grid("g", (Column("a"), Column("b", Kind.CODE)), (row,)),), 1)).pages
    lines = [run for run in page.runs if run.text in ("A0201", "02")]
    assert [run.text for run in lines] == ["A0201", "02"]
    assert lines[0].y != lines[1].y


def test_a_form_is_kept_on_one_page_where_it_fits() -> None:
    grid = Grid(
        "g",
        (Column("a", width=5), Column("b", width=20)),
        tuple(Row(str(n), (Cell("项目"), Cell(f"第{n}"))) for n in range(15)),
    )
    form = Table("f", "绩效目标表", "s", (grid, grid), form=True, font="form")
    document = pages_of(table(3, level=0), table(3, level=0), form, form)
    for title in (printed(page).count("绩效目标表") for page in document.pages):
        assert title <= 1
    assert not any("续表" in printed(page) for page in document.pages)


@given(st.lists(st.floats(10, 90), min_size=1, max_size=80), st.integers(0, 3), st.floats(100, 600), st.floats(0, 60))
@settings(max_examples=200)
def test_every_row_stands_on_one_page_and_fits_it(
    heights: list[float], totals: int, first: float, after: float
) -> None:
    rows = [Need(n, height, n >= len(heights) - totals) for n, height in enumerate(heights)]
    pages = paginate(rows, first, 600, after=after, leading=14, pad=4)
    assert [strip.row for page in pages for strip in page] == list(range(len(heights)))
    assert sum(strip.height for strip in pages[0]) <= first + 0.1
    for page in pages[1:]:
        assert 0 < sum(strip.height for strip in page) <= 600.1


@given(st.floats(650, 4000))
def test_a_row_higher_than_a_page_is_split_by_lines(height: float) -> None:
    pages = paginate([Need(0, height)], 600, 600, after=0, leading=14, pad=4)
    assert sum(strip.lines for page in pages for strip in page) == int((height - 4 + 0.01) / 14)
    assert all(strip.height <= 600.1 for page in pages for strip in page)
