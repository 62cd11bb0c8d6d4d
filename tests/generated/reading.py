"""A PDF's whole text as readers take it in content order, beside the page model it was painted from.

What is printed again (heads on later pages, captions of a 续表, page numbers, leaders, a draft's mark) is told
from what is said once by the page model's artifacts, and by the marks that the file itself carries.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_c

from budgetreport.report import Contents, Cover, Heading, Paragraph, Report, Table
from budgetreport.typeset.page import ARTIFACT, Document
from tests.golden.blocks import bare
from tests.tools import said

Piece = tuple[bool, str]
"""Whether it is an artifact, and its text without white space."""


def painted(document: Document) -> list[Piece]:
    """The page model's runs in content order, neighbours of one kind as one."""
    return _joined((run.element == ARTIFACT, run.text) for page in document.pages for run in page.runs)


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for artifact, text in pieces:
        if found and found[-1][0] == artifact:
            found[-1] = artifact, found[-1][1] + bare(text)
        else:
            found.append((artifact, bare(text)))
    return [piece for piece in found if piece[1]]


def by_pdfium(path: Path) -> list[Piece]:
    """Each text object in the order of the content streams, and whether the file marks it as an artifact."""
    with pypdfium2.PdfDocument(path) as pdf:
        return _joined(piece for page in pdf for piece in _objects(page))


def _objects(page: pypdfium2.PdfPage) -> Iterator[Piece]:
    textpage = page.get_textpage()
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT]):
        names = [_mark(item.raw, n) for n in range(pdfium_c.FPDFPageObj_CountMarks(item.raw))]
        assert len(names) == 1, names
        length = pdfium_c.FPDFTextObj_GetText(item.raw, textpage.raw, None, 0)
        buffer = ctypes.create_string_buffer(length)
        target = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        pdfium_c.FPDFTextObj_GetText(item.raw, textpage.raw, target, length)
        yield names == ["Artifact"], buffer.raw.decode("utf-16-le").rstrip("\0")
    textpage.close()
    page.close()


def _mark(item: Any, number: int) -> str:  # noqa: ANN401 - a ctypes handle
    mark = pdfium_c.FPDFPageObj_GetMark(item, number)
    buffer = ctypes.create_string_buffer(100)
    length = ctypes.c_ulong()
    target = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    assert pdfium_c.FPDFPageObjMark_GetName(mark, target, len(buffer), length)
    return buffer.raw[: length.value].decode("utf-16-le").rstrip("\0")


def by_mutool(path: Path) -> str:
    """The text by mutool, which gathers characters into lines and blocks but leaves them in content order.

    -N: without ICC, which Debian's mutool says to lack.
    """
    text, complaints = said("mutool", "draw", "-q", "-N", "-F", "txt", "-o", "-", str(path))
    assert complaints == ""
    return bare(text)


def by_pdftotext(path: Path) -> str:
    """The text by pdftotext in content order (-raw); without that it sorts by what it takes for columns."""
    text, complaints = said("pdftotext", "-q", "-raw", "-enc", "UTF-8", str(path), "-")
    assert complaints == ""
    return bare(text)


def taken(text: str, document: Document) -> str:
    """A reader's whole text without artifacts, in the order of the structure: cells that go on are put together.

    The text must be all that the page model's runs say, in their order.
    """
    found: dict[int, list[str]] = {}
    at = 0
    for page in document.pages:
        for run in page.runs:
            length = len(bare(run.text))
            found.setdefault(run.element, []).append(text[at : at + length])
            at += length
    assert at == len(text)
    return "".join("".join(found.get(number, ())) for number in range(len(document.elements)))


def stated(report: Report, document: Document) -> str:
    """All of the report in its order: what a reader must find. The contents name every heading and its page."""
    return bare("".join(_stated(report, document)))


def _stated(report: Report, document: Document) -> Iterator[str]:
    for block in report.blocks:
        match block:
            case Heading() | Paragraph():
                yield block.text
            case Cover():
                yield from (line.text for line in block.lines)
            case Contents():
                yield block.title
                yield from entries(report, document)
            case Table():
                yield block.title
                yield from block.caption if block.grids else ()
                yield from (cell.text for grid in block.grids for row in grid.rows for cell in row.cells if cell)
                yield from (note.text for note in block.notes)


def entries(report: Report, document: Document) -> Iterator[str]:
    """Every heading with the number printed on the page where it stands."""
    places: dict[int, str] = {}
    for page in document.pages:
        for run in page.runs:
            if run.element != ARTIFACT:
                places.setdefault(run.element, page.number)
    pages = [places[n] for n, element in enumerate(document.elements) if element.tag in ("H1", "H2", "H3")]
    titles = [
        block.title if isinstance(block, Table) else block.text
        for block in report.blocks
        if isinstance(block, Heading) or (isinstance(block, Table) and block.level)
    ]
    for title, number in zip(titles, pages, strict=True):
        yield title + number
