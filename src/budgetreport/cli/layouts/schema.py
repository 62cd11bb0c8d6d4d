"""`layouts schema`: JSON Schemas of layout files, for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from budgetreport.cli.console import Console, Exit, is_unicode
from budgetreport.cli.layouts.chosen import WORD, chosen
from budgetreport.cli.options import format_option, layouts_option
from budgetreport.cli.written import written
from budgetreport.layout.schema import KINDS
from budgetreport.layout.schema import schema as schema_of
from budgetreport.layout.schema_files import schema_files
from budgetreport.problems import ProblemsError
from budgetreport.producing import Made


@click.command(options_metavar="[选项]")
@click.argument("kind", type=click.Choice(list(KINDS)), required=False, metavar="[种类]")
@click.option("--for", "which", default="", metavar=WORD, help="按这个版式的维度、取值、术语补全")
@click.option("-o", "--output", "folder", type=Path, metavar="文件夹", help="各种文件的模式都写到这个文件夹")
@layouts_option
@format_option
def schema(kind: str | None, which: str, folder: Path | None, layouts: tuple[Path, ...], as_json: bool) -> int:  # noqa: FBT001 - click gives flags by position
    """打印版式文件的JSON Schema，供编辑器补全和检查。

    种类：layout、table、form、facts、checks、style。
    """
    console = Console("layouts schema", as_json)
    if (kind is None) == (folder is None):
        raise click.UsageError(f"写一个种类（{'、'.join(KINDS)}），或用 -o 写出全部")
    try:
        words = chosen(which, layouts).load().vocabulary if which else None
    except ProblemsError as error:
        console.problems += error.problems
        return console.finish(Exit.ERRORS)
    if folder is not None:
        return written({folder / name: Made(text.encode()) for name, text in schema_files(words).items()}, console)
    made = schema_of(kind or "", words)
    console.say(json.dumps(made, ensure_ascii=not is_unicode(), indent=2))
    return console.finish(Exit.FINE, schema=made)
