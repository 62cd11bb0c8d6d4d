"""From an official blank workbook to a first layout: the same grids, and a list of what it could not know."""

from budgetreport.drafting.book import Draft, draft
from budgetreport.drafting.words import Words, words

__all__ = ["Draft", "Words", "draft", "words"]
