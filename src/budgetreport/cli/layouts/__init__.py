"""`layouts`: what a layout's author does; one small file a command."""

from __future__ import annotations

import click

from budgetreport.cli.lazy import Lazy

_COMMANDS = {
    "list": "列出可用的版式，一行一个。",
    "show": "说明一个版式：有哪些部分、表和维度，要填报什么。",
    "preview": "写出空白表样，PDF和工作簿（XLSX）。",
    "lint": "检查版式，列出每一处错误和改法。",
    "new": "新建一个版式：继承已有的，只写不同之处。",
    "draft": "读一份官方空白表样（XLSX），起草一个版式。",
    "schema": "打印版式文件的JSON Schema，供编辑器补全和检查。",
    "diff": "比较两个版式：各表、行、栏、文字有什么不同。",
}


@click.group(
    cls=Lazy,
    package=__name__,
    does=_COMMANDS,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]…",
)
def layouts() -> None:
    """版式：列出、说明、预览、检查。"""
