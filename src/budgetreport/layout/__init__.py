"""Layouts as data: loaded, inherited, checked."""

from budgetreport.layout.load import Shelf, load, shelf
from budgetreport.layout.model import Layout

__all__ = ["Layout", "Shelf", "load", "shelf"]
