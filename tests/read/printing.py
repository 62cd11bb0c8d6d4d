"""PDFs for reading tests: a report's, and pages drawn by hand."""

from __future__ import annotations

from itertools import pairwise

from budgetreport.report import Report
from budgetreport.typeset.draft import marked
from budgetreport.typeset.fonts import shipped
from budgetreport.typeset.page import Document, Page, Rule, Run
from budgetreport.typeset.pages import Typesetter
from budgetreport.write.pdf import pdf_bytes
from tests.typeset.drawing import drawn
from tests.typeset.style import STYLE

FONTS = shipped()
WIDTH, HEIGHT = 595.28, 841.89


def pdf_of(report: Report, words: str = "") -> bytes:
    """The report's PDF in the tests' style; with `words`, marked as a draft."""
    document = Typesetter(report, STYLE, FONTS).document()
    return pdf_bytes(marked(document, STYLE, FONTS, words) if words else document, FONTS)


def line(text: str, x: float, top: float, size: float = 16, role: str = "仿宋") -> list[Run]:
    """A line whose characters begin at x, `top` pt under the page's upper edge."""
    return drawn(role, text, x, HEIGHT - top - size, size)


def grid(xs: list[float], ys: list[float], texts: list[list[str]]) -> tuple[list[Run], list[Rule]]:
    """A ruled grid, every rule drawn cell by cell as spreadsheets do."""
    runs = [
        run
        for (top, _), row in zip(pairwise(ys), texts, strict=True)
        for (left, _), text in zip(pairwise(xs), row, strict=True)
        for run in line(text, left + 4, top + 4, 10.5, "宋体")
    ]
    flat = [Rule(a, HEIGHT - y, b, HEIGHT - y) for y in ys for a, b in pairwise(xs)]
    tall = [Rule(x, HEIGHT - b, x, HEIGHT - a) for x in xs for a, b in pairwise(ys)]
    return runs, flat + tall


def pages(*drawn: tuple[list[Run], list[Rule]]) -> bytes:
    """A page for each (runs, rules)."""
    made = tuple(Page(WIDTH, HEIGHT, tuple(runs), tuple(rules)) for runs, rules in drawn)
    return pdf_bytes(Document(made, (), (), title="题名"), FONTS)
