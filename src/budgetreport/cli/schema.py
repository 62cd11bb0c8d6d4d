"""`schema`: the JSON Schema of an input, for editors that complete and check while typing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from budgetreport import intake
from budgetreport.cli.console import Console, Exit, is_unicode
from budgetreport.cli.options import format_option, layouts_option
from budgetreport.cli.shelf import shelf_of
from budgetreport.layout import Shelf, load
from budgetreport.problems import ProblemsError


@click.command(options_metavar="[选项]")
@click.argument("layout", default="", metavar="[版式]")
@layouts_option
@format_option
def schema(layout: str, layouts: tuple[Path, ...], as_json: bool) -> int:  # noqa: FBT001 - click gives flags by position
    """打印输入文件的JSON Schema，供编辑器补全和检查。不写版式，各版式的输入都适用。"""
    console = Console("schema", as_json)
    try:
        made = _schema(layout, shelf_of(layouts))
    except ProblemsError as error:
        console.problems += error.problems
        return console.finish(Exit.ERRORS)
    console.say(json.dumps(made, ensure_ascii=not is_unicode(), indent=2))
    return console.finish(Exit.FINE, schema=made)


def _schema(layout_id: str, on: Shelf) -> dict[str, Any]:
    if layout_id:
        found = load(layout_id, on)
        return intake.schema(found.facts, title=found.title)
    layouts = {one: load(one, on) for one in on.ids()}
    return intake.schema_of_any({one: (found.title, found.facts) for one, found in layouts.items()})
