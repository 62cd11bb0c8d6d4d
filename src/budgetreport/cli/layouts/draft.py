"""`layouts draft`: a first layout from an official blank workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from budgetreport.cli.console import Console, Exit
from budgetreport.cli.layouts.chosen import chosen, id_argument
from budgetreport.cli.options import format_option, layouts_option
from budgetreport.cli.shelf import BESIDE
from budgetreport.cli.written import write
from budgetreport.layout import year_of
from budgetreport.problems import FilePlace, Problem, ProblemsError
from budgetreport.producing import Made


@click.command(options_metavar="[选项]")
@click.argument("file", type=click.Path(path_type=Path), metavar="空白表样.xlsx")
@id_argument
@click.option("--from", "model_id", default="common", metavar="版式", show_default=True, help="继承哪一个版式")
@click.option(
    "--year",
    type=click.IntRange(1949, 9999),
    metavar="年份",
    help="表样是哪一年的（默认取编号中的年份，再取表样里最多的）",
)
@click.option(
    "-o", "--output", "folder", type=Path, default=BESIDE, metavar="文件夹", show_default=True, help="放在这个文件夹中"
)
@layouts_option
@format_option
def draft(  # noqa: PLR0913, PLR0917 - one parameter an option
    file: Path,
    new_id: str,
    model_id: str,
    year: int | None,
    folder: Path,
    layouts: tuple[Path, ...],
    as_json: bool,  # noqa: FBT001 - click gives flags by position
) -> int:
    """读一份官方空白表样，起草一个印出同样表格的版式。

    表头、合并的格子、固定的行照表样；看不出算什么的行和栏标 TODO，并逐条列出。

    表名、表头、行名里的年份写成随年度变的，下一年不用改。
    """
    from budgetreport.drafting import draft as drafted  # noqa: PLC0415 - heavy
    from budgetreport.drafting import words  # noqa: PLC0415 - as above
    from budgetreport.read.files import found_document  # noqa: PLC0415 - as above
    from budgetreport.read.unreadable import ReadingError  # noqa: PLC0415 - as above

    console = Console("layouts draft", as_json)
    if file.suffix.lower() != ".xlsx":
        raise click.UsageError(f"{file.name} 不是工作簿（.xlsx）；老格式先在WPS或Excel中另存")
    if (folder / new_id).exists():
        raise click.UsageError(f"已经有“{new_id}”了，换一个编号")
    try:
        base = chosen(model_id, layouts)
        found = drafted(found_document(file), base.id, year or year_of(new_id), words(base.load()))
    except ReadingError as error:
        console.problems.append(error.problem)
        return console.finish(Exit.MACHINE)
    except ProblemsError as error:
        console.problems += error.problems
        return console.finish(Exit.ERRORS)
    home = folder / new_id
    if not write({home / name: Made(text.encode()) for name, text in found.files.items()}, console):
        return console.finish(Exit.MACHINE)
    console.problems += [_within(home, problem) for problem in found.todo]
    console.say(f"已起草  {home}  {len(found.files)}个文件，{len(found.todo)}处要看（搜索 TODO）")
    console.say(f"下一步  budgetreport layouts preview {new_id}")
    return console.finish(Exit.FINE)


def _within(home: Path, problem: Problem) -> Problem:
    """At the place where an editor finds it."""
    place = problem.where
    if isinstance(place, FilePlace):
        place = replace(place, file=(home / place.file).as_posix())
    return replace(problem, where=place)
