"""The reference disclosure in our PDF, read by readers that know nothing of us."""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING

import pdfplumber
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium_c

from tests.golden.blocks import DEVIATIONS, bare, bookmarks, expected, grids, strings
from tests.golden.ruled import whole_tables

if TYPE_CHECKING:
    from tests.golden.conftest import Built

PAGE_NUMBER = re.compile(r"—\s*(\d+)\s*—\s*$")


def _pages(built: Built) -> list[str]:
    """Each page's text in content order.

    pdfium's own order would sort neighbours of one height by x, which swaps the last cell of a head row that
    spans rows with the first cell of the next.
    """
    pdf = pypdfium2.PdfDocument(built.pdf)
    texts = [_content(page) for page in pdf]
    pdf.close()
    return texts


def _content(page: pypdfium2.PdfPage) -> str:
    textpage = page.get_textpage()
    pieces = []
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT]):
        length = pdfium_c.FPDFTextObj_GetText(item.raw, textpage.raw, None, 0)
        buffer = ctypes.create_string_buffer(length)
        target = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        pdfium_c.FPDFTextObj_GetText(item.raw, textpage.raw, target, length)
        pieces.append(buffer.raw.decode("utf-16-le").rstrip("\0"))
    return "".join(pieces)


def test_every_block_stands_in_order(built: Built) -> None:
    text = "".join(bare(PAGE_NUMBER.sub("", page)) for page in _pages(built))
    at = 0
    for number, string in strings():
        found = text.find(string, at)
        assert found >= 0, f"block {number}: {string[:60]!r} is missing or out of order"
        at = found + len(string)


def test_every_table_equals_the_reference_cell_by_cell(built: Built) -> None:
    ours = [row for rows in whole_tables(built.pdf) for row in rows]
    theirs = [row for _, rows in grids() for row in rows]
    for n, (mine, reference) in enumerate(zip(ours, theirs, strict=False)):
        assert mine == reference, f"row {n} of all tables"
    assert len(ours) == len(theirs)


def test_the_listed_deviations_are_few_and_none_an_amount() -> None:
    assert len(DEVIATIONS) <= 6
    for theirs, ours, reason in DEVIATIONS.values():
        assert re.findall(r"\d+\.\d\d", theirs) == re.findall(r"\d+\.\d\d", ours)
        assert reason


def test_bookmarks_stand_at_the_levels_of_the_reference(built: Built) -> None:
    with pikepdf.open(built.pdf) as pdf, pdf.open_outline() as outline:
        ours = [(1, bare(str(item.title))) for item in outline.root] + [
            (2, bare(str(child.title))) for item in outline.root for child in item.children
        ]
    assert [entry for entry in bookmarks() if entry not in ours] == []
    # One more than the reference has: the title over the narrative, which its sections stand under.
    extra = [entry for entry in ours if entry not in bookmarks()]
    assert [level for level, _ in extra] == [1]
    assert extra[0][1].startswith("第一部分")


def test_the_contents_page_tells_true_page_numbers(built: Built) -> None:
    pages = _pages(built)
    numbers = {int(m[1]): page for page in pages if (m := PAGE_NUMBER.search(page.strip()))}
    contents = bare("".join(page for page in pages[:3] if not PAGE_NUMBER.search(page.strip())))
    for _, heading in bookmarks():
        told = re.search(re.escape(heading) + r"[….·]*(\d+)", contents)
        assert told, heading
        assert heading in bare(numbers[int(told[1])]), heading


def test_pages_are_numbered_from_one_without_a_gap(built: Built) -> None:
    found = [int(m[1]) for page in _pages(built) if (m := PAGE_NUMBER.search(page.strip()))]
    assert found == list(range(1, len(found) + 1))


def test_no_text_is_smaller_than_eight_points(built: Built) -> None:
    with pdfplumber.open(built.pdf) as pdf:
        assert min(char["size"] for page in pdf.pages for char in page.chars) > 7.999


def test_the_reference_has_121_blocks_to_reproduce() -> None:
    assert len(list(expected())) == 121
