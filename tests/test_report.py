"""The Report answers for its own shape: what covers a place, where a paragraph stands."""

from __future__ import annotations

from budgetreport.problems import TextPlace
from budgetreport.report import Cell, Column, Contents, Cover, Grid, Heading, Paragraph, Report, Row


def test_a_place_is_covered_by_the_cell_that_stands_there_or_spans_it_and_else_by_a_blank_one() -> None:
    wide, tall, last = Cell("宽", columns=2), Cell("高", rows=2), Cell("末")
    rows = Row("1", (wide, None, tall)), Row("2", (last, None, None))
    found = Grid("表", tuple(Column(name) for name in "甲乙丙"), rows).covering()
    assert found == {
        (0, 0): (0, 0, wide), (0, 1): (0, 0, wide), (0, 2): (0, 2, tall),
        (1, 0): (1, 0, last), (1, 1): (1, 1, Cell()), (1, 2): (0, 2, tall),
    }  # fmt: skip


def test_a_paragraph_stands_under_its_heading_by_its_number_there_and_all_else_at_the_heading() -> None:
    texts = Paragraph("前言。"), Heading(1, "一、职责", "职责"), Paragraph("甲。"), Cover(()), Paragraph("乙。")
    places = [(number, place) for number, _, place in Report((Contents("目录"), *texts), "题").places()]
    under = [TextPlace("一、职责", n) for n in (0, 1, 0, 2)]
    assert places == list(enumerate([TextPlace(""), TextPlace("", 1), *under]))
