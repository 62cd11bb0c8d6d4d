"""The published part of an input: what a PDF carries as its source, and from which the same document builds.

What stays on the clerk's desk (all that facts/*.yaml declares `unpublished`) is left out, and so are the
coordinates of ledger lines that no table and no sentence of the layout asks for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from budgetreport.facts import Field
from budgetreport.intake import Source
from budgetreport.layout import Layout
from budgetreport.layout.model import Column
from budgetreport.layout.paths import Paths
from budgetreport.layout.walking import all_of
from budgetreport.ledger import Book

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_NUMBER = re.compile(f'"{_OPEN}([^{_CLOSE}]*){_CLOSE}"')


def published(source: Source, layout: Layout, books: Mapping[str, Book]) -> bytes:
    """The input as JSON in UTF-8, in the order of the declaration, numbers without idle zeros.

    `books` are those that the document was composed of: they know what was asked of them.
    """
    shown = {column.show.partition(".")[0] for column in all_of(Column, (layout.tables, layout.forms))}
    paths = Paths(layout)
    left = {
        one.path: frozenset(_left(books[name], paths.find(".".join(one.path)), shown))
        for name, sources in layout.books.items()
        for one in sources
    }
    text = json.dumps(_kept(source.tree, layout.facts, (), left), ensure_ascii=False, indent=1)
    return (_NUMBER.sub(r"\1", text) + "\n").encode()


def _left(book: Book, declared: Field | None, shown: set[str]) -> Iterator[str]:
    """The coordinates that nothing printed asks the book's lines for, and that may be missing."""
    for field in declared.fields if declared else ():
        if field.dimension and field.dimension not in book.named and field.name not in shown and not field.required:
            yield field.name


def _kept(value: Any, field: Field, path: tuple[str, ...], left: Mapping[tuple[str, ...], frozenset[str]]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Decimal):
        return f"{_OPEN}{value.normalize():f}{_CLOSE}"  # 85.20 is the same fact as 85.2
    if isinstance(value, list):
        return [_kept(one, field, path, left) for one in value]
    if not isinstance(value, dict):
        return value
    if field.type == "map":
        return {name: _kept(one, field.fields[0], (*path, name), left) for name, one in value.items()}
    dropped = left.get(path, frozenset())
    return {
        inner.name: _kept(value[inner.name], inner, (*path, inner.name), left)
        for inner in field.fields
        if inner.name in value and not inner.unpublished and inner.name not in dropped
    }
