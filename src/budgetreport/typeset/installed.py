"""Fonts installed on the machine, as an explicit choice: which files draw which role, and whether they may.

fonts/installed.json states the file names by role, the first that is there counts. Basis: OpenType 1.9, OS/2 (fsType).
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path

from budgetreport.data import folder
from budgetreport.problems import FilePlace, Level, Problem, ProblemsError
from budgetreport.typeset.fonts import FontSet, Installed
from budgetreport.typeset.sfnt import BadFontError, OutlinesError, Sfnt

_RULE = "OS-04"
_USAGE, _RESTRICTED = 0xF, 0x2
"""Bits 0-3 of fsType state the usage; 2 alone is restricted licence embedding: none without the owner's leave."""
_WHOLE_ONLY, _BITMAPS_ONLY = 0x100, 0x200
"""Bits 8 and 9: no subsetting, bitmap embedding only. What is written here are subsets of outlines."""


def installed(folders: Sequence[Path]) -> FontSet:
    """The shipped fonts, before them those of the folders; the first folder that has a file counts.

    Raises ProblemsError: no file of a known name, or files that cannot or may not be embedded.
    """
    names = json.loads((folder("fonts") / "installed.json").read_text(encoding="utf-8"))
    found = tuple(_found(folders, names))
    if not found:
        known = "、".join(file for files in names.values() for file, _ in files)
        what = "这里没有认得的字体文件"
        fix = f"文件名要是其中之一：{known}；或不写 --fonts，用随附的字体"
        raise ProblemsError([Problem(Level.ERROR, _RULE, FilePlace(str(folders[0])), what, fix)])
    problems = [problem for one in found if (problem := _unfit(one))]
    if problems:
        raise ProblemsError(problems)
    return FontSet(folder("fonts"), found)


def _found(folders: Sequence[Path], names: Mapping[str, Sequence[tuple[str, int]]]) -> Iterator[Installed]:
    """The first file of each role; names differ in capitals from machine to machine."""
    there: dict[str, Path] = {}
    for place in folders:
        for file in sorted(_listed(place), key=attrgetter("name")):
            there.setdefault(file.name.casefold(), file)
    for face, files in names.items():
        for name, number in files:
            if path := there.get(name.casefold()):
                yield Installed(face, path, number)
                break


def _listed(place: Path) -> list[Path]:
    """The files of a folder."""
    try:
        return [path for path in place.iterdir() if path.is_file()]
    except OSError as error:
        what = f"字体文件夹读不出来，系统报告：{error.strerror or error}"
        raise ProblemsError(
            [Problem(Level.ERROR, "OS-02", FilePlace(str(place)), what, "检查文件夹的名字和权限")]
        ) from error


def _unfit(one: Installed) -> Problem | None:
    """Why a font cannot or may not be embedded; None where it can."""
    try:
        what = _wrong(one.open())
    except OutlinesError:
        what = "是PostScript曲线（CFF）的OpenType字体，本程序只能嵌入TrueType字体"
    except OSError as error:
        what = f"字体文件读不出来，系统报告：{error.strerror or error}"
    except (BadFontError, struct.error, ValueError, IndexError):
        what = "不是TrueType字体，或文件已损坏"
    fix = "换一个可以嵌入的字体文件，或把它移出这个文件夹，改用随附的字体"
    return Problem(Level.ERROR, _RULE, FilePlace(str(one.path)), what, fix, one.face) if what else None


def _wrong(sfnt: Sfnt) -> str:
    """What is wrong with a font that can be opened, '' for nothing; what is damaged raises on the way."""
    read = (sfnt.box, sfnt.name, sfnt.vertical, sfnt.cap_height, sfnt.advance(0), sfnt.glyph(ord("一")))
    if not (sfnt.whole and sfnt.units_per_em and read):
        return "字体文件不完整"
    if sfnt.rights & _USAGE == _RESTRICTED:
        return "字体不许嵌入文件（OS/2 fsType：受限许可）"
    if sfnt.rights & (_WHOLE_ONLY | _BITMAPS_ONLY):
        return "字体不许只嵌入用到的字形（OS/2 fsType）"
    return ""
