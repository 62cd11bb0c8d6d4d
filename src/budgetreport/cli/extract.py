"""`extract`: the files that a PDF of ours carries, the published input and the workbook."""

from __future__ import annotations

from pathlib import Path

import click

from budgetreport.cli.console import Console, Exit
from budgetreport.cli.options import format_option
from budgetreport.cli.written import write
from budgetreport.problems import FilePlace, Level, Problem
from budgetreport.producing import Made
from budgetreport.read.attached import attached
from budgetreport.read.unreadable import ReadingError


@click.command(options_metavar="[选项]")
@click.argument("path", type=click.Path(path_type=Path), metavar="PDF")
@click.option(
    "-o", "--output", "folder", type=Path, default=Path(), metavar="文件夹", help="写到这个文件夹（默认当前）"
)
@format_option
def extract(path: Path, folder: Path, as_json: bool) -> int:  # noqa: FBT001 - click gives flags by position
    """从PDF中取出随附的填报数据和工作簿。"""
    from budgetreport.write.files import safe_name  # noqa: PLC0415 - only when there is something to write

    console = Console("extract", as_json)
    try:
        found = attached(path)
    except ReadingError as error:
        console.problems.append(error.problem)
        return console.finish(Exit.MACHINE)
    if not found:
        fix = "换成本程序以3a等级写出的PDF（build 默认）"
        console.problems.append(Problem(Level.ERROR, "OS-03", FilePlace(path.as_posix()), "这份PDF没有随附文件", fix))
        return console.finish(Exit.ERRORS)
    outputs = {folder / safe_name(name): Made(data) for name, data in found.items()}
    console.problems += [_in_the_way(target) for target, made in outputs.items() if _differs(target, made.data)]
    if console.problems:
        return console.finish(Exit.MACHINE)
    if not write(outputs, console):
        return console.finish(Exit.MACHINE)
    code = console.finish(Exit.FINE)
    for target in outputs:
        console.say(f"已取出  {target}")
    return code


def _differs(target: Path, data: bytes) -> bool:
    """Whether a file of that name says something else: an input has what its PDF does not carry, and would be lost."""
    try:
        return target.is_file() and target.read_bytes() != data
    except OSError:
        return True


def _in_the_way(target: Path) -> Problem:
    what = f"已经有{target.name}，内容与PDF随附的不同；填报文件里还有不公开的内容，覆盖了就没有了"
    return Problem(Level.ERROR, "OS-01", FilePlace(target.as_posix()), what, "用 -o 写到别的文件夹，或先把它改名")
