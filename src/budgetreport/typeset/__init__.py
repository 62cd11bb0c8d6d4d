"""A Report onto pages: fonts, lines, grids and pages make the page model. Knows nothing of PDF.

Who only asks the fonts for a character (every command that reads an input does) loads nothing else of it.
"""

from __future__ import annotations

from budgetreport.report import Report
from budgetreport.style import Style
from budgetreport.typeset.fonts import FontSet
from budgetreport.typeset.page import Document

__all__ = ["typeset"]


def typeset(report: Report, style: Style, fonts: FontSet) -> Document:
    """All pages of a report: same report, style and fonts, same pages.

    Raises KeyError for a role or margin that the style lacks, MissingGlyphError for a character that no font has.
    """
    from budgetreport.typeset.pages import Typesetter  # noqa: PLC0415 - see above

    return Typesetter(report, style, fonts).document()
