"""`verify`: a published file against the input it was made from, cell by cell and sentence by sentence."""

from __future__ import annotations

from pathlib import Path

import click

from budgetreport.cli.console import Console, Exit
from budgetreport.cli.options import format_option, layouts_option
from budgetreport.compare import differences, extent, unseen
from budgetreport.disclosure import read
from budgetreport.problems import ProblemsError, errors
from budgetreport.read.unreadable import ReadingError


@click.command(options_metavar="[选项]")
@click.argument("path", type=click.Path(path_type=Path), metavar="文件")
@click.option(
    "--against",
    "source",
    required=True,
    type=click.Path(path_type=Path),
    metavar="输入",
    help="生成这个文件的输入",
)
@layouts_option
@format_option
def verify(path: Path, source: Path, layouts: tuple[Path, ...], as_json: bool) -> int:  # noqa: FBT001 - click gives flags by position
    """核对公开的PDF或工作簿与输入是否逐格逐句一致。"""
    from budgetreport.read.files import found_document  # noqa: PLC0415 - not for --help
    from budgetreport.read.naming import named  # noqa: PLC0415 - as above

    console = Console("verify", as_json)
    try:
        console.progress(f"读 {source.name}")
        disclosure = read(source, layouts)
        console.progress(f"读 {path.name}")
        found = found_document(path)
        reading = named(found, disclosure.layout)
    except ReadingError as error:
        console.problems.append(error.problem)
        return console.finish(Exit.MACHINE)
    except ProblemsError as error:
        console.problems += error.problems
        return console.finish(Exit.ERRORS)
    if wrong := errors(disclosure.problems):
        console.problems += wrong
        return console.finish(Exit.ERRORS)
    console.progress("核对")
    console.problems += differences(disclosure.report, reading.report, reading.places.place)
    console.problems += [unseen(place, said) for place, said in found.unseen]
    whole = extent(disclosure.report)
    compared = {"tables": whole.tables, "cells": whole.cells, "sentences": whole.sentences}
    code = console.finish(Exit.ERRORS if console.problems else Exit.FINE, compared=compared)
    said = f"核对了{whole.tables}张表，{whole.cells}格，{whole.sentences}句"
    console.say(f"{said}：{len(console.problems)}处不一致" if console.problems else f"{said}：没有不一致")
    return code
