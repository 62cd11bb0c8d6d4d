"""The files that a PDF carries (associated files, ISO 32000-2, 14.13), by name."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from budgetreport.problems import FilePlace, Level, Problem, ProblemsError
from budgetreport.read.bounds import UNFOLDED, TooLargeError, refused, sized

_MOST = 100
"""Attachments that are taken out."""


def attached(path: Path) -> dict[str, bytes]:
    """Each attachment under its bare file name. ProblemsError: the file cannot be read, is no PDF, or is damaged."""
    import pypdfium2  # noqa: PLC0415 - an extra, and slow to load

    try:
        sized(path)
        with pypdfium2.PdfDocument(path) as pdf:
            found = _taken(pdf)
    except TooLargeError as error:
        raise ProblemsError([refused(path.as_posix(), str(error))]) from error
    except (OSError, pypdfium2.PdfiumError) as error:
        what = f"文件读不出来：{error}"
        fix = "检查路径；确认是PDF文件，没有损坏，也没有加密"
        raise ProblemsError([Problem(Level.ERROR, "OS-03", FilePlace(path.as_posix()), what, fix)]) from error
    damaged = [name for name, data in found.items() if data is None]
    if damaged:
        what = f"随附的“{'”、“'.join(damaged)}”已经损坏，与放入时不同"
        fix = "向制作单位另要一份PDF，或用填报数据重新生成"
        raise ProblemsError([Problem(Level.ERROR, "OS-03", FilePlace(path.as_posix()), what, fix)])
    return {name: data for name, data in found.items() if data is not None}


def _taken(pdf: Any) -> dict[str, bytes | None]:  # noqa: ANN401 - pypdfium2 has no types
    """Each by its name, None for a damaged one. TooLargeError: more, or larger together, than any document carries."""
    found: dict[str, bytes | None] = {}
    if pdf.count_attachments() > _MOST:
        raise TooLargeError(f"随附的文件超过{_MOST}个")
    for one in _all(pdf):
        found[_bare(one.get_name())] = _whole(one)
        if sum(len(data or b"") for data in found.values()) > UNFOLDED:
            raise TooLargeError(f"随附的文件展开后超过{UNFOLDED // 10**6}MB")
    return found


def _all(pdf: Any) -> list[Any]:  # noqa: ANN401 - pypdfium2 has no types
    return [pdf.get_attachment(n) for n in range(pdf.count_attachments())]


def _whole(one: Any) -> bytes | None:  # noqa: ANN401 - as above
    """The bytes; None if they are not those that the PDF has the sum of."""
    data = bytes(one.get_data())
    stated = one.get_str_value("CheckSum").strip("<>").lower() if one.has_key("CheckSum") else ""
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
    return data if stated in ("", digest) else None


def _bare(name: str) -> str:
    """A name from a file is no path to write to."""
    return PurePosixPath(PureWindowsPath(name).name).name or "附件"
