"""A Report onto pages: fonts, lines, grids and pages make the page model. Knows nothing of PDF."""

from __future__ import annotations

from budgetreport.report import Report
from budgetreport.style import Style
from budgetreport.typeset.fonts import FontSet
from budgetreport.typeset.page import Document
from budgetreport.typeset.pages import Typesetter

__all__ = ["Typesetter", "typeset"]


def typeset(report: Report, style: Style, fonts: FontSet) -> Document:
    """All pages of a report: same report, style and fonts, same pages.

    Raises KeyError for a role or margin that the style lacks, MissingGlyphError for a character that no font has.
    """
    return Typesetter(report, style, fonts).document()
