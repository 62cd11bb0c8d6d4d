"""`layouts new`: a folder with a layout that inherits another one, ready to be changed."""

from __future__ import annotations

from pathlib import Path

import click

from budgetreport.cli.console import Console, Exit
from budgetreport.cli.layouts.chosen import chosen, id_argument
from budgetreport.cli.options import format_option, layouts_option
from budgetreport.cli.shelf import BESIDE
from budgetreport.cli.written import written
from budgetreport.layout.schema_files import name, schema_files
from budgetreport.layout.starting import first_files
from budgetreport.problems import ProblemsError
from budgetreport.producing import Made

_SCHEMAS = ".schema"
"""The folder of schemas, beside the layouts that an editor checks by them."""


@click.command(options_metavar="[选项]")
@id_argument
@click.option("--from", "model_id", required=True, metavar="版式", help="继承哪一个版式")
@click.option(
    "-o",
    "--output",
    "folder",
    type=Path,
    default=BESIDE,
    metavar="文件夹",
    show_default=True,
    help="放在这个文件夹中",
)
@layouts_option
@format_option
def new(new_id: str, model_id: str, folder: Path, layouts: tuple[Path, ...], as_json: bool) -> int:  # noqa: FBT001 - click gives flags by position
    """新建一个版式：继承已有的，只写不同之处。

    编号就是文件夹，如 某市/2026-部门预算。编辑器用的模式写在旁边的 .schema 中。
    """
    console = Console("layouts new", as_json)
    if (folder / new_id).exists() or chosen(new_id, (folder, *layouts)).on.find(new_id):
        raise click.UsageError(f"已经有“{new_id}”了，换一个编号")
    try:
        model = chosen(model_id, layouts).load()
    except ProblemsError as error:
        console.problems += error.problems
        return console.finish(Exit.ERRORS)
    up = "../" * (new_id.count("/") + 1)
    files = first_files(new_id, model, f"{up}{_SCHEMAS}/{name('layout')}")
    outputs = {folder / new_id / file: text for file, text in files.items()}
    if not (folder / _SCHEMAS).exists():
        outputs |= {folder / _SCHEMAS / file: text for file, text in schema_files().items()}
    return written({path: Made(text.encode()) for path, text in outputs.items()}, console)
