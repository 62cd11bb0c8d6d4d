"""PDFs read back as any reader sees them: drawn rules and positioned characters, whoever made them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from budgetreport.problems import FilePlace, Level, Problem
from budgetreport.read.bounds import TooLargeError
from budgetreport.read.found import FoundDocument
from budgetreport.read.unreadable import ReadingError

_RULE = "OS-03"


def read_pdf(path: Path) -> FoundDocument:
    """The document's texts and grids in reading order. ReadingError: it cannot be read, or holds no text."""
    from budgetreport.read.pdf.document import blocks  # noqa: PLC0415 - only for commands that read PDFs
    from budgetreport.read.pdf.sheets import cleared, sheet  # noqa: PLC0415 - as above

    with opened(path) as file:
        from budgetreport.read.pdf.eye import look  # noqa: PLC0415 - as above

        pages, properties = look(file)
    sheets = [sheet(page) for page in pages]
    if not any(page.glyphs for page in pages):
        fix = "可能是扫描件：换用由软件直接导出的PDF"
        raise _trouble(path, f"PDF里没有文字（共{len(pages)}页）", fix)
    kept = cleared(sheets)
    blank = tuple(one.number for one in kept if one.blank)
    named = tuple((key.lower(), value) for key, value in properties.items())
    return FoundDocument(path.as_posix(), blocks(kept), len(sheets), named, blank)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file, open for the parser. ReadingError: whatever a missing or damaged file does to it is told as that."""
    try:
        from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415 - only for commands that read PDFs
    except ImportError as error:
        raise _trouble(path, "读取PDF的部件（pdfminer.six）没有装好", "安装：pip install pdfminer.six") from error
    try:
        with _quiet(), path.open("rb") as file:
            yield file
    except (MemoryError, RecursionError, TooLargeError):
        raise  # told of by who set the bounds
    except OSError as error:
        raise _trouble(path, f"文件读不出来，系统报告：{error.strerror or error}", "检查路径和权限") from error
    except PDFPasswordIncorrect as error:
        raise _trouble(path, "PDF设有打开密码，读不出来", "去掉密码另存一份再试") from error
    except Exception as error:
        fix = "用PDF阅读器打开看看；打不开的，重新导出或重新下载"
        raise _trouble(path, "文件不是PDF，或已损坏", fix) from error


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


def _trouble(path: Path, what: str, fix: str) -> ReadingError:
    name = path.as_posix()
    return ReadingError(Problem(Level.ERROR, _RULE, FilePlace(name), what, fix, name))
