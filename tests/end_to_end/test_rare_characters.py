"""Every hanzi of GB 18030-2022 level 3 is printed, and copied out as the same character."""

from __future__ import annotations

import ctypes
import unicodedata
from pathlib import Path

import page as page_validation
import pypdfium2
import pypdfium2.raw as pdfium_c

from budgetreport.layout import load, shelf
from budgetreport.report import Paragraph, Report
from budgetreport.typeset import fonts
from budgetreport.typeset.pages import Typesetter
from budgetreport.write.pdf import pdf_bytes
from tests.making import HEBEI
from tests.typeset.test_fonts import COMPATIBLE, LEVEL_3

ALL = "".join(chr(code) for first, last in LEVEL_3 for code in range(first, last + 1)) + COMPATIBLE


def content(data: bytes) -> str:
    """The text of a PDF in content order (pdfium), page numbers aside."""
    pieces = []
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            textpage = page.get_textpage()
            for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT]):
                length = pdfium_c.FPDFTextObj_GetText(item.raw, textpage.raw, None, 0)
                buffer = ctypes.create_string_buffer(length)
                target = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
                pdfium_c.FPDFTextObj_GetText(item.raw, textpage.raw, target, length)
                pieces.append(buffer.raw.decode("utf-16-le").rstrip("\0"))
    return "".join(piece for piece in pieces if not piece.startswith("—"))


def test_there_are_87887_of_them() -> None:
    assert len(ALL) == len(set(ALL)) == 87_887
    assert all(unicodedata.category(char) == "Lo" for char in ALL)


def test_all_are_printed_and_read_back_identical(tmp_path: Path) -> None:
    style = load(HEBEI, shelf()).style
    paragraphs = tuple(Paragraph(ALL[start : start + 1000]) for start in range(0, len(ALL), 1000))
    typesetter = Typesetter(Report(paragraphs, title="全部汉字"), style, fonts.shipped())
    data = pdf_bytes(typesetter.document(), fonts.shipped())
    assert content(data) == ALL
    (tmp_path / "全.pdf").write_bytes(data)
    said = str(page_validation.validate_pdf(str(tmp_path / "全.pdf"), profile="3a"))
    assert "Result: no failures" in said, said
