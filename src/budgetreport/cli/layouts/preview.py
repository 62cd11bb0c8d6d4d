"""`layouts preview`: the empty forms of a layout as PDF and XLSX."""

from __future__ import annotations

from pathlib import Path

import click

from budgetreport.authoring import preview as preview_layout
from budgetreport.cli.build import kinds_option, output_option
from budgetreport.cli.console import Console, Exit
from budgetreport.cli.layouts.chosen import WORD, chosen, located
from budgetreport.cli.options import format_option, layouts_option
from budgetreport.cli.written import written
from budgetreport.problems import ProblemsError


@click.command(options_metavar="[选项]")
@click.argument("which", metavar=WORD)
@output_option
@kinds_option
@click.option(
    "--year", type=click.IntRange(1949, 9999), metavar="年份", help="印哪一年（默认取版式文件夹名开头的年份）"
)
@click.option("--open", "open_", is_flag=True, help="写完后打开")
@layouts_option
@format_option
def preview(  # noqa: PLR0913, PLR0917 - one parameter an option
    which: str,
    folder: Path,
    kinds: tuple[str, ...],
    year: int | None,
    open_: bool,  # noqa: FBT001 - click gives flags by position
    layouts: tuple[Path, ...],
    as_json: bool,  # noqa: FBT001 - as above
) -> int:
    """写出版式的空白表样：PDF和工作簿（XLSX）。不用输入文件。

    版式写编号，或它所在的文件夹。
    """
    console = Console("layouts preview", as_json)
    one = chosen(which, layouts)
    try:
        product = preview_layout(one.load(), kinds, year, console.progress)
    except ProblemsError as error:
        console.problems += located(error.problems, one.on)
        return console.finish(Exit.ERRORS)
    stem = one.id.replace("/", "-")
    return written({folder / f"{stem}.{kind}": made for kind, made in product.files.items()}, console, open_=open_)
