"""`layouts`: which layouts there are."""

from __future__ import annotations

from pathlib import Path

import click

from budgetreport.cli.console import Console, Exit
from budgetreport.cli.options import format_option, layouts_option
from budgetreport.layout import load, shelf
from budgetreport.problems import ProblemsError


@click.group(options_metavar="[选项]", subcommand_metavar="命令 [参数]…")
def layouts() -> None:
    """版式：有哪些，是什么。"""


@layouts.command("list", options_metavar="[选项]")
@layouts_option
@format_option
def list_(layouts: tuple[Path, ...], as_json: bool) -> int:  # noqa: FBT001 - click gives flags by position
    """列出可用的版式，一行一个。"""
    console = Console("layouts list", as_json)
    on = shelf(*layouts)
    found: list[dict[str, object]] = []
    for layout_id in on.ids():
        try:
            layout = load(layout_id, on)
        except ProblemsError as error:
            console.problems += error.problems
            continue
        found.append({"id": layout_id, "title": layout.title, "verified": layout.verified})
        console.say(f"{layout_id}  {layout.title}" + ("" if layout.verified else "（未核对原件）"))
    return console.finish(Exit.ERRORS if console.problems else Exit.FINE, layouts=found)
