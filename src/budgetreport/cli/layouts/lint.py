"""`layouts lint`: every mistake of a layout and what it declares in vain, without an input."""

from __future__ import annotations

from pathlib import Path

import click

from budgetreport.authoring import lint as lint_layout
from budgetreport.cli.console import Console, Exit
from budgetreport.cli.layouts.chosen import WORD, chosen, located
from budgetreport.cli.options import format_option, layouts_option
from budgetreport.problems import Problem, ProblemsError, errors


@click.command(options_metavar="[选项]")
@click.argument("which", nargs=-1, metavar=f"[{WORD}]…")
@layouts_option
@format_option
def lint(which: tuple[str, ...], layouts: tuple[Path, ...], as_json: bool) -> int:  # noqa: FBT001 - click gives flags by position
    """检查版式，列出每一处错误和改法，提示写了却没有用到的。不用输入文件。

    版式写编号，或它所在的文件夹，可写几个；不写就检查全部，只供继承的也查。
    """
    console = Console("layouts lint", as_json)
    found: list[dict[str, object]] = []
    for word in which or chosen("", layouts).on.ids(abstract=True):
        one = chosen(word, layouts)
        try:
            problems = lint_layout(one.load(), one.on)
        except ProblemsError as error:
            problems = error.problems
        problems = located(problems, one.on)
        console.problems += problems
        found.append({"id": one.id, "problems": len(problems)})
        console.say(f"{one.id}  {_counted(problems)}")
    return console.finish(Exit.ERRORS if errors(console.problems) else Exit.FINE, layouts=found)


def _counted(problems: tuple[Problem, ...]) -> str:
    wrong = len(errors(problems))
    others = len(problems) - wrong
    return (f"{wrong}处错误" if wrong else "没有错误") + (f"，{others}处提示" if others else "")
