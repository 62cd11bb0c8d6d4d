"""Texts of real documents: the reference's, and those of the public documents beside the project."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from python_calamine import CalamineWorkbook

from budgetreport.typeset.fonts import shipped
from tests.golden.blocks import BLOCKS

CASES = next(
    (folder for up in Path(__file__).resolve().parents if (folder := up / "shared" / "cases").is_dir()), Path("cases")
)
_FULL = 0.8
"""A line of so much of its page's longest goes on in the next one."""


def reference() -> list[str]:
    """Paragraphs and cells of the reference disclosure as they stand in it."""
    blocks = json.loads(BLOCKS.read_text("utf-8"))
    return _distinct(
        text
        for block in blocks
        for text in ([block["text"]] if "text" in block else [cell for row in block["rows"] for cell in row])
    )


def case(path: Path) -> list[str]:
    """Paragraphs and lines of a text file or a PDF, or the cells of a workbook."""
    if path.suffix == ".xlsx":
        sheets = map(CalamineWorkbook.from_path(path).get_sheet_by_index, range(_sheets(path)))
        return _distinct(str(cell) for sheet in sheets for row in sheet.to_python() for cell in row)
    pages = path.read_text("utf-8").split("\f") if path.suffix == ".txt" else _pages(path)
    return _distinct(text for page in pages for text in _paragraphs(page.splitlines()))


def _sheets(path: Path) -> int:
    return len(CalamineWorkbook.from_path(path).sheet_names)


def _pages(path: Path) -> Iterator[str]:
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            yield page.get_textpage().get_text_range()


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """The lines themselves, and the paragraphs that full lines make with what follows them."""
    full = _FULL * max(map(len, lines), default=0)
    whole = ""
    for line in lines:
        yield line
        whole += line.strip() if whole else line
        if len(line) < full:
            yield whole
            whole = ""
    yield whole


def _distinct(texts: Iterator[str]) -> list[str]:
    """Each text once, without spaces around it and without characters that no font has."""
    found: dict[str, None] = {}
    for text in texts:
        lacking = shipped().lacking([text])
        found["".join(char for char in text if char not in lacking).strip()] = None
    return [text for text in found if text]
