"""A Report onto pages: fonts, lines, grids and pages make the page model. Knows nothing of PDF."""

from budgetreport.pagework.blocks import Typesetter, draft

__all__ = ["Typesetter", "draft"]
