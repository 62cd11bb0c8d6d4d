"""The way from a Report to its files: typeset, write. Typesetting and workbook libraries are loaded only here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from budgetreport.report import Report
from budgetreport.style import Style

if TYPE_CHECKING:
    from budgetreport.typeset.fonts import FontSet
    from budgetreport.write.pdf import Attachment

Progress = Callable[[str], None]
KINDS = ("pdf", "xlsx")
"""The kinds of file that a build writes."""
LEVELS = ("3a", "2a", "none")
"""Grades of archive: 3a (the default) with associated files, 2a without, none for portals that want a plain PDF."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file's bytes and, for a PDF, its number of pages."""

    data: bytes
    pages: int = 0

    @property
    def sha256(self) -> str:
        """The digest of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made of a report, in which fonts.

    `kinds` of KINDS; `archive`: the PDF's grade, of LEVELS; `keywords`: the PDF's; `mark`: a word across
    each page ('': none); `attached`: what a PDF of grade 3a carries, given the bytes of the workbook.
    """

    fonts: FontSet
    kinds: tuple[str, ...] = KINDS
    archive: str = LEVELS[0]
    keywords: tuple[str, ...] = ()
    mark: str = ""
    attached: Callable[[bytes], tuple[Attachment, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """The files by kind; `crowded`: ids of tables whose columns are narrower than what stands in them."""

    files: Mapping[str, Made]
    crowded: tuple[str, ...] = ()


def produce(report: Report, style: Style, order: Order, progress: Progress) -> Product:
    """The files of a report. TooManyPagesError: longer than any may be; MissingGlyphError: a character has no font."""
    from budgetreport.typeset.pages import Typesetter  # noqa: PLC0415 - see the module

    made: dict[str, Made] = {}
    progress("排版")
    typesetter = Typesetter(report, style, order.fonts)
    carries = "pdf" in order.kinds and order.archive == "3a" and order.attached is not None
    if "xlsx" in order.kinds or carries:
        from budgetreport.write.xlsx import xlsx_bytes  # noqa: PLC0415 - as above

        progress("写工作簿")
        made["xlsx"] = Made(xlsx_bytes(report, style, typesetter.turned()))
    if "pdf" in order.kinds:
        from budgetreport.typeset.draft import marked  # noqa: PLC0415 - as above
        from budgetreport.write.pdf import pdf_bytes  # noqa: PLC0415 - as above

        document = replace(typesetter.document(), keywords=order.keywords)
        if order.mark:
            document = marked(document, style, order.fonts, order.mark)
        progress("写PDF")
        attached = order.attached(made["xlsx"].data) if carries and order.attached else ()
        data = pdf_bytes(document, order.fonts, level=order.archive, attachments=attached)
        made["pdf"] = Made(data, len(document.pages))
    return Product({kind: made[kind] for kind in KINDS if kind in order.kinds}, typesetter.crowded())
