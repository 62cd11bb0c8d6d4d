"""Layouts as data: loaded, inherited, checked."""

from budgetreport.layout.layer import rule_files
from budgetreport.layout.load import Shelf, load, shelf, written
from budgetreport.layout.model import Layout
from budgetreport.layout.unused import unused

__all__ = ["Layout", "Shelf", "load", "rule_files", "shelf", "unused", "written"]
