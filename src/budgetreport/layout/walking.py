"""All that stands below a definition of a layout, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import TypeVar

from budgetreport.filters import Filter
from budgetreport.layout.model import Layout, Template

T = TypeVar("T")


def all_of(kind: type[T], below: object) -> Iterator[T]:
    """Everything of a kind below a definition, itself included; what it holds stands after it."""
    if isinstance(below, kind):
        yield below
    if isinstance(below, Mapping):
        for one in below.values():
            yield from all_of(kind, one)
    elif isinstance(below, tuple):
        for one in below:
            yield from all_of(kind, one)
    elif is_dataclass(below) and not isinstance(below, Filter | Template):
        for spec in fields(below):
            yield from all_of(kind, getattr(below, spec.name))


def printed_templates(layout: Layout) -> Iterator[Template]:
    """All texts and conditions of the document that the layout prints; those of its rules are none of them."""
    parts = (layout.tables, layout.forms, layout.texts, layout.parts, layout.properties)
    return all_of(Template, parts)
