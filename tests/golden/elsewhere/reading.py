"""A published PDF and ours, read alike by pdfplumber: tables, the text outside them, the contents' entries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
from pdfplumber.page import Page

from tests.golden.blocks import Rows, bare
from tests.golden.ruled import distinct_rows

_PAGE_NUMBER = re.compile(r"—\d+—$")
_LEADERS = re.compile(r"[….·]{2,}\d*$")
_TITLED = re.compile(r"20\d\d年|编制(?:部门|单位)：")
_CONTENTS = "目录"
_TOTALS = ("合计", "收入总计")


@dataclass(frozen=True)
class Read:
    """What a reader finds: each table once, the text outside tables without white space, the contents' entries."""

    tables: list[Rows]
    text: str
    contents: list[str]


def read(path: Path) -> Read:
    """The whole document; what later pages of a table repeat of its head and title is left out."""
    tables: list[Rows] = []
    pieces: list[str] = []
    contents: list[str] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            lines = [bare(line) for line in (page.extract_text() or "").split("\n")]
            if lines and lines[0] == _CONTENTS:
                contents = [_LEADERS.sub("", line) for line in lines[1:]]
                continue
            found = [t for t in page.find_tables() if len(t.rows[0].cells) > 1]
            over, rows = _within([row for table in found for row in distinct_rows(page, table)])
            goes_on = bool(rows and tables and tables[-1][-1][0] not in _TOTALS)
            if goes_on:
                tables[-1] += _without_head(rows, tables[-1])
            elif rows:
                tables.append(rows)
            if not goes_on:
                pieces.append(over + _PAGE_NUMBER.sub("", bare(_outside(page, found))))
            page.close()
    return Read(tables, "".join(pieces), contents)


def _within(rows: Rows) -> tuple[str, Rows]:
    """The title and caption that some office ruled into the grid, as text; and the rows below them."""
    start = next((n for n, row in enumerate(rows) if any(row) and not _TITLED.match(row[0])), 0)
    return "".join(cell for row in rows[:start] for cell in row), rows[start:]


def _without_head(rows: Rows, above: Rows) -> Rows:
    """A later page's rows without those that repeat the first ones of the table."""
    same = next((n for n, (one, other) in enumerate(zip(rows, above, strict=False)) if one != other), len(rows))
    return rows[same:]


def _outside(page: Page, tables: list[Any]) -> str:
    """The page's text that stands in no table."""
    boxes = [table.bbox for table in tables]

    def is_outside(thing: dict[str, Any]) -> bool:
        if thing["object_type"] != "char":
            return False
        x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)

    return str(page.filter(is_outside).extract_text() or "")
