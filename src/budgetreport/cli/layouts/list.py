"""`layouts list`: which layouts there are."""

from __future__ import annotations

from pathlib import Path

import click

from budgetreport.cli.console import Console, Exit
from budgetreport.cli.layouts.chosen import Chosen
from budgetreport.cli.options import format_option, layouts_option
from budgetreport.cli.shelf import shelf_of
from budgetreport.problems import ProblemsError


@click.command("list", options_metavar="[选项]")
@layouts_option
@format_option
def list_(layouts: tuple[Path, ...], as_json: bool) -> int:  # noqa: FBT001 - click gives flags by position
    """列出可用的版式，一行一个，编号在前。"""
    console = Console("layouts list", as_json)
    on = shelf_of(layouts)
    found: list[dict[str, object]] = []
    for layout_id in on.ids():
        try:
            layout = Chosen(layout_id, on).load()
        except ProblemsError as error:
            console.problems += error.problems
            continue
        found.append({"id": layout_id, "title": layout.title, "verified": layout.verified})
        console.say(f"{layout_id}  {layout.title}" + ("" if layout.verified else "（未核对原件）"))
    return console.finish(Exit.ERRORS if console.problems else Exit.FINE, layouts=found)
