"""A file read by its kind: PDF or XLSX, as the end of its name says."""

from __future__ import annotations

from pathlib import Path

from budgetreport.problems import FilePlace, Level, Problem
from budgetreport.read.bounds import bounded
from budgetreport.read.found import FoundDocument
from budgetreport.read.unreadable import ReadingError, at_hand

KINDS = (".pdf", ".xlsx")
"""The kinds of file that can be read."""


def found_document(path: Path) -> FoundDocument:
    """The file as found. ReadingError: no such file, of no kind that is read, or damaged."""
    name, kind = path.as_posix(), path.suffix.lower()
    if kind not in KINDS:
        what = f"读不了这种文件（{path.suffix or '没有扩展名'}）"
        raise ReadingError(Problem(Level.ERROR, "OS-03", FilePlace(name), what, "给出 .pdf 或 .xlsx 文件", name))
    at_hand(path, kind)
    if kind == ".pdf":
        from budgetreport.read.pdf import read_pdf  # noqa: PLC0415 - heavy: only who reads a PDF pays for it

        with bounded(path):
            return read_pdf(path)
    from budgetreport.read.xlsx import read_xlsx  # noqa: PLC0415 - heavy, as above

    with bounded(path):
        return read_xlsx(path)
