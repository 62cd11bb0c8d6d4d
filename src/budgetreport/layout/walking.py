"""All that stands below a definition of a layout, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from types import NoneType
from typing import TypeVar

from budgetreport.filters import Filter
from budgetreport.layout.model import Column, Grid, Layout, Row, Template
from budgetreport.problems import FilePlace

T = TypeVar("T")
_ENDS = (str, bool, int, float, NoneType, FilePlace, Filter, Template)
"""What nothing stands below; most of what a definition holds."""


def all_of(kind: type[T], below: object) -> Iterator[T]:
    """Everything of a kind below a definition, itself included; what it holds stands after it."""
    if isinstance(below, kind):
        yield below
    if isinstance(below, _ENDS):
        return
    if isinstance(below, tuple):
        for one in below:
            yield from all_of(kind, one)
    elif is_dataclass(below):
        for spec in fields(below):
            yield from all_of(kind, getattr(below, spec.name))
    elif isinstance(below, Mapping):
        for one in below.values():
            yield from all_of(kind, one)


def leaves(grid: Grid, columns: Iterable[Column], above: str = "") -> Iterator[tuple[Column, str]]:
    """The columns that print cells with their paths, from left to right; `above`: what they stand under.

    What stands under each head is no such head, whatever a layout that is still to be judged says.
    """
    for column in columns:
        path = f"{above}/{column.name}" if above else column.name
        if below := grid.below(column):
            yield from leaves(grid if column.columns else replace(grid, under_each=()), below, path)
        else:
            yield column, path


def fixed_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows that a name can mean, details among them."""
    for row in rows:
        if row.label is not None:
            yield row
        yield from fixed_rows(row.of_which)


def printed_templates(layout: Layout) -> Iterator[Template]:
    """All texts and conditions of the document that the layout prints; those of its rules are none of them."""
    parts = (layout.tables, layout.forms, layout.texts, layout.parts, layout.properties)
    return all_of(Template, parts)
