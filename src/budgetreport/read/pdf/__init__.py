"""PDFs read back as any reader sees them: drawn rules and positioned characters, whoever made them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from budgetreport.problems import FilePlace, Level, Problem
from budgetreport.read.found import FoundDocument
from budgetreport.read.unreadable import ReadingError

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

_RULE = "OS-03"


def read_pdf(path: Path) -> FoundDocument:
    """The document's texts and grids in reading order. ReadingError: it cannot be read, or holds no text."""
    try:
        import pdfplumber  # noqa: F401, PLC0415 - an extra; a command that reads no PDF does without
    except ImportError as error:
        fix = '安装：pip install "budgetreport[read]"'
        raise _trouble(path, "没有安装读取PDF的部件（pdfplumber）", fix) from error
    with _quiet(), _opened(path) as pdf:
        return _document(path, pdf)


def _document(path: Path, pdf: PDF) -> FoundDocument:
    from budgetreport.read.pdf.document import blocks  # noqa: PLC0415 - with pdfplumber
    from budgetreport.read.pdf.seen import seen  # noqa: PLC0415
    from budgetreport.read.pdf.sheets import bare, sheet  # noqa: PLC0415

    name = path.as_posix()
    try:
        sheets = []
        for page in pdf.pages:
            sheets.append(sheet(seen(page)))
            page.close()
        properties = tuple((str(key).lower(), str(value)) for key, value in pdf.metadata.items())
    except Exception as error:
        raise _damaged(path) from error
    if not any(one.lines or one.grids for one in sheets):
        fix = "可能是扫描件：换用由软件直接导出的PDF，或先做文字识别"
        raise _trouble(path, f"PDF里没有文字（共{len(sheets)}页）", fix)
    kept = bare(sheets)
    blank = tuple(one.number for one in kept if one.blank)
    return FoundDocument(name, blocks(kept), len(sheets), properties, blank)


@contextmanager
def _opened(path: Path) -> Iterator[PDF]:
    """The open file. Whatever a damaged file does to the parser is told as damage."""
    import pdfplumber  # noqa: PLC0415
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415

    try:
        pdf = pdfplumber.open(path)
    except OSError as error:
        raise _trouble(path, f"文件读不出来，系统报告：{error.strerror or error}", "检查路径和权限") from error
    except Exception as error:
        if isinstance(error, PDFPasswordIncorrect) or any(isinstance(a, PDFPasswordIncorrect) for a in error.args):
            raise _trouble(path, "PDF设有打开密码，读不出来", "去掉密码另存一份再试") from error
        raise _damaged(path) from error
    with pdf:
        yield pdf


@contextmanager
def _quiet() -> Iterator[None]:
    """The parser's remarks about a file's oddities are not for clerks."""
    logger = logging.getLogger("pdfminer")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _damaged(path: Path) -> ReadingError:
    return _trouble(path, "文件不是PDF，或已损坏", "用PDF阅读器打开看看；打不开的，重新导出或重新下载")


def _trouble(path: Path, what: str, fix: str) -> ReadingError:
    name = path.as_posix()
    return ReadingError(Problem(Level.ERROR, _RULE, FilePlace(name), what, fix, name))
