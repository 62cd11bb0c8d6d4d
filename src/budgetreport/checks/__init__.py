"""Checks: rules, which are data in layouts/, judge a Report. One engine for what we built, read back, or were given."""

from budgetreport.checks.document import Carrier, Document
from budgetreport.checks.engine import Checked, Judge
from budgetreport.checks.stating import Stating

__all__ = ["Carrier", "Checked", "Document", "Judge", "Stating"]
