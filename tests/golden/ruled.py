"""Grids as any reader sees them in a PDF: from drawn lines and positioned characters (pdfplumber)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.table import Table

from tests.golden.blocks import Rows, bare

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pt from the page's upper left."""
CONTINUED = "（续表）"
_NEAR = 1.0
"""Lines nearer than this (pt) are one."""


def tables(path: Path) -> Iterator[tuple[int, Rows]]:
    """Each ruled table, page by page: (page from 1, rows).

    A cell merged across stands once, one merged down leaves an empty cell in each row below, as in the reference.
    """
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for table in page.find_tables():
                yield page.page_number, distinct_rows(page, table)
            page.close()


def whole_tables(path: Path) -> list[Rows]:
    """Each table once: what later pages repeat of its head (they say 续表) is left out."""
    found: list[Rows] = []
    with pdfplumber.open(path) as pdf:
        continued = {page.page_number for page in pdf.pages if CONTINUED in bare(page.extract_text() or "")}
    for page, rows in tables(path):
        if page in continued and found and found[-1][0] == rows[0]:
            head = next(n for n, (a, b) in enumerate(zip(found[-1], rows, strict=False)) if a != b)
            found[-1] += rows[head:]
        else:
            found.append(rows)
    return found


def distinct_rows(page: Page, table: Table) -> Rows:
    """The rows of one ruled table."""
    cells = [cell for cell in table.cells if cell]
    tops = distinct(cell[1] for cell in cells)
    texts = {cell: _text(page, cell) for cell in cells}
    rows = []
    for top in tops:
        middle = top + _NEAR
        across = sorted((c for c in cells if c[1] <= middle < c[3]), key=lambda c: c[0])
        rows.append([texts[c] if abs(c[1] - top) < _NEAR else "" for c in across])
    return rows


def distinct(values: Iterable[float]) -> list[float]:
    """The values from the least on, near ones once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _text(page: Page, box: Box) -> str:
    return bare("".join(char["text"] for char in inside(page, box)))


def inside(page: Page, box: Box) -> list[dict[str, Any]]:
    """The characters whose middle is in a box."""
    left, top, right, bottom = box
    return [
        char
        for char in page.chars
        if left <= (char["x0"] + char["x1"]) / 2 <= right and top <= (char["top"] + char["bottom"]) / 2 <= bottom
    ]
