"""Checks: rules, which are data in layouts/, judge a Report. One engine for what we built, read back, or were given."""

from budgetreport.checks.document import Carrier, Document
from budgetreport.checks.engine import Checked, Judge
from budgetreport.checks.lint import mistaken
from budgetreport.checks.order import in_reading_order, nearer, positions
from budgetreport.checks.stating import Stating
from budgetreport.checks.waiving import waive

__all__ = [
    "Carrier",
    "Checked",
    "Document",
    "Judge",
    "Stating",
    "in_reading_order",
    "mistaken",
    "nearer",
    "positions",
    "waive",
]
