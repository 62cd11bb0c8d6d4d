"""`layouts show`: what a layout is made of, and what it asks an input for."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from budgetreport.cli.console import Console, Exit
from budgetreport.cli.layouts.chosen import WORD, chosen
from budgetreport.cli.options import format_option, layouts_option
from budgetreport.layout import Layout, outline
from budgetreport.problems import ProblemsError

_KINDS = {"cover": "封面", "contents": "目录页", "table": "表", "form": "表单", "text": "文字", "heading": "标题"}


@click.command(options_metavar="[选项]")
@click.argument("which", metavar=WORD)
@layouts_option
@format_option
def show(which: str, layouts: tuple[Path, ...], as_json: bool) -> int:  # noqa: FBT001 - click gives flags by position
    """说明一个版式：有哪些部分、表和维度，要填报什么。

    版式写编号，或它所在的文件夹。
    """
    console = Console("layouts show", as_json)
    try:
        layout = chosen(which, layouts).load()
    except ProblemsError as error:
        console.problems += error.problems
        return console.finish(Exit.ERRORS)
    _say(console, layout)
    return console.finish(
        Exit.FINE,
        layouts=[
            {
                "id": layout.id,
                "title": layout.title,
                "verified": layout.verified,
                "basis": layout.basis,
                "lineage": list(layout.lineage),
                "parts": [asdict(one) for one in outline.parts(layout)],
                "tables": [asdict(one) for one in outline.tables(layout)],
                "dimensions": [asdict(one) for one in outline.dimensions(layout)],
                "facts": [asdict(one) for one in outline.facts(layout)],
            }
        ],
    )


def _say(console: Console, layout: Layout) -> None:
    console.say(f"{layout.id}  {layout.title}" + ("" if layout.verified else "（未核对原件）"))
    if layout.basis:
        console.say(f"  依据：{layout.basis}")
    console.say(f"  继承：{' → '.join(layout.lineage[:-1]) or '无'}")
    console.say("各部分")
    for part in outline.parts(layout):
        kind = _KINDS.get(part.kind, "")
        console.say("  " * (part.depth + 1) + f"{kind}  {' '.join(part.name.split())}".strip())
    console.say("表和表单")
    for one in outline.tables(layout):
        size = f"{one.columns}栏，{one.rows}种行"
        asks = f"；用到 {' '.join(one.dimensions)}" if one.dimensions else ""
        console.say(f"  {one.id}  《{one.title}》  取自 {one.of}；{size}{asks}")
    console.say("维度")
    for d in outline.dimensions(layout):
        console.say(f"  {d.key}  {d.title}{'（每笔必填）' if d.required else ''}：{d.values}")
    console.say("填报内容")
    for fact in outline.facts(layout):
        said = "必填" if fact.required else "" if fact.asked else "没有用到"
        console.say(f"  {fact.name}  {fact.title}" + (f"  {said}" if said else ""))
