"""Pages of text that lie on their long edge, where the style says so."""

from __future__ import annotations

from dataclasses import replace

from budgetreport.report import Contents, Cover, Heading, Paragraph, Report
from budgetreport.style import Style
from budgetreport.typeset.fonts import shipped
from budgetreport.typeset.pages import Typesetter
from tests.typeset.reports import table
from tests.typeset.style import STYLE

BLOCKS = (
    Cover((Paragraph("某单位", "cover-title"),)),
    Contents("目录"),
    Heading(1, "说明", "说明"),
    Paragraph("预算公开。" * 40),
    table(3, page="portrait"),
)


def _turned(*kinds: str) -> Style:
    margins = {name: replace(one, turned=one.turned or name in kinds) for name, one in STYLE.margins.items()}
    return replace(STYLE, margins=margins)


def _lying(style: Style) -> list[bool]:
    pages = Typesetter(Report(BLOCKS, "题名"), style, shipped()).document().pages
    return [page.width > page.height for page in pages]


def test_cover_contents_and_text_lie_where_their_margins_say_so_and_a_table_goes_by_its_own_page() -> None:
    assert _lying(STYLE) == [False, False, False, False]
    assert _lying(_turned("text")) == [False, True, True, False]
    assert _lying(_turned("text", "cover")) == [True, True, True, False]


def test_a_line_of_turned_text_is_as_long_as_the_page_lets_it() -> None:
    assert _lines(STYLE) == 8
    assert _lines(_turned("text")) == 5  # 243 mm hold 43 characters of 三号, not 28


def _lines(style: Style) -> int:
    (page,) = Typesetter(Report(BLOCKS[3:4], "题名"), style, shipped()).document().pages
    return len({run.y for run in page.runs if run.element >= 0})
