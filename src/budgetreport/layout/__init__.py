"""Layouts as data: loaded, inherited, checked."""

from budgetreport.layout.layer import rule_files
from budgetreport.layout.load import Shelf, load, shelf, written, year_of
from budgetreport.layout.model import Layout
from budgetreport.layout.todo import todo
from budgetreport.layout.unused import unused

__all__ = ["Layout", "Shelf", "load", "rule_files", "shelf", "todo", "unused", "written", "year_of"]
