"""Facts under a layout make a Report."""

from budgetreport.compose.document import compose

__all__ = ["compose"]
