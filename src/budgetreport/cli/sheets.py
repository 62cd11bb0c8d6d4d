"""`check --format xlsx`: the findings of each file as a 检查表, linked to the report's workbook where that is there."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from budgetreport.checking import Judged
from budgetreport.checks import nearer, positions
from budgetreport.cli.console import Console, Exit
from budgetreport.cli.findings import counted
from budgetreport.cli.written import write as write_files
from budgetreport.layout import load, shelf
from budgetreport.problems import SheetPlace
from budgetreport.producing import Made
from budgetreport.report import Report
from budgetreport.style import Style
from budgetreport.typeset import fonts
from budgetreport.typeset.fonts import MissingGlyphError
from budgetreport.typeset.pages import Typesetter
from budgetreport.write.xlsx.addresses import Spot, addresses
from budgetreport.write.xlsx.book import address
from budgetreport.write.xlsx.findings import NAME, Target, findings_bytes

_FOLDER = Path("output")


def write(found: Sequence[Judged], target: Path | None, console: Console, code: Exit) -> int:
    """Write a workbook a file; `target` is a file's name (.xlsx) or a folder."""
    outputs: dict[Path, Made] = {}
    for judged in found:
        path = _path(Path(judged.file), target)
        if path in outputs:
            raise click.UsageError(f"两个文件的检查表会写成同一个 {path}，请分开检查")
        style = judged.layout.style if judged.layout else load((on := shelf()).ids()[0], on).style
        title = f"{Path(judged.file).name}{NAME}：{counted(judged.problems) or '没有查出问题'}"
        outputs[path] = Made(findings_bytes(title, judged.problems, _targets(judged, path, style), style))
    if not write_files(outputs, console):
        return console.finish(Exit.MACHINE)
    console.finish(code)
    for (path, _), judged in zip(outputs.items(), found, strict=True):
        console.say(f"已写出  {path}")
        console.say(counted(judged.problems) or "没有查出问题")
    return code


def _path(checked: Path, target: Path | None) -> Path:
    if target and target.suffix.lower() == ".xlsx":
        return target
    return (target or _FOLDER) / f"{checked.stem}-{NAME}.xlsx"


def _targets(judged: Judged, path: Path, style: Style) -> dict[int, Target]:
    """By a finding's number its cell in the workbook: that checked, else that built of the input."""
    checked = Path(judged.file)
    if checked.suffix.lower() == ".xlsx":
        stated = {n: p.stated for n, p in enumerate(judged.problems) if isinstance(p.stated, SheetPlace)}
        return _all_in(checked, path, {n: address(place.sheet, place.cell or "A1") for n, place in stated.items()})
    beside = (folder / f"{checked.stem}.xlsx" for folder in (path.parent, _FOLDER))
    book = next((file for file in beside if file.is_file()), None)
    return _all_in(book, path, _places(judged, style)) if book else {}


def _all_in(book: Path, path: Path, places: Mapping[int, str]) -> dict[int, Target]:
    relative = _relative(book, path.parent)
    return {number: (relative, place) for number, place in places.items()} if relative else {}


def _relative(file: Path, folder: Path) -> str:
    """The file as seen from the folder, '' where Windows has them on two drives."""
    try:
        return Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:
        return ""


def _places(judged: Judged, style: Style) -> Mapping[int, str]:
    if judged.document is None:
        return {}
    known = positions(judged.document)
    spots: dict[int, Spot] = {}
    for number, problem in enumerate(judged.problems):
        position = next((known[place] for place in nearer(problem.where) if place in known), None)
        if position:
            spots[number] = Spot(position.block, position.grid, position.row, position.column)
    report = judged.document.report
    cells = addresses(report, style, set(spots.values()), _turned(report, style))
    return {number: address(*cells[spot]) for number, spot in spots.items() if spot in cells}


def _turned(report: Report, style: Style) -> dict[str, bool]:
    """Which tables' pages are turned, as a build has them; nothing where a build cannot be."""
    try:
        return Typesetter(report, style, fonts.shipped()).turned()
    except MissingGlyphError:
        return {}
