"""How large a file that is read back may be: what is beyond is refused before it fills the memory.

A published disclosure has some hundred pages and a few megabytes; a file made to hurt unfolds a few kilobytes into
gigabytes (a "zip bomb"), merges all cells of a sheet, or never ends. Basis: ECMA-376 (workbooks), ISO 32000 (PDF).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.parsers import expat

from budgetreport.deadline import OverdueError, deadline, within_memory
from budgetreport.problems import FilePlace, Level, Problem
from budgetreport.read.unreadable import ReadingError

_LARGEST = 100_000_000
"""Bytes of a file."""
UNFOLDED = 300_000_000
"""Bytes of all that is packed in it, unpacked."""
_MEMORY = 3_000_000_000
"""Bytes that reading may take."""
_SECONDS = 300.0
"""Of computing; a page takes some hundredths of one."""
PAGES = 3_000
_PARTS = 10_000
_CELLS = 2_000_000
_COVERED = 200_000
"""Cells that merges and links of one workbook may cover: openpyxl makes an object of each."""


class TooLargeError(Exception):
    """A file goes beyond a bound; the message says which."""


def sized(path: Path) -> None:
    """TooLargeError: a file of more bytes than any document has."""
    if path.is_file() and path.stat().st_size > _LARGEST:
        raise TooLargeError(f"文件超过{_LARGEST // 10**6}MB")


@contextmanager
def bounded(path: Path) -> Iterator[None]:
    """Read a file within all bounds. ReadingError: it goes beyond one."""
    name = path.as_posix()
    try:
        sized(path)
        with deadline(_SECONDS), within_memory(_MEMORY):
            yield
    except TooLargeError as error:
        raise ReadingError(refused(name, str(error))) from error
    except MemoryError as error:
        raise ReadingError(refused(name, "读它要用的内存太多")) from error
    except OverdueError as error:
        raise ReadingError(refused(name, f"读得太久，{error}还没有读完")) from error
    except RecursionError as error:
        raise ReadingError(refused(name, "里面的内容套得太深")) from error


def refused(name: str, what: str) -> Problem:
    """What a clerk is told of a file beyond a bound."""
    fix = "公开文件不会这么大：检查是不是选错了文件，或文件被人做过手脚"
    return Problem(Level.ERROR, "OS-03", FilePlace(name), what, fix, name)


def weigh(path: Path) -> None:
    """Look a workbook over before it is opened. TooLargeError: it would unfold beyond a bound."""
    with zipfile.ZipFile(path) as packed:
        parts = packed.infolist()
        if len(parts) > _PARTS or sum(part.file_size for part in parts) > UNFOLDED:
            raise TooLargeError(f"压缩包展开后超过{UNFOLDED // 10**6}MB，或有{_PARTS}个以上的部件")
        scale = _Scale()
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with packed.open(part) as opened:
                    scale.weigh(opened)


class _Scale:
    """Counts cells, and what merges and links cover."""

    def __init__(self) -> None:
        self._cells = self._covered = 0

    def weigh(self, part: IO[bytes]) -> None:
        """One part; broken XML is left to who reads it."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._begin
        parser.StartDoctypeDeclHandler = _refuse
        try:
            parser.ParseFile(part)
        except (expat.ExpatError, ValueError):  # ValueError: an unknown encoding
            return

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._cells += 1
        elif tag in ("mergeCell", "hyperlink"):
            self._covered += _area(attributes.get("ref", ""))
        if self._cells > _CELLS or self._covered > _COVERED:
            raise TooLargeError(f"单元格超过{_CELLS}个，或合并的区域超过{_COVERED}格")


def _refuse(*_of: object) -> None:
    raise TooLargeError("XML中有实体声明")


def _area(said: str) -> int:
    """Cells of A1:B2; 1 of what is no area."""
    ends = [_place(end.replace("$", "").upper()) for end in said.split(":")]
    if len(ends) != 2 or None in ends:  # noqa: PLR2004 - two corners
        return 1
    (row, column), (other_row, other_column) = (end or (0, 0) for end in ends)
    return (abs(other_row - row) + 1) * (abs(other_column - column) + 1)


def _place(said: str) -> tuple[int, int] | None:
    letters = said.rstrip("0123456789")
    digits = said[len(letters) :]
    if not letters.isascii() or not letters.isalpha() or not digits or len(said) > 10:  # noqa: PLR2004 - XFD1048576
        return None
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - 64
    return int(digits), column
