"""`layouts diff`: what changed from one layout to another."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import click

from budgetreport.cli.console import Console, Exit
from budgetreport.cli.layouts.chosen import WORD, chosen
from budgetreport.cli.options import format_option, layouts_option
from budgetreport.layout import written
from budgetreport.layout.differing import differences
from budgetreport.problems import ProblemsError


@click.command(options_metavar="[选项]")
@click.argument("one", metavar=WORD)
@click.argument("other", metavar=WORD)
@layouts_option
@format_option
def diff(one: str, other: str, layouts: tuple[Path, ...], as_json: bool) -> int:  # noqa: FBT001 - click gives flags by position
    """比较两个版式：从前一个到后一个，各表、行、栏、文字有什么不同。

    版式写编号，或它所在的文件夹。继承来的也比；没有不同时退出码0，有不同时1。
    """
    console = Console("layouts diff", as_json)
    both = [chosen(word, layouts) for word in (one, other)]
    for which in both:
        try:
            which.load()
        except ProblemsError as error:
            console.problems += error.problems
    if console.problems:
        return console.finish(Exit.ERRORS)
    found = list(differences(*(written(which.id, which.on) for which in both)))
    for part, changes in groupby(found, key=lambda change: change.part):
        console.say(part)
        for change in changes:
            console.say(f"  {change.said}")
    console.say(f"{len(found)}处不同" if found else "没有不同")
    return console.finish(Exit.ERRORS if found else Exit.FINE, changes=[asdict(change) for change in found])
