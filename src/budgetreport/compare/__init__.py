"""Two reports compared: cell by cell, sentence by sentence, each difference once."""

from budgetreport.compare.difference import unseen
from budgetreport.compare.reports import Extent, differences, extent

__all__ = ["Extent", "differences", "extent", "unseen"]
