"""`trace`: the ledger lines behind a printed number, or behind the figures of a sentence."""

from __future__ import annotations

from pathlib import Path

import click

from budgetreport.cli.console import Console, Exit
from budgetreport.cli.options import format_option, layouts_option
from budgetreport.disclosure import read
from budgetreport.problems import ProblemsError
from budgetreport.read.unreadable import ReadingError
from budgetreport.trace import Finding, UntraceableError


@click.command(options_metavar="[选项]")
@click.argument("path", type=click.Path(path_type=Path), metavar="输入")
@click.argument("place", nargs=-1, metavar="[表 行 栏]")
@click.option("--text", default="", metavar="文字", help="文件中的一段文字，看其中各个数的来源")
@layouts_option
@format_option
def trace(path: Path, place: tuple[str, ...], text: str, layouts: tuple[Path, ...], as_json: bool) -> int:  # noqa: FBT001 - click gives flags by position
    """看一个印出的数是由哪几笔明细加成的。

    表：编号、工作表名或表名；行：序号、编码或名称；栏：栏次或栏目名称（左右两侧的表写“支出/预算数”）。
    """
    if bool(text) == bool(place) or len(place) not in (0, 3):
        raise click.UsageError("写明 表 行 栏 三项，或用 --text 给出一段文字")
    console = Console("trace", as_json)
    try:
        disclosure = read(path, layouts)
    except ReadingError as error:
        console.problems.append(error.problem)
        return console.finish(Exit.MACHINE)
    except ProblemsError as error:
        console.problems += error.problems
        return console.finish(Exit.ERRORS)
    try:
        tracer = disclosure.tracer()
        findings = tracer.text(text) if text else [tracer.cell(*place)]
    except UntraceableError as error:
        raise click.UsageError(f"{error.what}。{error.fix}") from error
    for finding in findings:
        _say(console, finding)
    if not findings:
        console.say("这段文字中没有由程序算出的数，是照填报的原文印的")
    return console.finish(Exit.FINE, findings=[_as_json(f) for f in findings])


def _say(console: Console, finding: Finding) -> None:
    console.say((finding.text or "（空）") + (f"    {finding.around}" if finding.around else ""))
    for condition in finding.conditions:
        console.say(f"  条件：{condition}")
    for line in finding.lines:
        console.say(f"  {line.where}  {'减 ' if line.sign < 0 else ''}{line.value}  {line.what}")
    if finding.total:
        console.say(f"  合计  {finding.total}")
    if not finding.lines:
        plain = finding.text and not finding.conditions
        console.say("  不是加成的数：照填报的原文，或是版式里的字" if plain else "  没有明细计入")


def _as_json(finding: Finding) -> dict[str, object]:
    return {
        "text": finding.text,
        "conditions": list(finding.conditions),
        "lines": [
            {"where": line.where.as_json(), "value": line.value, "what": line.what, "sign": line.sign}
            for line in finding.lines
        ],
        "around": finding.around,
        "total": finding.total,
    }
