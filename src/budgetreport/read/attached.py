"""The files that a PDF carries (associated files, ISO 32000-2, 14.13), by name."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from budgetreport.problems import FilePlace, Level, Problem, ProblemsError
from budgetreport.read.bounds import UNFOLDED, TooLargeError, refused, sized

_MOST = 100
"""Attachments that are taken out."""


def attached(path: Path) -> dict[str, bytes]:
    """Each attachment under its bare file name. ProblemsError: the file cannot be read, or is no PDF."""
    import pypdfium2  # noqa: PLC0415 - an extra, and slow to load

    try:
        sized(path)
        with pypdfium2.PdfDocument(path) as pdf:
            return _taken(pdf)
    except TooLargeError as error:
        raise ProblemsError([refused(path.as_posix(), str(error))]) from error
    except (OSError, pypdfium2.PdfiumError) as error:
        what = f"文件读不出来：{error}"
        fix = "检查路径；确认是PDF文件，没有损坏，也没有加密"
        raise ProblemsError([Problem(Level.ERROR, "OS-03", FilePlace(path.as_posix()), what, fix)]) from error


def _taken(pdf: Any) -> dict[str, bytes]:  # noqa: ANN401 - pypdfium2 has no types
    """TooLargeError: there are more, or together they are larger, than any document carries."""
    found: dict[str, bytes] = {}
    if pdf.count_attachments() > _MOST:
        raise TooLargeError(f"随附的文件超过{_MOST}个")
    for one in _all(pdf):
        found[_bare(one.get_name())] = bytes(one.get_data())
        if sum(map(len, found.values())) > UNFOLDED:
            raise TooLargeError(f"随附的文件展开后超过{UNFOLDED // 10**6}MB")
    return found


def _all(pdf: Any) -> list[Any]:  # noqa: ANN401 - pypdfium2 has no types
    return [pdf.get_attachment(n) for n in range(pdf.count_attachments())]


def _bare(name: str) -> str:
    """A name from a file is no path to write to."""
    return PurePosixPath(PureWindowsPath(name).name).name or "附件"
