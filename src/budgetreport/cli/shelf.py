"""Which layouts a command that has no input knows: those it is given, those beside it, the shipped ones."""

from __future__ import annotations

from pathlib import Path

from budgetreport.layout import Shelf, shelf

BESIDE = Path("layouts")
"""Layouts in the folder where the command runs are found without being named."""


def shelf_of(layouts: tuple[Path, ...]) -> Shelf:
    """The layouts in the folders of `--layouts`, in the one beside, of the program; the first that has an id wins."""
    return shelf(*layouts, BESIDE)
