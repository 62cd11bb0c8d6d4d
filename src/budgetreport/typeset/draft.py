"""The mark of a draft on every page: an artifact, no part of the text."""

from __future__ import annotations

from dataclasses import replace

from budgetreport.style import Style
from budgetreport.typeset.fonts import FontSet
from budgetreport.typeset.measure import Measure
from budgetreport.typeset.page import Document, Page


def marked(document: Document, style: Style, fonts: FontSet, text: str) -> Document:
    """The document with the text at the upper right corner of each page."""
    role = style.roles["page-number"]
    measure = Measure(fonts, role.font)
    line = measure.line(text)

    def mark(page: Page) -> Page:
        x = page.width - line.width * role.size - 2 * role.size
        runs = measure.runs(line, role.size, x, page.height - 2 * role.size)
        return replace(page, runs=(*page.runs, *runs))

    return replace(document, pages=tuple(mark(page) for page in document.pages))
