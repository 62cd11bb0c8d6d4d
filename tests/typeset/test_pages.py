"""Blocks onto pages: text, headings, contents, numbers, structure."""

from __future__ import annotations

import pytest

from budgetreport.report import Cell, Column, Contents, Cover, Grid, Heading, Paragraph, Row, Table
from budgetreport.typeset.page import ARTIFACT
from tests.typeset.reports import content, pages_of, printed, table

MM = 72 / 25.4
BODY = Paragraph("预算公开。" * 40)


def test_an_empty_report_is_one_page() -> None:
    assert len(pages_of().pages) == 1


def test_a_page_of_text_holds_22_lines_of_28_characters() -> None:
    (page, *_) = pages_of(Paragraph("预算公开人员经费" * 200)).pages
    lines: dict[float, str] = {}
    for run in page.runs:
        if run.element != ARTIFACT:
            lines[run.y] = lines.get(run.y, "") + run.text
    assert len(lines) == 22
    assert [len(text) for text in lines.values()] == [26] + [28] * 21


def test_text_is_kept_in_order_with_its_spaces() -> None:
    blocks = (Heading(1, "第一部分  概况", "a"), Paragraph("\u3000\u3000前言  如下"), Heading(2, "一、职责", "b"), BODY)
    assert content(pages_of(*blocks)) == "".join(block.text for block in blocks)


@pytest.mark.parametrize("lines", range(10, 24))
def test_a_heading_is_never_at_the_foot_of_a_page(lines: int) -> None:
    text = Paragraph("\n".join(["预算"] * lines))
    document = pages_of(text, Heading(2, "一、职责", "a"), Heading(3, "（一）部门", "b"), BODY)
    (page,) = (page for page in document.pages if "一、职责" in printed(page))
    assert "（一）部门" in printed(page)
    assert printed(page).count("预算公开") >= 10


@pytest.mark.parametrize("lines", range(15, 24))
@pytest.mark.parametrize("following", [1, 2, 3, 4, 5])
def test_a_heading_over_a_short_paragraph_is_never_at_the_foot_of_a_page(lines: int, following: int) -> None:
    text = Paragraph("\n".join(["预算"] * lines))
    document = pages_of(text, Heading(2, "一、职责", "a"), Paragraph("\n".join(["公开"] * following)))
    (page,) = (page for page in document.pages if "一、职责" in printed(page))
    assert printed(page).count("公开") >= min(2, following)


@pytest.mark.parametrize("lines", range(15, 24))
def test_no_line_of_a_paragraph_stands_alone(lines: int) -> None:
    document = pages_of(Paragraph("\n".join(["预"] * lines)), Paragraph("\n".join(["算"] * 6)))
    for page in document.pages:
        assert printed(page).count("算") != 1


def test_a_heading_goes_with_its_turned_table() -> None:
    wide = table(3, amounts=10, level=0)
    document = pages_of(BODY, Heading(2, "八、采购", "a"), wide, BODY)
    turned = [page.width > page.height for page in document.pages]
    assert turned == [False, True, False]
    assert "八、采购" in printed(document.pages[1])


def test_a_table_with_a_level_begins_a_page_and_a_narrow_one_flows_with_the_text() -> None:
    assert len(pages_of(table(2), table(2)).pages) == 2
    assert len(pages_of(BODY, table(2, level=0), BODY).pages) == 1


def test_page_numbers_begin_after_cover_and_contents_odd_right_even_left() -> None:
    document = pages_of(Cover((Paragraph("预算公开", "cover-title"),)), Contents("目  录"), table(2), table(2))
    assert [page.number for page in document.pages] == ["", "", "1", "2"]
    for page in document.pages[2:]:
        last = page.runs[-1]
        assert last.text == f"— {page.number} —"
        assert last.element == ARTIFACT
        assert (last.x > page.width / 2) == (int(page.number) % 2 == 1)
    assert document.pages[3].runs[-1].x == pytest.approx(20 * MM + 14)


def test_contents_tell_the_page_and_lead_to_it() -> None:
    many = tuple(Heading(1, f"第{n}部分" + "很长的题名" * (n % 12), f"h{n}") for n in range(40))
    document = pages_of(Contents("目录"), *many)
    entries = [page for page in document.pages if not page.number]
    assert len(entries) > 1
    links = [link for page in entries for link in page.links]
    assert [link.bookmark for link in links] == list(range(40))
    text = "".join(printed(page) for page in entries)
    for number, mark in enumerate(document.bookmarks):
        assert mark.title == many[number].text
        page = document.pages[mark.page]
        assert f"{mark.title}{'…' * 2}" in text.replace("\n", "") or mark.title[:10] in text
        assert mark.title[:8] in printed(page)
        assert page.number == str(number + 1)


def test_the_structure_follows_the_headings() -> None:
    document = pages_of(Heading(1, "甲", "a"), Heading(2, "乙", "b"), BODY, table(2, level=0), table(2))
    tags = [element.tag for element in document.elements]
    assert tags[:6] == ["Document", "Sect", "H1", "Sect", "H2", "P"]
    parents = [document.elements[element.parent].tag for element in document.elements[1:]]
    assert set(zip(tags[1:], parents, strict=True)) == {
        ("Sect", "Document"), ("Sect", "Sect"), ("H1", "Sect"), ("H2", "Sect"), ("P", "Sect"), ("Table", "Sect"),
        ("Caption", "Table"), ("THead", "Table"), ("TBody", "Table"), ("TR", "THead"), ("TR", "TBody"),
        ("TH", "TR"), ("TD", "TR"),
    }  # fmt: skip
    used = {run.element for page in document.pages for run in page.runs}
    assert used - {ARTIFACT} <= set(range(len(tags)))
    assert {element.scope for element in document.elements if element.tag == "TH"} == {"Column", "Row"}


def test_sub_headings_are_recognised() -> None:
    document = pages_of(Paragraph("（一）总体绩效目标"), BODY)
    assert document.pages[0].runs[0].face == "楷体"


def test_a_line_that_introduces_a_table_stands_over_it() -> None:
    filler = Paragraph("\n".join(["预算"] * 19))
    one = table(4, level=0)
    assert isinstance(one, Table)
    last = pages_of(filler, Paragraph("机构设置："), one).pages[-1]
    assert "机构设置：" in printed(last)


@pytest.mark.parametrize("rows", range(20, 35))
def test_a_form_that_fits_a_page_stays_whole_under_its_heading(rows: int) -> None:
    body = tuple(Row(str(n), (Cell("项目"), Cell(f"第{n}"))) for n in range(rows))
    form = Table("f", "目标表", "s", (Grid("g", (Column("a"), Column("b")), body),), form=True, font="form")
    document = pages_of(BODY, Heading(2, "七、项目", "a"), form)
    last = printed(document.pages[-1])
    assert "续表" not in last
    assert "七、项目" in last


@pytest.mark.parametrize("rows", range(26, 38))
def test_a_table_listed_under_a_heading_shares_its_page_and_is_in_the_contents(rows: int) -> None:
    document = pages_of(Contents("目录"), Heading(1, "第二部分决算表", "a"), table(rows, level=2), table(5, level=2))
    assert [mark.level for mark in document.bookmarks] == [1, 2, 2]
    assert len(document.pages) == 3
    assert "第二部分决算表" in printed(document.pages[1])
    assert f"合计{rows - 1}" in printed(document.pages[1])


def test_the_same_report_makes_the_same_pages() -> None:
    blocks = (Contents("目录"), table(40), BODY)
    assert pages_of(*blocks) == pages_of(*blocks)
